"""Units as people write them ("Stk.", "pcs", "karton") as UN/ECE Recommendation 20 and 21 codes. The words are in
`words/units.csv`; the codes of electronic messages are in `parsers.codelists`."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

from models.domain.values import UnitCode
from parsers.head_words import kinds_of
from parsers.lexicon import folded, terms

_LONGEST_UNIT = 30
#: What an abbreviation means where it is written, for those that mean something else elsewhere.
_BY_LANGUAGE = {
    "bid": {"fr": "CA", "es": "CA", "it": "CA"},
    "bol": {"es": "BG"},
    "bot": {"es": "BO"},
    "bout": {"fr": "BO"},
    "bt": {"fr": "BX", "it": "BO", "de": "BG"},
    "btl": {"en": "BO"},
    "but": {"pl": "BO"},
    "cas": {"it": "CR"},
    "ct": {"nl": "CT", "de": "CT", "it": "CT", "fr": "CT", "es": "CT"},
    "ds": {"nl": "BX"},
    "em": {"nl": "PL"},
    "ens": {"fr": "SET"},
    "fus": {"it": "DR"},
    "kpl": {"pl": "SET"},
    "lat": {"it": "CA", "es": "CA"},
    "ml": {"en": "MLT", "de": "MLT", "nl": "MLT", "pl": "MLT"},
    "mt": {"it": "MTR", "es": "MTR", "fr": "MTR"},
    "pa": {"it": "PR"},
    "pac": {"it": "PK", "es": "PK"},
    "paa": {"de": "PR"},
    "ris": {"it": "RM"},
    "rot": {"it": "RO"},
    "sc": {"it": "SA", "es": "SA"},
    "sec": {"it": "PL"},
    "tan": {"it": "CA"},
    "zk": {"nl": "SA"},
    "st": {"en": "SET"},
}
#: ASC X12 355 and Recommendation 21: in capitals a code, while "50 ct" counts pieces and "in" leads to a place.
_CAPITALS = {"CT": UnitCode("CT"), "IN": UnitCode("INH")}
_BY_HEAD = tuple(map(UnitCode, ("BX", "CS", "CT", "DZN", "KGM", "LTR", "MTK", "MTQ", "MTR", "PF", "PR", "PX", "RO", "SA", "TNE")))
_SAYS_WANTED = frozenset({"needed", "order"})
#: Units by which goods are weighed or measured, and not counted.
MEASURES = frozenset(map(UnitCode, ("KGM", "GRM", "TNE", "LBR", "LTR", "MTR", "MTK", "MTQ", "MMT", "CMT", "FOT")))
_PACK_OF = re.compile(
    r"([^\W\d][^\d(]*?)\.?\s*(?:\b(?:of|à|á|a|je|zu|de|da|di|van|po|with|mit|avec|con|met|z|x)\s+)?(?:(?<=\s)|\()\d"
)
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
#: "Q'ty (PCS)", "Menge [Stk]", "Qty/pcs": pieces that a head sets apart from its word for quantities.
_PIECES_APART = re.compile(r"(?:[(\[]\s*|/\s?)(?P<unit>[^\W\d_]{2,10}\.?)\s*[)\]]?$")
_BRACKETED = re.compile(r"^([^()]+)\(([^()]*)\)$")


#: Heads of quantities that say nothing but in what is counted: "Stk.", "Pezzi".
_PIECES_ALONE = frozenset({"stk", "stck", "stück", "stueck", "stuck", "pezzi", "stuk", "szt", "sztuk", "pieza", "piece", "pce"})


def _key(text: str) -> str:
    plain = re.sub(r"[^\w²³]+", "", folded(text.replace("²", "2").replace("³", "3")))
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain


@cache
def _units() -> Mapping[str, UnitCode]:
    text = resources.files("parsers").joinpath("words", "units.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    units: dict[str, UnitCode] = {}
    listed = [(UnitCode(row["code"]), row["words"]) for row in rows]
    for code, words in listed:
        for word in terms(words):
            units.setdefault(_key(word), code)
            units.setdefault(_key(word.translate(_WRITTEN_OUT)), code)
    for code, _ in listed:
        units.setdefault(_key(code), code)
    return units


@lru_cache(maxsize=8_192)
def unit_code(text: str, language: str | None = None) -> UnitCode | None:
    """The unit that all of `text` names: "Stk." is C62, "EA(each)" C62, "lfm" MTR, "ctn" CT. None where unknown.

    `language` (ISO 639-1) settles what is written alike and meant differently: "BTL" is a bottle in English, a bag in German.
    """
    if not text or len(text) > _LONGEST_UNIT:
        return None
    if language is not None and (own := _BY_LANGUAGE.get(_key(text), {}).get(language)) is not None:
        return UnitCode(own)
    if match := _BRACKETED.match(text.strip()):
        return unit_code(match[1]) or unit_code(match[2])
    if (code := _CAPITALS.get(text.strip())) is not None:
        return code
    found = _units().get(_key(text))
    if found is None and len(parts := re.split(r"\s*[/|]\s*", text)) == 2:
        first = _units().get(_key(parts[0]))
        return first or (None if parts[0][:1].isdigit() else _units().get(_key(parts[1])))
    return found


@lru_cache(maxsize=1_024)
def unit_of_head(head: str) -> UnitCode | None:
    """The packs or the measure that the head of a column of quantities ends in: "Cases", "Menge kg", "Qty (ltr)"; pieces go
    without saying, unless they are set apart or all that the head says."""
    words = re.findall(r"[^\W\d_]+[23]?", head)
    if any(word.lower() in ("each", "eaches") for word in words):
        return UnitCode("C62")  # said where packs are counted beside them
    apart = _PIECES_APART.search(head.strip())
    if (apart is not None and len(words) > 1 and unit_code(apart["unit"]) == "C62") or _key(head) in _PIECES_ALONE:
        return UnitCode("C62")
    while len(words) > 1 and all(kinds & _SAYS_WANTED for kinds in kinds_of(words[-1]) or [frozenset()]):
        words.pop()  # "Cases required", "Kartons bestellt"
    return next((code for code in _BY_HEAD if words and code == unit_code(words[-1])), None)


@lru_cache(maxsize=8_192)
def pack_unit(text: str, language: str | None = None) -> UnitCode | None:
    """The pack that `text` names before it says what that holds: "doos à 10 stuks", "sac 25 kg", "Karton (12 x 1 l)"."""
    match = _PACK_OF.match(" ".join(text.split()))
    return unit_code(match[1], language) if match is not None else None
