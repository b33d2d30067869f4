"""What of a submission's reading makes a change one that was not wholly understood."""

from __future__ import annotations

import pytest

from activities.submissions import leaves_unread
from models.domain.findings import Finding, Severity


@pytest.mark.parametrize("code", ["unread_values", "unread_place", "no_lines"])
def test_words_that_went_nowhere_may_be_what_a_change_asks(code: str) -> None:
    assert leaves_unread([_doubt(code, Severity.ERROR, "lines")])


@pytest.mark.parametrize("code", ["unread_wish", "conditional_order", "may_be_corrected"])
def test_a_doubt_about_the_text_as_a_whole_may_be_what_a_change_asks(code: str) -> None:
    assert leaves_unread([_doubt(code, Severity.ERROR, None)])


@pytest.mark.parametrize(
    "doubt",
    [("unread_values", "warning"), ("low_confidence", "error"), ("unknown_unit", "error")],
    ids=["only a warning", "a value in doubt", "a unit that nobody knows"],
)
def test_a_doubt_about_what_was_read_leaves_nothing_unread(doubt: tuple[str, str]) -> None:
    code, severity = doubt
    assert not leaves_unread([_doubt(code, Severity(severity), "lines[0].unit")])


def _doubt(code: str, severity: Severity, field: str | None) -> Finding:
    return Finding(code=code, severity=severity, message="It says more than was read.", field=field)
