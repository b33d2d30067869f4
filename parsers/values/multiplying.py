"""Whether quantity, price and amount belong together."""

from __future__ import annotations

from decimal import Decimal


def multiplies(quantity: Decimal | None, price: Decimal | None, total: Decimal | None) -> bool:
    """Whether quantity × price is the total, for one, a hundred or a thousand, to half a unit of the price's last place."""
    if quantity is None or price is None or total is None or not quantity or not total:
        return False
    exponent = price.as_tuple().exponent
    slack = abs(quantity) * Decimal(5).scaleb(int(exponent) - 1) if isinstance(exponent, int) and exponent < 0 else Decimal(0)
    return any(abs(quantity * price / basis - total) <= slack / basis + Decimal("0.01") for basis in (1, 100, 1000))
