"""What two partners send in the exchange of the journey, and how independent readers see what we answer."""

from __future__ import annotations

import io
import warnings
from email.message import EmailMessage

from pydifact.exceptions import MissingImplementationWarning
from pydifact.parser import Parser
from pyx12.x12file import X12Reader

TIDEWATER = "638108113"
BUYER = "edi@hansewerk.example"


def po_850(po_number: str, price: str) -> bytes:
    """An 850 for twenty boxes of gloves."""
    return _x12("PO", "850", 1, (f"BEG*00*SA*{po_number}**20261120", *_HEAD, f"PO1*1*20*BX*{price}*UM*VN*NG-BU-L*BP*TFS09777"))


def po_860(po_number: str, quantity: str) -> bytes:
    """An 860 of its quantity."""
    return _x12(
        "PC", "860", 2, (f"BCH*04*SA*{po_number}***20261121", *_HEAD, f"POC*1*QD*{quantity}**BX***VN*NG-BU-L*BP*TFS09777")
    )


def ack_997(group: str, kind: str) -> bytes:
    """Tidewater's 997 on our group."""
    return _x12("FA", "997", 3, (f"AK1*{kind}*{group}", "AK9*A*1*1*1"), summary=False)


_HEAD = ("CUR*BY*USD", "N1*BY*TIDEWATER FACILITY SERVICES INC*91*70038", "N1*ST*TIDEWATER*UL*9527003800013")


def _x12(group: str, kind: str, control: int, body: tuple[str, ...], *, summary: bool = True) -> bytes:
    inner = (*body, "CTT*1") if summary else body
    isa = f"ISA*00*{'':10}*00*{'':10}*01*{TIDEWATER:15}*ZZ*{'BRUECKNERHALE':15}*261120*0405*U*00401*{control:09d}*0*P*>"
    rows = (
        isa, f"GS*{group}*{TIDEWATER}*BRUECKNERHALE*20261120*0405*{control}*X*004010", f"ST*{kind}*0001", *inner,
        f"SE*{len(inner) + 2}*0001", f"GE*1*{control}", f"IEA*1*{control:09d}",
    )  # fmt: skip
    return "".join(f"{row}~\n" for row in rows).encode()


def mailed(content: bytes, name: str) -> bytes:
    """A mail of Hansewerk's with the interchange attached."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = BUYER, "orders@brueckner-hale.example", f"EDI {name}"
    mail["Date"], mail["Message-ID"] = "Fri, 20 Nov 2026 06:12:00 +0000", f"<{name}@hansewerk.example>"
    mail.set_content("See attachment.\n")
    mail.add_attachment(content, maintype="application", subtype="edifact", filename=name)
    return mail.as_bytes()


def edifact_segments(content: bytes) -> list[list[str]]:
    """Tag and elements of every segment, as pydifact reads them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MissingImplementationWarning)  # it ships no service segments
        return [[segment.tag, *map(str, segment.elements)] for segment in Parser().parse(content.decode("latin-1"))]


def x12_segments(content: bytes) -> list[list[str]]:
    """Tag and elements of every segment, as pyx12 reads them, which must find nothing wrong with the envelope."""
    reader = X12Reader(io.StringIO(content.decode()))
    found = [segment.format().rstrip("~").split("*") for segment in reader]
    assert reader.pop_errors() == []
    return found


def kind_of(content: bytes) -> str:
    """ORDRSP, 855, … by the header of its message."""
    if content.startswith(b"ISA"):
        return next(segment[1] for segment in x12_segments(content) if segment[0] == "ST")
    return next(segment[2] for segment in edifact_segments(content) if segment[0] == "UNH").split("'")[1]
