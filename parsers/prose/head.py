"""What a letter says of the order as a whole: its number, the day it is wanted, where it goes, what else to mind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from models.contracts.extraction_v1 import PartyV1, StatedValue
from models.domain.document import TextBox
from models.domain.evidence import Evidence
from parsers.fields import LabelledValue, header_from, party_from_block
from parsers.freight_terms import freight_in
from parsers.lexicon import split_at_label
from parsers.prose.days import ANY_DAY, day_at
from parsers.prose.items import Source
from parsers.prose.labels import LetterHead, lines_of, pieces_of
from parsers.prose.places import Place, name_before, places_in
from parsers.prose.po_number import po_number_in
from parsers.prose.segments import Segment
from parsers.prose.wanted_days import bare_day_in, day_in, may_state_day
from parsers.prose.words import pattern

_DELIVER_TO = re.compile(
    r"(?:\b(?:deliver(?:y|ed)?|ship(?:ped|ment)?|send (?:it|them|everything|the goods|this)|goods)\b[^.:\n]{0,40}?\s(?:to|at)"
    r"|\b(?:(?:an)?lieferung|(?:an)?liefern|(?:an)?geliefert|liefert|versand|lieferadresse)\b"
    r"(?:[^.:\n]|(?<=\d)\.){0,70}?\s(?:an|ist|in die|zu|auf (?:die|der|das|unsere)|nach)"
    r"|\b(?:livr(?:er|aison)|à livrer|expédi(?:er|tion))\b[^.:\n]{0,40}?\s(?:à|chez|au|sur)"
    r"|\b(?:entregar|enviar|entrega|envío)\b[^.:\n]{0,40}?\s(?:en|a)"
    r"|\b(?:consegnare|consegna|spedire|spedizione)\b[^.:\n]{0,40}?\s(?:a|presso|in)"
    r"|\b(?:leveren|levering|afleveren|bezorgen)\b[^.:\n]{0,40}?\s(?:aan|op|bij|te|naar|in)"
    r"|\b(?:dostawa|dostawę|dostarczyć|wysłać|wysyłka)\b[^.:\n]{0,40}?\s(?:na adres|pod adres|do))"
    r"\s{0,6}:?\s{0,6}(?P<place>[^\n].{8,200}?)(?=(?<!\b[Ss]tr)(?<!\b[Uu]l)(?<!\b[Aa]l)(?<!\bSt)(?<!\bDr)(?<!\bNr)\.(?:\s|$)|\n\s{0,6}\n|:\s*\n|;|\s\(|$)",
    re.IGNORECASE | re.DOTALL,
)
_MOST_SPOKEN = 10  # words
#: How far words beside a number are looked for.
_BESIDE = 60


def take_spoken(head: LetterHead, source: Source, segments: list[Segment], written_on: date | None) -> None:
    """Adds what sentences say: the order's number, the day, the place."""
    head.take("po_number", po_number_in(source))
    _take_order_date(head, source, written_on)
    _take_said(head, source, segments, written_on)
    _take_freight(head, source)
    for segment in segments:
        if not segment.listed:
            _take_day(head, source, segment, written_on)
            _take_bare_day(head, source, segment, written_on)
    if "ship_to" not in head.parties:
        _take_place(head, source)


_ORDERED_ON = re.compile(
    r"\s{0,6},?\s{0,6}\(?(?:vom|dated|of|from|du|del|de fecha|van|z dnia)\s{1,6}|\]?\s{0,3}\((?=[^()\n]{6,30}\))", re.IGNORECASE
)


_SAID = frozenset(
    ["payment_terms", "incoterm", "total", "total_net", "total_tax", "total_gross", "subtotal", "requested_delivery_date"]
)


def _take_said(head: LetterHead, source: Source, segments: list[Segment], written_on: date | None) -> None:
    """Sentences that begin with a label: "Summe netto 313,41 EUR", "Règlement à 45 jours, franco de port"."""
    values: list[LabelledValue] = []
    for segment in segments:
        text = segment.of(source.text).rstrip(" .")
        found = split_at_label(text) if not segment.listed and len(text) <= 120 else None
        if found is not None and found[0].name in _SAID:
            begin = segment.start + text.rfind(found[2])
            box = TextBox(found[2], Evidence(part=source.part, span=(begin, begin + len(found[2])), text=found[2]))
            values.append(LabelledValue(found[0].name, found[1], box, found[0].strength * 0.9))
    said = header_from(values, source.style, reference_date=written_on)
    for name in ("payment_terms", "incoterm", "freight_terms", "requested_delivery_date"):
        head.take(name, getattr(said, name))
    head.foot = {**said.foot, **head.foot}


