"""What the engines saw on a scanned page, kept for the second look: its picture, both readings, and how sure they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.domain.document import Letter, Word
from models.domain.evidence import Evidence

_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A piece of print as the second engine read it: its box in points, and its letters."""

    box: _Box
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page as the engines saw it: a PNG without drawn lines, its resolution, and the words of both readings as one.

    `coarse` where the paper was seen in so few dots that figures and letters alike cannot be told for certain; `first` are the
    words of the first engine alone, where they are others, and `lines` what the second one has read already.
    """

    png: bytes
    dpi: int
    words: tuple[Word, ...]
    coarse: bool = False
    first: tuple[Word, ...] | None = None
    lines: tuple[SeenLine, ...] = ()

    def sureness(self, place: Evidence) -> float:
        """How sure the engines were of what stands at a place, letter by letter; 1 where they read nothing there."""
        here = _within(self.words, place)
        letters = sum(len(word.text) for word in here)
        return sum(word.confidence * len(word.text) for word in here) / letters if letters else 1.0

    def first_text(self, place: Evidence) -> str:
        """What the first engine read at a place."""
        return " ".join(word.text for word in _within(self.words if self.first is None else self.first, place))

    def second_letters(self, place: Evidence) -> tuple[Letter, ...] | None:
        """What the second engine has read at a place already; None where it has not read all of it."""
        x0, top, x1, bottom = place.bbox or (0, 0, 0, 0)
        for line in self.lines:
            left, above, right, below = line.box
            if (
                above - 2 <= (top + bottom) / 2 <= below + 2
                and left - 2 <= x0
                and x1 <= right + 2
                and bottom - top < 1.6 * (below - above)
            ):
                return tuple(letter for letter in line.letters if x0 - 1 <= left + letter.place * (right - left) <= x1 + 1)
        return None


def _within(words: Sequence[Word], place: Evidence) -> list[Word]:
    x0, top, x1, bottom = place.bbox or (0, 0, 0, 0)
    return [word for word in words if x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= (word.top + word.bottom) / 2 <= bottom]
