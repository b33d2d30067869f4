"""What the benchmark draws of the classes of failure."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from benchmarks.capture.case import Case
from benchmarks.capture.failure_pictures import draw_failures
from benchmarks.capture.report import classes_of
from benchmarks.capture.run import result_of

TEXT = b"From: a@ada.example\nTo: b@bolts.example\nSubject: Order\n\nPlease send 5 pcs of HX-M8-40.\n"


def case(name: str, quantity: str) -> Case:
    """A mail that orders five, of which the truth wants another number."""
    line = {"seller_part_number": "HX-M8-40", "quantity": quantity, "unit": "C62"}
    order = {"buyer": "*", "lines": [line]}
    return Case(name, "email", name, "en", "train", TEXT, {"intent": "order", "orders": [order]})


def test_a_class_is_a_field_or_a_question_with_the_number_of_its_documents() -> None:
    """Whichever line it was in."""
    results = [result_of(case("one", "6")), result_of(case("two", "5"))]
    assert [each for each in classes_of(results) if each[0] == "wrong"] == [("wrong", "lines.quantity", 1)]
    assert ("asked", "missing_po_number po_number", 2) in classes_of(results)


def test_each_class_has_a_picture_of_one_of_its_documents(tmp_path: Path) -> None:
    """The one in which least else went wrong; its text stands below what is said of it."""
    cases = [case("one", "6"), case("two", "5")]
    paths = draw_failures([result_of(each) for each in cases], cases, tmp_path / "failures")
    assert {path.name for path in paths} >= {"email-wrong-lines.quantity.png", "email-asked-missing_po_number-po_number.png"}
    for path in paths:
        with Image.open(path) as picture:
            assert picture.width == 1000
            assert len(picture.getcolors(1 << 16) or ()) > 1
