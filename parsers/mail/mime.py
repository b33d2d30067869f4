"""A mail (RFC 5322, MIME) as its text, its attachments and its headers, within bounds, whatever its defects.

The headers are read raw and decoded here: the standard library's structured header parser fails on headers that real
mail programs write. Nothing in a mail is trusted: names are cleaned, nesting and sizes bounded, nothing is fetched.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from models.contracts.extraction_v1 import Problem
from models.contracts.reading_v1 import MailV1
from models.domain.document import Grid
from models.domain.errors import Rejected
from models.domain.findings import Severity
from parsers.archive import Member, shown_name
from parsers.charsets import decoded, header_text
from parsers.mail.markup import Markup, read_markup
from parsers.mail.quoting import Newest, newest_part

DEEPEST = 20
MOST_PARTS = 500
MOST_BODY_CHARACTERS = 2_000_000
_TINY_PICTURE = 40 * 1024
_MOST_COMMENTS = 20
_MOST_REFERENCES = 50
_MOST_NEWEST = 20_000
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,300}>")
_RAW = email.policy.compat32.clone(mangle_from_=False)


@dataclass(frozen=True, slots=True)
class MailBody:
    """A mail's text as people see it, the tables in it, which part of it is new, and what is struck through in that part."""

    text: str
    grids: tuple[Grid, ...]
    newest: Newest
    struck: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail taken apart. `sent_at` and `sender_name` are of the original where the mail forwards one."""

    head: MailV1
    sender_name: str
    sent_at: datetime | None
    body: MailBody
    attachments: tuple[Member, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Pieces:
    """What the walk over the parts has found so far."""

    texts: list[str | Markup] = field(default_factory=list)
    attachments: list[Member] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    parts: int = 0


def read_mail(content: bytes, part: str = "mail", body_part: str = "body") -> Mail:
    """Takes apart the mail `content`. `part` names it in problems, `body_part` names its text in evidence.
    Raises `Rejected` (nested_too_deep, damaged) where it cannot be taken apart at all."""
    message = _parsed(content, part)
    pieces = _Pieces()
    _collect(message, pieces, part, 0)
    subject = header_text(_raw(message, "Subject"))
    name, _ = _address(message, "From")
    body = _body(pieces.texts, subject, name, body_part)
    forwarded = body.newest.forwarded
    return Mail(
        head=_head(message, subject, body),
        sender_name=(forwarded.sender_name if forwarded else "") or name,
        sent_at=(forwarded.sent_at if forwarded else None) or _moment(message),
        body=body,
        attachments=tuple(pieces.attachments),
        problems=tuple(pieces.problems),
    )


def _parsed(content: bytes, part: str) -> Message:
    content = re.sub(rb"\A(?:\xef\xbb\xbf)?\s*(?:From [^\n]*@[^\n]*\n)?", b"", content)
    try:
        return email.message_from_bytes(content, policy=_RAW)
    except RecursionError as error:
        # the parser of the standard library goes one level down for each nested part, and hostile mails nest thousands
        raise Rejected(
            f"{part} nests mails or parts far too deep to be read: send the order itself", code="nested_too_deep"
        ) from error


def _head(message: Message, subject: str, body: MailBody) -> MailV1:
    moment = _moment(message)
    return MailV1(
        message_id=header_text(_raw(message, "Message-ID")),
        sender=_address(message, "From")[1] or _address(message, "Sender")[1],
        reply_to=_address(message, "Reply-To")[1],
        in_reply_to=header_text(_raw(message, "In-Reply-To")),
        original_sender=body.newest.forwarded.sender if body.newest.forwarded else "",
        subject=subject,
        sent_at=moment.isoformat() if moment else "",
        authentication_results="\n".join(header_text(value) for value in _all_raw(message, "Authentication-Results")[:10]),
        references=_references(message),
        newest=_compact(body.newest.text),
        is_automatic=_is_automatic(message),
    )


def _references(message: Message) -> tuple[str, ...]:
    """The Message-IDs of In-Reply-To and References (RFC 5322, 3.6.4): what it answers first, then back through the thread."""
    answered, thread = (_raw(message, name)[-_MOST_REFERENCES * 200 :] for name in ("In-Reply-To", "References"))
    ids = [*_MESSAGE_ID.findall(answered), *reversed(_MESSAGE_ID.findall(thread))]
    return tuple(dict.fromkeys(ids))[:_MOST_REFERENCES]


def _compact(text: str) -> str:
    """Without the blanks that stand for what was quoted."""
    lines = (line.rstrip() for line in text[:_MOST_NEWEST].splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _is_automatic(message: Message) -> bool:
    """RFC 3834, 5: anything but "no"; and what programs wrote before there was such a header."""
    said = _raw(message, "Auto-Submitted").partition(";")[0].strip().lower()
    precedence = _raw(message, "Precedence").strip().lower()
    is_report = message.get_content_type() == "multipart/report"
    return said not in {"", "no"} or is_report or precedence == "auto_reply" or bool(_raw(message, "X-Autoreply"))


def _all_raw(message: Message, name: str) -> list[str]:
    """A header's values as they stand, bytes beyond ASCII as lone surrogates: `get` would have replaced them."""
    return [str(value) for key, value in message.raw_items() if key.lower() == name.lower()]


