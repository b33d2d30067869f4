"""What a phrase of a form names: a field, two joined ones, or a field with its value in the same phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from models.domain.document import Word
from parsers.lexicon import field_of_label, key_of, meaning_of_label, split_label
from parsers.page_text import Phrase
from parsers.totals import TERMS, foot_field
from parsers.values.addresses import holds_address, pieces_of_line
from parsers.values.numbers import currency_of
from parsers.values.streets import is_street_alone
from parsers.values.towns import town_of

DATES = ("order_date", "requested_delivery_date")
NUMBER_SIGN = re.compile(r"[Nn](?:o|r|um|°|º)?\.?|.*[#№°]")
_NUMBER_KEY = "nr"
_INLINE, _LOOSE, _JOINT = 1.0, 0.9, 0.97
_NUMBERED = frozenset({*DATES, "po_number", "customer_number", "vendor_number", "vat_id", "page", "invoice_ref", "quotation_ref"})
#: Letters larger than a label's by this factor are its value's.
_LARGER = 1.2
_PARTIES = frozenset({"ship_to", "bill_to", "seller"})
_PARTY_NUMBER = re.compile(r"(?:no\.?|nr\.?|#)?\s?[A-Z]{0,3}\d{1,12}", re.IGNORECASE)
_GLUED = re.compile(r"(?P<value>.*[^\W_A-Z.:/-])(?P<label>[A-Z][a-zà-ÿ]{3,}:)")
_AMOUNT, _RATE, _LEAST_TOTALS = re.compile(r"[€$£]?\d[\d.,'’]*[.,]\d{2}[€$£]?"), re.compile(r"\d{1,2}(?:[.,]\d{1,2})?\s?%"), 2
_BARS = frozenset({"|", "¦", "•", "│"})
_LEADING = frozenset(  # to a label that its list has without it
    {"n°", "no.", "no", "nr.", "nr", "n.", "numéro", "number", "numero", "número", "numer", "de", "di", "of", "der", "van", "la"}
)

DELIVERY = re.compile(
    r"(?:\b|ab|an|af|aan|be|aus)(?:liefer|deliver|ship|livr|entreg|consegn|lever|bezorg|dosta|wysy)", re.IGNORECASE
)
#: Words of labels that say where goods go, in whatever phrase: "Embarcar a", "Remitir a", "Consegna presso".
SHIPPING = re.compile(
    rf"{DELIVERY.pattern}|\b(?:embarc|envi|remit|destin|consig|expedi|expédi|spedi|versand|verzend|send|site|odbi|empf)",
    re.IGNORECASE,
)
#: Where work is done to which goods are brought.
_SITE = re.compile(
    r"\b(?:baustelle|bauvorhaben|bv|chantier|cantiere|obra|bouwplaats|werfadres|budow[ay]|(?:job|project|work) ?site|site"
    r"|montageort|einsatzort|einbauort)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 8
_SUM, _LEAST_OF_COUNTS = re.compile(r"[$€£]?\d[\d.,']*[.,]\d{2}[$€£]?"), 5
_ASIDE, _SHARE = re.compile(r"\([^()]*\)"), re.compile(r"[(\[]?\d{1,2}(?:[.,]\d{1,3})?\s*%[)\]]?")
_MONEY = re.compile(r"\d[.,]\d{2}\b|[$€£]\s*\d|\b[A-Z]{3}\b")
_SAYS_WHEN_PAID = re.compile(r"\S+:\s\d{1,3}\s?(?:days?|tage|jours|d[ií]as|giorni|gg|dagen|dni)\b", re.IGNORECASE)
_NAMES_TERMS = re.compile(r"\S\s+\S|[^\W\d]{12}")  # two words, or a long one: "Betalingsvoorwaarde 30 dagen"
_DAYS_OR_SHARE = re.compile(r"\bnet\b|\d\s*%|\b\d{1,3}\s*(?:days?|tage|jours|d[ií]as|giorni|gg|dagen|dni)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"(?<=\d)\s+[-–—]\s+(?=.*[^\W\d]{4})")  # "Bestellung Nr. 118/2026 – Ersatzteile"


@dataclass(frozen=True, slots=True)
class Label:
    """A phrase that names fields (two for "PO number/date"), with its value in the same phrase; `voted` if no list holds it."""

    fields: tuple[str, ...]
    phrase: Phrase
    value: Phrase | None = None
    strength: float = _INLINE
    voted: bool = False


def split_at_labels(phrase: Phrase) -> Iterator[Phrase]:
    """The phrase, parted at bars beside labels, and before each further label that is bold before plain words or ends with a
    colon: "PO: 4711 Date: 3/4/24". A sentence that leads to a place is whole: "Deliver on board c/o agents: …"."""
    if phrase.text.count(":") == 1 and not phrase.text[0].isdigit() and _delivered_to(phrase) is not None:
        yield phrase
        return
    for piece in (part for whole in _parted_at_bars(_unglued(phrase)) for part in _parted_at_sum(whole)):
        for bold in _parted_at_bold(piece):
            yield from _parted_at_totals(bold) or _parted_at_colons(bold)


def _unglued(phrase: Phrase) -> Phrase:
    """The phrase; a value's letters right before the next column's label are a word of their own: "nettoIncoterms:"."""
    if not any(_GLUED.fullmatch(word.text) for word in phrase.words):
        return phrase
    return Phrase.of(piece for word in phrase.words for piece in _unglued_word(word))


def _unglued_word(word: Word) -> Iterator[Word]:
    glued = _GLUED.fullmatch(word.text)
    if glued is None or field_of_label(glued["label"]) is None or field_of_label(word.text) is not None:
        yield word
        return
    cut = word.x0 + (word.x1 - word.x0) * len(glued["value"]) / len(word.text)
    yield replace(word, text=glued["value"], x1=cut)
    yield replace(word, text=glued["label"], x0=cut)


def _parted_at_bars(phrase: Phrase) -> list[Phrase]:
    """ "Code client : 0174410 | Délégué : Mme Thébaud": what a bar parts, where one of the pieces begins with a label."""
    groups: list[list[Word]] = [[]]
    for word in phrase.words:
        if word.text in _BARS:
            groups.append([])
        else:
            groups[-1].append(word)
    pieces = [Phrase.of(group) for group in groups if group]
    if len(groups) == 1 or not any(split_label(piece.text) is not None for piece in pieces[1:]):
        return [phrase]
    return pieces


def _parted_at_sum(phrase: Phrase) -> list[Phrase]:
    """ "Positionen: 4 Packungen: 118 Bestellwert netto EUR 3.085,30": the order's sum at the end of a row of counts."""
    words = phrase.words
    if len(words) < _LEAST_OF_COUNTS or _SUM.fullmatch(words[-1].text) is None:
        return [phrase]
    starts = (at for at in range(max(1, len(words) - _MOST_WORDS), len(words) - 1) if words[at - 1].text.strip(".,;").isdigit())
    named = ((at, field_of_label(" ".join(word.text for word in words[at:-1]))) for at in starts)
    cut = next((at for at, field in named if field is not None and field.startswith("total")), None)
    return [phrase] if cut is None else [Phrase.of(words[:cut]), Phrase.of(words[cut:])]


