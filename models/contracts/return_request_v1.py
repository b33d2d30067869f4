"""How a return reaches its workflow: the start argument of `ReturnWorkflow`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.domain.values import Exact


class ReturnRequestLineV1(BaseModel):
    """A quantity (base units) of one sales-order line that the customer wants to send back."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    line: int
    quantity: Exact
    reason: str = ""


class ReturnRequestV1(BaseModel):
    """A return of one order. No `lines` means everything that was shipped. `sender` is where answers go."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    schema_version: Literal[1] = 1
    order_id: str
    sender: str = ""
    in_reply_to: str = ""
    reason: str = ""
    resolution: Literal["credit", "replacement"] = "credit"
    lines: tuple[ReturnRequestLineV1, ...] = ()
    message_id: str = ""
