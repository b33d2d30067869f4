"""Numbers of papers: what a text says that stands where an order's number is looked for, and what cannot be one."""

from __future__ import annotations

import re

from parsers.lexicon import split_label
from parsers.values.numbers import NumberStyle, parse_date

_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+){1,5}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[0-9A-Z]{11,30}")
_NO_PAPER = re.compile(  # a time of day, an amount, what a paper is revised to
    r"\b\d{1,2}:\d{2}\b|^\d{1,3}(?:[. ]?\d{3})*,\d{1,2}$|[$€£₹]\s?\d|^\d{1,3}(?:,\d{3})+\.\d{2}$"
    r"|^(?:[^\W\d_]{4,}|[^\W\d_]+\s[^\W\d_]+)\s(?:19|20)\d{2}$"  # "Fiscal Year 2027"
    r"|^(?i:rev(?:ision)?|ver(?:sion)?|amend(?:ment)?|change|page)\b\.?\s?(?:no\.?\s?)?\d{1,3}$"
)
#: A number of which the rest stands elsewhere.
_BREAKS_OFF = re.compile(r"\w-$")
_PHONE = re.compile(r"\+?\(?\d[\d\s()/-]{6,}")
_OTHER_NUMBERS = frozenset({"customer_number", "vendor_number", "vat_id", "quotation_ref", "invoice_ref"})


def paper_number(text: str, style: NumberStyle) -> str | None:
    """A number of a paper: it has a digit, is no date, e-mail, phone or bank account, and no sentence."""
    clean = " ".join(text.split()).strip(" :#.,;")
    clean = re.sub(r"^(?:(?:no|nr|n°|nº|num|number)[.:\s]+|n[.:]\s*)", "", clean, flags=re.IGNORECASE)
    if not any(sign.isdigit() for sign in clean) or len(clean) > 40 or len(clean.split()) > 4 or _BREAKS_OFF.search(clean):
        return None
    if parse_date(clean, style) is not None and not clean.isdecimal():
        return None
    clean = _without_subject(clean)
    if (other := split_label(clean)) is not None and other[0] in _OTHER_NUMBERS:
        return None  # "Bestellung – Kundennummer 2217"
    wordy = sum(1 for word in clean.split() if word.isalpha() and len(word) > 4)
    if (
        _NO_PAPER.search(clean)
        or _EMAIL.search(clean)
        or _is_iban(clean)
        or wordy > 1
        or (clean[0] in "+(" and _PHONE.fullmatch(clean))
    ):
        return None
    return clean


def _without_subject(number: str) -> str:
    """The number without the words behind it that say what is ordered: "26/1873 BV Kita Sonnenschein"."""
    words = number.split()
    if not any(sign.isdigit() for sign in words[0]):
        return number
    ends = next((at for at, word in enumerate(words) if at and word.isalpha() and len(word) > 1), len(words))
    if ends == len(words) - 1 and words[ends].isupper():
        return number  # "0045107 OP": the kind of order, as some systems print it
    return " ".join(words[:ends]).rstrip(",;")


def _is_iban(text: str) -> bool:
    """An international bank account number (ISO 13616) with right check digits (ISO 7064 mod 97-10)."""
    plain = re.sub(r"\s", "", text).upper()
    if not _IBAN.fullmatch(plain):
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1
