"""Streets and doors: which line of an address says where in the town, and where at the place."""

from __future__ import annotations

import re

from parsers.lexicon import folded

_LONGEST_LEAD = 200
_STREET_WORD = re.compile(
    r"\b(?:street|st\.?|road|rd\.?|avenue|ave\.?|av\.|lane|ln\.?|drive|dr\.?|boulevard|blvd\.?|bd\.?|way|court|ct\.?"
    r"|parkway|pkwy|highway|hwy|turnpike|tpke|pike|square|quai|quay|wharf|crescent|terrace|mews|embankment"
    r"|suite|ste\.?|unit|building|bldg|floor|dock|p\.?\s?o\.? box|box|rue|route|chemin"
    r"|allee|impasse|zone|zac|calle|c/|carr\.|avda\.?|paseo|poligono|carretera|ctra\.?|via|viale|corso|piazza|strada|ul\.|ulica"
    r"|avenida|camino|ronda|rotonda|travesia|pasaje|autovia|autopista|prolongacion|carrer|rambla|glorieta|km\.?\s?\d"
    r"|vicolo|contrada|localita|loc\.|frazione|fraz\.|sentier|esplanade|promenade|montee|lieu-?dit|rond-point"
    r"|aleja|al\.|plac|postfach|bp|apartado|casella|industrial|estate|cours|faubourg|z\.?\s?[ai]\.?|pol\.?\s?ind\.?|parcela"
    r"|parc d'activites?|lotissement|nave"
    # further lands: Hungary, Turkey, Romania, Portugal, Latin America, Bohemia
    r"|utca|u\.\s?\d|krt\.|cad\.|caddesi|sok\.|sokak|sk\.|mah\.|mahallesi|bulv\.|bulvari|bulevardul|bd-ul|calea|soseaua|sos\."
    r"|bv\.|bvar\.|bulevar|rua|estrada|rodovia|alameda|carrera|cra\.|kra\.|cll\.|diagonal|transversal|calzada|jiron|jr\."
    r"|plot|phase|sector|midc|gidc|gat no|survey no|namesti|nam\.|trida)(?:\W|$)"
)
_STREET_ENDING = re.compile(
    r"(?:strasse|str\.?|weg|gasse|platz|allee|ring|damm|ufer|straat|laan|plein|kade|dijk|singel|hof|steig|chaussee|markt"
    r"|gatan|vagen|vegen|gaten|gade|vej|veien|katu)"
    r"(?:\W|$)"
)
_HOUSE_NUMBER = re.compile(
    r"^\d{1,6}[a-z]?(?:[-/]\d+[a-z]?)?[,\s]+[^\W\d]{2}"
    r"|(?:[^\W\d]{2}|\w\.[^\W\d]|\su\.?)[.,]?\s+\d{1,5}(?:[.,]\d)?\s?[a-z]?(?:\s?[-/+]\s?\d+[a-z]?)*$"
    r"|[^\W\d]{2}[.,]?\s+\d{1,3}\s?[a-z]?\s?(?:bis\s)?(?:#|n[o°º]\.?)\s?\d{1,3}\s?[a-z]?\s?-\s?\d{1,3}\b",  # "Calle 42 # 31-15"
    re.IGNORECASE,
)
#: What leads to a street within a sentence: "an unser Lager in der Industriestr. 14", "the job site - 4410 Overland Rd".
_LEADS_TO_STREET = re.compile(
    r"\s+(?:[-–—(]|in\s+d(?:er|ie|en)|in\s+de|an\s+d(?:er|ie|en)|aan\s+de|op\s+de|at|in|on|am|im|au|à\s+la|en\s+(?:la|el)|"
    r"presso|przy)\s+",
    re.IGNORECASE,
)
#: "Meisterbetrieb seit 1987" has no house's number.
_SINCE = re.compile(r"\b(?:seit|since|est\.?|estd\.?|established|depuis|desde|dal|sinds|od|anno|gegrundet)\s+(?:1[6-9]|20)\d\d\b")
_LEADING_SAINT = re.compile(r"^(?:st|ste)\.?[ -](?=[^\W\d])")
#: "Plant 1200" is no town with a postal code, nor does a town go on after a full stop ("33-101 Tarnów. Oferta").
_SITE = re.compile(
    r"(?:plant|werk|store|site|warehouse|depot|whse|dc|filiale|markt|usine|magasin|tienda|almacen|magazzino|room|rm|branch|req"
    r"|requisition|ref|job|acct|account)"
)
_NUMBERED_SITE = re.compile(rf"{_SITE.pattern}\.?\s*(?:no\.?|nr\.?|#)?\s*\d{{1,6}}")
_DOOR = re.compile(r"\b(?:dock|gate|door|bay|room|rm|tor|halle|rampe|receiving|wareneingang|muelle|hal)\b")
_NUMBERED_STREET = re.compile(r"\d{1,6}\s+[^\W\d]")
_ENGLISH_STREET = re.compile(
    r"(?:(?:lot|unit|suite|flat)\s?\w{1,4},?\s)?\d{1,6}[a-z]?\s(?:[^\W\d][\w'.-]*\s){1,4}"
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|way|court|ct|parkway|pkwy|highway|hwy|rise|close|crescent"
    r"|cres|terrace|tce|grove|mews|trail|loop|circle|cir|place|pl|plaza)\.?(?:,? (?:ste|suite|unit|rear|bldg)\.? ?\w{0,6})?"
)


