"""What reviewers and buyers read: escaped, bounded, in their language."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.acknowledgement import OrderAcknowledgement
from models.domain.acknowledgements import acknowledgement_of, promises
from models.domain.allocation import Hold, Shortfall, StockPlan
from models.domain.findings import Finding, Severity
from models.domain.identifiers import Sku
from models.domain.lifecycle import OrderStatus
from models.domain.purchase_order import PurchaseOrder
from models.domain.reply_text import reply_text
from models.domain.review_text import escaped, order_summary, review_markdown
from models.domain.sales_order import Correction, Decision, Match, SalesOrder
from models.domain.values import UnitCode
from tests.domain.made import NOW, TODAY, company, line, money, order_line, purchase_order, sales_order

LINKS = {"Order page": "http://127.0.0.1:8080/orders/order%3A10010%3A4711"}
MISMATCH = Finding(
    code="price_mismatch", severity=Severity.ERROR, message="12 % above what was agreed", field="lines[0].unit_price", line=1,
    read="0.140", expected="0.125 EUR", confidence=0.93, proposal={"1.price": "0.125"},
)  # fmt: skip


def waiting(*findings: Finding, **parts: Any) -> SalesOrder:
    return sales_order(findings=findings, status=OrderStatus.NEEDS_REVIEW, **parts)


def test_a_reviewer_sees_verdict_links_what_was_read_and_what_to_do() -> None:
    """One screen."""
    text = review_markdown(waiting(MISMATCH), LINKS)
    verdict, links, table, choices, _, proposals = text.split("\n\n")
    assert verdict == "**Needs review**: 1 open question on the order of Kessler Metallbau GmbH (1 line, 50.00 EUR)."
    assert links == "[Order page](http://127.0.0.1:8080/orders/order%3A10010%3A4711)"
    row = table.splitlines()[2]
    assert [cell.strip() for cell in row.strip("|").split("|")][1] == "line 1, unit price"
    assert [cell.strip() for cell in row.strip("|").split("|")][3:] == ["0.140", "0.125 EUR", "0.93"]
    assert proposals == '- `{"1.price": "0.125"}`'
    assert "`approve` (no data needed)" in choices


def test_every_cell_ends_with_an_em_space() -> None:
    """The UI draws tables without padding."""
    rows = [text for text in review_markdown(waiting(MISMATCH), LINKS).splitlines() if text.startswith("|") and "---" not in text]
    assert all(cell.endswith("\u2003") for row in rows for cell in row.strip("|").split("|"))


def test_approval_is_not_offered_where_it_mends_nothing() -> None:
    """It says that it is refused."""
    unknown = Finding(code="unknown_item", severity=Severity.ERROR, message="m", line=1)
    assert "`approve` is refused" in review_markdown(waiting(unknown), LINKS)


def test_the_screen_is_bounded_however_much_is_wrong() -> None:
    """Rows, proposals and bytes; the UI takes 20 kB."""
    many = [MISMATCH.model_copy(update={"line": n, "read": "<b>|`" * 500, "message": "*" * 9000, "proposal": {f"{n}.price": "1"}})
            for n in range(1, 400)]  # fmt: skip
    text = review_markdown(waiting(*many), LINKS)
    assert len(text.splitlines()) < 40
    assert len(text.encode()) < 20_000
    assert "… and 387 more" in text


def test_a_decided_order_shows_its_decision_and_no_advice() -> None:
    """Nobody is asked anything."""
    order = sales_order(
        status=OrderStatus.ACCEPTED, decisions=(Decision(outcome="touchless", by="orderwright", at=NOW, why="All passed."),)
    )
    text = review_markdown(order, LINKS)
    assert text.startswith("**Accepted**")
    assert "All passed" in text
    assert "correct" not in text


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "![x](http://evil.example/x.png)", "a|b\n| c | d |", "`code` *bold*"]
)
def test_text_of_a_document_is_shown_and_never_rendered(hostile: str) -> None:
    """No markup character stands unescaped, no line is broken, no address is whole."""
    text = escaped(hostile, 200)
    assert not re.search(r"(?<!\\)[<>|`*\[\]!]", text)
    assert "\n" not in text
    assert "://" not in text.replace("\\", "")


def test_a_proposal_cannot_end_its_code_span() -> None:
    """A backtick within is written as JSON writes it."""
    text = review_markdown(waiting(MISMATCH.model_copy(update={"proposal": {"1.sku": "A`B"}})), LINKS)
    (sent,) = re.findall(r"^- `(\{.*?\})`$", text, re.MULTILINE)
    assert json.loads(sent) == {"1.sku": "A`B"}


def test_the_summary_names_customer_number_lines_total_and_channel() -> None:
    """In one line."""
    assert order_summary(sales_order()) == "Kessler Metallbau GmbH PO 4711 · 1 line · 50.00 EUR · PDF by mail"


@given(st.text(max_size=300), st.text(max_size=300))
def test_the_summary_stays_under_200_bytes_whatever_the_names(name: str, number: str) -> None:
    """And is whole text."""
    order = sales_order(customer_name=name, purchase_order=PurchaseOrder(po_number=number or None))
    summary = order_summary(order)
    assert len(summary.encode("utf-8")) < 200
    assert "\n" not in summary


def hold(number: int = 1, quantity: str = "400", available_on: date = TODAY, inbound: str | None = None) -> Hold:
    return Hold(
        line=number, part=1, sku=Sku("HX-M8-40"), warehouse="WUP", quantity=Decimal(quantity), bin=None if inbound else "A-1",
        inbound_reference=inbound, available_on=available_on,
    )  # fmt: skip


def accepted(*holds: Hold, **parts: Any) -> SalesOrder:
    plan = StockPlan(holds=holds or (hold(),), shortfalls=parts.pop("shortfalls", ()))
    return sales_order(**{"status": OrderStatus.ACCEPTED, "stock_plan": plan, "number": "SO-1001", **parts})


def answer(order: SalesOrder, **options: Any) -> OrderAcknowledgement:
    return acknowledgement_of(order, company(), NOW, **options)


def test_goods_on_hand_are_promised_for_the_working_days_of_the_way() -> None:
    """Three from Monday is Thursday; what is wanted later comes later."""
    order = accepted()
    assert order.stock_plan is not None
    assert promises(order.stock_plan, order) == {1: ((Decimal(400), date(2026, 11, 26)),)}
    later = accepted(requested_date=date(2026, 12, 24))
    assert later.stock_plan is not None
    assert promises(later.stock_plan, later) == {1: ((Decimal(400), date(2026, 12, 24)),)}


def test_an_order_taken_as_placed_is_accepted() -> None:
    """Nothing differs."""
    ack = answer(accepted())
    assert (ack.kind, ack.sales_order_number, ack.po_number, ack.total_net) == ("accepted", "SO-1001", "4711", money("50.00"))
    assert [(row.status, row.reason) for row in ack.lines] == [("accepted", "")]


def test_promises_and_prices_are_in_the_buyers_unit_and_basis() -> None:
    """Two boxes of 200 at 12.50 per hundred pieces are 25.00 a box."""
    boxes = order_line(ordered=Decimal(2), unit=UnitCode("BX"), unit_price=Decimal("12.50"), price_basis=Decimal(100))
    order = accepted(lines=(boxes,), purchase_order=purchase_order(line(quantity="2", unit="BX")))
    (row,) = answer(order).lines
    assert (row.promised[0].quantity.amount, row.promised[0].quantity.unit) == (2, "BX")
    assert row.unit_price == money("25")


def test_what_a_reviewer_changed_is_said_per_line() -> None:
    """Quantity and price against the buyer's own."""
    said = [Correction(field=f, value=v, by="ada", at=NOW) for f, v in (("1.quantity", "500"), ("1.price", "0.125"))]
    order = accepted(
        corrections=tuple(said),
        purchase_order=purchase_order(line(unit_price="0.140")),
        lines=(order_line(ordered=Decimal(500), base_quantity=Decimal(500)),),
    )
    ack = answer(order)
    assert ack.kind == "accepted_with_changes"
    assert (ack.lines[0].status, ack.lines[0].ordered.amount) == ("changed", 400)
    assert ack.lines[0].reason == "quantity 500 C62 instead of 400 C62; price 0.125 instead of 0.14"


