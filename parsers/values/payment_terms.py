"""The words in which an order says when it is paid, parted from what the same line says behind them."""

from __future__ import annotations

import re

_FULL_STOP = re.compile(
    r"(?:(?<=[^\W\d_]{4})|(?<=\d%)|(?<=\bnet)|(?<=\bEOM)|(?<=\bFDM))\.\s+(?=[^\W\d_a-z])|(?<=\d)\.\s+(?=[^\W\d_a-z][^\W\d_A-Z])"
)
#: What goes on to speak of paying: "30 Tage netto. Bei Zahlung binnen 10 Tagen 2 % Skonto".
_OF_TERMS = re.compile(
    r"\d\s?%|skonto|escompte|sconto|discount|pay|zahl|pagament|pago\b|paie|règl|betal|płatn|net\b|netto|invoice|rechnung|fattura|factur",
    re.IGNORECASE,
)


def payment_terms(text: str) -> str | None:
    """The terms as stated, in one line; None for an address of the web, or what is no text of 2 to 200 signs."""
    clean = _first_sentence(" ".join(text.split())).strip(" :;")
    if "://" in clean or clean.casefold().startswith("www."):
        return None
    return clean if 2 <= len(clean) <= 200 and re.search(r"[^\W\d]|\d", clean) else None


def _first_sentence(text: str) -> str:
    """Up to the full stop behind a word, where another sentence follows that speaks of no days or shares."""
    for stop in _FULL_STOP.finditer(text[:1000]):
        addressed = "@" in text[stop.end() : stop.end() + 80]  # "Rechnungen an einkauf@…"
        if re.search(r"\d", text[: stop.start()]) and (addressed or not _OF_TERMS.search(text[stop.end() : stop.end() + 40])):
            return text[: stop.start()]
    return text
