"""What an identity provider's ID token must say before anybody is let in by it (OpenID Connect Core 1.0, 3.1.3.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import ClaimError, JoseError
from joserfc.jwk import KeySet

from entrypoints.problems import Problem
from models.domain.errors import Misconfigured
from models.domain.people import Person, Role, checked_name

#: Signatures that only the provider can make: neither `none`, nor one by a secret that we have too (RFC 8725, 3.1).
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
_KEY_TYPES = ("RSA", "EC", "OKP")
#: Seconds by which the provider's clock may differ from ours.
_LEEWAY = 60
_WRONG = {
    "iss": "it comes from another provider than the one that is set",
    "aud": "it is meant for another application",
    "azp": "it was given to another application",
    "nonce": "it belongs to another attempt to sign in",
    "exp": "it has expired",
    "iat": "it was made in the future: compare the clocks",
    "nbf": "it does not hold yet: compare the clocks",
    "sub": "it names nobody",
}


@dataclass(frozen=True, slots=True)
class OidcConfig:
    """The provider, who we are there, and what its claims mean here.

    `roles` says which value of `role_claim` gives which role; a claim inside another one is written with dots:
    "realm_access.roles".
    """

    issuer: str
    client_id: str
    client_secret: str = ""
    scopes: str = "openid profile email"
    name_claim: str = "email"
    role_claim: str = "groups"
    roles: Mapping[str, Role] | None = None


def role_mapping(text: str) -> dict[str, Role]:
    """The operator's "desk=reviewer, leads=approver" as a mapping. Raises `Misconfigured` that says what is wrong in it."""
    mapping: dict[str, Role] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        group, equals, role = (part.strip() for part in pair.rpartition("="))
        if not (group and equals and role in {each.value for each in Role}):
            known = ", ".join(each.value for each in Role)
            raise Misconfigured(f"ORDERWRIGHT_OIDC_ROLES: {pair!r} is no GROUP=ROLE; the roles are {known}")
        mapping[group] = Role(role)
    if not mapping:
        raise Misconfigured(
            "ORDERWRIGHT_OIDC_ROLES is empty, so nobody could sign in: write for example desk=reviewer, leads=approver"
        )
    return mapping


def verified_claims(token: object, keys: object, config: OidcConfig, nonce: str, now: datetime) -> dict[str, Any]:
    """The claims of an ID token. Raises `Problem` 401 that says what is wrong with it."""
    try:
        claims: dict[str, Any] = jwt.decode(str(token), _signing_keys(keys), algorithms=_ALGORITHMS).claims
    except (JoseError, ValueError, TypeError) as error:
        raise _refused(f"its signature is none of the provider's ({str(error)[:120]})") from error
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=_LEEWAY,
        iss={"essential": True, "value": config.issuer},
        sub={"essential": True},
        aud={"essential": True, "value": config.client_id},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        registry.validate(claims)
    except ClaimError as error:
        claim = error.claim.partition(",")[0]
        raise _refused(_WRONG.get(claim, f"its claim {claim} is not as it must be")) from error
    if claims.get("nonce") != nonce:
        raise _refused(_WRONG["nonce"])
    is_for_several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if is_for_several else config.client_id) != config.client_id:
        raise _refused(_WRONG["azp"])
    return claims


def person_of(claims: Mapping[str, Any], config: OidcConfig) -> Person:
    """Who the claims speak of, with the strongest role that they give. Raises `Problem` where there is no name or no role."""
    stated = claim_at(claims, config.name_claim)
    if config.name_claim == "email" and claims.get("email_verified") is False:
        raise Problem(403, "no_name", "the identity provider has not verified your mail address", "Confirm it there first.")
    try:
        name = checked_name(stated if isinstance(stated, str) else "")
    except ValueError as error:
        step = "The operator lets the provider release it, or names another claim in ORDERWRIGHT_OIDC_NAME_CLAIM."
        raise Problem(
            403, "no_name", f"the identity provider gave no usable claim {config.name_claim!r}: {error}", step
        ) from error
    roles = _roles(claim_at(claims, config.role_claim), config.roles or {})
    if not roles:
        wanted = ", ".join(config.roles or {})
        step = f"Ask the operator: the claim {config.role_claim!r} has to name one of {wanted}."
        raise Problem(403, "no_role", f"{name} is known to the identity provider, but has no role at this desk", step)
    return Person(name=name, role=max(roles, key=list(Role).index))


def claim_at(claims: Mapping[str, Any], path: str) -> object:
    """The claim of that name, else the one inside others that its dots lead to; None where there is none."""
    if path in claims:
        return claims[path]
    found: Any = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _roles(stated: object, mapping: Mapping[str, Role]) -> list[Role]:
    groups = stated if isinstance(stated, list) else [stated]
    return [mapping[group] for group in groups if isinstance(group, str) and group in mapping]


def _signing_keys(keys: object) -> KeySet:
    """The provider's keys that sign; those for other uses, or of kinds that hide nothing from us, are left out."""
    listed = keys.get("keys") if isinstance(keys, dict) else None
    found = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    signing = [each for each in found if each.get("kty") in _KEY_TYPES and each.get("use", "sig") == "sig"]
    return KeySet.import_key_set({"keys": signing})


def _refused(why: str) -> Problem:
    step = "Sign in again. If this comes again, the operator compares ORDERWRIGHT_OIDC_ISSUER and _CLIENT_ID with the provider's."
    return Problem(401, "not_signed_in", f"the identity provider's answer was refused: {why}", step)
