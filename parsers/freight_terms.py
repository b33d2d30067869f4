"""Who pays the freight, as orders say it in words: "frei Haus", "porto assegnato", "prepaid & add", "FOB origin".

The words are in `words/freight_terms.yaml`, for people to extend. The values are those of the domain's `FreightTerms`, codes of
UN/EDIFACT 4215 and X12 146. Words of more than one kind, and those that hold only from some worth on, say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from models.contracts.extraction_v1 import PurchaseOrderV1, StatedValue
from models.domain.evidence import Evidence
from models.domain.freight_terms import FreightTerms
from parsers.wordlists import folded, terms, words_file

_LONGEST, _LONGEST_LABEL = 20_000, 60
_CODES = {"PP": FreightTerms.PREPAID, "PC": FreightTerms.PREPAID_AND_ADD, "CC": FreightTerms.COLLECT}
#: X12 146 beside those: pickup, origin, paid by buyer or seller, third party pays. DF (defined by buyer and seller), DE (per
#: contract) and PA (advance prepaid) do not say who pays.
_MORE_CODES = {
    "PU": FreightTerms.COLLECT, "PB": FreightTerms.COLLECT, "TP": FreightTerms.COLLECT, "BP": FreightTerms.COLLECT,
    "PS": FreightTerms.PREPAID, "PO": FreightTerms.PREPAID, "FO": FreightTerms.COLLECT,
}  # fmt: skip
#: What a sense is of, the surest first: words of freight, then of where the goods pass to the buyer.
_SAID, _PLACE, _LABELLED = "said", "place", "labelled"


def freight_of_code(code: str) -> FreightTerms | None:
    """The freight terms that a code of UN/EDIFACT 4215 or X12 146 means."""
    return (_CODES | _MORE_CODES).get(code.strip().upper())


def freight_under_label(label: str, text: str) -> FreightTerms | None:
    """Who pays by a value under a label of delivery or freight terms: "frei", "Collect", "PPD", and "FOB: Destination"."""
    lead = "fob" if _bare(label).startswith("fob") else label[:_LONGEST_LABEL]
    found = freight_in(text) or freight_in(f"{lead} {text}")
    if found is not None:
        return found[0]
    words = _plain(text.strip())
    first = _expression(_LABELLED).match(words) if len(words) <= _LONGEST_LABEL else None
    return _sense(first[0], _LABELLED) if first and not _is_of_something_else(label) else None


def _is_of_something_else(label: str) -> bool:
    """Whether what it labels is charged beside the freight: "Verpackung: frei"."""
    return any(_plain(word) in _plain(label) for word in terms(words_file("freight_terms.yaml")["beside_freight"]["all"]))


def freight_in(text: str) -> tuple[FreightTerms, tuple[int, int]] | None:
    """Who pays by what running text says, with the span of the words; None where nothing or more than one thing is said."""
    plain = _plain(text)
    for kind in (_SAID, _PLACE):
        found = [hit for hit in _expression(kind).finditer(plain) if not _holds_from_some_worth(plain, hit)]
        if found:
            senses = {_sense(hit[0], kind) for hit in found}
            return (senses.pop(), found[0].span()) if len(senses) == 1 else None
    return None


def freight_stated(said: str | None, evidence: tuple[Evidence, ...], code: str | None = None) -> StatedValue | None:
    """Who pays by a code of UN/EDIFACT 4215 or X12 146, else by the words of a delivery term."""
    found = freight_in(said or "")
    terms = freight_of_code(code or said or "") or (found[0] if found else None)
    return StatedValue(value=terms.value, confidence=1.0, evidence=evidence) if terms is not None else None


def with_noted_freight(order: PurchaseOrderV1) -> PurchaseOrderV1:
    """The order with who pays by its notes, where nothing else said it, a little less certain than they are."""
    notes = order.notes
    found = freight_in(notes.value) if notes is not None and order.freight_terms is None else None
    if notes is None or found is None:
        return order
    terms = notes.model_copy(update={"value": found[0].value, "confidence": round(notes.confidence * 0.95, 4)})
    return order.model_copy(update={"freight_terms": terms})


def _holds_from_some_worth(plain: str, hit: re.Match[str]) -> bool:
    return _condition().match(plain, hit.end()) is not None


@cache
def _condition() -> re.Pattern[str]:
    words = "|".join(re.escape(_plain(word)) for word in terms(words_file("freight_terms.yaml")["only_from"]["all"]))
    return re.compile(rf"(?:[\s,]{{1,3}}\w{{1,20}})?[\s,(]{{0,3}}\b(?:{words})\b[^.;\n]{{0,40}}?\d")


@cache
def _senses(kind: str) -> dict[str, FreightTerms]:
    """Each entry of a kind, without blanks, hyphens and marks, with who pays by it."""
    return {_bare(term): sense for sense in FreightTerms for term in _entries(sense, kind)}


def _entries(sense: FreightTerms, kind: str) -> Iterator[str]:
    for listed in words_file("freight_terms.yaml")[sense.value].get(kind, {}).values():
        yield from terms(listed)


def _sense(words: str, kind: str) -> FreightTerms:
    return _senses(kind)[_bare(words)]


@cache
def _expression(kind: str) -> re.Pattern[str]:
    """The entries, the longest first; between their words may stand blanks, hyphens and full stops."""
    entries = {_plain(term) for sense in FreightTerms for term in _entries(sense, kind)}
    written = (r"[\s.\-]{0,3}".join(_written(word) for word in re.split(r"[\s.\-]+", entry) if word) for entry in entries)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(written, key=len, reverse=True))})(?![^\W_])")


def _written(word: str) -> str:
    return r"f\.?o\.?b\.?" if word == "fob" else re.escape(word)


def _bare(words: str) -> str:
    return re.sub(r"[\s.\-]+", "", _plain(words))


def _plain(text: str) -> str:
    """The text folded, at its own length: every sign keeps its place."""
    return "".join(plain if len(plain := folded(sign)) == 1 else sign.lower()[:1] for sign in text[:_LONGEST])
