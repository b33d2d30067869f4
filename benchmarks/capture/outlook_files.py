"""Outlook messages to read: the smallest compound file (MS-CFB) that holds one (MS-OXMSG)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_SECTOR, _MINI, _FREE, _END, _FAT = 512, 64, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = dict[str, "bytes | Tree"]


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    children: list[int] = field(default_factory=list)
    start: int = _END


def outlook_message(headers: str, subject: str, body: str, files: dict[str, bytes]) -> bytes:
    """A .msg file with transport headers, subject, plain body and attachments."""
    tree: Tree = _storage({0x007D: headers, 0x0037: subject, 0x1000: body}, 32)
    for number, (name, content) in enumerate(files.items()):
        tree[f"__attach_version1.0_#{number:08X}"] = _storage({0x3707: name, 0x3701: content}, 8)
    return _compound(tree)


def _storage(properties: dict[int, str | bytes], header: int) -> Tree:
    tree: Tree = {}
    entries = bytes(header)
    for number, value in properties.items():
        kind = 0x001F if isinstance(value, str) else 0x0102
        content = value.encode("utf-16-le") if isinstance(value, str) else value
        tree[f"__substg1.0_{number:04X}{kind:04X}"] = content
        entries += struct.pack("<HHIQ", kind, number, 6, len(content) + (2 if isinstance(value, str) else 0))
    tree["__properties_version1.0"] = entries
    return tree


def _compound(tree: Tree) -> bytes:
    entries = [_Entry("Root Entry", 5)]
    _collect(tree, 0, entries)
    sectors: list[bytes] = []
    fat: list[int] = []
    mini = b""
    mini_fat: list[int] = []
    for entry in (entry for entry in entries if entry.kind == 2 and entry.content):
        if len(entry.content) >= 4096:
            entry.start = _put(entry.content, sectors, fat)
        else:
            entry.start = len(mini_fat)
            count = -(-len(entry.content) // _MINI)
            mini += entry.content.ljust(count * _MINI, b"\x00")
            mini_fat += [*range(entry.start + 1, entry.start + count), _END]
    entries[0].content, entries[0].start = mini, _put(mini, sectors, fat)
    mini_fat_at = _put(struct.pack(f"<{len(mini_fat)}I", *mini_fat), sectors, fat, b"\xff")
    directory_at = _put(b"".join(_directory(entry, entries) for entry in entries), sectors, fat)
    fat_at = len(sectors)
    fat.append(_FAT)
    sectors.append(struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat))))
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head = struct.pack("<8s16xHHHHH6xIIIIIIIIII", magic, 0x3E, 3, 0xFFFE, 9, 6, 0, 1, directory_at, 0,
                       4096, mini_fat_at, 1, _END, 0, fat_at)  # fmt: skip
    return head + struct.pack("<108I", *[_FREE] * 108) + b"".join(sectors)


def _put(content: bytes, sectors: list[bytes], fat: list[int], fill: bytes = b"\x00") -> int:
    start = len(sectors)
    pieces = [content[at : at + _SECTOR].ljust(_SECTOR, fill) for at in range(0, len(content), _SECTOR)]
    sectors += pieces
    fat += [*range(start + 1, start + len(pieces)), _END]
    return start


def _collect(tree: Tree, parent: int, entries: list[_Entry]) -> None:
    for name, value in tree.items():
        entries[parent].children.append(len(entries))
        entries.append(_Entry(name, 2, value) if isinstance(value, bytes) else _Entry(name, 1))
        if not isinstance(value, bytes):
            _collect(value, len(entries) - 1, entries)


def _directory(entry: _Entry, entries: list[_Entry]) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\x00\x00"
    siblings = next((each.children for each in entries if entries.index(entry) in each.children), [])
    place = siblings.index(entries.index(entry)) if siblings else 0
    # the siblings hang in a list to the right instead of a balanced tree: readers do not mind
    right = siblings[place + 1] if siblings and place + 1 < len(siblings) else _FREE
    child = entry.children[0] if entry.children else _FREE
    fields = struct.pack("<HBBIII16xI16xIQ", len(name), entry.kind, 1, _FREE, right, child, 0, entry.start, len(entry.content))
    return name.ljust(64, b"\x00") + fields
