"""Which part of a mail's text is its newest: what is quoted, signed and disclaimed is blanked, so that places stay true.

For a forwarded mail, the newest text is the innermost forwarded one; for a reply, what stands above or between the
quotation. Only the forms that common mail programs write are known; the seven languages have theirs.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime
from email.utils import parseaddr, parsedate_tz
from functools import cache

from parsers.lexicon import meaning_of_label
from parsers.mail.quoting_answers import answers_between
from parsers.wordlists import words_file

_OWN_NAME = r"(?-i:[A-ZÀ-ÞŁŚŻ])[\w.'’-]*"
_MOST_LINES = 50_000
_LONGEST_SIGNATURE = 12
_DEEPEST = 6


def _mark(name: str) -> re.Pattern[str]:
    return _marks()[name]


@cache
def _marks() -> dict[str, re.Pattern[str]]:
    """The marks of mail_marks.yaml as expressions, compiled once they are needed."""
    lists: dict[str, list[str]] = words_file("mail_marks.yaml")
    words = {key: "|".join(expressions) for key, expressions in lists.items()}
    value = r"\s*\*?\s?:\*?\s*(?P<value>.*\S)?\s*$"
    verbs = rf"\b(?:{words['attribution_verbs']})(?:\b|(?<=\)))"
    forms = {
        "forwarded": rf"[\s>]*(?:[-_*=–—]{{2,}}\s*(?:{words['forward_words']})|(?:{words['begin_forwarded']})\s*:)",
        "original": rf"[\s>]*[-_*=–—]{{2,}}\s*(?:{words['original_words']})",
        "attribution": rf"\s*(?:(?:{words['attribution_openings']})\b.{{5,220}}?{verbs}.{{0,120}}?"
        rf"|\S.{{2,120}}<\S+@\S+>\s*{verbs}(?:\s.{{0,60}})?):\s*$",
        "attribution_opening": rf"\s*(?:{words['attribution_openings']})\b.*\d",
        "from": rf"[\s>]*\*?(?:{words['head_from']}){value}",
        "other_head": rf"[\s>]*\*?(?P<name>{words['head_sent']}|{words['head_subject']}|{words['head_to']}){value}",
        "sent": rf"(?:{words['head_sent']})$",
        "subject": rf"(?:{words['head_subject']})$",
        "forward_subject": rf"\s*(?:(?:re|aw|antw|odp|sv)\s*:\s*)?(?:{words['forward_subjects']})\s*:",
        "closing": rf"\s*(?:{words['closings']})(?:\s*(?:[/|,]|und|and|et|y|e|en|i|oraz)\s*(?:{words['closings']}))?"
        r"\s*[,.!]*\s*$",
        "named_closing": rf"\s*(?:{words['closings']})[\s,]+{_OWN_NAME}(?:\s{_OWN_NAME}){{0,2}}\s*$",
        "small_print": rf"\W{{0,6}}(?:{words['small_print']})",
        "banner": rf"\W*(?:{words['banners']})$",
    }
    months = {f"month {number}": rf"(?:{forms_of})" for number, forms_of in enumerate(lists["months"], 1)}
    return {name: re.compile(form, re.IGNORECASE) for name, form in (forms | months).items()}


_SIGNATURE_MARK = re.compile(r"^(?:-- ?|—|_{5,})\s*$")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class ForwardedHead:
    """What a forwarded mail says of the original: address or name, subject, date where it could be read."""

    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Newest:
    """`text` is as long as the mail's text, with all but the newest part blanked; `signature` is its sign-off likewise.
    `aside` is what else the writer, or who forwards, may have added: above what is forwarded, and below the sign-off;
    `remark` is what of it is meant to be read: above what is forwarded down to the sign-off there, and a postscript."""

    text: str
    signature: str
    forwarded: ForwardedHead | None = None
    aside: str = ""
    remark: str = ""
    #: Whether answers stand between the lines of the quotation: they belong to the text, and to what each of them answers.
    answers: bool = False


@dataclass(frozen=True, slots=True)
class _Break:
    """Where quoted matter starts: lines `first` to `content` are the mark and its headers."""

    first: int
    content: int
    says_forwarded: bool
    is_attribution: bool
    head: ForwardedHead | None


def newest_part(text: str, subject: str = "", sender_name: str = "") -> Newest:
    """The newest part of a mail's `text`. `subject` tells a forward from a reply where the text does not; `sender_name`
    shows where the writer signs without a closing word."""
    lines = text.split("\n")
    if len(lines) > _MOST_LINES:
        return Newest(text, "")
    start, end, head, above = _newest_lines(lines, subject)
    spoken = [(first, min(_signature_start(lines, first, last), last)) for first, last in above]
    lines = _unquoted(lines, start, end)
    keep = [start <= number < end and not _mark("banner").match(line) for number, line in enumerate(lines)]
    writer = head.sender_name if head else sender_name
    signed = min(_signature_start(lines, start, end), _signed_by_name(lines, start, end, writer))
    small_print = next(
        (number for number in range(start, end) if keep[number] and _mark("small_print").match(lines[number])), end
    )
    answers = answers_between(lines, end)
    newest = [(keep[number] and number < min(signed, small_print)) or number in answers for number in range(len(lines))]
    signature = [
        keep[number] and signed < number < (small_print if small_print > signed else end) for number in range(len(lines))
    ]
    aside = [number < end and not newest[number] and not _is_head_line(line) for number, line in enumerate(lines)]
    remark = [
        any(first <= number < last for first, last in spoken) or number in _postscript(lines, signed, end)
        for number in range(len(lines))
    ]
    said_aside = _only(lines, aside) if end > start else ""
    return Newest(_only(lines, newest), _only(lines, signature), head, said_aside, _only(lines, remark), bool(answers))


_POSTSCRIPT = re.compile(r"\s*(?:p\.?\s?s\.?|n\.?b\.?)\s*[:.,–-]?\s+\S", re.IGNORECASE)


def _postscript(lines: list[str], signed: int, end: int) -> range:
    """The lines of what follows a "PS" below the sign-off, down to a blank one."""
    first = next((number for number in range(signed, end) if _POSTSCRIPT.match(lines[number])), end)
    return range(first, next((number for number in range(first, end) if not lines[number].strip()), end))


def _is_head_line(line: str) -> bool:
    """Whether a line belongs to the head of a forwarded mail, to a mark or to what is quoted."""
    marks = ("from", "other_head", "forwarded", "original", "attribution", "banner", "small_print")
    return line.lstrip().startswith(">") or any(_mark(name).match(line) for name in marks)


def _only(lines: list[str], keep: list[bool]) -> str:
    return "\n".join(line if kept else " " * len(line) for line, kept in zip(lines, keep, strict=True))


_Lines = tuple[int, int]


def _newest_lines(lines: list[str], subject: str) -> tuple[int, int, ForwardedHead | None, list[_Lines]]:
    """Where the newest text begins and ends, the head of what is forwarded, and the lines above each forwarding mark."""
    start, head = 0, None
    above: list[_Lines] = []
    for _ in range(_DEEPEST):
        found = _next_break(lines, start)
        if found is None:
            break
        if not _is_forward(found, lines[start : found.first], subject):
            has_words = _has_words(lines[start : found.first])
            return (start, found.first, head, above) if has_words else (found.content, len(lines), head, above)
        above.append((start, found.first))
        start, head = found.content, found.head or head
        subject = found.head.subject if found.head else ""
    return start, len(lines), head, above


def _is_forward(found: _Break, above: list[str], subject: str) -> bool:
    if found.says_forwarded or _mark("forward_subject").match(subject):
        return True
    return found.head is not None and not found.is_attribution and not _has_words(above)


def _has_words(lines: list[str]) -> bool:
    return any(_WORD.search(line) and not line.lstrip().startswith(">") for line in lines)


def _next_break(lines: list[str], start: int) -> _Break | None:
    for number in range(start, len(lines)):
        line = lines[number]
        if len(line) > 400 or not line.strip():
            continue
        if (forwarded := bool(_mark("forwarded").match(line))) or _mark("original").match(line):
            content, head = _head_block(lines, number + 1)
            return _Break(number, content, forwarded, False, head)
        if _mark("from").match(line):
            content, head = _head_block(lines, number)
            if head is not None:
                return _Break(number, content, False, False, head)
        if _is_attribution(lines, number):
            content = number + (1 if _mark("attribution").match(line) else 2)
            return _Break(number, content, False, True, None)
    return None


def _is_attribution(lines: list[str], number: int) -> bool:
    """ "On Monday, … wrote:", which mail programs wrap onto a second line."""
    if _mark("attribution").match(lines[number]):
        return True
    wrapped = f"{lines[number]} {lines[number + 1].strip()}" if number + 1 < len(lines) else ""
    opens = _mark("attribution_opening").match(lines[number])
    return bool(opens and len(wrapped) <= 400 and wrapped.rstrip().endswith(":") and _mark("attribution").match(wrapped))


def _head_block(lines: list[str], start: int) -> tuple[int, ForwardedHead | None]:
    """The first line behind a block of From, Sent, To, Subject, and what the block says; (start, None) where there is none."""
    at = start
    while at < len(lines) and at < start + 3 and not lines[at].strip(" >*_-"):
        at += 1
    sender, found = "", {}
    first = at
    while at < len(lines) and at < first + 14:
        if (line := _mark("from").match(lines[at])) and not sender:
            sender = line["value"] or _continued(lines, at)
        elif other := _mark("other_head").match(lines[at]):
            found[other["name"].lower()] = other["value"] or _continued(lines, at)
        elif not lines[at].strip(" >") or not found:
            break
        at += 1
    return (at, _head(sender, found)) if sender and found else (start, None)


def _continued(lines: list[str], at: int) -> str:
    return lines[at + 1].strip(" >") if at + 1 < len(lines) and not _mark("other_head").match(lines[at + 1]) else ""


def _head(sender: str, found: dict[str, str]) -> ForwardedHead:
    address = re.search(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", sender)
    name = parseaddr(sender)[0] or re.split(r"[<\[(]", sender)[0].strip(" \"'*")
    subject = next((value for key, value in found.items() if _mark("subject").match(key)), "")
    sent = next((value for key, value in found.items() if _mark("sent").match(key)), "")
    return ForwardedHead(address[0] if address else "", name, subject, _moment(sent))


def _moment(stated: str) -> datetime | None:
    """A date as mail programs write it: as RFC 5322, ISO 8601 or d.m.yyyy have it, or with the month's name."""
    readers = (_standard_moment, _figures_moment, _named_moment, _month_first_moment)
    return next((moment for reader in readers if (moment := reader(stated)) is not None), None)


