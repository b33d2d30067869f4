"""One inbound file, whatever it is, to all that it says: unpacked, each part read by its own reader, and put together.

Content decides what a part is, never its name. A part that cannot be read is a problem that names it; the others are read.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from models.contracts.extraction_v1 import DocumentV1, ExtractionV1, Intent, Problem
from models.contracts.reading_v1 import MailV1, ReadingV1
from models.domain.document import PagePicture
from models.domain.errors import Rejected
from models.domain.findings import Severity
from models.domain.party import PartnerProfile
from parsers.archive import Member, unpack
from parsers.bank_details import CODE as BANK_DETAILS
from parsers.bank_details import bank_doubts_in_notes
from parsers.charsets import decoded
from parsers.combining import FILLS_ORDERS, checked_against, combined_intent, combined_mail, combined_parts
from parsers.detect import Kind, detect
from parsers.edifact.reader import read_edifact
from parsers.mail.mime import Mail, read_mail
from parsers.mail.outlook import mail_of_outlook
from parsers.part_reading import OcrEngine, OrderReading, PartReading
from parsers.pdf.reader import read_pdf
from parsers.prose.reader import Letter, read_html, read_letter, read_text
from parsers.scan.reader import read_image
from parsers.sheets.delimited import read_delimited
from parsers.sheets.workbook import read_spreadsheet
from parsers.vouching import vouched
from parsers.word.reader import carried_files, read_word
from parsers.x12.reader import read_x12
from parsers.xml.embedded import embedded_xml
from parsers.xml.reader import read_xml

#: How deep archives and mails may stand in one another.
DEEPEST = 20
MOST_PARTS = 200
MOST_BODY_TEXT = 200_000
MOST_PICTURES = 60
MOST_NUMBERS = 300
_NO_ORDERS = frozenset([Kind.CALENDAR, Kind.VCARD])
_SMALL_PICTURE = 12 * 1024
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What one file gave: the reading, pictures of its pages, and its text for people to see (at most 200 kB)."""

    reading: ReadingV1
    pictures: tuple[PagePicture, ...] = ()
    body_text: str = ""


def read_document(
    content: bytes,
    name: str,
    *,
    ocr: OcrEngine | None,
    received_at: datetime | None = None,
    partners: Sequence[PartnerProfile] = (),
) -> DocumentReading:
    """All that the file `content` says. `received_at` is the day from which "tomorrow" is reckoned where the file has no
    date of its own; `partners` say what the codes of electronic partners mean. Never raises on content: what cannot be read
    is a problem, and a file that gave nothing has intent `other`, no orders, and problems that say why."""
    walk = _Walk(ocr, received_at.date() if received_at else None, partners)
    walk.visit(Member(name, content), 0)
    return _reading(content, name, walk)


