"""Stock on hand, inbound supply, and who holds how much of it: never more than there is, whoever asks at once.

Every method that writes is one transaction and finds its own earlier work again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine, Row, select, update

from models.domain.allocation import Hold, InboundSupply, StockPosition
from models.domain.errors import Rejected, Unavailable
from models.domain.identifiers import OrderId, Sku
from models.domain.values import plain
from models.store import stock_rows as rows
from models.store.lookups import storable
from models.store.session import reading, writing
from models.store.tables import hold, inbound, stock, stock_movement

#: Where returned goods go that have no bin in a warehouse yet.
RETURNS_BIN = "RETURNS"


class SqlStockLedger:
    """Fulfils `activities.ports.StockLedger`.

    When an expected delivery is received, the holds on it become holds on the bin, oldest first: what was promised of a
    delivery is not taken by whoever asks first after it came.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def positions(self, skus: Sequence[Sku]) -> Sequence[StockPosition]:
        """Bins with free stock of these SKUs, by warehouse and bin."""
        with reading(self._engine) as connection:
            free = rows.free_in_bins(connection, _skus(skus))
        return [
            StockPosition(warehouse=warehouse, sku=Sku(sku), bin=bin_code, available=available)
            for (warehouse, sku, bin_code), available in sorted(free.items())
            if available > 0
        ]

    def inbound(self, skus: Sequence[Sku]) -> Sequence[InboundSupply]:
        """Expected deliveries of these SKUs with something left to promise, earliest first."""
        with reading(self._engine) as connection:
            found = rows.expected(connection, _skus(skus))
        return [
            InboundSupply(
                warehouse=row.warehouse, sku=Sku(row.sku), reference=row.reference, available=left, expected_on=row.expected_on
            )
            for row, left in found
            if left > 0
        ]

    def reserve(self, order_id: OrderId, holds: Sequence[Hold]) -> Sequence[Hold]:
        with writing(self._engine) as connection:
            rows.lock_order(connection, order_id)
            earlier = rows.holds_of(connection, order_id, *rows.ACTIVE)
            if earlier:
                return _holds(earlier)
            rows.lock_supply(connection, holds)
            _demand_free(connection, holds)
            _add_renumbered(connection, order_id, holds)
            return _holds(rows.holds_of(connection, order_id, *rows.ACTIVE))

    def holds(self, order_id: OrderId) -> Sequence[Hold]:
        with reading(self._engine) as connection:
            return _holds(rows.holds_of(connection, order_id, *rows.ACTIVE))

    def waiting_for(self, sku: Sku) -> Sequence[OrderId]:
        """The orders that still hold this SKU without having shipped it, the oldest hold first."""
        wanted = select(hold.c.order_id).where(hold.c.sku == sku, hold.c.state.in_(rows.ACTIVE)).order_by(hold.c.hold)
        with reading(self._engine) as connection:
            return [OrderId(order_id) for order_id in dict.fromkeys(connection.scalars(wanted))]

    def allocate(self, order_id: OrderId) -> Sequence[Hold]:
        with writing(self._engine) as connection:
            rows.lock_order(connection, order_id)
            # In one statement, so that a receipt that turns holds into holds on bins comes wholly before or after it.
            soft = (hold.c.order_id == order_id, hold.c.state == "reserved", hold.c.bin.is_not(None))
            connection.execute(update(hold).where(*soft).values(state="allocated"))
            return _holds(rows.holds_of(connection, order_id, "allocated"))

    def renew(self, order_id: OrderId, holds: Sequence[Hold]) -> Sequence[Hold]:
        """Returns all of the order's active holds. A part number that another hold has is replaced by the next free one."""
        with writing(self._engine) as connection:
            rows.lock_order(connection, order_id)
            active = rows.holds_of(connection, order_id, *rows.ACTIVE)
            rows.lock_supply(connection, [*holds, *_holds(active)])
            active = rows.holds_of(connection, order_id, *rows.ACTIVE)
            if not _is_renewed(_holds(active), holds):
                rows.set_state(connection, [row for row in active if row.inbound_reference is not None], "released")
                _demand_free(connection, holds)
                _add_renumbered(connection, order_id, holds)
            return _holds(rows.holds_of(connection, order_id, *rows.ACTIVE))

    def issue(self, shipment_id: str, order_id: OrderId, line_parts: Sequence[tuple[int, int]]) -> None:
        """Raises `Rejected` (not_allocated) where a part is not allocated, or was issued by another shipment."""
        with writing(self._engine) as connection:
            rows.lock_order(connection, order_id)
            found = {(row.line, row.part): row for row in rows.holds_of(connection, order_id, *rows.ACTIVE, "issued")}
            chosen = [_issuable(found.get(line_part), line_part, shipment_id, order_id) for line_part in sorted(set(line_parts))]
            due = [row for row in chosen if row.state != "issued"]
            for row in sorted(due, key=lambda row: (row.warehouse, row.sku, row.bin)):
                key = f"issue:{shipment_id}:{row.line}:{row.part}"
                rows.move_stock(connection, key, (row.warehouse, row.sku, row.bin), -row.quantity)
            rows.set_state(connection, due, "issued", shipment_id=shipment_id)

    def release(self, order_id: OrderId) -> None:
        with writing(self._engine) as connection:
            rows.lock_order(connection, order_id)
            active = hold.c.state.in_(rows.ACTIVE)
            connection.execute(update(hold).where(hold.c.order_id == order_id, active).values(state="released"))

    def receive_inbound(self, reference: str, sku: Sku, warehouse: str, quantity: Decimal, bin_code: str) -> None:
        """Raises `Rejected`: not_found for a delivery nobody expects, wrong_warehouse, or invalid_quantity.

        Where less came than was promised, the latest holds stay on the delivery and their orders must be planned again.
        """
        _demand_positive(quantity)
        bin_key = (warehouse, str(sku), bin_code)
        with writing(self._engine) as connection:
            rows.lock_bin(connection, bin_key)
            delivery = rows.lock_inbound(connection, reference, sku)
            if delivery is None:
                raise Rejected(f"no delivery {reference} of {sku} is expected", code="not_found")
            if delivery.warehouse != warehouse:
                cause = f"delivery {reference} of {sku} is expected in warehouse {delivery.warehouse}, not in {warehouse}"
                raise Rejected(cause, code="wrong_warehouse")
            if rows.move_stock(connection, f"receipt:{reference}:{sku}", bin_key, quantity):
                _mark_received(connection, reference, sku)
                _turn_into_stock(connection, reference, bin_key, quantity)

    def put_back(self, key: str, sku: Sku, warehouse: str, quantity: Decimal) -> None:
        """Into the SKU's first bin of the warehouse, else into the bin RETURNS. Raises `Rejected` (invalid_quantity)."""
        _demand_positive(quantity)
        with writing(self._engine) as connection:
            movement_key = f"put_back:{key}"
            if connection.scalar(select(stock_movement.c.movement).where(stock_movement.c.key == movement_key)) is None:
                own = select(stock.c.bin).where(stock.c.warehouse == warehouse, stock.c.sku == sku).order_by(stock.c.bin)
                bin_code = connection.scalar(own.limit(1)) or RETURNS_BIN
                rows.move_stock(connection, movement_key, (warehouse, str(sku), bin_code), quantity)


