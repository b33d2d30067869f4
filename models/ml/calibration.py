"""How sure a reading may be: the confidence that the reader reasoned, mapped to the share of such values that proved right.

The curves were fitted on layouts that were drawn for it (see the card), by kind of document and of field, and apart for
orders with something wrong. They rise, so of two values of a kind the surer one stays the surer.
"""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

from pydantic import ValidationError

from models.contracts.extraction_v1 import ExtractionV1, OrderLineV1, PartyV1, PurchaseOrderV1, StatedValue, read_value
from models.contracts.model_card import trained_file
from models.contracts.purchase_order_v1 import problems_of
from models.contracts.reading_v1 import ReadingV1
from models.domain.errors import Misconfigured
from models.domain.findings import Severity
from models.domain.unchecked import changed
from models.domain.values import Value
from models.ml.registry import shipped

FILE = "confidence.json"
#: The kind of document by the format an order was read from; what is not named here states its values, and is not mapped.
KINDS: Mapping[str, str] = {
    "pdf": "pdf", "scan": "scan", "image": "scan", "email": "text", "text": "text", "spreadsheet": "sheet", "delimited": "sheet",
}  # fmt: skip
#: The curve of an order with something wrong, of a value that was inferred, and of fields that have none of their own.
DOUBTED, INFERRED, ANY = "doubted", "inferred", "any"
_GROUPS: Mapping[str, str] = {
    "po_number": "po_number", "order_date": "day", "requested_delivery_date": "day", "line_number": "position",
    "buyer_part_number": "part_number", "seller_part_number": "part_number", "gtin": "part_number", "description": "description",
    "quantity": "quantity", "unit": "unit", "unit_price": "price", "price_basis_quantity": "price", "discount_percent": "price",
    "line_total": "amount", "total_net": "amount", "total_tax": "amount", "total_gross": "amount", "ship_to": "ship_to",
    "buyer": "party", "bill_to": "party",
}  # fmt: skip
_CRITICAL = frozenset({"po_number", "ship_to", "part_number", "description", "quantity", "unit", "price"})
#: Only what a sender states outright is certain; two decimals are as much as any measurement bears out.
_SUREST, _PLACES = 0.99, 2
_STEP = 0.01


PARTIES = ("buyer", "ship_to", "bill_to")


def group_of(field: str) -> str:
    """The group of a field by its name; the values of a party go by the party's own."""
    return _GROUPS.get(field, "terms")


class Standing(Value):
    """What a value is: of which kind of document and group of fields, inferred rather than read, with something wrong or not."""

    kind: str
    group: str
    is_inferred: bool = False
    is_doubted: bool = False

    @property
    def curve(self) -> str:
        """The name of the curve that is made of such values."""
        return DOUBTED if self.is_doubted else INFERRED if self.is_inferred else self.group


class Calibration(Value):
    """Curves by kind of document and group of fields: points (reasoned, right), rising, straight between, level outside.

    Below `threshold` a person looks: a value that the reader put there is not lifted over it where it decides what is
    shipped, where to or at which price.
    """

    threshold: float
    curves: Mapping[str, Mapping[str, tuple[tuple[float, float], ...]]]

    def confidence(self, reasoned: float, standing: Standing) -> float:
        """The share right of such values, at most 0.99; `reasoned` itself where there is no curve."""
        own = self.curves.get(standing.kind, {})
        points = own.get(standing.curve) or own.get(ANY)
        if not points or reasoned >= 1.0:
            return reasoned
        share = round(min(interpolated(points, reasoned), _SUREST), _PLACES)
        stays = standing.group in _CRITICAL and reasoned < self.threshold
        return min(share, self.threshold - _STEP) if stays else share


def interpolated(points: Sequence[tuple[float, float]], at: float) -> float:
    """The curve through `points` (by rising x) at `at`: straight between them, level outside."""
    place = bisect_right(points, (at, 2.0))
    if place == 0 or place == len(points):
        return points[min(place, len(points) - 1)][1]
    (x0, y0), (x1, y1) = points[place - 1], points[place]
    return y0 + (y1 - y0) * (at - x0) / (x1 - x0)


@cache
def shipped_calibration() -> Calibration:
    """The curves that come with the program. Raises `Misconfigured` where they are not those that were shipped."""
    content, _ = trained_file(shipped(), FILE)
    try:
        return Calibration.model_validate_json(content)
    except ValidationError as error:
        raise Misconfigured(f"the curves of {FILE} are of another release: {error}. Install orderwright again.") from error


@cache
def reading_prior(source_format: str) -> str:
    """What the curves' card says of reading such documents, for those who have no orders of their own to go by."""
    _, card = trained_file(shipped(), FILE)
    told = card.figures.get(KINDS.get(source_format, ""))
    return f"the reader on its own test documents: {told}" if told else "the format states its values, nothing is read by eye"


def calibrated(reading: ReadingV1, by: Calibration) -> ReadingV1:
    """`reading` with confidences that mean what they say; `reasoned` keeps what the reader said where it had doubts."""
    extraction = reading.extraction
    orders = list(extraction.orders)
    with _collector_at_rest():
        for place, source in enumerate(reading.source_formats[: len(orders)]):
            if kind := KINDS.get(source):
                orders[place] = _Order(by, kind, is_doubted(extraction, place)).mapped(orders[place])
    return reading.model_copy(update={"extraction": extraction.model_copy(update={"orders": tuple(orders)})})


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Values are many and refer to nothing in circles: looking for circles among them would take two thirds of the time."""
    was_awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_awake:
            gc.enable()


def is_doubted(extraction: ExtractionV1, place: int) -> bool:
    """Whether something is wrong with the order at `place`, so that any of its values may be."""
    return any(problem.severity is Severity.ERROR for problem in problems_of(extraction, place))


class _Order:
    """One order's values, whose confidences are few: each is looked up once."""

    def __init__(self, by: Calibration, kind: str, is_doubted: bool) -> None:
        self._by, self._kind, self._is_doubted = by, kind, is_doubted
        self._known: dict[tuple[str, bool, float], float] = {}

    def mapped(self, order: PurchaseOrderV1) -> PurchaseOrderV1:
        lines = tuple(changed(line, self._values(line)) for line in order.lines)
        parties = {
            name: party.model_copy(update=self._values(party, name))
            for name in PARTIES
            if (party := getattr(order, name)) is not None
        }
        return order.model_copy(update={**self._values(order), **parties, "lines": lines})

    def _values(self, model: PurchaseOrderV1 | OrderLineV1 | PartyV1, role: str = "") -> dict[str, StatedValue]:
        """The values of `model` whose confidence changes, by field."""
        found = {}
        for name, value in vars(model).items():  # a long sheet has hundreds of thousands
            if isinstance(value, StatedValue) and (sure := self._confidence(group_of(role or name), value)) != value.confidence:
                found[name] = _told(value, sure, doubted=value.confidence < self._by.threshold)
        return found

    def _confidence(self, group: str, value: StatedValue) -> float:
        key = group, not value.evidence, value.confidence
        if key not in self._known:
            standing = Standing(kind=self._kind, group=group, is_inferred=not value.evidence, is_doubted=self._is_doubted)
            self._known[key] = self._by.confidence(value.confidence, standing)
        return self._known[key]


def _told(value: StatedValue, confidence: float, *, doubted: bool) -> StatedValue:
    return read_value(value.value, confidence, value.evidence, value.confidence if doubted else value.reasoned)
