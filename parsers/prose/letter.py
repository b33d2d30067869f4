"""Reads one letter: its tables, labelled lines, lists and sentences, in this order, each leaving to the next what it did not
take up; and what of it a clerk would ask about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import cast

from models.contracts.extraction_v1 import Intent, OrderKind, OrderLineV1, PartyV1, Problem, PurchaseOrderV1, StatedValue
from models.domain.blankets import call_off_in
from models.domain.document import Grid
from models.domain.evidence import Evidence
from models.domain.findings import Severity
from parsers.detect import Kind
from parsers.intent import is_ordered
from parsers.part_reading import OrderReading
from parsers.proof import proven
from parsers.prose.alterations import Explained, alterations_of, remark_on
from parsers.prose.corrections import corrected_items
from parsers.prose.counting import COURTESY, requests
from parsers.prose.day_headings import dated_by_headings
from parsers.prose.doubts import doubts_of, doubts_of_cancellation
from parsers.prose.goods import stems
from parsers.prose.head import notes_in, take_spoken
from parsers.prose.items import Item, Source
from parsers.prose.labels import LetterHead, labelled_head
from parsers.prose.lines import items_of
from parsers.prose.no_goods import no_goods_in
from parsers.prose.places import country_shown, without_places
from parsers.prose.plain_tables import extents, plain_tables
from parsers.prose.po_number import bare_number_in, cancelled_number_in, other_number, po_number_in, without_counts
from parsers.prose.questions import priced_unevenly, said_aside, take_from_remark, without_values
from parsers.prose.remainder import is_sum, only_states, unexplained_places
from parsers.prose.segments import Segment, segments_of
from parsers.prose.signatures import signing_party
from parsers.prose.twice import ToldOnce, told_once
from parsers.prose.wanted_days import bare_day_in, day_in
from parsers.tables.counted_names import with_counts_apart
from parsers.tables.reader import GridReading, read_grid
from parsers.totals import settled_totals
from parsers.values.number_style import NumberStyle, number_style

#: Beyond this, a text is no letter; its tables and labels are still read.
LONGEST_LETTER = 60_000
_MOST_NAMED, _SHOWN = 5, 80


@dataclass(frozen=True, slots=True)
class Letter:
    """A text with what is known of it. In `text` and `signature`, what does not belong is blanked, so that spans are
    those of the whole; `part` names it in evidence, `written_on` is what "tomorrow" is reckoned from."""

    part: str
    text: str
    media_type: str = Kind.TEXT.media_type
    grids: tuple[Grid, ...] = ()
    signature: str = ""
    aside: str = ""
    remark: str = ""
    answers: bool = False
    subject: str = ""
    sender: str = ""
    sender_name: str = ""
    written_on: date | None = None
    is_mail: bool = False
    problems: tuple[Problem, ...] = field(default=())
    struck: tuple[str, ...] = ()


class LetterReader:
    """Reads one letter. Each step blanks in `rest` what it took up."""

    def __init__(self, letter: Letter, language: str | None, intent: Intent) -> None:
        self.letter = letter
        self.intent = intent
        self.style: NumberStyle = number_style(
            [letter.text, letter.signature],
            language=language,
            country=country_shown(letter.text, letter.signature) if language in {None, "en"} else None,
        )
        self.language = language
        self.rest = letter.text
        self.grid = self._tables()
        self.head = self._head()
        self.overlooked: tuple[str, ...] = ()
        self.places: tuple[str, ...] = ()
        self.questions: tuple[Problem, ...] = ()
        self.asides: tuple[Segment, ...] = ()
        self.items = self._items()

    def has_goods(self) -> bool:
        return bool(self.grid.lines or self.items)

    def _source(self) -> Source:
        return Source(self.letter.part, self.rest, self.style, self.language)

    def _blank(self, start: int, end: int) -> None:
        kept = "".join(char if char == "\n" else " " for char in self.rest[start:end])
        self.rest = self.rest[:start] + kept + self.rest[end:]

    def _tables(self) -> GridReading:
        keep_zero = self.intent is Intent.ORDER_CHANGE
        tables = [] if self.letter.grids else plain_tables(self.letter.text, self.letter.part)
        grids = with_counts_apart(self.letter.grids) or [table.grid for table in tables]
        reading = read_grid(grids, self.style, keep_zero=keep_zero, reference=self.letter.written_on)
        places = [place.span[0] for line in reading.lines for place in _evidence(line) if place.span]
        for start, end in [(table.start, table.end) for table in tables] or extents(self.letter.grids):
            if any(start <= place < end for place in places):  # a table without goods may hold labels of the head
                self._blank(start, end)
        return reading

    def _head(self) -> LetterHead:
        head = labelled_head(self._head_source(), self.letter.written_on, self.letter.grids)
        for start, end in head.taken:
            self._blank(start, end)
        if len(self.rest) <= LONGEST_LETTER:
            source = self._head_source()
            take_spoken(head, source, segments_of(self.rest, self.style, self.language), self.letter.written_on)
            for start, end in head.taken:
                self._blank(start, end)
        if self.letter.subject:
            head.take("po_number", po_number_in(self._subject(), subject=True))
            if "po_number" not in head.fields:
                head.take("po_number", bare_number_in(self._subject()))
        if self.intent is Intent.ORDER_CANCELLATION:
            head.take("po_number", cancelled_number_in(self._source()))
        if self.letter.remark:
            take_from_remark(head, self._remark(), self.letter.written_on)
        return head

    def _remark(self) -> Source:
        return Source(self.letter.part, self.letter.remark[:LONGEST_LETTER], self.style, self.language)

    def _head_source(self) -> Source:
        """What is left for the head: of an order, without the words that only lead to its goods."""
        counts = self.intent is Intent.ORDER and len(self.rest) <= LONGEST_LETTER
        return replace(self._source(), text=without_counts(self.rest)) if counts else self._source()

    def _subject(self) -> Source:
        return Source("subject", self.letter.subject, self.style, self.language)

    def _items(self) -> list[Item]:
        if len(self.rest) > LONGEST_LETTER:
            return []
        number, called = self.head.fields.get("po_number"), call_off_in(self.letter.text)
        for named in [named for named in (number and number.value, called and called.number) if named]:
            for found in re.finditer(rf"(?<![\w-]){re.escape(named)}(?![\w-])", self.rest):
                self._blank(*found.span())  # wherever the number of an order stands, it is no article's
        self.places = tuple(unexplained_places(self.rest, self._used()))
        self.rest = without_places(self.rest)  # house numbers and postal codes count nothing
        source = self._source()
        segments = segments_of(self.rest, self.style, self.language)
        if self.intent is Intent.ORDER_CHANGE:
            reading = items_of(source, segments, changes=True)
        else:
            corrected = corrected_items(source, segments)
            reading, self.questions, self.asides = corrected.reading, corrected.problems, corrected.asides
        self.overlooked = reading.overlooked
        if self.grid.lines:
            beside = (item.segment.of(self.rest) for item in reading.items)
            self.overlooked = (*self.overlooked, *(" ".join(words.split())[:_SHOWN] for words in beside))
            return []  # what stands beside a table may be a line more, or say again what the table says
        once = told_once(reading.items, source.text, source.part) if self.intent is Intent.ORDER else ToldOnce(reading.items)
        self.questions = (*self.questions, *once.problems)
        items = self._under_headings([self._dated(item, source) for item in once.items])
        if len(items) == 1 and items[0].line.requested_delivery_date:
            # the day of the only thing that is ordered is the order's
            self.head.take("requested_delivery_date", items[0].line.requested_delivery_date)
            items = [replace(items[0], line=items[0].line.model_copy(update={"requested_delivery_date": None}))]
        return items

    def _under_headings(self, items: list[Item]) -> list[Item]:
        """Goods below headings of several days have each its own, and the order has none of these."""
        whole = replace(self._source(), text=self.letter.text)
        items, days = dated_by_headings(items, whole, self.letter.written_on)
        stated = self.head.fields.get("requested_delivery_date")
        if stated is not None and stated.value in days:
            del self.head.fields["requested_delivery_date"]
        return items

    def _dated(self, item: Item, source: Source) -> Item:
        """An entry of a list that states a day of its own has it for itself; a sentence's day is the order's."""
        day = None
        if item.segment.listed:
            day = day_in(source, item.segment, self.letter.written_on)
            day = day or bare_day_in(source, item.segment, self.letter.written_on)
        return replace(item, line=item.line.model_copy(update={"requested_delivery_date": day})) if day else item

    def order(self) -> OrderReading | None:
        lines = () if self.intent is Intent.ORDER_CANCELLATION else self.grid.lines or tuple(item.line for item in self.items)
        if not lines and "po_number" not in self.head.fields:
            return None
        values = {name: value for name, value in self.head.fields.items() if name in PurchaseOrderV1.model_fields}
        if self.intent is Intent.ORDER_CANCELLATION:
            values.pop("requested_delivery_date", None)  # a day in such a letter is that of the order or of the delivery refused
        totals = {**settled_totals(self.head.foot, _sum_of(lines)), **self.grid.totals}
        order = PurchaseOrderV1(
            **{
                **values,
                "kind": cast("OrderKind", self.intent.value),
                "currency": values.get("currency") or self._currency(),
                "buyer": self._buyer(),
                "ship_to": self.head.parties.get("ship_to"),
                "bill_to": self.head.parties.get("bill_to"),
                "notes": values.get("notes") or self._notes(),
                "lines": lines,
                **{name: totals.get(name) for name in ("total_net", "total_tax", "total_gross")},
            }
        )
        reading = proven(order, "email" if self.letter.is_mail else "text", charges=self.head.foot)
        proved = reading.problems if self.grid.lines else _without_lost_numbers(reading.problems)
        problems = (*self.grid.problems, *self.head.problems, *self._overlooked(), *self._doubts(), *proved)
        return OrderReading(reading.order, problems, source_format=reading.source_format)

    def _overlooked(self) -> Iterator[Problem]:
        totals = [place.text for value in self.head.foot.values() for place in value.evidence]
        whole = _sum_of(self.grid.lines or [item.line for item in self.items])
        overlooked = [
            words for words in self.overlooked if not only_states(words, totals) and not is_sum(words, whole, self.style)
        ]
        if not overlooked or self.intent is Intent.ORDER_CANCELLATION:
            return
        named = ", ".join(f'"{words}"' for words in overlooked[:_MOST_NAMED])
        message = f"{self.letter.part} names numbers of goods that were not understood: {named}; compare the lines with the text"
        yield Problem(code="unread_values", severity=Severity.ERROR, field="lines", message=message)

    def doubts_of_words(self) -> Iterator[Problem]:
        """What the words of the whole letter give to ask about."""
        source = Source(self.letter.part, self.letter.text[:LONGEST_LETTER], self.style, self.language)
        if self.intent is Intent.ORDER_CANCELLATION:
            return doubts_of_cancellation(source)
        segments = segments_of(source.text, self.style, self.language)
        doubts = tuple(doubts_of(source, segments, is_new=self.intent is Intent.ORDER, applied=self.asides))
        moves_day = self.intent is Intent.ORDER_CHANGE and not self.has_goods()
        if doubts or not (self.intent is Intent.ORDER or moves_day):
            return iter(doubts)  # who looks for one reads the whole letter
        altered = alterations_of(source, segments, self._explained())
        return chain(altered, no_goods_in(source, segments, self.items))

    def _doubts(self) -> Iterator[Problem]:
        """What a clerk asks about although every line was read: words of doubt, and places that no address holds."""
        codes = {problem.code for problem in self.questions}
        yield from self.questions
        yield from self._remarked()
        yield from (problem for problem in self.doubts_of_words() if problem.code not in codes)
        if self.intent is Intent.ORDER_CANCELLATION:
            return
        yield from self._says_no_order()
        yield from self._numbered_twice()
        yield from said_aside(replace(self._source(), text=self.letter.aside[:LONGEST_LETTER]))
        if self.intent is Intent.ORDER:
            yield from priced_unevenly(self.items, self.letter.part)
        place = self.head.parties.get("ship_to")
        if place is None and self.head.unread_place:
            message = f'{self.letter.part} says where to deliver ("{self.head.unread_place}"), which was not understood'
            yield Problem(code="unread_place", severity=Severity.ERROR, field="ship_to", message=message)
        if place and place.street and not (place.city or place.postal_code):
            message = f"{self.letter.part} names {place.street.value} without a town that was understood: see where the goods go"
            yield Problem(code="unread_place", severity=Severity.ERROR, field="ship_to", message=message)
        if self.places:
            named = ", ".join(f'"{words}"' for words in self.places[:_MOST_NAMED])
            message = f"{self.letter.part} names places that were not understood: {named}; see where the goods go"
            yield Problem(code="unread_place", severity=Severity.ERROR, field="ship_to", message=message)

    def _says_no_order(self) -> Iterator[Problem]:
        """Goods with their numbers in sentences none of which asks for anything: a complaint or a notice reads so."""
        letter = self.letter
        if self.intent is not Intent.ORDER or not letter.is_mail or self.grid.lines:
            return
        said = f"{letter.subject}\n{letter.text}"
        told = [item.segment.of(letter.text) for item in self.items if not item.segment.listed]
        if not told or COURTESY.search(said) or any(requests(text) for text in told):
            return
        if not is_ordered(letter.subject, letter.text, self.language):
            message = f"{letter.part} names goods, and no word of it orders them: see whether it is an order"
            yield Problem(code="may_be_no_order", severity=Severity.ERROR, message=message)

    def _numbered_twice(self) -> Iterator[Problem]:
        number = self.head.fields.get("po_number")
        body = Source(self.letter.part, self.letter.text[:LONGEST_LETTER], self.style, self.language)
        other = other_number(number, iter((body, self._subject()))) if number else None
        if number and other:
            message = f"{self.letter.part} states two numbers of the order, {number.value} and {other.value}: see which is meant"
            yield Problem(code="several_po_numbers", severity=Severity.ERROR, field="po_number", message=message)

    def _remarked(self) -> Iterator[Problem]:
        source = without_values(self._remark(), self.head)
        return remark_on(source, segments_of(source.text, self.style, self.language)) if source.text.strip() else iter(())

    def _explained(self) -> Explained:
        """The places of the letter that values of its order hold, notes aside, and those of corrections that were applied."""
        lines = (*self.grid.lines, *(item.line for item in self.items))
        values = (value for line in lines for name in OrderLineV1.model_fields if (value := getattr(line, name)) is not None)
        spans = [place.span for value in values for place in value.evidence if place.span and place.part == self.letter.part]
        notes = self.head.fields.get("notes")
        noted = {place.span for place in notes.evidence} if notes else set()
        spans += [(aside.start, aside.end) for aside in self.asides]
        return Explained(
            values=[*spans, *(span for span in self._used() if span not in noted)],
            items=[(item.segment.start, item.segment.end) for item in self.items],
            goods=[stems(line.description.value) for line in lines if line.description],
        )

    def _used(self) -> list[tuple[int, int]]:
        """The places of the letter that values of the head hold."""
        parties = (getattr(party, name) for party in self.head.parties.values() for name in PartyV1.model_fields)
        values = (*self.head.fields.values(), *self.head.numbers.values(), *self.head.foot.values(), *parties)
        return [place.span for value in values if value for place in value.evidence if place.span]

    def _currency(self) -> StatedValue | None:
        return self.grid.currency or next((item.currency for item in self.items if item.currency), None)

    def _notes(self) -> StatedValue | None:
        source = self._source()
        used = [(item.segment.start, item.segment.end) for item in self.items]
        if len(self.rest) > LONGEST_LETTER:
            return None
        return notes_in(source, segments_of(self.rest, self.style, self.language), used)

    def _buyer(self) -> PartyV1 | None:
        """Who signs, with the address that the mail came from."""
        signed = signing_party(self.letter.signature, self.letter.part, self.letter.sender_name)
        party = self.head.parties.get("buyer") or signed or PartyV1()
        stated = {name: value for name, value in self.head.numbers.items() if name in PartyV1.model_fields}
        if self.letter.sender:
            header = Evidence(part="From", text=f"{self.letter.sender_name} <{self.letter.sender}>".strip())
            stated["email"] = StatedValue(value=self.letter.sender, confidence=0.97, evidence=(header,))
        party = party.model_copy(update=stated)
        return party if any(getattr(party, name) for name in PartyV1.model_fields) else None


def _without_lost_numbers(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """In running text whatever looks like a number was accounted for: goods without one have none."""
    return tuple(problem for problem in problems if problem.code != "missing_part_number")


def _sum_of(lines: Sequence[OrderLineV1]) -> Decimal | None:
    """What the lines come to, where each states its amount."""
    totals = [Decimal(line.line_total.value) for line in lines if line.line_total]
    return sum(totals, Decimal(0)) if totals and len(totals) == len(lines) else None


def _evidence(line: OrderLineV1) -> Iterator[Evidence]:
    return (place for name in OrderLineV1.model_fields if (value := getattr(line, name)) for place in value.evidence)
