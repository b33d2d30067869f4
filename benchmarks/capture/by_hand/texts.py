"""Texts with tables as OpenDocument (OASIS ODF 1.2) and as Rich Text Format 1.9: paragraphs, tabs, and tables between bars."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

_TYPE = "application/vnd.oasis.opendocument.text"
_NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "style")
)
_MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_WIDTH = 9000  # twips between the margins

_Block = str | list[list[str]]


def opendocument(text: str) -> bytes:
    """The odt file of `text`."""
    body = "".join(_odt_block(block) for block in _blocks(text))
    content = (
        f'<?xml version="1.0"?><office:document-content{_NAMES} office:version="1.2"><office:body><office:text>'
        f"{body}</office:text></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _TYPE)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", content.encode())
    return buffer.getvalue()


def rich_text(text: str) -> bytes:
    """The rtf file of `text`, letters beyond ASCII in cp1250 or as Unicode."""
    body = "".join(_rtf_block(block) for block in _blocks(text))
    return (r"{\rtf1\ansi\ansicpg1250\deff0{\fonttbl{\f0\fswiss Arial;}}\f0\fs20 " + body + "}").encode("ascii")


def _blocks(text: str) -> Iterator[_Block]:
    """Paragraphs, and tables as rows of cells."""
    rows: list[list[str]] = []
    for line in text.rstrip("\n").split("\n"):
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip()[1:-1].split("|")])
            continue
        if rows:
            yield rows
            rows = []
        yield line.replace("\\t", "\t")
    if rows:
        yield rows


def _odt_block(block: _Block) -> str:
    if isinstance(block, str):
        return _odt_paragraph(block)
    width = max(map(len, block))
    columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
    rows = (f"<table:table-row>{''.join(map(_odt_cell, row))}</table:table-row>" for row in block)
    return f"<table:table>{columns}{''.join(rows)}</table:table>"


def _odt_cell(text: str) -> str:
    return f"<table:table-cell>{''.join(map(_odt_paragraph, text.split(' / ')))}</table:table-cell>"


def _odt_paragraph(text: str) -> str:
    spaced = re.sub(" {2,}", lambda gap: f'<text:s text:c="{len(gap[0])}"/>', escape(text))
    return f"<text:p>{spaced.replace(chr(9), '<text:tab/>')}</text:p>"


def _rtf_block(block: _Block) -> str:
    if isinstance(block, str):
        return r"\pard " + _rtf_text(block) + "\\par\n"
    return "".join(_rtf_row(row) for row in block) + "\\pard\n"


def _rtf_row(row: Sequence[str]) -> str:
    edges = "".join(rf"\cellx{_WIDTH * place // len(row)}" for place in range(1, len(row) + 1))
    cells = "".join(rf"\pard\intbl {_rtf_text(cell)}\cell" for cell in row)
    return rf"\trowd\trgaph70{edges}{cells}\row" + "\n"


def _rtf_text(text: str) -> str:
    marked = re.sub(r"([\\{}])", r"\\\1", text).replace("\t", r"\tab ").replace(" / ", r"\line ")
    return "".join(sign if sign.isascii() else _rtf_sign(sign) for sign in marked)


def _rtf_sign(sign: str) -> str:
    """A byte of the file's charset (RTF 1.9, "\\'hh"), else its code units with a substitute each."""
    try:
        return rf"\'{sign.encode('cp1250')[0]:02x}"
    except UnicodeEncodeError:
        units = struct.unpack(f"<{len(sign.encode('utf-16-le')) // 2}h", sign.encode("utf-16-le"))
        return "".join(rf"\u{unit}?" for unit in units)
