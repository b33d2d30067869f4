"""What a person typed into the fields of a PDF, wrote on it or struck out in it: all of it is part of the page that is read."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium_c

#: Annotations that show text or take it back (ISO 32000-1 12.5.6): typed comments, the fields of forms, strokes.
_SHOWING = (
    pdfium_c.FPDF_ANNOT_WIDGET,
    pdfium_c.FPDF_ANNOT_FREETEXT,
    pdfium_c.FPDF_ANNOT_STRIKEOUT,
    pdfium_c.FPDF_ANNOT_LINE,
)
_MOST_LOOKED_AT = 2000


def with_filled_fields(document: Any, number: int) -> Any:
    """Page `number` (from 1) of a pypdfium2 document, with the looks of its fields and typed comments painted on it."""
    page = document[number - 1]
    if not _shows_fields(page):
        return page
    pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
    page.close()
    return document[number - 1]


def _shows_fields(page: Any) -> bool:
    for place in range(min(pdfium_c.FPDFPage_GetAnnotCount(page), _MOST_LOOKED_AT)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, place)
        if not annotation:
            continue
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if kind in _SHOWING:
            return True
    return False
