"""The identifiers of the trade, each with its form and, where it has one, its check digit.

GTIN, GLN and SSCC: GS1 General Specifications, section 7.9 (mod-10 check digit). VAT ids: the structures that the
European Commission publishes for VIES; their national checksums are not verified here, only their form.
"""

from __future__ import annotations

import re

from models.domain.values import CheckedText


def gs1_check_digit(digits: str) -> int:
    """The mod-10 digit that completes ASCII `digits` (GS1 General Specifications 7.9.1): weights 3, 1, 3 … from the right."""
    values = digits.encode("ascii").translate(_DIGIT_VALUES)  # bytes add up several times faster than parsed digits
    return -(3 * sum(values[::-2]) + sum(values[-2::-2])) % 10


_DIGIT_VALUES = bytes(max(code - ord("0"), 0) for code in range(256))


def _gs1(raw: str, lengths: tuple[int, ...], name: str) -> str:
    digits = raw if raw.isdigit() else re.sub(r"[\s.\-]", "", raw)
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in lengths:
        raise ValueError(f"{raw!r} is not a {name}: {' or '.join(map(str, lengths))} digits")
    due = gs1_check_digit(digits[:-1])
    if due != int(digits[-1]):
        raise ValueError(f"{raw!r} is not a {name}: its check digit should be {due}")
    return digits


class Gtin(CheckedText):
    """A trade item's number, padded to the 14 digits of a GTIN-14."""

    __slots__ = ()

    @classmethod
    def checked(cls, raw: str) -> str:
        return _gs1(raw, (8, 12, 13, 14), "GTIN").zfill(14)


class Gln(CheckedText):
    """A party's or place's 13-digit number."""

    __slots__ = ()

    @classmethod
    def checked(cls, raw: str) -> str:
        return _gs1(raw, (13,), "GLN")


class Sscc(CheckedText):
    """A logistic unit's 18-digit number."""

    __slots__ = ()

    @classmethod
    def checked(cls, raw: str) -> str:
        return _gs1(raw, (18,), "SSCC")

    @classmethod
    def numbered(cls, company_prefix: str, serial: int, extension: int = 0) -> Sscc:
        """The SSCC of our `serial`-th logistic unit under a GS1 company prefix."""
        width = 16 - len(company_prefix)
        if serial >= 10**width:
            raise ValueError(f"serial {serial} does not fit behind the company prefix {company_prefix}")
        body = f"{extension}{company_prefix}{serial:0{width}d}"
        return cls(body + str(gs1_check_digit(body)))


class CustomerNumber(CheckedText):
    """Our number for a customer."""

    __slots__ = ()


class Sku(CheckedText):
    """Our number for a thing that we stock and sell: the seller part number."""

    __slots__ = ()


class PoNumber(CheckedText):
    """The buyer's number for a purchase order, as stated."""

    __slots__ = ()


class OrderId(CheckedText):
    """The business key of an order and the id of its workflow: `order:{buyer}:{po_number}`."""

    __slots__ = ()

    @classmethod
    def of(cls, buyer: str, po_number: str) -> OrderId:
        """`buyer` is our customer number, or a digest where the buyer is unknown: never a name or an address."""
        return cls(f"order:{buyer}:{normalised_po_number(po_number)}")

    @property
    def rest(self) -> OrderId:
        """The order of the lines that wait while the others of this order go on. No PO number has such a key."""
        return OrderId(f"{self.whole}:rest")

    @property
    def whole(self) -> OrderId:
        """The order that this one is the rest of; itself where it is none."""
        return OrderId(self.removesuffix(":rest"))

    @classmethod
    def checked(cls, raw: str) -> str:
        text = super().checked(raw)
        if not text.startswith("order:") or text.count(":") < 2:
            raise ValueError(f"{raw!r} is not an order id: order:{{buyer}}:{{po_number}}")
        return text


def normalised_po_number(po_number: str) -> str:
    """The number as a key: case, spaces and marks round it do not make another order, leading zeros do."""
    key = re.sub(r"[^0-9A-Za-z./_-]+", "", po_number).strip("./_-").upper()
    return key[:64] or "unnumbered"


_VAT_FORMS = {
    "AT": r"U\d{8}", "BE": r"[01]\d{9}", "BG": r"\d{9,10}", "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}", "DE": r"\d{9}",
    "DK": r"\d{8}", "EE": r"\d{9}", "EL": r"\d{9}", "ES": r"[0-9A-Z]\d{7}[0-9A-Z]", "FI": r"\d{8}", "FR": r"[0-9A-Z]{2}\d{9}",
    "HR": r"\d{11}", "HU": r"\d{8}", "IE": r"\d[0-9A-Z+*]\d{5}[A-Z]{1,2}", "IT": r"\d{11}", "LT": r"(\d{9}|\d{12})",
    "LU": r"\d{8}", "LV": r"\d{11}", "MT": r"\d{8}", "NL": r"\d{9}B\d{2}", "PL": r"\d{10}", "PT": r"\d{9}",
    "RO": r"\d{2,10}", "SE": r"\d{12}", "SI": r"\d{8}", "SK": r"\d{10}", "XI": r"(\d{9}|\d{12})",
    "GB": r"(\d{9}|\d{12}|GD\d{3}|HA\d{3})", "CHE": r"\d{9}(MWST|TVA|IVA)?", "NO": r"\d{9}(MVA)?",
}  # fmt: skip


class VatId(CheckedText):
    """A VAT identification number with its country prefix, without spaces and dots."""

    __slots__ = ()

    @classmethod
    def checked(cls, raw: str) -> str:
        text = re.sub(r"[\s.\-/]", "", raw).upper()
        prefix = "CHE" if text.startswith("CHE") else text[:2]
        form = _VAT_FORMS.get(prefix)
        if form is None or not re.fullmatch(form, text[len(prefix) :]):
            raise ValueError(f"{raw!r} has not the form of a VAT id")
        return text

    @property
    def country(self) -> str:
        """The ISO 3166-1 country of its prefix: Greece writes EL, Northern Ireland XI, Switzerland CHE."""
        return {"EL": "GR", "XI": "GB", "CH": "CH"}.get(self[:2], self[:2])
