"""Damages documents as no sender means to: bytes, members of archives, streams of PDFs, parts of mails, pixels of pictures.

What is packed is unpacked, damaged and packed again, so that the damage reaches the reader and not only the unpacking.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from email import message_from_bytes, policy
from random import Random

from PIL import Image, ImageEnhance, ImageFilter, ImageOps, UnidentifiedImageError

Damaging = Callable[[bytes, Random], bytes]

#: What readers stumble over: delimiters, openings without an end, extremes of numbers, markup, controls, other scripts.
_TOKENS = tuple(
    token.encode()
    for token in (
        *(
            ";",
            ",",
            "\t",
            '"',
            "'",
            "+",
            ":",
            "~",
            "*",
            "|",
            "=",
            "-",
            "/",
            "(",
            ")",
            "<",
            ">",
            "[",
            "]",
            "{",
            "}",
            "\\",
            "\n",
            "\r\n",
            "\r",
        ),
        *(
            "\0",
            "\x1a",
            "\x1b[2J",
            "\u202e",
            "\ufeff",
            "\u00a0",
            "\u200b",
            "é",
            "ß",
            "漢字",
            "مرحبا",
            "😀",
            "½",
            "²",
            "٣",
            "Ⅳ",
            "€",
            "1e999",
            "NaN",
        ),
        *(
            "-0",
            "0",
            "00000000",
            "1.000.000,00",
            "1,234,567.89",
            "1'000.00",
            "31.02.2026",
            "2026-13-45",
            "29/02/2027",
            "9" * 40,
            "0." + "0" * 30 + "1",
        ),
        *(
            "Total",
            "Menge",
            "Qty",
            "EUR",
            "PO 4711",
            "Pos.",
            "Bestellung",
            "%",
            "x",
            "12 x 6",
            "per 100",
            "=cmd|'/C calc'!A0",
            "<!ENTITY a 'b'>",
        ),
        *(
            "UNH+1+ORDERS:D:96A:UN'",
            "UNT+1+1'",
            "LIN+1'",
            "QTY+21:?'",
            "ST*850*1~",
            "SE*1*1~",
            "PO1*1**~",
            "%PDF-1.7",
            "endstream",
            "/Length 99999999",
        ),
        *(
            "Content-Type: multipart/mixed; boundary=x\n\n--x\n",
            "Content-Transfer-Encoding: base64\n",
            "=?utf-8?q?=FF?=",
            "> ",
            "-----Original Message-----",
        ),
        *(
            "<table><tr><td rowspan=65535 colspan=1000>",
            "<div>" * 60,
            "</td></tr></table>",
            "&#0;",
            "&nbsp;",
            "<a:b xmlns:a='u'>",
            "]]>",
            "<!--",
        ),
    )
)
_MOST_PIXELS = 4_000_000
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def damaged(content: bytes, draw: Random, others: Sequence[bytes]) -> bytes:
    """`content` with a few damages of its kind or of any kind; now and then a piece of one of `others` in it."""
    if others and draw.random() < 0.1:
        content = _spliced(content, draw.choice(others), draw)
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        content = _damaging(content, draw)(content, draw)
    return content


def _damaging(content: bytes, draw: Random) -> Damaging:
    """How to damage a document of this kind; one in five is damaged as plain bytes whatever it is."""
    if draw.random() < 0.2:
        return damaged_bytes
    if content[:2] == b"PK":
        return damaged_archive
    if content[:5] == b"%PDF-":
        return damaged_pdf
    if content[:4] in (b"\x89PNG", b"II*\0", b"MM\0*") or content[:3] == b"\xff\xd8\xff":
        return damaged_picture
    if re.match(rb"(?i)(?:from|to|subject|date|mime-version|received|return-path|message-id)[ \t]*:", content):
        return damaged_mail
    return damaged_bytes


def damaged_bytes(content: bytes, draw: Random) -> bytes:
    """Bytes changed, dropped, repeated, swapped for others, and tokens put in between."""
    damage = bytearray(content)
    for _ in range(draw.choice((1, 2, 4, 8, 16))):
        place = draw.randrange(len(damage) + 1)
        what = draw.random()
        if what < 0.25 and place < len(damage):
            damage[place] = draw.randrange(256)
        elif what < 0.4:
            del damage[place : place + draw.choice((1, 3, 30, 300))]
        elif what < 0.55:
            start = draw.randrange(len(damage) + 1)
            damage[place:place] = damage[start : start + draw.choice((3, 40, 400))] * draw.choice((1, 1, 2, 20))
        elif what < 0.65:
            del damage[place : place + 12]
            damage[place:place] = draw.choice(_TOKENS)
        else:
            damage[place:place] = draw.choice(_TOKENS) * draw.choice((1, 1, 1, 3, 50))
    return bytes(damage)


def damaged_archive(content: bytes, draw: Random) -> bytes:
    """One or two members damaged, the rest as it was; content that is no whole archive is damaged as bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return damaged_bytes(content, draw)
    for name in draw.sample(sorted(members), min(len(members), draw.choice((1, 2)))):
        members[name] = damaged_bytes(members[name], draw)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return packed.getvalue()


