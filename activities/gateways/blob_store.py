"""Documents in a folder, each under the SHA-256 of its content."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from activities.gateways import durable_files
from models.domain.blobs import BlobRef
from models.domain.errors import Rejected, Unavailable


class FileBlobStore:
    """Fulfils `activities.ports.BlobStore`. When `put` returns, the content is on the disk."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, content: bytes, media_type: str) -> BlobRef:
        """Raises `Unavailable` where the disk refuses."""
        ref = BlobRef(sha256=hashlib.sha256(content).hexdigest(), media_type=media_type, size=len(content))
        path = self._path(ref)
        try:
            known = durable_files.read(path)
        except FileNotFoundError:
            known = None
        if known != content:  # not there yet, or damaged since
            durable_files.replace(self._root, path, content)
        return ref

    def get(self, ref: BlobRef) -> bytes:
        """Raises `Rejected` (blob_missing, blob_damaged), or `Unavailable` where the disk or the whole folder is away."""
        path = self._path(ref)
        try:
            content = durable_files.read(path)
        except FileNotFoundError as error:
            if not self._root.is_dir():
                raise Unavailable(f"the folder of documents {self._root} is not there: is its disk mounted?") from error
            raise Rejected(f"document {ref.sha256} is not in {self._root}: restore it", code="blob_missing") from error
        if hashlib.sha256(content).hexdigest() != ref.sha256:
            raise Rejected(f"{path} is not what was stored: restore it from the backup", code="blob_damaged")
        return content

    def _path(self, ref: BlobRef) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", ref.sha256):  # a copied value is not checked again by its type
            raise Rejected(f"{ref.sha256!r} is no SHA-256", code="blob_missing")
        return self._root / ref.sha256[:2] / ref.sha256[2:4] / ref.sha256
