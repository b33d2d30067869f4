"""Looks at every page of a running stack as its users do: `python scripts/every_page.py FOLDER` beside
`ORDERWRIGHT_COMPANY=COMPANY make run`, with the company that `python scripts/every_page.py --company COMPANY` makes first.

Each page is drawn at 1280 and 390 pixels, light and dark, into FOLDER, and the Temporal UI's at 1280. What is wider than its
screen, cut off or too pale is printed, and the status is then 1; the rest is for the eye. It sends orders with every kind of
finding and decides some of them: run it on a stack of its own, once, never on books that count. Needs Debian's Chromium and the
development packages.
"""

from __future__ import annotations

import argparse
import smtplib
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from demo.delivery import OUR_MAILBOX
from models.domain.identifiers import OrderId
from models.domain.messages import message_digest
from models.domain.questions import question_key
from tests.browser.desk_in_browser import Desk
from tests.browser.findings import BUYER, KINDS, buyers_mail, company_with_every_kind, mails_of_every_kind

_WIDTHS = {"wide": 1280, "phone": 390}
_SCHEMES = ("light", "dark")
_FLAWS = (Path(__file__).parent / "flaws.js").read_text(encoding="utf-8")
_ORDER = "Guten Tag,\n\nbitte liefern Sie zu unserer Bestellung {}:\n\n{}\n\nMit freundlichen Grüßen\nKessler Metallbau GmbH\n"
_GOOD, _BAD = "200 Stück CT-100-NA", "100 Stück QX-77-SONDER"
#: Orders of one customer, by PO number: what they order.
_ORDERS = {
    "77-7001-A": f"{_GOOD}\n{_BAD}",
    "77-7002-B": f"{_GOOD}\n{_BAD}",
    "77-7003-C": f"{_GOOD}\n{_BAD}",
    "77-7004-D": "100 Stück Kabelbinder 200 mm\n20 Stück Kabelbinder 300 mm\nLieferung bitte bis 01.11.2026",
    "77-7005-E": f"{_GOOD}\n\nAchtung, neue Bankverbindung: IBAN DE89 3704 0044 0532 0130 00",
    "77-7006-F": "200 Stück CT-100-NA zu 0,001 EUR",
}
_PATIENCE_SECONDS = 240


@dataclass
class Looker:
    """A browser beside a stack; `flaws` collects what no eye is needed for."""

    gateway: str
    smtp_port: int
    token: str
    folder: Path
    browser: Browser
    flaws: list[str] = field(default_factory=list)

    def look(self, name: str, page: Page) -> None:
        """Draw the page that is open in every width and scheme."""
        for width_name, width in _WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in _SCHEMES:
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                page.screenshot(path=self.folder / f"{name}-{width_name}-{scheme}.png", full_page=True)
                found: list[str] = page.evaluate(_FLAWS)
                self.flaws += [f"{name}, {width} px, {scheme}: {flaw}" for flaw in found]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": _WIDTHS["wide"], "height": 900})

    @contextmanager
    def visitor(self, name: str = "") -> Iterator[Page]:
        """A page in a browser of one's own, signed in under the name if there is one."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        page = context.new_page()
        if name:
            self.open(page, "/sign-in")
            self.fill_in(page, name, self.token)
        yield page
        context.close()

    def open(self, page: Page, path: str) -> None:
        page.goto(f"{self.gateway}{path}", wait_until="load")

    def fill_in(self, page: Page, name: str, password: str) -> None:
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_load_state()

    def mail(self, content: bytes, sender: str) -> None:
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=30) as server:
            server.sendmail(sender, [OUR_MAILBOX], content)

    def orders(self) -> Mapping[str, dict[str, Any]]:
        """What the gateway lists, by PO number."""
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = httpx.get(f"{self.gateway}/v1/orders", params={"limit": 200}, headers=headers, timeout=60)
        answer.raise_for_status()
        return {order["po_number"] or order["order_id"]: order for order in answer.json()["orders"]}

    def page_of(self, po_number: str, *statuses: str) -> str:
        """The path of an order's page, once it stands in one of the statuses, if any are named."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            order = self.orders().get(po_number)
            if order and (not statuses or order["status"] in statuses):
                return f"/orders/{quote(order['order_id'], safe=':')}"
            time.sleep(2)
        raise TimeoutError(f"order {po_number} did not come to {statuses}")


