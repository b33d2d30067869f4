"""How much a label of a number says: "No." alone is nobody's, unless the order's title or its date stands right beside it."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.layout.label_words import Label
from parsers.lexicon import key_of, meaning_of_label

_OWN_NUMBER = frozenset(
    [
        "nr",
        "order",
        "documentnr",
        "nrdocument",
        "belegnr",
        "dokumentnr",
        "nrdedocumento",
        "nrdocumento",
        "nrdedocument",
        "nrdokumentu",
    ]
)
#: What only a vote names is read with doubt.
VOTED = 0.5


def said_by(label: Label) -> float:
    """How much the label says. "Date" alone on an order is nearly always the order's, "Number" and "Order" mostly."""
    meaning = meaning_of_label(label.phrase.text)
    if label.voted or meaning is None:
        return VOTED if label.voted else 1.0
    if meaning.name == "po_number" and key_of(label.phrase.text) in _OWN_NUMBER:
        return max(meaning.strength, 0.75)
    return max(meaning.strength, 0.9) if meaning.name == "order_date" else meaning.strength


def is_under_title(label: Label, labels: Sequence[Label]) -> bool:
    """Whether a mere "Nr." stands right under the title that says of what: "BESTELBON" over "Nr. / N°: 2026/3341"."""
    return label.fields == ("po_number",) and any(
        title.fields == label.fields
        and title.value is None
        and title is not label
        and 0 < label.phrase.middle - title.phrase.middle < 2.2 * max(title.phrase.size, 6.0)
        and min(title.phrase.x1, label.phrase.x1) > max(title.phrase.x0, label.phrase.x0)
        and said_by(title) >= 1.0
        for title in labels
    )


def stands_over_date(label: Label, labels: Sequence[Label]) -> bool:
    """Whether a mere "N° / Nr." heads a box of the order's own facts, right over its date, on a paper with an order's title."""
    if label.fields != ("po_number",) or key_of(label.phrase.text.split("/")[0]) not in _OWN_NUMBER:
        return False
    titled = any(
        each is not label and each.fields == ("po_number",) and each.value is None and said_by(each) >= 1.0 for each in labels
    )
    return titled and any(
        each.fields == ("order_date",)
        and abs(each.phrase.x0 - label.phrase.x0) < 3
        and 0 < each.phrase.middle - label.phrase.middle < 2.2 * max(label.phrase.size, 6.0)
        for each in labels
    )
