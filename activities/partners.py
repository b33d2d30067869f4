"""Which electronic message an order came as, and what was agreed with the partner that sent it."""

from __future__ import annotations

from datetime import datetime, timedelta

from activities.ports import BlobStore, Parties
from activities.submissions import reading_at
from models.contracts.interchange_v1 import MessageRefV1
from models.domain.mail_addresses import domain_of, mailbox_of
from models.domain.party import PartnerProfile
from models.domain.purchase_order import Source


def message_of(source: Source, blobs: BlobStore) -> MessageRefV1 | None:
    """The electronic message that an order or change came as; None for mails, pages and spreadsheets."""
    if source.reading is None:
        return None
    messages = reading_at(source.reading, blobs).messages
    return messages[source.order_index] if source.order_index < len(messages) else None


def partner_of(message: MessageRefV1 | None, parties: Parties) -> PartnerProfile | None:
    """The profile of whoever sent the message; None where there is none."""
    if message is None:
        return None
    return next((one for one in parties.partners() if one.sends_as(message.standard, message.sender)), None)


def partner_at_door(sender: str, standard: str, parties: Parties) -> PartnerProfile | None:
    """The one partner of this standard that the sender is: by its electronic id, or by the mail addresses of its customer."""
    mailbox = mailbox_of(sender).lower()
    of_standard = [profile for profile in parties.partners() if profile.standard == standard]
    found = [
        profile
        for profile in of_standard
        if profile.partner_id.strip() == sender.strip() or _writes_as(profile, mailbox, parties)
    ]
    return found[0] if len(found) == 1 else None


def _writes_as(profile: PartnerProfile, mailbox: str, parties: Parties) -> bool:
    customer = parties.customer(profile.customer_number)
    addresses = {address.lower() for address in customer.order_emails}
    return mailbox in addresses or domain_of(mailbox) in {domain.lower() for domain in customer.email_domains}


def acknowledge_by(source: Source, blobs: BlobStore, parties: Parties) -> datetime | None:
    """By when we must have acknowledged the order, as the partner's profile says; None where nothing is agreed."""
    partner = partner_of(message_of(source, blobs), parties)
    if partner is None or partner.acknowledge_within_hours is None or not partner.order_acknowledgement:
        return None
    return source.received_at + timedelta(hours=partner.acknowledge_within_hours)
