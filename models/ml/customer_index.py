"""Finds the customers that a stated party or a sender may mean, among very many: by every number and address they are known
by, and by names and mail domains that are only like theirs.

It names who is worth comparing and no more; who is meant, and what speaks against it, says `models.domain.customer_matching`.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from models.domain.identifiers import Gln, VatId
from models.domain.mail_addresses import FREE_MAIL, domain_of, domain_skeleton, mailbox_of
from models.domain.normalisation import normalised_name, normalised_part_number, normalised_postal_code
from models.domain.party import Customer, StatedParty
from models.ml.index_building import telling
from models.ml.index_files import IndexReader, IndexWriter, Postings, Rows, Words, posted, sorted_words
from models.ml.shared_index import SharedIndex
from models.ml.tokens import grams

_LONGEST_KEY, _LONGEST_GRAM = 96, 12
#: Rows that share letters with a name and are compared with it whole, and those of them that are handed on.
_COMPARED, _LIKE, _LOOKED_AT = 300, 12, 400_000
#: More customers than this under one key say nothing: a postal code of a city, a domain of a provider.
_MOST_OF_A_KEY = 60
_SEPARATOR = "\x1f"


def build_customers(customers: Iterable[Customer], place: Path, version: str) -> None:
    """Write the index of all customers to `place`, whole or not at all."""
    writer = IndexWriter(place)
    try:
        keys, names, domains = _Pairs(), _Pairs(), _Pairs()
        writer.records("customers", _records(customers, keys, names, domains))
        keys.write(writer, "keys", _LONGEST_KEY)
        names.write(writer, "names", _LONGEST_GRAM)
        domains.write(writer, "domains", _LONGEST_GRAM)
        writer.finish(version)
    except BaseException:
        writer.abandon()
        raise


class _Pairs:
    """Keys with the rows that bear them, as they are found."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._keys, self._rows = array("i"), array("i")

    def add(self, keys: Iterable[str], row: int) -> None:
        found = set(keys)
        self._keys.extend([self._numbers.setdefault(key, len(self._numbers)) for key in found])
        self._rows.extend([row] * len(found))

    def write(self, writer: IndexWriter, name: str, width: int) -> None:
        words, places = sorted_words(list(self._numbers), width)
        keys: Rows = places[np.frombuffer(self._keys, dtype=np.int32)] if len(self._keys) else places
        writer.words(name, words)
        writer.postings(name, posted(keys, np.frombuffer(self._rows, dtype=np.int32), len(words)))


def _records(customers: Iterable[Customer], keys: _Pairs, names: _Pairs, domains: _Pairs) -> Iterator[str]:
    for row, customer in enumerate(customers):
        name = normalised_name(customer.name)
        own = [domain.lower() for domain in customer.email_domains]
        labels = [_label(domain) for domain in own]
        keys.add(_keys_of(customer), row)
        names.add(_grams(name), row)
        domains.add((gram for label in labels for gram in grams(label)), row)
        parts = (customer.number, name, " ".join(sorted(name.split())), " ".join(labels))
        yield _SEPARATOR.join(part.replace(_SEPARATOR, " ") for part in parts)


def _keys_of(customer: Customer) -> Iterator[str]:
    yield f"number:{normalised_part_number(customer.number)}"
    yield f"place:{normalised_postal_code(customer.address.postal_code)}"
    if customer.address.gln:
        yield f"gln:{customer.address.gln}"
    if (vat_id := VatId.parse(customer.vat_id)) is not None:
        yield f"vat:{vat_id}"
    yield from (f"mailbox:{mailbox.lower()}" for mailbox in customer.order_emails)
    yield from (f"domain:{domain.lower()}" for domain in customer.email_domains)


def _keys_in(stated: StatedParty, sender: str, also: Sequence[str]) -> Iterator[str]:
    numbers = (stated.customer_number or "", *also)
    yield from (f"number:{normalised_part_number(number)}" for number in numbers if number)
    gln, vat_id = Gln.parse(stated.gln), VatId.parse(stated.vat_id)
    yield from (f"{kind}:{known}" for kind, known in (("gln", gln), ("vat", vat_id)) if known)
    for address in filter(None, (sender, stated.email or "")):
        yield f"mailbox:{mailbox_of(address)}"
        labels = domain_of(address).split(".")
        yield from (f"domain:{'.'.join(labels[at:])}" for at in range(max(len(labels) - 1, 0)))


