"""Which rule of Incoterms a value under a label of delivery terms names, by its letters or written out."""

from __future__ import annotations

import re

_INCOTERMS = r"EXW|FCA|FAS|FOB|CFR|CIF|CPT|CIP|DAF|DES|DEQ|DDU|DAT|DAP|DPU|DDP"  # ICC Incoterms 1990 to 2020
_INCOTERM = re.compile(rf"\b({_INCOTERMS})\b(?!\s?\d\d[-/]\d)")  # "CIP 26-014" is a project
#: Written out, as in the delivery terms of some systems.
_INCOTERM_CODES = {
    "ex works": "EXW", "ab werk": "EXW", "franco fabbrica": "EXW", "free carrier": "FCA", "frei frachtführer": "FCA",
    "free alongside ship": "FAS", "free on board": "FOB", "cost and freight": "CFR", "cost insurance and freight": "CIF",
    "carriage paid to": "CPT", "carriage and insurance paid to": "CIP", "delivered at place": "DAP",
    "delivered at place unloaded": "DPU", "delivered duty paid": "DDP", "geliefert verzollt": "DDP",
}  # fmt: skip
_INCOTERM_NAMES = re.compile(rf"\b({'|'.join(sorted(_INCOTERM_CODES, key=len, reverse=True))})\b", re.IGNORECASE)


def rule_in(text: str) -> str | None:
    """One of the ICC's three-letter terms; what else stands in such a field (Prepaid, PPD, FOB destination) is dropped,
    but for the FOB of the American trade, which is FOB as stated."""
    match = _INCOTERM.search(text.upper())
    if match is None:
        match = _INCOTERM_NAMES.search(text)
        return _INCOTERM_CODES[" ".join(match[1].casefold().split())] if match and len(text) <= 80 else None
    return match[1] if len(text) <= 80 else None
