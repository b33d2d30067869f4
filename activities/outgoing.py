"""Our messages on their way out: kept in the outbox first, sent once, recognisable if a crash makes us send them again."""

from __future__ import annotations

from activities.answer_ports import WrittenAnswer
from activities.outside_ports import PartnerLink, PostOffice
from activities.ports import BlobStore, Clock, Outbox
from models.domain.mail_addresses import domain_of, mailbox_of
from models.domain.messages import Attachment, OutboundMessage

#: Mailboxes of machines: an answer to them would come back, and be answered, for ever.
_MACHINES = frozenset({"mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply", "bounce", "bounces"})


class Outgoing:
    """Sends messages by mail or over a partner's link."""

    def __init__(self, outbox: Outbox, blobs: BlobStore, post_office: PostOffice, partners: PartnerLink, clock: Clock) -> None:
        self._outbox = outbox
        self._blobs = blobs
        self._post_office = post_office
        self._partners = partners
        self._clock = clock

    def attach(self, answer: WrittenAnswer) -> Attachment:
        """Keep a written answer and give what a message needs to carry it."""
        return Attachment(name=answer.name, content=self._blobs.put(answer.content, answer.media_type))

    def send(self, message: OutboundMessage) -> str:
        """Keep the message and send it unless that is done; gives its key, or empty text where nobody can receive it."""
        if message.channel == "email" and not takes_answers(message.recipient):
            return ""
        self._outbox.post(message)
        if not self._outbox.is_sent(message.key):
            files = [(part.name, part.content.media_type, self._blobs.get(part.content)) for part in message.attachments]
            if message.channel == "email":
                self._post_office.send(message, files)
            else:
                self._partners.deliver(message, files)
            self._outbox.mark_sent(message.key, self._clock.now())
        return message.key


def takes_answers(address: str) -> bool:
    """Whether an answer to this address reaches somebody who wants it."""
    mailbox = mailbox_of(address)
    return bool(domain_of(mailbox)) and mailbox.partition("@")[0].lower() not in _MACHINES
