"""Where a value was read, so that a person can look at the very place."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, SerializerFunctionWrapHandler, model_serializer
from pydantic.dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Evidence:
    """One place of a document. A long order holds hundreds of thousands, so it has slots and no dictionary.

    `part` names the file or attachment. Then one of: `page` (1-based) with `bbox` (x0, y0, x1, y1 in PDF points from the
    page's top-left corner), `cell` ("Sheet1!C7"), `segment` ("LIN[3]"), `xpath`, or `span` (character offsets, end
    exclusive). `text` holds the words as they stand there.
    """

    part: str
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    cell: str | None = None
    segment: str | None = None
    xpath: str | None = None
    span: tuple[int, int] | None = None
    text: str = ""

    @model_serializer(mode="wrap")
    def _without_absent_places(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in serialize(self).items() if value is not None}

    def place(self) -> str:
        """The place in a few words: "po.pdf, page 1", "LIN[3]", "Sheet1!C7"."""
        where = self.cell or self.segment or self.xpath
        if where is None and self.page is not None:
            where = f"page {self.page}"
        if where is None and self.span is not None:
            where = f"characters {self.span[0]}–{self.span[1]}"
        return f"{self.part}, {where}" if where else self.part


class _Making:
    """Evidence while it is made: its slots are those of `Evidence`, whose name it takes when it is done."""

    __slots__ = ("bbox", "cell", "page", "part", "segment", "span", "text", "xpath")

    part: str
    page: None
    bbox: None
    cell: str | None
    segment: str | None
    xpath: None
    span: None
    text: str


def cell_evidence(part: str, cell: str, text: str) -> Evidence:
    """The evidence of a cell, without validating what is text already: as validation would make it, in a fifth of the time."""
    made = _Making()
    made.part = part
    made.page = made.bbox = made.segment = made.xpath = made.span = None
    made.cell = cell
    made.text = text
    made.__class__ = Evidence  # type: ignore[assignment]
    return made  # type: ignore[return-value]


def segment_evidence(part: str, segment: str, text: str) -> Evidence:
    """The evidence of a segment, in the same way."""
    made = _Making()
    made.part = part
    made.page = made.bbox = made.cell = made.xpath = made.span = None
    made.segment = segment
    made.text = text
    made.__class__ = Evidence  # type: ignore[assignment]
    return made  # type: ignore[return-value]
