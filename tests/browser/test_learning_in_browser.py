"""A reviewer in the Temporal UI teaches a customer's own part number with the mouse; the order page gives the receipt, and
undoing it asks again."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

import pytest
from playwright.sync_api import Page
from reportlab.lib.pagesizes import A4

from entrypoints import cli_learned
from models.domain.lifecycle import OrderStatus
from models.domain.sales_order import SalesOrder
from tests.browser.desk_in_browser import PICTURES, Desk
from tests.parsers.pdf.pdf_documents import Sheet
from tests.stack_at_work import OUR_MAILBOX, StackAtWork

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

_BUYER, _THEIRS, _OURS = "einkauf@kessler-metallbau.example", "KMB 4711-3", "CT-100-NA"


def test_a_number_taught_with_the_mouse_is_known_from_the_next_order_on_until_it_is_undone(
    stack: StackAtWork, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked about, corrected once, touchless with its receipt, undone, asked about again."""
    desk = Desk(page, f"http://127.0.0.1:{stack.ports.ui}", PICTURES)
    first = _taken(stack, "LN-1")
    assert [finding.code for finding in first.open_findings] == ["unknown_item"]
    desk.queue()
    desk.open(first.order_id)
    assert f"{_THEIRS}" in desk.details()
    desk.send_update("correct", f'{{"1.sku": "{_OURS}"}}')
    stack.order_at(first.order_id, OrderStatus.CLOSED)

    second = _taken(stack, "LN-2")
    assert (second.status, second.decisions[-1].outcome) == (OrderStatus.CLOSED, "touchless")
    page.goto(f"http://127.0.0.1:{stack.ports.http}/orders/{second.order_id}")
    told = page.locator("main").inner_text()
    desk.picture("11-learned-receipt")
    assert "Learned from earlier orders" in told
    assert f"corrected by Temporal UI on {first.source.received_at:%Y-%m-%d} in {first.order_id}" in told

    monkeypatch.setenv("ORDERWRIGHT_VAR", str(stack.var))
    cli_learned.undo(second.learned[0].fact_id, why="taught by mistake", by="jo.reviewer")
    assert [finding.code for finding in _taken(stack, "LN-3").open_findings] == ["unknown_item"]


def _taken(stack: StackAtWork, po_number: str) -> SalesOrder:
    """The customer's order of one line under their own number, once it waits or is done."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Message-ID"] = _BUYER, OUR_MAILBOX, f"<{po_number}@kessler-metallbau.example>"
    message["Subject"] = f"Bestellung {po_number}"
    message.set_content("Guten Tag,\n\nanbei unsere Bestellung.\n")
    message.add_attachment(_paper(po_number), maintype="application", subtype="pdf", filename=f"{po_number}.pdf")
    content = message.as_bytes()
    stack.mail(content, _BUYER)
    [order_id] = stack.message(sha256(content).hexdigest()).order_ids
    return stack.order_at(order_id, OrderStatus.NEEDS_REVIEW, OrderStatus.CLOSED)


def _paper(po_number: str) -> bytes:
    sheet = Sheet(A4)
    sheet.block(50, 60, ["Kessler Metallbau GmbH", "Im Gewerbepark 7", "58511 Lüdenscheid", "USt-IdNr. DE216311718"])
    sheet.at(50, 150, "Bestellung", points=16, bold=True)
    sheet.at(50, 180, "Bestellnummer:")
    sheet.at(160, 180, po_number)
    for x, head in ((50, "Pos."), (90, "Artikelnummer"), (220, "Menge"), (280, "Einheit")):
        sheet.at(x, 240, head, bold=True)
    for x, cell in ((50, "1"), (90, _THEIRS), (220, "200"), (280, "Stück")):
        sheet.at(x, 256, cell)
    return sheet.pdf()
