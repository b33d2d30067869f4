"""The named option sets of activities: the only place where these numbers live, each with its reason."""

from __future__ import annotations

from datetime import timedelta
from typing import TypedDict

from temporalio.common import RetryPolicy

#: Where the workflows and all activities but reading run.
ORDERS_QUEUE = "orders"
#: Where documents are read: processor-heavy, in child processes, with slots of their own.
READING_QUEUE = "reading"


class LocalOptions(TypedDict):
    """Options of a local activity."""

    start_to_close_timeout: timedelta
    retry_policy: RetryPolicy


class ActivityOptions(TypedDict, total=False):
    """Options of a regular activity."""

    start_to_close_timeout: timedelta
    schedule_to_close_timeout: timedelta
    heartbeat_timeout: timedelta
    retry_policy: RetryPolicy
    task_queue: str


#: A rule over a few rows of our own database: milliseconds. Local, because a regular activity costs 50 ms each.
#: Retries go on for as long as the database is away: an order must outlive an outage.
LOCAL_STEP: LocalOptions = {
    "start_to_close_timeout": timedelta(seconds=10),
    "retry_policy": RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=10)),
}

#: Writes that must be seen from outside at once (stock, shipments): short, for a dead worker costs as much, and recovery
#: shall take 10 s.
OUR_DATABASE: ActivityOptions = {
    "start_to_close_timeout": timedelta(seconds=5),
    "retry_policy": RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=10)),
}

#: Mail servers, carriers and partners: slow at times, away for hours at others. Heartbeats each second tell a
#: dead worker from a slow partner. They never give up by themselves.
PARTNER_API: ActivityOptions = {
    "start_to_close_timeout": timedelta(minutes=3),
    "heartbeat_timeout": timedelta(seconds=4),
    "retry_policy": RetryPolicy(initial_interval=timedelta(milliseconds=500), maximum_interval=timedelta(minutes=5)),
}

#: Reading a document in a child process: minutes for a long scan, with a heartbeat each second. Three attempts, because a
#: document that killed its worker twice must not do so for ever.
HEAVY_READ: ActivityOptions = {
    "start_to_close_timeout": timedelta(minutes=10),
    "heartbeat_timeout": timedelta(seconds=4),
    "retry_policy": RetryPolicy(initial_interval=timedelta(milliseconds=500), maximum_attempts=3),
    "task_queue": READING_QUEUE,
}

#: The ERP and credit notes: idempotent by business key, so repeating is safe; repeated slowly, and watched.
MONEY: ActivityOptions = {
    "start_to_close_timeout": timedelta(minutes=3),
    "heartbeat_timeout": timedelta(seconds=4),
    "retry_policy": RetryPolicy(initial_interval=timedelta(milliseconds=500), maximum_interval=timedelta(minutes=1)),
}

#: A workflow task that a worker died over goes to another worker after this; the default of 10 s would be all the time
#: that recovery may take. Tasks take milliseconds, and one with longer local steps is prolonged by the SDK.
WORKFLOW_TASK_TIMEOUT = timedelta(seconds=5)
#: How long an order waits for a reviewer before the desk is reminded; a working day's start is never further away.
REVIEW_REMINDER = timedelta(hours=16)
#: How long a partner's overdue acknowledgement may still come before nobody waits for it any more.
ACKNOWLEDGEMENT_PATIENCE = timedelta(days=30)
#: How long a missing delivery may be overdue before the stock is looked at again.
BACKORDER_RECHECK = timedelta(hours=24)
