"""Pieces of HTML documents: addresses, labelled values in several arrangements, tables of lines, totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from benchmarks.capture.paper import RIGHT, Paper, body, heads

#: Style of a sheet: fonts and sizes differ from layout to layout.
_BASE = """@page{{margin:{margin}mm}}body{{font:{size}pt {font};color:#111;margin:0}}table{{border-collapse:collapse}}
td,th{{vertical-align:top;padding:{pad};text-align:left}}.r{{text-align:right}}.s{{font-size:75%}}.b{{font-weight:bold}}
.row{{display:flex;justify-content:space-between}}"""


def document(
    content: str, style: str = "", *, font: str = "Liberation Sans", size: float = 9, margin: int = 14, pad: str = "2px 4px"
) -> str:
    """A whole document."""
    base = _BASE.format(font=f"'{font}'", size=size, margin=margin, pad=pad)
    return f"<!doctype html><html><head><meta charset='utf-8'><style>{base}{style}</style></head><body>{content}</body></html>"


def lines_of(texts: Iterable[str]) -> str:
    """Lines under one another."""
    return "<br>".join(escape(text) for text in texts if text)


def letterhead(paper: Paper, *, country: bool = False) -> str:
    """The buyer's name in large letters over its address and telephone."""
    name, *rest = paper.party("buyer", country=country)
    telephone = f"Tel. {escape(paper.order.buyer.phone)}"
    return f"<div><div style='font-size:150%' class='b'>{escape(name)}</div>{lines_of(rest)}<br>{telephone}</div>"


def row(*pieces: str, style: str = "") -> str:
    """Pieces beside one another, spread over the width."""
    return f"<div class='row' style='{style}'>{''.join(pieces)}</div>"


def parties(paper: Paper, *roles: str, country: bool = False, style: str = "") -> str:
    """The blocks of parties beside one another, each under its label."""
    blocks = [block(paper.label(role), paper.party(role, country=country and role != "seller")) for role in roles]
    return row(*blocks, style=style)


def sender_line(paper: Paper) -> str:
    """The buyer in one small line, as above a window address."""
    return f"<div class='s' style='text-decoration:underline'>{escape(' · '.join(paper.party('buyer')))}</div>"


def block(label: str, texts: Sequence[str], style: str = "") -> str:
    """A label above a block of lines."""
    return f"<div style='{style}'><div class='b'>{escape(label)}</div>{lines_of(texts)}</div>"


def pairs_beside(pairs: Iterable[tuple[str, str]], *, colon: str = ":", style: str = "") -> str:
    """Labels at the left, values at the right."""
    rows = "".join(f"<tr><td>{escape(label)}{colon}</td><td>{escape(value)}</td></tr>" for label, value in pairs)
    return f"<table style='{style}'>{rows}</table>"


def pairs_band(pairs: Sequence[tuple[str, str]], style: str = "width:100%", cell: str = "border:1px solid #444") -> str:
    """Labels above their values in a row of cells; an empty value leaves its cell empty."""
    labels = "".join(f"<td style='{cell};border-bottom:none' class='s'>{escape(label)}</td>" for label, _ in pairs)
    values = "".join(f"<td style='{cell};border-top:none'>{escape(value) or '&nbsp;'}</td>" for _, value in pairs)
    return f"<table style='{style}'><tr>{labels}</tr><tr>{values}</tr></table>"


def pairs_grid(pairs: Sequence[tuple[str, str]], across: int = 3, cell: str = "border:1px solid #888") -> str:
    """Label and value cells beside one another, so many pairs in a row."""
    cells = [
        f"<td style='{cell};background:#eee'>{escape(label)}</td><td style='{cell}'>{escape(value)}</td>"
        for label, value in pairs
    ]
    rows = ["".join(cells[at : at + across]) for at in range(0, len(cells), across)]
    return "<table style='width:100%'>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def aligned(column: str) -> str:
    """The class of a column's cells."""
    return " class='r'" if column in RIGHT else ""


def head_row(paper: Paper, columns: Sequence[str], marks: dict[str, str] | None = None) -> str:
    """The table's head; `marks` appends to a column's head ("EUR", "/100")."""
    texts = zip(columns, heads(paper, columns), strict=True)
    return "".join(f"<th{aligned(column)}>{escape(text + (marks or {}).get(column, ''))}</th>" for column, text in texts)


def cells_row(columns: Sequence[str], texts: Sequence[str]) -> str:
    """One line's cells."""
    return (
        "<tr>"
        + "".join(f"<td{aligned(column)}>{escape(text)}</td>" for column, text in zip(columns, texts, strict=True))
        + "</tr>"
    )


def lines_table(paper: Paper, columns: Sequence[str], style: str = "width:100%", marks: dict[str, str] | None = None) -> str:
    """All lines under one head."""
    rows = "".join(cells_row(columns, texts) for texts in body(paper, columns))
    head = f"<thead><tr>{head_row(paper, columns, marks)}</tr></thead>"
    return f"<table class='lines' style='{style}'>{head}<tbody>{rows}</tbody></table>"


def totals_table(rows: Iterable[tuple[str, str]], style: str = "margin-left:auto;margin-top:8px") -> str:
    """The foot: labels and amounts."""
    cells = "".join(f"<tr><td>{escape(label)}</td><td class='r'>{escape(amount)}</td></tr>" for label, amount in rows)
    return f"<table style='{style}'>{cells}</table>"


def at_foot(text: str) -> str:
    """Small print at the foot of every page."""
    return f"<div class='s' style='position:fixed;bottom:0'>{escape(text)}</div>"


def title(paper: Paper, style: str = "font-size:170%") -> str:
    """The title alone."""
    return f"<div style='{style}' class='b'>{escape(paper.label('title'))}</div>"
