"""How suspicious an order is: plain rules, each a reason with a weight, joined as independent doubts are (noisy-or).

A weight says how much that reason alone speaks for a person's look. Some reasons stop an order by themselves, whatever the
threshold is: a forwarder's address that the customer never used, a first order far above the trade's usual, and many orders
within few days. Look-alike senders, new places, shifted terms and changed bank details are findings of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from models.domain.display_words import country_words
from models.domain.mail_addresses import domain_of, is_free_mail
from models.domain.risk import RiskReason, RiskScore
from models.domain.risk_facts import RiskFacts

THRESHOLD = 0.5
#: Multiples of the customer's usual from which an amount or a quantity stands out.
_LARGE, _HUGE = 3, 8
#: First orders of so many times what others usually order stand out, and so many times as many orders in a week as usual.
_FAR_ABOVE_TRADE = 8
_OFTEN = 4
#: So many orders of others say what is usual; of fewer, an order far above it is weighed with other signs.
_KNOWN_TRADE = 100
#: With so many orders in the week before, that many more than usual are no forgotten line sent after.
_MANY_IN_A_WEEK = 3


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
    if facts.incoterm_shifted:
        yield _reason("incoterm_shifted", 0.15, "it asks for delivery terms that cost us more than the agreed ones")
    if _is_velocity(facts):
        yield _reason(
            "velocity",
            0.2,
            f"{facts.orders_this_week} orders came in the week before, usual is one in {facts.usual_gap:.0f} days",
            stops=facts.orders_this_week >= _MANY_IN_A_WEEK,
        )
    if facts.order_count == 0 and facts.customer_country is not None:
        yield _reason("first_order", 0.15, "it is this customer's first order")
    if facts.is_new_form:
        yield _reason("new_form", 0.05, "it is laid out as no earlier order of this customer was")


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


def _is_velocity(facts: RiskFacts) -> bool:
    return facts.usual_gap is not None and facts.usual_gap * facts.orders_this_week >= _OFTEN * 7


def _place_reasons(facts: RiskFacts) -> Iterator[RiskReason]:
    if facts.is_forwarder:
        yield _reason(
            "forwarder", 0.5, "the new delivery place is a forwarder's or a box: the goods would go on from there", stops=True
        )
    if facts.is_new_ship_to:
        yield _reason("new_ship_to", 0.3, "the goods go to a place that this customer never used")
    if facts.ship_to_country and facts.customer_country and facts.ship_to_country != facts.customer_country:
        # A known place abroad is the customer's way of working; a new one there is what thieves ask for.
        weight = 0.3 if facts.is_new_ship_to else 0.05
        there, home = country_words(facts.ship_to_country), country_words(facts.customer_country)
        yield _reason("ship_to_abroad", weight, f"the goods go to {there}, the customer sits in {home}")


def _amount_reasons(facts: RiskFacts) -> Iterator[RiskReason]:
    if facts.order_total is not None and facts.median_total:
        ratio = facts.order_total / facts.median_total
        if ratio >= _LARGE:
            weight = 0.35 if ratio >= _HUGE else 0.25
            yield _reason("unusual_amount", weight, f"its total is {ratio:.0f} times this customer's usual order")
    if facts.order_count == 0 and facts.order_total is not None and facts.trade_total:
        ratio = facts.order_total / facts.trade_total
        if ratio >= _FAR_ABOVE_TRADE:
            yield _reason(
                "first_order_large",
                0.35,
                f"it is a first order of {ratio:.0f} times what customers usually order",
                stops=facts.trade_orders >= _KNOWN_TRADE,
            )
    if facts.confused_units_line is not None:
        yield _reason(
            "units_confused", 0.3, f"line {facts.confused_units_line} has the usual number, but in a larger unit than usual"
        )
    if facts.largest_quantity_ratio is not None and facts.largest_quantity_ratio >= _LARGE:
        weight = 0.3 if facts.largest_quantity_ratio >= _HUGE else 0.15
        yield _reason(
            "unusual_quantity",
            weight,
            f"one quantity is {facts.largest_quantity_ratio:.0f} times what this customer usually takes",
        )


def _reason(code: str, weight: float, message: str, *, stops: bool = False) -> RiskReason:
    return RiskReason(code=code, weight=weight, message=message, stops=stops)
