"""Quantities in running text: in figures, in words, beside a label or a times sign, with the unit behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from models.domain.values import PIECE
from parsers.lexicon import folded
from parsers.prose.marks import NUMBER, Finder, Mark, followed_by_unit, unit_behind
from parsers.prose.words import pattern, word_set
from parsers.values.numbers import number_in_words
from parsers.values.units import unit_code

#: "40 of the …", "20 von den …", "12 de vos …": a count of known goods, as sure as one with a unit.
_OF_THESE = re.compile(
    r"\s+(?:of\s+(?:the|your|these|those)|von\s+(?:den|euren|ihren|diesen)|(?:de|parmi)\s+(?:vos|ces|les)|de\s+(?:los|las|sus)|"
    r"d(?:ei|elle|egli)\s+vostr[ie]|van\s+(?:de|deze|uw))\s",
    re.IGNORECASE,
)


#: "35 metres of cloth": what is measured out, not a size.
_OF_GOODS = re.compile(r"\s(?:of|de|di|van)\s+[^\W\d_]|\sd['’][^\W\d_]", re.IGNORECASE)
#: Behind the size of what was named before it: "60x120, 5 m and four boxes of screws".
_CLOSES = re.compile(r"\s*(?:$|[;.)]|,?\s(?:und|and|et|y|e|en|i|oraz)\s)", re.IGNORECASE)
#: Behind the "n. 24" of Italian letters: goods that are counted.
_LOWER_WORD = re.compile(r"\s[a-zà-ù]{4,}")
#: "a couple of boxes", "un par de cajas"
_OF = re.compile(r"\s(?:of|de|di|van)(?=\s)", re.IGNORECASE)
#: "2x 10er Pack Kreppband": the pack's size stays in its name.
_PAIR = "PR"
_PACK_OF = re.compile(r"\s{0,3}\d{1,4}\s?-?er(?=[\s-]?[^\W\d_])")
#: "pz 5000 tappi", "szt. 20 rękawic": where a unit opens an entry, it is that of the number behind it.
_LEADING_UNIT = (
    r"(?:n[.°º]?\s?)?(?P<unit>pz|pezzi|pzas?|piezas|pcs|pces|pièces|stk|stck|stück|stuks?|szt|sztuk|uds?|unid"
    r"|kg|mt|lt|mq|lfm|cf|conf|crt|ctn|ktn|pal)\.?\s{1,3}"
)
_UNIT_FIRST = re.compile(rf"(?:^|[\n;•*–-]|\d[.)])\s{{0,6}}{_LEADING_UNIT}$", re.IGNORECASE)
_OPENS_WITH_UNIT = re.compile(rf"\s{{0,6}}{_LEADING_UNIT}\d", re.IGNORECASE)
#: Right before a number, figures that are no part of a word: "10 200", but not "M10 200".
_LONE_FIGURES = re.compile(r"(?:^|[^\w.,-])[\d.,]*\d\s$")
#: "1 200 verres": groups that a blank parts, where no measure follows that the second could be of ("5 200 mm").
_BLANK_GROUPS = re.compile(r"(?<![\w.,/+-])(?<!\d )([1-9]\d{0,2})((?: \d{3})+)(?=\s(?P<word>[^\W\d_]{2,}))")
_GROUPED_BY_BLANKS = frozenset(["fr", "pl", "es"])
#: "Grazie mille", "mille excuses", "mil gracias": nothing is counted by the thousand there.
_THANKS = (
    r"(?:merci|mercis|grazie|gracias|excuses|scuse|pardons|saluti|saludos|perdones|dank|thanks|dzięki|disculpas|salutations)"
)
_BESIDE = 60
_OPENS = re.compile(r"(?:^|[,;:\n]|\b(?:and|und|sowie|et|y|e|en|i|oraz|plus))\s*$", re.IGNORECASE)


def find_quantities(finder: Finder) -> None:
    labels = r"(?<!\w)(?:qty|quantity|quantité|qté|menge|anzahl|stückzahl|cantidad|cant|quantità|q\.tà|qtà|aantal|ilość)"
    labelled = labels + rf"\.?\s*[:=]?\s*(?P<a>{NUMBER})(?!\w|%)"
    for found in re.finditer(labelled, finder.text, re.IGNORECASE):
        _add_quantity(finder, found.start(), found.start("a"), found.end("a"), firm=True)
    for found in re.finditer(rf"(?<![^\W\d_])[x×]\s?(?P<a>{NUMBER})(?![\w%]|[.,]\d)", finder.text):
        if not re.search(r"\d\s*$", _beside(finder.text, found.start())):
            _add_quantity(finder, found.start(), found.start("a"), found.end("a"), firm=True)
    for found in re.finditer(
        rf"(?<![\w.,/+#-])(?P<a>{NUMBER})\s?(?P<off>off)(?=\s{{0,3}}(?:$|[,;\n@)]|at\s|[–-]\s)|\s(?!(?:the|our|your|my|of|it|this|that|these|those|all)\s))",
        finder.text,
    ):
        _add_off(finder, found)
    for found in re.finditer(rf"^\s{{0,6}}\((?P<a>{NUMBER})\)(?=\s)", finder.text, re.MULTILINE):
        _add_quantity(finder, found.start(), found.start("a"), found.end("a"), firm=False, skip=1)
    for found in re.finditer(rf"(?<![\w.,/+#-])(?P<a>{NUMBER})(?![\d%])", finder.text):
        if not _LONE_FIGURES.search(_beside(finder.text, found.start())):
            _add_plain_quantity(finder, found)
    for found in re.finditer(r"(?<=\d\s)(?P<a>\d{1,5})\s?[x×](?=\s|[,;.)]|$)", finder.text):
        _add_quantity(finder, found.start(), found.start("a"), found.end("a"), firm=True, skip=len(found[0]) - len(found["a"]))
    _worded_quantities(finder)


def _add_off(finder: Finder, found: re.Match[str]) -> None:
    """ "Gasket 110 mm, 300 off": so many pieces, as engineers write; not "take 3 off", nor so much off a price."""
    number = finder.number(found["a"])
    if number is not None and not re.search(r"(?:take|knock|get|drop|£|\$|€)\W*(?:\w+\s)?$", _beside(finder.text, found.start())):
        finder.add(Mark("quantity", *found.span(), f"{number:f}", unit="C62", unit_span=found.span("off")))


def _add_plain_quantity(finder: Finder, found: re.Match[str]) -> None:
    behind = finder.text[found.end() :]
    times = re.match(r"\s?(?:x|×|mal|times|\*)(?=\s|[A-Z]|[,;.)]|$)", behind, re.IGNORECASE)
    if times:
        _add_quantity(finder, found.start(), found.start(), found.end(), firm=True, skip=times.end())
        return
    before = re.search(r"([^\W\d_]+)[\s.:°º#]*$", _beside(finder.text, found.start()))
    follows = re.match(r"\s*-?\s*([^\W\d_]+)(?!\d)", behind)  # not the letter of "25 A1 frames"
    heads = before is not None and not finder.text[: before.start()].strip()
    numbered = before is not None and folded(before[1]) in {"n", "nr"} and _LOWER_WORD.match(behind)
    is_count = numbered and (heads or finder.language == "it")
    referred = before is not None and folded(before[1]) in word_set("not_before")
    counts = before is not None and folded(before[1]) in word_set("po_number") and counts_goods(finder.text, *found.span())
    if referred and not (is_count or counts or followed_by_unit(finder.text, found.end())):
        return
    has_unit = followed_by_unit(finder.text, found.end(), finder.language)
    if follows and folded(follows[1]) in word_set("not_after") and not (has_unit and folded(follows[1]) == "st"):
        return
    if re.match(r"[-/][\w]|[a-z]", behind, re.IGNORECASE) and not followed_by_unit(finder.text, found.end()):
        return
    _add_quantity(finder, found.start(), found.start(), found.end(), firm=_OF_THESE.match(behind) is not None)


def opens_with_unit(line: str) -> bool:
    """Whether a line begins with a unit and its number: "Stk. 80 Palisaden"."""
    return _OPENS_WITH_UNIT.match(line) is not None


def with_groups_joined(text: str, language: str | None) -> str:
    """The text, as long as it was, with the blank within a number made one that holds it together: "1 200 verres" in French,
    Polish and Spanish, "1 200 Stk." in any language."""

    def joined(found: re.Match[str]) -> str:
        unit = unit_code(found["word"], language)
        measured = unit is not None and unit.casefold() in word_set("measure_units")
        counted = unit is not None and folded(found["word"]) not in word_set("never_units")
        if measured or not (counted or language in _GROUPED_BY_BLANKS):
            return found[0]
        return found[0].replace(" ", "\N{NO-BREAK SPACE}")

    return _BLANK_GROUPS.sub(joined, text)


def in_two_ways(text: str, language: str | None) -> str | None:
    """From a number on whose blank may part groups of one number or two of them: "1 200 bolts" in English, joined nowhere."""
    for found in _BLANK_GROUPS.finditer(text):
        unit = unit_code(found["word"], language)
        if unit is None or unit.casefold() not in word_set("measure_units"):
            return text[found.start() :]
    return None


def counts_goods(text: str, start: int, end: int) -> bool:
    """Whether a short number behind a word for orders counts what follows: "order 40 gloves", but not "order 118 Oakwood"."""
    follows = re.match(r"\s([^\W\d_]+)", text[end:])
    if follows is None or end - start > 4:
        return False
    word = follows[1]
    if unit_code(word) is not None and folded(word) not in word_set("never_units"):
        return True
    fillers = any(folded(word) in word_set(name) for name in ("trims", "not_after"))
    fillers = fillers or pattern(r"(?:{{talk}}|{{ends}}|{{orders}}|{{parts_of_time}})").fullmatch(word) is not None
    return word.islower() and len(word) >= 3 and not fillers and (end - start < 4 or text[end - 1] == "0")


def _beside(text: str, at: int) -> str:
    """What stands right before `at`: expressions that end there are tried at every word, so they get few."""
    return text[max(0, at - _BESIDE) : at]


def _add_quantity(finder: Finder, start: int, at: int, end: int, *, firm: bool, skip: int = 0) -> None:
    number = finder.number(finder.text[at:end])
    if number is None or number > 10_000_000:
        return
    unit = unit_behind(finder.text, end + skip, finder.language)
    last = unit[1] if unit else end + skip
    first = _UNIT_FIRST.search(_beside(finder.text, start)) if unit is None and start == at else None
    if first is not None and (code := unit_code(first["unit"], finder.language)):
        since = max(0, start - _BESIDE)
        start = since + first.start("unit")
        unit = (code, since + first.end("unit"), start)
    if unit is None and (pack := _PACK_OF.match(finder.text, end + skip)):
        unit = unit_behind(finder.text, pack.end(), finder.language)
    finder.add(
        Mark(
            "quantity",
            start,
            last,
            f"{number:f}",
            unit=unit[0] if unit else None,
            unit_span=_span_of(unit),
            firm=firm or unit is not None,
        )
    )


def _span_of(unit: tuple[str, int, int] | None) -> tuple[int, int] | None:
    return None if unit is None else (unit[2], unit[1])


@lru_cache(maxsize=4096)
def _spelt(phrase: str, language: str | None) -> Decimal | None:
    return number_in_words(phrase, language)


def _worded_quantities(finder: Finder) -> None:
    """Quantities in words: "two dozen", "ein Dutzend", "une douzaine de", "a box"; a lone "a" or "one" needs a unit."""
    tokens = list(re.finditer(r"(?<!\w)[^\W\d_]+(?!\w)", finder.text))
    index = 0
    while index < len(tokens):
        taken = _longest_number(finder, tokens, index)
        if not taken:
            index += 1
            continue
        start, end = tokens[index].start(), tokens[index + taken - 1].end()
        number = _spelt(finder.text[start:end], finder.language)
        unit = unit_behind(finder.text, end, finder.language)
        if unit is None and (of := _OF.match(finder.text, end)):
            unit = unit_behind(finder.text, of.end(), finder.language)
        if unit is None and taken > 1 and (pairs := _pairs(finder, tokens[index : index + taken])):
            number, unit = pairs
        small = number is not None and number <= 1 and taken == 1
        follows = re.match(r"\s*([^\W\d_]+)", finder.text[end:])
        timed = follows is not None and folded(follows[1]) in word_set("not_after")
        timed = timed or _thanks(finder.text, start, end)
        if number is not None and not timed and (unit is not None or not small):
            last = unit[1] if unit else end
            finder.add(
                Mark(
                    "quantity",
                    start,
                    last,
                    f"{number:f}",
                    unit=unit[0] if unit else None,
                    unit_span=_span_of(unit),
                    firm=unit is not None or taken > 1 or _OF_THESE.match(finder.text, end) is not None,
                )
            )
        index += taken


def _pairs(finder: Finder, words: list[re.Match[str]]) -> tuple[Decimal, tuple[str, int, int]] | None:
    """ "fifteen pairs of gloves", "ein Paar Schuhe": so many pairs; before a unit ("a pair of boxes") it is two of these."""
    if unit_code(words[-1][0], finder.language) != _PAIR:
        return None
    number = _spelt(finder.text[words[0].start() : words[-2].end()], finder.language)
    return None if number is None else (number, (_PAIR, words[-1].end(), words[-1].start()))


def _thanks(text: str, start: int, end: int) -> bool:
    before = re.search(rf"(?<!\w){_THANKS}\s$", _beside(text, start), re.IGNORECASE)
    return bool(before or re.match(rf"\s(?:fois\s)?{_THANKS}(?!\w)", text[end:], re.IGNORECASE))


def _longest_number(finder: Finder, tokens: list[re.Match[str]], index: int) -> int:
    """How many of the words from `index` on spell one number."""
    best = 0
    for count in range(1, 5):
        if index + count > len(tokens):
            break
        first, last = tokens[index], tokens[index + count - 1]
        phrase = finder.text[first.start() : last.end()]
        if not re.fullmatch(r"[^\W\d_]+(?:[\s-][^\W\d_]+)*", phrase):
            break
        if _spelt(first[0], finder.language) is None:
            break  # "and fifteen" is fifteen, but the number begins at its first word
        if _spelt(phrase, finder.language) is not None and _spelt(last[0], finder.language) is not None:
            best = count
    return best


def quantities_in(marks: Sequence[Mark], text: str) -> Iterator[Mark]:
    """The marks that are ordered quantities: no pack contents, no sizes where a count stands beside them."""
    found = [mark for mark in marks if mark.kind == "quantity"]
    counted = [mark for mark in found if not _is_measured(mark)]
    for mark in found:
        names = (
            (opens_item(text, mark) and not _CLOSES.match(text, mark.end))
            or _leads_words(text, mark, found)
            or _OF_GOODS.match(text, mark.end)
        )
        beside = _is_measured(mark) and counted and not names
        if not beside and not _is_pack_content(mark, found, text):
            yield mark


def _is_measured(mark: Mark) -> bool:
    return mark.unit is not None and mark.unit.casefold() in word_set("measure_units")


def opens_item(text: str, mark: Mark) -> bool:
    """Whether the quantity stands where a new item begins, not behind the name of what it measures."""
    return _OPENS.search(_beside(text, mark.start)) is not None


def _leads_words(text: str, mark: Mark, found: Sequence[Mark]) -> bool:
    """Whether no goods stand before the quantity that it could be the size of: "please send us 20 metres of cable"."""
    before = [folded(word) for word in re.findall(r"[^\W\d_]+", text[: mark.start])][-2:]
    if any(word in word_set("orders") for word in before) or pattern(r"(?<!\w){{orders}}\s+$").search(text, 0, mark.start):
        return True
    first = not any(other.end <= mark.start for other in found)
    return first and (not before or before[-1] in word_set("trims"))


def contents_of(quantity: Mark, marks: Sequence[Mark], text: str) -> Mark | None:
    """The mark that says how many pieces a pack of `quantity` holds: "20 boxes of 100 gloves"."""
    found = [mark for mark in marks if mark.kind == "quantity"]
    behind = next((mark for mark in found if mark.start >= quantity.end), None)
    if behind is None or quantity.unit in (None, PIECE) or behind.unit not in (None, PIECE):
        return None
    between = text[quantity.end : behind.start]
    return behind if _is_pack_content(behind, [quantity], text) and between.strip(" (-–") else None


def _is_pack_content(mark: Mark, found: Sequence[Mark], text: str) -> bool:
    """ "20 boxes of 100 gloves": the second number is no quantity."""
    earlier = [other for other in found if other.end <= mark.start]
    if not earlier:
        return False
    between = text[earlier[-1].end : mark.start]
    if _is_measured(earlier[-1]) and mark.unit is not None and not _is_measured(mark) and not between.strip():
        return False  # "flour 25 kg 10 bags"
    if re.fullmatch(r"\s{2,}|\t", between):
        return False  # "surface wipes tub of 80   36 tubs"
    if between.count("(") > between.count(")") or not between.strip() or between == "-":
        return True  # "boxes (of 100 gloves)", "200 half-dozen egg boxes"
    joints = [folded(word) for word in re.findall(r"[^\W\d_]+", between)]
    joined = 0 < len(joints) <= 3 and all(word in word_set("pack_joints") for word in joints)
    return joined and not re.search(r"[,;:\n]", between)
