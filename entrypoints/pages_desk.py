"""Deciding on the order page: the form is rehearsed or sent to the order's workflow under the name that signed in."""

from __future__ import annotations

import asyncio
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from entrypoints.api_orders import find_order
from entrypoints.desk_form import Entered, entered
from entrypoints.gateway_parts import GatewayParts, parts_of
from entrypoints.order_page import order_page
from entrypoints.page import render_page
from entrypoints.pages_sign_in import know_visitor, visitor_of
from entrypoints.problems import Problem
from entrypoints.rehearsal_view import rehearsal_view
from entrypoints.sign_in import check_form, check_form_size
from models.contracts.decision_v1 import DecisionV1
from models.domain.errors import Rejected
from models.domain.lifecycle import OrderStatus
from models.domain.people import Person, action_refusal, name_key
from models.domain.questions import LONGEST_TEXT
from models.domain.sales_order import SalesOrder

router = APIRouter(include_in_schema=False, dependencies=[Depends(know_visitor)])

Parts = Annotated[GatewayParts, Depends(parts_of)]

#: In bytes: the longest field is a question, in any script.
_LONGEST_FIELD = 5 * LONGEST_TEXT
#: What became of the visitor's own last word on an order, by the decision that is kept.
_DONE = {
    "approved": "Approved.", "rejected": "Rejected; the buyer is told why.", "held": "On hold.",
    "corrected": "Corrected, and checked again.", "first_approval": "Your approval is kept; a second person must approve too.",
    "part_accepted": "The good lines go on; the others wait as an order of their own.",
}  # fmt: skip


@router.post("/orders/{order_id:path}/decide")
async def decide(request: Request, order_id: str, parts: Parts) -> Response:
    """The order page again after a decision; on a refusal the same page with the sentence and what was entered."""
    form, person = await _sent(request)
    order = await asyncio.to_thread(find_order, parts, order_id)
    refusal = action_refusal(person, form.action, order) or form.refusal
    if refusal is None:
        action, decision = form.decision(person)
        try:
            receipt = await (await parts.workflows()).decide(order_id, action, decision)
        except Rejected as rejected:
            refusal = str(rejected)
        else:
            return RedirectResponse(f"/orders/{quote(receipt.order_id, safe=':')}?decided=1", 303)
    return await asyncio.to_thread(_page_again, request, parts, order_id, form, refusal)


@router.post("/orders/{order_id:path}/ask")
async def ask(request: Request, order_id: str, parts: Parts) -> Response:
    """Ask the buyer what the form says; on a refusal the page again with the sentence and the words that were entered."""
    form, person = await _sent(request)
    order = await asyncio.to_thread(find_order, parts, order_id)
    refusal = None if person.role.may_review else f"{person.name} may look at orders but not ask about them."
    if refusal is None:
        said = {"by": person.name, "version": form.version or None, "text": form.question}
        try:
            await (await parts.workflows()).ask(order.order_id, DecisionV1.model_validate(said))
        except Rejected as rejected:
            refusal = str(rejected)
        else:
            return RedirectResponse(f"/orders/{quote(order.order_id, safe=':')}?decided=1", 303)
    return await asyncio.to_thread(_page_again, request, parts, order_id, form, refusal)


@router.post("/orders/{order_id:path}/rehearse")
async def rehearse(request: Request, order_id: str, parts: Parts) -> HTMLResponse:
    """What the checks would say with these corrections, as a part of a page. Nothing is kept."""
    form, person = await _sent(request)
    if not person.role.may_review:
        raise Problem(403, "may_not_review", f"{person.name} may look at orders but not decide them", "Ask a reviewer.")
    return await asyncio.to_thread(_rehearsed, request, parts, order_id, form, person)


def _rehearsed(request: Request, parts: GatewayParts, order_id: str, form: Entered, person: Person) -> HTMLResponse:
    order = find_order(parts, order_id)
    try:
        view = rehearsal_view(order, parts.rehearse(order.order_id, form.corrections, person.name))
    except Rejected as refusal:
        return render_page(request, "rehearsal.html", refusal=str(refusal), view=None)
    return render_page(request, "rehearsal.html", refusal="", view=view)


def _page_again(request: Request, parts: GatewayParts, order_id: str, form: Entered, refusal: str) -> HTMLResponse:
    return show_order_page(request, parts, find_order(parts, order_id), form, refusal=refusal, status=409)


def show_order_page(
    request: Request,
    parts: GatewayParts,
    order: SalesOrder,
    form: Entered,
    *,
    refusal: str = "",
    is_decided: bool = False,
    status: int = 200,
) -> HTMLResponse:
    """The order's page with the form as it was entered, and what a decision led to."""
    person = visitor_of(request).person
    may_ask = order.status.waits_for_person and person is not None and person.role.may_review
    page = order_page(order, parts.records, parts.presence, form, parts.draft(order) if may_ask else None)
    did = _own_word(order, person) if is_decided else ""
    return render_page(request, "order.html", status, page=page, order=order, form=form, refusal=refusal, did=did)


def _own_word(order: SalesOrder, person: Person | None) -> str:
    """What the person's decision came to, if theirs was the last: told by the order, because an address may say anything."""
    last = next((decision for decision in reversed(order.decisions) if decision.by != "orderwright"), None)
    if last is None or person is None or name_key(last.by) != name_key(person.name):
        return ""
    if last.outcome == "held" and order.open_question is not None and last.at == order.open_question.asked_at:
        return f"Asked {order.open_question.recipient}; the order waits for the answer."
    before = order.decisions[order.decisions.index(last) - 1]
    if last.outcome == "held" and order.status is not OrderStatus.ON_HOLD:
        return ""
    if last.outcome == "approved" and before.outcome == "part_accepted":
        return _DONE["part_accepted"]
    if last.outcome == "approved" and before.outcome == "corrected":
        return "Corrected; every check passed, and the order goes on."
    return _DONE.get(last.outcome, "")


async def _sent(request: Request) -> tuple[Entered, Person]:
    """The form that somebody signed in sent from one of our own pages."""
    check_form_size(request)
    async with request.form(max_files=0, max_fields=600, max_part_size=_LONGEST_FIELD) as fields:
        pairs = [(name, value) for name, value in fields.multi_items() if isinstance(value, str)]
    form_key = next((value for name, value in pairs if name == "form_key"), "")
    return entered(pairs), check_form(request, visitor_of(request), form_key)
