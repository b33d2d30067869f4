"""Heads in two languages: what stands below them is a line, whatever parts the two."""

from __future__ import annotations

import pytest

from models.domain.document import TextBox
from models.domain.evidence import Evidence
from parsers.tables.columns import heading_at


def row(*texts: str) -> tuple[TextBox, ...]:
    return tuple(TextBox(text, Evidence(part="body", text=text)) for text in texts)


@pytest.mark.parametrize("form", ["{} / {}", "{}/{}", "{} - {}", "{} | {}", "{} ({})", "{} {}"])
def test_the_first_line_is_no_second_row_of_heads(form: str) -> None:
    """ "Qté / Qty" above 500 is no head "Qté / Qty 500"."""
    heads = [("Réf.", "Ref."), ("Désignation", "Description"), ("Qté", "Qty"), ("Unité", "Unit")]
    rows = [row(*(form.format(*pair) for pair in heads)), row("EMB-4030", "Cartons 40x30x20 / Boxes 40x30x20", "500", "pc")]
    heading = heading_at(rows, 0)
    assert heading is not None
    assert heading.rows == 1
