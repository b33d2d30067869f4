"""A customer's unknown part number is corrected once, as the Temporal UI sends it, and is known from then on, until undone."""

from __future__ import annotations

import asyncio
from html import unescape

import pytest
from reportlab.lib.pagesizes import A4

from entrypoints import cli_learned
from models.domain.lifecycle import OrderStatus
from models.domain.sales_order import SalesOrder
from tests.parsers.pdf.pdf_documents import Sheet
from tests.workflows.bench import AT_WORK, Bench
from tests.workflows.pages import page_of
from tests.workflows.stated import CABLE_TIE, SENDER, order

pytestmark = AT_WORK

THEIRS = "KMB 0815-9"


async def test_a_number_that_was_corrected_once_goes_touchless_until_it_is_undone(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Flagged, corrected by a reviewer, touchless with its receipt on the page, undone, flagged again."""
    first = await bench.opened(order((THEIRS, "200")), OrderStatus.NEEDS_REVIEW)
    handle = bench.client.temporal.get_workflow_handle(first.order_id)
    await asyncio.wait_for(handle.execute_update("correct", {"1.sku": CABLE_TIE}), 60)

    second = await bench.opened(order((THEIRS.replace(" ", ""), "200")), OrderStatus.CLOSED, OrderStatus.NEEDS_REVIEW)
    assert (second.status, second.decisions[-1].outcome) == (OrderStatus.CLOSED, "touchless")
    [receipt] = second.learned
    page = await page_of(bench, second)
    assert "Learned from earlier orders" in page
    assert f"corrected by Temporal UI on {first.source.received_at:%Y-%m-%d} in {first.order_id}" in page

    monkeypatch.setenv("ORDERWRIGHT_VAR", str(bench.settings.var))
    cli_learned.undo(receipt.fact_id, why="taught by mistake", by="jo.reviewer")
    third = await bench.opened(order((THEIRS, "200")), OrderStatus.CLOSED, OrderStatus.NEEDS_REVIEW)
    assert [finding.code for finding in third.open_findings] == ["unknown_item"]


def paper(own_number: str, quantity: int) -> bytes:
    """The customer's form: the number of the form comes first, and what it calls its building project is the order's."""
    sheet = Sheet(A4)
    sheet.block(50, 60, ["Kessler Metallbau GmbH", "Im Gewerbepark 7", "58511 Lüdenscheid", "USt-IdNr. DE216311718"])
    sheet.at(50, 150, "Bestellung", points=16, bold=True)
    sheet.at(50, 180, "Bestellnummer:")
    sheet.at(160, 180, f"FB-{quantity}")
    sheet.at(50, 194, "Bauvorhaben:")
    sheet.at(160, 194, own_number)
    for x, head in ((50, "Pos."), (90, "Artikelnummer"), (220, "Bezeichnung"), (400, "Menge"), (450, "Einheit")):
        sheet.at(x, 240, head, bold=True)
    for x, cell in ((50, "1"), (90, CABLE_TIE), (220, "Kabelbinder 100 mm natur"), (400, str(quantity)), (450, "Stück")):
        sheet.at(x, 256, cell)
    return sheet.pdf()


async def test_where_a_customer_prints_its_number_is_corrected_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next paper is read with it, under its right number, and says so on its page; once undone, no more."""
    first = await _taken(bench, paper("BV-26/118", 250))
    assert (first.status, first.purchase_order.po_number) == (OrderStatus.NEEDS_REVIEW, "FB-250")
    handle = bench.client.temporal.get_workflow_handle(first.order_id)
    await asyncio.wait_for(handle.execute_update("correct", {"1.quantity": "300", "po_number": "BV-26/118"}), 60)
    await bench.order_at(first.order_id, OrderStatus.CLOSED)

    second = await _taken(bench, paper("BV-26/119", 300))
    assert (second.order_id, second.decisions[-1].outcome) == ("order:10010:BV-26/119", "touchless")
    [receipt] = second.learned
    assert "the order's number stands beside 'bauvorhaben'" in unescape(await page_of(bench, second))

    monkeypatch.setenv("ORDERWRIGHT_VAR", str(bench.settings.var))
    cli_learned.undo(receipt.fact_id, why="a new form", by="jo.reviewer")
    third = await _taken(bench, paper("BV-26/120", 400))
    assert (third.purchase_order.po_number, third.learned) == ("FB-400", ())


async def _taken(bench: Bench, content: bytes) -> SalesOrder:
    """The order that the document became, once it waits or is done."""
    message = await bench.concluded(await bench.take_in(content, "order.pdf", sender=SENDER))
    [order_id] = message.order_ids
    return await bench.order_at(order_id, OrderStatus.NEEDS_REVIEW, OrderStatus.CLOSED)
