"""The guard of letters in which every letter has one case, as phones and hurried people write them: what capitals prove
elsewhere (a part number, a street, a town) is proven by nothing there, and is asked about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from models.contracts.extraction_v1 import OrderLineV1, PartyV1, Problem, PurchaseOrderV1
from models.domain.findings import Severity
from parsers.part_reading import OrderReading
from parsers.prose.items import IDENTIFIERS
from parsers.prose.places import places_in, towns_alone_in
from parsers.prose.word_marks import find_marks
from parsers.values.number_style import NumberStyle, number_style

_Span = tuple[int, int]
#: So many letters tell how somebody writes; of them, so small a share in the other case ("iPhone", "PO") changes nothing.
_FEWEST, _STRAY = 20, 0.02
_HELD = 0.6
_LONGEST, _SHOWN, _MOST_NAMED = 20_000, 60, 5
#: What may be a part number in small letters: letters and figures in one word ("kn-15", "ka7491"), or short letters behind a
#: hyphen at the end ("glv-s", "len-sm").
_CODE = re.compile(
    r"(?<![\w.,@/-])(?=[^\W_]|\d)(?:(?=[\w./-]*\d)(?=[\w./-]*[^\W\d_])[^\W_]+(?:[-./][^\W_]+)*|[^\W\d_]{2,4}(?:-[^\W\d_]{1,3})+)(?![\w@]|-\w)"
)
#: "80gsm", "2500kg", "30x40cm", "24-teilig", "500-pack".
_MEASURED = re.compile(
    r"\d{1,3}(?:[.,]\d+)?[^\W\d_]{1,5}|\d+(?:[.,]\d+)?(?:mm|cm|m|km|kg|g|mg|l|ml|k|w|kw|v|mah)"
    r"|\d+(?:[.,x/]\d+)+[^\W\d_]{0,3}|\d{1,2}-[^\W\d_]+|\d+-[^\W\d_]{4,}"
)
_SHORTEST, _FEWEST_FIGURES, _FEWEST_ROWS = 4, 2, 2
_BEHIND_WORD = re.compile(r"[^\W\d_]{2,}[ \t]{1,3}$")
_KNOWN = frozenset(
    ["size", "size_run", "date", "skip", "price", "total", "discount", "quantity", "seller_part", "buyer_part", "part"]
)


def written_small(text: str) -> bool:
    """Whether nearly no letter of `text` is a capital."""
    large = sum(sign.isupper() for sign in text)
    small = sum(sign.islower() for sign in text)
    return small >= _FEWEST and large <= _STRAY * small


def written_large(text: str) -> bool:
    """Whether nearly no letter of `text` is a small one."""
    small = sum(sign.islower() for sign in text)
    large = sum(sign.isupper() for sign in text)
    return large >= _FEWEST and small <= _STRAY * large


def with_codes_shown(text: str, language: str | None) -> str:
    """The text, all in small letters, with capitals in what two rows of goods or more prove to be part numbers: one word of
    letters and figures in each of them, of one shape ("kn-15", "kn-20"). Places stay as they are."""
    if len(text) > _LONGEST or not written_small(text):
        return text
    style = number_style([text], language=language)
    rows = [span for row in re.finditer(r"[^\n]+", text) if (span := _only_code(row, style, language)) is not None]
    shapes = Counter(_shape(text[slice(*span)]) for span in rows)
    for start, end in rows:
        if shapes[_shape(text[start:end])] >= _FEWEST_ROWS:
            text = text[:start] + "".join(map(_one_sign, text[start:end])) + text[end:]
    return text


def _only_code(row: re.Match[str], style: NumberStyle, language: str | None) -> _Span | None:
    """Where the only word of a row that may be a part number stands, if the row counts something."""
    marks = find_marks(row[0], style, language)
    known = [(mark.start, mark.end) for mark in marks if mark.kind in _KNOWN]
    spans = [found.span() for found in _CODE.finditer(row[0]) if not _inside(found.span(), known) and _is_code(found[0])]
    counts = any(mark.kind == "quantity" for mark in marks)
    return (row.start() + spans[0][0], row.start() + spans[0][1]) if counts and len(spans) == 1 else None


def _is_code(word: str) -> bool:
    return len(word) >= _SHORTEST and sum(map(str.isdigit, word)) >= _FEWEST_FIGURES and not _MEASURED.fullmatch(word)


def _shape(code: str) -> str:
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", code))


def guarded(reading: OrderReading, part: str, text: str, style: NumberStyle, language: str | None) -> OrderReading:
    """The order read from `text`, held for a person where it rests on capitals and all letters of the text have one case."""
    text = text[:_LONGEST]
    order, small = reading.order, written_small(text)
    codes = tuple(_codes(order, part, text, style, language))
    if not small and not written_large(text):
        return replace(reading, problems=(*reading.problems, *codes))
    order = order.model_copy(update={"ship_to": _doubted(order.ship_to, part, "" if small else text)})
    places = _places(order, part, text) if small else ()
    return replace(reading, order=order, problems=(*reading.problems, *codes, *places))


def _doubted(place: PartyV1 | None, part: str, text: str) -> PartyV1 | None:
    """The place with its words doubted; of a `text` all in capitals only those right behind other words, which nothing parts
    from the name ("OP KERKWEG 8")."""
    if place is None:
        return None
    values = ((name, value) for name in ("name", "street", "city") if (value := getattr(place, name)))
    held = {
        name: value.model_copy(update={"confidence": min(value.confidence, _HELD)})
        for name, value in values
        if not text or any(_BEHIND_WORD.search(text[:start]) for start, _ in _spans(place, name, part))
    }
    return place.model_copy(update=held)


def _codes(order: PurchaseOrderV1, part: str, text: str, style: NumberStyle, language: str | None) -> Iterator[Problem]:
    held = [span for line in order.lines for name in IDENTIFIERS for span in _spans(line, name, part)]
    found = dict.fromkeys(code for line in order.lines for code in _codes_beside(line, part, text, held, style, language))
    if found:
        named = ", ".join(f'"{code}"' for code in list(found)[:_MOST_NAMED])
        message = f"{part} names goods without capitals, and words beside them may be part numbers: {named}"
        yield Problem(code="unread_values", severity=Severity.ERROR, field="lines", message=message)


def _codes_beside(
    line: OrderLineV1, part: str, text: str, held: list[_Span], style: NumberStyle, language: str | None
) -> Iterator[str]:
    """What may be a number of the article in the rows of the text that the line was read from."""
    spans = [span for name in OrderLineV1.model_fields for span in _spans(line, name, part)]
    if not spans:
        return
    start = text.rfind("\n", 0, min(begin for begin, _ in spans)) + 1
    ends = text.find("\n", max(end for _, end in spans))
    row = text[start : ends if ends >= 0 else len(text)]
    if any(sign.isupper() for sign in row):
        return  # who writes capitals there writes a number in them
    known = [(start + mark.start, start + mark.end) for mark in find_marks(row, style, language) if mark.kind in _KNOWN]
    for found in _CODE.finditer(row):
        span = (start + found.start(), start + found.end())
        if len(found[0]) >= _SHORTEST and not _MEASURED.fullmatch(found[0]) and not _inside(span, [*known, *held]):
            yield found[0]


def _places(order: PurchaseOrderV1, part: str, text: str) -> Iterator[Problem]:
    """What would be a street or a town if its words began with capitals, and no address holds."""
    parties = [party for party in (order.ship_to, order.bill_to, order.buyer) if party is not None]
    held = [span for party in parties for name in PartyV1.model_fields for span in _spans(party, name, part)]
    titled = re.sub(r"(?<![\w'’])[^\W\d_](?=\w)", lambda found: _one_sign(found[0]), text)
    shouted = "".join(map(_one_sign, text))
    spans = {*((place.start, place.end) for place in places_in(titled)), *towns_alone_in(titled), *towns_alone_in(shouted)}
    if missed := [" ".join(text[slice(*span)].split())[:_SHOWN] for span in sorted(spans) if not _inside(span, held)]:
        named = ", ".join(f'"{words}"' for words in missed[:_MOST_NAMED])
        message = f"{part} is written without capitals, and words of it may be places: {named}; see where the goods go"
        yield Problem(code="unread_place", severity=Severity.ERROR, field="ship_to", message=message)


def _one_sign(sign: str) -> str:
    """The capital of a letter where it is one sign too, so that places in the text stay."""
    large = sign.upper()
    return large if len(large) == 1 else sign


def _spans(holder: OrderLineV1 | PartyV1, name: str, part: str) -> Iterator[_Span]:
    value = getattr(holder, name)
    for place in getattr(value, "evidence", ()):
        if place.span and place.part == part:
            yield place.span


def _inside(span: _Span, spans: list[_Span]) -> bool:
    return any(begin < span[1] and span[0] < end for begin, end in spans)
