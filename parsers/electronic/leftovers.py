"""What a message states that the extraction contract has no place for: all of it counted, the first of it listed."""

from __future__ import annotations

from dataclasses import dataclass, field

_LONGEST_LIST = 16_000  # characters of one problem's list
_SHOWN = 300  # characters of one entry


@dataclass(slots=True)
class Leftovers:
    """What was left over of one kind. As much is kept as its list will show: a long order leaves thousands."""

    count: int = 0
    length: int = 0
    texts: list[str] = field(default_factory=list)
    #: Whether more is only counted.
    is_full: bool = False

    def add(self, text: str) -> None:
        """Count one more, and keep it while there is room."""
        self.count += 1
        if self.is_full:
            return
        shown = text[:_SHOWN]
        self.length += len(shown) + 2
        self.is_full = self.length > _LONGEST_LIST
        if not self.is_full:
            self.texts.append(shown)

    def listed(self) -> str:
        """What was kept, and how many more there are."""
        more = self.count - len(self.texts)
        return "; ".join([*self.texts, *([f"and {more} more"] if more else [])])
