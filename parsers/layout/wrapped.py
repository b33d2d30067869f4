"""Labels and values that a narrow cell broke into two lines: put together where only together they say what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.lexicon import meaning_of_label
from parsers.page_text import Phrase, side_by_side
from parsers.values.addresses import holds_address, pieces_of_line
from parsers.values.cells import is_broken

_EDGE = 3.0
_NUMBER_WORD = re.compile(r"(?:no|nr|number|num|nummer|número|numéro|numero)\.?:?", re.IGNORECASE)
#: What no label ends with, and how many words a line of a label without a colon has at most.
_UNFINISHED = re.compile(
    r"(?:\s|^)(?:de|du|des|de la|d'|del|di|della|of|for|to|van|voor|der|für|para|por|per|do|dla|na|da)$", re.IGNORECASE
)
_MOST_BARE = 3
_BOX = re.compile(r"^\d{1,2}[a-z]?[.)]\s+")
_MOST_LINES = 3
#: How far apart a bar sets what it parts, in heights of letters.
_BAR = 1.5
#: What closes a sentence or a list.
_ENDS = frozenset(".;!?)")


def with_wrapped_labels(phrases: Sequence[Phrase]) -> list[Phrase]:
    """`phrases` with "Order" over "number:" as one; it stands on the row of the two that has something to its right."""
    below = dict(_pairs(phrases))
    lower = {id(phrase) for phrase in below.values()}
    kept = [phrase for phrase in phrases if id(phrase) not in lower]
    return [_joined(phrase, below[id(phrase)], phrases) if id(phrase) in below else phrase for phrase in kept]


def _pairs(phrases: Sequence[Phrase]) -> Iterator[tuple[int, Phrase]]:
    """(the upper phrase's identity, the lower one) for each label in two lines."""
    for below in phrases:
        is_marked = below.text.rstrip().endswith(":") or _NUMBER_WORD.fullmatch(below.text) is not None
        if not is_marked and len(below.words) > _MOST_BARE:
            continue
        above = next((phrase for phrase in phrases if right_below(phrase, below)), None)
        if above is None or not (is_marked or _goes_on(above, below, phrases)):
            continue
        if _is_wrapped(above.text, below.text):
            yield id(above), below


def _goes_on(above: Phrase, below: Phrase, phrases: Sequence[Phrase]) -> bool:
    """Whether two lines without a colon may be one label beside its value: "Lieu de" over "livraison", "Unsere" over
    "Lieferantennr."; each beside a value of its own is a label of its own, unless the upper one cannot end there."""
    if len(above.words) > _MOST_BARE:
        return False
    beside = [any(_beside(each, phrase) for phrase in phrases) for each in (above, below)]
    return any(beside) and (not all(beside) or _UNFINISHED.search(above.text) is not None)


def right_below(above: Phrase, below: Phrase) -> bool:
    """Whether `below` is the next line under `above`, at the same left edge."""
    near = -0.3 * above.size <= below.top - above.bottom <= 0.5 * above.size
    alike = abs(above.size - below.size) <= 0.1 * above.size and above.bold == below.bold
    return above is not below and near and alike and abs(above.x0 - below.x0) <= _EDGE and below.middle > above.bottom


def _is_wrapped(above: str, below: str) -> bool:
    above = _BOX.sub("", above)
    if above.rstrip().endswith(":") or any(sign.isdigit() for sign in above):
        return False
    whole, own = meaning_of_label(f"{above} {below}"), meaning_of_label(above)
    if whole is None or whole.strength < 1:
        return False
    if own is not None and own.name == whole.name and _NUMBER_WORD.fullmatch(below):
        return True  # "1. CONTRACT/PURCH ORDER/AGREEMENT" over "NO."
    # "Delivery" alone is a label too, but "Address:" alone says nothing.
    return own is None or own.strength < 1 or (own.name != whole.name and meaning_of_label(below) is None)


def _joined(above: Phrase, below: Phrase, phrases: Sequence[Phrase]) -> Phrase:
    text = f"{above.text} {below.text}"
    row = next((each for each in (above, below) if any(_beside(each, phrase) for phrase in phrases)), above)
    words = (*above.words, *below.words)
    right = max(above.x1, below.x1)
    return Phrase(words, text, row.page, row.x0, row.top, right, row.bottom, row.size, row.bold, row.confidence)


def _beside(phrase: Phrase, other: Phrase) -> bool:
    return phrase.x1 <= other.x0 <= phrase.x1 + 150 and side_by_side(phrase, other)


def with_further_lines(value: Phrase, others: Sequence[Phrase], labels: Sequence[Phrase]) -> Phrase:
    """A value with the lines that go on right below it, as long as no label stands on their rows."""
    lines = [value]
    while len(lines) < _MOST_LINES:
        following = next((phrase for phrase in others if right_below(lines[-1], phrase)), None)
        if following is None or any(label.x0 < following.x0 and side_by_side(label, following) for label in labels):
            break
        if holds_address(pieces_of_line(following.text)):
            break  # where the goods go, under a label that no list knows
        lines.append(following)
    return value if len(lines) == 1 else _stacked(lines)


def with_next_line(value: Phrase, label: Phrase, others: Sequence[Phrase], labels: Sequence[Phrase]) -> Phrase:
    """A value of running text that its line's end broke ("Payment: 30 days from" over "date of invoice."), with the line below,
    which begins where the label's own line does and goes on in small letters."""
    if value.text.rstrip()[-1:] in _ENDS:
        return value
    row = [phrase for phrase in (*others, *labels) if phrase.x1 <= value.x1 and abs(phrase.bottom - value.bottom) <= _EDGE]
    left = label.x0 if side_by_side(label, value) else value.x0
    for phrase in sorted(row, key=lambda each: -each.x1):
        if phrase.x0 < left and left - phrase.x1 < _BAR * phrase.size:
            left = phrase.x0
    line = Phrase(
        value.words, value.text, value.page, left, value.top, value.x1, value.bottom, value.size, value.bold, value.confidence
    )
    following = next((phrase for phrase in others if right_below(line, phrase)), None)
    return value if following is None or not following.text[0].islower() else _stacked((value, following))


def with_broken_rest(value: Phrase, others: Sequence[Phrase]) -> Phrase:
    """A number that a line's end broke at its hyphen, with the rest right below it: "2026-" over "00017733"."""
    rest = next((phrase for phrase in others if right_below(value, phrase)), None)
    if rest is None or " " in rest.text or not is_broken(value.text, rest.text):
        return value
    return _stacked((value, rest), joint="")


def _stacked(lines: Sequence[Phrase], joint: str = " ") -> Phrase:
    words = tuple(word for line in lines for word in line.words)
    first, last = lines[0], lines[-1]
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    text = joint.join(line.text for line in lines)
    return Phrase(words, text, first.page, left, first.top, right, last.bottom, first.size, first.bold, first.confidence)
