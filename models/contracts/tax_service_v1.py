"""What we ask an outside tax service, and what it answers. Amounts are decimal strings; dates are ISO 8601."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from models.domain.party import Address
from models.domain.sales_order import SalesOrderLine
from models.domain.tax import TaxResult, TaxShare, TaxTreatment
from models.domain.tax_facts import TaxFacts
from models.domain.values import Currency, Exact, Money


class TaxedLineV1(BaseModel):
    """One line: what it is and its net amount."""

    model_config = ConfigDict(frozen=True)

    number: int
    sku: str
    tax_category: str
    net: Exact


class TaxQuestionV1(BaseModel):
    """An order's facts. Both addresses are complete, because local taxes are told apart by them."""

    model_config = ConfigDict(frozen=True)

    on: date
    currency: Currency
    seller_vat_ids: tuple[str, ...]
    nexus_states: tuple[str, ...]
    customer_number: str
    customer_vat_ids: tuple[str, ...]
    certificates: tuple[str, ...]
    ship_from: Address
    ship_to: Address
    lines: tuple[TaxedLineV1, ...]


class TaxShareV1(BaseModel):
    """One rate's share; `category` is the UNCL 5305 code. `lines` are the numbers of the lines in it, as the question has them: a
    service that knows of several rates says them, so that invoices and credits bear each line's own."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    category: str
    rate: Exact
    base: Exact
    tax: Exact
    lines: tuple[int, ...] = ()


class TaxAnswerV1(BaseModel):
    """The service's determination. `source` names it and its version; it is kept with the order."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    treatment: TaxTreatment
    currency: Currency
    shares: tuple[TaxShareV1, ...]
    reason: str
    reason_code: str = ""
    source: str = ""

    def result(self) -> TaxResult:
        shares = tuple(
            TaxShare(
                category=share.category,
                rate=share.rate,
                base=Money(amount=share.base, currency=self.currency),
                tax=Money(amount=share.tax, currency=self.currency),
                lines=share.lines,
            )
            for share in self.shares
        )
        total = sum((share.tax for share in shares), Money.zero(self.currency))
        words = f"{self.reason} ({self.source})" if self.source else self.reason
        return TaxResult(treatment=self.treatment, shares=shares, total=total, reason=words, reason_code=self.reason_code)


def tax_question(facts: TaxFacts, lines: Sequence[SalesOrderLine], currency: Currency) -> TaxQuestionV1:
    """The question for lines that all have a net amount."""
    return TaxQuestionV1(
        on=facts.on,
        currency=currency,
        seller_vat_ids=(facts.company.vat_id, *(known.vat_id for known in facts.company.vat_registrations)),
        nexus_states=facts.company.nexus_states,
        customer_number=facts.customer.number,
        customer_vat_ids=tuple(known.vat_id for known in facts.customer_ids() if known.holds_on(facts.on)),
        certificates=tuple(held.certificate for held in facts.exemptions if held.valid_from <= facts.on <= held.valid_to),
        ship_from=facts.ship_from,
        ship_to=facts.ship_to,
        lines=tuple(
            TaxedLineV1(number=line.number, sku=line.sku or "", tax_category=line.tax_category, net=line.net.amount)
            for line in lines
            if line.net is not None
        ),
    )
