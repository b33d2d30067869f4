"""Labels and their values on a form, whatever the arrangement: beside, below, in one phrase, in a band, in a box.

A labelled cell that is empty means "not stated": its neighbour's value is never taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.fields import LabelledValue
from parsers.layout.label_words import DATES, NUMBER_SIGN, Label, label_in, split_at_labels, tail_of
from parsers.layout.own_numbers import is_under_title, said_by, stands_over_date
from parsers.layout.wrapped import with_broken_rest, with_further_lines, with_next_line, with_wrapped_labels
from parsers.page_text import Phrase, Rule, text_box
from parsers.totals import FOOT
from parsers.values.streets import is_numbered_street, names_street

PARTY_FIELDS = frozenset({"ship_to", "bill_to", "buyer", "seller"})

_BESIDE, _BELOW, _DOUBTED = 1.0, 0.97, 0.5
_CLOSE = 60.0
#: Values of running text, which may take several lines.
_TEXTS = frozenset({"payment_terms"})
#: Words beside a number, of which one has four letters: "Mill Lane 12".
_IN_WORDS = re.compile(r"[^\W\d_]{4}.*\s|\s.*[^\W\d_]{4}")
_NUMBERS = frozenset({"po_number", "customer_number", "vat_id"})
_MONEY = re.compile(r"\d[.,]\d{2}\b|[$€£]\s*\d|\b[A-Z]{3}\b")
_AMOUNT = re.compile(r"\D{0,2}\d[\d.,' \u00a0]*[.,]\d{2}\D{0,4}")
_SUMS = frozenset({"total", "total_net", "total_gross", "subtotal"})
_WHOLE = frozenset({"total", "subtotal"})
_COLUMNS: tuple[str, ...] = ("total_net", "total_tax", "total_gross")
#: A net, a central and a state's tax, as India has them, and the gross.
_TWO_TAXES = 4
#: Rates of tax on sales lie between two and twenty-seven percent.
_LEAST_TAX, _MOST_TAX = 1.019, 1.271
_PAGE_OF = re.compile(r"\d{1,3}\s?(?:(?:/|[^\W\d]{1,3})\s?\d{1,3})?")
#: As forms of governments number their boxes.
_BOX_TITLE = re.compile(r"\d{1,2}[a-z]?\.\s?[^\W\d][^\d]{2,60}")
_FAR = 230.0
#: No form has more; each is compared with every phrase of its page.
_MAX_LABELS = 400


def labels_of(phrases: Sequence[Phrase]) -> tuple[list[Label], list[Phrase]]:
    """The labels among `phrases`, and the phrases that name nothing: candidates for values."""
    labels: list[Label] = []
    others: list[Phrase] = []
    for phrase in with_wrapped_labels([piece for whole in phrases for piece in split_at_labels(whole)]):
        label = label_in(phrase)
        if label is None:
            others.append(phrase)
        else:
            labels.append(label)
    labels, surplus = labels[:_MAX_LABELS], labels[_MAX_LABELS:]
    others += [label.phrase for label in surplus]
    values = [
        label
        for label in labels
        if _fills_a_band(label, labels, others) or _numbers_a_title(label, labels) or _answers_its_like(label, labels)
    ]
    kept = [label for label in labels if label not in values]
    return kept, [*others, *(_with_value(label) for label in values)]


def _with_value(label: Label) -> Phrase:
    return label.phrase if label.value is None else Phrase.of(dict.fromkeys((*label.phrase.words, *label.value.words)))


def _numbers_a_title(label: Label, labels: Sequence[Label]) -> bool:
    """Whether "No. 4711" stands right under the title "Purchase order", whose value it is."""
    own = label.phrase
    if label.value is None or len(own.words) > 1 or not NUMBER_SIGN.fullmatch(own.text):
        return False
    return any(
        each.value is None and "po_number" in each.fields and _under(own, each.phrase, own.x0 - 1, own.x0 + 1)
        for each in labels
        if each.phrase.bottom + 1.5 * own.size > own.top
    )


def _answers_its_like(label: Label, labels: Sequence[Label]) -> bool:
    """Whether a word that can be a label is a value here: "FOB" beside "Terms of delivery:", "On or before
    30-Nov" beside "Delivery"."""
    own = label.phrase
    if own.text.rstrip().endswith(":"):
        return False
    before = [each for each in labels if each.phrase.x1 <= own.x0 and in_one_row(own, each.phrase)]
    nearest = max(before, key=lambda each: each.phrase.x1, default=None)
    if label.value is not None and label.fields == ("po_number",) and _fits("po_number", label.value.text):
        return False  # "Numero ordine 4500733918" beside the paper's title
    marked = nearest is not None and (nearest.phrase.text.endswith(":") or label.value is not None)
    return nearest is not None and nearest.value is None and nearest.fields == label.fields and marked


