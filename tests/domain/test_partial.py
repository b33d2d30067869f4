"""Which lines may go on without which, and that parting an order loses nothing and doubles nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.acknowledgement import OrderAcknowledgement
from models.domain.acknowledgements import acknowledgement_of
from models.domain.approval import decide
from models.domain.duplicates import same_order
from models.domain.enquiries import part_meant
from models.domain.findings import Finding, Severity
from models.domain.identifiers import OrderId, Sku
from models.domain.lifecycle import OrderStatus
from models.domain.partial import allows_part, also_concerned, concerning, lines_in_words, part_refusal, parted, waiting_lines
from models.domain.policy import DecisionPolicy
from models.domain.purchase_order import PurchaseOrder
from models.domain.reply_text import reply_text
from models.domain.sales_order import Correction, Decision, SalesOrder
from models.domain.terms import total_findings
from tests.domain.made import NOW, company, customer, line, money, order_line, purchase_order, sales_order


def doubt(number: int | None = None, code: str = "price_mismatch") -> Finding:
    return Finding(code=code, severity=Severity.ERROR, message="It is doubtful.", line=number)


def goods(number: int) -> dict[str, Any]:
    """Lines that nobody takes for one another."""
    return {"seller_part_number": f"X-{number}00", "description": f"Item {number}", "stated_number": f"{number}0"}


def order(count: int = 3, *doubtful: int, **parts: Any) -> SalesOrder:
    """An order of so many lines of which these wait for a person; line n comes to n euros."""
    lines = [order_line(number, net=money(f"{number}.00")) for number in range(1, count + 1)]
    stated = parts.pop("stated", {})
    asked = purchase_order(*(line(each.number, **goods(each.number)) for each in lines), **stated)
    findings = tuple(doubt(number) for number in doubtful)
    waiting = {"findings": findings, "status": OrderStatus.NEEDS_REVIEW, "purchase_order": asked}
    made = sales_order(*lines, **{**waiting, **parts})
    return made.model_copy(update={"may_wait": waiting_lines(made)})


def accepted(by: str = "jo") -> Decision:
    return Decision(outcome="part_accepted", by=by, at=NOW, why="the good lines go on")


@given(count=st.integers(2, 12), data=st.data())
def test_each_line_is_in_exactly_one_part_and_the_money_adds_up(count: int, data: st.DataObject) -> None:
    """As asked, as ours, as read; whatever lines are doubtful."""
    doubtful = data.draw(st.sets(st.integers(1, count), min_size=1, max_size=count - 1))
    whole = order(count, *doubtful, reading_findings=tuple(doubt(number, "low_confidence") for number in sorted(doubtful)))
    first, rest = parted(whole, accepted())
    assert sorted([*first.asked.lines, *rest.asked.lines], key=lambda each: each.number) == list(whole.asked.lines)
    assert sorted([*first.lines, *rest.lines], key=lambda each: each.number) == list(whole.lines)
    assert {each.number for each in rest.lines} == doubtful
    assert (first.findings, first.reading_findings) == ((), ())
    assert (rest.findings, rest.reading_findings) == (whole.findings, whole.reading_findings)
    assert first.net is not None
    assert rest.net is not None
    assert first.net + rest.net == whole.net
    assert rest.beside_net == first.net.amount


def test_both_parts_keep_the_purchase_order_and_name_each_other() -> None:
    """Evidence, source and number are shared; the ids are not."""
    whole = order(3, 2, acknowledge_by=NOW)
    first, rest = parted(whole, accepted())
    assert first.purchase_order == rest.purchase_order == whole.purchase_order
    assert first.source == rest.source
    assert (first.order_id, rest.order_id) == ("order:10010:4711", "order:10010:4711:rest")
    assert first.part is not None
    assert rest.part is not None
    assert (first.part.other, rest.part.other) == (rest.order_id, first.order_id)
    assert (first.acknowledge_by, rest.acknowledge_by) == (NOW, None)


def test_a_dropped_line_stays_with_the_first_part() -> None:
    """Somebody has to tell the buyer that it is left out."""
    whole = order(3, 2)
    dropped = Correction(field="3.drop", value="yes", by="jo", at=NOW)
    first, rest = parted(whole.model_copy(update={"corrections": (dropped,), "lines": whole.lines[:2]}), accepted())
    assert [each.number for each in first.asked.lines] == [1, 3]
    assert [each.number for each in rest.asked.lines] == [2]


@pytest.mark.parametrize(
    "whole",
    [
        order(2),
        order(2, 1, 2),
        order(3, 2, findings=(doubt(2), doubt(None, "risk_high"))),
        order(3, 2, findings=(doubt(2), doubt(7))),
        order(3, 2, ship_to=None),
        order(3, 2, customer_number=None),
    ],
    ids=["no doubt", "all lines", "risk of the whole", "a line that is not ours", "no place", "no customer"],
)
def test_nothing_may_wait_where_the_doubt_is_not_about_some_of_the_lines(whole: SalesOrder) -> None:
    """Then all of it waits, as ever."""
    assert whole.may_wait == ()


def test_what_somebody_accepted_is_no_doubt_any_more() -> None:
    """Only open questions make lines wait."""
    whole = order(3, 1, 2)
    known = accepted().model_copy(update={"outcome": "approved", "accepted": (whole.findings[0].key,)})
    assert waiting_lines(whole.model_copy(update={"decisions": (known,)})) == (2,)


def test_a_line_that_lacks_an_item_waits_without_a_finding_too() -> None:
    """It could not be delivered."""
    whole = order(2)
    lacking = whole.model_copy(update={"lines": (whole.lines[0], whole.lines[1].model_copy(update={"sku": None}))})
    assert waiting_lines(lacking) == (2,)


def test_a_part_is_not_parted_again() -> None:
    """And says which order holds the other lines."""
    first, rest = parted(order(4, 2, 3), accepted())
    still_doubtful = rest.model_copy(update={"findings": rest.findings[:1]})
    assert waiting_lines(still_doubtful) == ()
    assert str(first.order_id) in str(part_refusal(rest))


def test_a_question_that_is_open_keeps_the_order_together() -> None:
    """Without one, and with lines that may wait, nothing stands against it."""
    assert part_refusal(order(3, 2)) is None
    assert "partial_acceptance" in str(part_refusal(order(3, 1, 2, 3)))
    assert "waits for nobody" in str(part_refusal(order(3, 2, status=OrderStatus.ACCEPTED)))


def test_the_good_lines_are_touchless_where_they_went_on_by_themselves() -> None:
    """And approved by whoever let them go on."""
    for by, outcome in (("orderwright", "touchless"), ("jo", "approved")):
        first, _ = parted(order(3, 2), accepted(by))
        decided = decide(first, NOW)
        assert (decided.outcome, decided.by) == (outcome, by)


def test_the_stated_net_total_is_held_against_both_parts_together() -> None:
    """The good part is proven by its own lines; a line that nobody read shows when the rest is priced."""
    for stated, codes in (("6.00", []), ("9.00", ["total_mismatch"])):
        first, rest = parted(order(3, 2, stated={"total_net": stated, "total_gross": "99"}), accepted())
        assert total_findings(first.asked, first.lines, beside=first.beside_net) == ()
        found = total_findings(rest.asked, rest.lines, beside=rest.beside_net)
        assert [finding.code for finding in found] == codes


def test_the_same_purchase_order_again_is_the_same_as_either_part() -> None:
    """What came twice is held against what came, and not against a part of it."""
    whole = order(3, 2)
    for part in parted(whole, accepted()):
        assert same_order(part.purchase_order, whole.purchase_order) == (True, ())


def changed(whole: SalesOrder, *numbers: int, **values: Any) -> PurchaseOrder:
    """A change that names these lines of the order."""
    lines = tuple(each.model_copy(update=values) for each in whole.purchase_order.lines if each.number in numbers)
    return whole.purchase_order.model_copy(update={"kind": "order_change", "lines": lines})


@given(numbers=st.sets(st.integers(1, 5)))
def test_each_line_of_a_change_goes_to_the_part_that_has_it(numbers: set[int]) -> None:
    """None is lost, none is answered twice; a change of the head alone concerns both."""
    whole = order(5, 2, 4)
    change = changed(whole, *numbers, quantity=Decimal(3))
    first, rest = (concerning(part, change) for part in parted(whole, accepted()))
    named = [{each.number for each in part.lines} if part else set() for part in (first, rest)]
    assert named == [numbers - {2, 4}, numbers & {2, 4}]
    assert ((first is None), (rest is None)) == ((bool(numbers) and not named[0]), (bool(numbers) and not named[1]))


def test_a_line_that_is_changed_to_other_goods_is_known_by_the_buyers_line_number() -> None:
    """The doubtful number is just what the buyer mends; what is new goes to the first part."""
    whole = order(3, 2)
    first, rest = parted(whole, accepted())
    mended = changed(whole, 2, seller_part_number="OTHER-7", description="Something else")
    assert concerning(first, mended) is None
    assert concerning(rest, mended) == mended
    new = changed(whole, 2, seller_part_number="OTHER-7", description="Something else", stated_number="90")
    assert concerning(first, new) == new
    assert concerning(rest, new) is None


def test_a_line_number_with_zeros_before_it_is_the_same_number() -> None:
    """A partner who numbered a line 2 may call it 0002 in the change."""
    whole = order(3, 2)
    numbered = whole.purchase_order.lines[1].stated_number or "2"
    first, rest = parted(whole, accepted())
    mended = changed(whole, 2, seller_part_number="OTHER-7", description="Something else", stated_number=f"000{numbered}")
    assert concerning(first, mended) is None
    assert concerning(rest, mended) == mended


def test_a_change_of_lines_of_both_parts_names_the_other_part_to_each() -> None:
    """One of its own lines alone names none."""
    whole = order(3, 2)
    first, rest = parted(whole, accepted())
    of_both, of_first = changed(whole, 1, 2), changed(whole, 1)
    assert [also_concerned(part, of_both) for part in (first, rest)] == [rest.order_id, first.order_id]
    assert (also_concerned(first, of_first), also_concerned(whole, of_both)) == ("", "")


def test_an_order_that_is_no_part_answers_for_all_of_a_change() -> None:
    """As ever."""
    change = changed(order(2), 1)
    assert concerning(order(2), change) == change


@pytest.mark.parametrize(
    ("parts", "policy", "allowed"),
    [
        ({}, "propose", False),
        ({"takes_part_orders": True}, "propose", True),
        ({"takes_part_orders": True}, "automatic", True),
        ({"takes_part_orders": True}, "never", False),
        ({"takes_part_orders": True, "takes_partial_deliveries": False}, "propose", False),
    ],
)
def test_the_customer_and_the_policy_must_both_allow_it(parts: dict[str, Any], policy: Any, allowed: bool) -> None:
    """Who takes no partial deliveries gets no part of an order either."""
    assert allows_part(customer(**parts), DecisionPolicy(partial_acceptance=policy)) is allowed


def answered(part: SalesOrder, status: OrderStatus = OrderStatus.ACCEPTED, **parts: Any) -> OrderAcknowledgement:
    return acknowledgement_of(part.model_copy(update={"status": status}), company(), NOW, **parts)


def test_the_first_answer_tells_every_line_and_which_of_them_wait() -> None:
    """In the document's order, with what goes on alone in the sum."""
    first, _ = parted(order(3, 2), accepted())
    ack = answered(first, others_wait=True)
    assert [(each.number, each.status) for each in ack.lines] == [(1, "accepted"), (2, "pending"), (3, "accepted")]
    assert (ack.kind, ack.total_net, ack.po_number) == ("accepted_with_changes", first.net, "4711")
    assert "on hold" in reply_text(ack, "en")[0]


