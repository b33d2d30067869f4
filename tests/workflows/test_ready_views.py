"""The ready views of the Temporal UI list what the desk's own queue lists: no order more, and none less."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import gateway
from entrypoints.backend import HIGH_VALUE
from models.domain.findings import Owner
from models.domain.lifecycle import OrderStatus
from models.domain.review_queue import QueueFilter
from tests.workflows.bench import AT_WORK, INBOX, Bench
from tests.workflows.stated import LEVER_CONNECTOR, order

pytestmark = AT_WORK

_FILTERS = {
    "all that waits": QueueFilter(),
    "due within the hour": QueueFilter(due_within=1),
    f"worth {HIGH_VALUE:,} and more": QueueFilter(at_least=HIGH_VALUE),
    "fraud?": QueueFilter(state="fraud"),
    **{f"questions to {owner.value}": QueueFilter(owner=owner.value) for owner in Owner},
}


async def waiting_orders(bench: Bench) -> set[str]:
    """One small order of sales's, a dear one, and a dear one from somebody who may not be who they say they are."""
    sent = [
        order(("NO-SUCH-ITEM", "5")),
        order((LEVER_CONNECTOR, "100000"), prices=["0.20"]),
    ]
    message = await bench.concluded(await bench.take_in((INBOX / "28-littoral-urgent.eml").read_bytes(), "urgent.eml"))
    return {*message.order_ids, *[(await bench.opened(each, OrderStatus.NEEDS_REVIEW)).order_id for each in sent]}


async def test_each_ready_view_lists_exactly_the_orders_that_the_queue_lists(bench: Bench) -> None:
    """By whose question, by worth, by what is due and by fraud, held and unheld, now and when the reminder is near."""
    ours = await waiting_orders(bench)
    held = min(ours)
    await bench.decide(held, "hold", reason="waiting for the buyer's call")
    moved_on = await bench.opened(order(), OrderStatus.CLOSED)
    seen: dict[str, int] = {}
    for now in (datetime.now(UTC), datetime.now(UTC) + timedelta(days=30)):
        for name, link in gateway.presence_of(bench.settings).review_views(now).items():
            wanted = {held} if name == "on hold" else queued(bench, _FILTERS[name], now) & ours
            query = unquote(link.partition("query=")[2])
            assert await listed(bench, query, ours, wanted) == wanted, name
            assert moved_on.order_id not in await ids_of(bench, query)
            seen[name] = max(seen.get(name, 0), len(wanted))
    assert {name for name, count in seen.items() if count} >= {
        "all that waits",
        "due within the hour",
        "fraud?",
        "questions to sales",
    }
    assert seen[f"worth {HIGH_VALUE:,} and more"] == 2


def queued(bench: Bench, chosen: QueueFilter, now: datetime) -> set[str]:
    return {row.order_id for row in bench.orders.waiting(chosen, now, 1000, 0).rows}


async def listed(bench: Bench, query: str, ours: set[str], wanted: set[str]) -> set[str]:
    """What the server lists of ours; its lists come some moments after what happened."""
    for _ in range(100):
        if (found := await ids_of(bench, query) & ours) == wanted:
            break
        await asyncio.sleep(0.1)
    return found


async def ids_of(bench: Bench, query: str) -> set[str]:
    return {each.id async for each in bench.client.temporal.list_workflows(query)}
