"""What an accepted order teaches: each correction that stood, each doubt that a person let pass, and each fact that served.

Nothing is taught that a check digit, a known number or a forged sender speaks against.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from models.domain.catalogue import Item
from models.domain.corrections import last_word
from models.domain.identifiers import Gtin, Sku
from models.domain.layout_hints import PrintedNumber, is_same_number, taught_spot
from models.domain.learning import (
    FactKind,
    LearnedFact,
    Lesson,
    LessonKind,
    Receipt,
    Statement,
    number_fact_key,
    place_fact_key,
    unit_fact_key,
    wording_fact_key,
)
from models.domain.lifecycle import OrderStatus
from models.domain.mail_addresses import mailbox_of
from models.domain.party import Address, StatedParty
from models.domain.purchase_order import PurchaseOrderLine
from models.domain.sales_order import Correction, Decision, SalesOrder, SalesOrderLine
from models.domain.unnumbered_letters import taught_of_numbers
from models.domain.values import plain

_US = "orderwright"
#: The finding on who wrote, after which a sender teaches nothing.
_DOUBTED_SENDER = "suspicious_sender"
_LONGEST = 200

#: A statement, how it was taught, and whose word it is.
Taught = tuple[Statement, LessonKind, Correction | Decision]


def teaches(order: SalesOrder) -> bool:
    """Whether there is anything to learn from the order as it stands: it is accepted, and a person or a fact had a hand in it."""
    if order.customer_number is None or order.status is not OrderStatus.ACCEPTED:
        return False
    return bool(order.corrections or order.learned or _approval(order))


def taught_by(
    order: SalesOrder, known_numbers: Collection[str], items: Mapping[Sku, Item], printed: Sequence[PrintedNumber] = ()
) -> list[Taught]:
    """What people said on the order. `known_numbers` are those of its numbers that the catalogue knows as something; `printed`
    are those that its document prints, where it holds this order alone."""
    return [
        *_of_items(order, known_numbers, items),
        *_of_units(order, items),
        *_of_ship_to(order),
        *_of_sender(order),
        *_of_layout(order, printed),
        *_of_missing_number(order),
    ]


def lessons_of(order: SalesOrder, taught: Sequence[Taught], known: Sequence[LearnedFact]) -> list[Lesson]:
    """The lessons of what was taught, what it overrules among the facts that are `known`, and which facts held."""
    lessons = [_lesson(order, statement, kind, word) for statement, kind, word in taught]
    corrected = [(statement, word) for statement, kind, word in taught if kind == "corrected"]
    lessons += [
        _lesson(order, fact.statement, "overruled", word)
        for statement, word in corrected
        for fact in known
        if fact.weight > 0 and fact.statement.rivals(statement)
    ]
    lessons += [_lesson(order, receipt.statement, "overruled", word) for receipt, word in _misled(order)]
    told = {lesson.statement.fact_id for lesson in lessons}
    lessons += [
        _lesson(order, receipt.statement, "held", order.decisions[-1]) for receipt in order.learned if receipt.fact_id not in told
    ]
    return list({(lesson.statement.fact_id, lesson.key): lesson for lesson in lessons}.values())


def _lesson(order: SalesOrder, statement: Statement, kind: LessonKind, word: Correction | Decision) -> Lesson:
    return Lesson(
        statement=statement,
        kind=kind,
        # What went on and the rest of it are one document: its buyer and its place are learned once.
        key=f"{order.order_id.whole}:{kind}",
        order_id=order.order_id,
        document=order.source.document_name,
        by=word.by,
        at=word.at,
        why=word.why[:_LONGEST] if isinstance(word, Correction) else "",
    )


def _of_items(order: SalesOrder, known_numbers: Collection[str], items: Mapping[Sku, Item]) -> Iterator[Taught]:
    approval = _approval(order)
    stated = {line.number: line for line in order.purchase_order.lines}
    for line in order.lines:
        asked, item = stated.get(line.number), items.get(line.sku) if line.sku else None
        if asked is None or item is None or _is_other_gtin(asked, item):
            continue
        statement = _item_statement(order, asked, item, known_numbers)
        word = _word_on(order, f"{line.number}.sku")
        if statement is not None and word is not None:
            yield statement, "corrected", word
        elif statement is not None and approval is not None and _was_let_pass(line, statement):
            yield statement, "approved", approval


def _is_other_gtin(asked: PurchaseOrderLine, item: Item) -> bool:
    """Whether a GTIN with a good check digit says that the line means something else."""
    stated = Gtin.parse(asked.gtin)
    return stated is not None and stated != item.gtin


def _was_let_pass(line: SalesOrderLine, statement: Statement) -> bool:
    """Whether the approval let a number pass that nobody knew: words that match anyway need no lesson."""
    return statement.kind is FactKind.PART_NUMBER and line.match is not None and line.match.how == "description"


def _item_statement(order: SalesOrder, asked: PurchaseOrderLine, item: Item, known_numbers: Collection[str]) -> Statement | None:
    """What a word on the line's item says of its number, or of its wording where it states none."""
    numbers = [number for number in (asked.buyer_part_number, asked.seller_part_number) if number and number_fact_key(number)]
    if any(number in known_numbers for number in numbers):
        return None
    written = numbers[0] if numbers else asked.description or ""
    kind = FactKind.PART_NUMBER if numbers else FactKind.DESCRIPTION
    key = number_fact_key(written) if numbers else wording_fact_key(written)
    if not key:
        return None
    return Statement(
        kind=kind,
        scope=str(order.customer_number),
        key=key,
        written=written[:_LONGEST],
        meaning=item.sku,
        wording=(asked.description or "")[:_LONGEST],
    )


