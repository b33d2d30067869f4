"""Everything on one machine from one command: Temporal server, database, company, workers, gateway, mailbox, samples.

It keeps the programs running until Ctrl-C, or with `--once` until the sample inbox has come to its end. Everything it
keeps lies under the var folder; a run that was killed is taken up where it was.
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import os
import shlex
import signal
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import httpx
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError

from entrypoints.stack_display import Display
from entrypoints.stack_ports import Ports, check_ports
from entrypoints.stack_processes import Program, Supervisor, end_leftovers, is_listening, until
from models.domain.errors import Misconfigured, OrderwrightError
from models.store.loading import load_company
from models.store.schema import migrate
from models.store.session import engine_for
from settings import Settings
from workflows.desk import SEARCH_ATTRIBUTES, demand_search_attributes

NAMESPACE = "orders"
_HOME = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Plan:
    """One run: the settings with the ports that hold, and what to do."""

    settings: Settings
    ports: Ports
    once: bool
    workers: int
    samples: bool
    timeout_seconds: float
    own_temporal: bool
    own_mailbox: bool

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the programs: ours, with the places where this run has put things."""
        settings = self.settings
        places = {
            "ORDERWRIGHT_VAR": str(settings.var),
            "ORDERWRIGHT_HTTP_PORT": str(self.ports.http),
            "ORDERWRIGHT_SMTP_PORT": str(self.ports.smtp),
            "ORDERWRIGHT_TEMPORAL_UI": settings.temporal_ui,
            "ORDERWRIGHT_READER_PROCESSES": str(max(1, settings.reader_processes // self.workers)),
            "PYTHONPATH": os.pathsep.join(filter(None, [str(_HOME), os.environ.get("PYTHONPATH", "")])),
            "PYTHONUNBUFFERED": "1",
            "TEMPORAL_NAMESPACE": os.environ.get("TEMPORAL_NAMESPACE", NAMESPACE),
        }
        if self.own_temporal:
            places |= {"TEMPORAL_ADDRESS": f"127.0.0.1:{self.ports.temporal}", "TEMPORAL_NAMESPACE": NAMESPACE}
        if self.own_mailbox:
            places |= {"ORDERWRIGHT_MAIL_HOST": "127.0.0.1", "ORDERWRIGHT_MAIL_PORT": str(self.ports.mail)}
        return {**os.environ, **places}

    @property
    def for_other_terminals(self) -> str:
        """What the command line must be told to find this run; empty where it finds it by itself."""
        usual = Settings.model_fields
        places = {
            "TEMPORAL_ADDRESS": f"127.0.0.1:{self.ports.temporal}" if self._has_moved_temporal else "",
            "ORDERWRIGHT_HTTP_PORT": "" if self.ports.http == usual["http_port"].default else str(self.ports.http),
            "ORDERWRIGHT_SMTP_PORT": "" if self.ports.smtp == usual["smtp_port"].default else str(self.ports.smtp),
            "ORDERWRIGHT_VAR": "" if self.settings.var == usual["var"].default.absolute() else str(self.settings.var),
        }
        return " ".join(f"{name}={shlex.quote(value)}" for name, value in places.items() if value)

    @property
    def _has_moved_temporal(self) -> bool:
        return self.own_temporal and self.ports.temporal != Ports().temporal


def run(
    *,
    once: bool = False,
    temporal_port: int | None = None,
    ui_port: int | None = None,
    http_port: int | None = None,
    smtp_port: int | None = None,
    mail_port: int | None = None,
    port_offset: int = 0,
    var: Path | None = None,
    workers: int = 2,
    samples: bool = True,
    timeout: float = 300,
) -> int:
    """Run the stack and return the exit code: with `once` 0 when every sample came to what `demo/expected.yaml` says.

    A port of None is the setting's or the usual one. `timeout` (seconds) bounds the samples alone. TEMPORAL_ADDRESS in the
    environment means that a Temporal of yours is used and none started; ORDERWRIGHT_MAIL_HOST likewise for the mail server.
    """
    display = Display()
    try:
        settings = Settings()
        usual = Ports(http=settings.http_port, smtp=settings.smtp_port)
        given = {"temporal": temporal_port, "ui": ui_port, "http": http_port, "smtp": smtp_port, "mail": mail_port}
        ports = replace(usual, **{name: port for name, port in given.items() if port is not None}).moved(port_offset)
        plan = _plan(settings, ports, var=var, once=once, workers=workers, samples=samples, timeout_seconds=timeout)
        with _alone(plan.settings.var):
            for name in end_leftovers(plan.settings.var):
                display.say(f"ended the {name} that a killed run had left")
            check_ports(plan.ports, unused=_unused(plan))
            return asyncio.run(_Stack(plan, display).run())
    except OrderwrightError as error:
        display.say(str(error))
        return 2


def _plan(
    settings: Settings, ports: Ports, *, var: Path | None, once: bool, workers: int, samples: bool, timeout_seconds: float
) -> Plan:
    own_temporal = "TEMPORAL_ADDRESS" not in os.environ
    changes: dict[str, object] = {
        "var": (var or settings.var).absolute(),
        "http_port": ports.http,
        "smtp_port": ports.smtp,
        "temporal_ui": f"http://127.0.0.1:{ports.ui}" if own_temporal else settings.temporal_ui,
    }
    return Plan(
        settings=settings.model_copy(update=changes),
        ports=ports,
        once=once,
        workers=workers,
        samples=samples,
        timeout_seconds=timeout_seconds,
        own_temporal=own_temporal,
        own_mailbox="mail_host" not in settings.model_fields_set,
    )


def _unused(plan: Plan) -> frozenset[str]:
    unused = set() if plan.own_temporal else {"temporal", "ui"}
    return frozenset(unused if plan.own_mailbox else unused | {"mail"})


@contextmanager
def _alone(var: Path) -> Iterator[None]:
    """Raises `Misconfigured` where another stack runs on this var folder. The lock ends with the process, however it ends."""
    try:
        (var / "run").mkdir(parents=True, exist_ok=True)
        lock = (var / "run" / "stack.lock").open("w")
    except OSError as error:
        raise Misconfigured(f"{var} cannot be written ({error.strerror}): give this user the right, or use --var") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Misconfigured(
                f"Another stack is running on {var}: end it with Ctrl-C, or run a second one beside it with "
                'make run PORTS=100 ARGS="--var var2".'
            ) from error
        yield


class _Stack:
    """The programs of one run and what is done with them."""

    def __init__(self, plan: Plan, display: Display) -> None:
        self._plan = plan
        self._settings = plan.settings
        self._display = display
        self._supervisor = Supervisor(plan.settings.var, plan.environment, display.say)

    async def run(self) -> int:
        """Until the samples are done, a signal came, or a program cannot be started at all."""
        stop = asyncio.Event()
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # the last one when its terminal is closed
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        work = asyncio.create_task(self._work())
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                return work.result()
            return 130 if self._plan.once else 0
        finally:
            stopping.cancel()
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            with suppress(OSError):  # the terminal may be gone
                self._display.say("stopping …")
            await self._supervisor.stop()

    async def _work(self) -> int:
        await self._start()
        code = await self._run_samples() if self._plan.samples else 0
        self._show_addresses()
        if self._plan.once:
            return code
        self._display.say("Everything is running. Ctrl-C stops it; make run takes it up again.")
        while True:
            self._supervisor.check()
            await asyncio.sleep(1)

    async def _start(self) -> None:
        self._start_temporal()
        self._display.say(f"preparing the database and loading {self._settings.company}")
        await asyncio.to_thread(self._prepare_database)
        await until(self._has_temporal, "Temporal", self._supervisor, "temporal")
        # Of your own Temporal: ours registers them when it starts. Workflows would hang without.
        await demand_search_attributes(await self._connect())
        if self._plan.own_mailbox:
            folder = self._settings.var / "mailbox"
            self._python("mailbox", "demo.mailbox", "--port", str(self._plan.ports.mail), "--folder", str(folder))
            await until(lambda: is_listening(self._plan.ports.mail), "the mailbox", self._supervisor, "mailbox")
        # A second worker goes on at once where a killed one would take seconds to come back.
        for number in range(1, self._plan.workers + 1):
            self._python("worker" if number == 1 else f"worker-{number}", "worker")
        self._python("gateway", "gateway")
        self._display.say("starting the workers and the gateway")
        await until(self._is_gateway_well, "the gateway", self._supervisor, "gateway")

    def _start_temporal(self) -> None:
        if not self._plan.own_temporal:
            self._display.say(f"using your Temporal at {os.environ['TEMPORAL_ADDRESS']}")
            return
        self._display.say("starting the Temporal server")
        self._supervisor.start(Program("temporal", temporal_command(self._plan.ports, self._settings.var)))

    def _python(self, name: str, module: str, *arguments: str) -> None:
        self._supervisor.start(Program(name, (sys.executable, "-m", module, *arguments)))

    def _prepare_database(self) -> None:
        migrate(self._settings.database)
        engine = engine_for(self._settings.database)
        try:
            report = load_company(self._settings.company, engine, today=datetime.now().astimezone().date())
        finally:
            engine.dispose()
        for problem in report.left_out:
            self._display.say(f"left out: {problem}")

    async def _has_temporal(self) -> bool:
        try:
            client = await self._connect()
            await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=client.namespace))
        except (RPCError, RuntimeError):
            return False
        return True

    async def _connect(self) -> Client:
        return await Client.connect(**ClientConfig.load_client_connect_config(override_env_vars=self._plan.environment))

    async def _is_gateway_well(self) -> bool:
        async with httpx.AsyncClient(trust_env=False) as http:
            try:
                answer = await http.get(f"http://127.0.0.1:{self._plan.ports.http}/healthz", timeout=5)
            except httpx.HTTPError:
                return False
        return answer.is_success

    async def _run_samples(self) -> int:
        # The demo is no part of an installed package: it is loaded only where it is run.
        from demo.delivery import sample_mails
        from demo.judging import expectations
        from demo.sample_run import SampleRun

        engine = engine_for(self._settings.database)
        mails = sample_mails(_HOME / "demo" / "inbox")
        expected = expectations(_HOME / "demo" / "expected.yaml")
        samples = SampleRun(mails, expected, engine, self._plan.ports.smtp, self._settings.gateway)
        try:
            with self._display.following():
                await samples.run(self._display.show, self._plan.timeout_seconds)
        finally:
            engine.dispose()
        self._display.conclude(samples.outcomes())
        complaints = samples.complaints()
        for complaint in complaints:
            self._display.say(f"NOT AS EXPECTED: {complaint}")
        right = len(mails) - len(complaints)
        self._display.say(f"{right} of {len(mails)} documents came to what demo/expected.yaml says.\n")
        return 1 if complaints else 0

    def _show_addresses(self) -> None:
        settings = self._settings
        namespace = self._plan.environment["TEMPORAL_NAMESPACE"]
        waiting = quote('`OrderStatus`="NeedsReview"', safe="")
        self._display.addresses(
            [
                ("Review queue", f"{settings.temporal_ui}/namespaces/{namespace}/workflows?query={waiting}"),
                ("Order pages", f"{settings.gateway}/"),
                ("API", f"{settings.gateway}/docs   (its token: {settings.var / 'api-token'})"),
                ("SMTP door", f"{settings.smtp_host}:{settings.smtp_port}"),
                ("Watched folder", str(settings.drop_folder)),
                *([("Answers that were sent", str(settings.var / "mailbox"))] if self._plan.own_mailbox else []),
            ]
        )
        if changed := self._plan.for_other_terminals:
            self._display.say(f"\nFor commands in another terminal:\nexport {changed}")