def test_another_item_is_a_substitution() -> None:
    """The buyer reads which."""
    substitute = order_line(sku=Sku("HX-M8-41"), match=Match(value="HX-M8-41", how="reviewer", score=1))
    (row,) = answer(accepted(lines=(substitute,))).lines
    assert (row.status, row.reason) == ("substituted", "we deliver HX-M8-41 for HX-M8-40")


def test_a_dropped_line_is_answered_too() -> None:
    """Every line that the buyer wrote gets its answer."""
    drop = Correction(field="2.drop", value="yes", by="ada", at=NOW)
    ack = answer(accepted(corrections=(drop,), purchase_order=purchase_order(line(1), line(2)), lines=(order_line(1),)))
    assert [row.status for row in ack.lines] == ["accepted", "rejected"]


def test_what_comes_late_or_nobody_knows_when_is_backordered() -> None:
    """With the days that are known."""
    late = accepted(hold(inbound="PO-1", available_on=date(2026, 12, 7)), requested_date=date(2026, 12, 1))
    (row,) = answer(late, language="de").lines
    assert (row.status, row.reason) == ("backordered", "Lieferung am 2026-12-10 statt am 2026-12-01")
    short = Shortfall(line=1, sku=Sku("HX-M8-40"), quantity=Decimal(100))
    (row,) = answer(accepted(hold(quantity="300"), shortfalls=(short,))).lines
    assert [part.date for part in row.promised] == [date(2026, 11, 26), None]
    assert row.status == "backordered"


