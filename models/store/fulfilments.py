"""Shipments and returns, each one document written over by the workflow that owns it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, select, update

from models.domain.errors import Rejected, Unavailable
from models.domain.identifiers import OrderId
from models.domain.returns import ReturnOrder
from models.domain.shipment import CarrierService, Shipment
from models.store import stock_rows, tables
from models.store.lookups import storable
from models.store.outcomes import note_return
from models.store.session import insert_new, reading, writing


class SqlShipments:
    """Fulfils `activities.ports.Shipments`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, shipment: Shipment, *, over: Shipment | None = None) -> Shipment:
        with writing(self._engine) as connection:
            identity = {"shipment_id": shipment.shipment_id, "order_id": shipment.order_id}
            if not insert_new(connection, tables.shipment, **identity, document=shipment):
                if over is not None:
                    _demand_unmoved(connection, over)
                _write(connection, shipment)
        return shipment

    def lessen(self, order_id: OrderId, before: Sequence[Shipment], after: Sequence[Shipment]) -> None:
        changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
        with writing(self._engine) as connection:
            stock_rows.lock_order(connection, order_id)
            for one, other in changed:
                _demand_unmoved(connection, one)
                _write(connection, other)
                kept = {(task.line, task.part): task.quantity for task in other.tasks}
                parts = {(task.line, task.part): kept.get((task.line, task.part)) for task in one.tasks}
                stock_rows.lessen_holds(connection, order_id, parts)

    def load(self, shipment_id: str) -> Shipment:
        with reading(self._engine) as connection:
            found = connection.scalar(select(tables.shipment.c.document).where(tables.shipment.c.shipment_id == shipment_id))
        if found is None:
            raise Rejected(f"there is no shipment {shipment_id}", code="not_found")
        kept: Shipment = found
        return kept

    def of_order(self, order_id: OrderId) -> Sequence[Shipment]:
        wanted = (
            select(tables.shipment.c.document)
            .where(tables.shipment.c.order_id == order_id)
            .order_by(tables.shipment.c.shipment_id)
        )
        with reading(self._engine) as connection:
            return connection.scalars(wanted).all()

    def services(self, from_country: str, to_country: str) -> Sequence[CarrierService]:
        zones = select(tables.zone.c.zone).where(tables.zone.c.country.in_(storable([to_country.upper()])))
        wanted = select(tables.carrier_service.c.document).where(
            tables.carrier_service.c.from_country.in_(storable([from_country.upper()])),
            tables.carrier_service.c.to_zone.in_(zones),
        )
        with reading(self._engine) as connection:
            found: Sequence[CarrierService] = connection.scalars(wanted).all()
        return sorted(found, key=lambda row: (row.code, row.service, row.max_weight_kg))


def _write(connection: Connection, shipment: Shipment) -> None:
    known = tables.shipment.c.shipment_id == shipment.shipment_id
    connection.execute(update(tables.shipment).where(known).values(document=shipment))


def _demand_unmoved(connection: Connection, read: Shipment) -> None:
    """Raise `Unavailable` where the shipment is no longer what was read. Locks it until the transaction ends."""
    wanted = select(tables.shipment.c.document).where(tables.shipment.c.shipment_id == read.shipment_id).with_for_update()
    if connection.scalar(wanted) != read:
        raise Unavailable(f"shipment {read.shipment_id} moved on meanwhile: read it again")


class SqlReturns:
    """Fulfils `activities.ports.Returns`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, return_order: ReturnOrder) -> ReturnOrder:
        with writing(self._engine) as connection:
            identity = {"rma": return_order.rma, "order_id": return_order.order_id}
            insert_new(connection, tables.return_order, **identity, document=return_order)
            note_return(connection, return_order)
        return self.load(return_order.rma)

    def load(self, rma: str) -> ReturnOrder:
        with reading(self._engine) as connection:
            found = connection.scalar(select(tables.return_order.c.document).where(tables.return_order.c.rma == rma))
        if found is None:
            raise Rejected(f"there is no return {rma}", code="not_found")
        kept: ReturnOrder = found
        return kept

    def save(self, return_order: ReturnOrder) -> ReturnOrder:
        with writing(self._engine) as connection:
            change = update(tables.return_order).where(tables.return_order.c.rma == return_order.rma)
            if connection.execute(change.values(document=return_order)).rowcount == 0:
                raise Rejected(f"there is no return {return_order.rma}", code="not_found")
        return return_order

    def orders(self) -> frozenset[str]:
        with reading(self._engine) as connection:
            return frozenset(connection.scalars(select(tables.return_order.c.order_id).distinct()))

    def of_order(self, order_id: OrderId) -> Sequence[ReturnOrder]:
        wanted = (
            select(tables.return_order.c.document)
            .where(tables.return_order.c.order_id == order_id)
            .order_by(tables.return_order.c.rma)
        )
        with reading(self._engine) as connection:
            return connection.scalars(wanted).all()
