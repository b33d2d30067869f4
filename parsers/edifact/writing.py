"""An EDIFACT interchange out of rows of data: envelope, counts, separators, charset and release characters in one place.

A message is a list of rows, `(tag, element, element …)`, an element being text or a tuple of components. pydifact
serialises; what the charset cannot express is written without its accents or as a full stop.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from pydifact.control.characters import Characters
from pydifact.segments import Segment
from pydifact.serializer import Serializer

from models.contracts.interchange_v1 import MessageRefV1
from models.domain.values import plain
from parsers.edifact.syntax import CHARSETS
from parsers.electronic.structured import clean

Element = str | tuple[str, ...]
Row = tuple[str, *tuple[Element, ...]]

_DEFAULTS = ":+.? '"


def interchange(answered: MessageRefV1, kind: str, rows: Sequence[Row], *, control_reference: str, at: datetime) -> bytes:
    """One message of `kind` ("ORDRSP:D:96A:UN") to the sender of `answered`, in its separators and charset.

    `at` is the time of writing as it shall stand in UNB. UNA is written unless all separators are the defaults.
    """
    una = _separators(answered)
    codec = CHARSETS.get(answered.syntax.partition(":")[0], "latin-1")
    head: Row = ("UNH", "1", tuple(kind.split(":")))
    message = [head, *rows, ("UNT", str(len(rows) + 2), "1")]
    whole = [_unb(answered, control_reference, at), *message, ("UNZ", "1", control_reference[:14])]
    segments = [Segment(tag, *_written(elements, codec)) for tag, *elements in whole]
    text = Serializer(Characters.from_str(una)).serialize(segments, with_una_header=una != _DEFAULTS)
    return text.encode(codec)


def number(amount: Decimal, answered: MessageRefV1) -> str:
    """A number with the partner's decimal mark, trailing zeros as they are."""
    return plain(amount).replace(".", _separators(answered)[2])


def item_number(gtin: str | None) -> tuple[str, str]:
    """C212 of a GTIN; one of 13 digits or fewer without the zero that fills it up, as it stands on goods and in orders."""
    return (gtin.removeprefix("0"), "EN") if gtin else ("", "")


def pieces(text: str, length: int, most: int) -> tuple[str, ...]:
    """`text` cut into at most `most` components of `length` characters."""
    words = clean(text)
    return tuple(words[start : start + length] for start in range(0, min(len(words), length * most), length))


def _separators(answered: MessageRefV1) -> str:
    """The partner's own, unless they leave no way to release a separator. The reserved character is never used."""
    una = answered.delimiters
    printable = una.isascii() and una.isprintable()  # every charset has ASCII, none of them has every other separator
    if len(una) != 6 or una[3] == " " or not printable or len({*una[:2], una[3], una[5]}) != 4 or una[2] not in ".,":
        return _DEFAULTS
    return f"{una[:4]} {una[5]}"


def _unb(answered: MessageRefV1, control_reference: str, at: datetime) -> Row:
    """UNB with sender and receiver changed round. Version 4 writes the year with its century (ISO 9735-1)."""
    syntax = answered.syntax or "UNOC:3"
    day = at.strftime("%Y%m%d") if syntax.endswith(":4") else at.strftime("%y%m%d")
    ours = (answered.receiver, answered.receiver_qualifier, answered.receiver_routing)
    theirs = (answered.sender, answered.sender_qualifier, answered.sender_routing)
    row: list[Element] = [tuple(syntax.split(":")[:2]), ours, theirs, (day, at.strftime("%H%M")), control_reference[:14]]
    if answered.test:
        row += ["", "", "", "", "", "1"]
    return ("UNB", *row)


def _written(elements: Sequence[Element], codec: str) -> list[str | list[str]]:
    """Elements without trailing empty ones, in characters that the charset has."""
    written: list[str | list[str]] = []
    for element in elements:
        parts = [_expressible(part, codec) for part in ((element,) if isinstance(element, str) else element)]
        while parts and not parts[-1]:
            parts.pop()
        written.append(parts[0] if len(parts) == 1 else parts or "")
    while written and not written[-1]:
        written.pop()
    return written


def _expressible(text: str, codec: str) -> str:
    words = clean(text)
    try:
        words.encode(codec)
    except UnicodeEncodeError:
        return "".join(_nearest(mark, codec) for mark in words)
    return words


def _nearest(mark: str, codec: str) -> str:
    for choice in (mark, unicodedata.normalize("NFKD", mark)[:1], "."):
        try:
            choice.encode(codec)
        except UnicodeEncodeError:
            continue
        return choice
    return "."
