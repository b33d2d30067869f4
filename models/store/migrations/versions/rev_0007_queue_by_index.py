"""The review queue with what it is filtered by in columns and tags. Its rows are made anew from the orders that wait."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("review_queue")
    op.create_table(
        "review_queue",
        sa.Column("order_id", sa.Text(), primary_key=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("worth", sa.BigInteger()),
        sa.Column("details", sa.JSON(), nullable=False),
    )
    op.create_index("review_queue_by_age", "review_queue", ["received_at", "order_id"])
    op.create_index("review_queue_by_due", "review_queue", ["due_at"])
    op.create_table(
        "review_tag",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("word", sa.Text(), primary_key=True),
        sa.Column("order_id", sa.Text(), primary_key=True),
    )
    op.create_index("review_tag_by_order", "review_tag", ["order_id"])
