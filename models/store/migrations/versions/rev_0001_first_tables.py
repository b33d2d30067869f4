"""The first tables: journals, warehouse, parties and catalogue."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

decimal = sa.Text().with_variant(sa.Numeric(), "postgresql")
counter = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _open_the_order_book()
    _open_the_journals()
    _open_the_warehouse()
    _open_the_parties()
    _open_the_catalogue()
    _forbid_changes_to_the_audit_trail()


def _open_the_order_book() -> None:
    op.create_table(
        "inbox",
        sa.Column("arrival", counter, primary_key=True),
        sa.Column("message_id", sa.Text(), nullable=False, unique=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
    )
    op.create_index("inbox_by_state", "inbox", ["state", "arrival"])
    op.create_table(
        "sales_order",
        sa.Column("opening", counter, primary_key=True),
        sa.Column("order_id", sa.Text(), nullable=False, unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("customer_number", sa.Text()),
        sa.Column("currency", sa.Text()),
        sa.Column("gross", decimal),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("quantities", sa.JSON(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
    )
    op.create_index("sales_order_by_customer", "sales_order", ["customer_number", "status"])
    op.create_index("sales_order_by_status", "sales_order", ["status", "opening"])
    op.create_table(
        "shipment",
        sa.Column("shipment_id", sa.Text(), primary_key=True),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
    )
    op.create_index("shipment_by_order", "shipment", ["order_id"])
    op.create_table(
        "return_order",
        sa.Column("rma", sa.Text(), primary_key=True),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
    )
    op.create_index("return_order_by_order", "return_order", ["order_id"])


def _open_the_journals() -> None:
    op.create_table(
        "outbox",
        sa.Column("posting", counter, primary_key=True),
        sa.Column("key", sa.Text(), nullable=False, unique=True),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("document", sa.JSON(), nullable=False),
    )
    op.create_index("outbox_by_subject", "outbox", ["subject_id", "posting"])
    op.create_table(
        "audit",
        sa.Column("sequence", counter, primary_key=True, autoincrement=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.UniqueConstraint("subject_id", "key", name="audit_once_per_fact"),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name="audit_head_is_one_row"),
    )
    op.create_table(
        "number_range",
        sa.Column("range_name", sa.Text(), primary_key=True),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "number_given",
        sa.Column("range_name", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("range_name", "number", name="number_given_once"),
    )


def _open_the_warehouse() -> None:
    op.create_table(
        "stock",
        sa.Column("warehouse", sa.Text(), primary_key=True),
        sa.Column("sku", sa.Text(), primary_key=True),
        sa.Column("bin", sa.Text(), primary_key=True),
        sa.Column("on_hand", decimal, nullable=False),
    )
    op.create_index("stock_by_sku", "stock", ["sku"])
    op.create_table(
        "stock_movement",
        sa.Column("movement", counter, primary_key=True),
        sa.Column("key", sa.Text(), nullable=False, unique=True),
        sa.Column("warehouse", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("bin", sa.Text(), nullable=False),
        sa.Column("quantity", decimal, nullable=False),
    )
    op.create_index("stock_movement_by_bin", "stock_movement", ["sku", "warehouse", "bin"])
    op.create_table(
        "inbound",
        sa.Column("reference", sa.Text(), primary_key=True),
        sa.Column("sku", sa.Text(), primary_key=True),
        sa.Column("warehouse", sa.Text(), nullable=False),
        sa.Column("quantity", decimal, nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("is_received", sa.Boolean(), nullable=False),
    )
    op.create_index("inbound_by_sku", "inbound", ["sku"])
    op.create_table(
        "hold",
        sa.Column("hold", counter, primary_key=True),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("warehouse", sa.Text(), nullable=False),
        sa.Column("bin", sa.Text()),
        sa.Column("inbound_reference", sa.Text()),
        sa.Column("quantity", decimal, nullable=False),
        sa.Column("available_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("shipment_id", sa.Text()),
        sa.CheckConstraint("(bin IS NULL) <> (inbound_reference IS NULL)", name="hold_is_on_bin_or_inbound"),
    )
    op.create_index("hold_by_order", "hold", ["order_id"])
    op.create_index("hold_by_sku", "hold", ["sku", "state"])
    op.create_index(
        "hold_once_per_part",
        "hold",
        ["order_id", "line", "part"],
        unique=True,
        sqlite_where=sa.text("state <> 'released'"),
        postgresql_where=sa.text("state <> 'released'"),
    )


def _open_the_parties() -> None:
    op.create_table(
        "company",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.CheckConstraint("id = 1", name="company_is_one_row"),
    )
    op.create_table(
        "customer",
        sa.Column("number", sa.Text(), primary_key=True),
        sa.Column("document", sa.JSON(), nullable=False),
    )
    op.create_table(
        "ship_to",
        sa.Column("customer_number", sa.Text(), primary_key=True),
        sa.Column("code", sa.Text(), primary_key=True),
        sa.Column("document", sa.JSON(), nullable=False),
    )
    op.create_table(
        "warehouse",
        sa.Column("code", sa.Text(), primary_key=True),
        sa.Column("document", sa.JSON(), nullable=False),
    )
    op.create_table(
        "partner",
        sa.Column("customer_number", sa.Text(), primary_key=True),
        sa.Column("standard", sa.Text(), primary_key=True),
        sa.Column("document", sa.JSON(), nullable=False),
    )
    op.create_table(
        "exemption",
        sa.Column("customer_number", sa.Text(), primary_key=True),
        sa.Column("region", sa.Text(), primary_key=True),
        sa.Column("certificate", sa.Text(), primary_key=True),
        sa.Column("document", sa.JSON(), nullable=False),
    )


def _open_the_catalogue() -> None:
    op.create_table(
        "item",
        sa.Column("sku", sa.Text(), primary_key=True),
        sa.Column("sku_key", sa.Text(), nullable=False),
        sa.Column("gtin", sa.Text(), unique=True),
        sa.Column("mpn_key", sa.Text()),
        sa.Column("document", sa.JSON(), nullable=False),
    )
    op.create_index("item_by_mpn_key", "item", ["mpn_key"])
    op.create_index("item_by_sku_key", "item", ["sku_key"])
    op.create_table(
        "customer_item",
        sa.Column("customer_number", sa.Text(), primary_key=True),
        sa.Column("customer_part_number", sa.Text(), primary_key=True),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
    )
    op.create_index("customer_item_by_key", "customer_item", ["customer_number", "number_key"])
    op.create_table(
        "price",
        sa.Column("price_list", sa.Text(), primary_key=True),
        sa.Column("sku", sa.Text(), primary_key=True),
        sa.Column("currency", sa.Text(), primary_key=True),
        sa.Column("minimum_quantity", decimal, primary_key=True),
        sa.Column("valid_from", sa.Date(), primary_key=True),
        sa.Column("valid_to", sa.Date()),
        sa.Column("document", sa.JSON(), nullable=False),
    )
    op.create_index("price_by_sku", "price", ["sku"])
    op.create_table(
        "tax_rate",
        sa.Column("country", sa.Text(), primary_key=True),
        sa.Column("region", sa.Text(), primary_key=True),
        sa.Column("category", sa.Text(), primary_key=True),
        sa.Column("valid_from", sa.Date(), primary_key=True),
        sa.Column("valid_to", sa.Date()),
        sa.Column("document", sa.JSON(), nullable=False),
    )
    op.create_table(
        "carrier_service",
        sa.Column("code", sa.Text(), primary_key=True),
        sa.Column("service", sa.Text(), primary_key=True),
        sa.Column("from_country", sa.Text(), primary_key=True),
        sa.Column("to_zone", sa.Text(), primary_key=True),
        sa.Column("max_weight_kg", decimal, primary_key=True),
        sa.Column("document", sa.JSON(), nullable=False),
    )
    op.create_table(
        "zone",
        sa.Column("country", sa.Text(), primary_key=True),
        sa.Column("zone", sa.Text(), primary_key=True),
    )
    op.create_table(
        "data_version",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
    )


def _forbid_changes_to_the_audit_trail() -> None:
    """Whoever may write the database could still drop these; the chain of digests shows what they then did."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{change.lower()} BEFORE {change} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
    )
