"""What single words of an order in running text are: part numbers, prices, sizes, quantities, each with its place.

A number belongs to the first of these that claims it: an article number, a date, a price or a size ("M8x40", "4 mm") is
never a quantity. The words that decide are in `words/prose.yaml`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from models.domain.identifiers import Gtin
from parsers.lexicon import folded
from parsers.prose.day_marks import find_dates, find_hours
from parsers.prose.marks import CURRENCY, NUMBER, Finder, Mark, MarkKind, followed_by_unit
from parsers.prose.not_counted import find_not_counted
from parsers.prose.quantities import find_quantities
from parsers.prose.sizes import size_runs
from parsers.prose.words import pattern, word_set
from parsers.values.number_style import NumberStyle
from parsers.values.numbers import currency_of
from parsers.values.units import unit_code


@lru_cache(maxsize=1024)  # the same line is looked at when the text is cut up and when it is read
def find_marks(text: str, style: NumberStyle, language: str | None = None) -> tuple[Mark, ...]:
    """All marks of `text` (a line, a sentence) in their order."""
    finder = Finder(text, style, language)
    for claim in (
        _links,
        _size_runs,
        _positions,
        _gtins,
        _parts,
        _line_numbers,
        _prices,
        find_not_counted,
        find_dates,
        find_hours,
        _chained_discounts,
        _discounts,
        _bracketed_codes,
        _sizes,
        _bare_parts,
        _bracketed_units,
        find_quantities,
    ):
        claim(finder)
    return tuple(sorted(finder.marks, key=lambda mark: mark.start))


#: "Cell. 335 555 0144", "Tél : 04 74 55 01 18", "M 07700 900 318".
_CALLED = (
    r"(?<![\w.-])(?:(?:tel(?:efono|éfono|efon|efoon|ephone)?|tél(?:éphone)?|phone|cell(?:ulare)?|mob(?:ile?|iel|iltelefon)?|móvil|movil"
    r"|fax|telefax|kom|handy|gsm|portable|port)\b\.?|[tmfp](?=[.:]?\s?[+(0]))\s{0,2}[:.]?\s{0,2}\+?\(?\d[\d()/. -]{5,18}\d(?!\w)"
)
_LINKS = re.compile(rf"\S+@\S+\.\w+|https?://\S+|www\.\S+|\+\d[\d\s()/.-]{{6,}}\d|{_CALLED}", re.IGNORECASE)


def _links(finder: Finder) -> None:
    for found in _LINKS.finditer(finder.text):
        finder.add(Mark("skip", found.start(), found.end(), found[0]))


def _size_runs(finder: Finder) -> None:
    for run in size_runs(finder.text):
        finder.add(Mark("size_run", run.start, run.end, finder.text[run.start : run.end]))


def _gtins(finder: Finder) -> None:
    labelled = pattern(r"(?:\(\s*)?\b{{gtin}}\s*(?:no\.?|nr\.?)?\s*[:#]?\s*(?P<code>\d[\d -]{6,16}\d)(?:\s*\))?")
    for found in labelled.finditer(finder.text):
        if gtin := Gtin.parse(found["code"]):
            finder.add(Mark("gtin", found.start(), found.end(), gtin))
    for found in re.finditer(r"(?<![\w-])(\d{13}|\d{14}|\d{12})(?![\w-])", finder.text):
        if gtin := Gtin.parse(found[1]):
            finder.add(Mark("gtin", found.start(), found.end(), gtin, firm=False))


_CODE = r"(?P<code>[^\W_][\w./+-]*(?:\s(?=\d{2,}[\w./-]*\b(?!\s*(?:x|pcs|stk|stück|€)))[\w./-]+)?)"


def _parts(finder: Finder) -> None:
    for name, kind in (("part_of_seller", "seller_part"), ("part_of_buyer", "buyer_part"), ("part_of_somebody", "part")):
        marked = pattern(
            r"(?:[(\[]\s*)?(?<!\w){{"
            + name
            + r"}}(?!\w)\s*(?:n[or°º]\.?|number|nummer)?\s*[:#.°º]*\s*"
            + _CODE
            + r"(?:\s*[)\]])?"
        )
        for found in marked.finditer(finder.text):
            code = found["code"].rstrip(".-/,")
            named = any(char.isdigit() for char in code) or re.fullmatch(r"[A-Z]+(?:[-/.][A-Z]+)+", code)
            if named and len(code) > 1 and not _is_measure(code):
                end = found.end() if code == found["code"] else found.start("code") + len(code)
                finder.add(Mark(kind, found.start(), end, code))  # type: ignore[arg-type]


def _is_measure(code: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:[.,]\d+)?(?:mm|cm|m|kg|g|l|ml|v|w|x)", code, re.IGNORECASE))


def _positions(finder: Finder) -> None:
    """ "Pos. 10:" and "Item 3:" at the head of an entry."""
    head = r"\s*(?:pos(?:ition)?|line(?: item)?|item|ln|ligne|línea|linea|riga|regel|poz(?:ycja)?)\.?"
    if found := pattern(head + r"\s*(?P<code>\d{1,6})\s*[:.)–](?!\d)").match(finder.text):
        finder.add(Mark("line_number", found.start(), found.end(), found["code"]))


def _line_numbers(finder: Finder) -> None:
    marked = (
        r"(?<!\w)(?:line(?: item)?|lines|pos(?:ition)?\.?|position(?:en)?|ligne|línea|riga|regel|pozycj[aęi]|poz\.?"
        r"|^(?:please |bitte )?(?:item|linea))"
        r"\s*(?:no\.?|nr\.?|n°|#)?\s*(?P<code>\d{1,6})(?![\d-]|[.,]\d)"
    )
    for found in pattern(marked).finditer(finder.text):
        finder.add(Mark("line_number", found.start(), found.end(), found["code"]))


def _prices(finder: Finder) -> None:
    lead = r"(?:(?<!\w)(?P<lead>{{price_leads}}|{{total_leads}})\s*:?\s*(?:(?:je|zu|of|von|de|max\.?)\s+)?)?"
    amount = rf"(?:(?P<before>{CURRENCY})\s?(?P<a>{NUMBER})|(?P<b>{NUMBER})(?:,--|,-)?\s?(?P<behind>{CURRENCY})(?!\w))"
    for found in pattern(lead + r"(?<![\w.,])" + amount + _BASIS).finditer(finder.text):
        stated = found["a"] or found["b"]
        _add_price(finder, found, stated, currency_of(found["before"] or found["behind"]))
    leads = (
        r"(?<!\w)(?P<lead>@|à|zu je|je|at the|at your|at|zu den|zu|unit price"
        r"|einzelpreis|ep|e-preis|preis|price|prix|pu|precio|prezzo|prijs|cena)"
    )
    bare = leads + r"\s*:?\s*(?P<a>\d+[.,]\d{2,5})(?![\d.,]*\d)"
    for found in pattern(bare + _BASIS).finditer(finder.text):
        if not followed_by_unit(finder.text, found.end("a")):
            _add_price(finder, found, found["a"], None)


_BASIS = (
    r"(?:\s*(?:/|(?<!\w)(?:{{per_words}})(?!\w))\s*(?P<basis>1[.,' ]?000|10{1,4}|\d{1,4})?\s*"
    r"(?P<per>(?:[^\W\d_]{1,12}\.?)(?!\w))?|\s+(?P<each>each|ea|pro\s+stück|das\s+stück|/\s?st(?:k|ck|\.)?)(?!\w))?"
)


def _add_price(finder: Finder, found: re.Match[str], stated: str, currency: str | None) -> None:
    number = finder.number(stated)
    if number is None:
        return
    lead = folded(found["lead"] or "")
    kind: MarkKind = "total" if lead in word_set("total_leads") else "price"
    per = found["per"]
    unit = unit_code(per) if per and folded(per) not in word_set("never_units") else None
    end = found.end()
    if per and unit is None and folded(per) not in {"each", "stuck", "piece"}:
        end = found.start("per") if found["basis"] else _end_of_amount(found)
    basis = re.sub(r"\D", "", found["basis"]) if found["basis"] else None
    finder.add(Mark(kind, found.start(), end, f"{number:f}", unit=unit, basis=basis, currency=currency, firm=bool(currency)))


def _end_of_amount(found: re.Match[str]) -> int:
    return max(found.end(name) for name in ("a", "b", "behind") if name in found.re.groupindex)


#: "20 % und 5 % Rabatt", "sconto 40+10 %": the second is taken off what the first leaves.
_CHAIN = rf"(?<![\w.,])-?\s?(?P<a>{NUMBER})\s?%?\s?(?:\+|/|und|and|plus|et|y|e|en|i)\s?(?P<b>{NUMBER})\s?%"
_DISCOUNT = re.compile(r"rabat|discount|remise|descuento|dto|sconto|korting|rebate|nachlass|\boff\b", re.IGNORECASE)


def _chained_discounts(finder: Finder) -> None:
    for found in re.finditer(_CHAIN, finder.text):
        first, second = finder.number(found["a"]), finder.number(found["b"])
        beside = finder.text[max(0, found.start() - 30) : found.end() + 30]
        if first is not None and second is not None and max(first, second) < 100 and _DISCOUNT.search(beside):
            whole = 100 - (100 - first) * (100 - second) / 100
            finder.add(Mark("discount", found.start(), found.end(), f"{whole.normalize():f}"))


def _discounts(finder: Finder) -> None:
    for found in re.finditer(rf"(?<![\w.,])-?\s?(?P<a>{NUMBER})\s?%", finder.text):
        number = finder.number(found["a"])
        is_discount = _DISCOUNT.search(finder.text[max(0, found.start() - 30) : found.end() + 30])
        finder.add(
            Mark("discount" if is_discount else "size", found.start(), found.end(), f"{number:f}" if number is not None else "")
        )


_MEASURE = (
    r"(?:mm|cm|µm|μm|um|dm|in(?!\s(?:meno|più))|inch(?:es)?|\"|''|″|zoll|pouces?|v|kv|w|kw|a|ma|hz|bar|°c|°|ohm|db|mah|ah|gsm|g/m²|g/m2|ml|cl|den|ply|awg"
    r"|mp|gb|mb|tb)(?!\w)"
)
_LENGTH = rf"{NUMBER}(?:\s?(?:mm|cm|m))?"
_SIDES = (
    r"wide|long|high|tall|deep|thick|broad|breit\w*|lang\w*|hoch|hohe?\w*|tief\w*|dick\w*|stark\w*|de large|de long|de haut\w*"
    r"|d'épaisseur|de ancho|de largo|de alto|di larghezza|di lunghezza|di altezza|breed|hoog|dik|szer\w*|dług\w*|wys\w*|grub\w*"
)
_SIDES_BEFORE = (
    r"lengths?|len|länge|laenge|longueur|long\.?|largo|longitud|lunghezza|lengte|lang|długość|dł\.?|height|höhe|hauteur|alto|altezza"
    r"|hoogte|wysokość|width|breite|largeur|ancho|larghezza|breedte|szerokość|coil|ring|rouleaux? de|rollo de"
)
_SIZES = (
    r"(?<![\w-])(?:(?-i:M|Ø|ø|⌀) ?|m)\d+(?:[.,]\d+)?(?:\s?[x×*/]\s?\d+(?:[.,]\d+)?)*(?:\s?mm)?(?![\w-])",
    rf"(?<![\w.,]){_LENGTH}(?:\s?[x×*]\s?{_LENGTH})*[x×*]{NUMBER}(?:\s?(?:{_MEASURE}|m(?!\w)))?(?!\w)",
    rf"(?<![\w.,]){_LENGTH}\s[x×*]\s{NUMBER}(?:\s[x×*]\s{NUMBER})*\s?(?:mm|cm)(?!\w)",
    rf"(?<![\w.,])\d+[.,]\d{{1,2}}\s?[x×*]\s?{NUMBER}(?:\s?[x×*]\s?{NUMBER})?(?!\w)",
    r"(?<![\w.,])\d+\s?[x×*]\s?\d+[.,]\d{1,2}(?!\w)",
    rf"(?<![\w.,]){NUMBER}\s?(?:m|cm|mm|ft|kg|l)\s(?:{_SIDES})(?!\w)",
    r"(?<!\w)(?:size|gr\.?|größe|groesse|grösse|taille|pointure|t\.|talla|número|numero|taglia|misura|tg\.?|rozm\.?|maat|rozmiar|größen|formato?|calibre|kaliber|fi|diam\.?|diametro|diamètre|diámetro|durchmesser|średnica)\s*:?\s*"
    r"(?:\d{1,3}(?:[.,/-]\d+)?|[XSML]{1,4}|\d?XL)(?!\w)",
    r"(?<!\w)(?:(?-i:DIN|ISO|EN|ASTM|ANSI|RAL|IP|PN|DN|NW|IEC|UNE|NF|BS|A2|A4|V2A|V4A|FFP|TX|PH|PZ|SW|AWG|RJ|GU|MR|PAR|CR|LR)|cat|class|klasse|grade|qualité)"
    r"\.?[\s-]?\d+(?:[.,-]\d+)*[a-z]?(?!\w)",
    r"(?<![\w-])\d{1,2}W-?\d{2}(?![\w-])",
    r"(?<![\w-])(?-i:[KP])(?:40|60|80|1[0258]0|2[24]0|320|[468]00)(?![\w-])",  # the grain of abrasives
    r"(?<![\w-])(?-i:S[2-9]\d5|C[1-6]\d)(?-i:[A-Z][A-Z0-9]{0,4})?(?![\w-])",
    rf"(?<![\w.,]){NUMBER}(?:\s?[-–/]\s?{NUMBER})?\s?-?{_MEASURE}",
    r"(?<![\w.,])\d+/\d+(?:\"|″|''|\s?zoll|\s?inch)?(?!\w)",
    rf"(?<!\w)(?:{_SIDES_BEFORE})(?:\s(?:only|just|nur|solo|seulement|maar|tylko))?\s*:?\s*{NUMBER}\s?(?:m|mtr|cm|mm|ft)(?!\w)",
    rf"(?<![\w.,-]){NUMBER}(?:dl|l|kg|g|mg|m|km|mtr)(?!\w)",
)
#: "10kg copper nails": glued to its unit, a measure at the head of an entry says how much is wanted.
_MEASURED_OUT = re.compile(
    r"\s{0,6}(?:[-*•·–]\s{1,4})?\d[\d.,]{0,8}(?:kg|m|l|km|mtr)\s{1,3}(?:of\s|de\s|di\s)?[^\W\d_]{3,}", re.IGNORECASE
)


_IN_BRACKETS = re.compile(r"[(\[](?P<code>[A-Z]{2,6}[A-Z0-9]{0,8}(?:[-/.][A-Z0-9]{1,10}){1,6})[)\]]")
_IN_GAPS = re.compile(
    r"(?:^|\s{2}|\t)(?P<code>(?=[\d/.-]{0,12}[A-Z])(?=.{5})[A-Z0-9]{2,10}(?:[-/][A-Z0-9]{1,10}){1,6})(?=\s{2}|\t|$)", re.MULTILINE
)
_NORM = re.compile(r"(?:DIN|ISO|EN|ASTM|ANSI|RAL|IP|PN|DN|NW|IEC|UNE|NF|BS|FFP|PH|PZ|SW|AWG|RJ|GU|CAT)[-/.]?\d")


def _bracketed_codes(finder: Finder) -> None:
    """A code alone in brackets or between gaps, in capitals and of two groups or more, even where one looks like a size:
    "(HX-1/4-20)"."""
    for form in (_IN_BRACKETS, _IN_GAPS):
        for found in form.finditer(finder.text):
            if any(sign.isdigit() for sign in found["code"]) and not _NORM.match(found["code"]):
                finder.add(Mark("bare_part", found.start("code"), found.end("code"), found["code"], firm=False))


def _sizes(finder: Finder) -> None:
    leading = _MEASURED_OUT.match(finder.text)
    for form in _SIZES:
        for found in pattern(form).finditer(finder.text):
            if not (leading and found.end() < leading.end()):
                finder.add(Mark("size", found.start(), found.end(), found[0]))


UPPER = "A-ZÀ-ÖØ-ÞĄĆĘŁŃÓŚŹŻ"
_BARE = re.compile(
    rf"(?<![\w.,@/-])(?:(?=[\w./-]*\d)(?=[\w./-]*[^\W\d_]|[\w./]*-)[{UPPER}0-9][^\W_]*(?:[-./][^\W_]+)*|[{UPPER}]{{2,5}}-[{UPPER}]{{2,6}}(?:-[{UPPER}]{{1,5}})+)"
    r"(?![\w@]|[-/]\w)"
)


#: Article numbers of figures alone, where points part them in three ("660.12.4") or brackets hold them ("(3341)"); and of
#: letters alone, where they stand apart ("10 bags - GLV-S - gloves").
_FIGURES_APART = re.compile(
    r"(?<![\w.,/-])(?P<code>\d{2,}(?:\.\d{1,6}){2,3})(?![\w/-]|[.,]\w)|\((?P<bracketed>(?!(?:19|20)\d\d\))\d{4,10})\)"
)
_LETTERS_APART = re.compile(r"(?:^|[(,;:|–]\s?|\s-\s|\s{2})(?P<code>[A-Z]{2,6}-[A-Z]{1,6})(?=\s*(?:$|[),;:|–])|\s-\s|\s{2})")


def _bare_parts(finder: Finder) -> None:
    """Article numbers without a label: letters and digits, in capitals or with hyphens ("HX-M8-40"), or five digits and more."""
    for found in _BARE.finditer(finder.text):
        code = found[0]
        upper = sum(char.isupper() for char in code)
        lower = sum(char.islower() for char in code)
        grouped = re.fullmatch(r"\d{2,}-\d[\d-]*|\d{3,}\.\d{3,}[\d.]*", code)
        if len(code) >= 4 and upper >= lower and not _is_measure(code) and (upper or grouped):
            finder.add(Mark("bare_part", found.start(), found.end(), code, firm=False))

    for found in _LETTERS_APART.finditer(finder.text):
        finder.add(Mark("bare_part", found.start("code"), found.end("code"), found["code"], firm=False))
    for found in _FIGURES_APART.finditer(finder.text):
        name = "code" if found["code"] else "bracketed"
        finder.add(Mark("bare_part", found.start(name), found.end(name), found[name], firm=False))


def _bracketed_units(finder: Finder) -> None:
    """A unit alone in brackets behind the goods: "20 x hand soap (bottles)"."""
    for found in re.finditer(r"\(\s*(?P<unit>[^\W\d_]{2,}\.?)\s*\)", finder.text):
        if folded(found["unit"]) not in word_set("never_units") and (code := unit_code(found["unit"])):
            finder.add(Mark("unit", found.start(), found.end(), code))
