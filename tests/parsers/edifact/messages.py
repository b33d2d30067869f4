"""Small EDIFACT messages for the tests, written for this project."""

from __future__ import annotations

from typing import Any

ENVELOPE = "UNB+UNOC:3+4000001000005:14+4012345000009:14+261103:0815+REF77++ORDERS'"


def interchange(*messages: str, una: str = "", envelope: str = ENVELOPE, count: int | None = None, ref: str = "REF77") -> bytes:
    """An interchange with right counts around `messages`."""
    text = una + envelope + "".join(messages) + f"UNZ+{len(messages) if count is None else count}+{ref}'"
    return text.encode("latin-1")


def message(*segments: str, kind: str = "ORDERS:D:96A:UN:EAN008", ref: str = "1", count: int | None = None) -> str:
    """A message with right counts around `segments`, each without its terminator."""
    stated = len(segments) + 2 if count is None else count
    return "".join(f"{segment}'" for segment in (f"UNH+{ref}+{kind}", *segments, f"UNT+{stated}+{ref}"))


HEAD = (
    "BGM+220+4500123456+9",
    "DTM+137:20261103:102",
    "DTM+2:20261120:102",
    "NAD+BY+4000001000005::9++Müller GmbH+Hauptstr. 1+Köln++50667+DE",
    "CUX+2:EUR:9",
)
LINE = (
    "LIN+10++4006381333931:EN",
    "PIA+1+A-889:IN+HX-M8-40:SA",
    "IMD+F++:::Hex bolt M8x40 zinc",
    "QTY+21:1200:PCE",
    "MOA+203:142.50",
    "PRI+AAA:0.1250:CT:NTP:1:PCE",
)


def order(*lines: str, head: tuple[str, ...] = HEAD, **rest: Any) -> str:
    """A message of the usual head, `lines` and the section control."""
    return message(*head, *lines, "UNS+S", **rest)
