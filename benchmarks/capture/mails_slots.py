"""What fills the slots of a mail's template: seeded people, goods, numbers and days, as words and as the truth says them.

A slot is written `$name`. Beside each word that a mail shows stands the value that its truth states: `$day` is
"12 November 2026", `$dayiso` is "2026-11-12"; a slot alone may also stand for a whole line or party of the truth (`$line1`,
`$signed`).
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_HOME = Path(__file__).parent / "mails"
_MOST_GOODS = 5
_PO_NUMBERS = ("45{0:08d}", "PO-{0:05d}", "B-{0:04d}", "{1}/{0:04d}", "BE{1}-{0:04d}", "{0:06d}", "{0:04d}-A", "K{0:05d}")
_QUANTITIES = (2, 3, 4, 6, 8, 12, 15, 20, 24, 30, 40, 48, 60, 75, 120, 150, 250, 400, 1200, 2500)
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
}
_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag",
    "fr": "lundi mardi mercredi jeudi vendredi",
    "es": "lunes martes miércoles jueves viernes",
    "it": "lunedì martedì mercoledì giovedì venerdì",
    "nl": "maandag dinsdag woensdag donderdag vrijdag",
    "pl": "poniedziałek wtorek środa czwartek piątek",
}
#: Five, six, eight, ten, twelve, fifteen, twenty.
_COUNTS = (5, 6, 8, 10, 12, 15, 20)
_COUNT_WORDS = {
    "en": "five six eight ten twelve fifteen twenty",
    "de": "fünf sechs acht zehn zwölf fünfzehn zwanzig",
    "fr": "cinq six huit dix douze quinze vingt",
    "es": "cinco seis ocho diez doce quince veinte",
    "it": "cinque sei otto dieci dodici quindici venti",
    "nl": "vijf zes acht tien twaalf vijftien twintig",
    "pl": "pięć sześć osiem dziesięć dwanaście piętnaście dwadzieścia",
}


@cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    words: Mapping[str, Mapping[str, Any]] = yaml.safe_load((_HOME / "slots.yaml").read_text(encoding="utf-8"))
    return words


def drawn_slots(draw: random.Random, language: str) -> dict[str, Any]:
    """Every slot of one mail. Plain slots are strings; those that stand for parts of the truth are mappings and lists."""
    words = _words()[language]
    sent = datetime(2026, draw.randint(1, 11), draw.randint(1, 28), draw.randint(7, 16), draw.randint(0, 59), tzinfo=_zone())
    sent -= timedelta(days=max(0, sent.weekday() - 3))
    slots: dict[str, Any] = {"currency": words["currency"].split("|")[0], "sign": words["currency"].split("|")[1]}
    slots |= _numbers(draw, sent.date()) | _days(draw, sent, language) | _parties(draw, words)
    goods = draw.sample(words["goods"].strip().splitlines(), _MOST_GOODS)
    for place, listed in enumerate(goods, 1):
        slots |= {f"{name}{place}": value for name, value in _goods(draw, listed, language).items()}
    for count in (2, 3):
        total = sum((Decimal(slots[f"totaln{place}"]) for place in range(1, count + 1)), Decimal(0))
        slots |= {f"sum{count}": _figure(total, language), f"sumn{count}": str(total)}
    return slots


def _zone() -> timezone:
    return timezone(timedelta(hours=1))


def _numbers(draw: random.Random, day: date) -> dict[str, str]:
    forms = draw.sample(_PO_NUMBERS, 2)
    first = draw.randint(1000, 9000)
    numbers = [forms[0].format(first, day.year % 100), forms[0].format(first + 1, day.year % 100)]
    return {
        "po": numbers[0],
        "po2": numbers[1],
        "ref": f"{day.year}-{draw.randint(100, 999)}",
        "phone": f"0{draw.randint(10**8, 10**9)}",
    }


def _days(draw: random.Random, sent: datetime, language: str) -> dict[str, Any]:
    today = sent.date()
    monday = today + timedelta(days=7 - today.weekday())
    weekday = draw.choice([place for place in range(5) if place != today.weekday()])
    first, second = _workday(today + timedelta(days=draw.randint(6, 16))), _workday(today + timedelta(days=draw.randint(20, 30)))
    week = monday + timedelta(weeks=draw.randint(1, 3))
    slots: dict[str, Any] = {
        "sent": format_datetime(sent),
        "sentlong": f"{_long(today, language)} {sent:%H:%M}",
        "sentday": _short(today, language),
        "sentiso": today.isoformat(),
        "weekday": _WEEKDAYS[language].split()[weekday],
        "weekdayiso": (today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)).isoformat(),
        "tomorrowiso": (today + timedelta(days=1)).isoformat(),
        "nextweek": [(monday + timedelta(days=days)).isoformat() for days in range(5)],
        "kw": str(week.isocalendar().week),
        "kwdays": [(week + timedelta(days=days)).isoformat() for days in range(5)],
    }
    for name, day in (("day", first), ("day2", second)):
        slots |= {name: _long(day, language), f"{name}short": _short(day, language), f"{name}iso": day.isoformat()}
    return slots | {"daynoyear": slots["day"].rsplit(" de " if language == "es" else " ", 1)[0]}


def _workday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _long(day: date, language: str) -> str:
    month = _MONTHS[language].split()[day.month - 1]
    if language == "es":
        return f"{day.day} de {month} de {day.year}"
    return f"{day.day}{'.' if language == 'de' else ''} {month} {day.year}"


def _short(day: date, language: str) -> str:
    if language == "en":
        return f"{day.day} {_MONTHS['en'].split()[day.month - 1][:3]} {day.year}"  # in figures, nobody could tell day and month
    mark = {"fr": "/", "es": "/", "it": "/", "nl": "-"}.get(language, ".")
    return f"{day:%d}{mark}{day:%m}{mark}{day:%Y}"


def _parties(draw: random.Random, words: Mapping[str, Any]) -> dict[str, Any]:
    company, person = draw.choice(words["companies"]), draw.choice(words["people"])
    street, city, postcode = draw.choice(words["places"]).split("|")
    site = draw.choice(words["sites"])
    site_street, site_city, site_postcode = draw.choice([place for place in words["places"] if street not in place]).split("|")
    domain = "".join(sign for sign in company.split()[0].casefold() if sign.isascii() and sign.isalpha()) + "-example.example"
    country = [words["country"], None]
    return {
        "company": company,
        "person": person,
        "firstname": person.split()[0],
        "street": street,
        "city": city,
        "postcode": postcode,
        "site": site,
        "sitestreet": site_street,
        "sitecity": site_city,
        "sitepostcode": site_postcode,
        "domain": domain,
        "email": f"orders@{domain}",
        "signed": {"name": company},
        "signedfull": {"name": company, "street": street, "city": city, "postal_code": postcode, "country": country},
        "sender": {"name": [company, None]},
        "site_to": {"name": site, "street": site_street, "city": site_city, "postal_code": site_postcode, "country": country},
    }


def _goods(draw: random.Random, listed: str, language: str) -> dict[str, Any]:
    """One kind of goods with its numbers, and the lines of the truth that state it more or less fully."""
    name, behind, unit, code, stem = listed.split("|")
    ordered, old = draw.sample(_QUANTITIES, 2)
    price = Decimal(draw.randint(90, 4900)) / 100
    total = price * ordered
    count = draw.randrange(len(_COUNTS))
    part = draw.choice(
        (f"{stem}-{draw.randint(10, 99)}", f"{stem}{draw.randint(1000, 9999)}", f"{draw.randint(1000, 9999)}-{stem}")
    )
    bare = behind.removeprefix("of ").removeprefix("de ").removeprefix("di ")
    item = {"description": [name, bare], "quantity": str(ordered), "unit": code}
    line = {**item, "seller_part_number": part}
    plain_price = {**line, "unit_price": str(price)}
    return {
        "goods": name,
        "of": behind,
        "unit": unit,
        "code": code,
        "part": part,
        "own": f"{draw.randint(100000, 999999)}",
        "qty": str(ordered),
        "qtyold": str(old),
        "price": _figure(price, language),
        "pricen": str(price),
        "total": _figure(total, language),
        "totaln": str(total),
        "word": _COUNT_WORDS[language].split()[count],
        "wordn": str(_COUNTS[count]),
        "item": item,
        "line": line,
        "plainprice": plain_price,
        "priced": {**plain_price, "line_total": str(total)},
    }


def _figure(number: Decimal, language: str) -> str:
    """An amount as people of the language write it, in cents: 1,234.50 or 1.234,50; French and Polish group by spaces."""
    english = f"{number:,.2f}"
    if language == "en":
        return english
    grouped = english.replace(",", "\N{NO-BREAK SPACE}" if language in {"fr", "pl"} else "x")
    return grouped.replace(".", ",").replace("x", ".")
