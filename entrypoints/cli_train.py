"""The commands that learn from the operator's own books."""

from __future__ import annotations

import typer

from entrypoints.cli_support import complain, note, read_settings
from models.domain.errors import Rejected

train_app = typer.Typer(no_args_is_help=True, help="Train what decides on your own orders.")


@train_app.callback()
def _group() -> None:
    """Names the group: further models get a command of their own."""


@train_app.command(name="risk")
def train_risk() -> None:
    """Train the risk model on your own decided orders; it is in force as soon as it is written.

    It is judged on your newest orders first: where the model in force does better there, that one stays. Exit status: 0 when
    the new model is in force, 1 when the old one stays.

    Example: `orderwright train risk`
    """
    import trainer

    try:
        words = trainer.train_risk(read_settings())
    except Rejected as refusal:
        complain(str(refusal))
        raise typer.Exit(1) from refusal
    note(f"the new risk model is in force; {words}")
