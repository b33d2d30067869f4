"""The day on which an order came, so that a customer's rhythm is read without opening every order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Orders from before have none: their days are left out of the rhythm.
    op.add_column("sales_order", sa.Column("received_on", sa.Date()))
    op.create_index("sales_order_by_currency", "sales_order", ["currency", "opening"])
