"""The documents of `documents/` as cases of the benchmark: a file `x.book`, `x.page`, `x.csv`, `x.tsv` or `x.eml`, and `x.yaml`.

The YAML holds the language, the kind, the intent, for delimited text the charset, and the orders of the extraction contract.
Their lines are a table of bars: an empty cell or `null` is not stated, `*` is not judged, ` // ` parts what is equally right.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks.capture.by_hand.books import written_book
from benchmarks.capture.by_hand.pages import written_page
from benchmarks.capture.case import Case

_FOLDER = Path(__file__).parent / "documents"


def cases(seed: int = 0) -> Iterator[Case]:  # noqa: ARG001 — nothing here is drawn, but all kinds of documents are asked alike
    """All documents laid out by hand, by name; every one of them tests."""
    for described in sorted(_FOLDER.glob("*.yaml")):
        yield _case(described)


def _case(described: Path) -> Case:
    facts = yaml.load(described.read_text("utf-8"), yaml.BaseLoader)  # makes texts alone
    document = next(path for path in sorted(_FOLDER.glob(f"{described.stem}.*")) if path.suffix != ".yaml")
    intent = facts.get("intent", "order")
    orders = [_order(order, intent) for order in facts["orders"]]
    return Case(
        name=f"by_hand-{described.stem}",
        source=facts["kind"],
        layout=f"by_hand/{described.stem}",
        language=facts["language"],
        split="test",
        content=_content(document, facts),
        truth={"intent": intent, "orders": orders},
    )


def _content(document: Path, facts: dict[str, Any]) -> bytes:
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
        yield dict(zip(rows[0], map(_cell, row), strict=True))


def _cell(text: str) -> Any:
    options = [_value(option.strip()) for option in text.split(" // ")]
    return options if len(options) > 1 else options[0]
