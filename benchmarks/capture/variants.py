"""`python -m benchmarks.capture.variants`: documents of known truth altered in what must not matter, or must at most lead to a
question, and read again. What goes wrong then shows the brittle rules of the reader, which papers that nobody saw will meet."""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.capture.case import SPLITS, Case
from benchmarks.capture.run import EXTENSIONS, PROCESSES, RECEIVED, SEED, prepare
from benchmarks.capture.scoring import Score, judge
from reader import ocr_engine, read

FAMILIES = ("print", "sheets", "mails")


@dataclass(frozen=True, slots=True)
class Variant:
    """An altered document, or one as it was (`kind` is empty)."""

    origin: str
    kind: str
    case: Case


@dataclass(frozen=True, slots=True)
class Reading:
    """A variant judged."""

    origin: str
    kind: str
    score: Score


@dataclass(frozen=True, slots=True)
class Share:
    """What became of the documents altered in one way: how many, silently wrong ones, asked about although the unaltered went
    touchless, and with a value wrong that was right."""

    documents: int
    silent: int
    asked: int
    wrong: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Alters, reads, judges and prints."""
    options = _options(arguments)
    console = Console(width=220 if not Console().is_terminal else None)
    readings = list(_read_all(_variants(options), options.processes))
    bases = {reading.origin: reading.score for reading in readings if not reading.kind}
    if options.failures:
        _print_failures(console, readings, bases)
    _print_shares(console, readings, bases)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.capture.variants", description=__doc__)
    parser.add_argument("family", choices=FAMILIES)
    parser.add_argument("--kind", action="append", default=[], help="only this way of altering")
    parser.add_argument("--split", action="append", default=[], choices=SPLITS, help="only layouts of this split")
    parser.add_argument("--layout", action="append", default=[], help="only this layout")
    parser.add_argument("--sample", type=int, default=30, help="so many documents for each way of altering")
    parser.add_argument("--failures", action="store_true", help="print what was silently wrong, newly asked about or newly wrong")
    parser.add_argument("--keep", metavar="FOLDER", help="write the altered documents here")
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--seed", type=int, default=SEED)
    return parser.parse_args(arguments)


def _variants(options: argparse.Namespace) -> Iterator[Variant]:
    """The documents as they are, and a sample of them altered in each way."""
    family = importlib.import_module(f"benchmarks.capture.variants_{options.family}")
    with family.opened(options.seed) as documents:
        chosen = [
            document
            for document in documents
            if (not options.split or document.case.split in options.split) and options.layout in ([], [document.case.layout])
        ]
        needed: dict[str, Case] = {}
        for kind in options.kind or family.KINDS:
            order = random.Random(f"{options.seed} {kind}").sample(chosen, len(chosen))
            made = 0
            for document in order:
                if made >= options.sample:
                    break
                case = document.altered(kind, options.seed)
                if case is None:
                    continue
                made += 1
                _keep(options.keep, case)
                needed[document.case.name] = document.case
                yield Variant(document.case.name, kind, case)
        yield from (Variant(name, "", case) for name, case in needed.items())


def _keep(folder: str | None, case: Case) -> None:
    if folder is not None:
        path = Path(folder) / f"{case.name.replace('/', '-')}{EXTENSIONS.get(case.source, '')}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(case.content)


def _read_all(variants: Iterable[Variant], processes: int) -> Iterator[Reading]:
    if processes <= 1:
        yield from map(_read, variants)
        return
    with multiprocessing.get_context("spawn").Pool(processes, initializer=prepare) as pool:
        yield from pool.imap(_read, variants, chunksize=4)


def _read(variant: Variant) -> Reading:
    case = variant.case
    reading = read(case.content, f"document{EXTENSIONS.get(case.source, '')}", RECEIVED, ocr=ocr_engine()).reading
    return Reading(variant.origin, variant.kind, judge(reading.extraction, case.truth))


def shares(readings: Sequence[Reading], bases: dict[str, Score]) -> dict[str, Share]:
    """By kind. A document that is silently wrong as it is counts for none."""
    found: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.kind and not bases[reading.origin].silent:
            found[reading.kind].append(reading)
    return {kind: _share(each, bases) for kind, each in found.items()}


def _share(readings: Sequence[Reading], bases: dict[str, Score]) -> Share:
    return Share(
        documents=len(readings),
        silent=sum(reading.score.silent > 0 for reading in readings),
        asked=sum(reading.score.touchless < bases[reading.origin].touchless for reading in readings),
        wrong=sum(bool(_newly_wrong(reading, bases)) for reading in readings),
    )


def _newly_wrong(reading: Reading, bases: dict[str, Score]) -> set[str]:
    before = {verdict.path for verdict in bases[reading.origin].wrong}
    return {verdict.path for verdict in reading.score.wrong} - before


def _print_shares(console: Console, readings: Sequence[Reading], bases: dict[str, Score]) -> None:
    table = Table("altered", "documents", "silently wrong", "newly asked", "newly wrong")
    found = shares(readings, bases)
    total = Share(*(sum(getattr(share, name) for share in found.values()) for name in Share.__slots__))
    for kind, share in {**found, "all": total}.items():
        table.add_row(kind, *(str(getattr(share, name)) for name in Share.__slots__))
    console.print(table)


def _print_failures(console: Console, readings: Sequence[Reading], bases: dict[str, Score]) -> None:
    for reading in readings:
        base = bases[reading.origin]
        if not reading.kind or base.silent:
            continue
        if reading.score.silent:
            wrong = [f"{each.path}: {each.read!r} for {each.wanted!r}" for each in reading.score.wrong if each.critical]
            console.print(f"SILENT {reading.origin} / {reading.kind}", *wrong[:5], sep="\n    ", markup=False)
        elif reading.score.touchless < base.touchless:
            asks = "; ".join(sorted(set(reading.score.blocking)))
            console.print(f"asked  {reading.origin} / {reading.kind}: {asks}", markup=False)
        elif new := _newly_wrong(reading, bases):
            wrong = [f"{each.path}: {each.read!r} for {each.wanted!r}" for each in reading.score.wrong if each.path in new]
            console.print(f"wrong  {reading.origin} / {reading.kind}: {'; '.join(wrong[:4])}", markup=False)


if __name__ == "__main__":
    raise SystemExit(main())
