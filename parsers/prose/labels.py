"""The labelled lines of a letter, and the addresses below a label, as the head of its order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from models.contracts.extraction_v1 import PartyV1, Problem, StatedValue
from models.domain.document import Grid, TextBox
from models.domain.evidence import Evidence
from parsers.fields import HeaderReading, LabelledValue, header_from, party_from_block
from parsers.lexicon import meaning_of_label, split_at_label
from parsers.prose.columns import side_by_side
from parsers.prose.days import day_led
from parsers.prose.grid_parties import parties_in
from parsers.prose.items import Source
from parsers.prose.marks import followed_by_unit
from parsers.prose.words import pattern
from parsers.values.streets import is_street_alone
from parsers.values.towns import town_of
from parsers.wordlists import Meaning

_MOST_ADDRESS_LINES, _SHOWN, _LONGEST_LABEL = 8, 80, 50
_DAY_BESIDE = 0.88
_PARTIES = ("ship_to", "bill_to", "buyer")
_HEAD_FIELDS = (
    "po_number", "order_date", "requested_delivery_date", "currency", "payment_terms", "incoterm", "freight_terms", "notes",
)  # fmt: skip


@dataclass(slots=True)
class LetterHead:
    """Head fields by name, the buyer's numbers, amounts by label, parties by role, and the places that they took up."""

    fields: dict[str, StatedValue] = field(default_factory=dict)
    numbers: dict[str, StatedValue] = field(default_factory=dict)
    foot: dict[str, StatedValue] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    parties: dict[str, PartyV1] = field(default_factory=dict)
    taken: list[tuple[int, int]] = field(default_factory=list)
    #: The words of a label of a ship-to that nothing was read from.
    unread_place: str = ""

    def take(self, name: str, value: StatedValue | None) -> None:
        """The surest statement stays."""
        if value is not None and (name not in self.fields or self.fields[name].confidence < value.confidence):
            self.fields[name] = value


def labelled_head(source: Source, written_on: date | None, grids: Sequence[Grid] = ()) -> LetterHead:
    """The lines that bear a label of the head ("Bestellnummer: 4711"), and the address blocks below such a label, in cells of
    `grids` too."""
    head = LetterHead()
    for role, party, (first, last) in parties_in(source, grids):
        head.parties.setdefault(role, party)
        head.taken.append((first, last))
        source = replace(source, text=source.text[:first] + _blanked(source.text[first:last]) + source.text[last:])
    values: list[LabelledValue] = []
    places: dict[int, tuple[int, int]] = {}
    lines = list(lines_of(source.text))
    at = 0
    while at < len(lines):
        start, line = lines[at]
        if beside := side_by_side(source.part, lines, at):
            for name, party in beside.parties.items():
                head.parties.setdefault(name, party)
            head.taken.append(beside.span)
            at = beside.after
            continue
        role, strength, value_at = _label_of(line)
        if role in _PARTIES:
            after = _take_party(head, source, lines, at, role, value_at, soft=strength < 1)
            if after > at:
                head.take("requested_delivery_date", _day_beside(source, lines[at], written_on) if role == "ship_to" else None)
                at = after
                continue
        if role == "ship_to" and strength == 1 and re.search(r"^\s*$|\d", line[value_at:]):
            head.unread_place = " ".join(line.split())[:_SHOWN]
        for value, place in _labelled_values(source, start, line):
            values.append(value)
            if value.value.evidence.span is not None:
                places[value.value.evidence.span[0]] = place
        at += 1
    _take_labelled(head, header_from(values, source.style, reference_date=written_on))
    head.taken += [places[begin] for begin in sorted(_used(head) & places.keys())]
    return head


