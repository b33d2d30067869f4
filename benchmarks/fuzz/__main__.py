"""Reads damaged documents until a reader breaks: every one must be read or refused with its reason, within time and memory.

    python -m benchmarks.fuzz mail [--minutes 10] [--seed N] [--keep DIR]

Minutes are of processor time spent reading. Each document is read as in production, in a process with the shipped limits of
memory. One that raises anything but a refusal, kills the process or takes over the time of a document is a finding: it is
kept under its class, told at once, and the exit status is 1. A finding that is mended goes to tests/parsers/damaged.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from activities.gateways.document_reader import Limits
from benchmarks.capture.case import Source
from benchmarks.capture.run import all_cases
from benchmarks.edi import edifact_order, x12_order
from benchmarks.fuzz.damage import damaged
from models.domain.errors import OrderwrightError
from reader import prepare, read

_INBOX = Path("demo/inbox")
_SEEDS_AT_MOST = 400
_RECEIVED = datetime(2026, 11, 2, 10, tzinfo=UTC)
_LIMITS = Limits()
_PATIENCE = 10


def _drawn(*sources: Source) -> Iterator[bytes]:
    return (case.content for case in all_cases(sources))


def _samples(*suffixes: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(_INBOX.iterdir()) if path.suffix in suffixes]


#: Whole documents that are damaged, by the name of the reader.
SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "mail": lambda: [*_samples(".eml"), *_drawn("email")],
    "pdf": lambda: [*_samples(".pdf"), *_drawn("native_pdf")],
    "scan": lambda: [*_samples(".jpg"), *_drawn("scan", "photo")],
    "sheet": lambda: [*_samples(".xlsx", ".csv"), *_drawn("spreadsheet")],
    "word": lambda: list(_drawn("word")),
    "edifact": lambda: [*_samples(".edi"), edifact_order(4)],
    "x12": lambda: [*_samples(".x12"), x12_order(4)],
    "xml": lambda: [*_samples(".xml")],
}


@dataclass
class Tally:
    """What was seen: documents by how they ended, processor seconds, and the findings by class."""

    ends: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    findings: dict[str, int] = field(default_factory=dict)


def main(arguments: list[str] | None = None) -> int:
    """Fuzzes one reader; 0 when nothing was found, 1 when something was."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("reader", choices=sorted(SEEDS))
    parser.add_argument("--minutes", type=float, default=10.0, help="processor time to spend reading (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=20261122, help="draws other damages (default: %(default)s)")
    parser.add_argument("--keep", type=Path, default=Path("var/fuzz"), help="where findings are kept (default: %(default)s)")
    asked = parser.parse_args(arguments)
    draw = Random(asked.seed)
    seeds = SEEDS[asked.reader]()
    seeds = draw.sample(seeds, min(len(seeds), _SEEDS_AT_MOST))
    tally = _fuzz(asked.reader, seeds, draw, asked.minutes * 60, asked.keep)
    ends = ", ".join(f"{count} {end}" for end, count in tally.ends.most_common())
    _say(f"{asked.reader}: {sum(tally.ends.values())} documents of {len(seeds)} seeds in {tally.seconds:.0f} CPU s: {ends}")
    for finding, count in tally.findings.items():
        _say(f"  {count} x {finding}")
    return 1 if tally.findings else 0


def _fuzz(name: str, seeds: list[bytes], draw: Random, seconds: float, keep: Path) -> Tally:
    """Reads damaged documents for so many processor seconds, in one process after another: whatever kills one costs one."""
    keep.mkdir(parents=True, exist_ok=True)
    prepare()
    tally, told = Tally(), time.monotonic()
    ours, process = _process()
    while tally.seconds < seconds:
        document = damaged(draw.choice(seeds), draw, seeds)
        try:
            ours.send_bytes(document)
            allowed = _LIMITS.seconds_for(document)
            answered = ours.poll(_PATIENCE * allowed)  # the machine may do other things too: what counts is processor time
            end, spent = ours.recv() if answered else ("never came back", allowed)
            end = "took over the time of a document" if spent > allowed else end
        except (EOFError, ConnectionError):
            process.join()
            end, spent = f"killed the process: {process.exitcode}", 1.0
        tally.ends[end if end in ("read", "refused") else "found"] += 1
        tally.seconds += spent
        if end not in ("read", "refused"):
            _record(end, document, tally, keep, name)
            process.kill()
            process.join()
            ours, process = _process()
        if time.monotonic() - told > 60:
            told = time.monotonic()
            read_so_far = sum(tally.ends.values())
            _say(f"{name}: {tally.seconds:.0f} of {seconds:.0f} CPU s, {read_so_far} documents, {len(tally.findings)} findings")
    process.kill()
    return tally


def _record(finding: str, document: bytes, tally: Tally, keep: Path, name: str) -> None:
    """Counts a finding; the first of its class is kept and told."""
    if finding not in tally.findings:
        kept = keep / f"{name}-{len(tally.findings) + 1}.bin"
        kept.write_bytes(document)
        _say(f"{name}: FOUND {finding}\n  kept as {kept}")
    tally.findings[finding] = tally.findings.get(finding, 0) + 1


def _process() -> tuple[Connection, multiprocessing.process.BaseProcess]:
    """A process that reads what is sent to it and answers how it ended and the seconds it took."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_reading, args=(theirs, ours), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _reading(link: Connection, others: Connection) -> None:
    others.close()
    resource.setrlimit(resource.RLIMIT_AS, (_LIMITS.memory_bytes, _LIMITS.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            document = link.recv_bytes()
        except EOFError:
            return
        start = _processor()
        end = _end_of(document)
        link.send((end, _processor() - start))


def _processor() -> float:
    """Processor seconds of this process and of those it started and awaited, such as Tesseract."""
    return sum(
        used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _end_of(document: bytes) -> str:
    try:
        read(document, "document", _RECEIVED)
    except OrderwrightError:
        return "refused"
    except BaseException as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}: {str(error)[:120]!r}"
    return "read"


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
