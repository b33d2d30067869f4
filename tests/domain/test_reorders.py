"""Orders by an earlier order alone: what says so, which order may be meant, and that a person is always asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.identifiers import OrderId
from models.domain.purchase_order import Source
from models.domain.reorders import AskedAgain, also_again, asked_again, lines_again, reorder_finding
from models.domain.sales_order import SalesOrder
from tests.domain.made import NOW, TODAY, order_line, purchase_order, sales_order


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Hi,\n\nsame as last time please.\n\nJo", "last time"),
        ("Could you send us the same again?", "last time"),
        ("bitte wie letzte Woche, danke", "last week"),
        ("Noch einmal das Gleiche wie beim letzten Mal bitte.", "last time"),
        ("La même chose que la semaine dernière svp", "last week"),
        ("lo mismo que el mes pasado por favor", "last month"),
        ("Stesso ordine della settimana scorsa", "last week"),
        ("graag hetzelfde als vorige keer", "last time"),
        ("Proszę to samo co w zeszłym tygodniu", "last week"),
        ("Please repeat our order 4500881203", "last time"),
    ],
)
def test_people_order_the_same_again_in_many_words(text: str, period: str) -> None:
    """In seven languages, with the time that they mean."""
    asked = asked_again(text)
    assert asked is not None
    assert asked.period == period
    assert text[asked.start : asked.end].startswith(asked.words)


@pytest.mark.parametrize(
    "text",
    [
        "Please send 200 cable ties.",
        "> same as last time\nNo, thanks.",
        "Our last order was late.",
        "Wo bleibt die letzte Lieferung?",
        "",
    ],
)
def test_other_words_about_earlier_orders_order_nothing(text: str) -> None:
    """Nor does what is quoted."""
    assert asked_again(text) is None


def test_the_number_of_the_order_meant_is_told_from_the_new_orders_own() -> None:
    """ "Repeat 4711 under PO 9917"."""
    asked = asked_again("please repeat our order 4500881203 under PO 9917.")
    assert asked is not None
    assert (asked.number, asked.own_number) == ("4500881203", "9917")


@given(st.text(max_size=400))
def test_any_text_is_answered(text: str) -> None:
    """With words that stand in it, or with nothing."""
    asked = asked_again(text)
    assert asked is None or text[asked.start : asked.end].startswith(asked.words)


def order(number: str, days_ago: int) -> SalesOrder:
    received = NOW - timedelta(days=days_ago)
    return sales_order(
        order_id=OrderId.of("10010", number),
        purchase_order=purchase_order(po_number=number),
        source=Source(channel="smtp", received_at=received),
    )


EARLIER = [order("A-3", 1), order("A-2", 6), order("A-1", 40)]


def asked(**parts: str) -> AskedAgain:
    return AskedAgain.model_validate({"words": "same again", "start": 0, "end": 10, **parts})


@pytest.mark.parametrize(
    ("meant", "first", "reason"),
    [
        (asked(), "A-3", "it is their latest order"),
        (asked(period="last week"), "A-2", "it is of last week, and the only one"),
        (asked(period="last month"), "A-1", "it is of last month, and the only one"),
        (asked(number="a 1"), "A-1", "its number a 1 is named"),
    ],
)
def test_the_earlier_orders_are_ranked_with_reasons(meant: AskedAgain, first: str, reason: str) -> None:
    """Monday, 23 November 2026: last week began on the 16th, and A-3 came yesterday, on Sunday."""
    earlier = EARLIER if meant.period != "last week" else EARLIER[1:]
    earlier = earlier if meant.period != "last month" else [*EARLIER[:2], order("A-1", 30)]
    finding = reorder_finding(meant, earlier, TODAY)
    assert finding.blocks
    assert finding.candidates[0].value == f"order:10010:{first}"
    assert reason in finding.candidates[0].reasons
    assert finding.proposal == {"repeat": f"order:10010:{first}"}


def test_without_earlier_orders_there_is_nothing_to_propose() -> None:
    """The buyer has to be asked."""
    finding = reorder_finding(asked(), [], date(2026, 11, 23))
    assert (finding.candidates, finding.proposal) == ((), None)
    assert "no earlier order" in finding.message


def test_goods_are_repeated_without_the_prices_of_then() -> None:
    """Our SKUs, quantities and units."""
    (line,) = lines_again(order("A-1", 3))
    assert (line.seller_part_number, str(line.quantity), line.unit_price) == ("HX-M8-40", "400", None)


@pytest.mark.parametrize(
    ("text", "is_more"),
    [
        ("Hi,\n\nsame as last time plus 2 rolls of NYM-3G1.5 please.", True),
        ("Bitte wie letzte Woche, zusätzlich 5 Stück CT-100-NA", True),
        ("Noch einmal das Gleiche wie beim letzten Mal und dazu noch 3 Karton Handschuhe", True),
        ("Comme la dernière fois, et en plus 4 rouleaux", True),
        ("Please send 2 rolls, delivery address same as last time plus our dock number", False),
        ("Lieferadresse wie gehabt, sowie Avis per Mail", False),
        ("same as last time please", False),
        ("20 bolts M8x40", False),
    ],
)
def test_the_same_again_with_further_goods_is_told_from_what_is_only_as_usual(text: str, is_more: bool) -> None:
    """An address or a price as usual asks for no goods."""
    assert (also_again(text) is not None) is is_more


def test_goods_asked_again_follow_the_buyers_own_lines() -> None:
    """Their numbers do not meet."""
    order = sales_order(repeated=lines_again(sales_order(), after=1))
    assert [line.number for line in order.asked.lines] == [1, 2]


def test_a_number_that_is_named_counts_more_than_a_time_and_both_are_told() -> None:
    """The time may be loosely said; the number is not."""
    finding = reorder_finding(asked(number="A-1", period="last week"), [order("A-2", 6), order("A-1", 5)], TODAY)
    assert [candidate.value.rpartition(":")[2] for candidate in finding.candidates] == ["A-1", "A-2"]
    assert finding.candidates[0].reasons[1:3] == ("its number A-1 is named", "it is of last week")


def test_of_two_in_the_time_named_neither_is_proposed() -> None:
    """Nor the latest where a number was named that is not its own: a person picks."""
    finding = reorder_finding(asked(period="last week"), [order("A-2", 6), order("A-1", 5), order("A-3", 0)], TODAY)
    assert finding.proposal is None
    assert {candidate.score for candidate in finding.candidates[:2]} == {0.5}
    assert reorder_finding(asked(number="Z-9"), EARLIER, TODAY).proposal is None


@pytest.mark.parametrize(
    ("day", "is_last_week"),
    [(date(2026, 11, 15), False), (date(2026, 11, 16), True), (date(2026, 11, 22), True), (date(2026, 11, 23), False)],
)
def test_last_week_is_the_calendars_from_monday_to_sunday(day: date, is_last_week: bool) -> None:
    """Said on Monday, 23 November."""
    finding = reorder_finding(asked(period="last week"), [order("A-1", (TODAY - day).days)], TODAY)
    assert ("it is of last week, and the only one" in finding.candidates[0].reasons) is is_last_week


def test_an_order_offered_shows_its_first_four_lines_and_how_many_more() -> None:
    """So that a person knows it again."""
    four, six = (
        order("A-1", 3).model_copy(update={"lines": tuple(order_line(n) for n in range(1, count + 1))}) for count in (4, 6)
    )
    goods = ", ".join(["400 C62 HX-M8-40"] * 4)
    labels = [reorder_finding(asked(), [one], TODAY).candidates[0].label for one in (four, six)]
    assert labels == [goods, f"{goods} and 2 more lines"]


def test_only_lines_that_had_an_item_are_asked_again_in_their_own_words() -> None:
    """What was never understood then is not ordered now."""
    earlier = order("A-1", 3).model_copy(
        update={"lines": (order_line(1, sku=None), order_line(2, buyer_part_number="K-77"), order_line(3, description=""))}
    )
    told = [(line.number, line.buyer_part_number, line.description) for line in lines_again(earlier, after=4)]
    assert told == [(5, "K-77", "Hex bolt M8x40 zinc plated"), (6, None, None)]


def test_a_number_that_stands_elsewhere_is_not_the_order_meant() -> None:
    """Nor is the new order's own."""
    meant = asked_again("PO 9917. Please repeat our order 4500881203.")
    elsewhere = asked_again("Same as last time please. Your order 4500881203 came late.")
    assert meant is not None
    assert elsewhere is not None
    assert (meant.number, elsewhere.number) == ("4500881203", None)
