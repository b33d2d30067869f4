"""Learn from an accepted order: what people said on it counts from the next document on."""

from __future__ import annotations

from temporalio import activity

from activities.failures import told_to_temporal
from activities.learning_ports import LessonBook
from activities.order_records import OrderRecord
from activities.ports import BlobStore, Catalogue
from activities.submissions import reading_at
from models.contracts.activity_io import OrderStep
from models.domain.corrections import last_word
from models.domain.identifiers import Gtin
from models.domain.layout_hints import PrintedNumber
from models.domain.learning import LearnedFact, Lesson
from models.domain.lessons import Taught, lessons_of, taught_by, teaches
from models.domain.sales_order import SalesOrder


class OrderLearning:
    """Writes lessons, each once: a step that runs again after a crash finds its own."""

    def __init__(self, record: OrderRecord, catalogue: Catalogue, lessons: LessonBook, blobs: BlobStore) -> None:
        self._record = record
        self._blobs = blobs
        self._catalogue = catalogue
        self._lessons = lessons

    @activity.defn
    @told_to_temporal()
    def learn_from_order(self, step: OrderStep) -> None:
        """Keep what the order teaches, and say so in its timeline."""
        order = self._record.load(step.order_id)
        if not teaches(order):
            return
        skus = sorted({line.sku for line in order.lines if line.sku})
        taught = taught_by(order, self._known_numbers(order), self._catalogue.items(skus), self._printed(order))
        lessons = lessons_of(order, taught, self._known(taught))
        self._lessons.teach(lessons)
        for lesson in lessons:
            self._note(order, lesson)

    def _known_numbers(self, order: SalesOrder) -> frozenset[str]:
        """The order's numbers that the catalogue knows as something: they need no lesson."""
        assert order.customer_number is not None, "asked only for an order that teaches"
        lines = order.purchase_order.lines
        numbers = sorted({n for line in lines for n in (line.buyer_part_number, line.seller_part_number) if n})
        as_gtins = {gtin: number for number in numbers if (gtin := Gtin.parse(number))}
        return frozenset(
            (
                *self._catalogue.customer_items(order.customer_number, numbers),
                *self._catalogue.by_normalised_sku(numbers),
                *self._catalogue.by_mpn(numbers),
                *(as_gtins[gtin] for gtin in self._catalogue.by_gtin(list(as_gtins))),
            )
        )

    def _printed(self, order: SalesOrder) -> tuple[PrintedNumber, ...]:
        """The numbers that the order's document prints; none where it holds other orders too, whose labels are the same."""
        if order.source.reading is None or last_word(order.corrections, "po_number") is None:
            return ()
        reading = reading_at(order.source.reading, self._blobs)
        return reading.numbers if len(reading.extraction.orders) == 1 else ()

    def _known(self, taught: list[Taught]) -> list[LearnedFact]:
        by_scope: dict[str, list[str]] = {}
        for statement, _, _ in taught:
            by_scope.setdefault(statement.scope, []).append(statement.key)
        return [fact for scope, keys in by_scope.items() for fact in self._lessons.about(scope, keys)]

    def _note(self, order: SalesOrder, lesson: Lesson) -> None:
        event = {"held": "FactHeld", "overruled": "FactOverruled"}.get(lesson.kind, "FactLearned")
        said = {"held": "It held", "overruled": "Overruled", "corrected": "Learned", "approved": "Learned, not yet certain"}
        fact_id = lesson.statement.fact_id
        summary = f"{said[lesson.kind]}: {lesson.statement.in_words()} [{fact_id}]"
        self._record.note(order, event, summary[:300], {"fact": fact_id}, key=f"{fact_id}:{lesson.kind}", actor=lesson.by)
