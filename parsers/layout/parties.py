"""Who writes to whom: the labelled blocks, the letterhead and the envelope window to buyer, seller, ship-to and bill-to.

The seller's block is known so that it never becomes a ship-to; no purchase order of ours states it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.contracts.extraction_v1 import PartyV1
from models.domain.document import TextBox
from parsers.fields import party_from_block
from parsers.layout.blocks import Block
from parsers.layout.return_lines import sender_line
from parsers.page_text import Phrase, text_box
from parsers.prose.signatures import COMPANY
from parsers.values.addresses import pieces_of_line
from parsers.values.party_blocks import believed
from parsers.values.towns import town_of

_LETTERHEAD = 0.72
_LETTERHEAD_BESIDE_SELLER = 0.95
_WINDOW_LINE = 0.95
_FROM_BILL_TO = 0.6
_FROM_SHIP_TO = 0.5
_SPELLED_OUT = 0.9
_VOTED = 0.7
_SALUTATIONS = frozenset(
    {"firma", "fa", "herrn", "company", "société", "ditta", "spett.le ditta", "spettabile ditta", "sociedad"}
)
_POSTAL_CODES = {"NL": r"\d{4} ?[A-Z]{2}", "PL": r"\d{2}-\d{3}"}
#: Letters of a masthead are so much larger than those of an address, which has three lines at least.
_MASTHEAD, _LEAST_ADDRESS = 1.4, 4
_ONE_SIZE = 0.3
#: One word so long names a company.
_TELLING = 6
_WORD = re.compile(r"[^\W\d_]{4,}")
#: What a name's line does not end with: "COMMONWEALTH OF" over "CUMBERLAND".
_GOES_ON = re.compile(r"(?:\b(?:of|and|for|de|del|des|du|et|y|und|für|der|van|en|di|della|e|i|w)|&)$", re.IGNORECASE)
#: Words of titles and trades, which two companies may share.
_COMMON = frozenset(
    ["bestellung", "gmbh", "order", "purchase", "commande", "ordine", "pedido", "bestelling", "zamówienie", "group", "gruppe"]
)
#: The letterhead stands in the page's upper quarter.
_HEAD_OF_PAGE = 0.26
_LEAST_LETTERHEAD = 10
#: Words for whoever gets the paper, or the goods.
_ADDRESSEE = re.compile(r"destinatari[oa]|destinataire|geadresseerde|adressat|adresat|empfänger", re.IGNORECASE)
#: Terms of payment, which are nobody's name: "45 Days".
_SPAN = re.compile(r"(?:net\s)?\d{1,3}\s(?:days?|tage|jours|d[ií]as|giorni|gg|dagen|dni)\b.{0,20}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties of an order as its pages state them, and the addresses that belong to none of them (their first lines)."""

    buyer: PartyV1 | None = None
    ship_to: PartyV1 | None = None
    bill_to: PartyV1 | None = None
    seller: PartyV1 | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    block: Block
    party: PartyV1

    @property
    def is_address(self) -> bool:
        """Whether it says where, not only who."""
        return self.party.postal_code is not None or (self.party.city is not None and self.party.street is not None)


def parties_of(labelled: Sequence[Block], free: Sequence[Block], height: float, part: str, land: str | None = None) -> Parties:
    """The parties of a paper: `labelled` blocks of all its pages, `free` ones of its first, `height` that page's;
    `land` is the country (ISO 3166-1) of addresses that leave it open."""
    reader = _Reader(part, land)
    saluted = [block for block in labelled if _salutes(block)]
    named = _with_addressee([_Candidate(block, reader.party(block)) for block in labelled if block not in saluted])
    free = sorted([piece for block in (*free, *saluted) for piece in _without_masthead(block)], key=lambda block: block.top)
    seller = _labelled("seller", named)
    ship_to, bill_to = _labelled("ship_to", named), _labelled("bill_to", named)
    buyer = _labelled("buyer", [each for each in named if each.is_address])
    if buyer is None:
        receivers = [party for party in (ship_to, bill_to) if party is not None]
        letterhead, window = _unlabelled(free, height, reader, receivers, has_seller=seller is not None)
        seller = seller or window
        buyer = None if _same(letterhead, seller) else _spelled_out(letterhead, bill_to)
    if buyer is None:
        called = _labelled("buyer", named)  # a person where no company: "Buyer: C. Panzeri"
        placed = [each for each in (bill_to, ship_to) if each is not None and each.name is not None and each.city is not None]
        called = None if called is not None and placed and not _is_company(called) else called
        buyer = called or believed(bill_to, _FROM_BILL_TO) or believed(ship_to, _FROM_SHIP_TO)
    known = [party for party in (buyer, ship_to, bill_to, seller) if party is not None]
    others = [each for each in (_Candidate(block, reader.party(block)) for block in free) if _is_another(each.party, known)]
    if seller is None:
        others = others[1:]  # the first is most likely the seller's
    strange = tuple(each.block.lines[0][0].text for each in others)
    return Parties(buyer=buyer, ship_to=ship_to, bill_to=bill_to, seller=seller, others=strange)