def damaged_pdf(content: bytes, draw: Random) -> bytes:
    """One stream damaged in what it holds; a file without any, or one in three, in what surrounds the streams."""
    streams = list(_STREAM.finditer(content))
    if not streams or draw.random() < 0.33:
        return damaged_bytes(content, draw)
    stream = draw.choice(streams)
    try:
        held = zlib.compress(damaged_bytes(zlib.decompress(stream.group(1)), draw))
    except zlib.error:
        held = damaged_bytes(stream.group(1), draw)
    return content[: stream.start(1)] + held + content[stream.end(1) :]


def damaged_mail(content: bytes, draw: Random) -> bytes:
    """One part damaged in what it says, or the message as it stands."""
    if draw.random() < 0.5:
        return damaged_bytes(content, draw)
    try:
        message = message_from_bytes(content, policy=policy.compat32)
        parts = [part for part in message.walk() if not part.is_multipart()]
        part = draw.choice(parts)
        said = part.get_payload(decode=True)
        del part["Content-Transfer-Encoding"]
        part["Content-Transfer-Encoding"] = "8bit"
        part.set_payload(damaged(said if isinstance(said, bytes) else b"", draw, ()).decode("latin-1"))
        return message.as_bytes()
    except (ValueError, LookupError, UnicodeError, AttributeError, TypeError, KeyError, IndexError):
        return damaged_bytes(content, draw)


def damaged_picture(content: bytes, draw: Random) -> bytes:
    """The picture turned, cut, darkened, blurred, inverted, shrunk or torn; as a PNG or a poor JPEG."""
    try:
        with Image.open(io.BytesIO(content)) as opened:
            picture = opened.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return damaged_bytes(content, draw)
    picture.thumbnail((2400, 2400))
    for _ in range(draw.choice((1, 2))):
        picture = draw.choice(_PICTURE_DAMAGES)(picture, draw)
    saved = io.BytesIO()
    picture.save(saved, **draw.choice(({"format": "PNG"}, {"format": "JPEG", "quality": draw.choice((5, 30, 80))})))
    return saved.getvalue()


def _cut(picture: Image.Image, draw: Random) -> Image.Image:
    wide, high = picture.size
    left, top = draw.randrange(max(1, wide // 2)), draw.randrange(max(1, high // 2))
    return picture.crop(
        (
            left,
            top,
            max(left + 1, wide - draw.randrange(max(1, wide // 2))),
            max(top + 1, high - draw.randrange(max(1, high // 2))),
        )
    )


def _torn(picture: Image.Image, draw: Random) -> Image.Image:
    """A strip painted over or moved aside."""
    torn, (wide, high) = picture.copy(), picture.size
    top = draw.randrange(high)
    strip = picture.crop((0, top, wide, min(high, top + max(1, high // 12))))
    torn.paste(draw.choice((0, 128, 255)), (0, top, wide, min(high, top + max(1, high // 12))))
    torn.paste(strip, (draw.randrange(-wide // 4, wide // 4 + 1), top))
    return torn


_PICTURE_DAMAGES: tuple[Callable[[Image.Image, Random], Image.Image], ...] = (
    lambda picture, draw: picture.rotate(
        draw.choice((1.5, -4, 7, 90, 180, 270, 45)), expand=True, fillcolor=draw.choice((0, 255))
    ),
    _cut,
    _torn,
    lambda picture, draw: ImageEnhance.Brightness(picture).enhance(draw.choice((0.0, 0.2, 0.6, 1.8, 4.0))),
    lambda picture, draw: picture.filter(ImageFilter.GaussianBlur(draw.choice((0.6, 1.5, 4)))),
    lambda picture, _: ImageOps.invert(picture),
    lambda picture, draw: picture.resize(
        (max(1, picture.width // draw.choice((2, 5, 40, 2000))), max(1, picture.height // draw.choice((1, 3, 40))))
    ),
    lambda picture, _: ImageOps.mirror(picture),
    lambda picture, draw: picture.point([255 if level > draw.choice((60, 128, 200)) else 0 for level in range(256)]),
)


def _spliced(content: bytes, other: bytes, draw: Random) -> bytes:
    """A piece of `other` in the midst of `content`."""
    start, place = draw.randrange(len(other) + 1), draw.randrange(len(content) + 1)
    return content[:place] + other[start : start + draw.choice((50, 500, 5000))] + content[place:]
