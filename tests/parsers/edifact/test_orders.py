"""ORDERS and ORDCHG as purchase orders: every field, its evidence, and what has no place."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import Intent, OrderLineV1, PurchaseOrderV1, StatedValue
from models.domain.findings import Severity
from parsers.edifact.reader import read_edifact
from parsers.part_reading import OrderReading
from tests.parsers.edifact.messages import HEAD, LINE, interchange, message, order


def reading(text: str) -> OrderReading:
    (found,) = read_edifact(interchange(text), "po.edi").orders
    return found


def only(*lines: str, head: tuple[str, ...] = HEAD) -> OrderLineV1:
    (line,) = reading(order(*lines, head=head)).order.lines
    return line


def value(stated: StatedValue | None) -> str | None:
    return stated.value if stated is not None else None


def values(line: OrderLineV1) -> dict[str, str]:
    return {name: getattr(line, name).value for name in OrderLineV1.model_fields if getattr(line, name) is not None}


def codes(found: OrderReading, severity: Severity) -> set[str]:
    return {problem.code for problem in found.problems if problem.severity is severity}


def whole() -> PurchaseOrderV1:
    return reading(order(*LINE)).order


def test_a_line_states_all_its_fields() -> None:
    """Numbers as stated, pieces as C62, the GTIN with 14 digits."""
    assert values(only(*LINE)) == {
        "line_number": "10", "buyer_part_number": "A-889", "seller_part_number": "HX-M8-40", "gtin": "04006381333931",
        "description": "Hex bolt M8x40 zinc", "quantity": "1200", "unit": "C62", "unit_price": "0.1250",
        "price_basis_quantity": "1", "line_total": "142.50",
    }  # fmt: skip


def test_the_head_states_its_fields() -> None:
    """BGM, DTM and CUX."""
    found = whole()
    assert (value(found.po_number), value(found.order_date), value(found.requested_delivery_date), value(found.currency)) == (
        "4500123456", "2026-11-03", "2026-11-20", "EUR",
    )  # fmt: skip


def test_a_structured_address_fills_the_party() -> None:
    """NAD's C080, C059 and what follows."""
    buyer = whole().buyer
    assert buyer is not None
    assert [value(field) for field in (buyer.name, buyer.gln, buyer.street, buyer.city, buyer.postal_code, buyer.country)] == [
        "Müller GmbH", "4000001000005", "Hauptstr. 1", "Köln", "50667", "DE",
    ]  # fmt: skip


def test_an_address_as_lines_gives_name_and_street() -> None:
    """NAD's C058 is unstructured: its first line is the name."""
    found = reading(order(*LINE, head=(*HEAD, "NAD+DP++Lager Süd:Tor 4:Industriestr. 9"))).order
    assert found.ship_to is not None
    assert (value(found.ship_to.name), value(found.ship_to.street)) == ("Lager Süd", "Tor 4, Industriestr. 9")


def test_evidence_names_the_segment_by_tag_and_occurrence() -> None:
    """`LIN[2]` is the second LIN of its message, with its words."""
    found = reading(order(*LINE, "LIN+20++4006381333931:EN", "QTY+21:5:PCE")).order
    gtin = found.lines[1].gtin
    assert gtin is not None
    assert (gtin.evidence[0].segment, gtin.evidence[0].text) == ("LIN[2]", "LIN+20++4006381333931:EN")


def test_a_wrong_check_digit_leaves_the_gtin_null_and_says_so() -> None:
    """The raw digits stand in the problem and in the syntax error, with segment and element."""
    found = read_edifact(interchange(order("LIN+1++4006381333932:EN", "QTY+21:1:PCE")), "po.edi")
    assert found.orders[0].order.lines[0].gtin is None
    assert any("4006381333932" in problem.message for problem in found.orders[0].problems)
    (error,) = found.interchanges[0].errors
    assert (error.code, error.segment_tag, error.segment_position, error.element_position) == ("12", "LIN", 7, 3)


def test_an_unstated_price_stays_null() -> None:
    """No PRI, no price."""
    assert only("LIN+1++4006381333931:EN", "QTY+21:5:PCE").unit_price is None


def test_a_price_per_hundred_keeps_its_basis() -> None:
    """PRI's 5284."""
    found = only("LIN+1", "QTY+21:500:PCE", "PRI+AAA:12.50:::100:PCE")
    assert (value(found.unit_price), value(found.price_basis_quantity)) == ("12.50", "100")


