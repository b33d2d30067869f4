"""What an order shows in the Temporal UI: its search attributes and its Current Details."""

from __future__ import annotations

from typing import Any

from temporalio import workflow
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.client import Client
from temporalio.common import SearchAttributeKey, SearchAttributeUpdate

from models.contracts.activity_io import OrderBrief
from models.contracts.order_status_v1 import OrderStatusV1
from models.domain.errors import Misconfigured
from models.domain.lifecycle import OrderStatus

ORDER_STATUS = SearchAttributeKey.for_keyword("OrderStatus")
CUSTOMER = SearchAttributeKey.for_keyword("Customer")
PO_NUMBER = SearchAttributeKey.for_keyword("PONumber")
RISK_SCORE = SearchAttributeKey.for_float("RiskScore")
TOTAL = SearchAttributeKey.for_float("Total")
REVIEW_REASONS = SearchAttributeKey.for_keyword_list("ReviewReasons")
REVIEW_OWNERS = SearchAttributeKey.for_keyword_list("ReviewOwners")
REVIEW_DUE = SearchAttributeKey.for_datetime("ReviewDue")
RECEIVED_AT = SearchAttributeKey.for_datetime("ReceivedAt")
SOURCE_FORMAT = SearchAttributeKey.for_keyword("SourceFormat")

#: All of them with the names of their types, for the server's set-up.
SEARCH_ATTRIBUTES = {
    "OrderStatus": "Keyword",
    "Customer": "Keyword",
    "PONumber": "Keyword",
    "RiskScore": "Double",
    "Total": "Double",
    "ReviewReasons": "KeywordList",
    "ReviewOwners": "KeywordList",
    "ReviewDue": "Datetime",
    "ReceivedAt": "Datetime",
    "SourceFormat": "Keyword",
}


async def demand_search_attributes(client: Client) -> None:
    """Raise `Misconfigured` with the command that adds what the namespace lacks.

    A workflow task that sets an unknown attribute is retried for ever with a warning, so no worker should start there.
    """
    request = ListSearchAttributesRequest(namespace=client.namespace)
    known = await client.operator_service.list_search_attributes(request)
    missing = {name: kind for name, kind in SEARCH_ATTRIBUTES.items() if name not in known.custom_attributes}
    if missing:
        flags = " ".join(f"--name {name} --type {kind}" for name, kind in missing.items())
        raise Misconfigured(
            f"The namespace {client.namespace} lacks the search attributes {', '.join(missing)}. Add them once:\n"
            f"temporal operator search-attribute create --address {client.service_client.config.target_host} "
            f"--namespace {client.namespace} {flags}"
        )


def glance(order_id: str, brief: OrderBrief | None) -> OrderStatusV1:
    """The order as its status query answers."""
    if brief is None:
        return OrderStatusV1(order_id=order_id, status=OrderStatus.RECEIVED.value)
    return OrderStatusV1(
        order_id=brief.order_id,
        status=brief.status.value,
        version=brief.version,
        customer_number=brief.customer_number,
        po_number=brief.po_number,
        total=brief.total,
        currency=brief.currency,
        review_reasons=tuple(sorted({finding.code for finding in brief.open_findings})),
    )


def show(brief: OrderBrief, shown: OrderBrief | None) -> None:
    """Bring the workflow's search attributes and Current Details to `brief`; only what changed since `shown` is written."""
    wanted, written = _attributes(brief), _attributes(shown) if shown else []
    # Orders that were opened before these two were known go on without them.
    if any(each and each.status.waits_for_person for each in (brief, shown)) and workflow.patched("owners-and-due-are-shown"):
        wanted, written = [*wanted, *_task(brief)], [*written, *(_task(shown) if shown else [])]
    updates = [update for update in wanted if update not in written]
    if updates:
        workflow.upsert_search_attributes(updates)
    workflow.set_current_details(brief.details)


def _attributes(brief: OrderBrief) -> list[SearchAttributeUpdate[Any]]:
    # Lists are drawn in the UI as they are: rounded, because 0.55 would show as 0.5499999999999999.
    codes = brief.codes or sorted({finding.code for finding in brief.open_findings})
    reasons = list(codes) if brief.status.waits_for_person else []
    updates: list[SearchAttributeUpdate[Any]] = [
        ORDER_STATUS.value_set(brief.status.value),
        RISK_SCORE.value_set(round(brief.risk_score, 2)),
        REVIEW_REASONS.value_set(reasons),
    ]
    for key, text in ((CUSTOMER, brief.customer_number), (PO_NUMBER, brief.po_number), (SOURCE_FORMAT, brief.source_format)):
        if text:
            updates.append(key.value_set(text[:100]))
    if brief.total is not None:
        updates.append(TOTAL.value_set(round(float(brief.total), 2)))
    if brief.received_at is not None:
        updates.append(RECEIVED_AT.value_set(brief.received_at))
    return updates


def _task(brief: OrderBrief) -> list[SearchAttributeUpdate[Any]]:
    """Whose questions are open and by when they should be answered, while anybody is asked."""
    if not brief.status.waits_for_person:
        return [REVIEW_OWNERS.value_set([]), REVIEW_DUE.value_unset()]
    due = REVIEW_DUE.value_unset() if brief.remind_at is None else REVIEW_DUE.value_set(brief.remind_at)
    return [REVIEW_OWNERS.value_set(list(brief.owners)), due]
