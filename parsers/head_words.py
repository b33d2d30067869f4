"""Heads and labels that no list knows, read word by word: whose, of what, how many, when.

Every word must be known, in full, cut short or joined with others; what is left over makes the whole unknown. The words are in
`words/head_words.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from parsers.wordlists import Meaning, folded, terms, words_file

_COMPOSED = 0.85
_LONGEST, _MOST_WORDS = 60, 8
_SHORTEST_CUT, _SHORTEST_PART = 3, 2
_LINKS = ("", "s", "n", "en", "er", "e")
_WORD = re.compile(r"[^\W_]+|%")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

_BOTH_LINES = re.compile(r"\b1\s?(?:&|\+|und|and)\s?2\b")  # "Address 1&2" of a shop's export
_LINE_OF_ADDRESS = re.compile(r"\b(address|line|adresse|direccion|indirizzo|adres|rue)[\s_]([12])\b")
_NUMBERED_TAX = re.compile(r"\b(tax|vat|tva|iva|mwst|ust|btw)[\s_][1-5]\b")
#: A number of a party that brackets name: "Code (fournisseur)".
_OF_A_PARTY = re.compile(r"(?P<what>[^()]{1,30})\((?P<whose>[^()]{1,20})\)")

_CONTENTS = re.compile(r"(?P<pieces>[^/]{1,20}?)\s*(?:/|\b(?:per|je|pro|par|por|na|w|in)\b)\s*(?P<pack>[^/]{2,20})")
_UNITS_OF_SALE = frozenset({"ve", "vpe", "pe", "uv", "pack", "conf", "zb"})
_COUNTED = frozenset({"quantity", "unit"})
_OF_PLACES = frozenset({"region", "country", "city", "postcode", "street"})

_Classes = frozenset[str]
#: The first line all of whose words are there and none of the barred ones names the role: role | needed | barred.
_COLUMN_RULES = """
head.ship_to.street       | ship street | bill thing
head.ship_to.street       | delivery street | bill thing
head.ship_to.postal_code  | ship postcode | bill thing
head.ship_to.postal_code  | delivery postcode | bill thing
head.ship_to.city         | ship city | bill thing
head.ship_to.city         | delivery city | bill thing
head.ship_to.country      | ship country | bill thing
head.ship_to.country      | delivery country | bill thing
head.ship_to.region       | ship region | bill thing
head.ship_to.region       | delivery region | bill thing
head.bill_to.street       | bill street | thing
head.bill_to.postal_code  | bill postcode | thing
head.bill_to.city         | bill city | thing
head.bill_to.country      | bill country | thing
head.bill_to.region       | bill region | thing
head.bill_to.name         | bill company | thing
head.bill_to.name         | bill text | thing
head.place.street | street | thing code owner_us owner_them maker text tax
head.place.postal_code | postcode | thing code owner_us owner_them maker text tax
head.place.city | city | thing code owner_us owner_them maker text tax
head.ship_to.street       | ship place street | bill
head.ship_to.street       | delivery place street | bill
head.ship_to.postal_code  | ship place postcode | bill
head.ship_to.postal_code  | delivery place postcode | bill
head.ship_to.city         | ship place city | bill
head.ship_to.city         | delivery place city | bill
head.ship_to.country      | ship place country | bill
head.ship_to.country      | delivery place country | bill
head.ship_to.name         | ship place text | bill
head.ship_to.name         | delivery place text | bill
head.ship_to.name         | ship company | bill
head.ship_to.name         | delivery company | bill
head.ship_to.name         | ship text | bill thing received
head.ship_to.name         | delivery text | bill thing received
ignore.manufacturer | maker |
ignore.other        | remark |
gtin                | gtin |
ignore.tax          | tax | without price
head.bill_to        | bill place | thing
head.ship_to        | ship place | thing day number
head.ship_to        | delivery place | day number code amount price
ignore.received     | received quantity |
ignore.received     | received |
ignore.balance      | stock |
ignore.weight       | weight | price amount
discount_percent    | discount | price
unit_price          | discount price |
price_basis_quantity | price basis quantity |
ignore.list_price   | list price | without
line_total          | price amount | unit
quantity            | pack needed | day price amount unit size basis text quantity
quantity            | pack order | day price amount unit size basis text quantity number code thing stock delivery
ignore.pack         | contents | price amount
ignore.pack         | pack quantity | price
ignore.pack         | pack size | price
ignore.pack         | pack basis | price
unit                | pack unit |
unit                | unit quantity | order amount
unit_price          | price unit |
unit_price          | price |
quantity            | quantity | code text
line_total          | amount | day place
currency            | currency |
colour              | colour |
size                | size |
head.order_date     | order day | delivery
head.requested_delivery_date | delivery day | thing code
requested_delivery_date      | delivery | place thing code number
head.customer_number | client number | thing code text order
seller_part_number  | owner_them thing | text
seller_part_number  | owner_them code | text
seller_part_number  | owner_them number |
buyer_part_number   | owner_us thing | text
buyer_part_number   | owner_us code | text
buyer_part_number   | owner_us number | order
head.po_number      | order number | thing code
description         | text | place ship
head.po_number      | owner_them order | thing code number day price amount text quantity delivery place
line_number         | position |
head.order_date     | day | delivery
unit                | unit code | thing price amount quantity
part_number         | thing code |
part_number         | thing number |
part_number         | thing |
part_number         | code | postcode city region country street
unit                | unit |
ignore.list_price   | list | number code text
ignore.pack         | pack | number code text
ignore.other        | trivial |
"""
_LABEL_RULES = """
bill_to        | bill place | number
ship_to        | ship place | number day
ship_to        | delivery place | number day amount price
requested_delivery_date | delivery day | amount price thing quantity
order_date     | order day | delivery
po_number      | order number | thing code text quantity price amount
customer_number | owner_us number | order thing
currency       | currency | price amount number day
customer_number | owner_us code | order thing
"""
_MOST_LABEL_WORDS = 4


@cache
def _words() -> Mapping[str, _Classes]:
    found: dict[str, set[str]] = {}
    for kind, listed in words_file("head_words.yaml").items():
        for term in terms(listed):
            found.setdefault(_plain(term), set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def _plain(term: str) -> str:
    return folded(term).replace(" ", "")


@cache
def _rules(table: str) -> tuple[tuple[str, _Classes, _Classes], ...]:
    rows = [row.split("|") for row in table.strip().splitlines()]
    return tuple((name.strip(), frozenset(needed.split()), frozenset(barred.split())) for name, needed, barred in rows)


@lru_cache(maxsize=16_384)
def composed_header(text: str) -> Meaning | None:
    """The role of a column whose head is made of known words; `head.<field>` where it repeats a field of the head."""
    return _meaning(text, _COLUMN_RULES)


@lru_cache(maxsize=16_384)
def composed_label(text: str) -> Meaning | None:
    """The field of the head that a label of few known words names."""
    return _meaning(text, _LABEL_RULES) if len(_WORD.findall(text)) <= _MOST_LABEL_WORDS else None


def _meaning(text: str, table: str) -> Meaning | None:
    kinds = kinds_of(text)
    if kinds is None:
        return None
    present = frozenset().union(*kinds) - {"filler"}
    for name, needed, barred in _rules(table):
        if needed <= present and not barred & present:
            return Meaning(name, _COMPOSED)
    return None


@lru_cache(maxsize=4_096)
def number_of_party(text: str) -> Meaning | None:
    """The head of a column that numbers a party, and no goods: "Code (fournisseur)", "No. (customer)"."""
    match = _OF_A_PARTY.fullmatch(text.strip())
    if match is None:
        return None
    what, whose = kinds_of(match["what"]), kinds_of(match["whose"])
    if not what or not whose or not all(kinds <= {"code", "number", "filler"} for kinds in what):
        return None
    if all("client" in kinds for kinds in whose):
        return Meaning("head.customer_number", _COMPOSED)
    return Meaning("head.vendor_number", _COMPOSED) if all("owner_them" in kinds for kinds in whose) else None


def says_contents(text: str) -> bool:
    """Whether a head says how many pieces a pack holds: "Pcs/carton", "Qty per case", "pièces/colis". "Menge/VE" does not:
    that is a quantity and its unit."""
    match = _CONTENTS.fullmatch(folded(text).strip(" ."))
    if match is None or match["pack"] in _UNITS_OF_SALE:
        return False
    pieces, packs = kinds_of(match["pieces"]), kinds_of(match["pack"])
    if not pieces or not packs:
        return False
    return all(kinds <= _COUNTED for kinds in pieces) and all("pack" in kinds for kinds in packs)


def names_place(head: str) -> bool:
    """Whether a head speaks of a part of an address: "State", "Zip code", "Lieferort"."""
    return bool(frozenset().union(*(kinds_of(head) or ())) & _OF_PLACES)


def kinds_of(text: str) -> list[_Classes] | None:
    """What each word of `text` speaks of, joined words taken apart; None if one is unknown."""
    if len(text) > _LONGEST:
        return None
    plain = folded(_CAMEL.sub(" ", re.sub(r"\b([^\W\d_])\.\s?(?=[^\W\d_]\.)", r"\1", text)))
    plain = _NUMBERED_TAX.sub(r"\1", _LINE_OF_ADDRESS.sub(r"\1\2", _BOTH_LINES.sub("1", plain)))
    words = _WORD.findall(plain)
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    kinds: list[_Classes] = []
    for word in words:
        found = _kinds_of_word(word)
        if found is None:
            return None
        kinds += found
    return kinds


@lru_cache(maxsize=16_384)
def _kinds_of_word(word: str) -> tuple[_Classes, ...] | None:
    known = _words()
    for spelling in _spellings(word):
        if spelling in known:
            return (known[spelling],)
    return _taken_apart(word) or _cut_short(word)


def _spellings(word: str) -> Iterator[str]:
    yield word
    if word.endswith("s"):
        yield word[:-1]
    if any(pair in word for pair in ("ae", "oe", "ue")):
        yield word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _taken_apart(word: str) -> tuple[_Classes, ...] | None:
    """The parts of a joined word: "bestell-menge", "lieferanten-artikel-nummer"; the fewest that cover it."""
    known = _words()
    best: dict[int, tuple[_Classes, ...]] = {0: ()}
    for start in range(len(word)):
        if start not in best:
            continue
        for end in range(len(word), start + _SHORTEST_PART - 1, -1):
            part = word[start:end]
            if part not in known or (len(part) < 3 and (start == 0 or part not in ("nr", "no", "me", "id"))):
                continue
            for link in _LINKS:
                stop = end + len(link)
                if word.startswith(link, end) and (stop not in best or len(best[stop]) > len(best[start]) + 1):
                    best[stop] = (*best[start], known[part])
    whole = best.get(len(word))
    return whole if whole and len(whole) > 1 else None


def _cut_short(word: str) -> tuple[_Classes, ...] | None:
    """The word of which `word` is the beginning, where all such words speak of the same."""
    if len(word) < _SHORTEST_CUT or not word.isalpha():
        return None
    kinds = {classes for term, classes in _words().items() if term.startswith(word) and len(term) > len(word)}
    return (next(iter(kinds)),) if len(kinds) == 1 else None
