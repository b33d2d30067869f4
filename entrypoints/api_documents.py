"""/v1/documents, /v1/messages and POST /v1/orders: the HTTP door."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from typing import Annotated, Any, NamedTuple
from urllib.parse import unquote

from fastapi import APIRouter, Depends, Header, Path, Query, Request
from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import UploadFile

from entrypoints.answers import message_view, receipt
from entrypoints.gateway_parts import BEARER, GatewayParts, need_token, parts_of
from entrypoints.intake_door import OCTETS, PURCHASE_ORDER
from entrypoints.problems import Problem, field_errors
from models.contracts.api_v1 import (
    FieldErrorV1,
    MessageReceiptV1,
    MessageViewV1,
    OrderEnvelopeV1,
    ProblemV1,
    Sender,
    unknown_keys,
)
from models.contracts.extraction_v1 import PurchaseOrderV1

router = APIRouter(prefix="/v1", tags=["documents"], dependencies=[Depends(BEARER), Depends(need_token)])

Parts = Annotated[GatewayParts, Depends(parts_of)]
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=255,
        description="A word of yours that makes repeating the request safe. With another body it is refused with 409.",
    ),
]
_SENDER: TypeAdapter[str] = TypeAdapter(Sender)
_REUSED: dict[int | str, dict[str, Any]] = {409: {"model": ProblemV1, "description": "The key was used for another request"}}
_BODIES = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}, "sender": {"type": "string"}},
                }
            },
            OCTETS: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


class Handed(NamedTuple):
    """A document as it was handed in."""

    content: bytes
    name: str
    sender: str


@router.post(
    "/documents",
    status_code=202,
    summary="Hand in a document of any kind",
    openapi_extra=_BODIES,
    responses={**_REUSED, 413: {"model": ProblemV1, "description": "Larger than this gateway takes"}},
)
async def take_document(
    request: Request,
    parts: Parts,
    idempotency_key: Key = None,
    filename: Annotated[str, Query(max_length=500, description="The document's name, for a raw body.")] = "",
    sender: Annotated[str, Query(description="Where answers go: a mail address or a partner's name.")] = "",
) -> MessageReceiptV1:
    """An email, PDF, picture, EDI interchange, XML, spreadsheet or text: as multipart `file` or as the raw body.

    202 means that it is on the disk; the same bytes twice are one message. What it is, its content says, not its name.
    An EDI interchange that comes again without the `Idempotency-Key` of the first time is answered again, not worked on again.
    """
    handed = await _handed(request, filename, sender)
    if not handed.content:
        raise Problem(422, "empty_document", "the document has no bytes", "Send the file itself as `file` or as the body.")
    is_retry = await _claim(parts, idempotency_key, ("documents", handed.name, handed.sender), handed.content)
    message = await parts.door.take_in(handed.content, handed.name, "http", handed.sender, is_retry=is_retry)
    return receipt(message, parts.presence)


@router.post("/orders", status_code=202, summary="Hand in a purchase order as JSON", responses={**_REUSED}, tags=["orders"])
async def take_order(request: Request, envelope: OrderEnvelopeV1, parts: Parts, idempotency_key: Key = None) -> MessageReceiptV1:
    """The order goes the way of every other document. Numbers are decimal strings: a JSON number is refused."""
    _refuse_unknown(await request.json(), envelope)
    content = canonical(envelope.purchase_order)
    name = f"{envelope.purchase_order.po_number.value if envelope.purchase_order.po_number else 'order'}.json"
    await _claim(parts, idempotency_key, ("orders", envelope.sender), content)
    message = await parts.door.take_in(content, name.replace("/", "-"), "http", envelope.sender, media_type=PURCHASE_ORDER)
    return receipt(message, parts.presence)


@router.get("/messages/{message_id}", summary="What became of a document", responses={404: {"model": ProblemV1}})
async def show_message(
    parts: Parts, message_id: Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="The `message_id` of the receipt.")]
) -> MessageViewV1:
    """Its state (`received`, `started`, `concluded`), its outcome with the reason, and the orders that it held."""
    message = await asyncio.to_thread(parts.records.inbox.get, message_id)
    return message_view(message, parts.presence)


def canonical(purchase_order: PurchaseOrderV1) -> bytes:
    """The one JSON form of a purchase order, so that the same order is the same document."""
    stated = purchase_order.model_dump(mode="json", exclude_none=True)
    return json.dumps(stated, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


async def _handed(request: Request, filename: str, sender: str) -> Handed:
    if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return await _from_form(request, sender)
    name = filename or _header_name(request)
    return Handed(await request.body(), name, _checked_sender(sender))


async def _from_form(request: Request, sender: str) -> Handed:
    async with request.form(max_files=1, max_fields=5, max_part_size=4096) as form:
        file, stated = form.get("file"), form.get("sender", sender)
        if not isinstance(file, UploadFile):
            step = "Send one part named `file` with a file name, and if you like one named `sender`."
            raise Problem(422, "no_file", "the multipart body has no file part named `file`", step)
        return Handed(await file.read(), file.filename or "", _checked_sender(stated if isinstance(stated, str) else ""))


def _header_name(request: Request) -> str:
    """The file name of `X-Filename` or of Content-Disposition, percent-encoding undone."""
    disposition = request.headers.get("content-disposition", "")
    found = re.search(r"filename\*?=(?:UTF-8'')?\"?([^\";]{1,500})", disposition, re.IGNORECASE)
    return unquote(request.headers.get("x-filename", "") or (found[1] if found else ""))


def _checked_sender(sender: str) -> str:
    try:
        return _SENDER.validate_python(sender)
    except ValidationError as error:
        detail = "the sender is at most 320 characters of one line"
        raise Problem(422, "invalid_sender", detail, "Give a mail address or a name.", field_errors(error.errors())) from error


def _refuse_unknown(raw: Any, envelope: OrderEnvelopeV1) -> None:
    """A misspelt key would be lost in silence, and with it a part of the order."""
    unknown = list(unknown_keys(raw, envelope))[:50]
    if unknown:
        errors = tuple(FieldErrorV1(field=key, message="this key is not known here") for key in unknown)
        step = "Correct or leave out these keys; /docs shows the known ones."
        raise Problem(422, "unknown_keys", f"not known here: {', '.join(unknown[:5])}", step, errors)


async def _claim(parts: GatewayParts, key: str | None, request: tuple[str, ...], content: bytes) -> bool:
    """Whether this is a request that was made before, tried again."""
    if key is None:
        return False
    digest = hashlib.sha256(content).hexdigest()
    return await asyncio.to_thread(parts.keys.claim, key, (*request, digest))
