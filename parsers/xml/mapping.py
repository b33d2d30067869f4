"""What the XML mappers share: addresses, dates of periods, lines with schedules, and the finished order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from models.contracts.extraction_v1 import OrderKind, OrderLineV1, PartyV1, PurchaseOrderV1, StatedValue
from models.domain.findings import Severity
from parsers.codelists.units import rec20_unit
from parsers.electronic.currencies import check_currencies
from parsers.electronic.deliveries import Delivery, Fields, by_delivery, destination, note_added
from parsers.electronic.structured import CERTAIN, OrderDraft
from parsers.xml.syntax import Attribute, Node

#: Where a document states a value: the text of an element, or an attribute.
Stated = Node | Attribute


@dataclass(slots=True)
class OrderXml:
    """One order document while it is read: its draft and its root."""

    root: Node
    draft: OrderDraft = field(default_factory=OrderDraft)
    fields: Fields = field(default_factory=dict)
    lines: list[OrderLineV1] = field(default_factory=list)
    #: Where lines go that say so themselves.
    destinations: list[tuple[str, Fields]] = field(default_factory=list)

    def text(self, node: Stated | None, *, confidence: float = CERTAIN) -> StatedValue | None:
        return self.draft.text(node.text, node, confidence=confidence) if node is not None else None

    def number(self, node: Stated | None, path: str) -> StatedValue | None:
        return self.draft.number(node.text, node, path) if node is not None else None

    def date(self, node: Stated | None, path: str, *, confidence: float = CERTAIN) -> StatedValue | None:
        return self.draft.date(node.text, node, path, confidence=confidence) if node is not None else None

    def unit(self, node: Stated | None, path: str) -> StatedValue | None:
        return self.draft.unit(node.text.strip(), node, path, rec20_unit) if node is not None else None

    def joined(self, nodes: Iterable[Node | None], glue: str = ", ") -> StatedValue | None:
        """The texts of several elements as one value with the evidence of each; what repeats stands once."""
        present = [node for node in nodes if node is not None and node.text.strip()]
        if not present:
            return None
        words = dict.fromkeys(" ".join(node.text.split()) for node in present)
        stated = self.draft.text(glue.join(words), present[0])
        return stated.model_copy(update={"evidence": tuple(e for node in present for e in node.evidence)}) if stated else None

    def notes(self, nodes: Iterable[Node], about: str = "") -> None:
        for node in nodes:
            self.draft.note(node.text, node, about=about)

    def path(self, name: str) -> str:
        """The path of a field of the line that is being read."""
        return f"lines[{len(self.lines)}].{name}"

    def add_line(self, line: OrderLineV1, deliveries: list[Delivery], label: str, *, is_added: bool = False) -> None:
        """Keep a line, or a line for each of its dated deliveries when several add up to what is ordered.

        `is_added` is of a change that says the line is new.
        """
        first = len(self.lines)
        self.lines += by_delivery(self.draft, line, deliveries, label=label, path=f"lines[{first}]", total="line total")
        if is_added:
            note_added(self.draft, first, len(self.lines) - first, label)

    def finished(self, kind: OrderKind, parties: dict[str, Fields]) -> PurchaseOrderV1:
        """The order; a cancellation without its lines, an order without lines with a problem."""
        if kind == "order_cancellation" and self.lines:
            self.draft.problem(
                "lines_of_cancellation", Severity.INFO, f"the cancelled order's {len(self.lines)} lines are not shown"
            )
            self.lines = []
        elif not self.lines and kind == "order":
            self.draft.problem("no_lines", Severity.ERROR, "the document has no lines: it orders nothing; ask the sender")
        if self.fields.get("po_number") is None:
            self.draft.problem("missing_value", Severity.ERROR, "no order number is stated; ask the sender", "po_number")
        named = {code for name in _PRICED for node in self.root.descendants(name) if (code := _currency_named(node))}
        check_currencies(self.draft, self.fields.get("currency"), named)
        ship_to = destination(self.draft, parties.get("ship_to", {}), self.destinations, len(self.lines))
        parties = {**parties, "ship_to": ship_to}
        self.fields["notes"] = self.draft.notes()
        self.draft.list_leftovers()
        stated = {role: PartyV1(**fields) for role, fields in parties.items() if any(fields.values())}
        return PurchaseOrderV1(kind=kind, lines=tuple(self.lines), **self.fields, **stated)


#: Elements that hold a price or the amount of a line, in UBL, cXML and the cross-industry order.
_PRICED = ("PriceAmount", "LineExtensionAmount", "UnitPrice", "ChargeAmount", "LineTotalAmount")


def _currency_named(node: Node) -> str:
    """UBL and Order-X `currencyID`, cXML `currency`."""
    money = node.find("Money") or node
    return (money.element.get("currencyID") or money.element.get("currency") or "").strip().upper()[:3]
