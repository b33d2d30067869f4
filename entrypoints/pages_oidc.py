"""The way to the identity provider and back, where the operator has set one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from entrypoints.gateway_parts import GatewayParts, parts_of
from entrypoints.oidc import Attempt, IdentityProvider
from entrypoints.pages_sign_in import own_path, show_sign_in_page
from entrypoints.problems import Problem

router = APIRouter(include_in_schema=False)

Parts = Annotated[GatewayParts, Depends(parts_of)]

_COOKIE = "orderwright_attempt"
_PATH = "/sign-in"
_MINUTES = 15


@router.get("/sign-in/provider")
def go_to_provider(request: Request, parts: Parts, after: Annotated[str, Query(alias="next", max_length=500)] = "/") -> Response:
    """To the provider; what belongs to this attempt goes into a cookie that only the way back gets to see."""
    attempt = Attempt.new(own_path(after))
    try:
        address = _provider(parts).address(attempt, _return_address(parts))
    except Problem as problem:
        return show_sign_in_page(request, parts, after, problem=problem)
    response = RedirectResponse(address, 303)
    response.set_cookie(
        _COOKIE, attempt.cookie, max_age=60 * _MINUTES, path=_PATH, httponly=True, samesite="lax", secure=_is_secure(parts)
    )
    return response


@router.get("/sign-in/return")
def come_back(request: Request, parts: Parts) -> Response:
    """On to the page that was asked for, in the name that the provider vouches for; or the page that says what was wrong."""
    attempt = Attempt.of_cookie(request.cookies.get(_COOKIE, ""))
    after = own_path(attempt.after) if attempt else "/"
    try:
        provider = _provider(parts)
        vouched = provider.vouched(attempt, request.query_params, _return_address(parts))
        response: Response = RedirectResponse(after, 303)
        parts.sign_in.begin_vouched(vouched.subject, vouched.person, response)
    except Problem as problem:
        response = show_sign_in_page(request, parts, after, problem=problem)
    response.delete_cookie(_COOKIE, path=_PATH, httponly=True, samesite="lax", secure=_is_secure(parts))
    return response


def _provider(parts: GatewayParts) -> IdentityProvider:
    if parts.provider is None:
        raise Problem(404, "no_provider", "this gateway asks no identity provider", "Sign in with your name and password.")
    return parts.provider


def _return_address(parts: GatewayParts) -> str:
    return f"{parts.presence.public_url}/sign-in/return"


def _is_secure(parts: GatewayParts) -> bool:
    return parts.presence.public_url.startswith("https:")
