"""Reading the extraction contract into a typed purchase order, and writing it back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contracts.extraction_v1 import ExtractionV1, PartyV1, Problem, PurchaseOrderV1
from models.contracts.purchase_order_v1 import evidenced, problems_of, to_purchase_order
from models.domain.findings import Finding, Severity
from models.domain.party import StatedParty
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine
from models.domain.values import Currency, UnitCode
from tests.contracts.restated import restated

GOLDEN = Path(__file__).parent / "golden" / "extraction_v1.json"


def stated(**fields: Any) -> PurchaseOrderV1:
    lines = fields.pop("lines", [{"seller_part_number": "HX-M8-40", "quantity": "400", "unit": "C62", "unit_price": "0.125"}])
    return PurchaseOrderV1.model_validate({"po_number": "4711", "lines": lines, **fields})


def codes(order: PurchaseOrderV1, **options: Any) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.field) for finding in to_purchase_order(order, **options)[1]]


def test_a_clean_order_is_typed_and_has_no_findings() -> None:
    """Numbers become decimals, dates days, units codes; nothing is doubted."""
    order, findings = to_purchase_order(stated(requested_delivery_date="2026-12-01", currency="eur"))
    assert findings == ()
    assert (order.requested_date, order.currency) == (date(2026, 12, 1), "EUR")
    assert order.lines[0].quantity == Decimal(400)


def test_lines_are_numbered_from_one_and_keep_the_buyers_own_number() -> None:
    """Our number counts; theirs is kept as stated."""
    order, _ = to_purchase_order(stated(lines=[{"line_number": "00010", "quantity": "1"}, {"quantity": "2"}]))
    assert [(line.number, line.stated_number) for line in order.lines] == [(1, "00010"), (2, None)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"po_number": None}, ("missing_po_number", "po_number")),
        ({"lines": []}, ("no_lines", "lines")),
        ({"lines": [{"description": "bolt"}]}, ("missing_quantity", "lines[0].quantity")),
        ({"lines": [{"quantity": "1.200,5"}]}, ("unreadable_value", "lines[0].quantity")),
        ({"lines": [{"quantity": "0"}]}, ("unreadable_value", "lines[0].quantity")),
        ({"lines": [{"quantity": "9" * 12}]}, ("unreadable_value", "lines[0].quantity")),
        ({"lines": [{"quantity": "1", "unit": "pieces"}]}, ("unreadable_value", "lines[0].unit")),
        ({"lines": [{"quantity": "1", "discount_percent": "120"}]}, ("unreadable_value", "lines[0].discount_percent")),
        ({"requested_delivery_date": "next week"}, ("unreadable_value", "requested_delivery_date")),
        ({"lines": [{"quantity": "1", "gtin": "4006381333932"}]}, ("invalid_gtin", "lines[0].gtin")),
    ],
)
def test_what_is_missing_or_does_not_parse_is_a_finding_at_its_place(
    fields: dict[str, Any], expected: tuple[str, str]
) -> None:  # fmt: skip
    """Each doubt names its code and the field's path."""
    assert expected in codes(stated(**fields))


def test_a_cancellation_needs_no_lines() -> None:
    """A full cancellation has none by the contract."""
    assert codes(stated(kind="order_cancellation", lines=[])) == []


def test_a_change_may_drop_a_line_with_quantity_zero() -> None:
    """Zero means dropped in a change, and nothing in an order."""
    assert codes(stated(kind="order_change", lines=[{"gtin": "04006381333931", "quantity": "0"}])) == []


def test_a_critical_value_read_with_little_confidence_needs_a_person_with_its_place() -> None:
    """The finding carries what was read, how surely, and where."""
    quantity = {"value": "400", "confidence": 0.55, "evidence": [{"part": "po.pdf", "page": 2, "bbox": [1, 2, 3, 4]}]}
    _, (finding,) = to_purchase_order(stated(lines=[{"seller_part_number": "A", "quantity": quantity}]))
    assert (finding.code, finding.severity, finding.line, finding.read) == ("low_confidence", Severity.ERROR, 1, "400")
    assert finding.confidence == 0.55
    assert finding.evidence[0].page == 2


def test_one_surely_read_identifier_is_enough() -> None:
    """A doubtful part number beside a sure GTIN is no question."""
    doubtful = {"value": "HX-M8-4O", "confidence": 0.4}
    assert codes(stated(lines=[{"seller_part_number": doubtful, "gtin": "04006381333931", "quantity": "1"}])) == []


def test_values_that_decide_nothing_may_be_read_with_little_confidence() -> None:
    """Notes and totals are not critical."""
    assert codes(stated(notes={"value": "call first", "confidence": 0.2})) == []


