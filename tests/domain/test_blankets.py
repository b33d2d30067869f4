"""Blanket orders, what call-offs draw from them, and what speaks against a call-off."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.domain.blankets import balances, blanket_finding, call_off_findings, call_off_in, call_off_of, is_blanket
from models.domain.findings import Finding, Severity
from models.domain.identifiers import OrderId
from models.domain.lifecycle import OrderStatus
from models.domain.purchase_order import PurchaseOrderLine, Source
from models.domain.sales_order import SalesOrder
from tests.domain.made import NOW, TODAY, line, purchase_order, sales_order


def an_order(
    number: str, quantity: str = "400", *, subject: str = "", notes: str = "", told: str = "", **parts: Any
) -> SalesOrder:
    asked = purchase_order(line(quantity=quantity), po_number=number, notes=notes or None)
    told_so = (Finding(code=told, severity=Severity.INFO, message="told"),) if told else ()
    return sales_order(
        order_id=OrderId(f"order:10010:{number}"),
        purchase_order=asked,
        source=Source(channel="smtp", received_at=NOW, subject=subject),
        reading_findings=told_so,
        **{"status": OrderStatus.CLOSED, **parts},
    )


BLANKET = an_order("R-4711", "1000", subject="Rahmenauftrag R-4711", notes="Gültig bis 31.12.2027")


def codes(order: SalesOrder, *earlier: SalesOrder, on: date = TODAY) -> list[str]:
    return [finding.code for finding in call_off_findings(order, earlier, on)]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Abruf zu Rahmenauftrag 4711", "4711"),
        ("1. Teilabruf aus unserem Rahmenauftrag Nr. R-4711", "R-4711"),
        ("Call-off of blanket order BO/2026/7", "BO/2026/7"),
        ("Release 3 against blanket PO 99120", "99120"),
        ("Appel sur commande cadre CC-12", "CC-12"),
        ("Abruf aus Rahmenauftrag, bitte rasch", None),
    ],
)
def test_a_call_off_names_its_blanket_order(words: str, number: str | None) -> None:
    """In the subject or in the notes, in three languages; such an order is no blanket order itself."""
    for order in (an_order("1", subject=words), an_order("1", notes=words)):
        call = call_off_of(order)
        assert call is not None
        assert call.number == number
        assert not is_blanket(order)


@pytest.mark.parametrize("words", ["Bestellung 4711", "laut Rahmenvertrag 4711", "please release the goods early", "Abrufbereit"])
def test_other_words_neither_set_nor_draw_on_anything(words: str) -> None:
    """A framework contract is agreed terms and not goods."""
    order = an_order("1", subject=words)
    assert (call_off_of(order), is_blanket(order), blanket_finding(order)) == (None, False, ())


def test_a_blanket_order_waits_for_a_person() -> None:
    """Where only its subject tells; what the reader told already is not told twice."""
    assert [finding.severity for finding in blanket_finding(BLANKET)] == [Severity.ERROR]
    told = an_order("R-1", told="blanket_order")
    assert is_blanket(told)
    assert blanket_finding(told) == ()


def test_a_call_off_within_the_balance_says_what_is_left() -> None:
    """After what earlier ones took; rejected ones took nothing."""
    first = an_order("1", "300", subject="Abruf zu Rahmenauftrag R-4711")
    refused = an_order("2", "300", subject="Abruf zu Rahmenauftrag R-4711", status=OrderStatus.REJECTED)
    now = an_order("3", "400", subject="Abruf zu Rahmenauftrag R-4711", status=OrderStatus.RECEIVED)
    [finding] = call_off_findings(now, (BLANKET, first, refused), TODAY)
    assert (finding.code, finding.blocks) == ("call_off_balance", False)
    assert "300 left" in finding.message
    assert [one.left for one in balances(BLANKET, (BLANKET, first, refused))] == [Decimal(700)]


def test_what_a_blanket_order_does_not_give_is_asked_about() -> None:
    """More than is left, after its last day, or goods that it does not hold."""
    subject = "Abruf zu Rahmenauftrag R-4711"
    assert "call_off_exceeds" in codes(an_order("1", "1001", subject=subject), BLANKET)
    assert "call_off_exceeds" not in codes(an_order("1", "1000", subject=subject), BLANKET)
    assert "call_off_expired" in codes(an_order("1", "1", subject=subject), BLANKET, on=date(2028, 1, 1))
    other = line(seller_part_number="Z-9", description="Something else")
    stranger = an_order("1", subject=subject).model_copy(update={"purchase_order": purchase_order(other, po_number="1")})
    assert "call_off_not_in_blanket" in codes(stranger, BLANKET)


def test_an_unknown_blanket_order_is_asked_about_with_those_there_are() -> None:
    """One that nobody agreed to is as unknown as one that is not there."""
    call = an_order("1", subject="Abruf zu Rahmenauftrag 9999")
    [finding] = call_off_findings(call, (BLANKET,), TODAY)
    assert (finding.code, finding.blocks) == ("call_off_unknown", True)
    assert [candidate.value for candidate in finding.candidates] == [BLANKET.order_id]
    waiting = BLANKET.model_copy(update={"status": OrderStatus.NEEDS_REVIEW})
    assert codes(an_order("1", subject="Abruf zu Rahmenauftrag R-4711"), waiting) == ["call_off_unknown"]


def test_an_electronic_call_off_without_a_number_draws_on_the_only_blanket_order() -> None:
    """Of two it is not guessed."""
    call = an_order("1", told="call_off")
    second = an_order("R-4712", told="blanket_order")
    assert codes(call, BLANKET) == ["call_off_balance"]
    assert codes(call, BLANKET, second) == ["call_off_unknown"]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("wir rufen aus unserem Rahmenauftrag R-4711 folgende Mengen ab", "R-4711"),
        ("bitte liefern Sie aus dem Rahmenauftrag Nr. 4711", "4711"),
        ("We call off from blanket order BO/2026/7 as follows", "BO/2026/7"),
        ("please release 300 pcs against our blanket PO 99120", "99120"),
        ("Appel de livraison sur commande ouverte CO-88", "CO-88"),
        ("Anbei unser Rahmenauftrag R-4711", None),
    ],
)
def test_a_letter_calls_goods_off_with_verbs_too(words: str, number: str | None) -> None:
    """A blanket order that is merely sent calls nothing off."""
    found = call_off_in(words)
    assert (found.number if found else None) == number


def test_a_release_under_an_orders_own_number_draws_on_it() -> None:
    """Where that number is a blanket order's; elsewhere it is an order of its own."""
    asked = purchase_order(line(quantity="300"), po_number="R-4711").model_copy(update={"release_number": "2"})
    release = an_order("1").model_copy(update={"purchase_order": asked, "status": OrderStatus.RECEIVED})
    assert asked.own_number == "R-4711/release-2"
    assert codes(release, BLANKET) == ["call_off_balance"]
    assert codes(release) == []


