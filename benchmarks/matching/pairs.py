"""Abt-Buy and Amazon-Google (DeepMatcher's split): F1 without training and with the train split."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from pathlib import Path

from models.ml.pair_matching import Pair, Verdict, matched

SETS = ("Abt-Buy", "Amazon-Google")


def read_pairs(folder: Path, split: str) -> list[Pair]:
    """The labelled pairs of a split: two records `COL name VAL value …` and a label, parted by tabs."""
    with gzip.open(folder / f"{split}.txt.gz", "rt", encoding="utf-8") as file:
        return [_pair(line.rstrip("\n")) for line in file]


def _pair(line: str) -> Pair:
    left, right, label = line.split("\t")
    stated = {"id": line, "left": _record(left), "right": _record(right), "label": int(label)}
    return Pair.read(json.dumps(stated), labelled=True)


def _record(text: str) -> dict[str, str]:
    parts = (part.partition(" VAL ") for part in re.split(r"COL ", text)[1:])
    return {name.strip(): value.strip() for name, _, value in parts}


def f1(pairs: Sequence[Pair], verdicts: Sequence[Verdict]) -> float:
    right = sum(verdict.match and bool(pair.is_same) for pair, verdict in zip(pairs, verdicts, strict=True))
    return 2 * right / (sum(verdict.match for verdict in verdicts) + sum(bool(pair.is_same) for pair in pairs))


def measured_pairs(folder: Path, split: str) -> list[tuple[str, float, float]]:
    """Each set with its F1 without training and with the train split."""
    rows = []
    for name in SETS:
        asked, labelled = read_pairs(folder / name, split), read_pairs(folder / name, "train")
        rows.append((name, f1(asked, matched(asked)), f1(asked, matched(asked, labelled))))
    return rows
