"""Corrections stand beside the order and teach where they cannot be applied."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.corrections import (
    answering_keys,
    check_corrections,
    corrected,
    correction_refusals,
    last_word,
    stated_ship_to,
    unanswered,
)
from models.domain.findings import Finding, Severity
from models.domain.sales_order import Correction
from models.domain.values import MOST
from tests.domain.made import NOW, line, order_line, purchase_order, sales_order


def said(field: str, value: str) -> Correction:
    return Correction(field=field, value=value, by="ada", at=NOW)


def test_the_purchase_order_itself_stays_as_asked() -> None:
    """What the buyer wrote is never edited."""
    asked = purchase_order()
    corrected(asked, [said("po_number", "4712")])
    assert asked.po_number == "4711"


def test_the_last_word_on_a_field_wins() -> None:
    """Two reviewers, one field: the later one counts."""
    order = corrected(purchase_order(), [said("1.quantity", "10"), said("1.quantity", "20")])
    assert order.lines[0].quantity == Decimal(20)


def test_a_dropped_line_is_gone_and_the_others_keep_their_numbers() -> None:
    """Line 2 stays line 2, so that corrections go on meaning the same line."""
    order = corrected(purchase_order(line(1), line(2)), [said("1.drop", "yes")])
    assert [kept.number for kept in order.lines] == [2]


def test_a_corrected_price_may_have_a_basis_and_takes_the_discount_off() -> None:
    """12.50/100 is a net price per hundred."""
    asked = purchase_order(line(unit_price="13", discount_percent="5"))
    (changed,) = corrected(asked, [said("1.price", "12.50/100")]).lines
    assert (changed.unit_price, changed.price_basis, changed.discount_percent) == (Decimal("12.50"), Decimal(100), None)


def test_a_written_out_address_becomes_the_ship_to() -> None:
    """Five parts, parted by semicolons, are a place."""
    order = corrected(purchase_order(), [said("ship_to", "Werk 3; Hauptstr. 1; 58511; Lüdenscheid; DE")])
    assert order.ship_to is not None
    assert (order.ship_to.city, order.ship_to.country) == ("Lüdenscheid", "DE")
    assert (order.ship_to.name, order.ship_to.street, order.ship_to.postal_code) == ("Werk 3", "Hauptstr. 1", "58511")
    abroad = stated_ship_to("Depot; 350 Lehigh Way; 18106; Allentown; US; PA")
    assert (abroad.country, abroad.region) == ("US", "PA")


def test_a_word_that_is_no_address_is_a_place_that_we_know_by_it() -> None:
    """As the customer's records name it."""
    assert stated_ship_to(" W2 ").customer_number == "W2"


@pytest.mark.parametrize(("field", "value"), [("quantity", "5"), ("unit", "BX")])
def test_another_quantity_or_unit_parts_a_line_from_what_was_multiplied_out_for_it(field: str, value: str) -> None:
    """Its total and what its pack holds belonged to what was written; another day leaves both."""
    asked = purchase_order(line(line_total="50.00", pack_contents="200"))
    (changed,) = corrected(asked, [said(f"1.{field}", value)]).lines
    assert (changed.line_total, changed.pack_contents) == (None, None)
    (later,) = corrected(asked, [said("1.requested_date", "2026-12-24")]).lines
    assert (later.line_total, later.pack_contents) == (Decimal("50.00"), Decimal(200))


def test_the_last_word_on_a_choice_among_our_records_counts() -> None:
    """Of that field alone."""
    words = [said("1.sku", "A"), said("1.sku", " B "), said("2.sku", "C")]
    assert (last_word(words, "1.sku"), last_word(words, "3.sku")) == ("B", None)


def test_a_chosen_sku_leaves_the_buyers_numbers_as_they_stand() -> None:
    """The SKU is our answer; the buyer's number is needed to answer them."""
    asked = purchase_order()
    assert corrected(asked, [said("1.sku", "HX-M8-45")]) == asked
    assert last_word([said("1.sku", "HX-M8-45")], "1.sku") == "HX-M8-45"


@pytest.mark.parametrize(
    ("key", "value", "advice"),
    [
        ("2.skew", "A", "cannot be corrected"),
        ("quantity", "4", "2.quantity"),
        ("7.quantity", "4", "Its lines: 1, 2"),
        ("1.quantity", "1,5", "'.' as the decimal sign"),
        ("1.quantity", "0", "drop"),
        ("1.unit", "boxes", "C62"),
        ("1.price", "12.50 EUR", "no grouping"),
        ("1.price", "-1", "from zero to"),
        ("1.price", "1/0", "its basis more than zero"),
        ("1.price", "1000000001", "from zero to"),
        ("1.price", "1/1000000001", "from zero to"),
        ("1.quantity", "1000000001", "more than the"),
        ("ship_to", " ", "cannot be empty"),
        ("ship_to", "Werk 3;;58511;Lüdenscheid;DE", "is not an address"),
        ("repeat", " ", "name an earlier order"),
        ("requested_date", "24.12.2026", "YYYY-MM-DD"),
        ("currency", "Euro", "EUR"),
        ("ship_to", "Werk 3; Lüdenscheid", "Postal code"),
        ("1.drop", "maybe", '"yes"'),
        ("po_number", "  ", "cannot be empty"),
        ("po_number", "9" * 500, "at most 300"),
    ],
)
def test_a_wrong_correction_is_refused_with_what_would_be_right(key: str, value: str, advice: str) -> None:
    """The refusal is the help that a reviewer reads."""
    (sentence,) = correction_refusals({key: value}, [1, 2])
    assert advice in sentence


