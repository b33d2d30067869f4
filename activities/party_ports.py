"""What the activities need to find customers among very many, as a Protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from models.domain.party import Customer, StatedParty


class CustomerDirectory(Protocol):
    """Finds the customers that are worth comparing with what a document states."""

    def shortlist(self, stated: StatedParty, sender: str, also: Sequence[str] = ()) -> Sequence[Customer]:
        """The customers whom any number or address speaks for, those with the likest names and mail domains, and those of the
        numbers `also`: whoever is none of them cannot be meant."""
        ...
