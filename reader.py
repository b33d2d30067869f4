"""The composition root of reading: documents to readings, and the `extract` command's work.

`read` is what runs in the protected child; everything else here runs outside of it and never opens a document.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast, get_args

from activities.gateways.document_reader import ChildDocumentReader, ReadDocumentResult
from activities.gateways.line_reader import neural_lines
from activities.gateways.ocr_engine import TesseractEngine
from models.contracts.extraction_v1 import DocumentV1, ExtractionV1, Intent, Problem
from models.domain.errors import OrderwrightError, Rejected
from models.domain.findings import Severity
from models.domain.party import PartnerProfile
from models.domain.specimen_answers import Outcome
from models.ml.calibration import calibrated, shipped_calibration
from parsers.answers_to import MORE, Answer, answers_to
from parsers.detect import detect
from parsers.evidence_picture import evidence_picture
from parsers.part_reading import OcrEngine
from parsers.partner_check import check_sample
from parsers.reading import DocumentReading, read_document
from parsers.scan.languages import label_words

#: The name under which the child's server knows `read`.
READER = "reader:read"
_MOST_BYTES = 50 * 1024 * 1024
_USAGE = "usage: python -m reader extract FILE [FILE ...] [--picture OUT.png]"


def read(
    content: bytes,
    name: str,
    received_at: datetime | None,
    partners: Sequence[PartnerProfile] = (),
    *,
    ocr: OcrEngine | None = None,
) -> DocumentReading:
    """Reads one document in this very process, with confidences that were measured: for the child alone. `ocr` is the engine of
    `ocr_engine` where nothing else is said."""
    document = read_document(content, name, ocr=ocr or ocr_engine(), received_at=received_at, partners=partners)
    return replace(document, reading=calibrated(document.reading, shipped_calibration()))


def ocr_engine() -> TesseractEngine:
    """Tesseract, with the neural reader's second opinion where the extra `ocr-neural` is installed."""
    return TesseractEngine(second=neural_lines())


_SPECIMEN = b"""From: a@example.org
To: b@example.org
Subject: Order PO-100-1
Date: Mon, 02 Nov 2026 10:00:00 +0000

Please send us two boxes of gloves size 9 (art. G-9) at 3.20 EUR each by Friday.

Deliver to:
A Ltd
1 Road
Leeds LS1 4AB

Article  Description  Qty  Price  Zzz
G-9      Gloves       2    3.20   Z9
"""


def prepare() -> None:
    """Reads a specimen, so that word lists and curves are loaded and compiled once in the server and not in every child."""
    read(_SPECIMEN, "specimen.eml", None)
    label_words()


def protected_reader() -> ChildDocumentReader:
    """The reader that everybody uses: each document in a limited child."""
    return ChildDocumentReader(READER)


def extract(paths: Sequence[Path], picture: Path | None = None) -> int:
    """Prints each file's extraction as a line of JSON, and draws the evidence into `picture` if given.

    Returns 0 when every file was read, 1 when at least one was not. Progress goes to standard error.
    """
    all_read = True
    results: list[ReadDocumentResult] = []
    with protected_reader() as documents:
        for number, path in enumerate(paths, 1):
            print(f"reading {path} ({number} of {len(paths)})", file=sys.stderr)  # noqa: T201
            extraction = _extracted(documents, path, results)
            all_read = all_read and not _is_unread(extraction)
            print(extraction.model_dump_json(), flush=True)  # noqa: T201
    if picture is not None:
        _draw(results, picture)
    return 0 if all_read else 1


