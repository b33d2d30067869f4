"""Reads lists of denied parties as their publishers give them out: OFAC's SDN list (CSV or XML), the EU's, UN's and UK's.

An entry without a name or an id refuses the whole file, with its line: half a list is worse than the last good one. Entities,
network and huge trees are off in XML; a file is at most 300 MB.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from lxml import etree

from models.domain.errors import Misconfigured
from models.domain.screening import WatchEntry, WatchList

_MOST_BYTES = 300_000_000
_Kind = Literal["person", "entity", "vessel", "aircraft", "unknown"]
_KINDS: dict[str, _Kind] = {
    "individual": "person", "person": "person", "p": "person", "entity": "entity", "enterprise": "entity", "e": "entity",
    "vessel": "vessel", "ship": "vessel", "aircraft": "aircraft",
}  # fmt: skip


def read_watch_list(files: Sequence[Path]) -> WatchList:
    """The list in a file; OFAC's CSV may come with its file of aliases (alt.csv) behind it.

    Raises `Misconfigured` naming the file, the line and what is wrong.
    """
    contents = [_content(file) for file in files]
    first = files[0]
    digest = hashlib.sha256(b"".join(contents)).hexdigest()
    name, version, entries = _read(first, contents)
    _refuse_empty(first, entries)
    return WatchList(name=name, version=version or digest[:12], digest=digest, entries=tuple(entries))


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise Misconfigured(f"{file}: is larger than {_MOST_BYTES // 1_000_000} MB, and no list is: nothing was loaded")
        return file.read_bytes()
    except OSError as error:
        raise Misconfigured(f"{file}: cannot be read ({error.strerror})") from error


def _read(file: Path, contents: Sequence[bytes]) -> tuple[str, str, list[WatchEntry]]:
    start = contents[0][:400].lstrip(b"\xef\xbb\xbf \r\n")
    if start.startswith(b"<"):
        return _xml(file, contents[0])
    text = _text(contents[0])
    if start.lower().startswith((b"last updated", b"report date", b"name 6")):
        return _uk(file, text)
    aliases = _text(contents[1]) if len(contents) > 1 else ""
    return "OFAC SDN", "", list(_ofac_csv(file, text, aliases))


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # OFAC's and the UK's CSV files are Windows text to this day.
        return content.decode("cp1252", errors="replace")


def _refuse_empty(file: Path, entries: Sequence[WatchEntry]) -> None:
    if not entries:
        raise Misconfigured(f"{file}: holds no entry of a list that is known (OFAC SDN, EU, UN, UK): nothing was loaded")


def _entry(
    place: str,
    list_name: str,
    entry_id: str,
    names: Iterable[str],
    kind: str,
    countries: Iterable[str],
    programmes: Iterable[str],
) -> WatchEntry:
    said = tuple(dict.fromkeys(" ".join(name.split()) for name in names if name and name.strip()))
    if not said or not entry_id.strip():
        raise Misconfigured(f"{place}: an entry without {'a name' if entry_id.strip() else 'an id'}: nothing was loaded")
    return WatchEntry(
        list_name=list_name,
        entry_id=entry_id.strip(),
        names=said,
        kind=_KINDS.get(kind.strip().lower(), "unknown"),
        countries=tuple(dict.fromkeys(country for country in countries if country)),
        programmes=tuple(dict.fromkeys(programme for programme in programmes if programme)),
    )


# OFAC's CSV: sdn.csv and alt.csv, without headers; "-0-" stands for nothing


def _ofac_csv(file: Path, text: str, aliases: str) -> Iterator[WatchEntry]:
    also: defaultdict[str, list[str]] = defaultdict(list)
    for _, cells in _rows(file, aliases):
        if len(cells) >= 4:
            also[cells[0]].append(cells[3])
    for line, cells in _rows(file, text):
        if len(cells) < 4 or not cells[0].isdigit():
            raise Misconfigured(
                f"{file}, line {line}: is no row of sdn.csv (number, name, type, programme, …): nothing was loaded"
            )
        programmes = [part.strip() for part in re.split(r"[\[\]]+", cells[3])]
        place = f"{file}, line {line}"
        yield _entry(
            place, "OFAC SDN", cells[0], [_turned(cells[1]), *map(_turned, also[cells[0]])], cells[2] or "entity", (), programmes
        )


def _rows(file: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for cells in reader:
            if len(cells) > 1:
                yield reader.line_num, ["" if cell.strip() == "-0-" else cell.strip() for cell in cells]
    except csv.Error as error:
        raise Misconfigured(f"{file}, line {reader.line_num}: is no valid CSV ({error})") from error


def _turned(name: str) -> str:
    """ "PETROV, Ivan" as people write it."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else name


# The UK's CSV: a line with its date, a header, and a row for each name of a group


