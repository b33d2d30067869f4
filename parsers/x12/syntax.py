"""ASC X12 syntax (X12.5, X12.6; 003010 to 005010): bytes to segments, with the separators that ISA itself shows.

Reads what partners send: a byte order mark, blanks and line breaks round segments, ISA elements that were not padded, a
lost terminator before a line break, several interchanges with separators of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.domain.errors import Rejected
from parsers.electronic.segments import Segment, stretch_end

_BLANKS = " \r\n\t\x00\x1a\ufeff\xa0"
_TAG = re.compile(r"[A-Z][A-Z0-9]{1,2}")
_BARE_HEADER = re.compile(
    r"(?:GS(?P<element>[^\w\s])(?:[^\n]{0,35}?(?P=element)){7}[A-Z0-9]{1,12}|ST(?P<other>[^\w\s])\d{3}(?:(?P=other)\w{1,35}){1,2})"
    r" *(?P<terminator>[^\w ])"
)


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The separators of one interchange; `repetition` is "" before version 00402."""

    element: str = "*"
    component: str = ">"
    terminator: str = "~"
    repetition: str = ""

    def __str__(self) -> str:
        return self.element + self.component + self.terminator + self.repetition


def decoded(content: bytes) -> str:
    """The text of `content`: by its byte order mark, else UTF-8, else Latin-1."""
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return content[2:].decode(codec, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def segments(text: str, part: str) -> Iterator[tuple[Segment, Delimiters]]:
    """Each segment with the separators it was read with. `Rejected` where the text begins with no readable ISA, GS or ST.

    Stretches without another ISA are split at once.
    """
    position = _skip(text, 0, "")
    if text.startswith("ISA", position):
        delimiters, header_end = _separators(text, position)
    else:
        delimiters, header_end = _bare_separators(text, position), position
    stretched = header_end
    while position < len(text):
        if position >= stretched:
            stretched = stretch_end(text, position, delimiters.terminator)
            stretch = text[position:stretched]
            if stretch and "ISA" not in stretch:
                yield from _at_once(stretch, delimiters, part)
                position = _skip(text, stretched, delimiters.terminator)
                continue
        header = text.startswith("ISA", position)
        if header and position > 0 and position >= header_end:
            delimiters, header_end = _next_separators(text, position, delimiters)
        end = text.find(delimiters.terminator, max(position, header_end) if header else position)
        terminated = end >= 0
        raw = text[position:end] if terminated else text[position:]
        if terminated and "\n" not in raw and "\r" not in raw:
            yield X12Segment(raw, delimiters.element, part), delimiters
        else:
            for line, closed in _lines_apart(raw, delimiters, terminated=terminated):
                yield X12Segment(line, delimiters.element, part, unterminated=not closed), delimiters
        position = _skip(text, end + 1, delimiters.terminator) if terminated else len(text)


def _at_once(stretch: str, delimiters: Delimiters, part: str) -> Iterator[tuple[Segment, Delimiters]]:
    """The segments of a stretch that ends with a terminator."""
    blanks = _BLANKS.replace(delimiters.terminator, "")
    for raw in stretch[:-1].split(delimiters.terminator):
        words = raw.lstrip(blanks)
        if "\n" in words or "\r" in words:
            for line, closed in _lines_apart(words, delimiters, terminated=True):
                yield X12Segment(line, delimiters.element, part, unterminated=not closed), delimiters
        else:
            yield X12Segment(words, delimiters.element, part), delimiters


class X12Segment(Segment):
    """A segment whose elements are single texts; which of them are composite only the standard's tables know."""

    def __init__(self, text: str, separator: str, part: str, *, unterminated: bool = False) -> None:
        values = text.split(separator)
        tag = values.pop(0)
        self.tag = tag if tag.isalnum() else tag.strip(_BLANKS)[:3]
        self.elements = values
        self.text = text
        self.part = part
        if unterminated:
            self.unterminated = True

    def get(self, element: int, component: int = 1) -> str:
        """The element's text without surrounding blanks, "" where the segment has none."""
        if component != 1:
            return ""
        try:
            return self.elements[element - 1].strip()  # type: ignore[attr-defined, no-any-return]
        except IndexError:
            return ""

    def values(self, first: int) -> list[str]:
        """The texts of the elements from `first` on."""
        return [element.strip() for element in self.elements[first - 1 :]]  # type: ignore[attr-defined]

    def components(self, element: int) -> Sequence[str]:
        """The element as its only component."""
        return (self.get(element),)


def _skip(text: str, position: int, terminator: str) -> int:
    while position < len(text) and text[position] in _BLANKS and text[position] != terminator:
        position += 1
    return position


def _separators(text: str, position: int) -> tuple[Delimiters, int]:
    """From ISA: the character after the tag, ISA16, and the one after it (X12.5 clause 3.2); and where ISA ends.

    The header has a fixed length only on paper, so its sixteen elements are counted.
    """
    element = text[position + 3 : position + 4]
    start = position + 3
    for _ in range(16):
        start = text.find(element, start, position + 400) + 1 if element and not element.isalnum() else 0
        if not start:
            raise Rejected(
                "ISA has not its sixteen elements; ask the sender for the whole interchange", code="invalid_separators"
            )
    component, terminator = text[start : start + 1], text[start + 1 : start + 2]
    fields = text[position:start].split(element)
    repetition = fields[11] if fields[12].strip() >= "00402" and len(fields[11]) == 1 and not fields[11].isalnum() else ""
    marks = [element, component, terminator]
    if not terminator or len(set(marks)) != 3 or component.isalnum() or terminator.isalnum():
        raise Rejected(
            f"ISA ends with {component + terminator!r}, which are no separators; ask the sender", code="invalid_separators"
        )
    return Delimiters(element, component, terminator, repetition), start + 1


def _bare_separators(text: str, position: int) -> Delimiters:
    """Those of groups or transaction sets handed over without their ISA: what stands behind the tag, and behind the header."""
    found = _BARE_HEADER.match(text, position)
    if found is None:
        raise Rejected("the file begins with none of ISA, GS and ST: it is no X12 interchange", code="not_x12")
    terminator = found["terminator"]
    return Delimiters(
        element=found["element"] or found["other"], component="", terminator="\n" if terminator == "\r" else terminator
    )


def _next_separators(text: str, position: int, present: Delimiters) -> tuple[Delimiters, int]:
    """Those of a later ISA, or the present ones where it is damaged: the damage then costs only that interchange."""
    try:
        return _separators(text, position)
    except Rejected:
        return present, position


def _lines_apart(raw: str, delimiters: Delimiters, *, terminated: bool) -> list[tuple[str, bool]]:
    """A segment's text, its line breaks taken out; two or more where a terminator was lost before a line break."""
    if "\n" not in raw and "\r" not in raw:
        text = raw if terminated else raw.strip(_BLANKS)
        return [(text, terminated)] if text else []
    apart: list[list[str]] = []
    for line in re.split(r"[\r\n]+", raw):
        begins = _TAG.match(line.lstrip(_BLANKS))
        if apart and not (begins and line.lstrip(_BLANKS).startswith(delimiters.element, begins.end())):
            apart[-1].append(line)
        elif line.strip(_BLANKS):
            apart.append([line.lstrip(_BLANKS)])
    return [("".join(lines), terminated and index == len(apart) - 1) for index, lines in enumerate(apart)]
