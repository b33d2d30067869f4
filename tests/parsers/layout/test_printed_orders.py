"""What orders printed by widespread systems say in their own way: labels, price rows, days in cells, parties."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import Intent, OrderLineV1
from models.domain.document import TextBox
from models.domain.evidence import Evidence
from parsers.fields import LabelledValue, header_from
from parsers.intent import intent_of_document
from parsers.lexicon import field_of_label
from parsers.tables.reader import read_grid
from parsers.values.numbers import NumberStyle
from parsers.values.party_blocks import party_from_block
from parsers.values.streets import is_numbered_street
from parsers.values.towns import town_of
from tests.parsers.layout.test_labels import values as labelled
from tests.parsers.tables.grids import grid

US, DE = NumberStyle(".", "mdy"), NumberStyle(",", "dmy")


def _boxes(*lines: str) -> list[TextBox]:
    return [TextBox(line, Evidence(part="po.pdf", page=1, text=line), 1.0) for line in lines]


def _lines(table: str, style: NumberStyle = US) -> tuple[OrderLineV1, ...]:
    return read_grid([grid(table)], style).lines


def _texts(line: OrderLineV1) -> dict[str, str]:
    return {name: value.value for name in OrderLineV1.model_fields if (value := getattr(line, name)) is not None}


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("19 % MwSt", "total_tax"),
        ("zzgl. 19,00 % MwSt.", "total_tax"),
        ("3. ORDER NO.", "po_number"),
        ("6a. NAME OF CONSIGNEE", "ship_to"),
        ("Lieferbed.", "incoterm"),
        ("Terms of payt.", "payment_terms"),
        ("Delivery Information", "ship_to"),
        ("Ontvangstdatum", "requested_delivery_date"),
    ],
)
def test_a_label_as_a_form_prints_it(label: str, field: str) -> None:
    """Rates, box numbers and abbreviations do not hide what it names."""
    assert field_of_label(label) == field


def test_an_order_names_other_papers_and_stays_an_order() -> None:
    """Quotation, requisition and agreement are references beside one title."""
    text = "Purchase requisition   REQ-11873\nQuotation   RFQ-000612-2\nPurchase agreement   PA-1"
    assert intent_of_document(text, "Purchase order") is Intent.ORDER


def test_a_number_alone_is_the_papers() -> None:
    """ "Number" on an order is sure enough to go on, if nothing else is called the order's."""
    found = labelled((300, 10, "Number"), (380, 10, "USMF-004482"))
    assert found == {"po_number": "USMF-004482"}


def test_a_number_ends_before_the_subject() -> None:
    """A letter's subject goes on behind the dash."""
    assert labelled((10, 10, "Bestellung Nr. 118/2026 – Ersatzteile"))["po_number"] == "118/2026"


def test_a_reference_that_names_a_quotation_is_none_of_the_orders() -> None:
    """ "Reference: quotation …" is a weak label before a strong one."""
    (box,) = _boxes("Quotation QB-26-3317")
    assert header_from([LabelledValue("po_number", "Reference", box, 0.5)], US).po_number is None


def test_terms_begin_like_a_total_and_are_none() -> None:
    """ "Net 60 EOM" beside "Terms" is its value."""
    assert labelled((10, 10, "Terms"), (90, 10, "Net 60 EOM")) == {"payment_terms": "Net 60 EOM"}


def test_an_incoterm_in_words() -> None:
    """Some systems print the shipment method's name."""
    (box,) = _boxes("Delivered Duty Paid")
    found = header_from([LabelledValue("incoterm", "Shipment Method", box)], US).incoterm
    assert found is not None
    assert found.value == "DDP"


def test_rows_that_explain_a_price_are_no_text() -> None:
    """Gross price and discount below a line whose net price is stated."""
    (line,) = _lines(
        "Item|Material|Description|Qty|Unit|Price|Net\n10|90-1|SEAL|500|EA|2.84|1420.00\n"
        "|||||Gross price|\n||Gross price|300.00 USD|100 PC|1500.00|\n||Discount % on gross|5.333-%|||80.00-"
    )
    assert _texts(line)["description"] == "SEAL"