def _standard_moment(stated: str) -> datetime | None:
    """RFC 5322, section 3.3."""
    parts = parsedate_tz(stated)
    return _datetime(*parts[:3]) if parts is not None else None


def _figures_moment(stated: str) -> datetime | None:
    found = re.search(r"\b(\d{4})-(\d\d)-(\d\d)\b", stated) or re.search(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b", stated)
    if found is None:
        return None
    parts = [int(number) for number in found.groups()]
    year, month, day = parts if parts[0] > 31 else parts[::-1]
    return _datetime(year, month, day)


def _named_moment(stated: str) -> datetime | None:
    found = re.search(r"\b(\d{1,2})\.?\s+(?:de\s+)?([^\W\d_]{3,12})\.?,?\s+(?:de\s+)?(\d{4})\b", stated)
    return _datetime(int(found[3]), _month(found[2]), int(found[1])) if found else None


def _month_first_moment(stated: str) -> datetime | None:
    found = re.search(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2}),?\s+(\d{4})\b", stated)
    return _datetime(int(found[3]), _month(found[1]), int(found[2])) if found else None


def _month(name: str) -> int:
    """1 to 12; 0 for what is no month."""
    return next((number for number in range(1, 13) if _mark(f"month {number}").match(name)), 0)


def _datetime(year: int, month: int, day: int) -> datetime | None:
    """The day as a moment: a quoted head has no zone that can be trusted, and only its day counts."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return datetime(year, month, day)  # noqa: DTZ001 (see above)


def _unquoted(lines: list[str], start: int, end: int) -> list[str]:
    """Quoted lines blanked; where nearly all are quoted (a quoted forward), only their marks are."""
    filled = [line for line in lines[start:end] if line.strip()]
    quoted = sum(line.lstrip().startswith(">") for line in filled)
    if not quoted:
        return lines
    all_quoted = quoted > 0.8 * len(filled)
    cleaned = []
    for number, line in enumerate(lines):
        marks = re.match(r"^\s*(?:>\s?)+", line)
        if marks is None or not start <= number < end:
            cleaned.append(line)
        else:
            cleaned.append(" " * marks.end() + (line[marks.end() :] if all_quoted else " " * (len(line) - marks.end())))
    return cleaned


def _signature_start(lines: list[str], start: int, end: int) -> int:
    """The line that closes the letter ("Kind regards"), or `end`. One that much text follows closes nothing."""
    for number in range(start, end):
        if len(lines[number]) > 240:
            continue
        if _mark("closing").match(lines[number]) or _SIGNATURE_MARK.match(lines[number]):
            below = sum(1 for line in lines[number + 1 : end] if line.strip())
            if below <= 30 and _has_words(lines[start:number]):
                return number
        elif _mark("named_closing").match(lines[number]) and _is_last_word(lines, start, number, end):
            return number
    return end


def _is_last_word(lines: list[str], start: int, number: int, end: int) -> bool:
    """Whether "Thanks Pete" closes a letter: much stands above, and below it no more than a company's few lines."""
    below = [line for line in lines[number + 1 : end] if line.strip()]
    above = sum(1 for line in lines[start:number] if _has_words([line]))
    return above >= 2 and len(below) <= _LONGEST_SIGNATURE and not any(_SENTENCE.search(line) for line in below)


