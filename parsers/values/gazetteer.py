"""The names of towns, as the world's gazetteer has them: where a town's name ends that no comma parts from a street or a remark.

Source: GeoNames (https://www.geonames.org, CC BY 4.0), populated places of five hundred people and more. The file holds the
first four bytes of a digest of each name, sorted: a name that is no town's passes for one about once in eight thousand. Not
every hamlet stands in it, so a name that is missing is a reason to doubt, and none to refuse.
"""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib import resources

from models.contracts.model_card import trained_file
from parsers.values.streets import has_street_word, is_door, names_street
from parsers.wordlists import folded

FILE = "towns.bin"
#: Bytes of a digest.
WIDTH = 4
_MOST_WORDS, _MOST_UNKNOWN = 7, 5
#: How a word is written short, or with two letters for an umlaut.
_SAINT = re.compile(r"\b(?:saint|sankt|sint)(?= )")
_TWO_LETTERS = re.compile(r"(?<=[aou])e(?!\b)")
#: Small words within the names of towns: "am", "sur", "upon", "l'Hospitalet".
_PARTICLE = re.compile(
    r"an|am|im|in|bei|ob|unter|vor|der|die|das|dem|den|de|du|des|d|la|le|les|los|las|el|sur|sous|en|l[eè]z|et|di|del|della|dei|da|do"
    r"|dos|upon|on|under|by|the|and|und|y|e|aan|op|bij|het|ter|nad|pod|w|pri|al|ai|sul|sulla|nel|.{1,2}['’]\S+"
)
#: What goes on with a town's name: the post's "Cedex 9", a district's number, a province, a river or a hill behind a small word.
_PART_OF_TOWN = re.compile(
    rf"(?i:cedex)(?: \d{{1,2}})?|\d{{1,2}}(?:e|er|ème)?|[IVX]{{1,5}}|\(?[A-Z]{{2}}\)?|\([^\W\d][^()\d]*\)"
    rf"|[-–/]\s?[A-Z]{{2}}|(?:(?:{_PARTICLE.pattern}) )+[^\W\da-zà-öø-ÿ][^\W\d]+(?:[ -][^\W\da-zà-öø-ÿ][^\W\d]+)?"
)


def key_of_town(name: str) -> str:
    """How a name is looked up: its folded words, a saint written short: "Saint-Étienne" is "st etienne"."""
    return _SAINT.sub("st", " ".join(re.findall(r"[^\W\d_]+", folded(name))))


def digest_of(key: str) -> int:
    """The number that stands for `key` in the file."""
    return int.from_bytes(blake2b(key.encode(), digest_size=WIDTH).digest(), "big")


def is_town(name: str) -> bool:
    """Whether `name`, and nothing besides, is a town's: "Leeds", "Sankt Gallen", "München", "Muenchen"."""
    key = key_of_town(name)
    if len(key) < 2 or any(sign.isdigit() for sign in name):
        return False
    return any(_is_listed(spelt) for spelt in dict.fromkeys((key, _TWO_LETTERS.sub("", key))))


def town_at_start(text: str) -> tuple[str, str] | None:
    """The longest town that begins `text`, and what stands behind it: "Salzburg", "Tor 3"; None where no town does."""
    words = text.split()
    return next(_known((" ".join(words[:end]), " ".join(words[end:])) for end in _lengths(words)), None)


def town_at_end(text: str) -> tuple[str, str] | None:
    """What stands before the longest town that ends `text`, and the town: "12 Mill Lane", "Leeds"; None where no town does."""
    words = text.split()
    parted = ((" ".join(words[-end:]), " ".join(words[:-end])) for end in _lengths(words))
    return next(((before, town) for town, before in _known(parted)), None)


def settled_name(city: str, *, is_behind_code: bool) -> tuple[str, bool]:
    """The town within what stands beside a postal code, and whether it is in doubt.

    Behind a code a remark may follow the town ("5020 Salzburg Tor 3"), before it a street may lead to it ("12 Mill Lane Leeds
    LS1 4AP"): both are left out. Words that no list of towns knows beside one that it knows may belong to its name, or not.
    """
    if is_town(city):
        return city, False
    parted = town_at_start(city) if is_behind_code else town_at_end(city)
    if parted is None:
        return city, _is_unlike_town(city)
    return _before_remark(city, *parted) if is_behind_code else _behind_street(city, *parted)


def _before_remark(city: str, town: str, rest: str) -> tuple[str, bool]:
    if _PART_OF_TOWN.fullmatch(rest) or is_town(rest.strip("-–/() ")):
        return city, False
    is_remark = is_door(rest) or rest[0].islower() or any(sign.isdigit() for sign in rest)
    return (town.rstrip(" ,;-–/("), False) if is_remark else (city, True)


def _behind_street(city: str, before: str, town: str) -> tuple[str, bool]:
    is_street = names_street(before) or any(sign.isdigit() for sign in before)
    return (town, False) if is_street else (city, _is_unlike_town(city))


def _is_unlike_town(city: str) -> bool:
    """Whether what nobody knows does not look like a town's name either: figures, streets, words in small letters."""
    words = city.split()
    small = any(word[0].islower() and not _PARTICLE.fullmatch(word) for word in words)
    return small or len(words) > _MOST_UNKNOWN or any(sign.isdigit() for sign in city) or has_street_word(city)


def _lengths(words: list[str]) -> range:
    return range(min(len(words), _MOST_WORDS), 0, -1)


def _known(parted: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((town, rest) for town, rest in parted if is_town(town))


def _is_listed(key: str) -> bool:
    names, wanted = _names(), digest_of(key)
    place = bisect_left(names, wanted)
    return place < len(names) and names[place] == wanted


@cache
def _names() -> array[int]:
    content, _ = trained_file(resources.files("parsers") / "learnt", FILE)
    names = array("I")
    names.frombytes(content)
    if sys.byteorder == "little":
        names.byteswap()
    return names
