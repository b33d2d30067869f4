"""EDIFACT syntax (ISO 9735, versions 1 to 4): bytes to segments with their positions, one at a time.

Reads what partners send: UNA or default separators, release characters, line breaks after or within segments, a byte
order mark, a lost terminator before a line break, a UNA before each of several interchanges. pydifact's reader stops at
several of these and gives no positions, so it is the tests' second opinion here, and the writers' serialiser.
Repetitions of version 4 are not split: no order directory from D.93A to D.01B repeats an element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.domain.errors import Rejected
from parsers.electronic.segments import Segment, stretch_end

_BLANKS = "\r\n\t \x00\x1a\ufeff"
_UNA_WITHIN = re.compile(r"UNA.{6}\s*UN[BGH]", re.DOTALL)
_NEXT_TAG = re.compile(r"(?:U(?:N[ABGHSTZE]|IB|IZ)|[A-Z]{3})(?=[^A-Za-z0-9\s])")

#: UNB S001/0001 to Python's codecs (ISO 9735 annex A). UNOA and UNOB are ASCII; many partners send Latin-1 under them.
CHARSETS = {
    "UNOA": "ascii", "UNOB": "ascii", "UNOC": "latin-1", "UNOD": "iso8859-2", "UNOE": "iso8859-5", "UNOF": "iso8859-7",
    "UNOG": "iso8859-3", "UNOH": "iso8859-4", "UNOI": "iso8859-6", "UNOJ": "iso8859-8", "UNOK": "iso8859-9",
    "UNOL": "iso8859-15", "UNOW": "utf-8", "UNOX": "iso2022_jp", "UNOY": "utf-8",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The service characters of UNA, in its order; the defaults are those of level A without UNA."""

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"
    reserved: str = " "
    terminator: str = "'"

    def __str__(self) -> str:
        return self.component + self.element + self.decimal + self.release + self.reserved + self.terminator

    @classmethod
    def of(cls, six: str) -> Delimiters:
        """From UNA's six characters. `Rejected` where two that must differ are the same."""
        delimiters = cls(*six)
        marks = [delimiters.component, delimiters.element, delimiters.terminator]
        marks += [delimiters.release] if delimiters.release != " " else []
        if len(set(marks)) != len(marks) or any(mark.isalnum() for mark in marks):
            message = f"UNA{six!r} gives one character two meanings; ask the sender for the interchange with proper separators"
            raise Rejected(message, code="invalid_separators")
        return delimiters


@dataclass(frozen=True, slots=True)
class Decoded:
    """An interchange's text, the codec it was read with, and whether its UNB had promised another one."""

    text: str
    codec: str
    promised: str = ""

    @property
    def misdeclared(self) -> bool:
        return bool(self.promised) and self.codec != self.promised


def decoded(content: bytes) -> Decoded:
    """The text of `content` by its byte order mark, else by UNB's syntax identifier.

    Where the bytes are no text of that charset, or are UTF-8 under a single-byte one, they are read as UTF-8 and then as
    Latin-1, and the result says so.
    """
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return Decoded(content[len(mark) :].decode(codec, errors="replace"), codec)
    promised = _promised_codec(content)
    if content.isascii() and promised != "iso2022_jp":
        return Decoded(content.decode("ascii"), promised, promised)
    for codec in (promised, "latin-1") if promised == "iso2022_jp" else ("utf-8", promised, "latin-1"):
        try:
            return Decoded(content.decode(codec), codec, promised)
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 reads any bytes")


def _promised_codec(content: bytes) -> str:
    found = re.search(rb"UNB[^A-Za-z0-9]\s*(UNO[A-Z])", content[:2000])
    return CHARSETS.get(found[1].decode("ascii"), "latin-1") if found else "latin-1"


def segments(text: str, part: str) -> Iterator[tuple[Segment, Delimiters]]:
    """Each segment of `text` with the separators it was read with. `Rejected` where the text is no EDIFACT at all.

    Stretches in which nothing needs a closer look, most of a long message, are split at once.
    """
    position = first = _start(text)
    delimiters = _sniffed(text, position) if not text.startswith("UNA", position) else Delimiters()
    stretched = 0
    while position < len(text):
        if position >= stretched:
            stretched = stretch_end(text, position, delimiters.terminator)
            stretch = text[position:stretched]
            if stretch and _is_plain(stretch, delimiters):
                yield from _at_once(stretch, delimiters, part)
                position = _skip_blanks(text, stretched, delimiters)
                continue
        if text.startswith("UN", position):
            found = _service_string(text, position, delimiters, first=position == first)
            if found is not None:
                delimiters, position = found
                stretched = 0
                continue
        end, terminated = _segment_end(text, position, delimiters)
        raw = text[position:end]
        if terminated and "\n" not in raw and "\r" not in raw:
            yield _segment(raw, delimiters, part, unterminated=False), delimiters
        else:
            for line, closed in _lines_apart(raw, delimiters, terminated=terminated):
                yield _segment(line, delimiters, part, unterminated=not closed), delimiters
        position = _skip_blanks(text, end + 1, delimiters)


def _is_plain(stretch: str, delimiters: Delimiters) -> bool:
    """Whether every terminator in it is one, and nothing in it may change the separators."""
    return delimiters.release not in stretch and "UNA" not in stretch and "UNB" not in stretch


