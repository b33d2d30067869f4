"""The word lists of `words/prose.yaml`, and expressions made of them."""

from __future__ import annotations

import re
from functools import cache

from parsers.lexicon import folded, terms, words_file


def words_of(name: str) -> list[str]:
    """One of the lists of `words/prose.yaml`."""
    return _lists()[name]


@cache
def _lists() -> dict[str, list[str]]:
    return {name: list(terms(listed)) for name, listed in words_file("prose.yaml").items()}


@cache
def any_of(*names: str) -> str:
    """The lists' entries as an alternative of an expression, the longest first; a space stands for any white space."""
    entries = sorted({entry for name in names for entry in words_of(name)}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(entry).replace(r"\ ", r"\s+") for entry in entries) + ")"


@cache
def pattern(expression: str) -> re.Pattern[str]:
    """`expression` compiled once; `{{name}}` in it stands for a list of `words/prose.yaml`.

    White space in it is at most six characters: behind one another, unbounded runs would take for ever on blanked text.
    """
    whole = re.sub(r"\{\{(\w+)\}\}", lambda found: any_of(found[1]), expression)
    return re.compile(whole.replace(r"\s*", r"\s{0,6}").replace(r"\s+", r"\s{1,6}"), re.IGNORECASE)


@cache
def word_set(name: str) -> frozenset[str]:
    return frozenset(folded(entry) for entry in words_of(name))
