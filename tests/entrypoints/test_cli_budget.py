"""`orderwright look`, `gaps` and `train risk`: what people find of touchless orders, who fell silent, and learning from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.domain.identifiers import CustomerNumber, OrderId
from models.domain.lifecycle import OrderStatus
from models.store.audit_trail import SqlAuditTrail
from models.store.order_book import SqlOrderBook
from tests.activities.small_shop import SmallShop, open_shop
from tests.entrypoints.conftest import Said

TOUCHLESS, WAITING, SILENT = "PO-TOUCHLESS", "PO-WAITING", "70038"
LOOK_AT_ALL = "error_budget:\n  sample_percent: 100\n  sample_percent_new: 100\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallShop:
    """A company that looks at every touchless order: one went touchless, one waits for a person."""
    opened = open_shop(tmp_path)
    (opened.folder / "policy.yaml").write_text(LOOK_AT_ALL, encoding="utf-8")
    opened.load()
    opened.take(po_number=TOUCHLESS)
    opened.take(po_number=WAITING, total_net="99.00")
    monkeypatch.setenv("ORDERWRIGHT_VAR", str(opened.settings.var))
    monkeypatch.setenv("ORDERWRIGHT_DATABASE_URL", "")
    return opened


def test_a_drawn_order_is_listed_until_somebody_looked_at_it(shop: SmallShop, run: Said) -> None:
    """Only the touchless one is drawn; a right one leaves the list."""
    status, said = run("look", "list")
    assert status == 0
    assert f"order:10010:{TOUCHLESS}" in said
    assert WAITING not in said
    assert run("look", "right", TOUCHLESS, "--by", "jo")[0] == 0
    assert "0 orders to look at" in run("look", "list")[1]


def test_a_wrong_order_counts_against_the_budget_and_stands_in_its_trail(shop: SmallShop, run: Said) -> None:
    """With who found it, and why."""
    assert "broken" not in run("budget")[1]
    assert run("look", "wrong", TOUCHLESS, "--by", "jo", "--why", "ten boxes, not ten pieces")[0] == 0
    assert "broken" in run("budget")[1]
    trail = SqlAuditTrail(shop.engine).timeline(f"order:10010:{TOUCHLESS}")
    looks = [entry for entry in trail if entry.event == "LookedAt"]
    assert [(entry.actor, entry.details["why"]) for entry in looks] == [("jo", "ten boxes, not ten pieces")]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("right", WAITING), "did not go touchless"),
        (("wrong", TOUCHLESS, "--why", " "), "say what is wrong"),
        (("right", "PO-NOBODY"), "PO-NOBODY"),
    ],
)
def test_a_look_that_cannot_be_kept_is_refused_in_words(
    shop: SmallShop, run: Said, arguments: tuple[str, ...], reason: str
) -> None:
    """An order that people decided, a wrong one without a cause, an unknown one."""
    status, said = run("look", *arguments)
    assert status != 0
    assert reason in said


def test_a_customer_who_fell_silent_is_named(shop: SmallShop, run: Said) -> None:
    """An order a week, and none for ten weeks."""
    assert "0 customers" in run("gaps")[1]
    book, now = SqlOrderBook(shop.engine), datetime.now(UTC)
    model = shop.order(OrderId(f"order:10010:{WAITING}"))
    for weeks in range(10, 16):
        source = model.source.model_copy(update={"received_at": now - timedelta(weeks=weeks)})
        weekly = {"order_id": OrderId(f"order:{SILENT}:WEEK-{weeks}"), "customer_number": CustomerNumber(SILENT), "version": 0}
        book.open(model.model_copy(update={**weekly, "source": source, "status": OrderStatus.CLOSED}))
    status, said = run("gaps")
    assert status == 0
    assert f"{SILENT} Cole Inc." in said
    assert "70 days ago" in said


def test_too_few_own_orders_leave_the_model_in_force(shop: SmallShop, run: Said) -> None:
    """The reason says how many are needed, and nothing is written."""
    status, said = run("train", "risk")
    assert status == 1
    assert "300" in said
    assert not (shop.settings.var / "models").exists()