def test_a_decimal_comma_becomes_a_point() -> None:
    """Both decimal marks are allowed (ISO 9735 clause 10)."""
    assert value(only("LIN+1", "QTY+21:2,5:KGM", "PRI+AAA:1234,50").unit_price) == "1234.50"


def test_the_net_price_is_taken_before_the_gross_one() -> None:
    """AAA before AAB, whatever comes first."""
    assert value(only("LIN+1", "QTY+21:1:PCE", "PRI+AAB:10", "PRI+AAA:8").unit_price) == "8"


def test_a_discount_belongs_to_the_gross_price() -> None:
    """ALC+A with PCD gives the line's discount."""
    found = only("LIN+1", "QTY+21:1:PCE", "PRI+AAB:10", "ALC+A", "PCD+3:20")
    assert (value(found.unit_price), value(found.discount_percent)) == ("10", "20")


def test_a_discount_already_in_the_net_price_is_not_taken_twice() -> None:
    """AAA is net of allowances, and the line's amount agrees."""
    found = only("LIN+1", "QTY+21:10:PCE", "MOA+203:80", "PRI+AAA:8", "ALC+A", "PCD+3:20")
    assert found.discount_percent is None


def test_an_amount_that_needs_the_discount_keeps_it() -> None:
    """10 × 8 less 20 % is the stated 64."""
    assert value(only("LIN+1", "QTY+21:10:PCE", "MOA+203:64", "PRI+AAA:8", "ALC+A", "PCD+3:20").discount_percent) == "20"


def test_a_schedule_becomes_a_line_for_each_delivery() -> None:
    """SCC, QTY and DTM; the quantities add up to what is ordered."""
    found = reading(order(
        "LIN+1", "QTY+21:30:PCE", "PRI+AAA:2", "SCC+1", "QTY+21:10:PCE", "DTM+2:20261201:102",
        "SCC+1", "QTY+21:20:PCE", "DTM+2:20261215:102",
    )).order  # fmt: skip
    assert [(value(line.quantity), value(line.requested_delivery_date), value(line.unit_price)) for line in found.lines] == [
        ("10", "2026-12-01", "2"), ("20", "2026-12-15", "2"),
    ]  # fmt: skip


def test_a_schedule_that_does_not_add_up_needs_a_person() -> None:
    """The ordered quantity stands, and the doubt with it."""
    found = reading(order("LIN+1", "QTY+21:30:PCE", "SCC+1", "QTY+21:10:PCE", "DTM+2:20261201:102"))
    assert value(found.order.lines[0].quantity) == "30"
    assert ("schedule_mismatch", Severity.ERROR) in {(problem.code, problem.severity) for problem in found.problems}


def test_free_text_becomes_notes_with_the_line_it_is_about() -> None:
    """FTX in the head and below a LIN."""
    found = reading(order(*LINE, "FTX+AAI+++No pallets", head=(*HEAD, "FTX+GEN+++Ring first:gate 4"))).order
    assert value(found.notes) == "Ring first gate 4\nLine 10: No pallets"


def test_what_has_no_place_is_listed() -> None:
    """Nothing is dropped silently."""
    found = reading(order(*LINE, "MEA+PD+AAB+KGM:12"))
    assert any(problem.code == "not_mapped" and "MEA+PD+AAB+KGM:12" in problem.message for problem in found.problems)


@pytest.mark.parametrize(
    ("function", "kind"), [("9", "order"), ("1", "order_cancellation"), ("4", "order_change"), ("5", "order_change")]
)
def test_the_message_function_tells_the_kind(function: str, kind: str) -> None:
    """UNCL 1225."""
    assert reading(order(*LINE, head=(f"BGM+220+1+{function}", *HEAD[1:]))).order.kind == kind


def test_a_cancellation_has_no_lines() -> None:
    """A full cancellation cancels them all."""
    assert reading(order(*LINE, head=("BGM+220+1+1", *HEAD[1:]))).order.lines == ()


def test_a_change_names_the_order_that_it_changes() -> None:
    """RFF+ON, not the change's own number."""
    found = reading(
        order(
            "LIN+10+3",
            "QTY+21:7:PCE",
            head=("BGM+230+CHG1+4", "DTM+137:20261103:102", "RFF+ON:4500123456"),
            kind="ORDCHG:D:96A:UN",
        )
    ).order
    assert (found.kind, value(found.po_number)) == ("order_change", "4500123456")


