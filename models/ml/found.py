"""Goods that were found for a text, before and after they are judged."""

from __future__ import annotations

from dataclasses import dataclass

from models.ml.comparison import Weighed
from models.ml.descriptions import Described
from models.ml.goods import Goods


@dataclass(frozen=True, slots=True)
class Found:
    """Goods that a text may mean, with their score from 0 to 1 and its reasons. `texts` are theirs, taken apart; `shared` is
    what the index says of how much they have in common with the text: comparable among the goods found for one text;
    `number` is a number of theirs that stands in the text or beside it."""

    goods: Goods
    weighed: Weighed
    texts: tuple[Described, ...]
    shared: float
    number: str | None = None
