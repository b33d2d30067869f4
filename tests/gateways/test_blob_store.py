"""The folder of documents: kept once under their digest, and verified when read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.gateways.blob_store import FileBlobStore
from activities.ports import BlobStore
from models.domain.blobs import BlobRef
from models.domain.errors import Rejected, Unavailable


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where the documents lie."""
    return tmp_path / "blobs"


def only_file(root: Path) -> Path:
    [found] = [path for path in root.rglob("*") if path.is_file()]
    return found


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=2000))
def test_what_is_put_comes_back(root: Path, content: bytes) -> None:
    """Any bytes, empty ones too."""
    store: BlobStore = FileBlobStore(root)
    assert store.get(store.put(content, "application/pdf")) == content


def test_the_same_content_is_kept_once(root: Path) -> None:
    """Whoever puts it, at once or later."""
    store = FileBlobStore(root)
    with ThreadPoolExecutor(8) as pool:
        refs = set(pool.map(lambda _: store.put(b"order", "text/plain"), range(16)))
    assert (len(refs), only_file(root).read_bytes()) == (1, b"order")


def test_a_damaged_document_is_refused_and_named(root: Path) -> None:
    """Nobody works on what was not sent to us."""
    store = FileBlobStore(root)
    ref = store.put(b"order", "text/plain")
    only_file(root).write_bytes(b"ordes")
    with pytest.raises(Rejected, match=ref.sha256) as caught:
        store.get(ref)
    assert caught.value.code == "blob_damaged"


def test_putting_a_damaged_document_again_heals_it(root: Path) -> None:
    """The sender has the original."""
    store = FileBlobStore(root)
    ref = store.put(b"order", "text/plain")
    only_file(root).write_bytes(b"")
    store.put(b"order", "text/plain")
    assert store.get(ref) == b"order"


def test_a_missing_document_is_told_from_a_missing_disk(root: Path) -> None:
    """The one needs a backup, the other patience."""
    ref = BlobRef(sha256="0" * 64, media_type="text/plain", size=1)
    with pytest.raises(Unavailable, match="mounted"):
        FileBlobStore(root).get(ref)
    root.mkdir()
    with pytest.raises(Rejected) as caught:
        FileBlobStore(root).get(ref)
    assert caught.value.code == "blob_missing"


def test_no_digest_leads_out_of_the_folder(root: Path) -> None:
    """Even one that slipped past its type."""
    (root.parent / "secret").write_bytes(b"secret")
    ref = BlobRef(sha256="0" * 64, media_type="text/plain", size=1).model_copy(update={"sha256": "../../../secret"})
    with pytest.raises(Rejected):
        FileBlobStore(root).get(ref)


def test_a_link_in_the_place_of_a_document_is_not_followed(root: Path) -> None:
    """Whoever can write the folder cannot make us read elsewhere."""
    store = FileBlobStore(root)
    ref = store.put(b"order", "text/plain")
    path = only_file(root)
    (root.parent / "copy").write_bytes(b"order")
    path.unlink()
    path.symlink_to(root.parent / "copy")
    with pytest.raises(Unavailable):
        store.get(ref)


def test_a_disk_that_refuses_is_unavailable(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unavailable):
        FileBlobStore(tmp_path / "file").put(b"order", "text/plain")