def _uk(file: Path, text: str) -> tuple[str, str, list[WatchEntry]]:
    rows = list(_rows(file, text))
    at = next((place for place, (_, cells) in enumerate(rows) if "Name 6" in cells), None)
    if at is None:
        raise Misconfigured(f"{file}, line 1: has no header with the column 'Name 6': nothing was loaded")
    version = next((cell for _, cells in rows[:at] for cell in cells[1:] if cell), "")
    header = rows[at][1]
    groups: dict[str, list[tuple[int, dict[str, str]]]] = defaultdict(list)
    for line, cells in rows[at + 1 :]:
        row = dict(zip(header, cells, strict=False))
        groups[row.get("Unique ID") or row.get("Group ID") or row.get("OFSI Group ID") or ""].append((line, row))
    return "UK", version, [_uk_entry(file, group, group_rows) for group, group_rows in groups.items()]


def _uk_entry(file: Path, group: str, rows: list[tuple[int, dict[str, str]]]) -> WatchEntry:
    names = [" ".join(row.get(f"Name {number}", "") for number in (1, 2, 3, 4, 5, 6)) for _, row in rows]
    names += [row.get("Name Non-Latin Script") or row.get("Name non-latin script") or "" for _, row in rows]
    line, first = rows[0]
    kind = first.get("Group Type") or first.get("Individual, Entity, Ship") or first.get("Designation Type") or ""
    countries = [row.get("Country") or row.get("Address Country") or "" for _, row in rows]
    programmes = [row.get("Regime") or row.get("Regime Name") or "" for _, row in rows]
    return _entry(f"{file}, line {line}", "UK", group, names, kind, countries, programmes)


# XML: OFAC's, the EU's and the UN's, told apart by their root


def _xml(file: Path, content: bytes) -> tuple[str, str, list[WatchEntry]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Misconfigured(f"{file}, line {error.lineno}: is no well-formed XML ({error.msg}): nothing was loaded") from error
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    readers = {"sdnList": _ofac_xml, "export": _eu, "CONSOLIDATED_LIST": _un}
    if root.tag not in readers:
        raise Misconfigured(f"{file}, line {root.sourceline}: <{root.tag}> is the root of no known list: nothing was loaded")
    return readers[str(root.tag)](file, root)


def _ofac_xml(file: Path, root: etree._Element) -> tuple[str, str, list[WatchEntry]]:
    version = root.findtext(".//Publish_Date") or ""
    entries = [
        _entry(
            f"{file}, line {each.sourceline}",
            "OFAC SDN",
            each.findtext("uid") or "",
            [_full(each), *(_full(alias) for alias in each.iterfind("akaList/aka"))],
            each.findtext("sdnType") or "",
            _texts(each, "addressList/address/country"),
            _texts(each, "programList/program"),
        )
        for each in root.iterfind("sdnEntry")
    ]
    return "OFAC SDN", version, entries


def _full(element: etree._Element) -> str:
    return f"{element.findtext('firstName') or ''} {element.findtext('lastName') or ''}"


def _eu(file: Path, root: etree._Element) -> tuple[str, str, list[WatchEntry]]:
    entries = [
        _entry(
            f"{file}, line {each.sourceline}",
            "EU",
            each.get("euReferenceNumber") or each.get("logicalId") or "",
            [alias.get("wholeName") or "" for alias in each.iterfind("nameAlias")],
            _attribute(each, "subjectType", "code") or _attribute(each, "subjectType", "classificationCode"),
            [place.get("countryIso2Code") or "" for tag in ("address", "citizenship") for place in each.iterfind(tag)],
            [rule.get("programme") or "" for rule in each.iterfind("regulation")],
        )
        for each in root.iterfind("sanctionEntity")
    ]
    return "EU", (root.get("generationDate") or "")[:10], entries


def _attribute(element: etree._Element, tag: str, name: str) -> str:
    found = element.find(tag)
    return "" if found is None else found.get(name) or ""


def _un(file: Path, root: etree._Element) -> tuple[str, str, list[WatchEntry]]:
    found = [("person", "INDIVIDUAL", each) for each in root.iterfind("INDIVIDUALS/INDIVIDUAL")]
    found += [("entity", "ENTITY", each) for each in root.iterfind("ENTITIES/ENTITY")]
    entries = [
        _entry(
            f"{file}, line {each.sourceline}",
            "UN",
            each.findtext("REFERENCE_NUMBER") or each.findtext("DATAID") or "",
            [
                " ".join(each.findtext(f"{place}_NAME") or "" for place in ("FIRST", "SECOND", "THIRD", "FOURTH")),
                each.findtext("NAME_ORIGINAL_SCRIPT") or "",
                *_texts(each, f"{tag}_ALIAS/ALIAS_NAME"),
            ],
            kind,
            _texts(each, f"{tag}_ADDRESS/COUNTRY"),
            [each.findtext("UN_LIST_TYPE") or ""],
        )
        for kind, tag, each in found
    ]
    return "UN", (root.get("dateGenerated") or "")[:10], entries


def _texts(element: etree._Element, path: str) -> list[str]:
    return [(found.text or "").strip() for found in element.iterfind(path)]
