"""Which warehouse is near a country: distances between rough middles of countries, enough to order warehouses by."""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt

from models.domain.party import Warehouse

_EARTH_RADIUS_KM = 6371.0

#: Latitude and longitude of a country's middle, in whole degrees.
_MIDDLE = {
    "AD": (43, 2), "AE": (24, 54), "AL": (41, 20), "AT": (48, 14), "AU": (-25, 134), "BA": (44, 18), "BE": (51, 5),
    "BG": (43, 25), "BR": (-10, -53), "BY": (54, 28), "CA": (56, -106), "CH": (47, 8), "CN": (35, 103), "CY": (35, 33),
    "CZ": (50, 15), "DE": (51, 10), "DK": (56, 10), "EE": (59, 25), "EG": (27, 30), "ES": (40, -4), "FI": (64, 26),
    "FR": (47, 2), "GB": (54, -2), "GR": (39, 22), "HK": (22, 114), "HR": (45, 16), "HU": (47, 19), "IE": (53, -8),
    "IL": (31, 35), "IN": (22, 79), "IS": (65, -18), "IT": (43, 12), "JP": (36, 138), "KR": (36, 128), "LI": (47, 10),
    "LT": (55, 24), "LU": (50, 6), "LV": (57, 25), "MA": (32, -6), "MC": (44, 7), "MD": (47, 28), "ME": (43, 19),
    "MK": (42, 22), "MT": (36, 14), "MX": (23, -102), "NG": (9, 8), "NL": (52, 5), "NO": (61, 9), "NZ": (-41, 174),
    "PL": (52, 19), "PT": (40, -8), "RO": (46, 25), "RS": (44, 21), "RU": (56, 38), "SA": (24, 45), "SE": (62, 15),
    "SG": (1, 104), "SI": (46, 15), "SK": (49, 19), "TN": (34, 9), "TR": (39, 35), "UA": (49, 31), "US": (39, -98),
    "ZA": (-29, 24),
}  # fmt: skip


def distance_km(one: str, other: str) -> float:
    """The great-circle distance between two countries' middles; half round the world where one is not known."""
    if one == other:
        return 0.0
    if one not in _MIDDLE or other not in _MIDDLE:
        return 20_000.0
    (south, west), (north, east) = _MIDDLE[one], _MIDDLE[other]
    lat, lon = radians(north - south) / 2, radians(east - west) / 2
    chord = sin(lat) ** 2 + cos(radians(south)) * cos(radians(north)) * sin(lon) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(chord))


def nearest_first(warehouses: Sequence[Warehouse], country: str | None) -> tuple[Warehouse, ...]:
    """The warehouses in the country itself, then by distance; equally near ones stay in the order given."""
    if country is None:
        return tuple(warehouses)
    return tuple(sorted(warehouses, key=lambda warehouse: distance_km(warehouse.address.country, country)))
