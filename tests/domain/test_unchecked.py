"""Values made without validation are the values that validation makes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.contracts.extraction_v1 import StatedValue
from models.domain.evidence import Evidence
from models.domain.unchecked import changed, maker

EVIDENCE = (Evidence(part="po.edi", segment="LIN[1]", text="LIN+1"),)


@given(value=st.text(min_size=1), confidence=st.floats(0, 1))
def test_it_equals_its_validated_twin(value: str, confidence: float) -> None:
    """In comparison, in JSON and as a key."""
    made = maker(StatedValue)({"value": value, "confidence": confidence, "evidence": EVIDENCE, "reasoned": None})
    twin = StatedValue(value=value, confidence=confidence, evidence=EVIDENCE)
    assert (made, made.model_dump_json(), hash(made)) == (twin, twin.model_dump_json(), hash(twin))


def test_a_copy_leaves_the_others_alone() -> None:
    """What one copy sets is its own."""
    first = maker(StatedValue)({"value": "a", "confidence": 1.0, "evidence": (), "reasoned": None})
    second = first.model_copy(update={"value": "b"})
    assert (first.value, second.value) == ("a", "b")
    assert first.model_fields_set == {"value", "confidence", "evidence", "reasoned"}


@given(value=st.text(min_size=1), confidence=st.floats(0, 1))
def test_a_changed_copy_is_what_pydantic_would_copy(value: str, confidence: float) -> None:
    """Its parts, its JSON, and which of its fields were stated."""
    first = StatedValue(value="a", evidence=EVIDENCE)
    changes = {"value": value, "confidence": confidence}
    ours, theirs = changed(first, changes), first.model_copy(update=changes)
    assert (ours, ours.model_dump_json(), ours.model_fields_set) == (theirs, theirs.model_dump_json(), theirs.model_fields_set)


def test_a_changed_copy_leaves_the_first_alone() -> None:
    """The first one keeps its value and what was stated of it."""
    first = StatedValue(value="a")
    changed(first, {"confidence": 0.5})
    assert (first.value, first.confidence, first.model_fields_set) == ("a", 1.0, {"value"})
