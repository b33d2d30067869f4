"""The outside party's mail server of the demo: a real SMTP server that keeps what it is sent as files.

One file per Message-ID under the given folder; `deliveries.jsonl` has a line per delivery and says which came again.
Run it as `python -m demo.mailbox --port 2526 --folder var/mailbox`.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import re
import signal
from email.parser import BytesHeaderParser
from email.policy import default
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

_LARGEST = 50_000_000


class Mailbox:
    """Keeps mails in a folder; the file name derives from the Message-ID."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes, recipients: list[str]) -> bool:
        """Keep a mail on the disk and note its delivery; whether it is the first with its Message-ID."""
        self._folder.mkdir(parents=True, exist_ok=True)
        head = BytesHeaderParser(policy=default).parsebytes(content)
        message_id = str(head.get("Message-ID", "")).strip() or f"<{hashlib.sha256(content).hexdigest()}@no-message-id>"
        path = self._folder / file_name(message_id)
        is_first = _write_new(path, content)
        note = {
            "message_id": message_id,
            "to": recipients,
            "subject": str(head.get("Subject", "")),
            "file": path.name,
            "came_again": not is_first,
        }
        with (self._folder / "deliveries.jsonl").open("a", encoding="utf-8") as notes:
            notes.write(json.dumps(note, ensure_ascii=False) + "\n")
        return is_first

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  (aiosmtpd's name)
        is_first = self.keep(bytes(envelope.original_content or b""), envelope.rcpt_tos)
        return "250 2.0.0 kept" if is_first else "250 2.0.0 kept before"


def file_name(message_id: str) -> str:
    """A plain file name that only this Message-ID has."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", message_id.partition("@")[0]).strip("-")[:40]
    return f"{words}-{hashlib.sha256(message_id.encode()).hexdigest()[:12]}.eml"


def _write_new(path: Path, content: bytes) -> bool:
    """Write the whole file or none of it; False where it is there already."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


async def serve(port: int, folder: Path) -> None:
    """Take mail until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    mailbox = Mailbox(folder)
    server = await loop.create_server(
        lambda: SMTP(mailbox, hostname="mailbox.example", data_size_limit=_LARGEST, enable_SMTPUTF8=True, loop=loop),
        "127.0.0.1",
        port,
    )
    async with server:
        await stop.wait()


def main() -> None:
    """Serve as the command line says."""
    parser = argparse.ArgumentParser(description="A mail server that keeps what it receives as files.")
    parser.add_argument("--port", type=int, default=2526)
    parser.add_argument("--folder", type=Path, default=Path("var/mailbox"))
    wanted = parser.parse_args()
    asyncio.run(serve(wanted.port, wanted.folder))


if __name__ == "__main__":
    main()
