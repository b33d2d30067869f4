"""The extraction contract, version 1: what `orderwright extract` prints and what the capture step results in.

Every field is `{value, confidence, evidence}`. A field that the document does not state is null: never a guess, never
empty text. A bare string is accepted on the way in as a value stated by the sender itself (confidence 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, field_validator
from pydantic.dataclasses import dataclass

from models.contracts.wire import Wire
from models.domain.evidence import Evidence
from models.domain.findings import Candidate, Severity


class Intent(StrEnum):
    """What the sender wants. Only the first three fill `orders`."""

    ORDER = "order"
    ORDER_CHANGE = "order_change"
    ORDER_CANCELLATION = "order_cancellation"
    ORDER_STATUS_ENQUIRY = "order_status_enquiry"
    RETURN_REQUEST = "return_request"
    QUOTE_REQUEST = "quote_request"
    OTHER = "other"


OrderKind = Literal["order", "order_change", "order_cancellation"]


def _is_absent(value: object) -> bool:
    return value is None


def _is_empty(value: object) -> bool:
    return value == ()


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="ignore"))
class StatedValue:
    """One value as the document states it. Inferred rather than read: `evidence` is empty.

    A long order holds a million, so it has slots and no dictionary; else it is as the models round it.

    `reasoned` is there only where the reader itself had doubts: its own confidence, before it was mapped to the share of
    such values that are right.
    """

    value: Annotated[str, Field(min_length=1, max_length=20_000)]
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    evidence: tuple[Evidence, ...] = ()
    reasoned: Annotated[float | None, Field(ge=0, le=1, exclude_if=_is_absent)] = None

    @field_validator("value", mode="before")
    @classmethod
    def _no_numbers(cls, raw: object) -> object:
        if isinstance(raw, bool | int | float):
            raise ValueError('a JSON number loses digits here: send a string such as "12.50"')
        return raw

    def model_copy(self, *, update: Mapping[str, Any]) -> StatedValue:
        """The value with some parts changed and not validated again, by the name that models have for it."""
        return read_value(**{name: update.get(name, getattr(self, name)) for name in StatedValue.__slots__})


class _Making:
    """A stated value while it is made: its slots are those of `StatedValue`, whose name it takes when it is done."""

    __slots__ = ("confidence", "evidence", "reasoned", "value")

    value: str
    confidence: float
    evidence: tuple[Evidence, ...]
    reasoned: float | None


def read_value(value: str, confidence: float, evidence: tuple[Evidence, ...], reasoned: float | None = None) -> StatedValue:
    """A value that a reader has just checked itself, without validating it again: text that is neither empty nor longer than
    the contract allows. As validation would make it, in a tenth of the time."""
    made = _Making()
    made.value = value
    made.confidence = confidence
    made.evidence = evidence
    made.reasoned = reasoned
    made.__class__ = StatedValue  # type: ignore[assignment]
    return made  # type: ignore[return-value]


def _stated(raw: object) -> object:
    if isinstance(raw, bool | int | float):
        raise ValueError('a JSON number loses digits here: send a string such as "12.50"')
    return {"value": raw} if isinstance(raw, str) else raw


Stated = Annotated[StatedValue, BeforeValidator(_stated)] | None
#: As `Stated`, left out where there is none.
StatedWhereThere = Annotated[Stated, Field(exclude_if=_is_absent)]


class PartyV1(Wire):
    """A party as stated; `country` is ISO 3166-1 alpha-2."""

    name: Stated = None
    customer_number: Stated = None
    gln: Stated = None
    vat_id: Stated = None
    email: Stated = None
    street: Stated = None
    city: Stated = None
    postal_code: Stated = None
    region: Stated = None
    country: Stated = None


class OrderLineV1(Wire):
    """A line as stated. Numbers are decimal strings, `unit` UN/ECE Rec 20, `unit_price` per `price_basis_quantity` units.

    `pack_contents` is how many pieces one `unit` holds, there only where the sender says it beside the quantity.
    """

    line_number: Stated = None
    buyer_part_number: Stated = None
    seller_part_number: Stated = None
    gtin: Stated = None
    description: Stated = None
    quantity: Stated = None
    unit: Stated = None
    unit_price: Stated = None
    price_basis_quantity: Stated = None
    discount_percent: Stated = None
    line_total: Stated = None
    requested_delivery_date: Stated = None
    pack_contents: StatedWhereThere = None


class PurchaseOrderV1(Wire):
    """A purchase order, change or cancellation as its document states it.

    `release_number` tells releases under one PO number apart (X12 BEG04), `blanket_number` names the blanket order that goods are
    called off, `freight_terms` says who pays the carrier (`prepaid`, `prepaid_and_add`, `collect`); they are there only where
    they are stated.
    """

    kind: OrderKind = "order"
    po_number: Stated = None
    release_number: StatedWhereThere = None
    blanket_number: StatedWhereThere = None
    order_date: Stated = None
    requested_delivery_date: Stated = None
    currency: Stated = None
    buyer: PartyV1 | None = None
    ship_to: PartyV1 | None = None
    bill_to: PartyV1 | None = None
    payment_terms: Stated = None
    incoterm: Stated = None
    freight_terms: StatedWhereThere = None
    notes: Stated = None
    lines: tuple[OrderLineV1, ...] = ()
    total_net: Stated = None
    total_tax: Stated = None
    total_gross: Stated = None


class Problem(Wire):
    """What is wrong with the document or a value; `field` is a path such as `orders[0].lines[2].unit_price`. `evidence` is
    there only where it speaks of words that are no field's, and `candidates` where the document itself says several things."""

    code: str
    severity: Severity
    field: str | None = None
    message: str
    evidence: Annotated[tuple[Evidence, ...], Field(exclude_if=_is_empty)] = ()
    candidates: Annotated[tuple[Candidate, ...], Field(exclude_if=_is_empty)] = ()


class DocumentV1(Wire):
    """The file that was read. `pages` is 1 for what has no pages; `language` is ISO 639-1 or null."""

    name: str
    sha256: str
    media_type: str
    language: str | None = None
    pages: int = 1


class ExtractionV1(Wire):
    """All that one file says. `orders` is filled for orders, changes and cancellations alone."""

    document: DocumentV1
    intent: Intent
    orders: tuple[PurchaseOrderV1, ...] = ()
    problems: tuple[Problem, ...] = ()


def stated_fields(model: Wire, path: str = "") -> Iterator[tuple[str, StatedValue]]:
    """Every stated value below `model` with its path, in document order: ("lines[0].quantity", …)."""
    for name in type(model).model_fields:
        yield from _stated_below(getattr(model, name), f"{path}.{name}" if path else name)


def _stated_below(value: Any, path: str) -> Iterator[tuple[str, StatedValue]]:
    if isinstance(value, StatedValue):
        yield path, value
    elif isinstance(value, Wire):
        yield from stated_fields(value, path)
    elif isinstance(value, tuple):
        for index, element in enumerate(value):
            yield from _stated_below(element, f"{path}[{index}]")
