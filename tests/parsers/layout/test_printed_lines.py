"""Lines and their surroundings as business systems print them: narrow heads, remarks below lines, totals by columns, places."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import OrderLineV1, PurchaseOrderV1, StatedValue
from models.domain.document import TextBox, Word
from models.domain.evidence import Evidence
from parsers.layout.blocks import Surroundings, labelled_blocks
from parsers.layout.heads import find_heads
from parsers.layout.labels import labelled_values, labels_of
from parsers.layout.letter import bare_day, unread_place
from parsers.layout.tables import tables_of
from parsers.page_text import PageText, rows_of
from parsers.tables.reader import read_grid
from parsers.tables.remarks import is_remark
from parsers.unnumbered import unnumbered_goods
from parsers.values.numbers import NumberStyle
from parsers.values.party_blocks import party_from_block
from parsers.values.units import unit_code
from tests.parsers.layout.test_labels import values as labelled
from tests.parsers.layout.test_labels import words
from tests.parsers.tables.grids import grid

US, DE = NumberStyle(".", "mdy"), NumberStyle(",", "dmy")


def _surroundings(*phrases: tuple[float, float, str]) -> Surroundings:
    page = PageText(1, 600, 800, tuple(words(*phrases)))
    labels, others = labels_of(page.phrases)
    return Surroundings(labels, others, (), page.width, page.height)


def _boxes(*lines: str) -> list[TextBox]:
    return [TextBox(line, Evidence(part="po.pdf", page=1, text=line), 1.0) for line in lines]


def _near(*texts: str, y: float = 10, gap: float = 6) -> list[Word]:
    """Texts of a row with gaps wider than a blank and narrower than a column's, in letters of 9 points."""
    found: list[Word] = []
    x = 10.0
    for text in texts:
        for word in text.split():
            found.append(Word(text=word, page=1, x0=x, top=y, x1=x + 4 * len(word), bottom=y + 9, size=9))
            x += 4 * len(word) + 2.5
        x += gap - 2.5
    return found


def test_heads_a_little_apart_are_columns_of_their_own() -> None:
    """The white between narrow columns is wider than a blank."""
    page = PageText(1, 600, 800, tuple(_near("Pos.", "Menge", "ME", "Artikel-Nr. / Bezeichnung", "Preis EUR", "PE", "Gesamt")))
    (head,) = find_heads(rows_of(page.phrases))
    roles = [each.role for each in head.heads]
    assert roles == ["line_number", "quantity", "unit", "description", "unit_price", "price_basis_quantity", "line_total"]


def test_figures_beside_the_units_are_the_quantities() -> None:
    """Right-aligned figures end far from their left-aligned head and near the next."""
    texts = [(10.0, 10.0, "Item"), (60.0, 10.0, "Order qty."), (200.0, 10.0, "Unit"), (260.0, 10.0, "Text")]
    for y, figures in ((25.0, "2,400"), (40.0, "45"), (55.0, "18,000")):
        texts += [(10.0, y, f"{y:.0f}"), (197 - 5 * len(figures), y, figures), (200.0, y, "EA"), (260.0, y, "Bearing insert")]
    (table,) = tables_of([PageText(1, 600, 800, tuple(words(*texts)))], "po.pdf")
    assert [row[1].text if row[1] else None for row in table.grid.rows[1:]] == ["2,400", "45", "18,000"]


