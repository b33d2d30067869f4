"""Confidences mean what they say, stay below the threshold where the reader doubted, and come from the curves that shipped."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contracts.extraction_v1 import (
    DocumentV1,
    ExtractionV1,
    Intent,
    OrderLineV1,
    PartyV1,
    Problem,
    PurchaseOrderV1,
    StatedValue,
)
from models.contracts.model_card import trained_file, with_card
from models.contracts.reading_v1 import ReadingV1
from models.domain.errors import Misconfigured
from models.domain.evidence import Evidence
from models.domain.findings import Severity
from models.ml.calibration import FILE, KINDS, Calibration, Standing, calibrated, shipped_calibration
from models.ml.registry import shipped
from models.ml.train.confidence import Sample, curve, error_of, fitted, held_out_errors, rising

SHARE = st.floats(min_value=0, max_value=1)
CURVES = Calibration(
    threshold=0.8,
    curves={"pdf": {"any": ((0.5, 0.6), (0.9, 0.98)), "quantity": ((0.7, 0.95),), "doubted": ((0.5, 0.3), (0.9, 0.7))}},
)


def stated(value: str, confidence: float) -> StatedValue:
    return StatedValue(value=value, confidence=confidence, evidence=(Evidence(part="po.pdf", page=1, text=value),))


def reading(order: PurchaseOrderV1, *problems: Problem, source: str = "pdf") -> ReadingV1:
    document = DocumentV1(name="po.pdf", sha256="0" * 64, media_type="application/pdf")
    extraction = ExtractionV1(document=document, intent=Intent.ORDER, orders=(order,), problems=problems)
    return ReadingV1(extraction=extraction, messages=(None,), source_formats=(source,))


def only_order(result: ReadingV1) -> PurchaseOrderV1:
    return result.extraction.orders[0]


def test_a_value_gets_the_share_of_such_values_that_were_right() -> None:
    """Between two points of the curve, the share between theirs."""
    told = calibrated(reading(PurchaseOrderV1(currency=stated("EUR", 0.7))), CURVES)
    assert only_order(told).currency == stated("EUR", 0.79).model_copy(update={"reasoned": 0.7})


def test_what_the_reader_doubted_stays_below_the_threshold_where_it_decides_about_the_order() -> None:
    """However often such values were right: the doubt had a reason, which stays to be seen."""
    line = OrderLineV1(quantity=stated("4", 0.7))
    told = only_order(calibrated(reading(PurchaseOrderV1(lines=(line,))), CURVES)).lines[0].quantity
    assert told is not None
    assert (told.confidence, told.reasoned) == (0.79, 0.7)


def test_values_of_an_order_with_something_wrong_are_less_sure() -> None:
    """A line that does not multiply out may have taken its numbers from another column."""
    order = PurchaseOrderV1(ship_to=PartyV1(city=stated("Leeds", 0.9)))
    wrong = Problem(code="arithmetic_mismatch", severity=Severity.ERROR, field="orders[0].lines[0]", message="m")
    assert only_order(calibrated(reading(order, wrong), CURVES)).ship_to == PartyV1(city=stated("Leeds", 0.7))


def test_an_electronic_message_keeps_what_it_states() -> None:
    """Nothing was read there, so nothing is reckoned."""
    order = PurchaseOrderV1(po_number=stated("4711", 0.6))
    assert only_order(calibrated(reading(order, source="edifact"), CURVES)) == order


def test_a_value_that_the_reader_did_not_doubt_bears_no_second_figure() -> None:
    """The contract's object stays as it was."""
    told = only_order(calibrated(reading(PurchaseOrderV1(currency=stated("EUR", 0.9))), CURVES))
    assert set(told.model_dump()["currency"]) == {"value", "confidence", "evidence"}


@given(st.sampled_from(sorted(set(KINDS.values()))), st.sampled_from(["quantity", "day", "ship_to", "terms"]), SHARE, SHARE)
def test_of_two_values_of_a_kind_the_surer_stays_the_surer(kind: str, group: str, one: float, other: float) -> None:
    """For the curves that are shipped, too."""
    standing = Standing(kind=kind, group=group)
    low, high = sorted((one, other))
    assert shipped_calibration().confidence(low, standing) <= shipped_calibration().confidence(high, standing)


@given(st.sampled_from(sorted(set(KINDS.values()))), st.sampled_from(["quantity", "price", "ship_to", "po_number"]), SHARE)
def test_no_curve_that_is_shipped_lifts_a_doubt_that_stops_an_order(kind: str, group: str, reasoned: float) -> None:
    """So an order that a person had to see by its confidences is still one."""
    told = shipped_calibration().confidence(reasoned, Standing(kind=kind, group=group))
    assert told < 0.8 or reasoned >= 0.8


def test_curves_that_are_not_the_shipped_ones_are_refused(tmp_path: Path) -> None:
    """By name, and with what to do."""
    for name in (FILE, "confidence.card.json"):
        (tmp_path / name).write_bytes((shipped() / name).read_bytes() + b" ")
    with pytest.raises(Misconfigured, match="is not the model that its card describes"):
        trained_file(tmp_path, FILE)


def test_what_is_written_with_its_card_is_read_again(tmp_path: Path) -> None:
    """The content and what its card says of it."""
    parts = {"trained_on": "t", "command": "c", "features": ("a", "b"), "accept": 0.8, "seed": 7}
    for name, content in with_card("curves.json", b"{}", **parts).items():
        (tmp_path / name).write_bytes(content)
    content, card = trained_file(tmp_path, "curves.json")
    assert (content, card.name, card.features, card.seed) == (b"{}", "curves", ("a", "b"), 7)


def samples(group: str, reasoned: float, right: int, wrong: int, *, layouts: int = 10) -> list[Sample]:
    standing = Standing(kind="pdf", group=group)
    return [Sample(standing, f"layout-{place % layouts}", reasoned, place < right) for place in range(right + wrong)]


def test_the_curve_rises_though_the_shares_do_not() -> None:
    """Neighbours that fall share their mean."""
    assert rising([(0.1, 0.75, 1), (0.2, 0.25, 1), (0.3, 1.0, 1)]) == [(0.1, 0.5), (0.2, 0.5), (0.3, 1.0)]


def test_many_layouts_move_a_curve_further_than_one() -> None:
    """What one layout shows may be that layout's own."""
    ((_, few),) = curve(samples("day", 0.7, 100, 0, layouts=1), lambda reasoned: reasoned)
    ((_, many),) = curve(samples("day", 0.7, 100, 0, layouts=50), lambda reasoned: reasoned)
    assert 0.7 < few < 0.8
    assert 0.95 < many < 1


def test_fitted_curves_bring_confidences_nearer_to_what_is_right() -> None:
    """Also for layouts that the curves did not see."""
    measured = [*samples("day", 0.6, 95, 5, layouts=20), *samples("day", 0.95, 60, 40, layouts=20)]
    before, after = held_out_errors(measured)["pdf"]
    assert after < before / 2


@given(st.lists(st.tuples(SHARE, st.booleans()), min_size=1))
def test_the_error_is_a_share(told: list[tuple[float, bool]]) -> None:
    """Nothing can be further off than wholly."""
    assert 0 <= error_of(told) <= 1


def test_the_same_values_give_the_same_curves() -> None:
    """In whatever order they come."""
    measured = [*samples("day", 0.6, 95, 5), *samples("unit", 0.9, 40, 3)]
    assert fitted(measured) == fitted(reversed(measured))
