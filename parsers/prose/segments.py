"""The pieces of a letter that can each name one thing: list entries, table-like lines, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.lexicon import folded
from parsers.prose.day_marks import is_month
from parsers.prose.quantities import opens_with_unit, quantities_in
from parsers.prose.word_marks import find_marks
from parsers.prose.words import pattern, word_set
from parsers.values.number_style import NumberStyle

_BULLET = re.compile(r"\s*(?:[-*•·–—▪●◦>○■]+(?:\s+|(?=\d))|\(?\d{1,3}[.)]{1,2}(?:\s+|\t)|\(?[a-z]\)\s+)(?=\S)")
#: "(4) cases of filters": the number of a list has both brackets only where its entries count up from one.
_BRACKETED = re.compile(r"\s*\((\d{1,3})\)\s+(?=\S)")
_ALSO = re.compile(
    r"(?:(?:and|also|plus|then|und|auch|sowie|dazu|noch|et|aussi|y|además|e|anche|inoltre|en|ook|i|oraz|także)\s+){1,2}",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\s*(\d{1,3})\s+(?=\S)")
_POSITION = re.compile(
    r"\s*(?:pos(?:ition)?|line(?: item)?|item|ln|ligne|línea|riga|regel|poz(?:ycja)?)\.?\s*(?:no\.?|nr\.?|n°|#)?"
    r"\s*\d{1,5}\s*[:.)–-]",
    re.IGNORECASE,
)
#: "roller sleeves 9 inch ...... 40 packs", or the same with a gap.
_LEADERS = re.compile(
    r"\s*[^\W\d_].{2,80}?(?:\s?\.{3,60}\s?|\s{3,60}|\t{1,9})(?:\d[\d.,]{0,9}|[^\W\d_]{1,12}(?:\s[^\W\d_]{1,12})?)(?:\s?[^\W\d_]{1,15}\.?)?\s*$"
)
_LONGEST_LEAD = 200
_LONGEST_ENTRY = 60
_LONGEST_SHORT = 20
#: A line that is shorter was not broken by a mail program.
_WRAPPED = 45
_SENTENCE_END = re.compile(r"[.!?;](?=\s+[\"'(]?[A-ZÀ-ÞŻŁŚ\d])|[!?](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text from `start` to `end`. `listed`: it stands on its own as an entry, without its bullet."""

    start: int
    end: int
    listed: bool

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def segments_of(text: str, style: NumberStyle, language: str | None = None) -> list[Segment]:
    """The segments of `text` in their order; what is blank belongs to none."""
    return [segment for lines in _paragraphs(text) for segment in _of_paragraph(text, lines, style, language)]


_Line = tuple[int, int]


def _paragraphs(text: str) -> Iterator[list[_Line]]:
    """The places of the lines of each paragraph."""
    lines: list[_Line] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((start, start + len(line)))
            if line.rstrip().endswith(":") and len(line) <= _LONGEST_LEAD:
                yield lines  # what a line announces starts anew below it
                lines = []
        elif lines:
            yield lines
            lines = []
        start += len(line) + 1
    if lines:
        yield lines


def _of_paragraph(text: str, lines: list[_Line], style: NumberStyle, language: str | None) -> Iterator[Segment]:
    counted = [_has_quantity(text[start:end], style, language) for start, end in lines]
    ordinals = _has_ordinals(text, lines)
    bracketed = _counts_in_brackets(text, lines)
    itemised = ordinals or _is_itemised(text, lines, counted)
    open_from, open_to, listed = -1, -1, False
    for (start, end), has_quantity in zip(lines, counted, strict=True):
        line = text[start:end]
        bullet = _BULLET.match(line) or (_ORDINAL.match(line) if ordinals else None)
        if bullet and bracketed and _BRACKETED.match(line):
            bullet = None
        apart = _POSITION.match(line) is not None or _LEADERS.match(line) is not None
        itself = bullet is not None or (has_quantity and (itemised or apart))
        begins = itself or (listed and not _continues(line, has_quantity, after=open_to - open_from))
        if begins or open_from < 0:
            if open_from >= 0:
                yield from _finished(text, open_from, open_to, listed)
            open_from, listed = start + (bullet.end() if bullet else 0), itself
        open_to = end
    if open_from >= 0:
        yield from _finished(text, open_from, open_to, listed)


def _has_quantity(line: str, style: NumberStyle, language: str | None) -> bool:
    if len(line) >= 400:
        return False
    marks = find_marks(line, style, language)
    return any(mark.kind == "size_run" for mark in marks) or any(quantities_in(marks, line))


def _has_ordinals(text: str, lines: list[_Line]) -> bool:
    """Whether the lines are numbered 1, 2, 3 without a point behind the number."""
    numbers = [found[1] for start, end in lines if (found := _ORDINAL.match(text[start:end]))]
    return len(numbers) == len(lines) >= 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _counts_in_brackets(text: str, lines: list[_Line]) -> bool:
    """Whether numbers in brackets are how many, because they do not count up from one."""
    numbers = [found[1] for start, end in lines if (found := _BRACKETED.match(text[start:end]))]
    return bool(numbers) and numbers != [str(number) for number in range(1, len(numbers) + 1)]


