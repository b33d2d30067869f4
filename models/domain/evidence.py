"""Where a value was read, so that a person can look at the very place."""

from __future__ import annotations

from typing import Any

from pydantic import SerializerFunctionWrapHandler, model_serializer

from models.domain.values import Value


class Evidence(Value):
    """One place of a document.

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
