"""The demo wholesaler's customers, their ship-to addresses, own part numbers, EDI agreements and exemption certificates.

GLNs lie under 952, the GS1 prefix for demonstrations and examples. VAT ids have their country's form; their checksums
are left to chance, so that none is a company's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from demo.catalogue import GS1_PREFIX, Article, chance, load_yaml
from models.domain.identifiers import gs1_check_digit

Row = dict[str, str]

_LIMITS = {"S": (6000, 15000), "M": (20000, 60000), "L": (90000, 250000)}
_VAT_FORMS = {
    "DE": "DE#########",
    "AT": "ATU########",
    "FR": "FR###########",
    "NL": "NL#########B01",
    "IT": "IT###########",
    "PL": "PL##########",
}
_X12_OURS = ("BRUECKNERHALE", "ZZ")


def gln(prefix: str, number: str) -> str:
    """A 13-digit GLN under a GS1 prefix; `number` is padded between the two."""
    body = prefix + number.zfill(12 - len(prefix))
    return body + str(gs1_check_digit(body))


def our_gln() -> str:
    return gln(GS1_PREFIX, "0")


def _vat_id(number: str, country: str) -> str:
    digits = chance("vat", number)
    return "".join(str(digits.randint(1, 9)) if mark == "#" else mark for mark in _VAT_FORMS.get(country, ""))


def _credit(customer: Mapping[str, Any]) -> tuple[str, str]:
    if "credit" in customer:
        limit, balance = customer["credit"]
        return str(limit), str(balance)
    luck = chance("credit", customer["number"])
    lowest, highest = _LIMITS[customer["size"]]
    limit_amount = luck.randrange(lowest, highest, 1000)
    balance_amount = Decimal(limit_amount) * luck.randint(3, 40) / 100 + Decimal(luck.randint(0, 99)) / 100
    return f"{limit_amount}.00", f"{balance_amount:.2f}"


def customers() -> list[Row]:
    return [_customer(source) for source in load_yaml("customers.yaml")]


def _customer(source: Mapping[str, Any]) -> Row:
    limit, balance = _credit(source)
    return {
        "number": source["number"],
        "name": source["name"],
        "legal_form": source["form"],
        "street": source["street"],
        "postal_code": source["zip"],
        "city": source["city"],
        "region": source.get("region", ""),
        "country": source["country"],
        "gln": gln("952", source["number"] + "0000"),
        "vat_id": _vat_id(source["number"], source["country"]),
        "email_domains": source["domain"],
        "order_emails": "|".join(f"{box}@{source['domain']}" for box in source["order"]),
        "language": source["lang"],
        "currency": "USD" if source["list"].endswith("USD") else "EUR",
        "price_list": source["list"],
        "payment_terms": f"{source['days']} days net",
        "payment_days": source["days"],
        "incoterm": source["incoterm"],
        "credit_limit": limit,
        "open_balance": balance,
        "status": source.get("status", "active"),
        "tax_exempt": source.get("exempt", "no"),
        "partial_delivery": source.get("partial", "yes"),
        "partial_acceptance": source.get("parts", "no"),
        "carrier_preference": chance("carrier", source["number"]).choice(["", "", "", "RKL", "OWX"]),
    }


def ship_to_addresses(accounts: Iterable[Row]) -> list[Row]:
    """The head office (code HQ) and the further addresses of each customer."""
    further = {source["number"]: source.get("ship", []) for source in load_yaml("customers.yaml")}
    return [row for account in accounts for row in _addresses(account, further[account["number"]])]


def _addresses(account: Row, further: list[list[str]]) -> list[Row]:
    parts = ("street", "postal_code", "city", "region")
    head = ["HQ", account["name"], *(account[part] for part in parts)]
    return [
        {"customer_number": account["number"], "code": code, "name": name, **dict(zip(parts, place, strict=True)),
         "country": account["country"], "gln": gln("952", f"{account['number']}{index:04d}")}
        for index, (code, name, *place) in enumerate([head, *further])
    ]  # fmt: skip


def own_part_numbers(articles: list[Article]) -> list[Row]:
    """Customers' own numbers: the named articles and a draw from what is active."""
    active = [article.sku for article in articles if article.row["status"] == "active"]
    return [row for source in load_yaml("customers.yaml") if "own" in source for row in _own_numbers(source, active)]


def _own_numbers(source: Mapping[str, Any], active: list[str]) -> list[Row]:
    own, luck = source["own"], chance("own", source["number"])
    drawn = [sku for sku in luck.sample(active, int(own["count"])) if sku not in own["skus"]]
    numbers = luck.sample(range(1000, 9999), len(drawn) + len(own["skus"]))
    return [
        {"customer_number": source["number"], "customer_part_number": own["pattern"].format(n=number), "sku": sku}
        for number, sku in zip(numbers, [*own["skus"], *drawn], strict=True)
    ]


def edi_partners(accounts: Iterable[Row]) -> list[Row]:
    """Whom we exchange EDI with. EDIFACT parties by GLN (qualifier 14), X12 by DUNS (01) to our own id (ZZ)."""
    agreed = {source["number"]: source["edi"] for source in load_yaml("customers.yaml") if "edi" in source}
    return [_partner(account, *agreed[account["number"]]) for account in accounts if account["number"] in agreed]


def _partner(account: Row, standard: str, version: str) -> Row:
    duns = f"{chance('duns', account['number']).randint(10**8, 10**9 - 1)}"
    ours, theirs = (_X12_OURS, (duns, "01")) if standard == "x12" else ((our_gln(), "14"), (account["gln"], "14"))
    return {
        "customer_number": account["number"], "standard": standard, "our_id": ours[0], "our_qualifier": ours[1],
        "partner_id": theirs[0], "partner_qualifier": theirs[1], "version": version,
    }  # fmt: skip


def exemptions(accounts: Iterable[Row]) -> list[Row]:
    """A resale certificate for each exempt customer's own state."""
    return [
        {
            "customer_number": account["number"],
            "region": account["region"],
            "certificate": f"{account['region']}-RESALE-{chance('certificate', account['number']).randint(100000, 999999)}",
            "valid_from": "2026-01-01",
            "valid_to": "2030-12-31",
        }
        for account in accounts
        if account["tax_exempt"] == "yes"
    ]
