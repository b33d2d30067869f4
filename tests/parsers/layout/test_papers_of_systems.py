"""What business systems print: underlined columns, stock guides, call-offs, letters without tables, other tongues."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contracts.extraction_v1 import Intent, PurchaseOrderV1
from parsers.fields import LabelledValue, header_from
from parsers.language import foreign_language_of
from parsers.layout import heads as layout_heads
from parsers.layout.letters import PrintedLetter, with_goods_of_letter
from parsers.part_reading import PartReading
from parsers.pdf.reader import read_pdf
from parsers.prose.days import day_at
from parsers.tables.reader import GridReading, read_grid
from parsers.totals import foot_field
from parsers.values.dates import parse_date
from parsers.values.number_style import NumberStyle
from parsers.values.towns import town_of
from tests.parsers.pdf.pdf_documents import Sheet
from tests.parsers.tables.grids import box, grid
from tests.parsers.tables.test_tables import column

COMMA, POINT = NumberStyle(",", "dmy"), NumberStyle(".", "mdy")


def read(style: NumberStyle, *rows: Sequence[str]) -> GridReading:
    return read_grid([grid("\n".join("|".join(row) for row in rows))], style)


def typed(*lines: str, font: str = "Courier", points: float = 9) -> PartReading:
    """A page of lines in one type; "|" parts pieces that begin at tab stops."""
    sheet = Sheet(font=font, points=points)
    for place, text in enumerate(lines):
        for stop, piece in enumerate(text.split("|")):
            sheet.at(40 + 130 * stop, 60 + 13 * place, piece)
    return read_pdf(sheet.pdf(), "order.pdf", ocr=None)


def order_of(reading: PartReading) -> PurchaseOrderV1:
    (found,) = reading.orders
    return found.order


def codes(reading: PartReading) -> set[str]:
    return {problem.code for problem in (*reading.problems, *(each for order in reading.orders for each in order.problems))}


UNDERLINED = (
    "PURCHASE ORDER          Purchase Order: P0048817",
    "",
    "Ln   Item Number           T  Due       Qty Open   UM      Unit Cost    Extended Cost",
    "---- --------------------  -  --------  ---------  --  -------------  ---------------",
    "   1 60-10442              n  11/24/26       75.0  EA       41.93000         3,144.75",
    "     SEAL MECHANICAL 1-3/8 CARBON/CERAMIC",
    "   2 60-10880              n  11/24/26     1200.0  EA        1.87500         2,250.00",
    "     GASKET CASING 8 IN NON-ASB",
)


def test_a_row_of_dashes_says_where_each_column_ends() -> None:
    """The line's number and the article's stand a blank apart."""
    lines = order_of(typed(*UNDERLINED)).lines
    numbers = [(line.line_number, line.seller_part_number) for line in lines]
    assert [(one and one.value, other and other.value) for one, other in numbers] == [("1", "60-10442"), ("2", "60-10880")]


def test_a_typed_text_below_a_line_passes_under_the_next_columns() -> None:
    """Its last word begins under the dates."""
    assert [line.description and line.description.value for line in order_of(typed(*UNDERLINED)).lines] == [
        "SEAL MECHANICAL 1-3/8 CARBON/CERAMIC",
        "GASKET CASING 8 IN NON-ASB",
    ]


def test_what_is_open_is_ordered_where_nothing_else_counts() -> None:
    """If it makes the amounts."""
    assert [line.quantity and line.quantity.value for line in order_of(typed(*UNDERLINED)).lines] == ["75.0", "1200.0"]


def test_what_is_open_beside_a_quantity_is_not_ordered() -> None:
    """The column that counts keeps its role."""
    reading = read(
        POINT,
        ["Item", "Description", "Qty", "Qty Open", "Unit Price", "Amount"],
        ["A-10", "Hinge", "10", "4", "2.00", "20.00"],
        ["A-11", "Latch", "20", "5", "3.00", "60.00"],
    )
    assert column(reading, "quantity") == ["10", "20"]


GUIDE = (
    ["Vendor #", "Product", "U/M", "Par", "On Hand", "Our order", "Cost", "Total"],
    ["PRODUCE", "", "", "", "", "", "", ""],
    ["118204", "APPLE SLICES FRESH", "CS", "8", "2", "6", "28.40", "170.40"],
    ["118311", "BROCCOLI FLORETS", "CS", "3", "3", "", "33.75", ""],
    ["118330", "BABY CARROTS", "CS", "5", "1", "4", "31.15", "124.60"],
)


def test_what_a_guide_to_fill_up_stocks_leaves_blank_is_not_ordered() -> None:
    """It stands there to be counted."""
    assert column(read(POINT, *GUIDE), "quantity") == ["6", "4"]


def test_the_title_of_a_group_right_below_the_heads_is_no_part_of_them() -> None:
    """ "PRODUCE" resembles "Product"."""
    assert column(read(POINT, *GUIDE), "seller_part_number") == ["118204", "118330"]


def test_of_two_numbers_without_an_owner_the_buyers_comes_first() -> None:
    """None of them is dropped."""
    reading = read(
        POINT,
        ["Item Number", "Reference", "Description", "Qty", "Unit Price", "Amount"],
        ["NAIL-225-R", "CN225-R9M", "Coil nail", "80", "52.00", "4160.00"],
        ["STPL-16-15", "ST1615", "Staple", "20", "64.00", "1280.00"],
    )
    assert column(reading, "buyer_part_number") == ["NAIL-225-R", "STPL-16-15"]
    assert column(reading, "seller_part_number") == ["CN225-R9M", "ST1615"]


CALL_OFF = (
    "Lieferabruf|Abruf-Nr.: 0012",
    "",
    "Unsere Materialnummer|700.4418-02",
    "Ihre Materialnummer|GW-118-B",
    "Bezeichnung|Gehäuse Druckguss",
    "Mengeneinheit|Stück",
    "",
    "Abrufart|Liefertermin|Abrufmenge|Fortschrittszahl",
    "fest|23.11.2026|480|11.520",
    "fest|30.11.2026|240|11.760",
)


def test_days_and_quantities_below_one_article_are_its_lines() -> None:
    """The article is labelled above them."""
    lines = order_of(typed(*CALL_OFF, font="Helvetica")).lines
    assert [(line.quantity and line.quantity.value, line.unit and line.unit.value) for line in lines] == [
        ("480", "C62"),
        ("240", "C62"),
    ]
    assert {line.seller_part_number and line.seller_part_number.value for line in lines} == {"GW-118-B"}


def test_a_forecast_in_a_call_off_is_asked_about() -> None:
    """Nobody delivers it yet."""
    changed = [line.replace("fest|30", "Vorschau|30") for line in CALL_OFF]
    assert "may_be_forecast" in codes(typed(*changed, font="Helvetica"))
    assert "may_be_forecast" not in codes(typed(*CALL_OFF, font="Helvetica"))


LETTER = (
    "Zimmerei Oberhauser",
    "Moosweg 8",
    "83661 Lenggries",
    "",
    "Holzwerk Isarwinkel GmbH",
    "Flößerstraße 30",
    "83646 Bad Tölz",
    "",
    "Lenggries, 11. November 2026",
    "",
    "Bestellung B-77",
    "",
    "wir bestellen bei Ihnen:",
    "",
    "48 Stück KVH Fichte 60/120 mm (Art. KVH-60-120) zu je 14,80 €",
    "25 Stück OSB/3 22 mm (Art. OSB-22) zu je 31,90 €",
    "",
    "Mit freundlichen Grüßen",
)


def test_a_letter_without_a_table_is_read_by_its_sentences() -> None:
    """And its page tells who writes."""
    order = order_of(typed(*LETTER, font="Times-Roman", points=10))
    assert [line.quantity and line.quantity.value for line in order.lines] == ["48", "25"]
    assert order.buyer is not None
    assert order.buyer.name is not None
    assert order.buyer.name.value == "Zimmerei Oberhauser"


def test_the_goods_of_a_printed_letter_are_pointed_at_on_its_page() -> None:
    """Each value in a box round its words, and each line's below those of the one before."""
    values = [
        value
        for line in order_of(typed(*LETTER, font="Times-Roman", points=10)).lines
        for value in (line.quantity, line.description, line.seller_part_number, line.unit_price)
        if value is not None
    ]
    places = [place for value in values for place in value.evidence]
    assert [place.text for place in places[:3]] == ["48", "KVH Fichte 60/120 mm", "KVH-60-120"]
    assert all(place.page == 1 and place.bbox is not None and place.span is None for place in places)
    tops = [place.bbox[1] for place in places if place.bbox is not None]
    assert tops == sorted(tops)
    assert len(set(tops)) == 2


