"""The result of the capture step: the extraction contract's object, and beside it what only our own steps need."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.contracts.extraction_v1 import ExtractionV1
from models.contracts.interchange_v1 import MessageRefV1
from models.domain.blobs import BlobRef
from models.domain.layout_hints import PrintedNumber


class SyntaxErrorV1(BaseModel):
    """One error for a CONTRL or 997: `code` is of that standard's code list (UN/ECE 0085, X12 716/718/720/723).

    Without `message_ref` it concerns the group or interchange, without `segment_position` the whole message, without
    `element_position` the whole segment; `component_position` is only there in an element of several components. Positions
    are 1-based; UNH or ST is segment 1, a segment's tag is not an element.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    code: str
    message: str
    message_ref: str = ""
    segment_tag: str = ""
    segment_position: int | None = None
    element_position: int | None = None
    component_position: int | None = None
    value: str = ""
    group_ref: str = ""
    #: The message's place in its interchange, from 0: references may be repeated, which is an error of its own.
    message_index: int | None = None


class ReceiptV1(BaseModel):
    """What a partner's CONTRL, 997, 999 or TA1 says of an interchange of ours.

    `reference` is the control number that we gave it (UCI 0020; AK102, which is our GS06 and ISA13; TA101). `reason` quotes
    the segments that reject it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    standard: Literal["edifact", "x12"]
    message_type: str
    sender: str
    reference: str
    is_accepted: bool
    reason: str = ""


class InterchangeV1(BaseModel):
    """One EDI interchange that a syntax acknowledgement must answer: its messages, and what was wrong with them.

    `digest` is the SHA-256 of the file that holds it, without its line breaks, and its place in there ("…:0"): what came
    before with the same digest is this very interchange, sent again.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    envelope: MessageRefV1
    messages: tuple[MessageRefV1, ...] = ()
    errors: tuple[SyntaxErrorV1, ...] = ()
    digest: str = ""


class MailV1(BaseModel):
    """The mail that a document arrived in: `sender` is the address of From, `authors` the original From of a forwarded mail.

    `references` are the Message-IDs that it answers, the nearest first; `newest` its text without what it quotes;
    `is_automatic` says that a machine wrote it (RFC 3834), such as a report that a mail could not be delivered (RFC 3464).
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    message_id: str = ""
    sender: str = ""
    reply_to: str = ""
    in_reply_to: str = ""
    original_sender: str = ""
    subject: str = ""
    sent_at: str = ""
    authentication_results: str = ""
    references: tuple[str, ...] = ()
    newest: str = ""
    is_automatic: bool = False


class PageV1(BaseModel):
    """A page as people see it: `picture` is a PNG, `width` and `height` the page's size in PDF points."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    part: str
    page: int
    width: float
    height: float
    picture: BlobRef


class ReadingV1(BaseModel):
    """All that one inbound file gave. `messages` runs parallel to `extraction.orders` (None for what is not electronic);
    `source_format` is `email`, `pdf`, `scan`, `image`, `edifact`, `x12`, `ubl`, `cxml`, `orderx`, `opentrans`,
    `spreadsheet`, `delimited` or `text`, per order and in the same order. `pages` and `text` (for people to look at) are
    filled by the step that stores them; `numbers` are those that the document prints, with their labels, for whoever knows
    its sender."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    extraction: ExtractionV1
    messages: tuple[MessageRefV1 | None, ...] = ()
    source_formats: tuple[str, ...] = ()
    interchanges: tuple[InterchangeV1, ...] = ()
    receipts: tuple[ReceiptV1, ...] = ()
    mail: MailV1 | None = None
    pages: tuple[PageV1, ...] = ()
    text: BlobRef | None = None
    numbers: tuple[PrintedNumber, ...] = ()
