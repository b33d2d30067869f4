"""What a file is, by its content."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.detect import Kind, detect


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def _ods() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", "<x/>")
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SAMPLES = [
    (b"", Kind.EMPTY),
    (b" \r\n\t\n", Kind.EMPTY),
    (b"\xef\xbb\xbf", Kind.EMPTY),
    (b"%PDF-1.7\n...", Kind.PDF),
    (b"junk before\n%PDF-1.4\n%%EOF\n", Kind.PDF),
    (b"\x89PNG\r\n\x1a\nxx", Kind.PNG),
    (b"\xff\xd8\xff\xe0xx", Kind.JPEG),
    (b"II*\x00xx", Kind.TIFF),
    (b"RIFF\x10\x00\x00\x00WEBPVP8 ", Kind.WEBP),
    (b"GIF89axx", Kind.GIF),
    (b"UNA:+.? 'UNB+UNOC:3+1+2'", Kind.EDIFACT),
    (b"\xef\xbb\xbf  \r\nUNB+UNOA:1+a+b'", Kind.EDIFACT),
    (b"UNH+1+ORDERS:D:96A:UN'BGM+220'", Kind.EDIFACT),
    (b"ISA*00*          *00*          *ZZ*A", Kind.X12),
    (b"\xef\xbb\xbfISA|00|          |00|", Kind.X12),
    (b'<?xml version="1.0"?><Order/>', Kind.XML),
    (b"<Order xmlns='urn:x'><ID>1</ID></Order>", Kind.XML),
    ("\ufeff<?xml version='1.0' encoding='utf-16'?><Order/>".encode("utf-16"), Kind.XML),
    (b"<!DOCTYPE html><html><body>x", Kind.HTML),
    (b"<html><body>x</body></html>", Kind.HTML),
    (b"<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>", Kind.HTML),
    (gzip.compress(b"x", mtime=0), Kind.GZIP),
    (_zip(a=b"1"), Kind.ZIP),
    (_zip(xl__workbook_xml=b"<x/>"), Kind.XLSX),
    (_ods(), Kind.ODS),
    (OLE + "Workbook".encode("utf-16-le"), Kind.XLS),
    (OLE + "__properties_version1.0".encode("utf-16-le"), Kind.OUTLOOK),
    (OLE, Kind.UNKNOWN),
    (b"From: a@b.c\nTo: d@e.f\nSubject: x\n\nUNB+ %PDF-", Kind.EMAIL),
    (b"Received: from x\n by y\nMessage-ID: <1@x>\n\nbody", Kind.EMAIL),
    (b"From a@b.c Mon Nov  2\nFrom: a@b.c\nDate: x\nSubject: y\n\n", Kind.EMAIL),
    (b"To: sales\nDate: today\n\nplease send 20 boxes", Kind.TEXT),
    (b"article;quantity;price\nA-1;20;1,20\nA-2;5;3,00\n", Kind.DELIMITED),
    (b"article\tquantity\nA-1\t20\nA-2\t5\n", Kind.DELIMITED),
    (b'"a, b",2,3\n"c, d",4,5\n', Kind.DELIMITED),
    (b"HDR|PO|88-40|20261112\nSHP|DC|Reno\nDTL|1|TNT-2|40|EA\nDTL|2|TNT-3|25|EA\nTRL|2\n", Kind.DELIMITED),
    (b"Hello,\nplease send 20 boxes, 5 rolls, and tape,\nthanks, Jo,\n", Kind.TEXT),
    ("Bitte 20 Stück".encode("utf-16"), Kind.TEXT),
    (b"BEGIN:VCARD\nFN:Jo\n", Kind.VCARD),
    (b"BEGIN:VCALENDAR\n", Kind.CALENDAR),
    (bytes(range(1, 32)) * 20, Kind.UNKNOWN),
]


@pytest.mark.parametrize(("content", "kind"), SAMPLES)
def test_a_file_is_known_by_its_content(content: bytes, kind: Kind) -> None:
    """Each format by what it must start with, contain or look like."""
    assert detect(content) is kind


@given(st.binary(max_size=600))
def test_any_bytes_have_a_kind(content: bytes) -> None:
    """Detection never fails."""
    assert detect(content).media_type


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_media_type(kind: Kind) -> None:
    """As the contract's `media_type` needs."""
    assert "/" in kind.media_type
