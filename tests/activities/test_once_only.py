"""Steps run again after a crash: whatever the moment of it, the world and the books look as if they had run once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from models.store.loading import load_company
from models.store.schema import migrate
from models.store.session import engine_for
from tests.activities.shop import STEPS, Shop
from tests.workflows.bench import Mailbox
from tests.workflows.company import mail_server, own_settings
from tests.workflows.stated import CABLE_TIE, order

COMPANY = Path(__file__).parents[2] / "demo" / "company"
#: Steps that do something outside of our database before they write it down.
REACHING_OUT = ("post_to_erp", "acknowledge_order", "book_shipment", "send_ship_notice", "authorise_return", "issue_credit")


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
    """A company and an order of goods that lie on the shelf."""
    mailbox = Mailbox()
    with ExitStack() as stack:
        port = stack.enter_context(mail_server(mailbox))
        settings = stack.enter_context(own_settings(company_database, mail_port=port))
        yield Shop(settings, mailbox, order((CABLE_TIE, "300")))


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


def test_the_whole_chain_has_effects_at_all(shop: Shop) -> None:
    """The comparisons above compare something."""
    shop.take_all_before(STEPS[-1])
    shop.take(STEPS[-1])
    effects = shop.effects()
    assert {name for name, found in effects.items() if not found} == {"holds"}
    assert effects["returns"][0][3] == "CN-100001"


def test_the_same_cartons_are_packed_again(shop: Shop) -> None:
    """SSCCs are numbered by shipment and carton, so a repeated packing gives the same ones."""
    shop.take_all_before("pack_shipment")
    shop.take("pack_shipment")
    packed = shop.effects()["shipments"][0][3]
    shop.take("pack_shipment")
    assert packed
    assert shop.effects()["shipments"][0][3] == packed
