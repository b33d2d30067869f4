"""Records the histories that the replay test holds the workflows against: `python -m tests.replay.record`, or only those of
scenes that are named after it.

Run it after a change of the workflows that was meant, with `workflow.patched` where orders of the old kind may still be
open; keep the old histories then, in a folder that is named after the patch.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path

from activities.gateways.document_reader import ChildDocumentReader
from models.contracts.decision_v1 import DecisionV1
from models.contracts.return_request_v1 import ReturnRequestV1
from models.domain.identifiers import Sku
from models.domain.lifecycle import OrderStatus
from models.domain.messages import message_digest
from models.domain.questions import question_key
from models.store.loading import load_company
from models.store.schema import migrate
from models.store.session import engine_for
from tests.workflows.bench import INBOX, Bench, until
from tests.workflows.company import Companies, temporal_server
from tests.workflows.exchange import HANSEWERK, agree, contrl, control_of, in_folder, ordchg, orders, rule
from tests.workflows.mails import mail
from tests.workflows.stated import (
    CABLE_TIE,
    DEAR_CUSTOMER,
    DEAR_SENDER,
    DELIVERED,
    DELIVERY,
    DELIVERY_WAREHOUSE,
    EXPECTED,
    LEVER_CONNECTOR,
    SENDER,
    order,
)

HISTORIES = Path(__file__).parent / "histories"
COMPANY = Path(__file__).parents[2] / "demo" / "company"
Scene = Callable[[Bench], Awaitable[dict[str, str]]]


async def touchless(bench: Bench) -> dict[str, str]:
    """An EDI order from its message to its delivery."""
    content = (INBOX / "13-hansewerk-orders-d96a.edi").read_bytes()
    message = await bench.concluded(await bench.take_in(content, "orders.edi", sender="edi@hansewerk.example"))
    closed = await bench.order_at(message.order_ids[0], OrderStatus.CLOSED)
    shipment = bench.shipments.of_order(closed.order_id)[0]
    return {"intake": f"intake:{message.message_id}", "order": closed.order_id, "fulfilment": shipment.shipment_id}


async def corrected(bench: Bench) -> dict[str, str]:
    """Held, corrected, shipped; the same order came again meanwhile."""
    submission = order((CABLE_TIE, "200"), ("NO-SUCH-ITEM", "5"))
    waiting = await bench.opened(submission, OrderStatus.NEEDS_REVIEW)
    await bench.decide(waiting.order_id, "hold", reason="asking the buyer")
    await bench.submit(waiting.order_id, submission.model_copy(update={"message_id": "again"}))
    await bench.decide(waiting.order_id, "correct", **{"2.sku": LEVER_CONNECTOR, "2.quantity": "100"})
    await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    return {"order": waiting.order_id}


async def taught(bench: Bench) -> dict[str, str]:
    """A number that was corrected once, and the next order that goes by it."""
    waiting = await bench.opened(order(("KMB 0815-9", "200")), OrderStatus.NEEDS_REVIEW)
    await bench.decide(waiting.order_id, "correct", **{"1.sku": CABLE_TIE})
    served = await bench.opened(order(("KMB 0815-9", "200")), OrderStatus.CLOSED)
    await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    return {"order": waiting.order_id, "order-served": served.order_id}


async def rejected(bench: Bench) -> dict[str, str]:
    """Turned down."""
    waiting = await bench.opened(order(("NO-SUCH-ITEM", "5")), OrderStatus.NEEDS_REVIEW)
    await bench.decide(waiting.order_id, "reject", reason="we do not sell this")
    await bench.order_at(waiting.order_id, OrderStatus.REJECTED)
    return {"order": waiting.order_id}


async def cancelled(bench: Bench) -> dict[str, str]:
    """Cancelled while it waited for a person."""
    waiting = await bench.opened(order(("NO-SUCH-ITEM", "5")), OrderStatus.NEEDS_REVIEW)
    await bench.client.temporal.get_workflow_handle(waiting.order_id).cancel()
    await bench.order_at(waiting.order_id, OrderStatus.CANCELLED)
    return {"order": waiting.order_id}


async def called_off(bench: Bench) -> dict[str, str]:
    """Cancelled while it waited for goods: the ERP and the buyer are told."""
    waiting = await bench.opened(order((CABLE_TIE, "100"), (EXPECTED, "4")), OrderStatus.BACKORDERED)
    await bench.client.temporal.get_workflow_handle(waiting.order_id).cancel()
    await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    return {"order": waiting.order_id}


async def backordered(bench: Bench) -> dict[str, str]:
    """One part at once, the other when its delivery came."""
    waiting = await bench.opened(order((CABLE_TIE, "100"), (EXPECTED, "4")), OrderStatus.BACKORDERED)
    bench.stock.receive_inbound(DELIVERY, Sku(EXPECTED), DELIVERY_WAREHOUSE, Decimal(DELIVERED), "A-01-01-1")
    await bench.client.stock_arrived(waiting.order_id)
    await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    return {"order": waiting.order_id, "backorder": f"backorder:{waiting.order_id}"}


async def given_up(bench: Bench) -> dict[str, str]:
    """The missing goods were given up."""
    waiting = await bench.opened(order((EXPECTED, "400"), (EXPECTED, "800")), OrderStatus.BACKORDERED, OrderStatus.NEEDS_REVIEW)
    if waiting.status is OrderStatus.NEEDS_REVIEW:
        await bench.decide(waiting.order_id, "approve")
        await bench.order_at(waiting.order_id, OrderStatus.BACKORDERED)
    backorder = f"backorder:{waiting.order_id}"
    await bench.client.temporal.get_workflow_handle(backorder).execute_update("give_up", {"reason": "not needed"})
    await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    return {"backorder": backorder}


async def settled(bench: Bench) -> dict[str, str]:
    """Goods come back within the policy."""
    closed = await bench.opened(order((CABLE_TIE, "100")), OrderStatus.CLOSED)
    return {"return": await bench.client.request_return(ReturnRequestV1(order_id=closed.order_id, sender=SENDER))}


async def authorised(bench: Bench) -> dict[str, str]:
    """Dear goods come back by a person's word, once; what is left of them is nothing, and the next return is refused."""
    dear = order((LEVER_CONNECTOR, "1500"), customer=DEAR_CUSTOMER, sender=DEAR_SENDER)
    closed = await bench.opened(dear, OrderStatus.CLOSED)
    first = await bench.client.request_return(ReturnRequestV1(order_id=closed.order_id, sender=SENDER))
    await until(lambda: bench.returns.of_order(closed.order_id) or None, "the return")
    await bench.client.decide_return(first, "authorise", DecisionV1(by="jo", note="goodwill"))
    await bench.result(first)
    second = await bench.client.request_return(ReturnRequestV1(order_id=closed.order_id, sender=SENDER))
    return {"return": first, "return-refused": second}


