"""Where an electronic message came from: what an answer in kind must quote. One per order of an EDI or XML document."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Standard = Literal["edifact", "x12", "ubl", "cxml", "orderx", "cii", "opentrans"]


class MessageRefV1(BaseModel):
    """The message's envelope, as sent: qualifiers and references are text exactly as they stood.

    `version` is the message's own ("D:96A:UN:EAN008", "004010VICS", the UBL CustomizationID, the cXML version);
    `message_type` its type (ORDERS, 850, Order, OrderRequest). `delimiters` are the separators in the standard's order
    (EDIFACT: component, element, decimal mark, release, reserved, terminator; X12: element, component, terminator, and the
    repetition separator where the version has one). `syntax` is the envelope's own version (UNB S001 "UNOC:3", ISA12 "00401").
    `sender_routing` and `receiver_routing` are UNB's internal addresses (0008, 0014): an answer goes back to the former.
    The group's fields are those of UNG or GS: `group_code` is its type ("ORDERS", "PO"), `group_sender` and `group_receiver`
    the application ids.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    standard: Standard
    message_type: str
    version: str = ""
    sender: str = ""
    sender_qualifier: str = ""
    receiver: str = ""
    receiver_qualifier: str = ""
    interchange_ref: str = ""
    group_ref: str = ""
    message_ref: str = ""
    delimiters: str = ""
    test: bool = False
    syntax: str = ""
    group_code: str = ""
    group_sender: str = ""
    group_receiver: str = ""
    sender_routing: str = ""
    receiver_routing: str = ""
    #: Whether the sender asks for a receipt of the interchange itself (ISA14), and when it was made (ISA09 and ISA10).
    receipt_wanted: bool = False
    prepared: str = ""
