"""Postal addresses: which of a block's lines is the name, the street, the town, and in which country it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from models.domain.values import CountryCode
from parsers.lexicon import folded, terms, words_file
from parsers.values.states import PREFIXES, PROVINCES, STATE_NAMES, STATES

_STATE_NAME = re.compile(
    r"(?:(?<=,)|^)\s*(" + "|".join(sorted(STATE_NAMES, key=len, reverse=True)) + r")[,\s]+(?=\d{5}(?:-\d{4})?$)", re.IGNORECASE
)
_SIX = r"\d{6}|[1-8]\d{2} \d{3}"  # India's codes, in two groups or one
_UK_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
_EIRCODE = r"(?:[AC-FHKNPRTV-Y]\d{2}|D6W) ?[0-9AC-FHKNPRTV-Y]{4}"
_FORMS: tuple[tuple[re.Pattern[str], str | None], ...] = tuple(
    (re.compile(form, re.IGNORECASE), country)
    for form, country in (
        (r"(?P<city>.+?)[,\s]+(?P<region>[A-Z]{2})\.?[,\s]+(?P<code>\d{5}(?:[-–]\d{4})?)", "US"),
        (r"(?P<city>.+?)[,\s]+(?P<region>[A-Z]{2})\.?[,\s]+(?P<code>[A-Z]\d[A-Z] ?\d[A-Z]\d)", "CA"),
        (r"(?P<city>.+?)[,\s]+(?P<region>NSW|VIC|QLD|WA|SA|TAS|ACT|NT)[,\s]+(?P<code>\d{4})", "AU"),
        (rf"(?:(?P<city>.+?)[,\s]+)?(?P<code>{_UK_POSTCODE})", "GB"),
        (rf"(?:(?P<city>.+?)[,\s]+)?(?P<code>{_EIRCODE})", "IE"),
        (r"(?P<code>\d{2}-\d{3})\s+(?P<city>.+)", "PL"),
        (r"(?P<code>\d{4} ?[A-Z]{2})\s+(?P<city>[^\d]+)", "NL"),
        (r"(?P<city>[^\d,]{2,40}),\s(?P<code>\d{4} ?[A-Z]{2})", "NL"),
        (r"(?P<code>[1-9]\d{3} (?-i:[A-Z]{2}))", "NL"),  # two capitals behind four figures are no town
        (r"(?P<code>\d{4}-\d{3})\s+(?P<city>.+)", "PT"),
        (r"(?P<code>\d{3} \d{2})\s+(?P<city>.+)", None),
        (r"(?P<code>\d{5}),?\s+(?P<city>.+?)(?:\s+\(?(?P<region>[A-Z]{2})\)?)?", None),
        (r"(?P<code>\d{4})\s+(?P<city>[^\d].+)", None),
        (r"(?P<code>\d{6})\s+(?P<city>[^\W\d][^\d]+)", "RO"),
        (
            r"(?P<city>[^\d,]+?)(?:[,\s]+|\s?[-–]\s?)(?P<code>\d{6}|[1-8]\d{2} \d{3})(?:,\s+(?P<region>[^\W\d][^\d,]{2,30}))?",
            None,
        ),
        (r"(?P<city>[^\d,]+?)[,\s]+(?P<code>\d{4,6}(?:-\d{3,4})?)", None),
        (r"(?P<city>[^\d,]+?)[,\s]+(?P<code>\d{3}-\d{4})", "JP"),
    )
)
#: In Spain the province stands behind the town; in Germany "Halle (Saale)" is the town's name.
_PROVINCE_BEHIND = re.compile(r"(?P<city>[^()]+?)\s*\((?P<region>[^()]{3,30})\)")
_REGION_BEHIND = re.compile(r"(?P<city>[^,]+),\s+(?P<region>[^\W\d][^\d,]{2,30})")  # "36100 Silao, Guanajuato"
_PREFIXED = re.compile(r"(?P<prefix>[A-Z]{1,3})[-– ]\s?(?P<rest>\d{4,5} .+|\d{3} \d{2} .+|\d{2}-\d{3} .+)")
#: "C.P. 36100 Silao": the word that some lands set before a postal code.
_CODE_WORD = re.compile(
    r"\b(?:c\.?\s?p\.?|cap|plz|zip(?: code)?|cep|pin(?: ?code)?|postal code|c[oó]digo postal)[:.]?\s+(?=\d)", re.IGNORECASE
)
_LONGEST_LEAD = 200
_STREET_WORD = re.compile(
    r"\b(?:street|st\.?|road|rd\.?|avenue|ave\.?|av\.|lane|ln\.?|drive|dr\.?|boulevard|blvd\.?|bd\.?|way|court|ct\.?"
    r"|parkway|pkwy|highway|hwy|turnpike|tpke|pike|square|quai|quay|wharf|crescent|terrace|mews|embankment"
    r"|suite|ste\.?|unit|building|bldg|floor|dock|p\.?\s?o\.? box|box|rue|route|chemin"
    r"|allee|impasse|zone|zac|calle|c/|carr\.|avda\.?|paseo|poligono|carretera|ctra\.?|via|viale|corso|piazza|strada|ul\.|ulica"
    r"|avenida|camino|ronda|rotonda|travesia|pasaje|autovia|autopista|prolongacion|carrer|rambla|glorieta|km\.?\s?\d"
    r"|vicolo|contrada|localita|loc\.|frazione|fraz\.|sentier|esplanade|promenade|montee|lieu-?dit|rond-point"
    r"|aleja|al\.|plac|postfach|bp|apartado|casella|industrial|estate|cours|faubourg|z\.?\s?[ai]\.?|pol\.?\s?ind\.?|parcela"
    r"|parc d'activites?|lotissement|nave)(?:\W|$)"
)
_STREET_ENDING = re.compile(
    r"(?:strasse|str\.?|weg|gasse|platz|allee|ring|damm|ufer|straat|laan|plein|kade|dijk|singel|hof|steig|chaussee|markt)"
    r"(?:\W|$)"
)
_HOUSE_NUMBER = re.compile(
    r"^\d{1,6}[a-z]?(?:[-/]\d+[a-z]?)?[,\s]+[^\W\d]{2}|(?:[^\W\d]{2}|\w\.[^\W\d])[.,]?\s+\d{1,5}(?:[.,]\d)?\s?[a-z]?(?:\s?[-/+]\s?\d+[a-z]?)*$",
    re.IGNORECASE,
)
_LAST_NUMBER = re.compile(r"[^\W\d].{2,40}\s\d{1,4}\s?[a-zA-Z]?(?:\s?[-/]\s?\d{1,4})?")
#: What leads to a street within a sentence: "an unser Lager in der Industriestr. 14", "the job site - 4410 Overland Rd".
_LEADS_TO_STREET = re.compile(
    r"\s+(?:[-–—(]|in\s+d(?:er|ie|en)|in\s+de|an\s+d(?:er|ie|en)|aan\s+de|op\s+de|at|in|on|am|im|au|à\s+la|en\s+(?:la|el)|"
    r"presso|przy)\s+",
    re.IGNORECASE,
)
#: "Meisterbetrieb seit 1987" has no house's number.
_SINCE = re.compile(r"\b(?:seit|since|est\.?|estd\.?|established|depuis|desde|dal|sinds|od|anno|gegrundet)\s+(?:1[6-9]|20)\d\d\b")
_LEADING_SAINT = re.compile(r"^(?:st|ste)\.?[ -](?=[^\W\d])")
_SAINT = re.compile(r"^(?:st|ste)\.?[ -]")  # "9000 St. Gallen"
#: "Plant 1200" is no town with a postal code, nor does a town go on after a full stop ("33-101 Tarnów. Oferta").
_SITE = re.compile(
    r"(?:plant|werk|store|site|warehouse|depot|whse|dc|filiale|markt|usine|magasin|tienda|almacen|magazzino|room|rm|branch|req"
    r"|requisition|ref|job|acct|account)"
)
_NUMBERED_SITE = re.compile(rf"{_SITE.pattern}\.?\s*(?:no\.?|nr\.?|#)?\s*\d{{1,6}}")
_NEXT_SENTENCE = re.compile(r"(?<=[^\W\d_]{4})\.\s+(?=\S)|(?<=\))\.\s+(?=\S)")
_DOOR = re.compile(r"\b(?:dock|gate|door|bay|room|rm|tor|halle|rampe|receiving|wareneingang|muelle|hal)\b")
_NUMBERED_STREET = re.compile(r"\d{1,6}\s+[^\W\d]")
_ENGLISH_STREET = re.compile(
    r"(?:(?:lot|unit|suite|flat)\s?\w{1,4},?\s)?\d{1,6}[a-z]?\s(?:[^\W\d][\w'.-]*\s){1,4}"
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|way|court|ct|parkway|pkwy|highway|hwy|rise|close|crescent"
    r"|cres|terrace|tce|grove|mews|trail|loop|circle|cir|place|pl|plaza)\.?(?:,? (?:ste|suite|unit|rear|bldg)\.? ?\w{0,6})?"
)
_NUMBER_BEFORE_STREET = re.compile(r"\d{1,5}\s?(?:[a-z]|bis|ter|quater)?", re.IGNORECASE)  # "25 bis, chemin du Port"
#: What goes on with a street behind its comma: "Ctra. A-4, km 441", "Calle Sol, nave 7", "Via Roma, interno 3".
_STREET_GOES_ON = re.compile(
    r"(?:km|parc(?:ela)?|nave|n[°º]|s/n|piso|local|int(?:erno)?|bus|bo[iî]te|bte|lok)\.?\s?[\w,]{0,6}", re.IGNORECASE
)
_TOWN_AFTER_COMMA = re.compile(rf"[A-Z]{{2}}\.? (?:\d{{5}}(?:-\d{{4}})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)|{_SIX}|\d{{1,4}}[a-zA-Z]?")


@dataclass(frozen=True, slots=True)
class Town:
    """The line of an address that names the town. `country` where the form or a prefix settles it; `is_guess` where postal
    codes of that form are other countries' too."""

    city: str | None
    postal_code: str
    region: str | None
    country: CountryCode | None
    is_guess: bool = False


