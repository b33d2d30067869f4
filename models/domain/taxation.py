"""Which tax an order bears and why: VAT at home and across the Union, export, and US sales tax by nexus and certificate.

References are to Council Directive 2006/112/EC and, for dispatch from Germany, to the Umsatzsteuergesetz (UStG). Rates
and certificates are dated tables that the caller loads. Goods only; the place of dispatch decides, not our seat.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from models.domain.findings import Finding, Owner, Severity
from models.domain.identifiers import VatId
from models.domain.party import Address, Company, Customer
from models.domain.sales_order import SalesOrderLine
from models.domain.tax import Exemption, TaxRate, TaxResult, TaxShare, TaxTreatment
from models.domain.values import CountryCode, Currency, Money, Value
from models.domain.vat_territory import MEMBER_STATES, vat_state

#: States that make a taxable customer identified there liable for what a supplier established elsewhere delivers from
#: stock in the country (Article 194): CGI art. 283-1, Wet OB 1968 art. 12(3), DPR 633/1972 art. 17(2), Ley 37/1992 art. 84.
_ARTICLE_194 = frozenset({"FR", "NL", "IT", "ES"})

_Judgement = tuple[TaxResult, tuple[Finding, ...]]


class TaxFacts(Value):
    """What the law asks about: who sells, who buys, from where to where, on which day, at which rates.

    `rates` are those of the country of dispatch and of the ship-to's country; `exemptions` those of the customer.
    """

    company: Company
    customer: Customer
    ship_from: Address
    ship_to: Address
    on: date
    rates: tuple[TaxRate, ...] = ()
    exemptions: tuple[Exemption, ...] = ()


def determine_tax(
    facts: TaxFacts, lines: Sequence[SalesOrderLine], currency: Currency
) -> tuple[TaxResult | None, tuple[Finding, ...]]:
    """The order's tax with its legal reason, and the doubts. None while a line has no net amount: there is nothing to tax yet.

    Tax is rounded once per rate of the document, half up (Article 226(9) and (10) ask for amounts per rate).
    """
    if not lines or any(line.net is None for line in lines):
        return None, ()
    bases: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.net is not None:
            bases[line.tax_category] += line.net.amount
    ledger = _Ledger(facts, dict(bases), currency)
    if facts.ship_to.country == "US":
        return _to_united_states(facts, ledger)
    origin, destination = vat_state(facts.ship_from), vat_state(facts.ship_to)
    if _is_domestic(facts, origin, destination):
        return _within_country(facts, ledger, origin)
    if origin and destination:
        return _across_union(facts, ledger, origin, destination)
    return _export(facts, ledger, origin), ()


class _Ledger:
    """Turns bases per category into shares, at one rate for all or at the rates of a country."""

    def __init__(self, facts: TaxFacts, bases: dict[str, Decimal], currency: Currency) -> None:
        self._facts = facts
        self._bases = bases
        self._currency = currency

    def untaxed(self, treatment: TaxTreatment, category: str, reason: str, reason_code: str = "") -> TaxResult:
        share = self._share(category, Decimal(0), tuple(self._bases))
        return TaxResult(treatment=treatment, shares=(share,), total=share.tax, reason=reason, reason_code=reason_code)

    def taxed(self, treatment: TaxTreatment, country: CountryCode, region: str, reason: str) -> _Judgement:
        """Every category at its rate of the country (and state) on the day; a category without a rate is a finding."""
        found = {category: self._rate(country, region, category) for category in self._bases}
        missing = sorted(category for category, rate in found.items() if rate is None)
        if missing:
            where = f"{country}-{region}" if region else country
            cause = f"no {' or '.join(missing)} rate of {where} holds on {self._facts.on.isoformat()}: load it"
            return self.undetermined(cause)
        per_rate: defaultdict[Decimal, list[str]] = defaultdict(list)
        for category, rate in found.items():
            if rate is not None:
                per_rate[rate.rate].append(category)
        shares = tuple(self._share("S" if rate else "Z", rate, names) for rate, names in sorted(per_rate.items(), reverse=True))
        total = sum((share.tax for share in shares), Money.zero(self._currency))
        sources = ", ".join(sorted({rate.source for rate in found.values() if rate and rate.source}))
        return TaxResult(
            treatment=treatment, shares=shares, total=total, reason=f"{reason} ({sources})" if sources else reason
        ), ()

    def undetermined(self, cause: str) -> _Judgement:
        result = TaxResult(treatment="undetermined", shares=(), total=Money.zero(self._currency), reason=cause)
        return result, (_finding("tax_undetermined", f"The tax cannot be determined: {cause}."),)

    def _rate(self, country: CountryCode, region: str, category: str) -> TaxRate | None:
        """The latest rate that holds. US states have one rate for what they tax, so other categories fall back to it."""
        wanted = (category, "standard") if country == "US" else (category,)
        holding = [rate for rate in self._facts.rates if (rate.country, rate.region) == (country, region)]
        for name in wanted:
            rates = [rate for rate in holding if rate.category == name and rate.holds_on(self._facts.on)]
            if rates:
                return max(rates, key=lambda rate: rate.valid_from)
        return None

    def _share(self, category: str, rate: Decimal, names: Sequence[str]) -> TaxShare:
        base = sum((self._bases[name] for name in names), Decimal(0))
        tax = Money(amount=base * rate / 100, currency=self._currency).rounded()
        amount = Money(amount=base, currency=self._currency)
        return TaxShare(category=category, rate=rate, base=amount, tax=tax, item_categories=tuple(sorted(names)))


def _is_domestic(facts: TaxFacts, origin: str | None, destination: str | None) -> bool:
    """One VAT territory: Monaco is in France's, Heligoland in none of the Union; Great Britain takes in Northern Ireland."""
    if origin:
        return origin == destination
    return facts.ship_from.country == facts.ship_to.country and (destination is None or destination == "XI")


