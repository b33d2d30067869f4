"""An order of which the good lines go on and the doubtful ones wait: two lives, two answers, nothing lost and nothing twice."""

from __future__ import annotations

import itertools
import json
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import Connection, Engine, event
from temporalio import activity
from temporalio.client import WorkflowExecutionStatus

from activities.gateways.document_reader import ChildDocumentReader
from models.contracts.activity_io import AcceptPart, OrderBrief
from models.domain.identifiers import OrderId
from models.domain.lifecycle import OrderStatus
from models.domain.sales_order import SalesOrder
from tests.workflows.bench import AT_WORK, Bench
from tests.workflows.company import Companies, TemporalServer
from tests.workflows.exchange import HANSEWERK, in_folder, interchange, rule
from tests.workflows.stated import CABLE_TIE, LEVER_CONNECTOR, fresh_number, order
from workflows.client import DecisionRefused

pytestmark = AT_WORK


def unknown() -> str:
    """The number of a thing that nobody has heard of, and that nobody taught us."""
    return f"{fresh_number('UNHEARD')}-{fresh_number('OF')}"


async def doubtful(bench: Bench) -> SalesOrder:
    """An order that waits because of its second line."""
    whole = await bench.opened(order((CABLE_TIE, "200"), (unknown(), "5"), (LEVER_CONNECTOR, "100")), OrderStatus.NEEDS_REVIEW)
    assert whole.may_wait == (2,), [finding.message for finding in whole.open_findings]
    return whole


def answers(bench: Bench, order_id: str) -> list[str]:
    return [message.text for message in bench.outbox.of_subject(order_id) if message.kind == "acknowledgement"]


def exported(bench: Bench, order_id: str) -> dict[str, Any]:
    (file,) = bench.erp_files(order_id)
    found: dict[str, Any] = json.loads(file.read_text())
    return found


async def test_the_good_lines_are_delivered_while_the_doubtful_one_waits(bench: Bench) -> None:
    """With one update and no data, as the Temporal UI sends it; the rest is answered, posted and shipped for itself."""
    whole = await doubtful(bench)
    assert whole.may_wait == (2,)
    rest_id = whole.order_id.rest
    receipt = await bench.decide(whole.order_id, "accept_part", by="jo")
    assert (receipt.open_findings, rest_id in receipt.message) == ((), True)
    first = await bench.order_at(whole.order_id, OrderStatus.CLOSED)
    rest = await bench.order_at(rest_id, OrderStatus.NEEDS_REVIEW)
    assert ([line.number for line in first.lines], [line.number for line in rest.lines]) == ([1, 3], [2])
    assert first.decisions[-1].by == "jo"
    (answer,) = answers(bench, first.order_id)
    assert "in Klärung" in answer
    assert answers(bench, rest_id) == []

    await bench.decide(rest_id, "correct", by="jo", **{"2.sku": LEVER_CONNECTOR, "2.quantity": "100"})
    await bench.order_at(rest_id, OrderStatus.CLOSED)
    (later,) = answers(bench, rest_id)
    assert "Die übrigen Positionen beantworten wir gesondert" in later
    assert len(answers(bench, first.order_id)) == 1
    posted = [exported(bench, order_id) for order_id in (first.order_id, rest_id)]
    assert [[line["number"] for line in one["lines"]] for one in posted] == [[1, 3], [2]]
    assert [one["same_purchase_order"] for one in posted] == [rest_id, first.order_id]
    assert len({one["purchase_order"]["number"] for one in posted}) == 1
    assert (await bench.result(rest_id))["status"] == "Closed"


async def test_a_rest_that_is_turned_down_leaves_the_good_lines_alone(bench: Bench) -> None:
    """The buyer is told of its lines only, under a head that rejects nothing else."""
    whole = await doubtful(bench)
    await bench.decide(whole.order_id, "accept_part")
    await bench.order_at(whole.order_id, OrderStatus.CLOSED)
    await bench.decide(whole.order_id.rest, "reject", reason="we do not sell this")
    await bench.order_at(whole.order_id.rest, OrderStatus.REJECTED)
    await bench.result(whole.order_id.rest)
    (answer,) = answers(bench, whole.order_id.rest)
    assert "we do not sell this" in answer
    assert "nicht annehmen" not in answer


