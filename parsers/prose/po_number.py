"""The buyer's number for an order, as letters and their subjects state it: by the words before it, or behind it.

Where a letter gives two of them, nobody can tell by words alone which one counts; see `other_number`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from models.contracts.extraction_v1 import StatedValue
from parsers.prose.items import Source
from parsers.prose.quantities import counts_goods
from parsers.prose.words import pattern
from parsers.values.units import unit_code

_CODE = r"(?P<code>(?:[A-Za-z]{1,8}[-/_.]){0,3}[A-Za-z]{0,6}\d(?:[\w]|[-/_.](?=\w))*(?:-[A-Za-z]{1,3})?)"
_GLUED = re.compile(r"(?<![\w-])(?:PO|BE|BEST|BC|CMD|CDE|OC|PED|ORD|ODA|ZAM|SO|B|K)[-_/]?\d(?:\w|[-/_.](?=\w))*", re.IGNORECASE)
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|[12]\d|3[01])[./-](?:\d{2}|\d{4})|\d{4}-\d\d-\d\d|\d{1,2}[.:]\d\d")
_NUMBER_WORD = re.compile(r"(?:n[or°º]\.?|nummer|number|numer\w*|numéro|número|numero|nr\.?|#|:)\s*$", re.IGNORECASE)
#: How far words beside a number are looked for.
_BESIDE = 60
_LONGEST_SUBJECT = 300
_NAMED_BY_VERB, _LABELLED, _IN_SUBJECT, _SPOKEN, _NAMED_LATER, _UNDER = 0.96, 0.95, 0.93, 0.88, 0.86, 0.82
_LEAD = r"(?<![\w-])(?P<lead>{{po_number}})(?![^\W\d_])\s*(?:(?:n[or]\.?|n[°º]\.?|number|nummer|num\.?)\s*)?"
_IS = r"(?:is|lautet|ist|est|es|è|jest|to|will be|wird|sera|será|sarà)"
_FORMS = (
    _LEAD + r"(?:bei uns|chez nous|intern)?\s*(?:(?:is|lautet|ist|est|es|è|to)(?!\w))?\s*[:#]?\s*-?\s*" + _CODE,
    # "our order (HSP0044128)"
    _LEAD + r"\(\s?(?P<code>(?-i:[A-Z]{1,8})[-/_]?\d{3,}(?:[-/_.]?\w){0,12})\s?\)",
    # "unsere Bestellnummer lautet GB 1177"
    _LEAD + r"(?:is|lautet|ist|est|es|è|to|:)\s{1,2}:?(?P<code>(?-i:(?!PO |NR |NO |OC |BC )[A-Z]{2,4} \d{3,8}))(?![\w%])",
    # "Bestellnummer bitte auf dem Lieferschein: 4500087123"
    _LEAD + r"(?:[^\W\d_]+[ ,]+){1,5}[^\W\d_]+\s?:\s*" + _CODE,
    # "our order number for all of this is TR/2026/118"
    _LEAD + r"(?:[^\W\d_]+[ ,]+){1,6}?" + _IS + r"(?!\w)\s*:?\s*" + _CODE,
    # "lancer la commande avec le numéro BL-330"
    _LEAD + r"(?:avec|sous|mit|unter|with|under|con|bajo|met|onder|z|pod)\s(?:(?:le|der|the|el|il|het|de)\s)?"
    r"(?:numéro|nummer|number|número|numero|numerem)\s?:?\s*" + _CODE,
    # "our PO number for this is GC 5590"
    _LEAD + r"(?:[^\W\d_]+[ ,]+){1,6}?" + _IS + r"\s{1,2}:?(?P<code>(?-i:(?!PO |NR |NO |OC |BC )[A-Z]{2,4} \d{3,8}))(?![\w%])",
)
#: "po 10" is after ten in Polish, where small letters are no sign of an order.
_AFTER = re.compile(r"(?-i:po)")
#: "26-1190 (bitte als Bestellnummer angeben)", "job 7714, use that as the order number".
_LATER = (
    r"(?<![\w.,/-])" + _CODE + r"(?![\w%])[^\w.;\n]{1,3}(?:[^\W\d_]+[ ,]+){0,4}"
    r"(?:as|als|comme|como|come|jako)\s(?:(?:the|our|your|a|die|unsere|ihre|de|notre|nº de|su|il|vostro|uw|onze)\s)?"
    r"{{po_number}}(?!\w)"
)
_UNDER_CODE = (
    r"(?<!\w)(?:unter|under|sous|bajo|sotto|onder|pod|quoting|against)\s(?:(?:der|die|the|la|le|el|il|de)\s)?"
    r"(?:(?:werkorder|works order|job|order|auftrag|numéro|nummer|number|n[or°º]\.?|référence|ref\.?)\s)?"
    r"(?P<code>[A-Z]{1,5}[-/_]?\d[\w]*(?:[-/_]\w+)*|\d{2,}[-/_]\d{3,}\w*)(?![\w%])"
)

#: "Werkbon W2291 erop zetten", "job 7714 on the paperwork please": what is to stand on the papers is the order's number there.
_ON_PAPERS = (
    r"(?<!\w)(?:works? order|job(?: no)?|ref(?:erence)?|auftrag|kommission|projekt|objekt|bv|zeichen|chantier|affaire"
    r"|réf(?:érence)?|dossier|obra|referencia|expediente|commessa|cantiere|riferimento|rif|werkbon(?:nummer)?|opdracht|kenmerk"
    r"|referentie|zlecenie|budowa)"
    r"\.?\s(?:(?:n[or°º]\.?|nummer|number)\s)?(?P<code>(?=[A-Z]{0,5}[-/_]?\d)[\w/-]{3,20})\s?,?\s"
    r"(?:bitte\s|please\s|svp\s|s'il vous plaît\s|por favor\s|graag\s|proszę\s)?"
    r"(?:erop|op de (?:pak)?bon|op de factuur|vermelden|on the (?:paperwork|invoice|delivery note|docket|papers)"
    r"|(?:to be )?quoted|draufschreiben|drauf|angeben|vermerken|mit angeben|auf (?:den )?lieferschein"
    r"|à (?:mentionner|indiquer|rappeler)"
    r"|sur le bon|sur la facture|en (?:el )?albarán|en la factura|da (?:indicare|citare|riportare)|in bolla|in fattura"
    r"|na fakturze|na wz"
    r"|dopisać|podać)(?!\w)"
)


_REPLY = re.compile(r"\s*(?:re|aw|antw|odp|sv|rv|r|i|fwd?|wg|tr|fw)\s?:", re.IGNORECASE)
#: Whose order it is in the words of the seller, whom a reply's subject quotes.
_YOURS = (
    r"(?<!\w)(?:your|ihre[rnm]?|votre|su|(?:il |al |del )?vostro|uw|twojego|państwa)(?=\s(?:[^\W\d_]+\s)?{{po_number}}(?!\w))"
)
#: "anulad por favor el P-4412", "please cancel PO 7001".
_DROPPED = r"(?<!\w)(?:{{drops}})\w{0,3}(?!\w)[ ,:]{1,3}(?:[^\W\d_]+[ .,:#°º]{1,3}){0,5}?" + _CODE


def cancelled_number_in(source: Source) -> StatedValue | None:
    """The only number that a verb of cancelling names, where an order has a number of three digits or more."""
    found = {
        each["code"]: each.span("code")
        for each in pattern(_DROPPED).finditer(source.text)
        if sum(sign.isdigit() for sign in each["code"]) >= 3 and not _DATE.fullmatch(each["code"])
    }
    if len(found) != 1:
        return None
    code, (start, end) = next(iter(found.items()))
    return source.stated(code.rstrip(".-/_"), start, end, _NAMED_BY_VERB)


def po_number_in(source: Source, *, subject: bool = False) -> StatedValue | None:
    """The buyer's number for the order, by the words before it ("our PO 4711"); in a subject a word less will do, and in that
    of a reply "your PO 4711" is the seller's way to say it."""
    if subject and _REPLY.match(source.text):
        source = replace(source, text=pattern(_YOURS).sub(lambda found: " " * len(found[0]), source.text))
    return max(_stated_in(source, subject=subject), key=lambda value: value.confidence, default=None)


