"""Workbooks and delimited files of the benchmark: invented orders in more than thirty shapes, seven languages, six formats.

A shape is a layout: all that is written in one is of one split.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.capture import sheets_files, sheets_forms, sheets_matrices
from benchmarks.capture.case import Case, split_of
from benchmarks.capture.invented import LANGUAGES, invent_order
from benchmarks.capture.sheets_clerk import Clerk
from benchmarks.capture.sheets_forms import Written

_Shape = Callable[[Clerk], Written]
_FORMS: tuple[_Shape, ...] = (
    sheets_forms.plain_block, sheets_forms.letterhead_two_blocks, sheets_forms.two_row_heads, sheets_forms.merged_form,
    sheets_forms.cover_sheet, sheets_forms.hidden_lists, sheets_forms.grouped_subtotals, sheets_forms.catalogue_form,
    sheets_forms.catalogue_zeros, sheets_forms.numbers_as_text, sheets_forms.serial_days, sheets_forms.formulas_kept,
    sheets_forms.formulas_unreckoned, sheets_forms.misspelt_heads, sheets_forms.place_as_code, sheets_forms.banner_cell,
    sheets_forms.report_pages, sheets_forms.labels_above, sheets_forms.goods_and_services, sheets_matrices.size_matrix,
    sheets_matrices.colour_matrix, sheets_matrices.colour_by_size, sheets_matrices.store_by_size, sheets_matrices.store_columns,
    sheets_matrices.variant_rows, sheets_matrices.many_orders, sheets_matrices.single_article, sheets_matrices.call_off_weeks,
)  # fmt: skip
_FILES: tuple[_Shape, ...] = (
    sheets_files.block_and_table, sheets_files.head_in_each_row, sheets_files.address_in_columns, sheets_files.orders_in_rows,
    sheets_files.wide_tabs, sheets_files.table_names, sheets_files.snake_names, sheets_files.padded_bars,
    sheets_files.subtotals_in_rows, sheets_files.no_heads, sheets_files.matrix_file,
)  # fmt: skip
#: Shapes whose table has columns for a price basis or a discount; elsewhere lines have none.
_WITH_BASIS = frozenset({"numbers_as_text", "formulas_kept", "formulas_unreckoned", "table_names"})
_WITH_DISCOUNT = frozenset({"numbers_as_text", "formulas_kept", "formulas_unreckoned", "block_and_table"})
_WITH_TAX = frozenset({"plain_block", "merged_form", "numbers_as_text", "labels_above", "grouped_subtotals", "block_and_table"})
_EACH = 2


def cases(seed: int = 20261122) -> Iterator[Case]:
    """Two documents of each shape in each language; the same seed gives the same documents."""
    for shape in (*_FORMS, *_FILES):
        for language in LANGUAGES:
            for number in range(_EACH):
                yield _case(shape, language, number, random.Random(f"{seed}/{shape.__name__}/{language}/{number}"))


def _case(shape: _Shape, language: str, number: int, draw: random.Random) -> Case:
    name = shape.__name__
    order = invent_order(
        draw,
        language=language,
        lines=draw.choice((2, 3, 4, 5, 7, 9, 12)),
        discounts=0.3 if name in _WITH_DISCOUNT else 0,
        bases=0.3 if name in _WITH_BASIS else 0,
        charged=0,
        taxed=0.5 if name in _WITH_TAX else 0,
    )
    content, truth = shape(Clerk(order, draw, text=shape in _FILES))
    layout = f"sheet/{name}"
    return Case(f"sheet-{name}-{language}-{number}", "spreadsheet", layout, language, split_of(layout), content, _settled(truth))


def _settled(truth: dict[str, Any]) -> dict[str, Any]:
    """A requested day that all lines state may also be the head's."""
    for order in truth["orders"]:
        days = {line.get("requested_delivery_date") for line in order["lines"]}
        if "requested_delivery_date" not in order and len(days) == 1 and None not in days:
            order["requested_delivery_date"] = [None, *days]
    return truth
