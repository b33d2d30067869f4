"""A small identity provider that checks what a client must send, and can be told to lie. For tests of the other side of it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import Key, RSAKey

#: What time it is at the provider.
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ISSUER = "https://id.example/tenant"
CLIENT_ID, CLIENT_SECRET = "orderwright", "s3cret/with+signs"


@cache
def rsa_key(name: str) -> RSAKey:
    """The key of that name: made once, because making one takes its time."""
    return RSAKey.generate_key(2048, {"use": "sig"}, auto_kid=True)


@dataclass
class SmallProvider:
    """Answers as `httpx.MockTransport` asks. `twist` changes the claims before they are signed, `metadata` adds to discovery."""

    claims: dict[str, Any] = field(default_factory=lambda: {"email": "ada@buyer.example", "groups": ["desk", "staff"]})
    twist: Callable[[dict[str, Any]], None] = lambda _: None
    metadata: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    is_away: bool = False
    asked: list[str] = field(default_factory=list)
    issued: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = rsa_key("the provider's")
        self.signed_by: Key = self.key

    def sign_in(self, address: str) -> dict[str, str]:
        """What the browser brings back from the authorization endpoint."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        self.issued["code-1"] = asked
        return {"code": "code-1", "state": asked["state"], "iss": ISSUER}

    def answer(self, request: httpx.Request) -> httpx.Response:
        if self.is_away:
            raise httpx.ConnectError("connection refused")
        self.asked.append(request.url.path)
        if request.url.path == "/tenant/.well-known/openid-configuration":
            return httpx.Response(200, json=self._discovery())
        if request.url.path == "/tenant/keys":
            encryption = RSAKey.import_key(self.key.as_dict(private=False) | {"use": "enc", "kid": "other"})
            return httpx.Response(200, json={"keys": [encryption.as_dict(), self.key.as_dict(private=False)]})
        if request.url.path == "/tenant/me":
            assert request.headers["authorization"] == "Bearer an-access-token"
            return httpx.Response(200, json={"sub": "subject-1", **self.userinfo})
        return self._token(request)

    def _discovery(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys", "userinfo_endpoint": "me"}
        return {"issuer": ISSUER, **{name: f"{ISSUER}/{place}" for name, place in places.items()}, **self.metadata}

    def _token(self, request: httpx.Request) -> httpx.Response:
        """RFC 6749 4.1.3, 2.3.1 and RFC 7636 4.6: each code once, by the client that it was issued to."""
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        asked = self.issued.pop(form.get("code", ""), None)
        if asked is None or not self._is_the_client(request, form):
            return httpx.Response(400, json={"error": "invalid_grant", "error_description": "no such code"})
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        assert challenge == asked["code_challenge"]
        assert form["redirect_uri"] == asked["redirect_uri"]
        now = int(NOW.timestamp())
        claims = {"iss": ISSUER, "sub": "subject-1", "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims |= self.claims
        self.twist(claims)
        header = {"alg": "RS256", "kid": self.key.kid, **self.header}
        return httpx.Response(
            200, json={"access_token": "an-access-token", "id_token": jwt.encode(header, claims, self.signed_by)}
        )

    def _is_the_client(self, request: httpx.Request, form: dict[str, str]) -> bool:
        basic = base64.b64encode(f"{CLIENT_ID}:s3cret%2Fwith%2Bsigns".encode()).decode()
        posted = (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
        return request.headers.get("authorization") == f"Basic {basic}" or posted