def _with_addressee(named: Sequence[_Candidate]) -> list[_Candidate]:
    """The labelled blocks; of two places to ship to, one whose label may address the seller ("Destinatario") is the seller's."""
    places = [each for each in named if each.block.role == "ship_to" and each.is_address]
    sent_to = [
        each for each in places if each.block.label is not None and _ADDRESSEE.fullmatch(each.block.label.text.strip(" :."))
    ]
    if len(sent_to) != 1 or len(places) < 2 or any(each.block.role == "seller" for each in named):
        return list(named)
    return [replace(each, block=replace(each.block, role="seller")) if each is sent_to[0] else each for each in named]


def _is_another(party: PartyV1, known: Sequence[PartyV1]) -> bool:
    """Whether a whole address is none of the known ones, by its postal code."""
    if party.postal_code is None or party.city is None or party.name is None:
        return False
    codes = {"".join(each.postal_code.value.split()) for each in known if each.postal_code is not None}
    return "".join(party.postal_code.value.split()) not in codes


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads blocks of one part; `land` is the likely country of an address that leaves it open."""

    part: str
    land: str | None

    def party(self, block: Block) -> PartyV1:
        boxes = [text_box(line, self.part) for line in _named_in_full(block.lines)]
        return self._read([piece for box in boxes for piece in _pieces(box)])

    def sender(self, block: Block, pieces: tuple[str, ...]) -> PartyV1:
        box = text_box(block.lines[0][:1], self.part)
        return self._read([TextBox(text=piece, evidence=box.evidence, confidence=box.confidence) for piece in pieces])

    def _read(self, lines: list[TextBox]) -> PartyV1:
        """The likely country is taken only with a postal code of its form: a German order may go to Linz."""
        party = party_from_block(lines, country_hint=self.land)
        code = party.postal_code.value if party.postal_code is not None else ""
        if self.land is not None and not re.fullmatch(_POSTAL_CODES.get(self.land, r"\d{5}"), code):
            return party_from_block(lines)
        return party


def _named_in_full(lines: Sequence[tuple[Phrase, ...]]) -> Sequence[tuple[Phrase, ...]]:
    """The lines of a block, the company's name whole: without a short form above the full one, and in one line where its letters,
    larger than the address's, fill two."""
    if len(lines) == 1:
        return lines
    if _is_under_authority(lines):
        lines = lines[1:]
    short, full = (" ".join(phrase.text for phrase in line) for line in lines[:2])
    if COMPANY.search(short) or not (COMPANY.search(full) or _GOES_ON.search(short)):
        return lines
    if _words(lines[0]) and _words(lines[0]) <= _words(lines[1]):
        return lines[1:]
    if len(lines) == 2:
        return lines
    first, second, third = (max(phrase.size for phrase in line) for line in lines[:3])
    is_broken = abs(first - second) < _ONE_SIZE and second > third + _ONE_SIZE
    return [(*lines[0], *lines[1]), *lines[2:]] if is_broken else lines


def _is_under_authority(lines: Sequence[tuple[Phrase, ...]]) -> bool:
    """Whether the second line alone is set bold: a school's name below its authority's, in plain letters."""
    if len(lines) < _LEAST_ADDRESS or COMPANY.search(" ".join(phrase.text for phrase in lines[0])):
        return False
    bold = [all(phrase.bold for phrase in line) for line in lines[:3]]
    worded = all(_WORD.search(phrase.text) and not re.search(r"\d", phrase.text) for line in lines[:2] for phrase in line)
    return bold == [False, True, False] and worded and lines[1][0].size >= lines[0][0].size


