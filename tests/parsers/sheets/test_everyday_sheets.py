"""Order forms and exports as offices use them every day: addresses apart, numbers of parties, packs that are counted together."""

from __future__ import annotations

import pytest

from parsers.lexicon import meaning_of_header
from parsers.totals import is_foot_label
from parsers.values.towns import town_of
from parsers.values.units import unit_code, unit_of_head
from tests.parsers.sheets.rows import errors, read, values
from tests.parsers.sheets.test_clerks import place

HEADS = "Item|Description|Qty|Unit|Price"
LINE = "A-1|Hinge|4|pcs|3.15"


def test_a_form_that_takes_the_address_apart_below_its_title_names_one_place() -> None:
    form = "Deliver to:||\nName:|Acme Ltd|\nAddress:|4 High Street|\nCity:|Leeds|\nPostcode:|LS1 4AP|"
    order = read(f"PO|P-1\n{form}\n\n{HEADS}\n{LINE}")
    assert place(order) == ["Acme Ltd", "4 High Street", "LS1 4AP", "Leeds"]


def test_address_columns_that_say_not_whose_they_are_are_asked_about() -> None:
    heads = "Order Number|Address|City|Zip Code|SKU|Quantity"
    order = read(f"{heads}\nP-1|118 Main St|Bozeman|59715|HB-104|12\nP-1|118 Main St|Bozeman|59715|HB-102|24")
    assert "unread_address" in errors(order)


def test_one_number_for_all_lines_is_no_article_s() -> None:
    """ "Supplier code" numbers the supplier where another column tells the goods apart."""
    heads = "Supplier code|Item|Description|Qty"
    order = read(f"PO|P-1\n{heads}\nV-77|A-1|Hinge|4\nV-77|A-2|Latch|5\nV-77|A-3|Bolt|6")
    assert values(order.order.lines, "seller_part_number") == [["A-1"], ["A-2"], ["A-3"]]


def test_one_article_on_all_lines_keeps_its_number() -> None:
    """The same goods twice, for two jobs of the buyer's: "Your Part No" says that it numbers them."""
    order = read("PO|P-1\nYour Part No|Our Item No|Description|Qty\nHX-1|100001|Hinge|4\nHX-1|100002|Hinge|5")
    assert values(order.order.lines, "seller_part_number", "buyer_part_number") == [["HX-1", "100001"], ["HX-1", "100002"]]


def test_a_program_s_key_of_an_order_is_not_its_number() -> None:
    heads = "Purchase Order ID|Purchase Order Number|Item|Description|Qty"
    order = read(f"{heads}\n88123|PO-2291|A-1|Hinge|4\n88123|PO-2291|A-2|Latch|5")
    assert order.order.po_number is not None
    assert order.order.po_number.value == "PO-2291"


def test_a_price_with_tax_is_no_net_price() -> None:
    meaning = meaning_of_header("Unit price inc. VAT")
    assert meaning is not None
    assert meaning.name == "ignore.list_price"


@pytest.mark.parametrize("label", ["Totaal aantal dozen", "Summe Kartons", "Total quantity"])
def test_a_sum_of_packs_is_no_line(label: str) -> None:
    assert is_foot_label(label)


@pytest.mark.parametrize("label", ["Hinge", "Carton of hinges"])
def test_goods_are_no_sum(label: str) -> None:
    assert not is_foot_label(label)


@pytest.mark.parametrize(("head", "unit"), [("Cases required", "CS"), ("Kartons bestellt", "CT")])
def test_a_head_counts_in_its_unit_whatever_it_says_of_the_wish(head: str, unit: str) -> None:
    assert unit_of_head(head) == unit


@pytest.mark.parametrize(("language", "unit"), [("fr", "BX"), ("it", "BO"), ("de", "BG")])
def test_a_unit_written_alike_means_what_its_language_says(language: str, unit: str) -> None:
    """ "bt" is a boîte, a bottiglia, a Beutel."""
    assert unit_code("bt", language) == unit


def test_a_town_ends_before_its_full_stop() -> None:
    town = town_of("46394 Ribarroja.")
    assert town is not None
    assert town.city == "Ribarroja"


@pytest.mark.parametrize("lead", ["entro il 4 dicembre 2026 presso", "bis 04.12.2026 an", "by 4 December 2026 to"])
def test_a_day_that_leads_into_a_place_is_no_part_of_it(lead: str) -> None:
    order = read(f"PO|P-1\nDelivery address|{lead} Acme, Via Roma 3, 50026 San Casciano\n\n{HEADS}\n{LINE}")
    assert place(order) == ["Acme", "Via Roma 3", "50026", "San Casciano"]
