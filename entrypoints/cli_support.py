"""What the commands share: settings, store and workflows when they are needed, and what they say to people."""

from __future__ import annotations

import asyncio
import getpass
import os
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console

from models.contracts.decision_v1 import DecisionV1
from models.domain.errors import Misconfigured, Rejected
from models.domain.identifiers import OrderId
from models.domain.sales_order import SalesOrder

if TYPE_CHECKING:
    from entrypoints.backend import Records
    from settings import Settings
    from workflows.client import OrderwrightClient

T = TypeVar("T")

OrderArgument = Annotated[str, typer.Argument(metavar="ORDER", help="Order id or PO number.")]
Why = Annotated[str, typer.Option("--why", help="The reason; it is kept with the decision.")]
By = Annotated[str, typer.Option("--by", envvar="ORDERWRIGHT_USER", help="Who decides; your user name if left out.")]


def ask(question: Callable[[OrderwrightClient], Awaitable[T]]) -> T:
    """Connect, ask, and give the answer. Raises `Unavailable` where Temporal cannot be reached."""

    async def ask() -> T:
        from workflows.client import OrderwrightClient

        return await question(await OrderwrightClient.connect())

    return asyncio.run(ask())


def pairs(raw: list[str], example: str) -> dict[str, str]:
    """FIELD=VALUE pairs. A field that is named twice is a mistake, not a choice."""
    pairs: dict[str, str] = {}
    for each in raw:
        key, sign, value = each.partition("=")
        if not sign or not key.strip() or key.strip() in pairs:
            raise typer.BadParameter(f"{each!r} is not one FIELD=VALUE such as {example}")
        pairs[key.strip()] = value.strip()
    return pairs


def order_id_of(order: str) -> str:
    """An order id as it is; for a PO number the order that bears it."""
    return order if order.startswith("order:") else find_order(open_store(), order).order_id


def find_order(records: Records, order: str) -> SalesOrder:
    key = OrderId.parse(order)
    if key is not None and (found := records.orders.find(key)):
        return found
    named = [each for each in records.orders.recent(1000) if order in (each.purchase_order.po_number, each.number)]
    if len(named) == 1:
        return named[0]
    if named:
        raise Rejected(f"{order!r} names several orders: {', '.join(each.order_id for each in named)}. Say which.")
    raise Rejected(f"there is no order {order!r}. `orderwright orders` lists the orders.", code="not_found")


def open_store() -> Records:
    import gateway as root

    return root.open_records(read_settings())


def api_token(settings: Settings) -> str:
    import gateway as root

    return root.api_token(settings)


def read_settings() -> Settings:
    from settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"ORDERWRIGHT_{str(each['loc'][0]).upper()}: {each['msg']}" for each in error.errors())
        raise Misconfigured(f"the settings do not work: {wrong}") from error


def user_name() -> str:
    return os.environ.get("ORDERWRIGHT_USER") or getpass.getuser()


def console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 180)


def note(line: str) -> None:
    from entrypoints.cli_tables import plain_text

    typer.echo(plain_text(line).plain)


def complain(line: str) -> None:
    from entrypoints.cli_tables import plain_text

    typer.echo(f"orderwright: {plain_text(line).plain}", err=True)


def decision(by: str, version: int | None, **values: Any) -> DecisionV1:
    """What the reviewer decided, from the options of a command; what is not given is left out."""
    stated = {"by": by or user_name(), "version": version, **values}
    return DecisionV1.model_validate({key: value for key, value in stated.items() if value is not None})
