"""The supervisor, with small real programs."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from entrypoints.stack_processes import MARK, Program, Supervisor, end_leftovers, last_lines, until
from models.domain.errors import Misconfigured

_SLEEPS = "import time; time.sleep(60)"
_HEEDS_NOTHING = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"


def python(name: str, code: str) -> Program:
    return Program(name, (sys.executable, "-c", code))


async def pid_of(var: Path, name: str, *, other_than: int = 0) -> int:
    path = var / "run" / f"{name}.pid"
    await eventually(lambda: path.exists() and path.read_text() not in ("", f"{other_than}\n"))
    return int(path.read_text())


async def eventually(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not is_so():
            await asyncio.sleep(0.02)


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").exists() and ") Z " not in Path(f"/proc/{pid}/stat").read_text()


async def test_a_killed_program_is_started_again(tmp_path: Path) -> None:
    """kill -9 costs a moment, and it is said."""
    said: list[str] = []
    supervisor = Supervisor(tmp_path, os.environ, said.append)
    supervisor.start(python("worker", _SLEEPS))
    first = await pid_of(tmp_path, "worker")
    os.kill(first, signal.SIGKILL)
    second = await pid_of(tmp_path, "worker", other_than=first)
    await supervisor.stop()
    assert second != first
    assert "worker was killed by SIGKILL" in said[0]


async def test_a_program_that_keeps_dying_is_said_loudly_with_its_last_words(tmp_path: Path) -> None:
    """The log's end tells why."""
    said: list[str] = []
    supervisor = Supervisor(tmp_path, os.environ, said.append)
    supervisor.start(python("gateway", "raise SystemExit('the reason')"))
    await eventually(lambda: any("GATEWAY HAS DIED 3 TIMES" in sentence and "the reason" in sentence for sentence in said))
    await supervisor.stop()


async def test_stopping_ends_every_program_and_its_children(tmp_path: Path) -> None:
    """Nothing is left behind, not even what a program started."""
    code = f"import subprocess, sys, pathlib; p = subprocess.Popen([sys.executable, '-c', {_SLEEPS!r}]); "
    code += f"pathlib.Path({str(tmp_path / 'child')!r}).write_text(str(p.pid)); p.wait()"
    supervisor = Supervisor(tmp_path, os.environ, lambda _: None)
    supervisor.start(python("worker", code))
    await eventually(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text() != "")
    parent, child = await pid_of(tmp_path, "worker"), int((tmp_path / "child").read_text())
    await supervisor.stop()
    await eventually(lambda: not is_alive(parent) and not is_alive(child))
    assert not (tmp_path / "run" / "worker.pid").exists()


async def test_a_program_that_cannot_be_started_is_told_by_name(tmp_path: Path) -> None:
    """It will never work: no restart."""
    supervisor = Supervisor(tmp_path, os.environ, lambda _: None)
    supervisor.start(Program("temporal", (str(tmp_path / "nowhere"),)))
    with pytest.raises(Misconfigured, match="temporal cannot be started"):
        await until(lambda: asyncio.sleep(0.01, result=False), "Temporal", supervisor, "temporal")
    await supervisor.stop()


async def test_what_never_answers_is_told_with_its_last_words(tmp_path: Path) -> None:
    """Waiting has an end."""
    supervisor = Supervisor(tmp_path, os.environ, lambda _: None)
    supervisor.start(python("gateway", f"print('stuck here', flush=True); {_SLEEPS}"))
    log = tmp_path / "log" / "gateway.log"
    await eventually(lambda: log.exists() and "stuck" in log.read_text())
    with pytest.raises(Misconfigured, match=r"(?s)the gateway did not answer.*stuck here"):
        await until(lambda: asyncio.sleep(0, result=False), "the gateway", supervisor, "gateway", timeout_seconds=0.1)
    await supervisor.stop()


def test_what_a_killed_stack_left_is_ended(tmp_path: Path) -> None:
    """Even what does not heed SIGTERM."""
    (tmp_path / "run").mkdir()
    marked = {**os.environ, MARK: str(tmp_path.resolve())}
    with subprocess.Popen(
        [sys.executable, "-c", _HEEDS_NOTHING], env=marked, start_new_session=True, stdout=subprocess.PIPE
    ) as left:
        assert left.stdout is not None
        left.stdout.readline()
        (tmp_path / "run" / "worker.pid").write_text(f"{left.pid}\n")
        assert end_leftovers(tmp_path, seconds=0.2) == ["worker"]
        assert left.wait(10) == -signal.SIGKILL
    assert not (tmp_path / "run" / "worker.pid").exists()


def test_a_process_of_somebody_else_with_the_same_number_is_left_alone(tmp_path: Path) -> None:
    """Process ids are given again."""
    (tmp_path / "run").mkdir()
    with subprocess.Popen([sys.executable, "-c", _SLEEPS], start_new_session=True) as other:
        (tmp_path / "run" / "worker.pid").write_text(f"{other.pid}\n")
        assert end_leftovers(tmp_path, seconds=0.2) == []
        assert other.poll() is None
        other.kill()


def test_the_last_lines_of_no_log_say_so(tmp_path: Path) -> None:
    """A program that wrote nothing is not a file-not-found."""
    assert last_lines(tmp_path / "none.log") == "(it wrote nothing)"
