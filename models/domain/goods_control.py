"""Goods that the law watches: dual-use goods that leave for a third country, and hazardous goods on any road.

Regulation (EU) 2021/821, Article 3 (export of listed goods wants an authorisation); ADR for dangerous goods by road. Which
categories are concerned the operator says in goods_flags.csv.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.domain.catalogue import GoodsFlag
from models.domain.findings import Finding, Owner, Severity
from models.domain.identifiers import Sku
from models.domain.party import Address
from models.domain.sales_order import SalesOrderLine
from models.domain.vat_territory import tax_area, vat_state


def goods_findings(
    lines: Sequence[SalesOrderLine], flags: Mapping[Sku, Sequence[GoodsFlag]], ship_from: Address, ship_to: Address
) -> tuple[Finding, ...]:
    """A question for each line with listed goods that leave the customs territory, a note for each with hazardous ones."""
    leaves = leaves_customs_territory(ship_from, ship_to)
    return tuple(
        finding
        for line in lines
        for flag in (flags.get(line.sku, ()) if line.sku else ())
        if (finding := _finding(line, flag, ship_to) if flag.kind == "hazardous" or leaves else None)
    )


def leaves_customs_territory(ship_from: Address, ship_to: Address) -> bool:
    """Whether goods are exported: out of the Union, or across a border outside it."""
    if vat_state(ship_from) and vat_state(ship_to):
        return False
    return tax_area(ship_from) != tax_area(ship_to)


def _finding(line: SalesOrderLine, flag: GoodsFlag, ship_to: Address) -> Finding | None:
    what = f"Line {line.number}: {line.sku} is"
    if flag.kind == "dual_use":
        law = "check that an export authorisation covers it (Art. 3 of Regulation (EU) 2021/821)"
        message = f"{what} listed as dual-use ({flag.reference}) and goes to {ship_to.country}: {law}."
        return _goods("dual_use", Severity.ERROR, Owner.COMPLIANCE, line, flag, message)
    if flag.kind == "hazardous":
        law = "pack, label and declare it by ADR; not every carrier takes it"
        return _goods(
            "hazardous_goods", Severity.WARNING, Owner.WAREHOUSE, line, flag, f"{what} hazardous ({flag.reference}): {law}."
        )
    return None


def _goods(code: str, severity: Severity, owner: Owner, line: SalesOrderLine, flag: GoodsFlag, message: str) -> Finding:
    return Finding(code=code, severity=severity, message=message, line=line.number, read=flag.reference, owner=owner)
