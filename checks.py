"""The checks of an order, composed: the worker runs them for the workflows, the gateway to rehearse corrections.

A composition root like its two users; it is built once, and building it reads the catalogue.
"""

from __future__ import annotations

from activities.check_credit import CreditChecking
from activities.check_terms import TermsChecking
from activities.decide_order import OrderDeciding
from activities.determine_tax import TaxDetermining
from activities.gateways.blob_store import FileBlobStore
from activities.gateways.clock import SystemClock
from activities.gateways.mail_verifier import DkimVerifier
from activities.gateways.tax_service import tax_service_at
from activities.match_items import ItemMatching
from activities.match_parties import PartyMatching
from activities.order_records import OrderRecord
from activities.record_order import OrderRecording
from activities.rehearse_order import OrderRehearsal, Steps
from activities.screen_order import OrderScreening
from models.domain.party import StatedParty
from models.ml.calibration import reading_prior
from models.ml.catalogue_search import CatalogueSearch, catalogue_index
from models.ml.customer_index import customer_directory
from models.ml.goods import goods_of
from models.ml.item_judge import shipped_judge
from models.ml.party_screener import PartyScreener
from models.ml.risk_model import RiskModels
from models.store.books import Books
from models.store.session import engine_for
from settings import Settings


class OrderChecks:
    """What checking orders needs, wired as the settings say."""

    def __init__(self, settings: Settings, books: Books) -> None:
        self._settings = settings
        self._books = books
        self._blobs = FileBlobStore(settings.var / "blobs")
        token = settings.tax_service_token.get_secret_value()
        self._tax_service = tax_service_at(settings.tax_service_url, token, settings.tax_service_countries)
        self._screener = PartyScreener(books.watch_lists.all, books.watch_lists.state)
        catalogue = books.catalogue
        parties, place = books.parties, settings.var / "index"
        self._judge = RiskModels(settings.var / "models")
        index = catalogue_index(lambda: goods_of(catalogue.each_item()), catalogue.state, place / "items")
        self._search = CatalogueSearch(index, shipped_judge())
        self.directory = customer_directory(parties.each_customer, parties.customers_numbered, parties.state, place / "customers")

    def warm_up(self) -> None:
        """Build the search indexes and load the model now: the first order must not wait for them."""
        self._search.candidates("any item")
        self.directory.shortlist(StatedParty(), "")
        self._judge.current()

    def recording(self, record: OrderRecord) -> OrderRecording:
        books = self._books
        return OrderRecording(record, self._blobs, books.parties, books.catalogue, books.stock, books.shipments, self.directory)

    def steps(self, record: OrderRecord) -> Steps:
        """The steps on this record, in the order in which the workflow runs them."""
        books = self._books
        verifier = DkimVerifier() if self._settings.verify_signatures else None
        screening = OrderScreening(
            record, books.orders, books.parties, books.catalogue, self._blobs, self._screener, self._judge, verifier,
            self._settings.mail_receiving_server,
        )  # fmt: skip
        return Steps(
            record_decision=self.recording(record).record_decision,
            checks=(
                PartyMatching(record, books.parties, self._blobs, books.lessons, self.directory).match_parties,
                ItemMatching(record, books.catalogue, self._search, books.lessons).match_items,
                TermsChecking(record, books.catalogue, books.parties, books.lessons, self._blobs).check_terms,
                TaxDetermining(record, books.parties, books.taxes, books.catalogue, self._tax_service).determine_tax,
                CreditChecking(record, books.orders, books.parties).check_credit,
                screening.screen_order,
                OrderDeciding(record, books.parties, self._blobs, books.outcomes, reading_prior).decide_order,
            ),
        )


def rehearsal_of(settings: Settings) -> OrderRehearsal:
    """What rehearses corrections on the settings' books."""
    books = Books(engine_for(settings.database))
    return OrderRehearsal(books.orders, SystemClock(), OrderChecks(settings, books).steps)
