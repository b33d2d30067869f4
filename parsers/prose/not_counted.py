"""Numbers that count no goods although they stand as a quantity does: "no lorry over 7.5 t", "120 guests", "in 2 copies".

The words are in `words/not_counted.yaml`.
"""

from __future__ import annotations

import re
from functools import cache

from parsers.prose.marks import NUMBER, Finder, Mark
from parsers.prose.words import by_language
from parsers.values.numbers import number_in_words

_FILE = "not_counted.yaml"
#: What a vehicle weighs or measures.
_MEASURES = r"(?:t|to|tons?|tonn\w{0,5}|toneladas?|ton[ay]|m|metros?|metri|metern?|metres?|mètres?)"
_IN_WORDS = r"\d{1,4}|[^\W\d_]{2,12}"
_VEHICLES = rf"(?<!\w){{vehicles}}(?!\w)[^\d.;:!?\n]{{0,30}}?(?<!\w){{over}}\s{{1,3}}(?P<number>{NUMBER})\s?{_MEASURES}(?!\w)"
_PEOPLE = rf"(?<![\w.,/-])(?P<number>{_IN_WORDS})\s(?:{{ours}}\s)?{{people}}(?!\w)"
#: What things are compared with: "if the bars are longer than 6 m".
_COMPARED = rf"(?<!\w){{compares}}\s(?P<number>{NUMBER})\s?(?:mm|cm|kg|l|{_MEASURES})(?!\w)"
_COPIES = rf"(?<!\w){{in}}\s(?P<number>{_IN_WORDS})[\s-]?{{copies}}(?!\w)"


def limits_in(text: str, language: str | None) -> list[tuple[int, int]]:
    """Where `text` says how heavy or high a vehicle may be."""
    return [found.span() for found in _pattern(_VEHICLES, language).finditer(text)]


def find_not_counted(finder: Finder) -> None:
    """Claims such numbers: limits and what things are compared with as sizes, the others as nothing."""
    for found in _pattern(_VEHICLES, finder.language).finditer(finder.text):
        finder.add(Mark("size", found.start("number"), found.end(), found[0]))
    for found in _pattern(_COMPARED, finder.language).finditer(finder.text):
        finder.add(Mark("size", found.start("number"), found.end(), found[0]))
    for form in (_PEOPLE, _COPIES):
        for found in _pattern(form, finder.language).finditer(finder.text):
            number = found["number"]
            if number.isdigit() or number_in_words(number, finder.language) is not None:
                finder.add(Mark("skip", found.start("number"), found.end(), found[0]))


@cache
def _pattern(expression: str, language: str | None) -> re.Pattern[str]:
    """`expression` with `{name}` for one of the lists."""
    whole = re.sub(r"\{([a-z]\w+)\}", lambda found: by_language(_FILE, found[1], language), expression)
    return re.compile(whole, re.IGNORECASE)
