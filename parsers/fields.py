"""Labelled values of an order's head to the order's fields: forms are checked, rivals weighed, what misleads is dropped."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from models.contracts.extraction_v1 import PartyV1, Problem, StatedValue
from models.domain.document import TextBox
from models.domain.findings import Severity
from models.domain.identifiers import Gln, VatId
from parsers.freight_terms import freight_in, freight_under_label
from parsers.incoterms import rule_in
from parsers.lexicon import key_of, split_label
from parsers.totals import FOOT, settled_totals
from parsers.values.cells import price_cell, stated, stated_number
from parsers.values.number_style import DateOrder
from parsers.values.numbers import NumberStyle, currency_of, parse_date
from parsers.values.paper_numbers import paper_number
from parsers.values.party_blocks import party_from_block
from parsers.values.payment_terms import payment_terms

__all__ = ["HeaderReading", "LabelledValue", "header_from", "party_from_block"]

_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+){1,5}")
_AFTER_DATE_WORD = re.compile(
    r"\s+(?:vom|dated?|établie? le|émise? le|emess[oa] il|ausgestellt am|opgesteld op|wystawione"
    r"|of|du|del|de fecha|d\.d\.|van|z dnia|from|v\.)\s+(.{6,30})$",
    re.IGNORECASE,
)
_NUMBER_THEN_DATE = re.compile(r"(?P<number>\S+)\s*[/|,;-]?\s+(?P<day>\d{1,4}[./-]\d{1,2}[./-]\d{2,4})")
_CALLED_OFF = 0.6
#: Heads of any list of money, such as what each account is charged; "Total" says more.
_BARE_AMOUNT = frozenset({"amount", "betrag", "montant", "importe", "importo", "bedrag", "kwota", "sum"})
#: "20.00% 1,459.43" beside "VAT"
_RATE_BEFORE = re.compile(r"^[(@]?\s?\d{1,2}(?:[.,]\d{1,3})?\s?%\s?\)?\s*(?=\S)")
#: "Tuesday 10 Nov 2026 Sent by: …"
_NEXT_LABEL = re.compile(r"(?<=\d{4})\s+[^\W\d][^\d:]{1,24}:\s.*$")
_SAID_BEHIND = re.compile(r"(?<=\S)\s*\([^()\d]{3,120}(?:\d[\d., ]*[^()\d]{0,8})?\)[\s.]*$")
#: "12/11/2026 (06:00 a 09:00)", "11/18/26 (Wed) 5:30-7:00 AM"
_BEHIND_A_DASH = re.compile(r"(?<=\d)\s+[-–—]\s+\D+$")  # "04/12/2026 - porto franco"
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)(?:\s*\d{1,2}[:.h]\d{2}[\s\w:.-]{0,16})?\s*$")
#: "18/11/2026 dalle ore 7 alle 10"
_HOURS = re.compile(
    r"(?<=\d),?\s+(?:dalle|entre|von|zwischen|between|from|tussen|van|od|de|ab|à partir de)\s(?:ore |las |godz\.? )?\d{1,2}\b"
    r"(?![./-]\d)[\s\w:.]{0,40}$",
    re.IGNORECASE,
)
#: "On or before 30-Nov-2026 at our Kurichi works"
_WHERE = re.compile(r"(?<=\d)\s+(?:at|to|into|in|for)\s(?:the |our |your )?[^\W\d]\D{2,60}$", re.IGNORECASE)
_NO_VALUE = re.compile(
    r"[\s._:*/–—-]*|n/?a|none|not defined|not applicable|keine?r?|tbd|tba|aucune?|ninguno|nessuno|geen|brak", re.IGNORECASE
)
_CENTURY = 36_525
_DATE_ORDERS: tuple[DateOrder, ...] = ("mdy", "dmy")  # with a point as decimal mark, month first is the likelier
_PARTIES = ("buyer", "seller", "ship_to", "bill_to")
_OTHER_PAPERS = frozenset({"quotation_ref", "contract_ref", "requisition", "invoice_ref", "job"})
_PARTY_NUMBERS = ("customer_number", "gln", "vat_id", "email")


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """A value that stands by a label. `field` as the lexicon names it, `strength` 0 to 1: how sure it is that they belong
    together, times how much the label says. The text of a party is its block, one line a row."""

    field: str
    label: str
    value: TextBox
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """An order's head. `totals` holds total_net, total_tax and total_gross as far as the head or foot states them, `foot`
    every labelled amount (total, subtotal, freight …); `parties` the blocks that were given, by role; `numbers` the buyer's
    customer_number, vat_id, gln, email."""

    po_number: StatedValue | None = None
    order_date: StatedValue | None = None
    requested_delivery_date: StatedValue | None = None
    currency: StatedValue | None = None
    payment_terms: StatedValue | None = None
    incoterm: StatedValue | None = None
    freight_terms: StatedValue | None = None
    notes: StatedValue | None = None
    totals: Mapping[str, StatedValue] = field(default_factory=dict)
    foot: Mapping[str, StatedValue] = field(default_factory=dict)
    parties: Mapping[str, PartyV1] = field(default_factory=dict)
    numbers: Mapping[str, StatedValue] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    box: TextBox
    strength: float


def header_from(values: Sequence[LabelledValue], style: NumberStyle, *, reference_date: date | None = None) -> HeaderReading:
    """The head that the labelled values make.

    A value must have its field's form. Of several, the one that more labels state wins, then the better labelled, then
    the first. A requested day must not be before the order's day where another reading of its figures allows that.
    """
    by_field: dict[str, list[LabelledValue]] = defaultdict(list)
    for value in (piece for whole in values for piece in _pieces(whole, style)):
        if not _NO_VALUE.fullmatch(value.value.text.strip()):
            by_field[value.field].append(value)
    days = _days(by_field, style, reference_date)
    foot = _foot(by_field, style)
    return HeaderReading(
        po_number=_best(by_field["po_number"], lambda text: paper_number(text, style))
        or _called_off(by_field["contract_ref"], style),
        order_date=days[0],
        requested_delivery_date=days[1],
        currency=_currency(by_field),
        payment_terms=_best(by_field["payment_terms"], payment_terms),
        incoterm=_best(by_field["incoterm"], rule_in) or _best(by_field["job"], rule_in),
        freight_terms=_freight_terms(by_field),
        notes=_notes(by_field["notes"]),
        totals=settled_totals(foot, None),
        foot=foot,
        parties={role: party for role in _PARTIES if (party := _party(by_field[role])) is not None},
        numbers={name: number for name in _PARTY_NUMBERS if (number := _party_number(by_field[name], name)) is not None},
        problems=tuple(_rivals("po_number", by_field["po_number"], style)),
    )


def _pieces(whole: LabelledValue, style: NumberStyle) -> list[LabelledValue]:
    """A PO number with the day behind it ("4711 vom 3.11.2026", "70001 / 04/03/2024") is two values; "VAT" may be a number."""
    text = " ".join(whole.value.text.split())
    if whole.field == "total_tax" and VatId.parse(text) is not None:
        return [replace(whole, field="vat_id")]
    if whole.field != "po_number":
        return [whole]
    if whole.strength < 1 and (other := split_label(text)) is not None and other[0] in _OTHER_PAPERS:
        return [replace(whole, field=other[0])]  # "Reference: quotation 26-118"
    match = _AFTER_DATE_WORD.search(text)
    number, day = (text[: match.start()], match[1]) if match else (text, "")
    if not match and (pair := _NUMBER_THEN_DATE.fullmatch(text)):
        number, day = pair["number"].rstrip("/|,;-"), pair["day"]
    if not day or all(parse_date(day, replace(style, date_order=order)) is None for order in _DATE_ORDERS):
        return [whole]
    dated = LabelledValue("order_date", whole.label, replace(whole.value, text=day), whole.strength * 0.95)
    return [replace(whole, value=replace(whole.value, text=number)), dated]


def _best(values: Sequence[LabelledValue], form: Callable[[str], str | None]) -> StatedValue | None:
    """The value with the right form that most labels state, then the one labelled best, then the first."""
    candidates = [_Candidate(text, value.value, value.strength) for value in values if (text := form(value.value.text))]
    if not candidates:
        return None
    groups: dict[str, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[candidate.text.casefold()].append(candidate)
    weights = {key: max(each.strength for each in group) + 0.15 * min(len(group) - 1, 3) for key, group in groups.items()}
    chosen = groups[max(weights, key=lambda key: weights[key])]
    confidence = min(0.99, _confidence(max(each.strength for each in chosen), rivals=len(groups) - 1) + 0.02 * (len(chosen) - 1))
    return stated(chosen[0].text, [each.box for each in chosen[:3]], confidence)


def _confidence(strength: float, rivals: int) -> float:
    return round(max(0.3, min(0.97, 0.4 + 0.57 * strength) - 0.08 * min(rivals, 3)), 4)


def _called_off(contracts: Sequence[LabelledValue], style: NumberStyle) -> StatedValue | None:
    """The number of the open order that a call-off without a number of its own draws on, with doubt."""
    found = _best(contracts, lambda text: paper_number(re.sub(r"\s*/\s*", "/", text), style))
    return found and found.model_copy(update={"confidence": min(found.confidence, _CALLED_OFF)})


def _rivals(name: str, values: Sequence[LabelledValue], style: NumberStyle) -> list[Problem]:
    strong = {text for value in values if value.strength >= 0.9 and (text := paper_number(value.value.text, style))}
    bare = {re.sub(r"\W", "", text).casefold() for text in strong}
    if len(bare) < 2 or any(all(one in other or other in one for other in bare) for one in bare):
        return []
    message = f"several purchase order numbers are stated: {', '.join(sorted(strong)[:4])}; see which one is the order's own"
    severity = Severity.ERROR if _names_two(values, style) else Severity.WARNING
    return [Problem(code="several_po_numbers", severity=severity, field=name, message=message)]


def _names_two(values: Sequence[LabelledValue], style: NumberStyle) -> bool:
    """Whether one and the same label names two numbers: these are two orders on one paper."""
    named: dict[str, set[str]] = defaultdict(set)
    for value in values:
        if value.strength >= 0.9 and (text := paper_number(value.value.text, style)):
            named[re.sub(r"\W", "", value.label).casefold()].add(re.sub(r"\W", "", text).casefold())
    return any(not any(all(one in other or other in one for other in numbers) for one in numbers) for numbers in named.values())


def _freight_terms(by_field: Mapping[str, list[LabelledValue]]) -> StatedValue | None:
    """Who pays the freight; nothing where labels contradict each other. "Ship Via" and the like count by plain words alone."""
    named = [
        (each, freight_under_label(each.label, each.value.text)) for name in ("incoterm", "freight") for each in by_field[name]
    ]
    named += [(each, said[0]) for each in by_field["job"] if (said := freight_in(each.value.text))]
    found = [(each, terms) for each, terms in named if terms is not None]
    if len({terms for _, terms in found}) != 1:
        return None
    best = max(each.strength for each, _ in found)
    return stated(found[0][1].value, [each.value for each, _ in found[:3]], _confidence(best, rivals=0))


def _notes(values: Sequence[LabelledValue]) -> StatedValue | None:
    texts: list[LabelledValue] = []
    for value in values:
        if value.value.text.strip() not in [each.value.text.strip() for each in texts]:
            texts.append(value)
    joined = " ".join(" ".join(value.value.text.split()) for value in texts[:5])[:2000]
    return (
        stated(joined, [value.value for value in texts[:5]], _confidence(max(value.strength for value in texts), 0))
        if texts
        else None
    )


def _currency(by_field: Mapping[str, list[LabelledValue]]) -> StatedValue | None:
    own = _best(by_field.get("currency", []), currency_of)
    if own is not None:
        return own
    for name in sorted(FOOT):
        for value in by_field.get(name, []):
            code = currency_of(value.label) or currency_of(value.value.text)
            if code is not None:
                return stated(code, [value.value], 0.93)
    return None


def _foot(by_field: Mapping[str, list[LabelledValue]], style: NumberStyle) -> dict[str, StatedValue]:
    """The amounts of the foot. The last of several counts: part and page totals come before the order's."""
    found: dict[str, StatedValue] = {}
    for name in FOOT:
        for value in by_field.get(name, []):
            # "2 932,94 zł (w tym VAT 548,44 zł)", "1.093,50 € (mil noventa y tres euros)."
            text = _SAID_BEHIND.sub("", _RATE_BEFORE.sub("", value.value.text.strip()))
            cell = price_cell(text, style)
            if cell is not None and "%" not in text:
                amount = stated_number(cell.number, value.value, _confidence(value.strength, 0))
                if amount is not None and not (name in found and key_of(value.label) in _BARE_AMOUNT):
                    found[name] = amount
    return found


