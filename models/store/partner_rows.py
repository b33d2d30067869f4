"""The columns and keys of what the operator says of electronic partners."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from models.domain.identifiers import CustomerNumber
from models.domain.party import PartnerProfile, PartNumberOwner, PriceMissing
from models.domain.values import UnitCode, Value
from models.store.operator_rows import Code

#: UNCL 7143 and X12 235.
Qualifier = Annotated[str, Field(pattern=r"^[A-Z0-9]{1,3}$")]


class PartnerRow(Value):
    """partners.csv."""

    customer_number: CustomerNumber
    standard: Literal["edifact", "x12"]
    our_id: Code
    our_qualifier: str = ""
    partner_id: Code
    partner_qualifier: str = ""
    version: str = ""

    def profile(self) -> PartnerProfile:
        return PartnerProfile(**dict(self))


class PartnerFile(PartnerRow):
    """partners/NAME.yaml: a partner as in partners.csv, with what was agreed about the answers."""

    name: str = ""
    syntax_acknowledgement: Literal["standard", "999", "none"] = "standard"
    order_acknowledgement: bool = True
    ship_notice: bool = True
    invoice: bool = True
    acknowledge_within_hours: int | None = Field(default=None, ge=1, le=720)
    acknowledged_within_hours: int | None = Field(default=None, ge=1, le=720)
    units: dict[Code, UnitCode] = Field(default_factory=dict)
    part_numbers: dict[Qualifier, PartNumberOwner] = Field(default_factory=dict)
    ship_to_codes: dict[Code, Code] = Field(default_factory=dict)
    price_missing: PriceMissing = "take_ours"
