"""850 and 860 as purchase orders: every field, its evidence, and what has no place."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import Intent, OrderLineV1, StatedValue
from models.domain.findings import Severity
from parsers.part_reading import OrderReading
from parsers.x12.reader import read_x12
from tests.parsers.x12.sets import HEAD, LINE, interchange, order


def reading(text: str) -> OrderReading:
    (found,) = read_x12(interchange(text), "po.x12").orders
    return found


def only(*lines: str) -> OrderLineV1:
    (line,) = reading(order(*lines)).order.lines
    return line


def value(stated: StatedValue | None) -> str | None:
    return stated.value if stated is not None else None


def codes(found: OrderReading, severity: Severity) -> set[str]:
    return {problem.code for problem in found.problems if problem.severity is severity}


def test_a_line_states_all_its_fields() -> None:
    """Pairs of qualifier and number, PID, the unit as Recommendation 20."""
    line = only(*LINE)
    assert {name: value(getattr(line, name)) for name in OrderLineV1.model_fields if getattr(line, name)} == {
        "line_number": "1", "buyer_part_number": "A-889", "seller_part_number": "HX-M8-40", "gtin": "00036000291452",
        "description": "Hex bolt M8x40", "quantity": "120", "unit": "C62", "unit_price": "9.25",
    }  # fmt: skip


def test_the_head_states_its_fields() -> None:
    """BEG, CUR, DTM 002 and the N1 loops."""
    found = reading(order(*LINE)).order
    assert [value(field) for field in (found.po_number, found.order_date, found.requested_delivery_date, found.currency)] == [
        "4500123456", "2026-11-03", "2026-11-20", "USD",
    ]  # fmt: skip
    assert found.buyer is not None
    assert (value(found.buyer.name), value(found.buyer.customer_number)) == ("Acme Supply", "C-1001")


def test_an_address_fills_its_party() -> None:
    """N1, N3, N4; qualifier UL is a GLN."""
    place = reading(order(*LINE)).order.ship_to
    assert place is not None
    assert [value(field) for field in (place.gln, place.street, place.city, place.region, place.postal_code, place.country)] == [
        "4000001000005", "1 Main St, Dock 4", "Columbus", "OH", "43201", "US",
    ]  # fmt: skip


def test_evidence_names_the_segment() -> None:
    """`PO1[2]` with its words."""
    line = reading(order(*LINE, "PO1*2*5*CA***IN*02006")).order.lines[1]
    assert line.quantity is not None
    assert (line.quantity.evidence[0].segment, line.quantity.evidence[0].text) == ("PO1[2]", "PO1*2*5*CA***IN*02006")


def test_a_case_is_not_a_can() -> None:
    """X12 CA is Recommendation 20's CS; an empty price stays null."""
    line = only("PO1*1*5*CA***IN*02006")
    assert (value(line.unit), line.unit_price) == ("CS", None)


@pytest.mark.parametrize(("basis", "quantity"), [("HP", "100"), ("TP", "1000"), ("PD", "12"), ("PE", None), ("", None)])
def test_the_basis_of_the_price_is_read(basis: str, quantity: str | None) -> None:
    """X12 639: per hundred, per thousand, per dozen."""
    assert value(only(f"PO1*1*500*EA*12.50*{basis}*VN*X").price_basis_quantity) == quantity


def test_a_price_per_pound_of_pieces_is_a_doubt() -> None:
    """Nobody knows how many pounds a piece has."""
    assert "price_unit_differs" in codes(reading(order("PO1*1*5*EA*2*PP*VN*X")), Severity.WARNING)


def test_ctp_states_the_price_where_po1_does_not() -> None:
    """CTP03 per CTP04 units."""
    line = only("PO1*1*500*EA***VN*X", "CTP**UCP*12.50*100*EA")
    assert (value(line.unit_price), value(line.price_basis_quantity)) == ("12.50", "100")


def test_a_retail_price_is_not_what_the_buyer_pays() -> None:
    """CTP with RES is left over."""
    found = reading(order("PO1*1*5*EA***VN*X", "CTP**RES*19.99"))
    assert found.order.lines[0].unit_price is None
    assert any("CTP**RES*19.99" in problem.message for problem in found.problems)


def test_a_wrong_check_digit_leaves_the_gtin_null() -> None:
    """Segment, element and value stand in the syntax error (X12 723, code 7)."""
    found = read_x12(interchange(order("PO1*1*5*EA*2**UP*036000291453")), "po.x12")
    assert found.orders[0].order.lines[0].gtin is None
    (error,) = found.interchanges[0].errors
    assert (error.code, error.segment_tag, error.segment_position, error.element_position, error.value) == (
        "7", "PO1", 9, 7, "036000291453",
    )  # fmt: skip


def test_a_manufacturers_number_alone_is_a_doubtful_sellers_number() -> None:
    """Nothing else tells what is ordered."""
    number = only("PO1*1*5*EA*2**MG*R5656-2").seller_part_number
    assert number is not None
    assert (number.value, number.confidence) == ("R5656-2", 0.6)