def _blanked(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _day_beside(source: Source, line: tuple[int, str], written_on: date | None) -> StatedValue | None:
    """The day in a line that says when and where: "Consegna: entro il 22/04/2027 presso Tipografia Lombarda, Via Ticino 14"."""
    start, text = line
    for found in pattern(r"(?<!\w)(?P<lead>{{wanted_by}})(?!\w)\s*:?\s*").finditer(text):
        day = day_led(text, found.span("lead"), source.style, written_on)
        if day is not None and re.search(r"\d", text[found.end() : day[1]]):
            return source.stated(day[0].isoformat(), start + found.end(), start + day[1], _DAY_BESIDE)
    return None


def _used(head: LetterHead) -> set[int]:
    """Where the values start that made it into the head: a line whose value did not is a sentence like others."""
    stated = [*head.fields.values(), *head.numbers.values(), *head.foot.values()]
    return {place.span[0] for value in stated for place in value.evidence if place.span is not None}


def _take_labelled(head: LetterHead, found: HeaderReading) -> None:
    for name in _HEAD_FIELDS:
        head.take(name, getattr(found, name))
    head.numbers.update(found.numbers)
    head.foot.update(found.foot)
    head.problems = found.problems


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _labelled_values(source: Source, start: int, line: str) -> Iterator[tuple[LabelledValue, tuple[int, int]]]:
    """The labelled values of a line, which may stand in columns: label and value in one, or the value in the next. With the
    place of both."""
    columns = list(_columns_of(line)) if len(line) <= 300 else []
    used = -1
    for place, (column_at, text) in enumerate(columns):
        if place == used:
            continue  # the value of the label before it
        role, strength, value_at = _label_of(text)
        raw, at = _LEADS_TO_VALUE.sub("", text[value_at:].strip("* \t")), column_at
        following = columns[place + 1] if place + 1 < len(columns) else None
        stated = role and raw and not re.fullmatch(r"\([^()]*\)", raw)
        if not stated and following is not None and (meaning := _label_before(text, following[1])):
            used = place + 1
            role, strength, raw, at = meaning.name, meaning.strength, following[1].strip("* \t"), following[0]
        sure = ":" in text[:value_at] or at != column_at or len(raw.split()) <= 3
        if role and role not in _PARTIES and raw and len(raw) <= 160 and sure:
            begin = start + line.index(raw, at)
            box = TextBox(raw, Evidence(part=source.part, span=(begin, begin + len(raw)), text=raw))
            parted = re.search(r"[,;]\s+$", line[:column_at]) or re.match(r"[,;]\s", line[column_at + len(text) :])
            taken = (start + column_at, begin + len(raw)) if parted else (start, start + len(line))
            yield LabelledValue(role, text[:value_at].strip(" :*") or text, box, strength), taken


def _columns_of(line: str) -> Iterator[tuple[int, str]]:
    """Where the columns of a line start, and their texts; a label with a number behind a comma opens one too:
    "1) Bestellung 4711, Liefertermin 9.12."."""
    for column in _COLUMN_OF_LINE.finditer(line):
        text = column[0]
        numbered = _ENTRY.match(text)
        starts = [numbered.end() if numbered and _label_of(text[numbered.end() :])[0] else 0]
        if _label_of(text[starts[0] :])[0]:
            starts += [found.end() for found in re.finditer(r"[,;]\s+", text) if _opens_label(text[found.end() :])]
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            yield column.start() + start, text[start:end] if len(starts) == 1 else text[start:end].rstrip(" ,;.:")


#: "lautet 4711", "am 9.12.2026", "el 20 de noviembre".
_LEADS_TO_VALUE = re.compile(r"^(?:(?:is|lautet|ist|est)\s+|(?:am|den|on|le|el|il|op|dnia|do)\s+(?=\d))", re.IGNORECASE)
_ENTRY = re.compile(r"\d{1,2}[.)]\s+")


def _opens_label(text: str) -> bool:
    role, _, value_at = _label_of(text.partition(",")[0])
    return role in _HEAD_FIELDS and re.search(r"\d", text[value_at:]) is not None


def _label_before(text: str, following: str) -> Meaning | None:
    """The label that a column is, of the value in the next one; none where that is a label itself. What stands in brackets
    behind it ("Shipping (Standard 2-3 days)") is no part of it."""
    bare = text.strip(" :*")
    meaning = meaning_of_label(bare) or meaning_of_label(re.sub(r"\s*\([^()]{0,60}\)$", "", bare))
    return None if following.rstrip().endswith(":") else meaning


_COLUMN_OF_LINE = re.compile(r"[^\s](?:[^\s]|[^\S\t](?!\s{2})(?!\t))*")
_DELIVERY_WORD = re.compile(
    r"(?:^|.*\b)(?:liefer\w*|anlieferung|versand\w*|deliver\w*|ship(?:ping|ment|ped)?|livr\w+|expédi\w+|entrega\w*|envío"
    r"|consegna\w*|spedizione|lever\w*|dostaw\w*)\b",
    re.IGNORECASE,
)


_ADDRESS_WORD = re.compile(r"(?<!\w)(?:address|\w*adresse|anschrift|dirección|domicilio|indirizzo|\w*adres)(?!\w)", re.IGNORECASE)


def _label_of(line: str) -> tuple[str, float, int]:
    """The field whose label opens the line, how sure that is, and where its value starts; ("", 0, 0) where there is none."""
    if not line.strip() or len(line) > 300:
        return "", 0, 0
    bare = re.match(r"^\s*[*•-]?\s*(.{2,50}?)\s*:\s*\**\s*$", line)
    meaning = meaning_of_label(bare[1].strip("* ")) if bare else _party_alone(line)
    if meaning is not None:
        return meaning.name, meaning.strength, len(line)
    if _leads_to_address(line):
        return "ship_to", 0.7, len(line)
    found = split_at_label(re.sub(r"^\s*[*•-]\s+", "", line).strip("* "))
    if found is not None and (found[0].name not in _PARTIES or ":" in line[: line.rfind(found[2]) + 1]):
        pieces = found[2].split(",")
        first = 0 if is_street_alone(pieces[0]) else 1 if ":" in line[: line.rfind(found[2])] else len(pieces)
        at_place = any(map(is_street_alone, pieces[first : first + 1])) and any(map(town_of, pieces[first + 1 :]))
        if found[0].name == "requested_delivery_date" and at_place and first:
            return "ship_to", 0.7, line.rfind(found[2])  # "Dostawa: ul. Polna 3, 96-500 Sochaczew"
        return found[0].name, found[0].strength, line.rfind(found[2])
    return _led_to_place(line)


#: "Lieferung KW 8 direkt auf die Baustelle:"
_ENDS_AT_PLACE = re.compile(
    r"(?<!\w)(?:an|nach|baustelle|lager|werk|filiale|to|at|site|depot|warehouse|branch|à|chez|chantier|dépôt|magasin|entrepôt|a|en|obra|almacén"
    r"|tienda|presso|cantiere|magazzino|deposito|aan|naar|bouwplaats|magazijn|filiaal|na|do|budow\w|magazyn\w{0,2}|adres)\s*:\s*$",
    re.IGNORECASE,
)
#: "in KW 8", "am 24.2.", "on 4 March": when, said before where.
_WEEK_OR_DAY = re.compile(
    r"(?<!\w)(?:kw|wk|week|semaine|semana|settimana|tydz\w*|tyg\.?)\s?\d{1,2}(?!\d)"
    r"|(?<![\w.,/-])\d{1,2}(?:\.|st|nd|rd|th)?\s(?:de\s)?[^\W\d_]{3,10}(?:\s(?:de\s)?20\d\d)?(?=[\s,]|$)"
    r"|(?<![\w.,/-])\d{1,2}[./-]\d{1,2}(?:[./-]?|[./-](?:20)?\d\d)(?![\d/-])",
    re.IGNORECASE,
)


def _leads_to_address(line: str) -> bool:
    """ "Livraison au plus tard le 18 décembre, à l'adresse suivante :", "Lieferung KW 8 direkt auf die Baustelle:"."""
    if not line.rstrip().endswith(":") or not _DELIVERY_WORD.match(line):
        return False
    return bool(_ADDRESS_WORD.search(line) or (_ENDS_AT_PLACE.search(line) and _led_to_place(line)[0]))


def _led_to_place(line: str) -> tuple[str, float, int]:
    """A sentence of delivering that ends in the place: "Livraison exceptionnelle chez notre transitaire :"."""
    head, colon, behind = line.partition(":")
    undated = _WEEK_OR_DAY.sub("", head) if not behind.strip() else head
    if colon and len(head) <= 70 and not re.search(r"\d", undated) and _DELIVERY_WORD.match(head):
        return "ship_to", 0.7, len(head) + 1
    return "", 0, 0


def _take_party(
    head: LetterHead, source: Source, lines: list[tuple[int, str]], at: int, role: str, value_at: int, *, soft: bool
) -> int:
    """An address behind its label and on the lines below it, down to a blank line; returns the line behind it, or `at`
    where there is none. Behind a `soft` label, only what has a town is one."""
    label_at = at
    start, line = lines[at]
    boxes = list(pieces_of(source, start + value_at, line[value_at:]))
    if not boxes and _opens_list(lines, at + 1):
        return at  # "Please deliver:" and then the goods
    at += 1
    end = start + len(line)
    if not boxes and at < len(lines) and not lines[at][1].strip():
        at += 1
    alone = len(boxes) < 2
    while alone and len(boxes) < _MOST_ADDRESS_LINES and at < len(lines) and _goes_on(lines[at][1]):
        boxes += pieces_of(source, lines[at][0], lines[at][1])
        end = lines[at][0] + len(lines[at][1])
        at += 1
    party = party_from_block(boxes) if boxes else None
    if party is None or (soft and party.postal_code is None and not (line.rstrip().endswith(":") and len(boxes) >= 3)):
        return label_at
    if not (party.street or party.postal_code or party.city) and any(
        _LISTS.search(below) for _, below in lines[label_at + 1 : at]
    ):
        return label_at  # a number leads each line, or cells part it, and no town is named: goods
    if role not in head.parties:
        head.parties[role] = party
        head.taken.append((start + value_at if soft else start, end))  # a sentence that leads to it may say when
    return at


#: "Werk Bonn, Rheinweg 12, 53113 Bonn: 6 Kartons Handschuhe": goods for a place, and no line of its address.
_COUNTS_BEHIND = re.compile(r"[^\W\d_]\s?:\s{0,3}\d{1,5}\s?(?:[x×]\s?)?[^\W\d_]{2,}\.?\s[^\W\d_]{3,}")


#: "12 rings NYM", "UPD-60<tab>sockets<tab>250".
_LISTS = re.compile(r"^\s{0,6}\d{1,5}\s[^\W\d_]|\S\t+\S")


def _goes_on(line: str) -> bool:
    """Whether a line can belong to the address above it: neither blank nor long nor the start of something else."""
    return bool(line.strip()) and len(line) <= 90 and not _is_labelled(line) and not _COUNTS_BEHIND.search(line)


def _opens_list(lines: list[tuple[int, str]], at: int) -> bool:
    below = next((line for _, line in lines[at : at + 3] if line.strip()), "")
    listed = re.match(r"\s*(?:[-*•·–]\s|\d{1,3}[.)]\s|\d+\s*(?:x|×)\s)", below)
    return listed is not None or _COUNTS_BEHIND.search(below) is not None or _counts_goods(below)


def _counts_goods(line: str) -> bool:
    """Whether a line counts goods in a unit: "100 Stk. Trennscheiben", but not "12 Box Lane"."""
    count = re.match(r"\s*\d{1,5}(?=\s?[^\W\d_])", line)
    return count is not None and followed_by_unit(line, count.end()) and not is_street_alone(line)


def _is_labelled(line: str) -> bool:
    """Whether a line starts something else: within an address, "Werk 2, Tor 3" is no label, "Phone: 1" is one, and so is
    the label of another party alone on its line."""
    return _party_alone(line) is not None or (":" in line and bool(_label_of(line)[0]))


def _party_alone(line: str) -> Meaning | None:
    """The party whose label stands alone on its line, as cells of a page have it."""
    meaning = meaning_of_label(line.strip(" *:")) if len(line) <= _LONGEST_LABEL else None
    return meaning if meaning is not None and meaning.name in _PARTIES and meaning.strength == 1 else None


#: Down to the gap of a second column; between commas, save those of "Cleveland, OH 44114" and of "Via Roma, 12".
_COLUMN = re.compile(r"\s*\S+(?:\s{1,2}\S+)*")
#: "Via dei Mille, 22 - 25124 Brescia"
_DASH_BEFORE_TOWN = re.compile(r"\s[-–—]\s(?=(?:[A-Z]{1,3}-)?\d{4,5}\s)")
_PIECE = re.compile(
    r"(?:\([^()\n]{0,80}\)|[^;|,]|,(?=\s*[A-Z]{2}\s+\d)"
    r"|(?<=[^\W\d_]),(?=\s*(?:n\.?[º°]?\s?)?\d{1,3}\s?[A-Za-z]?\s*(?:$|[,;\n])))+"
)


def pieces_of(source: Source, start: int, text: str) -> Iterator[TextBox]:
    """The lines of an address that may be written in one, with commas between."""
    column = _COLUMN.match(text)
    text = _DASH_BEFORE_TOWN.sub(" , ", text)
    for found in _PIECE.finditer(text, 0, column.end() if column else 0):
        raw = re.sub(r"\s*\((?![A-Z]{2}\))[^()]{0,80}\)\.?$", "", found[0].strip())  # "(gate at the back)", but not "(TO)"
        raw = re.sub(r"(?<=[^\W\d_]{4})\.$", "", raw)  # the full stop of the sentence
        if raw and re.search(r"[A-ZÀ-ÞŁŚŻ0-9]", raw):  # "the yard" is nobody's name
            begin = start + found.start() + len(found[0]) - len(found[0].lstrip())
            yield TextBox(raw, Evidence(part=source.part, span=(begin, begin + len(raw)), text=raw), 0.95)
