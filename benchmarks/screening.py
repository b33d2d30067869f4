"""How many misspelt names of listed parties the screening finds, and how often it stops a party that is none of them.

All names are invented from syllables with a fixed seed; no list of anybody is needed. Run `python -m benchmarks.screening`.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from models.domain.screening import THRESHOLD, WatchEntry, WatchList
from models.ml.party_screener import PartyScreener

_ARABIC = [
    "abd", "al", "ba", "bas", "da", "dir", "fa", "far", "ha", "has", "ja", "kha", "ka", "la", "ma", "mus", "na", "naj", "qa",
    "ra", "rah", "sa", "sal", "sha", "ta", "taw", "wa", "ya", "yus", "za", "zub",
]  # fmt: skip
_ARABIC_ENDS = [
    "bir", "dan", "far", "him", "id", "lim", "mad", "mun", "nar", "qub", "rif", "san", "shid", "wan", "yan", "zir", "tafa",
    "oud",
]  # fmt: skip
_SLAVIC = [
    "bo", "bra", "cher", "chud", "da", "dmi", "dol", "go", "gri", "grom", "iv", "kar", "ko", "kuz", "lap", "le", "mi", "mor",
    "ni", "or", "pe", "ro", "sta", "svet", "tim", "vo", "yar", "zha", "zim",
]  # fmt: skip
_SLAVIC_ENDS = [
    "chenko", "din", "enko", "ev", "ikov", "insky", "khov", "lov", "mir", "nov", "ovsky", "rov", "shin", "tov", "yuk", "zin",
]  # fmt: skip
_LATIN = [
    "al", "ber", "can", "car", "del", "dom", "es", "fer", "gon", "gui", "her", "ign", "lo", "mar", "mon", "nav", "or", "pa",
    "que", "ri", "sal", "ses", "tor", "val", "ver", "xi", "zam",
]  # fmt: skip
_LATIN_ENDS = [
    "ado", "ana", "ando", "ares", "ena", "ero", "ez", "illo", "ina", "olas", "ona", "oso", "uela", "umo", "uz", "zano",
]  # fmt: skip
_EASTERN = [
    "bai", "chang", "chen", "dong", "fang", "guo", "hai", "hong", "jian", "jing", "lian", "ming", "qing", "rong", "shan",
    "tao", "wei", "xin", "yuan", "zhong", "bo", "cai", "deng", "feng", "gang", "kun", "lei", "nan", "pu", "tian",
]  # fmt: skip
_TRADES = [
    "Trading", "Shipping", "Metals", "Petroleum", "Aviation", "Electronics", "Industries", "Machinery", "Exchange",
    "Logistics", "Construction", "Chemicals", "Engineering", "Textiles", "Foods", "Steel", "Pharma", "Holding", "Marine",
    "Energy",
]  # fmt: skip
#: What ordinary customers of a wholesaler are called.
_PLACES = [
    "Nord", "Alt", "Ober", "Kirch", "Wald", "Stein", "Berg", "Lind", "Feld", "Brück", "Mühl", "Eich", "Rosen", "Hoch",
    "Silber",
]  # fmt: skip
_PLACE_ENDS = ["hausen", "bach", "heim", "dorf", "burg", "kamp", "rode", "tal", "stedt", "werder", "ingen", "moor", "brunn", "au"]
_CRAFTS = [
    "Metallbau", "Elektrotechnik", "Sanitär", "Bedachungen", "Plomberie", "Menuiserie", "Installatie", "Bouwgroep",
    "Officine", "Cantieri", "Stalbud", "Elektromont", "Mechanical", "Facility Services", "Millwork", "Catering",
    "Klinikdienste",
]  # fmt: skip
_FORMS = ["LLC", "Ltd", "GmbH", "JSC", "Co.", "FZE", "S.A.", "OOO", ""]
_CYRILLIC = [
    ("shch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"), ("ya", "я"), ("a", "а"),
    ("b", "б"), ("v", "в"), ("g", "г"), ("d", "д"), ("e", "е"), ("z", "з"), ("i", "и"), ("y", "й"), ("k", "к"), ("l", "л"),
    ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("f", "ф"), ("h", "х"),
]  # fmt: skip
_SPELLINGS = [
    ("kh", "h"), ("sh", "sch"), ("zh", "j"), ("v", "w"), ("i", "y"), ("q", "k"), ("ou", "u"), ("j", "dj"), ("y", "i"), ("k", "q"),
    ("ee", "i"), ("ch", "tch"), ("f", "ph"), ("s", "ss"), ("m", "mm"), ("u", "oo"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invented:
    """A name and the style that it was made in."""

    name: str
    style: str


class Inventor:
    """Names of people and companies that nobody bears, from a fixed number of first and last names per style."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self._first = {style: [self._word(style, 2) for _ in range(400)] for style in ("arabic", "slavic", "latin", "eastern")}
        self._last = {style: [self._word(style, 4) for _ in range(9000)] for style in self._first}

    def party(self) -> Invented:
        style = self._draw.choice(list(self._first))
        return self._company(style) if self._draw.random() < 0.45 else self._person(style)

    def customer(self) -> str:
        """A customer of the usual kind: a place or a family, a craft, a legal form."""
        family = (self._draw.choice(_PLACES) + self._draw.choice(_PLACE_ENDS)).title()
        words = [self._draw.choice(_CRAFTS), family] if self._draw.random() < 0.7 else [family, "&", "Sohn"]
        return " ".join([*words, self._draw.choice(["GmbH", "AG", "B.V.", "SARL", "S.r.l.", "Sp. z o.o.", "Inc."])])

    def _person(self, style: str) -> Invented:
        middle = [self._draw.choice(self._first[style])] if self._draw.random() < 0.4 else []
        words = [self._draw.choice(self._first[style]), *middle, self._draw.choice(self._last[style])]
        if style == "arabic":
            words[-1] = f"al-{words[-1]}"
        return Invented(" ".join(word.title() for word in words), style)

    def _company(self, style: str) -> Invented:
        words = [self._draw.choice(self._last[style]).title()]
        if self._draw.random() < 0.4:
            words.append(self._draw.choice(self._last[style]).title())
        return Invented(" ".join([*words, self._draw.choice(_TRADES), self._draw.choice(_FORMS)]).strip(), style)

    def _word(self, style: str, parts: int) -> str:
        starts = {"arabic": _ARABIC, "slavic": _SLAVIC, "latin": _LATIN, "eastern": _EASTERN}[style]
        ends = {"arabic": _ARABIC_ENDS, "slavic": _SLAVIC_ENDS, "latin": _LATIN_ENDS, "eastern": _EASTERN}[style]
        count = self._draw.randint(max(1, parts - 2), parts - 1)
        return "".join([*(self._draw.choice(starts) for _ in range(count)), self._draw.choice(ends)])


