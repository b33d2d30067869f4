"""How much processor time the decision of an extracted order takes, models loaded: all checks, reads and writes included.

The demo company is loaded into a folder of its own; the orders are of one customer and have so many lines that are priced and in
stock. Run `python -m benchmarks.decision`. Processor time, not the clock: other programs on the machine do not count.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from activities.gateways.clock import SystemClock
from activities.order_records import OrderRecord
from checks import OrderChecks
from models.contracts.activity_io import OpenOrder, OrderStep
from models.contracts.extraction_v1 import OrderLineV1, PartyV1, PurchaseOrderV1, StatedValue
from models.contracts.order_submission_v1 import OrderSubmissionV1
from models.domain.identifiers import CustomerNumber, OrderId
from models.store.books import Books
from models.store.loading import load_company
from models.store.schema import migrate
from models.store.session import engine_for
from settings import Settings

CUSTOMER = CustomerNumber("10010")


def measured(folder: Path, lines: int, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of processor time of each step, by name, for as many orders as rounds; the first order warms up."""
    settings = Settings(var=folder, _env_file=None)
    migrate(settings.database)
    engine = engine_for(settings.database)
    load_company(settings.company, engine, today=datetime.now(UTC).date())
    books = Books(engine)
    record = OrderRecord(books.orders, books.audit, SystemClock(), settings.gateway)
    checks = OrderChecks(settings, books)
    checks.warm_up()
    steps, recording = checks.steps(record), checks.recording(record)
    skus = sold_to(books, lines)
    spent: defaultdict[str, list[float]] = defaultdict(list)
    for number in range(rounds + 1):
        order_id = OrderId.of(CUSTOMER, f"BENCH-{number}")
        recording.open_order(OpenOrder(order_id=order_id, submission=_submission(skus, number), started_at=datetime.now(UTC)))
        for check in steps.checks:
            before = time.process_time()
            check(OrderStep(order_id=order_id))
            if number:
                spent[getattr(check, "__name__", "step")].append((time.process_time() - before) * 1000)
    return spent


def sold_to(books: Books, count: int) -> Sequence[str]:
    """So many items that the customer has a price for."""
    customer = books.parties.customer(CUSTOMER)
    every = [item.sku for item in books.catalogue.each_item() if not item.is_discontinued]
    priced = {entry.sku for entry in books.catalogue.prices(customer.price_list, every, datetime.now(UTC).date())}
    return sorted(priced)[:count]


def _submission(skus: Sequence[str], number: int) -> OrderSubmissionV1:
    order = PurchaseOrderV1(
        po_number=_said(f"BENCH-{number}"),
        buyer=PartyV1(customer_number=_said(CUSTOMER)),
        lines=tuple(OrderLineV1(seller_part_number=_said(sku), quantity=_said("100"), unit=_said("C62")) for sku in skus),
    )
    return OrderSubmissionV1(sender="einkauf@kessler-metallbau.example", purchase_order=order)


def _said(value: str) -> StatedValue:
    return StatedValue(value=value, confidence=1.0)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the processor time of a decision.")
    parser.add_argument("--lines", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=20)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        spent = measured(Path(folder), chosen.lines, chosen.rounds)
    for name, each in spent.items():
        print(f"{name:16} {median(each):7.1f} ms")
    total = [sum(each) for each in zip(*spent.values(), strict=True)]
    print(f"{'decision':16} {median(total):7.1f} ms of processor time for {chosen.lines} lines ({len(total)} orders)")


if __name__ == "__main__":
    main()
