"""Which numbers of a sentence or an entry of a list are ordered quantities, by what stands round them."""

from __future__ import annotations

import re

from parsers.lexicon import folded
from parsers.prose.marks import Mark, MarkKind
from parsers.prose.quantities import opens_item
from parsers.prose.words import pattern, word_set
from parsers.values.numbers import number_in_words
from parsers.values.units import unit_code

#: Behind a quantity, these tell what is ordered; sizes stay in the description.
_NOT_DESCRIPTION = frozenset(
    [
        "seller_part",
        "buyer_part",
        "part",
        "gtin",
        "line_number",
        "price",
        "total",
        "discount",
        "date",
        "skip",
        "quantity",
        "unit",
        "size_run",
    ]
)
PARTS: tuple[MarkKind, ...] = ("seller_part", "buyer_part", "part", "bare_part")
#: Words of wishing right before a number, or where it was cut off: "we would like to know" orders nothing.
_WISHES = re.compile(
    r"(?:(?:would|'d|’d) like|möchten? (?:wir|ich)|(?:wir|ich) möchten?|voudr(?:ais|ions)|aimer(?:ais|ions)"
    r"|querr?[ií]a(?:mos)?|vorre(?:i|mmo)|wil(?:len)? (?:ik|wij|we)(?: graag)?"
    r"|(?:ik|wij|we) wil(?:len)?(?: graag)?|zou(?:den)? (?:ik|we|wij)(?: graag)?"
    r"|chcia(?:ł|ła)bym|chcielibyśmy)\s{1,3}(?:$|\d|another\s|some\s|(?P<word>[^\W\d_]+))",
    re.IGNORECASE,
)
#: "Kannst du mir bitte 5x ...": who asks somebody for a number of something.
_ASKS = (
    r"(?<!\w){{requests}}\s(?:me|us|mir|uns|moi|me|nous|nos|mi|ci|mij|ons|nam)\s"
    r"(?:(?:please|bitte|noch|mal|aub|nog|even|per favore|svp|stp)\s){0,2}"
    r"(?:$|\d|(?P<word>[^\W\d_]+))"
)
#: Right before a number: goods that were spoken of before.
_KNOWN = re.compile(
    r"\b(?:our|unsere[nr]?|nos|nuestr[oa]s|nostr[ie]|onze|nasz[ey]ch|the|those|these|die|den|les|ces|los|las|gli|le|dei|delle|te|tych)\s*$",
    re.IGNORECASE,
)
#: Right before the number of a change, which is the new one.
_NEW = re.compile(
    r"\b(?:to|auf|à|naar|na|statt|bitte|now|neu|new|(?:make|change|set|bump)\s(?:it|that|this|them)"
    r"|mach\w{0,3}\s(?:sie\s)?(?:bitte\s)?(?:daraus|draus|es|das)|(?:mettez|faites|passez)(?:-en)?|pon(?:ed|ga|gan)?(?:me|nos)?"
    r"|que sean"
    r"|mett(?:i|ete)(?:ne)?|fa(?:i|te)(?:ne)?|maak\s(?:er|het|dat)(?:\smaar)?|zrób(?:cie)?|niech będzie)\s*$",
    re.IGNORECASE,
)
#: Right behind it, where the old number follows: "12 instead of 10".
_REPLACES = r"\s{{instead}}\s\d"
_NAMED = re.compile(r"(?:\b(?:the|those|der|die|das|den|les|los|las|gli|le|de)|\([^()]*)\s*$", re.IGNORECASE)


#: "chisel sets, 6 piece": what one of them is made of.
_PARTS_OF_ONE = re.compile(r"(?:[2-9]|\d{2,3})[\s-]?(?:piece|pce?|part|teilig\w{0,2}|tlg)(?![^\W\d_])", re.IGNORECASE)


