"""Where the goods go: the customer's known place that the order means, or a new one that a person must see first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.domain.corrections import address_from
from models.domain.findings import Candidate, Finding, Severity
from models.domain.identifiers import Gln
from models.domain.learning import LearnedFact
from models.domain.normalisation import (
    folded,
    normalised_name,
    normalised_part_number,
    normalised_postal_code,
    similarity,
    street_similarity,
)
from models.domain.party import Address, Customer, ShipTo, StatedParty
from models.domain.sales_order import Match
from models.domain.ship_to_country import country_findings, country_note, taken_country
from models.domain.values import CountryCode

#: From here on two spellings are one place; the house number has to agree for it (see `street_similarity`).
ACCEPT = 0.82

#: How the name of a person at the usual place begins.
_PERSON = re.compile(
    r"(?:c\s?/\s?o\b|attn?\b|attention\b|f\.?a\.?o\b|z\.?\s?h(?:d|\.\s?d)\b|zu h[äa]nden|t\.?\s?a\.?\s?v\b|[àa] l['’]attention"
    r"|alla c\.?\s?a\b|all['’]attenzione|a la atenci[oó]n|do r[ąa]k"
    # Short titles as they are written, for "MS Logistics" is no lady.
    r"|(?-i:Herrn?|Frau|Mrs?|Ms|Mme|Monsieur|Madame|Sig|Sig\.ra|Dhr|Mevr|Pani?|Sra?)\b)",
    re.IGNORECASE,
)
#: Words for who takes goods in and for "us here": alone they name no other place.
_DEPARTMENTS = (
    "Wareneingang Warenannahme Lager Einkauf Zentrale Hauptsitz Werkstatt Büro Abteilung Firma unser unsere uns an bei im "
    "Warehouse Receiving Purchasing Goods In Inwards Stores Store Office Head Dept Department Dock the our us at usual "
    "address réception magasin entrepôt atelier siège service achats dépôt nos notre bureaux l d de le la du "
    "magazzino ufficio acquisti sede nostro nostra il presso almacén recepción oficina compras nuestro nuestra en el "
    "magazijn inkoop kantoor ons onze het afdeling magazyn biuro zakupy dział siedziba nasz nasza"
)
_DEPARTMENT_WORDS = frozenset(map(folded, _DEPARTMENTS.split()))

Resolution = tuple[Address | None, Match | None, tuple[Finding, ...]]


def match_ship_to(
    stated: StatedParty | None,
    customer: Customer,
    ship_tos: Sequence[ShipTo],
    *,
    chosen: str | None = None,
    learned: LearnedFact | None = None,
) -> Resolution:
    """The address to ship to, which known place it is (`Match.value` is its code), and the doubts.

    A new place comes back as its address without a match and with a `new_ship_to` finding; without an address if what
    is stated is not enough to send a parcel. `chosen` is a reviewer's code or written-out address, `learned` what earlier
    orders taught of just these words: it is used where they fit no known place by themselves.
    """
    places = _places(customer, ship_tos)
    if chosen is not None:
        return _chosen(chosen, places)
    if stated is None or not (stated.has_address or stated.gln or stated.customer_number or stated.name):
        return _default(customer, ship_tos)
    ranked = _ranked(stated, places)
    if ranked and ranked[0].score >= ACCEPT:
        return _known(stated, ranked, places)
    if learned is not None and (taught := _learned(learned, places)) is not None:
        return taught
    if _is_full(stated):
        return _new(stated, customer, ranked)
    return _by_part(stated, customer, ship_tos, places, ranked)


def _learned(fact: LearnedFact, places: dict[str, Address]) -> Resolution | None:
    """The place that the fact means; None where it is none of the customer's any more."""
    address, match, _ = _chosen(fact.statement.meaning, places)
    if address is None or match is None:
        return None
    reasons = (f"learned: {fact.receipt()}",)
    return address, match.model_copy(update={"how": "learned_ship_to", "score": 0.95, "reasons": reasons}), ()


def _is_full(stated: StatedParty) -> bool:
    return bool(stated.gln or stated.customer_number or (stated.street and (stated.city or stated.postal_code)))


def _by_part(
    stated: StatedParty,
    customer: Customer,
    ship_tos: Sequence[ShipTo],
    places: dict[str, Address],
    ranked: tuple[Candidate, ...],
) -> Resolution:
    """A bare name, street or town: the one known place that it fits, the usual place where it is just the customer or a
    person there, else a doubt, for goods must not go to the usual place when another was meant."""
    fitting = [code for code, address in places.items() if _part_fits(stated, address, customer)]
    distinct = [code for at, code in enumerate(fitting) if not any(_alike(places[code], places[one]) for one in fitting[:at])]
    if len(distinct) == 1:
        reasons = ("the part of the address that is stated fits this place alone",)
        return places[distinct[0]], Match(value=distinct[0], how="address", score=ACCEPT, reasons=reasons), ()
    if distinct:
        return _several(stated, customer, tuple(each for each in ranked if each.value in distinct))
    usual = _default(customer, ship_tos)
    if not stated.has_address and _is_at_home(stated.name or "", customer) and _may_be_in(stated.country, usual[0]):
        return usual
    return _new(stated, customer, ranked)


