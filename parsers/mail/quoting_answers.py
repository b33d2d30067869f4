"""Answers that a mail gives between the lines of the one that it quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: A line that mail programs had to wrap.
_WRAPPED = 65
_WORD = re.compile(r"[^\W\d_]{2,}")


def answers_between(lines: Sequence[str], start: int) -> set[int]:
    """The lines below a mail's text that stand between quoted ones and are not the rest of one that was wrapped."""
    quoted = [number for number in range(start, len(lines)) if lines[number].lstrip().startswith(">")]
    if not quoted:
        return set()
    found = {
        number
        for number in range(quoted[0], len(lines))
        if number not in quoted and _WORD.search(lines[number]) and len(lines[number - 1]) < _WRAPPED
    }
    return found if any(number < quoted[-1] for number in found) else set()
