"""Printed orders altered in what must not matter, or must at most lead to a question: the look of the page, the order and the
heads of columns, labels, numbers' writing, further columns, references, parties and paragraphs."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from lxml import html

from benchmarks.capture.by_hand.printouts import FOLDER
from benchmarks.capture.by_hand.reading import facts_of, truth_in
from benchmarks.capture.case import Case, split_of
from benchmarks.capture.damaged_heads import unheard_heads
from benchmarks.capture.html_parts import document
from benchmarks.capture.native_web import WEB
from benchmarks.capture.paper import Paper
from benchmarks.capture.printed import Printer, printer
from benchmarks.capture.variants_look import LOOKS, Alter
from benchmarks.capture.variants_page import PrintedPage, cells_of, text_of
from benchmarks.capture.variants_words import ROLES, kind_of, options_of, whose_unsaid, words_for
from parsers.lexicon import meaning_of_label

_MONEY = re.compile(r"(?<![\w.,'/-])\d{1,3}(?:[.,'\u00a0 ]\d{3})*[.,]\d{2,5}(?![\w.,/-]*\d)")
_SPELT = re.compile(r"(?<![\w.,'/-])\d{1,3}(?:[.,'\u00a0 ]\d{3})+(?:[.,]\d+)?(?![\w])|(?<![\w.,'/-])\d+[.,]\d+(?![\w.,/-]*\d)")


@dataclass(frozen=True)
class Printout:
    """An order as HTML, to be printed as it is or altered."""

    case: Case
    html: str
    sheet: str
    press: Printer

    def altered(self, kind: str, seed: int) -> Case | None:
        """The document altered in one way, None where it has nothing of the kind."""
        case = self.case
        draw = random.Random(f"{seed} {case.name} {kind}")
        page = PrintedPage(html.document_fromstring(self.html), case.truth, case.language, self.sheet, draw)
        if not KINDS[kind](page):
            return None
        content = self.press.pdf(page.html(), page.sheet)
        content = page.finishing(content) if page.finishing else content
        return replace(case, name=f"{case.name} {kind}", content=content, truth=page.truth)


@contextmanager
def opened(seed: int) -> Iterator[list[Printout]]:
    """The printouts by hand and one drawn order of each layout in HTML."""
    with printer() as press:
        yield [
            Printout(Case(name, "native_pdf", name, language, split_of(name), press.pdf(page, sheet), truth), page, sheet, press)
            for name, language, sheet, page, truth in _pages(seed)
        ]


def _pages(seed: int) -> Iterator[tuple[str, str, str, str, dict[str, Any]]]:
    """Layout, language, sheet, HTML and truth."""
    for described in sorted(FOLDER.glob("*.yaml")):
        if not described.with_suffix(".html").exists():
            continue  # text in columns has no parts to alter
        facts = facts_of(described)
        page = document(described.with_suffix(".html").read_text("utf-8"), ".r{white-space:nowrap}")
        if facts.get("intent", "order") == "order" and len(facts["orders"]) == 1:
            yield f"printout/{described.stem}", facts["language"], facts.get("paper", "A4"), page, truth_in(facts)
    for layout in WEB:
        paper = Paper.of(layout, f"{seed}-0")
        drawn = layout.draw(paper)
        if isinstance(drawn, str) and paper.intent == "order":
            yield layout.id, paper.order.language, layout.sheet, drawn, paper.truth()


def _permuted(page: PrintedPage) -> bool:
    lines = page.without_foot()
    if lines is None:
        return False
    order = list(range(len(lines.heads)))
    page.draw.shuffle(order)
    lines.rearrange(order)
    return True


def _column_moved(page: PrintedPage) -> bool:
    lines = page.without_foot()
    if lines is None:
        return False
    order = list(range(len(lines.heads)))
    order.insert(page.draw.randrange(len(order)), order.pop(page.draw.randrange(len(order))))
    lines.rearrange(order)
    return True


def _head_known(page: PrintedPage) -> bool:
    """Every head in another word of the language."""
    return _reheaded(page, lambda role: page.draw.choice(words_for(role, page.language) or [""]), every=True)


def _head_unheard(page: PrintedPage) -> bool:
    return _reheaded(page, lambda role: page.draw.choice(unheard_heads("held_out").get(kind_of(role)) or [""]))


def _head_removed(page: PrintedPage) -> bool:
    return _reheaded(page, lambda _: "\u00a0")


def _reheaded(page: PrintedPage, word: Callable[[str], str], *, every: bool = False) -> bool:
    if page.lines is None:
        return False
    cells = cells_of(page.lines.head)
    known = [(cell, role) for cell, role in zip(cells, page.lines.roles(), strict=True) if role in ROLES]
    for cell, role in known if every else [page.draw.choice(known)]:
        if new := word(str(role)):
            for below in list(cell):
                cell.remove(below)
            cell.text = new
            if kind_of(str(role)) == "part_number":
                whose_unsaid(page.order)
    return True


def _without(*roles: str) -> Alter:
    def alter(page: PrintedPage) -> bool:
        lines = page.without_foot()
        places = lines.columns(*roles) if lines is not None else []
        for place in reversed(places):
            assert lines is not None
            lines.remove(place)
        page.unsaid_in_lines(*roles)
        return bool(places)

    return alter


def _without_totals(page: PrintedPage) -> bool:
    page.without_foot()
    texts = [
        str(option) for name in ("total_net", "total_tax", "total_gross") for option in options_of(page.order.get(name)) if option
    ]
    digits = {re.sub(r"\D", "", text) for text in texts if "." in text}
    rows = [row for row in page.body.iter("tr") if digits & {re.sub(r"\D", "", text_of(cell)) for cell in cells_of(row)}]
    rows = [row for row in rows if page.lines is None or row not in page.lines.rows]
    for row in rows:
        row.getparent().remove(row)
    page.unsaid("total_net", "total_tax", "total_gross", "currency")
    return bool(rows)


def _numbers_unnamed(page: PrintedPage) -> bool:
    """A further column of numbers."""
    lines = page.without_foot()
    if lines is None:
        return False
    texts = page.draw.choice((
        [str(page.draw.randint(0, 300)) for _ in lines.rows],
        [f"{page.draw.uniform(0.5, 90):.2f}".replace(".", _mark(page)) for _ in lines.rows],
        [f"{page.draw.uniform(0.1, 9):.3f}".replace(".", _mark(page)) for _ in lines.rows],
    ))  # fmt: skip
    lines.insert(page.draw.randrange(1, len(lines.heads) + 1), page.phrase("columns"), texts)
    return True


def _days_unnamed(page: PrintedPage) -> bool:
    """A further column of days."""
    lines = page.without_foot()
    if lines is None:
        return False
    days = [date(2026, 5, 3) + timedelta(days=page.draw.randint(0, 100)) for _ in lines.rows]
    form = {"en": "%d %b %Y", "de": "%d.%m.%Y", "pl": "%d.%m.%Y", "nl": "%d-%m-%Y"}.get(page.language, "%d/%m/%Y")
    lines.insert(page.draw.randrange(1, len(lines.heads) + 1), page.phrase("days"), [day.strftime(form) for day in days])
    return True


def _mark(page: PrintedPage) -> str:
    """The page's decimal sign."""
    signs = Counter(
        match[-3]
        for row in page.body.iter("tr")
        for cell in cells_of(row)
        for match in re.findall(r"\d[.,]\d\d(?!\d)", text_of(cell))
    )
    return "," if signs[","] > signs["."] else "."