def send_orders(looker: Looker) -> None:
    for content, sender in mails_of_every_kind():
        looker.mail(content, sender)
    for po_number, goods in _ORDERS.items():
        looker.mail(buyers_mail(_ORDER.format(po_number, goods), f"Bestellung {po_number}"), BUYER)
    looker.mail(buyers_mail("Hallo,\n\nkönnen wir nächste Woche telefonieren?\n\nGruß\nKessler\n", "Telefonat"), BUYER)


def look_at_sign_in(looker: Looker) -> None:
    with looker.visitor() as page:
        looker.open(page, "/sign-in?next=/review")
        looker.look("sign-in", page)
        looker.fill_in(page, "Jo", "not the password")
        looker.look("sign-in-refused", page)


def look_at_lists(looker: Looker) -> None:
    with looker.visitor() as page:
        for name, path in {"list": "/", "queue-unknown": "/review", "api": "/docs", "meters": "/meters"}.items():
            looker.open(page, path)
            looker.look(name, page)
    with looker.visitor("Jo Reviewer") as page:
        views = {
            "queue": "",
            "queue-credit": "?owner=credit",
            "queue-question": "?code=price_mismatch",
            "queue-empty": "?at_least=9999999",
        }
        for name, query in views.items():
            looker.open(page, f"/review{query}")
            looker.look(f"queue{name}", page)
        looker.open(page, "/review")
        for box in page.get_by_role("checkbox").all()[:2]:
            box.check()
        page.get_by_text("The same in the Temporal UI").click()
        looker.look("queue-chosen", page)


def look_at_each_finding(looker: Looker) -> None:
    with looker.visitor("Jo Reviewer") as page:
        samples = {"conflict": "FM-2026-771", "unknown-customer": "1/2026", "fraud": "HDL-URG-2026"}
        kinds = {kind.name: number for kind in KINDS if (number := kind.po_number or _number_in(kind.text))}
        for name, po_number in {**kinds, **samples, "dates": "77-7004-D", "bank": "77-7005-E"}.items():
            looker.open(page, looker.page_of(po_number, "NeedsReview"))
            looker.look(f"order-{name}", page)
        looker.open(page, looker.page_of("77-9013-K", "NeedsReview"))
        page.keyboard.press("j")
        page.keyboard.press("1")
        page.get_by_text("With these corrections").wait_for()
        looker.look("order-rehearsed", page)


def _number_in(text: str) -> str:
    _, _, after = text.partition("Bestellung ")
    return after.partition(":")[0] or ("CL-26-0815" if "CL-26-0815" in text else "")


def look_at_conversations(looker: Looker) -> None:
    with looker.visitor("Jo Reviewer") as page:
        for name, po_number in {"asked": "77-7001-A", "answered": "77-7002-B"}.items():
            path = looker.page_of(po_number, "NeedsReview")
            looker.open(page, path)
            page.keyboard.press("q")
            page.get_by_label("The question").wait_for()
            looker.look(f"order-{name}-draft", page)
            page.get_by_role("button", name="Send the question").click()
            page.get_by_role("status").wait_for()
            looker.look(f"order-{name}", page)
        order_id = OrderId(looker.orders()["77-7002-B"]["order_id"])
        reference = f"<{message_digest(question_key(order_id, 1))}@{OUR_MAILBOX.partition('@')[2]}>"
        looker.mail(buyers_mail("Wir meinen LC-2-4.\n", "AW: Rückfrage", In_Reply_To=reference), BUYER)
        looker.open(page, looker.page_of("77-7002-B", "NeedsReview"))
        looker.look("order-answered", page)


def look_at_decisions(looker: Looker) -> None:
    with looker.visitor("Ada") as page, looker.visitor("Ben") as late:
        path = looker.page_of("77-7003-C", "NeedsReview")
        for each in (page, late):
            looker.open(each, path)
        page.get_by_role("button", name="Accept the good lines").click()
        page.get_by_role("status").wait_for()
        looker.look("order-parted", page)
        late.get_by_label("Reason").fill("too late")
        late.get_by_role("button", name="Reject").click()
        late.get_by_role("alert").wait_for()
        looker.look("order-stale", late)
        looker.open(page, f"{path}:rest")
        looker.look("order-rest", page)
        _decide(looker, page, "77-7006-F", "Approve as it stands", "first-approval")
        _decide(looker, page, "2026-1093", "Approve as it stands", "approved")
        _decide(looker, page, "ND-26-318", "Reject", "rejected")
        looker.page_of("2026-1093", "Closed")
        looker.open(page, looker.page_of("2026-1093"))
        looker.look("order-closed", page)


