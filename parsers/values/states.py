"""The states of America and the provinces of Canada as addresses abbreviate them, and the lands' letters before codes."""

from __future__ import annotations

from models.domain import us_states

_NAMES = us_states.STATES | {"PR": "Puerto Rico"}  # an address has it where a state stands, though it is none
STATES = frozenset(_NAMES)
STATE_NAMES = {name.lower(): code for code, name in _NAMES.items()}
PROVINCES = frozenset(["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"])
AUSTRALIAN_STATES = {
    "new south wales": "NSW", "victoria": "VIC", "queensland": "QLD", "south australia": "SA", "western australia": "WA",
    "tasmania": "TAS", "australian capital territory": "ACT", "northern territory": "NT",
}  # fmt: skip
#: What stands before a postal code: "D-80331 München".
PREFIXES = {
    "D": "DE", "F": "FR", "I": "IT", "A": "AT", "B": "BE", "E": "ES", "L": "LU", "S": "SE", "N": "NO", "H": "HU", "FL": "LI",
    "FIN": "FI", "SLO": "SI",
    **{code: code for code in ("DK", "CH", "NL", "PL", "AT", "DE", "FR", "IT", "BE", "ES", "CZ", "SK", "FI", "HU", "SE", "LU")},
    **{code: code for code in ("GR", "RO", "HR", "SI", "LT", "LV", "EE", "PT", "BG", "US", "LI", "IE", "RS", "TR", "NO")},
}  # fmt: skip
