"""The form of each order's document, so that one of a new form is known without opening every order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Orders from before have none: the next one of each customer is taken for the first in its form.
    op.add_column("sales_order", sa.Column("form", sa.Text()))
