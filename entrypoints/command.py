"""The command line as a process of its own."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn

from entrypoints.cli import main


def run() -> NoReturn:
    """Run a command and end at once with its status.

    Threads of the Temporal client that are still at work while an interpreter takes itself down can abort it, and a script would
    take that for the command's answer.
    """
    status: object = 1
    try:
        main()
    except SystemExit as end:
        status = end.code
    for stream in (sys.stdout, sys.stderr):
        with suppress(BrokenPipeError):
            stream.flush()
    os._exit(status if isinstance(status, int) else int(status is not None))
