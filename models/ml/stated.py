"""Lines of JSON as people and programs state them: one object a line, of bounded length."""

from __future__ import annotations

import json
from typing import Any

_LONGEST_LINE = 1_000_000


def stated_object(line: str) -> dict[str, Any]:
    """The object that a line holds. Raises ValueError with the cause."""
    if len(line) > _LONGEST_LINE:
        raise ValueError(f"the line has {len(line)} characters, more than the {_LONGEST_LINE} that are read")
    try:
        stated = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"the line is no JSON: {error}") from error
    if not isinstance(stated, dict):
        raise ValueError("the line is no JSON object")
    return stated
