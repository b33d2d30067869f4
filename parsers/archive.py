"""The files inside a zip or gzip archive, taken out within bounds and in memory alone.

Nothing is written anywhere, so that a member named "../../etc/passwd" is merely shown under its last name. What is
encrypted, too many, too large or too tightly packed to be an order is refused, each with a problem that says so.
"""

from __future__ import annotations

import io
import lzma
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

from models.contracts.extraction_v1 import Problem
from models.domain.errors import Rejected
from models.domain.findings import Severity
from parsers.detect import Kind

MOST_MEMBERS = 200
MOST_BYTES = 100 * 1024 * 1024
#: Text packs to a twentieth; a thousandfold is made to burst something.
MOST_RATIO = 400
_RATIO_MATTERS = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """A file from an archive or a mail, under a name that is safe to show."""

    name: str
    content: bytes


def shown_name(raw: str, otherwise: str) -> str:
    """The last part of a path without control and direction characters, at most 120 characters long."""
    visible = "".join(char for char in raw if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    name = re.split(r"[\\/]", visible)[-1].strip().strip(".").strip()
    if len(name) > 120:
        stem, dot, suffix = name.rpartition(".")
        name = f"{stem[:110]}…{dot}{suffix}" if dot and len(suffix) <= 8 else name[:120]
    return name or otherwise


def unpack(content: bytes, part: str, kind: Kind) -> tuple[tuple[Member, ...], tuple[Problem, ...]]:
    """The members of the archive named `part`, and what could not be taken out. Raises `Rejected` where nothing can."""
    if kind is Kind.GZIP:
        return (Member(_gzip_name(part), _gunzipped(content, part)),), ()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _members(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise Rejected(
            f"{part} is a damaged zip archive ({error}): send it again, or its files one by one", code="damaged"
        ) from error


def _members(archive: zipfile.ZipFile, part: str) -> tuple[tuple[Member, ...], tuple[Problem, ...]]:
    # zipfile asks for the last letter of a name to tell folders: a name without any is a file's.
    files = (member for member in archive.infolist() if not member.filename or not member.is_dir())
    listed = [member for member in files if not _is_clutter(member.filename)]
    if len(listed) > MOST_MEMBERS:
        raise Rejected(
            f"{part} holds {len(listed)} files, of which at most {MOST_MEMBERS} are read: send fewer", code="archive_too_large"
        )
    members: list[Member] = []
    problems: list[Problem] = []
    room = MOST_BYTES
    for number, member in enumerate(listed, 1):
        name = shown_name(member.filename, f"file-{number}")
        try:
            data = _inflated(archive, member, f"{part}, {name}", room)
        except Rejected as refusal:
            problems.append(Problem(code=refusal.code, severity=Severity.ERROR, message=str(refusal)))
            continue
        room -= len(data)
        members.append(Member(name, data))
    return tuple(members), tuple(problems)


def _is_clutter(path: str) -> bool:
    return path.startswith("__MACOSX/") or path.rsplit("/", 1)[-1] in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _inflated(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: str, room: int) -> bytes:
    if member.flag_bits & 0x1:  # APPNOTE.TXT 4.4.4, bit 0
        raise Rejected(f"{place} is encrypted: send it without a password", code="encrypted")
    try:
        with archive.open(member) as stream:
            data = stream.read(room + 1)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
        EOFError,
        zlib.error,
        lzma.LZMAError,
    ) as error:
        raise Rejected(f"{place} cannot be unpacked ({error}): send the file by itself", code="damaged") from error
    _check_size(len(data), member.compress_size, place, room)
    return data


def _check_size(size: int, packed: int, place: str, room: int) -> None:
    if size > room:
        raise Rejected(
            f"{place} unpacks to more than {MOST_BYTES // 1024**2} MB: send the file by itself", code="archive_too_large"
        )
    if size > _RATIO_MATTERS and size > MOST_RATIO * max(packed, 1):
        raise Rejected(
            f"{place} unpacks to {size // max(packed, 1)} times its size, which no order does: it was not read",
            code="archive_bomb",
        )


def _gunzipped(content: bytes, part: str) -> bytes:
    """The content of a gzip file (RFC 1952). Several members one behind the other are one file."""
    data = b""
    rest = content
    for _ in range(MOST_MEMBERS):
        if not rest.startswith(b"\x1f\x8b"):
            break
        inflater = zlib.decompressobj(wbits=31)
        try:
            data += inflater.decompress(rest, MOST_BYTES + 1 - len(data))
        except zlib.error as error:
            raise Rejected(f"{part} is a damaged gzip file ({error}): send it again", code="damaged") from error
        _check_size(len(data), len(content), part, MOST_BYTES)
        if not inflater.eof:
            raise Rejected(f"{part} is a gzip file that ends too early: send it again", code="damaged")
        rest = inflater.unused_data
    return data


def _gzip_name(part: str) -> str:
    return re.sub(r"\.(gz|gzip)$", "", part, flags=re.IGNORECASE) or part
