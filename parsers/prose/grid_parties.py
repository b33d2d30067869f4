"""Addresses in the tables of a mail, as shops and platforms set them: a label in one cell and the address in the cell below it
("Billing address | Shipping address"), and who writes to whom ("From:" and "To:", each above an address)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from models.contracts.extraction_v1 import PartyV1
from models.domain.document import Grid, TextBox
from models.domain.evidence import Evidence
from parsers.lexicon import folded, meaning_of_label
from parsers.prose.items import Source
from parsers.values.party_blocks import party_from_block

_ROLES = frozenset(["ship_to", "bill_to", "buyer", "seller"])
_LONGEST_LABEL, _FEWEST_LINES, _MOST_LINES = 50, 2, 9
_SURE = 0.95
_FROM = frozenset(["from", "von", "de", "da", "van", "od"])
_TO = frozenset(["to", "an", "a", "para", "pour", "aan", "do"])

_Span = tuple[int, int]
#: A party with its role and the place of its label and its lines.
Placed = tuple[str, PartyV1, _Span]


def parties_in(source: Source, grids: Sequence[Grid]) -> Iterator[Placed]:
    """The parties that stand in cells below their labels, and those of a pair "From:" and "To:" in the text."""
    for grid in grids:
        for above, below in pairwise(grid.rows):
            yield from _below_labels(source, above, below)
    yield from _from_and_to(source)


def _below_labels(source: Source, above: Sequence[TextBox | None], below: Sequence[TextBox | None]) -> Iterator[Placed]:
    for label, cell in zip(above, below, strict=False):
        if label is None or cell is None or len(label.text) > _LONGEST_LABEL:
            continue
        meaning = meaning_of_label(label.text.strip(" *:"))
        spans = (label.evidence.span, cell.evidence.span)
        if meaning is not None and meaning.name in _ROLES and meaning.strength == 1 and spans[0] and spans[1]:
            yield from _placed(source, meaning.name, spans[0], spans[1])


def _from_and_to(source: Source) -> Iterator[Placed]:
    """Who orders from whom, where both stand one below the other under such words alone."""
    lines = list(_lines(source, (0, len(source.text))))
    leads = [folded(line.text.strip(" :*")) if line.text.endswith(":") else "" for line in lines]
    for first in (at for at, lead in enumerate(leads) if lead in _FROM):
        second = next((at for at in range(first + 3, min(first + _MOST_LINES, len(lines))) if leads[at] in _TO), None)
        if second is None:
            continue
        ends = _end_of_block(source, lines, second)
        yield from _placed(source, "buyer", _span(lines[first]), (_span(lines[first + 1])[0], _span(lines[second - 1])[1]))
        if ends > second:
            yield from _placed(source, "seller", _span(lines[second]), (_span(lines[second + 1])[0], _span(lines[ends])[1]))
        return


def _end_of_block(source: Source, lines: Sequence[TextBox], label: int) -> int:
    """The last line before a blank one below the label."""
    at = label
    while at + 1 < len(lines) and at - label < _MOST_LINES:
        between = source.text[_span(lines[at])[1] : _span(lines[at + 1])[0]]
        if between.count("\n") > 1:
            break
        at += 1
    return at


def _placed(source: Source, role: str, label: _Span, block: _Span) -> Iterator[Placed]:
    lines = list(_lines(source, block))
    party = party_from_block(lines) if len(lines) >= _FEWEST_LINES else None
    if party is not None and party.street and party.postal_code:
        yield role, party, label
        yield role, party, block


def _lines(source: Source, span: _Span) -> Iterator[TextBox]:
    """The lines within a place of the text that say anything, each with its own place."""
    at = span[0]
    for line in source.text[slice(*span)].split("\n"):
        if text := line.strip():
            begin = at + len(line) - len(line.lstrip())
            yield TextBox(text, Evidence(part=source.part, span=(begin, begin + len(text)), text=text), _SURE)
        at += len(line) + 1


def _span(box: TextBox) -> _Span:
    return box.evidence.span or (0, 0)
