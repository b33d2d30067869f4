"""The order book: one document per order, never overwritten unseen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from models.domain.errors import Rejected, Unavailable
from models.domain.findings import Finding, Owner, Severity
from models.domain.lifecycle import OrderStatus
from models.domain.review_queue import QueueFilter, WaitingOrder, page_of
from models.domain.sales_order import SalesOrder
from models.store.order_book import SqlOrderBook
from models.store.waiting import refill_queue, review_queue
from tests.store import samples

ACCEPTED = OrderStatus.ACCEPTED


def test_an_order_comes_back_as_it_was_kept(engine: Engine) -> None:
    """Every digit, letter and moment."""
    kept = SqlOrderBook(engine).open(samples.order(net="1000.10"))
    assert SqlOrderBook(engine).load(kept.order_id) == samples.order(net="1000.10").model_copy(update={"version": 1})


def test_opening_an_order_again_returns_the_one_that_is_kept(engine: Engine) -> None:
    """The same purchase order twice is one order."""
    book = SqlOrderBook(engine)
    first = book.open(samples.order(net="10"))
    assert book.open(samples.order(net="99")) == first


def test_saving_counts_the_version(engine: Engine) -> None:
    """What comes back can be saved again."""
    book = SqlOrderBook(engine)
    saved = book.save(book.open(samples.order()).model_copy(update={"number": "SO-1"}))
    assert (saved.version, book.save(saved.model_copy(update={"number": "SO-2"})).version) == (2, 3)


def test_saving_what_is_kept_already_changes_nothing(engine: Engine) -> None:
    """A step that runs again after a crash leaves no second version behind."""
    book = SqlOrderBook(engine)
    kept = book.open(samples.order())
    assert book.save(kept) == kept


def test_saving_over_a_newer_version_is_refused(engine: Engine) -> None:
    """Neither of two writers loses work unseen."""
    book = SqlOrderBook(engine)
    old = book.open(samples.order())
    book.save(old.model_copy(update={"number": "SO-1"}))
    with pytest.raises(Unavailable, match="version 2 now"):
        book.save(old.model_copy(update={"number": "SO-2"}))


def test_of_many_writers_at_once_one_wins(engine: Engine) -> None:
    """The version is compared and written in one step."""
    book = SqlOrderBook(engine)
    old = book.open(samples.order())

    def saved(writer: int) -> bool:
        try:
            book.save(old.model_copy(update={"number": f"SO-{writer}"}))
        except Unavailable:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(saved, range(8))) == 1


def test_an_unknown_order_is_none_to_find_and_rejected_to_load(engine: Engine) -> None:
    """Asking whether is no error; needing it is."""
    book = SqlOrderBook(engine)
    assert book.find(samples.order_id("?")) is None
    with pytest.raises(Rejected):
        book.load(samples.order_id("?"))


def test_exposure_counts_accepted_orders_that_are_not_closed(engine: Engine) -> None:
    """Neither what waits nor what is paid or refused, and not the order that asks."""
    book = SqlOrderBook(engine)
    book.open(samples.order(1, "100", ACCEPTED))
    book.open(samples.order(2, "200", OrderStatus.SHIPPED))
    book.open(samples.order(3, "400", OrderStatus.NEEDS_REVIEW))
    book.open(samples.order(4, "800", OrderStatus.CLOSED))
    book.open(samples.order(5, "1600", OrderStatus.CANCELLED))
    book.open(samples.order(6, "3200", ACCEPTED))
    assert book.open_exposure(samples.BUYER, samples.EUR, samples.order_id(6)) == Decimal("357")


def test_exposure_follows_the_order_when_it_is_saved(engine: Engine) -> None:
    """The columns are written with the document."""
    book = SqlOrderBook(engine)
    opened = book.open(samples.order(1, "100"))
    book.save(opened.model_copy(update={"status": ACCEPTED}))
    assert book.open_exposure(samples.BUYER, samples.EUR, samples.order_id(2)) == Decimal("119")


def test_the_history_speaks_of_accepted_orders(engine: Engine) -> None:
    """Count, totals, usual quantities and who sent them."""
    book = SqlOrderBook(engine)
    for number, net in ((1, "100"), (2, "300"), (3, "1000")):
        book.open(samples.order(number, net, ACCEPTED))
    book.open(samples.order(4, "5000", OrderStatus.REJECTED))
    history = book.history(samples.BUYER, samples.order_id(9))
    assert (history.order_count, history.median_total, history.largest_total) == (3, Decimal("357"), Decimal("1190"))
    assert (history.known_senders, history.usual_quantities) == (("ada@buyer.example",), {samples.BOLT: Decimal(5)})


def test_the_history_names_the_forms_in_which_orders_were_read(engine: Engine) -> None:
    """Of those that were accepted, and not of those that were typed."""
    book = SqlOrderBook(engine)
    for number, form, status in ((1, "pdf quantity", ACCEPTED), (2, "", ACCEPTED), (3, "scan quantity", OrderStatus.REJECTED)):
        order = samples.order(number, "100", status)
        book.open(order.model_copy(update={"source": order.source.model_copy(update={"form": form})}))
    assert book.history(samples.BUYER, samples.order_id(9)).known_forms == {"pdf quantity"}


def test_a_new_customer_has_an_empty_history(engine: Engine) -> None:
    """Nothing to compare with is said as such."""
    history = SqlOrderBook(engine).history(samples.BUYER, samples.order_id(1))
    assert (history.order_count, history.median_total, history.usual_quantities) == (0, None, {})


def test_the_desk_finds_orders_by_status_and_customer_page_by_page(engine: Engine) -> None:
    """Latest first."""
    book = SqlOrderBook(engine)
    for number in range(1, 6):
        book.open(samples.order(number, status=OrderStatus.NEEDS_REVIEW if number % 2 else ACCEPTED))
    waiting = {"status": OrderStatus.NEEDS_REVIEW, "customer": str(samples.BUYER)}
    found = book.search(**waiting, limit=2, offset=1)  # type: ignore[arg-type]
    assert (_numbers(found), book.count(OrderStatus.NEEDS_REVIEW)) == (["3", "1"], 3)


def test_a_customer_number_that_no_database_can_hold_finds_nothing(engine: Engine) -> None:
    """A NUL from a query string is no error of ours."""
    assert SqlOrderBook(engine).search(customer="\x00") == []


def test_text_with_a_nul_survives_in_the_document(engine: Engine) -> None:
    """Whatever a hostile mail puts into a note is kept as it is."""
    hostile = samples.order()
    hostile = hostile.model_copy(update={"payment_terms": "30\x00 days \U0001f4a3"})
    assert SqlOrderBook(engine).open(hostile).payment_terms == "30\x00 days \U0001f4a3"


def everything(book: SqlOrderBook) -> list[WaitingOrder]:
    """The whole queue."""
    return list(book.waiting(QueueFilter(), samples.NOON, 1000).rows)


def _numbers(orders: object) -> list[str | None]:
    assert isinstance(orders, list)
    return [order.purchase_order.po_number for order in orders if isinstance(order, SalesOrder)]


def test_the_queue_holds_exactly_the_orders_that_wait_for_a_person(engine: Engine) -> None:
    """A decided order leaves it in the same moment, and its row follows the order's version."""
    book = SqlOrderBook(engine)
    first, second = (book.open(samples.order(number)) for number in (1, 2))
    assert everything(book) == []
    held = book.save(first.model_copy(update={"status": OrderStatus.ON_HOLD}))
    asked = book.save(second.model_copy(update={"status": OrderStatus.NEEDS_REVIEW}))
    assert [(row.order_id, row.version) for row in everything(book)] == [(held.order_id, 2), (asked.order_id, 2)]
    book.save(held.model_copy(update={"status": ACCEPTED}))
    assert [row.order_id for row in everything(book)] == [asked.order_id]


