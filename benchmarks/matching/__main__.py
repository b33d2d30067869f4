"""`python -m benchmarks.matching --data FOLDER` measures matching and writes the figures; --parts names some of them alone.

FOLDER holds `online_retail.csv.gz` and `matching/Abt-Buy`, `matching/Amazon-Google`; what is missing is left out, and the
page says so. The test split of pairs and customers is measured only with `--split test`. How to read the figures stands in
docs/matching-benchmark.md.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import psutil
from rapidfuzz import fuzz, process

from benchmarks.matching.pairs import measured_pairs
from benchmarks.matching.parties import measured_parties
from benchmarks.matching.retail import Retail, read_retail, retail_questions, told_by_words
from benchmarks.matching.scale import measured_scale
from benchmarks.matching.synonyms import measured_synonyms
from benchmarks.matching.trigrams import nearest_by_trigrams
from models.ml.goods import Goods
from models.ml.item_judge import shipped_judge
from models.ml.item_matcher import matcher_of
from models.ml.item_questions import ItemAnswers, ItemQuery
from models.ml.thesaurus import thesaurus

_SEED, _KNOWN, _PEER_QUERIES = 20261124, 2_000, 200
_THRESHOLDS = (0.7, 0.8, 0.85, 0.9, 0.92, 0.95)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure matching.")
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--split", choices=("valid", "test"), default="valid", help="Which pairs are judged.")
    parser.add_argument("--parts", default="retail,pairs,scale,parties,synonyms", help="What is measured.")
    parser.add_argument("--sizes", default="10000,100000,1000000", help="Numbers of invented goods.")
    parser.add_argument("--out", type=Path, default=Path("var/matching-benchmark.md"))
    chosen = parser.parse_args()
    sizes = [int(size) for size in chosen.sizes.split(",") if size]
    parts = {
        "retail": lambda: _retail(chosen.data),
        "pairs": lambda: _pairs(chosen.data, chosen.split),
        "scale": lambda: _scale(sizes),
        "parties": lambda: _parties(chosen.split),
        "synonyms": measured_synonyms,
    }
    lines = [*_head(), *(line for name in chosen.parts.split(",") for line in parts[name]())]
    chosen.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _head() -> Iterator[str]:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    yield "# How well matching works"
    yield ""
    yield f"Measured on {datetime.now(UTC):%Y-%m-%d} at commit {commit} by `python -m benchmarks.matching`."
    yield f"The machine has two cores; its load was {psutil.getloadavg()[0]:.1f} at the start. Times are CPU time on one core; a"
    yield "busy machine makes them longer."
    yield ""


def _retail(data: Path) -> Iterator[str]:
    yield "## Online Retail"
    yield ""
    path = data / "online_retail.csv.gz"
    if not path.exists():
        yield "Not measured: the data was not there."
        yield ""
        return
    retail = read_retail(path)
    asked = retail_questions(retail, _SEED, _KNOWN)
    answers = ItemAnswers(matcher_of(retail.goods), shipped_judge(), other_words=thesaurus())
    told = [(answers.answer(ItemQuery(None, text)), meant) for text, meant in asked]
    known, unknown = [one for one in told if one[1]], [one for one in told if not one[1]]
    right = [[one.goods.texts == (meant.texts if meant else ()) for one in answer.ranked] for answer, meant in known]
    yield f"{len(retail.goods)} goods of the first nine months; {len(known)} mangled texts for goods that training never"
    yield f"asked for, {len(unknown)} for goods that came later."
    yield ""
    yield "| | first | in the first five |"
    yield "|---|---|---|"
    yield f"| orderwright | {_share(hit[:1] == [True] for hit in right)} | {_share(any(hit[:5]) for hit in right)} |"
    for peer, hits in _peers(retail, asked[:_PEER_QUERIES]):
        yield f"| {peer} | {_share(hit[:1] == [True] for hit in hits)} | {_share(map(any, hits))} |"
    yield ""
    yield f"Goods are taken without a person from {shipped_judge().accept} on. What other thresholds would do:"
    yield ""
    yield "| from | of known goods accepted | of these wrong | of goods not sold accepted |"
    yield "|---|---|---|---|"
    for threshold in _THRESHOLDS:
        taken = [hit[:1] == [True] for hit, (answer, _) in zip(right, known, strict=True) if answer.confidence >= threshold]
        false = _share(answer.confidence >= threshold for answer, _ in unknown)
        yield f"| {threshold} | {len(taken) / len(known):.3f} | {_share(not one for one in taken)} | {false} |"
    of_known, of_unknown = told_by_words(retail, _SEED, _KNOWN)
    yield f"| whoever reads every word through each slip | {of_known:.3f} | | {of_unknown:.3f} |"
    yield ""


def _peers(retail: Retail, asked: Sequence[tuple[str, Goods | None]]) -> Iterator[tuple[str, list[list[bool]]]]:
    """Each peer with its milliseconds a text, and which of the five texts that it finds likest are meant."""
    texts, wanted = [goods.label.lower() for goods in retail.goods], [text.lower() for text, _ in asked]
    labels = [meant.label.lower() if meant else "" for _, meant in asked]
    started = time.process_time()
    found = [[one for one, _, _ in process.extract(text, texts, scorer=fuzz.token_set_ratio, limit=5)] for text in wanted]
    spent = (time.process_time() - started) * 1000 / len(asked)
    yield f"rapidfuzz token_set over all, {spent:.0f} ms a text", _hits(found, labels)
    found, spent = nearest_by_trigrams(texts, wanted)
    yield f"pg_trgm, {spent:.0f} ms a text (wall)", _hits(found, labels)


def _hits(found: Sequence[Sequence[str]], labels: Sequence[str]) -> list[list[bool]]:
    return [[text == label for text in five] for five, label in zip(found, labels, strict=True)]


def _pairs(data: Path, split: str) -> Iterator[str]:
    yield "## Pairs of products"
    yield ""
    if not (data / "matching").exists():
        yield "Not measured: the data was not there."
        yield ""
        return
    yield f"F1 on the {split} split."
    yield ""
    yield "| | without training | trained on the train split |"
    yield "|---|---|---|"
    for name, untrained, trained in measured_pairs(data / "matching", split):
        yield f"| {name} | {untrained:.3f} | {trained:.3f} |"
    yield ""


def _scale(sizes: list[int]) -> Iterator[str]:
    yield "## Size"
    yield ""
    yield "Invented goods of a technical dealer; a line is found, compared and judged. An order has 500 lines."
    yield ""
    columns = (
        "goods",
        "build",
        "on disk",
        "memory",
        "a line",
        "p95",
        "an order",
        "first",
        "in five",
        "rapidfuzz over all",
        "pg_trgm",
    )
    yield f"| {' | '.join(columns)} |"
    yield "|---" * len(columns) + "|"
    with tempfile.TemporaryDirectory(prefix="orderwright-benchmark-") as folder:
        for size in sizes:
            one, peer, trigrams = measured_scale(size, Path(folder))
            cells = (
                f"{one.count:,}",
                f"{one.build_seconds:.1f} s (wall {one.build_wall:.1f})",
                f"{one.disk:.0f} MB",
                f"{one.memory:.0f} MB" if one.memory > 0 else "too little to measure",
                f"{one.mean_ms:.1f} ms",
                f"{one.p95_ms:.1f} ms",
                f"{one.order_seconds:.1f} s",
                f"{one.first:.3f}",
                f"{one.in_five:.3f}",
                f"{peer[0]:.3f} first, {peer[1]:.0f} ms a line" if peer else "not run",
                f"{trigrams[0]:.3f} first, {trigrams[1]:.0f} ms a line (wall)" if trigrams else "not run",
            )
            yield f"| {' | '.join(cells)} |"


def _parties(split: str) -> Iterator[str]:
    yield "## Customers"
    yield ""
    yield from measured_parties(split)


def _share(right: Iterable[bool]) -> str:
    values = list(right)
    return f"{sum(values) / len(values):.3f}" if values else "–"


if __name__ == "__main__":
    main()
