"""Documents in the database: what is remembered of them is what their text says."""

from __future__ import annotations

from sqlalchemy import Engine, select, text

from models.domain.lifecycle import OrderStatus
from models.store.order_book import SqlOrderBook
from models.store.tables import sales_order
from tests.store.samples import order


def test_what_is_remembered_of_a_document_gives_way_to_another_text(engine: Engine) -> None:
    """Somebody else wrote the row: the new text is taken apart, not what was kept here before."""
    book = SqlOrderBook(engine)
    kept = book.open(order(net="100.00"))
    assert book.find(kept.order_id) == kept
    other = kept.model_copy(update={"status": OrderStatus.ON_HOLD})
    with engine.begin() as connection:
        written = "CAST(:document AS JSON)" if engine.dialect.name == "postgresql" else ":document"
        statement = text(f"UPDATE sales_order SET document = {written} WHERE order_id = :order_id")
        connection.execute(statement, {"document": other.model_dump_json(), "order_id": kept.order_id})
        assert connection.scalar(select(sales_order.c.document)) == other