#: Between the goods and what goes into one of them: "scatole da", "boxes of", "Kartons zu".
_FILLED = re.compile(r"(?P<word>[^\W\d_]{3,})\s(?:da|de|à|of|zu|à|mit|met|van|con|avec|with|po|na)\s$", re.IGNORECASE)
#: "And 60 lavender": a sentence that begins with its number goes on with what the one before it orders.
_GOES_ON = re.compile(
    r"\W{0,3}(?:(?:and|also|plus|then|und|auch|sowie|dazu|et|aussi|y|además|también|e|anche|inoltre|en|ook|i|oraz|także)\s{1,3}){0,2}\d",
    re.IGNORECASE,
)
#: Words of asking.
COURTESY = re.compile(
    r"\b(?:please|pls|plz|kindly|bitten?|svp|stp|s'il vous pla[îi]t|merci|veuillez|graag|aub|alstublieft|gelieve|grazie"
    r"|per favore|vogliate|cortesemente|gentilmente|prosz[ęe]|prosimy|gracias|por favor|rogamos)\b",
    re.IGNORECASE,
)
#: Behind these, what was said before speaks no longer of what follows: a contrast, or a wish ("last week ... I would like").
_TURNS = re.compile(
    r"\b(?:but|instead(?!\s+of)|aber|sondern|mais|sino|pero|ma|maar|ale|dafür|stattdessen|(?:would|'d) like|möchten?|hätten? gern"
    r"|souhait\w+|voudr\w+|aimer(?:ais|ions)|quisi[eé]r\w+|querr?[ií]amos|vorre(?:i|mmo)|zou(?:den)? \w{2,3} graag|willen graag"
    r"|chcia[łl]\w+)\b|:",
    re.IGNORECASE,
)
#: Behind a number that ends the name of goods.
_ENDS_NAME = re.compile(r"\s{0,3}(?:$|[,;.!?)]|(?:and|plus|und|sowie|et|y|e|en|i|oraz)\s)", re.IGNORECASE)
#: Behind how many go into a pack.
_INTO_PACKS = re.compile(r"\s(?:per|je|pro|par|por|a|à|in|im|each|jeweils|elk|ogni|cada|w|na|po)(?!\w)|\s?/", re.IGNORECASE)
#: Right before the number of further goods in one breath.
_JOINT = re.compile(r"(?:(?<!\w)(?:and|plus|und|sowie|et|y|e|en|i|oraz)|[+&])\s{1,3}$", re.IGNORECASE)


def goes_on(text: str) -> bool:
    """Whether a sentence begins with its number, or a joint and its number."""
    return _GOES_ON.match(text) is not None


def behind_place(text: str, at: int) -> bool:
    """Whether an address, which was blanked, and a colon stand right before `at`: what follows goes there."""
    return re.search(r"\s{8}:\s{0,3}$", text[max(0, at - 20) : at]) is not None


def orders(text: str) -> bool:
    """Whether a verb of ordering stands in `text`, or one of wishing before its number: "we'd like 20 of these"."""
    if pattern(r"(?<!\w){{orders}}").search(text) is not None:
        return True
    behind = _WISHES.search(text) or pattern(_ASKS).search(text)
    return behind is not None and (behind["word"] is None or number_in_words(behind["word"], None) is not None)


#: Verbs that stand round what they order: "heb ik 40 haken nodig", "würden gerne 40 Haken bestellen".
_AROUND = re.compile(
    r"\b(?:heb|hebben|hebt)\b(?!.{0,400}\b(?:niet|geen)\b)[^.!?]{1,400}\bnodig\b"
    r"|\bwürden?\b(?!.{0,400}\b(?:nicht|keine?n?)\b)[^.!?]{1,40}\bgerne?\b[^.!?]{1,400}\b(?:bestellen|haben|nehmen)\b",
    re.IGNORECASE,
)
#: "Für Freitag: 40 Haken": what is wanted on a day.
_FOR_A_DAY = (
    r"\W*(?:for|für|zum|bis|pour|para|per|voor|na)\s(?:[^\W\d_]{1,6}\s)?{{relative_days}}(?:\sbitte|\splease)?\s?:\s{0,3}\d"
)


