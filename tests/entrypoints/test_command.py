"""The command line as a process of its own ends at once, with the command's own status and all that it said."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.stack_at_work import ROOT


@pytest.mark.parametrize(
    ("argument", "status", "said"), [("--help", 0, "orderwright"), ("no-such-command", 2, "no-such-command")]
)
def test_a_command_ends_with_its_own_status(argument: str, status: int, said: str) -> None:
    """What it wrote arrives whole before the process is gone."""
    code = f"import sys; sys.argv = ['orderwright', {argument!r}]; from entrypoints.command import run; run()"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == status
    assert said in ended.stdout + ended.stderr
