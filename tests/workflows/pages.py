"""The order page as the gateway serves it to a browser."""

from __future__ import annotations

from urllib.parse import quote

import httpx

import gateway
from entrypoints.backend import Connector, Workflows
from models.domain.sales_order import SalesOrder
from tests.workflows.bench import Bench


async def page_of(bench: Bench, order: SalesOrder) -> str:
    """The page's HTML."""

    async def connect() -> Workflows:
        return bench.client

    presence = gateway.presence_of(bench.settings)
    app = gateway.app_of(bench.settings, Connector(connect))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=presence.public_url) as client:
        answer = await client.get(f"/orders/{quote(order.order_id, safe='')}")
    assert answer.status_code == 200, answer.text
    return answer.text
