"""Denied parties: lists of people and companies that nobody may deliver to, and how an order's parties came out against them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from models.domain.display_words import country_words
from models.domain.findings import Candidate, Finding, Owner, Severity
from models.domain.party import Address, Customer
from models.domain.purchase_order import PurchaseOrder
from models.domain.values import CountryCode, Value

#: Likeness (0 to 100) from which a name is a hit. The benchmark in docs/deciding.md says what it finds and what it costs.
THRESHOLD = 86.0


class ListVersion(Value):
    """A list as it was loaded: its name (`OFAC SDN`, `EU`, `UN`, `UK`) and the version or date that it states."""

    name: str
    version: str


class WatchEntry(Value):
    """One listed party. `names` holds the primary name first, then every alias, in any script; `entry_id` is the list's own."""

    list_name: str
    entry_id: str
    names: tuple[str, ...]
    kind: Literal["person", "entity", "vessel", "aircraft", "unknown"] = "unknown"
    countries: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()


class WatchList(Value):
    """A whole list with its version and the SHA-256 of the file it was read from."""

    name: str
    version: str
    digest: str
    entries: tuple[WatchEntry, ...]


class Party(Value):
    """Somebody whom an order names. `country` is an ISO 3166-1 code where it is known."""

    name: str
    country: str = ""


class Hit(Value):
    """A party's name that is like a listed one: `score` 0 to 100, on which list in which version."""

    party: str
    listed: str
    entry_id: str
    list_name: str
    list_version: str
    score: float
    programmes: tuple[str, ...] = ()


class Screening(Value):
    """What the screening of an order looked at: the parties, the lists with their versions, the nearest it came, and in which
    countries the parties are."""

    parties: tuple[str, ...]
    lists: tuple[ListVersion, ...]
    threshold: float = THRESHOLD
    nearest: float = 0.0
    nearest_name: str = ""
    countries: tuple[str, ...] = ()


def screened_parties(order: PurchaseOrder, customer: Customer | None, ship_to: Address | None) -> tuple[Party, ...]:
    """Everybody whom an order names, each name once: the customer of our books, and every party as the document states it."""
    known = [(customer.name, customer.address.country)] if customer else []
    place = [(ship_to.name, ship_to.country)] if ship_to else []
    stated = [(each.name or "", each.country or "") for each in (order.buyer, order.ship_to, order.bill_to) if each]
    parties = {
        name.strip(): Party(name=name.strip(), country=country.strip().upper()[:2])
        for name, country in reversed([*known, *place, *stated])
    }
    return tuple(reversed([party for name, party in parties.items() if name or party.country]))


def hit_findings(hits: Sequence[Hit]) -> tuple[Finding, ...]:
    """One question per party: its best hit, with every other as a candidate."""
    by_party: dict[str, list[Hit]] = {}
    for hit in sorted(hits, key=lambda hit: -hit.score):
        by_party.setdefault(hit.party, []).append(hit)
    return tuple(_hit_finding(party, found) for party, found in by_party.items())


def embargo_findings(parties: Sequence[Party], embargoed: Sequence[CountryCode]) -> tuple[Finding, ...]:
    """A question for each country that the policy names and a party is in."""
    found = {party.country: party.name for party in reversed(parties) if party.country in embargoed}
    return tuple(
        Finding(
            code="embargoed_country",
            severity=Severity.ERROR,
            message=f"{name or 'A party'} is in {country_words(country)}, an embargoed country: compliance must release it.",
            read=country,
            owner=Owner.COMPLIANCE,
        )
        for country, name in sorted(found.items())
    )


def _hit_finding(party: str, hits: Sequence[Hit]) -> Finding:
    best = hits[0]
    message = (
        f"{party!r} is {best.score:.0f} % like {best.listed!r} ({best.list_name} {best.list_version}, entry {best.entry_id}): "
        "compliance decides whether it is the same party."
    )
    return Finding(
        code="denied_party",
        severity=Severity.ERROR,
        message=message,
        read=party,
        expected=best.listed,
        owner=Owner.COMPLIANCE,
        candidates=tuple(
            Candidate(
                value=hit.listed,
                label=f"{hit.list_name} {hit.list_version}, {hit.entry_id}",
                score=round(hit.score / 100, 4),
                reasons=hit.programmes,
            )
            for hit in hits[:5]
        ),
    )
