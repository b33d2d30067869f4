"""Partners and their interchanges: what a profile says, what they send, and what they find in their folder."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from pydifact.exceptions import MissingImplementationWarning
from pydifact.parser import Parser
from sqlalchemy import select, update

from models.domain.party import Company, PartnerProfile
from models.domain.policy import DecisionPolicy
from models.store.session import engine_for, writing
from models.store.tables import company, partner
from tests.workflows.bench import Bench, until

HANSEWERK = "9521002300000"


_CABLE_TIE = "LIN+1+{action}+4012345011784:EN'PIA+1+0007204:IN'QTY+21:{quantity}:PCE'"


def orders(po_number: str, *, quantity: str = "100", price: str = "2.34") -> bytes:
    """ORDERS for cable ties, at what was agreed unless said otherwise."""
    body = (
        f"BGM+220+{po_number}+9'DTM+137:20261120:102'NAD+BY+{HANSEWERK}::9'NAD+SU+4012345000009::9'"
        f"NAD+DP+9521002300017::9'CUX+2:EUR:9'{_CABLE_TIE.format(action='', quantity=quantity)}"
        f"PRI+AAA:{price}:CT:NTP:100:PCE'UNS+S'CNT+2:1'"
    )
    return interchange("ORDERS", po_number, body)


def ordchg(po_number: str, *, quantity: str, added: str = "", reference: str = "") -> bytes:
    """A change of the line's quantity, with segments of a line that it `adds`."""
    body = (
        f"BGM+230+{po_number}+4'DTM+137:20261121:102'RFF+ON:{po_number}'NAD+BY+{HANSEWERK}::9'NAD+SU+4012345000009::9'"
        f"CUX+2:EUR:9'{_CABLE_TIE.format(action='3', quantity=quantity)}{added}UNS+S'"
    )
    return interchange("ORDCHG", reference or f"C{po_number}", body)


def interchange(kind: str, reference: str, body: str) -> bytes:
    count = body.count("'") + 2
    head = f"UNB+UNOC:3+{HANSEWERK}:14+4012345000009:14+261120:0612+{reference}++{kind}'UNH+1+{kind}:D:96A:UN:EAN008'"
    return f"{head}{body}UNT+{count}+1'UNZ+1+{reference}'".encode()


def contrl(reference: str, *, action: str = "7", own: str = "77") -> bytes:
    """The partner's CONTRL on our interchange."""
    envelope = f"UNB+UNOC:3+{HANSEWERK}:14+4012345000009:14+261121:0712+{own}'"
    body = f"UNH+1+CONTRL:D:3:UN'UCI+{reference}+4012345000009:14+{HANSEWERK}:14+{action}'UNT+3+1'"
    return f"{envelope}{body}UNZ+1+{own}'".encode()


def agree(bench: Bench, customer: str, **terms: Any) -> None:
    """Give the customer's electronic partner these terms, as a file in partners/ would."""
    engine = engine_for(bench.settings.database)
    with writing(engine) as connection:
        wanted = select(partner.c.document).where(partner.c.customer_number == customer)
        known: PartnerProfile = connection.scalars(wanted).one()
        changed = known.model_copy(update=terms)
        connection.execute(update(partner).where(partner.c.customer_number == customer).values(document=changed))
    engine.dispose()


def rule(bench: Bench, **changes: Any) -> None:
    """Change the company's policy, as another policy.yaml would."""
    engine = engine_for(bench.settings.database)
    with writing(engine) as connection:
        known: Company = connection.scalars(select(company.c.document)).one()
        policy = DecisionPolicy.model_validate({**known.policy.model_dump(), **changes})
        connection.execute(update(company).values(document=known.model_copy(update={"policy": policy})))
    engine.dispose()


def files(bench: Bench, partner_id: str) -> list[Path]:
    """What lies in a partner's folder."""
    folder = bench.settings.var / "partners" / partner_id
    return sorted(path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else []


async def in_folder(bench: Bench, partner_id: str, kind: str, *, count: int = 1) -> list[bytes]:
    """The partner's files of a kind (ORDRSP, DESADV, …) once there are so many."""

    def look() -> list[bytes] | None:
        found = [path.read_bytes() for path in files(bench, partner_id)]
        fitting = [content for content in found if message_type(content) == kind]
        return fitting if len(fitting) >= count else None

    found: list[bytes] = await until(look, f"{count} {kind} for {partner_id}")
    return found


def message_type(content: bytes) -> str:
    """The type of an EDIFACT message, as pydifact reads it."""
    return str(_elements(content, "UNH")[1][0])


def control_of(content: bytes) -> str:
    """The interchange control reference."""
    return str(_elements(content, "UNB")[4])


def _elements(content: bytes, tag: str) -> list[Any]:
    """The elements of the first segment of a tag."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MissingImplementationWarning)  # pydifact ships no service segments
        segments = Parser().parse(content.decode("latin-1"))
        return next(list(segment.elements) for segment in segments if segment.tag == tag)
