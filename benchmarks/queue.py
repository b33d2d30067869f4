"""How long the review queue's page takes with many open reviews: `python -m benchmarks.queue [rows] [database URL]`.

Filters and pages as people do, through the gateway's own application, and prints the median and the slowest of each address in
milliseconds of wall time and of processor time.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import httpx
from sqlalchemy import insert

import gateway
from models.domain.review_queue import WaitingOrder
from models.store import waiting
from models.store.schema import migrate
from models.store.session import engine_for, writing
from settings import Settings

_ROWS = 10_000
_TIMES = 15
_CODES = ("price_mismatch", "unknown_item", "ambiguous_item", "credit_limit_exceeded", "low_confidence", "new_ship_to")
_OWNERS = ("sales", "credit", "tax", "compliance", "warehouse")
_ADDRESSES = (
    "/review", "/review?page=100", "/review?owner=credit", "/review?code=price_mismatch", "/review?at_least=5000",
    "/review?owner=sales&code=unknown_item&at_least=1000&hours=24", "/review?state=answered", "/review?due_within=1",
)  # fmt: skip


def invented(number: int, now: datetime) -> WaitingOrder:
    """The row of one order; the same for the same number."""
    return WaitingOrder(
        order_id=f"order:{10_000 + number % 300}:PO-{number}",
        version=3,
        status="NeedsReview",
        received_at=now - timedelta(minutes=7 * number % 40_000),
        customer=f"Customer {number % 300} GmbH",
        po_number=f"PO-{number}",
        total=Decimal(number * 37 % 2_000_000) / 100,
        currency="EUR",
        codes=(_CODES[number % 6], _CODES[(number + 2) % 6])[: 1 + number % 2],
        owners=(_OWNERS[number % 5],),
        sentence="Line 2 asks 3.10 where 2.75 is agreed. And 1 more.",
        may_be_approved=number % 3 != 0,
        people_needed=1 + (number % 50 == 0),
        first_approval="",
        states=("answered",) if number % 40 == 0 else (),
        due_at=now + timedelta(minutes=number % 5_000 - 500),
    )


def fill(url: str, rows: int) -> None:
    """A database with so many open reviews and nothing else."""
    migrate(url)
    engine, now = engine_for(url), datetime.now(UTC)
    made = [invented(number, now) for number in range(rows)]
    tags = [{"kind": kind, "word": word, "order_id": row.order_id} for row in made for kind, word in sorted(row.tags)]
    with writing(engine) as connection:
        connection.execute(insert(waiting.review_queue), [waiting.columns_of(row) for row in made])
        connection.execute(insert(waiting.review_tag), tags)
    engine.dispose()


async def measure(settings: Settings) -> None:
    """Ask for each address many times, in turns, and print what it took."""
    app = gateway.app_of(settings)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=settings.gateway) as browser:
        for address in _ADDRESSES:
            walls, cpus = [], []
            for _ in range(_TIMES):
                wall, cpu = time.perf_counter(), time.process_time()
                answer = await browser.get(address, headers={"Accept": "text/html"})
                walls.append(1000 * (time.perf_counter() - wall))
                cpus.append(1000 * (time.process_time() - cpu))
                assert answer.status_code == 200, answer.text[:500]
            figures = (statistics.median(walls), max(walls), statistics.median(cpus), max(cpus))
            print(f"{address:64} wall {figures[0]:6.0f} (max {figures[1]:6.0f})   cpu {figures[2]:6.0f} (max {figures[3]:6.0f})")


def main() -> None:
    """Measure with a database of its own, or with the empty one whose URL is given."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else _ROWS
    with tempfile.TemporaryDirectory(prefix="orderwright-queue-") as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/orderwright.db"
        fill(url, rows)
        print(f"{rows} open reviews, {_TIMES} times each, milliseconds")
        asyncio.run(measure(Settings(var=Path(folder), database_url=url, _env_file=None)))


if __name__ == "__main__":
    main()
