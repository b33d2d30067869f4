"""Who pays and who bears what under the delivery terms of an order: the eleven rules of Incoterms 2020 by the ICC.

Older rules that buyers still write (DAT, DAF, DES, DEQ, DDU) are read as the rule of 2020 that took their place.
"""

from __future__ import annotations

import re

from models.domain.findings import Finding, Owner, Severity
from models.domain.values import Value


class Incoterm(Value):
    """What the seller takes on, besides handing over the goods. Everything that is False is the buyer's."""

    code: str
    export_clearance: bool = True
    main_carriage: bool = False
    insurance: bool = False
    unloading: bool = False
    import_clearance: bool = False
    only_by_water: bool = False

    @property
    def burden(self) -> int:
        """How much the seller takes on; terms shift against the seller when it grows."""
        weights = (self.export_clearance, self.main_carriage, self.insurance, self.unloading, self.import_clearance)
        return sum(weight * 2**place for place, weight in enumerate(weights))

    def seller_pays(self) -> tuple[str, ...]:
        """The costs that are the seller's, in words."""
        words = {
            "export clearance": self.export_clearance,
            "main carriage": self.main_carriage,
            "insurance of the carriage": self.insurance,
            "unloading at the destination": self.unloading,
            "import clearance, duty and import tax": self.import_clearance,
        }
        return tuple(name for name, is_sellers in words.items() if is_sellers)


RULES = {
    rule.code: rule
    for rule in (
        Incoterm(code="EXW", export_clearance=False),
        Incoterm(code="FCA"),
        Incoterm(code="FAS", only_by_water=True),
        Incoterm(code="FOB", only_by_water=True),
        Incoterm(code="CPT", main_carriage=True),
        Incoterm(code="CFR", main_carriage=True, only_by_water=True),
        Incoterm(code="CIP", main_carriage=True, insurance=True),
        Incoterm(code="CIF", main_carriage=True, insurance=True, only_by_water=True),
        Incoterm(code="DAP", main_carriage=True),
        Incoterm(code="DPU", main_carriage=True, unloading=True),
        Incoterm(code="DDP", main_carriage=True, import_clearance=True),
    )
}
_FORMER = {"DAT": "DPU", "DAF": "DAP", "DES": "DAP", "DEQ": "DPU", "DDU": "DAP"}


def incoterm(text: str | None) -> Incoterm | None:
    """The rule that a text names ("DAP Linz", "CIF (Incoterms 2010)"), or None."""
    words = re.findall(r"\b[A-Z]{3}\b", (text or "")[:200].upper())
    return next((RULES[code] for word in words if (code := _FORMER.get(word, word)) in RULES), None)


def incoterm_findings(stated: str | None, agreed: str, *, is_export: bool) -> tuple[Finding, ...]:
    """Delivery terms against the agreed ones, and terms that make a delivery abroad ours to prove or to clear."""
    ours, theirs = incoterm(agreed), incoterm(stated)
    if theirs is None:
        return ()
    doubts = []
    if ours is not None and ours.code != theirs.code:
        doubts.append(_shifted(theirs, ours) if theirs.burden > ours.burden else _differs(theirs, ours))
    if is_export and theirs.code == "EXW":
        message = (
            "EXW leaves the export clearance to the buyer, but the exemption needs our proof of export (Art. 146, Art. 131 of "
            "Directive 2006/112/EC): agree FCA, or have the buyer's proof."
        )
        doubts.append(_finding("incoterm_proof", message, theirs, None, Severity.WARNING, Owner.TAX))
    return tuple(doubts)


def _shifted(theirs: Incoterm, ours: Incoterm) -> Finding:
    more = [cost for cost in theirs.seller_pays() if cost not in ours.seller_pays()]
    message = f"The order asks for {theirs.code}, agreed is {ours.code}: we would also pay {', '.join(more)}."
    return _finding("incoterm_shifted", message, theirs, ours, Severity.ERROR, Owner.SALES)


def _differs(theirs: Incoterm, ours: Incoterm) -> Finding:
    less = [cost for cost in ours.seller_pays() if cost not in theirs.seller_pays()]
    what = f": the buyer would pay {', '.join(less)}" if less else ""
    message = f"The order says {theirs.code}, agreed is {ours.code}, which we confirm{what}."
    return _finding("incoterm_differs", message, theirs, ours, Severity.WARNING, Owner.SALES)


def _finding(code: str, message: str, theirs: Incoterm, ours: Incoterm | None, severity: Severity, owner: Owner) -> Finding:
    expected = ours.code if ours else None
    return Finding(
        code=code, severity=severity, message=message, field="incoterm", read=theirs.code, expected=expected, owner=owner
    )
