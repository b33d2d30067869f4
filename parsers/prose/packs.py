"""Words for packs that name the goods: trays and bags are ordered empty, too ("400 barquettes alu", "bandejas de aluminio").

French, Spanish and Italian put a small word between a pack and what is in it; where it is missing, or what a pack is made of
follows it, the pack may be the goods.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.prose.marks import Mark

#: What packs are made of: 200 trays "de aluminio" are trays.
_MADE_OF = re.compile(
    r"\s(?:de|en|di|in|d['’])\s?(?:alu\w*|carton|cartón|cartone|plásti\w+|plasti\w+|madera|bois|legno|vidrio|verre|vetro"
    r"|cristal|metal\w*|métal|latta|lata|acier|acero|acciaio|mimbre|osier)(?!\w)",
    re.IGNORECASE,
)
#: A joint stands between a pack and its goods.
_JOINT = re.compile(r"\s(?:de|du|des|di|del|della|dei|da|d['’])", re.IGNORECASE)
_JOINED = re.compile(r"\d\s[^\W\d_]{3,}\s(?:de|di|d['’])", re.IGNORECASE)
_FEWEST_JOINED = 2
#: So many packs, a round number of them, are themselves the goods.
_MANY, _ROUND = 100, 50


def may_be_the_goods(text: str, at: int, whole: str, language: str | None, *, many: bool = False) -> bool:
    """Whether what was read as a pack, up to `at`, may be what is ordered: "bandejas de aluminio"; "cartoni pizza" in a letter
    that writes "sacchi di farina"; where there are `many` of them."""
    if language not in {"fr", "es", "it"}:
        return False
    if _MADE_OF.match(text, at):
        return True
    follows = re.match(r"\s[^\W\d_]{3,}", text[at:])
    proven = many or len(_JOINED.findall(whole)) >= _FEWEST_JOINED
    return follows is not None and not _JOINT.match(text, at) and proven


def with_packs_as_goods(marks: Sequence[Mark], text: str, whole: str, language: str | None) -> tuple[Mark, ...]:
    """The marks, where the word for a pack is left to the name of the goods in hundreds of them: "400 barquettes alu" in a
    letter that writes "rouleaux de film". Of others nobody can tell, see `is_doubtful_pack`."""
    return tuple(
        _without_pack(mark)
        if _is_pack(mark) and _are_hundreds(mark) and may_be_the_goods(text, mark.end, whole, language)
        else mark
        for mark in marks
    )


def is_doubtful_pack(mark: Mark, text: str, whole: str, language: str | None) -> bool:
    """Whether the unit of a quantity is a word for a pack behind it that may be what is ordered."""
    many = mark.value.isdigit() and int(mark.value) >= _MANY
    return _is_pack(mark) and may_be_the_goods(text, mark.end, whole, language, many=many)


def _is_pack(mark: Mark) -> bool:
    return mark.unit is not None and len(mark.unit) == 2 and mark.unit_span is not None and mark.unit_span[1] == mark.end


def _are_hundreds(mark: Mark) -> bool:
    return mark.kind == "quantity" and mark.value.isdigit() and int(mark.value) >= _MANY and int(mark.value) % _ROUND == 0


def _without_pack(mark: Mark) -> Mark:
    end = mark.unit_span[0] if mark.unit_span else mark.end
    return replace(mark, unit=None, unit_span=None, end=end)