#: Lists of the countries' file that name no country.
_REGIONS = frozenset(["counties", "provinces_of_spain"])


@cache
def _countries() -> Mapping[str, CountryCode]:
    names: dict[str, CountryCode] = {}
    for code, listed in words_file("countries.yaml").items():
        if code in _REGIONS:
            continue
        # YAML 1.1 reads the bare key NO (Norway) as false.
        country = CountryCode(code if isinstance(code, str) else "NO")
        for name in (*terms(listed), country):
            names[_key(name)] = country
    return names


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", folded(text))


#: "Miralles, S.A." is no firm of Saudi Arabia.
_FORM_OF_COMPANY = re.compile(r"(?!U)[A-Z]\.\s?[A-Z]")


def country_of(text: str) -> CountryCode | None:
    """The country that all of `text` names: "Deutschland", "U.S.A.", "POLSKA"; a code only in capitals: "DE"."""
    text = text.strip(" .,()")
    if not 1 < len(text) <= 40 or (len(text) == 2 and not text.isupper()):
        return None
    if _FORM_OF_COMPANY.fullmatch(text):
        return None
    return _countries().get(_key(text))


#: A remark of several words behind a town: "Franeker (lossen met kraan)", "Grassau (= Lieferort)".
_ASIDE = re.compile(r"\s*\((?:=\s?|[^()\s]{2,30}\s)[^()]{2,80}\)$")