def _parted_at_totals(phrase: Phrase) -> list[Phrase]:
    """ "Total HT 120,00 TVA 20 % 24,00 TTC 144,00 EUR": a piece for each, without rates; none where other things are said."""
    words = phrase.words
    ends = [at + 1 for at, word in enumerate(words) if _AMOUNT.fullmatch(word.text)]
    ends = [end + 1 if end < len(words) and currency_of(words[end].text) else end for end in ends]
    if len(ends) < _LEAST_TOTALS or ends[-1] < len(words):
        return []
    pieces = []
    for start, end in pairwise([0, *ends]):
        amount = next(at for at in range(start, end) if _AMOUNT.fullmatch(words[at].text))
        label = [word for word in words[start:amount] if re.search(r"[^\W\d]", word.text)]
        beside = _RATE.sub("", " ".join(word.text for word in words[start:amount]))
        if foot_field(" ".join(word.text for word in label)) is None or re.search(r"\d", beside):
            return []  # "1 442,00": the figures before an amount may be its thousands
        pieces.append(Phrase.of((*label, *words[amount:end])))
    return pieces


def _parted_at_bold(phrase: Phrase) -> list[Phrase]:
    """A phrase of plain words in which bold ones name a field, parted before each of these."""
    words = phrase.words
    starts = [at for at in range(1, len(words)) if words[at].bold and not words[at - 1].bold]
    cuts = [at for at in starts if _bold_label(words, at) is not None]
    return [Phrase.of(words[start:end]) for start, end in pairwise([0, *cuts, len(words)])] if cuts else [phrase]


