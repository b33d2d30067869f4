"""A PDF page's own words and drawn lines, as they are seen: upright, on the page, painted, and once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from models.domain.document import Word
from parsers.layout import PageText, Rule

_BOLD = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)
_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
#: Fewer words than this may all be codes.
_FEW_WORDS = 15
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_HYPHENS = str.maketrans({"\u00ad": "-", "\ufffe": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-"})
#: Drawn lines beyond this many are a picture, not a form.
_MAX_RULES = 2000

_Box = tuple[float, float, float, float]


def native_page(page: Any, number: int, invisible: Sequence[_Box] = ()) -> tuple[PageText, int]:
    """The text of a pdfplumber `page`, and the degrees (clockwise) by which the page was turned to stand it upright.

    Text within the `invisible` boxes (render mode 3) is not painted, so it is dropped. Turned by 90 or 270 degrees,
    `width` and `height` are swapped against the file's.
    """
    kept = _once(page.chars)
    page = page.filter(lambda thing: thing["object_type"] != "char" or id(thing) in kept)
    turned = _turned(page.chars)
    boxes = invisible[:_MAX_RULES]
    words = [word for word in _words(page, number, turned) if not _hidden(word, boxes)]
    left, top, right, bottom = _seen(page)
    text = PageText(number, right - left, bottom - top, tuple(words), tuple(_rules(page)))
    return (_turn(text, turned) if turned else text), turned


def _once(chars: Sequence[dict[str, Any]]) -> set[int]:
    """The letters (by identity) without those drawn again within a point, as fake bold does."""
    kept: set[int] = set()
    places: dict[tuple[str, int, int], tuple[float, float]] = {}
    for char in chars:
        x, y = float(char["x0"]), float(char["top"])
        near = ((char["text"], int(x) + dx, int(y) + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        twins = (places[key] for key in near if key in places)
        if not any(abs(x - x0) <= 1 and abs(y - y0) <= 1 for x0, y0 in twins):
            places[char["text"], int(x), int(y)] = (x, y)
            kept.add(id(char))
    return kept


def _seen(page: Any) -> _Box:
    """What a viewer shows of the page: its crop box, as far as it lies on the sheet."""
    sheet, crop = ([float(edge) for edge in box] for box in (page.mediabox, page.cropbox))
    box = max(sheet[0], crop[0]), max(sheet[1], crop[1]), min(sheet[2], crop[2]), min(sheet[3], crop[3])
    return box if box[2] > box[0] and box[3] > box[1] else (sheet[0], sheet[1], sheet[2], sheet[3])


def _words(page: Any, number: int, turned: int) -> Iterator[Word]:
    x0, top, x1, bottom = _seen(page)
    found = page.extract_words(
        x_tolerance_ratio=0.15,
        y_tolerance=2,
        keep_blank_chars=False,
        use_text_flow=False,
        return_chars=True,
        char_dir_rotated="btt" if turned == 90 else "ttb",
        line_dir_rotated="ltr" if turned == 90 else "rtl",
    )
    for raw in found:
        text = raw["text"].translate(_HYPHENS)
        if not _UNMAPPED.sub("", text).strip():
            continue
        middle = ((raw["x0"] + raw["x1"]) / 2, (raw["top"] + raw["bottom"]) / 2)
        if not (x0 <= middle[0] <= x1 and top <= middle[1] <= bottom):
            continue
        chars = raw["chars"]
        yield Word(
            text=_UNMAPPED.sub("", text).strip(),
            page=number,
            x0=float(raw["x0"]) - x0,
            top=float(raw["top"]) - top,
            x1=float(raw["x1"]) - x0,
            bottom=float(raw["bottom"]) - top,
            size=float(median(char["size"] for char in chars)),
            bold=sum(bool(_BOLD.search(char.get("fontname") or "")) for char in chars) * 2 > len(chars),
        )


def _hidden(word: Word, boxes: Sequence[_Box]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in boxes)


def _rules(page: Any) -> Iterator[Rule]:
    """The page's drawn lines and box edges; hairs shorter than a letter are ornaments."""
    left, up, _, _ = _seen(page)
    if len(page.lines) + len(page.rects) + len(page.curves) > _MAX_RULES:
        return
    for edge in page.edges:
        rule = Rule(edge["x0"] - left, edge["top"] - up, edge["x1"] - left, edge["bottom"] - up)
        if max(rule.x1 - rule.x0, rule.bottom - rule.top) >= 8:
            yield rule


def _turned(chars: Sequence[dict[str, Any]]) -> int:
    """The quarter turns (clockwise, in degrees) that stand most of the page's letters upright."""
    if not chars:
        return 0
    ways = Counter(_way(char) for char in chars if char["text"].strip())
    way, count = ways.most_common(1)[0] if ways else (0, 0)
    return way if count * 2 > sum(ways.values()) else 0


def _way(char: dict[str, Any]) -> int:
    a, b = char["matrix"][0], char["matrix"][1]
    if abs(a) >= abs(b):
        return 0
    return 90 if b > 0 else 270


def _turn(page: PageText, degrees: int) -> PageText:
    """The page turned clockwise by 90 or 270 degrees."""

    def turned(x0: float, top: float, x1: float, bottom: float) -> _Box:
        if degrees == 90:
            return page.height - bottom, x0, page.height - top, x1
        return top, page.width - x1, bottom, page.width - x0

    words = tuple(Word(word.text, word.page, *turned(*word.bbox), size=word.x1 - word.x0, bold=word.bold) for word in page.words)
    rules = tuple(Rule(*turned(rule.x0, rule.top, rule.x1, rule.bottom)) for rule in page.rules)
    return PageText(page.number, page.height, page.width, words, rules, page.scanned)


def trustworthy(page: PageText, chars: Sequence[dict[str, Any]]) -> bool:
    """Whether the text layer says what the page shows: enough letters, few unmapped ones, and words rather than noise."""
    text = "".join(word.text for word in page.words)
    if len(text) < 20:
        return False
    unmapped = sum(1 for char in chars if _UNMAPPED.fullmatch(char["text"]) or char["text"] in "\ufffd\x00")
    private = sum("\ue000" <= letter <= "\uf8ff" or ord(letter) < 32 for letter in text)
    plain = sum(letter.isalnum() for letter in text)
    return (unmapped + private) < 0.2 * max(len(chars), 1) and plain > 0.4 * len(text) and _are_words(page.words)


def _are_words(words: Sequence[Word]) -> bool:
    """Whether words can be spoken: a font whose letters map to others makes most of them strings without vowels."""
    spoken = [word.text for word in words if len(word.text) >= 4 and word.text.isalpha() and word.text.isascii()]
    voiced = sum(1 for text in spoken if _VOWEL.search(text))
    return len(spoken) < _FEW_WORDS or voiced > 0.5 * len(spoken)
