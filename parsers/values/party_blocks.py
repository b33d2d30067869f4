"""A block of lines that names a party: its name, address and numbers, each with the line it was read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from models.contracts.extraction_v1 import PartyV1, StatedValue
from models.domain.document import TextBox
from models.domain.identifiers import Gln, VatId
from parsers.lexicon import split_at_label
from parsers.values.addresses import pieces_of_line
from parsers.values.block_rows import single_lines
from parsers.values.cells import stated
from parsers.values.gazetteer import is_town
from parsers.values.streets import is_door, is_numbered_street, is_street, is_street_alone, names_street, street_within
from parsers.values.towns import Town, country_of, is_county, is_unit_code, town_of

_LONGEST_LINE = 300
_NAME, _STREET, _TOWN, _NUMBER, _INFERRED = 0.9, 0.88, 0.92, 0.97, 0.75
_UNCODED = 0.85
#: A town's name whose end is not known: below what a person need not see.
_DOUBTFUL = 0.7
_TOWN_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞŁŚŻŹĆ][^\W\d_]*(?:[ '’.-]{1,2}[^\W\d_]+){0,4}")
_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+){1,5}")
_PHONE = re.compile(r"(?:(?:tel|phone|fax|mobile?|ph|telefon|t|f|m)\b[.:\s]*)?\+?[\d(][\d\s()./-]{6,20}", re.IGNORECASE)
_ATTENTION = re.compile(
    r"^(?:(?:attn?\.?|attention|z\.?\s?hd\.?|zu h[äa]nden|c/o|care of|t\.?a\.?v\.?|à l'attention|att\.?n?e?)\b|c/-|℅)",
    re.IGNORECASE,
)
_ROOM = re.compile(
    r"(?:room|rm|floor|fl|suite|ste|mail ?stop|ms|raum|zimmer|stock|bureau|kamer|pok[oó]j)\b[.:#\s]*[\w-]{0,8}", re.IGNORECASE
)
_UNIT = re.compile(r"(?:unit|suite|plot|lot|bay|block|building|bldg)\s?\w{1,4}", re.IGNORECASE)
_SITE_CODE = re.compile(
    r"(?:(?:requisition(?:ing)?|delivery|receiving|ship(?:ping)?[ -]to|ordering|cost)\s+)?"
    r"(?:point|location|site|facility|cent(?:re|er)|code|dept|department)\b(?:\s+(?:code|id|no))?[.:#\s]*[A-Z]{0,4}[-/]?\d[\w/-]{1,11}",
    re.IGNORECASE,
)
_VAT_WORDS = re.compile(r"[A-Z]{2,3}[ .-]?[\dA-Z][\dA-Z .+*-]{6,16}")
_DOTS = re.compile(r"\s+[·•|]\s+")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_REGISTER = re.compile(
    r"\b(?:HR[AB]|RCS|SIRE[TN]|REA|KRS|REGON|KvK|Amtsgericht|Registergericht|Handelsregister|Firmenbuch|FN|[Cc]apital de"
    r"|[Cc]apital social|[Cc]ap\. ?[Ss]oc|[Kk]apitał zakładowy|Albo|Tomo|Org\.? ?nr)\b.*\d|\b(?:IBAN|BIC)\b"
)
_LABELS = frozenset(["vat_id", "gln", "email", "phone", "contact", "customer_number", "website", "vendor_number", "job", "bank"])
_WITHOUT_COLON = frozenset(["vat_id", "gln", "phone", "customer_number"])
_TITLES = frozenset(["ship_to", "bill_to", "buyer", "seller", "ship_from"])


def party_from_block(lines: Sequence[TextBox], *, country_hint: str | None = None) -> PartyV1:
    """The party that `lines` name, top to bottom. `country_hint` (ISO 3166-1) is the country of towns that leave it open.

    What a line does not say stays None. A block in one line is taken apart at its commas.
    """
    found: dict[str, StatedValue | None] = {}
    rest: list[TextBox] = []
    for box in single_lines(lines):
        rest += _without_numbers(box, found)
    hint = country_hint or _vat_country(found)
    place = next((index for index in range(len(rest) - 1, -1, -1) if town_of(rest[index].text, hint)), None)
    _take_country(rest, found)
    if place is not None and (town := town_of(rest[place].text, hint)) is not None:
        _take_town(rest[place], town, found)
    else:
        rest = _with_uncoded_town(rest, found)
    # What stands below the town is no part of the address, unless the town stands first.
    ends = place if place is not None and place > 1 else len(rest)
    head = [box for index, box in enumerate(rest[:ends]) if index != place and country_of(box.text) is None]
    head = [box for index, box in enumerate(head) if index == 0 or box.text.casefold() != head[0].text.casefold()]
    _take_name_and_street(head, found, has_town=place is not None)
    if found.get("country") is None and hint is not None and place is not None:
        found["country"] = StatedValue(value=hint, confidence=_INFERRED)
    return PartyV1(**{name: value for name, value in found.items() if value is not None and name in PartyV1.model_fields})


def _with_uncoded_town(rest: list[TextBox], found: dict[str, StatedValue | None]) -> list[TextBox]:
    """The lines less street, town and region where a land has no postal codes or nobody writes them: "Calle Sol 12, Molina,
    Región del Maule" in one line, or "Dock Road" over "Felixstowe", which the gazetteer knows."""
    pieces = [TextBox(piece, box.evidence) for box in rest for piece in pieces_of_line(box.text[:_LONGEST_LINE])]
    for at, (street, town) in enumerate(pairwise(pieces)):
        if not _names_place(street, town) or (at == 0 and not is_street_alone(street.text)):
            continue  # "Dublin Road Stores" over "Athlone" is a name
        below = [each for each in pieces[at + 2 :] if each.evidence is town.evidence]
        region = [each for each in below if country_of(each.text) is None]
        above = [street]
        while (at := at - 1) > 0 and street.evidence is not town.evidence and is_street(pieces[at].text):
            above.insert(0, pieces[at])
        found["street"] = stated(" ".join(each.text.strip(" ,;") for each in above), above, _UNCODED)
        found["city"] = stated(town.text, [town], _UNCODED)
        if len(region) == 1 and _TOWN_NAME.fullmatch(region[0].text):
            found["region"] = stated(region[0].text, region, _UNCODED)
        if found.get("country") is None:
            _take_country(below, found)
        lead = [each for each in pieces[: pieces.index(above[0])] if each.evidence is above[0].evidence]
        return [*(box for box in rest[: rest.index(_first_of(rest, above[0]))]), *lead]
    return rest


