"""The pages for people: read-only, rendered here, with one style sheet and a few lines of script of our own."""

from __future__ import annotations

import asyncio
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from entrypoints import order_list
from entrypoints.api_orders import find_order
from entrypoints.backend import safe_name
from entrypoints.desk_form import Entered
from entrypoints.evidence_view import EvidenceIndex
from entrypoints.gateway_parts import GatewayParts, parts_of
from entrypoints.order_page import load_reading
from entrypoints.page import render_page
from entrypoints.pages_desk import show_order_page
from entrypoints.pages_sign_in import know_visitor
from entrypoints.rendering import describe_schema
from models.contracts.reading_v1 import ReadingV1
from models.domain.blobs import BlobRef
from models.domain.errors import Rejected, Unavailable
from models.domain.identifiers import OrderId
from models.domain.messages import InboundMessage

router = APIRouter(include_in_schema=False, dependencies=[Depends(know_visitor)])

Parts = Annotated[GatewayParts, Depends(parts_of)]
MessageId = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
Sha = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]

_PICTURES = {"Cache-Control": "private, max-age=86400, immutable"}


@router.get("/")
def show_list(request: Request, parts: Parts, show: Annotated[str, Query(max_length=20)] = "") -> HTMLResponse:
    found = order_list.rows(parts.records)
    rows = order_list.chosen(found, show)
    return render_page(request, "list.html", rows=rows, filters=order_list.filters(found), show=show)


@router.get("/docs")
def show_docs(request: Request) -> HTMLResponse:
    schema = request.app.openapi()
    return render_page(request, "docs.html", schema=schema, describe=describe_schema)


@router.get("/orders/{order_id:path}/source")
def download_order_source(order_id: str, parts: Parts) -> Response:
    source = find_order(parts, order_id).source
    if source.document is None:
        raise Rejected("this order came without a document", code="not_found")
    return _attachment(parts, source.document, source.document_name)


@router.get("/orders/{order_id:path}/pages/{sha}.png")
def show_order_picture(order_id: str, sha: Sha, parts: Parts) -> Response:
    return _picture(parts, load_reading(find_order(parts, order_id), parts.records), sha)


@router.get("/orders/{order_id:path}/labels/{shipment_id}.pdf")
def download_label(order_id: str, shipment_id: str, parts: Parts) -> Response:
    order = find_order(parts, order_id)
    shipments = parts.records.shipments.of_order(order.order_id)
    label = next((each.label for each in shipments if each.shipment_id == shipment_id and each.label), None)
    if label is None:
        raise Rejected("this shipment has no label yet", code="not_found")
    return _attachment(parts, label, f"label-{shipment_id}.pdf")


@router.get("/orders/{order_id:path}/workflow")
async def open_workflow(order_id: str, parts: Parts) -> RedirectResponse:
    """To the tab of the Temporal UI that holds the review's details; to the workflow itself while Temporal is away."""
    order = await asyncio.to_thread(find_order, parts, order_id)
    return await _to_workflow(parts, order.order_id)


@router.get("/orders/{order_id:path}")
def show_order(request: Request, order_id: str, parts: Parts, decided: bool = False) -> HTMLResponse:
    return show_order_page(request, parts, find_order(parts, order_id), Entered(), is_decided=decided)


@router.get("/messages/{message_id}/source")
def download_message_source(message_id: MessageId, parts: Parts) -> Response:
    message = parts.records.inbox.get(message_id)
    return _attachment(parts, message.content, message.name)


@router.get("/messages/{message_id}/pages/{sha}.png")
def show_message_picture(message_id: MessageId, sha: Sha, parts: Parts) -> Response:
    return _picture(parts, _reading(parts, parts.records.inbox.get(message_id)), sha)


@router.get("/messages/{message_id}/workflow")
async def open_intake(message_id: MessageId, parts: Parts) -> RedirectResponse:
    return await _to_workflow(parts, f"intake:{message_id}")


@router.get("/messages/{message_id}")
def show_message(request: Request, message_id: MessageId, parts: Parts) -> HTMLResponse:
    message = parts.records.inbox.get(message_id)
    reading = _reading(parts, message)
    text = "" if reading is None or reading.text is None else parts.records.blobs.get(reading.text).decode("utf-8", "replace")
    document = EvidenceIndex(reading.pages if reading else (), text).document()
    orders = [parts.records.orders.find(OrderId(each)) for each in message.order_ids]
    return render_page(
        request,
        "message.html",
        message=message,
        reading=reading,
        document=document,
        orders=[order for order in orders if order],
        tone=order_list.outcome_tone(message),
        outcome=order_list.outcome_name(message),
        sentence=order_list.message_sentence(message),
        timeline_entries=parts.records.audit.timeline(message_id),
    )


def _reading(parts: GatewayParts, message: InboundMessage) -> ReadingV1 | None:
    return None if message.reading is None else ReadingV1.model_validate_json(parts.records.blobs.get(message.reading))


def _picture(parts: GatewayParts, reading: ReadingV1 | None, sha: str) -> Response:
    """A page picture, only if this very document has it: a digest alone opens nothing."""
    page = next((page for page in reading.pages if page.picture.sha256 == sha), None) if reading else None
    if page is None:
        raise Rejected("this document has no such page", code="not_found")
    return Response(parts.records.blobs.get(page.picture), media_type="image/png", headers=_PICTURES)


def _attachment(parts: GatewayParts, ref: BlobRef, name: str) -> Response:
    """The original, to be saved and never shown: its type is hidden so that no browser renders it."""
    disposition = f"attachment; filename*=UTF-8''{quote(safe_name(name), safe='')}"
    return Response(
        parts.records.blobs.get(ref), media_type="application/octet-stream", headers={"Content-Disposition": disposition}
    )


async def _to_workflow(parts: GatewayParts, workflow_id: str) -> RedirectResponse:
    try:
        run_id = await (await parts.workflows()).run_id(workflow_id)
    except (Unavailable, Rejected):
        run_id = ""
    return RedirectResponse(parts.presence.workflow(workflow_id, run_id), 303)
