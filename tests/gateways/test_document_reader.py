"""Documents that crash, hang and devour cost only themselves."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from activities.gateways.document_reader import MEGABYTE, ChildDocumentReader, Limits
from models.domain.errors import Misconfigured, Rejected, Unavailable

TARGET = "tests.gateways.hostile_readers:read"


@pytest.fixture(scope="module")
def reader() -> Iterator[ChildDocumentReader]:
    """A reader with little time and memory."""
    limits = Limits(memory_bytes=700 * MEGABYTE, input_bytes=5 * MEGABYTE, file_bytes=8 * MEGABYTE, seconds=20, seconds_a_page=0)
    with ChildDocumentReader(TARGET, limits=limits) as documents:
        yield documents


@pytest.fixture(scope="module")
def hasty_reader() -> Iterator[ChildDocumentReader]:
    """A reader that waits two seconds."""
    with ChildDocumentReader(TARGET, limits=Limits(seconds=2, seconds_a_page=0)) as documents:
        yield documents


def _refusal(reader: ChildDocumentReader, content: bytes) -> Rejected:
    with pytest.raises(Rejected) as caught:
        reader.read(content, "po.bin")
    return caught.value


def test_a_reading_comes_back_with_its_pictures(reader: ChildDocumentReader) -> None:
    """Pictures of any size, text and the reading itself cross the process boundary whole."""
    result = reader.read(b"x" * (3 * MEGABYTE), "po.txt", datetime(2026, 11, 2, tzinfo=UTC))
    language, sizes = result.reading.extraction.document.language, [len(picture.png) for picture in result.pictures]
    assert (language, sizes) == ("2026-11-02 00:00:00+00:00", [1_200_000, 0])
    assert result.body_text.split()[1] == str(3 * MEGABYTE)


def test_each_document_has_a_process_of_its_own(reader: ChildDocumentReader) -> None:
    """Nothing of one document is left for the next."""
    assert reader.read(b"x", "a").body_text != reader.read(b"x", "b").body_text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"segfault", "reader_crashed"),
        (b"exit 3", "reader_crashed"),
        (b"exit 0", "reader_crashed"),
        (b"bug", "reader_crashed"),
        (b"eat", "reader_memory"),
    ],
)
def test_a_document_that_ends_its_reader_is_rejected(reader: ChildDocumentReader, content: bytes, code: str) -> None:
    """With a code, the document's name, and no harm to the next."""
    refusal = _refusal(reader, content)
    assert (refusal.code, "po.bin" in str(refusal), bool(reader.read(b"x", "next").body_text)) == (code, True, True)


def test_a_document_that_hangs_is_rejected(hasty_reader: ChildDocumentReader) -> None:
    """When its time is over."""
    assert _refusal(hasty_reader, b"hang").code == "reader_timeout"


def test_what_a_hanging_reader_started_ends_with_it(hasty_reader: ChildDocumentReader, tmp_path: Path) -> None:
    """No tesseract outlives its document."""
    where = tmp_path / "pid"
    _refusal(hasty_reader, f"hang_with_child {where}".encode())
    assert _is_gone(int(where.read_text()))


def _is_gone(pid: int) -> bool:
    for _ in range(100):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


def test_a_reader_cannot_fill_the_disk(reader: ChildDocumentReader, tmp_path: Path) -> None:
    """Files end at their limit."""
    _refusal(reader, f"write {tmp_path / 'big'}".encode())
    assert (tmp_path / "big").stat().st_size <= 8 * MEGABYTE


def test_a_large_document_is_refused_before_it_is_read(reader: ChildDocumentReader) -> None:
    """No process is bothered with it."""
    assert _refusal(reader, bytes(6 * MEGABYTE)).code == "too_large"


def test_a_refusal_keeps_its_code(reader: ChildDocumentReader) -> None:
    """What the parsers reject is rejected in their words."""
    refusal = _refusal(reader, b"raise rejected")
    assert (refusal.code, str(refusal)) == ("damaged", "no order")


@pytest.mark.parametrize(("kind", "error"), [("unavailable", Unavailable), ("misconfigured", Misconfigured)])
def test_an_error_of_the_world_stays_one(reader: ChildDocumentReader, kind: str, error: type[Exception]) -> None:
    """A missing OCR program is not the document's fault."""
    with pytest.raises(error):
        reader.read(f"raise {kind}".encode(), "po.bin")


def test_ticks_come_while_a_document_is_read(reader: ChildDocumentReader) -> None:
    """So that an activity can send its heartbeat."""
    ticks: list[int] = []
    reader.read(b"sleep 2.5", "slow.pdf", on_tick=lambda: ticks.append(1))
    assert ticks


def test_an_error_in_a_tick_ends_the_reading(reader: ChildDocumentReader) -> None:
    """A cancelled activity stops waiting at once, and the child ends."""

    def cancelled() -> None:
        raise InterruptedError("cancelled")

    with pytest.raises(InterruptedError):
        reader.read(b"hang", "slow.pdf", on_tick=cancelled)


def test_documents_are_read_side_by_side(reader: ChildDocumentReader) -> None:
    """From several threads, good and bad ones mixed."""
    contents = [b"ok", b"segfault", b"ok", b"exit 1", b"ok", b"raise rejected", b"ok", b"bug"]

    def outcome(content: bytes) -> str:
        try:
            return reader.read(content, "po").body_text.split()[1]
        except Rejected as refusal:
            return refusal.code

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(outcome, contents))
    assert outcomes == ["2", "reader_crashed", "2", "reader_crashed", "2", "damaged", "2", "reader_crashed"]


def test_a_server_that_was_killed_is_started_again() -> None:
    """The next document is read by a new one."""
    with ChildDocumentReader(TARGET) as documents:
        documents.read(b"x", "a")
        server = psutil.Process().children()[-1]
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
        assert documents.read(b"x", "b").body_text


def test_the_server_ends_when_it_is_closed() -> None:
    """No process is left behind."""
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    with ChildDocumentReader(TARGET) as documents:
        documents.read(b"x", "a")
    assert {child.pid for child in psutil.Process().children(recursive=True)} <= before


def test_pages_buy_time() -> None:
    """A long document may take longer, up to a bound."""
    limits = Limits(seconds=60, seconds_a_page=4)
    pages = [limits.seconds_for(b"/Type /Page\n" * count) for count in (0, 10, 10_000)]
    assert pages == [60, 100, 460]
