"""What a document or a mail wants: an order, a change, a cancellation, an enquiry, or nothing that concerns orders.

The words and their weights stand in intents.yaml and mail_intents.yaml, for people to extend. A document is judged by the
words that head it, then by labels that only one kind of document bears; a mail by what its sentences ask for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from models.contracts.extraction_v1 import Intent
from parsers.phrases import Match, Phrasebook, Token, tokens_of
from parsers.wordlists import words_file

#: Words of a document that can say what it is stand on its first page.
_HEAD_LINES = 80
#: A mail says what it wants early; what follows is quoted matter and small print.
_MAIL_CHARACTERS = 12_000
_WEIGHTS = {"sure": 4.0, "likely": 2.0, "hint": 1.0}
_SUBJECT, _OLD_SUBJECT = 1.5, 0.5
_NEUTRAL, _EARLIER = "neutral", "earlier"
#: Parts of the file that are no intents.
_NO_INTENTS = frozenset([_NEUTRAL, _EARLIER])
#: What a mail may also say of an earlier delivery.
_OF_EARLIER = frozenset([Intent.RETURN_REQUEST, Intent.ORDER_STATUS_ENQUIRY])
#: A title weighs by its place; a label is worth the same everywhere.
_IN_A_SENTENCE = 0.3
_TITLE, _LABEL = 0.0, 1.0
#: "PO" begins the names of valleys and of boxes.
_LEAST_OF_TITLE = 5

#: "Streckenbestellung", "Sammelbestellung", "spoedbestelling" are orders, an "Abbestellung" takes one back.
_JOINED_ORDER = re.compile(r"\b(?!abbestell)[^\W\d_]{3,}(bestell[ui]ng)\b", re.IGNORECASE)
#: What follows the word for an order in a subject that is a title: its number, and at most a few words set apart.
_NUMBER_ALONE = re.compile(
    r"\s{0,3}(?:n[or°º]?\.?|#|:|num\.?)?\s{0,3}[\w./-]{0,20}\d[\w./-]{0,20}(?:\s{0,3}[-–—/|(,].{0,60})?\s{0,3}"
)

_Sums = dict[Intent, float]


def intent_of_document(text: str, title: str = "", default: Intent = Intent.OTHER, *, is_form: bool = False) -> Intent:
    """The intent of a document by its words. `title` is what stands in the largest letters, where the reader knows it.
    `default` is the answer where nothing says: a bare list of articles and quantities, say. Of a form (`is_form`), a word in a
    sentence ("our conditions of purchase") says nothing."""
    sums = _sums(_said_in(text, title))
    if is_form and sums.get(Intent.OTHER, 0.0) < _IN_A_SENTENCE:
        sums.pop(Intent.OTHER, None)
    return _greatest(sums, tuple(_documents()["titles"]), default)


def names_an_order(text: str) -> bool:
    """Whether a line of a paper's head says that the paper is an order: "PEDIDO DE SUMINISTRO MENOR", "Bestellformular
    Werkstatt". Such a line is nobody's name."""
    matches = _unmasked(_document_book().matches(tokens_of(_closed_up(text))))
    return any(match.meaning == (Intent.ORDER, _TITLE) and len(match.phrase) >= _LEAST_OF_TITLE for match in matches)


def calls_itself_contract(text: str, title: str = "") -> bool:
    """Whether what is no order by its words is called a contract: between a buyer and a seller of goods it may be one."""
    titles = [
        (worth, match.phrase)
        for match, worth in _said_in(text, title).values()
        if match.meaning[0] is Intent.OTHER and not match.meaning[1]
    ]
    return bool(titles) and max(titles)[1] in _contracts()


def _said_in(text: str, title: str) -> _Said:
    said: _Said = {}
    _count_line(title, 8.0, said)
    for number, line in enumerate(line for line in text.splitlines() if line.strip()):
        if number >= _HEAD_LINES:
            break
        _count_line(line, 5.0 / (1 + number / 15), said)
    return said


def _sums(said: _Said) -> _Sums:
    """What the labels say together and the weightiest title: an order names quotation, requisition and agreement, but a
    paper has one title."""
    sums: _Sums = {}
    titles: _Sums = {}
    for match, worth in said.values():
        intent, label_weight = match.meaning
        if intent is None:
            continue
        if label_weight:
            sums[intent] = sums.get(intent, 0.0) + worth
        else:
            titles[intent] = max(titles.get(intent, 0.0), worth)
    return {intent: sums.get(intent, 0.0) + titles.get(intent, 0.0) for intent in {*sums, *titles}}