def test_right_corrections_are_not_refused() -> None:
    """Every field in one go."""
    fields = {"po_number": "1", "currency": "USD", "requested_date": "2026-12-24", "customer": "10010", "ship_to": "W2"}
    fields |= {"1.sku": "A", "1.quantity": "2.5", "1.unit": "KGM", "1.price": "1/100", "1.requested_date": "2026-12-24"}
    assert check_corrections(fields, sales_order()) == []


def test_dropping_every_line_is_a_rejection() -> None:
    """An order without lines cannot be accepted."""
    order = sales_order(order_line(1), order_line(2), corrections=(said("1.drop", "yes"),))
    assert "Reject the order" in check_corrections({"2.drop": "yes"}, order)[0]


def test_dropping_the_rest_of_an_order_with_something_wrong_beside_it_tells_what_is_wrong() -> None:
    """One thing after the other; a number in place of text is told as that."""
    assert len(check_corrections({"1.drop": "yes", "currency": "Euro"}, sales_order())) == 1
    number: Any = 5
    assert '{"1.quantity": "12.50"}' in check_corrections({"1.quantity": number}, sales_order())[0]
    assert "Its lines: none" in correction_refusals({"1.quantity": "5"}, [])[0]


def test_a_free_line_and_the_most_that_a_line_can_hold_may_be_given() -> None:
    """The limits themselves are allowed."""
    assert correction_refusals({"1.price": f"0/{MOST}", "2.price": str(MOST), "1.quantity": str(MOST)}, [1, 2]) == []


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        ("lines[0].unit", ("1.unit",)),
        ("lines[1].line_total", ("2.quantity", "2.price")),
        ("lines[1].description", ("2.sku",)),
        ("lines[1]", ()),
        ("currency", ("currency",)),
        ("ship_to.street", ("ship_to",)),
        ("ship_to_extra", ()),
    ],
)
def test_a_doubt_is_settled_by_the_corrections_of_its_place(place: str, keys: tuple[str, ...]) -> None:
    """Dropping the line settles every doubt about it and is no answer to any."""
    assert answering_keys(place) == keys


def test_a_corrected_place_answers_the_doubts_about_all_of_it() -> None:
    """Street and town; what stands nowhere is answered by nothing."""
    fields = ("ship_to", "ship_to.street", "currency", None)
    findings = [Finding(code="low_confidence", severity=Severity.ERROR, message="m", field=field) for field in fields]
    assert [finding.field for finding in unanswered(findings, [said("ship_to", "W2")])] == ["currency", None]


def test_an_empty_correction_is_refused_with_an_example() -> None:
    """Nothing was given: the sentence shows what to give."""
    assert '{"1.sku"' in check_corrections({}, sales_order())[0]


def test_a_correction_answers_the_doubt_about_its_own_field_alone() -> None:
    """The unit of line 1 is settled; its price and line 11's unit are not."""
    fields = ("lines[0].unit", "lines[0].unit_price", "lines[10].unit")
    findings = [Finding(code="low_confidence", severity=Severity.ERROR, message="m", field=field) for field in fields]
    left = unanswered(findings, [said("1.unit", "C62")])
    assert [finding.field for finding in left] == ["lines[0].unit_price", "lines[10].unit"]


@given(
    st.decimals("0.001", "99999", places=3),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.sampled_from(["C62", "BX", "KGM"]),
)
def test_what_passes_the_check_is_what_the_order_says_afterwards(quantity: Decimal, day: date, unit: str) -> None:
    """Accepted corrections read back as given."""
    fields = {"1.quantity": str(quantity), "1.requested_date": day.isoformat(), "1.unit": unit}
    assert check_corrections(fields, sales_order()) == []
    (changed,) = corrected(purchase_order(), [said(key, value) for key, value in fields.items()]).lines
    assert (changed.quantity, changed.requested_date, changed.unit) == (quantity, day, unit)


@given(st.dictionaries(st.text(max_size=15), st.text(max_size=30), max_size=5))
def test_whatever_is_sent_the_check_answers_in_sentences(fields: dict[str, str]) -> None:
    """No input makes the check itself fail."""
    assert all(isinstance(sentence, str) for sentence in check_corrections(fields, sales_order()))