async def test_the_same_order_again_is_a_duplicate_of_both(bench: Bench) -> None:
    """Whatever became of its parts."""
    submission = order((CABLE_TIE, "200"), (unknown(), "5"))
    whole = await bench.opened(submission, OrderStatus.NEEDS_REVIEW)
    await bench.decide(whole.order_id, "accept_part")
    receipt = await bench.submit(whole.order_id, submission.model_copy(update={"message_id": "e" * 64}))
    assert (receipt.order_id, receipt.disposition) == (whole.order_id, "duplicate")
    assert (await bench.order_at(whole.order_id.rest, OrderStatus.NEEDS_REVIEW)).changes == ()


async def test_what_cannot_be_parted_says_why(bench: Bench) -> None:
    """Nothing is changed."""
    waiting = await bench.opened(order((unknown(), "5")), OrderStatus.NEEDS_REVIEW)
    with pytest.raises(DecisionRefused, match="No part of this order can go on alone"):
        await bench.decide(waiting.order_id, "accept_part")
    assert (await bench.order_at(waiting.order_id, OrderStatus.NEEDS_REVIEW)).version == waiting.version
    assert bench.orders.find(waiting.order_id.rest) is None


async def test_the_rest_is_a_child_that_outlives_the_order(bench: Bench) -> None:
    """The Temporal UI shows each beside the other."""
    whole = await doubtful(bench)
    await bench.decide(whole.order_id, "accept_part")
    await bench.order_at(whole.order_id, OrderStatus.CLOSED)
    await bench.result(whole.order_id)
    child = await bench.client.temporal.get_workflow_handle(whole.order_id.rest).describe()
    assert (child.parent_id, child.status) == (whole.order_id, WorkflowExecutionStatus.RUNNING)


class _Dying:
    """Parts orders as a worker would that dies at its commits: at the first one first, then at the second, and so on."""

    def __init__(self, step: Callable[..., Any]) -> None:
        self._step = step
        self._attempts: Counter[str] = Counter()

    @activity.defn(name="accept_part")
    def accept_part(self, request: AcceptPart) -> OrderBrief:
        self._attempts[request.order_id] += 1
        fatal, commits, own = self._attempts[request.order_id], itertools.count(1), threading.get_ident()

        def die(_connection: Connection) -> None:
            if threading.get_ident() == own and next(commits) == fatal < 4:
                raise ConnectionError("the worker died")

        event.listen(Engine, "commit", die)
        try:
            brief: OrderBrief = self._step(request)
            return brief
        finally:
            event.remove(Engine, "commit", die)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def eager(server: TemporalServer, company_database: Path, reader: ChildDocumentReader) -> AsyncIterator[Bench]:
    """A company whose policy lets good lines go on by themselves, and whose workers die while they part orders."""
    async with AsyncExitStack() as stack:
        companies = Companies(server, company_database, reader, stack)
        bench = await companies.open(steps={"accept_part": lambda step: _Dying(step).accept_part})
        rule(bench, partial_acceptance="automatic")
        yield bench


async def test_the_policy_lets_good_lines_go_on_and_the_partner_is_told_line_by_line(eager: Bench) -> None:
    """ORDRSP with one line accepted and one not affected yet; later another one for the rest alone. A change finds its part."""
    number = fresh_number("P")
    message = await eager.concluded(await eager.take_in(two_lines("ORDERS", "220", number), "orders.edi"))
    (order_id,) = message.order_ids
    first = await eager.order_at(order_id, OrderStatus.CLOSED)
    assert "touchless" in [decision.outcome for decision in first.decisions]
    (answer,) = await in_folder(eager, HANSEWERK, "ORDRSP")
    assert b"LIN+10+5+" in answer
    assert b"LIN+20+4'" in answer
    assert b"+4+AC'" in answer

    changed = await eager.concluded(await eager.take_in(change_of_second(number), "ordchg.edi"))
    assert changed.outcome == "change_requested"
    rest_id = OrderId(order_id).rest
    rest = await eager.order_at(rest_id, OrderStatus.NEEDS_REVIEW)
    assert [line.quantity for line in rest.changes[0].purchase_order.lines] == [7]
    assert eager.orders.load(OrderId(order_id)).changes == ()
    await eager.decide(rest_id, "correct", by="jo", **{"2.sku": LEVER_CONNECTOR, "2.quantity": "100"})
    still = await eager.order_at(rest_id, OrderStatus.NEEDS_REVIEW, OrderStatus.CLOSED)
    if still.status is OrderStatus.NEEDS_REVIEW:
        await eager.decide(rest_id, "approve", by="jo")
    await eager.order_at(rest_id, OrderStatus.CLOSED)
    sent = await in_folder(eager, HANSEWERK, "ORDRSP", count=2)
    assert sum(b"LIN+10+" in content for content in sent) == 1


