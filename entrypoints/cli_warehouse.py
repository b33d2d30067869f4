"""The commands of the warehouse: book a delivery in, confirm a pick list."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated

import typer

from entrypoints.cli_support import By, ask, note, read_settings, user_name

if TYPE_CHECKING:
    from models.domain.identifiers import OrderId
    from workflows.client import OrderwrightClient

app = typer.Typer(no_args_is_help=True, help="Book deliveries in and confirm picks.")


@app.command()
def receive(
    delivery: Annotated[str, typer.Argument(metavar="DELIVERY", help="The reference of the expected delivery.")],
    sku: Annotated[str, typer.Argument(metavar="SKU")],
    quantity: Annotated[str, typer.Argument(metavar="QUANTITY", help="What came, in base units.")],
    warehouse: Annotated[str, typer.Option(help="Where it came.")],
    bin_code: Annotated[str, typer.Option("--bin", help="Where it was put.")],
) -> None:
    """Book an expected delivery in and wake the orders that wait for it. Booked twice, it counts once.

    Example: `orderwright warehouse receive BH-PO-26-4195 MCB-B32-3P 672 --warehouse WUP --bin A-01-01-1`
    """
    from models.domain.identifiers import Sku
    from models.store.session import engine_for
    from models.store.stock_ledger import SqlStockLedger

    stock = SqlStockLedger(engine_for(read_settings().database))
    stock.receive_inbound(delivery, Sku(sku), warehouse, _amount(quantity), bin_code)
    note(f"{delivery}: {quantity} of {sku} are in bin {bin_code} of {warehouse}")
    waiting = stock.waiting_for(Sku(sku))
    if waiting:
        ask(lambda client: _tell(client, waiting))
    note(f"{len(waiting)} orders that hold {sku} were told" if waiting else f"no order waits for {sku}")


async def _tell(client: OrderwrightClient, waiting: Sequence[OrderId]) -> None:
    for order_id in waiting:
        await client.stock_arrived(order_id)


@app.command()
def picked(
    shipment: Annotated[str, typer.Argument(metavar="SHIPMENT", help="The shipment's id, as the order page shows it.")],
    by: By = "",
) -> None:
    """Confirm that a pick list was picked, where people do that (ORDERWRIGHT_WAREHOUSE=manual).

    Example: `orderwright warehouse picked shipment:10010:4500881203:1 --by ana`
    """
    from models.contracts.workflow_io import PickConfirmed

    ask(lambda client: client.confirm_picked(shipment, PickConfirmed(by=by or user_name())))
    note(f"{shipment}: picked")


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise typer.BadParameter(f"QUANTITY wants a number such as 672 or 12.5, not {text!r}") from error
    if not amount.is_finite():
        raise typer.BadParameter("QUANTITY wants a number such as 672")
    return amount
