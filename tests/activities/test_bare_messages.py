"""Messages without their envelope are acknowledged where the door knows the partner who handed them in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from activities.bare_messages import addressed
from models.contracts.reading_v1 import ReadingV1
from models.store.loading import load_company
from models.store.parties import SqlParties
from models.store.schema import migrate
from models.store.session import engine_for
from parsers.edifact.receipts import awaits_contrl, write_contrl
from parsers.reading import read_document
from tests.parsers.answers_written import AT
from tests.parsers.edifact.messages import LINE, interchange, order
from tests.store.company_folder import write_company

PARTNER = "9521002300000"
BUYER = "buy@ada.example"


@pytest.fixture
def parties(tmp_path: Path) -> SqlParties:
    url = f"sqlite:///{tmp_path}/books.sqlite"
    migrate(url)
    folder = write_company(tmp_path / "company")
    load_company(folder, engine_for(url), today=date(2026, 11, 24))
    return SqlParties(engine_for(url))


def bare() -> ReadingV1:
    return read_document(order(*LINE).encode(), "po.edi", ocr=None).reading


@pytest.mark.parametrize("sender", [BUYER, f"Ada <{BUYER}>", PARTNER])
def test_a_partner_whom_the_door_knows_gets_its_acknowledgement(parties: SqlParties, sender: str) -> None:
    """By the mail address of its customer, or by its electronic id; UCI quotes the message for want of an interchange."""
    reading = addressed(bare(), sender, parties)
    (received,) = reading.interchanges
    assert awaits_contrl(received)
    told = write_contrl(received, control_reference="5", at=AT).decode()
    assert told.startswith("UNB+UNOC:3+4012345000009:14+9521002300000:14+")
    assert "UCI+1+9521002300000:14+4012345000009:14+7'UCM+1+ORDERS:D:96A:UN:EAN008+7'" in told
    assert reading.messages[0] is not None
    assert reading.messages[0].sender == PARTNER


def test_a_stranger_gets_none(parties: SqlParties) -> None:
    """There is nobody to address it to."""
    reading = addressed(bare(), "who@elsewhere.example", parties)
    assert [awaits_contrl(received) for received in reading.interchanges] == [False]


def test_messages_with_an_envelope_keep_its_sender(parties: SqlParties) -> None:
    """Whoever hands them in."""
    reading = read_document(interchange(order(*LINE)), "po.edi", ocr=None).reading
    assert addressed(reading, BUYER, parties) == reading
