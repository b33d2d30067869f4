"""Several goods in one breath are several lines, wherever their numbers stand; days of meetings are none of delivery."""

from __future__ import annotations

import pytest

from tests.parsers.prose.letters import extraction, mail


def _lines(body: str) -> list[tuple[str | None, str | None]]:
    order = extraction(mail(body, "Order PO-77120")).orders[0]
    return [
        (line.quantity.value if line.quantity else None, line.description.value if line.description else None)
        for line in order.lines
    ]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (
            "Please put this on our account.\n\n6 bags of malt 25kg, two tubs of Irish moss and 3 boxes of crown caps.",
            [("6", "malt 25kg"), ("2", "Irish moss"), ("3", "crown caps")],
        ),
        (
            "Please send 20 elbows PER 16, 10 tees PER 16 and 4 boxes of clips.",
            [("20", "elbows PER 16"), ("10", "tees PER 16"), ("4", "clips")],
        ),
        (
            "Proszę o wysyłkę: śruba M10x60 200 szt, nakrętka M10 200 szt, podkładka M10 400 szt.",
            [("200", "śruba M10x60"), ("200", "nakrętka M10"), ("400", "podkładka M10")],
        ),
        (
            "Bitte liefern:\n\n12 Ringe NYM-J 3x1,5\n250 Stück Unterputzdose",
            [("12", "Ringe NYM-J 3x1,5"), ("250", "Unterputzdose")],
        ),
        ("Please add 2 boxes of till rolls, the Christmas rush has cleaned us out.", [("2", "till rolls")]),
        ("We'd like 25 A1 frames and 1,500 A5 holders.", [("25", "A1 frames"), ("1500", "A5 holders")]),
    ],
)
def test_each_of_several_goods_is_a_line(body: str, lines: list[tuple[str, str]]) -> None:
    """None is swallowed by the one before it, and no sentence by a name."""
    assert _lines(body) == lines


@pytest.mark.parametrize(
    "sentence",
    [
        "It was good to see you on Tuesday.",
        "Lieferung frei Haus in den 2. Stock.",
        "Ich bin ab morgen im Urlaub.",
        "We are away on Friday and closed.",
    ],
)
def test_such_a_day_is_none_of_delivery(sentence: str) -> None:
    """A meeting, a floor and a holiday say nothing of the goods."""
    body = f"{sentence}\n\n20 boxes of gloves please."
    assert extraction(mail(body, "Order PO-77120")).orders[0].requested_delivery_date is None


def test_a_complaint_of_the_last_delivery_leaves_an_order_one() -> None:
    """The new goods are ordered all the same."""
    body = "unsere Wochenbestellung:\n\n30 Packungen Handschuhe\n\nBei der letzten Lieferung waren zwei Kartons feucht geworden."
    assert extraction(mail(body, "Wochenbestellung 2026-48-PH")).intent == "order"


def test_goods_that_came_damp_are_a_complaint() -> None:
    """Where nothing is ordered, it stays one."""
    body = "die 30 Kartons sind feucht angekommen. Bitte holen Sie die Ware ab."
    assert extraction(mail(body, "Lieferung 4471")).intent == "return_request"