def town_of(text: str, hint: str | None = None) -> Town | None:
    """The town of an address line: "12345 Berlin", "Springfield, IL 62701", "Leeds LS1 4AP", "D-80331 München"; else None."""
    text = _ASIDE.sub("", _CODE_WORD.sub("", " ".join(text.split()))).strip(" ,;")
    if not 4 <= len(text) <= 80 or "@" in text or _SINCE.search(folded(text)):
        return None
    country = None
    if match := _PREFIXED.fullmatch(text):
        prefix = PREFIXES.get(match["prefix"])
        if prefix is None:
            return None
        country, text = CountryCode(prefix), match["rest"]
    text, named = _without_country(text)
    text = _with_state_codes(text)
    return next((town for town in _towns(text, country or named, hint)), None)


def _with_state_codes(text: str) -> str:
    """ "Austin, Texas 78701" as "Austin, TX 78701"."""
    return _STATE_NAME.sub(lambda found: f" {STATE_NAMES[found[1].lower()]} ", text).strip()


def _without_country(text: str) -> tuple[str, CountryCode | None]:
    """An address line may end with its country: "Springfield, IL 62701 USA", "1000 Bruxelles, Belgique"."""
    head, comma, tail = text.rpartition(",")
    if comma and (country := country_of(tail)) and tail.strip().upper() not in STATES | PROVINCES:
        return head.strip(), country
    words = text.split(" ")
    for count in (1, 2, 3):
        if len(words) > count and (country := country_of(" ".join(words[-count:]))):
            if count == 1 and len(words[-1].strip(".()")) <= 2:
                continue  # "24062 Costa Volpino (BG)" lies near Bergamo
            return " ".join(words[:-count]).strip(" ,"), country
    return text, None


