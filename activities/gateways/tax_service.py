"""Asks an outside tax service over HTTP: one POST of a TaxQuestionV1, answered by a TaxAnswerV1.

An answer is taken only if it adds up with the order. Quick or not at all: whoever asks has tables to fall back on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import httpx
from pydantic import ValidationError

from models.contracts.tax_service_v1 import TaxAnswerV1, tax_question
from models.domain.errors import Unavailable
from models.domain.sales_order import SalesOrderLine
from models.domain.tax import TaxResult
from models.domain.tax_facts import TaxFacts
from models.domain.values import Currency

#: More than a determination of 999 lines can be.
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class HttpTaxService:
    """Fulfils `activities.decision_ports.TaxService`. It is asked about deliveries to `countries` alone."""

    url: str
    token: str = field(default="", repr=False)
    countries: frozenset[str] = frozenset({"US"})
    timeout_seconds: float = 3.0
    transport: httpx.BaseTransport | None = None

    def knows(self, facts: TaxFacts) -> bool:
        return facts.ship_to.country in self.countries

    def determine(self, facts: TaxFacts, lines: Sequence[SalesOrderLine], currency: Currency) -> TaxResult:
        """Raises `Unavailable` naming the cause: no connection, no 200, too much, not the contract, or sums that do not hold."""
        body = self._asked(tax_question(facts, lines, currency).model_dump_json())
        try:
            answer = TaxAnswerV1.model_validate_json(body)
        except ValidationError as error:
            raise Unavailable(
                f"the tax service {self.url} answered {error.error_count()} things wrong: {_first(error)}"
            ) from error
        self._refuse_other_sums(answer, lines, currency)
        return answer.result()

    def _asked(self, question: str) -> bytes:
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {self.token}"} if self.token else {})}
        try:
            with (
                httpx.Client(timeout=self.timeout_seconds, transport=self.transport) as client,
                client.stream("POST", self.url, content=question, headers=headers) as response,
            ):
                if response.status_code != httpx.codes.OK:
                    raise Unavailable(f"the tax service {self.url} answered {response.status_code}")
                return self._within(response)
        except httpx.HTTPError as error:
            raise Unavailable(f"the tax service {self.url} cannot be asked: {error}") from error

    def _within(self, response: httpx.Response) -> bytes:
        content = bytearray()
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > _MOST_BYTES:
                raise Unavailable(f"the tax service {self.url} answered more than {_MOST_BYTES} bytes")
        return bytes(content)

    def _refuse_other_sums(self, answer: TaxAnswerV1, lines: Sequence[SalesOrderLine], currency: Currency) -> None:
        net = sum((line.net.amount for line in lines if line.net), Decimal(0))
        base = sum((share.base for share in answer.shares), Decimal(0))
        if answer.currency != currency or base != net:
            what = f"{base} {answer.currency} where the order comes to {net} {currency}"
            raise Unavailable(f"the tax service {self.url} taxed {what}")


def tax_service_at(url: str, token: str, countries: str) -> HttpTaxService | None:
    """The service at a URL, asked about deliveries to `countries` (codes separated by commas); None where no URL is given."""
    codes = frozenset(code.strip().upper() for code in countries.split(",") if code.strip())
    return HttpTaxService(url, token, codes) if url else None


def _first(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