def _days(
    by_field: Mapping[str, list[LabelledValue]], style: NumberStyle, reference: date | None
) -> tuple[StatedValue | None, StatedValue | None]:
    """Order date and requested date. Figures that could be two days are read so that what is wanted is not before what was
    ordered; where both readings allow that, the one nearer to the day of writing is given with doubt."""
    sure = _days_under(by_field, style, reference)
    if style.date_order is not None or None not in sure:
        return sure
    orders = _DATE_ORDERS if style.decimal == "." else _DATE_ORDERS[1:]
    readings = [_days_under(by_field, replace(style, date_order=order), reference) for order in orders]
    fitting = [days for days in readings if days[0] is None or days[1] is None or days[0].value <= days[1].value]
    settled = len(fitting) == 1 and len(readings) > 1
    chosen = min(fitting or readings, key=lambda days: _days_ahead(days, reference))
    return _less_sure(chosen[0], sure[0], settled=settled), _less_sure(chosen[1], sure[1], settled=settled)


def _days_ahead(days: tuple[StatedValue | None, StatedValue | None], reference: date | None) -> int:
    """How far the day that is wanted lies ahead of the day of writing; what lies behind it is further off than all ahead."""
    stated = days[1] or days[0]
    if stated is None or reference is None:
        return 0
    ahead = (date.fromisoformat(stated.value) - reference).days
    return ahead if ahead >= 0 else _CENTURY - ahead