def test_the_foot_of_a_letter_is_no_line() -> None:
    """An account number under a column of amounts is not counted."""
    texts = [(10.0, 10.0, "Item"), (60.0, 10.0, "Description"), (200.0, 10.0, "Quantity"), (260.0, 10.0, "Amount")]
    texts += [(10.0, 25.0, "A-10"), (60.0, 25.0, "Bow shackle"), (200.0, 25.0, "4"), (260.0, 25.0, "12.80")]
    texts += [(10.0, 700.0, "A.example"), (60.0, 700.0, "0116 496 0731"), (200.0, 700.0, "99-44-5567"), (260.0, 700.0, "CUB")]
    (table,) = tables_of([PageText(1, 600, 800, tuple(words(*texts)))], "po.pdf")
    assert len(table.grid.rows) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Please deliver between 7 am and 2 pm, gate B",
        "K00-0740-5301-000   SUPPLIES   1,027.20",
        "COST CTR 01-6170 EXP 7210",
        "Blanket Qty: 1,200.00 Released to Date: 850.00",
        "Zeugnis 3.1, Herstelllängen 6 m",
        "Material certificate EN 10204 3.1 to be sent with every lot",
    ],
)
def test_what_speaks_of_books_papers_and_requests_is_a_remark(text: str) -> None:
    """It stands below a line and does not describe the goods."""
    assert is_remark(text)


@pytest.mark.parametrize("text", ["hardened, zinc plated", "NFDM PRINTED", "Extension wire KX 20 AWG"])
def test_more_of_a_description_is_no_remark(text: str) -> None:
    """Words of the trade go on with the text above."""
    assert not is_remark(text)


def test_remarks_are_kept_beside_the_lines() -> None:
    """The description ends before them, and they are not lost."""
    read = read_grid(
        [grid("Item|Description|Qty|Price\nA-1|Ball valve|4|3.20\n|Please call before delivery||\n|gate code needed||")], US
    )
    assert read.lines[0].description is not None
    assert read.lines[0].description.value == "Ball valve"
    assert [box.text for box in read.remarks] == ["Please call before delivery", "gate code needed"]


def test_a_text_that_begins_like_a_head_is_a_text() -> None:
    """ "Extension" heads amounts, "Extension wire" is goods."""
    read = read_grid([grid("Item Number|Unit|Ordered|Amount\nW-KX20|FT|10|6.15\nExtension wire KX 20 AWG|||")], US)
    assert read.lines[0].description is not None
    assert read.lines[0].description.value == "Extension wire KX 20 AWG"


def test_a_number_alone_above_the_text_is_the_articles() -> None:
    """Also where other lines, of work, have none."""
    table = (
        "Line|Part No / Description|Qty|Price\n1|502-11870|60|18.45\n|Shackle, bow||\n2|Splicing service, two riggers|16|109.62"
    )
    lines = read_grid([grid(table)], US).lines
    assert [line.seller_part_number.value if line.seller_part_number else None for line in lines] == ["502-11870", None]


def test_sums_of_a_net_a_tax_and_a_gross_column() -> None:
    """Three amounts of which the last is the others' sum."""
    table = (
        "Lp|Nazwa|Ilość|Cena netto|Wartość netto|VAT|Brutto\n1|Nóż|10|69,00|690,00|158,70|848,70\n|Razem:|||690,00|158,70|848,70"
    )
    totals = read_grid([grid(table)], DE).totals
    assert {name: value.value for name, value in totals.items()} == {
        "total_net": "690.00",
        "total_tax": "158.70",
        "total_gross": "848.70",
    }


def test_the_sum_of_a_lot_is_no_amount_of_one() -> None:
    """The lot's number is not what it sums up to."""
    table = (
        "Pos|Text|Menge|EP|GP\n1.1|Rohr|2|5,00|10,00\n||Summe Los 1||10,00\n2.1|Muffe|1|4,00|4,00\n|Gesamtsumme brutto|||14,00"
    )
    assert read_grid([grid(table)], DE).totals["total_gross"].value == "14.00"


def test_capitals_say_cartons() -> None:
    """CT is a code, ct counts."""
    assert (unit_code("CT", "en"), unit_code("ct", "en")) == ("CT", "C62")


def test_the_places_number_stands_above_its_address() -> None:
    """The buyer's books number their places."""
    page = _surroundings(
        (10, 10, "Ship To"),
        (100, 10, "30"),
        (100, 20, "Plant 30 Powder"),
        (100, 30, "12 Mill Street"),
        (100, 40, "Manawa WI 54949"),
    )
    (block,) = labelled_blocks(page)
    assert [line[0].text for line in block.lines] == ["Plant 30 Powder", "12 Mill Street", "Manawa WI 54949"]