def _skus(skus: Sequence[Sku]) -> list[Sku]:
    return sorted({Sku(sku) for sku in storable(skus)})


def _holds(found: Sequence[Row[Any]]) -> list[Hold]:
    return [Hold.model_validate({name: getattr(row, name) for name in Hold.model_fields}) for row in found]


def _demand_positive(quantity: Decimal) -> None:
    if quantity <= 0:
        raise Rejected(f"{plain(quantity)} is no quantity of goods: it must be above 0", code="invalid_quantity")


def _demand_free(connection: Connection, holds: Sequence[Hold]) -> None:
    """Raise `Unavailable` unless all of it is free. The supply must be locked."""
    bins: dict[rows.BinKey, Decimal] = defaultdict(Decimal)
    supplies: dict[rows.SupplyKey, Decimal] = defaultdict(Decimal)
    for held in holds:
        _demand_positive(held.quantity)
        if held.bin is not None:
            bins[held.warehouse, held.sku, held.bin] += held.quantity
        else:
            supplies[held.inbound_reference or "", held.sku] += held.quantity
    skus = _skus([held.sku for held in holds])
    free = rows.free_in_bins(connection, skus)
    coming = {(row.reference, row.sku): left for row, left in rows.expected(connection, skus)}
    lacking = [f"{key[1]} in bin {key[2]} of {key[0]}" for key, asked in bins.items() if asked > free.get(key, 0)]
    lacking += [f"{key[1]} of delivery {key[0]}" for key, asked in supplies.items() if asked > coming.get(key, 0)]
    if lacking:
        raise Unavailable(f"stock was taken meanwhile, plan again: {'; '.join(lacking)}")


