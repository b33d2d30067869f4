"""A second look at what a scan's order stands or falls with: values that nothing proves, and figures that do not come out.

Their places are cut out of the page, set one under another and read again, smaller and in the paper's language alone. Where
both readings agree a value stands; where they do not it is doubted, unless arithmetic tells which is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import numpy as np
from PIL import Image
from rapidfuzz import fuzz

from models.contracts.extraction_v1 import OrderLineV1, PartyV1, Problem, PurchaseOrderV1, StatedValue
from models.domain.document import Word
from models.domain.evidence import Evidence
from parsers.numbers import NumberStyle, parse_number
from parsers.part_reading import OcrEngine
from parsers.scan_figures import FIGURES, comes_out, settled_figures
from parsers.scan_gaps import gaps
from parsers.scan_prepare import Grey, png_of, resized
from parsers.units import unit_code

AGREED, DISAGREED = 0.99, 0.55
_UNSEEN = 0.9
_SCALE = 0.8
_MOST_PLACES = 150
_SAME_WORDS = 88
_STYLES = (NumberStyle("."), NumberStyle(","))
_IDENTIFIERS = ("gtin", "buyer_part_number", "seller_part_number")
_PLACE = ("street", "postal_code", "city")

#: A figure or letter like another one, with none of its own kind beside it or at the border of figures and letters.
_ALONE = re.compile(
    r"(?<![0-9])[01258](?![0-9])|(?<![A-Za-z])[OIlSBZ](?![A-Za-z])|[0-9][OIlSBZ]|[OIlSBZ][0-9]|[A-Za-z][01258][0-9]"
)

Stated = dict[str, StatedValue]


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page as the engine saw it: a PNG without drawn lines, its resolution, and the words of the first reading.

    `coarse` where the paper was seen in so few dots that figures and letters alike cannot be told for certain.
    """

    png: bytes
    dpi: int
    words: tuple[Word, ...]
    coarse: bool = False

    def sureness(self, place: Evidence) -> float:
        """How sure the engine was of what stands at a place, letter by letter; 1 where it read nothing there."""
        x0, top, x1, bottom = place.bbox or (0, 0, 0, 0)
        here = [
            word for word in self.words if x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= (word.top + word.bottom) / 2 <= bottom
        ]
        letters = sum(len(word.text) for word in here)
        return sum(word.confidence * len(word.text) for word in here) / letters if letters else 1.0


@dataclass(frozen=True, slots=True)
class SecondLook:
    """The pages of a part by number, and the engine that reads them again."""

    pages: Mapping[int, SeenPage]
    ocr: OcrEngine

    def __call__(self, order: PurchaseOrderV1, language: str | None) -> tuple[PurchaseOrderV1, tuple[Problem, ...]]:
        """`order` with misread figures settled and what the second reading does not bear out doubted, and what was changed."""
        values = dict(_unproven(order))
        texts = self._texts([place for value in values.values() for place in value.evidence], language or "en")
        seconds = {path: _numbers(value, texts) for path, value in values.items() if _is_figure(path)}
        settled, problems = settled_figures(order, seconds)
        readable = language is None or self.ocr.reads(language)
        return _with(settled, {path: self._weighed(path, value, texts) for path, value in _unproven(settled)}), (
            *problems,
            *gaps(order, {number: page.words for number, page in self.pages.items()}, language, readable=readable),
        )

    def _texts(self, places: Sequence[Evidence], language: str) -> dict[Evidence, str]:
        """What stands at each place that lies on a page of ours, by the second reading."""
        texts: dict[Evidence, str] = {}
        for number, page in self.pages.items():
            here = [place for place in dict.fromkeys(places) if place.page == number and place.bbox is not None]
            if here:
                texts |= self._read(here[:_MOST_PLACES], _picture(page.png), page.dpi, language)
        return texts

    def _read(self, places: Sequence[Evidence], clean: Grey, dpi: int, language: str) -> dict[Evidence, str]:
        strip, tops = _strip([_cut(clean, place, dpi) for place in places], dpi)
        small = round(dpi * _SCALE)
        words = self.ocr.words(png_of(resized(strip, _SCALE), 0), dpi=small, page=1, languages=(language,))
        texts: dict[Evidence, list[str]] = {place: [] for place in places}
        for word in words:
            at = int(np.searchsorted(tops, (word.top + word.bottom) / 2 * dpi / 72, side="right")) - 1
            if 0 <= at < len(places):
                texts[places[at]].append(word.text)
        return {place: " ".join(found) for place, found in texts.items()}

    def _weighed(self, path: str, value: StatedValue, texts: Mapping[Evidence, str]) -> StatedValue:
        """The value as sure as both readings make it: where they agree, what remains is the doubt of the layout."""
        second = " ".join(texts.get(place, "") for place in value.evidence).strip()
        if not second:
            return value.model_copy(update={"confidence": round(_UNSEEN * value.confidence, 4)})
        agrees = Decimal(value.value) in _numbers(value, texts) if _is_figure(path) else _same(path, value, second)
        if not agrees:
            return value.model_copy(update={"confidence": min(value.confidence, DISAGREED)})
        first = min(self.pages[place.page or 0].sureness(place) for place in value.evidence if place.page in self.pages)
        surer = value.confidence * max(AGREED / max(first, 0.5), 1.0)
        pages = [self.pages[place.page or 0] for place in value.evidence if place.page in self.pages]
        most = DISAGREED if any(page.coarse for page in pages) and _is_ambiguous(path, value.value) else AGREED
        return value.model_copy(update={"confidence": round(min(surer, most), 4)})