#: What speaks, or counts goods, is no signature.
_SENTENCE = re.compile(
    r"[^\W\d_]{3,}[.!?]\s+[^\W\d_]{2,}\s[^\W\d_]|^\s*(?:[-*•]\s|\d{1,5}\s?(?:x|×|pcs|stk|st)\b)|[.!?:]\s*$", re.IGNORECASE
)


def _signed_by_name(lines: list[str], start: int, end: int, writer: str) -> int:
    """The line near the end that is nothing but the writer's name or a part of it, or `end`: below it nothing speaks or counts
    goods, and above it no label makes it the first line of an address."""
    names = {word.casefold() for word in _WORD.findall(writer)}
    filled = [number for number in range(start, end) if lines[number].strip()]
    for number in filled[1:][-_LONGEST_SIGNATURE:]:
        words = [word.casefold() for word in _WORD.findall(lines[number])]
        is_name = names and words and len(lines[number]) <= 60 and names.issuperset(words) and not re.search(r"\d", lines[number])
        if is_name and not _opens_address(lines, number) and not any(_GOODS.search(line) for line in lines[number + 1 : end]):
            return number
    return end


#: What counts goods below a name makes it no signature: a bullet, a number with a times sign, a table's gaps.
_GOODS = re.compile(r"^\s*(?:[-*•]\s+\d|\d{1,5}\s?(?:x|×|pcs|stk|st)\b)|\S\t+\S.*\t\s*\d", re.IGNORECASE)


def _opens_address(lines: list[str], number: int) -> bool:
    above = lines[number - 1].strip() if number else ""
    return bool(above) and meaning_of_label(above.strip(" :*")) is not None
