"""The benchmark's own judgement: what counts as right, as a perfect order and as a silent error."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from benchmarks.capture.case import split_of
from benchmarks.capture.goods import LANGUAGES, TRADES
from benchmarks.capture.invented import invent_order, truth_of
from benchmarks.capture.scoring import Verdict, align, judge
from benchmarks.capture.summary import calibration_error, f1, summarise
from models.contracts.extraction_v1 import DocumentV1, ExtractionV1, Intent, OrderLineV1, PartyV1, PurchaseOrderV1, StatedValue


def _stated(value: Any, confidence: float) -> StatedValue | None:
    first = value[0] if isinstance(value, list) else value
    return None if first in (None, "*") else StatedValue(value=first, confidence=confidence)


def _read_order(truth: Mapping[str, Any], confidence: float = 0.95) -> PurchaseOrderV1:
    """The order that a perfect reader gives for `truth`."""
    made: dict[str, Any] = {}
    for name, value in truth.items():
        if isinstance(value, Mapping):
            made[name] = PartyV1(**{field: _stated(each, confidence) for field, each in value.items()})
        elif name == "lines":
            made[name] = tuple(
                OrderLineV1(**{field: _stated(each, confidence) for field, each in line.items() if field != "deliveries"})
                for line in value
            )
        else:
            made[name] = value if name == "kind" else _stated(value, confidence)
    return PurchaseOrderV1(**made)


def _extraction(*orders: PurchaseOrderV1) -> ExtractionV1:
    document = DocumentV1(name="x.pdf", sha256="0", media_type="application/pdf")
    return ExtractionV1(document=document, intent=Intent.ORDER, orders=orders)


@pytest.fixture
def truth() -> dict[str, Any]:
    """The truth of an order of three lines."""
    return truth_of(invent_order(random.Random(5), language="en", trade="fasteners", lines=3))


def test_the_same_seed_invents_the_same_order() -> None:
    """The benchmark's documents do not change between two runs."""
    assert invent_order(random.Random(9)) == invent_order(random.Random(9))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("trade", TRADES)
def test_every_language_and_trade_has_orders_that_add_up(language: str, trade: str) -> None:
    """Lines, charges and tax of an invented order give its gross total."""
    order = invent_order(random.Random(1), language=language, trade=trade, charged=1)
    lines = sum((line.total for line in order.lines), Decimal(0))
    assert lines + order.charges[0].amount + order.tax == order.gross


def test_a_layout_stands_in_one_split_for_ever() -> None:
    """The split hangs on the id alone, and all three occur."""
    assert {split_of(f"layout-{number}") for number in range(40)} == {"train", "calibrate", "test"}


def test_a_perfect_reading_is_perfect_and_touchless(truth: dict[str, Any]) -> None:
    """Every field right and sure: nobody has to look."""
    score = judge(_extraction(_read_order(truth["orders"][0])), truth)
    assert (score.perfect, score.touchless, score.silent, score.wrong) == (1, 1, 0, [])


@pytest.mark.parametrize("unclear", [{"asks": "true"}, {"po_number": None}, {"po_number": ["PO-1", None]}])
def test_an_order_that_a_clerk_would_ask_about_is_none_of_the_clear_ones(truth: dict[str, Any], unclear: dict[str, Any]) -> None:
    """Touchless shares of clear orders tell avoidable questions from those that the order needs."""
    read = _extraction(_read_order(truth["orders"][0]))
    assert judge(read, truth).clear == 1
    assert judge(read, {**truth, "orders": [{**truth["orders"][0], **unclear}]}).clear == 0


def test_a_wrong_quantity_read_surely_is_a_silent_error(truth: dict[str, Any]) -> None:
    """What goes out wrong without anybody looking is the error that counts most."""
    order = _read_order(truth["orders"][0])
    line = order.lines[1].model_copy(update={"quantity": StatedValue(value="77777", confidence=0.99)})
    score = judge(_extraction(order.model_copy(update={"lines": (order.lines[0], line, order.lines[2])})), truth)
    assert (score.perfect, score.silent) == (0, 1)


