"""Codes of goods that a spreadsheet program made something else of: "MAR-3" a day, 4006381333931 a power of ten.

What stood there cannot be told from what is left ("4,00638E+12" is a million articles), so nothing is put right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from models.contracts.extraction_v1 import OrderLineV1, Problem, StatedValue
from models.domain.findings import Severity
from parsers.wordlists import folded, terms, words_file

CODE = "spoilt_code"
_SHOWN = 3
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAMED_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[-. ]([^\W\d_]{3,4})\.?|([^\W\d_]{3,4})\.?[-. ]\d{2}")
_POWER = re.compile(r"\d[.,]\d{2,}E\+?\d{2}", re.IGNORECASE)


def doubts_of_codes(lines: Sequence[OrderLineV1]) -> Iterator[Problem]:
    """An error that shows the first numbers of parts among `lines` that are days or powers of ten."""
    codes = (code for line in lines for code in (line.seller_part_number, line.buyer_part_number, line.line_number))
    spoilt = [code for code in codes if code is not None and _is_spoilt(code.value)]
    if spoilt:
        shown = "; ".join(f'"{code.value}"{_place(code)}' for code in spoilt[:_SHOWN])
        more = f" and {len(spoilt) - _SHOWN} more" if len(spoilt) > _SHOWN else ""
        message = (
            f"numbers of articles look like days or rounded figures that a spreadsheet program made of them: {shown}{more}; "
            "ask the buyer for the numbers, or look them up by the goods' names"
        )
        yield Problem(code=CODE, severity=Severity.ERROR, field="lines", message=message)


def _place(code: StatedValue) -> str:
    cell = next((evidence.cell for evidence in code.evidence if evidence.cell), None)
    return f" ({cell})" if cell else ""


def _is_spoilt(text: str) -> bool:
    text = text.strip()
    if _POWER.fullmatch(text) or _DAY.fullmatch(text):
        return True
    named = _NAMED_DAY.fullmatch(text)
    return named is not None and folded(named[1] or named[2]) in _months()


@cache
def _months() -> frozenset[str]:
    """The names of months as programs shorten them, in all languages."""
    listed = (term for months in words_file("dates.yaml")["months"].values() for term in terms(months))
    return frozenset(folded(name) for term in listed for name in term.split("|") if len(name) <= 4)