def test_an_order_that_is_a_release_by_its_code_alone_is_told_and_not_stopped() -> None:
    """Many systems call every order under a contract so; once blanket orders are agreed, one must be meant."""
    release = an_order("1", told="call_off")
    assert [finding.blocks for finding in call_off_findings(release, (), TODAY)] == [False]
    other = an_order("R-4712", subject="Rahmenauftrag R-4712")
    assert [finding.blocks for finding in call_off_findings(release, (BLANKET, other), TODAY)] == [True]


def calling(*lines: PurchaseOrderLine, number: str = "R-4711", **parts: Any) -> SalesOrder:
    """A call-off of these lines."""
    return an_order("1", subject=f"Abruf zu Rahmenauftrag {number}", **parts).model_copy(
        update={"purchase_order": purchase_order(*lines, po_number="1")}
    )


def test_pieces_are_drawn_whatever_their_code_and_boxes_of_a_line_in_pieces_are_asked_about() -> None:
    """What ten boxes leave of a thousand pieces nobody has said; without a unit the blanket order's is meant."""
    for unit in ("EA", None):
        assert codes(calling(line(quantity="1001", unit=unit)), BLANKET)[0] == "call_off_exceeds"
        assert codes(calling(line(quantity="1000", unit=unit)), BLANKET) == ["call_off_balance"]
    boxed, balance = call_off_findings(calling(line(quantity="10", unit="BX")), (BLANKET,), TODAY)
    assert (boxed.code, boxed.line, "called off in BX" in boxed.message) == ("call_off_exceeds", 1, True)
    assert "1000 left" in balance.message
    unstated = BLANKET.model_copy(update={"purchase_order": purchase_order(line(quantity="9", unit=None), po_number="R-4711")})
    assert codes(calling(line(quantity="10", unit="BX")), unstated)[0] == "call_off_exceeds"


