"""Ship notices in XML: UBL DespatchAdvice (Peppol BIS Despatch Advice 3) and cXML ShipNoticeRequest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from models.contracts.interchange_v1 import MessageRefV1
from models.domain.acknowledgement import AckParty, CartonContent, ShipNotice
from models.domain.party import Address
from models.domain.values import plain
from parsers.xml.cxml_writing import cxml
from parsers.xml.writing import Part, document, el

UBL_NAMES: dict[str | None, str] = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
_DESPATCH = "urn:oasis:names:specification:ubl:schema:xsd:DespatchAdvice-2"


def write_despatch_advice(notice: ShipNotice, answered: MessageRefV1, *, control_reference: str, at: datetime) -> bytes:
    """A UBL 2.1 DespatchAdvice: a line for each order line, and each carton with its SSCC and what lies in it."""
    root: Part = el(
        "DespatchAdvice",
        [
            el("cbc:CustomizationID", "urn:fdc:peppol.eu:poacc:trns:despatch_advice:3"),
            el("cbc:ProfileID", "urn:fdc:peppol.eu:poacc:bis:despatch_advice:3"),
            el("cbc:ID", control_reference),
            el("cbc:IssueDate", at.date().isoformat()),
            el("cbc:IssueTime", at.strftime("%H:%M:%S")),
            el("cac:OrderReference", [el("cbc:ID", notice.po_number), el("cbc:SalesOrderID", notice.sales_order_number)]),
            _party("DespatchSupplierParty", notice.seller, answered.receiver, answered.receiver_qualifier),
            _party(
                "DeliveryCustomerParty",
                AckParty(name=notice.ship_to.name, gln=notice.ship_to.gln),
                answered.sender,
                answered.sender_qualifier,
            ),
            _shipment(notice),
            *(
                el("cac:DespatchLine", _line(number, content, notice))
                for number, content in enumerate(_contents(notice), start=1)
            ),
        ],
    )
    return document(root, {None: _DESPATCH, **UBL_NAMES})


def _contents(notice: ShipNotice) -> list[CartonContent]:
    """Each order line once, with all that leaves of it."""
    whole: dict[tuple[int, str], CartonContent] = {}
    for content in (content for carton in notice.cartons for content in carton.lines):
        known = whole.get((content.number, content.sku))
        amount = content.quantity.amount + (known.quantity.amount if known else Decimal(0))
        quantity = content.quantity.model_copy(update={"amount": amount})
        whole[content.number, content.sku] = (known or content).model_copy(update={"quantity": quantity})
    return list(whole.values())


def _line(number: int, content: CartonContent, notice: ShipNotice) -> list[Part]:
    return [
        el("cbc:ID", str(number)),
        el("cbc:DeliveredQuantity", plain(content.quantity.amount), {"unitCode": content.quantity.unit}),
        el(
            "cac:OrderLineReference",
            [el("cbc:LineID", str(content.number)), el("cac:OrderReference", [el("cbc:ID", notice.po_number)])],
        ),
        el("cac:Item", _item(content)),
    ]


def _item(content: CartonContent) -> list[Part]:
    return [
        el("cbc:Name", content.sku),
        el("cac:BuyersItemIdentification", [el("cbc:ID", content.buyer_part_number or "")]),
        el("cac:SellersItemIdentification", [el("cbc:ID", content.sku)]),
        el("cac:StandardItemIdentification", [el("cbc:ID", content.gtin or "", {"schemeID": "0160"})]),
    ]


def _shipment(notice: ShipNotice) -> Part:
    weight = sum((carton.weight_kg for carton in notice.cartons), Decimal(0))
    units = [
        el(
            "cac:TransportHandlingUnit",
            [
                el("cbc:ID", carton.sscc, {"schemeID": "SSCC"}),
                el("cbc:TransportHandlingUnitTypeCode", "CT"),
                *(el("cac:HandlingUnitDespatchLine", _packed(content)) for content in carton.lines),
                el(
                    "cac:MeasurementDimension",
                    [el("cbc:AttributeID", "AAB"), el("cbc:Measure", plain(carton.weight_kg), {"unitCode": "KGM"})],
                ),
            ],
        )
        for carton in notice.cartons
    ]
    arrival = notice.delivery_date.isoformat() if notice.delivery_date else ""
    return el(
        "cac:Shipment",
        [
            el("cbc:ID", notice.shipment_id),
            el("cbc:GrossWeightMeasure", plain(weight), {"unitCode": "KGM"}),
            el("cbc:TotalTransportHandlingUnitQuantity", str(len(notice.cartons))),
            el(
                "cac:Consignment",
                [
                    el("cbc:ID", notice.tracking_number),
                    el("cac:CarrierParty", [el("cac:PartyName", [el("cbc:Name", notice.carrier)])]),
                ],
            ),
            el(
                "cac:Delivery",
                [
                    el("cac:DeliveryAddress", ubl_address(notice.ship_to)),
                    el("cac:EstimatedDeliveryPeriod", [el("cbc:EndDate", arrival)]),
                    el("cac:Despatch", [el("cbc:ActualDespatchDate", notice.ship_date.isoformat())]),
                ],
            ),
            *units,
        ],
    )


def _packed(content: CartonContent) -> list[Part]:
    return [
        el("cbc:ID", str(content.number)),
        el("cbc:DeliveredQuantity", plain(content.quantity.amount), {"unitCode": content.quantity.unit}),
        el("cac:OrderLineReference", [el("cbc:LineID", str(content.number))]),
        el("cac:Item", _item(content)),
    ]


def ubl_address(place: Address) -> list[Part]:
    """A place as UBL's address has it."""
    return [
        el("cbc:StreetName", place.street),
        el("cbc:CityName", place.city),
        el("cbc:PostalZone", place.postal_code),
        el("cbc:CountrySubentity", place.region),
        el("cac:Country", [el("cbc:IdentificationCode", place.country)]),
    ]


