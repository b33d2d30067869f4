"""The rows of an address block before anybody reads them: broken ones joined, one that holds a whole address taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from models.domain.document import TextBox
from parsers.values.addresses import pieces_of_line
from parsers.values.dates import parse_date
from parsers.values.gazetteer import is_town
from parsers.values.number_style import NumberStyle
from parsers.values.states import PROVINCES, STATES
from parsers.values.towns import town_of

_MOST_LINES, _LONGEST_LINE = 14, 300
_PHONE_BEHIND = re.compile(
    r"(?<=[\dA-Z])[\s,·•|-]+(?:(?:tel|telephone|phone|ph|p)\b[.:]?\s*)?"
    r"(?:\(?\d{3}\)?[ .-]\s?\d{3}[ .-]\d{4}|\(?0\d{2,4}\)?\s\d{3}\s?\d{3,4})$",
    re.IGNORECASE,
)
#: Where an e-mail address goes on behind a town or a telephone number on one line.
_EMAIL_BEHIND = re.compile(r"(?<=[\dA-Z])\s+(?=[\w.+%-]{1,64}@[\w.-]{4,60}$)")
#: "Rotterdam, 3011 AA", as shops write Dutch towns.
_CODE_BEHIND_TOWN = re.compile(r"[^\d,]{2,40},\s\d{4} ?[A-Z]{2}")
_ENDS_IN_CODE = re.compile(r",\s*(?:\d{2}-\d{3}|\d{4,5})$")
_CODE_ALONE = re.compile(r"\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d")
#: Labels within an address, marked by a box's letter or a colon: "c. CITY Helena d. STATE AR e. ZIP CODE 72342".
_ADDRESS_WORDS = (
    r"name(?: of \w+)?|company(?: name)?|street(?: address)?(?: \([^)]{0,20}\))?|address(?: line \d)?|city|town|state|county"
    r"|province|country"
    r"|zip(?: ?code)?|post(?:al)? ?code|firma|stra(?:ß|ss)e|plz ?/ ?ort|plz|ort|rue|ville|code postal"
    r"|calle|ciudad|c\.?p\.?|indirizzo|citt[aà]|cap"
    r"|straat|plaats|postcode|ulica|miasto|kod pocztowy"
)
_ADDRESS_LABEL = re.compile(
    rf"(?:^|(?<=\s))(?:[a-h]\.\s(?:{_ADDRESS_WORDS})(?!\w):?|(?:{_ADDRESS_WORDS}):(?=\s|$))", re.IGNORECASE
)
#: What leads from a day into a place: "entro il 4 dicembre 2026 presso Agriturismo Colle", "by 27 November to Acme Ltd".
_INTO_PLACE = re.compile(
    r"\s(?:to|at|an|in|nach|bei|à|chez|au|a|en|presso|aan|bij|naar|op|do|pod|na)\s+(?=[^\W_])|(?<=\d{4}),\s+", re.IGNORECASE
)
_LONGEST_DAY = 50
_ANY_STYLE, _ANY_DAY = NumberStyle(date_order="dmy"), date(2026, 1, 1)


def single_lines(lines: Sequence[TextBox]) -> Iterator[TextBox]:
    """The block's lines; one that holds an address by itself ("Haller Au 15, 6020 Innsbruck") is taken apart."""
    stated_rows = (
        (_PHONE_BEHIND.sub("", _ADDRESS_LABEL.sub(" ", row)).strip(), box)
        for box in lines
        for line in box.text.splitlines()
        for row in _EMAIL_BEHIND.sub("\n", line).splitlines()
    )
    rows = [TextBox(_without_day(row), box.evidence, box.confidence) for row, box in stated_rows if row]
    rows = _unwrapped(_with_states_and_codes(rows))
    taken = 0
    for row in rows:
        pieces = pieces_of_line(row.text[:_LONGEST_LINE])
        is_address = any(town_of(piece) is not None for piece in pieces[1:]) or town_of(pieces[0] if pieces else "") is not None
        is_list = len(rows) == 1 and re.search(r"[,|·•;]", row.text) is not None
        is_apart = len(pieces) > 1 and (is_address or is_list) and not _CODE_BEHIND_TOWN.fullmatch(row.text.strip())
        for piece in pieces if is_apart else (row.text,):
            if taken < _MOST_LINES:
                yield TextBox(piece, row.evidence, row.confidence)
            taken += 1


def _without_day(row: str) -> str:
    """The row without the day that it says before the place."""
    if not any(map(str.isdigit, row[:_LONGEST_DAY])):
        return row
    leads = (lead for lead in _INTO_PLACE.finditer(row[: 2 * _LONGEST_DAY]) if lead.start() <= _LONGEST_DAY)
    ends = [lead.end() for lead in leads if parse_date(row[: lead.start()], _ANY_STYLE, reference=_ANY_DAY) is not None]
    return row[ends[-1] :] if ends else row


def _with_states_and_codes(rows: Sequence[TextBox]) -> list[TextBox]:
    """The rows; "IL" and "62701" below "Springfield", each in a row of its own as forms set them, are one row with it."""
    joined: list[TextBox] = []
    for row in rows:
        above = joined[-1].text.strip(" ,") if joined else ""
        state = above.rpartition(",")[2].strip()
        is_state = row.text.strip() in STATES | PROVINCES and is_town(above)
        if is_state or (state in STATES | PROVINCES and state != above and _CODE_ALONE.fullmatch(row.text.strip())):
            joined[-1] = joined[-1].with_rest(f"{above}, {row.text.strip()}" if is_state else f"{above} {row.text.strip()}", row)
        else:
            joined.append(row)
    return joined


def _unwrapped(rows: Sequence[TextBox]) -> list[TextBox]:
    """The rows; an address in one line that a narrow cell broke is one row again: it ended in a comma, or goes on small."""
    joined: list[TextBox] = []
    for row in rows:
        above = joined[-1].text.rstrip() if joined else ""
        broken = above.endswith(",") or row.text.lstrip()[:1].islower()
        broken = broken or above.count("(") > above.count(")")
        if above.count(",") >= 2 and (broken or (_ENDS_IN_CODE.search(above) and not re.search(r"\d", row.text))):
            joined[-1] = joined[-1].with_rest(f"{above} {row.text.lstrip()}", row)
        else:
            joined.append(row)
    return joined
