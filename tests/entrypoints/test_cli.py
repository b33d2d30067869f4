"""The command line, on a database of its own and without Temporal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from rich.console import Console

import gateway
from entrypoints import cli
from entrypoints.cli_support import find_order, pairs
from entrypoints.cli_tables import order_at_a_glance, order_table
from models.domain.errors import Rejected
from models.store.schema import migrate
from models.store.session import engine_for
from models.store.stock_ledger import SqlStockLedger
from settings import Settings
from tests.entrypoints.conftest import presence
from tests.fakes.orders import order_that_waits, order_that_was_delivered
from tests.fakes.world import World
from tests.store.samples import BOLT, expect

Run = Callable[..., int]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A var folder with an empty, migrated database; Temporal on a port that nobody listens on."""
    monkeypatch.setenv("ORDERWRIGHT_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("ORDERWRIGHT_DATABASE_URL", "")
    monkeypatch.setenv("ORDERWRIGHT_HTTP_PORT", "1")
    monkeypatch.setenv("ORDERWRIGHT_SMTP_PORT", "1")
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    migrate(Settings().database)
    return tmp_path / "var"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command and gives its exit status."""

    def execute(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["orderwright", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert isinstance(ended.value.code, int | None)
        return ended.value.code or 0

    return execute


def shown(renderable: object) -> str:
    console = Console(width=200, record=True, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    with console.file:
        console.print(renderable)
        return console.export_text()


def test_help_names_every_command(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Also what ORDER means."""
    assert run("--help") == 0
    text = capsys.readouterr().out
    for name in ("run", "worker", "gateway", "migrate", "load", "extract", "orders", "show", "approve", "reject", "correct",
                 "hold", "return", "return-decide", "send", "openapi", "audit", "token", "warehouse"):  # fmt: skip
        assert f" {name} " in text


@pytest.mark.parametrize("command", ["approve", "reject", "correct", "hold", "accept-part", "return", "send", "extract", "load"])
def test_help_teaches_by_example(run: Run, capsys: pytest.CaptureFixture[str], command: str) -> None:
    """Each command that takes arguments shows a whole line."""
    assert run(command, "--help") == 0
    assert f"orderwright {command}" in capsys.readouterr().out.split("Example:")[1]


def test_a_delivery_is_booked_in_once(home: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """However often it is said; what nobody expects is refused in words."""
    engine = engine_for(Settings().database)
    expect(engine, "10")
    booking = ("warehouse", "receive", "PO-1", BOLT, "10", "--warehouse", "WUP", "--bin", "A-1")
    assert [run(*booking), run(*booking)] == [0, 0]
    assert [place.available for place in SqlStockLedger(engine).positions([BOLT])] == [Decimal(10)]
    assert f"no order waits for {BOLT}" in capsys.readouterr().out
    assert run("warehouse", "receive", "PO-2", BOLT, "10", "--warehouse", "WUP", "--bin", "A-1") != 0
    assert "no delivery PO-2" in capsys.readouterr().err


def test_a_quantity_that_is_no_number_is_explained(home: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """With an example."""
    assert run("warehouse", "receive", "PO-1", BOLT, "ten", "--warehouse", "WUP", "--bin", "A-1") == 2
    assert "such as 672" in capsys.readouterr().err


def test_orders_are_listed_from_the_store(home: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """With what they wait for."""
    world = World()
    gateway.open_records(Settings()).orders.open(order_that_waits(world, b"png", {}, (595.0, 842.0)))
    assert run("orders") == 0
    assert "order:C1007:4500881203" in capsys.readouterr().out


def test_an_order_is_shown_by_its_po_number(home: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Lines, questions and the address of its page."""
    world = World()
    gateway.open_records(Settings()).orders.open(order_that_waits(world, b"png", {}, (595.0, 842.0)))
    assert run("show", "4500881203") == 0
    text = capsys.readouterr().out
    assert "WS-M8-A2" in text
    assert "2.price=2.75/100" in text
    assert "/orders/order:C1007:4500881203" in text


def test_an_unknown_order_is_a_sentence_on_standard_error(home: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1, what to do next, nothing on standard output."""
    assert run("show", "4711") == 1
    out, err = capsys.readouterr()
    assert (out, "`orderwright orders` lists the orders" in err, "Traceback" in err) == ("", True, False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("approve", "order:C1:1"),
        ("accept-part", "order:C1:1"),
        ("reject", "order:C1:1", "--why", "no"),
        ("hold", "order:C1:1", "--why", "later"),
        ("correct", "order:C1:1", "2.sku=HX"),
        ("return", "order:C1:1", "--reason", "broken", "--line", "1=5"),
        ("return-decide", "return:order:C1:1:1", "refuse", "--why", "late"),
    ],
)
def test_without_temporal_a_decision_says_so(
    home: Path, run: Run, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    """Status 1 and where Temporal was looked for."""
    assert run(*arguments) == 1
    assert "127.0.0.1:1" in capsys.readouterr().err


@pytest.mark.parametrize("to", ["http", "smtp"])
def test_a_closed_door_is_named_with_the_way_to_open_it(
    home: Path, run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path, to: str
) -> None:
    """`orderwright gateway` opens it."""
    (tmp_path / "po.csv").write_text("a;b")
    assert run("send", str(tmp_path / "po.csv"), "--to", to) == 1
    assert "orderwright gateway" in capsys.readouterr().err


def test_a_file_goes_into_the_watched_folder_whole(home: Path, run: Run, tmp_path: Path) -> None:
    """Under its own name, with no draft left."""
    (tmp_path / "po.csv").write_text("a;b")
    assert run("send", str(tmp_path / "po.csv"), "--to", "folder") == 0
    assert [path.name for path in (home / "drop").iterdir()] == ["po.csv"]


def test_a_missing_file_is_named(home: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Not a traceback."""
    assert run("send", "no-such-file.pdf") == 1
    assert "no-such-file.pdf cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [("correct", "order:C1:1", "2.sku"), ("correct", "order:C1:1", "a=1", "a=2"), ("extract",), ("send", "x", "--to", "fax")],
)
def test_wrong_usage_ends_with_status_two(home: Path, run: Run, arguments: tuple[str, ...]) -> None:
    """As the extraction contract has it."""
    assert run(*arguments) == 2


def test_a_wrong_setting_is_named(
    home: Path, run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the variable that holds it."""
    monkeypatch.setenv("ORDERWRIGHT_HTTP_PORT", "many")
    assert run("orders") == 1
    assert "ORDERWRIGHT_HTTP_PORT" in capsys.readouterr().err


def test_a_database_that_was_never_migrated_says_what_to_do(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence."""
    monkeypatch.setenv("ORDERWRIGHT_DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    assert run("orders") == 1
    assert "migrate" in capsys.readouterr().err


def test_the_contract_is_printed_as_json(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """The same that the gateway serves."""
    assert run("openapi") == 0
    assert "/v1/orders" in json.loads(capsys.readouterr().out)["paths"]


def test_an_untouched_audit_trail_is_verified(home: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 0 and how much was checked."""
    assert run("audit", "verify") == 0
    assert "none altered" in capsys.readouterr().out


def test_the_token_that_is_printed_is_the_one_of_the_gateway(home: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Made on first need."""
    assert run("token") == 0
    assert capsys.readouterr().out.strip() == gateway.api_token(Settings())


def test_a_po_number_that_two_customers_use_must_be_said_in_full() -> None:
    """The refusal names both."""
    world = World()
    first = order_that_waits(world, b"png", {}, (595.0, 842.0))
    second = first.model_copy(update={"order_id": type(first.order_id)("order:C2:4500881203")})
    world.orders.open(second)
    with pytest.raises(Rejected, match=r"order:C1007:4500881203.*order:C2:4500881203|order:C2.*order:C1007"):
        find_order(world.records, "4500881203")


def test_a_value_may_hold_an_equals_sign() -> None:
    """Only the first one parts field and value."""
    assert pairs(["1.description=a=b"], "x=y") == {"1.description": "a=b"}


def test_a_document_cannot_steer_the_terminal() -> None:
    """Control characters go, and brackets are no markup."""
    world = World()

    def poison(order_json: str) -> str:
        return order_json.replace("Nordwind Maschinenbau GmbH", "[red]Evil\\u001b[2J\\u202e").replace("Washer M8", "\\u0007[/]")

    order = order_that_waits(world, b"png", {}, (595.0, 842.0), poison)
    for text in (shown(order_table([order])), shown(order_at_a_glance(order, world.records, presence()))):
        assert "[red]Evil" in text
        assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_everything_of_a_delivered_order_is_at_a_glance() -> None:
    """Correction, shipment, tracking and timeline."""
    world = World()
    text = shown(order_at_a_glance(order_that_was_delivered(world), world.records, presence()))
    for part in ("corrected 1.sku", "SO-100042-1", "LP000017", "shipment delivered"):
        assert part in text
