"""Pages to the order they show: labelled values, parties and tables put together, and what kind of paper it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from models.contracts.extraction_v1 import Intent, OrderKind, PartyV1, Problem, PurchaseOrderV1, StatedValue
from models.domain.document import PagePicture
from models.domain.findings import Severity
from parsers.bank_details import bank_doubts_on
from parsers.fields import HeaderReading
from parsers.freight_terms import with_noted_freight
from parsers.intent import calls_itself_contract, intent_of_document
from parsers.language import foreign_language_of, language_of
from parsers.layout.calloff import forecasts_in
from parsers.layout.labels import labels_of
from parsers.layout.letter import bare_day, titled_number, unread_place
from parsers.layout.overlooked import overlooked_lines
from parsers.layout.page_parts import PageParts, head_of, taken_apart
from parsers.layout.pair_votes import likely_places, with_votes
from parsers.layout.parties import Parties
from parsers.layout.pointing import pointed
from parsers.layout.rowlike import headless_tables
from parsers.layout.sentences import Said, said_on
from parsers.layout.stacked import with_spaced_words, with_stacked_words
from parsers.layout.tables import PageTable, tables_of
from parsers.page_text import PageText, rows_of, with_typed_rules, without_small_print
from parsers.part_reading import OrderReading, PartReading
from parsers.printed_numbers import numbers_on_pages
from parsers.proof import lines_sum, proven
from parsers.struck_out import struck_out_on
from parsers.tables.gross_amounts import without_gross_amounts
from parsers.tables.guessed_days import without_past_guesses
from parsers.tables.places import doubts_of_place, place_in_columns
from parsers.tables.reader import GridReading, read_grid
from parsers.totals import settled_totals, tax_between
from parsers.values.cells import stated
from parsers.values.number_style import NumberStyle

_KINDS: dict[Intent, OrderKind] = {
    Intent.ORDER: "order",
    Intent.ORDER_CHANGE: "order_change",
    Intent.ORDER_CANCELLATION: "order_cancellation",
}
#: Letters below this share of the page's usual size are a form's small labels.
_SMALL = 0.85
#: Letters that the engine trusts less than this may be none.
_READ_AT_ALL = 0.4
_FORM = frozenset({"po_number", "ship_to", "seller", "requested_delivery_date", "payment_terms", "incoterm", "vendor_number"})
_OF_A_SUPPLIER, _LEAST_OF_FORM = frozenset({"seller", "vendor_number"}), 3  # the buyer names whom it buys from
_MOST_REMARKS, _LONGEST_NOTES, _REMARK = 20, 2000, 0.85
#: Parts a row's phrases, so that a title in a column of its own does not drown in its neighbours.
_COLUMN_GAP = "   "
#: "IN" and "ME" are words and states as well as countries.


#: Takes an order and the paper's language, and gives the order with surer or doubted values and what it changed.
SecondLook = Callable[[PurchaseOrderV1, str | None], tuple[PurchaseOrderV1, tuple[Problem, ...]]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text and its picture for people, None beyond the pictured pages."""

    text: PageText
    picture: PagePicture | None


def reading_of(
    pages: Sequence[Page],
    part: str,
    *,
    media_type: str,
    source_format: str,
    problems: Sequence[Problem] = (),
    second_look: SecondLook | None = None,
) -> PartReading:
    """What the pages say as a whole: one order for a paper that is an order, none for an invoice or a quotation.

    `second_look` goes over the order as it was read, before arithmetic judges it.
    """
    texts = [without_small_print(with_stacked_words(with_spaced_words(with_typed_rules(page.text)))) for page in pages]
    tables = tables_of(texts, part)
    is_form = _is_formed_like_an_order(texts)
    intent = _intent(texts, Intent.ORDER if tables or is_form else Intent.OTHER, is_form=is_form)
    said = "\n".join(row.text for page in texts[:3] for row in page.rows)
    foreign = foreign_language_of(said)
    language = foreign[0] if foreign else language_of(said)
    # over lines of an order, a word in a sentence ("on the conditions of our offer") does not say what a paper is
    is_unknown = intent is Intent.OTHER and _intent(texts, Intent.ORDER, is_form=bool(tables)) is Intent.ORDER
    is_contract = bool(tables) and intent is Intent.OTHER and calls_itself_contract(said)
    tables = tables or headless_tables(texts, part)
    asked = _is_it_an_order(part, foreign, intent, is_unknown=is_unknown and bool(tables), is_contract=is_contract)
    orders = (_order(texts, tables, part, _KINDS[intent], source_format, language, second_look),) if intent in _KINDS else ()
    whole = [page.text for page in pages]
    return PartReading(
        part=part,
        media_type=media_type,
        intent=intent,
        orders=orders,
        problems=(*problems, *asked, *bank_doubts_on(whole, part), *(struck_out_on(whole, part) if orders else ())),
        language=language,
        pages=max(len(pages), 1),
        pictures=tuple(page.picture for page in pages if page.picture is not None),
        numbers=numbers_on_pages(texts, part) if orders else (),
    )