def _bold_label(words: Sequence[Word], start: int) -> int | None:
    """Where bold words from `start` end that name a field and stand before a plain one; None if they do not."""
    end = next((at for at in range(start, len(words)) if not words[at].bold), len(words))
    if not start < end < len(words) or end - start > _MOST_WORDS:
        return None
    return end if field_of_label(" ".join(word.text for word in words[start:end])) is not None else None


def _parted_at_colons(phrase: Phrase) -> Iterator[Phrase]:
    small = _small_label(phrase)
    if small is not None:
        yield Phrase.of(phrase.words[:small])
        yield Phrase.of(phrase.words[small:])
        return
    words = phrase.words
    cut = 0
    for end in range(1, len(words)):
        if not words[end].text.endswith(":"):
            continue
        starts = range(max(cut, end - 5), end + 1)
        start = next((at for at in starts if field_of_label(" ".join(word.text for word in words[at : end + 1]))), None)
        if start is not None and start == end > cut and key_of(words[end].text) == _NUMBER_KEY:
            start = None  # "CREDITOR NO: HIB003" is no order's number
        goes_on = start is not None and start > cut and words[start - 1].text.endswith(",")
        if goes_on and _SAYS_WHEN_PAID.match(" ".join(word.text for word in words[end:])):
            start = None  # "przelew, termin: 30 dni"
        if start is not None and all(word.text.casefold() in _LEADING for word in words[cut:start]):
            start = cut  # "N° de | commande ouverte :"
        if start is not None and start > cut:
            yield Phrase.of(words[cut:start])
            cut = start
    yield Phrase.of(words[cut:]) if cut else phrase


def _small_label(phrase: Phrase) -> int | None:
    """Where a form's small label ends beside its larger value: "SHIP TO" before a name."""
    sizes = [word.size for word in phrase.words]
    end = next((at for at in range(1, len(sizes)) if sizes[at] > _LARGER * sizes[0]), None)
    if end is None or min(sizes[end:]) <= _LARGER * max(sizes[:end]):
        return None
    return end if field_of_label(" ".join(word.text for word in phrase.words[:end])) is not None else None


def label_in(phrase: Phrase) -> Label | None:
    """What the phrase names: "Delivery:" before an address is where, not when."""
    label = None if TERMS.fullmatch(phrase.text) else _own_label(_without_subject(phrase))
    if label is None or label.fields == ("job",):
        return _delivered_to(phrase) or label
    if label.fields == ("notes",) and label.value is not None:
        place = label_in(label.value)  # "Opis: Dostawa na adres: ul. Zakładowa 50"
        return place if place is not None and place.fields == ("ship_to",) and place.value is not None else label
    if label.value is not None and _ASIDE.fullmatch(label.value.text):
        return Label(label.fields, phrase, strength=label.strength)  # "Bestellnummer (BT-1)"
    if label.fields != ("requested_delivery_date",) or label.value is None:
        return label
    pieces = list(pieces_of_line(label.value.text))
    placed = len(pieces) > 1 and any(town_of(piece) is not None or is_street_alone(piece) for piece in pieces)
    return Label(("ship_to",), label.phrase, label.value, label.strength) if placed else label


