"""A small company whose orders are checked and decided, step by step, without a workflow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from temporalio.testing import ActivityEnvironment

import worker
from models.contracts.activity_io import OpenOrder, OrderBrief, OrderStep, RecordDecision
from models.contracts.decision_v1 import DecisionV1
from models.contracts.extraction_v1 import OrderLineV1, PartyV1, PurchaseOrderV1, StatedValue
from models.contracts.order_submission_v1 import OrderSubmissionV1
from models.domain.identifiers import OrderId
from models.domain.sales_order import SalesOrder
from models.store.loading import load_company
from models.store.order_book import SqlOrderBook
from models.store.schema import migrate
from models.store.session import engine_for
from settings import Settings
from tests.store.company_folder import write_company

if TYPE_CHECKING:
    from activities.ports import DocumentReader
    from workflows.client import OrderwrightClient

CHECKS = ("match_parties", "match_items", "check_terms", "determine_tax", "check_credit", "screen_order", "decide_order")
ORDER = OrderId("order:10010:PO-1")
BUYER = "buy@ada.example"


@dataclass
class SmallShop:
    """The company's activities on a database of its own. Ada (10010) buys bolts at 11.50 EUR per hundred."""

    settings: Settings
    folder: Path

    def __post_init__(self) -> None:
        self.engine = engine_for(self.settings.database)
        # The workflows' client and the reader are of steps that are not taken here.
        activities = worker.activities_of(self.settings, cast("OrderwrightClient", None), cast("DocumentReader", None))
        self._steps: dict[str, Callable[..., Any]] = {step.__name__: step for step in activities.light}

    def load(self) -> None:
        """Take the folder's files over, as `orderwright load` does."""
        load_company(self.folder, self.engine, today=date(2026, 11, 23))

    def run(self, step: str, request: Any) -> Any:
        return ActivityEnvironment().run(self._steps[step], request)

    def check(self, order_id: OrderId = ORDER) -> OrderBrief:
        """All checks, up to the decision."""
        return [self.run(step, OrderStep(order_id=order_id)) for step in CHECKS][-1]  # type: ignore[no-any-return]

    def take(self, *lines: tuple[str, str], po_number: str = "PO-1", sender: str = BUYER, **parts: str) -> SalesOrder:
        """Open an order of (SKU, quantity) and check it."""
        submission = self.submission(*lines, po_number=po_number, sender=sender, **parts)
        order_id = OrderId(f"order:10010:{po_number}")
        self.run("open_order", OpenOrder(order_id=order_id, submission=submission, started_at=datetime.now(UTC)))
        self.check(order_id)
        return self.order(order_id)

    def submission(
        self, *lines: tuple[str, str], po_number: str = "PO-1", sender: str = BUYER, **parts: str
    ) -> OrderSubmissionV1:
        """Ada's order of (SKU, quantity)."""
        return _submission(lines or (("HX-M8-40", "100"),), po_number, sender, parts)

    def decide(self, action: str, order_id: OrderId = ORDER, /, **parts: Any) -> OrderBrief:
        """A person's word, as the workflow hands it on."""
        decision = DecisionV1.model_validate(parts)
        request = RecordDecision(order_id=order_id, action=action, decision=decision, at=datetime.now(UTC))
        brief: OrderBrief = self.run("record_decision", request)
        return brief

    def order(self, order_id: OrderId = ORDER) -> SalesOrder:
        return SqlOrderBook(self.engine).load(order_id)


def open_shop(folder: Path, **changes: Any) -> SmallShop:
    """A company with its files in the folder's `company`, loaded."""
    settings = Settings(**{"var": folder / "var", "company": write_company(folder / "company"), "_env_file": None} | changes)
    settings.var.mkdir()
    migrate(settings.database)
    load_company(settings.company, engine_for(settings.database), today=date(2026, 11, 23))
    return SmallShop(settings, settings.company)


def _submission(lines: Sequence[tuple[str, str]], po_number: str, sender: str, parts: dict[str, str]) -> OrderSubmissionV1:
    stated = PurchaseOrderV1(
        po_number=_said(po_number),
        buyer=PartyV1(customer_number=_said("10010")),
        lines=tuple(
            OrderLineV1(seller_part_number=_said(sku), quantity=_said(amount), unit=_said("C62")) for sku, amount in lines
        ),
        **{name: _said(value) for name, value in parts.items()},
    )
    return OrderSubmissionV1(sender=sender, purchase_order=stated)


def _said(value: str) -> StatedValue:
    return StatedValue(value=value, confidence=1.0)