def _at_once(stretch: str, delimiters: Delimiters, part: str) -> Iterator[tuple[Segment, Delimiters]]:
    """The segments of a plain stretch, which ends with a terminator."""
    blanks, component, element = _blanks(delimiters), delimiters.component, delimiters.element
    for raw in stretch[:-1].split(delimiters.terminator):
        words = raw.lstrip(blanks)
        if "\n" in words or "\r" in words:
            for line, closed in _lines_apart(words, delimiters, terminated=True):
                yield _segment(line, delimiters, part, unterminated=not closed), delimiters
        else:
            elements = [components.split(component) for components in words.split(element)]
            yield Segment(elements.pop(0)[0].strip()[:3], elements, words, part), delimiters


def _blanks(delimiters: Delimiters) -> str:
    return _BLANKS.replace(delimiters.terminator, "")


def _service_string(text: str, position: int, present: Delimiters, *, first: bool) -> tuple[Delimiters, int] | None:
    """New separators, and where reading goes on: after a UNA, or at a UNB that comes without one. None: nothing changes."""
    if text.startswith("UNA", position) and (first or _UNA_WITHIN.match(text, position)):
        delimiters = Delimiters.of(text[position + 3 : position + 9].ljust(6))
        return delimiters, _skip_blanks(text, position + 9, delimiters)
    if text.startswith("UNB", position) and text[position + 3 : position + 4] == "+" != present.element:
        return Delimiters(), position  # a new interchange without UNA: the defaults hold again
    return None


def _start(text: str) -> int:
    found = re.match(r"[\s\x00\ufeff]*(?=UNA|UNB|UNG|UNH)", text)
    if found is None:
        raise Rejected("the file does not begin with UNA, UNB, UNG or UNH: it is no EDIFACT interchange", code="not_edifact")
    return found.end()


def _sniffed(text: str, position: int) -> Delimiters:
    element = text[position + 3 : position + 4]
    if element == "+":
        return Delimiters()
    if element == "\x1d" and "\x1c" in text:  # the information separators of level B (ISO 9735 clause 5.1)
        return Delimiters(component="\x1f", element="\x1d", release=" ", terminator="\x1c")
    message = f"{text[position : position + 4]!r} is not followed by '+' and no UNA says which separators are used"
    raise Rejected(message, code="invalid_separators")


def _skip_blanks(text: str, position: int, delimiters: Delimiters) -> int:
    blanks = _blanks(delimiters)
    while position < len(text) and text[position] in blanks:
        position += 1
    return position


def _segment_end(text: str, position: int, delimiters: Delimiters) -> tuple[int, bool]:
    """Where the segment's terminator stands, and whether there is one: a released terminator is not it."""
    end = text.find(delimiters.terminator, position)
    while end > 0 and text[end - 1] == delimiters.release and _released(text, position, end, delimiters.release):
        end = text.find(delimiters.terminator, end + 1)
    return (end, True) if end >= 0 else (len(text), False)


def _released(text: str, start: int, end: int, release: str) -> bool:
    """Whether an odd number of release characters stands before `end`."""
    if release == " ":
        return False
    before = end
    while before > start and text[before - 1] == release:
        before -= 1
    return (end - before) % 2 == 1


def _lines_apart(raw: str, delimiters: Delimiters, *, terminated: bool) -> list[tuple[str, bool]]:
    """A segment's text, its line breaks taken out; two or more where a terminator was lost before a line break."""
    if "\n" not in raw and "\r" not in raw:
        text = raw.strip()
        return [(text, terminated)] if text else []
    apart: list[list[str]] = []
    for line in re.split(r"[\r\n]+", raw):
        if apart and not _begins_segment(line, delimiters):
            apart[-1].append(line)
        elif line.strip(_BLANKS):
            apart.append([line.lstrip(_BLANKS)])
    return [("".join(lines), terminated and index == len(apart) - 1) for index, lines in enumerate(apart)]


def _begins_segment(line: str, delimiters: Delimiters) -> bool:
    found = _NEXT_TAG.match(line.lstrip())
    return found is not None and line.lstrip()[3:4] == delimiters.element


def _segment(text: str, delimiters: Delimiters, part: str, *, unterminated: bool) -> Segment:
    if delimiters.release == " " or delimiters.release not in text:
        component = delimiters.component
        elements = [element.split(component) for element in text.split(delimiters.element)]
    else:
        elements = [
            [_plain(component, delimiters.release) for component in _split(element, delimiters.component, delimiters.release)]
            for element in _split(text, delimiters.element, delimiters.release)
        ]
    return Segment(elements.pop(0)[0].strip()[:3], elements, text, part, unterminated=unterminated)


def _split(text: str, separator: str, release: str) -> list[str]:
    """`text` at each separator that is not released, the release characters still in it."""
    pieces: list[str] = []
    pending: list[str] = []
    for piece in text.split(separator):
        pending.append(piece)
        if (len(piece) - len(piece.rstrip(release))) % 2 == 0:
            pieces.append(separator.join(pending))
            pending = []
    if pending:
        pieces.append(separator.join(pending))
    return pieces


def _plain(text: str, release: str) -> str:
    """`text` with every released character as itself."""
    return re.sub(re.escape(release) + r"(.?)", r"\1", text, flags=re.DOTALL) if release in text else text
