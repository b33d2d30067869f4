"""What a reviewer sends: lenient on the way in, because the workflow's validators answer bad input in sentences.

A body that does not decode would show a reviewer a stack trace; so every field takes anything and is checked by hand.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class DecisionV1(BaseModel):
    """A reviewer's word. `by` names who speaks (the gateway and the command line fill it in; the Temporal UI cannot know).

    `approve` reads `note`, `reject` and `hold` read `reason`; `correct` takes one key per correction beside these, such as
    `{"2.sku": "HX-M8-40"}` or `{"ship_to": "MUC"}`. `version` names the order version that was looked at: where given, a
    decision on an order that moved on is refused.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    by: Any = None
    note: Any = None
    reason: Any = None
    version: Any = None

    @property
    def extras(self) -> dict[str, Any]:
        """The keys beside the known ones: the corrections of `correct`."""
        return dict(self.model_extra or {})


class DecisionReceiptV1(BaseModel):
    """What a decision led to: the order's status now and the findings that are still open, in words."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    order_id: str
    status: str
    open_findings: tuple[str, ...] = ()
    message: str = ""