class _Walk:
    """Goes through a file, its attachments and the members of its archives. `parts` is what it has read so far at the
    level where it is; a mail's own level becomes one part of the level above."""

    def __init__(self, ocr: OcrEngine | None, day: date | None, partners: Sequence[PartnerProfile]) -> None:
        self.ocr = ocr
        self.day = day
        self.partners = partners
        self.parts: list[PartReading] = []
        self.problems: list[Problem] = []
        self.mail: MailV1 | None = None
        self.body_text = ""
        self.count = 0
        self.passed_over: list[str] = []

    def visit(self, member: Member, depth: int) -> None:
        """Reads a file; what it refuses becomes a problem."""
        self.count += 1
        if self.count > MOST_PARTS:
            if self.count == MOST_PARTS + 1:
                self._problem("too_many_parts", f"{member.name} and all behind it were not read: over {MOST_PARTS} files in one")
            return
        if depth > DEEPEST:
            message = f"{member.name} was not read: it is more than {DEEPEST} mails or archives deep; send it by itself"
            self._problem("nested_too_deep", message)
            return
        try:
            self._read(member, detect(member.content), depth)
        except Rejected as refusal:
            self._problem(refusal.code, str(refusal) if member.name in str(refusal) else f"{member.name}: {refusal}")

    def _problem(self, code: str, message: str, severity: Severity = Severity.ERROR) -> None:
        self.problems.append(Problem(code=code, severity=severity, message=message))

    def _read(self, member: Member, kind: Kind, depth: int) -> None:
        if kind in {Kind.EMAIL, Kind.OUTLOOK}:
            self._read_mail(member, kind, depth)
        elif kind in {Kind.ZIP, Kind.GZIP}:
            members, problems = unpack(member.content, member.name, kind)
            self.problems += problems
            for inner in members:
                self.visit(inner, depth + 1)
        elif kind is Kind.PDF:
            self._read_pdf(member)
        elif kind.is_word:
            self._read_word(member, kind, depth)
        elif kind in _NO_ORDERS:
            return
        elif kind.is_image and depth > 0 and len(member.content) < _SMALL_PICTURE:
            self.passed_over.append(member.name)  # a logo, a line, an icon
        else:
            self._add(self._part(member, kind), depth)

    def _add(self, part: PartReading, depth: int) -> None:
        self.parts.append(replace(part, problems=_named(part.problems, part.part)) if depth > 0 else part)

    def _part(self, member: Member, kind: Kind) -> PartReading:
        if kind.is_image:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the imaging library warns of damage that the reading itself reports
                return read_image(member.content, member.name, ocr=self.ocr)
        if kind.is_workbook:
            return read_spreadsheet(member.content, member.name)
        if kind is Kind.TEXT:
            return read_text(member.content, member.name, self.day)
        if kind is Kind.HTML:
            return read_html(member.content, member.name, self.day)
        edi = _EDI_READERS.get(kind)
        if edi is not None:
            return _with_digests(edi(member.content, member.name, self.partners), member.content)
        reader = _READERS.get(kind)
        if reader is None:
            raise Rejected(_UNREADABLE.get(kind, _UNKNOWN).format(name=member.name), code=_CODES.get(kind, "unknown_format"))
        return reader(member.content, member.name)

    def _read_pdf(self, member: Member) -> None:
        """A PDF's pages, and the order in XML that it may carry: that one is the sender's own data, so it counts first."""
        carried = embedded_xml(member.content)
        pages = read_pdf(member.content, member.name, ocr=self.ocr)
        if carried is None:
            self.parts.append(pages)
            return
        try:
            stated = read_xml(carried[1], f"{member.name}/{carried[0]}")
        except Rejected as refusal:
            message = f"{member.name}: the order data inside cannot be read ({refusal}); its pages were read instead"
            self._problem(refusal.code, message, Severity.WARNING)
            self.parts.append(pages)
            return
        orders = checked_against(stated.orders, pages.orders, "the XML", f"the pages of {member.name}")
        self.parts.append(replace(pages, intent=stated.intent, orders=orders, problems=(*stated.problems, *pages.problems)))

    def _read_word(self, member: Member, kind: Kind, depth: int) -> None:
        """A word processor's file; where its text is no order, the scans and sheets that were put into it."""
        part = read_word(member.content, member.name, kind, self.day)
        self._add(part, depth)
        if kind is not Kind.RTF and not part.orders:
            for inner in carried_files(member.content, member.name):
                self.visit(replace(inner, name=f"{member.name}/{inner.name}"), depth + 1)

    def _read_mail(self, member: Member, kind: Kind, depth: int) -> None:
        content = mail_of_outlook(member.content, member.name) if kind is Kind.OUTLOOK else member.content
        body_part = "body" if self.mail is None else f"{member.name}/body"
        mail = read_mail(content, member.name, body_part)
        self.problems += mail.problems
        self._take_head(mail)
        outer_day, self.day = self.day, mail.sent_at.date() if mail.sent_at else self.day
        body = read_letter(_letter(mail, body_part, self.day))
        outer_parts, self.parts = self.parts, []
        for attachment in mail.attachments:
            self.visit(attachment, depth + 1)
        whole = combined_mail(body, self.parts)
        texts = {"subject": mail.head.subject, body_part: mail.body.text}
        whole = replace(whole, orders=tuple(vouched(whole.orders, texts)))
        self.parts, self.day = [*outer_parts, whole], outer_day

    def _take_head(self, mail: Mail) -> None:
        """The outermost mail's head; one that came attached to it was written by somebody else, who is the buyer."""
        if self.mail is None:
            self.mail, self.body_text = mail.head, mail.body.text
        elif not self.mail.original_sender and mail.head.sender:
            self.mail = self.mail.model_copy(update={"original_sender": mail.head.original_sender or mail.head.sender})


def _letter(mail: Mail, part: str, written_on: date | None) -> Letter:
    forwarded = mail.body.newest.forwarded
    return Letter(
        part=part,
        text=mail.body.newest.text,
        media_type=Kind.EMAIL.media_type,
        grids=mail.body.grids,
        signature=mail.body.newest.signature,
        aside=mail.body.newest.aside,
        remark=mail.body.newest.remark,
        answers=mail.body.newest.answers,
        subject=forwarded.subject if forwarded and forwarded.subject else mail.head.subject,
        sender=mail.head.original_sender or mail.head.sender,
        sender_name=mail.sender_name,
        written_on=written_on,
        is_mail=True,
        struck=mail.body.struck,
    )


