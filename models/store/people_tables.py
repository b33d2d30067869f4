"""The tables of the desk's people, beside the others in `tables`."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from models.store.columns import Moment
from models.store.tables import metadata

#: Who may sign in with a password. `name_key` is the name without case, so that one person has one entry.
person = Table(
    "person",
    metadata,
    Column("name_key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
)

#: Whom an identity provider told us of: one subject keeps one name, and a name is one subject's (OpenID Connect Core 1.0, 5.7).
identity = Table(
    "identity",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("name_key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
)

#: Who is signed in, by the digest of what their browser keeps: who reads this table can sign in as nobody. A session that an
#: identity provider vouched for names it and the role that it gave.
desk_session = Table(
    "desk_session",
    metadata,
    Column("token_digest", Text, primary_key=True),
    Column("name_key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("issuer", Text, nullable=False, server_default=""),
    Column("role", Text, nullable=False, server_default=""),
    Index("desk_session_by_name", "name_key"),
)
