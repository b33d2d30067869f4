"""XML out of nested data: an element is its name, then its text or the elements below it, then its attributes.

What states nothing is not written: empty text, or a group of which nothing is left. Built as trees, so always escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from parsers.electronic.structured import clean


@dataclass(frozen=True, slots=True)
class Part:
    """An element to be written: its name with its prefix, its text or what is below it, its attributes."""

    name: str
    content: str | Sequence[Part]
    attributes: Mapping[str, str]


def el(name: str, content: str | Iterable[Part], attributes: Mapping[str, str] | None = None) -> Part:
    return Part(name, content if isinstance(content, str) else tuple(content), attributes or {})


_NO_XML = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def document(root: Part, namespaces: Mapping[str | None, str], doctype: str | None = None) -> bytes:
    """The file of a root element, in UTF-8. Prefixes of names are those of `namespaces`; None is the default one."""
    names: Any = {prefix: space for prefix, space in namespaces.items() if prefix != "xml"}  # the stubs know no default one
    element = etree.Element(_name(root.name, namespaces), {}, names)
    _fill(element, root, namespaces)
    if doctype is None:
        return etree.tostring(element, xml_declaration=True, encoding="UTF-8")
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", doctype=doctype)


def _fill(element: etree._Element, part: Part, namespaces: Mapping[str | None, str]) -> None:
    for name, value in part.attributes.items():
        element.set(_name(name, namespaces) if ":" in name else name, text_of(value))
    content = part.content
    if isinstance(content, str):
        element.text = text_of(content) or None
        return
    for child in content:
        if _says_something(child):
            _fill(etree.SubElement(element, _name(child.name, namespaces)), child, namespaces)


#: Elements that must be there though they are empty: of cXML, and of Order-X.
_EMPTY = frozenset({"InvoiceDetailHeaderIndicator", "InvoiceDetailLineIndicator", "ram:ApplicableHeaderTradeDelivery"})


def _says_something(part: Part) -> bool:
    """In cXML, whose names have no prefix, attributes alone state something; in UBL and CII they only qualify the text."""
    if (isinstance(part.content, str) and part.content.strip()) or part.name in _EMPTY:
        return True
    if ":" not in part.name and any(part.attributes.values()):
        return True
    return not isinstance(part.content, str) and any(map(_says_something, part.content))


def _name(name: str, namespaces: Mapping[str | None, str]) -> str:
    prefix, colon, local = name.rpartition(":")
    space = namespaces.get(prefix if colon else None)
    return f"{{{space}}}{local}" if space else local


def text_of(raw: str) -> str:
    """`raw` in characters that XML 1.0 can hold."""
    return _NO_XML.sub("", clean(raw))
