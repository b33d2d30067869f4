"""Read the document of an inbound message and keep what it gave: the reading, its page pictures, its text."""

from __future__ import annotations

from pydantic import ValidationError
from temporalio import activity

from activities.bare_messages import addressed
from activities.call_offs import with_call_off
from activities.failures import told_to_temporal
from activities.ports import BlobStore, DocumentReader, DocumentResult, Inbox, Outbox, Parties
from activities.route_orders import sender_of
from activities.take_reply import AskedOrders, Meant, question_answered, question_meant
from models.contracts.activity_io import DocumentRead, ReadDocument
from models.contracts.extraction_v1 import DocumentV1, ExtractionV1, Intent, Problem, PurchaseOrderV1, StatedValue
from models.contracts.reading_v1 import PageV1, ReadingV1
from models.domain.errors import Rejected
from models.domain.evidence import Evidence
from models.domain.findings import Severity
from models.domain.messages import InboundMessage
from models.domain.reorders import also_again, asked_again

#: A document of this type is a `PurchaseOrderV1` in JSON, checked at its door.
PURCHASE_ORDER_JSON = "application/vnd.orderwright.purchase-order.v1+json"

_MEANT_TO_HOLD_ORDERS = {Intent.ORDER, Intent.ORDER_CHANGE, Intent.ORDER_CANCELLATION, Intent.OTHER}


class DocumentReading:
    """Reads documents through a reader that protects us from them."""

    def __init__(
        self, inbox: Inbox, blobs: BlobStore, reader: DocumentReader, parties: Parties, outbox: Outbox, orders: AskedOrders
    ) -> None:
        self._inbox = inbox
        self._blobs = blobs
        self._reader = reader
        self._parties = parties
        self._outbox = outbox
        self._orders = orders

    @activity.defn
    @told_to_temporal()
    def read_document(self, request: ReadDocument) -> DocumentRead:
        """Read the message's document. One that cannot be read is an answer, not an error: it says why in `refusal`."""
        message = self._inbox.get(request.message_id)
        refusal = ""
        try:
            reading = self._read(message)
        except Rejected as rejected:
            refusal = str(rejected)
            reading = _unreadable(message, rejected)
        order_id, question = question_answered(reading.mail, self._outbox)
        # A mail with an order of its own, however few lines it has, is taken for what it says.
        is_bare = not question and not reading.extraction.orders and not reading.interchanges
        meant = question_meant(reading.mail, self._orders) if is_bare else Meant(order_id, question)
        ref = self._blobs.put(reading.model_dump_json().encode(), "application/json")
        return DocumentRead(
            message_id=message.message_id,
            reading=ref,
            intent=reading.extraction.intent,
            order_count=len(reading.extraction.orders),
            interchange_count=len(reading.interchanges),
            refusal=refusal or _nothing_readable(reading),
            answers_order=meant.order_id,
            answers=meant.key,
            may_answer=meant.may_answer,
        )

    def _read(self, message: InboundMessage) -> ReadingV1:
        content = self._blobs.get(message.content)
        if message.content.media_type == PURCHASE_ORDER_JSON:
            return _stated_by_contract(message, content)
        partners = self._parties.partners()
        result = self._reader.read(content, message.name, message.received_at, activity.heartbeat, partners)
        reading = with_call_off(_with_reorder(self._kept(result), result.body_text))
        return addressed(reading, sender_of(message, reading), self._parties)

    def _kept(self, result: DocumentResult) -> ReadingV1:
        pages = tuple(
            PageV1(
                part=picture.part,
                page=picture.page,
                width=picture.width,
                height=picture.height,
                picture=self._blobs.put(picture.png, "image/png"),
            )
            for picture in result.pictures
        )
        text = self._blobs.put(result.body_text.encode(), "text/plain; charset=utf-8") if result.body_text else None
        return result.reading.model_copy(update={"pages": pages, "text": text})


def _with_reorder(reading: ReadingV1, text: str) -> ReadingV1:
    """A mail that orders nothing but the same as before is an order without lines: which goods are meant a person says."""
    extraction = reading.extraction
    if reading.mail is not None and len(extraction.orders) == 1 and not reading.interchanges:
        return _with_goods_again(reading, text)
    is_bare = extraction.intent is Intent.ORDER and not extraction.orders and not reading.interchanges
    asked = asked_again(text) if is_bare and reading.mail is not None else None
    if asked is None:
        return reading
    words = Evidence(part="body", span=(asked.start, asked.end), text=asked.words)
    number = None
    if asked.own_number:
        number = StatedValue(value=asked.own_number, confidence=0.8)
    order = PurchaseOrderV1(po_number=number, notes=StatedValue(value=asked.words, confidence=0.95, evidence=(words,)))
    problems = tuple(problem for problem in extraction.problems if problem.code != "no_order_found")
    updates = {"orders": (order,), "problems": problems}
    return reading.model_copy(
        update={"extraction": extraction.model_copy(update=updates), "messages": (None,), "source_formats": ("email",)}
    )


def _with_goods_again(reading: ReadingV1, text: str) -> ReadingV1:
    """A mail that orders the same as before and further goods says so in the notes: a person names the order that is meant."""
    [order], asked = reading.extraction.orders, also_again(text)
    if asked is None or order.kind != "order":
        return reading
    words = Evidence(part="body", span=(asked.start, asked.end), text=asked.words)
    said = " ".join(text[asked.start : asked.end + 80].split())
    notes = f"{order.notes.value}\n{said}" if order.notes else said
    order = order.model_copy(update={"notes": StatedValue(value=notes, confidence=0.95, evidence=(words,))})
    problems = tuple(problem for problem in reading.extraction.problems if not _asks_the_same(problem, said))
    return reading.model_copy(
        update={"extraction": reading.extraction.model_copy(update={"orders": (order,), "problems": problems})}
    )


def _asks_the_same(problem: Problem, said: str) -> bool:
    """Whether a doubt about words that alter the order is only about those of which earlier order is asked already."""
    return problem.code == "unread_wish" and bool(problem.evidence) and all(each.text in said for each in problem.evidence)


def _stated_by_contract(message: InboundMessage, content: bytes) -> ReadingV1:
    """An order that an ERP sent in our own contract: nothing is left to be read."""
    try:
        order = PurchaseOrderV1.model_validate_json(content)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()[:5])
        raise Rejected(f"{message.name} is not a purchase order of our contract: {faults}", code="invalid_order") from error
    document = DocumentV1(name=message.name, sha256=message.content.sha256, media_type=message.content.media_type)
    extraction = ExtractionV1(document=document, intent=Intent(order.kind), orders=(order,))
    return ReadingV1(extraction=extraction, messages=(None,), source_formats=("json",))


def _unreadable(message: InboundMessage, rejected: Rejected) -> ReadingV1:
    document = DocumentV1(name=message.name, sha256=message.content.sha256, media_type=message.content.media_type)
    problem = Problem(code=rejected.code, severity=Severity.ERROR, message=str(rejected))
    return ReadingV1(extraction=ExtractionV1(document=document, intent=Intent.OTHER, problems=(problem,)))


def _nothing_readable(reading: ReadingV1) -> str:
    """Why no order came of a document in which something could not be read; empty where all of it could."""
    extraction = reading.extraction
    if extraction.orders or extraction.intent not in _MEANT_TO_HOLD_ORDERS:
        return ""
    return " ".join(problem.message for problem in extraction.problems if problem.severity is Severity.ERROR)