def test_a_dropped_line_has_quantity_zero_and_an_unchanged_one_is_left_out() -> None:
    """LIN 1229: 2 deletes, 4 changes nothing."""
    found = reading(order("LIN+10+2", "LIN+20+4", "QTY+21:5:PCE", head=("BGM+230+C+4", "RFF+ON:4"), kind="ORDCHG:D:96A:UN")).order
    assert [(value(line.line_number), value(line.quantity)) for line in found.lines] == [("10", "0")]


def test_a_line_that_a_change_adds_is_named_as_new() -> None:
    """LIN 1229: 1 adds; in an order of its own the code says nothing."""
    text = order("LIN+30+1++4006381333931:EN", "QTY+21:5:PCE", head=("BGM+230+C+4", "RFF+ON:4"), kind="ORDCHG:D:96A:UN")
    assert [problem.field for problem in reading(text).problems if problem.code == "line_added"] == ["lines[0]"]
    assert "line_added" not in {problem.code for problem in reading(order("LIN+30+1", "QTY+21:5:PCE")).problems}


def test_totals_by_their_qualifiers() -> None:
    """MOA 79 net, 124 tax, 86 gross where a tax is stated."""
    found = reading(message(*HEAD, *LINE, "UNS+S", "MOA+79:142.50", "MOA+124:27.08", "MOA+86:169.58")).order
    assert (value(found.total_net), value(found.total_tax), value(found.total_gross)) == ("142.50", "27.08", "169.58")


def test_terms_of_payment_are_put_in_words() -> None:
    """PAT 22 with PCD is a discount, PAT 1 the term."""
    found = reading(order(*LINE, head=(*HEAD, "PAT+22++5:3:D:10", "PCD+12:2", "PAT+1++5:3:D:30"))).order
    assert value(found.payment_terms) == "2 % within 10 days; 30 days net"


def test_an_incoterm_is_read_and_other_terms_are_left_over() -> None:
    """TOD's 4053."""
    assert value(reading(order(*LINE, head=(*HEAD, "TOD+6++DAP"))).order.incoterm) == "DAP"
    assert reading(order(*LINE, head=(*HEAD, "TOD+6++XYZ"))).order.incoterm is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("20261120:102", "2026-11-20"), ("202611201430:203", "2026-11-20"), ("261120:101", "2026-11-20"),
     ("202647:616", "2026-11-16"), ("2026112020261125:718", "2026-11-20"), ("201126:2", "2026-11-20")],
)  # fmt: skip
def test_dates_in_their_formats(text: str, day: str) -> None:
    """UNCL 2379."""
    found = reading(order(*LINE, head=("BGM+220+1+9", f"DTM+2:{text}"))).order
    assert value(found.requested_delivery_date) == day


def test_an_impossible_date_is_a_fault_and_stays_null() -> None:
    """The 31st of November."""
    found = reading(order(*LINE, head=("BGM+220+1+9", "DTM+137:20261131:102")))
    assert found.order.order_date is None
    assert ("invalid_date", "order_date") in {(problem.code, problem.field) for problem in found.problems}


def test_a_blanket_order_is_not_taken_for_a_firm_one() -> None:
    """BGM 221 needs a person."""
    found = reading(order(*LINE, head=("BGM+221+1+9", *HEAD[1:])))
    assert "blanket_order" in {problem.code for problem in found.problems if problem.severity is Severity.ERROR}


def test_an_isbn_gives_its_gtin_as_inferred() -> None:
    """ISO 2108: 978 and the first nine digits; inferred values have no evidence."""
    found = only("LIN+1", "PIA+5+0306406152:IB", "QTY+21:1")
    assert found.gtin is not None
    assert (found.gtin.value, found.gtin.evidence) == ("09780306406157", ())


def test_a_component_of_a_set_is_no_line() -> None:
    """A sub-line (C829) is part of what another line orders."""
    found = reading(order(*LINE, "LIN+11+++1:10", "QTY+21:2400:PCE"))
    assert len(found.order.lines) == 1


def test_other_messages_are_no_orders() -> None:
    """An invoice or a response fills no order."""
    found = read_edifact(interchange(message("BGM+380+1+9", kind="INVOIC:D:96A:UN")), "x.edi")
    assert (found.intent, found.orders) == (Intent.OTHER, ())


def test_a_request_for_quotation_is_recognised() -> None:
    """REQOTE."""
    assert read_edifact(interchange(message("BGM+311+1+9", kind="REQOTE:D:96A:UN")), "x.edi").intent is Intent.QUOTE_REQUEST


