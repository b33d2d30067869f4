"""What the Message-ID of each message of ours begins with, so that an answer finds the message that it answers."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("digest", sa.Text()))
    op.create_index("outbox_by_digest", "outbox", ["digest"])
    outbox = sa.table("outbox", sa.column("key", sa.Text), sa.column("digest", sa.Text))
    connection = op.get_bind()
    for key in connection.execute(sa.select(outbox.c.key)).scalars().all():
        digest = hashlib.sha256(key.encode()).hexdigest()[:40]
        connection.execute(outbox.update().where(outbox.c.key == key).values(digest=digest))
