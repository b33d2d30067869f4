"""Turns the net amounts of an order's lines into shares per rate, rounded as the profile says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal

from models.domain.findings import Finding, Owner, Severity
from models.domain.sales_order import SalesOrderLine
from models.domain.tax import TaxRate, TaxResult, TaxRounding, TaxShare, TaxTreatment
from models.domain.values import Currency, Money, round_half_up

Judgement = tuple[TaxResult, tuple[Finding, ...]]
#: The rate of a category in the country (and state) that taxes, on the day; None where none is loaded.
RateOf = Callable[[str], TaxRate | None]

#: ISO 4217: currencies whose smallest amount is not a hundredth.
_PLACES = {"BHD": 3, "CLP": 0, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "OMR": 3, "TND": 3, "VND": 0}


class TaxLedger:
    """Lines of an order that share a treatment; every line has a net amount in `currency`."""

    def __init__(self, lines: Sequence[SalesOrderLine], currency: Currency, rounding: TaxRounding = "document") -> None:
        self._lines = tuple(lines)
        self._currency = currency
        self._rounding = rounding
        self._nets: defaultdict[str, list[Decimal]] = defaultdict(list)
        for line in self._lines:
            if line.net is not None:
                self._nets[line.tax_category].append(line.net.amount)

    @property
    def lines(self) -> tuple[SalesOrderLine, ...]:
        return self._lines

    @property
    def base(self) -> Money:
        return Money(amount=sum((sum(nets) for nets in self._nets.values()), Decimal(0)), currency=self._currency)

    def of(self, lines: Sequence[SalesOrderLine]) -> TaxLedger:
        """The same profile for a part of the lines."""
        return TaxLedger(lines, self._currency, self._rounding)

    def untaxed(self, treatment: TaxTreatment, category: str, reason: str, reason_code: str = "") -> TaxResult:
        """Every line without tax, for one reason."""
        share = self._share(category, Decimal(0), tuple(self._nets))
        return TaxResult(treatment=treatment, shares=(share,), total=share.tax, reason=reason, reason_code=reason_code)

    def taxed(self, treatment: TaxTreatment, rate_of: RateOf, reason: str, where: str) -> Judgement:
        """Every category at its rate; a category without a rate is a question. `where` says whose rates on which day."""
        found = {category: rate_of(category) for category in self._nets}
        missing = sorted(category for category, rate in found.items() if rate is None)
        if missing:
            return self.undetermined(f"no {' or '.join(missing)} rate of {where}: load it")
        per_rate: defaultdict[Decimal, list[str]] = defaultdict(list)
        for category, rate in found.items():
            if rate is not None:
                per_rate[rate.rate].append(category)
        shares = tuple(self._share("S" if rate else "Z", rate, names) for rate, names in sorted(per_rate.items(), reverse=True))
        sources = ", ".join(sorted({rate.source for rate in found.values() if rate and rate.source}))
        words = f"{reason} ({sources})" if sources else reason
        return TaxResult(treatment=treatment, shares=shares, total=self._total(shares), reason=words), ()

    def undetermined(self, cause: str) -> Judgement:
        """No tax, and the question why."""
        result = TaxResult(treatment="undetermined", shares=(), total=Money.zero(self._currency), reason=cause)
        return result, (tax_finding("tax_undetermined", f"The tax cannot be determined: {cause}."),)

    def _share(self, category: str, rate: Decimal, names: Sequence[str]) -> TaxShare:
        nets = [net for name in names for net in self._nets[name]]
        base = Money(amount=sum(nets, Decimal(0)), currency=self._currency)
        return TaxShare(
            category=category,
            rate=rate,
            base=base,
            tax=self._tax(nets, rate),
            item_categories=tuple(sorted(names)),
            lines=tuple(line.number for line in self._lines if line.tax_category in names),
        )

    def _tax(self, nets: Sequence[Decimal], rate: Decimal) -> Money:
        """Half up: once on the sum (EN 16931, BR-CO-17), or line by line where that is agreed."""
        places = _PLACES.get(self._currency, 2)
        parts = nets if self._rounding == "line" else [sum(nets, Decimal(0))]
        amount = sum((round_half_up(part * rate / 100, places) for part in parts), Decimal(0))
        return Money(amount=round_half_up(amount, max(2, places)), currency=self._currency)

    def _total(self, shares: Sequence[TaxShare]) -> Money:
        return sum((share.tax for share in shares), Money.zero(self._currency))


def joined(taxed: TaxResult, other: TaxResult) -> TaxResult:
    """One result of two parts of an order: the first's treatment, each share with the reason code of its part."""
    shares = tuple(share.model_copy(update={"reason_code": part.reason_code}) for part in (taxed, other) for share in part.shares)
    words = f"{taxed.reason}; {other.reason}"
    return TaxResult(treatment=taxed.treatment, shares=shares, total=taxed.total + other.total, reason=words)


def tax_finding(
    code: str, message: str, *, severity: Severity = Severity.ERROR, read: str | None = None, expected: str | None = None
) -> Finding:
    """A question for the tax desk."""
    return Finding(code=code, severity=severity, message=message, owner=Owner.TAX, read=read, expected=expected)
