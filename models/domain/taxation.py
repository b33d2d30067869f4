"""Which tax an order bears and why: VAT at home and across the Union, export, and US sales tax by nexus and certificate.

References are to Council Directive 2006/112/EC and, for dispatch from Germany, to the Umsatzsteuergesetz (UStG). Rates
and certificates are dated tables that the caller loads. Goods only; the place of dispatch decides, not our seat. Supplies
to private buyers abroad (Article 33) are not reckoned: an order without a VAT id is taxed at its origin and asked about.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.display_words import country_words
from models.domain.findings import Finding, Severity
from models.domain.identifiers import VatId
from models.domain.reverse_charge import ARTICLE_194, ARTICLE_194_UNREGISTERED, ReverseChargeRule, rule_for
from models.domain.sales_order import SalesOrderLine
from models.domain.tax import TaxResult
from models.domain.tax_facts import (
    CHECK_HOLDS,
    TaxFacts,
    identifying_state,
    origin_state,
    rate_countries,
    rate_country,
)
from models.domain.tax_ledger import Judgement, TaxLedger, joined, tax_finding
from models.domain.us_sales_tax import to_united_states
from models.domain.values import Currency, Money
from models.domain.vat_territory import tax_area, vat_state

__all__ = ["TaxFacts", "determine_tax", "rate_countries"]

#: What belongs to the United States without being a state: its own tax laws, which no table here knows.
_US_TERRITORIES = frozenset({"AS", "GU", "MP", "PR", "VI"})


def determine_tax(
    facts: TaxFacts, lines: Sequence[SalesOrderLine], currency: Currency
) -> tuple[TaxResult | None, tuple[Finding, ...]]:
    """The order's tax with its legal reason, and the doubts. None while a line has no net amount: there is nothing to tax yet.

    Tax is rounded half up, once per rate of the document (Article 226(9) and (10) ask for amounts per rate) or line by
    line, as the customer's profile or ours says.
    """
    if not lines or any(line.net is None for line in lines):
        return None, ()
    ledger = TaxLedger(lines, currency, facts.customer.tax_rounding or facts.company.tax_rounding)
    result, findings = _judged(facts, ledger)
    return result, (*findings, *_unregistered(facts, result))


def _judged(facts: TaxFacts, ledger: TaxLedger) -> Judgement:
    if facts.ship_to.country == "US":
        export = f"Export: exempt from VAT, {_export_law(facts)}; " if origin_state(facts) else ""
        return to_united_states(facts, ledger, export)
    if facts.ship_from.country == "US" and facts.ship_to.country in _US_TERRITORIES:
        return ledger.undetermined(f"no table holds the tax of {facts.ship_to.country}, a territory of the United States")
    origin, destination = origin_state(facts), vat_state(facts.ship_to)
    if tax_area(facts.ship_from) == tax_area(facts.ship_to):
        return _within_area(facts, ledger, origin)
    if origin and destination:
        return _across_union(facts, ledger, origin, destination)
    return _export(facts, ledger, origin), ()


def _within_area(facts: TaxFacts, ledger: TaxLedger, origin: str | None) -> Judgement:
    country = rate_country(facts.ship_from)
    vat_id = facts.is_identified_in(country)
    law = _article_194(facts, origin)
    if law and vat_id:
        reason = (
            f"Reverse charge: the supplier is not established in {country}, and the customer identified there as {vat_id} "
            f"owes the tax, Art. 194 of Directive 2006/112/EC; {law}"
        )
        return ledger.untaxed("reverse_charge", "AE", reason, "VATEX-EU-AE"), ()
    return _with_reverse_charge_goods(facts, ledger, country) if vat_id else _at_rates(facts, ledger, country, origin)


def _article_194(facts: TaxFacts, origin: str | None) -> str | None:
    """The national law that makes the customer owe what we deliver from stock in a state where we have no seat."""
    if origin is None or origin == facts.company.address.country:
        return None
    if origin in ARTICLE_194_UNREGISTERED and not facts.seller_is_registered_in(origin):
        return ARTICLE_194_UNREGISTERED[origin]
    return ARTICLE_194.get(origin)


def _at_rates(facts: TaxFacts, ledger: TaxLedger, country: str, origin: str | None) -> Judgement:
    law = f", Art. 31 and 32 of Directive 2006/112/EC{_german(facts, '§ 1 Abs. 1 Nr. 1, § 12 UStG')}" if origin else ""
    return _taxed(facts, ledger, f"Domestic supply in {country}{law}", country)


def _taxed(facts: TaxFacts, ledger: TaxLedger, reason: str, country: str) -> Judgement:
    where = f"{country} holds on {facts.on.isoformat()}"
    return ledger.taxed("domestic", lambda category: facts.rate(country, "", category), reason, where)


def _with_reverse_charge_goods(facts: TaxFacts, ledger: TaxLedger, country: str) -> Judgement:
    """Goods whose tax the customer owes, and the rest at its rates. Sums count per rule over the whole order."""
    rules = {line.number: rule for line in ledger.lines if (rule := _goods_rule(facts, line, country))}
    charged: list[SalesOrderLine] = []
    laws: list[str] = []
    for rule in dict.fromkeys(rules.values()):
        goods = ledger.of([line for line in ledger.lines if rules.get(line.number) == rule])
        reached = _reaches(rule, goods.base)
        if reached is None:
            return ledger.undetermined(f"the sum of {rule.from_sum} in {rule.law} is in another currency than the order")
        if reached:
            charged += goods.lines
            laws.append(rule.law)
    if not charged:
        return _at_rates(facts, ledger, country, origin_state(facts))
    reason = f"Reverse charge: the customer, a taxable person in {country}, owes the tax on these goods, {', '.join(laws)}"
    code = "VATEX-EU-AE" if origin_state(facts) else ""
    reversed_part = ledger.of(charged).untaxed("reverse_charge", "AE", reason, code)
    rest = [line for line in ledger.lines if line not in charged]
    if not rest:
        return reversed_part, ()
    taxed, findings = _at_rates(facts, ledger.of(rest), country, origin_state(facts))
    return (taxed if taxed.treatment == "undetermined" else joined(taxed, reversed_part)), findings


def _goods_rule(facts: TaxFacts, line: SalesOrderLine, country: str) -> ReverseChargeRule | None:
    group = facts.group_of(line)
    return rule_for(country, group, facts.on) if group else None


def _reaches(rule: ReverseChargeRule, base: Money) -> bool | None:
    if rule.from_sum is None:
        return True
    return rule.from_sum <= base if rule.from_sum.currency == base.currency else None


def _across_union(facts: TaxFacts, ledger: TaxLedger, origin: str, destination: str) -> Judgement:
    known = facts.customer_id_for(origin, destination)
    if known is None:
        reason = (
            f"Taxed in {origin}: no VAT id of another member state that holds on {facts.on.isoformat()}, so Art. 138(1)(b) of "
            "Directive 2006/112/EC is not met"
        )
        result, findings = _taxed(facts, ledger, reason, rate_country(facts.ship_from))
        return result, (_vat_id_missing(facts, origin, destination), *findings)
    reason = (
        f"Intra-Community supply from {origin} to {destination} to a customer identified as {known.vat_id}: exempt, "
        f"Art. 138(1) of Directive 2006/112/EC{_german(facts, '§ 4 Nr. 1 Buchst. b, § 6a UStG')}"
    )
    doubts = (
        *((_triangulation(known.vat_id, origin, destination),) if identifying_state(known.vat_id) != destination else ()),
        *((_stale(known.vat_id, facts),) if known.checked_on and facts.on - known.checked_on > CHECK_HOLDS else ()),
    )
    return ledger.untaxed("intra_community", "K", reason, "VATEX-EU-IC"), doubts


def _export(facts: TaxFacts, ledger: TaxLedger, origin: str | None) -> TaxResult:
    """Out of the Union, or out of a third country that we dispatch from; import tax falls due on the other side."""
    country = facts.ship_to.country
    if origin and origin != "XI":
        return ledger.untaxed("export", "G", f"Export to {country}: exempt, {_export_law(facts)}", "VATEX-EU-G")
    laws = {"CH": "Art. 23 Abs. 2 Ziff. 1 MWSTG", "GB": "Value Added Tax Act 1994, section 30(6)"}
    law = laws.get(tax_area(facts.ship_from), "the export rules of the country of dispatch")
    return ledger.untaxed("export", "G", f"Export from {facts.ship_from.country} to {country}: exempt, {law}")


def _export_law(facts: TaxFacts) -> str:
    return f"Art. 146(1)(a) of Directive 2006/112/EC{_german(facts, '§ 4 Nr. 1 Buchst. a, § 6 UStG')}"


def _vat_id_missing(facts: TaxFacts, origin: str, destination: str) -> Finding:
    stated = facts.customer.vat_id
    ended = [
        known for known in facts.customer_ids() if not known.holds_on(facts.on) and identifying_state(known.vat_id) != origin
    ]
    if ended:
        span = f"from {ended[0].valid_from or 'ever'} to {ended[0].valid_to or 'further notice'}"
        cause = f"has the VAT id {ended[0].vat_id}, which holds {span} and not on {facts.on.isoformat()}"
    else:
        cause = f"has the VAT id {stated}, which is none of another member state" if stated else "has no VAT id"
    message = (
        f"The goods go to {country_words(destination)}, and {facts.customer.name} {cause}: as it stands the order is taxed in "
        "the country of dispatch. Ask for a VAT id of another member state."
    )
    return tax_finding("vat_id_missing", message, read=stated)


def _triangulation(vat_id: VatId, origin: str, destination: str) -> Finding:
    """Three states: ours, the customer's and the one where the goods arrive."""
    message = (
        f"The goods go from {origin} to {destination}, but the VAT id {vat_id} is of {vat_id.country}: a triangular trade if the "
        f"customer sells them on in {destination} (Art. 141 and 197); else the customer has to show that the acquisition is "
        "taxed where the goods arrive (Art. 41)."
    )
    return tax_finding("triangulation", message, severity=Severity.WARNING, read=vat_id, expected=destination)


def _stale(vat_id: VatId, facts: TaxFacts) -> Finding:
    message = (
        f"The VAT id {vat_id} was last confirmed more than {CHECK_HOLDS.days} days before {facts.on.isoformat()}: confirm it."
    )
    return tax_finding("vat_id_unconfirmed", message, severity=Severity.WARNING, read=vat_id)


def _unregistered(facts: TaxFacts, result: TaxResult) -> tuple[Finding, ...]:
    """A supply that we have to declare in a country where the books know no registration of ours."""
    country = rate_country(facts.ship_from)
    if result.treatment not in {"domestic", "intra_community"} or facts.seller_is_registered_in(country):
        return ()
    message = f"The order is declared in {country}, where our books hold no VAT registration of ours (company.yaml)."
    return (tax_finding("seller_not_registered", message, severity=Severity.WARNING, read=country),)


def _german(facts: TaxFacts, law: str) -> str:
    return f"; {law}" if facts.ship_from.country == "DE" else ""
