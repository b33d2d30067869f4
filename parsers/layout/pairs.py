"""Pairs of words and a value on a form of which no list of labels knows the words: "Bis wann | 14.11.2026", "Drop point" over an
address. What each pair is, is told elsewhere (`pair_votes.py`)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from parsers.incoterms import rule_in
from parsers.layout.blocks import Surroundings
from parsers.layout.label_words import tail_of
from parsers.layout.labels import in_one_row
from parsers.lexicon import column_of_header
from parsers.page_text import Phrase
from parsers.values.addresses import holds_address, pieces_of_line
from parsers.values.streets import names_street
from parsers.values.towns import town_of

How = Literal["inline", "beside", "above"]
Shape = Literal["day", "code", "terms", "rule", "address"]

_LONGEST_LABEL, _MOST_WORDS = 40, 6
_LONGEST_VALUE, _LONGEST_ADDRESS, _SHORT = 60, 120, 30
_FAR, _FLUSH = 230.0, 8.0
#: How far above a value its label stands at most, and how far apart the lines of an address, in heights of letters.
_ABOVE, _LEADING = 1.6, 1.1
_MOST_LINES, _LEAST_LINES = 6, 2
#: Words of a label that no colon parts from its value; pieces of an address on one line.
_FEWEST_WORDS, _PIECES = 2, 3
_MONTH = r"[^\W\d_]{3,12}\.?"
_DAY = re.compile(
    r"(?:[^\W\d_]{2,10}\.?,?\s)?(?:\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}"
    rf"|\d{{1,2}}(?:[./-]|st|nd|rd|th|er)?[\s-](?:de )?{_MONTH},?[\s-](?:de )?\d{{2,4}}"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}"
    r"|(?:KW|CW|week|sem\.?|semaine|settimana|tydz(?:ień|\.)?)\s?\d{1,2}(?:[/-]\d{2,4})?)(?![\d,])",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?=\S*\d{3}|\S*\d\S*\d)[\w#][\w#./-]{2,24}(?:\s[\w/-]{1,12}){0,2}")
_LONE_CODE = re.compile(r"(?=\S*\d{3})[\w#./-]{4,24}")
_PHONE = re.compile(r"\(?\+|\(?0\d{2,5}\)?[\s/]\d|\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}")
_TERMS = re.compile(r"\bnet\b|\d\s*%|\b\d{1,3}\s*(?:days?|tage|jours|d[ií]as|giorni|gg|dagen|dni)\b", re.IGNORECASE)
_CAPITALS, _THREE = re.compile(r"\b[A-Z]{3}\b"), re.compile(r"\bdes\b|\bdat\b|\bcif\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Pair:
    """Words that may be a label (`said` where they share a phrase with the value), and what stands by them. `shape` is what the
    value looks like, `lines` the lines of an address, else the value's own."""

    words: Phrase
    value: Phrase
    how: How
    shape: Shape
    lines: tuple[str, ...]
    said: str = ""

    @property
    def label(self) -> str:
        """The words that may be a label."""
        return (self.said or self.words.text).strip().rstrip(":").rstrip()


def pairs_on(
    page: Surroundings, taken: Collection[int], used: Collection[int], sentences: Collection[int], shapes: Collection[Shape]
) -> list[Pair]:
    """The pairs whose value looks like one of `shapes` and is none of the phrases `taken` (by identity). In lines `used` for a
    party's block only a colon makes a pair, and so it does in `sentences`, which are no line of an address either."""
    free = [phrase for phrase in page.others if not any(id(phrase) in each for each in (taken, used, sentences))]
    pairs = [pair for phrase in free for pair in _pairs_at(phrase, free, page, shapes)]
    long = [phrase for phrase in page.others if id(phrase) in sentences and id(phrase) not in taken and id(phrase) not in used]
    pairs += [pair for phrase in long if ":" in phrase.text for pair in _within(phrase, shapes)]
    swallowed = [phrase for phrase in page.others if id(phrase) in used and ":" in phrase.text]
    return pairs + [pair for phrase in swallowed for pair in _within(phrase, shapes) if pair.shape != "address"]


def _pairs_at(phrase: Phrase, free: Sequence[Phrase], page: Surroundings, shapes: Collection[Shape]) -> Iterator[Pair]:
    if within := list(_within(phrase, shapes)):
        yield from within
        return
    shape = shape_of(phrase.text)
    if shape is None or shape not in shapes:
        return
    if shape == "address" and len(phrase.text.split(",")) < _PIECES:
        yield from _pairs_of_address(phrase, free, page)
        return
    for words, how in _words_at(phrase, free, page):
        yield Pair(words, phrase, how, shape, (phrase.text,))


def _within(phrase: Phrase, shapes: Collection[Shape]) -> Iterator[Pair]:
    """Label and value in one phrase: parted by a colon, or words before a number or a day and nothing else."""
    said, colon, rest = phrase.text.partition(":")
    if not colon:
        start = next((at for at, word in enumerate(phrase.words) if any(sign.isdigit() for sign in word.text)), 0)
        said, rest = (" ".join(word.text for word in words) for words in (phrase.words[:start], phrase.words[start:]))
        if start < _FEWEST_WORDS or not (_LONE_CODE.fullmatch(rest) or _DAY.fullmatch(rest)):
            return
    value = tail_of(phrase, rest.strip()) if may_be_label(said) else None
    shape = shape_of(value.text) if value is not None else None
    if value is not None and shape is not None and shape in shapes:
        yield Pair(
            phrase, value, "inline", shape, tuple(pieces_of_line(value.text)) if shape == "address" else (value.text,), said
        )


