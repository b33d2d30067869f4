"""What a table's reader did not take is named, and what means nothing is not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.contracts.extraction_v1 import Problem
from models.domain.document import Grid
from models.domain.findings import Severity
from parsers.tables.reader import GridReading, read_grid
from parsers.values.numbers import NumberStyle
from tests.parsers.tables.grids import box, grid

DE = NumberStyle(",", "dmy")
HEAD = ("Pos", "Artikelnummer", "Bezeichnung", "Menge", "ME", "Preis", "Betrag")


def unread(text: str) -> list[Problem]:
    """What `read_grid` says about cells that it did not understand."""
    return list(read_grid([grid(text)], DE).problems)


def severities(text: str) -> list[Severity]:
    """How grave that is."""
    return [problem.severity for problem in unread(text)]


def test_a_row_in_a_stray_cell_is_an_error_that_names_place_and_text() -> None:
    """Two rows were glued into one; the second must not vanish."""
    (problem,) = unread("""
Codice|Descrizione|Q.tà|UM|Prezzo|Importo|Item
TD-6|Twist drill 6 mm|30|PZ|5,32|159,60|TD-10 Twist drill 10 mm 10 PZ 15,11 151,10
""")
    assert (problem.code, problem.severity, problem.field) == ("unread_values", Severity.ERROR, "lines")
    assert "TD-10 Twist drill 10 mm 10 PZ 15,11 151,10" in problem.message
    assert "R2C6" in problem.message


def test_a_row_that_ran_into_a_description_is_an_error() -> None:
    """Its figures multiply out, so they are another line's."""
    assert severities("""
Artikelnummer|Bezeichnung|Menge|Preis|Betrag
A-100|Bohrer 6 mm|30|5,32|159,60
A-200|Säge Hammer 12 9,51 114,12|2|7,00|14,00
""") == [Severity.ERROR]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("B-4711", Severity.ERROR), ("88,90", Severity.ERROR), ("17", Severity.WARNING), ("blau", None), ("03.11.2026", None)],
)
def test_a_cell_beyond_the_heads_is_judged_by_its_look(cell: str, expected: Severity | None) -> None:
    """Part numbers and amounts are goods, other figures may be; words and days are not."""
    found = severities(f"""
Artikelnummer|Bezeichnung|Menge|Preis|Betrag
A-100|Bohrer|30|5,32|159,60|{cell}
""")
    assert found == ([expected] if expected else [])


def test_a_column_of_unknown_meaning_is_worth_a_warning() -> None:
    """Nobody knows here whether it changes what is ordered."""
    assert severities("""
Artikelnummer|Bezeichnung|Glurbs|Menge|Preis
A-100|Bohrer|GL-77|30|5,32
""") == [Severity.WARNING]


@pytest.mark.parametrize(
    ("row", "what"),
    [("10|A-100|Bohrer|l2O8|Stk|5,32|63,84", "l2O8"), ("10|A-100|Bohrer|12|Stk|5,3Z2|63,84", "5,3Z2")],
)
def test_a_quantity_or_price_that_cannot_be_read_is_an_error(row: str, what: str) -> None:
    """As a bad scan gives them."""
    problems = unread("|".join(HEAD) + "\n" + row)
    assert [problem.severity for problem in problems] == [Severity.ERROR]
    assert what in problems[0].message


def test_goods_below_the_total_are_an_error() -> None:
    """A subtotal that was taken for the end must not cut the rest off."""
    assert severities("""
Artikelnummer|Bezeichnung|Menge|Preis|Betrag
A-100|Bohrer|30|5,32|159,60
|Summe netto|||159,60
A-200|Säge|2|7,00|14,00
""") == [Severity.ERROR]