def _is_it_an_order(
    part: str, foreign: tuple[str, str] | None, intent: Intent, *, is_unknown: bool, is_contract: bool
) -> Iterator[Problem]:
    """An error about a paper in a language whose sentences nobody here understands, or of which nothing says what it is
    (`is_unknown`), or only that two sides agreed (`is_contract`), though it lists goods with amounts: an order that is dropped
    is worse than a question."""
    if foreign is not None and (intent in _KINDS or is_unknown):
        message = f"{part} is in {foreign[1]}, which is not read here: compare what was read, and see what else it says"
        yield Problem(code="foreign_language", severity=Severity.ERROR, message=message)
    elif is_unknown or is_contract:
        what = f"{part} calls itself a contract, and" if is_contract else f"nothing says what {part} is, but it"
        message = f"{what} lists goods with amounts: see whether it is an order"
        yield Problem(code="may_be_order", severity=Severity.ERROR, message=message)


def _intent(pages: Sequence[PageText], default: Intent, *, is_form: bool) -> Intent:
    """The paper's kind by its words, those in the largest letters of its first page as the title. What is set smaller than
    most of the page names a field of the form ("CHANGE ORDER" over an empty box), not the paper."""
    first = next((page for page in pages if page.words), None)
    if first is None:
        return Intent.OTHER
    # dirt on a scan, read as letters, is often larger than any title
    phrases = [phrase for phrase in first.phrases if phrase.confidence >= _READ_AT_ALL] or first.phrases
    largest = max(phrase.size for phrase in phrases)
    titles = [phrase for phrase in phrases if phrase.size >= 0.85 * largest]
    # where most of a page is set alike, nothing of it is a title
    title = _COLUMN_GAP.join(phrase.text for phrase in titles) if 2 * len(titles) <= len(phrases) else ""
    common = median(word.size for word in first.words)
    plain = [phrase for phrase in phrases if phrase.size >= _SMALL * common]
    text = "\n".join(_COLUMN_GAP.join(phrase.text for phrase in row.phrases) for row in rows_of(plain))
    return intent_of_document(text, title, default, is_form=is_form)


def _is_formed_like_an_order(pages: Sequence[PageText]) -> bool:
    """Whether the first page labels what an order labels, though its title was not read or none stands there: an order that is
    taken for none is lost, one that is none is only asked about."""
    first = next((page for page in pages if page.words), None)
    labels = labels_of(first.phrases)[0] if first is not None else []
    named = {field for label in labels for field in label.fields} & _FORM
    return len(named) >= _LEAST_OF_FORM and bool(named & _OF_A_SUPPLIER)


def _order(
    pages: Sequence[PageText],
    tables: Sequence[PageTable],
    part: str,
    kind: OrderKind,
    source_format: str,
    language: str | None,
    second_look: SecondLook | None,
) -> OrderReading:
    sheets: Sequence[PageParts] = [
        taken_apart(page, [table.area for table in tables if table.area.page == page.number]) for page in pages
    ]
    texts = [phrase.text for page in pages for phrase in page.phrases]
    sheets, head = with_votes(sheets, head_of(sheets, part, language, texts), lambda own: head_of(own, part, language, texts))
    header, parties, style = head.header, head.parties, head.style
    if header.order_date is None and sheets:
        header = replace(header, order_date=bare_day(sheets[0].surroundings, style, part))
    if header.po_number is None and sheets:
        header = replace(header, po_number=titled_number(sheets[0].surroundings, part))
    lines = read_grid([table.grid for table in tables], style, keep_zero=kind != "order")
    kept = without_gross_amounts(lines.lines, {**header.foot, **lines.foot})
    lines = replace(lines, lines=without_past_guesses(kept, header.order_date))
    order = _assembled(kind, header, lines, parties)
    boxes = (phrase.box(part) for page in pages for phrase in page.phrases)
    tax = tax_between(_totals(order), {*header.foot, *lines.foot}, boxes, style)
    order = order if tax is None else order.model_copy(update={"total_tax": tax})
    astray = tuple(doubts_of_place(order, (), lines.order_columns, ()))
    last = max((table.area.page for table in tables), default=1)  # behind the lines stand terms and conditions
    order, said_astray = _with_sentences(order, tuple(_sentences(pages[:last], sheets, part, style, order)), part)
    order, astray = with_noted_freight(order), (*astray, *said_astray)
    order, changes = second_look(order, language) if second_look is not None else (order, ())
    changes += tuple(forecasts_in([table.grid for table in tables], part))
    read = proven(order, source_format, charges={**header.foot, **lines.foot})
    overlooked = overlooked_lines(pages, tables, part, told_by_contents=lines.has_inferred_heads)
    strange = parties.others or likely_places(sheets, head)
    unplaced = () if astray else _unread_place(sheets, read.order.ship_to, parties, strange)
    problems = (*header.problems, *lines.problems, *unplaced, *overlooked, *astray, *changes, *read.problems)
    return replace(read, order=pointed(read.order, pages), problems=problems)


