"""Receive and inspect returned goods, and put back into stock what can be sold again."""

from __future__ import annotations

from typing import Literal, cast

from temporalio import activity

from activities.failures import told_to_temporal
from activities.ports import Catalogue, StockLedger
from activities.return_records import ReturnRecord
from models.contracts.return_io import InspectReturn, ReturnBrief
from models.domain.return_policy import disposition
from models.domain.returns import InspectedLine, ReturnOrder


class ReturnReceiving:
    """Books returned goods in, once per return and line."""

    def __init__(self, record: ReturnRecord, stock: StockLedger, catalogue: Catalogue) -> None:
        self._record = record
        self._stock = stock
        self._catalogue = catalogue

    @activity.defn
    @told_to_temporal()
    def receive_return(self, request: InspectReturn) -> ReturnBrief:
        """Write down the condition of the goods, decide their disposition, restock what is as new."""
        kept = self._record.returns.load(request.rma)
        if not kept.inspected:
            inspected = self._inspected(kept, request.condition)
            kept = self._record.returns.save(kept.model_copy(update={"inspected": inspected, "state": "inspected"}))
        for line in kept.inspected:
            if line.disposition == "restock":
                self._stock.put_back(f"{kept.rma}:{line.line}", line.sku, kept.warehouse, line.quantity)
        words = ", ".join(f"line {line.line}: {line.condition.replace('_', ' ')}, {line.disposition}" for line in kept.inspected)
        self._record.note(kept, "ReturnInspected", words, actor=request.by)
        return self._record.brief(kept)

    def _inspected(self, kept: ReturnOrder, condition: str) -> tuple[InspectedLine, ...]:
        found = cast(Literal["as_new", "opened", "damaged"], condition)
        items = self._catalogue.items(sorted({line.sku for line in kept.lines}))
        return tuple(
            InspectedLine(
                line=line.line,
                sku=line.sku,
                quantity=line.quantity,
                condition=found,
                disposition=disposition(found, items[line.sku]) if line.sku in items else "scrap",
            )
            for line in kept.lines
        )
