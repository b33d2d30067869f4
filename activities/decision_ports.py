"""What the decision needs of the world beyond the books, as Protocols: an outside tax service, lists of denied parties,
a trained risk model, what became of earlier
orders, and who signed a mail.

Every method is synchronous and safe to call from several threads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from models.domain.budget_standing import BudgetPolicy, JudgedOrders, OrderKind
from models.domain.risk import ModelRisk
from models.domain.sales_order import SalesOrderLine
from models.domain.screening import Hit, ListVersion
from models.domain.tax import TaxResult
from models.domain.tax_facts import TaxFacts
from models.domain.values import Currency


class TaxService(Protocol):
    """An outside authority on tax, for what our tables do not hold, such as the local taxes of US counties and cities."""

    def knows(self, facts: TaxFacts) -> bool:
        """Whether it is asked about such a delivery at all."""
        ...

    def determine(self, facts: TaxFacts, lines: Sequence[SalesOrderLine], currency: Currency) -> TaxResult:
        """Its determination. Raises `Unavailable` where there is no answer that adds up: our own tables then hold."""
        ...


class PartyScreener(Protocol):
    """Compares names with the lists that the operator loaded last."""

    def versions(self) -> Sequence[ListVersion]:
        """The lists in force; none where none was loaded."""
        ...

    def nearest(self, party: str) -> Sequence[Hit]:
        """The listed names most like a party's, best first, whatever their likeness."""
        ...


class Outcomes(Protocol):
    """What became of orders that nobody but the error budget looked at."""

    def judged(self, kind: OrderKind, policy: BudgetPolicy, now: datetime, excluding: str = "") -> JudgedOrders:
        """How many orders of a kind are known to be right or wrong."""
        ...


class RiskJudge(Protocol):
    """A trained model of what makes orders prove wrong."""

    def judged(self, features: Mapping[str, float], *, is_cold: bool = False) -> ModelRisk:
        """Its word on an order with these features, with exact contributions as reasons."""
        ...


class MailSignatures(Protocol):
    """The domains whose signatures on a mail hold, and those whose do not."""

    @property
    def signed_by(self) -> Sequence[str]: ...

    @property
    def broken(self) -> Sequence[str]: ...


class MailVerifier(Protocol):
    """Verifies a mail's signatures against the keys that its domains publish."""

    def signatures(self, mail: bytes) -> MailSignatures:
        """Raises `Unavailable` where a key cannot be looked up: then nothing is known of the mail."""
        ...
