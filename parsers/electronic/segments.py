"""The segment that EDIFACT and X12 have in common: a tag, elements of components, and the place where it stood."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.evidence import Evidence, segment_evidence

_SHOWN = 500  # characters of a segment that its evidence quotes
_STRETCH = 8192  # characters that are split into segments at once


def stretch_end(text: str, position: int, terminator: str) -> int:
    """One past the last terminator within a few thousand characters from `position`; `position` itself where there is none."""
    return text.rfind(terminator, position, position + _STRETCH) + 1 or position


class Segment:
    """One segment. Elements and components are counted from 1 as the standards do; the tag is not an element.

    `position` counts from the message's header (UNH, ST) as 1, `occurrence` the segments of the same tag in the message.
    `unterminated` says that its terminator was lost and its end was seen only by the line's end or the next tag.
    """

    # Kept on the class until a segment has its own: a long order has hundreds of thousands of segments.
    position: int | None = None
    occurrence = 1
    unterminated = False
    _evidence: tuple[Evidence, ...] | None = None

    def __init__(
        self, tag: str, elements: Sequence[Sequence[str]], text: str, part: str = "", *, unterminated: bool = False
    ) -> None:
        self.tag = tag
        self.elements = elements
        self.text = text
        self.part = part
        if unterminated:
            self.unterminated = True

    def get(self, element: int, component: int = 1) -> str:
        """The component's text without surrounding blanks, "" where the segment has none."""
        try:
            return self.elements[element - 1][component - 1].strip()
        except IndexError:
            return ""

    def values(self, first: int) -> list[str]:
        """The first components of the elements from `first` on."""
        return [element[0].strip() for element in self.elements[first - 1 :]]

    def components(self, element: int) -> Sequence[str]:
        """All components of an element as they stand, empty where the segment has none."""
        return self.elements[element - 1] if element <= len(self.elements) else ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Its place as evidence: `LIN[3]` is the third LIN of its message."""
        known = self._evidence
        if known is None:
            known = self._evidence = (segment_evidence(self.part, f"{self.tag}[{self.occurrence}]", self.text[:_SHOWN]),)
        return known

    @property
    def place(self) -> str:
        """The place in words for a message: "segment 14 LIN[3]"."""
        number = f"segment {self.position} " if self.position is not None else ""
        return f"{number}{self.tag}[{self.occurrence}]"
