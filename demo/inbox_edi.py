"""The sample interchanges: EDIFACT ORDERS D.96A and D.01B, X12 850. Written from the standards' message guides."""

from __future__ import annotations

from collections.abc import Iterator

from demo.sample_orders import Sample, SampleLine, table
from demo.wording import price

_OUR_GLN = "4012345000009"


def _escaped(text: str) -> str:
    """Text with EDIFACT's release character before its separators."""
    return "".join(f"?{mark}" if mark in "?+:'" else mark for mark in text)


def _compact(iso: str) -> str:
    return iso.replace("-", "")


def hansewerk(sample: Sample) -> bytes:
    """D.96A as a retailer's converter sends it: UNA, one long line, goods by GTIN, no names."""
    buyer, market = sample.buyer["gln"], sample.ship_to["gln"]
    body = [
        "UNH+1+ORDERS:D:96A:UN:EAN008",
        f"BGM+220+{sample.po_number}+9",
        f"DTM+137:{_compact(sample.date)}:102",
        f"DTM+2:{_compact(sample.requested)}:102",
        f"NAD+BY+{buyer}::9",
        f"RFF+VA:{sample.buyer['vat_id']}",
        f"NAD+SU+{_OUR_GLN}::9",
        f"NAD+DP+{market}::9",
        f"NAD+IV+{buyer}::9",
        "CUX+2:EUR:9",
        *(segment for line in sample.lines for segment in _hansewerk_line(line)),
        "UNS+S",
        f"MOA+79:{sample.total}",
        f"CNT+2:{len(sample.lines)}",
    ]
    segments = [
        f"UNB+UNOC:3+{buyer}:14+{_OUR_GLN}:14+{_compact(sample.date)[2:]}:0612+HW88300117++ORDERS",
        *body,
        f"UNT+{len(body) + 1}+1",
        "UNZ+1+HW88300117",
    ]
    return ("UNA:+.? '" + "".join(f"{segment}'" for segment in segments)).encode("latin-1")


def _hansewerk_line(line: SampleLine) -> Iterator[str]:
    unit = {"C62": "PCE", "PR": "PR", "RO": "RO"}[line.unit]
    yield f"LIN+{line.number}++{line.article['gtin']}:EN"
    yield f"PIA+1+{line.own_number}:IN"
    yield f"IMD+F++:::{_escaped(line.text('de')[:35])}"
    yield f"QTY+21:{line.quantity}:{unit}"
    yield f"MOA+203:{line.amount}"
    yield f"PRI+AAA:{price(line.price, 'plain')}:CT:NTP:{line.basis}:{unit}"


def vindobona(sample: Sample) -> bytes:
    """D.01B without UNA, a segment a row, goods by both parties' numbers, addresses spelt out."""
    buyer, place = sample.buyer, sample.ship_to
    body = [
        "UNH+ME000001+ORDERS:D:01B:UN:EAN010",
        f"BGM+220::9+{sample.po_number}+9",
        f"DTM+137:{_compact(sample.date)}1015:203",
        "FTX+ZZZ+++Bitte Anlieferung avisieren?: +43 1 5550188",
        f"NAD+BY+{buyer['gln']}::9++{_escaped(buyer['name'])}+{buyer['street']}+{buyer['city']}++{buyer['postal_code']}+AT",
        f"RFF+VA:{buyer['vat_id']}",
        "CTA+OC+:Ing. Edith Pospisil",
        f"NAD+SU+{_OUR_GLN}::9++Brückner & Hale Trade Supply GmbH",
        f"NAD+DP+{place['gln']}::9++{_escaped(place['name'][:35])}+{place['street']}+{place['city']}++{place['postal_code']}+AT",
        "CUX+2:EUR:9",
        "PAT+1++5:3:D:45",
        "TOD+3++DAP",
        *(segment for line in sample.lines for segment in _vindobona_line(line)),
        "UNS+S",
        f"MOA+86:{sample.total}",
        f"CNT+2:{len(sample.lines)}",
    ]
    segments = [
        f"UNB+UNOC:3+{buyer['gln']}:14+{_OUR_GLN}:14+{_compact(sample.date)[2:]}:1015+55102",
        *body,
        f"UNT+{len(body) + 1}+ME000001",
        "UNZ+1+55102",
    ]
    return "".join(f"{segment}'\r\n" for segment in segments).encode("latin-1")


def _vindobona_line(line: SampleLine) -> Iterator[str]:
    yield f"LIN+{line.number * 10}"
    yield f"PIA+5+{line.sku}:SA::91+{line.own_number}:IN::92"
    yield f"IMD+A++:::{_escaped(line.text('de'))[:70]}"
    yield f"QTY+21:{line.quantity}:{line.unit}"
    yield f"MOA+203:{line.amount}"
    yield f"PRI+AAA:{price(line.price, 'plain')}:::{line.basis}:{line.unit}"


def tidewater(sample: Sample) -> bytes:
    """004010 with `*` and `~`, a segment a row; boxes priced per box, bags per hundred (HP), cloths each (PE)."""
    partner = next(row for row in table("partners") if row["customer_number"] == sample.buyer["number"])
    sender, place, sent = partner["partner_id"], sample.ship_to, _compact(sample.date)
    body = [
        "ST*850*0001",
        f"BEG*00*SA*{sample.po_number}**{sent}",
        "CUR*BY*USD",
        "PER*BD*MARLA QUINN*TE*7045550163",
        "ITD*05*3*****45",
        f"DTM*002*{_compact(sample.requested)}",
        f"N1*BY*TIDEWATER FACILITY SERVICES INC*91*{sample.buyer['number']}",
        f"N1*ST*{place['name'].upper()}*UL*{place['gln']}",
        f"N3*{place['street'].upper()}",
        f"N4*{place['city'].upper()}*{place['region']}*{place['postal_code']}*US",
        *(segment for line in sample.lines for segment in _tidewater_line(line)),
        f"CTT*{len(sample.lines)}",
        f"AMT*TT*{sample.total}",
    ]
    segments = [
        f"ISA*00*{'':10}*00*{'':10}*{partner['partner_qualifier']}*{sender:<15}*{partner['our_qualifier']}*{partner['our_id']:<15}"
        f"*{sent[2:]}*0405*U*00401*000012877*0*P*>",
        f"GS*PO*{sender}*{partner['our_id']}*{sent}*0405*12877*X*004010",
        *body,
        f"SE*{len(body) + 1}*0001",
        "GE*1*12877",
        "IEA*1*000012877",
    ]
    return "".join(f"{segment}~\n" for segment in segments).encode("ascii")


def _tidewater_line(line: SampleLine) -> Iterator[str]:
    unit = {"C62": "EA", "BX": "BX"}[line.unit]
    per = "UM" if unit == "BX" else {"1": "PE", "100": "HP"}[str(line.basis)]
    numbers = f"VN*{line.sku}*BP*{line.own_number}*EN*{line.article['gtin']}"
    yield f"PO1*{line.number}*{line.quantity}*{unit}*{price(line.price, 'plain')}*{per}*{numbers}"
    yield f"PID*F****{line.text('en').replace('µm', 'mic').upper()}"
