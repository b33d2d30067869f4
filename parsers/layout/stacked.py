"""What forms set apart and people read together: labels letter below letter, colons in a column of their own, a town, its
state and its code in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from models.domain.document import Word
from parsers.intent import names_an_order
from parsers.layout.labels import PARTY_FIELDS
from parsers.lexicon import field_of_label
from parsers.page_text import PageText, Phrase, Rule, baselines, side_by_side
from parsers.values.streets import is_street_alone
from parsers.values.towns import town_of

#: No shorter word is set so.
_FEWEST = 4
#: How far apart spaced letters stand, in their height, and how much wider the gap between words is than the usual step.
_SPACED, _WIDER = 2.5, 1.4
_CODE = re.compile(r"(?:[A-Z]{2}\s+)?\d{5}(?:-\d{4})?")
#: The end of an address whose code only one land writes so; its town stands behind it.
_ENDS_IN_CODE = re.compile(r"(?:^|[\s,])(?:[1-9]\d{3} [A-Z]{2}|\d{2}-\d{3})$")
_TOWN = re.compile(r"[^\W\d_][^\d:]{1,30}")
#: How far apart, in heights of letters, a town, its state and its code may stand.
_APART = 12.0
#: How far, in heights of letters, a street and its town may stand apart on one row.
_BLANKS = 3.0


def with_stacked_words(page: PageText) -> PageText:
    """The page with labels set letter below letter ("S", "H", "I", "P", a blank, "T", "O") as one word each, where its first
    letter stands and ruled off on its right. Other letters below one another, such as codes of a column, stay what they are."""
    letters = sorted((word for word in page.words if len(word.text) == 1 and word.text.isalpha()), key=lambda word: word.top)
    stacks: list[list[Word]] = []
    for letter in letters:
        stack = next((each for each in stacks if _stands_under(each[-1], letter)), None)
        stacks.append([letter]) if stack is None else stack.append(letter)
    tall = [stack for stack in stacks if len(stack) >= _FEWEST and field_of_label(_unstacked(stack).text) in PARTY_FIELDS]
    used = {id(word) for stack in tall for word in stack}
    words = tuple(word for word in page.words if id(word) not in used)
    rules = tuple(Rule(right := max(word.x1 for word in stack) + 1, stack[0].top, right, stack[-1].bottom) for stack in tall)
    return replace(page, words=(*words, *map(_unstacked, tall)), rules=(*page.rules, *rules))


def with_spaced_words(page: PageText) -> PageText:
    """The page with words set in spaced letters ("P U R C H A S E   O R D E R") as words, where together they are a label or
    say that the paper is an order; other single letters side by side, such as sizes, stay what they are."""
    words: list[Word] = []
    for line in baselines(page.words):
        words += _with_closed(line)
    return page if len(words) == len(page.words) else replace(page, words=tuple(words))


def _with_closed(line: Sequence[Word]) -> list[Word]:
    kept: list[Word] = []
    letters: list[Word] = []
    for word in (*line, None):
        goes_on = word is not None and len(word.text) == 1 and word.text.isalpha()
        if goes_on and word is not None and (not letters or word.x0 - letters[-1].x1 < _SPACED * word.size):
            letters.append(word)
            continue
        kept += _closed(letters)
        letters = [word] if goes_on and word is not None else []
        kept += [] if word is None or goes_on else [word]
    return kept


def _closed(letters: list[Word]) -> list[Word]:
    """The letters as words, parted where a gap is wider than the usual one."""
    if len(letters) < _FEWEST:
        return letters
    steps = [after.x0 - before.x0 for before, after in pairwise(letters)]
    usual = sorted(steps)[len(steps) // 2]
    groups: list[list[Word]] = [letters[:1]]
    for step, letter in zip(steps, letters[1:], strict=True):
        if step > _WIDER * usual:
            groups.append([])
        groups[-1].append(letter)
    whole = " ".join("".join(each.text for each in group) for group in groups)
    is_known = names_an_order(whole) or field_of_label(whole) is not None
    return [replace(letters[0], text=whole, x1=letters[-1].x1)] if is_known else letters


def _stands_under(above: Word, letter: Word) -> bool:
    same = abs((above.x0 + above.x1) - (letter.x0 + letter.x1)) < above.size and abs(above.size - letter.size) < 0.2 * above.size
    return same and 0 <= letter.top - above.top - 0.6 * above.size < 2 * above.size


def _unstacked(stack: Sequence[Word]) -> Word:
    """The stack as one word, a blank where a letter is left out."""
    steps = [after.top - before.top for before, after in pairwise(stack)]
    blanks = [" " if step > 1.5 * min(steps) else "" for step in steps]
    text = stack[0].text + "".join(blank + word.text for blank, word in zip(blanks, stack[1:], strict=True))
    return replace(stack[0], text=text, x0=min(word.x0 for word in stack), x1=max(word.x1 for word in stack))


def with_whole_towns(phrases: Sequence[Phrase]) -> list[Phrase]:
    """The phrases; a town, its state and its postal code that a typed form sets in columns are one: "DAYTON   OH   45402"."""
    taken: set[int] = set()
    towns: list[Phrase] = []
    for code in (phrase for phrase in phrases if _CODE.fullmatch(phrase.text)):
        row = [each for each in phrases if each.x1 <= code.x0 and side_by_side(each, code) and id(each) not in taken]
        row.sort(key=lambda each: -each.x1)
        for count in (1, 2):
            pieces = [code, *row[:count]]
            if len(pieces) > count and _is_town(pieces):
                taken.update(map(id, pieces))
                towns.append(Phrase.of(word for piece in pieces for word in piece.words))
                break
    for code in (phrase for phrase in phrases if _ENDS_IN_CODE.search(phrase.text)):
        right = [each for each in phrases if each.x0 >= code.x1 and side_by_side(code, each) and id(each) not in taken]
        town = min(right, key=lambda each: each.x0, default=None)
        if town is not None and town.x0 - code.x1 < _APART * code.size and _TOWN.fullmatch(town.text):
            taken.update((id(code), id(town)))
            towns.append(Phrase.of((*code.words, *town.words)))
    kept = [*(each for each in phrases if id(each) not in taken), *towns]
    return sorted(_with_streets(kept), key=lambda each: (each.top, each.x0))


def _with_streets(phrases: Sequence[Phrase]) -> list[Phrase]:
    """The phrases; a street and the town that a few blanks part from it are one: "P O BOX 1180   JEFFERSON, TX 75657"."""
    joined: dict[int, Phrase | None] = {}
    for town in phrases:
        if (place := town_of(town.text)) is None or place.city is None:
            continue
        left = [each for each in phrases if 0 <= town.x0 - each.x1 < _BLANKS * town.size and side_by_side(each, town)]
        if len(left) == 1 and is_street_alone(left[0].text) and not left[0].text.endswith(":"):
            whole = Phrase.of((*left[0].words, *town.words))
            joined |= {id(left[0]): replace(whole, text=f"{left[0].text}, {town.text}"), id(town): None}
    return [kept for each in phrases if (kept := joined.get(id(each), each)) is not None]


def _is_town(pieces: Sequence[Phrase]) -> bool:
    """Whether pieces, from the right to the left, are an American town, its state and its code, near one another."""
    near = all(right.x0 - left.x1 < _APART * right.size for right, left in pairwise(pieces))
    town = town_of(" ".join(piece.text for piece in reversed(pieces))) if near else None
    return town is not None and town.country == "US" and town.region is not None


def with_colons_at_labels(phrases: Sequence[Phrase]) -> list[Phrase]:
    """The phrases; a colon that leads a value in a column of its own stands at the label before it: "Datum   : 17-11-2026"."""
    moved: dict[int, Phrase | None] = {}
    for value in phrases:
        if value.words[0].text != ":":
            continue
        before = [each for each in phrases if each.x1 <= value.x0 and side_by_side(each, value)]
        label = max(before, key=lambda each: each.x1, default=None)
        if label is None:
            continue
        moved[id(value)] = Phrase.of(value.words[1:]) if len(value.words) > 1 else None
        if not label.text.endswith(":") and id(label) not in moved:
            moved[id(label)] = replace(label, text=f"{label.text}:")
    return [kept for phrase in phrases if (kept := moved.get(id(phrase), phrase)) is not None]