def test_lines_that_all_go_to_one_place_give_the_order_its_place() -> None:
    """Where the head names none."""
    place = ("NAD+DP+4000001000005::9",)
    found = reading(order(*LINE, *place, *LINE, *place))
    assert found.order.ship_to is not None
    assert value(found.order.ship_to.gln) == "4000001000005"
    assert "ship_to_differs" not in codes(found, Severity.ERROR)


def test_a_line_that_goes_elsewhere_needs_a_person() -> None:
    """The contract knows one place of delivery for an order."""
    elsewhere = ("NAD+DP+++Lager Nord+Kai 1+Kiel++24103+DE",)
    found = reading(order(*LINE, "NAD+DP+4000001000005::9", *LINE, *elsewhere))
    assert "ship_to_differs" in codes(found, Severity.ERROR)


def test_store_shares_of_a_line_are_listed() -> None:
    """LOC 7 with the quantity that goes there (EANCOM)."""
    shares = ("LOC+7+4000001000005::9", "QTY+11:700", "LOC+7+4012345000009::9", "QTY+11:500")
    found = reading(order(*LINE, *shares))
    assert "store_distribution" in codes(found, Severity.WARNING)
    assert "4000001000005: 700, 4012345000009: 500" in (value(found.order.notes) or "")


def test_a_substitute_is_not_the_items_own_number() -> None:
    """PIA 4 names what the item stands in for."""
    found = reading(order("LIN+1", "PIA+5+A-889:IN", "PIA+4+OLD-1:SA", "QTY+21:5"))
    assert value(found.order.lines[0].seller_part_number) is None
    assert any("OLD-1" in problem.message for problem in found.problems)


def test_the_place_of_delivery_outranks_the_consignee() -> None:
    """Whichever stands first."""
    head = (*HEAD, "NAD+CN+++Spedition", "NAD+DP+++Lager")
    found = reading(order(*LINE, head=head))
    assert found.order.ship_to is not None
    assert value(found.order.ship_to.name) == "Lager"
    assert any("another ship to: Spedition" in problem.message for problem in found.problems)


def test_a_section_control_before_the_lines_ends_nothing() -> None:
    """UNS D stands between head and detail."""
    found = reading(message(*HEAD, "UNS+D", *LINE, "UNS+S"))
    assert len(found.order.lines) == 1
    assert "segment_order" not in codes(found, Severity.WARNING)


def test_a_due_day_of_payment_is_put_in_words() -> None:
    """DTM 13 below PAT."""
    found = reading(order(*LINE, head=(*HEAD, "PAT+3", "DTM+13:20261231:102")))
    assert value(found.order.payment_terms) == "due on 2026-12-31"


@pytest.mark.parametrize(
    ("segments", "doubted"), [(("PRI+AAB:10.5::SRP",), True), (("PRI+AAB:10.5::SRP", "ALC+A", "PCD+3:20"), False)]
)
def test_a_price_for_consumers_is_a_doubt_without_a_discount(segments: tuple[str, ...], doubted: bool) -> None:
    """UNCL 5387 SRP: the book trade orders at the retail price less a discount."""
    found = reading(order("LIN+1", "PIA+5+0835201031:IB", "QTY+21:2", *segments))
    assert ("retail_price" in codes(found, Severity.WARNING)) is doubted


def test_a_second_currency_and_its_rate_are_shown() -> None:
    """CUX: the currency of payment and 5402 change what is owed."""
    found = reading(order(*LINE, head=(*HEAD, "CUX+2:EUR:9+3:USD:4+1.0842")))
    shown = [problem.message for problem in found.problems if problem.code == "not_mapped" and "CUX" in problem.message]
    assert ["1.0842" in message for message in shown] == [True]


@pytest.mark.parametrize("named", ["CUX+2:USD:9", "MOA+203:100:USD"])
def test_a_line_in_another_currency_needs_a_person(named: str) -> None:
    """CUX below PRI, and the currency of MOA: which of the two holds is the sender's to say."""
    found = reading(order(*LINE, named, head=(*HEAD[:-1], "CUX+2:EUR:9")))
    assert "several_currencies" in codes(found, Severity.ERROR)


@pytest.mark.parametrize("named", ["CUX+2:EUR:9", "MOA+203:100:EUR"])
def test_a_line_that_names_the_orders_currency_again_says_nothing_new(named: str) -> None:
    found = reading(order(*LINE, named, head=(*HEAD[:-1], "CUX+2:EUR:9")))
    assert "several_currencies" not in codes(found, Severity.ERROR)
    assert not any("CUX" in problem.message for problem in found.problems)
