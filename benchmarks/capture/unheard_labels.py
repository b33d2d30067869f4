"""`python -m benchmarks.capture.unheard_labels`: printed orders of which one label of the head is put in words that no list
holds, misspelt or taken away, and what becomes of the value that stood by it."""

from __future__ import annotations

import argparse
import multiprocessing
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from lxml import html
from rich.console import Console
from rich.table import Table

from benchmarks.capture.case import SPLITS, Case
from benchmarks.capture.damaged_heads import Wording, misspelt
from benchmarks.capture.run import PROCESSES, RECEIVED, SEED, prepare
from benchmarks.capture.scoring import Score, Verdict, judge
from benchmarks.capture.variants_page import PrintedPage, text_of
from benchmarks.capture.variants_print import Printout, opened
from benchmarks.capture.variants_words import options_of, plain
from parsers.lexicon import meaning_of_label
from reader import read

Way = Literal["unheard", "misspelt", "removed"]
WAYS: tuple[Way, ...] = ("unheard", "misspelt", "removed")
#: The fields whose labels are altered, and where the truth has what stands by them.
FIELDS: Mapping[str, str] = {
    "po_number": "po_number",
    "order_date": "order_date",
    "requested_delivery_date": "requested_delivery_date",
    "customer_number": "buyer.customer_number",
    "ship_to": "ship_to.postal_code",
    "bill_to": "bill_to.postal_code",
    "seller": "buyer.name",
    "quotation_ref": "po_number",
    "payment_terms": "payment_terms",
    "incoterm": "incoterm",
    "currency": "currency",
    "total_net": "total_net",
    "total_gross": "total_gross",
}
_TITLES = frozenset(("h1", "h2", "h3"))
_NEAR, _SHORT = 12, 3


@dataclass(frozen=True, slots=True)
class Unheard:
    """A document whose label of `field` was altered in one `way`, or one as it was (`field` is empty)."""

    origin: str
    split: str
    field: str
    way: str
    case: Case
    label: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the value by the altered label, and of the order: `value` is right, lost or wrong."""

    origin: str
    split: str
    field: str
    way: str
    label: str
    value: str
    was_right: bool
    touchless: bool
    was_touchless: bool
    silent: bool
    told: str


@cache
def wordings(wording: Wording, field: str, language: str) -> Sequence[str]:
    """Labels of a field in a language that the reader's lists do not have; none where the half has none of the language."""
    listed = yaml.safe_load(Path(__file__).with_name("unseen_labels.yaml").read_text(encoding="utf-8"))[wording]
    terms = listed.get(field, {}).get(language, "")
    return [term.strip() for term in terms.split(";") if term.strip()]


def altered(printout: Printout, field: str, way: Way, wording: Wording, seed: int) -> Unheard | None:
    """The document with all labels of `field` altered in one way; None where it has none, or the half no words for it."""
    case = printout.case
    draw = random.Random(f"{seed} {case.name} {field} {way} {wording}")
    words = wordings(wording, field, case.language)
    if way == "unheard" and not words:
        return None
    page = PrintedPage(html.document_fromstring(printout.html), case.truth, case.language, printout.sheet, draw)
    new, said = draw.choice(words or [""]), ""
    for label, rest, put in _labels(page, field):
        said = new if way == "unheard" else misspelt(label, draw) if way == "misspelt" else "\u00a0"
        kept = rest.removeprefix(":") if way == "removed" else rest
        put((said.upper() if label.isupper() and len(label) > _SHORT else said) + kept)
    if not said:
        return None
    content = printout.press.pdf(page.html(), page.sheet)
    return Unheard(case.name, case.split, field, way, replace(case, name=f"{case.name} {field} {way}", content=content), said)


def _labels(page: PrintedPage, field: str) -> Iterator[tuple[str, str, Callable[[str], None]]]:
    """The labels of a field outside the table of lines: label, what follows it in the same text, and what replaces both."""
    texts = list(page.texts())
    numbers = [plain(str(option)) for option in options_of(page.order.get("po_number")) if option]
    for place, (text, put) in enumerate(texts):
        label, colon, value = text.partition(":")
        found = meaning_of_label(label.strip())
        if found is None or found.name != field or len(label) > 60:
            continue
        if field == "po_number":
            around = plain(" ".join(each for each, _ in texts[place : place + _NEAR]))
            if not any(number in around for number in numbers):
                continue
            if not colon and meaning_of_label(label.strip()) and _is_title(page, text):
                continue
        lead = label[: len(label) - len(label.lstrip())]
        yield label.strip(), (colon + value) if colon else label[len(label.rstrip()) :], _after(lead, put)


