"""Emails: more than a hundred templates in seven languages, each filled several ways, and mails written entirely by hand.

They stand in `mails/`, a file each: how the mail is written and what a careful clerk reads in it (YAML), a line `----`, then the
mail as people see it. `mails_slots` says what fills its slots.
"""

from __future__ import annotations

import random
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from benchmarks.capture.case import Case, split_of
from benchmarks.capture.mails_files import mail_file
from benchmarks.capture.mails_slots import drawn_slots

SOURCES = ("email",)
_HOME = Path(__file__).parent / "mails"
_BY_HAND = "by_hand"
_FILLINGS = 3
#: What a mail may or may not say that no template is about: it is not judged.
_NOT_JUDGED = {"notes": "*"}


def cases(seed: int = 20261122) -> Iterator[Case]:
    """Every template in three fillings (in one where it has no slots), and every mail of `by_hand`, which always tests."""
    for path in sorted(_HOME.glob("*/*.txt")):
        if path.parent.name == _BY_HAND:
            yield _written(path)
            continue
        for filling in range(_FILLINGS if string.Template(path.read_text(encoding="utf-8")).get_identifiers() else 1):
            yield _filled(path, filling, random.Random(f"{seed} {path.stem} {filling}"))


def _written(path: Path) -> Case:
    head, text = _parted(path)
    content = mail_file(head, text, {})
    return Case(path.stem, "email", f"by_hand_{path.stem}", head["language"], "test", content, _truth(head, {}))


def _filled(path: Path, filling: int, draw: random.Random) -> Case:
    head, text = _parted(path)
    slots = _Slots(drawn_slots(draw, head["language"]))
    head = {**head, "attachments": [_replaced(each, slots) for each in head.get("attachments", ())]}
    content = mail_file(head, string.Template(text).substitute(slots), slots)
    name = f"{path.stem}-{filling + 1}"
    return Case(name, "email", path.stem, head["language"], split_of(path.stem), content, _truth(head, slots))


def _parted(path: Path) -> tuple[dict[str, Any], str]:
    head, _, text = path.read_text(encoding="utf-8").partition("\n----\n")
    # Every scalar as it stands: a date or a number of YAML's own would lose how it was written.
    return yaml.load(head, Loader=yaml.BaseLoader), text


class _Slots(dict[str, Any]):
    """Slots; `$name_12` is the slot `name` filled up to 12 characters, for columns."""

    def __missing__(self, name: str) -> str:
        slot, _, width = name.rpartition("_")
        return str(self[slot]).ljust(int(width))


def _truth(head: Mapping[str, Any], slots: Mapping[str, Any]) -> dict[str, Any]:
    orders = [_replaced(order, slots) for order in head["orders"]]
    return {"intent": head["intent"], "orders": [{"kind": head["intent"], **_NOT_JUDGED, **order} for order in orders]}


def _replaced(value: Any, slots: Mapping[str, Any]) -> Any:
    """`value` with its slots filled: one that is a slot alone becomes what the slot stands for, `use` what a line starts from."""
    if isinstance(value, dict):
        filled = {name: _replaced(each, slots) for name, each in value.items()}
        return {**filled.pop("use", {}), **filled}
    if isinstance(value, list):
        return [option for each in value for option in _options(_replaced(each, slots))]
    if value == "null":
        return None
    if value.startswith("$") and value[1:].isidentifier() and not isinstance(slots[value[1:]], str):
        return slots[value[1:]]
    return string.Template(value).substitute(slots)


def _options(value: Any) -> list[Any]:
    """A list in a list of options is more of them."""
    return value if isinstance(value, list) else [value]
