"""What a page says without a label, as letters do: its day alone on a line; and what it labels without its being read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from models.contracts.extraction_v1 import PartyV1, Problem, StatedValue
from models.domain.findings import Severity
from parsers.layout.blocks import Surroundings
from parsers.layout.label_words import DELIVERY, Label
from parsers.layout.wrapped import right_below
from parsers.lexicon import folded
from parsers.page_text import Phrase
from parsers.values.addresses import holds_address, pieces_of_line
from parsers.values.cells import stated
from parsers.values.numbers import NumberStyle, parse_date
from parsers.values.streets import is_door, is_street, is_street_alone
from parsers.values.towns import town_of

#: How far down the page, and how sure, a letter's day is.
_TOP, _UNLABELLED = 0.4, 0.82
_TITLE = re.compile(r"(?:PO|P\.O\.|P/O|BE|BC|OC|ODA|ZAM)[-/_#]?(?=[\w/-]*\d{4})[A-Z0-9][A-Z0-9/_-]{4,24}[.,;]?")
_LONGEST_DAY, _FEWEST_WORDS = 36, 5
_MOST_OF_STREET = 7
_CODE_AND_TOWN = re.compile(
    r"(?:[A-Z]{1,2}-)?(?:\d{4,5}|\d{2}-\d{3}|\d{4} ?[A-Z]{2})\s+[^\W\d_]{3}|[^\W\d_][^,]*,? [A-Z]{2} \d{5}\b"
)
_YEAR = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
_LONGEST_LINE, _LONGEST_TOWN = 300, 40
_NO_PLACE = re.compile(
    r"\b(?:regist(?:ered|ration)|reg\.? (?:office|no)|vat|gst|abn|ust|iban|bank|invoice|rechnung|factur|fattur|remit|court"
    r"|head office)",
    re.IGNORECASE,
)
_NEAR_LABEL, _LINES_BELOW = 260.0, 3.0
#: What refers to another place on the page instead of naming one.
_REFERENCE = re.compile(
    r"\b(?:same|as above|above|below|see|bill(?:ing)? address|siehe|wie oben|s\.\s?o\.|rechnungsadresse|idem|ci-dessus|voir|sede"
    r"|stesso|zie|zelfde|j\.\s?w\.|jak wyżej)\b",
    re.IGNORECASE,
)


def bare_day(page: Surroundings, style: NumberStyle, part: str) -> StatedValue | None:
    """The one day that stands alone on a line near the top of a letter, which is the order's; None if there are several."""
    days = {
        day: phrase
        for phrase in page.others
        if phrase.bottom < _TOP * page.height and len(phrase.text) <= _LONGEST_DAY and _YEAR.search(phrase.text)
        if (day := parse_date(phrase.text, style)) is not None and not _has_label(phrase, page)
    }
    if len(days) != 1:
        return None
    ((day, phrase),) = days.items()
    return stated(day.isoformat(), [phrase.box(part)], _UNLABELLED)


def titled_number(page: Surroundings, part: str) -> StatedValue | None:
    """The one number near the top of a page that says of itself that it is an order's: "PO-AV-300417-2" as its title."""
    top = [phrase for phrase in page.others if phrase.bottom < _TOP * page.height]
    titles = [phrase for phrase in top if _TITLE.fullmatch(phrase.words[0].text) and not _has_label(phrase, page)]
    if len({phrase.words[0].text for phrase in titles}) != 1:
        return None
    number = Phrase.of(titles[0].words[:1])
    return stated(number.text.strip(".,;"), [number.box(part)], _UNLABELLED)


def _has_label(phrase: Phrase, page: Surroundings) -> bool:
    """Whether a label stands left of the phrase on its row, or right above it with nothing between."""
    return any(
        (label.phrase.x1 <= phrase.x0 and abs(label.phrase.middle - phrase.middle) < phrase.size / 2)
        or (label.value is None and _right_under(phrase, label.phrase) and not _is_parted(phrase, label.phrase, page))
        for label in page.labels
    )


def _is_parted(phrase: Phrase, label: Phrase, page: Surroundings) -> bool:
    """Whether something else stands between a label and what is right under it: "No. 60418" below "PURCHASE ORDER"."""
    return any(label.middle < each.middle < phrase.top and each.x1 > phrase.x0 and each.x0 < phrase.x1 for each in page.others)


def _right_under(phrase: Phrase, label: Phrase) -> bool:
    return 0 < phrase.top - label.middle < 2 * phrase.size and abs(label.x0 - phrase.x0) < phrase.size


