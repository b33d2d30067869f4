"""Commands about what was learned from people's decisions: list it, show one fact with its lessons, undo one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from entrypoints.cli_support import By, Why, console, note, read_settings, user_name
from entrypoints.cli_tables import plain_text
from models.domain.errors import Rejected
from models.domain.learning import CERTAIN, FactKind, LearnedFact, Lesson
from models.domain.messages import AuditEntry
from models.domain.sales_order import SalesOrder

if TYPE_CHECKING:
    from models.store.books import Books

app = typer.Typer(no_args_is_help=True, help="What people's decisions taught: part numbers, wordings, units, places, senders.")
_FactArgument = Annotated[str, typer.Argument(metavar="FACT", help="The fact's id, as receipts and the list show it.")]
_OPEN_ORDERS = 1000


@app.command(name="list")
def list_facts(
    customer: Annotated[str, typer.Option(help="Only what was learned of this customer (number).")] = "",
    kind: Annotated[FactKind | None, typer.Option(help="Only facts of this kind.")] = None,
) -> None:
    """List what was learned: of whom, what, from whom, how it did, and whether it is used.

    Example: `orderwright learned list --customer 10010`
    """
    today = datetime.now(UTC).date()
    found = [
        fact for fact in _books().lessons.facts() if customer in ("", _customer_of(fact)) and kind in (None, fact.statement.kind)
    ]
    if not found:
        note(_nothing(customer, kind))
        return
    console().print(_table(found, today))
    many = "1 fact" if len(found) == 1 else f"{len(found)} facts"
    note(f"{many}; `orderwright learned show FACT` tells its lessons and orders, `learned undo FACT` takes one back")


@app.command()
def show(fact: _FactArgument) -> None:
    """Show one fact with every lesson: who taught it, when, from which document, and which orders went through with it.

    Example: `orderwright learned show part-number-3fa91c2e77`
    """
    books = _books()
    known = books.lessons.fact(fact)
    note(known.receipt())
    until = f", expires on {known.expires_on}" if known.expires_on else ""
    state = known.state_on(datetime.now(UTC).date())
    note(f"customer {_customer_of(known)}; {state}; weight {known.weight:.1f}, used by itself from {CERTAIN} on{until}")
    for lesson in known.lessons:
        why = f": {lesson.why}" if lesson.why else ""
        note(f"  {lesson.at:%Y-%m-%d %H:%M} {lesson.kind} by {lesson.by} {lesson.order_id}{why}")
    _tell_touched(known, _waiting_with(books, known))


@app.command()
def undo(fact: _FactArgument, why: Why = "", by: By = "") -> None:
    """Undo a fact: the next order does without it. Names the orders that it touched, so that they can be looked at again.

    Example: `orderwright learned undo part-number-3fa91c2e77 --why "superseded part"`
    """
    books = _books()
    known = books.lessons.fact(fact)
    if not known.standing:
        raise Rejected(f"{known.fact_id} is undone already: nothing counts of it.")
    who, at = by or user_name(), datetime.now(UTC)
    # The key counts the lessons that are undone: two people who undo the same at once undo it once.
    key = f"undone:{len(known.lessons)}"
    books.lessons.teach([Lesson(statement=known.statement, kind="undone", key=key, by=who, at=at, why=why)])
    summary = f"Undone: {known.statement.in_words()}{f' ({why})' if why else ''}"[:300]
    books.audit.append(AuditEntry(subject_id=known.fact_id, key=key, event="FactUndone", actor=who, at=at, summary=summary))
    note(f"undone: {known.statement.in_words()} [{known.fact_id}]")
    _tell_touched(known, _waiting_with(books, known))


def _books() -> Books:
    from models.store.books import Books
    from models.store.session import engine_for

    return Books(engine_for(read_settings().database))


def _customer_of(fact: LearnedFact) -> str:
    return fact.statement.meaning if fact.statement.kind is FactKind.SENDER else fact.statement.scope


def _waiting_with(books: Books, fact: LearnedFact) -> list[SalesOrder]:
    """The orders that went by the fact and still wait for a person: their next check does without it."""
    orders = books.orders.search(customer=_customer_of(fact), limit=_OPEN_ORDERS)
    return [
        order for order in orders if order.status.waits_for_person and any(use.fact_id == fact.fact_id for use in order.learned)
    ]


def _tell_touched(fact: LearnedFact, waiting: Sequence[SalesOrder]) -> None:
    for order_id in fact.touched:
        note(f"  went through with it: {order_id}")
    for order in waiting:
        note(f"  waits with it: {order.order_id}")
    if not fact.touched and not waiting:
        note("  no order went through with it")


def _nothing(customer: str, kind: FactKind | None) -> str:
    """That nothing was learned, or nothing of what was asked for."""
    of = (f" of customer {customer}" if customer else "") + (f" about a {kind.value.replace('_', ' ')}" if kind else "")
    then = "`orderwright learned list` shows all" if of else "corrections and approvals teach (orderwright correct)"
    return f"nothing was learned{of} yet: {then}"


def _table(facts: Sequence[LearnedFact], today: date) -> Table:
    table = Table("Fact", "Customer", "What", "From", "Held", "Overruled", "Expires", "State", expand=True)
    for fact in facts:
        first = fact.lessons[0]
        table.add_row(
            plain_text(fact.fact_id),
            plain_text(_customer_of(fact)),
            plain_text(fact.statement.in_words()),
            plain_text(f"{first.by}, {first.at:%Y-%m-%d}, {first.order_id}"),
            str(fact.count("held")),
            str(fact.count("overruled")),
            str(fact.expires_on or "–"),
            fact.state_on(today),
        )
    return table
