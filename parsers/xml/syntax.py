"""XML from partners, read without trust: no entities, no network, no external DTD, bounded size and depth.

A DOCTYPE that only names an external DTD, as cXML's does, is tolerated and never loaded; one with an internal subset
(where entities are declared) is refused before anything is expanded. `Node` gives elements a short readable path.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat  # only the prolog, to see the DOCTYPE before lxml expands anything

from lxml import etree

from models.domain.errors import Rejected
from models.domain.evidence import Evidence
from parsers.electronic.structured import OrderDraft, clean, control_characters

MOST_BYTES = 60_000_000
_SHOWN = 300
#: Elements that are never shown: secrets, and files that someone put into the message.
_HIDDEN = frozenset(
    {"SharedSecret", "DigitalSignature", "CredentialMac", "EmbeddedDocumentBinaryObject", "AttachmentBinaryObject"}
)
_TECHNICAL = frozenset(
    {"CustomizationID", "ProfileID", "UBLVersionID", "UserAgent", "UBLExtensions", "GENERATOR_INFO", "GENERATION_DATE"}
)


class _PrologRead(Exception):
    """The root element was reached: the prolog is sound."""


def parsed(content: bytes, part: str) -> etree._Element:
    """The root element. `Rejected` with `entity_bomb`, `malformed_xml` or `too_large`, each with place and cause."""
    if len(content) > MOST_BYTES:
        raise Rejected(f"{part} has {len(content)} bytes of XML, more than the {MOST_BYTES} that are read", code="too_large")
    _check_prolog(content, part)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Rejected(_damage(content, part, str(error)), code="malformed_xml") from error
    if any(isinstance(node, etree._Entity) for node in root.iter(etree.Entity)):
        raise Rejected(f"{part} refers to an entity that it does not declare; ask for the text itself", code="entity_bomb")
    return root


def _check_prolog(content: bytes, part: str) -> None:
    """Stop at an internal subset; nothing beyond the root's start tag is read here."""

    def doctype(name: str, system: str | None, public: str | None, internal: int) -> None:  # noqa: ARG001 - expat's call
        if internal:
            message = f"{part} declares entities or other markup in its DOCTYPE; such files are not read. Send it without"
            raise Rejected(message, code="entity_bomb")

    def root_reached(name: str, attributes: dict[str, str]) -> None:  # noqa: ARG001 - expat's call
        raise _PrologRead

    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = doctype
    reader.StartElementHandler = root_reached
    try:
        reader.Parse(content, True)
    except _PrologRead:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Rejected(_damage(content, part, str(error)), code="malformed_xml") from error
    raise Rejected(f"{part} has no root element", code="malformed_xml")


def _damage(content: bytes, part: str, cause: str) -> str:
    strange = control_characters(content.decode("latin-1"))
    found = f"; it holds control characters ({strange})" if strange else ""
    return f"{part} is not well-formed XML: {cause[:200]}{found}. Ask the sender for a sound file"


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document: its part's name and the elements that a mapper has used."""

    part: str
    used: set[etree._Element] = field(default_factory=set)
    used_attributes: set[tuple[etree._Element, str]] = field(default_factory=set)


