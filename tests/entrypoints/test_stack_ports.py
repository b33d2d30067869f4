"""Ports that are taken: which, whose, and what to type."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from entrypoints.stack_ports import Ports, check_ports
from models.domain.errors import Misconfigured


def free_ports() -> Ports:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(5)]
    numbers = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return Ports(*numbers)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_free_ports_pass() -> None:
    """Nothing is said where nothing is wrong."""
    check_ports(free_ports())


def test_a_taken_port_is_named_with_its_purpose_and_both_ways_to_move_it(taken: int) -> None:
    """The flag for one port, PORTS for all."""
    usual = free_ports()
    ports = Ports(usual.temporal, usual.ui, taken, usual.smtp, usual.mail)
    with pytest.raises(Misconfigured) as refusal:
        check_ports(ports)
    words = str(refusal.value)
    assert f"Port {taken}, meant for the order pages and the API, is in use" in words
    assert "--http-port" in words
    assert "make run PORTS=100" in words


def test_every_taken_port_is_named_at_once(taken: int) -> None:
    """Nobody has to try three times."""
    usual = free_ports()
    with socket.create_server(("127.0.0.1", 0)) as other:
        ports = Ports(taken, usual.ui, usual.http, other.getsockname()[1], usual.mail)
        with pytest.raises(Misconfigured) as refusal:
            check_ports(ports)
    assert "--temporal-port" in str(refusal.value)
    assert "--smtp-port" in str(refusal.value)


def test_a_port_that_nobody_will_use_may_be_taken(taken: int) -> None:
    """Somebody else's Temporal may well run where ours would."""
    usual = free_ports()
    check_ports(Ports(taken, usual.ui, usual.http, usual.smtp, usual.mail), unused=frozenset({"temporal"}))


def test_one_port_for_two_parts_is_refused() -> None:
    """Each program needs its own."""
    usual = free_ports()
    with pytest.raises(Misconfigured, match="for another part as well"):
        check_ports(Ports(usual.temporal, usual.ui, usual.http, usual.http, usual.mail))


def test_a_number_that_is_no_port_is_refused() -> None:
    """An offset may lead beyond the last port."""
    with pytest.raises(Misconfigured, match="from 1 to 65535"):
        check_ports(Ports().moved(60_000))


def test_an_offset_moves_every_port() -> None:
    """None is forgotten."""
    assert Ports(1, 2, 3, 4, 5).moved(10) == Ports(11, 12, 13, 14, 15)
