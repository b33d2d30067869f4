"""The composition root of matching by hand: a catalogue in a file against queries in a file, pairs against one another.

Nothing of the running company is used but, where a customer is named, that customer's own part numbers.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.domain.errors import Misconfigured, Rejected, Unavailable
from models.domain.identifiers import CustomerNumber
from models.ml.catalogue_csv import RowProblem, read_catalogue
from models.ml.goods import Goods
from models.ml.item_judge import shipped_judge
from models.ml.item_matcher import matcher_of
from models.ml.item_questions import ItemAnswers, ItemQuery
from models.ml.pair_matching import Pair, matched
from models.ml.stated import stated_object
from models.ml.thesaurus import thesaurus
from models.ml.tokens import code_key

_PROGRESS = 5_000


def match_items(catalogue: Path, queries: Path, customer: str | None) -> int:
    """Print an answer as a line of JSON for every query. 0 where all were answered, 1 where one could not be read."""
    lines = _lines(queries)
    judge = shipped_judge()
    report = _Report(catalogue)
    matcher = matcher_of(_goods(catalogue, report))
    _say(f"{catalogue}: {len(matcher.index)} items loaded, {report.mended} of them in part, {report.refused} rows not loaded")
    answers = ItemAnswers(matcher, judge, _own_numbers(customer) if customer else None, thesaurus())
    unread = 0
    for number, line in lines:
        try:
            query = ItemQuery.read(line)
        except ValueError as error:
            unread += 1
            _say(f"{queries} line {number}: {error}")
            _print({"id": _id_in(line), "accept": False, "confidence": 0.0, "candidates": [], "problem": str(error)})
            continue
        _print(answers.answer(query).shown(query.id))
        if number % _PROGRESS == 0:
            _say(f"{number} queries answered")
    return 1 if unread else 0


class _Report:
    """Tells each problem of a file's rows as it is found, and counts the rows."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lines: dict[int, bool] = {}

    def __call__(self, problem: RowProblem) -> None:
        self._lines[problem.line] = self._lines.get(problem.line, True) and problem.is_loaded
        _say(f"{self._file} {problem}")

    @property
    def mended(self) -> int:
        return sum(self._lines.values())

    @property
    def refused(self) -> int:
        return len(self._lines) - self.mended


def _goods(catalogue: Path, report: _Report) -> Iterator[Goods]:
    try:
        with catalogue.open("rb") as file:
            yield from read_catalogue(file, report)
    except OSError as error:
        raise Rejected(f"{catalogue} cannot be read: {error.strerror}. Name a CSV file with a header row.") from error


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that say something, with their numbers. Fails at once where there is no such file."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise Rejected(f"{path} cannot be read: {error.strerror}. Name a file with a JSON object on each line.") from error

    def lines() -> Iterator[tuple[int, str]]:
        with file:
            for number, raw in enumerate(file, start=1):
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8", "replace").strip()
                if line:
                    yield number, line

    return lines()


def _own_numbers(customer: str) -> Mapping[str, str]:
    """A customer's part numbers from the company's books, with our SKUs."""
    from models.store.catalogue import SqlCatalogue
    from models.store.session import engine_for
    from settings import Settings

    try:
        known = SqlCatalogue(engine_for(Settings().database)).own_numbers(CustomerNumber(customer))
    except (Unavailable, Misconfigured) as error:
        _say(f"the part numbers of customer {customer} are not known: {error}")
        return {}
    _say(f"customer {customer} has {len(known)} part numbers of their own")
    return {code_key(entry.customer_part_number): str(entry.sku) for entry in known}


def _id_in(line: str) -> object:
    try:
        return stated_object(line).get("id")
    except ValueError:
        return None  # the caller says what is wrong with the line


def _print(answer: object) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def match_pairs(pairs: Path, train: Path | None) -> int:
    """Print a verdict as a line of JSON for every pair. 0 where all were judged, 1 where one could not be read."""
    asked = list(_pairs(pairs, labelled=False))
    labelled = [pair for pair in _pairs(train, labelled=True) if isinstance(pair, Pair)] if train else []
    _say(f"{len(asked)} pairs, {len(labelled)} to learn from")
    read = [pair for pair in asked if isinstance(pair, Pair)]
    if train and not labelled:
        raise Rejected(f"{train} has no pair to learn from: each line needs left, right and a label of 0 or 1.")
    try:
        verdicts = iter(matched(read, labelled))
    except ValueError as error:
        raise Rejected(f"{train}: {error}.") from error
    for pair in asked:
        if isinstance(pair, Pair):
            verdict = next(verdicts)
            _print({"id": pair.id, "match": verdict.match, "probability": round(verdict.probability, 4)})
        else:
            _print({"id": pair.id, "match": False, "probability": 0.0, "problem": pair.cause})
    return 0 if len(read) == len(asked) else 1


@dataclass(frozen=True, slots=True)
class _Unread:
    """A line that is no pair, and why."""

    id: object
    cause: str


def _pairs(path: Path, *, labelled: bool) -> Iterator[Pair | _Unread]:
    for number, line in _lines(path):
        try:
            yield Pair.read(line, labelled=labelled)
        except ValueError as error:
            _say(f"{path} line {number}: {error}")
            yield _Unread(_id_in(line), str(error))
