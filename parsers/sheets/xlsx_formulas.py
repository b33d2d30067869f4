"""The formulas of an xlsx file that keep no result (ISO/IEC 29500-1, 18.3.1.40), by sheet and cell.

Only the file's own parts are read, each up to a bound, without resolving anything that they refer to.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from parsers.sheets.formulas import Place, place_of

_MOST_BYTES = 60 * 1024 * 1024
_MOST_FORMULAS = 200_000
_UNRECKONED = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_CELL = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<f(?: [^>]*)?>([^<]{1,2000})</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>')
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]{1,2000})>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]{1,2000})>")
_ATTRIBUTE = re.compile(r'([\w:-]+)\s*=\s*"([^"]*)"')


def unreckoned_formulas(content: bytes) -> dict[Place, str]:
    """The formulas without a result; empty for what is no xlsx, or has none."""
    found: dict[Place, str] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        for sheet, path in sheets_of(archive, names):
            text = part_of(archive, path) if path in names else b""
            if not _UNRECKONED.search(text):
                continue
            for match in _CELL.finditer(text):
                if len(found) >= _MOST_FORMULAS:
                    return found
                found[place_of(match[1].decode(), sheet)] = html.unescape(match[2].decode("utf-8", "replace"))
    return found


def sheets_of(archive: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, str]]:
    """The sheets' names and the parts that hold them."""
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return
    targets = related_parts(part_of(archive, "xl/_rels/workbook.xml.rels"))
    for facts in map(attributes_of, _SHEET.findall(part_of(archive, "xl/workbook.xml").decode("utf-8", "replace"))):
        number = next((value for name, value in facts.items() if name.endswith(":id")), "")
        target = targets.get(number, "")
        if target:
            yield facts.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def related_parts(relations: bytes) -> dict[str, str]:
    """The parts that a relationships part names, by their ids (ISO/IEC 29500-2, 6.5.3)."""
    found = map(attributes_of, _RELATION.findall(relations.decode("utf-8", "replace")))
    return {facts.get("Id", ""): facts.get("Target", "") for facts in found}


def attributes_of(text: str) -> dict[str, str]:
    """The attributes of an element's tag."""
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(text)}


def section_of(text: str, name: str) -> str:
    """What stands between the first start tag of an element and its end tag; "" without both."""
    start = re.search(rf"<(?:\w{{1,20}}:)?{name}[\s>]", text)
    end = re.compile(rf"</(?:\w{{1,20}}:)?{name}>").search(text, start.end()) if start is not None else None
    return text[start.end() : end.start()] if start is not None and end is not None else ""


def elements_of(text: str, name: str) -> list[str]:
    """For each element of a name its attributes and all up to the next one, so that its own content is within."""
    return re.split(rf"<(?:\w{{1,20}}:)?{name}(?=[\s/>])", text)[1:]


def part_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member of the file, up to a bound."""
    with archive.open(name) as part:
        return part.read(_MOST_BYTES)
