"""Documents that are broken or meant to break us, made by the test itself."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pikepdf

_INBOX = Path(__file__).parents[2] / "demo" / "inbox"
_PDF = (_INBOX / "05-kessler-bestellung.pdf").read_bytes()
#: Under a number of its own: the sample itself goes in among them.
_EDI = (_INBOX / "14-vindobona-orders-d01b.edi").read_text(encoding="latin-1").replace("VGT-PO-55102", "VGT-PO-99102")


@dataclass(frozen=True)
class Hostile:
    """A mail with something wrong in it; `named` is what our answer must speak of (the file, as a rule)."""

    name: str
    mail: bytes
    sender: str
    named: str


def all_of_them() -> list[Hostile]:
    """One mail per kind of trouble, each from a sender of its own."""
    attached = {
        "truncated-pdf": ("bestellung.pdf", _PDF[: len(_PDF) // 3]),
        "encrypted-pdf": ("geheim.pdf", _encrypted_pdf()),
        "encrypted-zip": ("geheim.zip", _encrypted_zip()),
        "program-called-pdf": ("order.pdf", b"MZ\x90\x00" + random.Random(2).randbytes(20_000)),
        "zip-bomb": ("bomb.zip", _zip_bomb()),
        "entity-bomb": ("order.xml", _entity_bomb()),
        "random-bytes": ("order.bin", random.Random(1).randbytes(40_000)),
        "wrong-counts": ("orders.edi", _EDI.replace("UNT+", "UNT+9").encode("latin-1")),
        "empty-file": ("order.csv", b""),
    }
    made = [Hostile(name, _mail(name, file, content), _sender(name), file) for name, (file, content) in attached.items()]
    return [
        *made,
        Hostile("empty-mail", _mail("empty-mail"), _sender("empty-mail"), ""),
        Hostile("deep-mail", _deep_mail(60), _sender("deep-mail"), ""),
    ]


def good_order_with_wrong_extension() -> bytes:
    """A delimited order that calls itself a PDF."""
    content = (_INBOX / "19-oehler-bestellung.csv").read_bytes().replace(b"B26-04417", b"B26-99417")
    return _mail("moebel-oehler", "bestellung.pdf", content)


def oversized(size: int) -> bytes:
    """A mail of at least so many bytes."""
    return _mail("oversized", "order.txt", b"x" * size)


def _sender(name: str) -> str:
    return f"einkauf@{name}.example"


def _mail(name: str, file: str = "", content: bytes = b"") -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _sender(name)
    mail["To"] = "orders@brueckner-hale.example"
    mail["Subject"] = f"Bestellung {name}" if file else ""
    mail["Date"] = "Mon, 23 Nov 2026 09:00:00 +0100"
    mail["Message-ID"] = f"<{name}@{name}.example>"
    mail.set_content("Anbei unsere Bestellung.\n" if file else "")
    if file:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=file)
    return mail.as_bytes()


def _encrypted_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_PDF)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="secret", owner="owner"))
    return out.getvalue()


def _encrypted_zip() -> bytes:
    """A zip whose entry says that it is encrypted (bit 0 of the general purpose flags, APPNOTE 4.4.4)."""
    plain = bytearray(_zip({"order.csv": b"sku;menge\nCT-100-NA;100\n"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        plain[plain.index(signature) + offset] |= 1
    return bytes(plain)


def _zip_bomb() -> bytes:
    return _zip({f"part{number}.txt": bytes(60_000_000) for number in range(10)})


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _entity_bomb() -> bytes:
    """Billion laughs."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE Order [<!ENTITY e0 "ha">{entities}]>'
        '<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"><Note>&e9;</Note></Order>'
    ).encode()


def _deep_mail(levels: int) -> bytes:
    content = _mail("deep-mail")
    for level in range(levels):
        head = (
            f"From: {_sender('deep-mail')}\r\nTo: orders@brueckner-hale.example\r\nSubject: Fwd {level}\r\n"
            f"Message-ID: <{level}@deep-mail.example>\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"
        )
        content = head.encode() + content
    return content