def _pieces(box: TextBox) -> list[TextBox]:
    """The line, taken apart where street and town share it: "410 Mill Street, Akron, OH 44301"."""
    town = town_of(box.text)
    if town is not None and not re.search(r"[\d,]", town.city or ""):
        return [box]
    pieces = list(pieces_of_line(box.text)) if "," in box.text else []
    placed = town_of(box.text) is not None or any(town_of(piece) is not None for piece in pieces[1:])
    if len(pieces) < 2 or not placed or not any(letter.isdigit() for letter in pieces[0]):
        return [box]
    return [TextBox(text=piece, evidence=box.evidence, confidence=box.confidence) for piece in pieces]


def _salutes(block: Block) -> bool:
    """Whether the block is only addressed, as "Firma" over a letter's window addresses whom it is sent to."""
    return block.role == "buyer" and block.label is not None and block.label.text.casefold().strip(" .") in _SALUTATIONS


def _spelled_out(letterhead: PartyV1 | None, bill_to: PartyV1 | None) -> PartyV1 | None:
    """The letterhead's party; where that is only a short name, the party of the invoices whose name begins with it."""
    if letterhead is None or bill_to is None or letterhead.name is None or bill_to.name is None or letterhead.city is not None:
        return letterhead
    short, full = (re.findall(r"\w+", name.value.casefold()) for name in (letterhead.name, bill_to.name))
    return believed(bill_to, _SPELLED_OUT) if full[: len(short)] == short else letterhead


def _labelled(role: str, candidates: Sequence[_Candidate]) -> PartyV1 | None:
    """The first block of this role that is an address, else the first that has a name."""
    own = [each for each in candidates if each.block.role == role]
    best = next((each for each in own if each.is_address), None) or next((each for each in own if each.party.name), None)
    if best is None:
        return None
    return believed(best.party, _VOTED) if best.block.voted else best.party


def _unlabelled(
    free: Sequence[Block], height: float, reader: _Reader, receivers: Sequence[PartyV1], *, has_seller: bool
) -> tuple[PartyV1 | None, PartyV1 | None]:
    """The buyer of the letterhead and, where no label names the seller, the addressee in the envelope window."""
    returns = next(((block, pieces) for block in free for pieces in [_return_address(block)] if pieces), None)
    others = [block for block in free if returns is None or block is not returns[0]]
    addresses = [each for each in (_Candidate(block, reader.party(block)) for block in others) if each.is_address]
    if returns is not None:
        buyer = believed(_named_above(reader.sender(*returns), returns[0], others, height, reader), _WINDOW_LINE)
        window = [each.party for each in addresses if each.block.top > returns[0].top]
        return buyer, None if has_seller else next(iter(window), None)
    head = [each for each in addresses if each.block.top <= _HEAD_OF_PAGE * height]
    name = _letterhead_name(others, height)
    # An address without a name stands beside its writer's; the one it is sent to is named.
    called = [each for each in head if name is not None and len(name.lines) == 1 and _is_called(each.party, name)]
    alone = len(head) == 1 or bool(called)
    head.sort(
        key=lambda each: (
            not _is_letterhead(each, name, receivers, alone=alone, other_called=bool(called) and each not in called),
            each not in called,
            _has_name(each),
            -round(_size(each.block)),
        )
    )
    if head and (has_seller or len(head) > 1 or name is None or name is head[0].block):
        window = [each.party for each in head[1:] if not _same(each.party, head[0].party)]
        sure = _LETTERHEAD_BESIDE_SELLER if has_seller else _LETTERHEAD
        return believed(_with_name_above(head[0], name, reader), sure), None if has_seller else next(iter(window), None)
    if name is not None and _is_plain(name) and any(map(_is_company, receivers)):
        name = None  # what a form says at its top, beside the company that pays
    buyer = believed(reader.party(name), _LETTERHEAD) if name is not None else None
    return buyer, head[0].party if head and not has_seller else None


def _named_above(sender: PartyV1, line: Block, others: Sequence[Block], height: float, reader: _Reader) -> PartyV1:
    """The party of a line that begins with its street, by the name set large right above it."""
    name = _letterhead_name(others, height) if sender.name is None else None
    if name is None or name.top > line.top or not _stands_over(name, line):
        return sender
    return sender.model_copy(update={"name": reader.party(Block(None, name.lines[:1])).name})


