"""Pages are read side by side, within a bound."""

from __future__ import annotations

import threading

from parsers.scan.pages import PagesAtOnce


def test_no_more_pages_than_the_bound_are_read_at_once() -> None:
    """The caller waits before it draws the next page."""
    reading, most, lock = [0], [0], threading.Lock()

    def read() -> None:
        with lock:
            reading[0] += 1
            most[0] = max(most[0], reading[0])
        threading.Event().wait(0.01)
        with lock:
            reading[0] -= 1

    with PagesAtOnce(2) as at_once:
        started = [at_once.start(read) for _ in range(12)]
        for each in started:
            each.result()
    assert most[0] <= 2


def test_two_pages_are_read_side_by_side() -> None:
    """Each waits for the other to have begun."""
    both = threading.Barrier(2, timeout=10)
    with PagesAtOnce(2) as at_once:
        started = [at_once.start(both.wait) for _ in range(2)]
        assert sorted(each.result() for each in started) == [0, 1]
