"""Tables without a drawn line, generated: whatever the columns, the pitch and the head's rows, each line comes back whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from models.domain.document import Word
from parsers.layout.tables import tables_of
from parsers.page_text import PageText

_HEADS = (
    ("Codice", "Descrizione", "Q.tà", "UM", "Prezzo", "Importo"),
    ("Item", "Description", "Qty", "Unit", "Unit price", "Amount"),
    ("Artikelnummer", "Bezeichnung", "Menge", "ME", "Einzelpreis", "Gesamtpreis"),
)
_RIGHT = (False, False, True, False, True, True)
_WIDTHS = (14, 34, 9, 5, 11, 12)
_SIZE = 9.0
_LETTER = 0.5 * _SIZE


@dataclass(frozen=True)
class _Table:
    """A table as it is drawn: cells of each line, its description in one to three rows."""

    heads: tuple[tuple[str, ...], ...]
    lines: tuple[tuple[str, tuple[str, ...], str, str, str, str], ...]
    gaps: tuple[float, ...]
    pitch: float
    wrap: float
    left: float


_codes = st.from_regex(r"[A-Z]{2}-[A-Z0-9]{2,5}-[0-9]{2}", fullmatch=True)
_texts = st.lists(st.sampled_from(["bolt", "Nut DIN 93", "M8x40", "zinced", "steel 8.8", "1.6 mm"]), min_size=1, max_size=3)
_wrapped = st.lists(_texts.map(" ".join), min_size=1, max_size=3).map(tuple)
_figures = st.integers(1, 9999).map(str)
_prices = st.tuples(st.integers(0, 999), st.integers(0, 99)).map(lambda pair: f"{pair[0]}.{pair[1]:02}")
_lines = st.tuples(_codes, _wrapped, _figures, st.sampled_from(["PZ", "pcs", "EA", "m"]), _prices, _prices)
_tables = st.builds(
    _Table,
    heads=st.lists(st.sampled_from(_HEADS), min_size=1, max_size=3, unique=True).map(tuple),
    lines=st.lists(_lines, min_size=1, max_size=7).map(tuple),
    gaps=st.tuples(*[st.floats(10, 24)] * 5),
    pitch=st.floats(1.1, 3.0),
    wrap=st.floats(1.1, 1.3),
    left=st.floats(20, 60),
)


def _columns(table: _Table) -> list[tuple[float, float]]:
    """Left and right edge of each column."""
    edges, x = [], table.left
    for width, gap in zip(_WIDTHS, (*table.gaps, 0.0), strict=True):
        edges.append((x, x + width * _LETTER))
        x += width * _LETTER + gap
    return edges


def _placed(text: str, edges: tuple[float, float], top: float, *, right: bool) -> list[Word]:
    x = edges[1] - len(text) * _LETTER if right else edges[0]
    words = []
    for part in text.split(" "):
        words.append(Word(part, 1, x, top, x + len(part) * _LETTER, top + _SIZE, size=_SIZE))
        x += (len(part) + 1) * _LETTER
    return words


def drawn(table: _Table) -> PageText:
    """The table on a page, a total a good way below it."""
    columns, words, top = _columns(table), [], 200.0
    for names in table.heads:
        for name, edges, right in zip(names, columns, _RIGHT, strict=True):
            words += _placed(name, edges, top, right=right)
        top += 1.25 * _SIZE
    top += (table.pitch - 1) * _SIZE
    for code, texts, *rest in table.lines:
        for cell, edges, right in zip((code, texts[0], *rest), columns, _RIGHT, strict=True):
            words += _placed(cell, edges, top, right=right)
        for text in texts[1:]:
            top += table.wrap * _SIZE
            words += _placed(text, columns[1], top, right=False)
        top += max(table.pitch, table.wrap if len(texts) > 1 else 0) * _SIZE
    words += _placed("Total", columns[4], top + 30, right=True) + _placed("99999.99", columns[5], top + 30, right=True)
    return PageText(1, 612, max(792, top + 100), tuple(words))


def _read(page: PageText) -> list[tuple[str, ...]]:
    """The grid's lines, what follows each joined to its description."""
    found: list[list[str]] = []
    for table in tables_of([page], "po.pdf"):
        for cells in table.grid.rows[1:]:
            texts = ["" if cell is None else cell.text for cell in cells]
            if texts[0]:
                found.append(texts)
            else:
                found[-1] = [f"{above} {text}".strip() for above, text in zip(found[-1], texts, strict=True)]
    return [tuple(texts) for texts in found]


def _expected(lines: Sequence[tuple[str, tuple[str, ...], str, str, str, str]]) -> list[tuple[str, ...]]:
    return [(code, " ".join(texts), *rest) for code, texts, *rest in lines]


@given(_tables)
def test_every_line_of_a_table_without_rules_comes_back(table: _Table) -> None:
    """Columns anywhere, lines 1.1 to 3 letters apart, one to three head rows in other languages, wrapped descriptions."""
    assert _read(drawn(table)) == _expected(table.lines)


@given(_tables)
def test_a_cell_holds_only_words_that_touch_its_column(table: _Table) -> None:
    """No word is taken for a column that it does not stand under, and none of another row."""
    columns = _columns(table)
    for page_table in tables_of([drawn(table)], "po.pdf"):
        for cells in page_table.grid.rows[1:]:
            for cell, (left, right) in zip(cells, columns, strict=True):
                if cell is not None and cell.evidence.bbox is not None:
                    x0, top, x1, bottom = cell.evidence.bbox
                    assert left - 1 <= x0 <= x1 <= right + 1
                    assert bottom - top <= _SIZE + 0.2
