"""The words of invented workbooks: labels, heads of columns, units and remarks in seven languages, as clerks write them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

_Words = Mapping[str, Mapping[str, str]]


@cache
def _sections() -> Mapping[str, _Words]:
    found: Mapping[str, _Words] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return found


def heads_of(role: str, language: str) -> list[str]:
    """How a column is headed."""
    return _sections()["heads"][role][language].split(";")


def labels_of(name: str, language: str) -> list[str]:
    """How a field of the head or foot is labelled; also titles and remarks."""
    return _sections()["labels"][name][language].split(";")


def units_of(code: str, language: str) -> list[str]:
    """How a unit (UN/ECE Rec 20) is written."""
    return _sections()["units"][code][language].split(";")