def _names_place(street: TextBox, town: TextBox) -> bool:
    """Whether a street and a town follow each other: in one line by the street's form alone, else by a town's known name."""
    if not _is_bare_town(town.text):
        return False
    if street.evidence is town.evidence and is_street_alone(street.text):
        return True
    return is_town(town.text) and names_street(street.text) and not is_door(street.text)


def _first_of(rest: Sequence[TextBox], piece: TextBox) -> TextBox:
    return next(box for box in rest if box.evidence is piece.evidence)


def _is_bare_town(text: str) -> bool:
    is_place = is_door(text) or names_street(text) or country_of(text) is not None
    return _TOWN_NAME.fullmatch(text) is not None and not is_place


def _without_numbers(box: TextBox, found: dict[str, StatedValue | None]) -> list[TextBox]:
    """Takes what is labelled or has a form of its own; what is left of the line may be name or address."""
    text = box.text.strip(" ,;|")
    pieces = [piece for piece in _DOTS.split(text) if piece]
    if len(pieces) > 1 and any((known := split_at_label(piece)) and known[0].name in _LABELS for piece in pieces[1:]):
        return [left for piece in pieces for left in _without_numbers(TextBox(piece, box.evidence, box.confidence), found)]
    if split := split_at_label(text):
        name, value = split[0].name, split[2]
        if name in _TITLES and len(value) > 1 and ":" in text:
            return _without_numbers(TextBox(value, box.evidence, box.confidence), found)
        if name in _LABELS and (":" in text or name in _WITHOUT_COLON):
            _take_labelled(name, value, box, found)
            return []
    if _take_by_form(text, box, found) or not any(sign.isalnum() for sign in text):
        return []
    return [box]