def _take_freight(head: LetterHead, source: Source) -> None:
    """Who pays the freight, wherever the letter says it: "Lieferung frei Haus"."""
    found = freight_in(source.text)
    if found is not None:
        terms, (begin, end) = found
        head.take("freight_terms", source.stated(terms.value, begin, end, 0.9))


def _take_order_date(head: LetterHead, source: Source, written_on: date | None) -> None:
    """The day behind the order's number: "Bestellung 4711 vom 2.11.2026"."""
    number = head.fields.get("po_number")
    place = number.evidence[0].span if number and number.evidence and number.evidence[0].part == source.part else None
    lead = _ORDERED_ON.match(source.text, place[1]) if place else None
    day = day_at(source.text, lead.end(), source.style, written_on) if lead else None
    to_come = day is not None and written_on is not None and day[0] > written_on
    stated = day is not None and lead is not None and re.search(r"\d", source.text[lead.end() : day[1]]) is not None
    if lead and day and (stated or not to_come):  # "vom Montag" is no Monday to come
        head.take("order_date", source.stated(day[0].isoformat(), lead.end(), day[1], 0.9))


def _take_day(head: LetterHead, source: Source, segment: Segment, written_on: date | None) -> None:
    day = day_in(source, segment, written_on)
    if day is not None and not _is_order_date(head, day):
        head.take("requested_delivery_date", day)


def _is_order_date(head: LetterHead, day: StatedValue) -> bool:
    """Whether a day stands where that of the order was read: "zamówienie nr 118 z dnia 08.12.2026:"."""
    ordered = head.fields.get("order_date")
    spans = [place.span for value in (day, ordered) if value for place in value.evidence if place.span]
    return len(spans) == 2 and spans[0][0] < spans[1][1] and spans[1][0] < spans[0][1]


def _take_bare_day(head: LetterHead, source: Source, segment: Segment, written_on: date | None) -> None:
    """ "... 5 boxes, tomorrow please", "Next week is fine": a day without a word that leads to it, in a sentence that orders
    or speaks of delivering, or that says little else."""
    if "requested_delivery_date" not in head.fields and may_state_day(segment.of(source.text)):
        day = bare_day_in(source, segment, written_on)
        if day is not None and not _is_order_date(head, day):
            head.take("requested_delivery_date", day)


def _take_place(head: LetterHead, source: Source) -> None:
    """The place that a sentence leads to as that of delivery, else the only one that is named; of several, none."""
    places = list(places_in(source.text))
    if len({re.sub(r"\D", "", source.text[place.start : place.end]) for place in places}) > 1:
        return  # one place that is named in two languages has the same numbers
    _take_delivery_place(head, source)
    if places:
        _take_address(head, source, places)


def _take_address(head: LetterHead, source: Source, places: list[Place]) -> None:
    """The street and town as they stand, with the name that leads to them; a name read from the sentence stays."""
    party, known = _party_at(source, places[0]), head.parties.get("ship_to")
    if known is not None and not (party.street and party.postal_code):
        return
    named = name_before(source.text, places[0].start)
    name = known.name if known is not None else None
    if name is None or re.search(r"\d[./]\d|\d{3}", name.value):
        name = source.stated(" ".join(source.text[slice(*named)].split()), *named, 0.85) if named else None
    head.parties["ship_to"] = _agreed(known, party).model_copy(update={"name": name})
    head.taken += [(place.start, place.end) for place in places] + ([named] if named else [])


def _agreed(known: PartyV1 | None, party: PartyV1) -> PartyV1:
    """The address as the sentence has it, where it differs from what stands in `party`: a day is no part of a town."""
    if known is None:
        return party
    pairs = {
        name: (getattr(known, name), getattr(party, name)) for name in ("street", "postal_code", "city", "region", "country")
    }
    return known.model_copy(
        update={name: after for name, (before, after) in pairs.items() if not (before and after and before.value == after.value)}
    )


