"""What the variants of all kinds of documents share: phrases to put in, other words for a head, and how a row shows a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from parsers.wordlists import terms, words_file

_NUMBER = re.compile(r"\d[\d.,'\u00a0 ]*")
#: Columns whose heads are altered.
ROLES = frozenset(("line_number", "buyer_part_number", "seller_part_number", "part_number", "gtin", "description", "quantity",
    "unit", "unit_price", "discount_percent", "line_total", "requested_delivery_date"))  # fmt: skip
_NAMING = ("seller_part_number", "buyer_part_number", "gtin", "description")


@cache
def phrases(kind: str, language: str) -> Sequence[str]:
    """What `variants.yaml` lists under `kind` for a language, or else in English."""
    listed = yaml.safe_load(Path(__file__).with_name("variants.yaml").read_text(encoding="utf-8"))[kind]
    return [term.strip() for term in listed.get(language, listed["en"]).split(";")]


@cache
def words_for(name: str, language: str, listed_in: str = "columns.yaml") -> Sequence[str]:
    """The reader's own words for a column or a label; none where it has none in the language."""
    return list(terms(words_file(listed_in).get(name, {}).get(language, "")))


def kind_of(role: str) -> str:
    """A column's role, whosever part number it holds."""
    return "part_number" if role.endswith("part_number") else role


def plain(text: str) -> str:
    """Letters and digits alone."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if sign.isalnum())


def options_of(value: Any) -> list[Any]:
    """The values of a truth any of which is right."""
    return value if isinstance(value, list) else [value]


def or_none(value: Any) -> Any:
    """The same truth, where nothing need be read."""
    return value if value == "*" else [*options_of(value), None]


def whose_unsaid(order: dict[str, Any]) -> None:
    """Leaves open whose part numbers the lines show; that they are the lines' is judged all the same."""
    for line in order["lines"]:
        codes = [option for name in ("buyer_part_number", "seller_part_number") for option in options_of(line.get(name))]
        line["buyer_part_number"] = line["seller_part_number"] = [*codes, None]


def shows(texts: Sequence[str], line: Mapping[str, Any]) -> bool:
    """Whether the cells of a row hold a line: its number or text, and its quantity."""
    row = plain(" ".join(texts))
    named = [str(option) for name in _NAMING for option in options_of(line.get(name)) if option not in (None, "*")]
    if not any(plain(option) in row for option in named):
        return False
    digits = tuple(_digits(str(option)) for option in options_of(line.get("quantity")) if option)
    return any(_digits(number).startswith(digits) for text in texts for number in _NUMBER.findall(text))


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number).rstrip("0")
