"""`python -m benchmarks.capture`: how well the shipped reader reads documents that it never saw, by kind of document."""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from rich.console import Console

from benchmarks.capture.case import SOURCES, SPLITS, Case
from benchmarks.capture.failure_pictures import draw_failures
from benchmarks.capture.report import curves, markdown, print_failures, print_layouts, print_report, with_measured
from benchmarks.capture.run import PROCESSES, SEED, all_cases, results_of

_HOME = Path(__file__).parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads, judges, prints, and writes the figures into a document if asked."""
    options = _options(arguments)
    console = Console(width=220 if not Console().is_terminal else None)
    results = list(results_of(_chosen(options), options.processes))
    if not results:
        console.print("no document is of that kind, split and layout")
        return 1
    if options.failures:
        print_failures(console, results)
    if options.failures or options.layouts:
        print_layouts(console, results)
    print_report(console, results)
    if options.write:
        page = Path(options.write)
        page.write_text(with_measured(page.read_text(encoding="utf-8"), markdown(results, _heading(options))), encoding="utf-8")
        (page.parent / "images" / "reliability.svg").write_text(curves(results), encoding="utf-8")
    if options.pictures:
        paths = draw_failures(results, all_cases(options.source, options.seed, options.split), options.pictures)
        console.print(f"{len(paths)} pictures of failures are in {options.pictures}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.capture", description=__doc__)
    parser.add_argument("--source", action="append", default=[], choices=SOURCES, help="only this kind of document")
    parser.add_argument("--split", choices=SPLITS, help="only layouts of this split")
    parser.add_argument("--layout", action="append", default=[], help="only this layout")
    parser.add_argument("--limit", type=int, help="only the first so many documents of each layout")
    parser.add_argument("--failures", action="store_true", help="print what was wrong, document by document and by layout")
    parser.add_argument("--layouts", action="store_true", help="print the figures of each layout")
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--write",
        metavar="PAGE.md",
        help="put the figures between the marks of this page, and the reliability curves into images/ beside it",
    )
    parser.add_argument(
        "--pictures",
        metavar="FOLDER",
        type=Path,
        help="draw a document of each class of failure into this folder, with its boxes",
    )
    return parser.parse_args(arguments)


def _chosen(options: argparse.Namespace) -> Iterator[Case]:
    cases = (
        case
        for case in all_cases(options.source, options.seed, options.split)
        if not options.layout or case.layout in options.layout
    )
    yield from cases if options.limit is None else _first_of_each(cases, options.limit)


def _first_of_each(cases: Iterator[Case], limit: int) -> Iterator[Case]:
    seen: dict[str, int] = {}
    for case in islice(cases, 100_000):
        seen[case.layout] = seen.get(case.layout, 0) + 1
        if seen[case.layout] <= limit:
            yield case


def _heading(options: argparse.Namespace) -> str:
    commit = subprocess.run(("git", "rev-parse", "--short", "HEAD"), cwd=_HOME, capture_output=True, text=True, check=False)
    layouts = f"layouts of the split `{options.split}`" if options.split else "all layouts"
    return f"Measured {datetime.now(UTC).date()} at commit {commit.stdout.strip() or 'unknown'}, seed {options.seed}, {layouts}:"


if __name__ == "__main__":
    raise SystemExit(main())
