"""Delivers the samples in order, follows each to its end and tells how it went."""

from __future__ import annotations

import asyncio
import smtplib
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine

from demo.delivery import SampleMail, deliver
from demo.judging import Judgement, judge
from entrypoints.stack_display import Outcome, Progress
from entrypoints.verdict import verdict
from models.domain.errors import Rejected, Unavailable
from models.domain.identifiers import OrderId
from models.domain.messages import InboundMessage
from models.domain.sales_order import SalesOrder
from models.store.inbox import SqlInbox
from models.store.order_book import SqlOrderBook

_PAUSE = 0.6
_NOT_YET = Judgement("waits to be delivered", is_settled=False)


@dataclass(slots=True)
class _Followed:
    mail: SampleMail
    is_delivered: bool = False
    message: InboundMessage | None = None
    orders: Sequence[SalesOrder] = ()
    judgement: Judgement = field(default=_NOT_YET)


class SampleRun:
    """One run of the sample inbox against a running stack."""

    def __init__(
        self, mails: Sequence[SampleMail], expected: Mapping[str, Mapping[str, Any]], engine: Engine, smtp_port: int, pages: str
    ) -> None:
        self._samples = {mail.name: _Followed(mail) for mail in mails}
        self._expected = expected
        self._inbox = SqlInbox(engine)
        self._orders = SqlOrderBook(engine)
        self._smtp_port = smtp_port
        self._pages = pages

    async def run(self, show: Callable[[Sequence[Progress]], None], timeout_seconds: float) -> None:
        """Until every sample has settled or the time is up; `show` is given the progress whenever it was looked at."""
        deadline = time.monotonic() + timeout_seconds
        while not self.is_settled and time.monotonic() < deadline:
            for sample in self._samples.values():
                await asyncio.to_thread(self._advance, sample)
            show(self.progress())
            await asyncio.sleep(_PAUSE)

    @property
    def is_settled(self) -> bool:
        return all(sample.judgement.is_settled for sample in self._samples.values())

    def progress(self) -> list[Progress]:
        return [
            Progress(name, sample.mail.file, sample.judgement.outcome, sample.judgement.is_settled, sample.judgement.is_right)
            for name, sample in self._samples.items()
        ]

    def outcomes(self) -> list[Outcome]:
        """What is known of each sample now, for the final table."""
        return [self._outcome(sample) for sample in self._samples.values()]

    def complaints(self) -> list[str]:
        """One sentence for each sample that is not what it must be."""
        return [
            f"{name} ({sample.mail.file}): {_complaint(sample)}"
            for name, sample in self._samples.items()
            if not sample.judgement.is_right
        ]

    def _advance(self, sample: _Followed) -> None:
        if sample.judgement.is_settled:
            return
        if not sample.is_delivered and self._may_deliver(sample.mail):
            # A door that is shut for a moment is tried again at the next look.
            with suppress(smtplib.SMTPException, OSError):
                deliver(sample.mail, "127.0.0.1", self._smtp_port)
                sample.is_delivered = True
        if sample.is_delivered:
            with suppress(Unavailable):
                self._look_at(sample)

    def _may_deliver(self, mail: SampleMail) -> bool:
        return mail.after is None or self._samples[mail.after].judgement.is_settled

    def _look_at(self, sample: _Followed) -> None:
        sample.message = self._message(sample.mail.message_id)
        ids = sample.message.order_ids if sample.message else ()
        found = (self._orders.find(OrderId(order_id)) for order_id in ids)
        sample.orders = [order for order in found if order is not None]
        sample.judgement = judge(sample.message, sample.orders, self._expected[sample.mail.name])

    def _message(self, message_id: str) -> InboundMessage | None:
        try:
            return self._inbox.get(message_id)
        except Rejected:
            return None

    def _outcome(self, sample: _Followed) -> Outcome:
        order = sample.orders[0] if sample.message and sample.message.outcome == "orders_opened" and sample.orders else None
        marked = _marked(sample.judgement, self._expected[sample.mail.name]["outcome"])
        if order is None:
            why = sample.message.explanation if sample.message else "It was not delivered."
            link = f"{self._pages}/messages/{sample.mail.message_id}" if sample.message else ""
            sender = sample.mail.sender
            return Outcome(sample.mail.file, sender, "", "", "", marked, why, link, is_right=sample.judgement.is_right)
        total = order.gross or order.net
        return Outcome(
            document=sample.mail.file,
            customer=order.customer_name or order.purchase_order.buyer.name or "not known",
            po_number=order.purchase_order.po_number or "",
            lines=str(len(order.lines) or len(order.purchase_order.lines)),
            total="" if total is None else str(total),
            how=marked,
            why=verdict(order),
            link=f"{self._pages}/orders/{quote(order.order_id, safe=':')}",
            is_right=sample.judgement.is_right,
        )


def _marked(judgement: Judgement, wanted: str) -> str:
    if judgement.is_right:
        return judgement.outcome
    return f"{judgement.outcome}, but {'not as it should be' if judgement.outcome == wanted else f'{wanted} was expected'}"


def _complaint(sample: _Followed) -> str:
    if sample.judgement.complaints:
        return "; ".join(sample.judgement.complaints)
    return f"it had only come to “{sample.judgement.outcome}” when the time was up"
