"""Every code that a finding may have, so that a policy that misspells one is refused and not silently without effect."""

from __future__ import annotations

from difflib import get_close_matches

from models.domain.finding_words import FINDING_WORDS

#: A test holds it against the codes that readers and checks give.
FINDING_CODES = frozenset(FINDING_WORDS)


def unknown_code(code: str) -> str | None:
    """Why this names no finding, with the nearest that does; None where it is a code."""
    if code in FINDING_CODES:
        return None
    near = get_close_matches(code.lower(), FINDING_CODES, 1, cutoff=0.6)
    return f"no finding is called {code!r}" + (f"; did you mean {near[0]}?" if near else "")
