"""The review queue: what waits for a person, filtered, and approved in one go where the orders are alike."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from entrypoints.backend import Workflows
from entrypoints.gateway_parts import GatewayParts, parts_of
from entrypoints.page import render_page
from entrypoints.pages_sign_in import know_visitor, visitor_of
from entrypoints.problems import Problem
from entrypoints.sign_in import check_form, check_form_size
from models.contracts.decision_v1 import DecisionV1
from models.domain.errors import Rejected
from models.domain.people import Person, approval_refusal_of_row
from models.domain.review_queue import QueueFilter, WaitingOrder, by_code, by_owner
from models.domain.values import exact

router = APIRouter(include_in_schema=False, dependencies=[Depends(know_visitor)])

Parts = Annotated[GatewayParts, Depends(parts_of)]

_PER_PAGE = 100
_MOST_AT_ONCE = 100
#: Waits to choose from, in hours.
_HOURS = (0, 1, 4, 24, 72)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one order of a bulk approval."""

    order_id: str
    is_done: bool
    sentence: str


def queue_filter(
    owner: Annotated[str, Query(max_length=20)] = "",
    code: Annotated[str, Query(max_length=60)] = "",
    at_least: Annotated[str, Query(max_length=20)] = "",
    hours: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> QueueFilter:
    """The filter of the address. Raises `Problem` 422 for an amount that is none."""
    try:
        amount = exact(at_least.replace(",", "")) if at_least.strip() else None
    except ValueError as error:
        raise Problem(422, "invalid_amount", f"{at_least[:20]!r} is no amount", "Write digits, such as 5000.") from error
    return QueueFilter(owner=owner, code=code, at_least=amount, hours=hours)


@router.get("/review")
def show_queue(
    request: Request,
    parts: Parts,
    chosen: Annotated[QueueFilter, Depends(queue_filter)],
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    return _queue(request, parts, chosen, page)


@router.post("/review/approve")
async def approve_alike(request: Request, parts: Parts) -> HTMLResponse:
    """Approve the chosen orders one after the other, each on the version that was shown; what was refused says why."""
    check_form_size(request)
    async with request.form(max_files=0, max_fields=_MOST_AT_ONCE + 10) as form:
        person = check_form(request, visitor_of(request), str(form.get("form_key", "")))
        picked = [str(value) for value in form.getlist("order")][:_MOST_AT_ONCE]
        why = str(form.get("why", ""))[:500]
    rows = {row.order_id: row for row in await asyncio.to_thread(parts.records.orders.waiting)}
    workflows = await parts.workflows()
    outcomes = [await _approved(workflows, rows, each, person, why) for each in picked]
    return await asyncio.to_thread(_queue, request, parts, QueueFilter(), 1, outcomes)


async def _approved(workflows: Workflows, rows: dict[str, WaitingOrder], picked: str, person: Person, why: str) -> Outcome:
    """`picked` is the version that was looked at and the order's id: "3 order:10010:PO-1"."""
    version, _, order_id = picked.partition(" ")
    row = rows.get(order_id)
    if row is None:
        return Outcome(order_id, is_done=False, sentence="It waits for nobody any more.")
    refusal = approval_refusal_of_row(person, row)
    if refusal is not None:
        return Outcome(order_id, is_done=False, sentence=refusal)
    try:
        decision = DecisionV1(by=person.name, note=why or None, version=version)
        receipt = await workflows.decide(order_id, "approve", decision)
    except Rejected as rejected:
        return Outcome(order_id, is_done=False, sentence=str(rejected))
    return Outcome(order_id, is_done=True, sentence=receipt.status)


def _queue(
    request: Request, parts: GatewayParts, chosen: QueueFilter, page: int, outcomes: list[Outcome] | None = None
) -> HTMLResponse:
    now = parts.clock.now()
    everything = parts.records.orders.waiting()
    rows = [row for row in everything if chosen.lets_through(row, now)]
    start = (page - 1) * _PER_PAGE
    return render_page(
        request,
        "review.html",
        rows=rows[start : start + _PER_PAGE],
        count=len(rows),
        waiting=len(everything),
        owners=by_owner(everything),
        codes=by_code(everything),
        chosen=chosen,
        hours=_HOURS,
        now=now,
        outcomes=outcomes or [],
        address=_address,
        page=page,
        pages=-(-len(rows) // _PER_PAGE),
    )


def _address(chosen: QueueFilter, page: int = 1, **changes: object) -> str:
    """The queue's address with this filter, changed in some of its parts."""
    wanted = replace(chosen, **changes)  # type: ignore[arg-type]
    said = {"owner": wanted.owner, "code": wanted.code, "at_least": wanted.at_least, "hours": wanted.hours, "page": page}
    defaults = ("", None, 0)
    query = urlencode({name: value for name, value in said.items() if value not in defaults and (name, value) != ("page", 1)})
    return f"/review?{query}" if query else "/review"
