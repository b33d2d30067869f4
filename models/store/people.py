"""The people of the desk and who is signed in. Passwords are kept as hashes, sessions by their digests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from models.domain.errors import Rejected
from models.domain.people import Person, Role, name_key
from models.store.people_tables import desk_session, identity, person
from models.store.session import insert_new, reading, writing


class SqlPeople:
    """Fulfils `entrypoints.backend.People`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, who: Person, password_hash: str) -> bool:
        """Add the person, or give them another role and password and end their sessions; whether they are new."""
        key = name_key(who.name)
        with writing(self._engine) as connection:
            values = {"name": who.name, "role": who.role.value, "password_hash": password_hash}
            is_new = connection.execute(update(person).where(person.c.name_key == key).values(**values)).rowcount == 0
            if is_new:
                connection.execute(insert(person).values(name_key=key, **values))
            _end_sessions(connection, key)
            return is_new

    def remove(self, name: str) -> None:
        """Take the person off and end their sessions. Raises `Rejected` where nobody has that name."""
        key = name_key(name)
        with writing(self._engine) as connection:
            gone = [connection.execute(delete(each).where(each.c.name_key == key)).rowcount for each in (person, identity)]
            if not any(gone):
                raise Rejected(f"nobody is called {name!r} here; `orderwright people list` shows who there is", code="not_found")
            _end_sessions(connection, key)

    def all(self) -> Sequence[Person]:
        with reading(self._engine) as connection:
            rows = connection.execute(select(person.c.name, person.c.role).order_by(person.c.name_key)).all()
        return [Person(name=row.name, role=Role(row.role)) for row in rows]

    def find(self, name: str) -> tuple[Person, str] | None:
        """The person of that name with the hash of their password."""
        with reading(self._engine) as connection:
            row = connection.execute(select(person).where(person.c.name_key == name_key(name))).one_or_none()
        return None if row is None else (Person(name=row.name, role=Role(row.role)), row.password_hash)

    def claim_name(self, issuer: str, subject: str, name: str) -> str:
        """The name that this subject of the identity provider's has here: the one it came with first.

        Raises `Rejected` where that is another's name: two people under one name would be one for the rule of four eyes.
        """
        key = name_key(name)
        with writing(self._engine) as connection:
            wanted = select(identity.c.name).where(identity.c.issuer == issuer, identity.c.subject == subject)
            kept: str | None = connection.scalar(wanted)
            if kept is not None:
                return kept
            is_taken = connection.scalar(select(func.count()).select_from(person).where(person.c.name_key == key))
            if is_taken or not insert_new(connection, identity, issuer=issuer, subject=subject, name_key=key, name=name):
                raise Rejected(f"the name {name!r} is already somebody else's here", code="name_taken")
        return name

    def known_by_providers(self) -> Sequence[tuple[str, str]]:
        """The names of those whom identity providers vouched for, each with the provider's address."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(identity.c.name, identity.c.issuer).order_by(identity.c.name_key)).all()
        return [(row.name, row.issuer) for row in rows]

    def begin_session(
        self, digest: str, name: str, ends_at: datetime, now: datetime, *, issuer: str = "", role: Role | None = None
    ) -> None:
        """Keep that the browser whose token has this digest is `name`'s; sessions that have ended are thrown away.

        `issuer` vouches for the name and gave the `role`; without one the role is that of the person who is registered.
        """
        with writing(self._engine) as connection:
            connection.execute(delete(desk_session).where(desk_session.c.ends_at <= now))
            values = {"token_digest": digest, "name_key": name_key(name), "name": name, "ends_at": ends_at}
            connection.execute(insert(desk_session).values(**values, issuer=issuer, role=role.value if role else ""))

    def end_session(self, digest: str) -> None:
        with writing(self._engine) as connection:
            connection.execute(delete(desk_session).where(desk_session.c.token_digest == digest))

    def signed_in(self, digest: str, now: datetime, issuer: str = "") -> Person | None:
        """Whose session this is, with the role they have now; a session that `issuer` vouched for has the role it gave.

        Until the first person is registered, whoever signed in with the API token is an operator; after that, nobody is.
        """
        columns = select(desk_session.c.name, desk_session.c.role.label("given"), person.c.name.label("known"), person.c.role)
        joined = columns.outerjoin(person, person.c.name_key == desk_session.c.name_key)
        with reading(self._engine) as connection:
            wanted = joined.where(desk_session.c.token_digest == digest, desk_session.c.ends_at > now)
            row = connection.execute(wanted.where(desk_session.c.issuer == issuer)).one_or_none()
            if row is None:
                return None
            if issuer:
                return Person(name=row.name, role=Role(row.given))
            if row.known is not None:
                return Person(name=row.known, role=Role(row.role))
            is_anybody_known = connection.scalar(select(func.count()).select_from(person))
        return None if is_anybody_known else Person(name=row.name, role=Role.OPERATOR)


def _end_sessions(connection: Connection, key: str) -> None:
    connection.execute(delete(desk_session).where(desk_session.c.name_key == key))
