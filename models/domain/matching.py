"""Which of our records a document means: the front of the matching rules."""

from __future__ import annotations

from models.domain.customer_matching import match_customer
from models.domain.item_matching import (
    ItemLookups,
    asks_history,
    description_likeness,
    is_numbered,
    match_item,
    settles_reading,
    wants_candidates,
)
from models.domain.normalisation import normalised_part_number
from models.domain.ship_to_matching import match_ship_to

__all__ = [
    "ItemLookups",
    "asks_history",
    "description_likeness",
    "is_numbered",
    "match_customer",
    "match_item",
    "match_ship_to",
    "normalised_part_number",
    "settles_reading",
    "wants_candidates",
]
