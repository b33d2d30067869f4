"""The states of America and the provinces of Canada, as addresses abbreviate and name them."""

from __future__ import annotations

from models.domain import us_states

_NAMES = us_states.STATES | {"PR": "Puerto Rico"}  # an address has it where a state stands, though it is none
STATES = frozenset(_NAMES)
STATE_NAMES = {name.lower(): code for code, name in _NAMES.items()}
PROVINCES = frozenset(["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"])
