"""An outside tax service over HTTP: what is taken of its answers, and what is not."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import pytest

from activities.gateways.tax_service import HttpTaxService
from models.domain.errors import Unavailable
from models.domain.tax_facts import TaxFacts
from models.domain.values import Currency
from tests.domain.made import address, company, customer, money, order_line

USD = Currency("USD")
ANSWER: dict[str, Any] = {
    "treatment": "us_sales_tax",
    "currency": "USD",
    "shares": [{"category": "S", "rate": "8.875", "base": "100.00", "tax": "8.88"}],
    "reason": "New York City",
    "source": "rates of 2026-11",
}


def facts() -> TaxFacts:
    there = address(country="US", region="NY", postal_code="10001", city="New York")
    return TaxFacts(company=company(), customer=customer(), ship_from=address(), ship_to=there, on=date(2026, 11, 23))


def asked(respond: httpx.MockTransport) -> Any:
    service = HttpTaxService("https://tax.example/v1", "secret", transport=respond)
    return service.determine(facts(), [order_line(net=money("100.00", "USD"))], USD)


def answering(**change: Any) -> httpx.MockTransport:
    return httpx.MockTransport(lambda _: httpx.Response(200, json={**ANSWER, **change}))


def test_the_answer_is_the_orders_tax() -> None:
    """With the service's name in its reason."""
    result = asked(answering())
    assert (result.total.amount, result.treatment) == (Decimal("8.88"), "us_sales_tax")
    assert "rates of 2026-11" in result.reason


def test_a_share_that_says_its_lines_holds_for_them() -> None:
    """So that an invoice of two rates bears each line's own."""
    share = ANSWER["shares"][0]
    result = asked(answering(shares=[{**share, "rate": "0", "base": "0.00", "tax": "0.00"}, {**share, "lines": [1]}]))
    found = result.share_of(1, "standard")
    assert found.rate == Decimal("8.875")


def test_the_question_bears_what_local_taxes_turn_on() -> None:
    """Complete addresses, decimal strings, the token."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=ANSWER)

    asked(httpx.MockTransport(answer))
    question = json.loads(seen[0].content)
    assert (question["ship_to"]["postal_code"], question["lines"][0]["net"]) == ("10001", "100.00")
    assert seen[0].headers["Authorization"] == "Bearer secret"


def refused(_: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("connection refused")


@pytest.mark.parametrize(
    ("respond", "cause"),
    [
        (httpx.MockTransport(refused), "cannot be asked: connection refused"),
        (httpx.MockTransport(lambda _: httpx.Response(503)), "answered 503"),
        (httpx.MockTransport(lambda _: httpx.Response(200, text="<html>")), "things wrong"),
        (httpx.MockTransport(lambda _: httpx.Response(200, content=b" " * 1_000_001)), "more than"),
        (answering(shares=[{"category": "S", "rate": 8.875, "base": "100.00", "tax": "8.88"}]), "shares.0.rate"),
        (answering(shares=[]), "taxed 0 USD"),
        (answering(currency="EUR"), "100.00 EUR where the order comes to 100.00 USD"),
    ],
)
def test_what_does_not_add_up_is_no_answer(respond: httpx.MockTransport, cause: str) -> None:
    """No connection, an error, a page, too much, a JSON number, other sums, another currency."""
    with pytest.raises(Unavailable, match=cause):
        asked(respond)


def test_only_some_deliveries_are_asked_about() -> None:
    """By the country they go to."""
    service = HttpTaxService("https://tax.example/v1")
    assert service.knows(facts())
    assert not service.knows(facts().model_copy(update={"ship_to": address()}))