def _other_numbers(page: PrintedPage) -> bool:
    """All numbers of tables in another writing."""
    signs: Counter[str] = Counter()
    for row in page.body.iter("tr"):
        for cell in cells_of(row):
            signs.update(text[-3] for text in re.findall(r"\d[.,]\d\d(?!\d)", text_of(cell)))
    if page.lines is None or not signs:
        return False
    mark = max(signs, key=lambda sign: signs[sign])
    point, group = page.draw.choice([style for style in ((",", "."), (".", ","), (",", " "), (".", "'")) if style[0] != mark])
    for cell in _number_cells(page):
        for element in cell.iter():
            element.text = _SPELT.sub(lambda found: _spelt(found[0], mark, point, group), element.text or "")
    return True


def _number_cells(page: PrintedPage) -> Iterator[Any]:
    assert page.lines is not None
    for place in page.lines.columns("quantity", "unit_price", "line_total", "discount_percent", "price_basis_quantity"):
        yield from page.lines.column(place)
    lines = {id(row) for row in page.lines.rows}
    yield from (
        cell for row in page.body.iter("tr") if id(row) not in lines for cell in cells_of(row) if _MONEY.search(text_of(cell))
    )


def _spelt(number: str, mark: str, point: str, group: str) -> str:
    whole, _, part = number.partition(mark) if mark in number else (number, "", "")
    whole = re.sub(r"\D", "", whole)
    grouped = f"{int(whole):,}".replace(",", group) if whole and not whole.startswith("0") else whole
    return f"{grouped}{point}{part}" if part else grouped


def _terms_below(page: PrintedPage) -> bool:
    """A paragraph with numbers between the lines and the totals."""
    if page.without_foot() is None or page.lines is None:
        return False
    page.lines.element.addnext(_element("p", page.phrase("terms")))
    return True


def _element(tag: str, text: str) -> Any:
    element = html.Element(tag)
    element.text = text
    return element


