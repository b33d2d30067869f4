"""Words of a page to phrases and rows, by geometry alone. Stream order is never trusted; drawn rules part what they part."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from models.domain.document import TextBox, Word
from models.domain.evidence import Evidence

#: A gap wider than this many times the letter height parts two phrases; a blank is about 0.28, a monospaced one 0.6.
PHRASE_GAP = 1.0

#: Conditions down a side: type smaller than the page's, at most so wide, at least so tall, with so many words to a line.
_SMALLER, _SIDE, _TALL, _LEAST_WORDS, _WORDS_A_LINE = 0.85, 0.33, 0.2, 40, 3.2
_LIKE = 0.15
_SMALL_PRINT = 5.2
#: The width of a letter of fixed pitch, in its own size.
_PITCH = 0.6
_TYPED_RULE = re.compile(r"[-_=*~‐–—.]{4,}")
_DASHES = re.compile(r"[-_=‐–—]+")
_PROSE_LETTERS = 70


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, or one edge of a drawn box, in points from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def upright(self) -> bool:
        return self.bottom - self.top > self.x1 - self.x0


@dataclass(frozen=True)
class PageText:
    """One page's words and rules; `width` and `height` in points; `scanned` where the words came from OCR; `struck` are those
    of the page's own words that a line runs through, and `words` the others. `gutter` is there where the page shows the halves
    of a sheet, each of half its height, one below the other: what lay right of it comes second."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    scanned: bool = False
    struck: tuple[Word, ...] = ()
    gutter: float | None = None

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """The page's phrases from the top down, each row left to right."""
        uprights = sorted((rule for rule in self.rules if rule.upright), key=lambda rule: rule.x0)
        places = [rule.x0 for rule in uprights]
        found = [phrase for line in baselines(self.words) for phrase in _split(line, uprights, places)]
        return tuple(sorted(found, key=lambda phrase: (phrase.top, phrase.x0)))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The page's rows from the top down."""
        return tuple(rows_of(self.phrases))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of one baseline with no more than word gaps between them."""

    words: tuple[Word, ...]
    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    confidence: float

    @classmethod
    def of(cls, words: Iterable[Word]) -> Phrase:
        """The phrase of at least one word, left to right."""
        ordered = tuple(sorted(words, key=lambda word: word.x0))
        letters = sum(len(word.text) for word in ordered) or 1
        return cls(
            words=ordered,
            text=" ".join(word.text for word in ordered),
            page=ordered[0].page,
            x0=ordered[0].x0,
            top=min(word.top for word in ordered),
            x1=max(word.x1 for word in ordered),
            bottom=max(word.bottom for word in ordered),
            size=median(word.size for word in ordered),
            bold=sum(len(word.text) for word in ordered if word.bold) * 2 > letters,
            confidence=sum(word.confidence * len(word.text) for word in ordered) / letters,
        )

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    def box(self, part: str) -> TextBox:
        """This phrase as a value with its place."""
        return text_box([self], part)


@dataclass(frozen=True, slots=True)
class Row:
    """Phrases that stand side by side, left to right."""

    phrases: tuple[Phrase, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for phrase in self.phrases for word in phrase.words)

    @property
    def text(self) -> str:
        return " ".join(phrase.text for phrase in self.phrases)

    @property
    def top(self) -> float:
        return min(phrase.top for phrase in self.phrases)

    @property
    def bottom(self) -> float:
        return max(phrase.bottom for phrase in self.phrases)

    @property
    def size(self) -> float:
        return median(phrase.size for phrase in self.phrases)


def is_typed(word: Word) -> bool:
    """Whether the word is of fixed pitch, where every blank is as wide as a letter."""
    return abs((word.x1 - word.x0) / max(len(word.text), 1) - _PITCH * word.size) < 0.03 * word.size


def text_box(phrases: Sequence[Phrase], part: str, joint: str = " ") -> TextBox:
    """One box round `phrases`, their texts joined; its confidence is the weakest phrase's."""
    text = joint.join(phrase.text for phrase in phrases)
    bbox = (
        round(min(phrase.x0 for phrase in phrases), 1),
        round(min(phrase.top for phrase in phrases), 1),
        round(max(phrase.x1 for phrase in phrases), 1),
        round(max(phrase.bottom for phrase in phrases), 1),
    )
    evidence = Evidence(part=part, page=phrases[0].page, bbox=bbox, text=text)
    return TextBox(text=text, evidence=evidence, confidence=min(phrase.confidence for phrase in phrases))


def word_box(words: Sequence[Word], part: str) -> TextBox:
    """One box round `words`, their texts joined in reading order (rows from the top, each left to right)."""
    lines = baselines(words)
    return text_box([Phrase.of(line) for line in lines], part)


def rows_of(phrases: Sequence[Phrase]) -> list[Row]:
    """Phrases grouped into rows by vertical overlap: label and value may ride a few points apart."""
    rows: list[list[Phrase]] = []
    for phrase in sorted(phrases, key=lambda each: each.middle):
        if rows and _beside(rows[-1][0], phrase):
            rows[-1].append(phrase)
        else:
            rows.append([phrase])
    return [Row(tuple(sorted(row, key=lambda each: each.x0))) for row in rows]


def side_by_side(left: Phrase, right: Phrase) -> bool:
    """Whether two phrases share enough of their height to be read as one row."""
    shared = min(left.bottom, right.bottom) - max(left.top, right.top)
    return shared >= 0.5 * min(left.bottom - left.top, right.bottom - right.top)


