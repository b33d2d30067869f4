"""`python -m benchmarks.capture.learn_labels`: trains the vote on labels that no list holds on the layouts of the split `train`,
judges it on layouts, wording and languages held out, and ships it."""

from __future__ import annotations

import argparse
import multiprocessing
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.capture.damaged_heads import Wording, misspelt
from benchmarks.capture.hidden_labels import Hidden, heads_of, said_as
from benchmarks.capture.learn_columns import content_of, votes_of
from benchmarks.capture.run import PROCESSES, SEED, all_cases, prepare
from benchmarks.capture.unheard_labels import wordings
from models.contracts.model_card import with_card
from models.ml.train.logistic import fitted
from parsers.layout.pair_features import FEATURES, ROLES, features, looks
from parsers.layout.pair_votes import FILE, SHAPES, around_of, open_in, open_pairs, voted_labels
from parsers.layout.pairs import Shape
from parsers.tables.column_votes import ColumnVotes
from parsers.wordlists import terms, words_file

#: From this share on a vote counts.
ACCEPT = 0.5
_LISTED, _UNHEARD, _FOREIGN = 4, 4, 3
#: Whose labels may stand by values of the same shape without being any of the roles.
_OTHERS: Mapping[Shape, Sequence[str]] = {
    "day": ("promised_date", "print_date", "revision", "quotation_ref", "contact"),
    "code": (
        "vendor_number",
        "quotation_ref",
        "contract_ref",
        "requisition",
        "invoice_ref",
        "job",
        "phone",
        "vat_id",
        "bank",
        "page",
    ),
    "address": ("seller", "ship_from", "contact", "bank"),
    "terms": ("notes", "job", "order_discount"),
    "rule": ("job", "notes"),
}
#: How often what is known of a head is taken for unknown: several labels of a page may be in words of its own.
_FORGOTTEN = 0.15
_LANGUAGES = ("en", "de", "fr", "es", "it")
_LEARNT = Path(__file__).parents[2] / "parsers" / "learnt"
_LIMITS = (
    "Trained on invented orders, most of them drawn. It votes for what the listed labels left open, on an order's first page and "
    "above its lines; what it names is read with doubt. Totals, currencies and sellers are never voted for."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the documents, trains, judges, and writes the weights with their card."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.capture.learn_labels", description=__doc__)
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=_LEARNT, metavar="FOLDER")
    options = parser.parse_args(arguments)
    heads = list(_heads(options.processes, options.seed))
    for name, written in files(heads, options.seed).items():
        (options.out / name).write_bytes(written)
    return 0


def _heads(processes: int, seed: int) -> Iterator[Hidden]:
    with multiprocessing.get_context("spawn").Pool(processes, initializer=prepare) as pool:
        for own in pool.imap(heads_of, all_cases(("native_pdf",), seed), chunksize=4):
            yield from own


def files(heads: Sequence[Hidden], seed: int) -> dict[str, bytes]:
    """The weights trained on those of `heads` that are for training and their card, judged on the others, by file name."""
    trained = [head for head in heads if head.split == "train" and head.language in _LANGUAGES]
    rows, roles = samples(trained, seed)
    votes = votes_of(fitted(np.array(rows), np.array([ROLES.index(role) for role in roles]), len(ROLES)), ROLES, ACCEPT)
    layouts = len({head.layout for head in trained})
    return with_card(
        FILE,
        content_of(votes),
        trained_on=f"{len(rows)} pairs of words and values in {layouts} layouts, one label of each page hidden or in other words",
        command="python -m benchmarks.capture.learn_labels",
        features=FEATURES,
        accept=ACCEPT,
        seed=seed,
        splits="train in five languages; judged on calibrate and test in wording held out, and in two more languages",
        limits=_LIMITS,
        figures=figures(heads, seed, votes),
    )


