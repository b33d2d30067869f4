"""The order pages: what they show, and that nothing of a document can act on them."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser

import httpx
import pytest

from models.domain.sales_order import SalesOrder
from tests.fakes.orders import messages_that_were_no_orders, order_that_waits, order_that_was_delivered
from tests.fakes.world import World

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
PLACES = {"4500881203": (450.0, 77.0, 510.0, 87.0), "3.10": (430.0, 286.0, 450.0, 296.0)}
ATTACK = "\"'></pre><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"


@pytest.fixture
def waiting(world: World) -> SalesOrder:
    return order_that_waits(world, PNG, PLACES, (595.0, 842.0))


def page_of(order: SalesOrder) -> str:
    return f"/orders/{order.order_id.replace('/', '%2F')}"


class Elements(HTMLParser):
    """Collects the elements of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


async def test_the_list_shows_orders_and_what_was_none(browser: httpx.AsyncClient, world: World, waiting: SalesOrder) -> None:
    """Each with its status and why it stands where it stands."""
    messages_that_were_no_orders(world)
    html = (await browser.get("/")).text
    for shown in (
        "Nordwind Maschinenbau GmbH",
        "403.41 EUR",
        "Line 2 asks 3.10",
        "It is an invoice",
        "duplicate",
        "Order 77.eml",
    ):
        assert shown in html


async def test_a_filter_leaves_what_it_names(browser: httpx.AsyncClient, world: World, waiting: SalesOrder) -> None:
    """Orders that wait for a person, and no closed one."""
    order_that_was_delivered(world)
    html = (await browser.get("/?show=waiting")).text
    assert "Nordwind" in html
    assert "Harbour Tools" not in html


async def test_a_value_points_at_its_box_on_the_page(browser: httpx.AsyncClient, waiting: SalesOrder) -> None:
    """The PO number's mark is that of the rectangle at its place, measured in the page's own points."""
    elements = Elements((await browser.get(page_of(waiting))).text).found
    boxes = {each["data-mark"]: each for tag, each in elements if tag == "rect" and "data-mark" in each}
    pointing = {mark for _, each in elements for mark in (each.get("data-marks") or "").split()}
    [number] = [each for each in boxes.values() if (each["x"], each["y"]) == ("448.50", "75.50")]
    assert number["data-mark"] in pointing
    assert any(tag == "svg" and each.get("viewbox") == "0 0 595.00 842.00" for tag, each in elements)


async def test_the_place_of_an_open_question_stands_out(browser: httpx.AsyncClient, waiting: SalesOrder) -> None:
    """The price in doubt has a box of another colour."""
    elements = Elements((await browser.get(page_of(waiting))).text).found
    assert [each["y"] for tag, each in elements if tag == "rect" and "doubt" in (each.get("class") or "")] == ["284.50"]


async def test_the_page_tells_what_was_read_matched_and_decided(browser: httpx.AsyncClient, waiting: SalesOrder) -> None:
    """Reading, match, runner-up, tax law, risk, proposal and the way to answer."""
    html = (await browser.get(page_of(waiting))).text
    for shown in (
        "Hex bolt M8x40 zinc plated", "HX-M8-40-ZP", "CT-200-48-WH", "§ 12 (1) UStG", "used only once before",
        "2.price=2.75/100", "Touchless, had line 2 asked", "Two questions are open.",
    ):  # fmt: skip
        assert shown in html


async def test_text_without_pages_is_marked_and_quoted(browser: httpx.AsyncClient, world: World) -> None:
    """A span is marked in the text; a cell of a spreadsheet is quoted with its address."""
    html = (await browser.get(page_of(order_that_was_delivered(world)))).text
    assert re.search(r'<mark data-mark="e\d+">50 x HX-M8-40-ZP</mark>', html)
    assert re.search(r"extra\.xlsx</th>.*Sheet1!C7", html, re.DOTALL)


async def test_a_delivered_order_shows_cartons_tracking_label_and_mail(browser: httpx.AsyncClient, world: World) -> None:
    """From SSCC to signature."""
    order = order_that_was_delivered(world)
    html = (await browser.get(page_of(order))).text
    for shown in ("LP000017", "cheapest that arrives in time", "Your order 88-1204", "ERP-77120", "jo.reviewer", "bin A-03-2"):
        assert shown in html
    label = await browser.get(f"{page_of(order)}/labels/SO-100042-1.pdf")
    assert label.content == b"%PDF-1.4 label"


async def test_nothing_that_a_document_says_becomes_markup(browser: httpx.AsyncClient, world: World) -> None:
    """With an attack in every text, the page has the elements that it has without, and no template is run."""

    name = '"document_name":"PO-4500881203.pdf'
    texts = (
        "Nordwind Maschinenbau GmbH", "their number for it", "Two findings stop", "30 days net", "Line 3 may mean",
        "einkauf@nordwind", "Washer M8, A2", "used only once", "Goods delivered",
    )  # fmt: skip

    def poison(order_json: str) -> str:
        attack = ATTACK.replace('"', '\\"')
        for text, put in {name: f'"document_name":"{attack}', **dict.fromkeys(texts, attack)}.items():
            assert text in order_json
            order_json = order_json.replace(text, put)
        return order_json

    clean = Elements((await browser.get(page_of(order_that_waits(world, PNG, PLACES, (595.0, 842.0))))).text)
    world.orders.orders.clear()
    order = order_that_waits(world, PNG, PLACES, (595.0, 842.0), poison)
    for path in (page_of(order), "/", "/review"):
        html = (await browser.get(path)).text
        elements = Elements(html).found
        assert "alert(1)" in html
        assert "{{7*7}}" in html
        assert [each.get("src") for tag, each in elements if tag == "script"] in (["/static/order.js"], ["/static/list.js"], [])
        assert not [each for _, each in elements if any(name.startswith("on") for name in each)]
    poisoned = Elements((await browser.get(page_of(order))).text)
    assert [tag for tag, _ in poisoned.found] == [tag for tag, _ in clean.found]


