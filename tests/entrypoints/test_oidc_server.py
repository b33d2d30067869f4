"""Signing in at a provider that others wrote, over real connections: what we send is what OpenID Connect asks for."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime

import httpx
import pytest
from fastapi import FastAPI

from entrypoints.oidc import IdentityProvider
from entrypoints.oidc_claims import OidcConfig
from models.domain.people import Role
from tests.fakes.world import World
from tests.stack_at_work import eventually

_ADA = {"sub": "ada", "email": "ada@buyer.example", "email_verified": True, "groups": ["leads"]}


@pytest.fixture
def issuer() -> Iterator[str]:
    """A provider that knows Ada and wants a nonce, on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"]
    process = subprocess.Popen(
        [*command, "--user-claims", json.dumps(_ADA)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: _answers(address) or None, "the identity provider", 30)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _answers(address: str) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(address, trust_env=False).is_success
    return False


async def test_a_person_signs_in_at_a_real_provider(make_app: Callable[..., FastAPI], world: World, issuer: str) -> None:
    """From our page by the provider's form back to our page, with the role that the group gives."""
    world.clock.moment = datetime.now(UTC)
    config = OidcConfig(issuer=issuer, client_id="orderwright", client_secret="any", roles={"leads": Role.APPROVER})
    with httpx.Client(timeout=10, trust_env=False) as http:
        transport = httpx.ASGITransport(app=make_app(provider=IdentityProvider(config, world.clock, http)))
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test") as browser:
            sent = await browser.get("/sign-in/provider", params={"next": "/review"})
            back = http.post(sent.headers["location"], data={"sub": "ada"})
            assert back.headers["location"].startswith("http://gateway.test/sign-in/return?")
            answer = await browser.get(back.headers["location"])
            assert (answer.status_code, answer.headers["location"]) == (303, "/review")
            shown = (await browser.get("/")).text
    assert "<b>ada@buyer.example</b>" in shown
    assert "approver" in shown
