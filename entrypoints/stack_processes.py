"""Keeps the stack's programs running: starts them, starts them again when they die, stops them in reverse order.

Every program has a process group, a log under var/log and its process id under var/run. A program that keeps dying is
started less and less often, and said so.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from models.domain.errors import Misconfigured

#: Marks the processes of one stack, so that what a killed run left behind is found again.
MARK = "ORDERWRIGHT_STACK"
#: A program that lived this long has started well; its next death counts as the first.
_SETTLED_SECONDS = 20.0
_PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_LOUD_AFTER = 3
_GRACE_SECONDS = 12.0
_LAST_LINES = 8


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, under a short name."""

    name: str
    command: Sequence[str]


class Supervisor:
    """Runs programs with one environment until told to stop. `say` gets sentences for the person at the terminal."""

    def __init__(self, var: Path, environment: Mapping[str, str], say: Callable[[str], None]) -> None:
        self._logs = var / "log"
        self._run = var / "run"
        self._environment = {**environment, MARK: str(var.resolve())}
        self._say = say
        self._keepers: dict[str, asyncio.Task[None]] = {}

    def start(self, program: Program) -> None:
        """Start it and keep it running."""
        for folder in (self._logs, self._run):
            folder.mkdir(parents=True, exist_ok=True)
        self._keepers[program.name] = asyncio.create_task(self._keep(program), name=program.name)

    async def stop(self) -> None:
        """Stop all, the last started first: SIGTERM, and SIGKILL for what does not heed it."""
        for keeper in reversed(self._keepers.values()):
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)
        self._keepers.clear()

    def check(self) -> None:
        """Raises what a keeper raised: a program that cannot be started at all."""
        for keeper in self._keepers.values():
            if keeper.done() and not keeper.cancelled() and (error := keeper.exception()):
                raise error

    def last_words(self, name: str) -> str:
        """The end of a program's log."""
        return last_lines(self._logs / f"{name}.log")

    async def _keep(self, program: Program) -> None:
        deaths = 0
        while True:
            born = time.monotonic()
            code = await self._live(program)
            deaths = 1 if time.monotonic() - born > _SETTLED_SECONDS else deaths + 1
            pause = _PAUSES[min(deaths, len(_PAUSES)) - 1]
            self._tell_death(program.name, code, deaths, pause)
            await asyncio.sleep(pause)

    async def _live(self, program: Program) -> int:
        """Run it once, to its end or ours."""
        process = await self._spawn(program)
        pid_file = self._run / f"{program.name}.pid"
        pid_file.write_text(f"{process.pid}\n", encoding="ascii")
        try:
            return await process.wait()
        finally:
            await _end(process)
            pid_file.unlink(missing_ok=True)

    async def _spawn(self, program: Program) -> asyncio.subprocess.Process:
        with (self._logs / f"{program.name}.log").open("ab") as log:
            try:
                return await asyncio.create_subprocess_exec(
                    *program.command,
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    env=self._environment,
                    # A group of its own: Ctrl-C at the terminal reaches us alone, and we stop the others in good order.
                    start_new_session=True,
                )
            except OSError as error:
                raise Misconfigured(f"{program.name} cannot be started: {program.command[0]}: {error.strerror}") from error

    def _tell_death(self, name: str, code: int, deaths: int, pause: float) -> None:
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        self._say(f"{name} {how}; starting it again in {pause:g} s (log: {self._logs / name}.log)")
        if deaths >= _LOUD_AFTER:
            self._say(f"{name.upper()} HAS DIED {deaths} TIMES IN A ROW. The end of its log:\n{self.last_words(name)}")


async def _end(process: asyncio.subprocess.Process) -> None:
    """SIGTERM, time to heed it, SIGKILL; and SIGKILL for the children that it left behind."""
    if process.returncode is None:
        process.terminate()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _GRACE_SECONDS)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    if process.returncode is None:
        await process.wait()


async def until(
    is_ready: Callable[[], Awaitable[bool]], what: str, supervisor: Supervisor, name: str, *, timeout_seconds: float = 60
) -> None:
    """Wait until `is_ready`. Raises `Misconfigured` with the end of the log of program `name` after `timeout_seconds`."""
    deadline = time.monotonic() + timeout_seconds
    while not await is_ready():
        supervisor.check()
        if time.monotonic() > deadline:
            raise Misconfigured(
                f"{what} did not answer within {timeout_seconds:g} s. Its log ends:\n{supervisor.last_words(name)}"
            )
        await asyncio.sleep(0.1)


async def is_listening(port: int) -> bool:
    """Whether something accepts connections on this port of this machine."""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return True


def last_lines(log: Path) -> str:
    """The end of a log, or a word that there is none."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 20_000))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return "(it wrote nothing)"
    return "\n".join(f"    {line}" for line in lines[-_LAST_LINES:]) or "(it wrote nothing)"


def end_leftovers(var: Path, *, seconds: float = _GRACE_SECONDS) -> list[str]:
    """End the processes that a killed stack of this var folder left running; their names.

    A process is ours when its environment carries our mark: a process id alone may have been given to another since.
    """
    left = {path.stem: int(path.read_text(encoding="ascii")) for path in sorted((var / "run").glob("*.pid"))}
    ours = {name: pid for name, pid in left.items() if _has_mark(pid, var)}
    for pid in ours.values():
        _signal_group(pid, signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while any(_has_mark(pid, var) for pid in ours.values()) and time.monotonic() < deadline:
        time.sleep(0.1)
    for pid in ours.values():
        _signal_group(pid, signal.SIGKILL)
    for name in left:
        (var / "run" / f"{name}.pid").unlink(missing_ok=True)
    return list(ours)


def _has_mark(pid: int, var: Path) -> bool:
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False
    return f"{MARK}={var.resolve()}".encode() in environment


def _signal_group(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)
