"""Authorise a return: hold it against the policy, number it, print its label, tell the customer."""

from __future__ import annotations

from decimal import Decimal

from temporalio import activity

from activities.answer_ports import LabelPrinter
from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.outgoing import Outgoing
from activities.outside_ports import Carrier
from activities.ports import BlobStore, Catalogue, NumberRanges, Parties, Shipments
from activities.return_records import ReturnRecord
from models.contracts.return_io import DecideReturn, OpenReturn, ReturnBrief, ReturnStep
from models.contracts.return_request_v1 import ReturnRequestV1
from models.domain.answer_text import answer_text
from models.domain.errors import Rejected
from models.domain.identifiers import OrderId, Sscc
from models.domain.messages import Attachment, OutboundMessage
from models.domain.return_policy import ReturnFacts, assess_return, everything_shipped, facts_of
from models.domain.returns import ReturnLine, ReturnOrder
from models.domain.sales_order import SalesOrder
from models.domain.shipment import PackedCarton, PackedGoods, Shipment
from models.domain.values import plain

#: The carton that a return label is printed for: the customer packs, so its measures are nominal.
_RETURN_CARTON = {"carton_type": "return", "length_mm": "600", "width_mm": "400", "height_mm": "300"}


class ReturnAuthorising:
    """Opens returns and lets the goods come back."""

    def __init__(
        self,
        record: ReturnRecord,
        shipments: Shipments,
        parties: Parties,
        catalogue: Catalogue,
        numbers: NumberRanges,
        carrier: Carrier,
        labels: LabelPrinter,
        blobs: BlobStore,
        outgoing: Outgoing,
        *,
        is_received_by_people: bool,
    ) -> None:
        self._record = record
        self._shipments = shipments
        self._parties = parties
        self._catalogue = catalogue
        self._numbers = numbers
        self._carrier = carrier
        self._labels = labels
        self._blobs = blobs
        self._outgoing = outgoing
        self._is_received_by_people = is_received_by_people

    @activity.defn
    @told_to_temporal()
    def open_return(self, opening: OpenReturn) -> ReturnBrief:
        """Number the return and hold it against the policy. `Rejected` where the order was never accepted."""
        request = opening.request
        order = self._record.orders.load(OrderId(request.order_id))
        if order.customer_number is None or order.currency is None:
            raise Rejected(f"{order.order_id} was never accepted, so nothing of it can come back", code="nothing_to_return")
        rma = f"RMA-{100_000 + self._numbers.number('rma', opening.rma_key)}"
        shipments = self._shipments.of_order(order.order_id)
        others = [other for other in self._record.returns.of_order(order.order_id) if other.rma != rma]
        facts = facts_of(shipments, others, opening.requested_at.date())
        lines = _lines(request, order, facts)
        items = self._catalogue.items(sorted({line.sku for line in lines}))
        assessed = assess_return(order, lines, facts, items)
        kept = self._record.returns.open(
            ReturnOrder(
                rma=rma,
                sender=request.sender or order.source.sender,
                in_reply_to=request.in_reply_to,
                warehouse=shipments[0].warehouse if shipments else "",
                order_id=order.order_id,
                customer_number=order.customer_number,
                resolution=request.resolution,
                state=assessed.outcome,
                lines=lines,
                value=assessed.value,
                policy_reason=assessed.reason,
                requested_at=opening.requested_at,
            )
        )
        self._record.note(kept, "ReturnRequested", f"{rma}: {assessed.outcome.replace('_', ' ')}. {assessed.reason}")
        return self._brief(kept)

    @activity.defn
    @told_to_temporal()
    def decide_return(self, request: DecideReturn) -> ReturnBrief:
        """Write a person's word into the return."""
        kept = self._record.returns.load(request.rma)
        by = str(request.decision.by or "Temporal UI")[:100]
        why = str(request.decision.reason or request.decision.note or "")[:500]
        state = "authorised" if request.is_authorised else "refused"
        updates = {"state": state, "authorised_by": by, "policy_reason": why or kept.policy_reason}
        kept = self._record.returns.save(kept.model_copy(update=updates))
        self._record.note(kept, f"Return{state.capitalize()}", f"{by}: {state}{f' – {why}' if why else ''}", actor=by)
        return self._brief(kept)

    @activity.defn
    @told_to_temporal()
    def authorise_return(self, step: ReturnStep) -> ReturnBrief:
        """Book the parcel, print its label and send both to the customer."""
        kept = self._record.returns.load(step.rma)
        if kept.label is None:
            order = self._record.orders.load(kept.order_id)
            parcel = self._parcel(kept, order)
            with heartbeating():
                parcel = parcel.model_copy(update={"tracking_number": self._carrier.book(parcel)})
            origin = order.ship_to or self._parties.customer(kept.customer_number).address
            label = self._blobs.put(self._labels.label(parcel, origin), "application/pdf")
            updates = {"label": label, "tracking_number": parcel.tracking_number}
            kept = self._record.returns.save(kept.model_copy(update=updates))
        with heartbeating():
            self._outgoing.send(self._authorisation(kept))
        self._record.note(kept, "ReturnLabelSent", f"{kept.rma} may come back as {kept.tracking_number}.")
        return self._brief(kept)

    @activity.defn
    @told_to_temporal()
    def tell_refusal(self, step: ReturnStep) -> None:
        """Tell the customer why the goods cannot come back."""
        kept = self._record.returns.load(step.rma)
        with heartbeating():
            self._outgoing.send(self._message(kept, "return_refused", kept.policy_reason))
        self._record.note(kept, "ReturnRefusalSent", f"{kept.rma} was refused: {kept.policy_reason}")

    def _brief(self, kept: ReturnOrder) -> ReturnBrief:
        return self._record.brief(kept).model_copy(update={"awaits_receipt": self._is_received_by_people})

    def _parcel(self, kept: ReturnOrder, order: SalesOrder) -> Shipment:
        """The parcel back, by the service that brought the goods."""
        outbound = self._shipments.of_order(kept.order_id)
        houses = {house.code: house.address for house in self._parties.warehouses()}
        items = self._catalogue.items(sorted({line.sku for line in kept.lines}))
        weight = sum((items[line.sku].weight_kg * line.quantity for line in kept.lines if line.sku in items), Decimal(1))
        sscc = Sscc.numbered(self._parties.company().gs1_prefix, self._numbers.number("sscc", kept.rma))
        goods = tuple(PackedGoods(line=line.line, sku=line.sku, quantity=line.quantity) for line in kept.lines)
        carton = PackedCarton.model_validate({"sscc": sscc, "goods": goods, "weight_kg": plain(weight), **_RETURN_CARTON})
        return Shipment(
            shipment_id=f"return-parcel:{kept.rma}",
            order_id=order.order_id,
            warehouse=kept.warehouse,
            ship_to=houses.get(kept.warehouse, self._parties.company().address),
            state="packed",
            cartons=(carton,),
            choice=outbound[0].choice if outbound else None,
        )

    def _authorisation(self, kept: ReturnOrder) -> OutboundMessage:
        goods = "\n".join(f"- {plain(line.quantity)} × {line.sku}" for line in kept.lines)
        label = (Attachment(name=f"{kept.rma}.pdf", content=kept.label),) if kept.label else ()
        return self._message(kept, "return_authorised", goods, label)

    def _message(self, kept: ReturnOrder, matter: str, cause: str, attachments: tuple[Attachment, ...] = ()) -> OutboundMessage:
        language = self._parties.customer(kept.customer_number).language
        return return_message(kept, matter, language, number=kept.rma, cause=cause, attachments=attachments)


