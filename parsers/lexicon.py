"""The trade's vocabulary: which label names which field, which column head which role, in seven languages.

The words are in `words/*.yaml`, for people who write no code. Case, accents, punctuation, spaces and plurals do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from parsers.head_words import composed_header, composed_label, number_of_party, says_contents
from parsers.wordlists import WITH_TAX, WITHOUT_TAX, Meaning, folded, terms, words_file

__all__ = [
    "Meaning", "column_of_header", "field_of_label", "folded", "key_of", "listed_header", "meaning_of_header", "meaning_of_label",
    "price_basis_of_header", "spellings", "split_at_header", "split_at_label", "split_label", "terms", "words_file",
]  # fmt: skip

_LONGEST_LABEL = 60
_WEAK = 0.5
_NUMBER_WORDS = frozenset({"no", "nr", "num", "number", "nummer", "numero", "numer", "nbr", "nro", "nos"})
_CURRENCY_IN_HEAD = re.compile(
    r"[$€£¥]|\b(?:(?:en|in|w) )?(?:eur|euro|usd|gbp|chf|pln|cad|aud|sek|nok|dkk|czk|nzd|hkd|sgd|jpy|cny|inr|zar|mxn|clp|ars|brl"
    r"|huf|us|zł|zl)\b",
    re.IGNORECASE,
)
_BASIS_WORD = r"(?:/|\bper\b|\bje\b|\bpro\b|\bles\b|\bpar\b|\bpor\b|\bpour\b|\bza\b|\bp\.|\ble\b|\bogni\b|\bcada\b)"
_BASIS_IN_HEAD = re.compile(
    _BASIS_WORD + r"\s*\(?(1[.,' ]?000|10{1,4}|[1-9]\d{0,3}|[CM])\b"
    r"\s*(?:stk|stck|st|pcs?|pz|szt|ea|pi[eè]ces?|uds?|units?|stück)?\.?\)?",
    re.IGNORECASE,
)
_LABEL_SIGN = re.compile(r"[^\W\d]|[#%]")
_MOST_LABEL_WORDS = 9
_OF_TAX = {"line_total": "ignore.tax", "unit_price": "ignore.list_price"}
#: A number under a title ("N° BC26-2291"), and the day of a letter ("vom 19.11.2026", "Kiel, den 18.11.2026").
_BARE_NUMBER = re.compile(
    r"(?P<label>n\s?[°ºo]\.?|nr\.?|no\.|n\.|#)\s*(?P<value>(?=\S*\d)(?:(?=\S*[^\W\d_])\S{4,30}|\d[\d./-]{4,20}))", re.IGNORECASE
)
_DAY = r"\d{1,2}\s?(?:[./-]\s?\d{1,2}\s?[./-]\s?|[.º°]?\s(?:de )?[^\W\d_]{3,12}\.?,?\s(?:de )?)\d{2,4}|\d{4}-\d{2}-\d{2}"
_TOWN = r"(?-i:[^\W\d_a-z])[^\d,:]{1,30},(?:\s?(?:den|le|li|dnia|dn\.|el|op))?"
_BARE_DAY = re.compile(
    rf"(?P<label>vom|v\.|du|del|dated|d\.d\.|z dnia|van|{_TOWN})\s+(?P<value>{_DAY})(?:\s?r\.)?",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"\s+(?:vom|du|del|dated|of|d\.d\.|dd\.?|z dnia|z|van)\s+{_DAY}$", re.IGNORECASE
)  # "N. 27-316 del 06/11/2026"
_SUBJECT = re.compile(r"(?:subject|re|betreff|betr|objet|concerne|asunto|oggetto|betreft|onderwerp|dotyczy)\s?\.?\s?:\s*", re.I)
_SHORTEST_DAY = 2
_SHORTEST_MISSPELT = 6
_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{3})")  # "ItemNo", "PONumber"
_ONE_OF_SEVERAL = re.compile(r"(.{1,30}?)\s*(?:[1-4]|I{1,3})\s?[.°ºª]?\s?%?")
_BOX_NUMBER = re.compile(r"(?:\d{1,2}[a-z]?|[a-h])[.)]\s+(?=[^\W\d])")
_SIGN_WORD = re.compile(
    r"(?:abz[üu]?gl(?:ich|\.)?|abz\.|zz[üu]?gl\.?|zuz[üu]gl(?:ich|\.)?|less|minus|plus|moins|menos|m[aá]s|meno|più|minder)\s+",
    re.IGNORECASE,
)
_RATE = re.compile(r"[(@]?\s?\d{1,2}(?:[.,]\d{1,3})?\s?%\s?\)?")
_LETTER_CODE = re.compile(r"(?=.{3,30}$)[A-Z]{1,8}(?:[-/.][A-Z0-9]{1,8}){1,4}")
_THOUSAND_MARKS = re.compile(r"[.,' ]")


def key_of(text: str) -> str:
    """The comparable form of a label: "P.O. No.:" and "PO #" are both "ponr", "Bestell-Nummer" and "BESTELLNR." alike."""
    marked = re.sub(r"\bn\s?[°º]\.?", " nr ", _CAMEL.sub(" ", text), flags=re.IGNORECASE).replace("#", " nr ")
    found = re.findall(r"[^\W_]+|%", folded(marked))
    return "".join(_canonical(word, place) for place, word in enumerate(found))


def _canonical(word: str, place: int) -> str:
    if word in _NUMBER_WORDS or (place > 0 and word == "n"):
        return "nr"
    if len(word) > 8 and word.endswith(("nummer", "numer")):
        return re.sub(r"num+er$", "nr", word)
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word != "units":  # "Units" counts, "Unit" measures
        return word[:-1]
    return word


def spellings(term: str) -> set[str]:
    """The keys under which `term` is found: with plain vowels and, for umlauts, with ae, oe, ue."""
    written_out = term
    for umlaut, pair in zip("äöüÄÖÜ", ("ae", "oe", "ue", "Ae", "Oe", "Ue"), strict=True):
        written_out = written_out.replace(umlaut, pair)
    return {key for key in (key_of(term), key_of(written_out)) if key}


@cache
def _vocabulary(name: str) -> Mapping[str, Meaning]:
    meanings: dict[str, Meaning] = {}
    for meaning, languages in words_file(name).items():
        for language, listed in languages.items():
            strength = _WEAK if language == "weak" else 1.0
            for term in terms(listed):
                for key in spellings(term):
                    if key not in meanings or meanings[key].strength < strength:
                        meanings[key] = Meaning(meaning, strength)
    return meanings


@lru_cache(maxsize=16_384)
def meaning_of_label(text: str) -> Meaning | None:
    """The field that a head label names, with its strength; None for what is no label."""
    if not 0 < len(text) <= _LONGEST_LABEL or not _LABEL_SIGN.search(text):
        return None
    known = _vocabulary("fields.yaml")
    if found := _with_or_without_tax(text, known):
        return found
    readings = [found for candidate in _readings(text) if (found := known.get(key_of(candidate)))]
    if readings:
        # "Faktura / Invoice to": where the second language says whose, the first does not mean the paper's number
        whose = (
            next((found for found in readings if found.name == "bill_to"), None) if readings[0].name == "invoice_ref" else None
        )
        return whose or readings[0]
    return _twice(text, known) or composed_label(text) or _nearest(key_of(text), "fields.yaml")


def _with_or_without_tax(text: str, known: Mapping[str, Meaning]) -> Meaning | None:
    """A total whose label says how it stands to the tax: "Gesamtwert ohne USt", "Totale ordine (IVA esclusa)"."""
    for form, name in ((WITHOUT_TAX, "total_net"), (WITH_TAX, "total_gross")):
        bare = _CURRENCY_IN_HEAD.sub(" ", form.sub(" ", text))
        if form.search(text) and (found := known.get(key_of(bare))) and found.name in ("total", "total_net", "subtotal"):
            return Meaning(name, found.strength)
    return None


def _twice(text: str, known: Mapping[str, Meaning]) -> Meaning | None:
    """A label in two languages with nothing between them: "Nazwa Description", "za per", "Data Date"."""
    words = _CURRENCY_IN_HEAD.sub(" ", text.replace("/", " ").replace("|", " ")).split()
    for cut in range(1, len(words) if len(words) <= _MOST_LABEL_WORDS else 0):
        first, second = known.get(key_of(" ".join(words[:cut]))), known.get(key_of(" ".join(words[cut:])))
        if first is not None and second is not None and first.name == second.name:
            return max(first, second, key=lambda meaning: meaning.strength)
    return None


def field_of_label(text: str) -> str | None:
    """The field that a head label names ("PO No." is po_number, "Page" is page), or None."""
    found = meaning_of_label(text)
    return found.name if found else None


#: "ZD/000284/26" is a number and no label in two languages.
_CODED = re.compile(r"\S*\d{2}\S*")


def _readings(text: str) -> Iterator[str]:
    """Ways to read a head: whole, without brackets, without currency and basis, each side of a slash or line break."""
    yield text
    if numbered := _BOX_NUMBER.match(text):
        text = text[numbered.end() :]
        yield text  # "3. ORDER NO.", "6a. Name of consignee"
    if "%" in text:
        yield _RATE.sub(" ", text)  # "zzgl. 19 % MwSt."
    if led := _SIGN_WORD.match(text):
        yield _RATE.sub(" ", text[led.end() :])  # "abzgl. 3 % Nachlass", "zzgl. Fracht"
    unbracketed = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text)
    yield unbracketed
    bare = _CURRENCY_IN_HEAD.sub(" ", _BASIS_IN_HEAD.sub(" ", unbracketed))
    yield bare
    yield _CURRENCY_IN_HEAD.sub(" ", unbracketed)
    bare = WITHOUT_TAX.sub(" ", bare)  # a slash within "s/IVA" parts no words
    yield bare
    parts = re.split(r"(?<!\b[NVSnvs])\s*[/|\n]\s*|\s+-\s+", bare)  # "V/réf." is one word
    if len(parts) > 1 and not _CODED.fullmatch(bare.strip()):
        yield from parts


@cache
def _long_keys(vocabulary: str, first: str) -> tuple[str, ...]:
    """The keys that begin alike and are long enough to be known misspelt."""
    return tuple(key for key in _vocabulary(vocabulary) if key[0] == first and len(key) >= _SHORTEST_MISSPELT)


@lru_cache(maxsize=4096)
def _nearest(key: str, vocabulary: str) -> Meaning | None:
    """A misspelt head: one or, where it is long, two slips from a known one, and from none that means something else."""
    if not _SHORTEST_MISSPELT <= len(key) <= 40 or any(sign.isdigit() for sign in key):
        return None
    slips = 1 if len(key) < 11 else 2
    known = _vocabulary(vocabulary)
    near = process.extract(key, _long_keys(vocabulary, key[0]), scorer=OSA.distance, score_cutoff=slips, limit=8)
    meanings = {known[found[0]].name for found in near if found[1] == near[0][1]}
    if len(meanings) != 1:
        return None
    meaning = known[near[0][0]]
    return Meaning(meaning.name, meaning.strength * 0.8)


@lru_cache(maxsize=16_384)
def meaning_of_header(text: str) -> Meaning | None:
    """The role of a line column by its head, with its strength; `head.<field>` for a column that repeats a head field."""
    if not 0 < len(text) <= _LONGEST_LABEL or not _LABEL_SIGN.search(text):
        return None
    found = (
        number_of_party(text)
        or _listed(text)
        or composed_header(text)
        or _numbered_discount(text)
        or _nearest(key_of(text), "columns.yaml")
    )
    if found is not None and found.name in _OF_TAX and WITH_TAX.search(text):
        return Meaning(_OF_TAX[found.name], found.strength)  # "Amount (inc GST)" is no line's net
    return _of_the_line(found)


def _numbered_discount(text: str) -> Meaning | None:
    """ "Dto. 2", "Sc.1", "Rabatt II": discounts that are taken one after the other."""
    match = _ONE_OF_SEVERAL.fullmatch(text.strip())
    found = _listed(match[1]) or composed_header(match[1]) if match is not None else None
    return found if found is not None and found.name == "discount_percent" else None


def _of_the_line(meaning: Meaning | None) -> Meaning | None:
    """A day that a column wants goods by is its line's, whichever list its head stands in."""
    if meaning is not None and meaning.name == "head.requested_delivery_date":
        return Meaning("requested_delivery_date", meaning.strength)
    return meaning


