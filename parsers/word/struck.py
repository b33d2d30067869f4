"""Words that a word processor's file strikes through, taken out of its tree and told: WordprocessingML (ISO/IEC 29500-1, 17.3.2.9
and 17.3.2.37) by the properties of runs, OpenDocument text (OASIS ODF 1.3 part 3, 20.385) by the styles of spans and paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from parsers.xml.syntax import local_name

_OFF = frozenset(["0", "false", "off", "none"])


def without_struck(roots: Sequence[etree._Element]) -> Iterator[str]:
    """The struck words of `roots`, the parts of one file, which lose them."""
    styles = {
        _attribute(style, "name")
        for root in roots
        for style in root.iter("{*}style")
        if any(_attribute(each, "text-line-through-style") not in {"", *_OFF} for each in style.iter("{*}text-properties"))
    }
    for root in roots:
        for element in [*root.iter("{*}r", "{*}span", "{*}p")]:
            if _is_struck_run(element) or _attribute(element, "style-name") in styles:
                if words := " ".join("".join(map(str, element.itertext())).split()):
                    yield words
                _empty(element)


def _is_struck_run(element: etree._Element) -> bool:
    if local_name(element) != "r":
        return False
    stated = [found for name in ("strike", "dstrike") if (found := element.find("{*}rPr/{*}" + name)) is not None]
    return any(_attribute(each, "val") not in _OFF for each in stated)


def _empty(element: etree._Element) -> None:
    """What stands behind the element stays."""
    element.text = None
    for child in list(element):
        element.remove(child)


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), "")