def _raw(message: Message, name: str) -> str:
    return next(iter(_all_raw(message, name)), "")


def _address(message: Message, name: str) -> tuple[str, str]:
    """Display name and address of the first mailbox in a header."""
    raw = _raw(message, name)[:4000]
    # The standard library's parser goes one level down for each comment in a comment.
    parsed = getaddresses([raw]) if raw.count("(") <= _MOST_COMMENTS else []
    pairs = [pair for pair in parsed if "@" in pair[1]]
    if not pairs:
        found = re.search(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", header_text(raw))
        return ("", found[0]) if found else (header_text(raw), "")
    return header_text(pairs[0][0]), header_text(pairs[0][1])


def _moment(message: Message) -> datetime | None:
    try:
        return parsedate_to_datetime(_raw(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _collect(message: Message, pieces: _Pieces, part: str, depth: int) -> None:
    pieces.parts += 1
    if pieces.parts == MOST_PARTS + 1:
        pieces.problems.append(_problem("mail_too_large", f"{part} has more than {MOST_PARTS} parts: the others were not read"))
    if pieces.parts > MOST_PARTS:
        return
    if depth > DEEPEST:
        pieces.problems.append(
            _problem("nested_too_deep", f"{part} nests parts deeper than {DEEPEST} levels: those below were not read")
        )
    elif message.get_content_maintype() == "message" and message.get_content_subtype() in {"rfc822", "global"}:
        _collect_mail(message, pieces)
    elif message.get_content_type() == "multipart/encrypted":
        pieces.problems.append(_problem("encrypted", f"{part} is encrypted: ask for it unencrypted"))
    elif message.get_content_type() == "multipart/alternative" and message.is_multipart():
        _collect_best(message, pieces, part, depth)
    elif message.is_multipart():
        for child in _children(message):
            _collect(child, pieces, part, depth + 1)
    else:
        _collect_leaf(message, pieces, part)


def _problem(code: str, text: str) -> Problem:
    return Problem(code=code, severity=Severity.ERROR, message=text)


def _children(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _collect_mail(message: Message, pieces: _Pieces) -> None:
    """An attached mail is an attachment like any other; its reader takes it apart in turn."""
    for inner in _children(message):
        name = _file_name(message) or shown_name(header_text(_raw(inner, "Subject")), "")
        name = name if name.lower().endswith(".eml") else f"{name or f'mail-{len(pieces.attachments) + 1}'}.eml"
        if str(message.get("Content-Transfer-Encoding") or "").strip().lower() == "base64":
            inner["Content-Transfer-Encoding"] = "base64"  # RFC 2046 5.2.1 forbids it, senders do it
            content = _payload(inner)
        else:
            content = inner.as_bytes(policy=_RAW)
        pieces.attachments.append(Member(name, content))


def _collect_best(message: Message, pieces: _Pieces, part: str, depth: int) -> None:
    """Of alternatives, the plain text; the HTML where that is missing, much poorer, or where the HTML holds what a plain text
    cannot: a table, words that are struck through."""
    tries = []
    for child in _children(message):
        found = _Pieces(parts=pieces.parts)
        _collect(child, found, part, depth + 1)
        pieces.parts = found.parts
        pieces.attachments += found.attachments
        pieces.problems += found.problems
        tries.append(found.texts)
    filled = [texts for texts in tries if any(_plain(text).strip() for text in texts)]
    rich = [texts for texts in filled if any(isinstance(text, Markup) for text in texts)]
    plain = [texts for texts in filled if texts not in rich]
    if rich and (not plain or _is_better(rich[-1], plain[0])):
        pieces.texts += rich[-1]
    elif plain:
        pieces.texts += plain[0]


def _is_better(rich: list[str | Markup], plain: list[str | Markup]) -> bool:
    shows_more = any(text.grids("") or text.struck for text in rich if isinstance(text, Markup))
    return shows_more or sum(len(_plain(text)) for text in plain) < 0.5 * sum(len(_plain(text)) for text in rich)


def _plain(text: str | Markup) -> str:
    return text.text if isinstance(text, Markup) else text


def _collect_leaf(message: Message, pieces: _Pieces, part: str) -> None:
    kind = message.get_content_type()
    name = _file_name(message)
    disposition = str(message.get("Content-Disposition") or "").strip().lower()
    if kind in {"text/plain", "text/html"} and not name and not disposition.startswith("attachment"):
        text = decoded(_payload(message)[: 2 * MOST_BODY_CHARACTERS], _charset(message))[:MOST_BODY_CHARACTERS]
        pieces.texts.append(read_markup(text) if kind == "text/html" else text)
        return
    if kind.startswith("message/") or kind in {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
    }:
        return  # delivery reports and signatures
    content = _payload(message)
    if kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
        pieces.problems.append(
            _problem("encrypted", f"{part} is an S/MIME message that cannot be opened here: ask for it unencrypted")
        )
    elif not (_is_inline(message, disposition) and kind.startswith("image/") and len(content) < _TINY_PICTURE):
        pieces.attachments.append(Member(name or f"attachment-{len(pieces.attachments) + 1}{_suffix(kind)}", content))


def _is_inline(message: Message, disposition: str) -> bool:
    return disposition.startswith("inline") or message.get("Content-ID") is not None


def _suffix(kind: str) -> str:
    return {
        "application/pdf": ".pdf",
        "image/png": ".png",
        "image/jpeg": ".jpg",
        "text/csv": ".csv",
        "application/xml": ".xml",
    }.get(kind, "")


def _payload(message: Message) -> bytes:
    payload = message.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(message: Message) -> str | None:
    charset = message.get_param("charset")
    return charset if isinstance(charset, str) else None


def _file_name(message: Message) -> str:
    """The name under which the sender attached a part (RFC 2231, or encoded words where RFC 2231 was meant)."""
    try:
        raw = message.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        raw = ""  # an unknown charset in an RFC 2231 parameter
    return shown_name(header_text(raw), "")


def _body(texts: list[str | Markup], subject: str, sender_name: str, part: str) -> MailBody:
    shifted: list[Grid] = []
    struck: list[tuple[int, str]] = []
    text = ""
    for piece in texts:
        text += "\n\n" if text else ""
        if isinstance(piece, Markup):
            shifted += piece.grids(part, offset=len(text))
            struck += [(len(text) + place, words) for place, words in piece.struck]
        text += _plain(piece)
    newest = newest_part(text, subject, sender_name)
    new = tuple(words for place, words in struck if _is_within(place, text, newest))
    return MailBody(text, tuple(grid for grid in shifted if _is_newest(grid, newest)), newest, new)


def _is_within(place: int, text: str, newest: Newest) -> bool:
    """Whether the words before `place`, or those behind it where none stand before it, are of the part that is not quoted."""
    before = len(text[:place].rstrip()) - 1
    nearest = before if before >= 0 else len(text) - len(text[place:].lstrip())
    return not newest.text[nearest : nearest + 1].isspace()


def _is_newest(grid: Grid, newest: Newest) -> bool:
    """Whether a table stands in the part that is not quoted: its first cell was not blanked."""
    spans = list(_spans(grid))
    return not spans or bool(newest.text[spans[0][0] : spans[0][1]].strip())


def _spans(grid: Grid) -> Iterator[tuple[int, int]]:
    for row in grid.rows:
        for box in row:
            if box is not None and box.evidence.span is not None:
                yield box.evidence.span