def _telling(readings: Sequence[Meaning]) -> Meaning:
    """The first, unless it says nothing of a line and another what the goods are: "Mfr Part No. / Description"."""
    text = next((found for found in readings if found.name == "description"), None)
    return text if text is not None and readings[0].name.startswith("ignore") else readings[0]


@lru_cache(maxsize=16_384)
def listed_header(text: str) -> Meaning | None:
    """As `meaning_of_header` by the lists alone, rightly spelt: for words of which it is open whether they are one head."""
    if not 0 < len(text) <= _LONGEST_LABEL or not _LABEL_SIGN.search(text):
        return None
    return _of_the_line(_listed(text))


def _listed(text: str) -> Meaning | None:
    known = _vocabulary("columns.yaml")
    if key_of(text) not in known and says_contents(text):
        return Meaning("ignore.pack", 1.0)
    readings = [found for candidate in _readings(text) if (found := known.get(key_of(candidate)))]
    if readings:
        return _telling(readings)
    head = _vocabulary("fields.yaml").get(key_of(text))
    return Meaning(f"head.{head.name}", head.strength) if head is not None else _twice(text, known)


def column_of_header(text: str) -> str | None:
    """The role of a line column by the lists alone: quantity, unit_price, ignore.tax, head.po_number …; None if unknown."""
    found = listed_header(text)
    return found.name if found else None


