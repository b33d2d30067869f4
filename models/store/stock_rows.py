"""The rows of the stock ledger: locking them in one order, reading what is free, and moving stock. Needs a transaction.

Lock order: the order's own lock, bins by (warehouse, SKU, bin), expected deliveries by (reference, SKU). Whoever adds a
hold on a bin or a delivery has locked its row first, so what is free cannot shrink between reading and holding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, or_, select, text, update

from models.domain.allocation import Hold, HoldState
from models.domain.errors import Rejected
from models.domain.identifiers import OrderId, Sku
from models.store.session import in_chunks, insert_new
from models.store.tables import hold, inbound, stock, stock_movement

#: Holds that keep stock from others.
ACTIVE: tuple[HoldState, ...] = ("reserved", "allocated")

BinKey = tuple[str, str, str]
SupplyKey = tuple[str, str]


def lock_order(connection: Connection, order_id: OrderId) -> None:
    """Let nobody else change this order's holds until the transaction ends. SQLite has locked everything already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:order_id, 0))"), {"order_id": order_id})


def lock_supply(connection: Connection, holds: Iterable[Hold]) -> None:
    """Lock the bins and the expected deliveries that these holds are on, in the fixed order."""
    bins, supplies = set(), set()
    for held in holds:
        if held.bin is not None:
            bins.add((held.warehouse, str(held.sku), held.bin))
        elif held.inbound_reference is not None:
            supplies.add((held.inbound_reference, str(held.sku)))
    for key in sorted(bins):
        lock_bin(connection, key)
    for reference, sku in sorted(supplies):
        lock_inbound(connection, reference, sku)


def lock_bin(connection: Connection, key: BinKey) -> Decimal:
    """The bin's stock on hand, locked; 0 for a bin that never held the SKU."""
    on_hand = connection.scalar(select(stock.c.on_hand).where(_is_bin(stock, key)).with_for_update())
    return Decimal(0) if on_hand is None else on_hand


def lock_inbound(connection: Connection, reference: str, sku: str) -> Row[Any] | None:
    """The expected delivery, locked."""
    wanted = select(inbound).where(inbound.c.reference == reference, inbound.c.sku == sku).with_for_update()
    return connection.execute(wanted).one_or_none()


def free_in_bins(connection: Connection, skus: Sequence[Sku]) -> dict[BinKey, Decimal]:
    """Stock on hand less active holds, per bin of these SKUs."""
    free: dict[BinKey, Decimal] = {}
    for some in in_chunks(skus):
        for row in connection.execute(select(stock).where(stock.c.sku.in_(some))):
            free[row.warehouse, row.sku, row.bin] = row.on_hand
        wanted = _active(hold.c.warehouse, hold.c.sku, hold.c.bin, skus=some).where(hold.c.bin.is_not(None))
        for row in connection.execute(wanted):
            free[row.warehouse, row.sku, row.bin] = free.get((row.warehouse, row.sku, row.bin), Decimal(0)) - row.quantity
    return free


def expected(connection: Connection, skus: Sequence[Sku]) -> list[tuple[Row[Any], Decimal]]:
    """The deliveries of these SKUs that have not come yet, earliest first, each with what nobody holds of it."""
    found: list[tuple[Row[Any], Decimal]] = []
    for some in in_chunks(skus):
        held: dict[SupplyKey, Decimal] = defaultdict(Decimal)
        wanted = _active(hold.c.inbound_reference, hold.c.sku, skus=some).where(hold.c.inbound_reference.is_not(None))
        for row in connection.execute(wanted):
            held[row.inbound_reference, row.sku] += row.quantity
        coming = select(inbound).where(inbound.c.sku.in_(some), inbound.c.is_received.is_(False))
        found.extend((row, row.quantity - held[row.reference, row.sku]) for row in connection.execute(coming))
    return sorted(found, key=lambda pair: (pair[0].expected_on, pair[0].reference, pair[0].sku))


def holds_of(connection: Connection, order_id: OrderId, *states: HoldState) -> list[Row[Any]]:
    """The order's holds in these states, by line and part."""
    wanted = select(hold).where(hold.c.order_id == order_id, hold.c.state.in_(states))
    return list(connection.execute(wanted.order_by(hold.c.line, hold.c.part)))


def set_state(connection: Connection, rows: Sequence[Row[Any]], state: HoldState, **values: Any) -> None:
    """Bring these holds into a state."""
    for some in in_chunks([row.hold for row in rows]):
        connection.execute(update(hold).where(hold.c.hold.in_(some)).values(state=state, **values))


def lessen_holds(connection: Connection, order_id: OrderId, parts: Mapping[tuple[int, int], Decimal | None]) -> None:
    """Bring the order's allocated holds, by line and part, down to these quantities; None lets go of one."""
    for row in holds_of(connection, order_id, "allocated"):
        quantity = parts.get((row.line, row.part), row.quantity)
        if quantity is None:
            set_state(connection, [row], "released")
        elif quantity < row.quantity:
            connection.execute(update(hold).where(hold.c.hold == row.hold).values(quantity=quantity))


def add_hold(connection: Connection, order_id: OrderId, held: Hold) -> None:
    """Write a reservation."""
    connection.execute(insert(hold).values(order_id=order_id, state="reserved", **held.model_dump()))


def next_part(connection: Connection, order_id: OrderId, line: int) -> int:
    """The first number after all parts that the line ever had."""
    wanted = select(func.max(hold.c.part)).where(hold.c.order_id == order_id, hold.c.line == line)
    return (connection.scalar(wanted) or 0) + 1


def move_stock(connection: Connection, movement_key: str, bin_key: BinKey, quantity: Decimal) -> bool:
    """Add to (or, below 0, take from) a bin's stock on hand, once per key; whether it was moved now.

    Raises `Rejected` (negative_stock) where the bin would hold less than nothing.
    """
    warehouse, sku, bin_code = bin_key
    place = {"warehouse": warehouse, "sku": sku, "bin": bin_code}
    insert_new(connection, stock, **place, on_hand=Decimal(0))
    left = lock_bin(connection, bin_key) + quantity
    if not insert_new(connection, stock_movement, key=movement_key, quantity=quantity, **place):
        return False
    if left < 0:
        raise Rejected(f"bin {bin_code} of warehouse {warehouse} would hold {left} of {sku}", code="negative_stock")
    connection.execute(update(stock).where(_is_bin(stock, bin_key)).values(on_hand=left))
    return True


def _is_bin(table: Any, key: BinKey) -> Any:
    warehouse, sku, bin_code = key
    return and_(table.c.warehouse == warehouse, table.c.sku == sku, table.c.bin == bin_code)


def _active(*columns: Any, skus: Sequence[str]) -> Any:
    return select(*columns, hold.c.quantity).where(hold.c.sku.in_(skus), or_(*(hold.c.state == state for state in ACTIVE)))
