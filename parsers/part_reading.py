"""What one part of a document says: the common result of every reader here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from models.contracts.extraction_v1 import Intent, Problem, PurchaseOrderV1
from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1, ReceiptV1
from models.domain.document import Letter, PagePicture, Word
from models.domain.layout_hints import PrintedNumber


@dataclass(frozen=True, slots=True)
class OrderReading:
    """One order as its document states it, with the problems of its own (their `field` paths start at the order:
    `lines[0].quantity`; the caller puts `orders[n].` before them)."""

    order: PurchaseOrderV1
    problems: tuple[Problem, ...] = ()
    message: MessageRefV1 | None = None
    source_format: str = ""


@dataclass(frozen=True, slots=True)
class PartReading:
    """One part (a file, an attachment, a mail's body): its intent, its orders, what is wrong with it, how it looks. `text` is
    what spans count in, where that is not the file's own text; `numbers` are those that it prints, with their labels."""

    part: str
    media_type: str
    intent: Intent
    orders: tuple[OrderReading, ...] = ()
    problems: tuple[Problem, ...] = ()
    language: str | None = None
    pages: int = 1
    pictures: tuple[PagePicture, ...] = ()
    text: str = ""
    interchanges: tuple[InterchangeV1, ...] = field(default=())
    receipts: tuple[ReceiptV1, ...] = field(default=())
    numbers: tuple[PrintedNumber, ...] = field(default=())


class OcrEngine(Protocol):
    """Reads the words of a picture. The gateway that implements it may start a process; parsers only call it."""

    def words(self, png: bytes, *, dpi: int, page: int, languages: tuple[str, ...], layout: str = "block") -> tuple[Word, ...]:
        """The words of an upright page in reading order, boxes in PDF points (pixels × 72 / `dpi`) from the top left.

        `layout` is `block` (a uniform block, tesseract's psm 6), `auto` (psm 3) or `sparse` (psm 11).
        """
        ...

    def reads(self, language: str) -> bool:
        """Whether the engine knows the letters of a language (ISO 639-1)."""
        ...

    def lines(self, pngs: Sequence[bytes]) -> Sequence[Sequence[Letter]] | None:
        """A second opinion: the letters of pictures of one line of print each, by an engine of another kind, which reads all
        Latin letters. None where there is no such engine."""
        ...