def price_basis_of_header(text: str) -> Decimal | None:
    """How many units a price is for, where the head says so: "Preis/100", "PU HT les 100", "EP je 1.000 Stk", "Price/M"."""
    meaning = meaning_of_header(text)
    if meaning is None or meaning.name not in ("unit_price", "price_basis_quantity"):
        return None
    for found in _BASIS_IN_HEAD.finditer(text):
        stated = found.group(1)
        if stated in "CM":
            return Decimal(100 if stated == "C" else 1000)
        if not stated.isalpha():
            return Decimal(_THOUSAND_MARKS.sub("", stated))
    return None


def split_label(text: str) -> tuple[str, str] | None:
    """Label and value that stand in one text: "PO No.: 4711" is ("po_number", "4711"). None if it does not start with a label.

    Without a colon the value must hold a digit, so that a sentence that begins like a label is not split.
    """
    found = split_at_label(text)
    return (found[0].name, found[2]) if found else None


def split_at_label(text: str) -> tuple[Meaning, str, str] | None:
    """As `split_label`, with the label's meaning and its own words: (meaning, label, value).

    A number or a day that all of `text` gives with no more than "N°", "vom" or a letter's town is weakly the order's.
    """
    return _split(text, meaning_of_label) or _bare(text)


@cache
def _weekdays() -> frozenset[str]:
    names = (term for listed in words_file("dates.yaml")["weekdays"].values() for term in terms(listed))
    return frozenset(folded(name) for term in names for name in term.split("|"))


