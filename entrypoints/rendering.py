"""The templates and how they write numbers, times and units. Everything that comes from a document is escaped."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from entrypoints.order_list import tone
from models.domain.display_words import channel_words, source_words, tax_category_words, unit_words
from models.domain.finding_words import words_for
from models.domain.values import Money

#: As in: name the item with {"3.sku": "…"}, or drop it.
_JSON_HINT = re.compile(r'(?: with|; use correct, such as) \{"[^{}]{1,80}\}')


def page_environment() -> Environment:
    """Autoescaping for every template whatever its name; an unknown name in a template is an error."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "money": money, "number": number, "when": when, "clock": clock, "iso": iso, "unit": unit_words, "percent": percent,
        "words": words, "channel": channel_words, "segment": segment, "segments": segments, "pt": points, "ticks": ticks,
        "tone": tone, "age": age, "sentence": sentence, "capitalise": capitalise,
        "question": words_for, "on_page": on_page, "source": source_words,
        "tax_category": tax_category_words,
    }  # fmt: skip
    return environment


def money(amount: Money | None) -> str:
    return "–" if amount is None else str(amount)


def number(value: Decimal | None) -> str:
    """Grouped by thousands with all its digits: 1,200 or 0.1250."""
    return "–" if value is None else f"{value:,f}"


def when(moment: datetime) -> str:
    return f"{_utc(moment):%-d %b %Y, %H:%M} UTC"


def clock(moment: datetime) -> str:
    return f"{_utc(moment):%-d %b, %H:%M:%S}"


def age(span: timedelta) -> str:
    """How long something has waited, in its largest unit: "3 days", "5 h", "12 min"."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return f"{max(minutes, 0)} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"


def iso(moment: datetime) -> str:
    return _utc(moment).isoformat(timespec="seconds")


def percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def words(snake_case: str) -> str:
    """`price_mismatch` and `PriceMismatch` as "price mismatch", `Carrier:in_transit` as "carrier: in transit"."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in snake_case)
    return spaced.replace("_", " ").replace(":", ": ").strip()


def on_page(message: str) -> str:
    """A finding's message without the JSON that the Temporal UI wants: the page has a field for it."""
    return _JSON_HINT.sub("", message)


def capitalise(words: str) -> str:
    """With its first letter large; the others stay, because some are names."""
    return f"{words[:1].upper()}{words[1:]}"


def sentence(clause: str) -> str:
    """A clause as a sentence: its first letter large, a full stop at its end."""
    return f"{capitalise(clause).rstrip('.')}."


def segment(text: str) -> str:
    """Text as one segment of a path."""
    return quote(text, safe=":")


def segments(path: str) -> str:
    """A path of a kind and an id, the id as one segment: "orders/order:C1:A/7" as "orders/order:C1:A%2F7"."""
    kind, _, identifier = path.partition("/")
    return f"{kind}/{segment(identifier)}"


def ticks(text: str) -> Markup:
    """Our own prose with its `words` set as code; the rest is escaped."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704  (escaped the line before)


def points(length: float) -> str:
    return f"{length:.2f}"


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def describe_schema(schema: dict[str, Any], definitions: dict[str, Any]) -> str:
    """A JSON schema in a few words, for the page that documents the interface."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(describe_schema(each, definitions) for each in schema["anyOf"] if each.get("type") != "null")
    if schema.get("type") == "array":
        return f"list of {describe_schema(schema.get('items', {}), definitions)}"
    return " | ".join(map(str, schema["enum"])) if "enum" in schema else str(schema.get("type", "any"))