async def exchanged(bench: Bench) -> dict[str, str]:
    """With a partner that acknowledges what it gets, changes its order too late, and sends it once more."""
    agree(bench, "10023", acknowledge_within_hours=24, acknowledged_within_hours=24)
    bench_orders = orders("T-EDI-1")
    message = await bench.concluded(await bench.take_in(bench_orders, "orders.edi"))
    closed = await bench.order_at(message.order_ids[0], OrderStatus.CLOSED)
    (ordrsp,) = [content for content in await in_folder(bench, HANSEWERK, "ORDRSP") if b"T-EDI-1" in content]
    receipt = await bench.concluded(await bench.take_in(contrl(control_of(ordrsp)), "contrl.edi"))
    again = await bench.concluded(await bench.take_in(bench_orders + b"\n", "orders.edi"))
    late = await bench.concluded(await bench.take_in(orders("T-EDI-2", quantity="900000"), "orders.edi"))
    waiting = await bench.order_at(late.order_ids[0], OrderStatus.BACKORDERED, OrderStatus.NEEDS_REVIEW)
    if waiting.status is OrderStatus.NEEDS_REVIEW:
        await bench.decide(waiting.order_id, "approve")
        await bench.order_at(waiting.order_id, OrderStatus.BACKORDERED)
    await bench.concluded(await bench.take_in(ordchg("T-EDI-2", quantity="500"), "ordchg.edi"))
    await until(lambda: "ChangeAnswered" in bench.events(waiting.order_id) or None, "the answer to the change")
    await bench.client.temporal.get_workflow_handle(waiting.order_id).cancel()
    return {
        "order": closed.order_id,
        "clock": f"clock:acknowledgement:{closed.order_id}:accepted",
        "fulfilment": bench.shipments.of_order(closed.order_id)[0].shipment_id,
        "intake-receipt": f"intake:{receipt.message_id}",
        "intake-again": f"intake:{again.message_id}",
        "order-changed": waiting.order_id,
    }


async def asked(bench: Bench) -> dict[str, str]:
    """The buyer is asked, answers by mail, and a person takes the answer."""
    waiting = await bench.opened(order((CABLE_TIE, "200"), ("WHAT-IS-THIS", "100")), OrderStatus.NEEDS_REVIEW)
    await bench.client.ask(waiting.order_id, DecisionV1(by="jo"))
    key = question_key(waiting.order_id, 1)
    await until(lambda: bench.outbox.is_sent(key) or None, "the question")
    reference = f"<{message_digest(key)}@brueckner-hale.example>".encode()
    answer = mail(SENDER, "AW: Rückfrage", f"Wir meinen {LEVER_CONNECTOR}.\n")
    content = answer.replace(b"To:", b"In-Reply-To: " + reference + b"\r\nTo:", 1)
    message = await bench.concluded(await bench.take_in(content, "reply.eml", sender=SENDER))
    await until(lambda: bench.orders.load(waiting.order_id).answered or None, "the answer")
    await bench.decide(waiting.order_id, "correct", **{"2.sku": LEVER_CONNECTOR})
    await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    return {"order": waiting.order_id, "intake-reply": f"intake:{message.message_id}"}