def _may_be_in(country: str | None, address: Address | None) -> bool:
    return country is None or address is None or CountryCode.parse(country) in (None, address.country)


def _part_fits(stated: StatedParty, address: Address, customer: Customer) -> bool:
    if not _may_be_in(stated.country, address):
        return False
    if stated.street:
        return street_similarity(stated.street, address.street) >= ACCEPT
    if stated.city or stated.postal_code:
        # A town alone means the place there, unless a name beside it says that another in that town is meant.
        return _town_score(stated, address) >= 0.95 and (not stated.name or _is_at_home(stated.name, customer))
    return _is_named(stated.name or "", address, customer)


def _is_named(name: str, address: Address, customer: Customer) -> bool:
    """Whether a bare name is a known place's: by its own name, its street, or its town beside what may be the customer's."""
    text, own = normalised_name(name), normalised_name(customer.name)
    if similarity(text, own) >= ACCEPT or _is_person(name):
        return False
    if similarity(text, normalised_name(address.name)) >= ACCEPT or _has_words(text, normalised_name(address.name), but=own):
        return True
    if any(sign.isdigit() for sign in name) and street_similarity(name, address.street) >= ACCEPT:
        return True
    town = folded(address.city)
    return bool(town) and f" {town} " in f" {folded(name)} "


def _has_words(text: str, place: str, *, but: str) -> bool:
    """Whether the words that tell the place from the customer all stand in `text`: "Kessler Werk 2" is told by "werk 2"."""
    telling = set(place.split()) - set(but.split())
    return bool(telling) and any(len(word) > 3 for word in telling) and telling <= set(text.split())


def _is_at_home(name: str, customer: Customer) -> bool:
    """Whether a name is the customer's own, or that of a person or a department there, and so no other place."""
    text, own = normalised_name(name), normalised_name(customer.name)
    if not text or _is_person(name):
        return True
    shorter, longer = sorted((set(text.split()), set(own.split())), key=len)
    is_short_form = shorter == set(text.split()) and shorter <= longer and any(len(word) > 3 for word in shorter)
    rest = set(text.split()) - set(own.split()) - _DEPARTMENT_WORDS
    return similarity(text, own) >= ACCEPT or is_short_form or not rest


def _is_person(name: str) -> bool:
    # A legal form makes it a company, such as the forwarder in "c/o Nordkai Logistik GmbH".
    return bool(_PERSON.match(name.strip())) and normalised_name(name) == folded(name)


def _several(stated: StatedParty, customer: Customer, fitting: tuple[Candidate, ...]) -> Resolution:
    """Nothing is shipped: which of the places is meant must be said."""
    text = _stated_line(stated)
    message = (
        f"The order is to go to {text}, which fits several delivery places of {customer.name}, and no full address stands "
        'beside it: choose a known code or give {"ship_to": "Name; Street; Postal code; City; Country"}.'
    )
    return None, None, (_finding("ship_to_unclear", message, read=text, candidates=fitting),)


def _places(customer: Customer, ship_tos: Sequence[ShipTo]) -> dict[str, Address]:
    """The known places by code; the customer's own address goes by the customer's number."""
    return {**{place.code: place.address for place in ship_tos}, customer.number: customer.address}


def _chosen(chosen: str, places: dict[str, Address]) -> Resolution:
    reasons = ("chosen by a reviewer",)
    if (address := address_from(chosen)) is not None:
        return address, Match(value=chosen, how="reviewer", score=1.0, reasons=reasons), ()
    wanted = normalised_part_number(chosen)
    code = next((code for code in places if normalised_part_number(code) == wanted), None)
    if code is not None:
        return places[code], Match(value=code, how="reviewer", score=1.0, reasons=reasons), ()
    known = ", ".join(f"{code} ({place.city})" for code, place in list(places.items())[:10])
    message = f"A reviewer named ship-to {chosen!r}, but this customer has none of that code. Known: {known}."
    return None, None, (_finding("new_ship_to", message, read=chosen),)


def _default(customer: Customer, ship_tos: Sequence[ShipTo]) -> Resolution:
    """Nothing stated: the customer's one place, or its main address."""
    usual = next((place for place in ship_tos if _alike(place.address, customer.address)), None)
    if usual is None and len(ship_tos) == 1:
        usual = ship_tos[0]
    address, code = (usual.address, usual.code) if usual else (customer.address, str(customer.number))
    match = Match(value=code, how="default", score=0.9, reasons=("the order names no other place",))
    if usual or not ship_tos:
        return address, match, ()
    message = f"The order names no delivery place and {customer.name} has {len(ship_tos)}: it would go to {address.one_line()}."
    return address, match, (_finding("ship_to_assumed", message, severity=Severity.WARNING, expected=address.one_line()),)


def _alike(one: Address, other: Address) -> bool:
    return (
        normalised_postal_code(one.postal_code) == normalised_postal_code(other.postal_code)
        and street_similarity(one.street, other.street) >= ACCEPT
    )


