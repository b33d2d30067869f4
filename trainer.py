"""The composition root of learning from the operator's own books, and of trying a model on past decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from models.domain.decision_record import DecisionRecord, decisions_of, records_in
from models.domain.error_budget import outcome_of
from models.domain.errors import Misconfigured
from models.domain.sales_order import SalesOrder
from models.ml.risk_model import RiskModel, RiskModels, risk_model_at
from models.ml.train.invented_histories import Example, invented_examples
from models.ml.train.own_risk import retrained
from models.store.books import Books
from models.store.session import engine_for
from settings import Settings

_ORDERS = 50_000
#: Where the operator's own models lie, in the folder of everything that is kept.
FOLDER = "models"


def train_risk(settings: Settings, *, invented_customers: int = 300) -> str:
    """Train the risk model on the books' decided orders and put it in force; how it did, in words.

    Raises `Rejected` where there is too little to learn from or the model in force does better: then that one stays.
    """
    books = Books(engine_for(settings.database))
    folder = settings.var / FOLDER
    in_force = RiskModels(folder).current()
    files, words = retrained(list(own_examples(books)), invented_examples(customers=invented_customers), in_force)
    put_in_force(files, folder)
    return words


def own_examples(books: Books) -> Iterator[Example]:
    """Every decided order with what its first decision looked at. Orders of releases without a model are left out."""
    first = _first_decisions(records_in(books.audit.of_kind(decisions_of(""))))
    returned = books.returns.orders()
    for order in books.orders.recent(_ORDERS):
        record = first.get(order.order_id)
        if record is not None and record.facts.risk_features:
            yield from _example(order, record, was_returned=order.order_id in returned)


def _first_decisions(records: Iterable[DecisionRecord]) -> dict[str, DecisionRecord]:
    first: dict[str, DecisionRecord] = {}
    for record in records:
        if record.is_automatic:
            first.setdefault(record.order_id, record)
    return first


def _example(order: SalesOrder, record: DecisionRecord, *, was_returned: bool) -> Iterator[Example]:
    outcome = outcome_of(order, was_returned=was_returned)
    if outcome is not None:
        day = order.source.received_at.date()
        yield Example(record.facts.risk_features, outcome.was_wrong, day, record.facts.customer)


def put_in_force(files: dict[str, bytes], folder: Path) -> None:
    """Write the files beside the old ones and swap each at once: between two of them, the last good model stays."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            fresh = folder / f"{name}.new"
            fresh.write_bytes(content)
        for name in files:
            (folder / f"{name}.new").replace(folder / name)
    except OSError as error:
        for name in files:
            with suppress(OSError):
                (folder / f"{name}.new").unlink()
        raise Misconfigured(
            f"the model cannot be written to {folder} ({error.strerror}): give orderwright the right to"
        ) from error


def risk_model_of(file: Path) -> RiskModel:
    """The risk model in a file, for trying it. Raises `Misconfigured` where it is not whole."""
    return risk_model_at(file)
