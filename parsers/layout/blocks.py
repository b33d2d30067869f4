"""Blocks of lines that name a party: below or beside a label, or unlabelled as the letterhead and the envelope window."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.domain.document import Word
from parsers.intent import names_an_order
from parsers.layout.label_words import SHIPPING, Label
from parsers.layout.labels import PARTY_FIELDS
from parsers.page_text import Phrase, Rule, side_by_side
from parsers.prose.signatures import COMPANY
from parsers.values.addresses import pieces_of_line
from parsers.values.streets import is_street
from parsers.values.towns import town_of

#: Lines of a block that say more about the party; others of its labelled lines are skipped, or end it.
_OF_PARTY = frozenset({"vat_id", "gln", "email", "phone", "contact", "customer_number", "vendor_number", "website"})
#: A party's number where its name would stand: "Vendor: V-7781".
_NUMBER = re.compile(r"[A-Z]{0,3}[-./]?\d[\d./-]*")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\b(?:kw|week|sem)\b", re.IGNORECASE)
#: When a system printed the page or between which hours goods are taken in, which is nobody's name.
_PRINTED_AT = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}[\s,]+(?:at |um |à )?\d{1,2}:\d{2}"
    r"|\b\d{1,2}:\d{2}\s?(?:h|uhr)?\s?(?:[-–]|and|to|bis|und|et|à|a|y|e|en|tot|do|i)\s?\d{1,2}:\d{2}\b"
    r"|^(?:run|print(?:ed)?|report)\s(?:date|on|time|id)\b",
    re.IGNORECASE,
)
_MAX_LINES, _MOST_WORDS = 9, 5
_NEAR = 220.0
_LABEL_COLUMN = 120.0
_FLUSH = 6.0
#: How far behind its label's colon, in heights of letters, a party may stand, and how many words a name has at most.
_AT_COLON, _MOST_NAME = 2.5, 7
#: A name's letters are so much larger than those of the address on its line.
_NAME_SIZE = 1.4


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under one another that stand for one party; `role` is its label's field, None where there is no label."""

    role: str | None
    lines: tuple[tuple[Phrase, ...], ...]
    label: Phrase | None = None
    #: Whether only a vote says whose it is.
    voted: bool = False

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return tuple(phrase for line in self.lines for phrase in line)

    @property
    def top(self) -> float:
        return min(phrase.top for phrase in self.phrases)

    @property
    def x0(self) -> float:
        return min(phrase.x0 for phrase in self.phrases)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands on one page: labels, phrases that are none, drawn lines, and how far down parties may stand."""

    labels: Sequence[Label]
    others: Sequence[Phrase]
    rules: Sequence[Rule]
    width: float
    height: float


def labelled_blocks(page: Surroundings) -> list[Block]:
    """The block of every party label that has one."""
    found: list[Block] = []
    for label, role in _party_labels(page):
        lines = _block_of(label, page)
        if lines and _NUMBER.fullmatch(lines[0][0].text):
            lines = lines[1:]  # the place's number in the buyer's books, over its address
            if not any(town_of(" ".join(phrase.text for phrase in line)) for line in lines):
                continue
        if lines:
            found.append(Block(role, lines, label.phrase, label.voted))
    return found


def _party_labels(page: Surroundings) -> Iterator[tuple[Label, str]]:
    """The labels of parties with the party; a word of delivery alone or in words that no list knows ("Livraison", "Embarcar
    a:") is the ship-to's where an address stands at it."""
    for label in page.labels:
        if set(label.fields) <= PARTY_FIELDS:
            yield label, label.fields[0]
        elif label.fields == ("requested_delivery_date",) and label.value is None and _stands_at_address(label, page):
            yield label, "ship_to"
    known = any(label.fields == ("ship_to",) for label in page.labels)
    for phrase in () if known else page.others:
        words, colon, _ = phrase.text.partition(":")
        if colon == ":" and phrase.text.endswith(":") and len(phrase.words) <= _MOST_WORDS and SHIPPING.search(words):
            label = Label(("ship_to",), phrase)
            if _is_address(_block_of(label, page)):
                yield label, "ship_to"


def _is_address(lines: Sequence[Sequence[Phrase]]) -> bool:
    """Whether lines hold a town with its postal code."""
    texts = [" ".join(phrase.text for phrase in line) for line in lines]
    return any(town_of(text) is not None or _is_whole_address(text) for text in texts)


def _block_of(label: Label, page: Surroundings) -> tuple[tuple[Phrase, ...], ...]:
    if label.value is not None:
        below = _first_below(label.phrase, label.value, page)
        left = min(label.value.x0, below.x0) if below is not None and below.x0 < label.value.x0 - 8 else label.value.x0
        return _collected(label.value, left, _right_limit(label.value, label.phrase, page), page, column=label.phrase.x0)
    below, beside = _first_below(label.phrase, label.phrase, page), _first_beside(label.phrase, page)
    if below is not None and beside is not None and _goes_before(beside, below, label.phrase):
        below = None
    first = below or beside
    if first is None:
        return ()
    return _collected(first, first.x0, _right_limit(first, label.phrase, page), page, label.phrase if first is beside else None)


def _goes_before(beside: Phrase, below: Phrase, label: Phrase) -> bool:
    """Whether what stands beside a label is its party, and not what stands below it, which may be a note or the next box."""
    at_colon = label.text.rstrip().endswith(":") and beside.x0 - label.x1 < _AT_COLON * label.size
    return abs(below.x0 - beside.x0) < _FLUSH or _is_whole_address(beside.text) or (at_colon and len(below.words) > _MOST_NAME)


def _stands_at_address(label: Label, page: Surroundings) -> bool:
    """Whether "Livraison", "Leveren op" or "Delivery" says where and not when: an address stands there and no day."""
    lines = _block_of(label, page)
    texts = [" ".join(phrase.text for phrase in line) for line in lines]
    placed = any(town_of(text) is not None for text in texts[1:]) and any(is_street(text) for text in texts)
    return placed and not any(_DAY.search(text) for text in texts[:1])


def _is_whole_address(text: str) -> bool:
    """Whether the text holds name, street and town in one line."""
    pieces = pieces_of_line(text)
    return len(pieces) > 1 and any(town_of(piece) is not None for piece in pieces)


def _first_below(label: Phrase, line: Phrase, page: Surroundings) -> Phrase | None:
    """The phrase right under the label (or under the value on its line), indented by no more than a few letters."""
    size = max(line.size, 7.0)
    under = [
        phrase
        for phrase in (*page.others, *_persons(page))
        if line.middle < phrase.top and phrase.top > line.bottom - 3
        if -12 <= phrase.x0 - label.x0 <= 40 or _starts_behind(phrase, label) or _in_its_box(phrase, label, page.rules)
        # A drawn box may leave white under its label: what stands right at the label's edge is still below it.
        if phrase.top <= line.bottom + (3.0 if abs(phrase.x0 - label.x0) < _FLUSH else 1.3) * size
    ]
    first = min(under, key=lambda phrase: (phrase.top, abs(phrase.x0 - label.x0)), default=None)
    if first is None or _is_unknown_label(first) or any(_blocks(each.phrase, line, first) for each in page.labels):
        return None
    return first


def _starts_behind(phrase: Phrase, label: Phrase) -> bool:
    """Whether a phrase stands where a value right behind the label's colon would, as typed forms set an address a row lower."""
    return label.text.rstrip().endswith(":") and -1 <= phrase.x0 - label.x1 <= _AT_COLON * label.size


def _in_its_box(phrase: Phrase, label: Phrase, rules: Sequence[Rule]) -> bool:
    """Whether a label stands in the middle of a drawn box's head, and the phrase within that box."""
    sides = [_sides(each, rules) for each in (label, phrase)]
    left, right = sides[0]
    centred = left is not None and right is not None and abs(label.x0 - left - (right - label.x1)) < 2 * _FLUSH
    return centred and left is not None and phrase.x0 - left < 2 * label.size and _near(sides[0], sides[1])


def _sides(phrase: Phrase, rules: Sequence[Rule]) -> tuple[float | None, float | None]:
    """Where the drawn box around a phrase begins and ends, None where it is open."""
    upright = [rule for rule in rules if rule.upright and rule.top <= phrase.middle <= rule.bottom]
    return (
        max((rule.x0 for rule in upright if rule.x0 <= phrase.x0 + 1), default=None),
        min((rule.x0 for rule in upright if rule.x0 >= phrase.x1 - 1), default=None),
    )


def _near(one: tuple[float | None, float | None], other: tuple[float | None, float | None]) -> bool:
    pairs = zip(one, other, strict=True)
    return all(first is not None and second is not None and abs(first - second) < _FLUSH for first, second in pairs)


def _is_unknown_label(phrase: Phrase) -> bool:
    """Whether a phrase is a label that no list knows: "Uitvoerder:" below the address."""
    return phrase.text.rstrip().endswith(":") and len(phrase.words) <= _MOST_WORDS


def _persons(page: Surroundings) -> list[Phrase]:
    """Labelled persons, who may head an address: "Attn: A. Person" under "Ship to"."""
    return [Phrase.of(_words(label)) for label in page.labels if label.fields == ("contact",) and label.value is not None]


def _words(label: Label) -> list[Word]:
    return list({id(word): word for phrase in _whole(label) for word in phrase.words}.values())


def _blocks(other: Phrase, above: Phrase, below: Phrase) -> bool:
    return above.middle < other.middle < below.middle - 1 and other.x0 < below.x1 and other.x1 > below.x0


def _first_beside(label: Phrase, page: Surroundings) -> Phrase | None:
    right = [phrase for phrase in page.others if label.x1 - 1 <= phrase.x0 <= label.x1 + _NEAR and side_by_side(label, phrase)]
    nearest = min(right, key=lambda phrase: phrase.x0, default=None)
    if nearest is None:
        return None
    between = [each for each in page.labels if label.x1 <= each.phrase.x0 < nearest.x0 and side_by_side(label, each.phrase)]
    return None if between else nearest


def _right_limit(first: Phrase, label: Phrase, page: Surroundings) -> float:
    """Where the block's column ends: the next label on the label's row, or an upright rule."""
    labels = [each.phrase.x0 - 4 for each in page.labels if each.phrase.x0 > first.x0 + 20 and side_by_side(label, each.phrase)]
    uprights = [rule.x0 for rule in page.rules if rule.upright and rule.x0 > first.x0 and rule.top <= first.middle <= rule.bottom]
    return min([page.width, *labels, *uprights])


def _collected(
    first: Phrase, left: float, right: float, page: Surroundings, beside: Phrase | None = None, column: float | None = None
) -> tuple[tuple[Phrase, ...], ...]:
    """The lines from `first` down that keep its left edge, until white, a drawn line or a label of something else, be it one
    that no list knows in the `column` of the block's own label."""
    column = beside.x0 if beside is not None else column
    unknown = [each for each in page.others if column is not None and abs(each.x0 - column) < _FLUSH and _is_unknown_label(each)]
    lines: list[tuple[Phrase, ...]] = [_line(first, right, page)]
    plain = [phrase for phrase in page.others if left - 8 <= phrase.x0 <= max(left, first.x0) + 26 and phrase.x0 < right]
    marks = [each for each in page.labels if left - 8 <= each.phrase.x0 < min(right, left + 60)]
    labelled = {id(each.phrase): _whole(each) for each in marks if set(each.fields) <= _OF_PARTY}
    below = [phrase for phrase in (*plain, *(each.phrase for each in marks)) if phrase.middle > first.bottom]
    bottom = first.bottom
    for phrase in sorted(below, key=lambda each: each.top):
        ends = any(each.phrase is phrase and not _names_a_door(each, below) for each in marks) and id(phrase) not in labelled
        if ends or len(lines) >= _MAX_LINES or phrase.top - bottom > max(phrase.size, 6.0):
            break
        if _ruled_off(bottom, phrase, page.rules) or any(_explains(each, phrase, left, beside) for each in page.labels):
            break
        if any(each.x1 < phrase.x0 and side_by_side(each, phrase) for each in unknown):
            break
        if beside is not None and any(_starts_another(each, phrase, beside) for each in page.others) and _is_address(lines):
            break
        if phrase.middle > bottom:
            lines.append(labelled.get(id(phrase)) or _line(phrase, right, page))
            bottom = max(bottom, phrase.bottom)
    return tuple(lines)


def _names_a_door(label: Label, lines: Sequence[Phrase]) -> bool:
    """Whether what could be a label is a line of an address: "Service Warehouse" right over "2105 S K St", both flush."""
    own = label.phrase
    if label.value is not None or label.fields != ("job",) or ":" in own.text:
        return False
    under = [each for each in lines if abs(each.x0 - own.x0) < 1 and 0 < each.middle - own.middle < 1.6 * own.size]
    return any(is_street(each.text) or town_of(each.text) is not None for each in under)


def _starts_another(words: Phrase, phrase: Phrase, label: Phrase) -> bool:
    """Whether words under a block's own label stand beside a line of it, as a label of the next block does."""
    return abs(words.x0 - label.x0) < _FLUSH and words.x1 < phrase.x0 and words is not label and side_by_side(words, phrase)


def _explains(label: Label, phrase: Phrase, left: float, own: Phrase | None) -> bool:
    """Whether a label at the left of the block has this line for its value: "Terms: | Net 30" under "Vendor: | Acme"; without
    a colon where it stands in one line with the block's `own` label."""
    in_line = own is not None and abs(label.phrase.x0 - own.x0) < _FLUSH and label.phrase is not own
    marked = label.phrase.text.rstrip().endswith(":") or in_line
    beside = label.value is None and marked and label.phrase.x1 < left
    return beside and left - label.phrase.x1 < _LABEL_COLUMN and side_by_side(label.phrase, phrase)


def _whole(label: Label) -> tuple[Phrase, ...]:
    """The label's line as it stands, its value included: "VAT No.: DE123456789"."""
    if label.value is None or label.value.words == label.phrase.words:
        return (label.phrase,)
    return (label.phrase, label.value)


def _ruled_off(bottom: float, phrase: Phrase, rules: Sequence[Rule]) -> bool:
    return any(
        not rule.upright and rule.x0 <= phrase.x0 + 5 and rule.x1 >= phrase.x0 + 20 and bottom - 2 <= rule.top <= phrase.top + 2
        for rule in rules
    )


def _line(first: Phrase, right: float, page: Surroundings) -> tuple[Phrase, ...]:
    """`first` and what follows it on its row after a small gap: "12345   Town"."""
    line = [first]
    for phrase in sorted((p for p in page.others if p.x0 > first.x0 and p.x0 < right), key=lambda each: each.x0):
        if side_by_side(line[-1], phrase) and 0 <= phrase.x0 - line[-1].x1 < 2.2 * max(first.size, 6.0):
            line.append(phrase)
    return tuple(line)


def unlabelled_blocks(page: Surroundings, taken: Sequence[Phrase], reach: float) -> list[Block]:
    """Groups of lines above `reach` that belong to nothing else, from the top down: letterhead and envelope window."""
    used = {id(phrase) for phrase in taken}
    free = [phrase for phrase in page.others if id(phrase) not in used and phrase.bottom <= reach]
    free = [piece for phrase in free if not _PRINTED_AT.search(phrase.text) for piece in _by_size(phrase)]
    groups: list[list[Phrase]] = []
    for phrase in sorted(free, key=lambda each: (each.top, each.x0)):
        group = next((group for group in groups if _joins(group[-1], phrase, page)), None)
        if group is None:
            groups.append([phrase])
        else:
            group.append(phrase)
    named = [_untitled(group) for group in groups]
    return [Block(None, tuple((phrase,) for phrase in group)) for group in named if _worded(group)]


def _by_size(phrase: Phrase) -> list[Phrase]:
    """The large name of a letterhead and the small address that follows it on its line, apart."""
    sizes = [word.size for word in phrase.words]
    cut = next((at for at in range(1, len(sizes)) if min(sizes[:at]) > _NAME_SIZE * max(sizes[at:])), None)
    return [phrase] if cut is None else [Phrase.of(phrase.words[:cut]), Phrase.of(phrase.words[cut:])]


def _untitled(group: Sequence[Phrase]) -> Sequence[Phrase]:
    """The group without the paper's title above it; nothing of one whose title stands under a smaller line ("PUBLIC MARKET"
    over "DIRECT ORDER OF PURCHASE")."""
    start = next((at for at, phrase in enumerate(group) if not _is_title(phrase)), len(group))
    rest = group[start:]
    is_heading = len(rest) > 1 and rest[1].size > rest[0].size and _is_title(rest[1])
    return () if is_heading else rest


def _is_title(phrase: Phrase) -> bool:
    """Whether the phrase says that the paper is an order; a company's name may have the word."""
    return COMPANY.search(phrase.text) is None and names_an_order(phrase.text)


def _joins(last: Phrase, phrase: Phrase, page: Surroundings) -> bool:
    aligned = abs(last.x0 - phrase.x0) < 4 or abs(last.centre - phrase.centre) < 6 or abs(last.x1 - phrase.x1) < 4
    near = -2 <= phrase.top - last.bottom <= 0.85 * max(last.size, phrase.size)
    return aligned and near and not _ruled_off(last.bottom, phrase, page.rules)


def _worded(group: Sequence[Phrase]) -> bool:
    return any(sum(letter.isalpha() for letter in phrase.text) >= 3 for phrase in group)


def phrases_of_blocks(blocks: Sequence[Block]) -> list[Phrase]:
    """Every phrase that a block already uses."""
    return [phrase for block in blocks for phrase in block.phrases]
