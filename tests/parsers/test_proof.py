"""Proof by arithmetic."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.contracts.extraction_v1 import OrderLineV1, PartyV1, PurchaseOrderV1, StatedValue
from models.domain.evidence import Evidence
from models.domain.findings import Severity
from parsers.proof import proven


def stated(value: str, confidence: float = 0.9) -> StatedValue:
    """A value read from the document."""
    return StatedValue(value=value, confidence=confidence, evidence=(Evidence(part="po"),))


def line(**values: str) -> OrderLineV1:
    """A line with these stated values, for some goods."""
    return OrderLineV1(**{name: stated(value) for name, value in {"description": "Rope", **values}.items()})


def order(*lines: OrderLineV1, **values: str) -> PurchaseOrderV1:
    """A numbered order in euros."""
    head = {name: stated(value) for name, value in {"po_number": "4711", "currency": "EUR", **values}.items()}
    return PurchaseOrderV1(lines=lines, **head)


def confidence(value: StatedValue | None) -> float:
    """How sure a value that must be there is."""
    assert value is not None
    return value.confidence


def test_a_line_that_multiplies_out_is_surer_than_it_was_read() -> None:
    """Quantity, price and total vouch for each other."""
    reading = proven(order(line(quantity="400", unit_price="2.15", line_total="860.00")))
    assert confidence(reading.order.lines[0].quantity) == 0.99
    assert reading.problems == ()


def test_a_line_that_does_not_multiply_out_is_doubted_and_must_wait() -> None:
    """Quantity or price of the line is in doubt: an error."""
    reading = proven(order(line(quantity="400", unit_price="2.15", line_total="960.00")))
    assert confidence(reading.order.lines[0].quantity) <= 0.4
    assert [(problem.code, problem.severity, problem.field) for problem in reading.problems] == [
        ("arithmetic_mismatch", Severity.ERROR, "lines[0].line_total")
    ]


def test_a_rounded_price_may_be_off_by_half_its_last_place() -> None:
    """0.33 may have been 0.3333: a thousand of them make 333.33."""
    rounded = proven(order(line(quantity="1000", unit_price="0.33", line_total="333.33")))
    assert rounded.problems == ()
    assert confidence(rounded.order.lines[0].quantity) == 0.9
    assert proven(order(line(quantity="1000", unit_price="0.33", line_total="336.00"))).problems != ()


def test_discount_and_price_basis_are_reckoned_in() -> None:
    """10.00 per 100, less 5 %."""
    discounted = line(quantity="1200", unit_price="10.00", price_basis_quantity="100", discount_percent="5", line_total="114.00")
    assert proven(order(discounted)).problems == ()


def test_a_price_basis_is_inferred_where_only_it_makes_the_line_come_out() -> None:
    """12.50 for a hundred: inferred, so without evidence."""
    basis = proven(order(line(quantity="1200", unit_price="12.50", line_total="150.00"))).order.lines[0].price_basis_quantity
    assert basis is not None
    assert (basis.value, basis.evidence) == ("100", ())


def test_lines_that_miss_the_net_total_are_an_error() -> None:
    """A line may be missing, so nobody must take the order on trust."""
    reading = proven(order(line(quantity="1", unit_price="5.00", line_total="5.00"), total_net="17.00"))
    assert [(problem.code, problem.severity, problem.field) for problem in reading.problems] == [
        ("lines_do_not_add_up", Severity.ERROR, "total_net")
    ]


def test_freight_that_explains_the_difference_makes_it_a_warning() -> None:
    """Freight of 12 stands between the lines' 5 and the total's 17; freight of 11 does not."""
    short = order(line(quantity="1", unit_price="5.00", line_total="5.00"), total_net="17.00")
    severities = [proven(short, charges={"freight": stated(amount)}).problems[0].severity for amount in ("12.00", "11.00")]
    assert severities == [Severity.WARNING, Severity.ERROR]


def test_a_discount_of_the_whole_order_is_taken_off() -> None:
    """100 less 10, whichever sign the foot prints, is 90."""
    whole = order(line(quantity="1", unit_price="100.00", line_total="100.00"), total_net="90.00")
    for printed in ("10.00", "-10.00"):
        assert proven(whole, charges={"order_discount": stated(printed)}).problems[0].severity is Severity.WARNING


def test_a_total_of_lines_without_any_price_is_asked_about() -> None:
    """A column of prices was lost, whichever total it is that tells."""
    bare = line(description="Rope", quantity="4")
    for total in ({"total_net": "40.00"}, {"total_gross": "47.60"}):
        assert [problem.code for problem in proven(order(bare, **total)).problems] == ["lines_without_price"]
    assert proven(order(bare)).problems == ()


def test_a_gross_total_alone_must_come_from_the_lines_at_some_rate_of_tax() -> None:
    """119.00 is 100.00 with 19 %; 117.35 is 100.00 with nothing that anybody levies."""
    codes = {
        gross: [p.code for p in proven(order(line(quantity="1", unit_price="100.00"), total_gross=gross)).problems]
        for gross in ("100.00", "119.00", "108.10", "117.35", "90.00")
    }
    assert [gross for gross, found in codes.items() if found] == ["117.35", "90.00"]


def test_net_and_tax_must_make_the_gross_total() -> None:
    """The gross total is doubted where they do not."""
    wrong = proven(order(line(quantity="1"), total_net="100.00", total_tax="19.00", total_gross="120.00"))
    right = proven(order(line(quantity="1"), total_net="100.00", total_tax="19.00", total_gross="119.00"))
    assert confidence(wrong.order.total_gross) <= 0.4
    assert confidence(right.order.total_gross) == 0.99


def test_what_an_order_cannot_lack_is_named() -> None:
    """Number, lines and quantities."""
    assert {problem.code for problem in proven(PurchaseOrderV1()).problems} == {"missing_po_number", "no_lines"}
    assert [problem.code for problem in proven(order(line(description="Nut"))).problems] == ["missing_quantity"]


def test_a_cancellation_needs_no_lines() -> None:
    """A full cancellation has none."""
    cancelled = order().model_copy(update={"kind": "order_cancellation"})
    assert proven(cancelled).problems == ()


def test_a_hole_in_the_line_numbers_is_pointed_out() -> None:
    """10, 20, 40: a line may not have been read."""
    lines = [line(line_number=number, quantity="1") for number in ("10", "20", "40", "50")]
    assert [problem.code for problem in proven(order(*lines)).problems] == ["line_number_gap"]


def test_the_currency_is_that_of_the_buyers_country_where_none_is_stated() -> None:
    """Inferred, not read: no evidence, and less sure."""
    buyer = PartyV1(country=stated("CH"))
    priced = order(line(quantity="1", unit_price="2.00")).model_copy(update={"currency": None, "buyer": buyer})
    currency = proven(priced).order.currency
    assert currency is not None
    assert (currency.value, currency.evidence) == ("CHF", ())
    assert 0.7 <= currency.confidence <= 0.9


@given(
    st.lists(st.tuples(st.integers(1, 10**5), st.decimals(Decimal("0.01"), Decimal(10**4), places=2)), min_size=1, max_size=8),
    st.sampled_from([1, 100, 1000]),
)
def test_an_order_that_was_reckoned_rightly_has_no_problems(goods: list[tuple[int, Decimal]], basis: int) -> None:
    """Whatever quantities, prices and bases: rounded totals are proven, not doubted."""
    totals = [round(quantity * price / basis, 2) for quantity, price in goods]
    lines = [
        line(quantity=str(quantity), unit_price=str(price), price_basis_quantity=str(basis), line_total=str(total))
        for (quantity, price), total in zip(goods, totals, strict=True)
    ]
    assert proven(order(*lines, total_net=str(sum(totals)))).problems == ()


def test_goods_without_a_number_where_others_have_one_are_asked_about() -> None:
    """The number may stand where it was not seen; freight has none."""
    numbered = [line(quantity="4", seller_part_number=f"A-{place}") for place in range(3)]
    (problem,) = proven(order(*numbered, line(quantity="2"), line(quantity="1", description="Freight"))).problems
    assert (problem.code, problem.severity, problem.field) == ("missing_part_number", Severity.ERROR, "lines[3]")


def test_where_few_lines_have_numbers_none_is_missed() -> None:
    """A number is then the exception."""
    assert proven(order(line(quantity="4", seller_part_number="A-1"), line(quantity="2"), line(quantity="3"))).problems == ()
