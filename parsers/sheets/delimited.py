"""Orders in delimited text (CSV, TSV): charset and separator from the content, leading zeros and digits as they stand."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from models.domain.document import Grid, TextBox
from models.domain.errors import Rejected
from parsers.charsets import decoded
from parsers.part_reading import PartReading
from parsers.sheets.cells import MOST_COLUMNS, cell_box, column_letters, columns_named, doubts_of_width, is_blank, style_of_cells
from parsers.sheets.reader import reading_of_sheets

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 200_000
_SEPARATORS = (";", "\t", "|", ",")
_SAMPLE_ROWS = 60
#: The sign of a comment before its words; "#" alone heads a column of line numbers.
_COMMENT = re.compile(r"^#+[ \t]+(?=[^\W_])", re.MULTILINE)
_WINDOWS = ("cp1252", "cp1250")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_WRONG_INSIDE = re.compile(r"[a-z][À-ÖØ-Þ][a-z]|[a-ln-zA-Z][³²]|[a-z][¿¡±]")
_SIGNS = frozenset("€£¥§°²³½¼¾±×µ®™©·•–—…„“”‚‘’«»ªº\xa0")


def read_delimited(content: bytes, part: str) -> PartReading:
    """The orders of a delimited file. Cells are named as in a workbook: `part`!C7.

    Raises `Rejected` for what is empty, too large, or has no rows of several fields.
    """
    if len(content) > MOST_BYTES:
        raise Rejected(f"{part} has more than {MOST_BYTES} bytes: send the order in several files", code="too_large")
    separator, text = _separator(_COMMENT.sub("", _text(content)), part)
    rows, beyond = _rows(text, separator, part)
    columns = [f"{part}!{letters}" for letters in columns_named(max(map(len, rows), default=0))]
    grid = Grid(tuple(tuple(_boxes(columns, at, row, part)) for at, row in enumerate(rows, start=1)))
    style = style_of_cells(cell for row in rows[:2000] for cell in row)
    reading = reading_of_sheets(
        [grid],
        style,
        part=part,
        media_type="text/tab-separated-values" if separator == "\t" else "text/csv",
        source_format="delimited",
    )
    return replace(reading, problems=(*reading.problems, *doubts_of_width(beyond))) if reading.orders else reading


def _text(content: bytes) -> str:
    """The file's text: by its mark or as UTF-8; else as Windows writes western, then central European text, where that
    gives words; else guessed."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:1000]
    if not marked and not _is_utf8(content):
        for charset in _WINDOWS:
            text = content.decode(charset, "replace")
            if _gives_words(text):
                return text.replace("\r\n", "\n").replace("\r", "\n")
    # Half a character, which some charsets can write, could not be passed on.
    return decoded(content).lstrip("\ufeff").encode("utf-8", "replace").decode()


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _gives_words(text: str) -> bool:
    """Whether what is not ASCII is letters within words, or signs that stand in orders (€, £, °, ², ½, quotes, dashes)."""
    foreign = _FOREIGN.findall(text[:200_000])
    return bool(foreign) and all(sign.isalpha() or sign in _SIGNS for sign in set(foreign)) and not _WRONG_INSIDE.search(text)


def _rows(text: str, separator: str, part: str) -> tuple[list[list[str]], list[str]]:
    """The rows as far as they are read, and by name the first filled cell of each beyond that."""
    rows: list[list[str]] = []
    beyond: list[str] = []
    try:
        for row in islice(_reader(text, separator), MOST_ROWS + 1):
            rows.append(row[:MOST_COLUMNS])
            further = (place for place in range(MOST_COLUMNS, len(row)) if row[place].strip())
            beyond += [f"{part}!{column_letters(place)}{len(rows)}" for place in islice(further, 1)]
    except csv.Error as error:
        raise Rejected(
            f"{part} is not readable as delimited text ({error}): check its quotation marks", code="damaged"
        ) from error
    if len(rows) > MOST_ROWS:
        raise Rejected(f"{part} has more than {MOST_ROWS} rows: send the order in several files", code="too_large")
    return rows, beyond


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)


def _separator(text: str, part: str) -> tuple[str, str]:
    """The separator that gives most rows the same number of fields. Excel's own first line "sep=;" settles it."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    best = max(_SEPARATORS, key=lambda separator: _evenness(text, separator))
    if _evenness(text, best) <= 0:
        raise Rejected(f"{part} has no rows of several fields: it is no delimited table", code="unreadable")
    return best, text


def _evenness(text: str, separator: str) -> float:
    sample = "".join(islice(io.StringIO(text[:200_000]), _SAMPLE_ROWS))
    try:
        widths = Counter(len(row) for row in _reader(sample, separator) if any(row))
    except csv.Error:
        return 0.0
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return 0.0
    width, count = max(several.items(), key=lambda item: (item[1], item[0]))
    return count / sum(widths.values()) + min(width, 30) / 1000


def _boxes(columns: Sequence[str], at: int, row: Sequence[str], part: str) -> Iterator[TextBox | None]:
    for column, cell in zip(columns, row, strict=False):
        text = cell.strip()
        yield None if is_blank(text) else cell_box(text, part, f"{column}{at}")
