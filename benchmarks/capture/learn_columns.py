"""`python -m benchmarks.capture.learn_columns`: trains the vote on columns with unknown heads on the layouts of the split
`train`, judges it against the rules on layouts and wording held out, and ships it."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np

from benchmarks.capture.damaged_heads import DamagedTable, Extent, HeadedTable, damaged, tables_of
from benchmarks.capture.run import PROCESSES, SEED, all_cases, prepare
from models.contracts.model_card import with_card
from models.domain.document import TextBox
from models.domain.evidence import Evidence
from models.ml.train.logistic import Fitted, fitted
from parsers.tables import column_guess, column_inferred
from parsers.tables.column_contents import settled
from parsers.tables.column_features import FEATURES, ROLES, Table, features, kind_of, looks
from parsers.tables.column_inferred import inferred_heading
from parsers.tables.column_votes import FILE, ColumnVotes
from parsers.tables.columns import Heading, heading_at
from parsers.tables.head_rows import Row

#: From this share on a vote counts.
ACCEPT = 0.6
_EXTENTS: tuple[Extent, ...] = ("one", "some", "most", "all")
_ROUNDS = 2
_PLACES = 3
_SOURCES = ("native_pdf", "spreadsheet", "email")
_LEARNT = Path(__file__).parents[2] / "parsers" / "learnt"
_LIMITS = (
    "Trained on invented orders in drawn layouts, whose columns are fewer than those of real papers. Discounts and price bases "
    "are never voted for; whose part number it is, is not told; what it names is read with doubt."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the documents, trains, judges, and writes the weights with their card."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.capture.learn_columns", description=__doc__)
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=_LEARNT, metavar="FOLDER")
    options = parser.parse_args(arguments)
    tables = list(_tables(options.processes, options.seed))
    for name, written in files(tables, options.seed).items():
        (options.out / name).write_bytes(written)
    return 0


def _tables(processes: int, seed: int) -> Iterator[HeadedTable]:
    with multiprocessing.get_context("spawn").Pool(processes, initializer=prepare) as pool:
        for own in pool.imap(tables_of, all_cases(_SOURCES, seed), chunksize=4):
            yield from own


def files(tables: Sequence[HeadedTable], seed: int) -> dict[str, bytes]:
    """The weights trained on those of `tables` that are for training and their card, judged on the others, by file name."""
    trained = [table for table in tables if table.split == "train"]
    rows, roles = samples(trained, seed)
    votes = votes_of(fitted(np.array(rows), np.array([ROLES.index(role) for role in roles]), len(ROLES)), ROLES, ACCEPT)
    layouts = len({table.layout for table in trained})
    return with_card(
        FILE,
        content_of(votes),
        trained_on=f"{len(rows)} columns of {len(trained)} tables in {layouts} layouts, their heads damaged",
        command="python -m benchmarks.capture.learn_columns",
        features=FEATURES,
        accept=ACCEPT,
        seed=seed,
        splits="train; judged on calibrate and test in wording held out",
        limits=_LIMITS,
        figures=figures(tables, seed, votes),
    )


def samples(tables: Iterable[HeadedTable], seed: int) -> tuple[list[list[float]], list[str]]:
    """The figures of every damaged column, beside those whose heads are whole, and what it holds."""
    draw = random.Random(seed)
    rows, roles = [], []
    for table in [*tables] * _ROUNDS:
        seen = Table.of(table.rows, table.style)
        for case in (case for extent in _EXTENTS for case in damaged([table], extent, "train", draw)):
            known = {role for index, role in table.roles.items() if index not in case.damaged}
            for index in sorted(case.damaged):
                if index < seen.width:
                    rows.append(features(looks(seen, index, case.heads[index]), known))
                    roles.append(table.roles[index])
    return rows, roles


def votes_of(trained: Fitted, roles: Sequence[str], accept: float) -> ColumnVotes:
    """The trained weights as they are shipped."""
    weights = {role: _rounded(trained.weights[:, place]) for place, role in enumerate(roles)}
    return ColumnVotes(accept=accept, means=_rounded(trained.means), spreads=_rounded(trained.spreads, 5), weights=weights)


def content_of(votes: ColumnVotes) -> bytes:
    """The weights for people to read: a line for each role."""
    weights = ",\n".join(f"    {json.dumps(role)}: {json.dumps(own)}" for role, own in votes.weights.items())
    means, spreads = json.dumps(votes.means), json.dumps(votes.spreads)
    whole = f'  "accept": {votes.accept},\n  "means": {means},\n  "spreads": {spreads},\n  "weights": {{\n{weights}\n  }}\n'
    return f"{{\n{whole}}}\n".encode()


def _rounded(numbers: Iterable[float], places: int = _PLACES) -> tuple[float, ...]:
    return tuple(round(float(number), places) for number in numbers)


@dataclass
class Tally:
    """How the columns of a set of tables were read whose heads were damaged: rightly, as something else, or not at all."""

    columns: int = 0
    right: int = 0
    wrong: int = 0

    def __str__(self) -> str:
        count = self.columns or 1
        return f"{self.right / count:.3f} right, {self.wrong / count:.3f} wrong of {self.columns}"


def figures(tables: Sequence[HeadedTable], seed: int, votes: ColumnVotes) -> dict[str, str]:
    """How damaged columns are named without and with `votes`, by split and extent of the damage."""
    none = votes.model_copy(update={"accept": 2.0})
    return {
        f"{split}, heads damaged: {extent}": f"rules alone {_tally(tables, split, extent, seed, none)}; "
        f"with the vote {_tally(tables, split, extent, seed, votes)}"
        for split in ("calibrate", "test")
        for extent in (*_EXTENTS, "none")
    }


def _tally(tables: Sequence[HeadedTable], split: str, extent: Extent, seed: int, votes: ColumnVotes) -> Tally:
    tally = Tally()
    own = [table for table in tables if table.split == split]
    with (
        patch.object(column_guess, "shipped_votes", lambda: votes),
        patch.object(column_inferred, "shipped_votes", lambda: votes),
    ):
        for case in damaged(own, extent, "held_out", random.Random(seed)):
            _count(tally, case, has_heads=extent != "none")
    return tally


def _count(tally: Tally, case: DamagedTable, *, has_heads: bool) -> None:
    heading = _read(case, has_heads=has_heads)
    named = {column.index: kind_of(column.roles[0]) for column in heading.columns} if heading else {}
    for index in case.damaged:
        role = named.get(index, "other")
        tally.columns += 1
        tally.right += role == case.table.roles[index]
        tally.wrong += role not in (case.table.roles[index], "other")


def _read(case: DamagedTable, *, has_heads: bool) -> Heading | None:
    """The columns as the reader names them: as under a heading it knows, else as in a table without one."""
    width = max([*case.heads, *(len(texts) - 1 for texts in case.table.rows)]) + 1
    head = [_box(case.heads.get(index, "")) for index in range(width)]
    body: list[Row] = [[_box(text) for text in texts] for texts in case.table.rows]
    rows = [head, *body] if has_heads else body
    heading = heading_at(rows, 0)
    if heading is not None:
        under = settled(heading, rows[heading.rows :], case.table.style)
        return under if under.is_order_table else None
    return inferred_heading(rows, case.table.style)


def _box(text: str) -> TextBox | None:
    return TextBox(text=text, evidence=Evidence(part="drawn"), confidence=1.0) if text else None


if __name__ == "__main__":
    raise SystemExit(main())