def test_problems_that_block_become_findings_with_their_own_code() -> None:
    """The path loses the order's index, which this order does not know."""
    problem = Problem(
        code="conflicting_sources", severity=Severity.ERROR, field="orders[1].lines[2].quantity", message="12 or 21"
    )
    _, (finding,) = to_purchase_order(stated(), problems=[problem])
    assert (finding.code, finding.field, finding.line) == ("conflicting_sources", "lines[2].quantity", 3)


def test_explanations_are_no_findings() -> None:
    """A problem of severity info asks nobody anything."""
    assert codes(stated(), problems=[Problem(code="note", severity=Severity.INFO, message="two pages of terms")]) == []


def test_problems_of_an_order_are_its_own_and_those_of_the_document() -> None:
    """orders[1] is not orders[12], and a document's problem concerns every order in it."""
    names = ["orders[1].po_number", "orders[12].po_number", "orders[0]", None]
    extraction = ExtractionV1.model_validate(
        {
            "document": {"name": "a", "sha256": "0" * 64, "media_type": "text/plain"},
            "intent": "order",
            "problems": [{"code": "x", "severity": "error", "field": name, "message": "m"} for name in names],
        }
    )
    assert [problem.field for problem in problems_of(extraction, 1)] == ["orders[1].po_number", None]


def test_later_findings_get_the_evidence_of_the_value_they_speak_of() -> None:
    """A price off by 12 % leads to the very place of the price."""
    price = {"value": "0.140", "confidence": 0.93, "evidence": [{"part": "po.pdf", "page": 1}]}
    order = stated(lines=[{"unit_price": price}])
    finding = Finding(code="price_mismatch", severity=Severity.ERROR, message="m", field="lines[0].unit_price", line=1)
    (placed,) = evidenced([finding], order)
    assert (placed.confidence, placed.evidence[0].part) == (0.93, "po.pdf")


def test_the_golden_extraction_of_version_1_still_reads_the_same() -> None:
    """Version 1 is pinned: what a sender sent then means the same now."""
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    extraction = ExtractionV1.model_validate(golden["extraction"])
    order, findings = to_purchase_order(extraction.orders[0], problems=problems_of(extraction, 0))
    assert order.model_dump(mode="json", exclude_defaults=True) == golden["purchase_order"]
    assert [(finding.code, finding.field) for finding in findings] == [tuple(pair) for pair in golden["findings"]]


_words = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).map(str.strip).filter(bool)
)
_maybe_words = st.none() | _words
_amounts = st.decimals("0.001", "999999", places=3)
_days = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))
_parties = st.builds(StatedParty, **dict.fromkeys(PartyV1.model_fields, _maybe_words)).flatmap(
    lambda party: st.booleans().map(
        lambda flag: party.model_copy(update={"country_is_inferred": flag and party.country is not None})
    )
)


@st.composite
def _orders(draw: st.DrawFn) -> PurchaseOrder:
    lines = [
        PurchaseOrderLine(
            number=number,
            stated_number=draw(_maybe_words),
            seller_part_number=draw(_maybe_words),
            description=draw(_maybe_words),
            quantity=draw(st.none() | _amounts),
            unit=draw(st.none() | st.sampled_from([UnitCode("C62"), UnitCode("KGM")])),
            unit_price=draw(st.none() | _amounts),
            price_basis=draw(st.sampled_from([Decimal(1), Decimal(100)])),
            line_total=draw(st.none() | _amounts),
            requested_date=draw(_days),
        )
        for number in range(1, draw(st.integers(0, 3)) + 1)
    ]
    return PurchaseOrder(
        po_number=draw(_maybe_words),
        order_date=draw(_days),
        currency=draw(st.none() | st.just(Currency("EUR"))),
        buyer=draw(_parties),
        ship_to=draw(st.none() | _parties),
        notes=draw(_maybe_words),
        lines=tuple(lines),
        total_net=draw(st.none() | _amounts),
    )


@given(_orders())
def test_an_order_survives_the_wire(order: PurchaseOrder) -> None:
    """What is written as the contract reads back as it was."""
    again = PurchaseOrderV1.model_validate_json(restated(order).model_dump_json())
    assert to_purchase_order(again)[0] == order


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_whatever_a_document_says_reading_never_raises(one: str, two: str, three: str) -> None:
    """Nonsense becomes findings."""
    fields = {name: value for name, value in zip(("quantity", "unit", "unit_price"), (one, two, three), strict=True) if value}
    order, _ = to_purchase_order(stated(lines=[fields]))
    assert len(order.lines) == 1