async def test_a_messages_attack_stays_text(browser: httpx.AsyncClient, world: World) -> None:
    """Also in the page of a message that was no order."""
    message = messages_that_were_no_orders(world)
    world.inbox.conclude(message.message_id, "unreadable", ATTACK, [], None)
    html = (await browser.get(f"/messages/{message.message_id}")).text
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


@pytest.mark.parametrize("path", ["/", "/review", "/docs", "/nothing", "/healthz", "/static/style.css", "/v1/orders"])
async def test_every_answer_forbids_foreign_and_inline_code(browser: httpx.AsyncClient, path: str) -> None:
    """The policy names our own origin and nothing else."""
    headers = (await browser.get(path)).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")


@pytest.mark.parametrize("path", ["/", "/review", "/docs", "/orders/order:C1007:4500881203"])
async def test_a_page_needs_nothing_inline_and_nothing_from_elsewhere(
    browser: httpx.AsyncClient, waiting: SalesOrder, path: str
) -> None:
    """So it works under that policy, and on a machine without the internet."""
    for tag, each in Elements((await browser.get(path)).text).found:
        assert "style" not in each
        assert tag != "style"
        loaded = each.get("src") or (each.get("href") if tag in ("link", "image", "script") else None)
        assert loaded is None or loaded.startswith("/")


async def test_the_original_is_saved_and_never_shown(browser: httpx.AsyncClient, waiting: SalesOrder) -> None:
    """As an attachment of no particular type."""
    answer = await browser.get(f"{page_of(waiting)}/source")
    assert answer.content == b"%PDF-1.7 the original"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''PO-4500881203.pdf"
    assert answer.headers["content-type"] == "application/octet-stream"


async def test_a_picture_is_shown_only_with_its_own_order(browser: httpx.AsyncClient, world: World, waiting: SalesOrder) -> None:
    """Knowing the digest of another document's page, or of the original, opens nothing."""
    other = order_that_was_delivered(world)
    picture = re.search(r"/pages/([0-9a-f]{64})\.png", (await browser.get(page_of(waiting))).text)
    assert picture is not None
    assert (await browser.get(f"{page_of(waiting)}/pages/{picture[1]}.png")).headers["content-type"] == "image/png"
    assert (await browser.get(f"{page_of(other)}/pages/{picture[1]}.png")).status_code == 404
    assert waiting.source.document is not None
    assert (await browser.get(f"{page_of(waiting)}/pages/{waiting.source.document.sha256}.png")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/static/../api.py",
        "/static/%2e%2e/api.py",
        "/static/..%2f..%2fsettings.py",
        "/orders/../../etc/passwd",
        "/orders/order:C1:..%2f..%2fetc%2fpasswd/source",
        "/messages/..%2f..%2fetc",
        "/orders/order:C1007:4500881203/pages/..%2f..%2fx.png",
        "/orders/order:C1007:4500881203/labels/..%2f..%2fx.pdf",
    ],
)
async def test_paths_lead_nowhere_else(browser: httpx.AsyncClient, waiting: SalesOrder, path: str) -> None:
    """Not found, or not a valid name."""
    assert (await browser.get(path)).status_code in (404, 422)


async def test_the_desk_link_leads_to_the_run_in_the_temporal_ui(browser: httpx.AsyncClient, waiting: SalesOrder) -> None:
    """To the tab with the details; to the workflow alone while Temporal is away."""
    answer = await browser.get(f"{page_of(waiting)}/workflow")
    assert answer.headers["location"] == (
        "http://temporal.test:8233/namespaces/orders/workflows/order%3AC1007%3A4500881203/0190-run/user-metadata"
    )


async def test_the_desk_link_works_while_temporal_is_away(browser: httpx.AsyncClient, world: World, waiting: SalesOrder) -> None:
    """Then it cannot know the run."""
    world.workflows.is_away = True
    answer = await browser.get(f"{page_of(waiting)}/workflow")
    assert answer.headers["location"].endswith("/workflows/order%3AC1007%3A4500881203")


async def test_an_unknown_order_is_a_page_that_says_so(browser: httpx.AsyncClient) -> None:
    """404 for people as a page, not as JSON."""
    answer = await browser.get("/orders/order:C1:none")
    assert (answer.status_code, "There is no order" in answer.text) == (404, True)
    assert answer.headers["content-type"].startswith("text/html")


async def test_pages_without_a_store_say_so(browser: httpx.AsyncClient, world: World) -> None:
    """503 with a next step."""
    world.store.is_away = True
    assert (await browser.get("/")).status_code == 503


async def test_the_interface_documents_every_path_of_v1(browser: httpx.AsyncClient) -> None:
    """On the page and in the machine-readable contract."""
    paths = (await browser.get("/openapi.json")).json()["paths"]
    html = (await browser.get("/docs")).text
    assert {path for path in paths if path.startswith("/v1/")} >= {
        "/v1/documents",
        "/v1/orders",
        "/v1/messages/{message_id}",
        "/v1/returns",
    }
    assert all(path in html for path in paths)
