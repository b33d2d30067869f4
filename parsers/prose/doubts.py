"""Words of a letter for which a careful clerk asks before entering its order, however well its lines were read.

Conditions, second thoughts, amounts that are no numbers, talk of an earlier order, the voice of a supplier: none of them
has a place among the values of an order, and each can make it another one. The words are in `words/doubts.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models.contracts.extraction_v1 import Problem
from models.domain.findings import Severity
from parsers.lexicon import folded
from parsers.prose.counting import orders
from parsers.prose.items import Source
from parsers.prose.marks import unit_behind
from parsers.prose.quantities import in_two_ways
from parsers.prose.segments import Segment
from parsers.prose.words import pattern, word_set

_LONGEST_SEGMENT, _SHOWN = 4000, 80
_PIECE = "C62"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VAGUE_GOODS = 3
#: "12 x 6 pcs": twelve, or seventy-two in packs of six? "12 x 6 mm" and "12 x 500 g" are sizes.
_TIMES = re.compile(r"(?<![\w.,/+#-])\d{1,5}\s?[x×*]\s?\d{1,5}(?=\s?[^\W\d_])", re.IGNORECASE)
#: "Please quote our order number on all invoices."
_QUOTE_NUMBER = re.compile(r"quote\s(?:\w+\s){0,3}(?:numbers?|no|ref\w*|po)(?!\w)", re.IGNORECASE)
#: Beside second thoughts, a number, in figures or words: "make that six".
_MESSAGES = {
    "may_be_corrected": "{part} seems to correct itself ({words}): see which of its numbers count",
    "conditional_order": "{part} orders on a condition ({words}): see whether it holds, and ask the buyer if it does not",
    "may_be_quotation": "{part} also asks what something costs ({words}): see which goods are ordered and which only priced",
    "vague_quantity": "{part} states an amount that is no number ({words}): ask the buyer how much is wanted",
    "ambiguous_quantity": "{part} has an amount that is one number or two ({words}): ask the buyer which",
    "may_be_change": "{part} speaks of an earlier order ({words}): see whether it changes that one, or was sent before",
    "may_be_partial": "{part} seems to cancel a part of the order alone ({words}): see what is to be kept",
    "may_be_no_order": "{part} speaks as a supplier or a carrier does ({words}): see whether it orders anything",
}


def doubts_of(source: Source, segments: Sequence[Segment], *, is_new: bool, applied: Sequence[Segment] = ()) -> Iterator[Problem]:
    """One error for each kind of doubt that the segments raise. `is_new`: it was read as an order, not as a change; `applied`
    are its corrections that were read."""
    found: dict[str, str] = {}
    for segment in segments:
        text = segment.of(source.text)[:_LONGEST_SEGMENT]
        settled = any(other.start < segment.end and segment.start < other.end for other in applied)
        for code, words in _doubts(text, source.language, listed=segment.listed, is_new=is_new):
            if not (settled and code == "may_be_corrected"):
                found.setdefault(code, words)
    for code, words in found.items():
        yield _problem(code, source, words)


def _doubts(text: str, language: str | None, *, listed: bool, is_new: bool) -> Iterator[tuple[str, str]]:
    if condition := pattern(r"(?<!\w){{conditions}}(?!\w)(?!\s+{{conditions_behind}}(?!\w))").search(text):
        yield "conditional_order", text[condition.start() :]
    question = pattern(r"(?<!\w){{quotations}}(?!\w)").search(text)
    if question and _QUOTE_NUMBER.search(text) is None:
        yield "may_be_quotation", text[question.start() :]
    if vague := _pieces_in_packs(text) or (_vague_amount(text) if listed or orders(text) else None):
        yield "vague_quantity", vague
    if (listed or orders(text)) and (amount := in_two_ways(text, language)):
        yield "ambiguous_quantity", amount
    delivers = pattern(r"(?<!\w){{delivers}}(?!\w)").search(text)
    if delivers and pattern(r"(?<!\w){{buyers_own}}(?!\w)").search(text) is None:
        yield "may_be_no_order", text[delivers.start() :]
    if not is_new:
        return
    if second_thought := _second_thought(text):
        yield "may_be_corrected", second_thought
    if earlier := pattern(r"(?<!\w){{earlier}}(?!\w)").search(text):
        yield "may_be_change", text[earlier.start() :]
    if theirs := pattern(r"(?<!\w){{theirs}}(?!\w)(?!\s*{{theirs_behind}}(?!\w))").search(text):
        yield "may_be_no_order", text[theirs.start() :]


def doubts_of_cancellation(source: Source) -> Iterator[Problem]:
    """An error where words say that a part of the order stays and none says that all of it goes."""
    text = source.text[:_LONGEST_SEGMENT]
    part = pattern(r"(?<!\w){{partial}}(?!\w)").search(text)
    if part and not pattern(r"(?<!\w){{whole}}(?!\w)").search(text):
        yield _problem("may_be_partial", source, text[part.start() :])


def _problem(code: str, source: Source, words: str) -> Problem:
    shown = f'"{" ".join(words.split())[:_SHOWN]}"'
    return Problem(code=code, severity=Severity.ERROR, message=_MESSAGES[code].format(part=source.part, words=shown))


def _second_thought(text: str) -> str | None:
    """From the words of a correction on, where a number stands beside them."""
    found = pattern(r"(?<!\w){{corrections}}(?!\w)").search(text)
    return text[found.start() :] if found and re.search(r"\d", text) else None


def _vague_amount(text: str) -> str | None:
    """An amount without a number, and the goods behind it: "some M6 washers", but not "some time next week"."""
    for found in pattern(r"(?<!\w){{vague}}(?!\w)").finditer(text):
        words = [folded(word) for word in _WORD.findall(text[found.end() : found.end() + 60])[:_VAGUE_GOODS]]
        goods = [word for word in words if word not in word_set("trims")]
        follows = re.match(r"\s+[^\W\d_]", text[found.end() :])
        if follows and goods and not {*words} & (word_set("not_goods") | word_set("not_after")):
            return text[found.start() :]
    return None


def _pieces_in_packs(text: str) -> str | None:
    """A count of packs times the pieces of each."""
    for found in _TIMES.finditer(text):
        unit = unit_behind(text, found.end())
        if unit is not None and unit[0] == _PIECE:
            return text[found.start() :]
    return None
