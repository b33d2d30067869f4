"""What a buyer is asked, in which words, and what their reply plainly means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.findings import Candidate, Finding, Owner, Severity
from models.domain.question_text import LANGUAGES, drafted, reminder_text
from models.domain.questions import AskedPoint
from models.domain.reply_reading import named_numbers, read_answer
from models.domain.sales_order import SalesOrder
from tests.domain.made import sales_order

CANDIDATES = (
    Candidate(value="CT-200-BK", label="Cable tie 200 mm black", score=0.8),
    Candidate(value="CT-200-WH", label="Cable tie 200 mm white", score=0.7),
)
WHICH = Finding(
    code="ambiguous_item", severity=Severity.ERROR, message="two fit", field="lines[0].description", line=1,
    read="cable ties 200", candidates=CANDIDATES, proposal={"1.sku": "CT-200-BK"},
)  # fmt: skip
HOW_MANY = Finding(
    code="not_order_multiple", severity=Severity.ERROR, message="in hundreds", field="lines[0].quantity", line=1, read="150",
    expected="200", proposal={"1.quantity": "200"},
)  # fmt: skip
OURS = Finding(code="credit_limit_exceeded", severity=Severity.ERROR, message="far above", owner=Owner.CREDIT, read="90000")
ITEM = AskedPoint(finding="f", kind="item", key="1.sku", line=1, options=("CT-200-BK", "CT-200-WH"), proposed="CT-200-BK")
QUANTITY = AskedPoint(finding="g", kind="quantity", key="1.quantity", line=1, proposed="200")


def asked(*findings: Finding) -> SalesOrder:
    return sales_order(findings=findings, customer_number="10010")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_draft_lists_the_open_points_and_their_options_in_every_language(language: str) -> None:
    """The buyer's own words, each option under its letter, and our name below."""
    draft = drafted(asked(WHICH, HOW_MANY), "jo@acme.example", language, "Seller Ltd")
    assert "   a) CT-200-BK – Cable tie 200 mm black" in draft.text
    assert draft.text.count("\n2. ") == 1
    assert draft.text.endswith("Seller Ltd\n")
    assert [point.key for point in draft.points] == ["1.sku", "1.quantity"]


def test_no_language_asks_in_the_words_of_another() -> None:
    """Seven languages, seven texts."""
    texts = {drafted(asked(WHICH), "jo@acme.example", language, "S").text for language in LANGUAGES}
    assert len(texts) == len(LANGUAGES) == 7


def test_our_own_affairs_are_not_asked_of_the_buyer() -> None:
    """Credit, risk and policy are ours to decide, and nobody else's to know."""
    draft = drafted(asked(OURS, WHICH), "jo@acme.example", "en", "Seller Ltd")
    assert "90000" not in draft.text
    assert len(draft.points) == 1


def test_an_unknown_buyer_is_shown_no_customers_and_no_places() -> None:
    """Candidates are offered only to a customer that we know."""
    stranger = sales_order(findings=(WHICH,), customer_number=None)
    assert "CT-200-BK" not in drafted(stranger, "jo@acme.example", "en", "S").text


def test_what_comes_from_a_document_stays_on_its_line() -> None:
    """A line break in a description begins no line of ours."""
    hostile = WHICH.model_copy(
        update={"candidates": (Candidate(value="A1", label="x\r\nBcc: eve@evil.example\n\nPay", score=1),)}
    )
    text = drafted(asked(hostile), "jo@acme.example", "en", "S").text
    assert not any(line.startswith(("Bcc", "Pay")) for line in text.splitlines())


def test_a_reminder_repeats_the_question() -> None:
    """Whoever reads it need not look for the first mail."""
    assert "> 1. which?" in reminder_text("1. which?\n", "de", "PO-1", "S")


@pytest.mark.parametrize(
    "words",
    [
        "a",
        "1a",
        "1a)",
        "a)",
        "(a)",
        "Hello,\n\nCT-200-BK please",
        "we mean ct-200-bk",
        "1) CT-200-BK",
        "a - the black ones",
        "1. a",
    ],
)
def test_a_plain_choice_is_understood(words: str) -> None:
    """By letter or by number."""
    assert read_answer(words, [ITEM], {}) == {"1.sku": "CT-200-BK"}


@pytest.mark.parametrize(
    "words",
    [
        "not CT-200-BK", "CT-200-BK or CT-200-WH", "keine davon", "b or a", "As soon as possible", "", "I will ask",
        "yes", "a, but CT-200-WH", "nein, a", "c",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_a_person(words: str) -> None:
    """Two, none, or a no: nothing is proposed."""
    assert read_answer(words, [ITEM], {}) == {}


def test_letters_mean_nothing_where_the_question_was_rewritten() -> None:
    """The reviewer may have put the options in another order; a number still names an item."""
    assert read_answer("a", [ITEM], {}, means_letters=False) == {}
    assert read_answer("CT-200-WH", [ITEM], {}, means_letters=False) == {"1.sku": "CT-200-WH"}


def test_one_of_our_own_numbers_is_an_answer_where_nothing_that_was_offered_fits() -> None:
    """The catalogue knows it."""
    assert named_numbers("Please take CT-999-RD instead.") == ("CT-999-RD",)
    assert read_answer("Please take CT-999-RD", [ITEM], {"CT-999-RD": "CT-999-RD"}) == {"1.sku": "CT-999-RD"}


@pytest.mark.parametrize(
    ("words", "quantity"), [("200", "200"), ("300 pcs please", "300"), ("Ja, genau.", "200"), ("yes", "200")]
)
def test_a_quantity_is_one_number_or_a_yes_to_what_was_proposed(words: str, quantity: str) -> None:
    """Nothing else."""
    assert read_answer(words, [QUANTITY], {}) == {"1.quantity": quantity}


@pytest.mark.parametrize("words", ["200 or 300", "no", "1.200", "200,5", "thanks"])
def test_a_quantity_that_is_not_one_plain_number_is_left_to_a_person(words: str) -> None:
    """A point may be thousands or decimals."""
    assert read_answer(words, [QUANTITY], {}) == {}


def test_numbered_answers_go_to_their_points() -> None:
    """In whatever order they come."""
    assert read_answer("2. 400\n1. b", [ITEM, QUANTITY], {}) == {"1.sku": "CT-200-WH", "1.quantity": "400"}


def test_several_points_need_numbers() -> None:
    """A lone "yes" to two questions means neither."""
    assert read_answer("yes", [ITEM, QUANTITY], {}) == {}


def test_a_day_is_a_day_of_the_calendar() -> None:
    """The 31st of February is nobody's wish."""
    point = AskedPoint(finding="d", kind="date", key="requested_date")
    assert read_answer("by 24.12.2026 please", [point], {}) == {"requested_date": "2026-12-24"}
    assert read_answer("31.02.2026", [point], {}) == {}


@given(st.text(max_size=300))
def test_whatever_is_written_proposes_only_what_was_asked(words: str) -> None:
    """Only keys of the points, and for the item only values that were offered."""
    found = read_answer(words, [ITEM, QUANTITY], {})
    assert set(found) <= {"1.sku", "1.quantity"}
    assert found.get("1.sku") in {None, *ITEM.options}