def test_a_schedule_becomes_a_line_for_each_delivery() -> None:
    """SCH with dates; the quantities add up."""
    found = reading(order("PO1*1*30*EA*2**VN*X", "SCH*10*EA***002*20261201", "SCH*20*EA***002*20261215")).order
    assert [(value(line.quantity), value(line.requested_delivery_date)) for line in found.lines] == [
        ("10", "2026-12-01"), ("20", "2026-12-15"),
    ]  # fmt: skip


def test_a_schedule_that_does_not_add_up_needs_a_person() -> None:
    """The ordered quantity stands, and the doubt with it."""
    assert "schedule_mismatch" in codes(reading(order("PO1*1*30*EA*2**VN*X", "SCH*10*EA***002*20261201")), Severity.ERROR)


def test_store_shares_add_up_to_the_line() -> None:
    """SDQ: one line with the sum, the stores in the notes, and a warning."""
    found = reading(order("PO1*1*30*EA*2**VN*X", "SDQ*EA*92*0001*10*0002*20"))
    assert value(found.order.notes) == "Line 1: goes to stores 0001: 10, 0002: 20"
    assert "store_distribution" in codes(found, Severity.WARNING)


def test_free_text_becomes_notes() -> None:
    """MSG and NTE in the head and below a line."""
    found = reading(order(*LINE, "MSG*No pallets", head=(*HEAD, "NTE*GEN*Ring first"))).order
    assert value(found.notes) == "Ring first\nLine 1: No pallets"


def test_what_has_no_place_is_listed() -> None:
    """Nothing is dropped silently."""
    found = reading(order(*LINE, "PO4*4*4*EA*PLT94"))
    assert any(problem.code == "not_mapped" and "PO4*4*4*EA*PLT94" in problem.message for problem in found.problems)


def test_an_allowance_in_percent_is_the_lines_discount() -> None:
    """SAC06 and SAC07."""
    assert value(only("PO1*1*30*EA*2**VN*X", "SAC*A*C310****3*5").discount_percent) == "5"


@pytest.mark.parametrize(
    ("purpose", "kind"), [("00", "order"), ("01", "order_cancellation"), ("04", "order_change"), ("05", "order_change")]
)
def test_the_purpose_tells_the_kind(purpose: str, kind: str) -> None:
    """X12 353."""
    assert reading(order(*LINE, head=(f"BEG*{purpose}*SA*1**20261103",))).order.kind == kind


def test_an_860_is_a_change_with_its_changed_lines() -> None:
    """POC02: DI drops a line, NC leaves it out."""
    text = order(
        "POC*1*PQ*40*0*EA*9**VN*X",
        "POC*2*DI***EA***VN*Y",
        "POC*3*NC*5*0*EA***VN*Z",
        head=("BCH*04*SA*PO7***20261103",),
        kind="860",
    )
    found = reading(text).order
    assert (found.kind, value(found.po_number)) == ("order_change", "PO7")
    assert [(value(line.line_number), value(line.quantity)) for line in found.lines] == [("1", "40"), ("2", "0")]


def test_a_line_that_an_860_adds_is_named_as_new() -> None:
    """POC02 AI, the second of the two."""
    text = order("POC*1*PQ*40*0*EA*9**VN*X", "POC*7*AI*5*0*EA*2**VN*Y", head=("BCH*04*SA*PO7***20261103",), kind="860")
    assert [problem.field for problem in reading(text).problems if problem.code == "line_added"] == ["lines[1]"]


def test_terms_of_payment_are_put_in_words() -> None:
    """ITD without its text."""
    assert (
        value(reading(order(*LINE, head=(*HEAD, "ITD*01*3*2**10**30"))).order.payment_terms) == "2 % within 10 days, 30 days net"
    )


def test_the_transport_terms_give_the_incoterm() -> None:
    """FOB05."""
    assert value(reading(order(*LINE, head=(*HEAD, "FOB*DF***01*EXW"))).order.incoterm) == "EXW"


@pytest.mark.parametrize(("code", "terms"), [("CC", "collect"), ("PP", "prepaid"), ("BP", "collect"), ("DF", None), ("DE", None)])
def test_who_pays_the_freight_is_only_read_where_the_code_says_so(code: str, terms: str | None) -> None:
    """X12 146: DF is what buyer and seller defined elsewhere, DE what a contract says."""
    assert value(reading(order(*LINE, head=(*HEAD, f"FOB*{code}"))).order.freight_terms) == terms


def test_a_segment_that_was_taken_whole_is_not_listed_as_left_over() -> None:
    """FOB with nothing but who pays."""
    found = reading(order(*LINE, head=(*HEAD, "FOB*CC")))
    assert not any("FOB" in problem.message for problem in found.problems)


def test_the_total_stands_after_ctt() -> None:
    """AMT TT."""
    assert value(reading(order(*LINE, "CTT*1*120", "AMT*TT*1110")).order.total_net) == "1110"


