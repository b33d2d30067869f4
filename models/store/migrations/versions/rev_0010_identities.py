"""People whom an identity provider vouches for: the names that they keep, and the role of their sessions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identity",
        sa.Column("issuer", sa.Text(), primary_key=True),
        sa.Column("subject", sa.Text(), primary_key=True),
        sa.Column("name_key", sa.Text(), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False),
    )
    op.add_column("desk_session", sa.Column("issuer", sa.Text(), nullable=False, server_default=""))
    op.add_column("desk_session", sa.Column("role", sa.Text(), nullable=False, server_default=""))