def intent_of_mail(subject: str, body: str, language: str | None = None, default: Intent = Intent.OTHER) -> Intent:
    """The intent of a mail by its subject and its newest text (without what it quotes). With a `language`, the phrases
    of that language and English count; without, or where those find nothing, those of all seven."""
    sums = _mail_sums(subject, body, language)
    if not sums and language is not None:
        sums = _mail_sums(subject, body, None)
    order = tuple(name for name in _mails() if name not in _NO_INTENTS)
    said = _greatest(sums, order, default)
    if said not in _OF_EARLIER:
        return said
    # What went before is told beside an order: "two boxes of the last delivery were damp".
    fresh = _mail_sums(subject, _without_earlier(body), language)
    orders = fresh.get(Intent.ORDER, 0.0) >= _WEIGHTS["likely"] and _greatest(fresh, order, default) is Intent.ORDER
    return Intent.ORDER if orders else said


def _without_earlier(body: str) -> str:
    """The text without the sentences that speak of an earlier delivery or order."""
    sentences = re.split(r"(?<=[.!?])\s|\n", body[:_MAIL_CHARACTERS])
    book = _earlier_book()
    return "\n".join(sentence for sentence in sentences if not book.matches(tokens_of(sentence)))


def is_ordered(subject: str, body: str, language: str | None = None) -> bool:
    """Whether words of a mail order something, rather than only naming an order as a noun does."""
    return _mail_sums(subject, body, language).get(Intent.ORDER, 0.0) >= _WEIGHTS["likely"]


def _greatest(sums: _Sums, order: tuple[str, ...], default: Intent) -> Intent:
    """The intent with the greatest sum; among equals, the first in the file."""
    if not sums:
        return default
    return max(sums, key=lambda intent: (sums[intent], -order.index(intent.value)))


def _mail_sums(subject: str, body: str, language: str | None) -> _Sums:
    seen: dict[tuple[Intent, str], float] = {}
    bare = _without_reply_marks(subject)
    # The subject of a reply was written when the talk began: it says less of what this mail wants.
    texts = ((bare, _SUBJECT if bare == subject else _OLD_SUBJECT), (body[:_MAIL_CHARACTERS], 1.0))
    for text, factor in texts:
        for match in _said_once(_unmasked(_mail_book(language).matches(tokens_of(_JOINED_ORDER.sub(r"\1", text))))):
            intent, weight = match.meaning
            if intent is not None:
                # said twice is not meant twice, and a noun such as "order" stands in every mail about one
                key = (intent, match.phrase if weight > _WEIGHTS["hint"] else "")
                seen[key] = max(seen.get(key, 0.0), weight * factor)
    sums: _Sums = {}
    for (intent, _), weight in seen.items():
        sums[intent] = sums.get(intent, 0.0) + weight
    if bare == subject and _is_title(bare, language):
        sums[Intent.ORDER] = max(sums.get(Intent.ORDER, 0.0), _WEIGHTS["likely"] * _SUBJECT)
    return sums


def _is_title(subject: str, language: str | None) -> bool:
    """Whether a subject is a word for orders and a number: "Purchase order 7100045521", "Pedido IES-26/0342"."""
    subject = _JOINED_ORDER.sub(r"\1", subject)
    tokens = tokens_of(subject)
    matches = list(_unmasked(_mail_book(language).matches(tokens)))
    opens = [match for match in matches if match.first == 0 and match.meaning[0] is Intent.ORDER]
    if not opens or any(match.meaning[0] is not Intent.ORDER for match in matches):
        return False
    rest = subject[tokens[max(match.last for match in opens) - 1].end :]
    return _NUMBER_ALONE.fullmatch(rest) is not None


def _said_once(matches: Iterable[Match[_Meaning]]) -> Iterator[Match[_Meaning]]:
    """Of phrases of one intent that share words, the weightiest: "cancel our order" is also "cancel ... order"."""
    taken: list[Match[_Meaning]] = []
    for match in sorted(matches, key=lambda match: (-match.meaning[1], match.first - match.last)):
        if not any(
            match.meaning[0] is other.meaning[0] and match.first < other.last and other.first < match.last for other in taken
        ):
            taken.append(match)
            yield match