def _reference_beside(page: PrintedPage) -> bool:
    """Another paper's number beside the order's."""
    numbers = [str(option) for option in options_of(page.order.get("po_number")) if option]
    label, number = page.phrase("references"), f"{page.draw.choice(('', 'AN-', 'Q', 'R26/'))}{page.draw.randint(20000, 990000)}"
    for element in page.body.iter("td", "div", "span", "b", "p"):
        if any(text == part for text in numbers for part in text_of(element).split()):
            row = next(element.iterancestors("tr"), None) if element.tag != "tr" else element
            if row is not None and len(cells_of(row)) == 2:
                new = html.Element("tr")
                new.extend((_element("td", label), _element("td", number)))
                row.addprevious(new) if page.draw.random() < 0.5 else row.addnext(new)
                return True
            if row is None and element.tag in ("div", "p"):
                new = _element("div", f"{label}: {number}")
                element.addprevious(new) if page.draw.random() < 0.5 else element.addnext(new)
                return True
    return False


def _other_labels(page: PrintedPage) -> bool:
    """The labels of the head in other words of the language."""
    changed = 0
    for text, put in page.texts():
        label, colon, value = text.partition(":")
        found = meaning_of_label(label.strip())
        if found is None or found.strength < 1 or found.name not in _LABELS:
            continue
        others = [term for term in words_for(found.name, page.language, "fields.yaml") if abs(len(term) - len(label)) < 14]
        if others:
            put(f"{page.draw.choice(others)}{colon}{value}")
            changed += 1
    return changed > 0


_LABELS = frozenset(("po_number", "order_date", "requested_delivery_date", "ship_to", "bill_to", "seller", "payment_terms",
    "customer_number", "vendor_number", "currency", "total_net", "total_gross", "total_tax"))  # fmt: skip


def _number_unlabelled(page: PrintedPage) -> bool:
    """The order's number under a label that may mean another paper's."""
    for text, put in page.texts():
        found = meaning_of_label(text.partition(":")[0].strip())
        if found is not None and found.name == "po_number" and found.strength == 1:
            put(
                page.draw.choice(words_for("po_number", "weak", "fields.yaml"))
                + (":" if ":" in text else "")
                + text.partition(":")[2]
            )
            return True
    return False


def _labels_turned(page: PrintedPage) -> bool:
    """Labels above their values come beside them, labels beside come above."""
    for table in list(page.body.iter("table")):
        rows = [cells_of(row) for row in table.iter("tr")]
        widths = {len(row) for row in rows}
        if len(widths) != 1 or any(cell.get("colspan") or cell.get("rowspan") for row in rows for cell in row):
            continue
        (width,) = widths
        labels = rows[0] if len(rows) == 2 and width > 2 else [row[0] for row in rows] if width == 2 and 2 < len(rows) < 7 else []
        if sum(meaning_of_label(text_of(cell).rstrip(":")) is not None for cell in labels) < max(2, len(labels) // 2):
            continue
        if page.lines is not None and table is page.lines.element:
            continue
        turned = html.Element("table", {key: table.get(key) for key in table.attrib if key == "class"})
        for cells in zip(*rows, strict=True):
            row = html.Element("tr")
            row.extend(cells)
            turned.append(row)
        turned.tail = table.tail
        table.getparent().replace(table, turned)
        return True
    return False


def _further_party(page: PrintedPage) -> bool:
    """One more address beside the others."""
    label, *address = page.phrase("parties").split("|")
    written = _element("div", "")
    written.append(_element("b", label))
    for line in address:
        written.append(html.Element("br"))
        written[-1].tail = line
    rows = [div for div in page.body.iter("div") if "row" in (div.get("class") or "").split() and len(div) in (2, 3)]
    if len(rows) < 2:
        return False
    rows[1].insert(page.draw.randrange(1, len(rows[1]) + 1), written)
    page.order["bill_to"] = "*"
    return True


KINDS: Mapping[str, Alter] = {
    **LOOKS,
    "columns permuted": _permuted, "column moved": _column_moved, "heads in other words": _head_known,
    "head unheard": _head_unheard, "head removed": _head_removed, "no line totals": _without("line_total"),
    "no units": _without("unit"), "no prices": _without("unit_price"),
    "no part numbers": _without("part_number", "seller_part_number", "buyer_part_number"),
    "no totals": _without_totals, "further numbers": _numbers_unnamed,
    "further days": _days_unnamed, "numbers' writing": _other_numbers, "terms below": _terms_below,
    "reference beside": _reference_beside, "labels in other words": _other_labels, "label unsure": _number_unlabelled,
    "labels turned": _labels_turned, "further party": _further_party,
}  # fmt: skip
