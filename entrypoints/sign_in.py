"""Who is at the browser: local people with hashed passwords, sessions that the store keeps, and proof that a form is ours.

Until the operator registers the first person, any name with the API token as password signs in as operator. Where an identity
provider is set, it vouches for everybody, and passwords open nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from fastapi import Request
from fastapi.responses import Response

from activities.ports import Clock
from entrypoints.backend import People
from entrypoints.guards import RateLimit
from entrypoints.problems import Problem
from models.domain.errors import Rejected
from models.domain.people import Person, Role, checked_name, name_key

COOKIE = "orderwright_session"
_LIFE = timedelta(hours=12)
_ATTEMPTS_PER_MINUTE = 10
_MOST_FORM_BYTES = 1_000_000

_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """The password's Argon2id hash (RFC 9106). ValueError where it is shorter than ten characters."""
    if not 10 <= len(password) <= 500:
        raise ValueError("a password has 10 to 500 characters")
    return _hasher.hash(password)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at a page: `person` is None for somebody unknown, `form_key` proves that a form came from our page."""

    person: Person | None = None
    form_key: str = ""


class SignIn:
    """Signs people in and out and knows them again. `token` is the gateway's API token, `issuer` the identity provider's
    address where there is one."""

    def __init__(self, people: People, clock: Clock, token: str, *, is_secure: bool, issuer: str = "") -> None:
        self._people = people
        self._clock = clock
        self._token = token
        self._is_secure = is_secure
        self._issuer = issuer
        self._attempts = RateLimit(_ATTEMPTS_PER_MINUTE, lambda: clock.now().timestamp())
        # Checked where the name is unknown, so that the time taken does not tell which names there are.
        self._decoy = _hasher.hash(secrets.token_hex(16))

    def begin(self, name: str, password: str, response: Response) -> Person:
        """Sign in: the session's token goes into the response's cookie. Raises `Problem` 401, 403 or 429."""
        if self._issuer:
            raise Problem(403, "sign_in_elsewhere", "passwords open nothing here", f"Sign in at {self._issuer}.")
        if not self._attempts.allows(name_key(name)[:100]):
            raise Problem(429, "too_many_attempts", "too many attempts to sign in under this name", "Wait a minute.")
        person = self._checked(name, password)
        if person is None:
            step = "The operator adds people with `orderwright people add NAME`; until then, any name and the API token will do."
            raise Problem(401, "not_signed_in", "this name and password do not belong together", step)
        self._open(person.name, response)
        return person

    def begin_vouched(self, subject: str, person: Person, response: Response) -> Person:
        """Sign in whom the identity provider vouches for. Raises `Problem` 403 where the name is somebody else's."""
        try:
            name = self._people.claim_name(self._issuer, subject, person.name)
        except Rejected as error:
            step = "The operator frees a name with `orderwright people remove NAME`, or tells people apart at the provider."
            raise Problem(403, "name_taken", str(error), step) from error
        self._open(name, response, person.role)
        return Person(name=name, role=person.role)

    def _open(self, name: str, response: Response, role: Role | None = None) -> None:
        token, now = secrets.token_urlsafe(32), self._clock.now()
        self._people.begin_session(_digest(token), name, now + _LIFE, now, issuer=self._issuer, role=role)
        response.set_cookie(
            COOKIE, token, max_age=int(_LIFE.total_seconds()), httponly=True, samesite="lax", secure=self._is_secure
        )

    def end(self, request: Request, response: Response) -> None:
        """Sign out: the session is forgotten on both sides."""
        if token := request.cookies.get(COOKIE, ""):
            self._people.end_session(_digest(token))
        response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=self._is_secure)

    def visitor(self, request: Request) -> Visitor:
        """Who sent this request."""
        token = request.cookies.get(COOKIE, "")
        person = self._people.signed_in(_digest(token), self._clock.now(), self._issuer) if token else None
        return Visitor(person, _form_key(token)) if person else Visitor()

    @property
    def is_nobody_registered(self) -> bool:
        return not self._issuer and not self._people.all()

    def _checked(self, name: str, password: str) -> Person | None:
        found = self._people.find(name)
        if found is not None:
            return found[0] if _matches(found[1], password) else None
        _matches(self._decoy, password)
        if not self._token or not hmac.compare_digest(password.encode("utf-8", "replace"), self._token.encode()):
            return None
        if self._people.all():
            return None
        try:
            return Person(name=checked_name(name), role=Role.OPERATOR)
        except ValueError as error:
            raise Problem(401, "not_signed_in", f"{error}", "Sign in under your own name.") from error


def check_form_size(request: Request) -> None:
    """Raises `Problem` 413 before a form is read that is larger than any of ours can be, or does not say how large it is."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or len(length) > 9 or int(length) > _MOST_FORM_BYTES:
        raise Problem(413, "too_large", "this form is larger than any of ours can be", "Enter fewer values at once.")


def check_form(request: Request, visitor: Visitor, form_key: str) -> Person:
    """The person who sent one of our own forms. Raises `Problem` 401 for nobody, 403 for a form of another site."""
    if visitor.person is None:
        raise Problem(401, "not_signed_in", "deciding needs a name: you are not signed in any more", "Sign in and send it again.")
    check_origin(request)
    if not hmac.compare_digest(form_key.encode("utf-8", "replace"), visitor.form_key.encode()):
        raise Problem(403, "foreign_form", "this form did not come from the page that you are signed in on", "Reload the page.")
    return visitor.person


def check_origin(request: Request) -> None:
    """Raises `Problem` 403 for a request that a page of another site sent (Fetch Metadata, and Origin where there is none)."""
    site = request.headers.get("sec-fetch-site", "")
    origin = request.headers.get("origin", "")
    host = request.headers.get("host", "")
    is_foreign = site not in ("same-origin", "none") if site else bool(origin) and origin.partition("://")[2] != host
    if is_foreign:
        raise Problem(403, "foreign_form", "a page of another site sent this form; nothing was done", "Use our own pages.")


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password[:500])
    except (Argon2Error, InvalidHashError):
        return False


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _form_key(token: str) -> str:
    return hmac.new(token.encode("utf-8", "replace"), b"form", "sha256").hexdigest()