_COUNTED = r"(?<![\w-])(?P<lead>{{po_number}})(?![^\W\d_])\s{0,3}:?\s{1,3}(?P<count>\d{1,4})(?=\s)"


def without_counts(text: str) -> str:
    """The text with the words blanked that lead to a number of goods, not of an order: "Bestellung: 100 Ries Kopierpapier"."""
    for found in pattern(_COUNTED).finditer(text):
        if counts_goods(text, *found.span("count")):
            start, end = found.span("lead")
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def other_number(number: StatedValue, sources: Iterator[Source]) -> StatedValue | None:
    """Another number that the sources state as that of the order, and that is not the same written otherwise."""
    stated = (value for source in sources for value in _stated_in(source) if value.confidence >= _SPOKEN)
    return next((value for value in stated if not _is_same(value.value, number.value)), None)


def _is_same(one: str, other: str) -> bool:
    """Whether two are one number, with its prefix or without: "PO-4711" and "4711"."""
    short, long = sorted((re.sub(r"[\W_]", "", text).casefold() for text in (one, other)), key=len)
    return long.endswith(short) or long.startswith(short)


def _stated_in(source: Source, *, subject: bool = False) -> Iterator[StatedValue]:
    for form in _FORMS:
        for found in pattern(form).finditer(source.text):
            code = found["code"].rstrip(".-/_")
            if not _is_po_number(source.text, found, code) or _counts_behind_words(source.text, found):
                continue
            glued = _GLUED.match(source.text, found.start())
            value, start, end = (
                (glued[0], *glued.span())
                if glued and found.end("code") <= glued.end()
                else (code, found.start("code"), found.start("code") + len(code))
            )
            numbered = _NUMBER_WORD.search(source.text[found.start() : found.start("code")])
            yield source.stated(value, start, end, _LABELLED if numbered else _IN_SUBJECT if subject else _SPOKEN)
    for form, confidence in ((_LATER, _NAMED_LATER), (_UNDER_CODE, _UNDER), (_ON_PAPERS, _UNDER)):
        for found in pattern(form).finditer(source.text):
            code = found["code"].rstrip(".-/_")
            if sum(sign.isdigit() for sign in code) >= 3 and not _DATE.fullmatch(code):
                yield source.stated(code, found.start("code"), found.start("code") + len(code), confidence)