def _after(lead: str, put: Callable[[str], None]) -> Callable[[str], None]:
    """Puts a text in behind the blanks that the old one began with."""
    return lambda text: put(lead + text)


def _is_title(page: PrintedPage, text: str) -> bool:
    return any(
        element.tag in _TITLES
        for element in page.body.iter()
        if isinstance(element.tag, str) and text_of(element) == text.strip()
    )


def outcomes(documents: Iterable[Unheard], processes: int) -> list[Outcome]:
    """What the reader makes of the documents; `documents` holds each also as it was."""
    with multiprocessing.get_context("spawn").Pool(processes, initializer=prepare) as pool:
        scored = list(pool.imap(_judged, documents, chunksize=4))
    bases = {each.origin: score for each, score in scored if not each.field}
    return [_outcome(each, score, bases[each.origin]) for each, score in scored if each.field]


def _judged(document: Unheard) -> tuple[Unheard, Score]:
    reading = read(document.case.content, "document.pdf", RECEIVED).reading
    return replace(document, case=replace(document.case, content=b"")), judge(reading.extraction, document.case.truth)


def _outcome(document: Unheard, score: Score, base: Score) -> Outcome:
    path = FIELDS[document.field]
    before, now = _verdict(base, path), _verdict(score, path)
    value = "right" if now is None or now.right else "lost" if now.read is None else "wrong"
    critical = [each for each in score.wrong if each.critical]
    news = {each.path for each in base.wrong}
    told = "; ".join(f"{each.path}: {each.read!r} for {each.wanted!r}" for each in score.wrong if each.path not in news)
    told += f" [{'; '.join(sorted(set(score.blocking) - set(base.blocking)))}]"
    return Outcome(
        document.origin, document.split, document.field, document.way, document.label, value,
        before is not None and before.right, bool(score.touchless), bool(base.touchless), bool(score.silent and critical), told,
    )  # fmt: skip


def _verdict(score: Score, path: str) -> Verdict | None:
    return next((each for each in score.head if each.path == path), None)


def made(wording: Wording, ways: Sequence[Way], splits: Sequence[str], fields: Sequence[str], seed: int) -> Iterator[Unheard]:
    """Every printed order of `splits`, as it is and with the labels of each of `fields` altered in each of `ways`."""
    with opened(seed) as printouts:
        for printout in printouts:
            if printout.case.split not in splits:
                continue
            news = [new for field in fields for way in ways if (new := altered(printout, field, way, wording, seed)) is not None]
            if news:
                yield Unheard(printout.case.name, printout.case.split, "", "", printout.case)
                yield from news


def main(arguments: Sequence[str] | None = None) -> int:
    """Alters, reads, judges and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.capture.unheard_labels", description=__doc__)
    parser.add_argument("--wording", choices=("train", "held_out"), default="train")
    parser.add_argument("--way", action="append", default=[], choices=WAYS)
    parser.add_argument("--field", action="append", default=[], choices=tuple(FIELDS))
    parser.add_argument("--split", action="append", default=[], choices=SPLITS)
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    splits, fields = options.split or ("train", "calibrate"), options.field or tuple(FIELDS)
    found = outcomes(made(options.wording, options.way or WAYS, splits, fields, options.seed), options.processes)
    console = Console(width=220)
    if options.failures:
        for each in found:
            if each.was_right and each.value != "right":
                mark = "TOUCHLESS" if each.touchless else "asked    "
                console.print(f"{mark} {each.origin} / {each.field} {each.way} ({each.label}): {each.told}", markup=False)
    _print(console, found)
    return 0


def _print(console: Console, found: Sequence[Outcome]) -> None:
    """By field and way, of values that were read rightly under the label as it was: how many stay right, are lost or wrong, and
    how many of the orders that stay touchless lost or changed the value."""
    table = Table(
        "label of", "way", "documents", "right", "lost", "wrong", "lost, touchless", "wrong, touchless", "newly asked", "silent"
    )
    rows: dict[tuple[str, str], Counter[str]] = {}
    for each in found:
        if not each.was_right:
            continue
        for key in ((each.field, each.way), ("all", each.way)):
            own = rows.setdefault(key, Counter())
            own["documents"] += 1
            own[each.value] += 1
            own[f"{each.value} touchless"] += each.touchless
            own["asked"] += each.was_touchless and not each.touchless
            own["silent"] += each.silent
    names = ("documents", "right", "lost", "wrong", "lost touchless", "wrong touchless", "asked", "silent")
    for (field, way), own in sorted(rows.items(), key=lambda item: item[0][1]):
        table.add_row(field, way, *(str(own[name]) for name in names))
    console.print(table)


if __name__ == "__main__":
    raise SystemExit(main())
