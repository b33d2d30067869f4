"""What the activities need of what was learned, as a Protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from models.domain.learning import LearnedFact, Lesson


class LessonBook(Protocol):
    """The lessons that people's decisions taught. Each is kept once by its fact and key, and never changed."""

    def teach(self, lessons: Sequence[Lesson]) -> Sequence[Lesson]:
        """Keep the lessons, all or none; those that were not there already come back."""
        ...

    def about(self, scope: str, keys: Sequence[str]) -> Sequence[LearnedFact]:
        """The facts of a scope (a customer's number, a sender's mailbox) about any of the keys."""
        ...
