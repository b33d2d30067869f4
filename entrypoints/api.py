"""The HTTP gateway: /v1 for systems, the pages for people, /docs and /openapi.json for those who connect the two."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from activities.ports import Clock
from entrypoints import api_documents, api_orders, pages, pages_desk, pages_meters, pages_oidc, pages_queue, pages_sign_in
from entrypoints.backend import Connect, Draft, Presence, Records, Rehearse
from entrypoints.gateway_parts import GatewayParts, parts_of
from entrypoints.guards import Guards
from entrypoints.idempotency import IdempotencyKeys
from entrypoints.intake_door import IntakeDoor
from entrypoints.oidc import IdentityProvider
from entrypoints.problems import answer_errors
from entrypoints.rendering import page_environment
from entrypoints.sign_in import SignIn
from models.contracts.api_v1 import HealthV1, ProblemV1
from models.domain.errors import Misconfigured, Unavailable

_DESCRIPTION = (
    "Hand in purchase orders and documents that may hold some; ask what became of them; decide those that wait for a person. "
    "Everything under /v1 needs the API token as a bearer token. Errors are `application/problem+json` and name the next step."
)


def gateway_app(
    *,
    records: Records,
    door: IntakeDoor,
    workflows: Connect,
    rehearse: Rehearse,
    draft: Draft,
    presence: Presence,
    clock: Clock,
    provider: IdentityProvider | None = None,
) -> FastAPI:
    """The ASGI application. It opens nothing by itself: what it needs is given. Where there is a `provider`, people sign in
    there and nowhere else."""
    app = _described()
    app.state.parts = GatewayParts(
        records=records,
        door=door,
        workflows=workflows,
        clock=clock,
        rehearse=rehearse,
        draft=draft,
        presence=presence,
        keys=IdempotencyKeys(records.audit, clock),
        sign_in=SignIn(
            records.people,
            clock,
            presence.api_token,
            is_secure=presence.public_url.startswith("https:"),
            issuer=provider.issuer if provider else "",
        ),
        provider=provider,
    )
    app.state.pages = page_environment()
    answer_errors(app)
    app.include_router(pages_sign_in.router)
    app.include_router(pages_oidc.router)
    app.include_router(pages_desk.router)
    app.include_router(pages_queue.router)
    app.include_router(pages_meters.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.add_middleware(Guards, presence=presence)
    return app


def contract() -> dict[str, Any]:
    """The OpenAPI contract of /v1 and /healthz."""
    return _described().openapi()


def _described() -> FastAPI:
    app = FastAPI(
        title="orderwright", version="1", description=_DESCRIPTION, docs_url=None, redoc_url=None,
        responses={status: {"model": ProblemV1} for status in (401, 422, 503)},
    )  # fmt: skip
    for router in (api_documents.router, api_orders.router, _health):
        app.include_router(router)
    return app


_health = APIRouter(tags=["health"])


@_health.get(
    "/healthz", response_model=HealthV1, summary="Whether the store and Temporal answer", responses={503: {"model": HealthV1}}
)
async def healthz(parts: Annotated[GatewayParts, Depends(parts_of)]) -> JSONResponse:
    """200 when both answer, else 503. Documents are taken in as long as the store answers."""
    health = HealthV1(store=await _store(parts), temporal=await _temporal(parts))
    return JSONResponse(health.model_dump(), 200 if health.store == health.temporal == "ok" else 503)


async def _store(parts: GatewayParts) -> str:
    try:
        await asyncio.to_thread(parts.records.inbox.recent, 1)
    except (Unavailable, Misconfigured):
        return "away"
    return "ok"


async def _temporal(parts: GatewayParts) -> str:
    try:
        return "ok" if await (await parts.workflows()).is_ready() else "away"
    except (Unavailable, Misconfigured):
        return "away"
