"""Orders in running text: mail bodies, plain text files and web pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from models.contracts.extraction_v1 import Intent, PartyV1, Problem
from models.domain.findings import Severity
from parsers.bank_details import bank_doubts
from parsers.charsets import decoded
from parsers.detect import Kind
from parsers.intent import intent_of_document, intent_of_mail, is_ordered
from parsers.language import language_of
from parsers.mail.markup import read_markup
from parsers.part_reading import OrderReading, PartReading
from parsers.printed_numbers import numbers_in_text
from parsers.prose.alterations import may_alter
from parsers.prose.counting import COURTESY
from parsers.prose.letter import LONGEST_LETTER, Letter, LetterReader
from parsers.prose.one_case import guarded, with_codes_shown
from parsers.prose.other_matters import concerns_no_goods
from parsers.prose.pointing import pointed_in_text
from parsers.prose.quantities import with_groups_joined
from parsers.prose.sections import Section, headings, sections_of
from parsers.prose.segments import segments_of
from parsers.prose.words import pattern
from parsers.struck_out import struck_out_in
from parsers.values.number_style import number_style

__all__ = ["Letter", "read_html", "read_letter", "read_text"]

_SURE_NUMBER, _OF_ITS_OWN, _SURELY = 0.88, 0.88, 0.85
#: What a mail may seem to be about by one sentence, while another orders.
_MAY_ORDER = {Intent.OTHER, Intent.RETURN_REQUEST, Intent.ORDER_STATUS_ENQUIRY, Intent.ORDER_CANCELLATION}
_FILLS_ORDERS = {Intent.ORDER, Intent.ORDER_CHANGE, Intent.ORDER_CANCELLATION}


def read_text(content: bytes, part: str, written_on: date | None = None) -> PartReading:
    """A plain text file."""
    return read_letter(Letter(part, decoded(content), written_on=written_on))


def read_html(content: bytes, part: str, written_on: date | None = None) -> PartReading:
    """An HTML file. Spans are those of its text as `markup.read_markup` gives it."""
    markup = read_markup(decoded(content))
    struck = tuple(words for _, words in markup.struck)
    letter = Letter(part, markup.text, Kind.HTML.media_type, markup.grids(part), written_on=written_on, struck=struck)
    return replace(read_letter(letter), text=markup.text)


def read_letter(letter: Letter) -> PartReading:
    """The orders that a letter makes, if it makes any, with its intent."""
    language = language_of(f"{letter.subject}\n{letter.text}")
    said = with_groups_joined(letter.text, language)
    letter = replace(letter, text=with_codes_shown(said, language))
    intent = _intent(letter, language)
    reader = LetterReader(letter, language, intent)
    counts = reader.has_goods() or (letter.answers and bool(reader.overlooked))
    if intent is Intent.OTHER and counts and not _says_otherwise(letter, language):
        intent = Intent.ORDER  # a bare list of articles and quantities is one, and so are numbers below those of an offer
        reader = LetterReader(letter, language, intent)
    if intent is Intent.QUOTE_REQUEST and letter.is_mail and (ordering := _orders_beside(letter, language)):
        intent, reader = Intent.ORDER, ordering
    beside = _asks_for_goods(letter, language, intent) if intent in _MAY_ORDER and letter.is_mail else None
    if beside is not None:
        intent, reader = Intent.ORDER, beside
    if intent is Intent.ORDER_CHANGE and (first_thought := _corrects_itself(letter, language)):
        intent, reader = Intent.ORDER, first_thought
    found = _orders(letter, reader, language, intent) if intent in _FILLS_ORDERS else ()
    kept = (guarded(order, letter.part, said, reader.style, language) for order in found)
    orders = tuple(replace(each, order=pointed_in_text(each.order)) for each in kept)
    # What a letter says of an order that is not its own concerns the one that comes with it.
    doubts = reader.doubts_of_words() if intent in _FILLS_ORDERS and not orders else ()
    if letter.answers and intent in _FILLS_ORDERS:
        doubts = (*doubts, _answering(letter.part))
    doubts = (*doubts, *_speaks_of_more(letter, language)) if beside is not None else doubts
    told = bank_doubts(letter.part, letter.text, letter.signature, letter.aside, letter.subject)
    crossed = struck_out_in(letter.struck, letter.part) if intent in _FILLS_ORDERS else ()
    return PartReading(
        part=letter.part,
        media_type=letter.media_type,
        intent=intent,
        orders=orders,
        problems=(*letter.problems, *doubts, *told, *crossed),
        language=language,
        numbers=(*numbers_in_text(letter.subject, "subject"), *numbers_in_text(letter.text, letter.part)),
    )


def _answering(part: str) -> Problem:
    message = f"{part} answers between the lines of the mail that it quotes: see there which goods each answer means"
    return Problem(code="answers_quotation", severity=Severity.ERROR, message=message)


def _orders_beside(letter: Letter, language: str | None) -> LetterReader | None:
    """The letter as an order, where it asks for prices and also orders something under a number of its own; that it asks is
    a doubt of that order."""
    if not is_ordered(letter.subject, letter.text, language):
        return None
    reader = LetterReader(letter, language, Intent.ORDER)
    number = reader.head.fields.get("po_number")
    asks = any(problem.code == "may_be_quotation" for problem in reader.doubts_of_words())
    return reader if number is not None and number.confidence >= _SURE_NUMBER and reader.has_goods() and asks else None


def _asks_for_goods(letter: Letter, language: str | None, said: Intent) -> LetterReader | None:
    """The letter as an order, where a sentence asks for a number of something under an order's number and says nothing of what
    the letter seemed to be about ("my phone is broken")."""
    reader = LetterReader(letter, language, Intent.ORDER)
    number = reader.head.fields.get("po_number")
    if number is None or number.confidence < _SURE_NUMBER:
        return None
    asked = (item for item in reader.items if item.line.unit and item.line.quantity and item.line.quantity.confidence >= _SURELY)
    sentences = [item.segment.of(letter.text) for item in asked]
    return reader if any(_asks_alone(text, language, said) for text in sentences) else None


def _asks_alone(text: str, language: str | None, said: Intent) -> bool:
    """Whether a sentence asks for goods, and by its own words is not of the kind `said`."""
    asks = (COURTESY.search(text) is not None or is_ordered("", text, language)) and not may_alter(text, language)
    return asks and intent_of_mail("", text, language, Intent.ORDER) is Intent.ORDER is not said


def _speaks_of_more(letter: Letter, language: str | None) -> Iterator[Problem]:
    """A doubt, unless what made the letter seem another one are sentences on people, papers and telephones."""
    segments = segments_of(letter.text, number_style([letter.text], language=language), language)
    told = (segment.of(letter.text) for segment in segments)
    text = "\n".join(each for each in told if not concerns_no_goods(each, language))
    if intent_of_mail(letter.subject, text, language, Intent.ORDER) is not Intent.ORDER:
        message = f"{letter.part} asks for goods, and other sentences of it are not those of an order: see what it is"
        yield Problem(code="may_be_no_order", severity=Severity.ERROR, message=message)


def _corrects_itself(letter: Letter, language: str | None) -> LetterReader | None:
    """The letter as an order, where only sentences that correct its own lines ("15 instead of 10") spoke of a change."""
    text = letter.text[:LONGEST_LETTER]
    if not pattern(r"(?<!\w)(?:{{corrections}}|{{instead}})(?!\w)").search(text):
        return None
    if pattern(r"(?<!\w)(?:{{earlier}}|{{ordered_before}})(?!\w)").search(text):
        return None
    reader = LetterReader(letter, language, Intent.ORDER)
    for aside in reader.asides:
        text = text[: aside.start] + " " * (aside.end - aside.start) + text[aside.end :]
    said = intent_of_mail(letter.subject, text, language, Intent.ORDER)
    # What is corrected stands in the same letter; "we want 10 instead of 6" alone speaks of an order that was made before.
    corrects = reader.asides and LetterReader(replace(letter, text=text), language, Intent.ORDER).has_goods()
    return reader if corrects and said is Intent.ORDER else None


def _orders(letter: Letter, whole: LetterReader, language: str | None, intent: Intent) -> tuple[OrderReading, ...]:
    """One order, or one for each heading with a PO number of its own that goods stand below."""
    starts = headings(letter, whole.style, language)
    if len(starts) > 1 and (orders := _of_sections(sections_of(letter, starts), language, intent)):
        return _each_with_its_place(orders)
    order = whole.order()
    return (order,) if order is not None else ()


def _of_sections(sections: Iterator[Section], language: str | None, intent: Intent) -> list[OrderReading]:
    """The orders of the sections; none where goods are missing in one, so that the letter as a whole is the order."""
    orders = []
    for section in sections:
        reader = LetterReader(section.letter, language, intent)
        if not reader.has_goods():
            return []
        if (order := reader.order()) is not None:
            orders.append(section.as_in_whole(order))
    return orders


def _each_with_its_place(orders: list[OrderReading]) -> tuple[OrderReading, ...]:
    """The orders; where each has an address and no two the same, those are surely where the goods go."""
    places = [reading.order.ship_to for reading in orders]
    stated = [(place.street.value, place.postal_code.value) for place in places if place and place.street and place.postal_code]
    if len({*stated}) < len(orders):
        return tuple(orders)
    return tuple(replace(each, order=each.order.model_copy(update={"ship_to": _surer(each.order.ship_to)})) for each in orders)


def _surer(place: PartyV1 | None) -> PartyV1 | None:
    values = {name: getattr(place, name) for name in PartyV1.model_fields} if place is not None else {}
    sure = {
        name: value.model_copy(update={"confidence": max(value.confidence, _OF_ITS_OWN)})
        for name, value in values.items()
        if value
    }
    return place.model_copy(update=sure) if place is not None else None


def _intent(letter: Letter, language: str | None, default: Intent = Intent.OTHER) -> Intent:
    if letter.is_mail:
        return intent_of_mail(letter.subject, letter.text, language, default)
    intent = intent_of_document(letter.text, default=default)
    return intent_of_mail("", letter.text, language, default) if intent is default else intent


def _says_otherwise(letter: Letter, language: str | None) -> bool:
    """Whether its words make it something else than an order, rather than saying nothing."""
    return _intent(letter, language, default=Intent.ORDER) is not Intent.ORDER
