"""References to stored content: payloads carry these, never the content."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from models.domain.values import Value


class BlobRef(Value):
    """Content by its SHA-256 (64 lower-case hex digits), with its media type and its size in bytes."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    media_type: str
    size: int