def test_a_rejected_order_gives_the_reason_and_one_under_review_is_only_received() -> None:
    """Neither promises anything."""
    refused = Decision(outcome="rejected", by="ada", at=NOW, why="we do not sell this")
    ack = answer(sales_order(status=OrderStatus.REJECTED, decisions=(refused,)))
    assert (ack.kind, ack.note, ack.lines[0].status, ack.total_net) == ("rejected", "we do not sell this", "rejected", None)
    assert answer(waiting(MISMATCH)).kind == "received"


@pytest.mark.parametrize(
    ("language", "words", "number", "day"),
    [("en", "thank you", "1,234.50", "2026-11-26"), ("de", "vielen Dank", "1.234,50", "26.11.2026"),
     ("fr", "merci", "1\u202f234,50", "26/11/2026"),
     ("pl", "thank you", "1,234.50", "2026-11-26")],
)  # fmt: skip
def test_the_mail_speaks_the_buyers_language(language: str, words: str, number: str, day: str) -> None:
    """Words, numbers and dates; English where we do not write it."""
    text, html = reply_text(answer(accepted(lines=(order_line(net=money("1234.50")),))), language)
    for body in (text, html):
        assert words in body
        assert number in body
        assert day in body


def test_each_kind_of_answer_has_its_sentence_in_every_language() -> None:
    """No language lacks one."""
    for language in ("en", "de", "fr"):
        for order in (accepted(), waiting(MISMATCH), sales_order(status=OrderStatus.REJECTED)):
            assert "4711" in reply_text(answer(order, language=language), language)[0]


def test_what_a_document_says_is_text_in_the_mail() -> None:
    """No markup in the HTML, no forged line in the text."""
    evil = order_line(description="<img src=x onerror=alert(1)>\n\nTotal: 0.00")
    text, html = reply_text(answer(accepted(lines=(evil,))), "en")
    assert "<img" not in html
    assert "\nTotal: 0.00" not in text


def test_a_long_order_makes_a_bounded_mail() -> None:
    """Three hundred lines and the count of the rest."""
    lines = tuple(order_line(n) for n in range(1, 401))
    text, _ = reply_text(
        answer(
            accepted(
                *(hold(n) for n in range(1, 401)), lines=lines, purchase_order=purchase_order(*(line(n) for n in range(1, 401)))
            )
        ),
        "en",
    )
    assert "… and 100 more lines." in text
