"""The columns of the operator's files that concern tax: rates, certificates, VAT ids, and what the law says of goods."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from models.domain.catalogue import GoodsFlag
from models.domain.identifiers import CustomerNumber, VatId
from models.domain.party import VatRegistration
from models.domain.reverse_charge import GROUPS
from models.domain.tax import Exemption, TaxRate
from models.domain.values import CountryCode, Value
from models.store.operator_rows import Code, Day, Number, TaxCategory, Text


class TaxRateRow(Value):
    """tax_rates.csv: a rate in percent; `region` is a US state or empty."""

    country: CountryCode
    region: Code = ""
    category: TaxCategory
    rate: Annotated[Number, Field(ge=0, le=100)]
    valid_from: Day
    valid_to: Day | None = None
    source: Text

    def tax_rate(self) -> TaxRate:
        return TaxRate(**dict(self))


class ExemptionRow(Value):
    """exemptions.csv: a certificate for one US state."""

    customer_number: CustomerNumber
    region: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    certificate: Code
    valid_from: Day
    valid_to: Day

    def exemption(self) -> Exemption:
        return Exemption(**dict(self))


class VatIdRow(Value):
    """vat_ids.csv: a customer's VAT ids with the days on which they hold and the day of the last confirmation (VIES)."""

    customer_number: CustomerNumber
    vat_id: VatId
    valid_from: Day
    valid_to: Day | None = None
    checked_on: Day | None = None

    def registration(self) -> VatRegistration:
        return VatRegistration(**{name: getattr(self, name) for name in VatRegistration.model_fields})


class GoodsFlagRow(Value):
    """goods_flags.csv: what the law says of a category of items.csv and all beneath it."""

    category: Text
    kind: Literal["reverse_charge", "dual_use", "hazardous"]
    reference: Code
    source: Text

    @model_validator(mode="after")
    def _names_a_known_group(self) -> GoodsFlagRow:
        if self.kind == "reverse_charge" and self.reference not in GROUPS:
            raise ValueError(f"reference {self.reference!r} is no group of reverse-charge goods: {', '.join(sorted(GROUPS))}")
        return self

    def covers(self, category: str) -> bool:
        return category == self.category or category.startswith(f"{self.category} / ")

    def flag(self) -> GoodsFlag:
        return GoodsFlag(kind=self.kind, reference=self.reference)
