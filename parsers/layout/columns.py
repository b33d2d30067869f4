"""Where a table's columns part: at drawn rules, else along the river of white that the fewest rows cross."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.domain.document import Word
from parsers.layout.heads import NUMERIC_ROLES, TEXT_ROLES, Head
from parsers.page_text import Phrase, Row, Rule, is_typed

#: A figure with what is glued to it: "12", "1,250.00-", "$3.20", "400EA"; not "25-60" nor "3x4".
_FIGURE = re.compile(r"[^\w\s]{0,2}\d[\d.,'’]*(?:/\d[\d.,]*)?[^\W\d]{0,4}[^\w\s]{0,2}")
#: White of fewer points than this is no river: it is where two words that end together differ by a rounding.
_THINNEST = 1.0
#: Ends of words nearer than this are one edge.
_FLUSH = 1.5
#: A line under each column of a head takes up more of its width than lines under its words do.
_COVERED = 0.7
_LEAST_LINES = 3
#: What units stand under: "UM", "Formato", "Gebinde".
_UNITS = frozenset({"unit", "ignore.pack"})
_UNDER_A_HEAD = 10.0
_LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class Columns:
    """Heads from left to right (None over a column without a name) and the places between them, one fewer."""

    heads: tuple[Head | None, ...]
    edges: tuple[float, ...]

    def place(self, x: float) -> int:
        """The column in which `x` lies."""
        return sum(edge <= x for edge in self.edges)

    def parted(self, row: Row) -> dict[int, list[Word]]:
        """The row's words by column. A run of text that overflows its column stays whole; a number goes to its own."""
        cells: dict[int, list[Word]] = {}
        for phrase in row.phrases:
            runs = self._runs(phrase)
            alone = len(row.phrases) == 1
            if phrase is row.phrases[-1] and (self._flows_on(runs) or (alone and self._is_running_text(runs))):
                runs = [(runs[0][0], list(phrase.words))]
            for place, words in runs:
                cells.setdefault(place, []).extend(words)
        return cells

    def _flows_on(self, runs: Sequence[tuple[int, list[Word]]]) -> bool:
        """Whether a row's last phrase is running text whose end, a number maybe, reaches past its column's edge."""
        head = self.heads[runs[0][0]]
        if head is None or head.role not in TEXT_ROLES or len(runs) != 2 or len(runs[0][1]) < 2:
            return False
        first, second = runs[0][1], runs[1][1]
        blanks = [after.x0 - before.x1 for before, after in pairwise(first)]
        return second[0].x0 - first[-1].x1 <= 1.2 * max(blanks)

    def _is_running_text(self, runs: Sequence[tuple[int, list[Word]]]) -> bool:
        """Whether a row of one phrase is a typed text that passes under several columns: single blanks between its words, and
        no figure in a column of figures."""
        words = [word for _, run in runs for word in run]
        first = self.heads[runs[0][0]]
        if len(runs) < 2 or len(runs[0][1]) < 2 or first is None or first.role in NUMERIC_ROLES or not all(map(is_typed, words)):
            return False
        figures = (
            (head := self.heads[place]) is not None and head.role in NUMERIC_ROLES and _FIGURE.fullmatch(run[0].text)
            for place, run in runs[1:]
        )
        return not any(figures)

    def _runs(self, phrase: Phrase) -> list[tuple[int, list[Word]]]:
        runs: list[tuple[int, list[Word]]] = []
        for word in phrase.words:
            place = self.place((word.x0 + word.x1) / 2)
            if runs and runs[-1][0] != place and not self._parts(runs[-1][1][-1], word, place):
                place = runs[-1][0]
            if runs and runs[-1][0] == place:
                runs[-1][1].append(word)
            else:
                runs.append((place, [word]))
        return runs

    def _parts(self, before: Word, word: Word, place: int) -> bool:
        """Whether `word` begins another cell after `before`: a clear gap, an edge between them, or a number in its column."""
        gap = word.x0 - before.x1
        if gap > 0.62 * max(word.size, 4.0):
            return True
        between = any(before.x1 - 0.5 <= edge <= word.x0 + 0.5 for edge in self.edges)
        head = self.heads[place]
        numeric = head is not None and head.role in NUMERIC_ROLES and _FIGURE.fullmatch(word.text) is not None
        wide = gap > 0.4 * word.size and not (is_typed(before) and is_typed(word))
        return between and (numeric or _value_like(before.text) or wide)


