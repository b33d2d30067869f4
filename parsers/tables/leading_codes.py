"""Cells that hold an article's number and its text: "SH-12 Bow shackle 12 mm" under "Item / Description". The number is parted
from the text where the head names both, or names the number alone, and nearly every line begins with one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from models.domain.document import TextBox
from parsers.lexicon import key_of, meaning_of_header
from parsers.tables.line_draft import LineDraft, Read

_PARTS = ("part_number", "buyer_part_number", "seller_part_number")
_CODE = re.compile(r"(?=\S*\d)[A-Z0-9][A-Z0-9./_+-]{3,}", re.IGNORECASE)
#: Sizes and measures begin a text as often as a number does: "M8x40", "12x1,5", "230V", "1/2\\"".
_MEASURE = re.compile(r"[A-Z]{0,2}\d+(?:[.,/]\d+)?(?:[x×]\d+(?:[.,]\d+)?)*[\"'a-zµ°%]{0,3}", re.IGNORECASE)
_BRACKETED = re.compile(r"\[(?P<code>(?=[^\]]*\d)[^\]\s]{2,30})\]\s*(?P<text>.+)")
_LABELLED = re.compile(r"(?P<text>.{4,})\s(?P<code>(?=\S*\d|[A-Z]+-[A-Z])[A-Z0-9][A-Z0-9./_-]{2,29})\)?", re.IGNORECASE)
_COUNTED = re.compile(r"(?P<count>\d{1,3})\s+(?P<number>(?=.*\d)\S.{2,})")
#: "Espresso beans Forte (#ESP-1000)", as shops print an article's number behind its name.
_HASHED = re.compile(r"(?P<text>.{4,}?)\s{0,3}[(\[]\s?#\s?(?P<code>(?=[^\s()]*[\dA-Z])[^\s()\[\]]{2,30})\s?[)\]]")
_LABEL_WORDS = 3
#: Within a text these name the article's number, over a column some of them name other things.
_SHORT_LABELS = frozenset({"cat", "catnr", "catalog", "stock", "stocknr", "pn", "sku", "art", "artnr", "kat", "katnr", "bestnr"})
#: Letters, a sign and figures, as no measure and no word is written.
_TELLING = re.compile(r"(?=.*\d)(?=.*[A-Z])[A-Z0-9]+(?:[-./][A-Z0-9]+)+|[A-Z]{2,5}\d{4,}[A-Z]{0,3}")
_FEWEST = 3
#: Leading a text, these number the article, though over a column they number the lines.
_ITEM = frozenset({"item", "itemnr"})
_LONG_NUMBER = 5
_MOSTLY = 0.8


def with_leading_codes(drafts: Sequence[LineDraft]) -> None:
    """Gives the lines that state no number the one that leads their text, and parts "[SH-12] Bow shackle" at the brackets."""
    _part_counts(drafts)
    for draft in drafts:
        _part_brackets(draft)
        _part_hashed(draft)
        _part_led(draft)
        _part_labelled(draft)
    bare = [draft for draft in drafts if draft.description and _wants_number(draft)]
    role = next((role for draft in bare if (role := _number_role(draft.description_head)) is not None), None)
    if role is None:
        _part_evident(drafts, bare)
        return
    stacked = [draft for draft in bare if _part_first_line(draft, role) or _part_second_line(draft, role)]
    bare = [draft for draft in bare if draft not in stacked]
    codes = [_code(" ".join(box.text for box in draft.description)) for draft in bare]
    if sum(code is not None for code in codes) + len(stacked) < _MOSTLY * len(drafts):
        return
    for draft, code in zip(bare, codes, strict=True):
        if code is not None:
            _part(draft, role, code)


def _part_evident(drafts: Sequence[LineDraft], bare: Sequence[LineDraft]) -> None:
    """Takes the numbers that lead the texts of all lines, each its own, though no head names any: "CS-38114 CAP SCREW"."""
    codes = [_code(" ".join(box.text for box in draft.description)) for draft in bare]
    told = [code for code in codes if code is not None and _TELLING.fullmatch(code)]
    if len(bare) == len(drafts) == len(set(told)) and len(told) >= _FEWEST:
        for draft, code in zip(bare, told, strict=True):
            _part(draft, "part_number", code)


def _part_counts(drafts: Sequence[LineDraft]) -> None:
    """Parts the lines' own numbers from those of the articles, where two narrow columns were seen as one: "1 174268",
    "2 510753" under "No IMPA"."""
    for role in _PARTS:
        cells = [(draft, found) for draft in drafts if (found := _COUNTED.fullmatch(draft.text(role))) is not None]
        if len(cells) < max(2, len(drafts)) or any(draft.has("line_number") for draft in drafts):
            continue
        if [int(found["count"]) for _, found in cells] != list(range(1, len(cells) + 1)):
            continue
        for draft, found in cells:
            whole = draft.read[role]
            draft.joined.append(whole.box)
            draft.read["line_number"] = replace(whole, box=replace(whole.box, text=found["count"]))
            draft.read[role] = replace(whole, box=replace(whole.box, text=found["number"]))


def _part_first_line(draft: LineDraft, role: str) -> bool:
    """Takes the number that stands alone on the first line of the cell, over the text."""
    first = draft.description[0].text.strip()
    if len(draft.description) < 2 or " " in first or not is_article_number(first) or draft.has(role):
        return False
    _part(draft, role, first)
    return True


def _part_second_line(draft: LineDraft, role: str) -> bool:
    """Takes the number that stands alone on the line below the text: "Repair clamp" over "FS1-690-12"."""
    if len(draft.description) < 2 or draft.has(role):
        return False
    first, second = draft.description[:2]
    code = second.text.strip()
    if " " in code or not is_article_number(code) or " " not in first.text.strip():
        return False
    draft.read[role] = Read(replace(second, text=code), draft.read["description"].strength)
    draft.joined.append(second)
    del draft.description[1]
    return True


def _part_brackets(draft: LineDraft) -> None:
    """The number in brackets before the text, as exports of Odoo write an article in one cell."""
    for role in _PARTS:
        read = draft.read.get(role)
        found = _BRACKETED.fullmatch(" ".join(read.box.text.split())) if read is not None else None
        if read is not None and found is not None:
            draft.joined.append(read.box)
            draft.read[role] = replace(read, box=replace(read.box, text=found["code"]))
            if not draft.description:
                draft.take("description", replace(read.box, text=found["text"]), read.strength)
    first = draft.description[0] if draft.description else None
    found = _BRACKETED.fullmatch(" ".join(first.text.split())) if first is not None else None
    if first is None or found is None:
        return
    number = next((draft.read[role].box.text for role in _PARTS if role in draft.read), None)
    if number is None:
        draft.read["part_number"] = Read(replace(first, text=found["code"]), draft.read["description"].strength)
    if number in (None, found["code"]):
        draft.joined.append(first)
        draft.description[0] = replace(first, text=found["text"])
        draft.read["description"] = replace(draft.read["description"], box=draft.description[0])


def _part_hashed(draft: LineDraft) -> None:
    """The number in brackets with a hash behind the text."""
    if not draft.description or draft.has(*_PARTS):
        return
    last = draft.description[-1]
    found = _HASHED.fullmatch(" ".join(last.text.split()))
    if found is not None:
        draft.read["part_number"] = Read(replace(last, text=found["code"]), draft.read["description"].strength)
        draft.joined.append(last)
        draft.description[-1] = replace(last, text=found["text"])
        draft.read["description"] = replace(draft.read["description"], box=draft.description[0])


def _wants_number(draft: LineDraft) -> bool:
    """Whether the line states no number, or below its text only one party's: what leads the text is then the other's."""
    return not draft.has("part_number") and not all(draft.has(role) for role in _PARTS[1:])


def _part_led(draft: LineDraft) -> None:
    """The number that begins the text behind a label of its own: "Item No. BH-2210 Ceramic mug", "Art. 77-1: Bolt"."""
    if not draft.description or draft.has(*_PARTS):
        return
    first = draft.description[0]
    words = first.text.split()
    for count in range(1, min(_LABEL_WORDS, len(words) - 2) + 1):
        label, code = " ".join(words[:count]).rstrip(" :#"), words[count].rstrip(",;:")
        role = "part_number" if key_of(label) in _ITEM else named_number(label)
        if role is not None and is_article_number(code):
            draft.joined.append(first)
            draft.read[role] = Read(replace(first, text=code), draft.read["description"].strength)
            draft.description[0] = replace(first, text=" ".join(words[count + 1 :]).lstrip("-–—:, "))
            draft.read["description"] = replace(draft.read["description"], box=draft.description[0])
            return


def _part_labelled(draft: LineDraft) -> None:
    """The number that ends the text behind a label of its own: "Lens tissue, cat. LT-100", "Rope (your item HS-18)"."""
    if not draft.description or draft.has(*_PARTS):
        return
    last = draft.description[-1]
    ends = " ".join(" ".join(box.text.split()) for box in draft.description[-2:])
    found = _LABELLED.fullmatch(" ".join(last.text.split())) or (
        _LABELLED.fullmatch(ends) if " " not in last.text.strip() else None
    )
    words = found["text"].split() if found is not None else []
    for count in range(min(_LABEL_WORDS, len(words)), 0, -1):
        label = " ".join(words[-count:]).lstrip("(-–,; ").rstrip(" :#")
        role = named_number(label)
        if found is not None and role is not None:
            draft.read[role] = Read(replace(last, text=found["code"]))
            return


def named_number(label: str) -> str | None:
    """Which number of an article `label` names within a text ("cat.", "your item"), None if none."""
    if key_of(label) in _SHORT_LABELS:
        return "part_number"
    meaning = meaning_of_header(label)
    return meaning.name if meaning is not None and meaning.name in _PARTS and meaning.strength >= 1 else None


def _number_role(head: str) -> str | None:
    """Which number a head names, alone or beside the text: "Artikel / Bezeichnung", "Item No. Description", "Material"."""
    names = [head, *re.split(r"\s*[/|,+&-]\s*", head)]
    words = head.split()
    names += [" ".join(words[:cut]) for cut in range(1, len(words))]
    roles = [meaning.name for name in names if (meaning := meaning_of_header(name)) is not None]
    # "Item" under which words stand names the article, and counts no lines.
    return next(("part_number" if role == "line_number" else role for role in roles if role in (*_PARTS, "line_number")), None)


def owned_number(head: str) -> str | None:
    """Whose number a head names beside the text: "Description / Supplier ref."; None where it names none or nobody's."""
    role = _number_role(head) if head else None
    return role if role in _PARTS[1:] else None


def _code(text: str) -> str | None:
    first, _, rest = text.partition(" ")
    named = sum(letter.isalpha() for letter in rest) >= 3
    return first if named and is_article_number(first) else None


def is_article_number(word: str) -> bool:
    """Whether one word has the form of an article's number, and not that of a measure."""
    digits = sum(sign.isdigit() for sign in word)
    long = digits >= _LONG_NUMBER if word.isdecimal() else digits > _LONG_NUMBER  # "700.1182" measures nothing
    return bool(_CODE.fullmatch(word)) and (long or not _MEASURE.fullmatch(word))


def _part(draft: LineDraft, role: str, code: str) -> None:
    whole = draft.description[0]
    strength = draft.read["description"].strength
    text = whole.text.strip()[len(code) :].strip()
    rest = [TextBox(text, whole.evidence, whole.confidence)] if text else []
    draft.description[:1] = rest
    draft.read["description"] = replace(draft.read["description"], box=draft.description[0])
    draft.read[role] = Read(TextBox(code, whole.evidence, whole.confidence), strength)
    draft.joined.append(whole)
