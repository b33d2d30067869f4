"""Time passes: the desk is reminded of orders that wait, on a server whose clock can be moved on."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.testing import WorkflowEnvironment

import worker
from activities.gateways.document_reader import ChildDocumentReader
from models.domain.lifecycle import OrderStatus
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


async def test_the_desk_is_reminded_once_each_time_that_an_order_waited_too_long(
    company_database: Path, reader: ChildDocumentReader
) -> None:
    """Two reminders in two intervals, each its own mail, with the finding and the link; the order still waits."""
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
        client = OrderwrightClient(environment.client)
        activities = worker.activities_of(settings, client, reader)
        await stack.enter_async_context(at_work(client, settings, activities.light, activities.reading))
        bench = Bench(client, settings, mailbox, await environment.get_current_time())
        waiting = await bench.opened(order(("NO-SUCH-ITEM", "5")), OrderStatus.NEEDS_REVIEW)
        for number in (1, 2):
            await environment.sleep(REVIEW_REMINDER + timedelta(minutes=5))
            key = f"reminder:{waiting.order_id}:{number}"
            await until(lambda key=key: bench.outbox.is_sent(key) or None, f"reminder {number}")
    reminders = [mail for mail in mailbox.mails if str(mail["Subject"]).startswith("Waiting for")]
    assert len({mail["Message-ID"] for mail in reminders}) == 2
    assert all(SENDER not in str(mail["To"]) and "NO-SUCH-ITEM" in mail.get_content() for mail in reminders)
