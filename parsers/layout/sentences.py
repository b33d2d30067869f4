"""What the sentences of a page say that no label does: "we order for delivery by 24 November to our site at …".

Sentences are the phrases of many words, with those that stand below them in the same paragraph, outside tables and blocks of
addresses. They are read as a letter is, and what is found gets its boxes back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.contracts.extraction_v1 import PartyV1, StatedValue
from models.domain.document import Word
from parsers.page_text import PageText, Phrase, text_box
from parsers.prose.head import delivery_place_in
from parsers.prose.items import Source
from parsers.prose.po_number import po_number_in
from parsers.prose.segments import segments_of
from parsers.prose.wanted_days import day_in
from parsers.values.number_style import NumberStyle

_LEAST_WORDS = 5
_MOST_LINES = 12
_LINE_GAP, _INDENT = 1.0, 12.0
#: How far from the right edge a line may end that a word too long for it broke, in letter heights.
_RAGGED = 12.0
_SAID = 0.9
#: A sentence about nothing but when is paid: "Payment within 30 days of receipt of a valid invoice", "30 DAYS EOM".
_TERMS = re.compile(
    r"(?:^|(?<=[.;]\s))(?P<terms>"
    r"(?:(?:payment(?: terms)?|payable)\b|invoices (?:are|will be) pa(?:id|yable))(?![^.;]{0,60}\bnot\b)"
    r"[^.;]{0,40}?\b(?:\d{1,3}\s(?:calendar |working )?days?)\b[^.;]{0,80}"
    r"|(?:zahlung(?:sziel|sfrist|sbedingung(?:en)?)?|zahlbar|(?:conditions? de )?(?:paiement|règlement)|payable"
    r"|(?:forma|condiciones|plazo) de pago|pago|(?:termini di |condizioni di )?pagamento"
    r"|betaling(?:stermijn|scondities?)?|betaalbaar|(?:forma |termin )?płatnoś(?:ć|ci)|płatne)\b"
    r"(?![^.;]{0,60}\b(?:nicht|keine?|sans|pas|sin|no|senza|non|geen|niet|bez|nie)\b)"
    r"[^.;]{0,30}?\b\d{1,3}\s(?:tagen?|jours|d[ií]as|giorni|gg|dagen|dni)\b[^.;]{0,80}"
    r"|(?:net\s)?\d{1,3}\sdays?\s(?:net|eom|end of month)\b[^.;,]{0,30})(?=[.;]|$)",
    re.IGNORECASE | re.MULTILINE,
)
#: What only says that terms of payment follow.
_WORD_OF_PAYING = re.compile(
    r"(?:zahlung|paiement|règlement|pago|pagamento|betaling|płatność)\s(?:(?:à|a|in|w)\s)?(?=\d)", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Said:
    """What sentences state: the order's number, the wanted day, where the goods go and when they are paid for, each None where
    they do not."""

    po_number: StatedValue | None = None
    requested_delivery_date: StatedValue | None = None
    ship_to: PartyV1 | None = None
    payment_terms: StatedValue | None = None


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """The text of some phrases, a line each, and where each of their words starts in it."""

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, phrases: Sequence[Phrase]) -> _Paragraph:
        text, words, starts = "", [], []
        edge = max(phrase.x1 for phrase in phrases)
        joint = ""
        for phrase in phrases:
            for number, word in enumerate(phrase.words):
                text += " " if number else joint
                starts.append(len(text))
                words.append(word)
                text += word.text
            # a line that reaches the paragraph's edge goes on in the next
            joint = " " if edge - phrase.x1 < _RAGGED * phrase.size else "\n"
        return cls(text, tuple(words), tuple(starts))

    def placed(self, value: StatedValue, part: str) -> StatedValue:
        """The value with boxes instead of spans, surer of nothing than the page's letters are."""
        found = [words for place in value.evidence if place.span for words in [self._within(*place.span)] if words]
        boxes = [text_box([Phrase.of(words)], part) for words in found]
        evidence = tuple(box.evidence for box in boxes)
        return value.model_copy(
            update={"evidence": evidence, "confidence": min([value.confidence, *(b.confidence for b in boxes)])}
        )

    def _within(self, start: int, end: int) -> list[Word]:
        first = max(bisect_right(self.starts, start) - 1, 0)
        return [word for word, at in zip(self.words[first:], self.starts[first:], strict=True) if at < end]


def said_on(
    page: PageText, taken: Collection[int], part: str, style: NumberStyle, written_on: date | None, *, numbered: bool = False
) -> Said:
    """What the page's sentences say. `taken` are the phrases (by identity) of tables and blocks, which are none.
    Of an order that is `numbered` no number is looked for."""
    number: StatedValue | None = None
    day: StatedValue | None = None
    place: PartyV1 | None = None
    terms: StatedValue | None = None
    for paragraph in _paragraphs(page, taken):
        source = Source(part, paragraph.text, style, style.language)
        spoken = po_number_in(source) if number is None and not numbered else None
        number = number or (paragraph.placed(spoken, part) if spoken else None)
        paid = _TERMS.search(paragraph.text) if terms is None else None
        if paid is not None:
            start, end = paid.span("terms")
            start += len(word[0]) if (word := _WORD_OF_PAYING.match(paid["terms"])) else 0
            terms = paragraph.placed(source.stated(paragraph.text[start:end], start, end, _SAID), part)
        found = delivery_place_in(source) if place is None else None
        if found is not None:
            place = _placed_party(found[0], paragraph, part)
        for segment in segments_of(paragraph.text, style, style.language) if day is None else ():
            stated = day_in(source, segment, written_on)
            day = day or (paragraph.placed(stated, part) if stated else None)
    return Said(number, day, place, terms)


def _placed_party(party: PartyV1, paragraph: _Paragraph, part: str) -> PartyV1:
    stated = {name: getattr(party, name) for name in PartyV1.model_fields}
    return PartyV1(**{name: paragraph.placed(value, part) if value else None for name, value in stated.items()})


def _paragraphs(page: PageText, taken: Collection[int]) -> Iterator[_Paragraph]:
    lines: list[Phrase] = []
    for phrase in page.phrases:
        if id(phrase) in taken:
            continue
        if lines and _goes_on(lines[-1], phrase) and len(lines) < _MOST_LINES:
            lines.append(phrase)
        elif len(_LETTERS.findall(phrase.text)) >= _LEAST_WORDS:
            if lines:
                yield _Paragraph.of(lines)
            lines = [phrase]
    if lines:
        yield _Paragraph.of(lines)


def _goes_on(above: Phrase, phrase: Phrase) -> bool:
    return abs(phrase.x0 - above.x0) <= _INDENT and 0 <= phrase.top - above.bottom <= _LINE_GAP * above.size
