"""/v1/orders and /v1/returns: what became of the orders, and the decisions of people."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Query

from entrypoints.answers import order_summary, order_view
from entrypoints.backend import Action
from entrypoints.gateway_parts import BEARER, GatewayParts, need_token, parts_of
from models.contracts.api_v1 import OrderListV1, OrderViewV1, ProblemV1, ReturnReceiptV1
from models.contracts.decision_v1 import DecisionReceiptV1, DecisionV1
from models.contracts.return_request_v1 import ReturnRequestV1
from models.domain.errors import Rejected
from models.domain.identifiers import OrderId
from models.domain.lifecycle import OrderStatus
from models.domain.sales_order import SalesOrder

router = APIRouter(prefix="/v1", tags=["orders"], dependencies=[Depends(BEARER), Depends(need_token)])

Parts = Annotated[GatewayParts, Depends(parts_of)]
# An order id may hold slashes, as purchase order numbers do.
Order = Annotated[str, Path(max_length=200, description="Such as `order:C1001:4500123456`.")]
_MISSING: dict[int | str, dict[str, Any]] = {404: {"model": ProblemV1, "description": "There is no such order"}}
_REFUSED: dict[int | str, dict[str, Any]] = {
    **_MISSING,
    409: {"model": ProblemV1, "description": "The decision was refused; `detail` says why"},
}
_DECISIONS = {
    "approve": {"value": {"by": "jo.reviewer", "note": "price agreed by phone", "version": "3"}},
    "reject": {"value": {"by": "jo.reviewer", "reason": "customer is blocked"}},
    "correct": {"value": {"by": "jo.reviewer", "2.sku": "HX-M8-40", "reason": "the old number of the same bolt"}},
    "accept_part": {"value": {"by": "jo.reviewer", "note": "the bolts are urgent"}},
    "hold": {"value": {"by": "jo.reviewer", "reason": "waiting for the customer's call"}},
}


@router.get("/orders", summary="The newest orders")
async def list_orders(
    parts: Parts,
    status: Annotated[OrderStatus | None, Query(description="Only orders in this state.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> OrderListV1:
    orders = await asyncio.to_thread(parts.records.orders.recent, limit)
    wanted = (order for order in orders if status is None or order.status == status)
    return OrderListV1(orders=tuple(order_summary(order, parts.presence) for order in wanted))


@router.get("/orders/{order_id:path}", summary="An order with its doubts, decisions and timeline", responses=_MISSING)
async def show_order(order_id: Order, parts: Parts) -> OrderViewV1:
    def view() -> OrderViewV1:
        return order_view(find_order(parts, order_id), parts.records, parts.presence)

    return await asyncio.to_thread(view)


@router.post("/orders/{order_id:path}/{action}", summary="Decide an order that waits for a person", responses=_REFUSED)
async def decide(
    order_id: Order,
    action: Action,
    decision: Annotated[DecisionV1, Body(openapi_examples=_DECISIONS)],
    parts: Parts,
) -> DecisionReceiptV1:
    """`approve` accepts the order with its findings, `reject` and `hold` want a `reason`, `correct` one key per correction;
    `accept_part` lets the good lines go on while the doubtful ones wait as an order of their own.

    With `version`, a decision on an order that moved on since it was looked at is refused.
    """
    named = decision if decision.by else decision.model_copy(update={"by": "api"})
    return await (await parts.workflows()).decide(order_id, action, named)


@router.post("/returns", status_code=202, summary="Ask for a return", responses=_MISSING, tags=["returns"])
async def request_return(request: ReturnRequestV1, parts: Parts) -> ReturnReceiptV1:
    """Opens an RMA for one order: the lines named, or everything that was shipped."""
    await asyncio.to_thread(find_order, parts, request.order_id)
    return_id = await (await parts.workflows()).request_return(request)
    links = {"order": parts.presence.api(f"orders/{request.order_id}"), "workflow": parts.presence.workflow(return_id)}
    return ReturnReceiptV1(return_id=return_id, links=links)


def find_order(parts: GatewayParts, order_id: str) -> SalesOrder:
    """The order as it is kept. Raises `Rejected` with the code not_found for an unknown or impossible id."""
    key = OrderId.parse(order_id)
    order = None if key is None else parts.records.orders.find(key)
    if order is None:
        raise Rejected(f"there is no order {order_id[:200]!r}", code="not_found")
    return order
