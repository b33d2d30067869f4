"""Payment terms as people write them: when all is due, at which month's end, what is taken off before; and against the agreed.

"2 % 10 days net 30", "30 Tage netto, 14 Tage 2 % Skonto", "45 jours fin de mois le 10", "RIBA 60 gg d.f.f.m.", "2/10 n/30".
Terms without a number of days and without a word for "at once" say nothing that can be compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from models.domain.findings import Finding, Owner, Severity
from models.domain.party import Customer
from models.domain.purchase_order import PurchaseOrder
from models.domain.values import Exact, Value, plain

_LONGEST = 300
_MONTH, _WEEK = 30, 7
_AT_ONCE = re.compile(
    r"\b(?:sofort|immediate|immediately|upon receipt|on receipt|a reception|comptant|vorkasse|vorauskasse|prepaid|prepayment|"
    r"in advance|contado|cash on delivery|cod|a vista|vista fattura|rimessa diretta|contante|vooruitbetaling|vooraf|przedplata)\b"
)
_NUMBERS = r"\d{1,3}(?:\s?[/+-]\s?\d{1,3}){0,5}"
_DAYS = re.compile(rf"\b(?P<numbers>{_NUMBERS})[ -]?(?:d|days?|tage?n?|tg|jours?|jrs?|j|dias?|giorni|gg|dagen|dgn|dni)\b")
_NET = re.compile(r"\b(?:net|netto|nett|n)[ /]{0,2}(?P<numbers>\d{1,3})\b")
_MONTHS = re.compile(r"\b(?P<numbers>\d{1,2}) ?(?:months?|monate?n?|mois|meses|mes|mesi|mese|maanden|maand|miesiac\w{0,3})\b")
_WEEKS = re.compile(r"\b(?P<numbers>\d{1,2}) ?(?:weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken|tygodn\w{1,2})\b")
_SHARE = re.compile(r"\b(?P<share>\d{1,2}(?:[.,]\d{1,2})?) ?%")
#: "2/10 net 30", "1.5/10, n/30".
_SHORT = re.compile(r"\b(?P<share>\d(?:[.,]\d{1,2})?) ?/ ?(?P<days>\d{1,2})(?=[ ,;]{1,3}n(?:et(?:to)?)?[ /]{0,2}\d)")
_MONTH_END = re.compile(
    r"(?:\b(?:fin (?:de |du )?mois|fdm|fin de mes|fine mese|eom|end of (?:the )?month|month end|monatsende|ultimo|"
    r"einde (?:van de )?maand|konca miesiaca|koniec miesiaca)\b|\b(?:d\.? ?f\.? ?)?f\.? ?m\b\.?)"
    r"(?:[ ,+]{0,3}(?:(?:le|il|am|the|al|op de|del)[ ]?)?(?P<later>[1-9]|[12]\d)\b(?! ?%))?"
)
_CLAUSE = re.compile(r"[;|\n]|,(?!\d)|\b(?:oder|sonst|otherwise|else|ou sinon|of|lub|oppure)\b")


class PaymentTerms(Value):
    """When the whole amount is due, in days after the invoice (None where the terms do not say), or after the end of that day's
    month; `later` days behind it. `share` percent come off what is paid within `share_days`."""

    days: int | None = None
    to_month_end: bool = False
    later: int = 0
    share: Exact = Decimal(0)
    share_days: int | None = None

    @property
    def latest(self) -> int | None:
        """The most days that may pass until all is paid."""
        return None if self.days is None else self.days + (_MONTH if self.to_month_end else 0) + self.later


def payment_days(terms: str | None) -> int | None:
    """The days until the whole amount is due, or None where the text does not say: "2 % 10 days, net 30" is 30."""
    return payment_terms(terms or "").days


@lru_cache(maxsize=4_096)
def payment_terms(text: str) -> PaymentTerms:
    """What the text says, as far as it can be understood."""
    plain_text = _plain(text)
    share, share_days, rest = _discount(plain_text)
    end = _MONTH_END.search(rest)
    due = _day_counts(rest)
    days = max(due, default=0 if _AT_ONCE.search(rest) else None)
    if days is None and end is not None:
        days = 0
    return PaymentTerms(
        days=days,
        to_month_end=end is not None,
        later=int(end["later"]) if end is not None and end["later"] else 0,
        share=share,
        share_days=share_days,
    )


def terms_finding(order: PurchaseOrder, customer: Customer) -> Finding | None:
    """Payment terms that name other days than agreed, or a discount that was not. What we would be paid sooner is worth a note;
    later or less is asked about, since who delivers on terms that were put to him may be held to them. We confirm the agreed."""
    text = order.payment_terms or ""
    stated, agreed = payment_terms(text), _agreed(customer)
    costs = _costs(stated, agreed)
    if not costs and (stated.latest is None or stated.latest == agreed.latest):
        return None
    ours = customer.payment_terms or f"{customer.payment_days} days net"
    why = f" By the order {' and '.join(costs)}." if costs else ""
    is_later = _is_later(stated, agreed)
    return Finding(
        code="terms_differ",
        severity=Severity.ERROR if costs else Severity.WARNING,
        message=f"The order says {text[:80]!r}; agreed is {ours!r}, which we confirm.{why}",
        field="payment_terms",
        read=order.payment_terms,
        expected=ours,
        owner=Owner.CREDIT if is_later else Owner.SALES,
    )


def _agreed(customer: Customer) -> PaymentTerms:
    """The agreed terms: the days that our books count by, with the month's end and the discount of the words."""
    said = payment_terms(customer.payment_terms)
    return said.model_copy(update={"days": customer.payment_days})


