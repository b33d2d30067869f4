"""What became of touchless orders, by kind: what the error budget is reckoned from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "order_outcome",
        sa.Column("order_id", sa.Text(), primary_key=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("customer_group", sa.Text(), nullable=False),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_touchless", sa.Boolean(), nullable=False),
        sa.Column("is_wrong", sa.Boolean(), nullable=False),
        sa.Column("came_back", sa.Boolean(), nullable=False),
        sa.Column("is_drawn", sa.Boolean(), nullable=False),
        sa.Column("look", sa.Text(), nullable=False),
    )
    op.create_index("order_outcome_by_kind", "order_outcome", ["source", "customer_group", "band", "decided_at"])