def _beside(first: Phrase, other: Phrase) -> bool:
    reach = 0.5 * min(max(first.size, 4.0), max(other.size, 4.0))
    return abs(first.middle - other.middle) <= reach or abs(first.bottom - other.bottom) <= 0.6 * reach


def baselines(words: Sequence[Word]) -> list[list[Word]]:
    """Words grouped by baseline, top down; each group left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (each.top + each.bottom, each.x0)):
        line = next((line for line in reversed(lines[-6:]) if _stands_in(line, word)), None)
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    for line in lines:
        line.sort(key=lambda word: word.x0)
    return sorted(lines, key=lambda line: min(word.top for word in line))


def _stands_in(line: Sequence[Word], word: Word) -> bool:
    """Whether the word is on the line's baseline: of its words of like size, and not only of a large name's beside two small
    lines."""
    like = next((each for each in reversed(line) if abs(each.size - word.size) <= _LIKE * word.size), line[-1])
    return _one_baseline(line[-1], word) and (like is line[-1] or _one_baseline(like, word))


def _one_baseline(one: Word, other: Word) -> bool:
    small, large = sorted((one.size, other.size))
    if abs(one.bottom - other.bottom) <= 0.22 * small:
        return True
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    lower = min(one.bottom - one.top, other.bottom - other.top)
    return small >= 0.6 * large and shared >= 0.65 * lower


def _split(line: list[Word], uprights: Sequence[Rule], places: Sequence[float]) -> list[Phrase]:
    groups: list[list[Word]] = [[line[0]]]
    for word in line[1:]:
        before = groups[-1][-1]
        if word.x0 - before.x1 > PHRASE_GAP * max(before.size, word.size, 4.0) or _parted(before, word, uprights, places):
            groups.append([word])
        else:
            groups[-1].append(word)
    return [Phrase.of(group) for group in groups]


def _parted(left: Word, right: Word, uprights: Sequence[Rule], places: Sequence[float]) -> bool:
    """Whether one of the `uprights`, which stand at `places` from left to right, stands between two words."""
    middle = (left.top + left.bottom) / 2
    between = uprights[bisect_left(places, left.x1 - 2) : bisect_right(places, right.x0 + 2)]
    return any(rule.top <= middle <= rule.bottom for rule in between)


def with_typed_rules(page: PageText) -> PageText:
    """The page with rows of dashes, underscores or stars as the rules that they stand for."""
    typed = [word for word in page.words if _TYPED_RULE.fullmatch(word.text)]
    if typed:  # "---- ------- - --": a row of nothing else underlines the columns one by one
        underlines = [row.words for row in page.rows if all(_DASHES.fullmatch(word.text) for word in row.words)]
        typed += [word for row in underlines for word in row if not _TYPED_RULE.fullmatch(word.text)]
    marks = {id(word) for word in typed}
    rules = tuple(Rule(word.x0, (word.top + word.bottom) / 2, word.x1, (word.top + word.bottom) / 2) for word in typed)
    return replace(page, words=tuple(word for word in page.words if id(word) not in marks), rules=(*page.rules, *rules))


def without_small_print(page: PageText) -> PageText:
    """The page without terms and conditions: tiny dense type, and paragraphs of long lines."""
    tiny = [word for word in page.words if word.size < _SMALL_PRINT]
    words = page.words
    if len(tiny) > 150 and not page.scanned:
        words = tuple(word for word in words if word.size >= _SMALL_PRINT)
    page = replace(page, words=words)
    prose = _prose(page) | _margin(page)
    return replace(page, words=tuple(word for word in words if id(word) not in prose))


def _margin(page: PageText) -> set[int]:
    """The words (by identity) of running text in small type down a side of the page, which no other word reaches into: the
    conditions beside a form. An address or bank details there have fewer words to a line."""
    if page.scanned or not page.words:
        return set()
    small = [word for word in page.words if word.size <= _SMALLER * median(each.size for each in page.words)]
    sides = ([w for w in small if w.x1 <= _SIDE * page.width], [w for w in small if w.x0 >= (1 - _SIDE) * page.width])
    for strip in sides:
        lines = baselines(strip)
        if len(strip) < _LEAST_WORDS or len(strip) < _WORDS_A_LINE * len(lines):
            continue
        own, left, right = {id(word) for word in strip}, min(word.x0 for word in strip), max(word.x1 for word in strip)
        top, bottom = min(word.top for word in strip), max(word.bottom for word in strip)
        others = [word for word in page.words if id(word) not in own and word.x0 < right and word.x1 > left]
        if bottom - top > _TALL * page.height and not any(top <= word.top <= bottom for word in others):
            return own
    return set()


def _prose(page: PageText) -> set[int]:
    """The words (by identity) of paragraphs: four or more long lines of running text under one another."""
    marked: set[int] = set()
    run: list[list[Word]] = []
    for line in [*baselines(page.words), []]:
        if line and _runs_on(line) and (not run or line[0].top - run[-1][0].bottom < 1.5 * line[0].size):
            run.append(line)
            continue
        if len(run) >= 4:
            marked.update(id(word) for words in run for word in words)
        run = [line] if line and _runs_on(line) else []
    return marked


def _runs_on(line: list[Word]) -> bool:
    letters = sum(len(word.text) for word in line)
    gaps = [right.x0 - left.x1 for left, right in pairwise(line)]
    return letters >= _PROSE_LETTERS and len(line) >= 10 and max(gaps) < 1.2 * max(line[0].size, 4.0)
