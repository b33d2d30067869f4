"""Addresses within sentences: a street with its number, and the town behind it, in the forms of the languages that are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CAPITAL = r"[A-ZÀ-ÞŁŚŻŹĆ]"
_NAME = rf"{_CAPITAL}[\w.'’]{{0,25}}"
_NUMBER = r"\d{1,5}\s?[a-zA-Z]?(?:\s?[-/]\s?\d{1,4}[a-z]?)?(?![\w.,]*\d)(?!\w)"
_LINKS = (
    r"(?:am|an der|im|in der|ob der|de|la|le|les|lès|lez|aux"
    r"|du|des|sur|sous|aan den|aan de|den|der|upon|on|of|del|dei|di|en|nad|bei|d'|l')"
)
_CITY = rf"{_CAPITAL}[^\W\d_][\w'’]{{0,25}}(?:[ -](?:{_LINKS}[ -])?{_CAPITAL}[\w'’]{{1,25}}){{0,3}}"
_UK_CODE = r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}"
_STREETS = (
    rf"(?<![\w'’-])(?:{_NAME}\s){{1,3}}(?:Street|Road|Avenue|Lane|Drive|Way|Close|Crescent|Terrace|Place|Row|Park)(?=,\s{_CITY},?\s{_UK_CODE})",
    rf"(?<![\w.,-])(?:(?:Unit|Suite|Flat|Apt\.?|Plot|Lot|Block|House|Level|Floor|Office|Building|Bldg\.?|Dock)\s[A-Z]?\d{{1,4}}[A-Za-z]?,?\s(?:\d{{1,5}}[a-z]?,?\s)?|\d{{1,5}}[a-z]?,?\s)(?:{_NAME},?\s){{1,4}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Court|Close"
    r"|Crescent|Parade|Terrace|Parkway|Highway|Hwy|Place|Square|Row|Estate|Park|Quay|Wharf|Yard)(?!\w)\.?",
    rf"(?<![\w-])(?:{_NAME}[\s-]){{0,2}}(?:{_CAPITAL}[\w.'’]{{0,25}}?)?(?:[Ss]tr(?:aße|asse|\.)|[Ww]eg|[Gg]asse|[Pp]latz|[Aa]llee|[Rr]ing|[Dd]amm|[Uu]fer"
    rf"|straat|laan|plein|kade|kaai|dijk|singel|steeg|steenweg)\s{_NUMBER}",
    rf"(?<!\w)(?:Am|An der|An den|Im|In der|Zum|Zur|Auf der|Auf dem|Unter den|Hinter der)\s{_NAME}(?:\s{_NAME})?\s{_NUMBER}",
    r"(?<![\w.,-])\d{1,4}(?:\s?(?:bis|ter))?,?\s(?:[Rr]ue|[Aa]venue|[Aa]v\.|[Bb]oulevard|[Bb]d|[Cc]hemin|[Rr]oute|[Qq]uai|[Pp]lace|[Ii]mpasse|[Pp]romenade"
    r"|[Aa]llée|[Cc]ours)\s[^\d,;.\n()]{2,40}",
    rf"(?<!\w)(?:[Rr]ue|[Aa]venue|[Qq]uai)\s[^\d\n,;.()]{{3,40}},?\s{_NUMBER}",
    r"(?<!\w)(?:[Cc]alle|[Cc]/(?!o\b)|[Aa]vda\.?|[Aa]venida|[Pp]aseo|[Pp]laza|[Cc]arretera|[Vv]ia|[Vv]iale|[Cc]orso|[Pp]iazza|[Uu]l\.|[Uu]lica|[Aa]l\.|[Pp]l\.)"
    rf"\s?[^\d\n,;()]{{3,40}},?\s(?:n\.?º?\s?)?{_NUMBER}",
)
#: The letters of a country before its postal codes; those of an article's number ("HB-61020 Pallet truck") are others.
_LAND = r"(?<![\w-])(?:A|AT|B|BE|BG|CH|CZ|D|DE|DK|E|EE|ES|F|FI|FR|GR|H|HR|HU|I|IT|L|LI|LT|LU|LV|N|NL|NO|P|PL|PT|RO|S|SE|SI|SK)-"
_TOWN = (
    rf"(?:{_LAND})?(?:\d{{5}}|\d{{2}}-\d{{3}}|\d{{4}}\s?[A-Z]{{2}}|\d{{4}})\s{_CITY}(?:\s\([A-Z]{{2}}\))?"
    rf"|{_CITY},?\s(?:[A-Z]{{2,3}}\s)?(?:\d{{4,5}}(?:-\d{{4}})?|{_UK_CODE}|[A-Z]\d[A-Z]\s?\d[A-Z]\d)(?![\w-])"
)
_PLACE = re.compile(
    rf"(?P<street>{'|'.join(_STREETS)})(?:(?:\s*,\s*|\s*\n\s*|\s(?:in|à|a|te|w|en)\s|\s)(?:(?P<town>{_TOWN})|(?P<city>{_CITY})))?"
)
#: A town by itself, with its code: behind a comma or at the head of a line, where no goods stand.
_TOWN_ALONE = re.compile(
    r"(?:(?<=,\s)|(?<=\s(?:to|in|an|te|do|en)\s)|(?<=\s[àaw]\s)|(?<=\sna(?:ch|ar)\s)|^[^\S\n]*)"
    rf"(?:{_LAND})?(?:\d{{5}}|\d{{2}}-\d{{3}}|\d{{4}} [A-Z]{{2}})\s{_CITY}|(?<!\w){_UK_CODE}(?!\w)",
    re.MULTILINE,
)
#: Words for streets that are other things as well: only with a town behind them do they say where.
_AMBIGUOUS = re.compile(
    r"(?:ring|platz|weg|damm|ufer|hof|dijk|plein|Park|Row|Way|Place|Square|Yard|Estate|Drive|Dr|St|Close|Court)\W*\d*\s?[a-z]?$"
    r"|^(?:Am|Im|An|In|Zu[mr]|Auf|Unter|Hinter)\s|^(?:[Vv]ia|[Pp]l\.|[Aa]l\.|[Pp]laza)\s"
)
_LONGEST_TEXT, _LONGEST_LEAD = 20_000, 100


@dataclass(frozen=True, slots=True)
class Place:
    """An address in a text: where it starts and ends, its street, its town where one with a code follows."""

    start: int
    end: int
    street: tuple[int, int]
    town: tuple[int, int] | None


def places_in(text: str) -> Iterator[Place]:
    """The streets of `text` with the towns behind them, in their order."""
    for found in _PLACE.finditer(text[:_LONGEST_TEXT]):
        if not found["town"] and _AMBIGUOUS.search(found["street"]):
            continue
        town = found.span("town") if found["town"] else found.span("city") if found["city"] else None
        yield Place(found.start(), found.end(), found.span("street"), town)


_LEAD_TO_NAME = re.compile(
    r"(?:(?<!\w)(?:to|at|an|bei|zu|à|chez|a|en|presso|c/o|ad|naar|aan|bij|do|na adres)\s+"
    r"|(?:lieferadresse|adresse|address|indirizzo|dirección|adres)\s*:?\s*)"
    r"(?:(?:die|der|das|den|unsere?n?|the|our|la société|l'entreprise|la|le|les|notre|nuestr[oa]|nostr[oa]|ns\.|de|onze|ons"
    r"|firmę|firmy)\s+)?"
    r"(?P<name>(?:[^\n.;:,\d]|(?<=\s)\d{1,2}(?![\d./])){3,60}(?:\.[^\n.;:,\d]{0,12})?),\s*$",
    re.IGNORECASE,
)


def name_before(text: str, at: int) -> tuple[int, int] | None:
    """Where the name stands that leads to the address at `at`: "an | Pflegedienst Morgenrot gGmbH |, Gartenstr. 8"."""
    since = max(0, at - _LONGEST_LEAD)
    found = _LEAD_TO_NAME.search(text[since:at])
    if found is None or not found["name"][0].isupper():
        return None
    return since + found.start("name"), since + found.end("name")


def towns_alone_in(text: str) -> Iterator[tuple[int, int]]:
    """The places of towns that stand in `text` with their codes, streets before them or not."""
    return (found.span() for found in _TOWN_ALONE.finditer(text[:_LONGEST_TEXT]))


_AMERICAN = re.compile(r"(?<![A-Za-z])[A-Z]{2},?\s\d{5}(?:-\d{4})?(?!\d)")
_BRITISH = re.compile(rf"(?<!\w){_UK_CODE}(?!\w)")


#: A tax number with its country, behind the word for it in any of the languages.
_TAXED_IN = re.compile(
    r"(?<!\w)(?:VAT|TVA|BTW|MwSt|USt|UID|IVA|NIP|CIF|NIF|VIES)[^\w\n]{0,3}(?:\w{2,6}[^\w\n]{1,3}){0,2}?"
    r"(?P<land>AT|BE|DE|DK|ES|FR|GB|IE|IT|LU|NL|PL)\s?[A-Z]{0,2}\d[\dA-Z. ]{6,14}(?!\w)"
)


def country_shown(*texts: str) -> str | None:
    """US or GB where the form of a postal code tells, or the country of a tax number: what else would leave it open whether 3/4
    is in March or in April."""
    shown = {code for code, form in (("US", _AMERICAN), ("GB", _BRITISH)) if any(form.search(text) for text in texts)}
    shown |= {found["land"] for text in texts for found in _TAXED_IN.finditer(text)}
    return shown.pop() if len(shown) == 1 else None


def without_places(text: str) -> str:
    """The text with its streets and towns blanked, as long as it was."""
    for start, end in [*((place.start, place.end) for place in places_in(text)), *towns_alone_in(text)]:
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text