def _is_itemised(text: str, lines: list[_Line], counted: list[bool]) -> bool:
    """Whether each line names a thing of its own, rather than being a sentence that was wrapped."""
    lined = zip(lines, counted, strict=True)
    quantified = [text[start:end].strip() for (start, end), has_quantity in lined if has_quantity]
    quantified = [line for line in quantified if not _POSITION.match(line)]
    if len(quantified) == len(lines) > 1 and all(_is_plain_entry(line) for line in quantified):
        return True
    if not quantified or any(_is_sentence(line) for line in quantified):
        return False
    if len(quantified) == 1:
        return _starts_counted(quantified[0])
    wrapped = sum(text[start:end].rstrip()[-1] not in ".,;:!?" and end - start > 60 for start, end in lines[:-1])
    return wrapped < len(lines) - 1 or len(quantified) == len(lines)


def _is_plain_entry(line: str) -> bool:
    """Whether a line is short and closed in itself, as nobody breaks a sentence: "napkins white 40 packs"."""
    speaks = pattern(r"(?<!\w)(?:{{orders}}|{{talk}})(?!\w)").search(line)
    return len(line) <= _LONGEST_ENTRY and line[-1] not in ",:;?-" and not speaks and ". " not in line


def _is_sentence(line: str) -> bool:
    """Whether a line with a number in it speaks rather than lists."""
    if _starts_counted(line):
        return False
    return line[0].islower() or pattern(r"(?<!\w){{orders}}(?!\w)").search(line) is not None or line.count(". ") > 0


def _starts_counted(line: str) -> bool:
    line = line[lead.end() :] if (lead := _ALSO.match(line)) else line
    if opens_with_unit(line):
        return True
    return bool(re.match(r"(?:\(|n[.°º]?\s?|nr\.?\s?)?\d", line, re.IGNORECASE)) or folded(re.split(r"\W", line)[0]) in {
        "two",
        "three",
        "ein",
        "eine",
        "zwei",
        "un",
        "une",
        "deux",
        "a",
    }


def _continues(line: str, has_quantity: bool, *, after: int) -> bool:
    """Whether a line belongs to the entry above it, `after` characters long: it is set in, goes on in small letters where
    that one was wrapped, or adds a label and no number."""
    first = re.split(r"[\s:.]", line.strip(), maxsplit=1)[0]
    if re.match(r"\s{2,}|\t", line) or line.lstrip()[:1] == "(":
        return True
    goes_on = line.lstrip()[:1].islower() and after >= _WRAPPED
    return not has_quantity and (goes_on or folded(first) in word_set("part_of_somebody"))


def _finished(text: str, start: int, end: int, listed: bool) -> Iterator[Segment]:
    if listed:
        yield Segment(start, end, True)
        return
    at = start
    for found in _SENTENCE_END.finditer(text, start, end):
        if not _is_abbreviation(text, found.start(), at):
            yield from _trimmed(text, at, found.end())
            at = found.end()
    yield from _trimmed(text, at, end)


def _is_abbreviation(text: str, stop: int, since: int) -> bool:
    if text[stop] != ".":
        return False
    before = re.search(r"([^\W_]+)$", text[max(since, stop - _LONGEST_SHORT) : stop])
    if before is None:
        # "(art. 4711)." ends what it stands in, and so does a point behind a number that was taken out
        return text[stop - 1 : stop] not in {")", "]", '"', "'", "%", "€", " "}
    # a date such as "am 12. Mai 2026" or an ordinal goes on
    follows = re.match(r"\s+([^\W\d_]+)(\s+\w)?", text[stop + 1 :])
    begins = follows is not None and follows[1][0].isupper() and follows[2] is not None and not is_month(follows[1])
    is_ordinal = before[1].isdigit() and len(before[1]) <= 2 and not begins
    return is_ordinal or folded(before[1]) in word_set("abbreviations")


def _trimmed(text: str, start: int, end: int) -> Iterator[Segment]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Segment(start, end, False)


def clauses_of(text: str, segment: Segment) -> Iterator[Segment]:
    """ "Change line 3 to 30 and cancel line 4" is two changes."""
    text = segment.of(text)
    joint = (
        r"(?:,|;|\b(?:and|und|sowie|et|y|e|en|i|oraz))\s+(?=(?:please|bitte|also|auch|then|dann)?\s*"
        r"(?:(?:{{drops}}|{{raises}})(?!\w)|(?:[^\W\d_]+\s+){0,3}(?:line|pos|item|ligne|línea|riga|regel|poz)[^\W\d_]*\.?\s*\d))"
    )
    start = 0
    for found in pattern(joint).finditer(text):
        yield Segment(segment.start + start, segment.start + found.start(), segment.listed)
        start = found.end()
    yield Segment(segment.start + start, segment.end, segment.listed)
