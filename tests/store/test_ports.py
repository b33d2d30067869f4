"""The store fulfils what the activities ask for; mypy reads this file with the rest."""

from __future__ import annotations

from sqlalchemy import Engine

from activities import ports
from models.store.audit_trail import SqlAuditTrail
from models.store.catalogue import SqlCatalogue
from models.store.fulfilments import SqlReturns, SqlShipments
from models.store.inbox import SqlInbox
from models.store.journals import SqlNumberRanges, SqlOutbox
from models.store.order_book import SqlOrderBook
from models.store.parties import SqlParties, SqlTaxTables
from models.store.stock_ledger import SqlStockLedger


def test_every_repository_fulfils_its_port(engine: Engine) -> None:
    """Names and signatures are for the type checker, presence of every method is checked here."""
    inbox: ports.Inbox = SqlInbox(engine)
    book: ports.OrderBook = SqlOrderBook(engine)
    parties: ports.Parties = SqlParties(engine)
    catalogue: ports.Catalogue = SqlCatalogue(engine)
    taxes: ports.TaxTables = SqlTaxTables(engine)
    ledger: ports.StockLedger = SqlStockLedger(engine)
    shipments: ports.Shipments = SqlShipments(engine)
    numbers: ports.NumberRanges = SqlNumberRanges(engine)
    outbox: ports.Outbox = SqlOutbox(engine)
    trail: ports.AuditTrail = SqlAuditTrail(engine)
    returns: ports.Returns = SqlReturns(engine)
    for made in (inbox, book, parties, catalogue, taxes, ledger, shipments, numbers, outbox, trail, returns):
        port = getattr(ports, type(made).__name__.removeprefix("Sql"))
        asked = {name for name in vars(port) if not name.startswith("_")}
        assert asked <= set(dir(made)), port