def test_of_a_promised_and_a_needed_day_the_needed_counts() -> None:
    """Both stand in the line's own cell, under labels."""
    (line,) = _lines(
        "Line|Item|Delivery Date|Qty|Price|Amount\n1|A-100|Promised:|2|5.00|10.00\n"
        "||16-NOV-2026|||\n||Needed:|||\n||09-NOV-2026|||"
    )
    assert _texts(line)["requested_delivery_date"] == "2026-11-09"


def test_an_amount_after_the_discount_is_the_lines() -> None:
    """Before it stands the amount that price and quantity make."""
    (line, _) = _lines(
        "Artículo|Cantidad|Precio|Subtotal|Dto.|Total\nLAT-1|100|2,00|200,00|4,00|192,00\nLAT-2|10|1,00|10,00||10,00", DE
    )
    assert _texts(line)["line_total"] == "192.00"


def test_a_price_beside_what_it_is_for() -> None:
    """Two columns so near that they are one cell."""
    (line, _) = _lines("Pos|Artikel|Menge|Preis je|Gesamt\n1|A-10|420 kg|186,00 100 kg|781,20\n2|A-11|1 kg|2,00 1 kg|2,00", DE)
    assert (_texts(line)["unit_price"], _texts(line)["price_basis_quantity"]) == ("186.00", "100")


@pytest.mark.parametrize(
    "text", ["Lens tissue, cat. LT-100", "Läuteseil Hanf (Ihr Artikel LT-100)", "Vest, class 3 - STOCK LT-100"]
)
def test_a_number_that_ends_the_text_behind_its_label(text: str) -> None:
    """The text itself stays as it is stated."""
    (line,) = _lines(f"Line|Description|Qty|Price|Amount\n1|{text}|2|5.00|10.00")
    assert _texts(line)["seller_part_number"] == "LT-100"
    assert _texts(line)["description"] == text


def test_a_schedules_number_behind_the_lines() -> None:
    """ "1- 1" is line 1, schedule 1; the sums of schedule and item close nothing."""
    read = _lines(
        "Line-Schd|Description|Qty|UOM|PO Price|Extended Amt\n1- 1|LENS|12|EA|84.50|1014.00\n||||Schedule Total|1014.00\n"
        "||||Item Total|1014.00\n2- 1|MOUNT|25|EA|41.20|1030.00\n||||Item Total|1030.00"
    )
    assert [_texts(line)["line_number"] for line in read] == ["1- 1", "2- 1"]


def test_a_dock_is_no_street() -> None:
    """Plant and dock stand between the name and the street."""
    party = party_from_block(
        _boxes("Tamarack Pumps Inc.", "Plant 1200 - Receiving Dock 4", "2350 Millrace Pkwy", "Waukesha WI 53188")
    )
    assert party.street is not None
    assert party.street.value == "2350 Millrace Pkwy"


def test_an_address_in_one_line_that_a_cell_broke() -> None:
    """The comma at the line's end says that it goes on."""
    party = party_from_block(_boxes("Autohaus Degen, Werkstatt, Leipziger Str. 300,", "34123 Kassel"))
    assert [value.value if value else None for value in (party.name, party.street, party.city)] == [
        "Autohaus Degen",
        "Leipziger Str. 300",
        "Kassel",
    ]


def test_an_address_without_a_name() -> None:
    """A numbered street leads, and is not the name."""
    party = party_from_block(_boxes("Lot 5, 27 Pukehina Rise", "Papamoa", "Tauranga 3118", "NEW ZEALAND"))
    assert (party.name, party.street and party.street.value) == (None, "Lot 5, 27 Pukehina Rise")


def test_a_room_is_no_name() -> None:
    """The building below it is."""
    party = party_from_block(
        _boxes("Attn: K. Watanabe", "Room: 2-118", "Whitcomb Chemistry Bldg", "771 Ferry St", "Troy, NY 12180")
    )
    assert party.name is not None
    assert party.name.value == "Whitcomb Chemistry Bldg"


def test_what_is_no_town_and_no_street() -> None:
    """A plant's number is no postal code, a town ends at the full stop, "55 Main" may be anything."""
    assert town_of("Plant 1200") is None
    assert town_of("33-101 Tarnów. Oferta KBX").city == "Tarnów"  # type: ignore[union-attr]
    assert not is_numbered_street("55 Main")
