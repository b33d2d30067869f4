"""What each check of an order looked at and how it came out, gathered from the order when it is decided."""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.check_making import given, made_check
from models.domain.customer_matching import ACCEPT as CUSTOMER_ACCEPT
from models.domain.decision_record import Check, DecisionRecord
from models.domain.display_words import unit_words
from models.domain.item_matching import ACCEPT as ITEM_ACCEPT
from models.domain.learning import FactKind
from models.domain.mail_trust import METHODS
from models.domain.odds_checks import budget_check, model_check
from models.domain.policy import DecisionPolicy, PolicyFacts, verdict_on
from models.domain.sales_order import Decision, Match, SalesOrder, SalesOrderLine
from models.domain.ship_to_matching import ACCEPT as PLACE_ACCEPT
from models.domain.values import Money, plain

_CHECK_OF_FACT = {
    FactKind.PART_NUMBER: "item",
    FactKind.DESCRIPTION: "item",
    FactKind.UNIT: "price",
    FactKind.SHIP_TO: "ship_to",
    FactKind.SENDER: "customer",
    FactKind.LAYOUT: "reading",
    FactKind.UNNUMBERED: "reading",
}


def decision_record(
    order: SalesOrder,
    decision: Decision,
    policy: DecisionPolicy,
    facts: PolicyFacts,
    versions: dict[str, str],
    *,
    is_automatic: bool = True,
) -> DecisionRecord:
    """The record of a decision on the order as it was when it was decided."""
    return DecisionRecord(
        order_id=order.order_id,
        order_version=order.version,
        outcome=decision.outcome,
        by=decision.by,
        at=decision.at,
        why=decision.why,
        runner_up=decision.runner_up,
        accepted=decision.accepted,
        policy=policy.version,
        versions=versions,
        checks=tuple(checks_of(order, policy, facts)),
        facts=facts,
        verdict=verdict_on(facts, policy),
        is_automatic=is_automatic,
    )


def checks_of(order: SalesOrder, policy: DecisionPolicy, facts: PolicyFacts) -> Iterator[Check]:
    """Every check in the order in which they are made, with the findings that belong to it."""
    yield made_check(order, "reading", inputs=_reading_inputs(order))
    yield made_check(order, "sender", is_made=order.mail_trust is not None, inputs=_sender_inputs(order))
    yield _match_check(order, "customer", order.customer_match, CUSTOMER_ACCEPT)
    yield _match_check(order, "ship_to", order.ship_to_match, PLACE_ACCEPT)
    for line in order.lines:
        yield _match_check(order, "item", line.match, ITEM_ACCEPT, line=line)
        yield _price_check(order, line, policy)
    yield made_check(order, "totals", inputs=_totals(order))
    yield made_check(order, "terms", inputs=_terms(order))
    yield _tax_check(order)
    yield _credit_check(order)
    yield made_check(order, "goods")
    yield _parties_check(order, policy)
    yield _risk_check(order, policy)
    yield model_check(order, policy, facts)
    yield budget_check(order, policy)
    yield _policy_check(order, policy, facts)


def _reading_inputs(order: SalesOrder) -> dict[str, str]:
    source = order.source
    known = given(channel=source.channel, format=source.source_format, document=source.document_name, sender=source.sender)
    return {**known, **_learned(order, "reading", None)}


def _sender_inputs(order: SalesOrder) -> dict[str, str]:
    trust = order.mail_trust
    if trust is None:
        return {}
    said = {name.upper(): getattr(trust, name) for name in METHODS if getattr(trust, name)}
    signed = given(signed_by=", ".join(trust.signed_by), broken_signatures=", ".join(trust.broken))
    return {**given(sender=trust.sender, answers_to=trust.reply_to, receiving_server=trust.server), **said, **signed}


def _match_check(order: SalesOrder, name: str, match: Match | None, accept: float, line: SalesOrderLine | None = None) -> Check:
    number = line.number if line else None
    asked = given(
        buyer_part_number=line.buyer_part_number or "" if line else "", description=line.description[:80] if line else ""
    )
    if match is None:
        return made_check(order, name, line=number, is_made=False, inputs=asked, threshold=f"{accept:.2f}")
    other, accept = match.runner_up, match.accept or accept
    is_by_likeness = match.score < 1 and match.how in {"description", "address", "name"}
    return made_check(
        order,
        name,
        line=number,
        inputs={
            **asked,
            **_learned(order, name, number),
            **given(found=match.value, by=match.how.replace("_", " "), because="; ".join(match.reasons)[:300]),
        },
        score=f"{match.score:.2f}",
        threshold=f"{accept:.2f}",
        runner_up=f"{other.value} at {other.score:.2f}" if other else "",
        would_change=f"a likeness below {accept:.2f}" if is_by_likeness else f"no {match.how.replace('_', ' ')} that is known",
    )


def _learned(order: SalesOrder, check: str, line: int | None) -> dict[str, str]:
    """The receipts of the facts that a check went by."""
    used = [each.words for each in order.learned if _CHECK_OF_FACT[each.kind] == check and each.line == line]
    return {"learned": "; ".join(used)} if used else {}


