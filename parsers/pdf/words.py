"""A PDF page's own words and drawn lines, as they are seen: upright, on the page, painted, and once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from models.domain.document import Word
from parsers.page_text import PageText, Rule
from parsers.pdf.letters import Letter, letters_of
from parsers.pdf.rules import drawn_on
from parsers.struck_out import struck_words

_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
#: Fewer words than this may all be codes.
_FEW_WORDS = 15
_PLAIN = str.maketrans({"\u00ad": "-", "\u2011": "-", "\ufffd": None, "\x00": None})
#: Letters whose baselines are this near, in points, stand in one line.
_ONE_LINE = 2.0
#: Hairs shorter than a letter part nothing.
_SHORTEST_RULE = 8.0
#: A gap of this many times a letter's size parts two words.
_WORD_GAP = 0.15


@dataclass(frozen=True, slots=True)
class NativePage:
    """A page's own text, `turned` by so many degrees (clockwise, against how the file shows it) to stand upright.
    `unmapped` letters have no Unicode; `image_share` of the sheet (0 to 1) lies under pictures."""

    text: PageText
    turned: int = 0
    unmapped: int = 0
    image_share: float = 0.0

    @property
    def is_trustworthy(self) -> bool:
        """Whether the text layer says what the page shows: enough letters, few unmapped ones, and words rather than noise."""
        text = "".join(word.text for word in self.text.words)
        if len(text) < 20:
            return False
        private = sum("\ue000" <= letter <= "\uf8ff" or ord(letter) < 32 for letter in text)
        plain = sum(letter.isalnum() for letter in text)
        few = self.unmapped + private < 0.2 * (len(text) + self.unmapped)
        return few and plain > 0.4 * len(text) and _are_words(self.text.words)


def native_page(page: Any, number: int) -> NativePage:
    """The text of a pypdfium2 `page`, whose points count from the shown page's top left once it stands upright."""
    letters, view, unmapped = letters_of(page)
    rules, share = drawn_on(page, view)
    width, height = view.size
    words = shown_words(words_of(letters, number), width, height)
    struck = struck_words(words, rules)
    left = tuple(word for word in words if word not in struck) if struck else words
    text = PageText(number, width, height, left, tuple(filter(_is_long, rules)), struck=struck)
    return NativePage(text, (view.degrees - page.get_rotation()) % 360, unmapped, share)


def _is_long(rule: Rule) -> bool:
    return max(rule.x1 - rule.x0, rule.bottom - rule.top) >= _SHORTEST_RULE


def words_of(letters: Sequence[Letter], number: int) -> Iterator[Word]:
    """The words that `letters` make by their places alone, line by line: the order in a file is seldom that of reading."""
    for line in _lines(letters):
        word: list[Letter] = []
        for letter in line:
            if word and (letter.text.isspace() or _is_apart(word[-1], letter)):
                yield from _word(word, number)
                word = []
            if not letter.text.isspace():
                word.append(letter)
        if word:
            yield from _word(word, number)


def _lines(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    line: list[Letter] = []
    for letter in sorted(letters, key=lambda each: each.top):
        if line and letter.top - line[-1].top > _ONE_LINE:
            yield sorted(line, key=lambda each: each.x0)
            line = []
        line.append(letter)
    if line:
        yield sorted(line, key=lambda each: each.x0)


def _is_apart(before: Letter, letter: Letter) -> bool:
    return (
        letter.x0 - before.x1 > _WORD_GAP * before.run.size or letter.x0 < before.x0 or abs(letter.top - before.top) > _ONE_LINE
    )


def _word(letters: Sequence[Letter], number: int) -> Iterator[Word]:
    text = "".join(letter.text for letter in letters).translate(_PLAIN)
    if not text:
        return
    yield Word(
        text=text,
        page=number,
        x0=letters[0].x0,
        top=min(letter.top for letter in letters),
        x1=max(letter.x1 for letter in letters),
        bottom=max(letter.bottom for letter in letters),
        size=median(letter.run.size for letter in letters),
        bold=2 * sum(letter.run.bold for letter in letters) > len(letters),
    )


def shown_words(words: Iterable[Word], width: float, height: float) -> tuple[Word, ...]:
    """The words that lie on the page: notes to the printer and to other machines are written beside it."""
    return tuple(word for word in words if 0 <= word.x0 + word.x1 <= 2 * width and 0 <= word.top + word.bottom <= 2 * height)


def _are_words(words: Sequence[Word]) -> bool:
    """Whether words can be spoken: a font whose letters map to others makes most of them strings without vowels."""
    spoken = [word.text for word in words if len(word.text) >= 4 and word.text.isalpha() and word.text.isascii()]
    voiced = sum(1 for text in spoken if _VOWEL.search(text))
    return len(spoken) < _FEW_WORDS or voiced > 0.5 * len(spoken)