def test_a_wrong_line_count_is_doubtful() -> None:
    """CTT01 against the PO1 segments."""
    assert "control_total_mismatch" in codes(reading(order(*LINE, "CTT*4")), Severity.WARNING)


def test_an_order_of_estimates_is_not_taken_for_a_firm_one() -> None:
    """BEG02 BE is no commitment."""
    assert "blanket_order" in codes(reading(order(*LINE, head=("BEG*00*BE*1**20261103",))), Severity.ERROR)


def test_six_digit_dates_have_a_century() -> None:
    """Versions before 004010."""
    assert value(reading(order(*LINE, head=("BEG*00*SA*1**261103",))).order.order_date) == "2026-11-03"


@pytest.mark.parametrize(
    ("kind", "intent"),
    [("810", Intent.OTHER), ("840", Intent.QUOTE_REQUEST), ("869", Intent.ORDER_STATUS_ENQUIRY), ("180", Intent.RETURN_REQUEST)],
)
def test_other_sets_are_no_orders(kind: str, intent: Intent) -> None:
    """Their intent is told all the same."""
    found = read_x12(interchange(order("BIG*1", head=(), kind=kind)), "x")
    assert (found.intent, found.orders) == (intent, ())


def test_an_order_in_a_set_that_is_not_read_is_asked_about() -> None:
    """X12 875: groceries are ordered in segments of its own."""
    found = read_x12(interchange(order("G50*N*20261103*PO9", head=(), kind="875")), "x")
    assert ("may_be_order", Severity.ERROR) in {(each.code, each.severity) for each in found.problems}


def test_a_line_that_goes_elsewhere_needs_a_person() -> None:
    """The contract knows one place of delivery for an order."""
    found = reading(order(*LINE, "N1*ST*Depot*92*D9", "N3*9 Side St", "N4*Dayton*OH*45402"))
    assert "ship_to_differs" in codes(found, Severity.ERROR)


def test_lines_that_all_go_to_one_place_give_the_order_its_place() -> None:
    """Where the head names none."""
    head = tuple(segment for segment in HEAD if segment[:2] not in {"N1", "N3", "N4"})
    found = reading(order(*LINE, "N1*ST*Depot*92*D9", "N4*Dayton*OH*45402", head=head))
    assert found.order.ship_to is not None
    assert value(found.order.ship_to.city) == "Dayton"


def test_a_charge_is_put_in_words() -> None:
    """SAC05 has two implied decimals."""
    found = reading(order("SAC*C*D240***2550", *LINE))
    assert any("charge 25.50, freight" in problem.message for problem in found.problems)


def test_a_party_without_a_place_is_shown_whole() -> None:
    """With its address."""
    found = reading(order("N1*Z7*Till Shop", "N4*Akron*OH*44301", *LINE))
    assert any("mark-for party: N1*Z7*Till Shop, N4*Akron*OH*44301" in problem.message for problem in found.problems)


def test_a_date_range_gives_its_first_day() -> None:
    """DTM05 RD8."""
    head = tuple(segment.replace("DTM*002*20261120", "DTM*002****RD8*20261120-20261127") for segment in HEAD)
    found = reading(order(*LINE, head=head))
    assert value(found.order.requested_delivery_date) == "2026-11-20"


def test_a_comma_is_no_decimal_sign() -> None:
    """1,000 would be one; nobody ships by a guess."""
    found = reading(order("PO1*1*1,000*EA*2*PE*VN*HX"))
    assert found.order.lines[0].quantity is None
    assert "invalid_number" in codes(found, Severity.ERROR)


def test_a_unit_in_words_is_read_as_what_it_says() -> None:
    """And said."""
    found = reading(order("PO1*1*5*EACH*2*PE*VN*HX"))
    assert value(found.order.lines[0].unit) == "C62"
    assert "unit_in_words" in codes(found, Severity.INFO)


def test_a_release_bears_its_own_number_beside_that_of_its_blanket_order() -> None:
    """BEG02 RL with BEG03 the blanket order and BEG04 the release."""
    read = reading(order(*LINE, head=("BEG*00*RL*4500*7*20261103",))).order
    assert (value(read.po_number), value(read.release_number), value(read.blanket_number)) == ("4500", "7", "4500")


@pytest.mark.parametrize(("unit", "doubted"), [("CA", True), ("EA", False), ("YD", False)])
def test_a_price_per_each_of_cases_is_a_doubt(unit: str, doubted: bool) -> None:
    """PE beside CA: nobody knows how many pieces a case has."""
    assert ("price_unit_differs" in codes(reading(order(f"PO1*1*5*{unit}*2*PE*VN*X")), Severity.WARNING)) is doubted


def test_a_rate_of_exchange_is_shown() -> None:
    """CUR03."""
    text = interchange(order(*LINE)).replace(b"CUR*BY*USD", b"CUR*BY*USD*1.0842")
    (found,) = read_x12(text, "po.x12").orders
    assert any("1.0842" in problem.message for problem in found.problems if problem.severity is Severity.WARNING)
