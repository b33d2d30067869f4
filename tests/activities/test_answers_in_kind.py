"""Electronic answers as a partner has agreed to take them, numbered without a gap."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from activities.answers_in_kind import AnswersInKind
from activities.gateways.clock import SystemClock
from activities.outgoing import Outgoing
from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1
from models.store.journals import SqlNumberRanges, SqlOutbox
from models.store.loading import load_company
from models.store.parties import SqlParties
from models.store.schema import migrate
from models.store.session import engine_for
from parsers.answers import ElectronicAnswers
from parsers.x12.reader import read_x12
from tests.fakes.records import MemoryBlobs
from tests.parsers.answers_written import acknowledgement, ship_notice
from tests.parsers.x12.sets import LINE, interchange, order
from tests.store.company_folder import write_company

PROFILE = """
customer_number: "10010"
standard: x12
our_id: SELLERCO
partner_id: BUYERCO
{terms}
"""


class Nowhere:
    """Takes what is sent and keeps nothing."""

    def send(self, *message: object) -> None: ...

    def deliver(self, *message: object) -> None: ...


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    migrate(f"sqlite:///{tmp_path}/books.sqlite")
    return engine_for(f"sqlite:///{tmp_path}/books.sqlite")


def answers(engine: Engine, folder: Path, terms: str = "") -> tuple[AnswersInKind, MemoryBlobs]:
    company = write_company(folder)
    (company / "partners").mkdir()
    (company / "partners" / "buyer.yaml").write_text(PROFILE.format(terms=terms))
    load_company(company, engine, today=date(2026, 11, 24), is_strict=True)
    blobs, clock = MemoryBlobs(), SystemClock()
    outgoing = Outgoing(SqlOutbox(engine), blobs, Nowhere(), Nowhere(), clock)
    return AnswersInKind(ElectronicAnswers(), blobs, SqlNumberRanges(engine), outgoing, clock, SqlParties(engine)), blobs


def received() -> InterchangeV1:
    (found,) = read_x12(interchange(order(*LINE)), "po.x12").interchanges
    return found


def test_a_partner_that_asks_for_a_999_gets_it(engine: Engine, tmp_path: Path) -> None:
    """As its file in partners/ says."""
    in_kind, _ = answers(engine, tmp_path / "company", "syntax_acknowledgement: '999'")
    assert [part.name for part in in_kind.syntax_acknowledgement(received(), "a")] == ["999-1.x12"]


def test_a_partner_gets_only_what_it_agreed_to_take(engine: Engine, tmp_path: Path) -> None:
    """No syntax acknowledgement, no order acknowledgement, no ship notice."""
    terms = "syntax_acknowledgement: none\norder_acknowledgement: false\nship_notice: false"
    in_kind, _ = answers(engine, tmp_path / "company", terms)
    message = received().messages[0]
    assert in_kind.syntax_acknowledgement(received(), "a") == ()
    assert in_kind.acknowledgement(acknowledgement(), message, "b") == ()
    assert in_kind.ship_notice(ship_notice(), message, "c") == ()


def test_what_is_not_written_takes_no_number(engine: Engine, tmp_path: Path) -> None:
    """An acknowledgement is never acknowledged, and leaves no gap."""
    in_kind, _ = answers(engine, tmp_path / "company")
    message = MessageRefV1(standard="x12", message_type="997", sender="BUYERCO", group_ref="1", message_ref="1")
    acknowledged = InterchangeV1(envelope=message, messages=(message,))
    assert in_kind.syntax_acknowledgement(acknowledged, "a") == ()
    assert [part.name for part in in_kind.syntax_acknowledgement(received(), "b")] == ["997-1.x12"]


def test_the_same_answer_keeps_its_number(engine: Engine, tmp_path: Path) -> None:
    """However often a step runs again."""
    in_kind, _ = answers(engine, tmp_path / "company")
    first, second = (in_kind.syntax_acknowledgement(received(), "a")[0].name for _ in range(2))
    assert (first, second) == ("997-1.x12", "997-1.x12")


def test_a_wrong_partner_file_is_named_with_its_line(engine: Engine, tmp_path: Path) -> None:
    """And what is allowed there."""
    with pytest.raises(Exception, match=r"partners/buyer.yaml, line 6, key syntax_acknowledgement"):
        answers(engine, tmp_path / "company", "syntax_acknowledgement: maybe")


def test_a_partners_code_for_a_place_that_is_not_ours_is_named_with_its_line(engine: Engine, tmp_path: Path) -> None:
    """And the file that would have to list it."""
    terms = "units: {BX: PK}\nship_to_codes:\n  '7': W2\n  '0042': W9"
    with pytest.raises(Exception, match=r"partners/buyer.yaml, line 9, key ship_to_codes.0042: .*no place 'W9' in ship_to.csv"):
        answers(engine, tmp_path / "company", terms)


def test_a_unit_that_is_none_of_ours_is_named_with_its_line(engine: Engine, tmp_path: Path) -> None:
    """As everything else in a profile that cannot be."""
    with pytest.raises(Exception, match=r"partners/buyer.yaml, line 7, key units.BX: .*'BOXES'"):
        answers(engine, tmp_path / "company", "units:\n  BX: BOXES")
