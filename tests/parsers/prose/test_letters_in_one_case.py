"""Letters written all in small letters, or all in capitals: what capitals prove elsewhere is asked about."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import ExtractionV1
from parsers.prose.one_case import written_large, written_small
from tests.parsers.prose.letters import extraction, mail


def _read(body: str) -> ExtractionV1:
    return extraction(mail(body, "Order"))


def _errors(body: str) -> set[str]:
    return {problem.code for problem in _read(body).problems if problem.severity == "error"}


@pytest.mark.parametrize("code", ["kn-15", "ka7491", "glv-s", "2141-we", "9400dp", "w712/75"])
def test_a_part_number_in_small_letters_is_asked_about(code: str) -> None:
    """Nothing but capitals proves a number without a label."""
    assert "unread_values" in _errors(f"hi,\n\nplease send on our po 4711:\n20 x {code} isolating valve\n\nthanks\njo")


def test_one_capital_elsewhere_hides_no_part_number() -> None:
    """Phones write the first letter of a mail large."""
    assert "unread_values" in _errors("Hi,\n\nplease send on our PO 4711:\n20 x kn-15 isolating valve\n\nThanks\nJo")


@pytest.mark.parametrize("goods", ["copier paper 80gsm", "cable ties 200x3.6", "brass elbows 15mm", "twist-off jars 500ml"])
def test_sizes_and_common_words_in_small_letters_need_no_question(goods: str) -> None:
    """They are no numbers of articles."""
    assert "unread_values" not in _errors(f"hi,\n\nplease send on our po 4711:\n20 x {goods}\n\nthanks\njo")


def test_a_street_in_small_letters_is_asked_about() -> None:
    """Where the goods go is not passed over."""
    body = "hi,\n\nplease send 20 isolating valves on our po 4711 to 12 foundry lane, leeds ls1 4ap.\n\nthanks\njo"
    order = _read(body).orders[0]
    street = order.ship_to.street if order.ship_to else None
    assert "unread_place" in _errors(body) or (street is not None and street.confidence < 0.7)


def test_a_street_right_behind_a_word_in_capitals_is_doubted() -> None:
    """Nothing parts "OP" from "KERKWEG"."""
    order = _read(
        "HALLO,\n\nGRAAG 20 DOZEN HANDSCHOENEN LEVEREN OP KERKWEG 8, 3511 AB UTRECHT.\nBESTELNUMMER 4711\n\nGROETEN\nJAN"
    ).orders[0]
    assert order.ship_to is None or order.ship_to.street is None or order.ship_to.street.confidence < 0.7


def test_letters_tell_how_somebody_writes() -> None:
    """A few of the other case change nothing, and figures tell nothing."""
    small = "please send twenty boxes of gloves to the usual address, and ten of the wipes"
    assert written_small(small)
    assert written_large(small.upper())
    assert not written_small(small.title())
    assert not written_small("12345")


def test_part_numbers_in_small_letters_are_read_where_rows_prove_them() -> None:
    """Two rows with one word of letters and figures each, of one shape."""
    text = "hi, please send on our po 4711:\n\n20 boxes kn-15 kitchen knives\n10 boxes kn-20 bread knives\n\nthanks\njo"
    read = extraction(mail(text, "order 4711"))
    numbers = [(line.seller_part_number.value if line.seller_part_number else "").casefold() for line in read.orders[0].lines]
    assert (numbers, [problem.code for problem in read.problems]) == (["kn-15", "kn-20"], [])


def test_one_part_number_in_small_letters_is_asked_about() -> None:
    """Nothing beside it proves what it is."""
    text = "hi, please send on our po 4711:\n\n20 boxes kn-15 kitchen knives\n10 boxes bread knives\n\nthanks\njo"
    assert "unread_values" in {problem.code for problem in extraction(mail(text, "order 4711")).problems}
