"""The command line. It says what to do next where something fails, and shows a traceback only for bugs.

Commands that need the store, Temporal or a parser load them when they run, so that `--help` is quick.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from entrypoints import cli_documents, cli_learned, cli_matching, cli_returns, cli_warehouse
from entrypoints.cli_budget import budget, gaps, look_app
from entrypoints.cli_decisions import ask_buyer, explain, lists_app, replay, verify
from entrypoints.cli_people import people_app
from entrypoints.cli_support import (
    By,
    OrderArgument,
    Why,
    api_token,
    ask,
    complain,
    console,
    decision,
    find_order,
    note,
    open_store,
    order_id_of,
    pairs,
    read_settings,
)
from entrypoints.cli_train import train_app
from models.contracts.decision_v1 import DecisionReceiptV1, DecisionV1
from models.domain.errors import OrderwrightError

if TYPE_CHECKING:
    from entrypoints.backend import Action
    from workflows.client import OrderwrightClient

#: The exit status of a load that left rows out.
_PARTLY = 3

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turns the orders that a business receives into shipped sales orders.\n\n"
    "Try `orderwright run` for the demo, `orderwright orders` for what came in, `orderwright show ORDER` for one order.\n\n"
    "An ORDER is an order id (`order:C1007:4500881203`) or the buyer's PO number (`4500881203`).",
)
#: The panels of `orderwright --help`, in the order in which people need them.
_ORDERS, _ANSWERS, _GOODS = "What came in", "Deciding", "Goods and returns"
_DOCUMENTS, _MEASURES, _SERVICE = "Reading without keeping anything", "How well it goes", "Running it"

audit_app = typer.Typer(no_args_is_help=True, help="The audit trail.")
audit_app.command()(verify)

Version = Annotated[int | None, typer.Option(help="The order version you looked at; refused if it moved on since.")]


@app.command(rich_help_panel=_SERVICE)
def run(
    once: Annotated[bool, typer.Option("--once", help="End when every sample reached its expected state.")] = False,
    http_port: Annotated[int | None, typer.Option(help="Port of the pages and the API.")] = None,
    smtp_port: Annotated[int | None, typer.Option(help="Port of the SMTP door.")] = None,
    temporal_port: Annotated[int | None, typer.Option(help="Port of the embedded Temporal server.")] = None,
    ui_port: Annotated[int | None, typer.Option(help="Port of the Temporal UI.")] = None,
    mail_port: Annotated[int | None, typer.Option(help="Port of the mailbox that takes our answers.")] = None,
    port_offset: Annotated[int, typer.Option(help="Move all ports by this, to run beside another.")] = 0,
    var: Annotated[Path | None, typer.Option(help="Folder of everything that is kept; ORDERWRIGHT_VAR if left out.")] = None,
    workers: Annotated[int, typer.Option(help="Worker processes; a second one goes on where a killed one stopped.")] = 2,
    samples: Annotated[bool, typer.Option(help="Deliver the sample inbox.")] = True,
    timeout: Annotated[float, typer.Option(help="Seconds that the samples may take.")] = 300,
) -> None:
    """Run everything on this machine with the demo company and its inbox.

    Starts the embedded Temporal server, the database, the workers and the gateway, delivers the sample inbox and shows how
    it goes. Stays up until Ctrl-C.

    Example: `orderwright run --once --port-offset 100 --var var2`
    """
    import stack

    raise typer.Exit(
        stack.run(
            once=once,
            temporal_port=temporal_port,
            ui_port=ui_port,
            http_port=http_port,
            smtp_port=smtp_port,
            mail_port=mail_port,
            port_offset=port_offset,
            var=var,
            workers=workers,
            samples=samples,
            timeout=timeout,
        )
    )


@app.command(rich_help_panel=_SERVICE)
def worker() -> None:
    """Run the workers: they do the steps of the orders. Needs Temporal (TEMPORAL_ADDRESS)."""
    import worker as root

    root.main()


@app.command(rich_help_panel=_SERVICE)
def gateway() -> None:
    """Run the gateway: pages and API, the SMTP door and the watched folder."""
    import gateway as root

    root.main()


@app.command(rich_help_panel=_SERVICE)
def migrate() -> None:
    """Bring the database to the tables of this release (ORDERWRIGHT_DATABASE_URL; SQLite under var if unset)."""
    from models.store.schema import migrate as migrate_store

    migrate_store(read_settings().database)
    note("the database is up to date")


@app.command(rich_help_panel=_SERVICE)
def load(
    folder: Annotated[Path | None, typer.Argument(help="The company's files; ORDERWRIGHT_COMPANY if left out.")] = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Load nothing where a row is wrong.")] = False,
) -> None:
    """Load the company's files: items, customers, prices, stock, taxes, carriers. Loading again changes what changed.

    Wrong rows are left out and named with file, line, column, value and cause; what they are about stays as it was. Ends with
    status 0 where all was loaded, 3 where rows were left out, 1 where nothing was.

    Example: `orderwright load demo/company`
    """
    from models.store.loading import load_company
    from models.store.session import engine_for

    settings = read_settings()
    today = datetime.now(UTC).date()
    report = load_company(folder or settings.company, engine_for(settings.database), today=today, is_strict=strict)
    for line in report.lines():
        note(line)
    if report.left_out:
        raise typer.Exit(_PARTLY)


@app.command(rich_help_panel=_ORDERS)
def orders(
    status: Annotated[str, typer.Option(help="Only orders in this state, such as NeedsReview.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
) -> None:
    """List the newest orders: who, what, how it went, why it stopped where it did."""
    from entrypoints.cli_tables import order_table

    found = [order for order in open_store().orders.recent(limit) if status.lower() in ("", order.status.value.lower())]
    console().print(order_table(found))


@app.command(rich_help_panel=_ORDERS)
def show(order: OrderArgument) -> None:
    """Show one order at a glance: lines, questions, decisions, shipments, timeline."""
    import gateway as root
    from entrypoints.cli_tables import order_at_a_glance

    records = open_store()
    console().print(order_at_a_glance(find_order(records, order), records, root.presence_of(read_settings())))


@app.command(rich_help_panel=_ANSWERS)
def approve(order: OrderArgument, why: Why = "", by: By = "", version: Version = None) -> None:
    """Accept an order with its open findings.

    Example: `orderwright approve 4500881203 --why "price agreed by phone"`
    """
    _decide(order, "approve", decision(by, version, note=why or None))


@app.command(name="accept-part", rich_help_panel=_ANSWERS)
def accept_part(order: OrderArgument, why: Why = "", by: By = "", version: Version = None) -> None:
    """Let the good lines of an order go on; the doubtful ones wait as an order of their own, where the customer allows it.

    Example: `orderwright accept-part 4500881203 --why "the bolts are urgent"`
    """
    _decide(order, "accept_part", decision(by, version, note=why or None))


@app.command(rich_help_panel=_ANSWERS)
def reject(order: OrderArgument, why: Why, by: By = "", version: Version = None) -> None:
    """Reject an order; the buyer is told why.

    Example: `orderwright reject 4500881203 --why "we do not sell this"`
    """
    _decide(order, "reject", decision(by, version, reason=why))


@app.command(rich_help_panel=_ANSWERS)
def hold(order: OrderArgument, why: Why, by: By = "", version: Version = None) -> None:
    """Put an order on hold.

    Example: `orderwright hold 4500881203 --why "waiting for the buyer's call"`
    """
    _decide(order, "hold", decision(by, version, reason=why))


@app.command(rich_help_panel=_ANSWERS)
def correct(
    order: OrderArgument,
    corrections: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE…", help="2.sku=HX-M8-40, 2.quantity=50, ship_to=MUC")],
    why: Why = "",
    by: By = "",
    version: Version = None,
) -> None:
    """Correct what was read; the order is then checked again.

    Example: `orderwright correct 4500881203 2.sku=HX-M8-40 3.price=2.75 --why "old part number"`
    """
    _decide(order, "correct", decision(by, version, reason=why or None, **pairs(corrections, "2.sku=HX-M8-40")))


@app.command(rich_help_panel=_ORDERS)
def send(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…")],
    to: Annotated[str, typer.Option(help="smtp, http or folder.")] = "smtp",
    sender: Annotated[str, typer.Option(help="Where answers go.")] = "you@example.com",
) -> None:
    """Hand documents of your own to a door of the gateway.

    Example: `orderwright send my-order.pdf --to http --sender buyer@example.com`
    """
    from entrypoints import deliver

    settings = read_settings()
    if to == "smtp":
        doors = [deliver.by_smtp(file, settings.smtp_host, settings.smtp_port, sender) for file in files]
    elif to == "http":
        doors = [deliver.by_http(file, settings.gateway, api_token(settings), sender) for file in files]
    elif to == "folder":
        doors = [deliver.by_folder(file, settings.drop_folder) for file in files]
    else:
        raise typer.BadParameter("--to is smtp, http or folder")
    for line in doors:
        note(line)


@app.command(rich_help_panel=_SERVICE)
def token() -> None:
    """Print the API token."""
    typer.echo(api_token(read_settings()))


@app.command(rich_help_panel=_SERVICE)
def openapi() -> None:
    """Print the OpenAPI contract of the gateway."""
    from entrypoints.api import contract

    typer.echo(json.dumps(contract(), indent=2))


def _decide(order: str, action: Action, decision: DecisionV1) -> None:
    order_id = order_id_of(order)

    async def decide(client: OrderwrightClient) -> DecisionReceiptV1:
        return await client.decide(order_id, action, decision)

    receipt = ask(decide)
    note(f"{receipt.order_id}: {receipt.status}. {receipt.message}")
    for finding in receipt.open_findings:
        note(f"still open: {finding}")


app.command(rich_help_panel=_ORDERS)(explain)
app.command(name="ask", rich_help_panel=_ANSWERS)(ask_buyer)
app.command(name="return", rich_help_panel=_GOODS)(cli_returns.request_return)
app.command(name="return-decide", rich_help_panel=_GOODS)(cli_returns.return_decide)
app.command(name="return-receive", rich_help_panel=_GOODS)(cli_returns.return_receive)
app.add_typer(cli_warehouse.app, name="warehouse", rich_help_panel=_GOODS)
app.command(rich_help_panel=_DOCUMENTS)(cli_documents.extract)
app.command(rich_help_panel=_DOCUMENTS)(cli_documents.ack)
app.command(name="match-items", rich_help_panel=_DOCUMENTS)(cli_matching.match_items)
app.command(name="match-pairs", rich_help_panel=_DOCUMENTS)(cli_matching.match_pairs)
app.command(rich_help_panel=_MEASURES)(budget)
app.command(rich_help_panel=_MEASURES)(gaps)
app.add_typer(look_app, name="look", rich_help_panel=_MEASURES)
app.add_typer(cli_learned.app, name="learned", rich_help_panel=_MEASURES)
app.command(rich_help_panel=_MEASURES)(replay)
app.add_typer(audit_app, name="audit", rich_help_panel=_MEASURES)
app.add_typer(cli_documents.partner_app, name="partner", rich_help_panel=_SERVICE)
app.add_typer(lists_app, name="lists", rich_help_panel=_SERVICE)
app.add_typer(people_app, name="people", rich_help_panel=_SERVICE)
app.add_typer(train_app, name="train", rich_help_panel=_SERVICE)


def main() -> NoReturn:
    """Run a command. Foreseeable failures end with status 1 and a sentence on standard error."""
    try:
        app()
    except OrderwrightError as error:
        complain(str(error))
    sys.exit(1)
