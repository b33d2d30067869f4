"""The page with the meters: how much goes touchless, what people are asked, how long it takes, and the error budget."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from entrypoints.gateway_parts import GatewayParts, parts_of
from entrypoints.page import render_page
from entrypoints.pages_sign_in import know_visitor
from models.domain.error_budget import USUAL_BUDGET, budget_use, outcome_of
from models.domain.meters import meters

router = APIRouter(include_in_schema=False, dependencies=[Depends(know_visitor)])

Parts = Annotated[GatewayParts, Depends(parts_of)]

#: The newest orders that count; an order is some kilobytes, and the page shall open at once.
_ORDERS = 1000


@router.get("/meters")
def show_meters(request: Request, parts: Parts, days: Annotated[int, Query(ge=1, le=90)] = 14) -> HTMLResponse:
    orders = parts.records.orders.recent(_ORDERS)
    returned = parts.records.returns.orders()
    outcomes = [outcome_of(order, was_returned=order.order_id in returned) for order in orders]
    return render_page(
        request,
        "meters.html",
        meters=meters(orders, parts.clock.now().date(), days),
        budget=budget_use([each for each in outcomes if each is not None], USUAL_BUDGET),
        budget_share=USUAL_BUDGET,
        days=days,
        most=_ORDERS,
        spans=(1, 7, 14, 30, 90),
    )