def _without_reply_marks(subject: str) -> str:
    return re.sub(r"^(?:\s*(?:re|aw|fwd?|wg|tr|rv|r|i|antw|odp|pd)\s*:)+", "", subject, flags=re.IGNORECASE)


_Meaning = tuple[Intent | None, float]
#: What each phrase of a document says at its weightiest place.
_Said = dict[str, tuple[Match[_Meaning], float]]


def _unmasked(matches: list[Match[_Meaning]]) -> Iterator[Match[_Meaning]]:
    """The matches that no neutral phrase overlaps."""
    masks = [match for match in matches if match.meaning[0] is None]
    for match in matches:
        overlaps = any(mask.first < match.last and match.first < mask.last for mask in masks)
        if match.meaning[0] is not None and (not overlaps or _outweighs(match, masks)):
            yield match


def _outweighs(match: Match[_Meaning], masks: list[Match[_Meaning]]) -> bool:
    """A phrase that holds a neutral one within itself says more than it."""
    overlapping = [mask for mask in masks if mask.first < match.last and match.first < mask.last]
    return all(mask.inside(match) for mask in overlapping)


def _count_line(line: str, weight: float, said: _Said) -> None:
    """Notes each title by how much it is the line, or the line's column, and not a word in a sentence; each label that
    opens a column by its own weight. Said again below every line it says no more."""
    for column in re.split(r"\s{2,}|\t|\|", _JOINED_ORDER.sub(r"\1", _closed_up(line))):
        if column.startswith(":"):
            continue  # what stands at a label is no title: ": offerte 118.204" at "Uw referentie"
        tokens = [token for token in tokens_of(column[:400]) if not token.word.isdigit()]
        for match in _unmasked(_document_book().matches(tokens)):
            intent, label_weight = match.meaning
            if intent is None:
                continue
            worth = (label_weight if match.first == 0 else 0.0) if label_weight else weight * _prominence(match, tokens, column)
            if worth > 0 and (match.phrase not in said or worth > said[match.phrase][1]):
                said[match.phrase] = (match, worth)


def _prominence(match: Match[_Meaning], tokens: list[Token], column: str) -> float:
    share = (match.last - match.first) / len(tokens)
    shouted = column[tokens[match.first].start : tokens[match.last - 1].end].isupper() and not column.isupper()
    if share >= 0.5 or (shouted and len(match.phrase) > 3):
        return 1.0
    return 0.4 if match.first == 0 and len(tokens) <= 6 else 0.05


def _closed_up(line: str) -> str:
    """A title in spaced letters ("B E S T E L L U N G") as words."""
    return re.sub(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)", lambda found: found[0].replace(" ", ""), line)


@cache
def _rules(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = words_file(name)
    return loaded


def _documents() -> dict[str, Any]:
    return _rules("intents.yaml")


def _mails() -> dict[str, Any]:
    return _rules("mail_intents.yaml")


def _by_intent(section: dict[str, dict[str, list[str]]], weight: float) -> list[tuple[str, _Meaning]]:
    return [
        (phrase, (Intent(intent), weight))
        for intent, languages in section.items()
        for phrases in languages.values()
        for phrase in phrases
    ]


@cache
def _contracts() -> frozenset[str]:
    return frozenset(phrase for phrases in _documents()["contracts"].values() for phrase in phrases)


@cache
def _document_book() -> Phrasebook[_Meaning]:
    rules = _documents()
    neutral: list[tuple[str, _Meaning]] = [(phrase, (None, 0.0)) for phrase in rules[_NEUTRAL]]
    return Phrasebook(_by_intent(rules["titles"], _TITLE) + _by_intent(rules["labels"], _LABEL) + neutral)


@cache
def _earlier_book() -> Phrasebook[bool]:
    return Phrasebook([(phrase, True) for phrases in _mails()[_EARLIER].values() for phrase in phrases])


@cache
def _mail_book(language: str | None) -> Phrasebook[_Meaning]:
    wanted = None if language is None else {language, "en"}
    phrases: list[tuple[str, _Meaning]] = []
    for intent, classes in _mails().items():
        if intent == _EARLIER:
            continue
        for name, languages in classes.items() if intent != _NEUTRAL else [(_NEUTRAL, classes)]:
            meaning: _Meaning = (None, 0.0) if name == _NEUTRAL else (Intent(intent), _WEIGHTS[name])
            phrases += [
                (phrase, meaning) for code, listed in languages.items() if wanted is None or code in wanted for phrase in listed
            ]
    return Phrasebook(phrases)
