"""What the earlier orders of a customer say together: their usual amount, how far it swings, quantities, senders and rhythm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import log
from statistics import median

from models.domain.identifiers import Sku
from models.domain.lessening import BUYER
from models.domain.party import CustomerHistory
from models.domain.sales_order import SalesOrder
from models.domain.values import Exact, Value

#: From so many orders on a customer has a usual amount that another can be held against.
_FEW = 3


class PastOrder(Value):
    """An accepted order, as far as history looks at it. `quantities` are in base units; `day` is None where nobody kept it;
    `form` is that of its document where it was read as it was meant (see `form_read`)."""

    total: Exact | None = None
    sender: str = ""
    day: date | None = None
    form: str = ""
    quantities: Mapping[Sku, Exact]


def history_of(past: Sequence[PastOrder], trade_total: Decimal | None = None, trade_orders: int = 0) -> CustomerHistory:
    """The customer's history. `trade_total` is what others order, by `trade_orders` of theirs, for customers who have too few
    orders of their own."""
    totals = [order.total for order in past if order.total is not None]
    return CustomerHistory(
        order_count=len(past),
        median_total=median(totals) if totals else None,
        largest_total=max(totals, default=None),
        total_spread=spread_of(totals),
        trade_total=trade_total,
        trade_orders=trade_orders,
        known_forms=frozenset(order.form for order in past if order.form),
        known_senders=tuple(sorted({order.sender for order in past if order.sender})),
        usual_quantities=_medians(past),
        days=tuple(sorted(order.day for order in past if order.day is not None)),
    )


def form_read(order: SalesOrder) -> str:
    """The form of the order's document, unless a person mended what a line says: then nothing shows that documents like it are
    read rightly. Which item is meant is no question of reading."""
    mended = (each.field for each in order.corrections if each.by != BUYER and not each.field.endswith(".sku"))
    return "" if any(field.partition(".")[0].isdigit() for field in mended) else order.source.form


def is_known_form(form: str, known: Collection[str]) -> bool:
    """Whether an earlier document of the same format had the same columns in the same order, and perhaps others between."""
    wanted = form.split()
    return any(earlier.split()[:1] == wanted[:1] and _stands_within(wanted, earlier.split()) for earlier in known)


def _stands_within(wanted: Sequence[str], whole: Sequence[str]) -> bool:
    rest = iter(whole)
    return all(each in rest for each in wanted)


def spread_of(totals: Sequence[Decimal]) -> float | None:
    """How far amounts swing round the middle one: the median deviation of their natural logarithms; None of too few."""
    logs = [log(total) for total in totals if total > 0]
    if len(logs) < _FEW:
        return None
    middle = median(logs)
    return median(abs(each - middle) for each in logs)


def usual_gap(days: Sequence[date]) -> float | None:
    """The usual number of days between two orders; None of too few. Orders of one day count as one."""
    gaps = [(after - before).days for before, after in pairwise(sorted(set(days)))]
    return float(median(gaps)) if len(gaps) >= _FEW else None


def _medians(past: Sequence[PastOrder]) -> dict[Sku, Decimal]:
    by_sku: defaultdict[Sku, list[Decimal]] = defaultdict(list)
    for order in past:
        for sku, quantity in order.quantities.items():
            by_sku[sku].append(quantity)
    return {sku: median(quantities) for sku, quantities in by_sku.items()}
