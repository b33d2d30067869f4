"""The mailbox of the outside party."""

from __future__ import annotations

import json
from pathlib import Path

from demo.mailbox import Mailbox, file_name

_MAIL = b"Message-ID: <a1@us.example>\r\nSubject: Bestellung\r\n\r\nText\r\n"


def notes(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "deliveries.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_mail_is_kept_as_it_came(tmp_path: Path) -> None:
    """One file, the same bytes."""
    assert Mailbox(tmp_path).keep(_MAIL, ["you@example.com"])
    assert (tmp_path / file_name("<a1@us.example>")).read_bytes() == _MAIL


def test_a_second_delivery_is_recognised(tmp_path: Path) -> None:
    """The same Message-ID is the same mail; both deliveries are noted."""
    mailbox = Mailbox(tmp_path)
    mailbox.keep(_MAIL, ["you@example.com"])
    assert not mailbox.keep(_MAIL, ["you@example.com"])
    assert [note["came_again"] for note in notes(tmp_path)] == [False, True]
    assert len(list(tmp_path.glob("*.eml"))) == 1


def test_message_ids_that_look_alike_have_files_of_their_own() -> None:
    """A file name made of letters alone would lose the difference."""
    assert file_name("<a/b@us.example>") != file_name("<a+b@us.example>")


def test_a_message_id_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    """Its signs are not taken into the path."""
    Mailbox(tmp_path).keep(_MAIL.replace(b"a1@", b"../../etc/passwd@"), ["you@example.com"])
    (kept,) = tmp_path.glob("*.eml")
    assert kept.parent == tmp_path


def test_a_mail_without_message_id_is_known_by_its_content(tmp_path: Path) -> None:
    """Two different ones are two files."""
    mailbox = Mailbox(tmp_path)
    assert mailbox.keep(b"Subject: one\r\n\r\n", ["you@example.com"])
    assert mailbox.keep(b"Subject: two\r\n\r\n", ["you@example.com"])
    assert not mailbox.keep(b"Subject: one\r\n\r\n", ["you@example.com"])
