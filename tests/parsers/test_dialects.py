"""Orders as partners of several trades write them, read whole: retail, grocery, cars, pharmacies, public buyers, punch-out.

The messages stand in `dialects/`, written for this project after the habits of each trade.
"""

from __future__ import annotations

from pathlib import Path

from models.contracts.extraction_v1 import ExtractionV1, OrderLineV1, PurchaseOrderV1
from models.domain.findings import Severity
from parsers.reading import read_document

SAMPLES = Path(__file__).with_name("dialects")


def reading(name: str) -> ExtractionV1:
    return read_document((SAMPLES / name).read_bytes(), name, ocr=None).reading.extraction


def order(name: str) -> PurchaseOrderV1:
    (found,) = reading(name).orders
    return found


def stated(line: OrderLineV1, *names: str) -> tuple[str | None, ...]:
    return tuple(value.value if (value := getattr(line, name)) is not None else None for name in names)


def listed(name: str, severity: Severity = Severity.INFO) -> str:
    """What was kept for people to see."""
    return "\n".join(
        problem.message for problem in reading(name).problems if problem.code == "not_mapped" and problem.severity is severity
    )


def test_a_department_store_distributes_its_lines_over_stores() -> None:
    """VICS: SDQ sums to what PO1 orders, and a person learns which store gets what."""
    name = "vics_store_distribution.edi"
    lines = [stated(line, "gtin", "buyer_part_number", "quantity", "unit", "unit_price") for line in order(name).lines]
    assert lines == [("00012345678905", "88123", "60", "C62", "14.25"), ("10012345678902", None, "24", "CS", "48")]
    codes = [problem.code for problem in reading(name).problems]
    assert codes.count("store_distribution") == 2
    assert not {"schedule_mismatch", "x12_syntax", "control_total_mismatch"} & set(codes)


def test_a_department_store_states_packs_prices_and_allowances_that_are_shown() -> None:
    """PO4, retail prices and an SAC over the whole order have no place and are not lost."""
    name = "vics_store_distribution.edi"
    assert "PO4*12*1*EA*CTN25**8.5*LB" in listed(name)
    assert "CTP*RS*RES*29.99" in listed(name)
    assert "allowance 72.45" in listed(name, Severity.WARNING)


def test_a_grocer_orders_cases_pounds_and_dozens_each_at_its_price() -> None:
    """PO105: a price per dozen for what is ordered by the dozen is one per ordered unit, one per pound for pounds as well."""
    lines = [stated(line, "quantity", "unit", "unit_price", "price_basis_quantity") for line in order("grocery_units.edi").lines]
    assert lines == [("40", "CS", "18.4", None), ("960", "LBR", "1.85", None), ("12", "DZN", "6", None)]
    assert [problem.code for problem in reading("grocery_units.edi").problems if problem.severity is Severity.ERROR] == []


def test_a_car_maker_calls_off_dated_quantities_and_only_forecasts_the_rest() -> None:
    """SCC 1 is firm and becomes a line for each day; what follows SCC 4 is a plan, neither ordered nor a date of the line."""
    found = order("automotive_call_off.edi")
    lines = [stated(line, "quantity", "requested_delivery_date", "unit_price", "price_basis_quantity") for line in found.lines]
    assert lines == [("240", "2026-11-09", "12.40", "100"), ("240", "2026-11-11", "12.40", "100")]
    assert "DTM+2:20261201:102" in listed("automotive_call_off.edi")
    assert "call_off" in {problem.code for problem in reading("automotive_call_off.edi").problems}


def test_a_delivery_forecast_is_no_order_but_a_person_should_know() -> None:
    """DELFOR may hold firm quantities for this week beside plans for the year."""
    found = reading("automotive_forecast.edi")
    assert (found.orders, [(problem.code, problem.severity) for problem in found.problems]) == (
        (),
        [("delivery_schedule", Severity.WARNING)],
    )


def test_a_retailer_splits_a_line_into_deliveries_and_names_what_a_display_holds() -> None:
    """EANCOM with a comma as decimal mark: SCC, QTY and DTM are deliveries; a sub-line is part of a set."""
    lines = [
        stated(line, "line_number", "quantity", "unit_price", "requested_delivery_date")
        for line in order("eancom_schedules.edi").lines
    ]
    assert lines == [
        ("1", "960", "0.79", None),
        ("2", "1", None, "2026-11-16"),
        ("2", "1", None, "2026-11-23"),
        ("3", None, None, None),
    ]
    assert "a component of another line" in listed("eancom_schedules.edi")


def test_a_pharmacy_names_its_goods_by_a_number_of_no_list() -> None:
    """The number identifies the goods all the same, with a confidence that says that it is unclear whose it is."""
    lines = order("pharmacy.edi").lines
    assert [stated(line, "seller_part_number", "quantity") for line in lines] == [
        ("02494990", "3"), ("04114918", "10"), ("06605862", "1"),
    ]  # fmt: skip
    assert all(line.seller_part_number is not None and line.seller_part_number.confidence < 0.8 for line in lines)


def test_groups_handed_over_without_their_interchange_are_read() -> None:
    """A van or a portal hands over what stood between ISA and IEA."""
    assert [stated(line, "seller_part_number", "quantity") for line in order("bare_group.edi").lines] == [("TEE", "60")]


def test_a_public_buyer_states_allowances_of_lines_and_freight_of_the_order() -> None:
    """Peppol: the line's percentage is its discount; what is owed besides is shown as a warning."""
    found = order("peppol_allowances.xml")
    lines = [stated(line, "quantity", "unit", "discount_percent", "line_total") for line in found.lines]
    assert lines == [("10", "BX", "10", "900.00"), ("2", "C62", None, "60.00")]
    assert stated(found, "total_net", "total_tax", "total_gross") == ("1110.00", "277.50", "1387.50")  # type: ignore[arg-type]
    assert "Order/AllowanceCharge/Amount: 150.00" in listed("peppol_allowances.xml", Severity.WARNING)


def test_a_punch_out_order_keeps_its_extrinsics_and_its_cart() -> None:
    """cXML: a ShortName is not glued to the description, commas in Money group digits, secrets are not shown."""
    name = "cxml_punchout.xml"
    found = order(name)
    assert stated(found.lines[0], "description", "unit", "requested_delivery_date") == (
        "Nitrile gloves, box of 100", "BX", "2026-11-20",
    )  # fmt: skip
    assert found.total_net is not None
    assert found.total_net.value == "1234.50"
    assert "4410 @name=CostCenter" in listed(name)
    assert "cart-88/1" in listed(name)
    assert "Shipping/Money: 15.00" in listed(name, Severity.WARNING)
    assert "s3cret" not in reading(name).model_dump_json()
