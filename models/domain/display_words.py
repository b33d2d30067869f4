"""What codes are called where people read them: units, kinds of documents, doors, tax categories and countries.

A code that stands in no list here is told as it is.
"""

from __future__ import annotations

#: UN/ECE Recommendation 20 and 21 codes.
_UNITS = {
    "C62": "pcs", "H87": "pcs", "EA": "each", "BX": "box", "XBX": "box", "CT": "carton", "XCT": "carton", "PK": "pack",
    "XPK": "pack", "PR": "pair", "SET": "set", "KGM": "kg", "GRM": "g", "TNE": "t", "MTR": "m", "MMT": "mm", "CMT": "cm",
    "LTR": "l", "MLT": "ml", "MTK": "m²", "MTQ": "m³", "RO": "roll", "XRO": "roll", "CEN": "hundred", "MIL": "thousand",
    "DZN": "dozen", "FOT": "ft", "INH": "in", "LBR": "lb", "GLL": "gal", "PA": "packet", "BG": "bag", "XBG": "bag",
    "PF": "pallet", "XPX": "pallet", "RL": "reel",
}  # fmt: skip
_SOURCES = {
    "pdf": "PDF", "scan": "Scan", "image": "Photo", "email": "Mail text", "spreadsheet": "Spreadsheet", "delimited": "CSV",
    "edifact": "EDIFACT", "x12": "X12", "ubl": "UBL", "cxml": "cXML", "orderx": "Order-X", "opentrans": "openTRANS",
    "docx": "Word", "all": "All", "other": "Other",
}  # fmt: skip
_CHANNELS = {"smtp": "mail", "folder": "folder", "http": "HTTP", "temporal": "ERP"}
#: The categories of EN 16931 (UNTDID 5305).
_TAX_CATEGORIES = {
    "S": "taxed", "Z": "zero rate", "E": "exempt", "AE": "reverse charge", "K": "supply to another member state", "G": "export",
    "O": "not taxed here", "L": "Canary Islands", "M": "Ceuta and Melilla",
}  # fmt: skip
#: ISO 3166-1: the members of the European Union, its neighbours, our customers' other countries, and those under embargo.
_COUNTRIES = {
    "AD": "Andorra", "AE": "United Arab Emirates", "AL": "Albania", "AM": "Armenia", "AT": "Austria", "AU": "Australia",
    "AZ": "Azerbaijan", "BA": "Bosnia and Herzegovina", "BE": "Belgium", "BG": "Bulgaria", "BR": "Brazil", "BY": "Belarus",
    "CA": "Canada", "CH": "Switzerland", "CN": "China", "CU": "Cuba", "CY": "Cyprus", "CZ": "Czechia", "DE": "Germany",
    "DK": "Denmark", "EE": "Estonia", "EG": "Egypt", "ES": "Spain", "FI": "Finland", "FR": "France", "GB": "United Kingdom",
    "GE": "Georgia", "GR": "Greece", "HK": "Hong Kong", "HR": "Croatia", "HU": "Hungary", "IE": "Ireland", "IL": "Israel",
    "IN": "India", "IQ": "Iraq", "IR": "Iran", "IS": "Iceland", "IT": "Italy", "JP": "Japan", "KG": "Kyrgyzstan",
    "KP": "North Korea", "KR": "South Korea", "KZ": "Kazakhstan", "LI": "Liechtenstein", "LT": "Lithuania",
    "LU": "Luxembourg", "LV": "Latvia", "LY": "Libya", "MA": "Morocco", "MC": "Monaco", "MD": "Moldova", "ME": "Montenegro",
    "MK": "North Macedonia", "MM": "Myanmar", "MT": "Malta", "MX": "Mexico", "NG": "Nigeria", "NL": "Netherlands",
    "NO": "Norway", "NZ": "New Zealand", "PL": "Poland", "PT": "Portugal", "RO": "Romania", "RS": "Serbia", "RU": "Russia",
    "SA": "Saudi Arabia", "SD": "Sudan", "SE": "Sweden", "SG": "Singapore", "SI": "Slovenia", "SK": "Slovakia",
    "SM": "San Marino", "SY": "Syria", "TN": "Tunisia", "TR": "Türkiye", "UA": "Ukraine", "US": "United States",
    "VA": "Vatican City", "VE": "Venezuela", "YE": "Yemen", "ZA": "South Africa",
}  # fmt: skip


def unit_words(code: str | None) -> str:
    return "" if code is None else _UNITS.get(code, code)


def source_words(name: str) -> str:
    """A kind of document as people call it."""
    return _SOURCES.get(name, name)


def channel_words(name: str) -> str:
    """The door by which something came."""
    return _CHANNELS.get(name, name)


def tax_category_words(code: str) -> str:
    return _TAX_CATEGORIES.get(code, f"category {code}")


def country_words(code: str) -> str:
    """A country with its code, "Belarus (BY)": two letters alone are taken for regions."""
    return f"{_COUNTRIES[code]} ({code})" if code in _COUNTRIES else code