def test_small_labels_end_where_larger_letters_begin() -> None:
    """A form's label in small print stands a blank before its value."""
    small = [Word(text=text, page=1, x0=x, top=12, x1=x + 10, bottom=18, size=6) for text, x in (("SHIP", 10), ("TO", 22))]
    page = PageText(1, 600, 800, (*small, *words((36, 10, "GRANITE ELECTRIC"))))
    labels, _ = labels_of(page.phrases)
    assert [label.fields for label in labels] == [("ship_to",)]


def test_a_place_that_was_not_read_is_asked_about() -> None:
    """Where goods go must not be lost silently."""
    (problem,) = unread_place([_surroundings((10, 10, "Ship To:"), (10, 22, "Jobsite behind the old mill"))], None)
    assert (problem.code, problem.field) == ("unread_place", "ship_to")


def test_a_place_that_refers_to_another_is_not_asked_about() -> None:
    """ "Same as bill to" names none."""
    assert not list(unread_place([_surroundings((10, 10, "Ship To:"), (10, 22, "Same as bill to"))], None))


def test_a_letters_day_stands_alone() -> None:
    """No label, one day, near the top."""
    day = bare_day(_surroundings((10, 10, "Order PO-26-01147"), (10, 30, "3 November 2026")), US, "po.pdf")
    assert day is not None
    assert day.value == "2026-11-03"


def test_a_band_holds_values_below_its_labels() -> None:
    """What stands beside a label of a band is the next label, even one that no list has."""
    band = ((10, 10, "F.O.B."), (110, 10, "Terms"), (210, 10, "Lapses If Unshipped"), (330, 10, "Ship Via"))
    assert (
        labelled(*band, (10, 22, "Destination"), (110, 22, "NET 30"), (210, 22, "06/30/2027"), (330, 22, "Truck"))[
            "payment_terms"
        ]
        == "NET 30"
    )


def test_a_numbered_branch_is_no_street() -> None:
    """The street stands below it."""
    party = party_from_block(_boxes("Granite Electric", "BRANCH 07", "1250 HOOKSETT TPKE", "BOW NH 03304"))
    assert party.street is not None
    assert party.street.value == "1250 HOOKSETT TPKE"


def _line(text: str, number: str | None = None, unit: str = "C62") -> OrderLineV1:
    values = {"description": text, "seller_part_number": number, "unit": unit}
    return OrderLineV1(**{name: StatedValue(value=value, confidence=0.9) for name, value in values.items() if value})


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        (_line("Two riggers, on site"), False),
        (_line("Leather pad (item LP-200)"), True),
        (_line("Item 4711-20", unit="HUR"), False),
    ],
)
def test_work_and_texts_without_a_number_are_not_asked_for_one(line: OrderLineV1, asked: bool) -> None:
    """On a typed page only a number within the text can have been passed over."""
    order = PurchaseOrderV1(lines=(_line("Shackle", "502-11870"), _line("Wire rope", "502-11992"), line))
    assert bool(list(unnumbered_goods(order, was_typed=True))) is asked


def test_words_of_delivery_before_an_address_are_its_label() -> None:
    """No list holds every way to say it."""
    page = _surroundings((10, 10, "Lieferung bitte an unsere Werkstatt: Spinnereistr. 7, Halle 10, 04179 Leipzig"))
    (block,) = labelled_blocks(page)
    assert block.role == "ship_to"


def test_a_sentence_that_sends_goods_elsewhere_is_asked_about() -> None:
    """An address that nothing took may be where they go."""
    text = "Bitte liefern Sie direkt an die Kirchengemeinde, Kirchplatz 1, 29410 Salzwedel"
    (problem,) = unread_place([_surroundings((10, 10, text))], None)
    assert problem.code == "unread_place"