def _counts_behind_words(text: str, found: re.Match[str]) -> bool:
    """Whether words between the label and its number make it a sentence about goods: "je commande par la présente : 12 néons"."""
    between = re.search(r"[^\W\d_]{3,}", text[found.end("lead") : found.start("code")])
    return between is not None and found["code"].isdigit() and counts_goods(text, *found.span("code"))


_BARE_CODE = re.compile(r"(?<![\w./-])(?=[^\s\d]{0,8}(?:\d[^\s\d]?){3})[A-Z]{0,8}[-/_.]?\d[\w]*(?:[-/_.]\w+)*(?![\w/-])")


def bare_number_in(subject: Source) -> StatedValue | None:
    """The only number that a subject bears, though no word says whose it is: "BE26-1909 - stock order"."""
    codes = [found for found in _BARE_CODE.finditer(subject.text[:_LONGEST_SUBJECT]) if not _DATE.fullmatch(found[0])]
    if len(codes) != 1:
        return None
    before = re.search(r"([^\W\d_]+)\W*$", subject.text[max(0, codes[0].start() - _BESIDE) : codes[0].start()])
    behind = re.match(r"\s*([^\W\d_]+|[x×%€$])?", subject.text[codes[0].end() :])
    counted = behind is not None and behind[1] is not None and (behind[1] in "x×%€$" or unit_code(behind[1]) is not None)
    if counted or (before and pattern(r"{{not_ours}}").fullmatch(before[1])):
        return None
    apart = codes[0].start() == 0 or codes[0].end() == len(subject.text)
    return subject.stated(codes[0][0], *codes[0].span(), 0.82 if apart else 0.75)


def _is_po_number(text: str, found: re.Match[str], code: str) -> bool:
    before = re.search(r"([^\W\d_]+)\W*$", text[max(0, found.start() - _BESIDE) : found.start()])
    behind = re.match(r"\s*([^\W\d_]+|[x×%€$])?", text[found.end("code") :])
    if before and pattern(r"{{not_ours}}").fullmatch(before[1]):
        return False
    if _AFTER.fullmatch(found["lead"]) and code.isdigit() and len(code) <= 2:
        return False
    if _DATE.fullmatch(code) or sum(char.isdigit() for char in code) < 2:
        return False
    if "\n" in text[found.start() : found.start("code")] and re.match(r"[ \t]?[^\W\d_]", text[found.end("code") :]):
        return False  # "PURCHASE ORDER" above "615 Grain Exchange Way": the next line is about something else
    if re.match(r",\d", text[found.end("code") :]):
        return False  # "po 18,90 zł": a price
    word = behind[1] if behind else None
    counted = word is not None and (word in "x×%€$" or (len(code) <= 5 and code.isdigit() and unit_code(word) is not None))
    return not counted