def _towns(text: str, country: CountryCode | None, hint: str | None) -> Iterator[Town]:
    for form, native in _FORMS:
        match = form.fullmatch(text)
        if not match:
            continue
        parts = match.groupdict()
        region = parts.get("region") or None
        region = region.upper() if region is not None and len(region) <= 3 else region
        if (native == "US" and region not in STATES) or (native == "CA" and region not in PROVINCES):
            continue
        if native in ("US", "CA", "AU") and country is not None and country != native:
            continue
        city = (parts.get("city") or "").strip(" ,;-") or None
        if city is not None and city[0].islower() and text[match.end("code") :].startswith(","):
            continue  # "Req 55120, attn Lucy" goes on, "37544, León" is a town
        city = _town_alone(city) if city is not None else None
        if city == "":
            continue
        if city is not None and native is None and _SITE.fullmatch(folded(city)):
            continue
        if city is not None and native is None and _STREET_WORD.search(_SAINT.sub("", folded(city))):
            continue
        found = country or (CountryCode(native) if native else None) or (CountryCode.parse(hint) if hint else None)
        is_spain = found == "ES" or (found is None and native is None)
        if is_spain and city is not None and (province := _PROVINCE_BEHIND.fullmatch(city)) and _is_province(province, found):
            city, region = province["city"], province["region"]
        if city is not None and native is None and region is None and (named := _REGION_BEHIND.fullmatch(city)):
            city, region = named["city"], named["region"]
        # Six figures are a code of Romania, and of Belarus, Russia, China and India as well.
        is_guess = country is None and native == "RO"
        yield Town(city, " ".join(parts["code"].split()).upper(), region, found, is_guess)


def _is_province(town: re.Match[str], country: CountryCode | None) -> bool:
    """Where the country is not known, only a province of Spain by its name is one."""
    return country is not None or _key(town["region"]) in _provinces_of_spain()


@cache
def _provinces_of_spain() -> frozenset[str]:
    return frozenset(map(_key, terms(words_file("countries.yaml")["provinces_of_spain"])))


def _town_alone(city: str) -> str:
    """The town without what is said behind it: a sentence, a bracket that does not close; "" for a label of a form."""
    city = _NEXT_SENTENCE.split(city)[0]
    city = city[1:-1] if re.fullmatch(r"\([^()]+\)", city) else city  # "45710 (Toledo)"
    if "(" in city and ")" not in city:
        city = city.partition("(")[0].strip(" ,;-")
    return "" if re.search(r"[:°#]", city) else city