def temporal_command(ports: Ports, var: Path) -> list[str]:
    """The embedded Temporal server: a SQLite file, our search attributes, one partition per task queue."""
    attributes = [f"--search-attribute={name}={kind}" for name, kind in SEARCH_ATTRIBUTES.items()]
    # One node gains nothing from four partitions, and tasks wait half as long with one.
    partitions = [f"--dynamic-config-value=matching.numTaskqueue{side}Partitions=1" for side in ("Read", "Write")]
    return [
        str(Path(sysconfig.get_path("scripts")) / "temporal"),
        *("server", "start-dev", "--ip", "127.0.0.1", "--port", str(ports.temporal), "--ui-port", str(ports.ui)),
        *("--db-filename", str(var / "temporal.db"), "--namespace", NAMESPACE),
        *("--log-level", "warn", "--log-format", "json", "--ui-disable-news-fetch"),
        *attributes,
        *partitions,
    ]


def main() -> int:
    """Run as the command line says."""
    parser = argparse.ArgumentParser(prog="make run", description="Run everything on this machine and deliver the samples.")
    parser.add_argument("--once", action="store_true", help="end when the samples have; exit 0 if all are as expected")
    parser.add_argument("--temporal-port", type=int, help="the embedded Temporal server (7233)")
    parser.add_argument("--ui-port", type=int, help="the Temporal UI (8233)")
    parser.add_argument("--http-port", type=int, help="order pages and API (ORDERWRIGHT_HTTP_PORT, else 8080)")
    parser.add_argument("--smtp-port", type=int, help="the SMTP door (ORDERWRIGHT_SMTP_PORT, else 2525)")
    parser.add_argument("--mail-port", type=int, help="the demo's mailbox, which gets our answers (2526)")
    parser.add_argument("--port-offset", type=int, default=0, help="added to every port")
    parser.add_argument("--var", type=Path, default=None, help="where everything is kept")
    parser.add_argument("--workers", type=int, default=2, choices=range(1, 17), metavar="N", help="worker processes (2)")
    parser.add_argument("--no-samples", dest="samples", action="store_false", help="deliver no sample inbox")
    parser.add_argument("--timeout", type=float, default=300, help="seconds that the samples may take")
    return run(**vars(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