def unread_place(
    pages: Sequence[Surroundings], ship_to: PartyV1 | None, addresses: Sequence[str] = (), parties: Sequence[PartyV1 | None] = ()
) -> Iterator[Problem]:
    """An error where a page says where to ship and neither a street nor a town was made of what stands there, or where it has
    `addresses` (their first lines) of which nothing says whose they are, or a line with one that is none of the `parties`'."""
    if ship_to is not None and any((ship_to.street, ship_to.city, ship_to.postal_code, ship_to.gln)):
        return
    said = next((text for page in pages for label in page.labels if (text := _place_said(label, page))), None)
    streets = " ".join(folded(party.street.value) for party in parties if party is not None and party.street is not None)
    said = said or next(
        (text for page in pages for phrase in _sayings(page) if (text := _place_in_sentence(phrase, page, streets))), None
    )
    if said is not None:
        message = f'a place to ship to is stated ("{said[:60]}"), but no street and no town was read: see where the goods go'
        yield Problem(code="unread_place", severity=Severity.ERROR, field="ship_to", message=message)
        return
    codes = {"".join(party.postal_code.value.split()) for party in parties if party is not None and party.postal_code is not None}
    addresses = addresses or [phrase.text for page in pages[:2] for phrase in page.others if _is_strange(phrase, codes)]
    # Under a label of the ship-to a town that is nobody's was most likely set further away than labels' values stand.
    labelled = [page for page in pages[:2] if any(label.fields == ("ship_to",) and label.value is None for label in page.labels)]
    addresses = addresses or [phrase.text for page in labelled for phrase in page.others if _is_strange_town(phrase, codes)]
    if addresses:
        message = (
            f'nothing says whose address "{addresses[0][:60]}" is, and no other place to ship to was read: see where the goods go'
        )
        yield Problem(code="unread_place", severity=Severity.ERROR, field="ship_to", message=message)


def _sayings(page: Surroundings) -> Iterator[Phrase]:
    """What may be a sentence: also one that begins like a label, "Plus VAT. Please deliver to our site, …"."""
    yield from page.others
    for label in page.labels:
        if label.value is not None:
            yield Phrase.of((*label.phrase.words, *label.value.words))


def _is_strange(phrase: Phrase, codes: Collection[str]) -> bool:
    """Whether a line holds a whole address, with a postal code that is not among `codes`, as a footnote explains a site's code;
    where a firm is registered, and who pays, no goods go."""
    if len(phrase.words) < _FEWEST_WORDS or not re.search(r"\d", phrase.text) or _NO_PLACE.search(phrase.text):
        return False
    pieces = [re.split(r"\.\s", piece)[0] for piece in pieces_of_line(phrase.text[:_LONGEST_LINE])]
    towns = [town for piece in pieces[1:] if (town := town_of(piece)) is not None and town.city is not None]
    placed = any(is_street_alone(piece) for piece in pieces)
    return placed and any("".join(town.postal_code.split()) not in codes for town in towns)


def _is_strange_town(phrase: Phrase, codes: Collection[str]) -> bool:
    """Whether all of a line is a town with a postal code that is not among `codes`."""
    town = town_of(phrase.text) if len(phrase.text) <= _LONGEST_TOWN and not _NO_PLACE.search(phrase.text) else None
    return town is not None and town.city is not None and "".join(town.postal_code.split()) not in codes


def _is_other_street(piece: str, own: str) -> bool:
    """Whether a piece of a sentence on delivery is a street with its house's number, and not the buyer's own."""
    return len(piece.split()) <= _MOST_OF_STREET and is_street_alone(piece) and not is_door(piece) and folded(piece) not in own


def _place_in_sentence(phrase: Phrase, page: Surroundings, street: str) -> str | None:
    """A sentence that speaks of delivery and holds an address, its next line included, or a street that is not in `street`."""
    if not DELIVERY.search(phrase.text) or len(phrase.words) < _FEWEST_WORDS:
        return None
    following = next((other.text for other in page.others if right_below(phrase, other)), "")
    pieces = pieces_of_line(f"{phrase.text} {following}")
    placed = (
        holds_address(pieces)
        or (any(is_street(piece) for piece in pieces) and any(_CODE_AND_TOWN.match(piece) for piece in pieces))
        or any(_is_other_street(piece, street) for piece in pieces)
    )
    return phrase.text if placed else None


def _place_said(label: Label, page: Surroundings) -> str | None:
    """What stands at a label of the ship-to, unless it only refers to another place of the paper."""
    if label.fields != ("ship_to",):
        return None
    if label.value is not None:
        texts = [label.value.text]
    else:
        found = [phrase for phrase in page.others if _at(label.phrase, phrase)]
        # "Ship to | 30", and below the site's number its address.
        below = [other for one in found for other in page.others if _right_under(other, one)]
        texts = [phrase.text for phrase in (*found, *below)]
    text = " ".join(texts)
    return text if re.search(r"[^\W\d_]{3}", text) and not _REFERENCE.search(text) else None


def _at(label: Phrase, phrase: Phrase) -> bool:
    beside = 0 <= phrase.x0 - label.x1 < _NEAR_LABEL and abs(phrase.middle - label.middle) < label.size
    below = 0 < phrase.top - label.middle < _LINES_BELOW * max(label.size, 6.0) and abs(phrase.x0 - label.x0) < 3 * label.size
    return beside or below