class Node:
    """An element with its readable path, e.g. `Order/OrderLine[2]/LineItem/ID`; names are local, without a namespace."""

    __slots__ = ("_evidence", "document", "element", "path")

    def __init__(self, element: etree._Element, path: str, document: Document) -> None:
        self.element = element
        self.path = path
        self.document = document
        self._evidence: tuple[Evidence, ...] | None = None

    @property
    def name(self) -> str:
        return local_name(self.element)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        if self._evidence is None:
            self._evidence = (Evidence(part=self.document.part, xpath=self.path, text=clean(self.peek())[:_SHOWN]),)
        return self._evidence

    @property
    def place(self) -> str:
        return self.path

    @property
    def text(self) -> str:
        """The element's text, its children's included, as used."""
        self.use()
        return self.peek()

    def peek(self) -> str:
        """The same text, only looked at."""
        return "".join(str(piece) for piece in self.element.itertext())

    def use(self) -> None:
        """Say that a mapper has a place for the text of this element and those below it."""
        self.document.used.update(self.element.iter())

    def attribute(self, name: str) -> str:
        """An attribute's value as used, "" where there is none."""
        self.document.used_attributes.add((self.element, name))
        return self.element.get(name, "")

    def at(self, name: str) -> Attribute:
        """An attribute as a place of its own."""
        return Attribute(self, name)

    def all(self, *names: str) -> Iterator[Node]:
        """Every descendant along a path of child names, in document order."""
        first, *rest = names
        children = [child for child in self.element if local_name(child) == first]
        for index, child in enumerate(children, start=1):
            place = f"{self.path}/{first}" + (f"[{index}]" if len(children) > 1 else "")
            node = Node(child, place, self.document)
            if rest:
                yield from node.all(*rest)
            else:
                yield node

    def descendants(self, name: str) -> Iterator[Node]:
        """Every element of this name at whatever depth."""
        for element in self.element.iter():
            if isinstance(element.tag, str) and local_name(element) == name:
                yield Node(element, name, self.document)

    def find(self, *names: str) -> Node | None:
        """The first descendant along a path of child names."""
        return next(self.all(*names), None)

    def first(self, *paths: tuple[str, ...]) -> Node | None:
        """The first of several paths that has text."""
        return next((node for path in paths for node in self.all(*path) if node.peek().strip()), None)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of an element as the place of a value, e.g. `Order/OrderLine/LineItem/Quantity/@unitCode` (XPath 2.1.2).

    Its evidence is what the attribute says, not the text of its element, which may be the whole order's.
    """

    node: Node
    name: str

    @property
    def text(self) -> str:
        """The attribute's value as used, "" where there is none."""
        return self.node.attribute(self.name)

    @property
    def place(self) -> str:
        return f"{self.node.path}/@{self.name}"

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        words = clean(self.node.element.get(self.name, ""))[:_SHOWN]
        return (Evidence(part=self.node.document.part, xpath=self.place, text=words),)


def local_name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def leave_unused(root: Node, draft: OrderDraft, *, attributes: bool = False) -> None:
    """List in the draft every element with text (and, where asked, every attribute) that no mapper has used."""
    for child, path in _below(root):
        name = local_name(child)
        if name in _HIDDEN:
            draft.leave(_section(path), f"{path}: (not shown)")
            continue
        words = [clean(child.text or "")] if child not in root.document.used and name not in _TECHNICAL else []
        if attributes:
            words += [f"@{key}={value}" for key, value in _unused_attributes(child, root.document)]
        if any(words):
            weighty = name in _WEIGHTY or _is_charge(name, path)
            # The wrapper's name on every entry would fill half of the list.
            shown = path.removeprefix("/SupplyChainTradeTransaction/")
            draft.leave(_section(path), f"{shown}: {' '.join(filter(None, words))}", weighty=weighty)


def _is_charge(name: str, path: str) -> bool:
    """Whether it is the amount of an allowance or charge (UBL), or of shipping or a modification (cXML)."""
    if name == "Amount":
        return "/AllowanceCharge" in path and "/Price/" not in path
    return name == "Money" and ("/Shipping/" in path or "/Modification" in path)


def _unused_attributes(element: etree._Element, document: Document) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        if not str(key).startswith("{") and (element, str(key)) not in document.used_attributes:
            yield str(key), str(value)


def _section(path: str) -> str:
    """The part of the document that a path lies in, for the list's heading."""
    names = [name.partition("[")[0] for name in path.split("/") if name]
    return next((name for name in (names[1:] if len(names) > 1 else names) if name not in _WRAPPERS), names[-1])


#: Elements that only hold the sections.
_WRAPPERS = frozenset({"SupplyChainTradeTransaction", "Request", "OrderRequest", "OrderRequestHeader", "Header"})
#: Elements that change what is owed or where goods go.
_WEIGHTY = frozenset({
    "ChargeTotalAmount", "AllowanceTotalAmount", "ActualAmount", "PrepaidAmount", "AOC_MONETARY_AMOUNT", "AOC_PERCENTAGE_FACTOR",
})  # fmt: skip


def _below(root: Node) -> Iterator[tuple[etree._Element, str]]:
    """All elements below the root with their paths, without recursion."""
    stack: list[tuple[etree._Element, str]] = [(root.element, root.path)]
    while stack:
        element, path = stack.pop()
        if element is not root.element:
            yield element, path
        names: dict[str, int] = {}
        children = [child for child in element if isinstance(child.tag, str)]
        counts: dict[str, int] = {}
        for child in children:
            counts[local_name(child)] = counts.get(local_name(child), 0) + 1
        placed = []
        for child in children:
            name = local_name(child)
            names[name] = names.get(name, 0) + 1
            placed.append((child, f"{path}/{name}" + (f"[{names[name]}]" if counts[name] > 1 else "")))
        stack.extend(reversed(placed))