_LEADS_TO_PLACE = re.compile(
    r"(?<!\w)(?:on|to)[ -]site[^\n.:;]{0,25},\s*$|(?<!\w)(?:auf (?:die|der) baustelle|sur (?:le )?chantier"
    r"|en (?:la )?obra|in cantiere|op de bouwplaats|na budow\w{1,2})[^\n.:;]{0,25},\s*$|"
    r"(?:(?<!\w)(?:to|at|an|nach|zur?|zum|in|auf|bei|à|au|chez|sur|en|a|ad|presso|per|naar|op|te|aan|bij|na|do|pod)\s+(?:[^\W\d_][\w.-]*,?\s+){0,3}"
    r"|(?:deliver|ship|liefer|livr|entreg|consegn|lever|dostaw|baustelle|site|chantier|obra|cantiere|bouwplaats|budow|lager|magaz|adres)[^\n:]{0,40}:\s*(?:[^\n\d]{0,50},\s*)?)$",
    re.IGNORECASE,
)


def _party_at(source: Source, place: Place) -> PartyV1:
    """A street and its town; both are doubted where no postal code follows, or no word before it leads to a place."""
    led = _LEADS_TO_PLACE.search(source.text[max(0, place.start - _BESIDE) : place.start]) is not None
    spans = [place.street, *([place.town] if place.town else [])]
    boxes = [
        TextBox(text, Evidence(part=source.part, span=span, text=text), 0.95 if led else 0.75)
        for span in spans
        if (text := " ".join(source.text[slice(*span)].split()))
    ]
    party = party_from_block(boxes)
    if party.street is not None and party.postal_code is not None:
        return party
    street, city = (source.stated(" ".join(source.text[slice(*span)].split()), *span, 0.75) for span in (spans + spans)[:2])
    return PartyV1(street=street, city=city if place.town else None)


#: "our site at:", "unsere Baustelle" at the end of a line: what is said of the place, and no part of its address.
_LEADS_INTO_PLACE = re.compile(
    r"[^,\n]{0,60}:\s|(?:unsere?n?|notre|nos|our|onze?|ons|nuestr[oa]s?|(?:il |la )?nostr[oa]|nasz(?:ej|ego)?)\s"
    r"(?:[^\W\d_]+ ?\n|(?:baustelle|site|chantier|obra|cantiere|bouwplaats|budow\w)\s+)?",
    re.IGNORECASE,
)


_BEHIND_DAY = re.compile(r"[\s,]{0,3}(?:(?:aan|naar|bij|to|at|an|in|nach|à|chez|a|en|presso|na|do|pod)\s)?", re.IGNORECASE)


def _take_delivery_place(head: LetterHead, source: Source) -> None:
    if found := delivery_place_in(source):
        head.parties["ship_to"] = found[0]
        head.taken.append(found[1])


def delivery_place_in(source: Source) -> tuple[PartyV1, tuple[int, int]] | None:
    """The first place with its postal code that a sentence of delivering leads to, and the words that say so."""
    for found in _DELIVER_TO.finditer(source.text):
        place, at = found["place"], found.start("place")
        if lead := _LEADS_INTO_PLACE.match(place):
            at += lead.end()
            place = place[lead.end() :]
        if day := day_at(place, 0, source.style, ANY_DAY):
            behind = _BEHIND_DAY.match(place, day[1])
            cut = behind.end() if behind else day[1]
            place, at = place[cut:], at + cut  # "leveren op dinsdag 12 januari aan | Hotel Maaszicht"
        spoken, colon, named = place.rpartition(": ")
        if colon and "," in named and re.search(r"\d", named) and len(spoken.split()) <= _MOST_SPOKEN:
            at, place = at + len(spoken) + len(colon), named  # "to our lock-up, not the shop: Unit 9, Millstrood Road, …"
        if re.search(r"\d", place) and ("," in place or "\n" in place):
            boxes = [box for line_start, line in _lines_within(place, at) for box in pieces_of(source, line_start, line)]
            party = party_from_block(boxes)
            if party is not None and party.postal_code is not None:
                return party, found.span("place")
    return None


def _lines_within(text: str, start: int) -> Iterator[tuple[int, str]]:
    for offset, line in lines_of(text):
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
