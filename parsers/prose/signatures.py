"""Which company signs a letter: its name and address below the person's name, without what the law makes a company print."""

from __future__ import annotations

import re

from models.contracts.extraction_v1 import PartyV1
from models.domain.document import TextBox
from models.domain.evidence import Evidence
from parsers.prose.words import pattern
from parsers.values.party_blocks import party_from_block
from parsers.values.streets import is_street_alone
from parsers.values.towns import town_of

_MOST_PIECES, _MOST_WORDS = 20, 8
#: Between the pieces of one line; the comma of "Cleveland, OH 44114" is none.
_PIECE = re.compile(r"(?:(?!\s[|·•–]\s|,\s(?![A-Z]{2}\s+\d|(?:Inc|LLC|Ltd|LLP|Corp|Co|S\.?A|S\.?L|GmbH)\b)|\s{3}).)+")
_REGISTER = re.compile(
    r"\b(?:Amtsgericht|Registergericht|Handelsregister|HR[AB]\b|Geschäftsführ|Vorstand|Aufsichtsrat|Registered (?:in|office)"
    r"|Company (?:no|number|reg)|SIRET|RCS|Capital (?:social)?|KvK|KRS|REGON|Registro Mercantil|www\.)",
    re.IGNORECASE,
)
#: The legal forms of companies.
COMPANY = re.compile(
    r"\b(?:GmbH|AG|KG|OHG|e\.?K\.?|UG|SE|Ltd|Limited|LLC|LLP|Inc|Corp|PLC|Co|S\.?A\.?S?|SARL|SASU|EURL|S\.?L\.?U?|S\.?r\.?l|S\.?p\.?A"
    r"|S\.?n\.?c|S\.?C|B\.?V|N\.?V|V\.?O\.?F|[Ss]p\. z o\.\s?o|[Ss]p\. ?[jk]|Oy|AB|A/S|ApS|Group|Company)\b\.?",
)


def signing_party(signature: str, part: str, writer: str) -> PartyV1 | None:
    """The company of a `signature`, whose places are those of `part`; `writer` is the person who sends, if known."""
    return party_from_block(_of_company(_boxes(signature, part), writer))


def _boxes(text: str, part: str) -> list[TextBox]:
    """The pieces of a signature, without the lines of registers."""
    boxes = []
    start = 0
    for line in text.split("\n"):
        for found in _PIECE.finditer(line) if not _REGISTER.search(line) else ():
            raw = found[0].strip(" |·•–,\t*")
            if raw:
                at = start + found.start() + found[0].index(raw)
                boxes.append(TextBox(raw, Evidence(part=part, span=(at, at + len(raw)), text=raw), 0.85))
        start += len(line) + 1
    return boxes[:_MOST_PIECES]


def _of_company(boxes: list[TextBox], writer: str) -> list[TextBox]:
    """A signature from its company's name on: the person and the position above it are not the buyer. Where no legal form
    tells the company, it is the last line above the address that is neither the person's nor a position."""
    start = next((place for place, box in enumerate(boxes) if COMPANY.search(box.text) and town_of(box.text) is None), None)
    if start is not None:
        return boxes[start:]
    end = next((place for place, box in enumerate(boxes) if _is_address(box.text)), len(boxes))
    names = [place for place in range(end) if not _is_person(boxes[place].text, writer, first=place == 0 and end > 1)]
    return boxes[names[-1] :] if names else boxes[end:] if len(boxes) - end > 1 else []


def _is_address(text: str) -> bool:
    return is_street_alone(text) or town_of(text) is not None or "@" in text or sum(sign.isdigit() for sign in text) > 5


def _is_person(text: str, writer: str, *, first: bool) -> bool:
    """Whether a line is the writer's name, a position in the company, a whole sentence, or the single word that friends
    sign with."""
    words = {word.casefold() for word in re.findall(r"[^\W\d_]{2,}", text)}
    named = words <= {word.casefold() for word in re.findall(r"[^\W\d_]{2,}", writer)}
    return first or named or not 2 <= len(words) <= _MOST_WORDS or pattern(r"(?<!\w){{roles}}").search(text) is not None