def test_a_wrong_quantity_read_unsurely_is_no_silent_error(truth: dict[str, Any]) -> None:
    """A person is asked, so nothing goes out wrong."""
    order = _read_order(truth["orders"][0])
    line = order.lines[1].model_copy(update={"quantity": StatedValue(value="77777", confidence=0.3)})
    score = judge(_extraction(order.model_copy(update={"lines": (order.lines[0], line, order.lines[2])})), truth)
    assert (score.touchless, score.silent) == (0, 0)


def test_a_lost_line_is_a_silent_error(truth: dict[str, Any]) -> None:
    """Two of three lines, all of them sure."""
    order = _read_order(truth["orders"][0])
    score = judge(_extraction(order.model_copy(update={"lines": order.lines[:2]})), truth)
    assert (score.perfect, score.silent) == (0, 1)


def test_a_wrong_note_of_payment_spoils_perfection_without_being_silent(truth: dict[str, Any]) -> None:
    """Only what decides goods, place and price is critical."""
    order = _read_order(truth["orders"][0]).model_copy(update={"payment_terms": StatedValue(value="cash", confidence=0.9)})
    score = judge(_extraction(order), truth)
    assert (score.perfect, score.silent) == (0, 0)


def test_a_schedule_is_right_as_its_sum_and_as_its_parts() -> None:
    """The contract allows both ways to read dated deliveries."""
    parts = [
        {"quantity": "4", "requested_delivery_date": "2026-03-01"},
        {"quantity": "6", "requested_delivery_date": "2026-04-01"},
    ]
    wanted = {"seller_part_number": "A-1", "quantity": "10", "unit": "C62", "deliveries": parts}
    truth = {"intent": "order", "orders": [{"po_number": "4711", "lines": [wanted]}]}
    common = {"seller_part_number": StatedValue(value="A-1"), "unit": StatedValue(value="C62")}
    as_sum = OrderLineV1(**common, quantity=StatedValue(value="10"))
    as_parts = [OrderLineV1(**common, **{name: StatedValue(value=value) for name, value in part.items()}) for part in parts]
    number = StatedValue(value="4711")
    for lines in ([as_sum], as_parts):
        assert judge(_extraction(PurchaseOrderV1(po_number=number, lines=tuple(lines))), truth).perfect == 1


def test_lines_are_paired_by_what_they_agree_in() -> None:
    """A line that was read twice has no partner, the others keep theirs."""
    read = [OrderLineV1(seller_part_number=StatedValue(value=code)) for code in ("A", "A", "B")]
    pairs = align(read, [{"seller_part_number": "A"}, {"seller_part_number": "B"}])
    assert sorted(theirs for _, theirs in pairs if theirs is not None) == [0, 1]
    assert sum(theirs is None for _, theirs in pairs) == 1


def test_f1_counts_a_wrong_value_as_missed_and_as_invented() -> None:
    """One right and one wrong of two: precision and recall are both a half."""
    verdicts = [Verdict("a", "1", "1", 1, right=True), Verdict("b", "2", "3", 1, right=False)]
    assert f1(verdicts) == 0.5


def test_confidence_that_holds_what_it_says_has_no_calibration_error() -> None:
    """Nine of ten right at 0.9."""
    verdicts = [Verdict("a", "1", "1", 0.9, right=place > 0) for place in range(10)]
    assert calibration_error(verdicts) < 1e-9


def test_an_order_that_was_not_read_counts_as_neither_perfect_nor_silent(truth: dict[str, Any]) -> None:
    """A quotation taken for no order is seen by a person."""
    document = DocumentV1(name="x.pdf", sha256="0", media_type="application/pdf")
    score = judge(ExtractionV1(document=document, intent=Intent.OTHER), truth)
    summary = summarise([score])
    assert (summary.perfect, summary.silent, summary.intent, summary.line_f1) == (0, 0, 0, 0)