def is_weekday(text: str) -> bool:
    """Whether `text` is the name of a day of the week, or how it is cut short: "Monday", "lun", "Mi."."""
    name = folded(text).strip(" .")
    return name in _weekdays() or (
        len(name) >= _SHORTEST_DAY and name.isalpha() and any(day.startswith(name) for day in _weekdays())
    )


def _bare(text: str) -> tuple[Meaning, str, str] | None:
    whole = " ".join(text[:100].split())
    dated = _DATED.search(whole)
    for form, name in ((_BARE_NUMBER, "po_number"), (_BARE_DAY, "order_date")):
        match, rest = form.fullmatch(whole), ""
        if match is None and dated is not None:
            match, rest = form.fullmatch(whole[: dated.start()]), whole[dated.start() :]
        if match and folded(match["label"].partition(",")[0]) not in _weekdays():
            return Meaning(name, _WEAK), match["label"], match["value"] + rest
    return None


def split_at_header(text: str) -> tuple[Meaning, str, str] | None:
    """As `split_at_label` for the labels of line columns: "Your part no: B-9" below a line."""
    return _split(text, meaning_of_header)


def split_at_coded_header(text: str) -> tuple[Meaning, str, str] | None:
    """As `split_at_header`, also where the number of an article has no digit: "SKU TRAY-OAK-S", "Ihre Nr. BUAC-F"."""
    if found := split_at_header(text):
        return found
    label, _, value = text.strip()[:_LONGEST_LABEL].rpartition(" ")
    meaning = meaning_of_header(label) if label and _LETTER_CODE.fullmatch(value) else None
    of_article = meaning is not None and meaning.name.endswith("part_number") and meaning.strength >= 1
    return (meaning, label, value) if meaning is not None and of_article else None


def _split(text: str, meaning_of: Any) -> tuple[Meaning, str, str] | None:
    text = text.strip()[:2000]
    if subject := _SUBJECT.match(text):
        text = text[subject.end() :]  # "Betreff: Bestellung 26-1187"
    head, colon, rest = text.partition(":")
    if colon and rest.strip() and (meaning := meaning_of(head)):
        return meaning, head.strip(), rest.strip()
    words = text.split()
    for count in range(min(_MOST_LABEL_WORDS, len(words) - 1), 0, -1):
        label, value = " ".join(words[:count]), " ".join(words[count:])
        if not any(sign.isdigit() for sign in value) or any(sign.isdigit() for sign in label) or ": " in value:
            continue
        if label.endswith(","):
            continue  # "SHEET, .063 X 36" names goods
        meaning = meaning_of(label)
        if meaning and meaning.strength >= 1 and (count > 1 or len(key_of(label)) > 1):
            return meaning, label.rstrip(":"), value.lstrip(":#-–= ").strip() or value
    return None
