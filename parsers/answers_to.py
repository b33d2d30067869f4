"""All answers to a reading as a partner would get them: what `orderwright ack` shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.purchase_order_v1 import problems_of, to_purchase_order
from models.contracts.reading_v1 import ReadingV1
from models.domain.acknowledgement import AckParty
from models.domain.identifiers import Gln
from models.domain.purchase_order import PurchaseOrder
from models.domain.specimen_answers import Outcome, acknowledgement_as_asked, invoice_as_asked, ship_notice_as_asked
from parsers.answers import ElectronicAnswers, WrittenAnswer

#: What may be asked for beside the syntax and order acknowledgements.
MORE = ("999", "ship-notice", "invoice")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, and what it answers in words."""

    to: str
    written: WrittenAnswer


def answers_to(reading: ReadingV1, outcome: Outcome, more: frozenset[str], at: datetime) -> Iterator[Answer]:
    """The syntax acknowledgement of each interchange, then the answers to each electronic order. Control numbers from 1."""
    writer, numbers = ElectronicAnswers(), count(1)
    for interchange in reading.interchanges:
        form = "999" if "999" in more else "997"
        written = writer.syntax_acknowledgement(interchange, next(numbers), at, form=form)
        if written is not None:
            yield Answer(f"interchange {interchange.envelope.interchange_ref} of {interchange.envelope.sender}", written)
    for index, stated in enumerate(reading.extraction.orders):
        answered = reading.messages[index] if index < len(reading.messages) else None
        if answered is None:
            continue
        order, _ = to_purchase_order(stated, problems=problems_of(reading.extraction, index))
        for written in _to_order(writer, order, answered, outcome, more, numbers, at):
            yield Answer(f"{order.kind.replace('_', ' ')} {order.po_number or 'without a number'}", written)


def _to_order(
    writer: ElectronicAnswers,
    order: PurchaseOrder,
    answered: MessageRefV1,
    outcome: Outcome,
    more: frozenset[str],
    numbers: Iterator[int],
    at: datetime,
) -> Iterator[WrittenAnswer]:
    seller, today = _seller(answered), at.date()
    written = [writer.acknowledgement(acknowledgement_as_asked(order, seller, outcome, today), answered, next(numbers), at)]
    if "ship-notice" in more and outcome == "accepted" and order.lines:
        written.append(writer.ship_notice(ship_notice_as_asked(order, seller, today), answered, next(numbers), at))
    if "invoice" in more and outcome == "accepted" and order.lines:
        written.append(writer.invoice(invoice_as_asked(order, seller, today), answered, next(numbers), at))
    yield from (each for each in written if each is not None)


def _seller(answered: MessageRefV1) -> AckParty:
    """Ourselves, as the partner addressed us."""
    gln = Gln.parse(answered.receiver)
    return AckParty(name=answered.receiver, gln=gln, number=None if gln else answered.receiver or None)
