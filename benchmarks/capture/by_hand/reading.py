"""The documents of `documents/` as cases of the benchmark: a file `x.book`, `x.page`, `x.csv`, `x.tsv` or `x.eml`, and `x.yaml`.

The YAML holds the language, the kind, the intent, for delimited text the charset, and the orders of the extraction contract;
`split: train` where somebody looked at how the document was read, whatever split the hash of its name would give it.
Their lines are a table of bars: an empty cell or `null` is not stated, `*` is not judged, ` // ` parts what is equally right; a
cell of `deliveries` is `200 on 2026-11-16, 300 on 2026-12-14`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from benchmarks.capture.by_hand.books import written_book
from benchmarks.capture.by_hand.pages import written_page
from benchmarks.capture.case import Case, split_of

#: Makes a document's bytes of its file and what its YAML says.
Writing = Callable[[Path, dict[str, Any]], bytes]
_FOLDER = Path(__file__).parent / "documents"


def cases(seed: int = 0) -> Iterator[Case]:  # noqa: ARG001 — nothing here is drawn, but all kinds of documents are asked alike
    """All documents laid out by hand, by name; every one of them tests."""
    for case in cases_in(_FOLDER, "by_hand"):
        yield replace(case, split="test")


def cases_in(folder: Path, name: str, layout: str = "", writing: Writing | None = None) -> Iterator[Case]:
    """The documents of a folder, by name, each described by a YAML beside it; `writing` makes their bytes. The layout of each is
    its own below `layout`, and so is its split."""
    for described in sorted(folder.glob("*.yaml")):
        facts = facts_of(described)
        document = next(path for path in sorted(folder.glob(f"{described.stem}.*")) if path.suffix != ".yaml")
        own = f"{layout or name}/{described.stem}"
        content = (writing or _content_of)(document, facts)
        title = f"{name}-{described.stem}"
        split = facts.get("split", split_of(own))
        yield Case(title, facts.get("kind", "native_pdf"), own, facts["language"], split, content, truth_in(facts))


def facts_of(described: Path) -> dict[str, Any]:
    """What a document's YAML says, every value as the text that stands there."""
    facts: dict[str, Any] = yaml.load(described.read_text("utf-8"), yaml.BaseLoader)  # makes texts alone
    return facts


def truth_in(facts: dict[str, Any]) -> dict[str, Any]:
    """The truth of a case, from what its YAML says."""
    intent = facts.get("intent", "order")
    return {"intent": intent, "orders": [_order(order, intent) for order in facts["orders"]]}


def _content_of(document: Path, facts: dict[str, Any]) -> bytes:
    """The bytes of a document as its sender would send it."""
    text = document.read_text("utf-8")
    if document.suffix == ".book":
        return written_book(text)
    if document.suffix == ".page":
        return written_page(text)
    if document.suffix == ".eml":
        return text.replace("\n", "\r\n").encode(facts.get("charset", "utf-8"))
    return text.encode(facts.get("charset", "utf-8"))


def _order(stated: dict[str, Any], intent: str) -> dict[str, Any]:
    order = {name: _value(value) for name, value in stated.items() if name != "lines"}
    return {"kind": intent, **order, "lines": list(_lines(stated.get("lines", "")))}


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _value(below) for name, below in value.items()}
    if isinstance(value, list):
        return [_value(each) for each in value]
    return None if value in ("null", "") else value


def _lines(table: str) -> Iterator[dict[str, Any]]:
    rows = [[cell.strip() for cell in row.split("|")] for row in table.splitlines() if row.strip()]
    for row in rows[1:]:
        yield {name: _deliveries(text) if name == "deliveries" else _cell(text) for name, text in zip(rows[0], row, strict=True)}


def _deliveries(text: str) -> list[dict[str, str]]:
    parts = [part.split(" on ") for part in text.split(", ") if part]
    return [{"quantity": quantity, "requested_delivery_date": day} for quantity, day in parts]


def _cell(text: str) -> Any:
    options = [_value(option.strip()) for option in text.split(" // ")]
    return options if len(options) > 1 else options[0]
