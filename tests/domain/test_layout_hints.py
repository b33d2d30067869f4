"""Where a sender prints the order's number: what a correction teaches, and when it is not used."""

from __future__ import annotations

import pytest

from models.domain.evidence import Evidence
from models.domain.layout_hints import Place, PrintedNumber, hinted, hinted_confidence, taught_spot
from models.domain.learning import LearnedFact, Lesson, Statement
from tests.domain.made import NOW


def printed(label: str, value: str, place: Place = "beside", confidence: float = 1.0) -> PrintedNumber:
    return PrintedNumber(label=label, place=place, value=value, confidence=confidence, evidence=Evidence(part="po.pdf", page=1))


FIRST = (printed("bestellnummer", "FB-2026"), printed("kommission", "KM-26/118"), printed("menge", "200", "below"))
NEXT = (printed("bestellnummer", "FB-2026"), printed("kommission", "KM-26/119"))


def taught(right: str = "km-26/118", *numbers: PrintedNumber, form: str = "pdf") -> Statement | None:
    return taught_spot("10010", form, right, "FB-2026", numbers or FIRST)


def fact(statement: Statement | None = None) -> LearnedFact:
    said = statement or taught()
    assert said is not None
    return LearnedFact(statement=said, lessons=(Lesson(statement=said, kind="corrected", key="1", by="jo", at=NOW),))


def test_a_correction_teaches_the_label_by_the_right_number() -> None:
    """And in which place the number stood that had been taken for it."""
    said = taught()
    assert said is not None
    assert (said.meaning, said.wording) == ("beside kommission", "beside bestellnummer")
    assert said.in_words() == "the order's number stands beside 'kommission'"


def test_on_the_next_paper_the_label_chooses() -> None:
    """The number that stands there now, as sure as the fact is."""
    found = hinted(fact(), "FB-2026", NEXT)
    assert isinstance(found, PrintedNumber)
    assert (found.value, hinted_confidence(fact(), found)) == ("KM-26/119", 0.95)


def test_a_number_that_is_not_on_the_page_teaches_no_place() -> None:
    """The reviewer knows it from elsewhere."""
    assert taught("KM-99/999") is None


def test_a_number_without_a_label_of_its_own_teaches_no_place() -> None:
    """Two numbers stand under the same words, so these do not tell which."""
    assert taught("A-100", printed("artikelnummer", "A-100"), printed("artikelnummer", "A-200")) is None


@pytest.mark.parametrize("right", ["4006381333931", "9521002300000"])
def test_a_number_with_the_check_digit_of_goods_or_places_teaches_nothing(right: str) -> None:
    """A GTIN or GLN is no number of an order."""
    assert taught(right, printed("kommission", right)) is None


def test_a_confirmed_number_teaches_nothing() -> None:
    """The reader had it right."""
    assert taught("fb-2026") is None


def test_electronic_orders_need_no_hints() -> None:
    """They name the number's field themselves."""
    assert taught(form="edifact") is None


def test_a_page_without_the_label_is_left_alone() -> None:
    """It is another form of the same sender."""
    assert hinted(fact(), "4711", (printed("bestellnummer", "4711"),)) is None


def test_several_numbers_under_the_label_are_named_and_none_is_chosen() -> None:
    """Which one is meant the label does not say."""
    assert "several numbers" in str(hinted(fact(), None, (*NEXT, printed("kommission", "KM-26/120"))))


def test_a_check_digit_speaks_against_a_hint() -> None:
    """What stands there is an article's number this time."""
    assert "check digit" in str(hinted(fact(), None, (printed("kommission", "4006381333931"),)))


def test_a_number_that_stands_elsewhere_than_when_it_was_taught_speaks_against_a_hint() -> None:
    """The paper has an order number now where it had none: the page counts, and a person is told."""
    against = hinted(fact(), "PO-7", (*NEXT, printed("ihre bestellung", "PO-7")))
    assert "PO-7 as the order's number in another place" in str(against)


def test_a_number_is_no_surer_than_its_letters() -> None:
    """A scan whose letters are doubtful stays doubtful."""
    assert hinted_confidence(fact(), printed("kommission", "KM-1", confidence=0.6)) == 0.6
