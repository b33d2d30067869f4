"""The gateway's composition root: HTTP, SMTP, the watched folder and the relay in one process, on one event loop.

It stops in good order on SIGTERM and SIGINT. What it said yes to is on the disk; what Temporal has not heard of yet is
relayed at the next start.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import os
import secrets
import signal
import socket
from collections.abc import Iterator, Mapping
from functools import cache
from urllib.parse import urlsplit

import httpx
import uvicorn
from fastapi import FastAPI

from activities.ask_buyer import QuestionDrafting
from activities.gateways.blob_store import FileBlobStore
from activities.gateways.clock import SystemClock
from activities.rehearse_order import OrderRehearsal
from entrypoints.api import gateway_app
from entrypoints.backend import Connect, Connector, Presence, Records, Rehearse
from entrypoints.folder import WatchedFolder
from entrypoints.intake_door import IntakeDoor
from entrypoints.oidc import IdentityProvider
from entrypoints.oidc_claims import OidcConfig, role_mapping
from entrypoints.relay import Relay
from entrypoints.smtp import serve_smtp
from models.domain.errors import Misconfigured
from models.domain.identifiers import OrderId
from models.domain.sales_order import SalesOrder
from models.store.audit_trail import SqlAuditTrail
from models.store.desk_figures import SqlDeskFigures
from models.store.fulfilments import SqlReturns, SqlShipments
from models.store.inbox import SqlInbox
from models.store.journals import SqlOutbox
from models.store.order_book import SqlOrderBook
from models.store.parties import SqlParties
from models.store.people import SqlPeople
from models.store.session import engine_for
from settings import Settings
from workflows.client import OrderwrightClient

_CONCURRENT_REQUESTS = 200

log = logging.getLogger("orderwright.gateway")


def open_records(settings: Settings) -> Records:
    """The repositories of the settings' database and blob folder; nothing is connected before it is used."""
    engine = engine_for(settings.database)
    return Records(
        inbox=SqlInbox(engine),
        orders=SqlOrderBook(engine),
        shipments=SqlShipments(engine),
        returns=SqlReturns(engine),
        outbox=SqlOutbox(engine),
        audit=SqlAuditTrail(engine),
        blobs=FileBlobStore(settings.var / "blobs"),
        people=SqlPeople(engine),
        figures=SqlDeskFigures(engine),
    )


def api_token(settings: Settings) -> str:
    """The token of /v1: the setting, else the one that the first start left under var, readable by its owner alone."""
    if given := settings.api_token.get_secret_value():
        return given
    path = settings.var / "api-token"
    try:
        settings.var.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            # Written under another name first: a reader must never see an empty token.
            draft = path.with_name(f"api-token.{os.getpid()}")
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:  # noqa: PTH123
                file.write(secrets.token_urlsafe(32))
            try:
                os.link(draft, path)
            finally:
                draft.unlink()
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise Misconfigured(f"{path}: {error.strerror}. Give this user the right, or set ORDERWRIGHT_API_TOKEN.") from error


def presence_of(settings: Settings) -> Presence:
    """How the gateway presents itself. Beyond this machine the pages are for those who signed in."""
    return Presence(
        api_token=api_token(settings),
        public_url=settings.gateway,
        temporal_ui=settings.temporal_ui.rstrip("/"),
        namespace=os.environ.get("TEMPORAL_NAMESPACE", "orders"),
        max_message_bytes=settings.max_message_bytes,
        pages_need_sign_in=not _is_loopback(settings.http_host),
        hosts=_hosts(settings),
    )


def _hosts(settings: Settings) -> tuple[str, ...]:
    """The Host headers to answer: any where the gateway listens on all addresses and nobody said how it is called."""
    if settings.http_host in ("0.0.0.0", "::") and not settings.public_url:  # noqa: S104  (compared, not bound)
        return ("*",)
    public = urlsplit(settings.gateway).hostname or ""
    named = f"[{public}]" if ":" in public else public
    return tuple({"127.0.0.1", "localhost", "[::1]", settings.http_host, named})


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def rehearse_with(settings: Settings) -> Rehearse:
    """Rehearsing with checks that are composed when first needed: a gateway that only takes orders in never needs them."""

    @cache
    def composed() -> OrderRehearsal:
        from checks import rehearsal_of

        return rehearsal_of(settings)

    def rehearse(order_id: OrderId, corrections: Mapping[str, str], by: str) -> SalesOrder:
        return composed().rehearse(order_id, corrections, by)

    return rehearse