def _content(held: Hold) -> Hold:
    return held.model_copy(update={"part": 0})


def _is_renewed(active: Sequence[Hold], wanted: Sequence[Hold]) -> bool:
    """Whether these holds are there already and no other hold on a delivery is left to replace."""
    there, asked = Counter(map(_content, active)), Counter(map(_content, wanted))
    others = there - asked
    return not (asked - there) and all(held.inbound_reference is None for held in others)


def _add_renumbered(connection: Connection, order_id: OrderId, holds: Sequence[Hold]) -> None:
    taken = {(row.line, row.part) for row in rows.holds_of(connection, order_id, *rows.ACTIVE, "issued")}
    for held in holds:
        part = held.part
        if (held.line, part) in taken:
            part = rows.next_part(connection, order_id, held.line)
        taken.add((held.line, part))
        rows.add_hold(connection, order_id, held.model_copy(update={"part": part}))


def _issuable(row: Row[Any] | None, line_part: tuple[int, int], shipment_id: str, order_id: OrderId) -> Row[Any]:
    ours = row is not None and row.state == "issued" and row.shipment_id == shipment_id
    if row is None or not (ours or row.state == "allocated"):
        line, part = line_part
        state = "not held" if row is None else f"{row.state} by shipment {row.shipment_id}" if row.shipment_id else row.state
        raise Rejected(f"line {line}, part {part} of {order_id} is {state}, not allocated", code="not_allocated")
    return row


def _mark_received(connection: Connection, reference: str, sku: Sku) -> None:
    delivery = update(inbound).where(inbound.c.reference == reference, inbound.c.sku == sku)
    connection.execute(delivery.values(is_received=True))


def _turn_into_stock(connection: Connection, reference: str, bin_key: rows.BinKey, quantity: Decimal) -> None:
    """The holds on the delivery, oldest first, become holds on the bin as far as what came reaches."""
    _, sku, bin_code = bin_key
    waiting = select(hold).where(hold.c.inbound_reference == reference, hold.c.sku == sku, hold.c.state == "reserved")
    left = quantity
    for row in connection.execute(waiting.order_by(hold.c.hold).with_for_update()).all():
        if row.quantity <= left:
            moved = update(hold).where(hold.c.hold == row.hold).values(bin=bin_code, inbound_reference=None)
            connection.execute(moved)
        elif left > 0:
            _split(connection, row, left, bin_code)
        left = max(left - row.quantity, Decimal(0))


def _split(connection: Connection, row: Row[Any], covered: Decimal, bin_code: str) -> None:
    """What came covers only a part of the hold: the rest of it stays on the delivery."""
    rest = update(hold).where(hold.c.hold == row.hold).values(quantity=row.quantity - covered)
    connection.execute(rest)
    part = rows.next_part(connection, row.order_id, row.line)
    on_bin = {"bin": bin_code, "inbound_reference": None, "quantity": covered, "part": part}
    rows.add_hold(connection, row.order_id, _holds([row])[0].model_copy(update=on_bin))
