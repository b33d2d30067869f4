"""Invented companies in invented towns, and the ways in which an order misspells them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from benchmarks.matching.retail import mistyped
from models.domain.identifiers import CustomerNumber
from models.domain.party import Address, Customer, StatedParty
from models.domain.values import CountryCode, Currency, Money

_BEGIN = (
    "Nor",
    "Wes",
    "Al",
    "Rhen",
    "Do",
    "El",
    "Mai",
    "Ha",
    "Is",
    "Neck",
    "Ru",
    "Saa",
    "Kro",
    "Lin",
    "Bau",
    "Schmi",
    "Kess",
    "Vo",
)
_MIDDLE = ("da", "ter", "pen", "er", "nau", "be", "ni", "vel", "ar", "ke", "ri", "so", "ge", "lo", "mi", "ra")
_END = ("mann", "ner", "berg", "stein", "hof", "land", "tal", "burg", "wig", "sen", "ler", "feld", "ström", "müller", "haus")
_TRADE = (
    "Metallbau", "Elektrotechnik", "Haustechnik", "Logistik", "Sanitär", "Holzbau", "Werkzeuge", "Fensterbau", "Dachbau",
    "Kühltechnik", "Maschinenbau", "Anlagenbau", "Großhandel", "Verpackungen", "Industries", "Trading", "Engineering", "Supplies",
)  # fmt: skip
_FORM = {
    "GmbH": ("G.m.b.H.", "GmbH", "mbH", ""), "AG": ("A.G.", "Aktiengesellschaft", "AG", ""), "Ltd": ("Limited", "Ltd.", ""),
    "GmbH & Co. KG": ("GmbH und Co KG", "GmbH & Co. KG", "KG"), "B.V.": ("BV", "b.v.", ""), "S.A.R.L.": ("SARL", "Sarl", ""),
}  # fmt: skip
_STREET = (
    "Hafen",
    "Garten",
    "Industrie",
    "Bahnhof",
    "Mühlen",
    "Wald",
    "Kirch",
    "Schul",
    "Linden",
    "Ring",
    "Werk",
    "Feld",
    "Birken",
)
_OF_STREET = (("straße", ("str.", "strasse", "Straße")), ("weg", ("weg",)), ("allee", ("allee",)), ("platz", ("pl.", "platz")))
_TOWNS, _ORPHANS = 2_500, 0.1


class Asked(NamedTuple):
    """A party as an order states it, and the customer that is meant; None for somebody who is no customer."""

    stated: StatedParty
    meant: CustomerNumber | None


def companies(count: int, seed: int) -> list[Customer]:
    """Customers in some thousand towns. One in fifty bears the name of another one, in another town."""
    draw = random.Random(seed)
    towns = [(f"{draw.randrange(10_000, 99_999)}", _word(draw).title()) for _ in range(_TOWNS)]
    made: list[Customer] = []
    for number in range(count):
        name = draw.choice(made).address.name if made and draw.random() < 0.02 else _name(draw)
        made.append(_customer(str(100_000 + number), name, draw.choice(towns), draw))
    return made


def orders(customers: Sequence[Customer], seed: int, count: int) -> list[Asked]:
    """What orders state: nine in ten of a customer, the others of a company whose name no customer bears."""
    draw = random.Random(seed)
    known = {one.address.name for one in customers}
    strangers = (one for one in iter(lambda: _stranger(customers, draw), None) if one.address.name not in known)
    orphans = list(islice(strangers, int(count * _ORPHANS)))
    asked = [Asked(_stated(draw, one.address), one.number) for one in draw.choices(customers, k=count - len(orphans))]
    return asked + [Asked(_stated(draw, one.address), None) for one in orphans]


def _word(draw: random.Random) -> str:
    return draw.choice(_BEGIN) + "".join(draw.choices(_MIDDLE, k=draw.choice((0, 1, 1, 2)))) + draw.choice(_END)


def _name(draw: random.Random) -> str:
    first = _word(draw) if draw.random() < 0.8 else f"{_word(draw)} & {_word(draw)}"
    return f"{first} {draw.choice(_TRADE)} {draw.choice(list(_FORM))}"


def _stranger(customers: Sequence[Customer], draw: random.Random) -> Customer:
    """Somebody in a customer's town; half of them in the customer's trade too."""
    near = draw.choice(customers).address
    name = _name(draw)
    if draw.random() < 0.5:
        name = " ".join([_word(draw), *near.name.split()[1:]])
    return _customer("0", name, (near.postal_code, near.city), draw)


def _customer(number: str, name: str, town: tuple[str, str], draw: random.Random) -> Customer:
    street = f"{draw.choice(_STREET)}{draw.choice(_OF_STREET)[0]} {draw.randrange(1, 180)}"
    zero = Money.zero(Currency("EUR"))
    address = Address(name=name, street=street, postal_code=town[0], city=town[1], country=CountryCode("DE"))
    return Customer(
        number=CustomerNumber(number),
        address=address,
        currency=Currency("EUR"),
        price_list="LIST",
        credit_limit=zero,
        open_balance=zero,
    )


def _stated(draw: random.Random, address: Address) -> StatedParty:
    """Up to two slips in the name, one elsewhere; forms and streets otherwise written, parts left out."""
    code = address.postal_code if draw.random() < 0.94 else draw.choice((None, _wrong_digit(draw, address.postal_code)))
    city = address.city if draw.random() < 0.85 else mistyped(draw, address.city)
    return StatedParty(
        name=_misspelt_name(draw, address.name),
        street=_street_as_written(draw, address.street) if draw.random() < 0.9 else None,
        postal_code=code,
        city=city if code is None or draw.random() < 0.95 else None,
    )


def _misspelt_name(draw: random.Random, name: str) -> str:
    form = next(form for form in sorted(_FORM, key=len, reverse=True) if name.endswith(form))
    words = name.removesuffix(form).split()
    for _ in range(draw.choice((0, 1, 1, 2))):
        at = draw.randrange(len(words))
        words[at] = mistyped(draw, words[at])
    if draw.random() < 0.1:
        words[-1] = words[-1][: draw.randrange(5, 8)] + "."
    if draw.random() < 0.08:
        words = [words[-1], *words[:-1]]
    written = " ".join((*words, draw.choice(_FORM[form]))).strip()
    written = written.replace("ü", "ue").replace("ä", "ae").replace("ö", "oe") if draw.random() < 0.3 else written
    return written.upper() if draw.random() < 0.2 else written


def _street_as_written(draw: random.Random, street: str) -> str:
    for form, ways in _OF_STREET:
        street = street.replace(form, draw.choice(ways)) if draw.random() < 0.5 else street
    name, number = street.rsplit(" ", 1)
    return f"{mistyped(draw, name) if draw.random() < 0.15 else name} {number}"


def _wrong_digit(draw: random.Random, code: str) -> str:
    at = draw.randrange(len(code))
    return code[:at] + draw.choice("0123456789") + code[at + 1 :]
