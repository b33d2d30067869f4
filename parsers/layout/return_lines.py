"""Return addresses: the writer in one small line over the envelope window."""

from __future__ import annotations

import re

from parsers.page_text import Phrase
from parsers.values.streets import is_street
from parsers.values.towns import town_of

#: A return address has a name, a street and a town.
_OF_ADDRESS = 3


def sender_line(phrase: Phrase) -> tuple[str, ...]:
    """The pieces of a return address in one small line over the envelope window: "Name · Street 1 · 12345 Town"."""
    pieces = tuple(piece.strip() for piece in re.split(r"\s[·•|∙–—*/-]\s|\s*[·•|∙]\s*", phrase.text) if piece.strip())
    pieces = pieces if len(pieces) > 1 else _pieces_at_commas(phrase.text)
    numbered = any(re.search(r"\b\d{4,5}\b", piece) for piece in pieces)
    return pieces if len(pieces) >= 3 and numbered else ()


def _pieces_at_commas(text: str) -> tuple[str, ...]:
    """The pieces of "Name, Street 1, 12345 Town", which is nothing but an address; none of any other text."""
    pieces = tuple(piece.strip() for piece in text.split(","))
    if len(pieces) != _OF_ADDRESS or re.search(r"[\d:]", pieces[0]) or not is_street(pieces[1]):
        return ()
    town = town_of(pieces[2])
    return pieces if town is not None and town.city is not None else ()
