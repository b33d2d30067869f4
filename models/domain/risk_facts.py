"""What is known of an order that bears on its risk: the order itself, its customer, their history, and how it came."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from statistics import median

from models.domain.customer_history import is_known_form, usual_gap
from models.domain.findings import Finding
from models.domain.mail_addresses import domain_of, is_free_mail, mailbox_of
from models.domain.mail_trust import MailTrust
from models.domain.party import Address, Customer, CustomerHistory
from models.domain.payment_terms import payment_days
from models.domain.sales_order import SalesOrder, SalesOrderLine
from models.domain.values import Exact, Value

#: Words of those who take goods in for others to carry on: where a thief has a stranger's goods sent.
_FORWARDER = re.compile(
    r"\b(freight|forward(?:er|ers|ing)|re-?ship(?:ping)?|parcel (?:locker|shop)|mail ?box|self[- ]storage|virtual office"
    r"|spedition|paketshop|packstation|postfach|transitaire|spedizion\w*|transitario|expediteur|spedycja)\b",
    re.IGNORECASE,
)
#: The number on the line is the usual one, and the unit makes it so many times as much.
_SAME_NUMBER, _LARGER_UNIT = Decimal("1.5"), 4
_WEEK = 7


class RiskFacts(Value):
    """What rules and model look at. None: not known, or not asked (a partner's EDI link needs no mail authentication).

    Ratios are to this customer's usual, the middle one that of an order with two known goods or more; `total_spread` is a
    deviation of logarithms; `credit_share` the total as a share of the credit limit; `price_undercut` by how many per cent a
    stated price is below the agreed one, at most; `orders_this_week` how many orders came in the seven days before,
    `usual_gap` and `days_since_last` are in days.
    """

    order_total: Exact | None = None
    median_total: Exact | None = None
    largest_total: Exact | None = None
    total_spread: float | None = None
    trade_total: Exact | None = None
    trade_orders: int = 0
    credit_share: Exact | None = None
    order_count: int = 0
    is_mail: bool = False
    sender: str = ""
    sender_is_known: bool | None = None
    imitates: str | None = None
    failed_methods: tuple[str, ...] = ()
    answers_go_to: str = ""
    is_new_ship_to: bool = False
    is_forwarder: bool = False
    ship_to_country: str | None = None
    customer_country: str | None = None
    days_until_requested: int | None = None
    largest_quantity_ratio: Exact | None = None
    smallest_quantity_ratio: Exact | None = None
    middle_quantity_ratio: Exact | None = None
    confused_units_line: int | None = None
    new_item_share: Exact | None = None
    price_undercut: Exact | None = None
    orders_this_week: int = 0
    usual_gap: float | None = None
    days_since_last: int | None = None
    terms_shifted: bool = False
    incoterm_shifted: bool = False
    is_new_form: bool = False


def risk_facts(
    order: SalesOrder, customer: Customer | None, history: CustomerHistory, today: date, *, trust: MailTrust | None = None
) -> RiskFacts:
    """The facts of an order whose parties, lines and terms are checked already: its findings are taken for what they say."""
    total = order.gross or order.net
    sender = order.source.sender if order.source.channel == "smtp" else ""
    codes = {finding.code: finding for finding in order.findings}
    is_new_place = _is_new_place(order, codes)
    ratios = _quantity_ratios(order, history)
    return RiskFacts(
        order_total=total.amount if total else None,
        median_total=history.median_total,
        largest_total=history.largest_total,
        total_spread=history.total_spread,
        trade_total=history.trade_total,
        trade_orders=history.trade_orders,
        credit_share=_credit_share(order, customer),
        order_count=history.order_count,
        is_mail=order.source.channel == "smtp",
        sender=sender,
        sender_is_known=_is_known(sender, customer, history) if sender and customer else None,
        imitates=codes["suspicious_sender"].expected if "suspicious_sender" in codes else None,
        failed_methods=trust.failed if trust else (),
        answers_go_to=_unknown_reply_to(trust, customer, history) if trust and customer else "",
        is_new_ship_to=is_new_place,
        is_forwarder=is_new_place and _is_forwarder(order.ship_to, customer),
        ship_to_country=order.ship_to.country if order.ship_to else None,
        customer_country=customer.address.country if customer else None,
        days_until_requested=_days_until(order, today),
        largest_quantity_ratio=max(ratios, default=None),
        smallest_quantity_ratio=min(ratios, default=None),
        middle_quantity_ratio=median(ratios) if len(ratios) > 1 else None,
        confused_units_line=next((line.number for line in order.lines if _units_confused(line, history)), None),
        new_item_share=_new_item_share(order, history),
        price_undercut=_price_undercut(order),
        orders_this_week=sum(0 <= (today - day).days < _WEEK for day in history.days),
        usual_gap=usual_gap(history.days),
        days_since_last=(today - history.days[-1]).days if history.days else None,
        terms_shifted=_terms_shifted(codes.get("terms_differ")),
        incoterm_shifted="incoterm_shifted" in codes,
        is_new_form=bool(order.source.form) and not is_known_form(order.source.form, history.known_forms),
    )


def _credit_share(order: SalesOrder, customer: Customer | None) -> Decimal | None:
    total = order.gross or order.net
    limit = customer.credit_limit if customer else None
    if total is None or limit is None or limit.amount <= 0 or limit.currency != total.currency:
        return None
    return total.amount / limit.amount


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


def _is_forwarder(place: Address | None, customer: Customer | None) -> bool:
    """Whether a stranger carries the goods on. A customer who is a forwarder is none."""
    if place is None or (customer is not None and _FORWARDER.search(customer.name)):
        return False
    return bool(_FORWARDER.search(f"{place.name} {place.street}"[:400]))


def _days_until(order: SalesOrder, today: date) -> int | None:
    days = [day for day in (order.requested_date, *(line.requested_date for line in order.lines)) if day]
    return (min(days) - today).days if days else None


def _quantity_ratios(order: SalesOrder, history: CustomerHistory) -> list[Decimal]:
    usual = history.usual_quantities
    return [
        line.base_quantity / usual[line.sku]
        for line in order.lines
        if line.base_quantity and line.sku in usual and usual[line.sku]
    ]


def _units_confused(line: SalesOrderLine, history: CustomerHistory) -> bool:
    """100 boxes where 100 pieces are usual: the number is the usual one, the unit makes it many times as much."""
    usual = history.usual_quantities.get(line.sku) if line.sku else None
    if not usual or not line.ordered or not line.base_quantity or line.ordered <= 1:
        return False
    is_same_number = usual / _SAME_NUMBER <= line.ordered <= usual * _SAME_NUMBER
    return is_same_number and line.base_quantity >= line.ordered * _LARGER_UNIT


def _new_item_share(order: SalesOrder, history: CustomerHistory) -> Decimal | None:
    """Which share of the lines asks for goods that this customer never took; None where nothing is known of them."""
    asked = [line.sku for line in order.lines if line.sku]
    if not asked or not history.usual_quantities:
        return None
    return Decimal(sum(sku not in history.usual_quantities for sku in asked)) / len(asked)


def _price_undercut(order: SalesOrder) -> Decimal | None:
    off = [-line.price_deviation for line in order.lines if line.price_deviation is not None]
    return max(off) if off else None


def _terms_shifted(finding: Finding | None) -> bool:
    """Whether the stated terms are longer than the agreed ones: days against days, as far as both say."""
    if finding is None:
        return False
    asked, agreed = payment_days(finding.read), payment_days(finding.expected)
    return asked is not None and agreed is not None and asked > agreed
