"""Reads the operator's files: each problem names the file, the line, the column, the value and what is allowed."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from models.domain.policy import FROM_FILE
from models.store.file_problems import Entry, Problems, RowProblem, line_of, subject_of_cells

R = TypeVar("R", bound=BaseModel)
#: What bytes that are not UTF-8 are read as.
_FOREIGN = re.compile("[\udc80-\udcff]")


class Dated(Protocol):
    """What holds from a day to a day; both days belong to it."""

    @property
    def valid_from(self) -> date: ...

    @property
    def valid_to(self) -> date | None: ...


D = TypeVar("D", bound=BaseModel)


def read_rows(folder: Path, name: str, model: type[R], problems: Problems, *, is_optional: bool = False) -> list[Entry[R]]:
    """The rows of a CSV file (UTF-8, commas, a header with exactly the model's columns, its `optional_columns` or not).

    An empty cell is a missing value; an optional file may be missing and then has no rows. A row that cannot be read is left out.
    """
    if is_optional and not (folder / name).exists():
        return []
    text = _text(folder / name, problems, by_row=True)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    entries: list[Entry[R]] = []
    try:
        header = next(reader, [])
        if not _is_header(name, header, model, problems):
            return []
        line = reader.line_num + 1
        for cells in reader:
            if cells:
                entries.extend(_entry(name, line, header, cells, model, problems))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.found.append(f"{name}, line {reader.line_num}: is no valid CSV ({error})")
    return entries


def read_yaml(folder: Path, name: str, model: type[R], problems: Problems, *, is_optional: bool = False) -> R | None:
    """The one value of a YAML file. Scalars are read as text, so that a postal code keeps its leading zero.

    A problem names the line of the innermost key that it concerns. An optional file may be missing.
    """
    if is_optional and not (folder / name).exists():
        return None
    text = _text(folder / name, problems)
    if text is None:
        return None
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
        content = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but text, lists and mappings
        return model.model_validate({key: value for key, value in content.items() if value != ""}, context=FROM_FILE)
    except yaml.YAMLError as error:
        problems.found.append(f"{name}: is no valid YAML ({error})")
    except (AttributeError, TypeError):
        problems.found.append(f"{name}: must be a mapping of keys to values")
    except ValidationError as error:
        problems.found.extend(
            f"{name}, line {line_of(root, e['loc'])}, key {'.'.join(map(str, e['loc']))}: {_words(e)}{_nearest(e, model)}"
            for e in error.errors()
        )
    return None


def refuse_duplicates(entries: Iterable[Entry[R]], column: str, key: Callable[[R], Hashable], problems: Problems) -> None:
    """Each key once in its file."""
    first: dict[Hashable, Entry[R]] = {}
    for entry in entries:
        known = key(entry.row)
        if known in first:
            # Which of the two is right nobody can tell: neither is taken.
            problems.hold(first[known])
            problems.add(entry, column, f"{_shown(known)} stands in line {first[known].line} already")
        elif known is not None:
            first[known] = entry


def refuse_circles(
    entries: Iterable[Entry[R]], column: str, own: Callable[[R], str], following: Callable[[R], str | None], problems: Problems
) -> None:
    """Nothing may follow on itself, over however many others: each row of such a circle is named."""
    known = list(entries)
    after = {own(entry.row): following(entry.row) for entry in known}
    for entry in known:
        start = own(entry.row)
        seen, at = {start}, after[start]
        while at is not None and at not in seen:
            seen.add(at)
            at = after.get(at)
        if at == start:
            problems.add(entry, column, f"{following(entry.row)!r} leads back to {start!r}; end the circle")


def refuse_unknown(
    entries: Iterable[Entry[R]],
    column: str,
    value: Callable[[R], str | None],
    known: Iterable[str],
    problems: Problems,
    table: str = "",
) -> None:
    """Each value that is given must be one of the known, which are rows of `table`."""
    names = set(known)
    for entry in entries:
        given = value(entry.row)
        if given is not None and given not in names:
            is_left_out = problems.is_left_out(table, given)
            cause = "is left out itself, see its own row" if is_left_out else "is not defined in the file that lists these"
            problems.add(entry, column, f"{given!r} {cause}")


def refuse_overlaps(entries: Iterable[Entry[D]], key: Callable[[D], Hashable], problems: Problems) -> None:
    """Of the rows with the same key at most one may hold on a day. The rows have `valid_from` and `valid_to`."""
    groups: dict[Hashable, list[Entry[D]]] = defaultdict(list)
    for entry in entries:
        if _end(entry.row) < _start(entry.row):
            problems.add(entry, "valid_to", f"{_end(entry.row)} lies before valid_from {_start(entry.row)}")
        groups[key(entry.row)].append(entry)
    for group in groups.values():
        ordered = sorted(group, key=lambda entry: _start(entry.row))
        for before, after in pairwise(ordered):
            if _start(after.row) <= _end(before.row):
                problems.hold(before)
                cause = f"{_start(after.row)} lies within the period of line {before.line}, which ends {_end(before.row)}"
                problems.add(after, "valid_from", cause)


def _start(row: Any) -> date:
    dated: Dated = row
    return dated.valid_from


def _end(row: Any) -> date:
    dated: Dated = row
    return dated.valid_to or date.max


def _text(path: Path, problems: Problems, *, by_row: bool = False) -> str | None:
    """The file's text; `by_row` only its first line must be UTF-8, and what else is not stands for the row to tell."""
    try:
        content = path.read_bytes()
        start = content.partition(b"\n")[0] if by_row else content
        start.decode("utf-8-sig")
        return content.decode("utf-8-sig", "surrogateescape")
    except FileNotFoundError:
        problems.found.append(f"{path.name}: is missing (nothing to say is a file with its header alone)")
    except OSError as error:
        problems.found.append(f"{path.name}: cannot be read ({error.strerror})")
    except UnicodeDecodeError as error:
        problems.found.append(f"{path.name}, byte {error.start}: is not UTF-8 text; save it as UTF-8")
    return None


def _is_header(name: str, header: Sequence[str], model: type[BaseModel], problems: Problems) -> bool:
    columns = list(model.model_fields)
    optional: frozenset[str] = getattr(model, "optional_columns", frozenset())
    missing = [column for column in columns if column not in header and column not in optional]
    unknown = [column for column in header if column not in columns]
    if not missing and not unknown and len(header) == len(set(header)):
        return True
    hint = " (columns are separated by commas)" if len(header) == 1 and ";" in header[0] else ""
    problems.found.append(
        f"{name}, line 1: the header must name each of {','.join(columns)} once; "
        f"missing: {', '.join(missing) or 'none'}; unknown: {', '.join(unknown) or 'none'}{hint}"
    )
    return False


def _entry(
    name: str, line: int, header: Sequence[str], cells: Sequence[str], model: type[R], problems: Problems
) -> list[Entry[R]]:
    given = {column: cell.strip() for column, cell in zip(header, cells, strict=False) if cell.strip()}
    subject = subject_of_cells(name, given)
    if len(cells) != len(header):
        problems.add_row(RowProblem(name, line, "", f"has {len(cells)} cells, the header has {len(header)} columns"), subject)
        return []
    if unread := [column for column, cell in given.items() if _FOREIGN.search(cell)]:
        cause = f"{given[unread[0]][:40]!r} is not UTF-8 text; save the file as UTF-8"
        problems.add_row(RowProblem(name, line, f"column {unread[0]}", cause), subject)
        return []
    try:
        return [Entry(name, line, model.model_validate(given))]
    except ValidationError as error:
        for e in error.errors():
            problems.add_row(RowProblem(name, line, f"column {'.'.join(map(str, e['loc'])) or 'any'}", _words(e)), subject)
        return []


def _words(error: Any) -> str:
    if error["type"] == "missing":
        return "is empty; a value is required"
    message = str(error["msg"]).removeprefix("Value error, ")
    given = error.get("input")
    return message if not isinstance(given, str) or repr(given) in message else f"{given[:80]!r}: {message}"


def _nearest(error: Any, model: type[BaseModel]) -> str:
    """For a key that nobody knows, the one that may be meant, of those that are known where it stands."""
    place = error["loc"]
    if error["type"] != "extra_forbidden":
        return ""
    for step in place[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_within(model.model_fields[step].annotation) or model
    near = get_close_matches(str(place[-1]).lower(), model.model_fields, 1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(model.model_fields)}"


def _model_within(annotation: Any) -> type[BaseModel] | None:
    """The model that a field holds, by itself or in a list."""
    kinds = (annotation, *get_args(annotation))
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def _shown(key: Hashable) -> str:
    return ", ".join(map(str, key)) if isinstance(key, tuple) else str(key)
