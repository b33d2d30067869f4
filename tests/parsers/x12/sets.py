"""Small X12 interchanges for the tests, written for this project."""

from __future__ import annotations

HEAD = (
    "BEG*00*SA*4500123456**20261103",
    "CUR*BY*USD",
    "DTM*002*20261120",
    "N1*BY*Acme Supply*91*C-1001",
    "N1*ST*Acme Store 7*UL*4000001000005",
    "N3*1 Main St*Dock 4",
    "N4*Columbus*OH*43201*US",
)
LINE = ("PO1*1*120*EA*9.25*TE*CB*A-889*VN*HX-M8-40*UP*036000291452", "PID*F****Hex bolt M8x40")


def order(*lines: str, head: tuple[str, ...] = HEAD, number: str = "0001", count: int | None = None, kind: str = "850") -> str:
    """A transaction set with right counts around the head and `lines`, terminated by ~."""
    body = (*head, *lines)
    stated = len(body) + 2 if count is None else count
    return "".join(f"{segment}~" for segment in (f"ST*{kind}*{number}", *body, f"SE*{stated}*{number}"))


def interchange(
    *sets: str,
    usage: str = "P",
    group: str = "7",
    stated: int | None = None,
    control: str = "000000042",
    groups: int = 1,
    code: str = "PO",
) -> bytes:
    """One group of `sets` in one interchange."""
    isa = f"ISA*00*{'':10}*00*{'':10}*ZZ*{'BUYERCO':15}*12*{'SELLERCO':15}*261103*0815*U*00401*000000042*0*{usage}*>~"
    gs = f"GS*{code}*BUYERAPP*SELLERAPP*20261103*0815*7*X*004010~"
    ge = f"GE*{len(sets) if stated is None else stated}*{group}~"
    return (isa + gs + "".join(sets) + ge + f"IEA*{groups}*{control}~").encode()
