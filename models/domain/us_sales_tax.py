"""Sales tax of the United States: due where we have nexus, unless a certificate of the customer exempts.

South Dakota v. Wayfair, 585 U.S. 162 (2018). The states' own rates; what counties and cities add is for a tax service.
"""

from __future__ import annotations

from models.domain.findings import Finding, Severity
from models.domain.party import Address
from models.domain.tax import Exemption
from models.domain.tax_facts import TaxFacts
from models.domain.tax_ledger import Judgement, TaxLedger, tax_finding
from models.domain.us_states import STATES, WITHOUT_SALES_TAX, state_code


def to_united_states(facts: TaxFacts, ledger: TaxLedger, export: str) -> Judgement:
    """The tax of a delivery to a US state. `export` says by which law VAT is not due where the goods leave a VAT territory."""
    state = state_code(facts.ship_to.region)
    if state is None:
        named = _named(facts.ship_to)
        return ledger.undetermined(f"the ship-to in the United States names no state ({named!r})")
    category, code = ("G", "VATEX-EU-G") if export else ("O", "")
    if state not in facts.company.nexus_states:
        return ledger.untaxed("us_no_nexus", category, f"{export}no sales tax: the seller has no nexus in {state}", code), ()
    if state in WITHOUT_SALES_TAX:
        return ledger.untaxed("us_no_nexus", category, f"{export}{STATES[state]} levies no sales tax", code), ()
    certificate = next((held for held in facts.exemptions if _exempts(held, facts, state)), None)
    if certificate is not None:
        valid = f"valid to {certificate.valid_to.isoformat()}"
        reason = f"{export}no sales tax in {state}: certificate {certificate.certificate}, {valid}"
        return ledger.untaxed("exempt", "E", reason), ()
    result, findings = ledger.taxed(
        "us_sales_tax",
        lambda name: facts.rate("US", state, name),
        f"{export}sales tax of {state}, where we have nexus",
        f"US-{state} holds on {facts.on.isoformat()}",
    )
    return result, (*findings, *_expired(facts, state))


def _named(ship_to: Address) -> str:
    return ship_to.region.strip() or "empty"


def _exempts(certificate: Exemption, facts: TaxFacts, state: str) -> bool:
    return (
        certificate.customer_number == facts.customer.number
        and certificate.region.upper() == state
        and certificate.valid_from <= facts.on <= certificate.valid_to
    )


def _expired(facts: TaxFacts, state: str) -> tuple[Finding, ...]:
    """A certificate that ended is worth a question: the customer thinks of itself as exempt."""
    held = [one for one in facts.exemptions if one.customer_number == facts.customer.number and one.region.upper() == state]
    if not held:
        return ()
    last = max(held, key=lambda one: one.valid_to)
    message = f"Certificate {last.certificate} for {state} is valid from {last.valid_from} to {last.valid_to}, not on {facts.on}."
    return (tax_finding("exemption_expired", message, severity=Severity.WARNING, read=last.certificate),)
