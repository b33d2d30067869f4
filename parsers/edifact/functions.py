"""What an ORDERS or ORDCHG wants by its message function (UNCL 1225 in BGM): an order, a change of it, or its end."""

from __future__ import annotations

from typing import cast

from models.contracts.extraction_v1 import OrderKind
from models.domain.findings import Severity
from parsers import codelists
from parsers.electronic.segments import Segment
from parsers.electronic.structured import OrderDraft


def kind_of(bgm: Segment | None, message_type: str, draft: OrderDraft) -> OrderKind:
    """The kind, and in the draft what is doubtful of it; an ORDCHG is a change unless it cancels the whole."""
    code = bgm.get(3) if bgm is not None else ""
    meaning, role = codelists.meaning("edifact_functions", code), codelists.role("edifact_functions", code)
    named = f"message function {code} ({meaning})"
    if code in {"5", "21"}:
        draft.problem("replacement", Severity.WARNING, f"{named}: it takes the earlier order's place")
    elif code == "20":
        draft.problem("replaced_heading", Severity.WARNING, f"{named}: compare the heading with the order's")
    elif code in {"7", "31", "43"}:
        draft.problem("copy", Severity.WARNING, f"{named}: it may have come before")
    elif bgm is not None and code not in {"", "9", "6"} and not role:
        _unclear(bgm, code, meaning, draft)
    default = "order_change" if message_type == "ORDCHG" else "order"
    return cast(OrderKind, role if role and not (role == "order" and default == "order_change") else default)


def _unclear(bgm: Segment, code: str, meaning: str, draft: OrderDraft) -> None:
    """A function that is none of an order; one that is none at all is a fault of the message."""
    if meaning:
        what = f"message function {code} ({meaning}) does not say whether this is an order; ask the sender"
        draft.problem("unknown_function", Severity.ERROR, what)
    else:
        what = f"message function {code!r} does not say whether this is an order; ask the sender"
        draft.fault("invalid_code", bgm, what, element=3, value=code, code="unknown_function")
