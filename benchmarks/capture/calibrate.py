"""`python -m benchmarks.capture.calibrate`: fits the curves of confidence on the layouts of the splits `calibrate` and `train`,
and ships them. The calibrate layouts alone are too few for curves by field; no test layout is looked at."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.capture.case import SOURCES, Case
from benchmarks.capture.run import EXTENSIONS, PROCESSES, RECEIVED, SEED, all_cases, prepare
from benchmarks.capture.scoring import Verdict, judge
from models.contracts.extraction_v1 import ExtractionV1
from models.contracts.model_card import Card, trained_file, with_card
from models.domain.bounds import upper_bound
from models.ml.calibration import FILE, KINDS, Calibration, Standing, group_of, is_doubted
from models.ml.train.confidence import THRESHOLD, Sample, fitted, held_out_errors
from parsers.reading import read_document
from reader import ocr_engine

_SPLITS = ("calibrate", "train")
_ARTEFACTS = Path(__file__).parents[2] / "models" / "ml" / "artefacts"
_LIMITS = (
    "Fitted on invented orders in drawn layouts, some of which were looked at while the reader was improved: real papers are "
    "harder. Scans and photos share curves. The bounds of silent errors take orders of one layout for independent ones, and hold "
    "for documents like these alone. Values below the threshold that decide about an order are never lifted over it."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the documents, fits, and writes the curves with their card."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.capture.calibrate", description=__doc__)
    parser.add_argument("--source", action="append", default=[], choices=SOURCES, help="fit only this kind anew")
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=_ARTEFACTS, metavar="FOLDER")
    options = parser.parse_args(arguments)
    cases = (case for case in all_cases(options.source, options.seed) if case.split in _SPLITS)
    judged = [each for each in judged_of(cases, options.processes) if each is not None]
    before = trained_file(options.out, FILE) if options.source and (options.out / FILE).exists() else None
    for name, content in files(judged, options.seed, before).items():
        (options.out / name).write_bytes(content)
    return 0


@dataclass(frozen=True, slots=True)
class Judged:
    """One document: its kind and split, how many orders it holds and how many of them would be silently wrong, and every
    value of it."""

    kind: str
    split: str
    orders: int
    silent: int
    samples: Sequence[Sample]


def judged_of(cases: Iterable[Case], processes: int) -> Iterator[Judged | None]:
    """What the reader made of each of `cases`."""
    with multiprocessing.get_context("spawn").Pool(processes, initializer=prepare) as pool:
        for place, own in enumerate(pool.imap(judged_case, cases, chunksize=2)):
            if place % 100 == 0:
                print(f"read {place} documents", file=sys.stderr)
            yield own


def judged_case(case: Case) -> Judged | None:
    """One document, of whose kind there are curves. Only one that holds one order has samples: of several it is open which
    has something wrong. It is judged as the reader reasons; the curves never let more orders pass."""
    name = f"document{EXTENSIONS.get(case.source, '')}"
    reading = read_document(case.content, name, ocr=ocr_engine(), received_at=RECEIVED).reading
    kind = KINDS.get(next(iter(reading.source_formats), ""))
    if kind is None:
        return None
    score = judge(reading.extraction, case.truth)
    told = (verdict for verdict in (*score.head, *score.lines) if verdict.read is not None and verdict.counted)
    is_single = len(reading.extraction.orders) == 1
    samples = [_sample(verdict, kind, case.layout, reading.extraction) for verdict in told] if is_single else []
    return Judged(kind, case.split, score.orders, score.silent, samples)


def _sample(verdict: Verdict, kind: str, layout: str, extraction: ExtractionV1) -> Sample:
    first, _, rest = verdict.path.partition(".")
    group = group_of(rest if first.startswith("lines") else first)
    standing = Standing(kind=kind, group=group, is_inferred=verdict.inferred, is_doubted=is_doubted(extraction, 0))
    return Sample(standing, layout, verdict.confidence, verdict.right)


def files(judged: Sequence[Judged], seed: int, before: tuple[bytes, Card] | None) -> dict[str, bytes]:
    """The curves and their card, by file name; for kinds of documents without samples those of `before` stay."""
    samples = [sample for each in judged for sample in each.samples]
    fresh = fitted(samples)
    curves, figures = dict(fresh.curves), _figures(samples, judged)
    if before is not None:
        curves = {**Calibration.model_validate_json(before[0]).curves, **curves}
        figures = {**before[1].figures, **figures}
    return with_card(
        FILE,
        content(Calibration(threshold=fresh.threshold, curves=dict(sorted(curves.items())))),
        trained_on="values that the reader read in documents of the capture benchmark, by kind below",
        command="python -m benchmarks.capture.calibrate",
        features=("kind of document", "group of fields", "inferred", "something wrong with the order", "reasoned confidence"),
        accept=THRESHOLD,
        seed=seed,
        splits=" and ".join(_SPLITS),
        limits=_LIMITS,
        figures=dict(sorted(figures.items())),
    )


def _figures(samples: Sequence[Sample], judged: Sequence[Judged]) -> dict[str, str]:
    """By kind of document, how much there was, how the curves do on layouts that were held out, and how many orders would have
    been silently wrong."""
    told = {}
    for kind, (before, after) in held_out_errors(samples).items():
        own = [sample for sample in samples if sample.standing.kind == kind]
        layouts = len({sample.layout for sample in own})
        error = f"{len(own)} values in {layouts} layouts; calibration error {before:.3f} as reasoned, {after:.3f} as mapped"
        told[kind] = f"{error}; {_silent([each for each in judged if each.kind == kind and each.split == 'calibrate'])}"
    return told


def _silent(judged: Sequence[Judged]) -> str:
    """The share of silently wrong orders in documents of the split `calibrate`, and what bounds it."""
    silent, orders = sum(each.silent for each in judged), sum(each.orders for each in judged)
    bound = upper_bound(silent, orders)
    return f"{silent} of {orders} orders of the split calibrate silently wrong, so below {bound:.1%} (Clopper-Pearson, 95 %)"


def content(calibration: Calibration) -> bytes:
    """The curves for people to read: a line for each."""
    kinds = (
        f"    {json.dumps(kind)}: {{\n"
        + ",\n".join(f"      {json.dumps(name)}: {json.dumps(points)}" for name, points in curves.items())
        + "\n    }"
        for kind, curves in calibration.curves.items()
    )
    whole = ",\n".join(kinds)
    return f'{{\n  "threshold": {calibration.threshold},\n  "curves": {{\n{whole}\n  }}\n}}\n'.encode()


if __name__ == "__main__":
    raise SystemExit(main())
