"""The benchmark's figures as tables for a terminal and for the documentation, and its failures by layout for who improves it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.capture.case import SOURCES
from benchmarks.capture.curves import reliability
from benchmarks.capture.run import Result
from benchmarks.capture.scoring import Verdict
from benchmarks.capture.summary import summarise

_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"
_COLUMNS = (
    "source", "documents", "header F1", "line F1", "perfect", "touchless", "of clear ones", "silent errors",
    "calibration error", "intent", "s / page", "CPU s / page", "of bare reading", "peak MB",
)  # fmt: skip
#: The kinds that there is a bare reading of to compare with.
_WITH_BARE = ("native_pdf", "scan", "photo")


def by_source(results: Iterable[Result]) -> dict[str, list[Result]]:
    """The results by kind of document, in the order of the kinds."""
    kinds: dict[str, list[Result]] = {source: [] for source in SOURCES}
    for result in results:
        kinds[result.case.source].append(result)
    return {source: own for source, own in kinds.items() if own}


def rows(results: Sequence[Result]) -> list[list[str]]:
    """One row of figures for each kind of document, under the heads of the report."""
    return [_row(source, own) for source, own in by_source(results).items()]


def _row(source: str, results: Sequence[Result]) -> list[str]:
    summary = summarise([result.score for result in results])
    pages = sum(result.pages for result in results) or 1
    bare = sum(result.bare for result in results)
    seconds = sum(result.seconds for result in results)
    processor = sum(result.processor for result in results)
    # Tesseract works in processes of its own, several at once, so scans are compared by processor time.
    ratio = (processor if source in ("scan", "photo") else seconds) / bare if bare and source in _WITH_BARE else None
    return [
        source,
        str(summary.documents),
        f"{summary.head_f1:.3f}",
        f"{summary.line_f1:.3f}",
        f"{summary.perfect:.3f}",
        f"{summary.touchless:.3f}",
        f"{summary.clear_touchless:.3f}",
        f"{summary.silent:.1%} ({summary.silent_count} of {summary.orders})",
        f"{summary.calibration_error:.3f}",
        f"{summary.intent:.3f}",
        f"{seconds / pages:.3f}",
        f"{processor / pages:.3f}",
        f"{ratio:.2f}" if ratio is not None else "",
        f"{max(result.memory for result in results) / 1e6:.0f}",
    ]


def print_report(console: Console, results: Sequence[Result]) -> None:
    """The table of all kinds."""
    table = Table(*_COLUMNS)
    for row in rows(results):
        table.add_row(*row)
    console.print(table)


def markdown(results: Sequence[Result], heading: str) -> str:
    """The table for the documentation under a line that says when and of what."""
    lines = [f"{heading}\n", f"| {' | '.join(_COLUMNS)} |", f"|{'---|' * len(_COLUMNS)}"]
    lines += (f"| {' | '.join(row)} |" for row in rows(results))
    return "\n".join([*lines, "", *_failures(results)])


def _failures(results: Sequence[Result]) -> Iterator[str]:
    """What was wrong and what was asked most often, for each kind, in how many documents."""
    yield "| source | wrong, missed or invented in | a person is asked about |"
    yield "|---|---|---|"
    for source, own in by_source(results).items():
        classes = classes_of(own)
        wrong = Counter({name: count for kind, name, count in classes if kind == "wrong"})
        asked = Counter({name: count for kind, name, count in classes if kind == "asked"})
        yield f"| {source} | {_commonest(wrong, 6)} | {_commonest(asked, 6)} |"


def classes_of(results: Sequence[Result], most: int | None = None) -> list[tuple[str, str, int]]:
    """The classes of failure as (`wrong` or `asked`, the field or question without its line, in how many documents), the `most`
    common of both kinds."""
    wrong = Counter(path for result in results for path in {_general(verdict.path) for verdict in result.score.wrong})
    asked = Counter(path for result in results for path in set(map(_general, result.score.blocking)))
    ranked = {kind: _ranked(counts)[:most] for kind, counts in (("wrong", wrong), ("asked", asked))}
    return [(kind, name, count) for kind, counts in ranked.items() for name, count in counts]


def curves(results: Sequence[Result]) -> str:
    """The reliability of the confidences of each kind, as an SVG."""
    return reliability(
        {
            source: [
                verdict
                for result in own
                for verdict in (*result.score.head, *result.score.lines)
                if verdict.read is not None and verdict.counted
            ]
            for source, own in by_source(results).items()
        }
    )


def with_measured(document: str, measured: str) -> str:
    """`document` with `measured` between its two marks, which it must have."""
    if _BEGIN not in document or _END not in document:
        raise ValueError(f"the document has no marks {_BEGIN} and {_END} for the figures")
    pattern = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
    return pattern.sub(lambda _: f"{_BEGIN}\n{measured}\n{_END}", document)


def print_layouts(console: Console, results: Sequence[Result]) -> None:
    """Every layout with its own figures and its commonest failures, the worst first."""
    layouts: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        layouts[result.case.layout].append(result)
    table = Table("layout", "split", "n", "perfect", "touchless", "silent", "wrong most often", "asked most often")
    for layout, own in sorted(layouts.items(), key=lambda each: _worth(each[1])):
        summary = summarise([result.score for result in own])
        wrong = Counter(_general(verdict.path) for result in own for verdict in result.score.wrong)
        asked = Counter(_general(finding) for result in own for finding in set(result.score.blocking))
        table.add_row(
            layout,
            own[0].case.split,
            str(len(own)),
            f"{summary.perfect:.2f}",
            f"{summary.touchless:.2f}",
            str(summary.silent_count),
            _commonest(wrong),
            _commonest(asked),
        )
    console.print(table)


def _worth(results: Sequence[Result]) -> tuple[float, float]:
    summary = summarise([result.score for result in results])
    return -summary.silent, summary.perfect + summary.touchless


def _general(path: str) -> str:
    return re.sub(r"\[\+?\d+\]", "", path)


def _commonest(counts: Counter[str], most: int = 4) -> str:
    return ", ".join(f"{name} {count}" for name, count in _ranked(counts)[:most])


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def print_failures(console: Console, results: Sequence[Result], most: int = 12) -> None:
    """Each document that was not perfect or not touchless, with what was wrong and what was asked."""
    for result in results:
        score = result.score
        if score.perfect == score.orders == score.touchless and score.intent_right and not score.wrong:
            continue
        mark = " SILENT" if score.silent else ""
        console.print(f"\n{result.case.name} ({result.case.layout}, {result.case.language}){mark}", style="bold", markup=False)
        if not score.intent_right:
            console.print("  the intent is wrong", markup=False)
        for verdict in score.wrong[:most]:
            console.print(f"  {told(verdict)}", markup=False, highlight=False)
        for finding in score.blocking[:most]:
            console.print(f"  asks: {finding}", markup=False, highlight=False)
        for problem in result.problems[:6]:
            console.print(f"  {problem[:230]}", markup=False, highlight=False, style="dim")


def told(verdict: Verdict) -> str:
    """What was wanted and what was read, with an exclamation mark where it decides about the order."""
    critical = "!" if verdict.critical else " "
    return f"{critical} {verdict.path}: wanted {verdict.wanted!r}, read {verdict.read!r} ({verdict.confidence:.2f})"
