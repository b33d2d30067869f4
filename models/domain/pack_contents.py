"""What a buyer says their pack holds, against what ours does: "12 cartons of 6" are not twelve of our cartons of ten."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from models.domain.catalogue import Item
from models.domain.findings import Finding, Severity
from models.domain.purchase_order import PurchaseOrderLine
from models.domain.values import plain

_PIECES = (
    r"(?:pcs?|pieces?|each|units?|st(?:ü|ue)?ck|stk|st|pi[eè]ces?|pces?|pzs?|pezzi|piezas?|uds?|unidades|stuks?|szt(?:uk)?)\b"
)
_PACK = r"(?:box|carton|ctn|case|pack|pk|karton|packung|vpe|gebinde|bo[iî]te|caja|paquete|confezione|scatola|doos|pak|opak\w*)\b"
_HOLDS = re.compile(
    rf"(?:\b(?:of|zu(?: je)?|de|da|di|van|po)\s+|(?<!\w)[àá]\s*)(\d{{1,5}})\s*{_PIECES}"
    rf"|(?<![\d.,])(\d{{1,5}})\s*(?:{_PIECES}\.?)?\s*(?:/|\b(?:per|pro|par|por|na)\s)\s*{_PACK}",
    re.IGNORECASE,
)
#: Codes of a single piece (UN/ECE Rec 20): only what is sold by the piece has packs of pieces.
_SINGLE = frozenset(["C62", "EA", "H87", "PCE"])


def contents_differ(line: PurchaseOrderLine, item: Item, factor: Fraction) -> Finding | None:
    """A question where the line, or its description, gives its pack another number of pieces than the `factor` that we do."""
    described = _said_in(line.description or "")
    is_of_the_goods = described == _said_in(item.description)  # "set of 6 pcs" is what we sell, however many a carton holds
    stated = line.pack_contents or (None if is_of_the_goods else described)
    if stated is None or factor == 1 or Fraction(stated) == factor or item.base_unit not in _SINGLE:
        return None
    ours = plain(Decimal(factor.numerator) / Decimal(factor.denominator))
    return Finding(
        code="pack_contents_differ",
        severity=Severity.ERROR,
        message=f"Line {line.number}: the buyer's {line.unit} holds {plain(stated)} pieces, ours of {item.sku} {ours}: "
        "ask how many pieces are wanted.",
        field=f"lines[{line.number - 1}].unit",
        line=line.number,
        read=plain(stated),
        expected=ours,
    )


def _said_in(description: str) -> Decimal | None:
    said = {found[1] or found[2] for found in _HOLDS.finditer(description[:400])}
    return Decimal(said.pop()) if len(said) == 1 else None
