"""What a letter says of the order as a whole: its number, the day it is wanted, where it goes, what else to mind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from models.contracts.extraction_v1 import PartyV1, Problem, StatedValue
from models.domain.document import TextBox
from models.domain.evidence import Evidence
from parsers.fields import HeaderReading, LabelledValue, header_from, party_from_block
from parsers.lexicon import meaning_of_label, split_at_label
from parsers.numbers import parse_date
from parsers.prose import Source
from parsers.prose_segments import Segment
from parsers.prose_words import pattern
from parsers.units import unit_code

_CODE = r"(?P<code>[A-Za-z]{0,6}[-/_.]?\d(?:[\w]|[-/_.](?=\w))*(?:-[A-Za-z]{1,3})?)"
_GLUED = re.compile(r"(?<![\w-])(?:PO|BE|BEST|BC|CMD|CDE|OC|PED|ORD|ODA|ZAM|SO|B|K)[-_/]?\d(?:\w|[-/_.](?=\w))*", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}[.:]\d\d")
_NUMBER_WORD = re.compile(r"(?:n[or°º]\.?|nummer|number|numer\w*|numéro|número|numero|nr\.?|#|:)\s*$", re.IGNORECASE)
_WEAK_LEADS = frozenset(
    [
        "on",
        "am",
        "for",
        "in",
        "le",
        "el",
        "il",
        "op",
        "na",
        "do",
        "für",
        "para",
        "per",
        "voor",
        "pour",
        "zum",
        "before",
        "until",
        "by",
    ]
)
_DELIVERING = re.compile(
    r"deliver|need|want|requir|arriv|ship|send|liefer|benötig|brauch|eintreff|livr|besoin|expédi|envoy|entreg|necesit|enví|consegn|serv|lever|nodig|dostaw|dostarcz|potrzeb",
    re.IGNORECASE,
)
_MOST_ADDRESS_LINES = 8
_PARTIES = ("ship_to", "bill_to", "buyer")
_HEAD_FIELDS = ("po_number", "order_date", "requested_delivery_date", "currency", "payment_terms", "incoterm", "notes")


@dataclass(slots=True)
class LetterHead:
    """Head fields by name, the buyer's numbers, totals, parties by role, and the places of the text that they took up."""

    fields: dict[str, StatedValue] = field(default_factory=dict)
    numbers: dict[str, StatedValue] = field(default_factory=dict)
    totals: dict[str, StatedValue] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    parties: dict[str, PartyV1] = field(default_factory=dict)
    taken: list[tuple[int, int]] = field(default_factory=list)

    def take(self, name: str, value: StatedValue | None) -> None:
        """The surest statement stays."""
        if value is not None and (name not in self.fields or self.fields[name].confidence < value.confidence):
            self.fields[name] = value


def labelled_head(source: Source, written_on: date | None) -> LetterHead:
    """The lines that bear a label of the head ("Bestellnummer: 4711"), and the address blocks below such a label."""
    head = LetterHead()
    values: list[LabelledValue] = []
    places: dict[int, tuple[int, int]] = {}
    lines = list(_lines(source.text))
    at = 0
    while at < len(lines):
        start, line = lines[at]
        role, strength, value_at = _label_of(line)
        if role in _PARTIES:
            at = _take_party(head, source, lines, at, role, value_at)
            continue
        raw = line[value_at:].strip("* \t")
        if role and raw and len(raw) <= 160 and (":" in line[:value_at] or len(raw.split()) <= 3):
            begin = start + line.index(raw, value_at)
            box = TextBox(raw, Evidence(part=source.part, span=(begin, begin + len(raw)), text=raw))
            values.append(LabelledValue(role, line[:value_at].strip(" :*"), box, strength))
            places[begin] = (start, start + len(line))
        at += 1
    _take_labelled(head, header_from(values, source.style, reference_date=written_on))
    head.taken += [places[begin] for begin in sorted(_used(head) & places.keys())]
    return head


def _used(head: LetterHead) -> set[int]:
    """Where the values start that made it into the head: a line whose value did not is a sentence like others."""
    stated = [*head.fields.values(), *head.numbers.values(), *head.totals.values()]
    return {place.span[0] for value in stated for place in value.evidence if place.span is not None}


def _take_labelled(head: LetterHead, found: HeaderReading) -> None:
    for name in _HEAD_FIELDS:
        head.take(name, getattr(found, name))
    head.numbers.update(found.numbers)
    head.totals.update(found.totals)
    head.problems = found.problems


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _label_of(line: str) -> tuple[str, float, int]:
    """The field whose label opens the line, how sure that is, and where its value starts; ("", 0, 0) where there is none."""
    if not line.strip() or len(line) > 300:
        return "", 0, 0
    bare = re.match(r"^\s*[*•-]?\s*(.{2,50}?)\s*:\s*\**\s*$", line)
    if bare and (meaning := meaning_of_label(bare[1].strip("* "))):
        return meaning.name, meaning.strength, len(line)
    found = split_at_label(re.sub(r"^\s*[*•-]\s+", "", line).strip("* "))
    if found is None or (found[0].name in _PARTIES and ":" not in line[: line.find(found[2]) + 1]):
        return "", 0, 0
    return found[0].name, found[0].strength, line.rfind(found[2])


