"""The partners' folders: each message once, even when the partner has taken it away."""

from __future__ import annotations

from pathlib import Path

from activities.gateways.partner_link import FolderPartnerLink
from activities.outside_ports import PartnerLink
from models.domain.messages import OutboundMessage

ANSWER = ("ordrsp.edi", "application/edifact", b"UNB+UNOC:3'")


def message(key: str = "ack:order:1", recipient: str = "9521002300000") -> OutboundMessage:
    return OutboundMessage(key=key, kind="acknowledgement", subject_id="order:1:1", channel="edi", recipient=recipient)


def visible(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file() and not any(p.startswith(".") for p in path.parts))


def test_a_message_lies_in_its_partners_folder_once(tmp_path: Path) -> None:
    """However often it is delivered."""
    link: PartnerLink = FolderPartnerLink(tmp_path)
    for _ in range(2):
        link.deliver(message(), [ANSWER, ANSWER])
    found = visible(tmp_path)
    assert [path.parent.name for path in found] == ["9521002300000"] * 2
    assert {path.read_bytes() for path in found} == {ANSWER[2]}


def test_a_message_that_the_partner_took_is_not_delivered_again(tmp_path: Path) -> None:
    """The file is gone because it was fetched."""
    link = FolderPartnerLink(tmp_path)
    link.deliver(message(), [ANSWER])
    visible(tmp_path)[0].unlink()
    link.deliver(message(), [ANSWER])
    assert visible(tmp_path) == []


def test_a_crash_before_the_last_step_is_made_good(tmp_path: Path) -> None:
    """What stands ready and is written down moves on the next try."""
    link = FolderPartnerLink(tmp_path)
    link.deliver(message(), [ANSWER])
    there = visible(tmp_path)[0]
    there.rename(tmp_path / ".ready" / there.parent.name / there.name)
    link.deliver(message(), [ANSWER])
    assert visible(tmp_path) == [there]


def test_messages_with_other_keys_are_other_files(tmp_path: Path) -> None:
    """Also where the keys look alike."""
    link = FolderPartnerLink(tmp_path)
    for key in ("ack:1", "ack-1", "ack/1"):
        link.deliver(message(key), [ANSWER])
    assert len(visible(tmp_path)) == 3


def test_no_recipient_and_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    """Both may come from a partner's own message."""
    root = tmp_path / "partners"
    FolderPartnerLink(root).deliver(message("../../k", "../../etc"), [("../../x.e/../di", "text/plain", b"x")])
    assert all(path.is_relative_to(root) for path in visible(tmp_path))
    assert len(visible(root)) == 1
