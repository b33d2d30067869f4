"""What a pair of unknown words and a value looks like, in figures: how the words sound, what they speak of, the value's shape,
the place on the page and what stands around. The inputs of the learned vote on labels that no list holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from parsers.head_words import kinds_of
from parsers.layout.blocks import Surroundings
from parsers.layout.pairs import Pair
from parsers.lexicon import key_of
from parsers.page_text import Phrase
from parsers.prose.signatures import COMPANY
from parsers.values.numbers import NumberStyle, parse_date
from parsers.values.streets import is_street
from parsers.wordlists import folded, terms, words_file

#: What a pair can be voted to be.
ROLES = (
    "po_number", "order_date", "requested_delivery_date", "customer_number", "ship_to", "bill_to", "payment_terms", "incoterm",
    "other",
)  # fmt: skip
#: What the words are compared with: the fields of heads, those that are never voted for in groups.
SOUNDS = (*ROLES[:-1], "seller", "paper", "person", "other")
_GROUPS: Mapping[str, str] = {
    "seller": "seller", "ship_from": "seller", "vendor_number": "seller", "quotation_ref": "paper", "contract_ref": "paper",
    "requisition": "paper", "invoice_ref": "paper", "revision": "paper", "job": "paper", "buyer": "person", "contact": "person",
    "email": "person", "phone": "person",
}  # fmt: skip
_KINDS = (
    "order",
    "number",
    "code",
    "thing",
    "owner_us",
    "owner_them",
    "day",
    "delivery",
    "place",
    "ship",
    "bill",
    "amount",
    "price",
)
_SHAPES = (
    "day",
    "later",
    "not_later",
    "code",
    "letters_and_digits",
    "digits",
    "terms",
    "rule",
    "address",
    "street",
    "lines",
    "length",
)
_PLACES = ("top", "left", "below_lines", "inline", "beside", "above", "colon", "bolder", "smaller", "larger", "company")
FEATURES = (
    *(f"sounds_{name}" for name in SOUNDS), *(f"says_{name}" for name in _KINDS), *_SHAPES, *_PLACES, "near_order", "near_party",
    "near_any", *(f"claimed_{role}" for role in ROLES[:-1]),
)  # fmt: skip
_OF_ORDERS = frozenset({"po_number", "order_date", "requested_delivery_date", "vendor_number", "payment_terms", "contact"})
_OF_PARTIES = frozenset({"ship_to", "bill_to", "seller", "buyer"})
_NEAR = 40.0
_FIRM, _WORD = re.compile(r"&| u\. | und Söhne| et Fils", re.IGNORECASE), re.compile(r"[^\W\d_]{4,}")
_MOST_NEAR = 5


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the order when its pairs are looked at: `first_table` is where its lines begin, in points from the top,
    `ordered_on` may be unread."""

    page: Surroundings
    first_table: float
    style: NumberStyle
    ordered_on: date | None


def looks(pair: Pair, around: Around, said: str | None = None, apart_from: str = "") -> list[float]:
    """The figures of a pair that hang on nothing else; `said` instead of its words, without the listed label `apart_from`."""
    text = pair.label if said is None else said
    return [*sounds_like(text, apart_from), *_says(text), *_shape(pair, around), *_place(pair, around), *_near(pair, around.page)]


def features(own: Sequence[float], claimed: Collection[str]) -> list[float]:
    """All figures of a pair that looks like `own`, where what `claimed` names is known already."""
    return [*own, *(float(role in claimed) for role in ROLES[:-1])]


def _says(text: str) -> list[float]:
    said = frozenset().union(*(kinds for word in text.split() for kinds in kinds_of(word) or ()))
    return [float(kind in said) for kind in _KINDS]


def _shape(pair: Pair, around: Around) -> list[float]:
    text = pair.value.text
    day = parse_date(text, around.style) if pair.shape == "day" else None
    known = around.ordered_on
    return [
        float(pair.shape == "day"),
        float(day is not None and known is not None and day > known),
        float(day is not None and known is not None and day <= known),
        float(pair.shape == "code"),
        float(bool(re.search(r"\d", text) and re.search(r"[^\W\d_]", text))),
        min(sum(sign.isdigit() for sign in text), 12) / 12,
        float(pair.shape == "terms"),
        float(pair.shape == "rule"),
        float(pair.shape == "address"),
        float(pair.shape == "address" and any(is_street(line) for line in pair.lines)),
        min(len(pair.lines), 6) / 6,
        min(len(text), 40) / 40,
    ]


def _place(pair: Pair, around: Around) -> list[float]:
    words, value, page = pair.words, pair.value, around.page
    return [
        value.top / (page.height or 1),
        value.x0 / (page.width or 1),
        float(value.top > around.first_table),
        float(pair.how == "inline"),
        float(pair.how == "beside"),
        float(pair.how == "above"),
        float(":" in words.text),
        float(words.bold and not value.bold),
        float(words.size < 0.95 * value.size),
        float(words.size > 1.2 * value.size),
        float(is_company(pair)),
    ]


def is_company(pair: Pair) -> bool:
    """Whether the words name a firm and no field: by a legal form or an "&", or again in the line below."""
    words = set(_WORD.findall(pair.label.casefold()))
    return bool(
        _FIRM.search(pair.label)
        or COMPANY.search(pair.label)
        or (words and words <= set(_WORD.findall(pair.lines[0].casefold())))
    )


def _near(pair: Pair, page: Surroundings) -> list[float]:
    """Which known labels stand in the rows around the words."""
    fields = [field for label in page.labels if _stands_near(label.phrase, pair.words) for field in label.fields]
    return [
        float(any(field in _OF_ORDERS for field in fields)),
        float(any(field in _OF_PARTIES for field in fields)),
        min(len(fields), _MOST_NEAR) / _MOST_NEAR,
    ]


def _stands_near(label: Phrase, words: Phrase) -> bool:
    return label is not words and abs(label.middle - words.middle) < _NEAR


@lru_cache(maxsize=4_096)
def sounds_like(text: str, apart_from: str = "") -> tuple[float, ...]:
    """For each of `SOUNDS` how much of the words' groups of three letters the likest listed label shares, 0 to 1."""
    own = _groups(text)
    best = dict.fromkeys(SOUNDS, 0.0)
    labels, places = _listed()
    without = key_of(apart_from) if apart_from else ""
    shared = Counter(place for group in own for place in places.get(group, ()))
    for place, count in shared.items():
        name, size, key = labels[place]
        likeness = 2 * count / (len(own) + size)
        if likeness > best[name] and key != without:
            best[name] = likeness
    return tuple(best.values())


def _groups(text: str) -> frozenset[str]:
    spaced = f"  {' '.join(folded(text[:60]).split())} "
    return frozenset(spaced[place : place + 3] for place in range(len(spaced) - 2)) if text.strip() else frozenset()


@cache
def _listed() -> tuple[Sequence[tuple[str, int, str]], Mapping[str, Sequence[int]]]:
    """Every listed label as (group, number of groups of letters, key), and by each group of letters the labels that have it."""
    labels: list[tuple[str, int, str]] = []
    places: dict[str, list[int]] = {}
    for field, languages in words_file("fields.yaml").items():
        name = field if field in SOUNDS else _GROUPS.get(field, "other")
        for language, listed in languages.items():
            for term in terms(listed) if language != "exports" else ():
                own = _groups(term)
                for group in own:
                    places.setdefault(group, []).append(len(labels))
                labels.append((name, len(own), key_of(term)))
    return labels, places
