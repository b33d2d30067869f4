"""Steps run again after a crash: whatever the moment of it, the world and the books look as if they had run once."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from models.contracts.order_submission_v1 import OrderSubmissionV1
from models.store.loading import load_company
from models.store.schema import migrate
from models.store.session import engine_for
from tests.activities.shop import ASKING, STEPS, Shop
from tests.workflows.bench import Mailbox
from tests.workflows.company import mail_server, own_settings
from tests.workflows.stated import CABLE_TIE, DELIVERED, DELIVERY, DELIVERY_WAREHOUSE, EXPECTED, order

COMPANY = Path(__file__).parents[2] / "demo" / "company"
#: Steps that do something outside of our database before they write it down.
REACHING_OUT = ("post_to_erp", "acknowledge_order", "book_shipment", "send_ship_notice", "authorise_return", "issue_credit")

#: What the timeline tells of a question and its answer.
ASKED = ("BuyerAsked", "QuestionSent", "BuyerReplied")


@pytest.fixture(scope="module")
def company_database() -> Iterator[Path]:
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="orderwright-shop-", dir=memory if memory.is_dir() else None))
    url = f"sqlite:///{folder / 'company.db'}"
    migrate(url)
    engine = engine_for(url)
    load_company(COMPANY, engine, today=date.today())  # noqa: DTZ011 - the demo's deliveries count from the day of the run
    engine.dispose()
    yield folder / "company.db"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def shop(company_database: Path) -> Iterator[Shop]:
    """A company and an order that takes more than half of what lies on the shelf: nobody could promise it twice."""
    with _shop(company_database, order((CABLE_TIE, "6000"))) as opened:
        yield opened


@pytest.fixture
def waiting_shop(company_database: Path) -> Iterator[Shop]:
    """A company and an order for more than a delivery that has still to come."""
    with _shop(company_database, order((EXPECTED, "700"))) as opened:
        yield opened


@pytest.fixture
def asking_shop(company_database: Path) -> Iterator[Shop]:
    """A company and an order that only its buyer can explain."""
    with _shop(company_database, order(("QX-77-SONDER", "5"))) as opened:
        yield opened


@pytest.fixture
def parting_shop(company_database: Path) -> Iterator[Shop]:
    """A company and an order whose second line nobody knows, of a customer who allows that it waits alone."""
    with _shop(company_database, order((CABLE_TIE, "6000"), ("QX-77-SONDER", "5"))) as opened:
        yield opened


@contextmanager
def _shop(company_database: Path, submission: OrderSubmissionV1) -> Iterator[Shop]:
    mailbox = Mailbox()
    with mail_server(mailbox) as port, own_settings(company_database, mail_port=port) as settings:
        yield Shop(settings, mailbox, submission)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_runs_twice_leaves_one_effect(shop: Shop, step: str) -> None:
    """The activity ended, but its completion was lost on the way to Temporal."""
    shop.take_all_before(step)
    shop.take(step)
    once, mails = shop.effects(), shop.mail_counts()
    shop.take(step)
    assert shop.effects() == once
    assert shop.mail_counts() == mails


@pytest.mark.parametrize("step", REACHING_OUT)
def test_a_step_that_crashed_before_it_was_written_down_leaves_one_effect(shop: Shop, step: str, tmp_path: Path) -> None:
    """The world has it, our books have not: the second run finds what the first one did, under the same key."""
    shop.take_all_before(step)
    before = shop.keep(tmp_path / "before.db")
    shop.take(step)
    once = shop.effects()
    shop.forget(before)
    shop.take(step)
    assert shop.effects() == once


def test_a_step_killed_between_its_transactions_ends_as_if_it_had_run_once(shop: Shop, tmp_path: Path) -> None:
    """Whatever it had already committed, the next run goes on from there: the order lacks nothing that it holds itself."""
    for step in STEPS:
        before = shop.keep(tmp_path / f"{step}.db")
        shop.take(step)
        _demand_same_when_killed(shop, step, before)


def test_goods_that_came_are_allocated_once_wherever_the_step_is_killed(waiting_shop: Shop, tmp_path: Path) -> None:
    """What the killed run had taken of what came, the next one does not miss."""
    shop = waiting_shop
    shop.take_all_before("plan_picking")
    assert shop.results["allocate_stock"].is_backordered
    shop.receive(DELIVERY, EXPECTED, DELIVERY_WAREHOUSE, DELIVERED)
    shop.put_back(EXPECTED, DELIVERY_WAREHOUSE, "100")
    before = shop.keep(tmp_path / "before.db")
    assert not shop.take("allocate_arrived_stock").is_backordered
    _demand_same_when_killed(shop, "allocate_arrived_stock", before)
    assert not shop.results["allocate_arrived_stock"].is_backordered


def test_a_question_and_its_answer_are_kept_once_wherever_the_step_is_killed(asking_shop: Shop, tmp_path: Path) -> None:
    """One mail leaves, and the timeline and the decision record tell of all of it."""
    shop = asking_shop
    shop.take_all_before("promise_stock")
    shop.have_reply("Wir meinen CT-100-NA.")
    for step in ASKING:
        before = shop.keep(tmp_path / f"{step}.db")
        shop.take(step)
        _demand_same_when_killed(shop, step, before)
    told = [event for event, _ in shop.effects()["timeline"]]
    assert [event for event in told if event in ASKED] == list(ASKED)
    assert len(shop.effects()["decisions"]) == 2
    assert len(shop.mail_counts()) == 1


def test_an_order_is_parted_once_wherever_the_step_is_killed(parting_shop: Shop, tmp_path: Path) -> None:
    """Two orders, each line in one of them, and both tell of it; the good one goes on as if it had come alone."""
    shop = parting_shop
    shop.take_all_before("promise_stock")
    before = shop.keep(tmp_path / "before.db")
    assert shop.take("accept_part").other_part == shop.order_id.rest
    _demand_same_when_killed(shop, "accept_part", before)
    assert [(order_id, lines) for order_id, _, _, lines in shop.effects()["parts"]] == [
        (shop.order_id, [1]),
        (shop.order_id.rest, [2]),
    ]
    told = [event for event, _ in shop.effects()["timeline"]]
    assert [event for event in told if event in ("PartAccepted", "RestOpened")] == ["PartAccepted", "RestOpened"]
    assert shop.take("decide_order").status == "Accepted"


def test_a_change_is_taken_in_the_warehouse_once_wherever_the_step_is_killed(shop: Shop, tmp_path: Path) -> None:
    """Stock, pick list, order and timeline say the same, and nothing is taken twice."""
    shop.take_all_before("pack_shipment")
    shop.take("move_order")
    wanted = order((CABLE_TIE, "4000")).purchase_order
    assert wanted is not None
    shop.changed_lines = wanted.lines
    before = shop.keep(tmp_path / "before.db")
    assert shop.take("compare_submission").is_taken
    assert sum(quantity for _, _, quantity in shop.effects()["holds"]) == 4000
    assert "ChangeTaken" in [event for event, _ in shop.effects()["timeline"]]
    _demand_same_when_killed(shop, "compare_submission", before)


def _demand_same_when_killed(shop: Shop, step: str, before: Path) -> None:
    """Kill the step at each of its commits, run it again, and hold the world against what one run made of it."""
    once = shop.effects()
    for commit in itertools.count(1):
        shop.forget(before)
        was_killed = shop.take_killed(step, before_commit=commit)
        shop.take(step)
        assert shop.effects() == once, f"{step}, killed at commit {commit}"
        if not was_killed:
            return


def test_the_whole_chain_has_effects_at_all(shop: Shop) -> None:
    """The comparisons above compare something."""
    shop.take_all_before(STEPS[-1])
    shop.take(STEPS[-1])
    effects = shop.effects()
    assert {name for name, found in effects.items() if not found} == {"holds", "short", "questions", "parts"}
    assert effects["returns"][0][3] == "CN-100001"


def test_the_same_cartons_are_packed_again(shop: Shop) -> None:
    """SSCCs are numbered by shipment and carton, so a repeated packing gives the same ones."""
    shop.take_all_before("pack_shipment")
    shop.take("pack_shipment")
    packed = shop.effects()["shipments"][0][3]
    shop.take("pack_shipment")
    assert packed
    assert shop.effects()["shipments"][0][3] == packed
