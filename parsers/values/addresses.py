"""Postal addresses in one line: where they part into names, streets and towns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from parsers.values.streets import is_door, is_street, is_street_alone, names_street
from parsers.values.towns import SIX, is_county, is_unit_code, parts_before_town, town_of, with_state_codes

_LAST_NUMBER = re.compile(r"[^\W\d].{2,40}\s\d{1,4}\s?[a-zA-Z]?(?:\s?[-/]\s?\d{1,4})?")
_NUMBER_BEFORE_STREET = re.compile(r"\d{1,5}\s?(?:[a-z]|bis|ter|quater)?", re.IGNORECASE)  # "25 bis, chemin du Port"
#: What goes on with a street behind its comma: "Ctra. A-4, km 441", "Calle Sol, nave 7", "Via Roma, interno 3".
_STREET_GOES_ON = re.compile(
    r"(?:km|parc(?:ela)?|nave|n[°º]|n\.(?=\s?\d)|s/n|piso|local|int(?:erno)?|bus|bo[iî]te|bte|lok)\.?\s?[\w,]{0,6}", re.IGNORECASE
)
#: "Talleres Orihuela, S.L. Nave 2": what a comma sets before a company's legal form.
_LEGAL_FORM = re.compile(
    r"(?:S\. ?[AL](?:\. ?[UL])?\.?|S\.? ?R\.? ?L\.?|S\.? ?p\.? ?A\.?|S\.? ?A\.? ?S\.?|S\. ?de R\.? ?L|SAU?|SLU?|Inc|INC|LLC"
    r"|L\.L\.C|Ltd|LTD|Limited|GmbH|AG|B\.?V|N\.?V|Lda|Ltda|s\.r\.o|a\.s|Corp)(?:\.|\b)(?!\d)"
)
_TOWN_AFTER_COMMA = re.compile(rf"[A-Z]{{2}}\.? (?:\d{{5}}(?:-\d{{4}})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)|{SIX}|\d{{1,4}}[a-zA-Z]?")
_LONGEST_ADDRESS = 120
_CALLED_ADDRESS = re.compile(
    r"^\s*(?:addr?|address|adresse|anschrift|adres|dirección|domicilio|indirizzo)\s*\.?\s*:\s*", re.IGNORECASE
)
#: A street, and a town behind its code as it stands on the continent: five figures, 87-100, 3542 AD.
_STREET_THEN_TOWN = re.compile(r"(.{6,80}?)\s+((?:\d{5}|\d{2}-\d{3}|\d{4}\s?[A-Z]{2})\s+[^\W\d].{1,50})")


def holds_address(pieces: Sequence[str]) -> bool:
    """Whether pieces of a line hold a street and a town with its code: a street by its words, or by its house's number right
    before the town ("Waalhaven Z.z. 19", "3089 JH Rotterdam")."""
    towns = [town is not None and town.city is not None for town in map(town_of, pieces)]
    if not any(towns):
        return False
    before = zip(pieces, towns[1:], strict=False)
    numbered = (placed and _LAST_NUMBER.fullmatch(piece) and not is_door(piece) for piece, placed in before)
    return any(is_street_alone(piece) for piece in pieces) or any(numbered)


def _is_county_with_code(piece: str) -> bool:
    """ "Berkshire RG17 0DY", which goes on with the town before its comma."""
    town = town_of(piece)
    return town is not None and town.city is not None and is_county(town.city) and is_unit_code(town.postal_code)


def _street_and_town(piece: str) -> Sequence[str]:
    """ "14 route de Nantes 49300 Cholet", which no comma parts, in two; any other piece as it is."""
    found = _STREET_THEN_TOWN.fullmatch(piece) if len(piece) <= _LONGEST_ADDRESS else None
    if found is None or not is_street(found[1]) or names_street(found[2]) or town_of(found[2]) is None:
        return [piece]
    return [found[1], found[2]]


def pieces_of_line(text: str) -> Sequence[str]:
    """A whole address in one line, at its commas and bars: "Acme Ltd, 4 High Street, Leeds LS1 4AP"."""
    text = _CALLED_ADDRESS.sub("", text)
    split = (piece.strip() for piece in re.split(r"\s*[|;•·]\s*|\s+[–—-]\s+|(?!(?<=\d),\d(?!\d)),\s*", text) if piece.strip())
    pieces = [part for piece in split for part in _street_and_town(piece)]
    joined: list[str] = []
    for piece, following in pairwise([*pieces, ""]):
        # "Springfield, IL 62701" is one town, "Main Street, 12" and "12, rue du Port" one street.
        begins_street = (
            _NUMBER_BEFORE_STREET.fullmatch(piece) and names_street(following) and not names_street("".join(joined[-1:]))
        )
        ends_town = _TOWN_AFTER_COMMA.fullmatch(with_state_codes(piece)) and not begins_street
        ends_town = ends_town or (bool(joined) and _is_county_with_code(piece) and not is_street(joined[-1]))
        goes_on = joined and _STREET_GOES_ON.fullmatch(piece) and names_street(joined[-1])
        goes_on = goes_on or (_LEGAL_FORM.match(piece) and town_of(piece) is None)
        if joined and (goes_on or ends_town or (_NUMBER_BEFORE_STREET.fullmatch(joined[-1]) and names_street(piece))):
            joined[-1] = f"{joined[-1]}, {piece}"
        else:
            joined.append(piece)
    return [part for piece in joined for part in parts_before_town(piece) or (piece,)]
