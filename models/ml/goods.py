"""What is searched of a catalogue's rows, as small as it can be: a million of them must be read quickly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from models.domain.catalogue import Item

#: Information separators (ISO 646 US and RS) part the fields of a record: no description needs them.
_FIELD, _PART = "\x1f", "\x1e"
_SEPARATORS = str.maketrans({_FIELD: " ", _PART: " "})


@dataclass(frozen=True, slots=True)
class Goods:
    """A thing that is sold. `texts` are its descriptions, one a language; `packs` the numbers of base units that its packs
    hold, in digits; `attributes` the values of its further attributes in one text."""

    sku: str
    texts: tuple[str, ...]
    gtin: str = ""
    manufacturer: str = ""
    mpn: str = ""
    category: str = ""
    packs: tuple[str, ...] = ()
    attributes: str = ""

    @property
    def label(self) -> str:
        return self.texts[0] if self.texts else ""

    def record(self) -> str:
        """The goods as one text, without its separators in the parts."""
        lists = (_PART.join(part.translate(_SEPARATORS) for part in parts) for parts in (self.texts, self.packs))
        words = (self.sku, self.gtin, self.manufacturer, self.mpn, self.category, self.attributes)
        return _FIELD.join((*(word.translate(_SEPARATORS) for word in words), *lists))

    @classmethod
    def recorded(cls, record: str) -> Self:
        sku, gtin, manufacturer, mpn, category, attributes, texts, packs = record.split(_FIELD)
        return cls(
            sku=sku,
            texts=tuple(texts.split(_PART)) if texts else (),
            gtin=gtin,
            manufacturer=manufacturer,
            mpn=mpn,
            category=category,
            packs=tuple(packs.split(_PART)) if packs else (),
            attributes=attributes,
        )


def goods_of(items: Iterable[Item]) -> Iterator[Goods]:
    """The items as they are searched."""
    for item in items:
        texts = dict.fromkeys((item.description, item.description_de, item.description_fr))
        yield Goods(
            sku=item.sku,
            texts=tuple(text for text in texts if text),
            gtin=item.gtin or "",
            manufacturer=item.manufacturer,
            mpn=item.mpn,
            category=item.category,
            packs=tuple(f"{held.base_quantity.normalize():f}" for held in item.conversions),
        )
