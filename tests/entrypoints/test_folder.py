"""The watched folder, on a real file system."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from entrypoints.folder import WatchedFolder
from entrypoints.intake_door import IntakeDoor
from models.domain.errors import Unavailable
from tests.fakes.world import World


@pytest.fixture
def folder(tmp_path: Path, door: IntakeDoor) -> WatchedFolder:
    return WatchedFolder(tmp_path / "drop", door, max_bytes=1000, pause=0.01)


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    path = tmp_path / "drop"
    path.mkdir()
    return path


async def settle(folder: WatchedFolder) -> None:
    await folder.look()
    await folder.look()


async def test_a_settled_file_is_taken_and_put_aside(folder: WatchedFolder, drop: Path, world: World) -> None:
    """It is in the store under its name and lies in `taken` afterwards."""
    (drop / "po.csv").write_bytes(b"sku;quantity")
    await settle(folder)
    [message] = world.inbox.messages.values()
    assert (message.name, message.channel, world.blobs.get(message.content)) == ("po.csv", "folder", b"sku;quantity")
    assert [path.name for path in (drop / "taken").iterdir()] == ["po.csv"]


async def test_a_file_that_grows_is_left_until_it_rests(folder: WatchedFolder, drop: Path, world: World) -> None:
    """What changed since the last look may still be written."""
    (drop / "po.csv").write_bytes(b"sku")
    await folder.look()
    (drop / "po.csv").write_bytes(b"sku;quantity")
    await folder.look()
    assert not world.inbox.messages


@pytest.mark.parametrize("name", [".hidden", "po.pdf.part", "po.pdf.crdownload", "po.tmp", "po~"])
async def test_unfinished_names_stay(folder: WatchedFolder, drop: Path, world: World, name: str) -> None:
    """Programs that copy use such names until they are done."""
    (drop / name).write_bytes(b"half")
    await settle(folder)
    assert (drop / name).exists()
    assert not world.inbox.messages


async def test_a_link_is_refused_and_never_followed(folder: WatchedFolder, drop: Path, tmp_path: Path, world: World) -> None:
    """Whoever may write into the folder must not make us read another file."""
    secret = tmp_path / "secret"
    secret.write_bytes(b"not yours")
    (drop / "po.pdf").symlink_to(secret)
    await settle(folder)
    assert not world.inbox.messages
    assert "link" in (drop / "refused" / "po.pdf.txt").read_text()
    assert secret.read_bytes() == b"not yours"


async def test_a_pipe_is_refused_without_waiting_for_it(folder: WatchedFolder, drop: Path) -> None:
    """Opening a pipe would block for ever."""
    os.mkfifo(drop / "pipe")
    await settle(folder)
    assert (drop / "refused" / "pipe.txt").exists()


async def test_a_file_too_large_is_refused_with_the_limit(folder: WatchedFolder, drop: Path) -> None:
    """The note beside it says what the limit is."""
    (drop / "big.pdf").write_bytes(b"x" * 1001)
    await settle(folder)
    assert "1,000 bytes" in (drop / "refused" / "big.pdf.txt").read_text()


async def test_a_name_that_is_taken_gets_a_number(folder: WatchedFolder, drop: Path) -> None:
    """No earlier file is overwritten."""
    for content in (b"first", b"second"):
        (drop / "po.csv").write_bytes(content)
        await settle(folder)
    assert {path.name: path.read_bytes() for path in (drop / "taken").iterdir()} == {"po.csv": b"first", "po-2.csv": b"second"}


async def test_files_wait_while_the_store_is_away(folder: WatchedFolder, drop: Path, world: World) -> None:
    """Nothing is moved that was not kept."""
    (drop / "po.csv").write_bytes(b"sku;quantity")
    world.store.is_away = True
    await folder.look()
    with pytest.raises(Unavailable):
        await folder.look()
    assert (drop / "po.csv").exists()


async def test_a_name_that_is_no_text_is_taken_under_a_readable_one(folder: WatchedFolder, drop: Path, world: World) -> None:
    """File names are bytes; ours are text without line breaks."""
    Path(os.fsdecode(os.fsencode(drop) + b"/po\xff\n.csv")).write_bytes(b"sku")
    await settle(folder)
    [message] = world.inbox.messages.values()
    assert message.name == "po?.csv"


async def test_a_folder_in_the_folder_is_left_alone(folder: WatchedFolder, drop: Path) -> None:
    """Only files are documents."""
    (drop / "archive").mkdir()
    await settle(folder)
    assert (drop / "archive").is_dir()
