"""Letters set on pages: their goods stand in sentences and lists, which are read as a letter's; whose they are and where the
goods go is told by where addresses stand on the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from models.contracts.extraction_v1 import Intent, PartyV1, PurchaseOrderV1
from models.domain.document import Word
from models.domain.evidence import Evidence
from parsers.page_text import PageText, Row, word_box
from parsers.part_reading import OrderReading, PartReading
from parsers.prose.reader import Letter, read_letter
from parsers.relocation import relocated_reading

#: A gap between two rows wider than this many letters' heights parts paragraphs.
_PARAGRAPH = 0.8
_MOST_PAGES = 3
_RUN_THROUGH, _IN_COLUMNS = 0.7, 0.05
#: What is wrong with an order of which only the head was read.
_OF_A_BARE_HEAD = frozenset({"no_lines", "missing_po_number", "missing_ship_to"})
_PLACE = ("street", "postal_code", "city")


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """The text of the pages of a letter, and where it stands there: each word begins and ends at a place of the text, which rise,
    and is in one of the rows, which are counted through."""

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    rows: tuple[int, ...]

    def places(self, place: Evidence) -> tuple[Evidence, ...]:
        """Where the words of a span of the text stand on the pages: a box for each row of them."""
        if place.span is None:
            return (place,)
        within = range(bisect_right(self.ends, place.span[0]), bisect_left(self.starts, place.span[1]))
        by_row = (list(ats) for _, ats in groupby(within, key=self.rows.__getitem__))
        boxes = tuple(word_box([self.words[at] for at in ats], place.part).evidence for ats in by_row)
        return (replace(boxes[0], text=place.text),) if len(boxes) == 1 else boxes or (place,)


def letter_of_pages(pages: Sequence[PageText]) -> PrintedLetter:
    """The rows of the first pages as lines, paragraphs and pages parted by an empty one."""
    text, words, starts, ends, rows = "", [], [], [], []
    for number, (gap, row) in enumerate(row for page in pages[:_MOST_PAGES] for row in _rows(page)):
        text += gap if text else ""
        for place, phrase in enumerate(row.phrases):
            text += "   " if place else ""
            for at, word in enumerate(phrase.words):
                text += " " if at else ""
                words.append(word)
                starts.append(len(text))
                text += word.text
                ends.append(len(text))
                rows.append(number)
    return PrintedLetter(text, tuple(words), tuple(starts), tuple(ends), tuple(rows))


def _rows(page: PageText) -> Iterator[tuple[str, Row]]:
    """The page's rows with what parts each from the one before."""
    before = None
    for row in page.rows:
        is_apart = before is None or row.top - before.bottom > _PARAGRAPH * row.size
        yield ("\n\n" if is_apart else "\n"), row
        before = row


def is_letter(pages: Sequence[PageText]) -> bool:
    """Whether the pages are set as letters are: nearly all rows run through, and few have columns as forms and tables do."""
    rows = [row for page in pages[:_MOST_PAGES] for row in page.rows]
    through = sum(len(row.phrases) == 1 for row in rows)
    in_columns = sum(len(row.phrases) > 2 for row in rows)
    return through >= _RUN_THROUGH * len(rows) and in_columns <= _IN_COLUMNS * len(rows)


def with_goods_of_letter(reading: PartReading, printed: PrintedLetter) -> PartReading:
    """`reading` of pages on which an order without lines was found, with the lines that their text, read as a letter, has, and
    boxes round the words of these; as it was where that has none."""
    if len(reading.orders) != 1 or reading.orders[0].order.lines or reading.intent is not Intent.ORDER:
        return reading
    letter = read_letter(Letter(reading.part, printed.text, reading.media_type))
    if letter.intent is not Intent.ORDER or not _has_lines(letter):
        return reading
    return with_page_around(relocated_reading(letter, printed.places), reading)


def with_page_around(letter: PartReading, page: PartReading) -> PartReading:
    """What a letter says, with the parties, the day and the number that its page shows where the letter says none."""
    told = {problem.code for problem in letter.problems}
    whole = (*letter.problems, *(problem for problem in page.problems if problem.code not in told))
    letter = replace(letter, problems=whole, pages=page.pages, pictures=page.pictures)
    if len(letter.orders) != 1 or len(page.orders) != 1:
        return letter
    (said,), (shown,) = letter.orders, page.orders
    order = _around(said.order, shown.order)
    known = frozenset({"unread_place"}) if _has_place(shown.order.ship_to) else frozenset()
    problems = [problem for problem in said.problems if problem.code not in known]
    known |= _OF_A_BARE_HEAD | {problem.code for problem in problems}
    problems += [problem for problem in shown.problems if problem.code not in known]
    merged: OrderReading = replace(said, order=order, problems=tuple(problems))
    return replace(letter, orders=(merged,), numbers=letter.numbers or page.numbers)


def _around(said: PurchaseOrderV1, shown: PurchaseOrderV1) -> PurchaseOrderV1:
    buyer = said.buyer
    if shown.buyer is not None and (buyer is None or buyer.name is None):
        own = buyer.customer_number if buyer is not None else None
        buyer = shown.buyer.model_copy(update={"customer_number": own or shown.buyer.customer_number})
    return said.model_copy(
        update={
            "po_number": said.po_number or shown.po_number,
            "order_date": said.order_date or shown.order_date,
            "buyer": buyer,
            "ship_to": shown.ship_to if _has_place(shown.ship_to) else said.ship_to,
            "bill_to": said.bill_to or shown.bill_to,
        }
    )


def _has_place(party: PartyV1 | None) -> bool:
    return party is not None and any(getattr(party, name) is not None for name in _PLACE)


def _has_lines(reading: PartReading) -> bool:
    return any(order.order.lines for order in reading.orders)