def _delivered_to(phrase: Phrase) -> Label | None:
    """ "Lieferung bitte an unsere Werkstatt: Spinnereistr. 7, 04179 Leipzig": words of delivery or a site before an address."""
    said, colon, place = phrase.text.partition(":")
    if not colon or not (DELIVERY.search(said) or _SITE.search(said)) or len(said.split()) > _MOST_WORDS:
        return None
    pieces = pieces_of_line(place)
    if not holds_address(pieces):
        return None
    return Label(("ship_to",), *_parted(phrase, place.strip()), _LOOSE)


def _without_subject(phrase: Phrase) -> Phrase:
    """The phrase up to a dash behind a labelled number and before words."""
    split = split_label(phrase.text)
    subject = _SUBJECT.search(phrase.text) if split is not None and split[0] in _NUMBERED else None
    return phrase if subject is None else Phrase.of(phrase.words[: len(phrase.text[: subject.start()].split())])


def _own_label(phrase: Phrase) -> Label | None:
    """The label by its words. One without a colon before its value counts for less."""
    joint = _totalled(phrase) or _joint(phrase)
    if joint is not None:
        return joint
    split = split_label(phrase.text)
    if split is not None and _marked(phrase.text, split[1]):
        return Label((split[0],), *_parted(phrase, split[1]))
    numbered = _numbered(phrase)
    if numbered is not None:
        return numbered
    own = field_of_label(phrase.text)
    if own is not None:
        return Label((own,), phrase)
    bold = _bold_label(phrase.words, 0)
    if bold is not None and not phrase.words[0].text[0].isdigit():
        field = field_of_label(" ".join(word.text for word in phrase.words[:bold]))
        return Label((str(field),), Phrase.of(phrase.words[:bold]), Phrase.of(phrase.words[bold:]), _LOOSE)
    return _unmarked(phrase, *split) if split is not None else _dated(phrase)


def _totalled(phrase: Phrase) -> Label | None:
    """A total in two languages before its amount: "Total TVAC / Totaal incl. BTW EUR 5.923,58"; none where a group of figures
    before the amount may be its thousands."""
    *words, amount = phrase.words
    if "/" not in phrase.text or not words or _AMOUNT.fullmatch(amount.text) is None or words[-1].text.isdigit():
        return None
    field = field_of_label(" ".join(word.text for word in words))
    is_sum = field is not None and field.startswith("total")
    return Label((str(field),), Phrase.of(words), Phrase.of([amount]), _LOOSE) if is_sum else None


def _unmarked(phrase: Phrase, field: str, value: str) -> Label | None:
    """Label and value with nothing between them but a blank."""
    if field.startswith("total") and _SHARE.fullmatch(value):
        return Label((field,), phrase)
    if field in _PARTIES and _PARTY_NUMBER.fullmatch(value):
        return Label((field,), phrase)  # "SHIP TO 03" over the address, "Fournisseur 0000220418"
    if field == "payment_terms" and _DAYS_OR_SHARE.search(value) and _NAMES_TERMS.search(phrase.text.removesuffix(value)):
        return Label((field,), *_parted(phrase, value), _LOOSE)
    return Label((field,), *_parted(phrase, value), _LOOSE) if _plainly(field, value) else None


def _marked(text: str, value: str) -> bool:
    """Whether a colon, number sign or the like parts the label from its value."""
    return bool(re.search(r"[:#№°=]\s*$|\b[Nn](?:o|r|um)\.?\s*$", text[: len(text.rstrip()) - len(value)].rstrip() + " "))


