"""The VAT territory of the European Union: which places belong to it, and which parts of member states do not.

Council Directive 2006/112/EC, Articles 5 to 7; Northern Ireland for goods by the Windsor Framework, Article 8.
"""

from __future__ import annotations

from models.domain.normalisation import normalised_postal_code
from models.domain.party import Address

MEMBER_STATES = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT",
        "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip

#: Article 6: parts of member states outside the VAT territory, by the beginning of their postal codes. The Canary
#: Islands, Ceuta and Melilla; Busingen and Heligoland; Livigno; the Aland Islands; Mount Athos; the overseas departments.
_OUTSIDE = {
    "ES": ("35", "38", "51", "52"),
    "DE": ("78266", "27498"),
    "IT": ("23041",),
    "FI": ("22",),
    "GR": ("63086", "63087"),
    "FR": ("971", "972", "973", "974", "976"),
}


def vat_state(address: Address) -> str | None:
    """The member state whose VAT territory a place lies in (ISO 3166-1), or None outside the Union.

    Monaco counts as France (Article 7). Northern Ireland counts as "XI", by its postal codes (BT…).
    """
    country, postal_code = str(address.country), normalised_postal_code(address.postal_code)
    if country == "MC":
        return "FR"
    if country == "XI" or (country == "GB" and postal_code.startswith("BT")):
        return "XI"
    if country not in MEMBER_STATES or postal_code.startswith(_OUTSIDE.get(country, ("\0",))):
        return None
    return country