def provider_of(settings: Settings) -> IdentityProvider | None:
    """The identity provider that people sign in at. Raises `Misconfigured` where the settings about it do not fit together."""
    issuer = settings.oidc_issuer.strip()
    if not issuer:
        return None
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
        raise Misconfigured(f"ORDERWRIGHT_OIDC_ISSUER: {issuer!r} is not https, so anybody on the way could sign in as anybody")
    if not settings.oidc_client_id:
        raise Misconfigured("ORDERWRIGHT_OIDC_CLIENT_ID is missing: register this gateway at the provider and set its name there")
    config = OidcConfig(
        issuer=issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value(),
        scopes=settings.oidc_scopes,
        name_claim=settings.oidc_name_claim,
        role_claim=settings.oidc_role_claim,
        roles=role_mapping(settings.oidc_roles),
    )
    return IdentityProvider(config, SystemClock(), httpx.Client(timeout=10, follow_redirects=False))


def app_of(settings: Settings, connect: Connect | None = None) -> FastAPI:
    """The pages and the API on the settings' books; `connect` gives the workflows."""
    records, clock = open_records(settings), SystemClock()
    workflows = connect or Connector(OrderwrightClient.connect)
    relay = Relay(records.inbox, workflows)
    return _app(settings, records, IntakeDoor(blobs=records.blobs, inbox=records.inbox, clock=clock, relay=relay), workflows)


def _app(settings: Settings, records: Records, door: IntakeDoor, workflows: Connect) -> FastAPI:
    return gateway_app(
        records=records,
        door=door,
        workflows=workflows,
        rehearse=rehearse_with(settings),
        draft=QuestionDrafting(SqlParties(engine_for(settings.database)), records.blobs).draft,
        presence=presence_of(settings),
        clock=SystemClock(),
        provider=provider_of(settings),
    )


async def serve(settings: Settings) -> None:
    """Keep all doors open until SIGTERM or SIGINT. Raises `Misconfigured` where a port is taken."""
    records, clock, workflows = open_records(settings), SystemClock(), Connector(OrderwrightClient.connect)
    relay = Relay(records.inbox, workflows)
    door = IntakeDoor(blobs=records.blobs, inbox=records.inbox, clock=clock, relay=relay)
    app = _app(settings, records, door, workflows)
    folder = WatchedFolder(settings.drop_folder, door, settings.max_message_bytes)
    http_socket = _listen("HTTP", settings.http_host, settings.http_port, "ORDERWRIGHT_HTTP_PORT")
    smtp_socket = _listen("SMTP", settings.smtp_host, settings.smtp_port, "ORDERWRIGHT_SMTP_PORT")
    smtp = await serve_smtp(door, smtp_socket, settings.max_message_bytes)
    http = _http_server(app)
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, setattr, http, "should_exit", True)
    log.info(
        "pages and API on %s, SMTP on %s:%s, files in %s", settings.gateway, *smtp_socket.getsockname()[:2], settings.drop_folder
    )
    try:
        async with asyncio.TaskGroup() as tasks:
            background = [tasks.create_task(relay.run()), tasks.create_task(folder.run())]
            await http.serve(sockets=[http_socket])
            for task in background:
                task.cancel()
    finally:
        smtp.close()


class _HttpServer(uvicorn.Server):
    """Leaves the signals to us: the other doors must close too."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _http_server(app: object) -> uvicorn.Server:
    return _HttpServer(
        uvicorn.Config(
            app,  # type: ignore[arg-type]  # an ASGI application
            log_config=None,
            access_log=False,
            server_header=False,
            limit_concurrency=_CONCURRENT_REQUESTS,
            timeout_graceful_shutdown=5,
        )
    )


def _listen(door: str, host: str, port: int, setting: str) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise Misconfigured(
            f"the {door} door cannot open {host}:{port} ({error.strerror}): end what uses it, or set {setting} to a free port"
        ) from error


def main() -> None:
    """Serve with the settings of the environment. Raises `SystemExit` with the cause where they do not work."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        asyncio.run(serve(Settings()))
    except* Misconfigured as group:
        raise SystemExit("; ".join(str(error) for error in group.exceptions)) from group


if __name__ == "__main__":
    main()