def _numbered(phrase: Phrase) -> Label | None:
    """Label and number in one phrase, the label in two languages or long: "ORDINE DI ACQUISTO / PURCHASE ORDER n. OA/26/14"."""
    start = next((at for at, word in enumerate(phrase.words) if any(sign.isdigit() for sign in word.text)), 0)
    if not 0 < start < len(phrase.words):
        return None
    words, value = phrase.words[:start], phrase.words[start:]
    meaning = meaning_of_label(" ".join(word.text for word in words))
    if meaning is None or meaning.name not in _NUMBERED or len(value) > 4:
        return None
    sign = bool(NUMBER_SIGN.fullmatch(words[-1].text))
    if sign and len(words) == 1:
        return None  # "No. 4711" says of what only together with what stands above
    numbered = sign or value[0].text.startswith("#")
    if meaning.strength < 1 and not numbered and not (meaning.name in DATES and value[0].text[0].isdigit()):
        return None
    if meaning.name in DATES and not _may_be_day(" ".join(word.text for word in value)):
        return None  # "Receiving Gate 2"
    return Label((meaning.name,), Phrase.of(words), Phrase.of(value), _INLINE if numbered else _LOOSE)


def _dated(phrase: Phrase) -> Label | None:
    """ "Date 14/03/2026": a label so common that it is believed only before a day."""
    for end in range(1, min(4, len(phrase.words))):
        value = phrase.words[end:]
        if len(value) <= 3 and value[0].text[0].isdigit() and any(mark in phrase.text for mark in "/.-2"):
            field = field_of_label(" ".join(word.text for word in phrase.words[:end]))
            if not _may_be_day(" ".join(word.text for word in value)):
                return None
            return Label((field,), Phrase.of(phrase.words[:end]), Phrase.of(value), _LOOSE) if field in DATES else None
    return None


def _plainly(field: str, value: str) -> bool:
    """Whether words without a colon are label and value: "PO 4711" is, "Net 30", "PO Box 88" and "Plant 2" are not."""
    if field.startswith("total") or field == "subtotal":
        return bool(_MONEY.search(value))
    if field not in _NUMBERED or len(value.split()) > (5 if field in DATES else 4):
        return False
    return _may_be_day(value) if field in DATES else bool(re.match(r"\S*\d", value))


def _may_be_day(text: str) -> bool:
    """Whether a text has the figures of a day or a week: two groups of them, or one of six and more."""
    return len(re.findall(r"\d+", text)) > 1 or bool(re.search(r"\d{6}|\d.*[^\W\d]{3}|[^\W\d]{2}.*\d", text))


def _parted(phrase: Phrase, value: str) -> tuple[Phrase, Phrase | None]:
    """The label's words and the value's, where `value` ends the phrase's text."""
    wanted = re.sub(r"\s", "", value)
    for start in range(1, len(phrase.words)):
        if "".join(word.text for word in phrase.words[start:]) == wanted:
            return Phrase.of(phrase.words[:start]), Phrase.of(phrase.words[start:])
    return phrase, tail_of(phrase, value)


def tail_of(phrase: Phrase, value: str) -> Phrase | None:
    """A value glued to its label in one word ("No.:4711"): the phrase's place, the value's text."""
    if not value:
        return None
    return Phrase(phrase.words, value, phrase.page, *_box(phrase), phrase.size, phrase.bold, phrase.confidence)


def _box(phrase: Phrase) -> tuple[float, float, float, float]:
    return phrase.x0, phrase.top, phrase.x1, phrase.bottom


def _joint(phrase: Phrase) -> Label | None:
    """ "PO number/date" over "4711 / 04.03.2024": two fields in one label."""
    parts = [part.strip(" :") for part in phrase.text.split("/")]
    fields = [field_of_label(part) for part in parts if part]
    if len(parts) == 2 and len(fields) == 2 and fields[0] == fields[1] and fields[0]:
        return Label((fields[0],), phrase)  # one field in two languages: a slash within its value is the value's own
    differ = len(set(fields)) == 2 and "job" not in fields and not all((field or "").startswith("total") for field in fields)
    if len(parts) == 2 and len(fields) == 2 and all(fields) and differ:
        return Label(tuple(field for field in fields if field), phrase, strength=_JOINT)
    return None
