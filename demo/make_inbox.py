"""Writes the sample inbox: `python demo/make_inbox.py` makes the documents in `demo/inbox/`, their delivery (`inbox.yaml`) and
`demo/expected.yaml`. It needs the demo company's files and the fonts that `page_art` names."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from demo import inbox_edi, inbox_pdf_forms, inbox_pdf_letters, inbox_pdf_plain, inbox_scans, inbox_sheets, inbox_xml
from demo.inbox_mail import MAILS
from demo.sample_orders import Sample, SampleLine, Writer, all_samples
from models.domain.values import plain

HERE = Path(__file__).parent
INBOX, EXPECTED = HERE / "inbox", HERE / "expected.yaml"

WRITERS: Mapping[str, Writer] = {
    **MAILS,
    "pdf-ruled-de": inbox_pdf_letters.kessler,
    "pdf-borderless-it": inbox_pdf_letters.bellandi,
    "pdf-two-pages": inbox_pdf_forms.de_graaf,
    "pdf-own-numbers-at": inbox_pdf_letters.donau,
    "pdf-per-100-pl": inbox_pdf_forms.stalbud,
    "scan-fr": inbox_scans.armor,
    "photo-de": inbox_scans.pfeiffer,
    "orderx-de": inbox_xml.trautwein_hybrid,
    "edifact-d96a": inbox_edi.hansewerk,
    "edifact-d01b": inbox_edi.vindobona,
    "x12-850": inbox_edi.tidewater,
    "ubl-order": inbox_xml.westland,
    "cxml-order": inbox_xml.fontana,
    "xlsx-title-block": inbox_sheets.alpenhaus,
    "csv-decimal-commas": inbox_sheets.oehler,
    "split-warehouses": inbox_pdf_forms.elektromont,
    "unknown-sku": inbox_pdf_plain.colleoni,
    "price-12-percent-off": inbox_pdf_letters.brandt,
    "above-credit-limit": inbox_pdf_forms.norddach,
    "invoice": inbox_pdf_plain.invoice,
    "damaged-pdf": inbox_pdf_plain.montaigne_torso,
}


def delivery(sample: Sample) -> dict[str, Any]:
    """How a sample reaches us: a mail as it is, or a file that a mail carries."""
    how: dict[str, Any] = {"name": sample.name, "file": sample.file, "kind": sample.source["kind"], "channel": "smtp"}
    if sample.file.endswith(".eml"):
        how["as"] = "eml"
    else:
        how |= {"as": "attachment", "from": sample.sender, "subject": sample.source["subject"], "text": sample.source["text"]}
    if "after" in sample.source:
        how["after"] = sample.source["after"]
    return how


def expectation(sample: Sample) -> dict[str, Any]:
    """What must become of a sample. `lines` are the truth in the stated unit; a price is null where none is stated."""
    expected: dict[str, Any] = {"what": sample.source["what"], "outcome": sample.source["outcome"]}
    expected["reasons"] = list(sample.source.get("reasons", []))
    if sample.buyer:
        expected["customer"] = sample.buyer["number"]
    if sample.po_number:
        expected["po_number"] = sample.po_number
    if sample.lines:
        expected |= {"order_date": sample.date if sample.dated else None, "requested_delivery_date": sample.requested or None}
        expected |= {"currency": sample.currency, "total_net": plain(sample.total), "ship_to": sample.ship_to.get("code")}
        expected["lines"] = [_truth(line, priced=sample.priced) for line in sample.lines]
    return expected


def _truth(line: SampleLine, *, priced: bool) -> dict[str, Any]:
    return {
        "sku": line.sku if line.known else None,
        "stated_number": None if line.known else line.sku,
        "quantity": plain(line.quantity),
        "unit": line.unit,
        "unit_price": plain(line.price) if priced else None,
        "price_basis_quantity": plain(line.basis) if priced else None,
        "line_total": plain(line.amount) if priced else None,
    }


def write(inbox: Path, expected: Path) -> None:
    """Writes every document and both lists, replacing what is there."""
    inbox.mkdir(parents=True, exist_ok=True)
    samples = all_samples()
    for sample in samples:
        (inbox / sample.file).write_bytes(WRITERS[sample.name](sample))
    _write_yaml(inbox / "inbox.yaml", [delivery(sample) for sample in samples])
    _write_yaml(expected, {sample.name: expectation(sample) for sample in samples})


def _write_yaml(path: Path, content: Any) -> None:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=130)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(INBOX, EXPECTED)
    sys.stderr.write(f"The sample inbox is in {INBOX}, what must become of it in {EXPECTED}.\n")
