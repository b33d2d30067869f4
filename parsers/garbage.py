"""The search for garbage while a long document is read: there is none, and the search would take a third of the time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search meanwhile: all that a reader makes stays, refers to nothing in circles, and each search would walk through it.

    Afterwards it all counts as old, so that the first search of the young does not walk through it either. Where the process
    has frozen what it had before, that stays frozen, and so does what was read.
    """
    was_on, had_frozen = gc.isenabled(), gc.get_freeze_count() > 0
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            if not had_frozen:
                gc.unfreeze()
            gc.enable()
