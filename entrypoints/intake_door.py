"""What every door does with a document: keep it, then say yes, then let its workflow start. In this order nothing is lost."""

from __future__ import annotations

import asyncio

from activities.ports import BlobStore, Clock, Inbox
from entrypoints.backend import safe_name
from entrypoints.relay import Relay
from models.domain.blobs import BlobRef
from models.domain.messages import Channel, InboundMessage

OCTETS = "application/octet-stream"
MAIL = "message/rfc822"
PURCHASE_ORDER = "application/vnd.orderwright.purchase-order.v1+json"


class IntakeDoor:
    """Takes documents in. The relay starts their workflows, at once when Temporal is there and later when it is not."""

    def __init__(self, *, blobs: BlobStore, inbox: Inbox, clock: Clock, relay: Relay) -> None:
        self._blobs = blobs
        self._inbox = inbox
        self._clock = clock
        self._relay = relay

    async def take_in(
        self,
        content: bytes,
        name: str,
        channel: Channel,
        sender: str = "",
        *,
        media_type: str = OCTETS,
        is_retry: bool = False,
    ) -> InboundMessage:
        """The message as it is kept, once it is on the disk; bytes that came before are the message they were then.

        `is_retry` tells a request that is tried again from a document that is sent again, which is answered again.

        Raises `Unavailable` or `Misconfigured` where it cannot be kept: then the caller must not say yes.
        """
        message = await asyncio.to_thread(self._keep, content, safe_name(name), channel, sender, media_type, is_retry)
        self._relay.nudge()
        return message

    def _keep(self, content: bytes, name: str, channel: Channel, sender: str, media_type: str, is_retry: bool) -> InboundMessage:
        ref: BlobRef = self._blobs.put(content, media_type)
        return self._inbox.receive(
            InboundMessage(
                message_id=ref.sha256,
                channel=channel,
                name=name,
                content=ref,
                sender=sender,
                received_at=self._clock.now(),
            ),
            is_retry=is_retry,
        )
