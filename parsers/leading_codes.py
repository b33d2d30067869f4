"""Cells that hold an article's number and its text: "SH-12 Bow shackle 12 mm" under "Item / Description". The number is parted
from the text where the head names both, or names the number alone, and nearly every line begins with one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from models.domain.document import TextBox
from parsers.lexicon import meaning_of_header
from parsers.line_draft import LineDraft, Read

_PARTS = ("part_number", "buyer_part_number", "seller_part_number")
_CODE = re.compile(r"(?=\S*\d)[A-Z0-9][A-Z0-9./_+-]{3,}", re.IGNORECASE)
#: Sizes and measures begin a text as often as a number does: "M8x40", "12x1,5", "230V", "1/2\\"".
_MEASURE = re.compile(r"[A-Z]{0,2}\d+(?:[.,/]\d+)?(?:[x×]\d+(?:[.,]\d+)?)*[\"'a-zµ°%]{0,3}", re.IGNORECASE)
_MOSTLY = 0.8


def with_leading_codes(drafts: Sequence[LineDraft]) -> None:
    """Gives the lines that state no number the one that leads their text."""
    bare = [draft for draft in drafts if draft.description and not draft.has(*_PARTS)]
    role = next((role for draft in bare if (role := _number_role(draft.description_head)) is not None), None)
    if role is None:
        return
    codes = [_code(" ".join(box.text for box in draft.description)) for draft in bare]
    if sum(code is not None for code in codes) < _MOSTLY * len(drafts):
        return
    for draft, code in zip(bare, codes, strict=True):
        if code is not None:
            _part(draft, role, code)


def _number_role(head: str) -> str | None:
    """Which number a head names, alone or beside the text: "Artikel / Bezeichnung", "Item No. Description", "Material"."""
    names = [head, *re.split(r"\s*[/|,+&-]\s*", head)]
    words = head.split()
    names += [" ".join(words[:cut]) for cut in range(1, len(words))]
    roles = [meaning.name for name in names if (meaning := meaning_of_header(name)) is not None]
    # "Item" under which words stand names the article, and counts no lines.
    return next(("part_number" if role == "line_number" else role for role in roles if role in (*_PARTS, "line_number")), None)


def _code(text: str) -> str | None:
    first, _, rest = text.partition(" ")
    named = sum(letter.isalpha() for letter in rest) >= 3
    return first if named and _CODE.fullmatch(first) and not _MEASURE.fullmatch(first) else None


def _part(draft: LineDraft, role: str, code: str) -> None:
    whole = draft.description[0]
    strength = draft.read["description"].strength
    text = whole.text.strip()[len(code) :].strip()
    rest = [TextBox(text, whole.evidence, whole.confidence)] if text else []
    draft.description[:1] = rest
    draft.read["description"] = replace(draft.read["description"], box=draft.description[0])
    draft.read[role] = Read(TextBox(code, whole.evidence, whole.confidence), strength)
    draft.joined.append(whole)