def _is_later(stated: PaymentTerms, agreed: PaymentTerms) -> bool:
    return stated.latest is not None and agreed.latest is not None and stated.latest > agreed.latest


def _costs(stated: PaymentTerms, agreed: PaymentTerms) -> list[str]:
    """What the stated terms would cost us, in words."""
    costs = []
    if _is_later(stated, agreed):
        by = (stated.latest or 0) - (agreed.latest or 0)
        at_end = " at most, at the month's end" if stated.to_month_end and not agreed.to_month_end else ""
        costs.append(f"all would be due {by} days later{at_end}")
    days = "" if stated.share_days is None else f" within {stated.share_days} days"
    if stated.share > agreed.share:
        instead = f" instead of {plain(agreed.share)} %" if agreed.share else ""
        costs.append(f"{plain(stated.share)} % would come off{days}{instead}")
    elif stated.share and stated.share == agreed.share and (stated.share_days or 0) > (agreed.share_days or 0):
        costs.append(f"{plain(stated.share)} % would come off{days} instead of {agreed.share_days or 'no'} days")
    return costs


def _discount(text: str) -> tuple[Decimal, int | None, str]:
    """The discount with its days, and the text without them."""
    short = _SHORT.search(text)
    if short is not None:
        return _exact(short["share"]), int(short["days"]), text[: short.start()] + " " + text[short.end() :]
    start = 0
    for end in [*(found.start() for found in _CLAUSE.finditer(text)), len(text)]:
        share = _SHARE.search(text, start, end)
        if share is not None and 0 < _exact(share["share"]) < 20:
            days = _days_of_share(text, share, start, end)
            cut = text[: share.start()] + " " + text[share.end() :] if days is None else _without(text, share, days)
            return _exact(share["share"]), int(days["numbers"].split("/")[0]) if days else None, cut
        start = end
    return Decimal(0), None, text


def _days_of_share(text: str, share: re.Match[str], start: int, end: int) -> re.Match[str] | None:
    """The days that go with the share: behind it, unless the clause names some before; a bare number right behind it, too."""
    before = [found for found in _DAYS.finditer(text, start, share.start()) if found["numbers"].isdigit()]
    if before:
        return before[-1]
    bare = re.compile(r"[ ,/-]{0,3}(?P<numbers>\d{1,2})\b(?! ?%)").match(text, share.end(), end)
    return bare or _DAYS.search(text, share.end(), end)


def _without(text: str, *parts: re.Match[str]) -> str:
    for part in sorted(parts, key=lambda part: part.start(), reverse=True):
        text = text[: part.start()] + " " + text[part.end() :]
    return text


def _day_counts(text: str) -> Sequence[int]:
    counts = [(pattern, weight) for pattern, weight in ((_DAYS, 1), (_NET, 1), (_MONTHS, _MONTH), (_WEEKS, _WEEK))]
    found = [(each["numbers"], weight) for pattern, weight in counts for each in pattern.finditer(text)]
    bare = re.search(rf"^\D{{0,12}}?(?P<numbers>{_NUMBERS}) ?(?=f|eom|df)", text) if not found else None
    if bare is not None:
        found = [(bare["numbers"], 1)]
    return [int(number) * weight for numbers, weight in found for number in re.findall(r"\d+", numbers)]


def _exact(share: str) -> Decimal:
    return Decimal(share.replace(",", "."))


def _plain(text: str) -> str:
    """Lower case without accents, with single blanks."""
    decomposed = unicodedata.normalize("NFKD", text[:_LONGEST]).casefold().replace("ł", "l")
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())
