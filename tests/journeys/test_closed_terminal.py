"""What becomes of the stack whose terminal is closed: nobody is left to press Ctrl-C."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stack_at_work import ROOT, free_offset

pytestmark = pytest.mark.journey


@pytest.mark.timeout(300)
def test_a_closed_terminal_ends_everything_in_good_order(tmp_path: Path) -> None:
    """The stack ends by itself, and no program of it keeps its process id or a port."""
    terminal, its_end = pty.openpty()
    ending_with_it = ["setsid", "--ctty"]  # util-linux: what runs gets SIGHUP when the terminal goes
    command = [
        *ending_with_it,
        sys.executable,
        "-m",
        "stack",
        "--no-samples",
        "--port-offset",
        str(free_offset()),
        "--var",
        str(tmp_path / "var"),
    ]
    stack = subprocess.Popen(command, cwd=ROOT, stdin=its_end, stdout=its_end, stderr=its_end)
    os.close(its_end)
    said = b""
    while b"Everything is running" not in said:
        said += os.read(terminal, 4096)
    os.close(terminal)
    assert stack.wait(120) == 0
    assert list((tmp_path / "var" / "run").glob("*.pid")) == []