def _is_letterhead(
    candidate: _Candidate, name: Block | None, receivers: Sequence[PartyV1], *, alone: bool, other_called: bool
) -> bool:
    """Whether an address at the page's top is the writer's: its name is set largest, or receives the goods or the bill.
    Where it stands `alone` below the letterhead's word, or another is called by it, and names a company, it is the window's."""
    if any(_same(candidate.party, receiver) for receiver in receivers):
        return True
    if name is None or name is candidate.block:
        return name is not None
    if other_called:
        return False
    return (
        _size(name) > _size(candidate.block)
        and _stands_over(name, candidate.block)
        and not (alone and _is_company(candidate.party))
    )


def _without_masthead(block: Block) -> list[Block]:
    """The block; in two where its first line is the letterhead's large word and the second another company, whose address stands
    in the window right below."""
    if len(block.lines) < _LEAST_ADDRESS or block.role is not None:
        return [block]
    first, second = block.lines[:2]
    text = " ".join(phrase.text for phrase in second)
    larger = max(phrase.size for phrase in first) > _MASTHEAD * max(phrase.size for phrase in second)
    if not larger or COMPANY.search(text) is None or _words(first) & _words(second):
        return [block]
    return [Block(None, block.lines[:1]), Block(None, block.lines[1:])]


def _words(line: Sequence[Phrase]) -> set[str]:
    return {word for phrase in line for word in _WORD.findall(phrase.text.casefold())} - _COMMON


def _is_called(party: PartyV1, name: Block) -> bool:
    """Whether a party's name has all words of the letterhead's: "Stichting Zorggroep Maasoever" beside "Zorggroep Maasoever"."""
    words = _words(name.lines[0])
    telling = len(words) > 1 or (_is_company(party) and len("".join(words)) >= _TELLING)
    return party.name is not None and telling and words <= set(_WORD.findall(party.name.value.casefold()))


def _is_company(party: PartyV1) -> bool:
    """Whether a name ends in a legal form: a company of its own stands in the window under another's letterhead."""
    return party.name is not None and COMPANY.search(party.name.value) is not None


def _return_address(block: Block) -> tuple[str, ...]:
    return sender_line(block.lines[0][0])


def _letterhead_name(blocks: Sequence[Block], height: float) -> Block | None:
    """The block whose first line is set largest among those at the page's top, where it is larger than the rest."""
    top = [block for block in blocks if block.top <= 0.16 * height and not _SPAN.fullmatch(block.lines[0][0].text.strip())]
    if not top:
        return None
    largest = max(top, key=lambda block: (_size(block), -block.top))
    return largest if _size(largest) >= _LEAST_LETTERHEAD or largest.top == min(block.top for block in top) else None


def _is_plain(name: Block) -> bool:
    """Whether a name is set no larger than a form's text, and is no company's."""
    return _size(name) < _LEAST_LETTERHEAD and COMPANY.search(" ".join(phrase.text for phrase in name.lines[0])) is None


def _size(block: Block) -> float:
    return max(phrase.size for phrase in block.lines[0])


def _has_name(candidate: _Candidate) -> bool:
    return candidate.party.name is not None


def _with_name_above(candidate: _Candidate, name: Block | None, reader: _Reader) -> PartyV1:
    """The address, with the letterhead's large name where that stands apart right above it, or where it has none itself."""
    beside = name is not None and len(name.lines) == 1 and not _has_name(candidate)
    if name is None or name is candidate.block or not (beside or _stands_over(name, candidate.block)):
        return candidate.party
    if _is_company(candidate.party) and _is_called(candidate.party, name):
        return candidate.party  # the company's full name
    return reader.party(Block(None, (name.lines[0], *candidate.block.lines)))


def _stands_over(name: Block, address: Block) -> bool:
    gap = address.top - max(phrase.bottom for phrase in name.phrases)
    left, right = name.x0, max(phrase.x1 for phrase in name.phrases)
    overlaps = min(right, max(phrase.x1 for phrase in address.phrases)) > max(left, address.x0)
    return len(name.lines) == 1 and overlaps and -2 <= gap <= 2.5 * _size(name)


def _same(one: PartyV1 | None, other: PartyV1 | None) -> bool:
    if one is None or other is None or one.name is None or other.name is None:
        return False
    return one.name.value.casefold() == other.name.value.casefold()