async def test_an_order_whose_worker_dies_at_its_commits_is_parted_once(eager: Bench) -> None:
    """Two orders, each line in one of them, each with one workflow and one fact that tells of it."""
    bench = eager
    first = await bench.opened(order((CABLE_TIE, "200"), (unknown(), "5"), (LEVER_CONNECTOR, "100")), OrderStatus.CLOSED)
    rest = await bench.order_at(first.order_id.rest, OrderStatus.NEEDS_REVIEW)
    assert ([line.number for line in first.lines], [line.number for line in rest.lines]) == ([1, 3], [2])
    assert [one.outcome for one in first.decisions].count("part_accepted") == 1
    assert (bench.events(first.order_id).count("PartAccepted"), bench.events(rest.order_id).count("RestOpened")) == (1, 1)
    assert len(bench.erp_files(first.order_id)) == len(answers(bench, first.order_id)) == 1
    found = {each.order_id for each in bench.orders.recent() if each.purchase_order == first.purchase_order}
    assert found == {first.order_id, rest.order_id}


async def test_a_cancelled_order_leaves_its_rest_alone(bench_by_hand: Bench) -> None:
    """Who cancels the good lines says nothing of those that wait."""
    bench = bench_by_hand
    whole = await doubtful(bench)
    await bench.decide(whole.order_id, "accept_part")
    await bench.order_at(whole.order_id, OrderStatus.RELEASED)
    await bench.client.temporal.get_workflow_handle(whole.order_id).cancel()
    await bench.order_at(whole.order_id, OrderStatus.CANCELLED)
    await bench.decide(whole.order_id.rest, "correct", **{"2.sku": LEVER_CONNECTOR, "2.quantity": "100"})
    assert (await bench.order_at(whole.order_id.rest, OrderStatus.RELEASED)).lines[0].sku == LEVER_CONNECTOR


async def test_a_change_put_to_one_part_says_where_its_other_lines_belong(bench_by_hand: Bench) -> None:
    """An ERP that asks a workflow directly learns that half of its change is the other part's."""
    bench = bench_by_hand
    whole = await doubtful(bench)
    await bench.decide(whole.order_id, "accept_part")
    first = await bench.order_at(whole.order_id, OrderStatus.RELEASED)
    odd = whole.asked.lines[1].seller_part_number
    assert odd is not None
    of_both = order(
        (CABLE_TIE, "150"), (odd, "4"), po_number=whole.asked.po_number or "", kind="order_change", message_id="<both>"
    )
    of_one = order((CABLE_TIE, "120"), po_number=whole.asked.po_number or "", kind="order_change", message_id="<one>")
    receipts = [await bench.client.request_change(first.order_id, change) for change in (of_both, of_one)]
    assert [receipt.elsewhere for receipt in receipts if receipt] == [whole.order_id.rest, ""]


_GOOD = "LIN+10+{action}+4012345011784:EN'QTY+21:100:PCE'"
_ODD = "LIN+20+{action}'PIA+1+QX-77:IN'IMD+F++:::Sonderteil'QTY+21:{quantity}:PCE'"


def two_lines(kind: str, code: str, number: str) -> bytes:
    """ORDERS with a line of cable ties and one that nobody knows."""
    lines = _GOOD.format(action="") + "PRI+AAA:2.34:CT:NTP:100:PCE'" + _ODD.format(action="", quantity="5")
    return interchange(
        kind, number,
        f"BGM+{code}+{number}+9'DTM+137:20261120:102'NAD+BY+{HANSEWERK}::9'NAD+SU+4012345000009::9'"
        f"NAD+DP+9521002300017::9'CUX+2:EUR:9'{lines}UNS+S'CNT+2:2'",
    )  # fmt: skip


def change_of_second(number: str) -> bytes:
    """ORDCHG that wants seven of what nobody knows."""
    return interchange(
        "ORDCHG", f"C{number}",
        f"BGM+230+{number}+4'DTM+137:20261121:102'RFF+ON:{number}'NAD+BY+{HANSEWERK}::9'NAD+SU+4012345000009::9'"
        f"CUX+2:EUR:9'{_ODD.format(action='3', quantity='7')}UNS+S'CNT+2:1'",
    )  # fmt: skip
