"""How suspicious an order is: plain rules, each a reason with a weight, joined as independent doubts are (noisy-or).

A weight says how much that reason alone speaks for a person's look; one alone never suffices but for a look-alike sender.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import prod

from models.domain.findings import Finding
from models.domain.mail_addresses import domain_of, is_free_mail, mailbox_of
from models.domain.mail_trust import MailTrust
from models.domain.party import Customer, CustomerHistory
from models.domain.risk import RiskReason, RiskScore
from models.domain.sales_order import SalesOrder
from models.domain.terms import payment_days
from models.domain.values import Exact, Value

THRESHOLD = 0.5
#: Multiples of the customer's usual from which an amount or a quantity stands out.
_LARGE, _HUGE = 3, 8


class RiskFacts(Value):
    """What the rules look at. None: not known, or not asked (a partner's EDI link needs no mail authentication)."""

    order_total: Exact | None = None
    median_total: Exact | None = None
    order_count: int = 0
    sender: str = ""
    sender_is_known: bool | None = None
    imitates: str | None = None
    failed_methods: tuple[str, ...] = ()
    answers_go_to: str = ""
    is_new_ship_to: bool = False
    ship_to_country: str | None = None
    customer_country: str | None = None
    days_until_requested: int | None = None
    largest_quantity_ratio: Exact | None = None
    terms_shifted: bool = False


def risk_facts(
    order: SalesOrder, customer: Customer | None, history: CustomerHistory, today: date, *, trust: MailTrust | None = None
) -> RiskFacts:
    """The facts of an order whose parties, lines and terms are checked already: its findings are taken for what they say."""
    total = order.gross or order.net
    sender = order.source.sender if order.source.channel == "smtp" else ""
    codes = {finding.code: finding for finding in order.findings}
    return RiskFacts(
        order_total=total.amount if total else None,
        median_total=history.median_total,
        order_count=history.order_count,
        sender=sender,
        sender_is_known=_is_known(sender, customer, history) if sender and customer else None,
        imitates=codes["suspicious_sender"].expected if "suspicious_sender" in codes else None,
        failed_methods=trust.failed if trust else (),
        answers_go_to=_unknown_reply_to(trust, customer, history) if trust and customer else "",
        is_new_ship_to=_is_new_place(order, codes),
        ship_to_country=order.ship_to.country if order.ship_to else None,
        customer_country=customer.address.country if customer else None,
        days_until_requested=_days_until(order, today),
        largest_quantity_ratio=_largest_ratio(order, history),
        terms_shifted=_terms_shifted(codes.get("terms_differ")),
    )


def score_order(facts: RiskFacts, threshold: float = THRESHOLD) -> RiskScore:
    """The score with its reasons, the weightiest first."""
    reasons = sorted(_reasons(facts), key=lambda reason: -reason.weight)
    score = 1 - prod(1 - reason.weight for reason in reasons)
    return RiskScore(score=round(score, 2), threshold=threshold, reasons=tuple(reasons))


def _reasons(facts: RiskFacts) -> Iterator[RiskReason]:
    yield from _sender_reasons(facts)
    yield from _place_reasons(facts)
    yield from _amount_reasons(facts)
    if facts.days_until_requested is not None and facts.days_until_requested <= 2:
        yield _reason("rush", 0.15, f"delivery is wanted within {max(facts.days_until_requested, 0)} days")
    if facts.terms_shifted:
        yield _reason("terms_shifted", 0.15, "it asks for a longer time to pay than agreed")
    if facts.order_count == 0 and facts.customer_country is not None:
        yield _reason("first_order", 0.15, "it is this customer's first order")


def _sender_reasons(facts: RiskFacts) -> Iterator[RiskReason]:
    if facts.imitates:
        yield _reason("look_alike_sender", 0.6, f"the sender's domain imitates {facts.imitates}")
    if facts.sender_is_known is False:
        yield _reason(
            "unknown_sender", 0.2, f"nobody at {domain_of(facts.sender) or 'this address'} ordered for this customer before"
        )
    if facts.sender and is_free_mail(facts.sender):
        yield _reason("free_mail", 0.2, "the sender writes from a free mail service")
    if facts.failed_methods:
        weight = 0.4 if "dmarc" in facts.failed_methods else 0.25
        yield _reason("mail_not_authenticated", weight, f"the mail failed {', '.join(map(str.upper, facts.failed_methods))}")
    if facts.answers_go_to:
        yield _reason("reply_to_elsewhere", 0.25, f"answers are asked to {facts.answers_go_to}, which is not where it came from")


def _place_reasons(facts: RiskFacts) -> Iterator[RiskReason]:
    if facts.is_new_ship_to:
        yield _reason("new_ship_to", 0.3, "the goods go to a place that this customer never used")
    if facts.ship_to_country and facts.customer_country and facts.ship_to_country != facts.customer_country:
        # A known place abroad is the customer's way of working; a new one there is what thieves ask for.
        weight = 0.3 if facts.is_new_ship_to else 0.05
        yield _reason(
            "ship_to_abroad", weight, f"the goods go to {facts.ship_to_country}, the customer sits in {facts.customer_country}"
        )


def _amount_reasons(facts: RiskFacts) -> Iterator[RiskReason]:
    if facts.order_total is not None and facts.median_total:
        ratio = facts.order_total / facts.median_total
        if ratio >= _LARGE:
            weight = 0.35 if ratio >= _HUGE else 0.25
            yield _reason("unusual_amount", weight, f"its total is {ratio:.0f} times this customer's usual order")
    if facts.largest_quantity_ratio is not None and facts.largest_quantity_ratio >= _LARGE:
        weight = 0.3 if facts.largest_quantity_ratio >= _HUGE else 0.15
        yield _reason(
            "unusual_quantity",
            weight,
            f"one quantity is {facts.largest_quantity_ratio:.0f} times what this customer usually takes",
        )


def _unknown_reply_to(trust: MailTrust, customer: Customer, history: CustomerHistory) -> str:
    """The domain that answers go to, where it is neither the sender's nor one that this customer is known by."""
    return "" if not trust.reply_to or _is_known(f"x@{trust.reply_to}", customer, history) else trust.reply_to


def _is_known(sender: str, customer: Customer, history: CustomerHistory) -> bool:
    mailbox, domain = mailbox_of(sender), domain_of(sender)
    known = {mailbox_of(address) for address in (*customer.order_emails, *history.known_senders)}
    domains = {own.lower() for own in customer.email_domains} | {
        domain_of(address) for address in known if not is_free_mail(address)
    }
    return mailbox in known or domain in domains


def _is_new_place(order: SalesOrder, codes: dict[str, Finding]) -> bool:
    return "new_ship_to" in codes or (order.ship_to_match is not None and ";" in order.ship_to_match.value)


def _days_until(order: SalesOrder, today: date) -> int | None:
    days = [day for day in (order.requested_date, *(line.requested_date for line in order.lines)) if day]
    return (min(days) - today).days if days else None


def _largest_ratio(order: SalesOrder, history: CustomerHistory) -> Exact | None:
    usual = history.usual_quantities
    ratios: Sequence[Exact] = [
        line.base_quantity / usual[line.sku]
        for line in order.lines
        if line.base_quantity and line.sku in usual and usual[line.sku]
    ]
    return max(ratios, default=None)


def _terms_shifted(finding: Finding | None) -> bool:
    """Whether the stated terms are longer than the agreed ones: days against days, as far as both say."""
    if finding is None:
        return False
    asked, agreed = payment_days(finding.read), payment_days(finding.expected)
    return asked is not None and agreed is not None and asked > agreed


def _reason(code: str, weight: float, message: str) -> RiskReason:
    return RiskReason(code=code, weight=weight, message=message)