def _picture(png: bytes) -> Grey:
    with Image.open(BytesIO(png)) as picture:
        return np.asarray(picture, dtype=np.uint8)


def _cut(clean: Grey, place: Evidence, dpi: int) -> Grey:
    x0, top, x1, bottom = (edge * dpi / 72 for edge in place.bbox or (0, 0, 0, 0))
    margin = dpi / 50
    rows = slice(max(round(top - margin), 0), max(round(bottom + margin), 1))
    return clean[rows, max(round(x0 - margin), 0) : max(round(x1 + margin), 1)]


def _strip(cuts: Sequence[Grey], dpi: int) -> tuple[Grey, list[int]]:
    """The cuts under one another on white, and where each one's band begins."""
    gap = dpi // 8
    height = sum(cut.shape[0] + gap for cut in cuts) + gap
    strip = np.full((height, max(cut.shape[1] for cut in cuts) + 2 * gap), 255, dtype=np.uint8)
    tops, y = [], gap
    for cut in cuts:
        tops.append(y - gap // 2)
        strip[y : y + cut.shape[0], gap : gap + cut.shape[1]] = cut
        y += cut.shape[0] + gap
    return strip, tops


def _unproven(order: PurchaseOrderV1) -> Iterator[tuple[str, StatedValue]]:
    """What decides about number, place, goods and amounts and is not borne out by arithmetic."""
    named = [("po_number", order.po_number), *(("total_net", value) for value in _doubtful_total(order))]
    named += [(f"ship_to.{name}", getattr(order.ship_to, name)) for name in _PLACE if order.ship_to is not None]
    for place, line in enumerate(order.lines):
        names = ["unit", *_identifiers(line), *(() if comes_out(line) else FIGURES)]
        named += [(f"lines[{place}].{name}", getattr(line, name)) for name in names]
    yield from ((path, value) for path, value in named if value is not None and value.evidence)


def _doubtful_total(order: PurchaseOrderV1) -> Iterator[StatedValue | None]:
    amounts = [Decimal(line.line_total.value) for line in order.lines if line.line_total is not None]
    if order.total_net is not None and sum(amounts) != Decimal(order.total_net.value):
        yield order.total_net


def _identifiers(line: OrderLineV1) -> tuple[str, ...]:
    named = tuple(name for name in _IDENTIFIERS if getattr(line, name) is not None)
    return named or ("description",)


def _is_figure(path: str) -> bool:
    return path == "total_net" or path.rpartition(".")[2] in FIGURES


def _numbers(value: StatedValue, texts: Mapping[Evidence, str]) -> tuple[Decimal, ...]:
    """The numbers that the second reading may mean, in either style of writing them."""
    tokens = [token for place in value.evidence for token in re.findall(r"\d[\d.,]*", texts.get(place, ""))]
    found = (parse_number(token.rstrip(".,"), style) for token in tokens for style in _STYLES)
    return tuple(dict.fromkeys(number for number in found if number is not None))


def _same(path: str, value: StatedValue, second: str) -> bool:
    """Whether the second reading holds the value: letter by letter for a number or code, nearly so for words."""
    first = " ".join(place.text for place in value.evidence)
    if path.endswith(".unit"):
        # The code is not what stands there, and a reading that lacks an accent is the same unit.
        return _bare(first) in _bare(second) or any(unit_code(word) == value.value for word in second.split())
    if _bare(value.value) in _bare(second) or _bare(first) == _bare(second):
        return True
    if path.rpartition(".")[2] not in ("description", "street", "city"):
        return False
    alike = fuzz.ratio(_bare(first), _bare(second)) >= _SAME_WORDS
    return alike and re.sub(r"\D", "", first) == re.sub(r"\D", "", second)


def _is_ambiguous(path: str, code: str) -> bool:
    """Whether a code has a letter or figure that its neighbours do not explain: the 2 of BX-27401-2 may be a Z."""
    if path.rpartition(".")[2] not in ("po_number", *_IDENTIFIERS[1:]) or not re.search(r"[A-Za-z]", code):
        return False
    return bool(_ALONE.search(code))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def _with(order: PurchaseOrderV1, values: Stated) -> PurchaseOrderV1:
    """The order with `values` put in by path."""
    lines = [line.model_copy(update=_under(values, f"lines[{place}].")) for place, line in enumerate(order.lines)]
    head = {path: value for path, value in values.items() if "." not in path}
    ship_to: PartyV1 | None = order.ship_to and order.ship_to.model_copy(update=_under(values, "ship_to."))
    return order.model_copy(update={**head, "lines": tuple(lines), "ship_to": ship_to})


def _under(values: Stated, prefix: str) -> Stated:
    return {path.removeprefix(prefix): value for path, value in values.items() if path.startswith(prefix)}
