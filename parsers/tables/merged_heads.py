"""Heads of two rows, of which the upper ones are merged over several of the lower."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.lexicon import meaning_of_header


def padded(texts: Sequence[str], other: Sequence[str]) -> list[str]:
    """The texts with blanks for what only `other` has places for."""
    return [*texts, *[""] * (len(other) - len(texts))]


def spread(top: Sequence[str], under: Sequence[str]) -> list[str]:
    """`top` with its heads over what only they explain: "Article number" over "own" and "yours" is merged over both."""
    wide, under = padded(top, under), padded(under, top)
    for place, text in enumerate(under[1:], 1):
        if text and not wide[place] and wide[place - 1] and under[place - 1] and meaning_of_header(text) is None:
            wide[place] = wide[place - 1] if meaning_of_header(f"{wide[place - 1]} {text}") is not None else ""
    return wide
