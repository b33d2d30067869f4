"""An X12 interchange out of rows of data: envelope, counts, control numbers and separators in one place.

A transaction set is a list of rows, `(tag, element, element …)`. X12 has no release character: a separator inside data
is written as a blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.contracts.interchange_v1 import MessageRefV1
from parsers.electronic.structured import clean

Row = tuple[str, ...]

#: GS01 (X12 479) for what we write.
_GROUPS = {"997": "FA", "999": "FA", "855": "PR", "865": "CA", "856": "SH", "810": "IN"}


def interchange(
    answered: MessageRefV1,
    kind: str,
    sets: Sequence[Sequence[Row]],
    *,
    control_reference: str,
    at: datetime,
    version: str = "",
    receipt: Row | None = None,
) -> bytes:
    """One group of transaction sets of `kind` to the sender of `answered`, in its separators and its version.

    A `receipt` of an interchange (TA1) stands before the group.

    An implementation guide's own `version` (005010X231A1) stands in GS08 and ST03 instead.

    `control_reference` is a number of up to nine digits; it becomes ISA13 and GS06. `Rejected` is never raised here: a
    reference without digits is a bug and raises ValueError.
    """
    control = int(control_reference)
    element, component, terminator, repetition = _separators(answered)
    rows: list[Row] = [
        _isa(answered, control, at, component, repetition),
        *([receipt] if receipt is not None else []),
        (
            "GS", _GROUPS[kind], answered.group_receiver or answered.receiver, answered.group_sender or answered.sender,
            at.strftime("%Y%m%d"), at.strftime("%H%M"), str(control), "X", version or answered.version or "004010",
        ),
    ]  # fmt: skip
    for place, body in enumerate(sets, start=1):
        rows.append(("ST", kind, f"{place:04d}", version))
        rows += body
        rows.append(("SE", str(len(body) + 2), f"{place:04d}"))
    rows += [("GE", str(len(sets)), str(control)), ("IEA", "1", f"{control:09d}")]
    unsafe = str.maketrans(dict.fromkeys(element + component + terminator + repetition, " "))
    lines = [_line(row, element, unsafe if row[0] != "ISA" else {}) + terminator for row in rows]
    return "".join(lines).encode("utf-8")


def _line(row: Row, element: str, unsafe: dict[int, str]) -> str:
    if row[0] == "ISA":
        return element.join(row)
    values = [clean(value.translate(unsafe)) for value in row]
    while len(values) > 1 and not values[-1]:
        values.pop()
    return element.join(values)


def _separators(answered: MessageRefV1) -> tuple[str, str, str, str]:
    """The partner's own where they are three different marks, else `*`, `>` and `~`."""
    marks = answered.delimiters
    if len(marks) < 3 or len(set(marks[:3])) != 3 or any(mark.isalnum() or mark == " " for mark in marks):
        return "*", ">", "~", ""
    return marks[0], marks[1], marks[2], marks[3:4]


def _isa(answered: MessageRefV1, control: int, at: datetime, component: str, repetition: str) -> Row:
    """The header of fixed length, sender and receiver changed round."""
    version = answered.syntax if len(answered.syntax) == 5 and answered.syntax.isdigit() else "00401"

    def fixed(text: str, length: int) -> str:
        safe = "".join(mark if mark.isprintable() and mark not in answered.delimiters else " " for mark in text)
        return f"{safe[:length]:{length}}"

    return (
        "ISA", "00", " " * 10, "00", " " * 10, fixed(answered.receiver_qualifier or "ZZ", 2), fixed(answered.receiver, 15),
        fixed(answered.sender_qualifier or "ZZ", 2), fixed(answered.sender, 15), at.strftime("%y%m%d"), at.strftime("%H%M"),
        repetition or "U", version, f"{control:09d}", "0", "T" if answered.test else "P", component,
    )  # fmt: skip