def requests(text: str) -> bool:
    """Whether a sentence asks for something: "could you bring us ...?" with a verb of ordering, "for Friday: 40 hooks"."""
    if _AROUND.search(text) is not None or pattern(_FOR_A_DAY).match(text) is not None:
        return True
    asked = pattern(r"(?<!\w){{requests}}(?!\w)").search(text)
    return asked is not None and text.rstrip().endswith("?") and orders(text)


def _is_measure(mark: Mark) -> bool:
    return mark.unit is not None and mark.unit.casefold() in word_set("measure_units")


class Numbers:
    """The marks of one segment of a text and what its numbers are. `ordering`: the segment, or what leads to it, orders;
    `changes`: it is a change, where a new number stands alone."""

    def __init__(
        self, text: str, marks: tuple[Mark, ...], *, listed: bool, ordering: bool, changes: bool, language: str | None
    ) -> None:
        self.text = text
        self.marks = marks
        self.listed = listed
        self.ordering = ordering
        self.changes = changes
        self.language = language
        self.counted: list[Mark] = []
        #: How many each pack of these holds.
        self.contents: frozenset[Mark] = frozenset()

    def joined(self, quantities: list[Mark]) -> list[Mark]:
        """The quantities of "10 boxes of gloves, 2 rolls of tape and 6 tubs of wipes": each but the first behind a joint or a
        comma, all with a unit that counts and with goods behind."""
        leading = [mark for mark in quantities if mark is quantities[0] or _JOINT.search(self.text[: mark.start])]
        leading = sorted({*leading, *self._behind_commas(quantities)}, key=lambda mark: mark.start)
        ends = [*(mark.start for mark in leading[1:]), len(self.text)]
        counted = (self._counts_goods_until(mark, end) for mark, end in zip(leading, ends, strict=True))
        return leading if len(leading) > 1 and self.leads(leading[0]) and all(counted) else []

    def _behind_commas(self, quantities: list[Mark]) -> list[Mark]:
        """Those behind a comma, with other goods behind and not what goes into a pack: "gloves M, 100 pieces per box"."""
        ends = [*(mark.start for mark in quantities[1:]), len(self.text)]
        return [
            mark
            for mark, end in zip(quantities, ends, strict=False)
            if re.search(r",\s{1,3}$", self.text[: mark.start])
            and self._counts_goods_until(mark, end)
            and _INTO_PACKS.match(self.text, mark.end) is None
        ]

    def _counts_goods_until(self, mark: Mark, end: int) -> bool:
        return mark.unit is not None and not _is_measure(mark) and self.says_goods(mark.end, end)

    def leads(self, quantity: Mark) -> bool:
        """Whether a quantity stands at the head of its entry: only a position, an article number, a label or a word of
        asking before it."""
        if behind_place(self.text, quantity.start):
            return True
        before = COURTESY.sub(lambda found: " " * len(found[0]), self.without_marks(0, quantity.start))
        parts = [mark for mark in self.marks if mark.kind == "bare_part" and mark.end <= quantity.start]
        for mark in parts:
            before = before[: mark.start] + " " * (mark.end - mark.start) + before[mark.end :]
        return re.search(r"[^\W\d_]{3,}", before) is None

    def counts(self, mark: Mark) -> bool:
        """Whether a number is a quantity at all, by what stands round it."""
        before = self.text[: mark.start]
        nothing = not mark.value.strip("0.") and not self.changes  # "farina tipo 00"
        if nothing or self.is_known(before) or self._is_chat(mark):
            return False
        if mark.firm and (mark.unit is not None or self.listed or self.ordering or self.names_article()):
            return True
        if (mark.firm and (self.is_one_of_several(mark) or self.is_times_beside_sure(mark))) or (
            self.changes and self._is_new(mark)
        ):
            return True
        if (
            _NAMED.search(before) and not pattern(r"(?<!\w){{orders}}\s(?:the|those|die|les|los|las|le|de)\s*$").search(before)
        ) or self._is_of_name(mark):
            return False  # "the 90 degree ones", "(ten to a bag)", "elbows PER 16"
        if self.listed:
            firm = [other for other in self.marks if other.kind == "quantity" and other.firm]
            if firm and self.leads(mark) and (len(mark.value) < 4 or mark.value.endswith("0")):
                # "200 glue sticks 21 g": the measure behind the goods is their size
                firm = [other for other in firm if other.start < mark.end or not _is_measure(other)]
            return len(mark.value) < 5 and not firm and (self.leads(mark) or self.at_an_end(mark))
        asked = (self.ordering and self.is_asked_for(mark)) or self.is_one_of_several(mark) or self.begins_row(mark)
        return asked and self.says_goods(mark.end, min(len(self.text), mark.end + 60))

    def _is_of_name(self, mark: Mark) -> bool:
        """ "20 elbows PER 16, 10 tees": a bare number behind the goods that another counted, which ends their name or follows
        capitals, belongs to the name."""
        earlier = max((other.end for other in self.marks if other.kind == "quantity" and other.end <= mark.start), default=None)
        if mark.unit is not None or mark.firm or earlier is None or not self.text[mark.start].isdigit():
            return False
        between = self.text[earlier : mark.start]
        if re.search(r"[,;:\n+&]", between) or _JOINT.search(between):
            return False
        if re.search(r"(?<!\w)[A-Z]{2,5}\s$", between) is not None and not self.text.isupper():
            return True
        return self.says_goods(earlier, mark.start) and _ENDS_NAME.match(self.text, mark.end) is not None

    def _is_new(self, mark: Mark) -> bool:
        """Whether the words beside a number of a change say that it is the new one."""
        behind = pattern(_REPLACES).match(self.text, mark.end)
        return behind is not None or _NEW.search(self.text[: mark.start]) is not None

    def is_known(self, before: str) -> bool:
        """ "The 24 rolls on backorder can wait": goods that both know of, unless the sentence orders them."""
        return not self.listed and _KNOWN.search(before) is not None and not orders(before)

    def _is_chat(self, mark: Mark) -> bool:
        """ "Found a box in the cupboard": a single thing in a sentence that orders none."""
        worded = not self.text[mark.start].isdigit()
        return worded and mark.value == "1" and not self.listed and not orders(self.text)

    def is_one_of_several(self, mark: Mark) -> bool:
        """Whether a number stands in a row with a sure quantity: "12 boxes of gloves and 24 goggles"."""
        sure = any(other.kind == "quantity" and other.firm and other.unit is not None for other in self.marks)
        return sure and opens_item(self.text, mark)

    def begins_row(self, mark: Mark) -> bool:
        """Whether a bare number and its goods come right before two counted ones: "40 hooks, 12 packs of tape and 3 drums"."""
        if mark.unit is not None or not self.text[mark.start].isdigit():
            return False
        later = [other for other in self.marks if other.kind == "quantity" and other.start >= mark.end]
        row = later[:2] if len(later) >= 2 else []
        ends = [mark.end, *(other.end for other in row)]
        goes_on = [
            opens_item(self.text, other) and self._counts_goods_until(other, len(self.text)) and self.says_goods(end, other.start)
            for other, end in zip(row, ends, strict=False)
        ]
        return bool(goes_on) and all(goes_on)

    def is_times_beside_sure(self, mark: Mark) -> bool:
        """Whether a number with its times sign stands in one sentence with sure quantities: "for saturday 2x 5L oil, 4 boxes"."""
        times = re.search(r"(?:^|[\d\s])[x×](?:[\d\s]|$)", self.text[mark.start : mark.end], re.IGNORECASE) is not None
        sure = any(other.kind == "quantity" and other.firm and other.unit is not None for other in self.marks)
        return times and sure and self.says_goods(mark.end, min(len(self.text), mark.end + 60))

    def is_asked_for(self, mark: Mark) -> bool:
        """Whether the verb of ordering stands before the number, or behind it where the language puts it there."""
        before, behind = self.text[: mark.start], self.text[mark.end :]
        if not orders(self.text) and self.ordering and re.search(r"\d|[^\W\d_]{7}", before) is None and goes_on(self.text):
            return True  # what the sentence before it asks for, it goes on with
        return orders(before) or (
            (self.language in {"de", "nl"} and orders(behind)) or re.search(r"needed|required|please|bitte", behind) is not None
        )

    def names_article(self) -> bool:
        return any(mark.kind in {*PARTS, "gtin", "price"} for mark in self.marks)

    def at_an_end(self, mark: Mark) -> bool:
        before, behind = self.text[: mark.start], self.text[mark.end :].strip(" \t.,;)")
        parted = re.search(r"(?:[:=–x×-]|\s{2}|\t)\s*$", before) is not None or self.names_article()
        return not before.strip(" \t(") or (parted and (not behind or not self.says_goods(mark.end, len(self.text))))

    def is_unwanted(self, mark: Mark, quantities: list[Mark]) -> bool:
        earlier = [other.end for other in quantities if other.end <= mark.start]
        before = self.text[max(earlier, default=0) : mark.start]
        contrast = list(_TURNS.finditer(before))
        before = before[contrast[-1].end() :] if contrast else before
        later = [other.start for other in quantities if other.start >= mark.end]
        behind = re.split(r"[,;.]\s", self.text[mark.end : min(later, default=len(self.text))])[0]
        if (
            self.changes
            and re.search(r"\b(?:from|von|de|da|van|z|was|war|bisher|previously)\s*$", before, re.IGNORECASE)
            and later
        ):
            return True
        if pattern(r"(?<!\w){{instead}}(?!\w)\s*(?:[^\W\d_]+\s+){0,3}$").search(before):
            return True
        return bool(
            pattern(r"(?<!\w){{unwanted}}(?!\w)").search(before) or pattern(r"(?<!\w){{unwanted_behind}}(?!\w)").search(behind)
        )

    def says_goods(self, start: int, end: int) -> bool:
        """Whether words between `start` and `end` name a thing: an article, or a word that is no filler."""
        if any(mark.kind in {*PARTS, "gtin"} and start <= mark.start and mark.end <= end for mark in self.marks):
            return True
        text = self.without_marks(start, end)
        ending = pattern(r"(?<!\w){{ends}}(?!\w)").search(text)
        text = text[: ending.start()] if ending else text
        words = re.findall(r"[^\W\d_]{3,}", text)
        return any(folded(word) not in word_set("trims") and folded(word) not in word_set("orders") for word in words)

    def without_marks(self, start: int, end: int) -> str:
        """The text between, with marks that are no description blanked."""
        text = self.text
        for mark in self.marks:
            if mark.kind in _NOT_DESCRIPTION and not self.is_size(mark):
                text = text[: mark.start] + " " * (mark.end - mark.start) + text[mark.end :]
        return text[start:end]

    def is_size(self, mark: Mark) -> bool:
        """Whether a number that is no quantity here belongs to the goods: "10 litre buckets", but not "boxes of 50 pieces"."""
        if mark.kind != "quantity" or not self.counted or mark in self.counted:
            return False
        if mark in self.contents:
            return False  # "4 packs of 100 syringes": a hundred in each
        if self._fills_another(mark):
            return True
        return mark.unit is None or _is_measure(mark) or _PARTS_OF_ONE.match(self.text, mark.start) is not None

    def _fills_another(self, mark: Mark) -> bool:
        """ "400 pz scatole da 6 bottiglie": what goes into the goods, which have a unit's name, and are not counted in it."""
        lead = _FILLED.search(self.text[: mark.start])
        if lead is None or unit_code(lead["word"], self.language) is None:
            return False
        return all(other.unit and lead.start("word") >= other.end for other in self.counted)