def may_be_label(text: str) -> bool:
    """Whether a text is as short as a label and holds no figures; a label with its value behind the colon is another's, and what
    is listed for an article's number is no head's."""
    return (
        len(text) <= _LONGEST_LABEL
        and ":" not in text.strip().rstrip(":")
        and not (column_of_header(text) or "").endswith("part_number")
        and _LETTERS.search(text) is not None
        and not any(sign.isdigit() for sign in text)
        and len(text.split()) <= _MOST_WORDS
    )


def shape_of(text: str) -> Shape | None:
    """What a value looks like; None for what decides nothing, such as a name or a telephone."""
    if not any(sign.isdigit() for sign in text):
        return "rule" if len(text) < _SHORT and _names_rule(text) else None
    if len(text) > _LONGEST_VALUE:
        return "address" if len(text) <= _LONGEST_ADDRESS and holds_address(pieces_of_line(text)) else None
    tests: tuple[tuple[Shape, object], ...] = (
        ("day", _DAY.match(text)),
        ("terms", _TERMS.search(text)),
        ("address", _ends_in_town(text)),
        ("rule", _names_rule(text) and not names_street(text)),
        ("code", _CODE.fullmatch(text) and not (_PHONE.match(text) or names_street(text))),
    )
    return next((shape for shape, holds in tests if holds), None)


def _names_rule(text: str) -> bool:
    """Whether a text names a rule of Incoterms, in capitals or written out: "rue des Tisserands" does not."""
    return rule_in(text) is not None and (_CAPITALS.search(text) is not None or not _THREE.search(text))


def _ends_in_town(text: str) -> bool:
    """Whether a text is a town with its postal code, or a whole address: "BW-260114" is a number."""
    town = town_of(text) if " " in text else None
    return (town is not None and town.city is not None) or ("," in text and holds_address(pieces_of_line(text)))


def _words_at(value: Phrase, free: Sequence[Phrase], page: Surroundings) -> Iterator[tuple[Phrase, How]]:
    """What stands left of a value and right above it, where that may be a label that no list knows."""
    left = [each for each in free if each.x1 <= value.x0 + 1 and value.x0 - each.x1 < _FAR and in_one_row(each, value)]
    beside = max(left, key=lambda each: each.x1, default=None)
    known = [each.phrase for each in page.labels]
    between = beside is not None and any(beside.x1 <= each.x0 < value.x0 and in_one_row(each, value) for each in known)
    if beside is not None and may_be_label(beside.text) and not between:
        yield beside, "beside"
    over = [each for each in free if _stands_over(each, value)]
    above = max(over, key=lambda each: each.bottom, default=None)
    between = above is not None and any(_stands_over(each, value) and each.bottom > above.middle for each in known)
    if above is not None and may_be_label(above.text) and not between:
        yield above, "above"


def _stands_over(words: Phrase, value: Phrase) -> bool:
    gap = value.top - words.bottom
    flush = abs(words.x0 - value.x0) < _FLUSH or abs(words.centre - value.centre) < _FLUSH or abs(words.x1 - value.x1) < _FLUSH
    return flush and -2 <= gap <= _ABOVE * max(value.size, words.size, 6.0)


def _pairs_of_address(town: Phrase, free: Sequence[Phrase], page: Surroundings) -> Iterator[Pair]:
    """The lines that end in a town, with what may be their label: the line on top, what stands above or beside them."""
    lines = [town]
    column = [each for each in free if abs(each.x0 - town.x0) < _FLUSH and each.top < town.top]
    while len(lines) < _MOST_LINES:
        upper = [each for each in column if -2 <= lines[0].top - each.bottom <= _LEADING * max(lines[0].size, each.size)]
        if not upper:
            break
        lines.insert(0, max(upper, key=lambda each: each.bottom))
        if ":" in lines[0].text or lines[0].bold != lines[-1].bold:
            break
    top = lines[0]
    said, colon, rest = top.text.partition(":")
    if colon and may_be_label(said) and (rest.strip() or len(lines) > _LEAST_LINES):
        own = [rest.strip()] if rest.strip() else []
        value = tail_of(top, rest.strip()) if own else lines[1]
        if value is not None:
            yield Pair(top, value, "inline" if own else "above", "address", (*own, *_texts(lines[1:])), said if own else "")
        return
    if len(lines) > _LEAST_LINES and may_be_label(top.text):
        yield Pair(top, lines[1], "above", "address", _texts(lines[1:]))
    if len(lines) >= _LEAST_LINES:
        for words, how in _words_at(top, [each for each in free if each not in lines], page):
            yield Pair(words, top, how, "address", _texts(lines))


def _texts(lines: Sequence[Phrase]) -> tuple[str, ...]:
    return tuple(line.text for line in lines)
