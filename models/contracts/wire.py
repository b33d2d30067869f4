"""What all values that cross a process's border have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Wire(BaseModel):
    """Frozen, and read tolerantly: the unknown keys of a newer sender are passed over, so that either release reads both."""

    model_config = ConfigDict(frozen=True, extra="ignore")
