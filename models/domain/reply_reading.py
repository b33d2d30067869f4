"""What a buyer's reply to a question plainly amounts to, as corrections that a person may take. In doubt it is nothing.

Plain is: the letter of an option, exactly one of the values offered, one of our item numbers, one number where a quantity was
asked, a yes to what was proposed. A reply that negates or names two of them is for a person to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from models.domain.question_text import LETTERS
from models.domain.questions import AskedPoint

_YES = "|".join((
    "yes|yep|ok|okay|correct|right|agreed", "ja|jawohl|richtig|stimmt|korrekt|genau|einverstanden", "oui|exact|d'accord",
    "sí|si|correcto|de acuerdo", "sì|corretto|va bene", "klopt|akkoord", "tak|zgadza się|dobrze",
))  # fmt: skip
_NO = "|".join((
    r"no|not|nope|nor|neither|none|don't|isn't", r"nicht|nein|kein\w*|weder", r"non|ne|pas|aucun\w*", r"ni|ningun\w*|ningún",
    r"nessun\w*|né", "niet|nee|geen", "nie|żaden|zaden",
))  # fmt: skip
_ANY_NO = re.compile(rf"(?<!\w)(?:{_NO})(?!\w)", re.IGNORECASE)
_STARTS_YES = re.compile(rf"\W*(?:{_YES})(?!\w)", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*(?:[-*]\s*)?(\d{1,2})\s*(?:[):]|\.(?!\d)|[-–](?=\s)|(?=[a-eA-E]\b))\s*(.*)$")
_NUMBER = re.compile(r"(?<![\w.,/-])(\d{1,9})(?![\w/-]|[.,]\d)")
_DAY = re.compile(r"(?<!\d)(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))(?!\d)")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{2,39}")
_MOST_READ = 3000


def named_numbers(text: str) -> tuple[str, ...]:
    """What may be item numbers in a reply, each once: words with a figure in them."""
    words = (word.rstrip("./_-") for word in _WORD.findall(text[:_MOST_READ]))
    return tuple(dict.fromkeys(word for word in words if any(sign.isdigit() for sign in word)))[:50]


def names_number(text: str, number: str | None) -> bool:
    """Whether the text names this number of an order as a whole: 4711 is in neither 47110 nor 4711-2. One letter or two name
    nothing, nor does a word without a figure."""
    plain = " ".join((number or "").split())
    if len(plain) < 3 or not any(sign.isdigit() for sign in plain):
        return False
    words = r"\s+".join(map(re.escape, plain.split()))
    return re.search(rf"(?<![\w/-]){words}(?![\w/]|-\w)", text[:_MOST_READ], re.IGNORECASE) is not None


def read_answer(
    text: str, points: Sequence[AskedPoint], known_items: Mapping[str, str], *, means_letters: bool = True
) -> dict[str, str]:
    """The corrections that the reply plainly means, by key.

    `known_items` gives our SKU for those of `named_numbers` that the catalogue knows; `means_letters` whether the letters of
    the points' options stood in the question as they were drafted.
    """
    answers = dict(_by_point(text[:_MOST_READ], points))
    found: dict[str, str] = {}
    for number, point in enumerate(points, 1):
        said = answers.get(number, "")
        value = _value(said, number, point, known_items, means_letters=means_letters) if said.strip() else ""
        if value:
            found[point.key] = value
    return found


def _by_point(text: str, points: Sequence[AskedPoint]) -> Iterator[tuple[int, str]]:
    """The part of the reply that speaks of each point: by its number where the reply numbers them, or all where there is one."""
    numbered: dict[int, list[str]] = {}
    current = 0
    for line in text.splitlines():
        match = _NUMBERED.match(line)
        if match and 1 <= int(match[1]) <= len(points):
            current = int(match[1])
            numbered.setdefault(current, []).append(match[2])
        elif current and line.strip():
            numbered[current].append(line)
        elif not line.strip():
            current = 0
    if numbered:
        yield from ((number, "\n".join(lines)) for number, lines in numbered.items())
    elif len(points) == 1:
        yield 1, text


def _value(said: str, number: int, point: AskedPoint, known: Mapping[str, str], *, means_letters: bool) -> str:
    if _ANY_NO.search(said):
        return ""
    letter = _letter(said, number, point) if means_letters else ""
    named = {option for option in point.options if _names(said, option)}
    if point.kind == "item":
        named |= {sku for word, sku in known.items() if _names(said, word)}
    if letter:
        named.add(letter)
    if len(named) == 1:
        return named.pop()
    if named or point.options:
        return ""
    return _plain_value(said, point)


def _plain_value(said: str, point: AskedPoint) -> str:
    """What stands there where nothing was offered to choose from."""
    numbers = set(_NUMBER.findall(said))
    if point.kind == "quantity" and numbers:
        return numbers.pop().lstrip("0") if len(numbers) == 1 else ""
    if point.kind == "date":
        return _day(said)
    return point.proposed if _STARTS_YES.match(said) and not numbers else ""


def _letter(said: str, number: int, point: AskedPoint) -> str:
    """The option whose letter is the whole answer: "b", "1b", "(b)", "b) the long one"."""
    first = next((line.strip() for line in said.splitlines() if line.strip()), "")
    match = re.match(rf"^\(?(?:{number}\s*[.):]?\s*)?([{LETTERS}])(?:[).:,]|\s*$|\s+[-–])", first, re.IGNORECASE)
    place = LETTERS.index(match[1].lower()) if match else len(point.options)
    return point.options[place] if place < len(point.options) else ""


def _names(said: str, value: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", said, re.IGNORECASE) is not None


def _day(said: str) -> str:
    days = {_as_date(match) for match in _DAY.finditer(said)}
    return str(days.pop()) if len(days) == 1 and None not in days else ""


def _as_date(match: re.Match[str]) -> date | None:
    parts = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None