def _of_units(order: SalesOrder, items: Mapping[Sku, Item]) -> Iterator[Taught]:
    stated = {line.number: line for line in order.purchase_order.lines}
    for line in order.lines:
        asked, item, word = (
            stated.get(line.number),
            items.get(line.sku) if line.sku else None,
            _word_on(order, f"{line.number}.unit"),
        )
        held = _held(asked, line) if asked else None
        if asked is None or item is None or word is None or held is None or asked.unit in (None, item.base_unit):
            continue
        yield (
            Statement(
                kind=FactKind.UNIT,
                scope=str(order.customer_number),
                key=unit_fact_key(item.sku, str(asked.unit)),
                written=f"{asked.unit} of {item.sku}",
                meaning=f"{plain(held)} {item.base_unit}",
                wording=(asked.description or "")[:_LONGEST],
            ),
            "corrected",
            word,
        )


def _held(asked: PurchaseOrderLine, line: SalesOrderLine) -> Decimal | None:
    """How many base units one of the stated unit held, by the reviewer's word: a whole number, else it was another mistake."""
    if asked.unit is None or not asked.quantity or not line.base_quantity:
        return None
    held = Fraction(line.base_quantity) / Fraction(asked.quantity)
    return Decimal(held.numerator) if held.denominator == 1 and held >= 1 else None


def _of_ship_to(order: SalesOrder) -> Iterator[Taught]:
    stated = order.purchase_order.ship_to
    key = place_fact_key(stated)
    if not key or stated is None:
        return
    word, approval = _word_on(order, "ship_to"), _approval(order)
    meaning = word.value.strip() if isinstance(word, Correction) else _written_out(order.ship_to)
    statement = Statement(
        kind=FactKind.SHIP_TO, scope=str(order.customer_number), key=key, written=_one_line(stated)[:_LONGEST], meaning=meaning
    )
    if word is not None:
        yield statement, "corrected", word
    elif meaning and approval is not None and any(key.startswith("new_ship_to|") for key in approval.accepted):
        yield statement, "approved", approval


def _one_line(stated: StatedParty) -> str:
    parts = (stated.name, stated.street, stated.postal_code, stated.city, stated.country, stated.gln, stated.customer_number)
    return ", ".join(part for part in parts if part)


def _written_out(address: Address | None) -> str:
    """The address as a `ship_to` correction gives one; empty where it has a part that such a text cannot hold."""
    if address is None:
        return ""
    parts = [address.name, address.street, address.postal_code, address.city, str(address.country)]
    if not all(parts) or any(";" in part for part in (*parts, address.region)):
        return ""
    return "; ".join([*parts, *([address.region] if address.region else [])])


def _of_sender(order: SalesOrder) -> Iterator[Taught]:
    word = _word_on(order, "customer")
    mailbox = mailbox_of(order.source.sender)
    trust = order.mail_trust
    is_doubted = bool(trust and trust.failed) or any(finding.code == _DOUBTED_SENDER for finding in order.findings)
    if word is None or order.source.channel != "smtp" or "@" not in mailbox or is_doubted:
        return
    yield (
        Statement(
            kind=FactKind.SENDER,
            scope=mailbox,
            key=mailbox,
            written=mailbox,
            meaning=str(order.customer_number),
            wording=(order.purchase_order.buyer.name or "")[:_LONGEST],
        ),
        "corrected",
        word,
    )


def _of_layout(order: SalesOrder, printed: Sequence[PrintedNumber]) -> Iterator[Taught]:
    word = _word_on(order, "po_number")
    if word is None:
        return
    source, read = order.source.source_format, order.purchase_order.po_number
    statement = taught_spot(str(order.customer_number), source, word.value, read, printed)
    if statement is not None:
        yield statement, "corrected", word


def _of_missing_number(order: SalesOrder) -> Iterator[Taught]:
    word, approval = _word_on(order, "po_number"), _approval(order)
    if order.purchase_order.po_number is not None or (word is None and approval is None):
        return
    accepted = approval.accepted if approval is not None else ()
    customer, source = str(order.customer_number), order.source.source_format
    statement = taught_of_numbers(customer, source, accepted, is_given=word is not None)
    if statement is not None and word is not None:
        yield statement, "corrected", word
    elif statement is not None and approval is not None:
        yield statement, "approved", approval


def _misled(order: SalesOrder) -> Iterator[tuple[Receipt, Correction]]:
    """The facts by which the order's number was chosen, where a reviewer gave another one."""
    word = _word_on(order, "po_number")
    if word is not None and not is_same_number(word.value, order.purchase_order.po_number or ""):
        yield from ((receipt, word) for receipt in order.learned_in_reading)


def _word_on(order: SalesOrder, field: str) -> Correction | None:
    if last_word(order.corrections, field) is None:
        return None
    return next(correction for correction in reversed(order.corrections) if correction.field == field)


def _approval(order: SalesOrder) -> Decision | None:
    """The last decision of a person that accepted the order."""
    return next((each for each in reversed(order.decisions) if each.outcome == "approved" and each.by != _US), None)
