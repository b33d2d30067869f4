"""The country of a place that our books do not know: named by the document, or taken for the customer's and then told so.

Tax and embargoes follow the country, so one that nobody wrote is never taken in silence.
"""

from __future__ import annotations

import re

from models.domain.display_words import country_words
from models.domain.findings import Finding, Owner, Severity
from models.domain.party import Customer, StatedParty
from models.domain.values import CountryCode

#: How postal codes look, for the countries whose codes have one form. A code of another form means another country.
_FORMS = {
    "AT": r"\d{4}", "BE": r"\d{4}", "CH": r"\d{4}", "CZ": r"\d{3} ?\d{2}", "DE": r"\d{5}", "DK": r"\d{4}", "ES": r"\d{5}",
    "FI": r"\d{5}", "FR": r"\d{5}", "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", "HU": r"\d{4}", "IT": r"\d{5}",
    "LU": r"\d{4}", "NL": r"\d{4} ?[A-Z]{2}", "NO": r"\d{4}", "PL": r"\d{2}-?\d{3}", "PT": r"\d{4}-?\d{3}", "RO": r"\d{6}",
    "SE": r"\d{3} ?\d{2}", "SI": r"\d{4}", "SK": r"\d{3} ?\d{2}", "US": r"\d{5}(?:-\d{4})?",
}  # fmt: skip
#: A prefix such as "A-4020" names the country and is no part of the code.
_PREFIX = re.compile(r"[A-Z]{1,3}-(?=\d)")


def taken_country(stated: StatedParty, customer: Customer) -> CountryCode | None:
    """The country that is stated; the customer's own where none is, for domestic orders leave it out. None where what is
    stated is no country."""
    return CountryCode.parse(stated.country) if stated.country else customer.address.country


def is_assumed(stated: StatedParty) -> bool:
    """Whether the document does not name the country."""
    return stated.country is None or stated.country_is_inferred


def country_note(stated: StatedParty, country: CountryCode) -> str:
    """What people are told of a country that nobody wrote; nothing of one that stands in the document."""
    return f" No country is written there: it is taken for {country_words(country)}." if is_assumed(stated) else ""


def country_findings(stated: StatedParty, customer: Customer, country: CountryCode) -> tuple[Finding, ...]:
    """A question of its own where a country that nobody wrote may well be another one: it is not the customer's, or postal
    codes look otherwise there. The tax would be another too."""
    if not is_assumed(stated):
        return ()
    code = _PREFIX.sub("", (stated.postal_code or "").strip().upper())
    looks_otherwise = bool(code) and re.fullmatch(_FORMS.get(country, ".*"), code) is None
    if country == customer.address.country and not looks_otherwise:
        return ()
    why = (
        f"postal code {code} is none of its"
        if looks_otherwise
        else f"{customer.name} sits in {country_words(customer.address.country)}"
    )
    message = (
        f"The delivery address names no country and is taken for one in {country_words(country)}, though {why}: the tax depends "
        'on it. Give the place with its country, {"ship_to": "Name; Street; Postal code; City; Country"}, or approve it so.'
    )
    finding = Finding(
        code="country_assumed", severity=Severity.ERROR, message=message, field="ship_to", read=stated.postal_code,
        expected=str(country), owner=Owner.TAX,
    )  # fmt: skip
    return (finding,)
