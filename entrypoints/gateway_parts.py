"""What the endpoints share, and how they get at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from fastapi import Request
from fastapi.security import HTTPBearer

from activities.ports import Clock
from entrypoints.backend import Connect, Draft, Presence, Records, Rehearse
from entrypoints.guards import check_bearer
from entrypoints.idempotency import IdempotencyKeys
from entrypoints.intake_door import IntakeDoor
from entrypoints.oidc import IdentityProvider
from entrypoints.sign_in import SignIn

#: Says in OpenAPI that a bearer token is needed; `need_token` is what checks it.
BEARER = HTTPBearer(auto_error=False, description="The API token of the gateway.")


@dataclass(frozen=True, slots=True)
class GatewayParts:
    """The parts of one gateway, kept in its application's state."""

    records: Records
    door: IntakeDoor
    workflows: Connect
    rehearse: Rehearse
    draft: Draft
    clock: Clock
    presence: Presence
    keys: IdempotencyKeys
    sign_in: SignIn
    provider: IdentityProvider | None = None


def parts_of(request: Request) -> GatewayParts:
    return cast(GatewayParts, request.app.state.parts)


def need_token(request: Request) -> None:
    check_bearer(request, parts_of(request).presence.api_token)
