"""Doors and pages on top of records in memory."""

from __future__ import annotations

import socket
import sys
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from fastapi import FastAPI

from entrypoints import cli
from entrypoints.api import gateway_app
from entrypoints.backend import Presence
from entrypoints.intake_door import IntakeDoor
from entrypoints.oidc import IdentityProvider
from entrypoints.relay import Relay
from tests.fakes.world import World

TOKEN = "a-token-of-the-tests"
MAX_BYTES = 200_000


def presence(**changes: object) -> Presence:
    values = {
        "api_token": TOKEN,
        "public_url": "http://gateway.test",
        "temporal_ui": "http://temporal.test:8233",
        "namespace": "orders",
        "max_message_bytes": MAX_BYTES,
        "hosts": ("gateway.test",),
    }
    return Presence(**{**values, **changes})  # type: ignore[arg-type]


#: Runs a command: its exit status, and all that it said with single blanks.
Said = Callable[..., tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    def execute(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["orderwright", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), " ".join((said.out + said.err).split())

    return execute


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def relay(world: World) -> Relay:
    return Relay(world.inbox, world.workflows.connect, pause=0.01)


@pytest.fixture
def door(world: World, relay: Relay) -> IntakeDoor:
    return IntakeDoor(blobs=world.blobs, inbox=world.inbox, clock=world.clock, relay=relay)


@pytest.fixture
def make_app(world: World, door: IntakeDoor) -> Callable[..., FastAPI]:
    def make(provider: IdentityProvider | None = None, **changes: object) -> FastAPI:
        return gateway_app(
            records=world.records,
            door=door,
            workflows=world.workflows.connect,
            rehearse=world.rehearse,
            draft=world.draft,
            presence=presence(**changes),
            clock=world.clock,
            provider=provider,
        )

    return make


@pytest.fixture
async def http(make_app: Callable[..., FastAPI]) -> AsyncIterator[httpx.AsyncClient]:
    """A client that bears the token."""
    transport = httpx.ASGITransport(app=make_app())
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test", headers=headers) as client:
        yield client


@pytest.fixture
async def browser(make_app: Callable[..., FastAPI]) -> AsyncIterator[httpx.AsyncClient]:
    """A visitor without any token."""
    transport = httpx.ASGITransport(app=make_app())
    headers = {"Accept": "text/html"}
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test", headers=headers) as client:
        yield client


@pytest.fixture
def listening() -> socket.socket:
    """A bound socket on a free port."""
    return socket.create_server(("127.0.0.1", 0))
