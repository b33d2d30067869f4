"""Archives taken apart within bounds."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.errors import Rejected
from parsers.archive import MOST_MEMBERS, shown_name, unpack
from parsers.detect import Kind


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=8), st.binary(max_size=200), max_size=6))
def test_what_was_packed_comes_out(members: dict[str, bytes]) -> None:
    """Names and contents, in their order."""
    unpacked, problems = unpack(_zip(members), "a.zip", Kind.ZIP)
    assert ({member.name: member.content for member in unpacked}, problems) == (members, ())


def test_a_member_without_a_name_is_unpacked_too() -> None:
    """It gets one by its place."""
    unpacked, _ = unpack(_zip({"po.csv": b"1", "x": b"2"}).replace(b"x", b"\0"), "a.zip", Kind.ZIP)
    assert [member.name for member in unpacked] == ["po.csv", "file-2"]


def test_the_clutter_of_operating_systems_is_left_out() -> None:
    """Resource forks and thumbnails are no documents."""
    unpacked, _ = unpack(
        _zip({"po.csv": b"1", "__MACOSX/._po.csv": b"2", "a/.DS_Store": b"3", "Thumbs.db": b"4"}), "a.zip", Kind.ZIP
    )
    assert [member.name for member in unpacked] == ["po.csv"]


def test_one_member_that_is_too_tightly_packed_spares_the_others() -> None:
    """It becomes a problem that names it."""
    unpacked, problems = unpack(_zip({"bomb.txt": bytes(20 * 1024 * 1024), "po.csv": b"1"}), "a.zip", Kind.ZIP)
    assert ([member.name for member in unpacked], [problem.code for problem in problems]) == (["po.csv"], ["archive_bomb"])
    assert "bomb.txt" in problems[0].message


def test_too_many_members_are_refused() -> None:
    """One more than allowed."""
    with pytest.raises(Rejected, match="201 files"):
        unpack(_zip({f"{number}.txt": b"" for number in range(MOST_MEMBERS + 1)}), "a.zip", Kind.ZIP)


def test_a_gzip_file_loses_its_ending() -> None:
    """po.csv.gz holds po.csv."""
    unpacked, _ = unpack(gzip.compress(b"1") + gzip.compress(b"2"), "po.csv.gz", Kind.GZIP)
    assert [(member.name, member.content) for member in unpacked] == [("po.csv", b"12")]


def test_a_gzip_bomb_is_refused() -> None:
    """Its ratio gives it away."""
    with pytest.raises(Rejected) as caught:
        unpack(gzip.compress(bytes(90 * 1024 * 1024)), "a.gz", Kind.GZIP)
    assert caught.value.code == "archive_bomb"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a/b/po.pdf", "po.pdf"),
        ("..\\..\\po.pdf", "po.pdf"),
        ("po\x00\n.pdf", "po.pdf"),
        ("..", "file-1"),
        ("", "file-1"),
        ("x" * 300 + ".pdf", "x" * 110 + "….pdf"),
    ],
)
def test_a_name_is_safe_to_show(raw: str, shown: str) -> None:
    """Neither path nor control characters nor excess."""
    assert shown_name(raw, "file-1") == shown


@given(st.text(max_size=300))
def test_any_name_is_safe_to_show(raw: str) -> None:
    """Short, printable, no path."""
    name = shown_name(raw, "file-1")
    assert 0 < len(name) <= 121
    assert not set(name) & set("/\\\x00\n\r\u202e")