def _days_under(
    by_field: Mapping[str, list[LabelledValue]], style: NumberStyle, reference: date | None
) -> tuple[StatedValue | None, StatedValue | None]:
    ordered = _best(by_field.get("order_date", []), lambda text: _day(text, style, reference))
    written_on = reference or (date.fromisoformat(ordered.value) if ordered is not None else None)
    wanted = _best(by_field.get("requested_delivery_date", []), lambda text: _day(text, style, written_on))
    if wanted is not None and ordered is not None and wanted.value < ordered.value:
        wanted = wanted.model_copy(update={"confidence": min(wanted.confidence, 0.6)})
    return ordered, wanted


def _less_sure(value: StatedValue | None, unambiguous: StatedValue | None, *, settled: bool) -> StatedValue | None:
    if value is None or (unambiguous is not None and unambiguous.value == value.value):
        return value
    return value.model_copy(update={"confidence": min(value.confidence, 0.85 if settled else 0.5)})


def _day(text: str, style: NumberStyle, reference: date | None) -> str | None:
    text = _NEXT_LABEL.sub("", text)
    bare = _WHERE.sub("", _HOURS.sub("", _IN_BRACKETS.sub("", _BEHIND_A_DASH.sub("", text))))
    found = parse_date(text, style, reference=reference) or parse_date(bare, style, reference=reference)
    return found.isoformat() if found is not None else None


def _party(values: Sequence[LabelledValue]) -> PartyV1 | None:
    """The party of the block that says most."""
    parties = [
        party_from_block([TextBox(line, value.value.evidence, value.value.confidence) for line in value.value.text.splitlines()])
        for value in values
    ]
    filled = [party for party in parties if any((party.name, party.gln, party.street, party.city, party.postal_code))]
    return max(filled, key=lambda party: len(party.model_dump(exclude_none=True)), default=None)


def _party_number(values: Sequence[LabelledValue], name: str) -> StatedValue | None:
    forms: dict[str, Callable[[str], str | None]] = {
        "gln": Gln.parse,
        "vat_id": VatId.parse,
        "email": lambda text: match[0] if (match := _EMAIL.search(text)) else None,
        "customer_number": lambda text: text.strip() if len(text) <= 30 and any(sign.isdigit() for sign in text) else None,
    }
    return _best(values, forms[name])
