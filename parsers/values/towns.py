"""Towns, regions and countries: which line of an address names them, by the forms of postal codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from models.domain.values import CountryCode
from parsers.lexicon import folded, terms, words_file
from parsers.values.gazetteer import is_town, settled_name
from parsers.values.states import AUSTRALIAN_STATES, PREFIXES, PROVINCES, STATE_NAMES, STATES
from parsers.values.streets import has_street_word, is_numbered_street, is_site, names_street, says_since

_STATE_NAME = re.compile(
    r"(?:(?<=,)|^)\s*(" + "|".join(sorted(STATE_NAMES, key=len, reverse=True)) + r")[,\s]+(?=\d{5}(?:-\d{4})?$)", re.IGNORECASE
)
_AUSTRALIAN_STATE = re.compile(rf"(?<=[^\W\d])[,\s]+({'|'.join(AUSTRALIAN_STATES)})[,\s]+(?=\d{{4}}$)", re.IGNORECASE)
SIX = r"\d{6}|[1-8]\d{2} \d{3}"  # India's codes, in two groups or one
_UK_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
_EIRCODE = r"(?:[AC-FHKNPRTV-Y]\d{2}|D6W)(?: ?(?=\d*[A-Y])| )[0-9AC-FHKNPRTV-Y]{4}"
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
        (r"(?P<city>[^\d,()]{2,40}?)\s*\((?P<code>\d{4,5})\)(?:,\s*(?P<region>[^\W\d][^\d,()]{2,30}))?,?", None),
        (r"(?P<code>\d{4}-\d{3})\s+(?P<city>.+)", "PT"),
        (r"(?P<code>(?-i:[A-HJ-NP-Z])\d{4}(?-i:[A-Z]{3})?)\s+(?P<city>[^\W\d][^\d]+)", "AR"),
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
#: What leads to a number in a register and not to a postal code: "Tomo 1855", "R.E.A. BO 155012", "Amtsgericht Ulm 5510".
_REGISTER = re.compile(
    r"\b(?:tomo|folio|hoja|libro|seccion|rea|r\.e\.a|reg\.? imprese|registro|registergericht|amtsgericht|handelsregister"
    r"|hr[ab]|krs|bdo|regon|rcs|rpm|siret|siren|naf|ape|kapital\w*|cap(?:ital)?\.? soc\w*|au capital|kvk|nif|nip|cif"
    r"|firmenbuch|fn|dvr|cnpj|nit|ruc|rfc|cuit|gstin|pan|cin|adoszam|cegjegyzekszam|vergi|tax|org\.? ?n[or]|bankgiro|plusgiro)\b"
)
_NEXT_SENTENCE = re.compile(r"(?<=[^\W\d_]{4})\.\s+(?=\S)|(?<=\))\.\s+(?=\S)")
_FULL_STOP = re.compile(r"(?:(?<=\w{4})|(?<=\)))\.$")


@dataclass(frozen=True, slots=True)
class Town:
    """The line of an address that names the town. `country` where the form or a prefix settles it; `is_guess` where postal
    codes of that form are other countries' too; `is_doubtful` where words beside a town's name may be its own or a remark."""

    city: str | None
    postal_code: str
    region: str | None
    country: CountryCode | None
    is_guess: bool = False
    is_doubtful: bool = False


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
    text = _ASIDE.sub("", _CODE_WORD.sub("", _FULL_STOP.sub("", " ".join(text.split())))).strip(" ,;")
    if not 4 <= len(text) <= 80 or "@" in text or says_since(text):
        return None
    country = None
    if match := _PREFIXED.fullmatch(text):
        prefix = PREFIXES.get(match["prefix"])
        if prefix is None:
            return None
        country, text = CountryCode(prefix), match["rest"]
    text, named = _without_country(text)
    text = with_state_codes(text)
    return next((town for town in _towns(text, country or named, hint)), None)


def with_state_codes(text: str) -> str:
    """ "Austin, Texas 78701" as "Austin, TX 78701", "Carlton Victoria 3053" as "Carlton VIC 3053"."""
    text = _AUSTRALIAN_STATE.sub(lambda found: f" {AUSTRALIAN_STATES[found[1].lower()]} ", text).strip()
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
        if city is not None and native is None and is_site(city):
            continue
        if city is not None and native is None and has_street_word(city):
            continue
        if city is not None and native is None and match.start("city") < match.start("code") and _REGISTER.search(folded(city)):
            continue
        found = country or (CountryCode(native) if native else None) or (CountryCode.parse(hint) if hint else None)
        is_spain = found == "ES" or (found is None and native is None)
        if is_spain and city is not None and (province := _PROVINCE_BEHIND.fullmatch(city)) and _is_province(province, found):
            city, region = province["city"], province["region"]
        if city is not None and native is None and region is None and (named := _REGION_BEHIND.fullmatch(city)):
            city, region = named["city"], named["region"]
        if city is not None and region is None and native in ("GB", "IE"):
            city, region = _without_county(city)
        # Six figures are a code of Romania, and of Belarus, Russia, China and India as well.
        is_guess = country is None and native == "RO"
        city, is_doubtful = (
            settled_name(city, is_behind_code=match.start("city") > match.start("code")) if city else (city, False)
        )
        yield Town(city, " ".join(parts["code"].split()).upper(), region, found, is_guess, is_doubtful)


def _without_county(city: str) -> tuple[str, str | None]:
    """ "Hungerford, Berkshire" and "Hungerford Berkshire" in two; what is a county alone ("Durham" is a town as well) stays."""
    words = city.replace(",", " , ").split()
    for count in (1, 2, 3, 4):
        county = " ".join(words[-count:])
        before = " ".join(words[:-count]).replace(" ,", ",").strip(" ,")
        if before and "," not in county and is_county(county) and not is_town(city):
            return before, county
    return city, None


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


#: "Acme Ltd 12 Mill Lane": a name that runs into the street; "Unit 4 Calder Park" does not.
_NAME_BEFORE_STREET = re.compile(
    r"(?P<name>[^\d,]{3,60}?(?<!unit)(?<!suite)(?<!lot)(?<!plot)(?<!bay)(?<!block)(?<!box)(?<!no\.)(?<!floor))"
    r" (?P<street>\d{1,5}[a-z]?(?:-\d{1,5})? [^\W\d].{2,60})",
    re.IGNORECASE,
)


def parts_before_town(text: str) -> Sequence[str]:
    """An address that no comma parts, in its parts: "12 Mill Lane", "Leeds LS1 4AP"; with a name before the street, in three.
    Empty for what is the town alone, or names none."""
    town = town_of(text)
    if town is None or town.city is None or (place := text.find(town.city)) < 1:
        return ()
    before = text[:place].strip(" ,;-")
    if before.upper().endswith(town.postal_code):
        return ()
    if not (names_street(before) or is_numbered_street(before)):
        return ()
    parted = _NAME_BEFORE_STREET.fullmatch(before)
    return (*(parted.group("name", "street") if parted else (before,)), text[place:])
