"""The books: every repository on one database."""

from __future__ import annotations

from sqlalchemy import Engine

from models.store.audit_trail import SqlAuditTrail
from models.store.catalogue import SqlCatalogue
from models.store.fulfilments import SqlReturns, SqlShipments
from models.store.inbox import SqlInbox
from models.store.journals import SqlNumberRanges, SqlOutbox
from models.store.lessons import SqlLessons
from models.store.order_book import SqlOrderBook
from models.store.outcomes import SqlOutcomes
from models.store.parties import SqlParties, SqlTaxTables
from models.store.stock_ledger import SqlStockLedger
from models.store.watch_lists import SqlWatchLists


class Books:
    """One repository per aggregate; nothing is connected before it is used."""

    def __init__(self, engine: Engine) -> None:
        self.inbox = SqlInbox(engine)
        self.orders = SqlOrderBook(engine)
        self.parties = SqlParties(engine)
        self.catalogue = SqlCatalogue(engine)
        self.taxes = SqlTaxTables(engine)
        self.watch_lists = SqlWatchLists(engine)
        self.stock = SqlStockLedger(engine)
        self.shipments = SqlShipments(engine)
        self.numbers = SqlNumberRanges(engine)
        self.outbox = SqlOutbox(engine)
        self.audit = SqlAuditTrail(engine)
        self.returns = SqlReturns(engine)
        self.lessons = SqlLessons(engine)
        self.outcomes = SqlOutcomes(engine)
