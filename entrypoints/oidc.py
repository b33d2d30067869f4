"""Signing in at the company's identity provider: OpenID Connect, authorization code flow with PKCE (RFC 6749, RFC 7636).

An attempt keeps nothing here: all that belongs to it is derived from a secret in the browser's own cookie.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

import httpx

from activities.ports import Clock
from entrypoints.oidc_claims import OidcConfig, claim_at, person_of, verified_claims
from entrypoints.problems import Problem
from models.domain.people import Person

_KEPT = timedelta(minutes=10)
_MOST_BYTES = 1_000_000
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to sign in: a secret, and the page to go on to."""

    secret: str
    after: str

    @classmethod
    def new(cls, after: str) -> Attempt:
        return cls(secrets.token_urlsafe(32), after)

    @classmethod
    def of_cookie(cls, text: str) -> Attempt | None:
        secret, dot, after = text.partition(".")
        return cls(secret, unquote(after)) if dot and len(secret) >= 43 else None

    @property
    def cookie(self) -> str:
        return f"{self.secret}.{quote(self.after, safe='')}"

    @property
    def state(self) -> str:
        return self._derived("state")

    @property
    def nonce(self) -> str:
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        return self._derived("verifier")

    @property
    def challenge(self) -> str:
        """S256 of RFC 7636 4.2."""
        return base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()

    def _derived(self, use: str) -> str:
        return hmac.new(self.secret.encode("utf-8", "replace"), use.encode(), "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for: `subject` is theirs for ever, the person's name and role are as of now."""

    subject: str
    person: Person


class IdentityProvider:
    """The provider of `config`, asked over `http`, which must have a timeout and follow no redirects."""

    def __init__(self, config: OidcConfig, clock: Clock, http: httpx.Client) -> None:
        self._config = config
        self._clock = clock
        self._http = http
        self._found: tuple[datetime, dict[str, Any]] | None = None

    @property
    def issuer(self) -> str:
        return self._config.issuer

    @property
    def name(self) -> str:
        return urlsplit(self._config.issuer).netloc

    def address(self, attempt: Attempt, return_to: str) -> str:
        """Where the browser is sent to sign in. Raises `Problem` 503 where the provider does not answer as it should."""
        asked = {
            "response_type": "code",
            "client_id": self._config.client_id,
            "redirect_uri": return_to,
            "scope": self._config.scopes,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        endpoint = str(self._metadata()["authorization_endpoint"])
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"

    def vouched(self, attempt: Attempt | None, answer: Mapping[str, str], return_to: str) -> Vouched:
        """Who came back with this answer. Raises `Problem` with what is wrong."""
        if attempt is None or not hmac.compare_digest(answer.get("state", "").encode("utf-8", "replace"), attempt.state.encode()):
            raise _not_signed_in("this answer belongs to no sign-in that this browser began")
        if answer.get("iss", self.issuer) != self.issuer:  # RFC 9207
            raise _not_signed_in("this answer comes from another identity provider than the one that was asked")
        if not answer.get("code"):
            said = (answer.get("error_description") or answer.get("error") or "nothing")[:200]
            raise _not_signed_in(f"the identity provider signed nobody in; it said: {said}")
        metadata = self._metadata()
        tokens = self._tokens(metadata, answer["code"], attempt.verifier, return_to)
        keys = self._asked("GET", metadata["jwks_uri"])
        claims = verified_claims(tokens.get("id_token"), keys, self._config, attempt.nonce, self._clock.now())
        return Vouched(str(claims["sub"]), person_of(self._completed(claims, metadata, tokens), self._config))

    def _completed(self, claims: dict[str, Any], metadata: dict[str, Any], tokens: dict[str, Any]) -> dict[str, Any]:
        """With what only the UserInfo endpoint tells, where something is missing (OpenID Connect Core 1.0, 5.3.2)."""
        wanted = (self._config.name_claim, self._config.role_claim)
        endpoint, access = metadata.get("userinfo_endpoint"), tokens.get("access_token")
        if not endpoint or not access or all(claim_at(claims, each) is not None for each in wanted):
            return claims
        more = self._asked("GET", _safe_endpoint(endpoint), headers={"Authorization": f"Bearer {access}"})
        return {**more, **claims} if more.get("sub") == claims["sub"] else claims

    def _tokens(self, metadata: dict[str, Any], code: str, verifier: str, return_to: str) -> dict[str, Any]:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": return_to, "code_verifier": verifier}
        client_id, secret = self._config.client_id, self._config.client_secret
        if not secret:
            return self._asked("POST", metadata["token_endpoint"], data={**form, "client_id": client_id})
        if "client_secret_basic" in metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
            # Form-encoded before it is encoded: RFC 6749 2.3.1.
            login = (quote(client_id, safe=""), quote(secret, safe=""))
            return self._asked("POST", metadata["token_endpoint"], data=form, auth=login)
        return self._asked("POST", metadata["token_endpoint"], data={**form, "client_id": client_id, "client_secret": secret})

    def _metadata(self) -> dict[str, Any]:
        """What the provider says of itself (OpenID Connect Discovery 1.0, 4), kept for some minutes."""
        now = self._clock.now()
        if self._found is None or now - self._found[0] > _KEPT:
            found = self._asked("GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self.issuer:
                raise self._away(f"it calls itself {str(found.get('issuer'))[:100]!r}")
            for name in _ENDPOINTS:
                found[name] = _safe_endpoint(found.get(name))
            self._found = (now, found)
        return self._found[1]

    def _asked(self, method: str, address: str, **how: Any) -> dict[str, Any]:
        """The provider's answer, which is a JSON object. Raises `Problem` 503 where it is none, or none comes."""
        try:
            with self._http.stream(method, address, **{"headers": {"Accept": "application/json"}, **how}) as answer:
                body = b""
                for part in answer.iter_bytes():
                    body += part
                    if len(body) > _MOST_BYTES:
                        raise self._away("its answer is too long")
        except httpx.HTTPError as error:
            raise self._away(str(error) or type(error).__name__) from error
        try:
            said = json.loads(body)
        except (ValueError, RecursionError):
            said = None
        if not answer.is_success or not isinstance(said, dict):
            why = said.get("error_description") or said.get("error") if isinstance(said, dict) else None
            raise self._away(f"{urlsplit(address).path} answered {answer.status_code} {str(why or '')[:200]}".rstrip())
        return said

    def _away(self, why: str) -> Problem:
        step = "Try again; while it is away, orders can be decided on the command line and in the Temporal UI."
        return Problem(503, "provider_away", f"the identity provider {self.name} does not answer as it should: {why}", step)


def _safe_endpoint(address: object) -> str:
    """An endpoint that is encrypted on its way, or stays on this machine. Raises `Problem` 503 for another."""
    parts = urlsplit(address) if isinstance(address, str) else None
    if parts is None or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)):
        step = "The operator checks ORDERWRIGHT_OIDC_ISSUER and the provider."
        why = f"the identity provider names the endpoint {str(address)[:100]!r}, which is not https"
        raise Problem(503, "provider_away", why, step)
    return str(address)


def _not_signed_in(why: str) -> Problem:
    return Problem(401, "not_signed_in", why, "Sign in again.")
