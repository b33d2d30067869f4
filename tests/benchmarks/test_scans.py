"""Scans and photos of the benchmark: every layout goes through many devices, and every device sees many layouts."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.capture.by_hand.printouts import FOLDER
from benchmarks.capture.by_hand.reading import facts_of
from benchmarks.capture.case import split_of
from benchmarks.capture.degraded import DEVICES
from benchmarks.capture.native import LAYOUTS
from benchmarks.capture.scans import device_for, devices_of

_PRINTOUTS = [f"printout-{described.stem}" for described in sorted(FOLDER.glob("*.yaml"))]


@pytest.mark.parametrize("layout", range(len(LAYOUTS)))
def test_a_layout_meets_six_devices(layout: int) -> None:
    """What only one device does to it says little about it."""
    met = {device.name: device.source for order in (0, 1) for device in devices_of(layout, order)}
    assert Counter(met.values()) == {"scan": 4, "photo": 2}


def test_every_device_sees_layouts_and_printouts() -> None:
    """None stands there unused."""
    names = {device.name for device in DEVICES}
    assert {device.name for layout in range(len(LAYOUTS)) for device in devices_of(layout, 0)} == names
    assert {device_for(name).name for name in _PRINTOUTS} == names


def test_enough_are_tested_for_the_figures_to_say_something() -> None:
    """A scan more or less of twelve is eight points."""
    drawn = sum(split_of(layout.id) == "test" for layout in LAYOUTS)
    written = [
        facts_of(FOLDER / f"{name.removeprefix('printout-')}.yaml").get("split")
        or split_of(f"printout/{name.removeprefix('printout-')}")
        for name in _PRINTOUTS
    ]
    tested = Counter(device_for(name).source for name, split in zip(_PRINTOUTS, written, strict=True) if split == "test")
    assert 4 * drawn + tested["scan"] >= 40
    assert 2 * drawn + tested["photo"] >= 24