async def parted(bench: Bench) -> dict[str, str]:
    """The good line went on at a reviewer's word, the doubtful one waited and was rejected."""
    whole = await bench.opened(order((CABLE_TIE, "200"), ("NO-SUCH-ITEM", "5")), OrderStatus.NEEDS_REVIEW)
    await bench.decide(whole.order_id, "accept_part", by="jo", note="urgent")
    await bench.order_at(whole.order_id, OrderStatus.CLOSED)
    rest_id = whole.order_id.rest
    await bench.decide(rest_id, "reject", by="jo", reason="we do not sell this")
    await bench.order_at(rest_id, OrderStatus.REJECTED)
    return {"order": whole.order_id, "rest": rest_id}


async def parted_itself(bench: Bench) -> dict[str, str]:
    """The policy let the good line go on by itself; the rest was corrected."""
    rule(bench, partial_acceptance="automatic")
    submission = order((CABLE_TIE, "200"), ("NO-SUCH-ITEM", "5"))
    closed = await bench.opened(submission, OrderStatus.CLOSED)
    rule(bench, partial_acceptance="propose")
    rest_id = closed.order_id.rest
    await bench.order_at(rest_id, OrderStatus.NEEDS_REVIEW)
    await bench.decide(rest_id, "correct", **{"2.sku": LEVER_CONNECTOR, "2.quantity": "100"})
    await bench.order_at(rest_id, OrderStatus.CLOSED)
    return {"order": closed.order_id, "rest": rest_id}


async def messages(bench: Bench) -> dict[str, str]:
    """Messages that are no new order: an invoice, noise, a question, a copy."""
    question = mail(SENDER, "Wo bleibt Bestellung T-00001?", "Guten Tag,\nwo bleibt unsere Bestellung T-00001?\nDanke\n")
    copy = (INBOX / "13-hansewerk-orders-d96a.edi").read_bytes() + b"\n"
    given = {
        "not-an-order": ((INBOX / "30-wellpappe-rechnung.pdf").read_bytes(), "rechnung.pdf"),
        "unreadable": ((INBOX / "31-montaigne-tronque.pdf").read_bytes()[:900], "tronque.pdf"),
        "enquiry": (question, "frage.eml"),
        "duplicate": (copy, "orders.edi"),
    }
    ids = {}
    for name, (content, file_name) in given.items():
        message = await bench.concluded(await bench.take_in(content, file_name, sender=SENDER))
        await bench.result(f"intake:{message.message_id}")
        ids[f"intake-{name}"] = f"intake:{message.message_id}"
    return ids


SCENES: tuple[Scene, ...] = (
    touchless,
    corrected,
    taught,
    rejected,
    cancelled,
    called_off,
    backordered,
    given_up,
    settled,
    authorised,
    messages,
    exchanged,
    asked,
    parted,
    parted_itself,
)


async def record(names: Sequence[str]) -> None:
    """Play the scenes of these names, or every one, in one company and write down what Temporal wrote down."""
    HISTORIES.mkdir(exist_ok=True)
    scenes = [scene for scene in SCENES if not names or scene.__name__ in names]
    for old in HISTORIES.glob("*.json"):
        if not names or old.name.partition("-")[0] in names:
            old.unlink()
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(temporal_server())
        reader = stack.enter_context(ChildDocumentReader("reader:read"))
        database = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "company.db"
        migrate(f"sqlite:///{database}")
        engine = engine_for(f"sqlite:///{database}")
        load_company(COMPANY, engine, today=date.today())  # noqa: DTZ011 - the demo's deliveries count from today
        engine.dispose()
        bench = await Companies(server, database, reader, stack).open()
        for scene in scenes:
            for part, workflow_id in (await scene(bench)).items():
                await _keep(bench, f"{scene.__name__}-{part}", workflow_id)


async def _keep(bench: Bench, name: str, workflow_id: str) -> None:
    handle = bench.client.temporal.get_workflow_handle(workflow_id)
    await asyncio.wait_for(handle.result(), 60)
    history = json.loads((await handle.fetch_history()).to_json())
    lines = ",\n".join(json.dumps(event, sort_keys=True) for event in history["events"])
    (HISTORIES / f"{name}.json").write_text(f'{{"workflow_id": {json.dumps(workflow_id)},\n"events": [\n{lines}\n]}}\n')
    print(f"{name}: {len(history['events'])} events")


if __name__ == "__main__":
    asyncio.run(record(sys.argv[1:]))
