"""What `extract` prints, and how it ends."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

import reader
from models.contracts.extraction_v1 import ExtractionV1

TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
LETTER = "Purchase order 4711\n\nPlease deliver:\n- 20 boxes of gloves\n"


def _pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(60, 780, "PURCHASE ORDER")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 740, "PO Number:")
    canvas.drawString(140, 740, "4711-22")
    for at, row in enumerate((("Article", "Description", "Qty", "Unit"), ("HX-M8-40", "Hex bolt M8x40", "400", "pcs"))):
        for left, text in zip((60, 160, 360, 420), row, strict=True):
            canvas.drawString(left, 680 - 16 * at, text)
    canvas.save()
    return buffer.getvalue()


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_file_gives_a_line_of_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON Lines in the order of the files, nothing else on standard output."""
    (tmp_path / "a.txt").write_text(LETTER)
    (tmp_path / "b.txt").write_text("INVOICE\n\nInvoice number 1\nAmount due 5.00 EUR\n")
    status = reader.extract([tmp_path / "a.txt", tmp_path / "b.txt"])
    found = [ExtractionV1.model_validate(line) for line in _lines(capsys)]
    assert (status, [(each.document.name, each.intent.value, len(each.orders)) for each in found]) == (
        0, [("a.txt", "order", 1), ("b.txt", "other", 0)],
    )  # fmt: skip


def test_a_file_that_cannot_be_read_makes_the_status_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its object says why; the others are read."""
    (tmp_path / "a.txt").write_text(LETTER)
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    status = reader.extract([tmp_path / "bad.pdf", tmp_path / "missing.pdf", tmp_path / "a.txt"])
    found = _lines(capsys)
    assert (status, [bool(line["orders"]) for line in found], [bool(line["problems"]) for line in found]) == (
        1, [False, False, True], [True, True, False],
    )  # fmt: skip


def test_a_huge_file_is_refused_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """100 MB are not even opened."""
    with (tmp_path / "huge.pdf").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert reader.extract([tmp_path / "huge.pdf"]) == 1
    assert _lines(capsys)[0]["problems"][0]["code"] == "too_large"


@pytest.mark.parametrize(
    "arguments", [[], ["extract"], ["read", "a.pdf"], ["extract", "--nonsense", "a.pdf"], ["extract", "a", "--picture"]]
)
def test_wrong_usage_is_status_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """And prints nothing on standard output."""
    assert (reader.main(arguments), capsys.readouterr().out) == (2, "")


def test_the_evidence_is_drawn_on_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Coloured boxes where the values stand."""
    (tmp_path / "po.pdf").write_bytes(_pdf())
    picture = tmp_path / "out.png"
    assert reader.main(["extract", str(tmp_path / "po.pdf"), "--picture", str(picture)]) == 0
    with Image.open(picture) as drawn:
        colours = {colour for _, colour in drawn.convert("RGB").getcolors(1 << 24) or []}
    assert (20, 110, 200) in colours


EDI = (
    "UNB+UNOC:3+4000001000005:14+4012345000009:14+261103:0815+77'UNH+1+ORDERS:D:96A:UN'BGM+220+4711+9'DTM+137:20261103:102'"
    "LIN+1'PIA+1+HX:SA'QTY+21:5'UNS+S'UNT+8+1'UNZ+1+77'"
)


def test_ack_writes_each_answer_into_the_folder(tmp_path: Path) -> None:
    """Named after the file that it answers."""
    (tmp_path / "po.edi").write_text(EDI)
    status = reader.acknowledge([tmp_path / "po.edi"], outcome="accepted", also="", folder=tmp_path / "out", today=TODAY)
    assert (status, sorted(path.name for path in (tmp_path / "out").iterdir())) == (0, ["po-contrl-1.edi", "po-ordrsp-2.edi"])


def test_ack_says_what_cannot_be_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A letter has no electronic answer; a word that is none of ours is wrong usage."""
    (tmp_path / "a.txt").write_text(LETTER)
    assert reader.acknowledge([tmp_path / "a.txt"], outcome="accepted", also="", folder=None, today=TODAY) == 1
    assert reader.acknowledge([tmp_path / "a.txt"], outcome="maybe", also="", folder=None, today=TODAY) == 2
    assert "no electronic message to answer" in capsys.readouterr().err
