"""Reads every case with the shipped reader in two processes and judges what came of it; times are taken beside the reading."""

from __future__ import annotations

import hashlib
import importlib
import io
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pdfplumber
from pdfplumber.utils.exceptions import PdfminerException

from benchmarks.capture.case import SOURCES, Case, Source, Split
from benchmarks.capture.scoring import Score, judge
from models.contracts.extraction_v1 import DocumentV1, ExtractionV1, Intent, Problem
from models.domain.document import Letter, Word
from models.domain.errors import OrderwrightError, Rejected
from models.domain.findings import Severity
from reader import ocr_engine, read

SEED = 20261122
PROCESSES = 2
#: The modules that hold documents, each with `cases(seed) -> Iterator[Case]`, and the kinds of theirs.
MODULES: dict[str, tuple[Source, ...]] = {
    "native": ("native_pdf",),
    "mails": ("email",),
    "sheets": ("spreadsheet",),
    "scans": ("scan", "photo"),
    "by_hand.reading": SOURCES,
    "by_hand.printouts": ("native_pdf",),
    "by_hand.papers": ("scan", "photo"),
    "by_hand.word_files": ("word",),
    "by_hand.workbooks": ("spreadsheet",),
}
#: Modules whose documents take long to make, so that those of other splits are not made at all: `cases(seed, split)`.
_COSTLY = frozenset({"scans"})
EXTENSIONS = {"email": ".eml", "spreadsheet": ".xlsx", "native_pdf": ".pdf", "word": ".docx"}
#: The day on which a document without a date of its own came in.
RECEIVED = datetime(2026, 11, 22, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Result:
    """One document read and judged. Times in seconds: of the reading, its processor time with child processes, and `bare`, of
    pdfplumber's bare words for a native PDF, of tesseract alone on the prepared pages for a scan (its processor time);
    `memory` is the reading process's peak in bytes."""

    case: Case
    score: Score
    problems: tuple[str, ...]
    pages: int
    seconds: float
    processor: float
    bare: float
    memory: int


class WatchedEngine:
    """The shipped engine, which keeps the pictures of whole pages that it read. A page is read in the language that a sample of
    it is in: in one go, or, where that is the sample's own, the sample and then the rest."""

    def __init__(self) -> None:
        self._engine = ocr_engine()
        self._read: dict[tuple[int, int], list[tuple[tuple[str, ...], bytes]]] = {}

    def words(self, png: bytes, *, dpi: int, page: int, languages: tuple[str, ...], layout: str = "block") -> tuple[Word, ...]:
        self._read.setdefault((page, dpi), []).append((languages, png))
        return self._engine.words(png, dpi=dpi, page=page, languages=languages, layout=layout)

    def reads(self, language: str) -> bool:
        return self._engine.reads(language)

    def lines(self, pngs: Sequence[bytes]) -> Sequence[Sequence[Letter]] | None:
        return self._engine.lines(pngs)

    def bare(self) -> float:
        """The processor time of tesseract alone on those pages, in all its languages, since it cannot tell the paper's."""
        before = _processor()
        for (_, dpi), pngs in self._whole().items():
            for png in pngs:
                with suppress(OrderwrightError):  # all seven languages may take longer than a page has
                    self._engine.words(png, dpi=dpi, page=1, languages=())
        return _processor() - before

    def _whole(self) -> dict[tuple[int, int], list[bytes]]:
        """The pictures that make up each page: what came last in its language, at the highest resolution, not the strips of
        single places that are read again smaller."""
        finest = {page: max(dpi for number, dpi in self._read if number == page) for page, _ in self._read}
        whole = {}
        for page, dpi in finest.items():
            calls = self._read[page, dpi]
            whole[page, dpi] = [png for languages, png in calls if languages == calls[-1][0]]
        return whole


def all_cases(sources: Iterable[str] = (), seed: int = SEED, split: Split | None = None) -> Iterator[Case]:
    """Every document of every module, of the kinds in `sources` (empty: of all kinds) and of `split` (None: of all)."""
    wanted = set(sources)
    for name, kinds in MODULES.items():
        if wanted and not wanted & set(kinds):
            continue
        module = importlib.import_module(f"benchmarks.capture.{name}")
        made = module.cases(seed, split) if name in _COSTLY else module.cases(seed)
        yield from (case for case in made if (not wanted or case.source in wanted) and split in (None, case.split))


def results_of(cases: Iterable[Case], processes: int = PROCESSES) -> Iterator[Result]:
    """Each case's result, in order, read by so many processes."""
    if processes <= 1:
        yield from map(result_of, cases)
        return
    with multiprocessing.get_context("spawn").Pool(processes, initializer=prepare) as pool:
        yield from pool.imap(result_of, cases, chunksize=4)


def prepare() -> None:
    """Makes a reading process one that leaves the machine to others."""
    with suppress(OSError):
        os.nice(10)
    os.environ["OMP_THREAD_LIMIT"] = "1"


def result_of(case: Case) -> Result:
    """Reads one case in this process and judges it."""
    extension = EXTENSIONS.get(case.source, "")
    before, started = _processor(), time.perf_counter()
    engine = WatchedEngine()
    extraction = _extraction(case.content, f"document{extension}", engine)
    seconds, processor = time.perf_counter() - started, _processor() - before
    bare = _bare_words(case.content) if case.source == "native_pdf" else engine.bare()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    score = judge(extraction, case.truth)
    # The content stays behind: pictures of failures are made from the case itself.
    problems = tuple(f"{problem.severity.value} {problem.code}: {problem.message}" for problem in extraction.problems)
    return Result(replace(case, content=b""), score, problems, extraction.document.pages, seconds, processor, bare, memory)


def _extraction(content: bytes, name: str, engine: WatchedEngine) -> ExtractionV1:
    """What was read; where the document was refused, nothing, and why: its sender learns it, so that is no silent error."""
    try:
        return read(content, name, RECEIVED, ocr=engine).reading.extraction
    except Rejected as refused:
        document = DocumentV1(name=name, sha256=hashlib.sha256(content).hexdigest(), media_type="application/octet-stream")
        problem = Problem(code=refused.code, severity=Severity.ERROR, message=str(refused))
        return ExtractionV1(document=document, intent=Intent.OTHER, problems=(problem,))


def _processor() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _bare_words(content: bytes) -> float:
    """How long pdfplumber takes for the words alone."""
    started = time.perf_counter()
    with suppress(PdfminerException), pdfplumber.open(io.BytesIO(content)) as document:
        for page in document.pages:
            page.extract_words()
            page.close()
    return time.perf_counter() - started
