"""A second look at what a scan's order stands or falls with: values that nothing proves, and figures that do not come out.

Their places are cut out of the page and read by an engine of another kind. Where there is none, or it reads something else,
they are set one under another and read once more by the first, smaller and in the paper's language alone. What two readings
bear out stands; what they do not is doubted, unless arithmetic tells which is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import numpy as np
from PIL import Image

from models.contracts.extraction_v1 import OrderLineV1, PartyV1, Problem, PurchaseOrderV1, StatedValue
from models.domain.evidence import Evidence
from parsers.part_reading import OcrEngine
from parsers.scan.figures import FIGURES, comes_out, settled_figures
from parsers.scan.gaps import gaps
from parsers.scan.prepare import Grey, png_of, resized
from parsers.scan.seen import SeenPage
from parsers.scan.votes import IDENTIFIERS, PLACE, Ballot, Reading, is_figure, numbers_in

_SCALE = 0.8
_MOST_PLACES = 150

Stated = dict[str, StatedValue]
_Readings = dict[Evidence, Reading]


@dataclass(frozen=True, slots=True)
class SecondLook:
    """The pages of a part by number, and the engine that reads them again."""

    pages: Mapping[int, SeenPage]
    ocr: OcrEngine

    def __call__(self, order: PurchaseOrderV1, language: str | None) -> tuple[PurchaseOrderV1, tuple[Problem, ...]]:
        """`order` with misread figures settled and what the other readings do not bear out doubted, and what was changed."""
        values = dict(_unproven(order))
        readings = self._readings(values, language or "en")
        seconds = {path: numbers_in(value, readings) for path, value in values.items() if is_figure(path)}
        settled, problems = settled_figures(order, seconds)
        ballots = {path: self._ballot(path, value, readings) for path, value in _unproven(settled)}
        weighed = {path: ballot.weighed() for path, ballot in ballots.items()}
        readable = language is None or self.ocr.reads(language) or _spelt_alike(ballots)
        return _with(settled, weighed), (
            *problems,
            *gaps(order, {number: page.words for number, page in self.pages.items()}, language, readable=readable),
        )

    def _readings(self, values: Stated, language: str) -> _Readings:
        """What each engine reads at the places of `values` that lie on pages of ours."""
        readings: _Readings = {}
        for number, page in self.pages.items():
            here = {path: value for path, value in values.items() if any(_is_on(place, number) for place in value.evidence)}
            places = dict.fromkeys(place for value in here.values() for place in value.evidence if _is_on(place, number))
            if places:
                readings |= self._on_page(page, list(places)[:_MOST_PLACES], here, language)
        return readings

    def _on_page(self, page: SeenPage, places: Sequence[Evidence], values: Stated, language: str) -> _Readings:
        clean = _picture(page.png)
        readings = {place: Reading(page.first_text(place)) for place in places}
        readings |= self._seconds(page, clean, readings)
        ballots = [self._ballot(path, value, readings) for path, value in values.items()]
        open_places = {place for ballot in ballots if not ballot.is_settled for place in ballot.value.evidence}
        again = [place for place in places if place in open_places]
        if again:
            thirds = self._read(again, clean, page.dpi, language)
            readings |= {place: readings[place].with_third(text) for place, text in thirds.items()}
        return readings

    def _seconds(self, page: SeenPage, clean: Grey, readings: _Readings) -> _Readings:
        """The readings with what the engine of another kind reads, where there is one."""
        known = {place: page.second_letters(place) for place in readings}
        unknown = [place for place, letters in known.items() if letters is None]
        found = self.ocr.lines([png_of(_cut(clean, place, page.dpi)) for place in unknown])
        if found is None:
            return {}
        letters = {**known, **dict(zip(unknown, found, strict=True))}
        return {place: readings[place].with_second(letters[place] or ()) for place in readings}

    def _read(self, places: Sequence[Evidence], clean: Grey, dpi: int, language: str) -> dict[Evidence, str]:
        strip, tops = _strip([_cut(clean, place, dpi) for place in places], dpi)
        small = round(dpi * _SCALE)
        words = self.ocr.words(png_of(resized(strip, _SCALE)), dpi=small, page=1, languages=(language,))
        texts: dict[Evidence, list[str]] = {place: [] for place in places}
        for word in words:
            at = int(np.searchsorted(tops, (word.top + word.bottom) / 2 * dpi / 72, side="right")) - 1
            if 0 <= at < len(places):
                texts[places[at]].append(word.text)
        return {place: " ".join(found) for place, found in texts.items()}

    def _ballot(self, path: str, value: StatedValue, readings: _Readings) -> Ballot:
        pages = [(self.pages[place.page or 0], place) for place in value.evidence if place.page in self.pages]
        sure = min((page.sureness(place) for page, place in pages), default=1.0)
        here = [readings[place] for place in value.evidence if place in readings]
        return Ballot(path, value, here, sure, coarse=any(page.coarse for page, _ in pages))


def _is_on(place: Evidence, number: int) -> bool:
    return place.page == number and place.bbox is not None


def _spelt_alike(ballots: Mapping[str, Ballot]) -> bool:
    """Whether engines of two kinds read all of the ship-to's place letter by letter alike."""
    places = [ballot for path, ballot in ballots.items() if path.startswith("ship_to.")]
    return bool(places) and all(ballot.is_spelt_alike for ballot in places)


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
    named += [(f"ship_to.{name}", getattr(order.ship_to, name)) for name in PLACE if order.ship_to is not None]
    for place, line in enumerate(order.lines):
        names = ["unit", *_identifiers(line), *(() if comes_out(line) else FIGURES)]
        named += [(f"lines[{place}].{name}", getattr(line, name)) for name in names]
    yield from ((path, value) for path, value in named if value is not None and value.evidence)


def _doubtful_total(order: PurchaseOrderV1) -> Iterator[StatedValue | None]:
    amounts = [Decimal(line.line_total.value) for line in order.lines if line.line_total is not None]
    if order.total_net is not None and sum(amounts) != Decimal(order.total_net.value):
        yield order.total_net


def _identifiers(line: OrderLineV1) -> tuple[str, ...]:
    named = tuple(name for name in IDENTIFIERS if getattr(line, name) is not None)
    return named or ("description",)


def _with(order: PurchaseOrderV1, values: Stated) -> PurchaseOrderV1:
    """The order with `values` put in by path."""
    lines = [line.model_copy(update=_under(values, f"lines[{place}].")) for place, line in enumerate(order.lines)]
    head = {path: value for path, value in values.items() if "." not in path}
    ship_to: PartyV1 | None = order.ship_to and order.ship_to.model_copy(update=_under(values, "ship_to."))
    return order.model_copy(update={**head, "lines": tuple(lines), "ship_to": ship_to})


def _under(values: Stated, prefix: str) -> Stated:
    return {path.removeprefix(prefix): value for path, value in values.items() if path.startswith(prefix)}
