"""The word lists of `words/prose.yaml` and `words/doubts.yaml`, and expressions made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from parsers.lexicon import folded, terms, words_file


def words_of(name: str) -> list[str]:
    """One of the lists."""
    return _lists()[name]


@cache
def _lists() -> dict[str, list[str]]:
    listed = words_file("prose.yaml") | words_file("doubts.yaml")
    return {name: list(terms(words)) for name, words in listed.items()}


@cache
def any_of(*names: str) -> str:
    """The lists' entries as an expression that takes the longest, whatever their case; a space stands for any white space."""
    return expression_of(entry for name in names for entry in words_of(name))


def expression_of(entries: Iterable[str]) -> str:
    """The entries as one expression; "*" at the end of one stands for any ending.

    Entries that begin alike share their beginning: an alternative of a thousand words would be tried word by word at every
    place of a text.
    """
    tree: _Tree = {}
    for entry in {entry.lower() for entry in entries}:
        node = tree
        for sign in entry.removesuffix("*"):
            node = node.setdefault(r"\s{1,6}" if sign == " " else "['’]" if sign == "'" else re.escape(sign), {})
        node = node.setdefault(r"\w*", {}) if entry.endswith("*") else node
        node[_END] = {}
    return f"(?:{_expression(tree)})"


@cache
def by_language(file: str, name: str, language: str | None) -> str:
    """A list of `file` that is kept by language, as one expression: the entries of `language`, or of all where none is known."""
    listed: dict[str, str] = words_file(file)[name]
    return expression_of(entry for code, words in listed.items() if language in {None, code} for entry in terms(words))


_Tree = dict[str, "_Tree"]
_END = ""


def _expression(tree: _Tree) -> str:
    branches = [sign + _expression(rest) for sign, rest in sorted(tree.items()) if sign != _END]
    if not branches:
        return ""
    choice = branches[0] if len(branches) == 1 and _END not in tree else f"(?:{'|'.join(branches)})"
    return f"{choice}?" if _END in tree else choice


@cache
def pattern(expression: str) -> re.Pattern[str]:
    """`expression` compiled once; `{{name}}` in it stands for one of the lists.

    White space in it is at most six characters: behind one another, unbounded runs would take for ever on blanked text.
    """
    whole = re.sub(r"\{\{(\w+)\}\}", lambda found: any_of(found[1]), expression)
    return re.compile(whole.replace(r"\s*", r"\s{0,6}").replace(r"\s+", r"\s{1,6}"), re.IGNORECASE)


@cache
def word_set(name: str) -> frozenset[str]:
    return frozenset(folded(entry) for entry in words_of(name))
