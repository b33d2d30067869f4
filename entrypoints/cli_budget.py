"""Commands about what became of orders: the error budget, the looks that keep it honest, and orders that did not come."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from entrypoints.cli_support import By, OrderArgument, Why, console, find_order, note, open_store, read_settings, user_name
from entrypoints.cli_tables import budget_table, kinds_table, plain_text
from models.domain.error_budget import budget_use, outcome_of
from models.domain.errors import Rejected
from models.domain.messages import AuditEntry

if TYPE_CHECKING:
    from sqlalchemy import Engine

look_app = typer.Typer(no_args_is_help=True, help="Touchless orders that were drawn for a look afterwards.")


def budget(
    percent: Annotated[
        float | None, typer.Option(min=0.01, max=49, help="The share of wrong orders we tolerate; left out: the policy's.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many of the newest orders count for the sources.")] = 5000,
) -> None:
    """How many touchless orders were wrong, by source and by kind, and how much of the error budget that uses.

    An order was wrong that came back or that had to be put right. The bound holds with 95 % confidence (Clopper-Pearson); the
    threshold is the highest risk up to which the orders so far prove the budget to be kept. Kinds that are broken or unproven
    go to a person until they are proven again.

    Example: `orderwright budget --percent 0.5`
    """
    from models.store.outcomes import SqlOutcomes
    from models.store.parties import SqlParties

    store, engine = open_store(), _engine()
    policy = SqlParties(engine).company().policy.error_budget
    if percent is not None:
        policy = policy.model_copy(update={"tolerated_percent": percent})
    orders = store.orders.recent(limit)
    returned = store.returns.orders()
    outcomes = [outcome_of(order, was_returned=order.order_id in returned) for order in orders]
    console().print(budget_table(budget_use([each for each in outcomes if each is not None], policy.tolerated)))
    kept, now = SqlOutcomes(engine), datetime.now(UTC)
    console().print(kinds_table([(kind, kept.judged(kind, policy, now)) for kind in kept.kinds()], policy))
    note(f"{policy.needed} orders without a wrong one prove a kind; until then it is new and more of it is drawn for a look")


@look_app.command(name="list")
def list_drawn() -> None:
    """The touchless orders that were drawn and that nobody looked at yet, oldest first."""
    from models.store.outcomes import SqlOutcomes

    drawn = SqlOutcomes(_engine()).drawn()
    for each in drawn:
        console().print(plain_text(f"{each.order_id} ({each.kind.words}, decided {each.decided_at:%Y-%m-%d})"))
    note(f"{len(drawn)} orders to look at: compare each with its document, then `orderwright look right` or `wrong`")


@look_app.command(name="right")
def look_right(order: OrderArgument, by: By = "") -> None:
    """Say that a touchless order is what its sender wanted.

    Example: `orderwright look right 4500881203`
    """
    _keep_look(order, by, "", is_right=True)


@look_app.command(name="wrong")
def look_wrong(order: OrderArgument, why: Why, by: By = "") -> None:
    """Say that a touchless order is not what its sender wanted, and why. It counts against the budget at once.

    Example: `orderwright look wrong 4500881203 --why "line 2 is 10 boxes, not 10 pieces"`
    """
    _keep_look(order, by, why, is_right=False)


def gaps() -> None:
    """The customers who should have ordered by now: longer silent than twice their usual, and than any of their last 12 gaps.

    Example: `orderwright gaps`
    """
    from models.store.desk_figures import SqlDeskFigures

    missed = SqlDeskFigures(_engine()).missed(datetime.now(UTC).date())
    for each, name in missed:
        rhythm = f"usual are {each.usual_gap:.0f}, the longest of late was {each.longest_gap}; expected about {each.expected_on}"
        silence = f"last order {each.last_order}, {each.days_since} days ago"
        console().print(plain_text(f"{each.customer} {name}: {silence}; {rhythm}"))
    note(f"{len(missed)} customers have not ordered when they usually would")


def _keep_look(order: str, by: str, why: str, *, is_right: bool) -> None:
    from models.store.outcomes import SqlOutcomes

    store = open_store()
    found = find_order(store, order)
    if not is_right and not why.strip():
        raise Rejected("say what is wrong with it (--why): whoever mends the cause needs to know")
    at, who = datetime.now(UTC), by or user_name()
    word = "right" if is_right else "wrong"
    entry = AuditEntry(
        subject_id=found.order_id,
        key=f"look:{at.isoformat()}",
        event="LookedAt",
        actor=who,
        at=at,
        summary=f"{who} looked at the touchless order and found it {word}{f': {why}' if why else ''}",
        details={"look": word, "why": why},
    )
    SqlOutcomes(_engine()).look(entry, is_right=is_right)
    note(f"{found.order_id}: kept as {word}")


def _engine() -> Engine:
    from models.store.session import engine_for

    return engine_for(read_settings().database)
