"""Where a place belongs for VAT, which is not always the country on the map.

Council Directive 2006/112/EC, Articles 5 to 7; Northern Ireland for goods by the Windsor Framework, Article 8; the Swiss
area by Articles 3 and 4 MWSTG and the treaty with Liechtenstein; the Isle of Man by the Value Added Tax Act 1996 (of Tynwald).
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

_BUSINGEN = "78266"

#: Article 6: parts of member states outside the VAT territory, by the beginning of their postal codes. The Canary
#: Islands, Ceuta and Melilla; Busingen and Heligoland; Livigno and Campione d'Italia; the Aland Islands; Mount Athos;
#: the overseas departments with Saint Barthelemy and Saint Martin.
_OUTSIDE = {
    "ES": ("35", "38", "51", "52"),
    "DE": (_BUSINGEN, "27498"),
    "IT": ("23041", "22061"),
    "FI": ("22",),
    "GR": ("63086", "63087"),
    "FR": ("971", "972", "973", "974", "976"),
}
#: Samnaun, outside the Swiss customs area: the law applies to services alone there (Art. 4 Abs. 1 MWSTG).
_OUTSIDE_SWISS = ("7562", "7563")


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


def tax_area(address: Address) -> str:
    """The area within which a delivery is domestic: a member state, "GB" with Northern Ireland and the Isle of Man, "CH"
    with Liechtenstein and Busingen, else the country. A part outside its country's area is an area of its own ("IT-22061")."""
    country, postal_code = str(address.country), normalised_postal_code(address.postal_code)
    if country in {"GB", "XI", "IM"}:
        return "GB"
    if country == "LI" or (country == "DE" and postal_code.startswith(_BUSINGEN)):
        return "CH"
    is_outside = vat_state(address) is None and country in MEMBER_STATES
    if is_outside or (country == "CH" and postal_code.startswith(_OUTSIDE_SWISS)):
        return f"{country}-{postal_code}"
    return vat_state(address) or country