def test_two_lines_of_a_call_off_for_one_thing_draw_together() -> None:
    """Six hundred and six hundred are more than a thousand, and what is over-drawn has nothing left, not less."""
    lines = (line(1, quantity="600"), line(2, quantity="600"))
    finding, *_ = call_off_findings(calling(*lines), (BLANKET,), TODAY)
    assert "1200 called off, 1000 left" in finding.message
    taken = calling(*lines).model_copy(update={"order_id": OrderId("order:10010:0")})
    finding, *_ = call_off_findings(calling(line(quantity="1")), (BLANKET, taken), TODAY)
    assert "1 called off, 0 left" in finding.message


def test_only_goods_of_the_blanket_order_draw_on_it() -> None:
    """Each from its own line, and goods that it lacks are asked about though others are in it."""
    washers = line(2, seller_part_number="B-7", description="Washer", quantity="50")
    asked = purchase_order(line(quantity="1000"), washers, po_number="R-4711")
    blanket = BLANKET.model_copy(update={"purchase_order": asked})
    call = calling(
        line(1, seller_part_number="B-7", description="Washer", quantity="60"),
        line(2, seller_part_number="Z-9", description="Else"),
    )
    first, second, _ = call_off_findings(call, (blanket,), TODAY)
    assert (first.code, "line 2 (B-7): 60 called off, 50 left" in first.message) == ("call_off_exceeds", True)
    assert (second.code, second.line) == ("call_off_not_in_blanket", 2)


def test_what_others_order_or_draw_from_another_blanket_order_takes_nothing() -> None:
    """An order by itself, and a call-off of another number."""
    other = calling(line(quantity="300"), number="R-9999")
    assert [one.left for one in balances(BLANKET, (an_order("7", "300"), other))] == [Decimal(1000)]


def test_a_blanket_order_holds_to_its_last_day_however_it_is_written() -> None:
    """A day that does not exist is no last day."""
    call = calling(line(quantity="1"))
    for notes in ("valid until 2027-12-31", "Gültig bis 31.12.2027"):
        blanket = an_order("R-4711", "1000", subject="Rahmenauftrag R-4711", notes=notes)
        assert codes(call, blanket, on=date(2027, 12, 31)) == ["call_off_balance"]
        assert codes(call, blanket, on=date(2028, 1, 1)) == ["call_off_expired", "call_off_balance"]
    for notes in ("Gültig bis 31.2.2020", ""):
        assert codes(call, an_order("R-4711", "1000", subject="Rahmenauftrag R-4711", notes=notes)) == ["call_off_balance"]


def test_a_call_off_by_a_field_of_its_own_names_the_blanket_order_there() -> None:
    """As an electronic order does; an order of another kind is asked nothing."""
    asked = purchase_order(line(quantity="1"), po_number="1").model_copy(update={"blanket_number": "R-4711"})
    call = an_order("1").model_copy(update={"purchase_order": asked})
    assert codes(call, BLANKET) == ["call_off_balance"]
    assert codes(an_order("1"), BLANKET) == []


def test_the_question_which_blanket_order_is_meant_offers_those_agreed() -> None:
    """By their numbers, and says so where there is none or none was named."""
    [unknown] = call_off_findings(calling(line(), number="9999"), (BLANKET, an_order("5")), TODAY)
    assert "blanket order 9999; agreed with this customer: R-4711." in unknown.message
    assert [(candidate.value, candidate.label) for candidate in unknown.candidates] == [("order:10010:R-4711", "R-4711")]
    [alone] = call_off_findings(an_order("1", subject="Abruf aus Rahmenauftrag, bitte rasch"), (), TODAY)
    assert "a blanket order without naming it; agreed with this customer: none." in alone.message
    assert (alone.read, alone.blocks) == ("call-off", True)


def test_a_blanket_order_by_its_code_that_bears_a_release_number_sets_goods_all_the_same() -> None:
    """It is not its own call-off."""
    asked = purchase_order(line(quantity="300"), po_number="R-4711").model_copy(update={"release_number": "2"})
    told = an_order("1", told="blanket_order").model_copy(update={"purchase_order": asked})
    assert (call_off_of(told), is_blanket(told)) == (None, True)
