"""What the risk model looks at: numbers drawn from the facts of an order, each with the words that a reviewer reads.

A feature that is not known is missing, never zero. `SIGNS` says which way a feature can only work: +1, more of it never lowers
the risk; -1, more of it never raises it; 0, either way. Rules and model look at the same facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from math import exp, log

from models.domain.mail_addresses import is_free_mail
from models.domain.risk_facts import RiskFacts

SIGNS: Mapping[str, int] = {
    "amount_to_usual": 1, "amount_in_spreads": 1, "amount_to_largest": 1, "amount_to_trade": 1, "credit_share": 1,
    "earlier_orders": -1, "quantity_to_usual": 1, "quantity_below_usual": 1,
    "quantity_stands_out": 1, "units_confused": 1, "new_items": 1,
    "price_undercut": 1, "orders_this_week": 1, "gap_to_usual": -1, "new_place": 1, "forwarder": 1, "abroad": 1,
    "unknown_sender": 1, "free_mail": 1, "failed_checks": 1, "answers_elsewhere": 1, "look_alike": 1, "days_to_delivery": -1,
    "longer_terms": 1, "incoterm_shifted": 1, "by_mail": 0,
}  # fmt: skip
FEATURES = tuple(SIGNS)
#: With fewer accepted orders than this a customer has no rhythm of their own that an order could be held against.
COLD_ORDERS = 5
_MANY_ORDERS, _LEAST_SPREAD, _SOON = 50, 0.2, 30

Features = Mapping[str, float]


def risk_features(facts: RiskFacts) -> dict[str, float]:
    """The features that are known, by name. Amounts and quantities are natural logarithms of ratios."""
    known = dict(_amounts(facts)) | dict(_goods(facts)) | dict(_rhythm(facts)) | dict(_sender(facts)) | dict(_place(facts))
    return {name: round(known[name], 4) for name in FEATURES if name in known}


def _amounts(facts: RiskFacts) -> Iterator[tuple[str, float]]:
    yield "earlier_orders", float(min(facts.order_count, _MANY_ORDERS))
    if facts.credit_share is not None:
        yield "credit_share", float(facts.credit_share)
    to_usual = _log_ratio(facts.order_total, facts.median_total)
    if to_usual is not None:
        yield "amount_to_usual", to_usual
        if facts.total_spread is not None:
            yield "amount_in_spreads", to_usual / max(facts.total_spread, _LEAST_SPREAD)
    to_largest = _log_ratio(facts.order_total, facts.largest_total)
    if to_largest is not None:
        yield "amount_to_largest", to_largest
    to_trade = _log_ratio(facts.order_total, facts.trade_total)
    if to_trade is not None and facts.order_count < COLD_ORDERS:
        yield "amount_to_trade", to_trade


def _goods(facts: RiskFacts) -> Iterator[tuple[str, float]]:
    yield "units_confused", float(facts.confused_units_line is not None)
    if facts.largest_quantity_ratio:
        yield "quantity_to_usual", log(facts.largest_quantity_ratio)
    if facts.smallest_quantity_ratio:
        yield "quantity_below_usual", -log(facts.smallest_quantity_ratio)
    stands_out = _log_ratio(facts.largest_quantity_ratio, facts.middle_quantity_ratio)
    if stands_out is not None:
        yield "quantity_stands_out", stands_out
    if facts.new_item_share is not None:
        yield "new_items", float(facts.new_item_share)
    # Who states no price asks for none below the agreed one.
    yield "price_undercut", max(float(facts.price_undercut or 0), 0.0)


def _rhythm(facts: RiskFacts) -> Iterator[tuple[str, float]]:
    yield "orders_this_week", float(facts.orders_this_week)
    if facts.usual_gap and facts.days_since_last is not None:
        yield "gap_to_usual", facts.days_since_last / facts.usual_gap
    if facts.days_until_requested is not None:
        yield "days_to_delivery", float(min(max(facts.days_until_requested, 0), _SOON))


def _sender(facts: RiskFacts) -> Iterator[tuple[str, float]]:
    yield "by_mail", float(facts.is_mail)
    if facts.is_mail:
        yield "free_mail", float(is_free_mail(facts.sender))
        yield "failed_checks", 2.0 if "dmarc" in facts.failed_methods else float(bool(facts.failed_methods))
        yield "answers_elsewhere", float(bool(facts.answers_go_to))
        yield "look_alike", float(facts.imitates is not None)
    if facts.sender_is_known is not None:
        yield "unknown_sender", float(not facts.sender_is_known)


def _place(facts: RiskFacts) -> Iterator[tuple[str, float]]:
    yield "new_place", float(facts.is_new_ship_to)
    yield "forwarder", float(facts.is_forwarder)
    yield "longer_terms", float(facts.terms_shifted)
    yield "incoterm_shifted", float(facts.incoterm_shifted)
    if facts.ship_to_country and facts.customer_country:
        yield "abroad", float(facts.ship_to_country != facts.customer_country)


def _log_ratio(amount: Decimal | None, usual: Decimal | None) -> float | None:
    return log(amount / usual) if amount and usual and amount > 0 and usual > 0 else None


def _times(value: float) -> str:
    ratio = exp(value)
    return f"{ratio:.1f} times" if ratio < 10 else f"{ratio:.0f} times"


_WORDS: Mapping[str, Callable[[float], str]] = {
    "amount_to_usual": lambda value: f"its total is {_times(value)} this customer's usual",
    "amount_in_spreads": lambda value: f"its total is {value:+.1f} of this customer's usual swings off the middle",
    "amount_to_largest": lambda value: f"its total is {_times(value)} the largest order so far",
    "amount_to_trade": lambda value: f"its total is {_times(value)} what customers usually order",
    "credit_share": lambda value: f"its total is {value:.0%} of the credit limit",
    "earlier_orders": lambda value: f"{value:.0f} earlier orders of this customer are known",
    "quantity_to_usual": lambda value: f"the largest quantity is {_times(value)} what this customer usually takes",
    "quantity_below_usual": lambda value: f"the smallest quantity is {_times(-value)} what this customer usually takes",
    "quantity_stands_out": lambda value: f"the largest quantity is {_times(value)} what the other lines would let expect",
    "units_confused": lambda value: "a usual number stands in a larger unit" if value else "units are the usual ones",
    "new_items": lambda value: f"{value:.0%} of the lines ask for goods that this customer never took",
    "price_undercut": lambda value: f"a stated price is {value:.1f} % below the agreed one" if value > 0 else "prices are agreed",
    "orders_this_week": lambda value: f"{value:.0f} orders came in the seven days before",
    "gap_to_usual": lambda value: f"the last order is {value:.1f} of the usual gaps ago",
    "new_place": lambda value: "the place is new" if value else "the place is known",
    "forwarder": lambda value: "the new place is a forwarder's" if value else "the place is no forwarder's",
    "abroad": lambda value: "the goods leave the customer's country" if value else "the goods stay in the customer's country",
    "unknown_sender": lambda value: "nobody at the sender's ordered before" if value else "the sender is known",
    "free_mail": lambda value: "it comes from a free mail service" if value else "it comes from a domain of its own",
    "failed_checks": lambda value: "the mail failed its checks" if value else "the mail failed no check",
    "answers_elsewhere": lambda value: "answers go elsewhere" if value else "answers go to the sender",
    "look_alike": lambda value: "the domain imitates a customer's" if value else "the domain imitates nobody's",
    "days_to_delivery": lambda value: f"delivery is wanted in {value:.0f} days",
    "longer_terms": lambda value: "it asks for longer terms than agreed" if value else "it asks for no longer terms",
    "incoterm_shifted": lambda value: "delivery terms are shifted against us" if value else "delivery terms are not shifted",
    "by_mail": lambda value: "it came by mail" if value else "it did not come by mail",
}  # fmt: skip
_UNKNOWN: Mapping[str, str] = {
    "amount_to_usual": "no usual amount is known of this customer",
    "amount_in_spreads": "how far this customer's amounts swing is not known",
    "amount_to_largest": "no earlier amount is known of this customer",
    "quantity_to_usual": "this customer never took any of these goods",
    "quantity_below_usual": "this customer never took any of these goods",
    "quantity_stands_out": "no other line says how large this order is",
    "new_items": "what this customer usually takes is not known",
    "gap_to_usual": "this customer's rhythm is not known",
    "days_to_delivery": "no delivery day is wanted",
    "unknown_sender": "whether the sender is known was not asked",
}


def feature_words(name: str, value: float | None) -> str:
    """What a feature says, in words; of one that is missing that it is not known."""
    if value is None:
        return _UNKNOWN.get(name, f"{name.replace('_', ' ')} is not known")
    return _WORDS[name](value)
