"""Papers that look like orders and are none: a quotation request, an invoice, an order confirmation, a delivery note."""

from __future__ import annotations

from benchmarks.capture.html_parts import (
    block,
    cells_row,
    document,
    head_row,
    letterhead,
    lines_of,
    lines_table,
    pairs_beside,
    totals_table,
)
from benchmarks.capture.html_parts import row as beside
from benchmarks.capture.paper import Layout, Paper

_TITLES = {
    "quote": {
        "en": "Request for Quotation", "de": "Anfrage", "fr": "Demande de prix", "es": "Solicitud de presupuesto",
        "it": "Richiesta di offerta", "nl": "Offerteaanvraag", "pl": "Zapytanie ofertowe",
    },
    "invoice": {
        "en": "Invoice", "de": "Rechnung", "fr": "Facture", "es": "Factura", "it": "Fattura", "nl": "Factuur",
        "pl": "Faktura VAT",
    },
    "confirmation": {
        "en": "Order Confirmation", "de": "Auftragsbestätigung", "fr": "Confirmation de commande", "es": "Confirmación de pedido",
        "it": "Conferma d'ordine", "nl": "Orderbevestiging", "pl": "Potwierdzenie zamówienia",
    },
    "delivery": {
        "en": "Delivery Note", "de": "Lieferschein", "fr": "Bon de livraison", "es": "Albarán", "it": "Documento di trasporto",
        "nl": "Pakbon", "pl": "Dokument dostawy WZ",
    },
}  # fmt: skip
_COLUMNS = ("line", "part", "description", "quantity", "unit", "price", "total")


def _paper(paper: Paper, kind: str, table: str, foot: str) -> str:
    title = f"<div style='font-size:160%' class='b'>{_TITLES[kind][paper.order.language]}</div>"
    values = pairs_beside([("No.", paper.order.extra["quotation"]), paper.pair("order_date"), paper.pair("po_number")])
    addresses = beside(block(paper.label("buyer"), paper.party("buyer")), block(paper.label("ship_to"), paper.party("ship_to")))
    seller = paper.party("seller")
    own = (
        letterhead(paper)
        if kind == "quote"
        else f"<div><b style='font-size:150%'>{seller[0]}</b><br>{lines_of(seller[1:])}</div>"
    )
    top = beside(own, f"<div>{title}{values}</div>")
    return document(f"{top}<br>{addresses}<br>{table}{foot}", "td{border:1px solid #aaa}")


def _quote(paper: Paper) -> str:
    """Goods and quantities, price blanks to fill."""
    paper.intent = "quote_request"
    rows = "".join(
        cells_row(_COLUMNS, [*(paper.cell(name, line) for name in _COLUMNS[:5]), "________", ""]) for line in paper.order.lines
    )
    table = f"<table style='width:100%'><tr>{head_row(paper, _COLUMNS)}</tr>{rows}</table>"
    return _paper(paper, "quote", table, "")


def _invoice(paper: Paper) -> str:
    """An invoice names the order that it bills."""
    paper.intent = "other"
    return _paper(paper, "invoice", lines_table(paper, _COLUMNS), totals_table(paper.totals()))


def _confirmation(paper: Paper) -> str:
    """The seller's answer, in the order's own words."""
    paper.intent = "other"
    return _paper(paper, "confirmation", lines_table(paper, _COLUMNS), totals_table(paper.totals()))


def _delivery(paper: Paper) -> str:
    """What came with the goods: no prices."""
    paper.intent = "other"
    return _paper(paper, "delivery", lines_table(paper, _COLUMNS[:5]), "")


LOOKALIKES = (
    Layout("alike-quote", _quote),
    Layout("alike-invoice", _invoice, order={"taxed": 1}),
    Layout("alike-confirmation", _confirmation, order={"taxed": 0.5}),
    Layout("alike-delivery", _delivery),
)
