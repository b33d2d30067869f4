"""Which of the codes in running text, none of them labelled, is the article's number, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.prose.counting import Numbers
from parsers.prose.marks import Mark
from parsers.prose.word_marks import UPPER

_APART, _PLAIN, _WITHIN_WORDS = 0.86, 0.82, 0.72
#: "FO-1192", "TOV-100": letters, a hyphen and figures, more of both than names of types have.
_PLAIN_CODE = re.compile(rf"(?=(?:\W*\w){{5}})[{UPPER}]{{2,6}}-\d{{2,6}}(?:-\d{{1,6}})?")


def surest_code(numbers: Numbers, marks: Sequence[Mark]) -> tuple[Mark, float] | None:
    """The first code that is set apart from the words of the goods, else the first of all, with its confidence."""
    codes = [(mark, _certainty(numbers, mark)) for mark in marks if mark.kind == "bare_part"]
    return next((code for code in codes if code[1] == _APART), codes[0] if codes else None)


def _certainty(numbers: Numbers, mark: Mark) -> float:
    """A code is believed where it is set apart, right behind a count or at the head of an entry, and doubted within words."""
    counts = [count.end for count in numbers.counted if count.end <= mark.start]
    before = numbers.text[: mark.start]
    opens = re.search(r"(?:^|[(\[,;:|\t–=]|\s-|\s{2})\s*$", before) is not None
    closes = re.match(r"\s*(?:$|[)\],;:|\t–=]|-\s|\s{2})", numbers.text[mark.end :]) is not None
    first = numbers.listed and not before.strip(" \t-*•")
    counted = bool(counts) and not numbers.text[max(counts) : mark.start].strip(" x×*,.-")
    if (opens and closes) or counted or first:
        return _APART
    return _PLAIN if _PLAIN_CODE.fullmatch(mark.value) else _WITHIN_WORDS