def _value_like(text: str) -> bool:
    """Whether a word is a number or a code, after which a new cell may begin a mere blank on."""
    return len(text) <= _LONGEST_VALUE and bool(re.fullmatch(r"[^A-Za-z]*\d[\w.,/\-]*|[A-Z]{1,4}", text))


def columns_of(heads: Sequence[Head], body: Sequence[Row], rules: Sequence[Rule], top: float, bottom: float) -> Columns:
    """The columns below `heads` (one level's) over the rows of `body`; `top` and `bottom` bound the head's own rows."""
    ordered = sorted(heads, key=lambda head: head.x0)
    drawn = drawn_edges(rules, top, bottom) or _between_underlines(rules, bottom)
    named: list[Head | None] = [ordered[0]]
    edges: list[float] = []
    for left, right in pairwise(ordered):
        between = [x for x in drawn if _middle(left) < x < _middle(right)] or [_river(left, right, body)]
        edges.extend(between)
        named.extend([None] * (len(between) - 1))
        named.append(right)
    return Columns(tuple(named), tuple(edges))


def _middle(head: Head) -> float:
    return (head.x0 + head.x1) / 2


def drawn_edges(rules: Sequence[Rule], top: float, bottom: float) -> list[float]:
    """The x of upright rules that pass a head's rows (from `top` to `bottom`) or start right below them, near-equal ones once."""
    edges: list[float] = []
    for rule in sorted(rules, key=lambda each: each.x0):
        passes = rule.upright and rule.top <= bottom + 2 and rule.bottom >= (top + bottom) / 2
        if passes and (not edges or rule.x0 - edges[-1] > 3):
            edges.append((rule.x0 + rule.x1) / 2)
    return edges


def _between_underlines(rules: Sequence[Rule], bottom: float) -> list[float]:
    """The x between lines that stand side by side right below a head's `bottom`, one for each column: "---- -------- ---"."""
    below = [rule for rule in rules if not rule.upright and bottom - 2 <= rule.top <= bottom + _UNDER_A_HEAD]
    first = min((rule.top for rule in below), default=0.0)
    row = sorted((rule for rule in below if rule.top - first <= 1), key=lambda rule: rule.x0)
    gaps = [(one.x1, other.x0) for one, other in pairwise(row) if other.x0 - one.x1 > _THINNEST]
    if len(gaps) + 1 < _LEAST_LINES or len(gaps) + 1 < len(row):
        return []
    covered = sum(rule.x1 - rule.x0 for rule in row)
    return [(a + b) / 2 for a, b in gaps] if covered >= _COVERED * (row[-1].x1 - row[0].x0) else []


def _figures_before(left: Head, right: Head, body: Sequence[Row]) -> float | None:
    """How far figures reach to the right that end together between a numeric head and one of units: they stand under the first
    though they are nearer to the second, as right-aligned figures under a left-aligned head do."""
    if left.role not in NUMERIC_ROLES or right.role not in _UNITS:
        return None
    ends = [
        word.x1
        for row in body
        for word in row.words
        if word.x1 <= right.x0 + 1 and (word.x0 + word.x1) / 2 > left.x1 and _FIGURE.fullmatch(word.text)
    ]
    flush = max(([end for end in ends if abs(end - edge) < _FLUSH] for edge in ends), key=len, default=[])
    return max(flush) if len(flush) > 1 and 2 * len(flush) > len(ends) else None


def _river(left: Head, right: Head, body: Sequence[Row]) -> float:
    """The middle of the widest white between the two heads that the fewest rows cross."""
    low, high = _middle(left), _middle(right)
    figures = _figures_before(left, right, body)
    if figures is not None:
        low = figures
    spans = [(word.x0, word.x1) for row in body if len(row.phrases) > 1 for word in row.words if word.x1 > low and word.x0 < high]
    spans += [(phrase.x0, phrase.x1) for head in (left, right) for phrase in head.phrases]
    stops = sorted({low, high, *(x for span in spans for x in span if low <= x <= high)})
    whites = [(a, b) for a, b in pairwise(stops) if b - a >= _THINNEST]
    counts = [sum(x0 < (a + b) / 2 < x1 for x0, x1 in spans) for a, b in whites]
    least = min(counts, default=0)
    runs: list[tuple[float, float]] = []
    for (a, b), count in zip(whites, counts, strict=True):
        if count != least:
            continue
        if runs and a - runs[-1][1] < _THINNEST:
            runs[-1] = (runs[-1][0], b)
        else:
            runs.append((a, b))
    a, b = max(runs, key=lambda run: run[1] - run[0], default=(low, high))
    return (a + b) / 2
