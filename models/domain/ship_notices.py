"""The advance ship notice of a shipment, from what was packed and booked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from models.domain.acknowledgement import AckParty, Carton, CartonContent, ShipNotice
from models.domain.catalogue import Item
from models.domain.identifiers import Sku
from models.domain.party import Company
from models.domain.sales_order import SalesOrder, SalesOrderLine
from models.domain.shipment import PackedCarton, PackedGoods, Shipment
from models.domain.values import PIECE, Quantity


def ship_notice_of(
    order: SalesOrder, shipment: Shipment, items: Mapping[Sku, Item], company: Company, *, today: date
) -> ShipNotice:
    """The notice of a booked shipment; `today` stands in for the ship date where the goods have not left yet."""
    lines = {line.number: line for line in order.lines}
    choice = shipment.choice
    return ShipNotice(
        shipment_id=shipment.shipment_id,
        order_id=order.order_id,
        po_number=order.purchase_order.po_number or order.order_id,
        release_number=order.purchase_order.release_number or "",
        sales_order_number=order.number or "",
        ship_date=shipment.dispatched_at.date() if shipment.dispatched_at else today,
        delivery_date=choice.arrives_on if choice else None,
        carrier=choice.carrier if choice else "",
        tracking_number=shipment.tracking_number or "",
        seller=AckParty(name=company.address.name, gln=company.address.gln),
        ship_to=shipment.ship_to,
        cartons=tuple(_carton(carton, lines, items) for carton in shipment.cartons),
    )


def _carton(carton: PackedCarton, lines: Mapping[int, SalesOrderLine], items: Mapping[Sku, Item]) -> Carton:
    contents = tuple(_content(goods, lines.get(goods.line), items.get(goods.sku)) for goods in carton.goods)
    return Carton(sscc=carton.sscc, lines=contents, weight_kg=carton.weight_kg)


def _content(goods: PackedGoods, line: SalesOrderLine | None, item: Item | None) -> CartonContent:
    return CartonContent(
        number=goods.line,
        sku=goods.sku,
        gtin=item.gtin if item else None,
        buyer_part_number=line.buyer_part_number if line else None,
        quantity=Quantity(amount=goods.quantity, unit=item.base_unit if item else PIECE),
    )