def _within_country(facts: TaxFacts, ledger: _Ledger, origin: str | None) -> _Judgement:
    country = facts.ship_from.country
    vat_id = VatId.parse(facts.customer.vat_id)
    if origin in _ARTICLE_194 and country != facts.company.address.country and vat_id and vat_id.country == country:
        reason = (
            f"Reverse charge: the supplier is not established in {country}, and the customer identified there as {vat_id} "
            "owes the tax, Art. 194 of Directive 2006/112/EC"
        )
        return ledger.untaxed("reverse_charge", "AE", reason, "VATEX-EU-AE"), ()
    law = f", Art. 31 and 32 of Directive 2006/112/EC{_german(facts, '§ 1 Abs. 1 Nr. 1, § 12 UStG')}" if origin else ""
    return ledger.taxed("domestic", country, "", f"Domestic supply in {country}{law}")


def _across_union(facts: TaxFacts, ledger: _Ledger, origin: str, destination: str) -> _Judgement:
    vat_id = VatId.parse(facts.customer.vat_id)
    identified = _identifying_state(vat_id)
    if vat_id is None or identified is None or identified == origin:
        result, findings = ledger.taxed(
            "domestic",
            facts.ship_from.country,
            "",
            f"Taxed in {origin}: no VAT id of another member state, so Art. 138(1)(b) of Directive 2006/112/EC is not met",
        )
        return result, (_vat_id_missing(facts, destination), *findings)
    reason = (
        f"Intra-Community supply from {origin} to {destination} to a customer identified as {vat_id}: exempt, Art. 138(1) of "
        f"Directive 2006/112/EC{_german(facts, '§ 4 Nr. 1 Buchst. b, § 6a UStG')}"
    )
    third = identified != destination
    return ledger.untaxed("intra_community", "K", reason, "VATEX-EU-IC"), ((_other_state(vat_id, destination),) if third else ())


