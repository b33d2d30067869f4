"""The sales order: what we accept and promise. The aggregate that every step of an order's life reads and completes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from models.domain.allocation import StockPlan
from models.domain.budget_standing import BudgetStanding
from models.domain.credit import CreditStanding
from models.domain.findings import Candidate, Finding
from models.domain.identifiers import CustomerNumber, OrderId, Sku
from models.domain.learning import Receipt
from models.domain.lifecycle import OrderStatus
from models.domain.mail_trust import MailTrust
from models.domain.party import Address
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine, Source
from models.domain.questions import BuyerQuestion
from models.domain.risk import RiskScore
from models.domain.screening import Screening
from models.domain.tax import TaxResult
from models.domain.values import Currency, Exact, Money, UnitCode, Value


class Match(Value):
    """Which of our records a mention means: `how` it was found, `score` 0 to 1, the reasons and the runner-up.

    `agreeing` names every kind of evidence that means this record (`customer_part_number`, `gtin`, `description`, …); `accept` is
    the score from which on such a match is taken, where likeness alone made it.
    """

    value: str
    how: str
    score: float
    reasons: tuple[str, ...] = ()
    runner_up: Candidate | None = None
    agreeing: tuple[str, ...] = ()
    accept: float | None = None


class Correction(Value):
    """A reviewer's word against the document's. `field` is `2.sku`, `2.quantity`, `customer`, `ship_to`, `po_number` …"""

    field: str
    value: str
    by: str
    at: datetime
    why: str = ""


class Decision(Value):
    """Who decided what, when and why: `by` is "orderwright" for what was decided touchless.

    `accepted` holds the keys of the findings that the decision accepted; `runner_up` what would have been decided
    otherwise and what tipped it. `first_approval` is the first of two people's: the order waits for the second.
    """

    outcome: Literal[
        "touchless", "needs_review", "first_approval", "approved", "rejected", "corrected", "held", "cancelled", "part_accepted"
    ]
    by: str
    at: datetime
    why: str
    accepted: tuple[str, ...] = ()
    runner_up: str = ""


class OrderPart(Value):
    """Which lines of a purchase order are this order's, where others of it are another's: the good lines went on, the doubtful
    ones (`is_rest`) wait. `beside_net` is what the lines that went on came to, in the order's currency.
    """

    lines: tuple[int, ...]
    other: OrderId
    is_rest: bool = False
    beside_net: Exact | None = None


class ChangeRequest(Value):
    """A change or cancellation that the buyer sent, and what we answered; empty while that is open. `is_doubted` says that
    something of it was not understood: it is never taken as met."""

    source: Source
    purchase_order: PurchaseOrder
    answer: Literal["", "accepted", "accepted_with_changes", "rejected"] = ""
    is_doubted: bool = False


class SalesOrderLine(Value):
    """A line of ours. `ordered` and `unit` are as asked; `base_quantity` is in the item's base unit.

    `unit_price` is per `price_basis` base units, discount taken off. `price_deviation` is the asked price against the
    agreed one in percent, above zero where more was asked. None where a finding says why it is open.
    """

    number: int
    stated_number: str | None = None
    buyer_part_number: str | None = None
    sku: Sku | None = None
    match: Match | None = None
    description: str = ""
    ordered: Exact | None = None
    unit: UnitCode | None = None
    base_quantity: Exact | None = None
    base_unit: UnitCode | None = None
    unit_price: Exact | None = None
    price_basis: Exact = Decimal(1)
    price_source: str = ""
    price_deviation: Exact | None = None
    net: Money | None = None
    tax_category: str = "standard"
    requested_date: date | None = None


class SalesOrder(Value):
    """An order with all that is known of it. `version` counts its saves; the store refuses to overwrite a newer one.

    `learned` holds the receipts of the learned facts that it used, `learned_in_reading` of those that its document was read
    with; `repeated` the lines of an earlier order, where the buyer
    named no goods but that one; `questions` what the buyer was asked, and answered; `review_due`
    is by when the desk should have decided; `may_wait` the lines without which the others could go on, where the customer
    allows that.
    """

    order_id: OrderId
    version: int = 0
    number: str | None = None
    status: OrderStatus = OrderStatus.RECEIVED
    source: Source
    purchase_order: PurchaseOrder
    reading_findings: tuple[Finding, ...] = ()
    customer_match: Match | None = None
    customer_number: CustomerNumber | None = None
    customer_name: str = ""
    ship_to_match: Match | None = None
    ship_to: Address | None = None
    currency: Currency | None = None
    lines: tuple[SalesOrderLine, ...] = ()
    requested_date: date | None = None
    price_tolerance: Exact | None = None
    payment_terms: str = ""
    tax: TaxResult | None = None
    credit: CreditStanding | None = None
    screening: Screening | None = None
    mail_trust: MailTrust | None = None
    risk: RiskScore | None = None
    budget: BudgetStanding | None = None
    findings: tuple[Finding, ...] = ()
    corrections: tuple[Correction, ...] = ()
    decisions: tuple[Decision, ...] = ()
    learned: tuple[Receipt, ...] = ()
    learned_in_reading: tuple[Receipt, ...] = ()
    repeated: tuple[PurchaseOrderLine, ...] = ()
    offered: tuple[PurchaseOrderLine, ...] = ()
    stock_plan: StockPlan | None = None
    erp_reference: str | None = None
    acknowledge_by: datetime | None = None
    changes: tuple[ChangeRequest, ...] = ()
    questions: tuple[BuyerQuestion, ...] = ()
    review_due: datetime | None = None
    may_wait: tuple[int, ...] = ()
    part: OrderPart | None = None

    @property
    def whole(self) -> PurchaseOrder:
        """All that the buyer asks: the purchase order, after its own lines those of the order that it repeats, and those of the
        buyer's changes that a reviewer took in."""
        if not (self.repeated or self.offered):
            return self.purchase_order
        taken = {correction.field for correction in self.corrections}
        added = (line for line in self.offered if f"{line.number}.add" in taken)
        return self.purchase_order.model_copy(update={"lines": (*self.purchase_order.lines, *self.repeated, *added)})

    def with_change(self, source: Source, asked: PurchaseOrder, *, is_doubted: bool = False) -> SalesOrder:
        """The order with a change of the buyer's, which waits for its answer; the same message is one change."""
        known = {(change.source.message_id, change.source.order_index) for change in self.changes}
        if (source.message_id, source.order_index) in known:
            return self
        change = ChangeRequest(source=source, purchase_order=asked, is_doubted=is_doubted)
        return self.model_copy(update={"changes": (*self.changes, change)})

    @property
    def asked(self) -> PurchaseOrder:
        """What is asked of this order: the whole, or the lines of it that are this part's, under their own numbers.

        The stated totals are the whole's: only the rest, which comes last, can be held against the net one.
        """
        whole, part = self.whole, self.part
        if part is None:
            return whole
        lines = tuple(line for line in whole.lines if line.number in part.lines)
        net = whole.total_net if part.beside_net is not None else None
        return whole.model_copy(update={"lines": lines, "total_net": net, "total_tax": None, "total_gross": None})

    @property
    def beside_net(self) -> Decimal:
        """What lines of the same purchase order come to that went on before as an order of their own."""
        return (self.part.beside_net if self.part else None) or Decimal(0)

    @property
    def net(self) -> Money | None:
        """The sum of the lines, or None while a line has no price or the currency is open."""
        nets = [line.net for line in self.lines if line.net is not None]
        if self.currency is None or not nets or len(nets) < len(self.lines):
            return None
        if any(net.currency != self.currency for net in nets):
            raise ValueError(f"lines of {self.order_id} are not in {self.currency}, its currency")
        return Money(amount=sum((net.amount for net in nets), Decimal(0)), currency=self.currency)

    @property
    def gross(self) -> Money | None:
        net = self.net
        return None if net is None or self.tax is None else net + self.tax.total

    @property
    def accepted_findings(self) -> frozenset[str]:
        return frozenset(key for decision in self.decisions for key in decision.accepted)

    @property
    def open_changes(self) -> tuple[ChangeRequest, ...]:
        """The buyer's changes that nobody has answered."""
        return tuple(change for change in self.changes if not change.answer)

    @property
    def open_question(self) -> BuyerQuestion | None:
        """The question that the buyer has yet to answer: the last one, while a person would do something with the answer."""
        last = self.questions[-1] if self.questions else None
        return last if last and last.awaits_answer and self.status.waits_for_person else None

    @property
    def answered(self) -> dict[str, str]:
        """The corrections that the buyer's replies plainly mean, for doubts that are still open, the last word winning."""
        still_open = {finding.key for finding in self.open_findings}
        asked = [
            (question, {point.key for point in question.points if point.finding in still_open}) for question in self.questions
        ]
        return {
            key: value
            for question, keys in asked
            for reply in question.replies
            for key, value in reply.proposal.items()
            if key in keys
        }

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that block the order and that no decision has accepted."""
        accepted = self.accepted_findings
        return tuple(finding for finding in self.findings if finding.blocks and finding.key not in accepted)