def _party(role: str, party: AckParty, endpoint: str, scheme: str) -> Part:
    return el(
        f"cac:{role}",
        [
            el(
                "cac:Party",
                [
                    el("cbc:EndpointID", endpoint, {"schemeID": scheme} if scheme else {}),
                    el("cac:PartyIdentification", [el("cbc:ID", party.gln or "", {"schemeID": "0088"})]),
                    el("cac:PartyLegalEntity", [el("cbc:RegistrationName", party.name)]),
                ],
            )
        ],
    )


def write_ship_notice_request(notice: ShipNotice, answered: MessageRefV1, *, control_reference: str, at: datetime) -> bytes:
    """A cXML ShipNoticeRequest: the header, the carrier with its tracking number, and each line with its cartons."""
    arrival = {"deliveryDate": stamp(notice.delivery_date)} if notice.delivery_date else {}
    header: Part = el(
        "ShipNoticeHeader",
        [el("Contact", [el("Name", notice.ship_to.name, {"xml:lang": "en"}), *_postal(notice.ship_to)], {"role": "shipTo"})],
        {
            "shipmentID": notice.shipment_id, "operation": "new", "noticeDate": at.isoformat(timespec="seconds"),
            "shipmentDate": stamp(notice.ship_date), **arrival,
        },
    )  # fmt: skip
    control: Part = el(
        "ShipControl",
        [
            el("CarrierIdentifier", notice.carrier, {"domain": "companyName"}),
            el("ShipmentIdentifier", notice.tracking_number or notice.shipment_id),
        ],
    )
    reference: list[Part] = [el("DocumentReference", "", {"payloadID": answered.interchange_ref})]
    portion: Part = el("ShipNoticePortion", [el("OrderReference", reference, {"orderID": notice.po_number}), *_items(notice)])
    request: Part = el("ShipNoticeRequest", [header, control, portion])
    return cxml(request, answered, control_reference=control_reference, at=at)


def _items(notice: ShipNotice) -> Iterator[Part]:
    """A ShipNoticeItem for each order line; each carton that holds some of it is a Packaging with its SSCC."""
    for content in _contents(notice):
        packs: list[Part] = [
            el(
                "Packaging",
                [
                    el("PackagingCode", "CT", {"xml:lang": "en"}),
                    el(
                        "DispatchQuantity",
                        [el("UnitOfMeasure", packed.quantity.unit)],
                        {"quantity": plain(packed.quantity.amount)},
                    ),
                    el("ShippingContainerSerialCode", carton.sscc),
                ],
            )
            for carton in notice.cartons
            for packed in carton.lines
            if (packed.number, packed.sku) == (content.number, content.sku)
        ]
        item: Part = el("ItemID", [el("SupplierPartID", content.sku), el("BuyerPartID", content.buyer_part_number or "")])
        quantity = {"quantity": plain(content.quantity.amount), "lineNumber": str(content.number)}
        yield el("ShipNoticeItem", [item, el("UnitOfMeasure", content.quantity.unit), *packs], quantity)


def _unit(content: CartonContent) -> Part:
    return el("UnitOfMeasure", content.quantity.unit)


def _postal(place: Address) -> list[Part]:
    return [
        el(
            "PostalAddress",
            [
                el("Street", place.street),
                el("City", place.city),
                el("State", place.region),
                el("PostalCode", place.postal_code),
                el("Country", place.country, {"isoCountryCode": place.country}),
            ],
        )
    ]


def stamp(day: date) -> str:
    """A day as cXML's dateTime.tz: noon UTC is the same day almost everywhere."""
    return f"{day.isoformat()}T12:00:00+00:00"
