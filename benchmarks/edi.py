"""How quickly EDI is read: our readers, to full contract objects with evidence, beside pydifact and pyx12, which only split.

    python -m benchmarks.edi [--lines 10000] [--long 100000]

Prints CPU seconds (best of five, in turn with the peer) and, for a long order, those and the memory of its own process.
Orders are as partners write them: each EDIFACT line has ten segments (EANCOM), each X12 line six (VICS).
"""

from __future__ import annotations

import argparse
import gc
import io
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable

import pyx12.x12file
from pydifact.segmentcollection import RawSegmentCollection

from models.domain.identifiers import gs1_check_digit
from parsers.edifact.reader import read_edifact
from parsers.part_reading import PartReading
from parsers.x12.reader import read_x12

_EDIFACT_LINE = (
    "LIN+{n}++{gtin}:EN'PIA+1+HX-M8-{n}:SA+A-{n}:IN'IMD+F++:::Hex bolt M8 x {n} zinc'QTY+21:{q}:PCE'QTY+59:10'"
    "DTM+2:20261120:102'MOA+203:{q}.25'PRI+AAA:12.50:::100:PCE'PRI+AAB:13.00:::100:PCE'TAX+7+VAT+++:::19'\n"
)
_X12_LINE = (
    "PO1*{n}*{q}*EA*12.5*HP*VN*HX-M8-{n}*BP*A-{n}*UK*0{gtin}~\nCTP*RS*RES*19.95~\nPID*F*08***Hex bolt M8 x {n}~\n"
    "PID*F*73***zinc~\nPO4*10*1*EA~\nDTM*002*20261120~\n"
)


def _gtin(n: int) -> str:
    """Another one for each line, as in real orders: nothing can be remembered from line to line."""
    body = f"400638{n:06d}"
    return body + str(gs1_check_digit(body))


def edifact_order(lines: int) -> bytes:
    """One ORDERS D.96A of so many lines."""
    head = (
        "UNB+UNOC:3+4000001000005:14+4012345000009:14+261103:0930+77'\nUNH+1+ORDERS:D:96A:UN:EAN008'\nBGM+220+4500123456+9'\n"
        "DTM+137:20261103:102'\nNAD+BY+4000001000005::9'\nNAD+DP+4000001000005::9'\nCUX+2:EUR:9'\n"
    )
    body = "".join(_EDIFACT_LINE.format(n=n, q=n % 90 + 10, gtin=_gtin(n)) for n in range(1, lines + 1))
    return f"{head}{body}UNS+S'\nCNT+2:{lines}'\nUNT+{9 + 10 * lines}+1'\nUNZ+1+77'\n".encode()


def x12_order(lines: int) -> bytes:
    """One 850 004010 of so many lines."""
    head = (
        f"ISA*00*{'':10}*00*{'':10}*ZZ*{'BUYER':15}*ZZ*{'SELLER':15}*261103*0930*U*00401*000000077*0*P*>~\n"
        "GS*PO*BUYER*SELLER*20261103*0930*77*X*004010~\nST*850*0001~\nBEG*00*SA*4500123456**20261103~\nCUR*BY*USD~\n"
        "N1*ST*Plant 1*92*P1~\nN3*1 Main St~\nN4*Austin*TX*78701*US~\n"
    )
    body = "".join(_X12_LINE.format(n=n, q=n % 90 + 10, gtin=_gtin(n)) for n in range(1, lines + 1))
    return f"{head}{body}CTT*{lines}~\nSE*{8 + 6 * lines}*0001~\nGE*1*77~\nIEA*1*000000077~\n".encode()


def _ours(read: Callable[[bytes, str], PartReading], content: bytes) -> Callable[[], int]:
    return lambda: len(read(content, "order").orders[0].order.lines)


def _pydifact(content: bytes) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return len(RawSegmentCollection.from_str(content.decode()).segments)


def _pyx12(content: bytes) -> int:
    return sum(1 for _ in pyx12.x12file.X12Reader(io.StringIO(content.decode())))


def _seconds(*works: Callable[[], int]) -> list[float]:
    """CPU seconds of each, the best of five rounds in turn: what else the machine does should neither count nor favour one."""
    best = [float("inf")] * len(works)
    for _ in range(5):
        for place, work in enumerate(works):
            gc.collect()
            start = time.process_time()
            work()
            best[place] = min(best[place], time.process_time() - start)
    return best


def compare(lines: int) -> None:
    """Print both standards beside their peer."""
    edifact, x12 = edifact_order(lines), x12_order(lines)
    rows = [
        ("EDIFACT", "pydifact", _seconds(_ours(read_edifact, edifact), lambda: _pydifact(edifact))),
        ("X12", "pyx12", _seconds(_ours(read_x12, x12), lambda: _pyx12(x12))),
    ]
    print(f"an order of {lines} lines, CPU seconds\n")
    print(f"{'standard':10}{'ours':>8}{'peer':>8}  {'':10}{'ours is':>8}")
    for standard, peer, (ours, theirs) in rows:
        print(f"{standard:10}{ours:8.2f}{theirs:8.2f}  {peer:10}{theirs / ours:7.1f}x as fast")


def read_long(standard: str, lines: int) -> None:
    """Read one long order in this process and print what it took."""
    content = edifact_order(lines) if standard == "EDIFACT" else x12_order(lines)
    start = time.process_time()
    found = _ours(read_edifact if standard == "EDIFACT" else read_x12, content)()
    seconds = time.process_time() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{standard:10}{found} lines, {len(content) / 1e6:.0f} MB: {seconds:.1f} s, {megabytes:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--long", type=int, default=100_000, help="0: leave the long orders out")
    parser.add_argument("--only", choices=("EDIFACT", "X12"), help="read one long order in this very process")
    given = parser.parse_args()
    if given.only:
        read_long(given.only, given.long)
        return
    compare(given.lines)
    print()
    for standard in ("EDIFACT", "X12") if given.long else ():
        command = [sys.executable, "-m", "benchmarks.edi", "--only", standard, "--long", str(given.long)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
