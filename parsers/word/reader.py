"""Word processors' files: WordprocessingML (ISO/IEC 29500-1, 17), OpenDocument text (OASIS ODF 1.3) and RTF.

Paragraphs, tables, text boxes, headers and footers are set anew as pages and read like any printed page; what is no form but a
letter is read as one. What a reviser deleted, hidden text, comments and the codes of fields are left out; what is struck through
is left out and asked about.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from models.contracts.extraction_v1 import Problem
from models.domain.errors import Rejected
from models.domain.findings import Severity
from parsers.archive import Member, shown_name
from parsers.detect import Kind
from parsers.layout.letters import with_page_around
from parsers.layout.order import Page, reading_of
from parsers.part_reading import PartReading
from parsers.prose.reader import Letter, read_letter
from parsers.struck_out import struck_out_in
from parsers.word.blocks import blocks_of_opendocument, blocks_of_wordprocessing, with_tabbed_tables
from parsers.word.places import doubts_of_delivery
from parsers.word.rtf import blocks_of_rtf
from parsers.word.struck import without_struck
from parsers.word.typesetting import Block, TypesetText, text_of, typeset
from parsers.xml.syntax import parsed

MOST_XML = 40 * 1024 * 1024
MOST_FILES = 40
MAX_PICTURES = 40
_HEADERS = re.compile(r"word/header\d*\.xml")
_FOOTERS = re.compile(r"word/footer\d*\.xml")
_CARRIED = re.compile(r"(?:word/(?:media|embeddings)|Pictures)/[^/]+")


def read_word(content: bytes, part: str, kind: Kind, written_on: date | None = None) -> PartReading:
    """The orders of a docx, odt or rtf file. `Rejected` where the file is damaged, protected, or grows beyond 40 MB."""
    struck: list[str] = []
    found = blocks_of_rtf(content[:MOST_XML], struck) if kind is Kind.RTF else _blocks(content, part, kind, struck)
    blocks = with_tabbed_tables(found)
    reading = _as_pages(typeset(blocks), part, kind)
    if any(order.order.lines for order in reading.orders):
        reading = _with_doubts(reading, text_of(blocks))
    else:
        letter = _as_letter(text_of(blocks), part, kind, written_on)
        reading = with_page_around(letter, reading) if any(order.order.lines for order in letter.orders) else reading
    crossed = struck_out_in(struck, part) if reading.orders else ()
    return replace(reading, problems=(*reading.problems, *crossed))


def _with_doubts(reading: PartReading, text: str) -> PartReading:
    orders = (replace(each, problems=(*each.problems, *doubts_of_delivery(each.order, text))) for each in reading.orders)
    return replace(reading, orders=tuple(orders))


def carried_files(content: bytes, part: str) -> tuple[Member, ...]:
    """The pictures and embedded files of a docx or odt file: where its text is no order, one of them may be."""
    with _opened(content, part) as archive:
        found = [info for info in archive.infolist() if _CARRIED.fullmatch(info.filename)][:MOST_FILES]
        return tuple(Member(shown_name(info.filename, "picture"), _taken(archive, info.filename, part)) for info in found)


def _as_pages(text: TypesetText, part: str, kind: Kind) -> PartReading:
    pages = [Page(page.text, page.picture(part) if place < MAX_PICTURES else None) for place, page in enumerate(text.pages)]
    reading = reading_of(pages, part, media_type=kind.media_type, source_format="pdf")
    if text.is_whole:
        return reading
    message = f"{part} is too long: what stands behind its first {len(pages)} pages was not read; send the order alone"
    return replace(
        reading, problems=(*reading.problems, Problem(code="too_many_pages", severity=Severity.ERROR, message=message))
    )


def _as_letter(text: str, part: str, kind: Kind, written_on: date | None) -> PartReading:
    return replace(read_letter(Letter(part, text, kind.media_type, written_on=written_on)), text=text)


def _blocks(content: bytes, part: str, kind: Kind, struck: list[str]) -> Iterator[Block]:
    """The file's blocks, header first and footer last. What they strike through goes to `struck`."""
    with _opened(content, part) as archive:
        names = archive.namelist()
        if kind is Kind.ODT:
            wanted = [name for name in ("styles.xml", "content.xml") if name in names]
            roots = [parsed(_taken(archive, name, part), part) for name in wanted]
            struck += without_struck(roots)
            yield from blocks_of_opendocument(roots)
            return
        headers = [name for name in names if _HEADERS.fullmatch(name)]
        footers = [name for name in names if _FOOTERS.fullmatch(name)]
        stories = [parsed(_taken(archive, name, part), part) for name in (*headers, "word/document.xml", *footers)]
        struck += without_struck(stories)
        told: list[tuple[Block, ...]] = []
        for story in stories:
            blocks = tuple(blocks_of_wordprocessing(story))
            if blocks not in told:  # first, odd and even pages often bear the same header
                told.append(blocks)
                yield from blocks


def _opened(content: bytes, part: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise _damaged(part, error) from error


def _taken(archive: zipfile.ZipFile, name: str, part: str) -> bytes:
    try:
        with archive.open(name) as stream:
            data = stream.read(MOST_XML + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, KeyError, zlib.error) as error:
        raise _damaged(part, error) from error
    if len(data) > MOST_XML:
        raise Rejected(f"{part} unpacks to more than {MOST_XML // 1024**2} MB, which no order does", code="archive_bomb")
    return data


def _damaged(part: str, error: BaseException) -> Rejected:
    return Rejected(f"{part} is a damaged document ({error}): save it anew and send it again, or as PDF", code="damaged")