def _take_party(head: LetterHead, source: Source, lines: list[tuple[int, str]], at: int, role: str, value_at: int) -> int:
    """An address behind its label and on the lines below it, down to a blank line; returns the line behind it."""
    start, line = lines[at]
    boxes = list(_pieces(source, start + value_at, line[value_at:]))
    if not boxes and _opens_list(lines, at + 1):
        return at + 1  # "Please deliver:" and then the goods
    first_taken, at = start, at + 1
    end = start + len(line)
    if not boxes and at < len(lines) and not lines[at][1].strip():
        at += 1
    alone = len(boxes) < 3
    while (
        alone and at < len(lines) and lines[at][1].strip() and len(boxes) < _MOST_ADDRESS_LINES and not _is_labelled(lines[at][1])
    ):
        if len(lines[at][1]) > 90:
            break
        boxes += _pieces(source, lines[at][0], lines[at][1])
        end = lines[at][0] + len(lines[at][1])
        at += 1
    party = party_from_block(boxes) if boxes else None
    if party is not None and role not in head.parties:
        head.parties[role] = party
        head.taken.append((first_taken, end))
    return at


def _opens_list(lines: list[tuple[int, str]], at: int) -> bool:
    below = next((line for _, line in lines[at : at + 3] if line.strip()), "")
    return re.match(r"\s*(?:[-*•·–]\s|\d{1,3}[.)]\s|\d+\s*(?:x|×)\s)", below) is not None


def _is_labelled(line: str) -> bool:
    """Whether a line starts something else: within an address, "Werk 2, Tor 3" is no label, "Phone: 1" is one."""
    return ":" in line and bool(_label_of(line)[0])


def _pieces(source: Source, start: int, text: str) -> Iterator[TextBox]:
    """The lines of an address that may be written in one, with commas between."""
    for found in re.finditer(r"[^,;|]+", text):
        raw = found[0].strip()
        if raw:
            begin = start + found.start() + len(found[0]) - len(found[0].lstrip())
            yield TextBox(raw, Evidence(part=source.part, span=(begin, begin + len(raw)), text=raw), 0.95)


_DELIVER_TO = re.compile(
    r"(?:\b(?:deliver(?:y|ed)?|ship(?:ped|ment)?|send (?:it|them|everything|the goods|this)|goods)\s+to"
    r"|\b(?:lieferung|liefern(?: sie)?|geliefert|versand|lieferadresse)\b[^.:\n]{0,30}?\s(?:an|ist)"
    r"|\b(?:livr(?:er|aison)|à livrer|expédier)\s+(?:[^.:\n]{0,20}\s)?(?:à|chez|au)|\b(?:entregar|enviar|entrega)\s+(?:en|a)"
    r"|\b(?:consegnare|consegna|spedire)\s+(?:a|presso)|\b(?:leveren|levering|afleveren)\s+(?:aan|op|bij|te))"
    r"\s*:?\s*(?P<place>[^\n].{8,200}?)(?=\.(?:\s|$)|\n\s*\n|;|$)",
    re.IGNORECASE | re.DOTALL,
)


def take_spoken(head: LetterHead, source: Source, segments: list[Segment], written_on: date | None) -> None:
    """Adds what sentences say: the order's number, the day, the place."""
    head.take("po_number", po_number_in(source))
    _take_order_date(head, source, written_on)
    for segment in segments:
        if not segment.listed:
            _take_day(head, source, segment, written_on)
            _take_bare_day(head, source, segment, written_on)
    if "ship_to" not in head.parties:
        _take_place(head, source)


def po_number_in(source: Source, *, subject: bool = False) -> StatedValue | None:
    """The buyer's number for the order, by the words before it ("our PO 4711"); in a subject a word less will do."""
    best: StatedValue | None = None
    spoken = pattern(
        r"(?<![\w-])(?P<lead>{{po_number}})(?![^\W\d_])\s*(?:(?:n[or]\.?|n[°º]\.?|number|nummer|num\.?)\s*)?[:#]?\s*-?\s*" + _CODE
    )
    for found in spoken.finditer(source.text):
        code = found["code"].rstrip(".-/_")
        if not _is_po_number(source.text, found, code):
            continue
        glued = _GLUED.match(source.text, found.start())
        value, start, end = (
            (glued[0], *glued.span())
            if glued and found.end("code") <= glued.end()
            else (code, found.start("code"), found.start("code") + len(code))
        )
        numbered = _NUMBER_WORD.search(source.text[found.start() : found.start("code")])
        confidence = 0.95 if numbered else 0.93 if subject else 0.88
        if best is None or confidence > best.confidence:
            best = source.stated(value, start, end, confidence)
    return best


