"""The commands that read documents and keep nothing: what they say, how they are answered, what a partner's sample would need."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from entrypoints.cli_support import read_settings

partner_app = typer.Typer(no_args_is_help=True, help="Electronic partners.")


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
