"""The review queue: what waits for a person, filtered, and approved in one go where the orders are alike."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from entrypoints.backend import HIGH_VALUE, Workflows
from entrypoints.gateway_parts import GatewayParts, parts_of
from entrypoints.page import render_page
from entrypoints.pages_sign_in import know_visitor, visitor_of
from entrypoints.problems import Problem
from entrypoints.sign_in import check_form, check_form_size
from models.contracts.decision_v1 import DecisionV1
from models.domain.errors import Rejected
from models.domain.people import Person, approval_refusal_of_row
from models.domain.review_queue import STATES, QueueFilter, QueuePage, WaitingOrder
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
    state: Annotated[str, Query(max_length=20)] = "",
    due_within: Annotated[int | None, Query(ge=0, le=10_000)] = None,
) -> QueueFilter:
    """The filter of the address. Raises `Problem` 422 for an amount that is none."""
    try:
        amount = exact(at_least.replace(",", "")) if at_least.strip() else None
    except ValueError as error:
        raise Problem(422, "invalid_amount", f"{at_least[:20]!r} is no amount", "Write digits, such as 5000.") from error
    return QueueFilter(owner=owner, code=code, at_least=amount, hours=hours, state=state, due_within=due_within)


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
    named = {each.partition(" ")[2] for each in picked}
    rows = {row.order_id: row for row in await asyncio.to_thread(parts.records.orders.waiting_among, named)}
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
    found = parts.records.orders.waiting(chosen, now, _PER_PAGE, (page - 1) * _PER_PAGE)
    pages = -(-found.count // _PER_PAGE)
    return render_page(
        request,
        "review.html",
        found=found,
        views=_views(found),
        temporal_views=parts.presence.review_views(now),
        chosen=chosen,
        hours=_HOURS,
        now=now,
        outcomes=outcomes or [],
        address=_address,
        page=page,
        pages=pages,
        near=_near(page, pages),
    )


def _views(found: QueuePage) -> list[tuple[str, QueueFilter, int | None]]:
    """The ready views, each with how many it shows where that is known: an address of its own, to be kept or sent to others."""
    states = [(words, QueueFilter(state=state), found.states.get(state, 0)) for state, words in STATES.items()]
    return [
        ("All that waits", QueueFilter(), found.waiting),
        ("Due within the hour", QueueFilter(due_within=1), None),
        (f"Worth {HIGH_VALUE:,} and more", QueueFilter(at_least=HIGH_VALUE), None),
        *(view for view in states if view[2]),
    ]


def _near(page: int, pages: int) -> list[int]:
    """The pages that are offered: the first, the last, and those about this one."""
    return [each for each in range(1, pages + 1) if each in (1, pages) or abs(each - page) <= 3]


def _address(chosen: QueueFilter, page: int = 1, **changes: object) -> str:
    """The queue's address with this filter, changed in some of its parts."""
    wanted = replace(chosen, **changes)  # type: ignore[arg-type]
    said = {**asdict(wanted), "page": page}
    left_out = {**asdict(QueueFilter()), "page": 1}
    query = urlencode({name: value for name, value in said.items() if value != left_out[name]})
    return f"/review?{query}" if query else "/review"