def _is_po_number(text: str, found: re.Match[str], code: str) -> bool:
    before = re.search(r"([^\W\d_]+)\W*$", text[: found.start()])
    behind = re.match(r"\s*([^\W\d_]+|[x×%€$])?", text[found.end("code") :])
    if before and pattern(r"{{not_ours}}").fullmatch(before[1]):
        return False
    if _DATE.fullmatch(code) or sum(char.isdigit() for char in code) < 2:
        return False
    word = behind[1] if behind else None
    counted = word is not None and (word in "x×%€$" or (len(code) <= 5 and code.isdigit() and unit_code(word) is not None))
    return not counted


_ORDERED_ON = re.compile(r"\s*,?\s*\(?(?:vom|dated|of|from|du|del|de fecha|van|z dnia)\s+", re.IGNORECASE)


def _take_order_date(head: LetterHead, source: Source, written_on: date | None) -> None:
    """The day behind the order's number: "Bestellung 4711 vom 2.11.2026"."""
    number = head.fields.get("po_number")
    place = number.evidence[0].span if number and number.evidence and number.evidence[0].part == source.part else None
    lead = _ORDERED_ON.match(source.text, place[1]) if place else None
    day = day_at(source.text, lead.end(), source, written_on) if lead else None
    if lead and day:
        head.take("order_date", source.stated(day[0].isoformat(), lead.end(), day[1], 0.9))


def _take_day(head: LetterHead, source: Source, segment: Segment, written_on: date | None) -> None:
    head.take("requested_delivery_date", day_in(source, segment, written_on))


def day_in(source: Source, segment: Segment, written_on: date | None) -> StatedValue | None:
    """The surest day that a segment names as the one on which the goods are wanted."""
    text = segment.of(source.text)
    days: list[StatedValue] = []
    for found in pattern(r"(?<!\w)(?P<lead>{{wanted_by}})(?!\w)\s*:?\s*").finditer(text):
        if found["lead"].casefold() in _WEAK_LEADS and not segment.listed and not _DELIVERING.search(text):
            continue
        day = day_at(text, found.end(), source, written_on)
        if day is not None:
            relative = not re.search(r"\d", text[found.end() : day[1]])
            start, end = segment.start + found.end(), segment.start + day[1]
            days.append(source.stated(day[0].isoformat(), start, end, 0.84 if relative else 0.9))
    return max(days, key=lambda value: value.confidence, default=None)


def _take_bare_day(head: LetterHead, source: Source, segment: Segment, written_on: date | None) -> None:
    """ "... 5 boxes, tomorrow please": a day without a word that leads to it, in a sentence about delivering."""
    text = segment.of(source.text)
    if "requested_delivery_date" in head.fields or not _DELIVERING.search(text):
        return
    for found in pattern(r"(?<!\w){{relative_days}}(?!\w)").finditer(text):
        day = day_at(text, found.start(), source, written_on)
        if day is not None:
            start, end = segment.start + found.start(), segment.start + day[1]
            head.take("requested_delivery_date", source.stated(day[0].isoformat(), start, end, 0.8))
            return


def day_at(text: str, at: int, source: Source, written_on: date | None) -> tuple[date, int] | None:
    """The day that the words at `at` state, as many of them as do, and where they end."""
    words = list(re.finditer(r"\S+", text[at : at + 60]))[:6]
    for count in range(len(words), 0, -1):
        end = at + words[count - 1].end()
        candidate = text[at:end].strip(" .,;:!?()")
        day = parse_date(" ".join(candidate.split()), source.style, reference=written_on)
        if day is not None and not candidate.isdigit():
            return day, at + len(text[at:end].rstrip(" .,;:!?()"))
    return None


def _take_place(head: LetterHead, source: Source) -> None:
    for found in _DELIVER_TO.finditer(source.text):
        place, at = found["place"], found.start("place")
        if ":" in place:
            at += place.index(":") + 1
            place = place[place.index(":") + 1 :]
        if re.search(r"\d", place) and ("," in place or "\n" in place):
            boxes = [box for line_start, line in _lines_within(place, at) for box in _pieces(source, line_start, line)]
            party = party_from_block(boxes)
            if party is not None and party.postal_code is not None:
                head.parties["ship_to"] = party
                head.taken.append(found.span("place"))
                return


def _lines_within(text: str, start: int) -> Iterator[tuple[int, str]]:
    for offset, line in _lines(text):
        yield start + offset, line


def notes_in(source: Source, segments: list[Segment], used: list[tuple[int, int]]) -> StatedValue | None:
    """The sentences that a warehouse or an office should read, as they stand."""
    kept = []
    for segment in segments:
        text = segment.of(source.text)
        inside = any(start < segment.end and segment.start < end for start, end in used)
        if not inside and len(text) < 600 and pattern(r"(?<!\w){{notes}}").search(text):
            kept.append(segment)
    if not kept:
        return None
    value = " ".join(" ".join(segment.of(source.text).split()) for segment in kept)[:2000]
    evidence = tuple(
        Evidence(part=source.part, span=(segment.start, segment.end), text=" ".join(segment.of(source.text).split()))
        for segment in kept
    )
    return StatedValue(value=value, confidence=0.8, evidence=evidence)
