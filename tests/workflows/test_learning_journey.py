"""A customer's unknown part number is corrected once, as the Temporal UI sends it, and is known from then on, until undone."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

import httpx
import pytest

import gateway
from entrypoints import cli_learned
from entrypoints.backend import Connector, Workflows
from models.domain.lifecycle import OrderStatus
from models.domain.sales_order import SalesOrder
from tests.workflows.bench import AT_WORK, Bench
from tests.workflows.stated import CABLE_TIE, order

pytestmark = AT_WORK

THEIRS = "KMB 0815-9"


async def page_of(bench: Bench, order: SalesOrder) -> str:
    """The order page, as the gateway serves it."""

    async def connect() -> Workflows:
        return bench.client

    presence = gateway.presence_of(bench.settings)
    app = gateway.app_of(bench.settings, Connector(connect))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=presence.public_url) as client:
        answer = await client.get(f"/orders/{quote(order.order_id, safe='')}")
    assert answer.status_code == 200, answer.text
    return answer.text


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