def acknowledge(paths: Sequence[Path], *, outcome: str, also: str, folder: Path | None, today: datetime) -> int:
    """Prints the answers that the partners of electronic messages would get, or writes them into `folder`.

    Returns 0 when each file was answered, or no answer is due to its kind, 1 when one was not, and 2 for an `outcome` or
    `also` that is none of ours.
    """
    more = frozenset(filter(None, also.replace(" ", "").split(",")))
    if outcome not in get_args(Outcome) or not more <= set(MORE):
        _say(f"--as is one of {', '.join(get_args(Outcome))}; --also is any of {', '.join(MORE)}, with commas between")
        return 2
    answered = True
    results: list[ReadDocumentResult] = []
    with protected_reader() as documents:
        for path in paths:
            before = len(results)
            extraction = _extracted(documents, path, results)
            answers = [
                answer
                for result in results[before:]
                for answer in answers_to(result.reading, cast(Outcome, outcome), more, today)
            ]
            for answer in answers:
                _hand_over(path, answer, folder)
            others = [problem.message for problem in extraction.problems if problem.code == "other_message"]
            for other in others:
                _say(f"{path}: {other}: no order acknowledgement is due")
            if not answers and not others:
                why = "; ".join(problem.message for problem in extraction.problems[:3])
                _say(f"{path}: no electronic message to answer. {why}")
            answered = answered and bool(answers or others)
    return 0 if answered else 1


def check_partner(paths: Sequence[Path], profiles: Sequence[PartnerProfile]) -> int:
    """Prints what each sample message would need. Returns 0 when each was an electronic order, else 1."""
    found_all = True
    results: list[ReadDocumentResult] = []
    with protected_reader() as documents:
        for path in paths:
            before = len(results)
            extraction = _extracted(documents, path, results, profiles)
            sentences = [sentence for result in results[before:] for sentence in check_sample(result.reading, profiles)]
            found_all = found_all and bool(sentences)
            why = "; ".join(problem.message for problem in extraction.problems[:3])
            print("\n".join([f"{path}:", *(sentences or [f"no electronic order. {why}"])]))  # noqa: T201
    return 0 if found_all else 1


def _hand_over(path: Path, answer: Answer, folder: Path | None) -> None:
    name = f"{path.stem}-{answer.written.name}"
    _say(f"{path}: {name} answers the {answer.to}")
    if folder is None:
        sys.stdout.buffer.write(answer.written.content.rstrip(b"\n") + b"\n")
        sys.stdout.buffer.flush()
    else:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(answer.written.content)


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201


def _extracted(
    documents: ChildDocumentReader, path: Path, results: list[ReadDocumentResult], partners: Sequence[PartnerProfile] = ()
) -> ExtractionV1:
    content = b""
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise Rejected(
                f"{path.name} has {size // 1024**2} MB; at most 50 MB are read: send the order alone", code="too_large"
            )
        content = path.read_bytes()
        result = documents.read(content, path.name, partners=partners)
    except OSError as error:
        return _unread(path, content, "unreadable_file", f"{path} cannot be opened: {error.strerror or error}")
    except OrderwrightError as error:
        return _unread(path, content, error.code if isinstance(error, Rejected) else "unreadable", str(error))
    results.append(result)
    return result.reading.extraction


def _unread(path: Path, content: bytes, code: str, message: str) -> ExtractionV1:
    """The extraction of a file that gave nothing."""
    document = DocumentV1(name=path.name, sha256=hashlib.sha256(content).hexdigest(), media_type=detect(content).media_type)
    problem = Problem(code=code, severity=Severity.ERROR, message=message)
    return ExtractionV1(document=document, intent=Intent.OTHER, problems=(problem,))


def _is_unread(extraction: ExtractionV1) -> bool:
    """Whether a file gave no order because something was wrong with it, rather than because it is none."""
    return not extraction.orders and any(problem.severity is Severity.ERROR for problem in extraction.problems)


def _draw(results: list[ReadDocumentResult], picture: Path) -> None:
    pictures = [(page, result.reading.extraction) for result in results for page in result.pictures]
    if not pictures:
        print("no pages to draw: the files are text or data", file=sys.stderr)  # noqa: T201
        return
    picture.write_bytes(evidence_picture(pictures))
    print(f"evidence drawn in {picture}", file=sys.stderr)  # noqa: T201


def main(arguments: Sequence[str]) -> int:
    """`python -m reader extract …`: the command without the rest of the command line."""
    words = list(arguments)
    picture = None
    if "--picture" in words[:-1]:
        at = words.index("--picture")
        picture = Path(words[at + 1])
        del words[at : at + 2]
    if len(words) < 2 or words[0] != "extract" or any(word.startswith("--") for word in words):
        print(_USAGE, file=sys.stderr)  # noqa: T201
        return 2
    return extract([Path(word) for word in words[1:]], picture)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
