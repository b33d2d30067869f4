"""Writes the demo company to `demo/company/`: `python demo/make_company.py`. The same bytes on every run and machine."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import Any

import yaml

from demo import accounts, assortment
from demo.accounts import Row
from demo.catalogue import GS1_PREFIX, SOURCES, all_articles, load_yaml

TARGET = Path(__file__).parent / "company"


def company() -> dict[str, Any]:
    """The seller itself. The IBAN is the one that specifications use as their example."""
    rules = load_yaml("rules.yaml")
    return {
        "name": "Brückner & Hale Trade Supply GmbH",
        "street": "Am Alten Speicher 14",
        "postal_code": "42117",
        "city": "Wuppertal",
        "country": "DE",
        "vat_id": "DE314159265",
        "gln": accounts.our_gln(),
        "gs1_prefix": GS1_PREFIX,
        "currency": "EUR",
        "iban": "DE89370400440532013000",
        "email": "orders@brueckner-hale.example",
        "phone": "+49 202 5550140",
        "nexus_states": ["CA", "IL", "NC", "OH", "PA"],
        "warehouses": [{"code": row["code"], "country": row["country"]} for row in rules["warehouses"]],
    }


def tables() -> dict[str, list[Row]]:
    """Every table by file name, rows in the order in which they are written."""
    rules, articles, buyers = load_yaml("rules.yaml"), all_articles(), accounts.customers()
    return {
        "items": [article.row for article in articles],
        "unit_conversions": [
            {"sku": article.sku, "unit": unit, "base_quantity": size}
            for article in articles
            for unit, size in article.conversions
        ],
        "customers": buyers,
        "ship_to": accounts.ship_to_addresses(buyers),
        "customer_items": accounts.own_part_numbers(articles),
        "partners": accounts.edi_partners(buyers),
        "exemptions": accounts.exemptions(buyers),
        "prices": assortment.prices(articles),
        "warehouses": rules["warehouses"],
        "stock": assortment.stock(articles, rules["stock"]),
        "inbound": assortment.inbound(articles, rules["stock"]),
        "carriers": [row for carrier in rules["carriers"] for row in _carrier_rates(carrier)],
        "zones": [{"country": country, "zone": zone} for zone, countries in rules["zones"].items() for country in countries],
        "tax_rates": list(csv.DictReader(io.StringIO((SOURCES / "tax_rates.csv").read_text(encoding="utf-8")))),
    }


def _carrier_rates(carrier: dict[str, Any]) -> list[Row]:
    return [
        {
            "code": carrier["code"], "name": carrier["name"], "service": carrier["service"], "from_country": country,
            "to_zone": zone, "max_weight_kg": carrier["max_weight_kg"], "base_price": base, "price_per_kg": per_kg,
            "currency": "EUR", "transit_days": days,
        }
        for country, zones in carrier["rates"].items()
        for zone, (base, per_kg, days) in zones.items()
    ]  # fmt: skip


def write(target: Path) -> None:
    """Writes company.yaml, policy.yaml, desk.yaml and every table as CSV into `target`, replacing what is there."""
    target.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(company(), allow_unicode=True, sort_keys=False)
    (target / "company.yaml").write_text(text, encoding="utf-8", newline="\n")
    for name in ("policy.yaml", "desk.yaml"):
        (target / name).write_bytes((SOURCES / name).read_bytes())
    for name, rows in tables().items():
        (target / f"{name}.csv").write_text(_csv(rows), encoding="utf-8", newline="\n")


def _csv(rows: list[Row]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


if __name__ == "__main__":
    write(TARGET)
    sys.stderr.write(f"The demo company is in {TARGET}.\n")
