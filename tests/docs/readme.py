"""The README as its readers use it: command blocks, inline commands, tables and links."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")

#: The command blocks in the order in which a reader meets them.
BLOCKS: list[str] = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
#: Commands within sentences.
INLINE_MAKE: list[str] = sorted(set(re.findall(r"`(make [^`]+)`", TEXT)))


def named_files() -> list[str]:
    """The paths that the tables and sentences name."""
    return sorted(set(re.findall(r"`([a-z]+/[\w./-]+\.(?:py|yaml|md))`", TEXT)))


def linked_files() -> list[str]:
    """The relative targets of links and pictures."""
    return sorted({target for target in re.findall(r"\]\(([^)]+)\)", TEXT) if "://" not in target})


def journey_rows() -> list[list[str]]:
    """The cells of the journey's table: step, workflow, activity, rule, file."""
    rows = re.findall(r"^\| (.+) \|$", TEXT, re.MULTILINE)
    cells = [row.split(" | ") for row in rows]
    return [row for row in cells if len(row) == 5 and row[0] != "step"]


def code_spans(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)