def return_message(
    kept: ReturnOrder, matter: str, language: str, *, number: str, cause: str, attachments: tuple[Attachment, ...] = ()
) -> OutboundMessage:
    """A message about a return to whoever asked for it."""
    return OutboundMessage(
        key=f"{matter}:{kept.rma}",
        kind="credit" if matter == "credit" else "return_authorisation",
        subject_id=kept.order_id,
        channel="email",
        recipient=kept.sender,
        subject=f"{number} ({kept.order_id.split(':', 2)[-1]})",
        text=answer_text(matter, language, numbers=number, cause=cause),
        attachments=attachments,
        in_reply_to=kept.in_reply_to,
    )


def _lines(request: ReturnRequestV1, order: SalesOrder, facts: ReturnFacts) -> tuple[ReturnLine, ...]:
    """The lines asked for; everything that was shipped where none is named."""
    if not request.lines:
        return everything_shipped(order, facts, request.reason[:300])
    skus = {line.number: line.sku for line in order.lines}
    wanted = []
    for line in request.lines:
        sku = skus.get(line.line)
        if sku is None:
            raise Rejected(f"{order.order_id} has no line {line.line}: its lines are {sorted(skus)}", code="no_such_line")
        reason = (line.reason or request.reason)[:300]
        wanted.append(ReturnLine(line=line.line, sku=sku, quantity=line.quantity, reason=reason))
    return tuple(wanted)
