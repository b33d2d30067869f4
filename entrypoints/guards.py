"""What stands before every request: known hosts, bounded bodies and rates, the token, and headers that keep a page harmless."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from entrypoints.backend import Presence
from entrypoints.problems import Problem

REQUESTS_PER_MINUTE = 1200
_CLIENTS = 10_000

#: Nothing from elsewhere, nothing inline, no frames and no forms for others: a document's text can name no code that would run.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guards:
    """ASGI middleware round the whole gateway. `clock` gives monotonic seconds."""

    def __init__(self, app: ASGIApp, presence: Presence, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._presence = presence
        self._rates = RateLimit(REQUESTS_PER_MINUTE, clock)
        # Room for the multipart frame round a document of the full size.
        self._max_body = presence.max_message_bytes + 65_536

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _with_headers(send)
        problem = self._objection(scope, Headers(scope=scope))
        if problem is not None:
            retry = {"Retry-After": "60"} if problem.status_code == 429 else {"Connection": "close"}
            await problem.response(retry)(scope, receive, guarded)
            return
        await self._app(scope, self._bounded(receive), guarded)

    def _objection(self, scope: Scope, headers: Headers) -> Problem | None:
        host = _host(headers.get("host", ""))
        if "*" not in self._presence.hosts and host not in self._presence.hosts:
            step = "Set ORDERWRIGHT_PUBLIC_URL to the address that people use."
            return Problem(421, "unknown_host", "this gateway does not answer to that host name", step)
        client = scope.get("client")
        if not self._rates.allows(client[0] if client else ""):
            return Problem(429, "too_many_requests", f"more than {REQUESTS_PER_MINUTE} requests in a minute", "Wait a minute.")
        length = headers.get("content-length", "0")
        if length.isdigit() and len(length) < 20 and int(length) > self._max_body:
            return self._too_large()
        return None

    def _bounded(self, receive: Receive) -> Receive:
        read = 0

        async def bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._max_body:
                raise self._too_large()
            return message

        return bounded

    def _too_large(self) -> Problem:
        limit = self._presence.max_message_bytes
        return Problem(413, "too_large", f"a document may have {limit:,} bytes and this one has more", "Split it, or send links.")


class RateLimit:
    """So many requests a minute for each client, counted in windows of a minute."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._window = 0
        self._counts: dict[str, int] = {}

    def allows(self, client: str) -> bool:
        window = int(self._clock() // 60)
        if window != self._window or len(self._counts) > _CLIENTS:
            self._window = window
            self._counts.clear()
        self._counts[client] = self._counts.get(client, 0) + 1
        return self._counts[client] <= self._per_minute


def _with_headers(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return guarded


def _host(header: str) -> str:
    """The host of a Host header without its port: "[::1]:8080" is "[::1]"."""
    if header.startswith("["):
        return header.partition("]")[0].lower() + "]"
    return header.partition(":")[0].lower()


def check_bearer(request: Request, token: str) -> None:
    """Raises `Problem` 401 unless the request bears the token. The time taken says nothing about the token."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not _same(given.strip(), token):
        step = "Send the header `Authorization: Bearer TOKEN`; the operator finds the token with `orderwright token`."
        raise Unauthorised("this needs the API token, and none or another one was sent", step)


class Unauthorised(Problem):
    """401 with the challenge that RFC 9110 11.6.1 wants."""

    def __init__(self, detail: str, next_step: str) -> None:
        super().__init__(401, "unauthorised", detail, next_step)

    def response(self, headers: dict[str, str] | None = None) -> Response:
        return super().response({**(headers or {}), "WWW-Authenticate": 'Bearer realm="orderwright"'})


def _same(given: str, token: str) -> bool:
    return bool(token) and hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())
