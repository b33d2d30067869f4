"""The commands that match goods in files: queries against a catalogue, and pairs of descriptions with one another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def match_items(
    catalogue: Annotated[Path, typer.Option(help="CSV with the columns sku and description, and what else is known.")],
    queries: Annotated[Path, typer.Option(help="A JSON object with id and query on each line.")],
    customer: Annotated[str | None, typer.Option(metavar="NUMBER", help="Use this customer's own part numbers too.")] = None,
) -> None:
    """Print which item of a catalogue each query means, as a line of JSON, and whether that needs no person.

    Rows of the catalogue that are not right are reported on standard error and left out as far as they are wrong.
    Exit status: 0 when every query was read, 1 when at least one was not, 2 for wrong usage.

    Example: `orderwright match-items --catalogue items.csv --queries lines.jsonl | jq .candidates[0]`
    """
    import matcher

    raise typer.Exit(matcher.match_items(catalogue, queries, customer))


def match_pairs(
    pairs: Annotated[Path, typer.Option(help="A JSON object with id, left and right on each line.")],
    train: Annotated[Path | None, typer.Option(help="Pairs with a label of 0 or 1 to learn from first.")] = None,
) -> None:
    """Print whether the two products of each pair are the same, as a line of JSON with the probability.

    Exit status: 0 when every pair was read, 1 when at least one was not, 2 for wrong usage.

    Example: `orderwright match-pairs --pairs pairs.jsonl --train labelled.jsonl`
    """
    import matcher

    raise typer.Exit(matcher.match_pairs(pairs, train))
