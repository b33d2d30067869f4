"""The order page tells why an order was decided as it was."""

from __future__ import annotations

from collections.abc import Callable

import httpx
from fastapi import FastAPI

from models.domain.checks import decision_record
from models.domain.decision_record import decisions_of
from models.domain.messages import AuditEntry
from models.domain.policy import DecisionPolicy, PolicyFacts
from models.domain.sales_order import Decision
from tests.domain.made import NOW
from tests.fakes.orders import order_that_waits
from tests.fakes.world import World


async def test_the_page_shows_each_check_and_what_it_was_decided_with(make_app: Callable[..., FastAPI], world: World) -> None:
    """In the words of `orderwright explain`, escaped like everything that comes from a document."""
    order = order_that_waits(world, b"png", {}, (595.0, 842.0))
    decision = Decision(outcome="needs_review", by="orderwright", at=NOW, why="<b>doubt</b>")
    record = decision_record(order, decision, DecisionPolicy(name="<i>ours</i>"), PolicyFacts(), {"rules": "abc"})
    entry = AuditEntry(
        subject_id=decisions_of(order.order_id), key="1", event="DecisionRecorded", actor="orderwright", at=NOW, summary="",
        details={"record": record.model_dump_json()},
    )  # fmt: skip
    world.audit.append(entry)
    transport = httpx.ASGITransport(app=make_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test") as browser:
        html = (await browser.get(f"/orders/{order.order_id}", headers={"Accept": "text/html"})).text
    assert 'aria-label="Why"' in html
    assert "asked a person" in html
    assert "rules abc" in html
    assert "<i>ours</i>" not in html
