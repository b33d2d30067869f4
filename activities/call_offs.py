"""An order that says in a letter's text or under a label of its page that it calls goods off: it names its blanket order then."""

from __future__ import annotations

from models.contracts.extraction_v1 import StatedValue
from models.contracts.reading_v1 import ReadingV1
from models.domain.blankets import call_off_in, names_blanket
from models.domain.evidence import Evidence
from models.domain.layout_hints import is_same_number

_SAID, _LABELLED = 0.9, 0.85


def with_call_off(reading: ReadingV1) -> ReadingV1:
    """The reading of a document with one order, whose blanket order is named where the document names it."""
    orders = reading.extraction.orders
    if len(orders) != 1 or orders[0].kind != "order" or orders[0].blanket_number or reading.interchanges:
        return reading
    named = _said(reading) or _labelled(reading)
    if named is None or (orders[0].po_number and is_same_number(named.value, orders[0].po_number.value)):
        return reading
    order = orders[0].model_copy(update={"blanket_number": named})
    return reading.model_copy(update={"extraction": reading.extraction.model_copy(update={"orders": (order,)})})


def _said(reading: ReadingV1) -> StatedValue | None:
    """By the words of the mail's own text, not of what it quotes."""
    found = call_off_in(reading.mail.newest) if reading.mail else None
    if found is None or found.number is None:
        return None
    return StatedValue(value=found.number, confidence=_SAID, evidence=(Evidence(part="body", text=found.words),))


def _labelled(reading: ReadingV1) -> StatedValue | None:
    """By the only number that stands under the label of a blanket order."""
    found = [number for number in reading.numbers if names_blanket(number.label)]
    if not found or len({number.value for number in found}) > 1:
        return None
    return StatedValue(value=found[0].value, confidence=min(_LABELLED, found[0].confidence), evidence=(found[0].evidence,))
