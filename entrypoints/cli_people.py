"""The commands for the people of the review desk."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from entrypoints.cli_support import note, read_settings
from models.domain.people import Person, Role, checked_name

if TYPE_CHECKING:
    from models.store.people import SqlPeople

people_app = typer.Typer(
    no_args_is_help=True,
    help="The people of the review desk. Until the first is added, any name signs in with the API token as operator.",
)


@people_app.command()
def add(
    name: Annotated[str, typer.Argument(help="What decisions are kept under, such as jo.reviewer.")],
    role: Annotated[Role, typer.Option(help="What they may do; each role can do what the ones before it can.")] = Role.REVIEWER,
    password_stdin: Annotated[bool, typer.Option(help="Read the password from standard input instead of asking for it.")] = False,
) -> None:
    """Add a person, or give one another role and password; their sessions end.

    Example: `orderwright people add jo.reviewer --role approver`
    """
    from entrypoints.sign_in import hashed

    try:
        who = Person(name=checked_name(name), role=role)
        password = sys.stdin.readline().rstrip("\r\n") if password_stdin else _asked()
        is_new = _people().put(who, hashed(password))
    except ValueError as error:
        raise typer.BadParameter(f"{error}") from error
    note(f"{who.name}: {who.role.value} {'added' if is_new else 'changed'}")


@people_app.command(name="list")
def show() -> None:
    """Who may sign in, and as what."""
    people = _people()
    known, vouched = people.all(), people.known_by_providers()
    for who in known:
        note(f"{who.name}: {who.role.value}")
    for name, issuer in vouched:
        note(f"{name}: signs in at {issuer}, which gives the role")
    if not known and not vouched:
        note("nobody is registered: any name signs in with the API token (orderwright people add NAME)")


@people_app.command()
def remove(name: Annotated[str, typer.Argument(help="Who shall not sign in any more.")]) -> None:
    """Take a person off the desk; their sessions end at once. What they decided stays theirs.

    Example: `orderwright people remove jo.reviewer`
    """
    _people().remove(name)
    note(f"{name}: removed")


def _asked() -> str:
    password: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


def _people() -> SqlPeople:
    from models.store.people import SqlPeople
    from models.store.session import engine_for

    return SqlPeople(engine_for(read_settings().database))