def _without_saint(text: str) -> str:
    """A folded line without the saint that begins it: "St Brendan's Hospital" is no street, "St. John's Road" still is."""
    return _LEADING_SAINT.sub("", folded(text).strip())


def has_street_word(text: str) -> bool:
    """Whether a word of a line stands for streets, estates or boxes, whatever saint begins it."""
    return bool(_STREET_WORD.search(_without_saint(text)))


def says_since(text: str) -> bool:
    """Whether a line names a year of foundation, which looks like a house's number: "Meisterbetrieb seit 1987"."""
    return bool(_SINCE.search(folded(text)))


def is_site(text: str) -> bool:
    """Whether `text` is a word for a site, as it stands before its number: "Plant", "Filiale"."""
    return bool(_SITE.fullmatch(folded(text)))


def is_street(text: str) -> bool:
    """Whether a line of an address looks like a street, a building or a post box."""
    plain = _without_saint(text)
    numbered = _HOUSE_NUMBER.search(text.strip()) and not _SINCE.search(plain)
    return bool(_STREET_WORD.search(plain) or _STREET_ENDING.search(plain) or numbered)


def names_street(text: str) -> bool:
    """Whether a line has a word for streets, estates or boxes; "Halle 4" only has a number like theirs."""
    plain = _without_saint(text)
    return bool(_STREET_WORD.search(plain) or _STREET_ENDING.search(plain))


def is_door(text: str) -> bool:
    """Whether a line says where at the place to go, and not which street: "Plant 1200 - Receiving Dock 4", "Branch 07"."""
    if _NUMBERED_SITE.fullmatch(folded(text).strip(" ,;")):
        return True
    return bool(_DOOR.search(folded(text))) and _NUMBERED_STREET.match(text.strip()) is None


def is_numbered_street(text: str) -> bool:
    """Whether a line is a street as the English write it, number first: "27 Mill Rise", "Lot 5, 27 Mill Rise"."""
    return bool(_ENGLISH_STREET.fullmatch(" ".join(folded(text).split()).strip(" ,;")))


def street_within(text: str) -> str:
    """The street that words lead to: "Industriestr. 14" of "an unser Lager in der Industriestr. 14"; else the whole line."""
    for lead in _LEADS_TO_STREET.finditer(text[:_LONGEST_LEAD]):
        before, street = text[: lead.start()], text[lead.end() :].strip(" )")
        is_speech = len(before.split()) > 1 and not any(letter.isdigit() for letter in before)
        if is_speech and is_street_alone(street):
            return street
    return text


def is_street_alone(text: str) -> bool:
    """Whether a line without any town beside it is a street for sure: a word for streets and a number."""
    plain = _without_saint(text)
    return bool((_STREET_WORD.search(plain) or _STREET_ENDING.search(plain)) and _HOUSE_NUMBER.search(text.strip()))
