"""The mails of the benchmark: that they are many, sound, and the same every time."""

from __future__ import annotations

from collections import Counter

from benchmarks.capture.case import split_of
from benchmarks.capture.mails import cases
from models.contracts.extraction_v1 import Intent
from parsers.detect import Kind, detect


def test_every_intent_has_eight_templates() -> None:
    """And orders sixty, in seven languages."""
    found = {case.layout: case for case in cases() if not case.layout.startswith("by_hand")}
    told = [case.truth["intent"] for case in found.values()]  # a list where either of two is right
    templates = Counter(intent for each in told for intent in (each if isinstance(each, list) else [each]))
    assert all(templates[intent.value] >= 8 for intent in Intent)
    assert len({case.language for case in found.values()}) == 7
    assert len(found) >= 120


def test_mails_are_the_same_every_time() -> None:
    """The same seed gives the same bytes, another one others."""
    first, again, other = (next(_filled(seed)) for seed in (1, 1, 2))
    assert first.content == again.content
    assert first.content != other.content


def _filled(seed: int):  # type: ignore[no-untyped-def]
    return (case for case in cases(seed) if not case.layout.startswith("by_hand"))


def test_every_mail_is_one() -> None:
    """What is written is told to be a mail or an Outlook message by its content."""
    assert {detect(case.content) for case in cases()} == {Kind.EMAIL, Kind.OUTLOOK}


def test_no_slot_is_left_open() -> None:
    """Neither in truths nor in subjects stands a slot's name."""
    assert all("$" not in str(case.truth) for case in cases())


def test_mails_written_by_hand_only_test() -> None:
    """The others are where the hash of their template puts them."""
    hand = [case for case in cases() if case.layout.startswith("by_hand")]
    assert len(hand) >= 20
    assert {case.split for case in hand} == {"test"}
    assert all(case.split == split_of(case.layout) for case in cases() if case not in hand)


def test_lines_of_a_truth_have_goods_and_quantities() -> None:
    """A line without a quantity could be judged by nobody."""
    lines = [line for case in cases() for order in case.truth["orders"] for line in order["lines"]]
    assert all(line["quantity"] and {"description", "seller_part_number"} & set(line) for line in lines)