def test_a_page_with_lines_of_its_own_is_no_letter() -> None:
    """Its reading stays the same."""
    reading = typed(*UNDERLINED)
    assert with_goods_of_letter(reading, PrintedLetter("we order 5 pcs X-1", (), (), (), ())) is reading


SWEDISH = (
    "INKÖPSORDER|Ordernr P118734",
    "Leverantör|Leveransadress",
    "Nordkullen AB|Håvreby Verkstads AB",
    "721 07 Västerås|633 50 Eskilstuna",
    "",
    "Artikelnr|Benämning|Antal|Belopp",
    "LK6205|Kullager 6205|200|7 700,00",
    "Ange alltid vårt ordernummer på följesedel och faktura. Betalningsvillkor 30 dagar. Ordererkännande önskas inom 2 dagar.",
)


def test_an_order_in_another_language_is_asked_about_and_not_dropped() -> None:
    """Nobody here understands its sentences."""
    reading = typed(*SWEDISH, font="Helvetica")
    assert reading.intent is Intent.ORDER
    assert "foreign_language" in codes(reading)


def test_a_paper_that_lists_goods_and_does_not_say_what_it_is_is_asked_about() -> None:
    """It may be an order."""
    goods = ("AA-10|Blauwal klein|40|2,50|100,00", "AA-20|Blauwal gross|10|3,00|30,00", "AA-30|Buckelwal|20|1,00|20,00")
    assert "may_be_order" in codes(typed("Herr Sowieso", "", *goods, font="Helvetica"))


