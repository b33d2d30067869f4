"""`python -m benchmarks.mail_time`: how much processor time a plain mail takes, once the word lists are loaded.

The mails are those of `benchmarks.capture.mails` without attachments; the time is this process's own, so a busy machine
disturbs it little.
"""

from __future__ import annotations

import statistics
import time

import reader
from benchmarks.capture.mails import cases
from parsers.mail.mime import read_mail
from parsers.reading import read_document

_GOAL = 20


def main() -> int:
    """Prints the median, mean and 95th percentile in milliseconds, and how many mails are read within the goal."""
    reader.prepare()
    mails = [case.content for case in cases() if b"\nSubject:" in case.content and not read_mail(case.content).attachments]
    times = sorted(_milliseconds(content) for content in mails)
    within = sum(each <= _GOAL for each in times) / len(times)
    print(
        f"{len(times)} plain mails: median {statistics.median(times):.1f} ms, mean {statistics.mean(times):.1f} ms, "
        f"95th percentile {times[int(len(times) * 0.95)]:.1f} ms of processor time; {within:.0%} within {_GOAL} ms"
    )
    return 0


def _milliseconds(content: bytes) -> float:
    started = time.process_time()
    read_document(content, "mail.eml", ocr=None)
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
