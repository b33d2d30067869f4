"""The tables. A document column holds the whole value; the columns beside it are what is looked up, ordered or locked.

Changing a table here needs a migration in `migrations/versions`; a test compares the two on both databases.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)  # fmt: skip

from models.domain.catalogue import CustomerItem, Item, PriceEntry
from models.domain.messages import AuditEntry, InboundMessage, OutboundMessage
from models.domain.party import Company, Customer, PartnerProfile, ShipTo, Warehouse
from models.domain.returns import ReturnOrder
from models.domain.sales_order import SalesOrder
from models.domain.screening import WatchList
from models.domain.shipment import CarrierService, Shipment
from models.domain.tax import Exemption, TaxRate
from models.store.columns import DocumentOf, ExactDecimal, Moment

metadata = MetaData()

#: Counts rows in the order in which they came; SQLite only counts an INTEGER key by itself.
Sequence = BigInteger().with_variant(Integer(), "sqlite")

inbox = Table(
    "inbox",
    metadata,
    Column("arrival", Sequence, primary_key=True, autoincrement=True),
    Column("message_id", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("document", DocumentOf(InboundMessage), nullable=False),
    Index("inbox_by_state", "state", "arrival"),
)

sales_order = Table(
    "sales_order",
    metadata,
    Column("opening", Sequence, primary_key=True, autoincrement=True),
    Column("order_id", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("customer_number", Text),
    Column("currency", Text),
    Column("gross", ExactDecimal),
    Column("sender", Text, nullable=False),
    Column("quantities", JSON, nullable=False),
    Column("received_on", Date),
    Column("form", Text),
    Column("document", DocumentOf(SalesOrder), nullable=False),
    Index("sales_order_by_customer", "customer_number", "status"),
    Index("sales_order_by_currency", "currency", "opening"),
    Index("sales_order_by_status", "status", "opening"),
)

shipment = Table(
    "shipment",
    metadata,
    Column("shipment_id", Text, primary_key=True),
    Column("order_id", Text, nullable=False),
    Column("document", DocumentOf(Shipment), nullable=False),
    Index("shipment_by_order", "order_id"),
)

return_order = Table(
    "return_order",
    metadata,
    Column("rma", Text, primary_key=True),
    Column("order_id", Text, nullable=False),
    Column("document", DocumentOf(ReturnOrder), nullable=False),
    Index("return_order_by_order", "order_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("posting", Sequence, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("subject_id", Text, nullable=False),
    Column("sent_at", Moment),
    Column("document", DocumentOf(OutboundMessage), nullable=False),
    #: What the message's Message-ID begins with, so that an answer finds it.
    Column("digest", Text),
    Index("outbox_by_subject", "subject_id", "posting"),
    Index("outbox_by_digest", "digest"),
)

audit = Table(
    "audit",
    metadata,
    Column("sequence", Sequence, primary_key=True, autoincrement=False),
    Column("subject_id", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("document", DocumentOf(AuditEntry), nullable=False),
    UniqueConstraint("subject_id", "key", name="audit_once_per_fact"),
)

#: The end of the audit chain, in its one row: whoever appends locks it, and a cut-off tail shows.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
    CheckConstraint("id = 1", name="audit_head_is_one_row"),
)

number_range = Table(
    "number_range",
    metadata,
    Column("range_name", Text, primary_key=True),
    Column("last_number", BigInteger, nullable=False),
)

number_given = Table(
    "number_given",
    metadata,
    Column("range_name", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
    UniqueConstraint("range_name", "number", name="number_given_once"),
)

stock = Table(
    "stock",
    metadata,
    Column("warehouse", Text, primary_key=True),
    Column("sku", Text, primary_key=True),
    Column("bin", Text, primary_key=True),
    Column("on_hand", ExactDecimal, nullable=False),
    Index("stock_by_sku", "sku"),
)

#: Every change of stock on hand, once per key; a bin's stock on hand is the sum of its movements.
stock_movement = Table(
    "stock_movement",
    metadata,
    Column("movement", Sequence, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("warehouse", Text, nullable=False),
    Column("sku", Text, nullable=False),
    Column("bin", Text, nullable=False),
    Column("quantity", ExactDecimal, nullable=False),
    Index("stock_movement_by_bin", "sku", "warehouse", "bin"),
)

inbound = Table(
    "inbound",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("sku", Text, primary_key=True),
    Column("warehouse", Text, nullable=False),
    Column("quantity", ExactDecimal, nullable=False),
    Column("expected_on", Date, nullable=False),
    Column("is_received", Boolean, nullable=False),
    Index("inbound_by_sku", "sku"),
)

hold = Table(
    "hold",
    metadata,
    Column("hold", Sequence, primary_key=True, autoincrement=True),
    Column("order_id", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("part", Integer, nullable=False),
    Column("sku", Text, nullable=False),
    Column("warehouse", Text, nullable=False),
    Column("bin", Text),
    Column("inbound_reference", Text),
    Column("quantity", ExactDecimal, nullable=False),
    Column("available_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("shipment_id", Text),
    CheckConstraint("(bin IS NULL) <> (inbound_reference IS NULL)", name="hold_is_on_bin_or_inbound"),
    Index("hold_by_order", "order_id"),
    Index("hold_by_sku", "sku", "state"),
    Index(
        "hold_once_per_part",
        "order_id",
        "line",
        "part",
        unique=True,
        sqlite_where=text("state <> 'released'"),
        postgresql_where=text("state <> 'released'"),
    ),
)

company = Table(
    "company",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("document", DocumentOf(Company), nullable=False),
    CheckConstraint("id = 1", name="company_is_one_row"),
)

customer = Table(
    "customer",
    metadata,
    Column("number", Text, primary_key=True),
    Column("document", DocumentOf(Customer), nullable=False),
)

ship_to = Table(
    "ship_to",
    metadata,
    Column("customer_number", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("document", DocumentOf(ShipTo), nullable=False),
)

warehouse = Table(
    "warehouse",
    metadata,
    Column("code", Text, primary_key=True),
    Column("document", DocumentOf(Warehouse), nullable=False),
)

partner = Table(
    "partner",
    metadata,
    Column("customer_number", Text, primary_key=True),
    Column("standard", Text, primary_key=True),
    Column("document", DocumentOf(PartnerProfile), nullable=False),
)

item = Table(
    "item",
    metadata,
    Column("sku", Text, primary_key=True),
    Column("sku_key", Text, nullable=False),
    Column("gtin", Text, unique=True),
    Column("mpn_key", Text),
    Column("document", DocumentOf(Item), nullable=False),
    Index("item_by_sku_key", "sku_key"),
    Index("item_by_mpn_key", "mpn_key"),
)

customer_item = Table(
    "customer_item",
    metadata,
    Column("customer_number", Text, primary_key=True),
    Column("customer_part_number", Text, primary_key=True),
    Column("number_key", Text, nullable=False),
    Column("document", DocumentOf(CustomerItem), nullable=False),
    Index("customer_item_by_key", "customer_number", "number_key"),
)

price = Table(
    "price",
    metadata,
    Column("price_list", Text, primary_key=True),
    Column("sku", Text, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("minimum_quantity", ExactDecimal, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    Column("document", DocumentOf(PriceEntry), nullable=False),
    Index("price_by_sku", "sku"),
)

tax_rate = Table(
    "tax_rate",
    metadata,
    Column("country", Text, primary_key=True),
    Column("region", Text, primary_key=True),
    Column("category", Text, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    Column("document", DocumentOf(TaxRate), nullable=False),
)

exemption = Table(
    "exemption",
    metadata,
    Column("customer_number", Text, primary_key=True),
    Column("region", Text, primary_key=True),
    Column("certificate", Text, primary_key=True),
    Column("document", DocumentOf(Exemption), nullable=False),
)

carrier_service = Table(
    "carrier_service",
    metadata,
    Column("code", Text, primary_key=True),
    Column("service", Text, primary_key=True),
    Column("from_country", Text, primary_key=True),
    Column("to_zone", Text, primary_key=True),
    Column("max_weight_kg", ExactDecimal, primary_key=True),
    Column("document", DocumentOf(CarrierService), nullable=False),
)

zone = Table(
    "zone",
    metadata,
    Column("country", Text, primary_key=True),
    Column("zone", Text, primary_key=True),
)

#: A list of denied parties as it was loaded last: one document, replaced as a whole.
watch_list = Table(
    "watch_list",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("loaded_at", Moment, nullable=False),
    Column("document", DocumentOf(WatchList), nullable=False),
)

#: Counts the changes of what others keep copies of, such as a search index over the items.
data_version = Table(
    "data_version",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
)