@pytest.mark.parametrize(
    "text",
    [
        "Bitte liefern Sie die bestellten Artikel bis Freitag an unsere Adresse und senden die Rechnung per Mail",
        "Veuillez livrer les articles de notre commande avant le 3 décembre à notre adresse, merci",
        "Please deliver the goods to our site and send the invoice to accounts, thank you for the order",
    ],
)
def test_the_seven_languages_are_not_foreign(text: str) -> None:
    """Their words outweigh what they share with others."""
    assert foreign_language_of(text) is None


def test_what_brackets_behind_a_label_hold_is_not_its_value() -> None:
    """ "Bestellnummer (BT-1)" has its value in the next column."""
    order = order_of(typed("Bestellung", "", "Bestellnummer (BT-1)|B-2026-01187", "Belegdatum|11.11.2026", font="Helvetica"))
    assert order.po_number is not None
    assert order.po_number.value == "B-2026-01187"


def test_a_word_in_brackets_is_no_label_of_the_foot() -> None:
    """ "(Packung)" explains the unit above it."""
    assert (foot_field("(Packung)"), foot_field("Packung")) == (None, "freight")


def test_lines_for_several_places_are_asked_about() -> None:
    """One order cannot be sent to two towns."""
    lines = ("A-1|Gloves|19 Essex St, Salem MA 01970|40|756.00", "A-2|Masks|300 Union St, Lynn MA 01901|60|534.00")
    reading = typed(
        "Purchase Order|PO Number: 104882", "", "Item|Description|Ship To|Qty|Amount", *lines, font="Helvetica", points=7
    )
    assert "several_ship_tos" in codes(reading)


def test_a_customers_number_is_not_the_orders() -> None:
    """ "Bestellung - Kundennummer 2217" has none."""
    assert header_from([LabelledValue("po_number", "Bestellung", box("Kundennummer 2217"))], COMMA).po_number is None


def test_a_day_before_a_weekday_and_hours_is_read() -> None:
    """ "11/18/26 (Wed) 5:30-7:00 AM" is the day alone."""
    day = header_from(
        [LabelledValue("requested_delivery_date", "Delivery", box("11/18/26 (Wed) 5:30-7:00 AM"))], POINT
    ).requested_delivery_date
    assert day is not None
    assert day.value == "2026-11-18"


def test_terms_end_before_a_sentence_that_gives_an_address() -> None:
    """What follows says where invoices go."""
    terms = header_from(
        [LabelledValue("payment_terms", "Betaling", box("30 dagen na factuurdatum. Facturen naar boek@x.example"))], COMMA
    ).payment_terms
    assert terms is not None
    assert terms.value == "30 dagen na factuurdatum"


