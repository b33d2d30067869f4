"""`orderwright learned`: what was learned is listed, shown and undone, and the orders that it touched are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.activities.small_shop import open_shop
from tests.activities.taught import Learner, codes
from tests.entrypoints.conftest import Said

UNKNOWN = {"buyer_part_number": "KD 77-81"}


@pytest.fixture
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Learner:
    """A company that learned a number, which another order used."""
    opened = Learner(open_shop(tmp_path))
    monkeypatch.setenv("ORDERWRIGHT_VAR", str(opened.shop.settings.var))
    monkeypatch.setenv("ORDERWRIGHT_DATABASE_URL", "")
    opened.correct(opened.take(UNKNOWN, po_number="PO-TAUGHT"), **{"1.sku": "HX-M8-40"})
    opened.take(UNKNOWN, po_number="PO-SERVED")
    return opened


def test_the_list_tells_what_was_learned_of_whom(learner: Learner, run: Said) -> None:
    """The customer, the number, its meaning, and that it is used."""
    status, said = run("learned", "list", "--customer", "10010")
    assert status == 0
    assert all(word in said for word in ("10010", "HX-M8-40", "jo.reviewer", "used"))
    assert "nothing was learned" in run("learned", "list", "--customer", "70038")[1]


def test_a_fact_is_shown_with_its_lessons_and_orders(learner: Learner, run: Said) -> None:
    """Who taught it on which order, and which orders went through with it."""
    (fact,) = learner.lessons.facts()
    said = run("learned", "show", fact.fact_id)[1]
    assert "corrected by jo.reviewer order:10010:PO-TAUGHT" in said
    assert "went through with it: order:10010:PO-SERVED" in said


def test_undoing_names_the_orders_and_flags_the_next(learner: Learner, run: Said) -> None:
    """The trail says who undid it and why; undoing it twice is refused."""
    (fact,) = learner.lessons.facts()
    status, said = run("learned", "undo", fact.fact_id, "--why", "superseded", "--by", "kim")
    assert (status, "order:10010:PO-SERVED" in said) == (0, True)
    assert codes(learner.take(UNKNOWN)) == ["unknown_item"]
    assert "superseded" in run("learned", "show", fact.fact_id)[1]
    assert run("learned", "undo", fact.fact_id)[0] == 1


def test_the_receipt_is_part_of_the_explanation(learner: Learner, run: Said) -> None:
    """`explain` says by whose word the line was matched."""
    said = run("explain", "order:10010:PO-SERVED")[1]
    assert "learned: 'KD 77-81' means HX-M8-40: corrected by jo.reviewer" in said
