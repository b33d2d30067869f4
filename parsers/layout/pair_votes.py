"""The learned vote on labels that no list holds: a logistic regression over what a pair of words and a value looks like.

It was trained on drawn and written orders whose labels were put in other words (see its card). A vote is no proof: what it names
is read with doubt. It is asked only for what the listed labels left open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from parsers.layout.blocks import Surroundings, labelled_blocks
from parsers.layout.label_words import Label
from parsers.layout.page_parts import HeadOfOrder, PageParts
from parsers.layout.pair_features import FEATURES, Around, features, is_company, looks
from parsers.layout.pairs import Pair, Shape, pairs_on
from parsers.page_text import Phrase, text_box
from parsers.tables.column_votes import ColumnVotes, loaded_votes

FILE = "labels.json"
#: Which values can be what.
SHAPES: Mapping[str, tuple[Shape, ...]] = {
    "po_number": ("code",),
    "order_date": ("day",),
    "requested_delivery_date": ("day",),
    "customer_number": ("code",),
    "ship_to": ("address",),
    "bill_to": ("address",),
    "payment_terms": ("terms",),
    "incoterm": ("rule",),
}
_PARTIES = frozenset({"ship_to", "bill_to"})
_MOST_PAIRS = 60
#: From this share on a person is asked whether an address is where the goods go.
_MAY_BE = 0.25


@cache
def shipped_votes() -> ColumnVotes:
    """The weights that come with the program. Raises `Misconfigured` where they are not those that were shipped."""
    return loaded_votes(FILE, FEATURES)


def with_votes(
    sheets: Sequence[PageParts], head: HeadOfOrder, again: Callable[[Sequence[PageParts]], HeadOfOrder]
) -> tuple[Sequence[PageParts], HeadOfOrder]:
    """The pages and their head, with the labels of the first page that only a vote names; `again` reads the head of pages."""
    labels = list(voted_labels(sheets[0], head, open_in(head), shipped_votes())) if sheets else []
    if not labels:
        return sheets, head
    known = [_with_labels(sheets[0], labels), *sheets[1:]]
    return known, again(known)


def likely_places(sheets: Sequence[PageParts], head: HeadOfOrder) -> tuple[str, ...]:
    """The first lines of addresses under words of which nothing says that they name the ship-to, though they may."""
    if not sheets or head.parties.ship_to is not None:
        return ()
    around, claimed = around_of(sheets[0], head), frozenset(SHAPES) - open_in(head)
    parties = (head.parties.seller, head.parties.buyer, head.parties.bill_to)
    towns = {party.postal_code.value for party in parties if party is not None and party.postal_code is not None}
    pairs = [pair for pair in open_pairs(sheets[0], head, {"address"}) if not is_company(pair)]
    pairs = [pair for pair in pairs if not any(town in line for town in towns for line in pair.lines)]
    shares = [shipped_votes().shares(features(looks(pair, around), claimed))["ship_to"] for pair in pairs]
    return tuple(pair.lines[0] for pair, share in zip(pairs, shares, strict=True) if share > _MAY_BE)


def open_in(head: HeadOfOrder) -> frozenset[str]:
    """What the listed labels left open."""
    header, parties = head.header, head.parties
    stated = {
        "po_number": header.po_number,
        "order_date": header.order_date,
        "requested_delivery_date": header.requested_delivery_date,
        "customer_number": header.numbers.get("customer_number"),
        "ship_to": parties.ship_to,
        "bill_to": parties.bill_to,
        "payment_terms": header.payment_terms,
        "incoterm": header.incoterm,
    }
    return frozenset(name for name, value in stated.items() if value is None)


def voted_labels(sheet: PageParts, head: HeadOfOrder, open_fields: Collection[str], by: ColumnVotes) -> Iterator[Label]:
    """The pairs of a page that are voted to be one of `open_fields`, the surest first, as labels."""
    pairs = open_pairs(sheet, head, {shape for field in open_fields for shape in SHAPES[field]})
    around = around_of(sheet, head)
    claimed = frozenset(SHAPES) - frozenset(open_fields)
    own = {place: looks(pair, around) for place, pair in enumerate(pairs)}
    while own:
        shares = {place: by.shares(features(figures, claimed)) for place, figures in own.items()}
        votes = [
            (share, place, role)
            for place, each in shares.items()
            for role, share in each.items()
            if role != "other" and role not in claimed and pairs[place].shape in SHAPES[role]
        ]
        share, place, role = max(votes, default=(0.0, 0, ""))
        if share < by.accept:
            return
        chosen = pairs[place]
        own = {each: figures for each, figures in own.items() if pairs[each].value is not chosen.value and each != place}
        claimed |= {role}
        yield _label(chosen, role)


def open_pairs(sheet: PageParts, head: HeadOfOrder, shapes: Collection[Shape]) -> list[Pair]:
    """The pairs of a page whose values no listed label explains."""
    if not shapes:
        return []
    explained = {value.value.evidence.bbox for value in head.values[0]}
    page = sheet.surroundings
    taken = {id(phrase) for phrase in page.others if text_box([phrase], "").evidence.bbox in explained}
    return pairs_on(page, taken, sheet.used, sheet.sentences, shapes)[:_MOST_PAIRS]


def around_of(sheet: PageParts, head: HeadOfOrder) -> Around:
    """What is known of the order when its pairs are looked at."""
    ordered = head.header.order_date
    return Around(
        sheet.surroundings, sheet.first_table, head.style, date.fromisoformat(ordered.value) if ordered is not None else None
    )


def _label(pair: Pair, role: str) -> Label:
    """A party's label leaves it open what its block is; any other has its value."""
    is_block = role in _PARTIES and not pair.said
    return Label((role,), pair.words, None if is_block else pair.value, voted=True)


def _with_labels(sheet: PageParts, labels: Sequence[Label]) -> PageParts:
    words = {id(phrase) for label in labels for phrase in (label.phrase, label.value) if phrase is not None}
    page = sheet.surroundings
    known = Surroundings([*page.labels, *labels], _without(page.others, words), page.rules, page.width, page.height)
    return replace(sheet, surroundings=known, blocks=tuple(labelled_blocks(known)))


def _without(phrases: Sequence[Phrase], words: Collection[int]) -> list[Phrase]:
    return [phrase for phrase in phrases if id(phrase) not in words]
