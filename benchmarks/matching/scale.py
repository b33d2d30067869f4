"""Invented catalogues of any size: how long an index takes to build, how much room, and what a line costs."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import psutil
from rapidfuzz import fuzz, process

from benchmarks.matching.retail import mangled
from benchmarks.matching.trigrams import nearest_by_trigrams
from models.ml.index_building import build
from models.ml.item_judge import shipped_judge
from models.ml.item_matcher import ItemMatcher
from models.ml.item_questions import ItemAnswers, ItemQuery
from models.ml.retrieval import ItemIndex
from models.ml.thesaurus import thesaurus
from models.ml.train.invented_goods import invented_goods

_QUERIES, _WARM_UP, _PEER_QUERIES = 600, 100, 40
_SEED = 20261123

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scaled:
    """What was measured at one size; times in CPU seconds or milliseconds, room in MB, the rest shares. `memory` is what the
    process grew by; it can be negative where the process gave back more of the building than the index takes."""

    count: int
    build_seconds: float
    build_wall: float
    disk: float
    memory: float
    mean_ms: float
    p95_ms: float
    first: float
    in_five: float
    order_seconds: float


def measured_scale(count: int, folder: Path) -> tuple[Scaled, tuple[float, float] | None, tuple[float, float] | None]:
    """The figures at a size, and at up to 100,000 those of rapidfuzz over all texts and of pg_trgm: first right, ms a query."""
    place = folder / f"index-{count}"
    started = time.process_time()
    for _ in invented_goods(count, _SEED):
        pass
    inventing = time.process_time() - started
    started, wall = time.process_time(), time.perf_counter()
    build(invented_goods(count, _SEED), place, "benchmark")
    built, built_wall = time.process_time() - started - inventing, time.perf_counter() - wall - inventing
    before = _memory()
    index = ItemIndex(place)
    answers = ItemAnswers(ItemMatcher(index), shipped_judge(), other_words=thesaurus())
    draw = random.Random(_SEED)
    goods = [index.goods(draw.randrange(count)) for _ in range(_QUERIES)]
    asked = [(ItemQuery(None, mangled(draw, one.label)), one.sku) for one in goods]
    told = [(*_timed(partial(answers.answer, query)), sku) for query, sku in asked]
    times = [spent * 1000 for spent, _, _ in told[_WARM_UP:]]
    found = [([one.goods.sku for one in answer.ranked], sku) for _, answer, sku in told]
    scaled = Scaled(
        count=count,
        build_seconds=built,
        build_wall=built_wall,
        disk=sum(file.stat().st_size for file in place.iterdir()) / 1e6,
        memory=_memory() - before,
        mean_ms=float(np.mean(times)),
        p95_ms=float(np.percentile(times, 95)),
        first=_share([ranked[:1] == [sku] for ranked, sku in found]),
        in_five=_share([sku in ranked[:5] for ranked, sku in found]),
        order_seconds=sum(spent for spent, _, _ in told[_WARM_UP:]),
    )
    return (scaled, _peer(index, asked), _trigrams(index, asked)) if count <= 100_000 else (scaled, None, None)


def _peer(index: ItemIndex, asked: Sequence[tuple[ItemQuery, str]]) -> tuple[float, float]:
    goods = [index.goods(row) for row in range(len(index))]
    texts = [one.label.lower() for one in goods]
    right, spent = [], 0.0
    for query, sku in asked[:_PEER_QUERIES]:
        seconds, best = _timed(partial(process.extractOne, query.text.lower(), texts, scorer=fuzz.token_set_ratio))
        spent += seconds
        right.append(best is not None and goods[best[2]].sku == sku)
    return _share(right), spent * 1000 / _PEER_QUERIES


def _trigrams(index: ItemIndex, asked: Sequence[tuple[ItemQuery, str]]) -> tuple[float, float]:
    goods = [index.goods(row) for row in range(len(index))]
    texts = {one.label.lower().replace("\\", " "): one.sku for one in goods}
    found, spent = nearest_by_trigrams(list(texts), [query.text.lower() for query, _ in asked[:_PEER_QUERIES]])
    right = [bool(five) and texts[five[0]] == sku for five, (_, sku) in zip(found, asked, strict=False)]
    return _share(right), spent


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right)


def _memory() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6