def test_orders_that_waited_before_there_was_a_queue_are_put_into_it_once(engine: Engine) -> None:
    """Whoever migrates finds what waits."""
    book = SqlOrderBook(engine)
    book.save(book.open(samples.order(net="10")).model_copy(update={"status": OrderStatus.ON_HOLD}))
    before = everything(book)
    with engine.begin() as connection:
        connection.execute(review_queue.delete())
    refill_queue(engine)
    refill_queue(engine)
    assert len(before) == 1
    assert everything(book) == before


QUESTIONS = (
    Finding(code="price_mismatch", severity=Severity.ERROR, message="too low"),
    Finding(code="credit_limit_exceeded", severity=Severity.ERROR, message="too much", owner=Owner.CREDIT),
    Finding(code="suspicious_sender", severity=Severity.ERROR, message="who?", owner=Owner.COMPLIANCE),
)
FILTERS = (
    QueueFilter(), QueueFilter(owner="credit"), QueueFilter(code="price_mismatch"), QueueFilter(state="fraud"),
    QueueFilter(owner="sales", code="price_mismatch"), QueueFilter(at_least=Decimal("40")),
    QueueFilter(at_least=Decimal("40.0001")),
    QueueFilter(hours=3), QueueFilter(due_within=1), QueueFilter(owner="nobody"), QueueFilter(at_least=Decimal("9e30")),
)  # fmt: skip


def test_the_database_narrows_the_queue_down_as_its_words_say(engine: Engine) -> None:
    """Every filter and page gives what going through the rows one by one gives, on both databases."""
    book = SqlOrderBook(engine)
    for number in range(12):
        order = samples.order(number, net=str(10 * number))
        received = order.source.model_copy(update={"received_at": samples.NOON - timedelta(hours=number)})
        changes = {"source": received, "status": OrderStatus.NEEDS_REVIEW, "findings": QUESTIONS[: number % 4]}
        book.save(book.open(order).model_copy(update=changes))
    rows = everything(book)
    assert len(rows) == 12
    for chosen in FILTERS:
        for offset in (0, 3):
            assert book.waiting(chosen, samples.NOON, 3, offset) == page_of(rows, chosen, samples.NOON, 3, offset), chosen


def test_rows_are_found_by_their_orders(engine: Engine) -> None:
    """Those that wait, and no others."""
    book = SqlOrderBook(engine)
    waiting = book.save(book.open(samples.order(1)).model_copy(update={"status": OrderStatus.ON_HOLD}))
    book.open(samples.order(2))
    found = book.waiting_among([waiting.order_id, samples.order_id(2), "order:10010:gone"])
    assert [row.order_id for row in found] == [waiting.order_id]


def test_an_order_is_parted_in_one_transaction(engine: Engine) -> None:
    """Where the order moved on meanwhile, no rest of it is left behind."""
    book = SqlOrderBook(engine)
    old = book.open(samples.order())
    rest = old.model_copy(update={"order_id": old.order_id.rest, "version": 0})
    book.save(old.model_copy(update={"number": "SO-1"}))
    with pytest.raises(Unavailable, match="version 2 now"):
        book.part(old, rest)
    assert book.find(rest.order_id) is None
    assert book.part(book.load(old.order_id), rest).version == 3
    assert book.load(rest.order_id).version == 1
