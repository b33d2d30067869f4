"""The pick list in the order of the walk: aisle by aisle, up the one and down the next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.domain.shipment import PickTask


def pick_walk(tasks: Sequence[PickTask]) -> tuple[PickTask, ...]:
    """The tasks numbered in a serpentine walk: the aisles that hold picks in sequence, every second one from its far end.

    Bins are named aisle first, then place and level ("A-03-2", "G-08-08-2"); numbers compare as numbers.
    """
    aisles: dict[tuple[tuple[int, int, str], ...], list[PickTask]] = {}
    for task in tasks:
        aisles.setdefault(_parts(task.bin)[:1], []).append(task)
    walk: list[PickTask] = []
    for count, aisle in enumerate(sorted(aisles)):
        walk += sorted(aisles[aisle], key=lambda task: (_parts(task.bin), task.line, task.part), reverse=count % 2 == 1)
    return tuple(task.model_copy(update={"sequence": sequence}) for sequence, task in enumerate(walk, 1))


def _parts(bin_code: str) -> tuple[tuple[int, int, str], ...]:
    """The parts of a bin's name in a form that sorts: figures by value, before letters."""
    parts = re.findall(r"\d+|[^\W\d_]+", bin_code.upper())
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)
