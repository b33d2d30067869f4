"""Remarks below an order line: accounts, certificates, requests and references, which are no part of the goods' description.

A remark speaks of the delivery, the paper or the books; it is told by its first words, by labels and by account numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from parsers.wordlists import folded, terms, words_file

_PAIR = re.compile(r"(?<![\w:])[^\W\d][\w ./#-]{0,24}:\s+\S")
_ACCOUNT = re.compile(r"(?:\b|\D)(?:[A-Z]{0,3}\d{2,}[A-Z]?-){2,}\d{2,}\b")
_AMOUNT = re.compile(r"\d[.,]\d{2}(?!\d)")
#: "*** nothing follows ***", "--- end of order ---"
_SET_APART = re.compile(r"[*=_#~•–—-]{2,}[^\d*=_#~•–—]{3,60}[*=_#~•–—-]{2,}")
_FEWEST_WORDS = 5


def is_remark(text: str) -> bool:
    """Whether a text below the first row of a line says something else than what the goods are."""
    plain = " ".join(folded(text).split())
    starts, within = _words()
    if starts.match(plain) or within.search(plain) or _SET_APART.fullmatch(text.strip()):
        return True
    if len(_PAIR.findall(text)) > 1 or (_ACCOUNT.search(text) and _AMOUNT.search(text)):
        return True
    return text.rstrip().endswith(".") and len(plain.split()) > _FEWEST_WORDS and not re.search(r"\d", text)


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    listed = words_file("remarks.yaml")
    starts, within = (_any_of(listed[name].values()) for name in ("starts", "within"))
    return re.compile(rf"\W*(?:{starts})(?!\w)"), re.compile(rf"(?<!\w)(?:{within})(?!\w)")


def _any_of(languages: Iterable[str]) -> str:
    listed = (re.escape(folded(term)) for language in languages for term in terms(language))
    return "|".join(sorted(listed, key=len, reverse=True))