def _take_by_form(text: str, box: TextBox, found: dict[str, StatedValue | None]) -> bool:
    """Whether the line is an e-mail, telephone, VAT or location number, or a person's, and so no address; some are kept."""
    if email := _EMAIL.search(text):
        found.setdefault("email", stated(email[0], [box], _NUMBER))
    elif (vat := VatId.parse(text)) is not None:
        found.setdefault("vat_id", stated(vat, [box], _NUMBER))
    elif (gln := Gln.parse(text)) is not None:
        found.setdefault("gln", stated(gln, [box], 0.85))
    else:
        return bool(_URL.search(text) or _ATTENTION.match(text) or _PHONE.fullmatch(text) or _REGISTER.search(text))
    return True


def _take_labelled(name: str, value: str, box: TextBox, found: dict[str, StatedValue | None]) -> None:
    if name == "vat_id":
        vat = VatId.parse(value) or _embedded_vat(value)
        found.setdefault("vat_id", stated(vat, [box], _NUMBER) if vat is not None else None)
    elif name == "gln" and (gln := Gln.parse(value)) is not None:
        found.setdefault("gln", stated(gln, [box], _NUMBER))
    elif name == "email" and (email := _EMAIL.search(value)):
        found.setdefault("email", stated(email[0], [box], _NUMBER))
    elif name == "customer_number":
        found.setdefault("customer_number", stated(value, [box], _NUMBER))


def _embedded_vat(text: str) -> VatId | None:
    return next((vat for match in _VAT_WORDS.finditer(text.upper()) if (vat := VatId.parse(match[0].strip()))), None)


def _vat_country(found: dict[str, StatedValue | None]) -> str | None:
    vat = found.get("vat_id")
    number = VatId.parse(vat.value) if vat is not None else None
    return number.country if number is not None else None


def _take_country(rest: Sequence[TextBox], found: dict[str, StatedValue | None]) -> None:
    for box in reversed(rest):
        if (country := country_of(box.text)) is not None:
            found["country"] = stated(country, [box], _NUMBER)
            return


def _take_town(box: TextBox, town: Town, found: dict[str, StatedValue | None]) -> None:
    found["postal_code"] = stated(town.postal_code, [box], _TOWN)
    found["city"] = stated(town.city, [box], _DOUBTFUL if town.is_doubtful else _TOWN) if town.city else None
    found["region"] = stated(town.region, [box], _TOWN) if town.region else None
    if town.country is not None and found.get("country") is None:
        found["country"] = stated(town.country, [] if town.is_guess else [box], _INFERRED if town.is_guess else _TOWN)


