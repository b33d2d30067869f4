"""Forms to order from, filled in and not, workbooks in which the last order was kept, and papers of systems."""

from __future__ import annotations

from benchmarks.capture.workbooks import Sheet, workbook
from models.contracts.extraction_v1 import Intent
from parsers.part_reading import PartReading
from parsers.sheets.delimited import read_delimited
from parsers.sheets.workbook import read_spreadsheet
from tests.parsers.sheets.rows import errors, read, values

GOODS = "Code|Product|Price|Quantity\nA-1|Flour|4.00|{0}\nA-2|Spelt|5.00|{1}\nA-3|Yeast|2.00|\nA-4|Sugar|3.00|\nA-5|Salt|1.00|"


def reading(text: str) -> PartReading:
    rows = [line + "|" * (3 - line.count("|")) for line in text.splitlines()]
    return read_delimited("\n".join(rows).encode(), "form.csv")


def test_a_form_that_nobody_filled_in_is_no_order() -> None:
    """It counts nothing, and its head is empty."""
    assert reading("Order form\nYour order number:|\nDelivery date:|\n" + GOODS.format("", "")).intent is Intent.OTHER


def test_an_empty_form_with_a_number_is_an_order_without_lines() -> None:
    """Somebody began to fill it in: a person looks at it."""
    assert reading("Order form\nPO number:|P-77\n" + GOODS.format("", "")).intent is Intent.ORDER


def test_figures_under_unknown_heads_make_a_form_no_empty_one() -> None:
    """They may be what is ordered."""
    text = "Order form\nCode|Product|Price|Quantity|Zzyx\nA-1|Flour|4.00||6\nA-2|Spelt|5.00||\nA-3|Yeast|2.00||"
    assert reading(text).intent is Intent.ORDER


def test_a_sellers_list_in_which_some_goods_are_counted_is_an_order() -> None:
    """ "Ihre Bestell-Nr." and a price list's title are the seller's words."""
    found = reading("Preisliste 2027\nIhre Bestell-Nr.:|KB-1\n" + GOODS.format("6", "4"))
    assert (found.intent, len(found.orders[0].order.lines)) == (Intent.ORDER, 2)


def test_the_last_order_of_the_same_goods_is_asked_about() -> None:
    """Only the older one is in doubt."""
    heads = [["Item", "Product", "Qty", "Price"], ["A-1", "Still water", "6", "7.90"], ["A-2", "Tonic", "5", "3.40"]]
    sheets = [
        Sheet("Nov", [["PO", "P-2"], ["Order date", "2026-11-22"], [], *heads]),
        Sheet("Oct", [["PO", "P-1"], ["Order date", "2026-10-25"], [], *heads]),
    ]
    later, older = read_spreadsheet(workbook(sheets, "xlsx"), "order.xlsx").orders
    assert (errors(later), errors(older)) == (set(), {"goods_again"})


def test_what_is_still_open_is_what_a_list_of_open_orders_wants() -> None:
    """ "Menge offen" makes the lines' amounts, and nothing else counts."""
    order = read(
        "Beleg|Artikel|Text|Menge offen|EK|Wert\nEB-2026-3391|A-1|Filter|12|3.00|36.00\nEB-2026-3391|A-2|Riemen|6|2.00|12.00"
    )
    assert order.order.po_number is not None
    assert (order.order.po_number.value, values(order.order.lines, "quantity")) == ("EB-2026-3391", [["12"], ["6"]])


def test_the_words_of_a_pivot_table_for_nothing_are_no_goods() -> None:
    """ "(blank)" stands where a row has no name."""
    order = read("PO|P-1\nItem|Description|Qty|Unit|Price\nA-1|Hinge|4|pcs|3.15\n|(blank)|||")
    assert values(order.order.lines, "description") == [["Hinge"]]


def test_a_number_after_its_own_label_is_no_label() -> None:
    """ "ZD" labels orders in Polish, and "ZD/1180/2026" is one."""
    order = read("Zamówienie do dostawcy nr|ZD/1180/2026\nItem|Description|Qty|Unit|Price\nA-1|Hinge|4|pcs|3.15")
    assert order.order.po_number is not None
    assert order.order.po_number.value == "ZD/1180/2026"