def _label(domain: str) -> str:
    """What the eye takes for the company in a mail domain."""
    return domain_skeleton(domain).rpartition(".")[0].replace(" ", "")[:60]


def _grams(name: str) -> set[str]:
    return {gram for word in name.split() for gram in grams(word)}


class CustomerIndex:
    """The index in a folder, open. Safe for threads."""

    def __init__(self, place: Path) -> None:
        reader = IndexReader(place)
        self._customers = reader.records("customers")
        self._keys, self._bearers = reader.words("keys"), reader.postings("keys")
        self._names, self._named = reader.words("names"), reader.postings("names")
        self._domains, self._mailing = reader.words("domains"), reader.postings("domains")

    def __len__(self) -> int:
        return len(self._customers)

    def worth_comparing(self, stated: StatedParty, sender: str, also: Sequence[str] = ()) -> list[str]:
        """The numbers of the customers whom anything speaks for, and of those whose name or mail domain is most like."""
        exact = {row for key in _keys_in(stated, sender, also) for row in self._of_key(key)}
        name = normalised_name(stated.name or domain_of(sender).rpartition(".")[0])
        alike = self._alike_in_name(name, self._of_key(f"place:{normalised_postal_code(stated.postal_code or '')}"))
        posing = {row for address in (sender, stated.email or "") for row in self._alike_in_domain(domain_of(address))}
        return sorted({self._customers[row].partition(_SEPARATOR)[0] for row in exact | alike | posing})

    def _of_key(self, key: str) -> list[int]:
        found = self._keys.find(key)
        return self._bearers.of(found)[:_MOST_OF_A_KEY].tolist() if found >= 0 else []

    def _alike_in_name(self, name: str, nearby: Sequence[int]) -> set[int]:
        """The customers with the likest names, and the likest of those in the stated town."""
        if not name:
            return set()
        rows = self._sharing(self._names, self._named, _grams(name))
        return {*self._likest(name, rows, 1), *self._likest(name, nearby, 1)}

    def _likest(self, text: str, rows: Sequence[int], part: int) -> Iterator[int]:
        """The rows whose part (1: the name, 3: the mail domains) is most like the text, however its words stand."""
        records = [self._customers[row].split(_SEPARATOR) for row in rows]
        plain = [record[part] for record in records]
        best = {place for _, _, place in process.extract(text, plain, scorer=fuzz.ratio, limit=_LIKE)}
        if part == 1:
            turned = [record[2] for record in records]
            ordered = " ".join(sorted(text.split()))
            best |= {place for _, _, place in process.extract(ordered, turned, scorer=fuzz.ratio, limit=_LIKE)}
        return (rows[place] for place in best)

    def _alike_in_domain(self, domain: str) -> set[int]:
        if not domain or domain in FREE_MAIL:
            return set()
        label = _label(domain)
        return set(self._likest(label, self._sharing(self._domains, self._mailing, grams(label)), 3))

    def _sharing(self, words: Words, postings: Postings, asked: set[str]) -> list[int]:
        """The rows that share most runs of letters, rare ones counting most."""
        found = (words.find(gram) for gram in asked)
        lists = sorted((postings.of(number) for number in found if number >= 0), key=len)
        sums, spent = np.zeros(len(self), dtype=np.float32), 0
        for rows in lists:
            if spent and spent + len(rows) > _LOOKED_AT:
                break
            spent += len(rows)
            sums[rows] += np.float32(telling(len(rows), len(self)))
        shared = np.flatnonzero(sums)
        best = shared[np.argsort(-sums[shared], kind="stable")[:_COMPARED]]
        return [int(row) for row in best]


class CustomerDirectory:
    """Fulfils `activities.party_ports.CustomerDirectory`. `numbered` gives the customers of some numbers."""

    def __init__(self, index: SharedIndex[CustomerIndex], numbered: Callable[[Sequence[str]], Sequence[Customer]]) -> None:
        self._index = index
        self._numbered = numbered

    def shortlist(self, stated: StatedParty, sender: str, also: Sequence[str] = ()) -> Sequence[Customer]:
        return self._numbered(self._index.current().worth_comparing(stated, sender, also))


def customer_directory(
    customers: Callable[[], Iterable[Customer]],
    numbered: Callable[[Sequence[str]], Sequence[Customer]],
    version: Callable[[], str],
    place: Path,
) -> CustomerDirectory:
    """The directory of all customers, its index shared at a place."""
    index = SharedIndex(lambda at, known: build_customers(customers(), at, known), CustomerIndex, version, place)
    return CustomerDirectory(index, numbered)