def _with_digests(part: PartReading, content: bytes) -> PartReading:
    """Line breaks do not count: mail programs write them anew in what they take for text."""
    if not part.interchanges:
        return part
    digest = hashlib.sha256(content.translate(None, b"\r\n")).hexdigest()
    numbered = (
        interchange.model_copy(update={"digest": f"{digest}:{place}"}) for place, interchange in enumerate(part.interchanges)
    )
    return replace(part, interchanges=tuple(numbered))


_EDI_READERS: dict[Kind, Callable[[bytes, str, Sequence[PartnerProfile]], PartReading]] = {
    Kind.EDIFACT: read_edifact,
    Kind.X12: read_x12,
}
_READERS: dict[Kind, Callable[[bytes, str], PartReading]] = {
    Kind.XML: read_xml,
    Kind.DELIMITED: read_delimited,
}
_UNKNOWN = "{name} is in a format that is not known here: send the order as PDF, text, spreadsheet or EDI"
_UNREADABLE = {
    Kind.DOC: "{name} is in the format of Word 97 to 2003: save it as .docx or PDF and send that",
    Kind.EMPTY: "{name} is empty: send it again",
    Kind.WINMAIL: "{name} is an attachment in Outlook's own format: send the mail as HTML or plain text",
}
_CODES = {Kind.EMPTY: "empty_file"}


def _reading(content: bytes, name: str, walk: _Walk) -> DocumentReading:
    kind = detect(content)
    intent = combined_intent(None, walk.parts)
    orders = combined_parts(walk.parts) if intent in FILLS_ORDERS else ()
    extraction = ExtractionV1(
        document=_document(content, name, kind, walk.parts),
        intent=intent,
        orders=tuple(order.order for order in orders),
        problems=tuple(_problems(name, intent, orders, walk)),
    )
    reading = ReadingV1(
        extraction=extraction,
        messages=tuple(order.message for order in orders),
        source_formats=tuple(order.source_format for order in orders),
        interchanges=tuple(interchange for part in walk.parts for interchange in part.interchanges),
        receipts=tuple(receipt for part in walk.parts for receipt in part.receipts),
        mail=walk.mail,
        numbers=tuple(number for part in walk.parts for number in part.numbers)[:MOST_NUMBERS],
    )
    pictures = tuple(picture for part in walk.parts for picture in part.pictures)[:MOST_PICTURES]
    return DocumentReading(reading, pictures, (walk.body_text or _text_of(content, kind, walk.parts))[:MOST_BODY_TEXT])


def _named(problems: Iterable[Problem], name: str) -> tuple[Problem, ...]:
    """The problems of an attachment, each with its name: a person must know which file is meant."""
    return tuple(
        problem if name in problem.message else problem.model_copy(update={"message": f"{name}: {problem.message}"})
        for problem in problems
    )


def _problems(name: str, intent: Intent, orders: tuple[OrderReading, ...], walk: _Walk) -> Iterator[Problem]:
    """What is wrong with the file, with its parts, and with each order, whose paths get the order's place before them."""
    yield from walk.problems
    for part in walk.parts:
        yield from part.problems
    if intent in FILLS_ORDERS and not orders and not walk.problems:
        passed_over = ", ".join(walk.passed_over[:_MOST_NAMED])
        within = f" (small pictures were passed over: {passed_over})" if passed_over else ""
        message = f"{name} speaks of an order, but none could be read from it{within}: look at it, or ask the sender"
        yield Problem(code="no_order_found", severity=Severity.ERROR, message=message)
    is_told = any(problem.code == BANK_DETAILS for part in walk.parts for problem in part.problems)
    for place, order in enumerate(orders):
        noted = () if is_told else bank_doubts_in_notes(order.order.notes, name)
        for problem in (*order.problems, *noted):
            field = f"orders[{place}].{problem.field}" if problem.field else f"orders[{place}]"
            yield problem.model_copy(update={"field": field})


def _text_of(content: bytes, kind: Kind, parts: Sequence[PartReading]) -> str:
    if kind in (Kind.HTML, Kind.PDF) or kind.is_word:
        return parts[0].text if parts else ""
    readable = {Kind.TEXT, Kind.DELIMITED, Kind.EDIFACT, Kind.X12, Kind.XML}
    return decoded(content[: 2 * MOST_BODY_TEXT]) if kind in readable else ""


def _document(content: bytes, name: str, kind: Kind, parts: list[PartReading]) -> DocumentV1:
    languages = [part.language for part in parts if part.language]
    return DocumentV1(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type=kind.media_type,
        language=languages[0] if languages else None,
        pages=max(1, sum(part.pages for part in parts if part.pictures or part.media_type == Kind.PDF.media_type)),
    )