def _fills_a_band(label: Label, labels: Sequence[Label], others: Sequence[Phrase]) -> bool:
    """Whether a label's word is a value here: right under a label of a band and among values, as DESTINATION under F.O.B."""
    own = label.phrase
    if label.value is not None or own.text.rstrip().endswith(":"):
        return False
    above = [
        each.phrase
        for each in labels
        if abs(each.phrase.x0 - own.x0) < 8 and each.value is None and 0 < own.middle - each.phrase.middle < 2.2 * own.size
    ]
    if above and any(0 <= phrase.x0 - above[-1].x1 < _CLOSE and in_one_row(above[-1], phrase) for phrase in others):
        return False  # the label above has its value beside it
    band = [each for each in labels if above and in_one_row(above[-1], each.phrase)]
    beside = [
        phrase for phrase in others if in_one_row(own, phrase) and any(abs(phrase.x0 - each.phrase.x0) < 8 for each in band)
    ]
    fellows = [each for each in labels if each is not label and in_one_row(own, each.phrase)]
    return len(band) >= 3 and len(beside) > len(fellows)


def labelled_values(
    wanted: Sequence[Label], others: Sequence[Phrase], rules: Sequence[Rule], part: str, labels: Sequence[Label] = ()
) -> list[LabelledValue]:
    """Every wanted label with its value on one page; labels of parties and labels without a value are left out. `labels` are
    all that stand on the page."""
    found: list[LabelledValue] = []
    labels = labels or wanted
    for label in wanted:
        if set(label.fields) <= PARTY_FIELDS:
            continue
        if three := _net_tax_gross(label, others, part):
            found += three
            continue
        value, strength = _value_of(label, labels, others, rules)
        if value is not None and label.fields[0] in _TEXTS:
            marks = [phrase for phrase in others if phrase.text.endswith(":")]
            stops = [*marks, *(each.phrase for each in labels)]
            value = with_further_lines(value, _lines_after(label, labels, others), stops)
            value = with_next_line(value, label.phrase, others, [*stops, *(each.value for each in labels if each.value)])
        if value is not None and label.fields[0] in _NUMBERS:
            value = with_broken_rest(value, others)
        if value is not None:
            said = 1.0 if is_under_title(label, labels) or stands_over_date(label, labels) else said_by(label)
            found += _filled(label, value, strength * said, part)
    return found


def _net_tax_gross(label: Label, others: Sequence[Phrase], part: str) -> list[LabelledValue]:
    """The sums of a net, a tax and a gross column on a total's row: three amounts, of which the last is the others' sum, or
    two, of which the last is the first with a tax that there is."""
    if label.fields[0] not in _SUMS or label.value is not None:
        return []
    right = sorted(
        (phrase for phrase in others if phrase.x0 > label.phrase.x1 and in_one_row(label.phrase, phrase)), key=lambda p: p.x0
    )
    amounts = [phrase for phrase in right if _AMOUNT.fullmatch(phrase.text)]
    cents = [int(re.sub(r"\D", "", amount.text)) for amount in amounts]
    if len(cents) == len(_COLUMNS) and 0 < cents[1] == cents[2] - cents[0]:
        fields = _COLUMNS
    elif len(cents) == _TWO_TAXES and cents[3] == sum(cents[:3]) and min(cents[1:3]) > 0:
        fields, amounts = (_COLUMNS[0], _COLUMNS[2]), [amounts[0], amounts[3]]
    elif len(cents) == 2 and label.fields[0] == "total" and _LEAST_TAX < cents[1] / max(cents[0], 1) < _MOST_TAX:
        fields = (_COLUMNS[0], _COLUMNS[2])
    else:
        return []
    return [
        LabelledValue(field, label.phrase.text, text_box([amount], part), _BESIDE)
        for field, amount in zip(fields, amounts, strict=True)
    ]


