"""Bytes as text, whatever charset they claim: what they declare is believed only as far as the bytes bear it out."""

from __future__ import annotations

import codecs
import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: What mail programs call Windows-1252; in it, the bytes 0x80 to 0x9F are quotes and the euro sign, not control characters.
_WESTERN = frozenset(["iso8859-1", "ascii", "latin-1", "iso8859_1"])
_SAMPLE = 20_000


def decoded(content: bytes, declared: str | None = None) -> str:
    """The text of `content`, without byte order mark, NUL characters, and with "\\n" between lines. Never raises."""
    text = _as_marked(content) or _as_utf8(content) or _as_declared(content, declared) or _as_guessed(content)
    return re.sub(r"\r\n?", "\n", text.replace("\x00", ""))


def _as_marked(content: bytes) -> str | None:
    for mark, charset in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(charset, "replace")
    zeros = content[:2000].count(0)
    if len(content) > 8 and zeros > 0.2 * len(content[:2000]):
        return content.decode("utf-16-le" if content[1:2] == b"\x00" else "utf-16-be", "replace")
    return None


def _as_utf8(content: bytes) -> str | None:
    # Text that is valid UTF-8 beyond ASCII is UTF-8: chance hardly makes such sequences in another charset.
    if content.isascii() and b"\x1b" in content:
        return None  # ISO-2022-JP and its like are ASCII with escapes
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _as_declared(content: bytes, declared: str | None) -> str | None:
    try:
        charset = codecs.lookup((declared or "").strip().strip("\"'")).name
        if charset in _WESTERN:
            charset = "cp1252"
        if charset == "utf-8":
            return None
        text = content.decode(charset)
    except (LookupError, UnicodeError, ValueError):
        return None
    return text if isinstance(text, str) else None


def _as_guessed(content: bytes) -> str:
    best = from_bytes(
        content[:_SAMPLE], cp_isolation=["cp1252", "cp1250", "iso8859_15", "cp1251", "cp1254", "cp437", "mac_roman"]
    ).best()
    charset = best.encoding if best is not None and len(content) > 200 else "cp1252"
    return content.decode(charset, "replace")


def header_text(raw: object) -> str:
    """A header's text: encoded words (RFC 2047) decoded, folding undone, raw 8-bit bytes guessed, controls removed."""
    text = str(raw or "")
    try:
        pieces = decode_header(_bytes_shown(text)) if "=?" in text else [(_bytes_shown(text), None)]
    except (HeaderParseError, ValueError):  # binascii.Error is a ValueError
        pieces = [(_bytes_shown(text), None)]
    joined = "".join(piece if isinstance(piece, str) else decoded(piece, charset) for piece, charset in pieces)
    return " ".join("".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in joined).split())


def _bytes_shown(text: str) -> str:
    """Bytes beyond ASCII reach us as lone surrogates: here they become the characters that they were."""
    if not any("\udc80" <= char <= "\udcff" for char in text):
        return text
    return decoded(text.encode("utf-8", "surrogateescape"))
