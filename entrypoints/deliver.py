"""Hands a document of yours to one of the doors, as a mail client, an HTTP client or a copying program would."""

from __future__ import annotations

import hashlib
import mimetypes
import shutil
import smtplib
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

import httpx

from models.domain.errors import Rejected, Unavailable

_SECONDS = 60


def content_of(path: Path) -> bytes:
    """The file's bytes. Raises `Rejected` with its path where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Rejected(f"{path} cannot be read: {error.strerror}", code="not_readable") from error


def by_smtp(path: Path, host: str, port: int, sender: str) -> str:
    """A mail goes as it is, any other file as the attachment of a short mail. Returns what the door answered."""
    content = content_of(path)
    envelope_sender = sender
    if path.suffix.lower() == ".eml":
        envelope_sender = parseaddr(str(message_from_bytes(content).get("From", "")))[1] or sender
    else:
        content = _mail_with(path, content, sender).as_bytes()
    try:
        with smtplib.SMTP(host, port, timeout=_SECONDS) as client:
            client.sendmail(envelope_sender, ["orders@orderwright.localhost"], content)
    except smtplib.SMTPResponseException as refusal:
        reason = (
            bytes(refusal.smtp_error).decode("utf-8", "replace") if isinstance(refusal.smtp_error, bytes) else refusal.smtp_error
        )
        raise Rejected(f"the SMTP door refused {path.name}: {refusal.smtp_code} {reason}") from refusal
    except (OSError, smtplib.SMTPException) as error:
        raise Unavailable(f"the SMTP door at {host}:{port} does not answer ({error}): start `orderwright gateway`") from error
    return f"{path.name}: taken by SMTP"


def by_http(path: Path, gateway: str, token: str, sender: str) -> str:
    """Upload to `/v1/documents`. Returns where to follow it."""
    content = content_of(path)
    try:
        answer = httpx.post(
            f"{gateway}/v1/documents",
            headers={"Authorization": f"Bearer {token}"},
            files={"file": (path.name, content)},
            data={"sender": sender},
            timeout=_SECONDS,
        )
    except httpx.HTTPError as error:
        raise Unavailable(f"the gateway at {gateway} does not answer ({error}): start `orderwright gateway`") from error
    if answer.status_code != 202:
        raise Rejected(f"the gateway refused {path.name}: {answer.status_code} {_detail(answer)}")
    return f"{path.name}: taken by HTTP, follow it at {answer.json()['links']['page']}"


def by_folder(path: Path, folder: Path) -> str:
    """Copy into the watched folder under a name that is not looked at, then rename: never half a file."""
    content_of(path)
    draft = folder / f".{path.name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, draft)
        draft.rename(folder / path.name)
    except OSError as error:
        raise Unavailable(f"{path} cannot be copied to {folder}: {error.strerror}") from error
    return f"{path.name}: put into {folder}"


def _mail_with(path: Path, content: bytes, sender: str) -> EmailMessage:
    """The same file makes the same mail, so that sending it twice is one message."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = "orders@orderwright.localhost"
    mail["Message-ID"] = f"<{hashlib.sha256(content).hexdigest()[:32]}@orderwright.localhost>"
    mail["Subject"] = path.name.replace("\n", " ").replace("\r", " ")
    mail.set_content("The order is attached.\n")
    kind = (mimetypes.guess_type(path.name)[0] or "application/octet-stream").split("/", 1)
    mail.add_attachment(content, maintype=kind[0], subtype=kind[1], filename=path.name)
    if mail.is_multipart():
        mail.set_boundary(f"orderwright-{len(content)}-part")
    return mail


def _detail(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
    except ValueError:
        return answer.text[:200]
    return f"{problem.get('detail', '')} {problem.get('next_step', '')}".strip()
