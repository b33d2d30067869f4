"""What the doors and pages need behind them: the kept records, the workflows, and how the gateway presents itself.

The composition root fills these in; nothing here connects to anything by itself.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Literal, Protocol
from urllib.parse import quote

from activities.ports import AuditTrail, BlobStore, Inbox, OrderBook, Outbox, Returns, Shipments
from models.contracts.decision_v1 import DecisionReceiptV1, DecisionV1
from models.contracts.return_request_v1 import ReturnRequestV1
from models.domain.budget_standing import BudgetPolicy, JudgedOrders, OrderKind
from models.domain.findings import Owner
from models.domain.identifiers import OrderId
from models.domain.missed_orders import MissedOrder
from models.domain.people import Person, Role
from models.domain.questions import QuestionDraft
from models.domain.review_queue import FRAUD_CODES
from models.domain.sales_order import SalesOrder

#: What makes an order a dear one, in whatever currency it is.
HIGH_VALUE = Decimal(10_000)
_WAITS = '`OrderStatus` IN ("NeedsReview", "OnHold")'

Action = Literal["approve", "reject", "correct", "hold", "accept_part"]
ReturnAction = Literal["authorise", "refuse"]


class Workflows(Protocol):
    """What the doors ask of the workflows; `workflows.client.OrderwrightClient` is the one that asks Temporal."""

    async def start_intake(self, message_id: str, repeat: int = 0) -> None: ...

    async def decide(self, order_id: str, action: Action, decision: DecisionV1) -> DecisionReceiptV1: ...

    async def ask(self, order_id: str, decision: DecisionV1) -> DecisionReceiptV1: ...

    async def request_return(self, request: ReturnRequestV1) -> str: ...

    async def decide_return(self, workflow_id: str, action: ReturnAction, decision: DecisionV1) -> None: ...

    async def run_id(self, workflow_id: str) -> str: ...

    async def is_ready(self) -> bool: ...


#: What an order would be with these corrections (by field), in somebody's name; nothing is kept.
Rehearse = Callable[[OrderId, Mapping[str, str], str], SalesOrder]
#: The question that the buyer may be asked about an order.
Draft = Callable[[SalesOrder], QuestionDraft]
#: Gives the connected workflows; raises `Unavailable` while Temporal cannot be reached.
Connect = Callable[[], Awaitable[Workflows]]


class Connector:
    """Connects to the workflows when they are first needed and keeps the connection. A failed attempt is tried anew."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._workflows: Workflows | None = None
        self._lock = asyncio.Lock()

    async def __call__(self) -> Workflows:
        async with self._lock:
            if self._workflows is None:
                self._workflows = await self._connect()
            return self._workflows


class People(Protocol):
    """Who may sign in at the desk, and who is signed in. Sessions are known by the digest of the browser's token."""

    def all(self) -> Sequence[Person]: ...

    def find(self, name: str) -> tuple[Person, str] | None:
        """The person of that name with the hash of their password; case and blanks do not count."""
        ...

    def claim_name(self, issuer: str, subject: str, name: str) -> str:
        """The name that a subject of an identity provider's keeps here. Raises `Rejected` where it is somebody else's."""
        ...

    def begin_session(
        self, digest: str, name: str, ends_at: datetime, now: datetime, *, issuer: str = "", role: Role | None = None
    ) -> None:
        """`issuer` vouches for the name and gave the role; without one the role is that of the registered person."""
        ...

    def end_session(self, digest: str) -> None: ...

    def signed_in(self, digest: str, now: datetime, issuer: str = "") -> Person | None:
        """Whose session this is, with the role they have now; only if this issuer vouched for it."""
        ...


class DeskFigures(Protocol):
    """What the page with the meters shows beside the orders themselves."""

    def budget_policy(self) -> BudgetPolicy: ...

    def kinds(self, policy: BudgetPolicy, now: datetime) -> Sequence[tuple[OrderKind, JudgedOrders]]:
        """Every kind of order, and what is known of it."""
        ...

    def to_look_at(self) -> int:
        """How many touchless orders were drawn and nobody looked at yet."""
        ...

    def found_wrong(self) -> frozenset[str]:
        """The ids of touchless orders that turned out wrong afterwards."""
        ...

    def missed(self, today: date) -> Sequence[tuple[MissedOrder, str]]:
        """The customers who should have ordered by now, each with their name."""
        ...


@dataclass(frozen=True, slots=True)
class Records:
    """The repositories that doors write and pages read."""

    inbox: Inbox
    orders: OrderBook
    shipments: Shipments
    returns: Returns
    outbox: Outbox
    audit: AuditTrail
    blobs: BlobStore
    people: People
    figures: DeskFigures


@dataclass(frozen=True, slots=True)
class Presence:
    """How the gateway presents itself: its limits, its token and the addresses that its links use.

    `pages_need_sign_in`: nobody unknown sees a page, as must be where other machines can reach them.
    `hosts` are the Host headers that are answered; `*` means any.
    """

    api_token: str
    public_url: str
    temporal_ui: str
    namespace: str
    max_message_bytes: int
    pages_need_sign_in: bool = False
    hosts: tuple[str, ...] = ("*",)

    def order_page(self, order_id: str) -> str:
        return f"{self.public_url}/orders/{quote(order_id, safe=':')}"

    def message_page(self, message_id: str) -> str:
        return f"{self.public_url}/messages/{message_id}"

    def api(self, path: str) -> str:
        return f"{self.public_url}/v1/{quote(path, safe=':/')}"

    def workflow(self, workflow_id: str, run_id: str = "") -> str:
        """The workflow in the Temporal UI; with its run, the tab that holds the review's details."""
        tail = f"/{run_id}/user-metadata" if run_id else ""
        return f"{self._workflows}/{quote(workflow_id, safe='')}{tail}"

    def review_views(self, now: datetime) -> dict[str, str]:
        """The ready views of the Temporal UI, by what they show; what is due is so as of `now`, because the UI knows no
        relative times."""
        fraud = ", ".join(f'"{code}"' for code in sorted(FRAUD_CODES))
        soon = (now + timedelta(hours=1)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        owners = {f"questions to {owner.value}": f'{_WAITS} AND `ReviewOwners`="{owner.value}"' for owner in Owner}
        queries = {
            "all that waits": _WAITS,
            "due within the hour": f'{_WAITS} AND `ReviewDue`<="{soon}"',
            f"worth {HIGH_VALUE:,} and more": f"{_WAITS} AND `Total`>={HIGH_VALUE}",
            "fraud?": f"{_WAITS} AND `ReviewReasons` IN ({fraud})",
            "on hold": '`OrderStatus`="OnHold"',
            **owners,
        }
        return {name: self._view(query) for name, query in queries.items()}

    def _view(self, query: str) -> str:
        return f"{self._workflows}?query={quote(query, safe='')}"

    @property
    def _workflows(self) -> str:
        return f"{self.temporal_ui.rstrip('/')}/namespaces/{self.namespace}/workflows"


def safe_name(raw: str, default: str = "document") -> str:
    """A file name for people: the last part of a path, without control and invisible characters, at most 150 characters."""
    last = PurePosixPath(raw.replace("\\", "/")).name
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip()
    if len(shown) > 150:
        stem, dot, ending = shown.rpartition(".")
        shown = f"{stem[:140]}.{ending}" if dot and len(ending) <= 9 else shown[:150]
    return shown if shown.strip(". ") else default