def test_what_was_decided_meanwhile_is_left_to_its_own_answer() -> None:
    """No line is told to wait that does not."""
    first, _ = parted(order(3, 2), accepted())
    ack = answered(first)
    assert [each.number for each in ack.lines] == [1, 3]
    assert "answered separately" in reply_text(ack, "en")[0]


@pytest.mark.parametrize("status", [OrderStatus.ACCEPTED, OrderStatus.REJECTED])
def test_the_rest_is_answered_for_itself_under_a_head_that_decides_nothing_else(status: OrderStatus) -> None:
    """Neither acceptance nor rejection of the rest is one of the whole purchase order."""
    _, rest = parted(order(3, 2), accepted())
    ack = answered(rest, status)
    assert [each.number for each in ack.lines] == [2]
    assert ack.kind == "accepted_with_changes"


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_every_language_tells_what_waits(language: str) -> None:
    """In the mail's opening, in the line and as its reason."""
    first, rest = parted(order(3, 2), accepted())
    text, html = reply_text(answered(first, language=language, others_wait=True), language)
    alone, _ = reply_text(answered(rest, language=language), language)
    for word in {"en": ["on hold"], "de": ["in Klärung", "noch geprüft"], "fr": ["en attente", "vérification"]}[language]:
        assert word in text
        assert word in html
        assert word not in alone


