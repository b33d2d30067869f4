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

from entrypoints import cli_learned, cli_matching, cli_returns, cli_warehouse
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
audit_app = typer.Typer(no_args_is_help=True, help="The audit trail.")
app.add_typer(audit_app, name="audit")
partner_app = typer.Typer(no_args_is_help=True, help="Electronic partners.")
app.add_typer(partner_app, name="partner")
app.add_typer(cli_matching.app)
audit_app.command()(verify)
app.add_typer(lists_app, name="lists")
app.add_typer(train_app, name="train")
app.add_typer(people_app, name="people")
app.add_typer(cli_learned.app, name="learned")
app.add_typer(cli_warehouse.app, name="warehouse")
app.command()(explain)
app.command()(replay)
app.command()(budget)
app.command()(gaps)
app.add_typer(look_app, name="look")

Version = Annotated[int | None, typer.Option(help="The order version you looked at; refused if it moved on since.")]


@app.command()
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


@app.command()
def worker() -> None:
    """Run the workers: they do the steps of the orders. Needs Temporal (TEMPORAL_ADDRESS)."""
    import worker as root

    root.main()


@app.command()
def gateway() -> None:
    """Run the gateway: pages and API, the SMTP door and the watched folder."""
    import gateway as root

    root.main()


@app.command()
def migrate() -> None:
    """Bring the database to the tables of this release (ORDERWRIGHT_DATABASE_URL; SQLite under var if unset)."""
    from models.store.schema import migrate as migrate_store

    migrate_store(read_settings().database)
    note("the database is up to date")


@app.command()
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


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Mails, PDFs, scans, EDI, XML, spreadsheets, text.")],
    picture: Annotated[Path | None, typer.Option(help="Draw the evidence of the pages into this PNG.")] = None,
) -> None:
    """Print what each file says as a line of JSON, every value with its evidence. Nothing is kept.

    Exit status: 0 when every file was read, 1 when at least one was not, 2 for wrong usage.

    Example: `orderwright extract order.pdf | jq '.orders[0].po_number'`
    """
    import reader

    raise typer.Exit(reader.extract(files, picture))


@app.command()
def ack(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="EDI interchanges and XML orders, also within mails and PDFs.")
    ],
    outcome: Annotated[str, typer.Option("--as", help="accepted, received or rejected: what the answers say.")] = "accepted",
    also: Annotated[str, typer.Option(help="More answers, by comma: ship-notice, invoice, 999.")] = "",
    out: Annotated[Path | None, typer.Option(help="Write each answer as a file into this folder.")] = None,
) -> None:
    """Print the answers that a partner would get: the syntax acknowledgement of each interchange (CONTRL, 997) and the
    acknowledgement of each order (ORDRSP, 855, OrderResponse, ConfirmationRequest). Nothing is kept or sent.

    Example: `orderwright ack order.edi --also ship-notice --out answers`
    """
    import reader

    raise typer.Exit(reader.acknowledge(files, outcome=outcome, also=also, folder=out, today=datetime.now(UTC)))


@partner_app.command()
def check(files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Sample messages of a partner.")]) -> None:
    """Say what a partner's sample message would need: profile, version, numbers, units, and what its answers would report.

    Example: `orderwright partner check sample.edi`
    """
    import reader
    from models.store.company_files import read_company

    company = read_company(read_settings().company)
    raise typer.Exit(reader.check_partner(files, [entry.row.profile() for entry in company.partners]))


@app.command()
def orders(
    status: Annotated[str, typer.Option(help="Only orders in this state, such as NeedsReview.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
) -> None:
    """List the newest orders: who, what, how it went, why it stopped where it did."""
    from entrypoints.cli_tables import order_table

    found = [order for order in open_store().orders.recent(limit) if status.lower() in ("", order.status.value.lower())]
    console().print(order_table(found))


@app.command()
def show(order: OrderArgument) -> None:
    """Show one order at a glance: lines, questions, decisions, shipments, timeline."""
    import gateway as root
    from entrypoints.cli_tables import order_at_a_glance

    records = open_store()
    console().print(order_at_a_glance(find_order(records, order), records, root.presence_of(read_settings())))


@app.command()
def approve(order: OrderArgument, why: Why = "", by: By = "", version: Version = None) -> None:
    """Accept an order with its open findings.

    Example: `orderwright approve 4500881203 --why "price agreed by phone"`
    """
    _decide(order, "approve", decision(by, version, note=why or None))


@app.command(name="accept-part")
def accept_part(order: OrderArgument, why: Why = "", by: By = "", version: Version = None) -> None:
    """Let the good lines of an order go on; the doubtful ones wait as an order of their own, where the customer allows it.

    Example: `orderwright accept-part 4500881203 --why "the bolts are urgent"`
    """
    _decide(order, "accept_part", decision(by, version, note=why or None))


@app.command()
def reject(order: OrderArgument, why: Why, by: By = "", version: Version = None) -> None:
    """Reject an order; the buyer is told why.

    Example: `orderwright reject 4500881203 --why "we do not sell this"`
    """
    _decide(order, "reject", decision(by, version, reason=why))


@app.command()
def hold(order: OrderArgument, why: Why, by: By = "", version: Version = None) -> None:
    """Put an order on hold.

    Example: `orderwright hold 4500881203 --why "waiting for the buyer's call"`
    """
    _decide(order, "hold", decision(by, version, reason=why))


@app.command()
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


app.command(name="ask")(ask_buyer)
app.command(name="return")(cli_returns.request_return)
app.command(name="return-decide")(cli_returns.return_decide)
app.command(name="return-receive")(cli_returns.return_receive)


@app.command()
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


@app.command()
def token() -> None:
    """Print the API token."""
    typer.echo(api_token(read_settings()))


@app.command()
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


def main() -> NoReturn:
    """Run a command. Foreseeable failures end with status 1 and a sentence on standard error."""
    try:
        app()
    except OrderwrightError as error:
        complain(str(error))
    sys.exit(1)
