"""Values made without validation are the values that validation makes."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from models.contracts.extraction_v1 import OrderLineV1, StatedValue, read_value
from models.domain.evidence import Evidence, cell_evidence, segment_evidence
from models.domain.unchecked import changed, maker

EVIDENCE = (Evidence(part="po.edi", segment="LIN[1]", text="LIN+1"),)


@given(part=st.text(), place=st.text(), text=st.text())
def test_evidence_equals_its_validated_twin(part: str, place: str, text: str) -> None:
    """In comparison, in JSON and as a key."""
    for made, twin in (
        (segment_evidence(part, place, text), Evidence(part=part, segment=place, text=text)),
        (cell_evidence(part, place, text), Evidence(part=part, cell=place, text=text)),
    ):
        assert (made, _json(Evidence, made), hash(made)) == (twin, _json(Evidence, twin), hash(twin))


@given(value=st.text(min_size=1), confidence=st.floats(0, 1), reasoned=st.none() | st.floats(0, 1))
def test_a_read_value_equals_its_validated_twin(value: str, confidence: float, reasoned: float | None) -> None:
    """In comparison, in JSON and as a key."""
    made = read_value(value, confidence, EVIDENCE, reasoned)
    twin = StatedValue(value=value, confidence=confidence, evidence=EVIDENCE, reasoned=reasoned)
    assert (made, _json(StatedValue, made), hash(made)) == (twin, _json(StatedValue, twin), hash(twin))


@given(value=st.text(min_size=1), confidence=st.floats(0, 1))
def test_a_line_equals_its_validated_twin(value: str, confidence: float) -> None:
    """Where every field is given."""
    stated = StatedValue(value=value, confidence=confidence, evidence=EVIDENCE)
    made = maker(OrderLineV1)({**dict.fromkeys(OrderLineV1.model_fields), "quantity": stated})
    twin = OrderLineV1(quantity=stated)
    assert (made, made.model_dump_json(), hash(made)) == (twin, twin.model_dump_json(), hash(twin))


def test_a_copy_leaves_the_first_alone() -> None:
    """What one copy sets is its own; the rest is the first one's."""
    first = read_value("a", 0.5, EVIDENCE, 0.4)
    second = first.model_copy(update={"value": "b"})
    assert first.value == "a"
    assert second == StatedValue(value="b", confidence=0.5, evidence=EVIDENCE, reasoned=0.4)


@given(value=st.text(min_size=1), confidence=st.floats(0, 1))
def test_a_changed_copy_is_what_pydantic_would_copy(value: str, confidence: float) -> None:
    """Its parts, its JSON, and which of its fields were stated."""
    first = OrderLineV1(quantity=StatedValue(value="a", evidence=EVIDENCE))
    changes = {"unit": StatedValue(value=value, confidence=confidence)}
    ours, theirs = changed(first, changes), first.model_copy(update=changes)
    assert (ours, ours.model_dump_json(), ours.model_fields_set) == (theirs, theirs.model_dump_json(), theirs.model_fields_set)


def test_a_changed_copy_leaves_the_first_alone() -> None:
    """The first one keeps its value and what was stated of it."""
    first = OrderLineV1(quantity=StatedValue(value="1"))
    changed(first, {"quantity": None, "unit": None})
    assert first.quantity == StatedValue(value="1")
    assert first.model_fields_set == {"quantity"}


def test_what_was_made_cannot_be_changed() -> None:
    """As if it had been validated."""
    with pytest.raises(FrozenInstanceError):
        read_value("a", 1.0, ()).value = "b"  # type: ignore[misc]


def _json(form: type[object], value: object) -> bytes:
    return TypeAdapter(form).dump_json(value)