def _price_check(order: SalesOrder, line: SalesOrderLine, policy: DecisionPolicy) -> Check:
    tolerance = f"{plain(policy.price_tolerance_percent if order.price_tolerance is None else order.price_tolerance)} %"
    price = "" if line.unit_price is None else f"{plain(line.unit_price)} per {plain(line.price_basis)}"
    off = "" if line.price_deviation is None else f"{plain(line.price_deviation)} %"
    quantity = "" if line.base_quantity is None else f"{plain(line.base_quantity)} {unit_words(line.base_unit)}".strip()
    return made_check(
        order,
        "price",
        line=line.number,
        is_made=line.net is not None,
        inputs=_learned(order, "price", line.number)
        | given(price=price, source=line.price_source, quantity=quantity, net=_words(line.net)),
        score=off,
        threshold=tolerance if off else "",
        would_change=f"a price more than {tolerance} off" if off else "",
    )


def _totals(order: SalesOrder) -> dict[str, str]:
    stated = order.purchase_order
    stated_totals = {"net": stated.total_net, "tax": stated.total_tax, "gross": stated.total_gross}
    said = {f"stated {name}": plain(amount) for name, amount in stated_totals.items() if amount is not None}
    return {**said, **given(reckoned_net=_words(order.net), reckoned_gross=_words(order.gross))}


def _terms(order: SalesOrder) -> dict[str, str]:
    asked = order.purchase_order
    wanted = order.requested_date.isoformat() if order.requested_date else ""
    terms = given(payment_terms=asked.payment_terms or "", incoterm=asked.incoterm or "", freight=asked.freight_terms or "")
    return {**terms, **given(requested_date=wanted)}


def _tax_check(order: SalesOrder) -> Check:
    tax = order.tax
    if tax is None:
        return made_check(order, "tax", is_made=False)
    shares = ", ".join(f"{share.category} {plain(share.rate)} % of {share.base}" for share in tax.shares)
    place = order.ship_to.one_line() if order.ship_to else ""
    inputs = given(ship_to=place, treatment=tax.treatment.replace("_", " "), law=tax.reason, shares=shares, tax=_words(tax.total))
    return made_check(order, "tax", inputs=inputs, would_change="another ship-to, VAT id, certificate or rate of the day")


def _credit_check(order: SalesOrder) -> Check:
    standing = order.credit
    if standing is None:
        return made_check(order, "credit", is_made=False)
    room = standing.room
    return made_check(
        order,
        "credit",
        inputs={
            "invoices": str(standing.open_balance),
            "open orders": str(standing.exposure),
            "this order": str(standing.order_total),
        },
        score=_words(standing.total),
        threshold=str(standing.limit),
        would_change=f"an order that is larger by more than {room}" if room is not None and room.amount >= 0 else "",
    )


def _parties_check(order: SalesOrder, policy: DecisionPolicy) -> Check:
    screening = order.screening
    embargoed = ", ".join(policy.embargoed_countries)
    if screening is None:
        return made_check(order, "parties", is_made=False, inputs=given(embargoed=embargoed))
    lists = ", ".join(f"{one.name} {one.version}" for one in screening.lists) or "no list is loaded"
    return made_check(
        order,
        "parties",
        inputs=given(screened="; ".join(screening.parties)[:500], lists=lists, embargoed=embargoed),
        score=f"{screening.nearest:.0f}" if screening.lists else "",
        threshold=f"{screening.threshold:.0f}" if screening.lists else "",
        runner_up=screening.nearest_name,
        would_change=f"a party's name at least {screening.threshold:.0f} % like a listed one" if screening.lists else "",
    )


def _risk_check(order: SalesOrder, policy: DecisionPolicy) -> Check:
    risk = order.risk
    if risk is None:
        return made_check(order, "risk", is_made=False)
    missing = policy.risk_threshold - risk.score
    return made_check(
        order,
        "risk",
        inputs={reason.code: reason.message for reason in risk.reasons},
        score=f"{risk.score:.2f}",
        threshold=f"{policy.risk_threshold:.2f}",
        weights={reason.code: reason.weight for reason in risk.reasons},
        would_change=f"a risk higher by {missing:.2f}" if missing > 0 else "",
    )


def _policy_check(order: SalesOrder, policy: DecisionPolicy, facts: PolicyFacts) -> Check:
    nearest = _nearest_limit(policy, facts)
    rules = ", ".join(rule.name for rule in policy.rules)
    return made_check(
        order,
        "policy",
        inputs=given(policy=policy.version, rules=rules, waived=", ".join(policy.waived)),
        score=_words(facts.total),
        threshold=_words(nearest),
        would_change=f"a total above {nearest}" if nearest else "",
    )


def _nearest_limit(policy: DecisionPolicy, facts: PolicyFacts) -> Money | None:
    """The lowest limit above the order's total that a rule sets whose other conditions the order meets."""
    total = facts.total
    if total is None:
        return None
    limits = {rule.total_above[total.currency]: rule for rule in policy.rules if total.currency in rule.total_above}
    above = {limit: Money(amount=limit + 1, currency=total.currency) for limit in limits if limit >= total.amount}
    met = [limit for limit, larger in above.items() if limits[limit].concerns(facts.model_copy(update={"total": larger}))]
    return Money(amount=min(met), currency=total.currency) if met else None


def _words(money: Money | None) -> str:
    return "" if money is None else str(money)
