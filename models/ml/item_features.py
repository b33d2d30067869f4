"""What is measured of a text and the goods found for it, as numbers that a trained judge weighs.

Nothing here depends on the words of a trade, only on how well they agree: what was learnt on one catalogue holds for others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from models.ml.comparison import Gaps, Parts
from models.ml.descriptions import Described
from models.ml.found import Found

#: Rivals whose scores lie within this of one's own are near.
_NEAR = 0.15
_DIGITS = re.compile(r"\d+")
#: More than this much ahead of the next is simply ahead.
_FAR_AHEAD = 10.0

FEATURES = (
    "score", *Parts._fields, *Gaps._fields, "ahead", "shared", "shared_ahead", "shared_below_best", "words_sorted",
    "words_shared", "letters", "letters_within", "asked_words", "asked_sizes", "asked_length", "text_length", "singles",
    "numbers_lacked", "numbers_spare", "numbers_met", "near_rivals", "rivals_have",
)  # fmt: skip


def features(asked: Described, found: Sequence[Found]) -> NDArray[np.float32]:
    """A row of `FEATURES` for each of the goods found."""
    return np.array([_row(asked, found, one) for one in found], dtype=np.float32).reshape(-1, len(FEATURES))


def _row(asked: Described, found: Sequence[Found], one: Found) -> tuple[float, ...]:
    # The same thing under another number is no rival: which of the two is meant cannot be told by words.
    rivals = [other for other in found if other is not one and other.goods.texts != one.goods.texts]
    rival_score = max((other.weighed.score for other in rivals), default=0.0)
    rival_shared = max((other.shared for other in rivals), default=0.0)
    asked_numbers, own_numbers = _numbers(asked.text), frozenset[str]().union(*(_numbers(text.text) for text in one.texts))
    texts = [text.text for text in one.texts]
    text = texts[0] if len(texts) == 1 else max(texts, key=lambda text: fuzz.ratio(asked.text, text), default="")
    return (
        one.weighed.score,
        *one.weighed.parts,
        *one.weighed.gaps,
        one.weighed.score - rival_score,
        one.shared,
        min(one.shared / rival_shared, _FAR_AHEAD) if rival_shared else _FAR_AHEAD,
        one.shared / max(rival_shared, one.shared, 1e-6),
        fuzz.token_sort_ratio(asked.text, text) / 100,
        fuzz.token_set_ratio(asked.text, text) / 100,
        fuzz.ratio(asked.text, text) / 100,
        fuzz.partial_ratio(asked.text, text) / 100,
        len(asked.words),
        len(asked.sizes),
        len(asked.text),
        len(text),
        _singles(asked.text, text),
        len(asked_numbers - own_numbers),
        len(own_numbers - asked_numbers),
        len(asked_numbers & own_numbers),
        sum(other.weighed.score >= one.weighed.score - _NEAR for other in rivals),
        sum(any(word not in other.weighed.missed for other in rivals) for word in one.weighed.missed),
    )


@lru_cache(maxsize=10_000)
def _numbers(text: str) -> frozenset[str]:
    return frozenset(_DIGITS.findall(text))


def _singles(asked: str, text: str) -> float:
    """Whether letters that stand alone agree: 1 where they do, -1 where they differ, 0 where one side has none."""
    mine, ours = (frozenset(word for word in _bare(side) if len(word) == 1 and word.isalpha()) for side in (asked, text))
    if not mine or not ours:
        return 0.0
    return 1.0 if mine & ours else -1.0


def _bare(text: str) -> list[str]:
    return [word.strip("\"'().,;:") for word in text.split()]
