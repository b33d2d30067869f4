"""`python -m benchmarks.capture.calibrate`: fits the curves of confidence on the layouts of the splits `calibrate` and `train`,
and ships them. The calibrate layouts alone are too few for curves by field; no test layout is looked at."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.capture.case import SOURCES, Case
from benchmarks.capture.run import EXTENSIONS, PROCESSES, RECEIVED, SEED, all_cases, prepare
from benchmarks.capture.scoring import Verdict, judge
from models.contracts.extraction_v1 import ExtractionV1
from models.contracts.model_card import Card, trained_file, with_card
from models.ml.calibration import FILE, KINDS, Calibration, Standing, group_of, is_doubted
from models.ml.train.confidence import THRESHOLD, Sample, fitted, held_out_errors
from parsers.reading import read_document
from reader import ocr_engine

_SPLITS = ("calibrate", "train")
_ARTEFACTS = Path(__file__).parents[2] / "models" / "ml" / "artefacts"
_LIMITS = (
    "Fitted on invented orders in drawn layouts, some of which were looked at while the reader was improved: real papers are "
    "harder. Scans and photos share curves. Values below the threshold that decide about an order are never lifted over it."
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
    samples = list(samples_of(cases, options.processes))
    before = trained_file(options.out, FILE) if options.source and (options.out / FILE).exists() else None
    for name, content in files(samples, options.seed, before).items():
        (options.out / name).write_bytes(content)
    return 0


def samples_of(cases: Iterable[Case], processes: int) -> Iterator[Sample]:
    """What the reader said of every value in `cases`, and whether it was right."""
    with multiprocessing.get_context("spawn").Pool(processes, initializer=prepare) as pool:
        for place, own in enumerate(pool.imap(samples_of_case, cases, chunksize=2)):
            if place % 100 == 0:
                print(f"read {place} documents", file=sys.stderr)
            yield from own


def samples_of_case(case: Case) -> list[Sample]:
    """The values of one document that holds one order; of several it is open which has something wrong."""
    name = f"document{EXTENSIONS.get(case.source, '')}"
    reading = read_document(case.content, name, ocr=ocr_engine(), received_at=RECEIVED).reading
    kind = KINDS.get(next(iter(reading.source_formats), ""))
    if kind is None or len(reading.extraction.orders) != 1:
        return []
    score = judge(reading.extraction, case.truth)
    told = (verdict for verdict in (*score.head, *score.lines) if verdict.read is not None and verdict.counted)
    return [_sample(verdict, kind, case.layout, reading.extraction) for verdict in told]


def _sample(verdict: Verdict, kind: str, layout: str, extraction: ExtractionV1) -> Sample:
    first, _, rest = verdict.path.partition(".")
    group = group_of(rest if first.startswith("lines") else first)
    standing = Standing(kind=kind, group=group, is_inferred=verdict.inferred, is_doubted=is_doubted(extraction, 0))
    return Sample(standing, layout, verdict.confidence, verdict.right)


def files(samples: Sequence[Sample], seed: int, before: tuple[bytes, Card] | None) -> dict[str, bytes]:
    """The curves and their card, by file name; for kinds of documents without samples those of `before` stay."""
    fresh = fitted(samples)
    curves, figures = dict(fresh.curves), _figures(samples)
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


def _figures(samples: Sequence[Sample]) -> dict[str, str]:
    """By kind of document, how much there was and how the curves do on layouts that were held out."""
    told = {}
    for kind, (before, after) in held_out_errors(samples).items():
        own = [sample for sample in samples if sample.standing.kind == kind]
        layouts = len({sample.layout for sample in own})
        told[kind] = f"{len(own)} values in {layouts} layouts; calibration error {before:.3f} as reasoned, {after:.3f} as mapped"
    return told


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
