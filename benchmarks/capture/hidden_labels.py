"""Heads of drawn and written orders of which one label is hidden from the reader's lists: what the vote on labels that no list
holds is trained and judged on. What each label names is what the reader makes of it where it is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from unittest.mock import patch

from benchmarks.capture.case import Case, Split
from benchmarks.capture.run import EXTENSIONS, RECEIVED
from parsers.layout import order as order_reader
from parsers.layout.blocks import labelled_blocks
from parsers.layout.label_words import Label
from parsers.layout.page_parts import HeadOfOrder, PageParts
from parsers.layout.pair_votes import SHAPES, open_pairs
from parsers.layout.pairs import Pair
from parsers.page_text import Phrase
from parsers.reading import read_document

_ALL_SHAPES = frozenset(shape for shapes in SHAPES.values() for shape in shapes)
_Again = Callable[[Sequence[PageParts]], HeadOfOrder]


@dataclass(frozen=True, slots=True)
class Hidden:
    """The first page of an order, its head read without one label: `field` is what the label names and `said` its words, `pair`
    what it makes with its value. In a page as it is (`field` is empty), nothing is hidden."""

    layout: str
    split: Split
    language: str
    sheet: PageParts
    head: HeadOfOrder
    field: str = ""
    said: str = ""
    pair: Pair | None = None


def heads_of(case: Case) -> list[Hidden]:
    """The document's first page as it is, and with each of its labels hidden that stands by a value."""
    found: list[Hidden] = []

    def seen(sheets: Sequence[PageParts], head: HeadOfOrder, again: _Again) -> tuple[Sequence[PageParts], HeadOfOrder]:
        if sheets:
            found.append(Hidden(case.layout, case.split, case.language, sheets[0], head))
            found.extend(_hidden(found[-1], again))
        return sheets, head

    with patch.object(order_reader, "with_votes", seen):
        read_document(case.content, f"document{EXTENSIONS.get(case.source, '')}", ocr=None, received_at=RECEIVED)
    return found


def _hidden(whole: Hidden, again: _Again) -> Iterator[Hidden]:
    for label in whole.sheet.surroundings.labels:
        if len(label.fields) != 1 or any(sign.isdigit() for sign in label.phrase.text):
            continue
        sheet, phrase = without_label(whole.sheet, label)
        head = again([sheet])
        value = _value_of(label, whole)
        pairs = [pair for pair in open_pairs(sheet, head, _ALL_SHAPES) if pair.words is phrase]
        pair = next((pair for pair in pairs if value(pair)), None)
        if pair is not None:
            said = label.phrase.text.partition(":")[0].strip()
            yield Hidden(whole.layout, whole.split, whole.language, sheet, head, label.fields[0], said, pair)


def without_label(sheet: PageParts, label: Label) -> tuple[PageParts, Phrase]:
    """The page as it were if no list held the label, and its phrase there."""
    page = sheet.surroundings
    phrase = label.phrase
    if label.value is not None:
        text = phrase.text if phrase.words == label.value.words else f"{phrase.text.rstrip(': ')}: {label.value.text}"
        phrase = replace(Phrase.of(dict.fromkeys((*phrase.words, *label.value.words))), text=text)
    bare = replace(page, labels=[each for each in page.labels if each is not label], others=[*page.others, phrase])
    return replace(sheet, surroundings=bare, blocks=tuple(labelled_blocks(bare))), phrase


def _value_of(label: Label, whole: Hidden) -> Callable[[Pair], bool]:
    """Whether a pair holds what the reader takes for the label's value."""
    texts = {each.value.text for own in whole.head.values for each in own if each.label == label.phrase.text}
    block = next((block for block in whole.sheet.blocks if block.label is label.phrase), None)
    first = {phrase.text for phrase in block.lines[0]} if block is not None else set()
    return lambda pair: pair.value.text in texts or pair.value.text in first


def said_as(hidden: Hidden, words: str) -> PageParts:
    """The page with the hidden label in other words."""
    assert hidden.pair is not None
    old = hidden.pair.words
    text = words + old.text[len(hidden.pair.label) :]
    page = hidden.sheet.surroundings
    others = [replace(each, text=text) if each is old else each for each in page.others]
    bare = replace(page, others=others)
    return replace(hidden.sheet, surroundings=bare, blocks=tuple(labelled_blocks(bare)))
