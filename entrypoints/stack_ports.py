"""The ports of the running stack: which part uses which, and words that help where one is taken."""

from __future__ import annotations

import errno
import socket
from dataclasses import asdict, dataclass

from models.domain.errors import Misconfigured

_HOST = "127.0.0.1"
#: Who listens on each port, for people.
_USES = {
    "temporal": "the Temporal server",
    "ui": "the Temporal UI",
    "http": "the order pages and the API",
    "smtp": "the SMTP door",
    "mail": "the demo's mailbox",
}


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports that the stack listens on, all on this machine alone."""

    temporal: int = 7233
    ui: int = 8233
    http: int = 8080
    smtp: int = 2525
    mail: int = 2526

    def moved(self, offset: int) -> Ports:
        """All of them, that much higher."""
        return Ports(**{name: port + offset for name, port in asdict(self).items()})


def check_ports(ports: Ports, *, unused: frozenset[str] = frozenset()) -> None:
    """Raises `Misconfigured` naming every port that cannot be opened, what it is for and how to move it.

    `unused` names the ports that nobody will listen on this time.
    """
    wanted = {name: port for name, port in asdict(ports).items() if name not in unused}
    troubles = [trouble for name, port in wanted.items() if (trouble := _trouble(name, port, wanted))]
    if troubles:
        raise Misconfigured("\n".join([*troubles, "Or move all ports at once: make run PORTS=100 adds 100 to each."]))


def _trouble(name: str, port: int, wanted: dict[str, int]) -> str | None:
    flag = f"--{name}-port"
    free = port + 1000 if port + 1000 < 65536 else port - 1000
    move = f'move it: make run ARGS="{flag} {free}" (python -m stack {flag} {free}).'
    if not 0 < port < 65536:
        return f"Port {port} for {_USES[name]} is none: give {flag} a number from 1 to 65535."
    if list(wanted.values()).count(port) > 1:
        return f"Port {port} is meant for {_USES[name]} and for another part as well; {move}"
    reason = _reason(port)
    return f"Port {port}, meant for {_USES[name]}, {reason}; {move}" if reason else None


def _reason(port: int) -> str | None:
    """Why nobody can listen there now, or None."""
    try:
        # Sets SO_REUSEADDR on POSIX, as the programs themselves do: a port that was closed a moment ago is free.
        socket.create_server((_HOST, port)).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return "is in use by another program"
        return f"cannot be opened ({error.strerror})"
    return None
