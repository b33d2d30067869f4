"""Match an order's buyer and ship-to to our customers."""

from __future__ import annotations

from datetime import date

from temporalio import activity

from activities.failures import told_to_temporal
from activities.learning_ports import LessonBook
from activities.order_records import OrderRecord
from activities.partners import message_of, partner_of
from activities.party_ports import CustomerDirectory
from activities.ports import BlobStore, Parties
from models.contracts.activity_io import OrderStep
from models.domain.change_answers import are_taken
from models.domain.corrections import corrected, last_word, unanswered
from models.domain.findings import Finding
from models.domain.identifiers import CustomerNumber
from models.domain.learning import FactKind, LearnedFact, Receipt, place_fact_key, recalled, receipt_of
from models.domain.mail_addresses import mailbox_of
from models.domain.matching import match_customer, match_ship_to
from models.domain.partner_terms import with_own_place
from models.domain.sales_order import Match, SalesOrder
from models.domain.unnumbered_letters import unnumbered_key, without_asking


class PartyMatching:
    """The first of the checks: the findings begin anew here, with those of reading that nobody has answered."""

    def __init__(
        self, record: OrderRecord, parties: Parties, blobs: BlobStore, lessons: LessonBook, directory: CustomerDirectory
    ) -> None:
        self._record = record
        self._directory = directory
        self._parties = parties
        self._blobs = blobs
        self._lessons = lessons

    @activity.defn
    @told_to_temporal()
    def match_parties(self, step: OrderStep) -> None:
        """Settle who buys and where the goods go, or find out what speaks against it."""
        order = self._record.load(step.order_id)
        asked = corrected(order.asked, order.corrections)
        sender = order.source.sender if order.source.channel == "smtp" else ""
        learned = learned_sender(sender, self._lessons, self._record.clock.now().date())
        partner, chosen = self._partner(order), last_word(order.corrections, "customer")
        also = [number for number in (partner, chosen, learned and learned.statement.meaning) if number]
        match, doubts = match_customer(
            asked.buyer,
            sender,
            self._directory.shortlist(asked.buyer, sender, also),
            partner=partner,
            chosen=chosen,
            learned=learned,
        )
        findings = (*self._of_reading(order), *doubts)
        order = order.model_copy(
            update={
                "customer_match": match,
                "customer_number": CustomerNumber(match.value) if match else None,
                "findings": findings,
                "ship_to": None,
                "ship_to_match": None,
                "payment_terms": "",
                "customer_name": "",
                "learned": (
                    *_of_own_reading(order, match),
                    *((receipt_of(learned),) if learned and match and "learned_sender" in match.agreeing else ()),
                ),
            }
        )
        self._record.save(self._with_ship_to(self._unasked(order)) if match else order)

    def _unasked(self, order: SalesOrder) -> SalesOrder:
        """The order without the question for its number, where the customer's letters were taught to need none."""
        key = unnumbered_key(order.source.source_format)
        if not key or order.customer_number is None:
            return order
        facts = self._lessons.about(order.customer_number, [key])
        fact = recalled(facts, FactKind.UNNUMBERED, key, self._record.clock.now().date()).fact
        findings = without_asking(order.findings, fact)
        if fact is None or findings is None:
            return order
        return order.model_copy(update={"findings": findings, "learned": (*order.learned, receipt_of(fact))})

    def _of_reading(self, order: SalesOrder) -> tuple[Finding, ...]:
        """The findings that are there before any check; a change that a reviewer has taken over is settled."""
        found = unanswered(order.reading_findings, order.corrections)
        return tuple(finding for finding in found if finding.code != "change_requested") if are_taken(order) else found

    def _with_ship_to(self, order: SalesOrder) -> SalesOrder:
        assert order.customer_number is not None, "asked only for a matched customer"
        customer = self._parties.customer(order.customer_number)
        partner = partner_of(message_of(order.source, self._blobs), self._parties)
        asked = with_own_place(corrected(order.asked, order.corrections), partner)
        learned = self._learned_place(order)
        address, match, doubts = match_ship_to(
            asked.ship_to,
            customer,
            self._parties.ship_tos(customer.number),
            chosen=last_word(order.corrections, "ship_to"),
            learned=learned,
        )
        is_used = learned is not None and match is not None and match.how == "learned_ship_to"
        return order.model_copy(
            update={
                "customer_name": customer.name,
                "ship_to": address,
                "ship_to_match": match,
                "payment_terms": customer.payment_terms,
                "findings": (*order.findings, *doubts),
                "learned": (*order.learned, *((receipt_of(learned),) if learned and is_used else ())),
            }
        )

    def _learned_place(self, order: SalesOrder) -> LearnedFact | None:
        """Which place this customer's earlier orders taught for what the order states."""
        key = place_fact_key(order.purchase_order.ship_to)
        if not key or order.customer_number is None:
            return None
        facts = self._lessons.about(order.customer_number, [key])
        return recalled(facts, FactKind.SHIP_TO, key, self._record.clock.now().date()).fact

    def _partner(self, order: SalesOrder) -> CustomerNumber | None:
        """The customer whose electronic address sent the message, where it was an electronic one."""
        message = message_of(order.source, self._blobs)
        if message is None:
            return None
        partners = self._parties.partners()
        return next((partner.customer_number for partner in partners if partner.partner_id == message.sender), None)


def _of_own_reading(order: SalesOrder, match: Match | None) -> tuple[Receipt, ...]:
    """The facts that its document was read with: this customer's, while no reviewer gave another number."""
    if match is None or last_word(order.corrections, "po_number") is not None:
        return ()
    return tuple(receipt for receipt in order.learned_in_reading if receipt.statement.scope == match.value)


def learned_sender(sender: str, lessons: LessonBook, day: date) -> LearnedFact | None:
    """Which customer a mail address was taught to write for."""
    mailbox = mailbox_of(sender)
    return recalled(lessons.about(mailbox, [mailbox]), FactKind.SENDER, mailbox, day).fact if "@" in mailbox else None