def _totals(order: PurchaseOrderV1) -> dict[str, StatedValue]:
    return {name: value for name in ("total_net", "total_tax", "total_gross") if (value := getattr(order, name)) is not None}


def _unread_place(
    sheets: Sequence[PageParts], ship_to: PartyV1 | None, parties: Parties, strange: Sequence[str]
) -> Iterator[Problem]:
    known = (parties.buyer, parties.bill_to, parties.seller)
    return unread_place([sheet.surroundings for sheet in sheets], ship_to, strange, known)


def _assembled(kind: OrderKind, header: HeaderReading, lines: GridReading, parties: Parties) -> PurchaseOrderV1:
    totals = settled_totals({**header.foot, **lines.foot}, lines_sum(lines.lines))
    return PurchaseOrderV1(
        kind=kind,
        po_number=header.po_number,
        order_date=header.order_date,
        requested_delivery_date=header.requested_delivery_date,
        currency=header.currency or lines.currency,
        buyer=_with_numbers(parties.buyer, header),
        ship_to=parties.ship_to or place_in_columns(lines.order_columns),
        bill_to=parties.bill_to,
        payment_terms=header.payment_terms,
        incoterm=header.incoterm,
        freight_terms=header.freight_terms,
        notes=header.notes or _notes(lines),
        lines=lines.lines,
        total_net=totals.get("total_net"),
        total_tax=totals.get("total_tax"),
        total_gross=totals.get("total_gross"),
    )


def _with_sentences(order: PurchaseOrderV1, said: Sequence[Said], part: str) -> tuple[PurchaseOrderV1, tuple[Problem, ...]]:
    """The order with the number, day, place and terms that only sentences name; a place beside another one is asked about."""
    number = next((each.po_number for each in said if each.po_number), None)
    if number is not None and order.po_number is None:
        order = order.model_copy(update={"po_number": number})
    days = [each.requested_delivery_date for each in said if each.requested_delivery_date]
    places = [each.ship_to for each in said if each.ship_to]
    if days and not order.requested_delivery_date and not any(line.requested_delivery_date for line in order.lines):
        order = order.model_copy(update={"requested_delivery_date": days[0]})
    if places and not order.ship_to:
        order = order.model_copy(update={"ship_to": places[0]})
    terms = [each.payment_terms for each in said if each.payment_terms]
    if terms and not order.payment_terms:
        order = order.model_copy(update={"payment_terms": terms[0]})
    astray = [place.postal_code.value for place in places if place.postal_code and _differs(place, order.ship_to)]
    if not astray:
        return order, ()
    message = (
        f"a sentence of {part} has the goods delivered to {astray[0]}, the address for deliveries is another: see where they go"
    )
    return order, (Problem(code="unread_place", severity=Severity.ERROR, field="ship_to", message=message),)


def _differs(place: PartyV1, ship_to: PartyV1 | None) -> bool:
    code = ship_to.postal_code if ship_to else None
    return code is not None and place.postal_code is not None and code.value != place.postal_code.value


def _sentences(
    pages: Sequence[PageText], sheets: Sequence[PageParts], part: str, style: NumberStyle, order: PurchaseOrderV1
) -> Iterator[Said]:
    day = date.fromisoformat(order.order_date.value) if order.order_date else None
    for page, sheet in zip(pages, sheets, strict=False):
        outside = {id(phrase) for phrase in sheet.surroundings.others} | sheet.sentences
        taken = {id(phrase) for phrase in page.phrases} - (outside - sheet.used)
        yield said_on(page, taken, part, style, day, numbered=order.po_number is not None)


def _notes(lines: GridReading) -> StatedValue | None:
    """What stands below lines without being part of them, the same said once."""
    boxes = list({box.text: box for box in lines.remarks}.values())[:_MOST_REMARKS]
    return stated(" ".join(box.text for box in boxes)[:_LONGEST_NOTES], boxes, _REMARK) if boxes else None


def _with_numbers(buyer: PartyV1 | None, header: HeaderReading) -> PartyV1 | None:
    """The buyer with what labels elsewhere say of it; a VAT id or address in the letter's foot may be the seller's."""
    sure = {name: value for name, value in header.numbers.items() if name == "customer_number"}
    foot = {
        name: value.model_copy(update={"confidence": round(0.7 * value.confidence, 4)})
        for name, value in header.numbers.items()
        if name in {"vat_id", "email"}
    }
    stated = {name: value for name, value in (*sure.items(), *foot.items()) if buyer is None or getattr(buyer, name) is None}
    if buyer is None:
        return PartyV1(**stated) if stated else None
    return buyer.model_copy(update=stated)