def _ranked(stated: StatedParty, places: dict[str, Address]) -> tuple[Candidate, ...]:
    candidates = [_candidate(code, address, stated) for code, address in places.items()]
    best_first = sorted(candidates, key=lambda candidate: -candidate.score)
    # The customer's own address is often a place under a code of its own: each address is offered once.
    once: dict[str, Candidate] = {}
    for candidate in best_first:
        once.setdefault(candidate.label, candidate)
    return tuple(once.values())[:4]


def _candidate(code: str, address: Address, stated: StatedParty) -> Candidate:
    score, reason = max(_scores(code, address, stated))
    why = reason if score > 0 else "a place of this customer"
    return Candidate(value=code, label=address.one_line(), score=round(score, 4), reasons=(why,))


def _scores(code: str, address: Address, stated: StatedParty) -> list[tuple[float, str]]:
    gln = Gln.parse(stated.gln)
    number = normalised_part_number(stated.customer_number or "")
    return [
        (0.99 if gln is not None and gln == address.gln else 0.0, "the GLN fits"),
        (0.97 if number and number == normalised_part_number(code) else 0.0, "the code fits"),
        (_address_score(stated, address), "the address is similar"),
    ]


def _address_score(stated: StatedParty, address: Address) -> float:
    """Street and town decide; a town alone needs the place's name beside it. Another country is another place."""
    country = CountryCode.parse(stated.country)
    if country is not None and country != address.country:
        return 0.0
    name = similarity(normalised_name(stated.name or ""), normalised_name(address.name))
    town = _town_score(stated, address)
    if stated.street:
        # The name only orders places that share a street, as two departments do.
        return 0.6 * street_similarity(stated.street, address.street) + 0.36 * town + 0.04 * name
    return 0.45 * town + 0.45 * name


def _town_score(stated: StatedParty, address: Address) -> float:
    city = similarity(folded(stated.city or ""), folded(address.city))
    if not stated.postal_code:
        return city
    if normalised_postal_code(stated.postal_code) == normalised_postal_code(address.postal_code):
        return 1.0
    return 0.5 if city >= 0.95 else 0.2 * city


def _known(stated: StatedParty, ranked: tuple[Candidate, ...], places: dict[str, Address]) -> Resolution:
    best, address = ranked[0], places[ranked[0].value]
    how = {"the GLN fits": "gln", "the code fits": "code"}.get(best.reasons[0], "address")
    match = Match(value=best.value, how=how, score=best.score, reasons=best.reasons, runner_up=ranked[1] if ranked[1:] else None)
    contradicts = how != "address" and stated.street and stated.city and _address_score(stated, address) < 0.5
    if not contradicts:
        return address, match, ()
    message = (
        f"The {how.upper() if how == 'gln' else how} means {address.one_line()}, but the address beside it is "
        f"{_stated_line(stated)}: say which place is right."
    )
    finding = _finding(
        "ship_to_conflict",
        message,
        read=_stated_line(stated),
        expected=address.one_line(),
        candidates=ranked,
        proposal={"ship_to": best.value},
    )
    return address, match, (finding,)


def _new(stated: StatedParty, customer: Customer, ranked: tuple[Candidate, ...]) -> Resolution:
    address = _as_address(stated, customer)
    nearest = tuple(candidate for candidate in ranked if candidate.score >= 0.3)
    text = _stated_line(stated)
    advice = (
        "approving sends the goods there; ask the customer first if you do not expect it."
        if address
        else 'it is not a full address: give a known code or {"ship_to": "Name; Street; Postal code; City; Country"}.'
    )
    note = country_note(stated, address.country) if address else ""
    message = f"{text} is no known delivery place of {customer.name}: {advice}{note}"
    proposal = {"ship_to": nearest[0].value} if nearest else None
    expected = nearest[0].label if nearest else None
    finding = _finding("new_ship_to", message, read=text, expected=expected, candidates=nearest or ranked, proposal=proposal)
    return address, None, (finding, *(country_findings(stated, customer, address.country) if address else ()))


def _as_address(stated: StatedParty, customer: Customer) -> Address | None:
    """What is stated as a full address."""
    country = taken_country(stated, customer)
    if country is None or not (stated.street and stated.city):
        return None
    return Address(
        name=stated.name or customer.name,
        street=stated.street,
        postal_code=stated.postal_code or "",
        city=stated.city,
        region=stated.region or "",
        country=country,
        gln=Gln.parse(stated.gln),
    )


def _stated_line(stated: StatedParty) -> str:
    town = " ".join(part for part in (stated.postal_code, stated.city, stated.region) if part)
    parts = (stated.name, stated.street, town, stated.country, stated.gln, stated.customer_number)
    return ", ".join(part for part in parts if part)[:200] or "The place"


def _finding(
    code: str,
    message: str,
    *,
    severity: Severity = Severity.ERROR,
    read: str | None = None,
    expected: str | None = None,
    candidates: tuple[Candidate, ...] = (),
    proposal: dict[str, str] | None = None,
) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        message=message,
        field="ship_to",
        read=read,
        expected=expected,
        candidates=candidates,
        proposal=proposal,
    )
