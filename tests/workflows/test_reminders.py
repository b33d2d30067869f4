"""Time passes: the desk is reminded of orders that wait, on a server whose clock can be moved on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import update
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.testing import WorkflowEnvironment

import worker
from activities.gateways.document_reader import ChildDocumentReader
from models.contracts.decision_v1 import DecisionV1
from models.domain.findings import Owner
from models.domain.identifiers import OrderId
from models.domain.lifecycle import OrderStatus
from models.domain.questions import question_key
from models.domain.working_hours import Absence, DeskPerson, DeskRules, Unanswered
from models.store import tables
from models.store.parties import SqlParties
from models.store.session import engine_for, writing
from settings import Settings
from tests.workflows.bench import AT_WORK, Bench, Mailbox, until
from tests.workflows.company import BIN, at_work, mail_server, own_settings
from tests.workflows.stated import SENDER, order
from workflows.client import OrderwrightClient
from workflows.converter import DATA_CONVERTER
from workflows.desk import SEARCH_ATTRIBUTES
from workflows.retries import REVIEW_REMINDER

pytestmark = AT_WORK

_TYPES = {
    "Keyword": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    "Double": IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
    "KeywordList": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
    "Datetime": IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
}


def work_day_and_night(settings: Settings) -> None:
    """The server's clock is moved on by hours, not over weekends; whoever owns sales' questions is away."""
    engine = engine_for(settings.database)
    company = SqlParties(engine).company()
    today = datetime.now(UTC).date()
    away = Absence(first=today - timedelta(days=1), last=today + timedelta(days=30))
    people = (
        DeskPerson(name="Jo", mail="jo@ours.example", owns=(Owner.SALES,), away=(away,), deputy="Kim"),
        DeskPerson(name="Kim", mail="kim@ours.example"),
        DeskPerson(name="Lee", mail="lee@ours.example"),
    )
    rule = Unanswered(after_reminders=3, then="reject", reason="we could not clarify it")
    desk = DeskRules(people=people, escalate_to="Lee", unanswered=rule)
    with writing(engine) as connection:
        connection.execute(update(tables.company).values(document=company.model_copy(update={"desk": desk})))
    engine.dispose()


@asynccontextmanager
async def moving_clock(company_database: Path, reader: ChildDocumentReader) -> AsyncIterator[tuple[Bench, WorkflowEnvironment]]:
    """A company on a server whose clock can be moved on."""
    mailbox = Mailbox()
    async with AsyncExitStack() as stack:
        port = stack.enter_context(mail_server(mailbox))
        environment = await stack.enter_async_context(
            await WorkflowEnvironment.start_time_skipping(
                test_server_existing_path=str(BIN / "temporal-test-server"), data_converter=DATA_CONVERTER
            )
        )
        attributes = {name: _TYPES[kind] for name, kind in SEARCH_ATTRIBUTES.items()}
        request = AddSearchAttributesRequest(namespace="default", search_attributes=attributes)
        await environment.client.operator_service.add_search_attributes(request)
        settings = stack.enter_context(own_settings(company_database, mail_port=port))
        work_day_and_night(settings)
        client = OrderwrightClient(environment.client)
        activities = worker.activities_of(settings, client, reader)
        await stack.enter_async_context(at_work(client, settings, activities.light, activities.reading))
        yield Bench(client, settings, mailbox, await environment.get_current_time()), environment


async def test_the_desk_is_reminded_once_each_time_that_an_order_waited_too_long(
    company_database: Path, reader: ChildDocumentReader
) -> None:
    """Reminders in their intervals to the deputy of who is away, later ones also to who is above; then the rule decides."""
    async with moving_clock(company_database, reader) as (bench, environment):
        waiting = await bench.opened(order(("NO-SUCH-ITEM", "5")), OrderStatus.NEEDS_REVIEW)
        for number in (1, 2):
            await environment.sleep(REVIEW_REMINDER + timedelta(minutes=5))
            key = f"{'reminder' if number == 1 else 'escalation'}:{waiting.order_id}:{number}"
            await until(partial(_is_sent, bench, key), f"reminder {number}")
        await until(lambda: "ReviewEscalated" in bench.events(waiting.order_id) or None, "the escalation to be noted")
        await environment.sleep(REVIEW_REMINDER + timedelta(minutes=5))
        rejected = await bench.order_at(waiting.order_id, OrderStatus.REJECTED)
        facts = [fact.summary for fact in bench.audit.timeline(waiting.order_id) if fact.event.startswith("Review")]
    assert facts == [
        "Reminder 1 went to Kim, because Jo is away.",
        "Reminder 2 went to Kim, because Jo is away.",
        "Escalation 2 went to Lee.",
        "Reminder 3 went to Kim, because Jo is away.",
        "Escalation 3 went to Lee.",
    ]
    assert (rejected.decisions[-1].by, rejected.decisions[-1].why) == ("orderwright", "we could not clarify it")
    reminders = bench.mailbox.to("kim@ours.example")
    assert len({mail["Message-ID"] for mail in reminders}) == 3
    assert all("Jo cannot answer" in mail.get_content() and "NO-SUCH-ITEM" in mail.get_content() for mail in reminders)


async def test_a_buyer_who_does_not_answer_is_reminded_twice_and_then_the_desk_has_the_order_back(
    company_database: Path, reader: ChildDocumentReader
) -> None:
    """While the buyer has time, nobody here is reminded."""
    async with moving_clock(company_database, reader) as (bench, environment):
        waiting = await bench.opened(order(("NO-SUCH-ITEM", "5")), OrderStatus.NEEDS_REVIEW)
        await bench.client.ask(waiting.order_id, DecisionV1(by="Jo"))
        for reminder in (0, 1, 2):
            key = question_key(waiting.order_id, 1, reminder)
            noted = f"sent:{key}"
            await until(partial(_is_noted, bench, waiting.order_id, noted), noted)
            assert bench.outbox.is_sent(key)
            await environment.sleep(timedelta(hours=48, minutes=5))
        back = await bench.order_at(waiting.order_id, OrderStatus.NEEDS_REVIEW)
    assert back.questions[0].failure == "No answer after 2 reminders."
    assert "ReviewReminded" not in bench.events(waiting.order_id)
    assert len(bench.mailbox.to(SENDER)) == 3


def _is_noted(bench: Bench, order_id: str, key: str) -> bool | None:
    return any(fact.key == key for fact in bench.audit.timeline(OrderId(order_id))) or None


def _is_sent(bench: Bench, key: str) -> bool | None:
    return bench.outbox.is_sent(key) or None
