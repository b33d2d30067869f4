"""The one currency of an order's amounts, which every standard wants, and what becomes of an order that names two."""

from __future__ import annotations

from collections.abc import Collection

from models.contracts.extraction_v1 import StatedValue
from models.domain.findings import Severity
from parsers.electronic.structured import OrderDraft


def check_currencies(draft: OrderDraft, stated: StatedValue | None, named: Collection[str]) -> None:
    """Stops an order whose prices or line amounts name (ISO 4217 codes `named`) another currency than the order's, or, where
    the order names none, more than one: which of them holds is the sender's to say."""
    others = sorted({*named} - {stated.value}) if stated is not None else sorted(named) if len(named) > 1 else []
    if others:
        order = f"the order is in {stated.value}" if stated is not None else "the order names no currency"
        message = f"{order}, prices or line amounts in {', '.join(others)}; ask the sender which holds"
        draft.problem("several_currencies", Severity.ERROR, message, "currency")
