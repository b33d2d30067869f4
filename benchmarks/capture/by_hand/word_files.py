"""Documents that people typed in a word processor, written down as text with the truth beside: `word/x.word` and `x.yaml`.

A line is a paragraph, with its tabs as `\\t`; lines between bars are a table, ` / ` parting the lines of a cell and an empty
cell after `<` belonging to the one on its left; `header:`, `footer:`, `box:` and `- ` make page headers, page footers, text
boxes and lists, `~~struck~~` what a reviser struck out, `++put++` what was put in its place and `[[typed]]` what was typed
into a field of a form (a content control). `format: odt` or `format: rtf` in the first line makes it such a file, of
paragraphs and tables alone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from benchmarks.capture.by_hand.reading import cases_in
from benchmarks.capture.by_hand.texts import opendocument, rich_text
from benchmarks.capture.case import Case

_FOLDER = Path(__file__).parent / "word"
_REVISED = re.compile(r"(~~.+?~~|\+\+.+?\+\+|\[\[.+?\]\])")
_BOX = (
    "<w:r {ns}><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml' style='width:200pt;height:80pt'>"
    "<v:textbox><w:txbxContent>{lines}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def cases(seed: int = 0) -> Iterator[Case]:  # noqa: ARG001 — nothing here is drawn, but all kinds of documents are asked alike
    """All of them, by name."""
    return cases_in(_FOLDER, "word", "by_hand/word", lambda document, _: written_word(document.read_text("utf-8")))


def written_word(text: str) -> bytes:
    """The docx, odt or rtf file that `text` writes down."""
    first, _, rest = text.partition("\n")
    writers = {"format: odt": opendocument, "format: rtf": rich_text}
    return writers[first](rest) if first in writers else _docx(text)


def _docx(text: str) -> bytes:
    document = Document()
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(line.strip()[1:-1].split("|"))
            continue
        if rows:
            _add_table(document, rows)
            rows = []
        _add_line(document, line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_line(document: DocumentObject, line: str) -> None:
    word, _, rest = line.partition(": ")
    if word == "header":
        _fill(document.sections[0].header.add_paragraph(), rest)
    elif word == "footer":
        _fill(document.sections[0].footer.add_paragraph(), rest)
    elif word == "box":
        _add_box(document, rest)
    elif line.startswith("- "):
        _fill(document.add_paragraph(style="List Bullet"), line[2:])
    else:
        _fill(document.add_paragraph(), line)


def _fill(paragraph: Paragraph, text: str) -> None:
    """The text, with tracked changes (ISO/IEC 29500-1, 17.13.5) and content controls (17.5.2)."""
    for piece in _REVISED.split(text.replace("\\t", "\t")):
        if not _REVISED.fullmatch(piece):
            paragraph.add_run(piece)
            continue
        run = paragraph.add_run(piece[2:-2])._r
        if piece.startswith("[["):
            control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr><w:text/></w:sdtPr><w:sdtContent/></w:sdt>")
            run.addprevious(control)
            control[-1].append(run)
            continue
        tag = "del" if piece.startswith("~~") else "ins"
        change = parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a" w:date="2026-11-20T10:00:00Z"/>')
        run.addprevious(change)
        change.append(run)
        if tag == "del":
            for words in run.findall("{*}t"):
                words.tag = words.tag.replace("}t", "}delText")


def _add_box(document: DocumentObject, text: str) -> None:
    lines = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.split(" / "))
    document.add_paragraph()._p.append(parse_xml(_BOX.format(ns=nsdecls("w"), lines=lines)))


def _add_table(document: DocumentObject, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), max(map(len, rows)))
    for cells, row in zip(rows, table.rows, strict=True):
        for place, text in enumerate(cells):
            if text.strip() == "<":
                row.cells[place - 1].merge(row.cells[place])
                continue
            lines = text.strip().split(" / ")
            _fill(row.cells[place].paragraphs[0], lines[0])
            for line in lines[1:]:
                _fill(row.cells[place].add_paragraph(), line)
