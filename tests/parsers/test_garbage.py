"""The collector rests while a document is read, and is as before afterwards."""

from __future__ import annotations

import gc

import pytest

from parsers.garbage import uncollected


def test_the_collector_works_again_afterwards() -> None:
    """Also where the reading failed."""
    with pytest.raises(KeyError), uncollected():
        raise KeyError
    assert gc.isenabled()


def test_what_was_read_is_old_and_not_lost_to_the_collector() -> None:
    """It is not walked through again at once, but a circle in it is still found one day."""
    with uncollected():
        kept = [[number] for number in range(1000)]
    assert len(kept) == 1000
    assert gc.get_freeze_count() == 0
    assert gc.get_count()[0] < 1000