def _lines_after(label: Label, labels: Sequence[Label], others: Sequence[Phrase]) -> list[Phrase]:
    """What may go on a value: no label, unless it is a bare word in the column of values, such as "invoice"."""
    bare = [each.phrase for each in labels if each.value is None and not each.phrase.text.rstrip().endswith(":")]
    return [*others, *(phrase for phrase in bare if phrase.x0 > label.phrase.x1)]


def _filled(label: Label, value: Phrase, strength: float, part: str) -> list[LabelledValue]:
    box = text_box([value], part)
    if len(label.fields) == 1:
        return [LabelledValue(label.fields[0], label.phrase.text, box, strength)]
    texts = re.split(r"\s+/\s+|\s{2,}", value.text) if " / " in value.text else value.text.split("/", 1)
    if len(texts) != len(label.fields):
        sums = [field for field in label.fields if field not in _WHOLE]
        return [LabelledValue(sums[0], label.phrase.text, box, strength)] if len(sums) == 1 and set(label.fields) <= FOOT else []
    pieces = [tail_of(value, text.strip()) for text in texts]
    return [
        LabelledValue(field, label.phrase.text, text_box([piece], part), strength)
        for field, piece in zip(label.fields, pieces, strict=True)
        if piece is not None and field not in PARTY_FIELDS
    ]


def _value_of(
    label: Label, labels: Sequence[Label], others: Sequence[Phrase], rules: Sequence[Rule]
) -> tuple[Phrase | None, float]:
    if label.value is not None:
        return label.value, label.strength
    beside = _beside(label, labels, others)
    below = _below(label.phrase, labels, others, rules)
    if beside is not None and _titles_a_box(label.phrase, beside):
        beside = None
    if beside is not None and _fits(label.fields[0], beside.text):
        if below is not None and _fits(label.fields[0], below.text) and _heads_band(label, below, labels, others):
            return below, _BELOW
        if below is not None and _fits(label.fields[0], below.text) and _in_its_cell(label.phrase, beside, below, rules):
            return below, _BELOW
        near = beside.x0 - label.phrase.x1 < 150 or below is None or not _fits(label.fields[0], below.text)
        if near:
            return beside, _DOUBTED if label.fields[0] == "po_number" and _is_followed(beside, labels, others) else _BESIDE
    if below is not None and _fits(label.fields[0], below.text):
        return below, _BELOW
    return None, 0.0


def _titles_a_box(label: Phrase, beside: Phrase) -> bool:
    """Whether what stands beside the label of a numbered box is the next box's title: "2. DELIVERY ORDER/CALL NO."."""
    return all(_BOX_TITLE.fullmatch(phrase.text) for phrase in (label, beside))


def _in_its_cell(label: Phrase, beside: Phrase, below: Phrase, rules: Sequence[Rule]) -> bool:
    """Whether a drawn line stands between the label and what is beside it, and none above what is below."""
    parted = any(
        rule.upright and label.x1 - 2 <= rule.x0 <= beside.x0 + 2 and rule.top <= label.middle <= rule.bottom for rule in rules
    )
    ruled = any(
        not rule.upright
        and rule.x0 <= below.x0 + 2
        and rule.x1 >= below.x0 + 10
        and label.bottom - 1 <= rule.top <= below.top + 1
        for rule in rules
    )
    return parted and not ruled


def _is_followed(number: Phrase, labels: Sequence[Label], others: Sequence[Phrase]) -> bool:
    """Whether a second number stands right behind the first, as where systems print a company's before the order's."""
    after = [phrase for phrase in others if number.x1 < phrase.x0 < number.x1 + _CLOSE and in_one_row(number, phrase)]
    marked = [each for each in labels if number.x1 < each.phrase.x0 < number.x1 + _CLOSE and in_one_row(number, each.phrase)]
    return not marked and any(re.search(r"\d{4}", phrase.text) and not re.search(r"\d[./-]\d", phrase.text) for phrase in after)


