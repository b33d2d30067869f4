"""The page with the meters: how much goes touchless, what people are asked, how long it takes, the error budget, and
who should have ordered by now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from entrypoints.gateway_parts import GatewayParts, parts_of
from entrypoints.page import render_page
from entrypoints.pages_sign_in import know_visitor
from models.domain.bounds import upper_bound
from models.domain.budget_standing import BudgetPolicy, JudgedOrders, OrderKind, state_of
from models.domain.error_budget import budget_use, outcome_of
from models.domain.meters import meters

router = APIRouter(include_in_schema=False, dependencies=[Depends(know_visitor)])

Parts = Annotated[GatewayParts, Depends(parts_of)]

#: The newest orders that count; an order is some kilobytes, and the page shall open at once.
_ORDERS = 1000


@dataclass(frozen=True, slots=True)
class KindStanding:
    """A kind of order under the error budget: what is known of it, what that bounds, and what it may do."""

    kind: OrderKind
    seen: JudgedOrders
    upper: float
    used: float
    state: str


@router.get("/meters")
def show_meters(request: Request, parts: Parts, days: Annotated[int, Query(ge=1, le=90)] = 14) -> HTMLResponse:
    now, figures = parts.clock.now(), parts.records.figures
    policy, orders, returned = figures.budget_policy(), parts.records.orders.recent(_ORDERS), parts.records.returns.orders()
    outcomes = [outcome_of(order, was_returned=order.order_id in returned) for order in orders]
    return render_page(
        request,
        "meters.html",
        meters=meters(orders, now.date(), days, figures.found_wrong()),
        budget=budget_use([each for each in outcomes if each is not None], policy.tolerated, policy.confidence),
        policy=policy,
        kinds=[_standing(kind, seen, policy) for kind, seen in figures.kinds(policy, now)],
        to_look_at=figures.to_look_at(),
        missed=figures.missed(now.date()),
        days=days,
        most=_ORDERS,
        spans=(1, 7, 14, 30, 90),
    )


def _standing(kind: OrderKind, seen: JudgedOrders, policy: BudgetPolicy) -> KindStanding:
    upper = upper_bound(seen.wrong, seen.judged, policy.confidence)
    return KindStanding(kind, seen, upper, upper / policy.tolerated if seen.judged else 0.0, state_of(seen, policy))