def _take_name_and_street(head: Sequence[TextBox], found: dict[str, StatedValue | None], *, has_town: bool) -> None:
    """The first line is the name unless it alone is a street; of the others, those that look like streets are the street,
    else the line above the town."""
    if not head:
        return
    if not has_town and len(head) == 1 and is_street_alone(head[0].text):
        found["street"] = stated(head[0].text.strip(" ,;"), [head[0]], _STREET)
        return
    if len(head) > 1 and has_town and _SITE_CODE.fullmatch(head[0].text.strip()) and not is_street(head[1].text):
        head = head[1:]  # "Requisition Point KR4471" over the name
    while len(head) > 1 and _ROOM.fullmatch(head[0].text.strip()):
        head = [*head[1:-1], head[0], head[-1]] if len(head) > 2 else head[::-1]
    if has_town and len(head) > 1 and _UNIT.fullmatch(head[0].text.strip(" ,;")) and names_street(head[1].text):
        found["street"] = stated(" ".join(box.text.strip(" ,;") for box in head), list(head), _STREET)
        return
    leads = is_numbered_street(head[0].text) or is_street_alone(head[0].text)
    if has_town and len(head) > 1 and leads and not any(names_street(box.text) for box in head[1:]):
        _take_street_and_town(head, found)
        return
    if len(head) > 1 or not (has_town and is_street(head[0].text)):
        found["name"] = stated(
            head[0].text.strip(" ,;"), [head[0]], _NAME if has_town or len(head) > 1 or "city" in found else 0.8
        )
    if not has_town:
        return
    others = head[1:] if len(head) > 1 else ([] if "name" in found else head)
    if found.get("city") is None and len(others) > 1 and is_county(others[-1].text):
        found["region"] = stated(others[-1].text.strip(" ,;"), [others[-1]], 0.85)
        others = others[:-1]
    if found.get("city") is None and others and not is_street(others[-1].text):
        # British addresses give the post town a line of its own above the postcode.
        found["city"] = stated(others[-1].text.strip(" ,;"), [others[-1]], 0.85)
        others = others[:-1]
    if found.get("city") is None and others:
        others = [*others[:-1], _without_town(others[-1], found)]
    streets = [box for box in others if is_street(box.text)]
    streets = [box for box in streets if names_street(box.text)] or streets  # "Halle 4" only looks like one
    streets = [box for box in streets if not is_door(box.text)] or streets
    chosen = streets or list(others[-1:])
    if streets and not any(re.search(r"\d", box.text) for box in streets):
        chosen = [box for box in others if box in streets or (re.search(r"\d", box.text) and not is_door(box.text))]
    chosen = [*chosen, *_estate_of(chosen, others)]
    text = " ".join(box.text.strip(" ,;") for box in chosen)
    code = found.get("postal_code")
    # A British or Irish code names a few doors: "Bonawe Quarry" between name and town is the street.
    is_sure = bool(streets) or (len(others) == 1 and code is not None and is_unit_code(code.value))
    found["street"] = stated(street_within(text), chosen, _STREET if is_sure else 0.7)


def _take_street_and_town(head: Sequence[TextBox], found: dict[str, StatedValue | None]) -> None:
    """The street that begins an address, and the town behind it where its code is alone: "41 Fore Street, Totnes, TQ9 5RP"."""
    found["street"] = stated(head[0].text.strip(" ,;"), [head[0]], _STREET)
    if found.get("city") is None and len(head) == len(("street", "town")) and _is_bare_town(head[1].text):
        found["city"] = stated(head[1].text.strip(" ,;"), [head[1]], _UNCODED)


def _estate_of(unit: Sequence[TextBox], others: Sequence[TextBox]) -> Sequence[TextBox]:
    """What stands below a unit that no street was read for: "Unit 6", "Calder Park"."""
    alone = bool(unit) and all(_UNIT.fullmatch(box.text.strip(" ,;")) for box in unit)
    below = others[others.index(unit[-1]) + 1 :] if alone else []
    return [] if not below or is_door(below[0].text) else below[:1]


def _without_town(box: TextBox, found: dict[str, StatedValue | None]) -> TextBox:
    """The street of "Galway Road, Athlone" over a postal code alone, whose town is taken."""
    street, comma, town = box.text.rpartition(",")
    if not comma or not is_street(street) or is_street(town) or re.search(r"\d", town) or not town.strip():
        return box
    found["city"] = stated(town.strip(" ,;"), [box], 0.85)
    return TextBox(street.strip(), box.evidence, box.confidence)


def believed(party: PartyV1 | None, share: float) -> PartyV1 | None:
    """The party with every confidence lowered to `share` of it."""
    if party is None:
        return None
    stated_values = {name: value for name in type(party).model_fields if (value := getattr(party, name)) is not None}
    return party.model_copy(
        update={
            name: value.model_copy(update={"confidence": round(value.confidence * share, 4)})
            for name, value in stated_values.items()
        }
    )