def _heads_band(label: Label, below: Phrase, labels: Sequence[Label], others: Sequence[Phrase]) -> bool:
    """Whether other labels of the row have their values right under them as well, on the row of `below`."""
    row = [phrase for phrase in others if phrase is not below and in_one_row(below, phrase)]
    fellows = [
        each.phrase for each in labels if each is not label and each.value is None and in_one_row(label.phrase, each.phrase)
    ]
    under = [each for each in fellows if any(abs(phrase.x0 - each.x0) < 8 for phrase in row)]
    return abs(below.x0 - label.phrase.x0) < 8 and len(under) > 1


def _fits(field: str, text: str) -> bool:
    """Whether the text can be such a value at all: numbers, dates and amounts have digits, numbers of papers are short."""
    digits = any(letter.isdigit() for letter in text)
    if field in FOOT or field in DATES:
        return digits and len(text) <= 60 and not (field in DATES and names_street(text))
    if field in _NUMBERS and _IN_WORDS.search(text) and (is_numbered_street(text) or names_street(text)):
        return False  # the letterhead beside the title; "ST-1001" and "LN 7" are numbers
    if field in _NUMBERS:
        return digits and len(text) <= 40 and len(text.split()) <= 5
    if field == "payment_terms" and _PAGE_OF.fullmatch(text.strip()):
        return False  # "Pag." is short for a page as well as for paying
    return any(letter.isalnum() for letter in text)


def _beside(label: Label, labels: Sequence[Label], others: Sequence[Phrase]) -> Phrase | None:
    """The next phrase to the right on the label's row, unless another label stands there first."""
    own = label.phrase
    after = [each.phrase.x0 for each in labels if each.phrase.x0 > own.x1 and in_one_row(own, each.phrase)]
    stop = min(after, default=float("inf"))
    right = [phrase for phrase in others if own.x1 - 1 <= phrase.x0 < stop and in_one_row(own, phrase)]
    right.sort(key=lambda phrase: phrase.x0)
    amounts = [phrase for phrase in right if _MONEY.search(phrase.text)]
    if label.fields[0] in FOOT and amounts:
        return amounts[-1]  # pieces may be totalled before the money, a charge may have a quantity and a price
    return right[0] if right and right[0].x0 - own.x1 <= _FAR else None


def in_one_row(label: Phrase, phrase: Phrase) -> bool:
    """Baselines of a form and of what fills it differ by up to four points."""
    reach = 0.5 * max(4.0, min(label.size, phrase.size))
    return abs(label.bottom - phrase.bottom) <= max(reach, 4.0) or abs(label.middle - phrase.middle) <= reach


def _below(label: Phrase, labels: Sequence[Label], others: Sequence[Phrase], rules: Sequence[Rule]) -> Phrase | None:
    """The nearest phrase under the label within its cell of the band; None where a label or a drawn row comes first."""
    left, right = _cell(label, labels, rules)
    reach = label.bottom + 2.6 * max(label.size, 6.0)
    under = [phrase for phrase in others if _under(phrase, label, left, right) and phrase.top <= reach]
    nearest = min(under, key=lambda phrase: (phrase.top, phrase.x0), default=None)
    if nearest is None:
        return None
    between = [each.phrase for each in labels if _under(each.phrase, label, left, right) and each.phrase.middle < nearest.top]
    return None if between else nearest


def _under(phrase: Phrase, label: Phrase, left: float, right: float) -> bool:
    if phrase.top < label.middle + 1 or phrase is label:
        return False
    overlaps = min(phrase.x1, label.x1) > max(phrase.x0, label.x0)
    return (left <= phrase.x0 < right) and (overlaps or phrase.x0 - label.x1 < 60)


def _cell(label: Phrase, labels: Sequence[Label], rules: Sequence[Rule]) -> tuple[float, float]:
    """The strip below a label that may hold its value: up to the next label or drawn line on either side."""
    before = [each.phrase.x1 for each in labels if each.phrase.x1 <= label.x0 and in_one_row(label, each.phrase)]
    after = [each.phrase.x0 for each in labels if each.phrase.x0 >= label.x1 and in_one_row(label, each.phrase)]
    drawn = [rule.x0 for rule in rules if rule.upright and rule.top <= label.bottom + 2 and rule.bottom >= label.middle]
    left = max([label.x0 - 40, *before, *(x - 1 for x in drawn if x <= label.x0 + 2)])
    right = min([label.x1 + 200, *(x - 2 for x in after), *(x for x in drawn if x >= label.x1 - 2)])
    return left, right