def test_working_days_are_no_days_of_the_calendar() -> None:
    """Which days a trade works is not known."""
    written = parse_date("12.11.2026", COMMA)
    assert day_at("3 dni roboczych", 0, COMMA, written) is None


@given(st.text(alphabet="1a.,-/ é", max_size=12))
def test_a_figure_is_told_by_one_look_at_each_sign(text: str) -> None:
    """A text of signs and figures without a plain letter, in a time that grows with its length alone."""
    assert bool(layout_heads._NUMBER.fullmatch(text)) == (any(sign.isdigit() for sign in text) and "a" not in text)


def test_two_days_with_their_quantities_in_one_cell_are_two_deliveries() -> None:
    """Together they make the line's amount."""
    reading = read(
        POINT,
        ["LN", "PART NUMBER", "DESCRIPTION", "DUE DATE", "QTY ORDERED", "UNIT COST", "EXTENSION"],
        ["1", "RM-6061", "PLATE", "11/20/26", "4.000", "892.0000", "7,136.00"],
        ["", "", ".750 X 48 X 96", "12/04/26", "4.000", "", ""],
        ["2", "RM-932", "BUSHING", "12/04/26", "126.000", "7.1500", "900.90"],
    )
    assert column(reading, "quantity") == ["4.000", "4.000", "126.000"]
    assert column(reading, "requested_delivery_date") == ["2026-11-20", "2026-12-04", "2026-12-04"]


def test_a_row_of_labels_with_their_values_is_no_head() -> None:
    """ "Order: GA-1117 | Deliver: Thu" stands right above the columns' names."""
    reading = typed(
        "Weekly order guide",
        "Order: GA-1117|Placed: 11/17/2026|Deliver: 11/19/2026",
        "Item|Description|Order|Price",
        "20114|Haddock fillet|4|79.50",
        "20177|Mussels|7|24.90",
        font="Helvetica",
    )
    number = order_of(reading).po_number
    assert number is not None
    assert number.value == "GA-1117"


def test_an_address_below_a_line_is_where_that_line_goes() -> None:
    """Its rows are no description, and two towns are asked about."""
    lines = ("1|VLV-200-SS|Ball valve|12 (EA)|$310.00|$3,720.00", "||Ship To:", "||Cascade Mill 2", "||4500 Industrial Way")
    more = ("||Longview, WA 98632", "2|GSK-200-P|Gasket kit|30 (EA)|$69.00|$2,070.00", "||Ship To:", "||Cascade Warehouse")
    last = ("||77 River Rd", "||Kalama, WA 98625")
    head = ("Line", "Part #", "Description", "Qty (Unit)", "Price", "Subtotal")
    reading = read(POINT, head, *((*row.split("|"), "", "", "")[:6] for row in (*lines, *more, *last)))
    assert column(reading, "description") == ["Ball valve", "Gasket kit"]
    assert [own["ship_to"].text.rpartition(", ")[0].rpartition(", ")[2] for own in reading.order_columns] == [
        "Longview",
        "Kalama",
    ]


def test_a_unit_in_brackets_is_the_quantitys() -> None:
    """ "12 (EA)" under "Qty (Unit)"."""
    reading = read(
        POINT,
        ["Part #", "Description", "Qty (Unit)", "Price"],
        ["V-2", "Valve", "12 (EA)", "3.00"],
        ["G-2", "Kit", "30 (EA)", "6.00"],
    )
    assert (column(reading, "quantity"), column(reading, "unit")) == (["12", "30"], ["C62", "C62"])


@pytest.mark.parametrize("said", ["Baustelle", "Chantier", "Cantiere", "Site"])
def test_the_address_of_a_site_is_where_the_goods_go(said: str) -> None:
    """The site's label says so."""
    order = order_of(
        typed("Bestellung", "", "Bestellnummer: B-1187", f"{said}: Brauhausstraße 12, 91567 Herrieden", font="Helvetica")
    )
    assert order.ship_to is not None
    assert order.ship_to.city is not None
    assert order.ship_to.city.value == "Herrieden"


def test_a_remark_behind_a_town_is_not_its_name() -> None:
    """ "8801 KM Franeker (lossen met kraan)"."""
    found = town_of("8801 KM Franeker (lossen met kraan)", "NL")
    assert found is not None
    assert found.city == "Franeker"
