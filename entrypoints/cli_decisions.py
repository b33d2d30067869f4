"""Commands about decisions: explain one, try another policy on past ones, prove that the trail was not altered, and load the
lists of denied parties that decisions are made with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from entrypoints.cli_support import (
    By,
    ask,
    complain,
    console,
    decision,
    find_order,
    note,
    open_store,
    order_id_of,
    read_settings,
)
from entrypoints.cli_tables import decision_explained, plain_text
from models.domain.decision_record import decisions_of, records_in
from models.domain.errors import Misconfigured, OrderwrightError
from models.domain.partial import other_part_words
from models.domain.policy import DecisionPolicy
from models.domain.risk import ModelRisk
from models.domain.what_if import ChangedDecision, changed_decisions, last_automatic

if TYPE_CHECKING:
    from models.store.audit_trail import SqlAuditTrail

lists_app = typer.Typer(no_args_is_help=True, help="The lists of denied parties that every order is screened against.")
OrderArgument = Annotated[str, typer.Argument(metavar="ORDER", help="Order id or PO number.")]


def explain(
    order: OrderArgument,
    all_decisions: Annotated[bool, typer.Option("--all", help="Every decision on the order, not only the last.")] = False,
) -> None:
    """Tell why an order was decided as it was: every check, what it looked at, and what would have changed it.

    Example: `orderwright explain 4500881203`
    """
    store = open_store()
    found = find_order(store, order)
    records = records_in(store.audit.timeline(decisions_of(found.order_id)))
    if not records:
        note(f"{found.order_id}: no decision is on record yet")
        return
    for record in records if all_decisions else records[-1:]:
        console().print(decision_explained(record))
    if found.part is not None:
        note(f"{other_part_words(found.part)}: {found.part.other}")


def ask_buyer(
    order: OrderArgument,
    text: Annotated[str, typer.Option(help="Your own words; the drafted question if left out.")] = "",
    by: By = "",
) -> None:
    """Ask the buyer by mail about an order that waits; it is on hold until the answer comes.

    Example: `orderwright ask 4500881203 --text "Which colour do you mean in line 3?"`
    """
    said = decision(by, None, **({"text": text} if text else {}))
    receipt = ask(lambda client: client.ask(order_id_of(order), said))
    note(f"{receipt.order_id}: asked; {receipt.status}")


def replay(
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Decisions from this day on (UTC).")],
    policy: Annotated[Path | None, typer.Option(help="The policy file to try; left out: the one in force.")] = None,
    risk_model: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The risk model to try: risk.ubj with its card beside it.")
    ] = None,
) -> None:
    """Run past decisions through another policy, or another risk model, and list those that would change. Nothing is changed.

    Exit status: 0 when no decision would change, 1 when at least one would, 2 when policy, model or books cannot be read.

    Example: `orderwright replay --since 2026-11-01 --policy policy.yaml`
    """
    try:
        count, changed = _tried(since.replace(tzinfo=UTC), policy, risk_model)
    except OrderwrightError as error:
        complain(str(error))
        raise typer.Exit(2) from error
    for each in changed:
        console().print(plain_text(f"{each.order_id} ({each.decided_at}): {each.in_words()}"))
    note(f"{len(changed)} of {count} decisions since {since:%Y-%m-%d} would change")
    raise typer.Exit(1 if changed else 0)


def _tried(since: datetime, file: Path | None, model: Path | None) -> tuple[int, list[ChangedDecision]]:
    if file is None and model is None:
        raise Misconfigured("nothing to try: name a policy (--policy FILE), a risk model (--risk-model FILE), or both")
    policy = _policy(file)
    judged = _judge_in(model) if model else None
    kept = records_in(entry for entry in _trail().of_kind(decisions_of("")) if entry.at >= since)
    records = [record for record in last_automatic(kept) if record.at >= since]
    return len(records), list(changed_decisions(records, policy, model=judged))


def _policy(file: Path | None) -> DecisionPolicy:
    from models.store.company_files import read_policy
    from models.store.parties import SqlParties
    from models.store.session import engine_for

    return read_policy(file) if file else SqlParties(engine_for(read_settings().database)).company().policy


def _judge_in(file: Path) -> Callable[[Mapping[str, float]], ModelRisk]:
    import trainer

    return trainer.risk_model_of(file).judged


def verify() -> None:
    """Prove that no entry of the audit trail was altered, moved or removed. Exit status 1 where one was."""
    trail = _trail()
    breaks = trail.verify()
    for each in breaks:
        complain(f"audit entry {each.sequence}: {each.cause}")
    if breaks:
        raise typer.Exit(1)
    last, digest = trail.head()
    note(f"{last} entries, none altered; the last one's digest is {digest or 'none'}")


@lists_app.command(name="load")
def load_list(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="One list; OFAC's sdn.csv may be followed by its alt.csv.")
    ],
) -> None:
    """Put a list in force: OFAC's SDN list (CSV or XML), the EU's (XML), the UN's (XML) or the UK's (CSV). The format is seen.

    A file with a mistake is refused with its line, and the last good list stays in force.

    Example: `orderwright lists load sdn.csv alt.csv`
    """
    from models.store.session import engine_for
    from models.store.watch_list_files import read_watch_list
    from models.store.watch_lists import SqlWatchLists

    read = read_watch_list(files)
    is_new = SqlWatchLists(engine_for(read_settings().database)).take(read, datetime.now(UTC))
    note(f"{read.name} {read.version}: {len(read.entries)} entries {'in force' if is_new else 'were in force already'}")


@lists_app.command(name="show")
def show_lists() -> None:
    """The lists in force with their versions."""
    from models.store.session import engine_for
    from models.store.watch_lists import SqlWatchLists

    held = SqlWatchLists(engine_for(read_settings().database)).versions()
    for version, loaded_at in held:
        note(f"{version.name} {version.version}, loaded {loaded_at:%Y-%m-%d %H:%M} UTC")
    if not held:
        note("no list is loaded: no order is screened for denied parties (orderwright lists load FILE)")


def _trail() -> SqlAuditTrail:
    from models.store.audit_trail import SqlAuditTrail
    from models.store.session import engine_for

    return SqlAuditTrail(engine_for(read_settings().database))
