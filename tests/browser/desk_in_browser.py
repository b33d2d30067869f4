"""The Temporal UI as a reviewer uses it: the queue, an order, an update that is sent with the mouse."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.stack_at_work import ROOT

NAMESPACE = "orders"
PICTURES = ROOT / "var" / "screenshots"
_PATIENCE_MS = 30_000


@dataclass(frozen=True)
class Desk:
    """A browser page on the UI at `address`. Screenshots go to `pictures`."""

    page: Page
    address: str
    pictures: Path

    def queue(self) -> None:
        """Open the saved view of orders that wait for a person."""
        waiting = quote('`OrderStatus`="NeedsReview"', safe="")
        self.page.goto(f"{self.address}/namespaces/{NAMESPACE}/workflows?query={waiting}")

    def open(self, order_id: str) -> None:
        """Open an order from the queue."""
        self.page.get_by_role("link", name=order_id, exact=True).first.click(timeout=_PATIENCE_MS)
        expect(self.page.get_by_role("button", name="More Actions")).to_be_visible(timeout=_PATIENCE_MS)

    def details(self) -> str:
        """Turn to the tab with the Current Details; what they say. The UI draws Markdown in a frame of its own, which stays empty
        now and then on a busy machine until the page is loaded again."""
        tab = self.page.get_by_text("User Metadata", exact=True).first
        table = self.page.locator("iframe").last.content_frame.get_by_role("table")
        tab.click(timeout=_PATIENCE_MS)
        try:
            table.wait_for(timeout=_PATIENCE_MS / 2)
        except PlaywrightTimeout:
            self.page.reload()
            tab.click(timeout=_PATIENCE_MS)
            table.wait_for(timeout=_PATIENCE_MS)
        return table.inner_text()

    def send_update(self, name: str, data: str = "") -> None:
        """More Actions, Send an Update, choose it, type the data if there is any, submit; the dialog must close."""
        dialog = self.fill_in_update(name, data)
        self.picture(f"update-{name}")
        submit = dialog.get_by_role("button", name="Submit")
        submit.click()
        with suppress(AssertionError):
            expect(dialog).to_be_hidden(timeout=4000)
            return
        # The editor pretty-prints JSON as it loses the focus, and the button moves away under the first click.
        with suppress(PlaywrightError):
            submit.click(timeout=4000)
        expect(dialog).to_be_hidden(timeout=_PATIENCE_MS)

    def refused_update(self, name: str, data: str = "") -> str:
        """Send an update that is refused; what the dialog says."""
        dialog = self.fill_in_update(name, data)
        dialog.get_by_role("button", name="Submit").click()
        self.page.wait_for_timeout(2000)
        self.picture(f"refused-{name}")
        said = dialog.inner_text()
        dialog.get_by_role("button", name="Cancel").last.click()
        return said

    def fill_in_update(self, name: str, data: str) -> Locator:
        self.page.get_by_role("button", name="More Actions").click(timeout=_PATIENCE_MS)
        self.page.get_by_role("menuitem", name="Send an Update").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_test_id("update-select-button").click(timeout=_PATIENCE_MS)
        dialog.get_by_role("option", name=name).first.click()
        if data:
            dialog.locator(".cm-content").first.click()
            self.page.keyboard.insert_text(data)
        return dialog

    def picture(self, name: str) -> None:
        """Keep what is seen now."""
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.pictures / f"{name}.png", full_page=True)