def _decide(looker: Looker, page: Page, po_number: str, button: str, name: str) -> None:
    looker.open(page, looker.page_of(po_number, "NeedsReview"))
    page.get_by_label("Reason").fill("agreed by phone with Ms Winter")
    page.get_by_role("button", name=button).click()
    page.get_by_role("status").wait_for()
    looker.look(f"order-{name}", page)


def look_at_messages(looker: Looker) -> None:
    with looker.visitor() as page:
        looker.open(page, "/?show=other")
        for number, link in enumerate([each.get_attribute("href") for each in page.locator(".rowlink").all()][:6]):
            looker.open(page, link or "/")
            looker.look(f"message-{number}", page)
        for name, path in {"404": "/orders/order:10010:nothing", "no-page": "/nothing", "422": "/review?at_least=much"}.items():
            looker.open(page, path)
            looker.look(f"problem-{name}", page)


def look_at_refused_forms(looker: Looker) -> None:
    """A session that ended while a form was open, a form of another site, and one that is too large."""
    with looker.visitor("Jo Reviewer") as page:
        path = looker.page_of("77-9012-M", "NeedsReview")
        for name, spoil in _SPOILT.items():
            looker.open(page, path)
            page.evaluate(spoil)
            if name == "expired":
                page.context.clear_cookies()
            page.get_by_role("button", name="Hold").click()
            page.wait_for_load_state()
            looker.look(f"problem-{name}", page)


_KEY = "document.querySelector('#decide [name=form_key]')"
_WHY = "document.querySelector('#decide [name=why]')"
_SPOILT = {
    "foreign": f"() => {{ {_KEY}.value = 'not ours'; }}",
    "too-large": f"() => {{ {_WHY}.removeAttribute('maxlength'); {_WHY}.value = 'x'.repeat(1100000); }}",
    "expired": "() => {}",
}  # fmt: skip


def look_at_temporal(looker: Looker) -> None:
    """The lists that the queue page links, one order's details, and an update that is refused."""
    with looker.visitor("Jo Reviewer") as page:
        page.set_default_timeout(60_000)
        looker.open(page, "/review")
        links = page.locator("details.elsewhere a").all()
        views = {(link.text_content() or "").strip(" ↗"): link.get_attribute("href") or "" for link in links}
        desk = Desk(page, looker.gateway, looker.folder)
        for name, address in views.items():
            page.goto(address)
            page.wait_for_timeout(4000)
            desk.picture(f"temporal-{name.lower().replace(' ', '-')}")
        looker.open(page, f"{looker.page_of('68/2026', 'NeedsReview')}/workflow")
        desk.details()
        desk.picture("temporal-details")
        for number, data in enumerate(("", '{"3.sku": "NO-SUCH"}', '{"nonsense": "1"}', "[1, 2")):
            update = "correct" if data else "approve"
            desk.refused_update(update, data)
            (looker.folder / f"refused-{update}.png").replace(looker.folder / f"temporal-refused-{number}.png")
            page.reload()


def main() -> int:
    parser = argparse.ArgumentParser(description="Draw every page of a running stack.")
    parser.add_argument("folder", type=Path, nargs="?", help="where the pictures go")
    parser.add_argument("--company", type=Path, help="make the company that asks every kind of question, and end")
    parser.add_argument("--gateway", default="http://127.0.0.1:8080")
    parser.add_argument("--smtp-port", type=int, default=2525)
    parser.add_argument("--token", type=Path, default=Path("var/api-token"))
    parser.add_argument("--only", nargs="*", help="the looks to take, such as lists decisions")
    chosen = parser.parse_args()
    if chosen.company is not None:
        company_with_every_kind(chosen.company)
        return 0
    if chosen.folder is None:
        parser.error("name the folder for the pictures")
    chosen.folder.mkdir(parents=True, exist_ok=True)
    looks = {look.__name__.removeprefix("look_at_"): look for look in _LOOKS}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        told = 0
        looker = Looker(chosen.gateway, chosen.smtp_port, chosen.token.read_text().strip(), chosen.folder, browser)
        send_orders(looker)
        for name in chosen.only or looks:
            looks[name](looker)
            sys.stdout.write("".join(f"{flaw}\n" for flaw in [f"looked at {name.replace('_', ' ')}", *looker.flaws[told:]]))
            told = len(looker.flaws)
        browser.close()
    return 1 if looker.flaws else 0


_LOOKS = (
    look_at_sign_in, look_at_each_finding, look_at_conversations, look_at_decisions, look_at_lists, look_at_messages,
    look_at_refused_forms, look_at_temporal,
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