def typing_error(name: str, draw: random.Random) -> str:
    """A letter left out, doubled, swapped with its neighbour or hit wrongly, in a word of at least five letters."""
    words = name.split()
    long = [place for place, word in enumerate(words) if len(word) >= 5] or [max(range(len(words)), key=lambda i: len(words[i]))]
    place = draw.choice(long)
    word = words[place]
    at = draw.randrange(1, len(word) - 1) if len(word) > 2 else 0
    kinds = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        word[:at] + draw.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :],
    )
    words[place] = draw.choice(kinds)
    return " ".join(words)


def other_spelling(name: str, draw: random.Random) -> str:
    """One of the other ways to transliterate it, where there is one."""
    lower = name.lower()
    possible = [(old, new) for old, new in _SPELLINGS if old in lower]
    if not possible:
        return typing_error(name, draw)
    old, new = draw.choice(possible)
    return lower.replace(old, new, 1).title()


def in_cyrillic(name: str, _draw: random.Random) -> str:
    """The name as a Russian document writes it."""
    text = name.lower()
    for latin, letter in _CYRILLIC:
        text = text.replace(latin, letter)
    return text.title()


def turned(name: str, _draw: random.Random) -> str:
    """The last name first, with a comma."""
    words = name.split()
    return f"{words[-1]}, {' '.join(words[:-1])}" if len(words) > 1 else name