def test_the_currency_is_that_of_the_prices_that_are_taken() -> None:
    """Of two price columns the one counts that makes the amounts."""
    heads = "Item|Description|Qty|Price EUR|Price CHF|Total CHF"
    order = read(f"PO|P-1\n{heads}\nA-1|Pad|20|22.40|21.30|426.00\nA-2|Disc|8|39.90|37.95|303.60").order
    assert order.currency is not None
    assert order.currency.value == "CHF"


def test_discounts_in_rows_of_their_own_are_added_up() -> None:
    """One below each line; together they stand between the lines and the total."""
    rows = ["1|Hinge|200|pcs|1.95|390.00", "|Discount 10 %||||-39.00", "2|Slide|40|pcs|14.20|568.00", "|Discount 5 %||||-28.40"]
    order = read("\n".join(["PO|P-1", "Pos|Description|Qty|Unit|Price|Total", *rows, "||||Net total|890.60"]))
    assert (values(order.order.lines, "quantity"), errors(order)) == ([["200"], ["40"]], set())


def test_the_day_behind_a_place_is_the_deliverys() -> None:
    """ "Livraison : … | Le : 27/11" after the order's own date."""
    head = "Commande n°|C-1||Date :|20/11/2026\nLivraison :|Aubert, 14 place du Marché, 21200 Beaune||Le :|27/11/2026"
    order = read(f"{head}\nRéférence|Désignation|Qté|Prix\nA-1|Moutarde|4|2.35").order
    assert order.requested_delivery_date is not None
    assert order.requested_delivery_date.value == "2026-11-27"


def test_a_column_called_line_may_hold_amounts() -> None:
    """Quantity times price makes them, and positions do not come so."""
    order = read("PO|P-1\nSKU|Item|Qty|Each|Line\nB-1|Table|10|24.00|240.00\nB-2|Box|40|6.50|260.00")
    assert values(order.order.lines, "line_number", "line_total") == [[None, "240.00"], [None, "260.00"]]


def test_the_sum_of_amounts_is_the_total_of_a_row_of_sums() -> None:
    """Right of it stands the sum of what was received."""
    rows = ["B-1|Table|10|24.00|240.00|0", "B-2|Box|40|6.50|260.00|0"]
    order = read("\n".join(["PO|P-1", "SKU|Item|Qty|Price|Amount|Rcv'd", *rows, "Total||50||500.00|0"]))
    assert order.order.total_net is not None
    assert (order.order.total_net.value, errors(order)) == ("500.00", set())


def test_a_name_that_is_the_same_everywhere_names_no_goods() -> None:
    """It is the supplier's in a ledger's export, and the memo names the goods."""
    rows = "B-1|Granite State Supply|Bird table, oak|10|24.00\nB-2|Granite State Supply|Nest box, small|40|6.50"
    order = read(f"PO|P-1\nItem No|Name|Memo|Qty|Price\n{rows}")
    assert values(order.order.lines, "description") == [["Bird table, oak"], ["Nest box, small"]]


def test_conditions_beside_the_total_are_read() -> None:
    """They stand in the first row below the lines."""
    order = read("PO|P-1\nItem|Description|Qty|Price|Total\nA-1|Hinge|4|3.00|12.00\nPayment terms: 30 days net|||Net total|12.00")
    assert order.order.payment_terms is not None
    assert order.order.payment_terms.value == "30 days net"


def test_a_company_before_its_department_heads_the_letter() -> None:
    """And a note in the other corner does not."""
    text = "||||||prices checked - MV\nAcme Valves Ltd - Purchasing Department\n4 High Street, Leeds LS1 4AP\n\nPO|P-1"
    order = read(f"{text}\nItem|Description|Qty|Price\nA-1|Hinge|4|3.00").order
    assert order.buyer is not None
    assert order.buyer.name is not None
    assert order.buyer.name.value == "Acme Valves Ltd"