def _identifying_state(vat_id: VatId | None) -> str | None:
    """The member state (or "XI") that gave the id; None for an id from outside the Union."""
    if vat_id is None:
        return None
    state = "XI" if vat_id.startswith("XI") else vat_id.country
    return state if state == "XI" or state in MEMBER_STATES else None


def _export(facts: TaxFacts, ledger: _Ledger, origin: str | None) -> TaxResult:
    """Out of the Union, or out of a third country that we dispatch from; import tax falls due on the other side."""
    country = facts.ship_to.country
    if origin:
        return ledger.untaxed("export", "G", f"Export to {country}: exempt, {_export_law(facts)}", "VATEX-EU-G")
    laws = {"CH": "Art. 23 Abs. 2 Ziff. 1 MWSTG", "GB": "Value Added Tax Act 1994, section 30(6)"}
    law = laws.get(facts.ship_from.country, "the export rules of the country of dispatch")
    return ledger.untaxed("export", "G", f"Export from {facts.ship_from.country} to {country}: exempt, {law}")


def _export_law(facts: TaxFacts) -> str:
    return f"Art. 146(1)(a) of Directive 2006/112/EC{_german(facts, '§ 4 Nr. 1 Buchst. a, § 6 UStG')}"


def _to_united_states(facts: TaxFacts, ledger: _Ledger) -> _Judgement:
    """Sales tax falls due where we have nexus (South Dakota v. Wayfair, 585 U.S. 162 (2018)), whatever side we dispatch from."""
    state = facts.ship_to.region.strip().upper()
    if len(state) != 2 or not state.isalpha():
        return ledger.undetermined(f"the ship-to in the United States names no state ({facts.ship_to.region or 'empty'!r})")
    export = f"Export: exempt from VAT, {_export_law(facts)}; " if vat_state(facts.ship_from) else ""
    if state not in facts.company.nexus_states:
        category, code = ("G", "VATEX-EU-G") if export else ("O", "")
        return ledger.untaxed("us_no_nexus", category, f"{export}no sales tax: the seller has no nexus in {state}", code), ()
    certificate = next((held for held in facts.exemptions if _exempts(held, facts, state)), None)
    if certificate is not None:
        reason = (
            f"{export}no sales tax in {state}: certificate {certificate.certificate}, valid to {certificate.valid_to.isoformat()}"
        )
        return ledger.untaxed("exempt", "E", reason), ()
    result, findings = ledger.taxed(
        "us_sales_tax", facts.ship_to.country, state, f"{export}sales tax of {state}, where we have nexus"
    )
    return result, (*findings, *_expired(facts, state))


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
    return (_finding("exemption_expired", message, severity=Severity.WARNING, read=last.certificate),)


def _vat_id_missing(facts: TaxFacts, destination: str) -> Finding:
    stated = facts.customer.vat_id
    cause = f"has the VAT id {stated}, which is none of another member state" if stated else "has no VAT id"
    message = (
        f"The goods go to {destination}, and {facts.customer.name} {cause}: as it stands the order is taxed in the country of "
        "dispatch. Ask for a VAT id of another member state."
    )
    return _finding("vat_id_missing", message, read=stated)


def _other_state(vat_id: VatId, destination: str) -> Finding:
    message = (
        f"The goods go to {destination}, but the VAT id {vat_id} is of {vat_id.country}: the customer has to show that the "
        "acquisition is taxed where the goods arrive (Art. 41), or it is a triangular trade (Art. 141)."
    )
    return _finding("vat_id_other_country", message, severity=Severity.WARNING, read=vat_id, expected=destination)


def _german(facts: TaxFacts, law: str) -> str:
    return f"; {law}" if facts.ship_from.country == "DE" else ""


def _finding(
    code: str, message: str, *, severity: Severity = Severity.ERROR, read: str | None = None, expected: str | None = None
) -> Finding:
    return Finding(code=code, severity=severity, message=message, owner=Owner.TAX, read=read, expected=expected)
