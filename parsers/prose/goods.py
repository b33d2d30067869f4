"""The words that name the goods of an order line in running text, cut out of the sentence round them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.lexicon import folded
from parsers.prose.days import states_day
from parsers.prose.words import pattern, word_set
from parsers.values.number_style import NumberStyle

#: Capitals before a number among small letters, as in "PER 16", are no small word, whatever they spell.
_DESIGNATION = re.compile(r"[A-Z]{2,5}\s\d")
_WORD = re.compile(r"[^\s,;:()\[\]–]+(?:\s*[,()–:]\s*(?=\S))?")
#: An article or a possessive that opens a clause.
_SUBJECT = re.compile(
    r"\s{1,3}(?:the|our|my|his|their|der|die|das|unsere?|meine?|ihre?|le|la|les|l'|notre|nos|mon|ma|mes|el|los|las|nuestr[oa]s?|mi|mis"
    r"|il|lo|i|gli|nostr[oaie]|mio|mia|de|het|onze?|ons|mijn|nasz\w{0,3}|mój|moja|moje)\s{1,3}[^\W\d_]",
    re.IGNORECASE,
)
_Span = tuple[int, int]
_STEM, _SHORTEST = 5, 4


@dataclass(frozen=True, slots=True)
class Window:
    """Where in a `sentence` a piece of text starts, whose marks were taken out."""

    sentence: str
    start: int
    style: NumberStyle


def goods_words(text: str, window: Window, sizes: Sequence[_Span]) -> tuple[str, int, int] | None:
    """The goods that `text` names, and where in it, or None: without fillers at their ends and without what the sentence
    says next. `sizes` are the places of measures, which are kept."""
    text = text[: _end_of_goods(text, window, sizes)]
    words = list(_WORD.finditer(text))
    while (
        words
        and _is_trim(words[0][0])
        and not _within(words[0].start(), sizes)
        and not _DESIGNATION.match(text, words[0].start())
    ):
        words.pop(0)
    while words and _is_trim(words[-1][0]) and not _within(words[-1].start(), sizes):
        words.pop()
    if not words or not any(re.search(r"[^\W\d_]{2,}", word[0]) for word in words):
        return None
    first, last = words[0].start(), words[-1].start() + len(words[-1][0].rstrip(" \t\n,;:([–-"))
    value = _tidied(text[first:last])
    return (value, first, last) if value else None


def _end_of_goods(text: str, window: Window, sizes: Sequence[_Span]) -> int:
    """Where the goods' words end: at what the sentence says next, at a day, at its end."""
    ending = pattern(
        r"(?<!\w)(?:{{ends}}|{{talk}}|{{relative_days}}|(?P<lead>{{ends_before_day}}))(?!\w)"
        r"|,\s*{{po_number}}(?!\w)|[;!?]|\.(?=\s|$)|\s[-–]\s*$"
    )
    for found in ending.finditer(text, _letters_before(text)):
        # A day was taken out of `text`, so it is looked for in the sentence itself.
        lead = (window.start + found.start(), window.start + found.end())
        is_end = not found["lead"] or states_day(window.sentence, lead, window.style)
        kept = _within(found.start(), sizes) or _shortens(text, found) or _abbreviates(text, found[0])
        if is_end and not kept:
            return _start_of_clause(text, found.start())
    return len(text)


def _start_of_clause(text: str, end: int) -> int:
    """Where the clause begins in whose midst the goods' words end: behind their comma, an article or a possessive leads to its
    subject ("till rolls, the Christmas rush has ...")."""
    since = text.rfind(",", 0, end)
    subject = _SUBJECT.match(text, since + 1, end) if since > 0 else None
    return since if subject is not None else end


def _shortens(text: str, found: re.Match[str]) -> bool:
    """Whether a full stop only shortens a word: "scarpe n. 43"."""
    word = re.search(r"([^\W_]+)$", text[max(0, found.start() - 20) : found.start()]) if found[0] == "." else None
    follows = re.match(r"\s+[^A-ZÀ-ÞŁŚŻ\s]", text[found.end() :])
    return word is not None and folded(word[1]) in word_set("abbreviations") and follows is not None


def _abbreviates(text: str, word: str) -> bool:
    """Whether two capitals among small letters are no word of a sentence: "Viti TE M8x30" have hexagonal heads."""
    return len(word) == 2 and word.isupper() and not text.isupper()


def _letters_before(text: str) -> int:
    """Where the first real word ends: what ends a description cannot stand before it."""
    for word in re.finditer(r"[^\W\d_]{2,}", text):
        if folded(word[0]) not in word_set("trims"):
            return word.end()
    return len(text)


def _within(place: int, spans: Sequence[_Span]) -> bool:
    return any(start <= place < end for start, end in spans)


def _is_trim(word: str) -> bool:
    bare = folded(word.strip(" \t\n.,;:()[]–-/&+*\"'x×@#"))
    return not bare or bare in word_set("trims") or bare in word_set("orders")


def _tidied(text: str) -> str:
    """One line, with the brackets closed that were left open and without those whose content was taken out."""
    text = " ".join(text.split())
    if text.count(")") > text.count("("):
        text = text.replace(")", "", 1) if text.index(")") < len(text) - 1 else text[:-1].rstrip()
    text += ")" if text.count("(") > text.count(")") else ""
    text = re.sub(r"\(\s*(?:[,;][^()]{0,30})?\)|\[\s*\]", " ", text)
    text = re.sub(r"\s*,(?:\s*,)+", ",", re.sub(r"\s+([,.;:)])", r"\1", " ".join(text.split())))
    return text.strip(" ,;:=–-/(")


def stems(text: str) -> set[str]:
    """The beginnings of the words that can name goods: "hinge" and "hinges" are one."""
    words = (folded(word) for word in re.findall(r"[^\W\d_]+", text))
    return {word[:_STEM] for word in words if len(word) >= _SHORTEST and word not in word_set("trims")}