def shortened(name: str, _draw: random.Random) -> str:
    """Without the middle name, or without the legal form."""
    words = name.split()
    return " ".join([*words[:1], *words[2:]]) if len(words) > 3 else " ".join(words[:-1]) if words[-1] in _FORMS else name


def joined(name: str, _draw: random.Random) -> str:
    """Two words in one, or hyphens left out."""
    return name.replace("-", "", 1) if "-" in name else name.replace(" ", "", 1)


def lengthened(name: str, draw: random.Random) -> str:
    """With a branch, a form or a title."""
    return draw.choice([f"{name} Branch Office", f"{name} Group LLC", f"M/s {name}", f"{name} International"])


def two_errors(name: str, draw: random.Random) -> str:
    """A typing error and another spelling."""
    return typing_error(other_spelling(name, draw), draw)


Mangling = Callable[[str, random.Random], str]
MANGLINGS: dict[str, Mangling] = {
    "typing error": typing_error, "other spelling": other_spelling, "in Cyrillic": in_cyrillic, "turned round": turned,
    "shortened": shortened, "joined words": joined, "lengthened": lengthened, "two errors": two_errors,
}  # fmt: skip


def screener_of(names: Iterable[Invented]) -> PartyScreener:
    entries = tuple(WatchEntry(list_name="invented", entry_id=str(n), names=(one.name,)) for n, one in enumerate(names))
    known = WatchList(name="invented", version="1", digest="1", entries=entries)
    return PartyScreener(lambda: [known], lambda: "1")


def measure(seed: int, listed: int, each: int, strangers: int) -> str:
    """The table: recall by kind of misspelling, false hits among parties that are not listed, milliseconds a party."""
    draw, inventor = random.Random(seed), Inventor(seed)
    known = list({one.name: one for one in (inventor.party() for _ in range(listed))}.values())
    screener = screener_of(known)
    started = time.process_time()
    rows, found_all = [], 0
    for kind, mangle in MANGLINGS.items():
        sample = draw.sample(known, each)
        found = sum(any(hit.listed == one.name for hit in screener.hits(mangle(one.name, draw))) for one in sample)
        found_all += found
        rows.append(f"| {kind} | {found / each:.3f} |")
    total = each * len(MANGLINGS)
    namesakes = {screened.name for screened in known}
    like = [name for name in (inventor.party().name for _ in range(strangers)) if name not in namesakes]
    usual = [inventor.customer() for _ in range(strangers)]
    false_like, false_usual = (sum(bool(screener.hits(name)) for name in names) for names in (like, usual))
    spent = (time.process_time() - started) / (total + len(like) + len(usual)) * 1000
    return "\n".join([
        f"{len(known)} listed names, threshold {THRESHOLD:.0f}, seed {seed}", "", "| misspelling | recall |", "|---|---|", *rows,
        f"| **all {total}** | **{found_all / total:.4f}** |", "",
        f"False hits: {false_usual} of {len(usual)} usual customers ({100 * false_usual / len(usual):.2f} %), and",
        f"{false_like} of {len(like)} strangers named from the same syllables ({100 * false_like / len(like):.2f} %).",
        f"{spent:.1f} ms CPU a party.",
    ])  # fmt: skip


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=20261122)
    options.add_argument("--listed", type=int, default=18_000)
    options.add_argument("--each", type=int, default=300)
    options.add_argument("--strangers", type=int, default=2_000)
    given = options.parse_args()
    print(measure(given.seed, given.listed, given.each, given.strangers))


if __name__ == "__main__":
    main()