def test_what_stands_around_the_goods_is_no_alarm() -> None:
    """Totals, remarks, pages, terms, ignored columns, repeated values and empty rows of an order form."""
    assert (
        unread("""
Pos|Artikelnummer|Bezeichnung|Menge|ME|Preis|Betrag|Gewicht|Lagerort
10|A-100|Bohrer|30|Stk|5,32|159,60|12,50|R-4711
||Ihr Angebot: 4711-B vom 02.11.2026||||||
||verzinkt 8.8||||||
|||30|||||
20|A-200|Säge|2|Stk|7,00|14,00|3,75|R-4712
|||||Übertrag|173,60||
Seite 2 von 3||||||||
|||||Netto|173,60||
|||||MwSt 19 %|32,98||
|||||Brutto|206,58||

Es gelten unsere Einkaufsbedingungen, Stand 01.07.2025; Mindermengen unter 50,00 EUR sind vorher anzukündigen.||||||||
Tel. +49 2351 998877-0||HRB 12345||||||
""")
        == []
    )


def test_an_order_forms_empty_rows_are_no_alarm() -> None:
    """Only one of its articles is wanted."""
    form = "\n".join(f"A-{number}|Artikel {number}||{number},50|" for number in range(200, 206))
    assert unread(f"Artikelnummer|Bezeichnung|Menge|Preis|Betrag\nA-100|Bohrer|30|5,32|159,60\n{form}") == []


ARTICLES = st.lists(
    st.tuples(st.integers(2, 999), st.integers(101, 9999)), min_size=1, max_size=6, unique_by=lambda article: article[1]
)


def row_of(place: int, article: tuple[int, int]) -> list[str]:
    """A line's cells; its number and its figures stand nowhere else in the grid."""
    quantity, cents = article
    price, total = Decimal(cents) / 100, quantity * Decimal(cents) / 100
    number = f"QX-{7000 + place}-Z"
    return [str(10 * place + 10), number, "Dichtung flach", str(quantity), "Stk", f"{price:.2f}", f"{total:.2f}"]


def german(cells: list[str]) -> list[str]:
    """The same with decimal commas."""
    return [cell.replace(".", ",") for cell in cells]


def as_grid(rows: list[list[str]]) -> Grid:
    """Texts as a grid."""
    cells = [
        tuple(box(text, f"R{at}C{place}") if text else None for place, text in enumerate(row)) for at, row in enumerate(rows)
    ]
    return Grid(tuple(cells))


def accounts_for(reading: GridReading, number: str) -> bool:
    """Whether the article is ordered with its quantity, or somebody is told to look."""
    if any(problem.severity is Severity.ERROR for problem in reading.problems):
        return True
    return any(
        line.quantity is not None and line.seller_part_number is not None and line.seller_part_number.value == number
        for line in reading.lines
    )


@given(articles=ARTICLES, data=st.data())
@settings(max_examples=150)
def test_no_line_vanishes_silently_however_the_layout_tears_its_row(articles: list[tuple[int, int]], data: st.DataObject) -> None:
    """A row is glued into another's stray cell, pushed to the side, set below the total, or has its number pushed out."""
    rows = [german(row_of(place, article)) for place, article in enumerate(articles)]
    victim = data.draw(st.integers(0, len(rows) - 1))
    torn = rows[victim]
    others = rows[:victim] + rows[victim + 1 :]
    match data.draw(st.sampled_from(["glued", "pushed", "below", "stray number"])):
        case "glued" if others:
            others[data.draw(st.integers(0, len(others) - 1))].append(" ".join(torn))
            rows = others
        case "pushed":
            rows[victim] = [""] * data.draw(st.integers(1, 9)) + torn
        case "below":
            rows = [*others, ["", "", "Summe netto", "", "", "", "1,00"], torn]
        case _:
            rows[victim] = [torn[0], "", *torn[2:], torn[1]]
    reading = read_grid([as_grid([list(HEAD), *rows])], DE)
    assert all(accounts_for(reading, german(row_of(place, article))[1]) for place, article in enumerate(articles))


@given(articles=ARTICLES, data=st.data())
@settings(max_examples=50)
def test_shuffled_columns_raise_no_alarm(articles: list[tuple[int, int]], data: st.DataObject) -> None:
    """The heads say what is where."""
    order = data.draw(st.permutations(range(len(HEAD))))
    rows = [list(HEAD), *(german(row_of(place, article)) for place, article in enumerate(articles))]
    reading = read_grid([as_grid([[row[place] for place in order] for row in rows])], DE)
    assert reading.problems == ()
    assert len(reading.lines) == len(articles)