def test_the_key_of_the_rest_is_no_other_orders() -> None:
    """A PO number keeps no colon."""
    assert OrderId.of("10010", "4711:rest") != OrderId.of("10010", "4711").rest


def test_what_comes_back_is_of_the_part_whose_goods_are_named() -> None:
    """Else of the only one that has shipped; where that leaves both, a person says which."""
    goods = {1: "HX-M8-40", 2: "WX-2", 3: "HX-M8-40"}
    whole = order(3, 2)
    lines = tuple(each.model_copy(update={"sku": Sku(goods[each.number])}) for each in whole.lines)
    first, rest = parted(whole.model_copy(update={"lines": lines}), accepted())
    both = (first, rest)
    assert part_meant("4711: WX-2 is broken", both, both) == [rest]
    assert part_meant("4711 is broken", both, [first]) == [first]
    assert part_meant("4711 is broken", both, both) == both
    other = order(2).model_copy(update={"order_id": OrderId("order:10010:4712")})
    assert part_meant("4711: WX-2", (first, other), both) == (first, other)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((2,), "line 2"),
        ((2, 5), "lines 2 and 5"),
        ((2, 3, 5), "lines 2, 3 and 5"),
        (tuple(range(1, 21)), "lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 and 20"),
        (tuple(range(1, 24)), "lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 and 3 more"),
    ],
)
def test_lines_are_named_as_people_say_them(numbers: tuple[int, ...], words: str) -> None:
    """Twenty at most."""
    assert lines_in_words(numbers) == words