def samples(heads: Iterable[Hidden], seed: int) -> tuple[list[list[float]], list[str]]:
    """The figures of pairs, and what they are: labels hidden in several words, and what nobody hid, which is nothing."""
    draw = random.Random(seed)
    rows, roles = [], []
    for hidden in heads:
        around = around_of(hidden.sheet, hidden.head)
        known = frozenset(SHAPES) - open_in(hidden.head)
        if hidden.pair is None:
            for pair in open_pairs(hidden.sheet, hidden.head, frozenset(shape for each in SHAPES.values() for shape in each)):
                rows.append(features(looks(pair, around), _remembered(known, draw)))
                roles.append("other")
            continue
        role = _role(hidden)
        for said, apart_from in _sayings(hidden, draw):
            rows.append(features(looks(hidden.pair, around, said, apart_from), _remembered(known, draw)))
            roles.append(role)
        for field in draw.sample(_OTHERS[hidden.pair.shape], min(_FOREIGN, len(_OTHERS[hidden.pair.shape]))):
            said = draw.choice(listed_labels(field))
            rows.append(features(looks(hidden.pair, around, said, said), _remembered(known, draw)))
            roles.append("other")
    return rows, roles


def _role(hidden: Hidden) -> str:
    """What the hidden pair is, if a vote may say so: a value of another shape is none."""
    assert hidden.pair is not None
    return hidden.field if hidden.pair.shape in SHAPES.get(hidden.field, ()) else "other"


def _remembered(known: frozenset[str], draw: random.Random) -> frozenset[str]:
    return frozenset(role for role in sorted(known) if draw.random() >= _FORGOTTEN)


def _sayings(hidden: Hidden, draw: random.Random) -> Iterator[tuple[str, str]]:
    """The words that a hidden label is put in, each with the listed label that it must not be known by: its own and others of
    its field as if they were not listed, unheard ones, and its own misspelt."""
    yield hidden.said, hidden.said
    listed = listed_labels(hidden.field)
    yield from ((term, term) for term in draw.sample(listed, min(_LISTED, len(listed))))
    unheard = wordings("train", hidden.field, hidden.language)
    yield from ((term, "") for term in draw.sample(unheard, min(_UNHEARD, len(unheard))))
    yield misspelt(hidden.said, draw), hidden.said


@cache
def listed_labels(field: str) -> Sequence[str]:
    """The listed labels of a field in the languages of training."""
    languages = words_file("fields.yaml").get(field, {})
    return [term for language in _LANGUAGES for term in terms(languages.get(language, ""))]


def figures(heads: Sequence[Hidden], seed: int, votes: ColumnVotes) -> dict[str, str]:
    """How hidden labels in unheard wording are named by `votes`, by split and field; what the lists alone name is nothing."""
    found: dict[str, str] = {}
    for split in ("calibrate", "test"):
        tallies = tally([head for head in heads if head.split == split], seed, votes)
        for field, own in sorted(tallies.items()):
            count = own["labels"] or 1
            found[f"{split}, {field}"] = (
                f"{own['right'] / count:.3f} right, {own['wrong'] / count:.3f} something else of {own['labels']}"
            )
    return found


def tally(heads: Iterable[Hidden], seed: int, votes: ColumnVotes, wording: Wording = "held_out") -> dict[str, Counter[str]]:
    """By field: hidden labels in unheard wording, those named rightly, and those of which something else was named. Under `as it
    is` the pages whose labels are all known, and votes on them."""
    draw = random.Random(seed)
    found: dict[str, Counter[str]] = {}
    for hidden in heads:
        if hidden.pair is None:
            own = found.setdefault("as it is", Counter())
            own["labels"] += 1
            own["wrong"] += bool(list(voted_labels(hidden.sheet, hidden.head, open_in(hidden.head), votes)))
            continue
        words = wordings(wording, hidden.field, hidden.language)
        if (
            not words
            or hidden.field not in (*SHAPES, "seller", "quotation_ref")
            or (hidden.field in SHAPES and _role(hidden) == "other")
        ):
            continue
        said = draw.choice(words)
        sheet = said_as(hidden, said)
        labels = list(voted_labels(sheet, hidden.head, open_in(hidden.head), votes))
        mine = [label.fields[0] for label in labels if label.phrase.text.startswith(said)]
        keys = (hidden.field, "all", f"all in {hidden.language}") if hidden.field in SHAPES else (hidden.field,)
        for key in keys:
            own = found.setdefault(key, Counter())
            own["labels"] += 1
            own["right"] += mine == [hidden.field]
            own["wrong"] += bool(mine and mine != [hidden.field]) or any(label.fields[0] == hidden.field for label in labels) > (
                mine == [hidden.field]
            )
    return found


if __name__ == "__main__":
    raise SystemExit(main())