def test_a_line_may_sum_a_net_and_a_gross_column() -> None:
    """Two amounts that differ by a tax there is."""
    found = labelled((10, 10, "Razem"), (200, 10, "20 375,60"), (300, 10, "25 061,99"))
    assert found == {"total_net": "20 375,60", "total_gross": "25 061,99"}


def test_a_company_number_before_the_orders_is_no_sure_number() -> None:
    """Which of the two is the order's, a person says."""
    page = PageText(1, 600, 800, tuple(words((10, 10, "Order Number"), (100, 10, "00200"), (140, 10, "318844 OP"))))
    labels, others = labels_of(page.phrases)
    (value,) = labelled_values(labels, others, page.rules, "po.pdf")
    assert value.strength < 0.8


def test_a_gate_is_no_day() -> None:
    """A number behind a word like a label of dates must be one."""
    assert labelled((10, 10, "RECEIVING GATE 2")) == {}


def test_a_street_may_lead_an_address_without_a_name() -> None:
    """It is no name, and the hall behind it is no street."""
    party = party_from_block(_boxes("Spinnereistr. 7, Halle 10, 04179 Leipzig"))
    assert (party.name, party.street.value if party.street else None) == (None, "Spinnereistr. 7")


def test_labels_within_an_address_are_no_part_of_it() -> None:
    """Forms print them beside each value."""
    party = party_from_block(
        _boxes("Station Helena", "b. STREET ADDRESS", "88 Ohio Street", "c. CITY Helena d. STATE AR e. ZIP CODE 72342")
    )
    assert (party.street.value, party.city.value) == ("88 Ohio Street", "Helena")  # type: ignore[union-attr]


def test_a_part_number_ends_before_the_next_label() -> None:
    """Several labels stand in one row below a line."""
    table = "Line|Description|Qty|Price\n1|SDI cable|40|32.50\n|Part Number: KAV-12 Manufacturer: Corlink Mfr. Part: CL12||"
    (line,) = read_grid([grid(table)], US).lines
    assert line.seller_part_number is not None
    assert line.seller_part_number.value == "KAV-12"


def test_an_unknown_unit_of_two_words_is_asked_about() -> None:
    """What is counted decides what is shipped."""
    read = read_grid([grid("Pos|Text|Qty|Unit|Price\n1|Cup|120|grand gross|8.45")], US)
    assert [problem.code for problem in read.problems] == ["unread_values"]


def test_one_cell_may_label_several_numbers() -> None:
    """Each goes to whose it is."""
    table = "#|Product ID|Name|Net Unit Price|Qty\n1|GTIN: 4006381333931 SE_ID: B-9|Washer|2.00|5\n|BY_ID: 198765|||"
    (line,) = read_grid([grid(table)], US).lines
    numbers = (line.gtin, line.seller_part_number, line.buyer_part_number)
    assert [number.value if number else None for number in numbers] == ["04006381333931", "B-9", "198765"]


def test_a_head_that_lists_much_names_its_column_first() -> None:
    """One long name must not hide that the row is the head."""
    texts = [(10.0, 10.0, "Item"), (60.0, 10.0, "Name, Description, Brand, Batch, Classification, Serial, Packaging")]
    texts += [(450.0, 10.0, "Qty"), (500.0, 10.0, "Price"), (10.0, 25.0, "1"), (60.0, 25.0, "Bow shackle")]
    texts += [(450.0, 25.0, "4"), (500.0, 25.0, "12.80")]
    (table,) = tables_of([PageText(1, 600, 800, tuple(words(*texts)))], "po.pdf")
    assert [cell.text if cell else None for cell in table.grid.rows[0]] == ["Item", "Name", "Qty", "Price"]


def test_columns_told_by_contents_alone_are_asked_about() -> None:
    """Price and quantity multiply either way round."""
    read = read_grid([grid("HPL board|4.05|18.74|75.90\nWedi kit|5.00|89.03|445.15")], US)
    assert read.has_inferred_heads