@cache
def _counties() -> frozenset[str]:
    return frozenset(map(_key, terms(words_file("countries.yaml")["counties"])))


def is_county(text: str) -> bool:
    """Whether a line is a county of Britain or Ireland, which stands between the post town and the postcode."""
    return _key(text) in _counties()


def is_unit_code(text: str) -> bool:
    """Whether a postal code is one of Britain or Ireland, which names a few doors of one street."""
    return re.fullmatch(rf"{_UK_POSTCODE}|{_EIRCODE}", text.strip().upper()) is not None


_LONGEST_ADDRESS = 120
_CALLED_ADDRESS = re.compile(
    r"^\s*(?:addr?|address|adresse|anschrift|adres|dirección|domicilio|indirizzo)\s*\.?\s*:\s*", re.IGNORECASE
)
#: A street, and a town behind its code as it stands on the continent: five figures, 87-100, 3542 AD.
_STREET_THEN_TOWN = re.compile(r"(.{6,80}?)\s+((?:\d{5}|\d{2}-\d{3}|\d{4}\s?[A-Z]{2})\s+[^\W\d].{1,50})")


def _without_saint(text: str) -> str:
    """A folded line without the saint that begins it: "St Brendan's Hospital" is no street, "St. John's Road" still is."""
    return _LEADING_SAINT.sub("", folded(text).strip())


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


def holds_address(pieces: Sequence[str]) -> bool:
    """Whether pieces of a line hold a street and a town with its code: a street by its words, or by its house's number right
    before the town ("Waalhaven Z.z. 19", "3089 JH Rotterdam")."""
    towns = [town is not None and town.city is not None for town in map(town_of, pieces)]
    if not any(towns):
        return False
    before = zip(pieces, towns[1:], strict=False)
    numbered = (placed and _LAST_NUMBER.fullmatch(piece) and not is_door(piece) for piece, placed in before)
    return any(is_street_alone(piece) for piece in pieces) or any(numbered)


def _street_and_town(piece: str) -> Sequence[str]:
    """ "14 route de Nantes 49300 Cholet", which no comma parts, in two; any other piece as it is."""
    found = _STREET_THEN_TOWN.fullmatch(piece) if len(piece) <= _LONGEST_ADDRESS else None
    if found is None or not is_street(found[1]) or names_street(found[2]) or town_of(found[2]) is None:
        return [piece]
    return [found[1], found[2]]


def pieces_of_line(text: str) -> Sequence[str]:
    """A whole address in one line, at its commas and bars: "Acme Ltd, 4 High Street, Leeds LS1 4AP"."""
    text = _CALLED_ADDRESS.sub("", text)
    split = (piece.strip() for piece in re.split(r"\s*[|;•·]\s*|\s+[–—-]\s+|(?!(?<=\d),\d(?!\d)),\s*", text) if piece.strip())
    pieces = [part for piece in split for part in _street_and_town(piece)]
    joined: list[str] = []
    for piece, following in pairwise([*pieces, ""]):
        # "Springfield, IL 62701" is one town, "Main Street, 12" and "12, rue du Port" one street.
        begins_street = (
            _NUMBER_BEFORE_STREET.fullmatch(piece) and names_street(following) and not names_street("".join(joined[-1:]))
        )
        ends_town = _TOWN_AFTER_COMMA.fullmatch(_with_state_codes(piece)) and not begins_street
        goes_on = joined and _STREET_GOES_ON.fullmatch(piece) and names_street(joined[-1])
        if joined and (goes_on or ends_town or (_NUMBER_BEFORE_STREET.fullmatch(joined[-1]) and names_street(piece))):
            joined[-1] = f"{joined[-1]}, {piece}"
        else:
            joined.append(piece)
    return joined
