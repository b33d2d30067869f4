"""Screen an order: denied parties and embargoed countries, goods that the law watches, and a risk score with its reasons."""

from __future__ import annotations

from temporalio import activity

from activities.decision_ports import MailSignatures, MailVerifier, PartyScreener, RiskJudge
from activities.determine_tax import dispatched_from
from activities.failures import told_to_temporal
from activities.order_records import OrderRecord
from activities.ports import BlobStore, Catalogue, OrderBook, Parties
from activities.submissions import reading_at
from models.contracts.activity_io import OrderStep
from models.domain.errors import Unavailable
from models.domain.findings import Finding
from models.domain.goods_control import goods_findings
from models.domain.mail_trust import MailTrust, mail_trust
from models.domain.party import Company, Customer, CustomerHistory
from models.domain.policy import DecisionPolicy
from models.domain.risk_facts import risk_facts
from models.domain.risk_features import COLD_ORDERS, risk_features
from models.domain.risk_rules import score_order
from models.domain.sales_order import SalesOrder
from models.domain.screening import Screening, embargo_findings, hit_findings, screened_parties


class OrderScreening:
    """Scores what the earlier checks found together with the customer's history."""

    def __init__(
        self,
        record: OrderRecord,
        orders: OrderBook,
        parties: Parties,
        catalogue: Catalogue,
        blobs: BlobStore,
        screener: PartyScreener,
        judge: RiskJudge,
        verifier: MailVerifier | None = None,
        receiving_server: str = "",
    ) -> None:
        self._record = record
        self._orders = orders
        self._parties = parties
        self._catalogue = catalogue
        self._blobs = blobs
        self._screener = screener
        self._judge = judge
        self._verifier = verifier
        self._receiving_server = receiving_server

    @activity.defn
    @told_to_temporal()
    def screen_order(self, step: OrderStep) -> None:
        """Write the score into the order; whether it is too high is for the decision to say."""
        order = self._record.load(step.order_id)
        number = order.customer_number
        customer = self._parties.customer(number) if number else None
        history = self._orders.history(number, order.order_id) if number else CustomerHistory()
        trust = self._mail_trust(order)
        facts = risk_facts(
            order,
            customer,
            history,
            self._record.clock.now().date(),
            trust=trust,
        )
        company = self._parties.company()
        policy = company.policy
        screening, doubts = self._screened(order, customer, policy)
        by_rules = score_order(facts, policy.risk_threshold)
        by_model = self._judge.judged(risk_features(facts), is_cold=facts.order_count < COLD_ORDERS)
        updates = {
            "risk": by_rules.model_copy(update={"model": by_model}),
            "screening": screening,
            "mail_trust": trust,
            "findings": (*order.findings, *doubts, *self._watched_goods(order, company)),
        }
        self._record.save(order.model_copy(update=updates))

    def _screened(
        self, order: SalesOrder, customer: Customer | None, policy: DecisionPolicy
    ) -> tuple[Screening, tuple[Finding, ...]]:
        """Every party against every list in force, and their countries against the policy's."""
        parties = screened_parties(order.purchase_order, customer, order.ship_to)
        near = [hit for party in parties if party.name for hit in self._screener.nearest(party.name)]
        best = max(near, key=lambda hit: hit.score, default=None)
        screening = Screening(
            parties=tuple(party.name for party in parties if party.name),
            lists=tuple(self._screener.versions()),
            nearest=best.score if best else 0.0,
            nearest_name=f"{best.listed} ({best.list_name})" if best else "",
            countries=tuple(sorted({party.country for party in parties if party.country})),
        )
        hits = [hit for hit in near if hit.score >= screening.threshold]
        return screening, (*hit_findings(hits), *embargo_findings(parties, policy.embargoed_countries))

    def _watched_goods(self, order: SalesOrder, company: Company) -> tuple[Finding, ...]:
        if order.ship_to is None:
            return ()
        items = self._catalogue.items(sorted({line.sku for line in order.lines if line.sku}))
        origin = dispatched_from(company.address, self._parties.warehouses(), order.ship_to)
        return goods_findings(order.lines, {sku: item.goods_flags for sku, item in items.items()}, origin, order.ship_to)

    def _mail_trust(self, order: SalesOrder) -> MailTrust | None:
        """The evidence of the mail that the order came in; None for what came another way."""
        mail = reading_at(order.source.reading, self._blobs).mail if order.source.reading else None
        if mail is None:
            return None
        signatures = self._signatures(order)
        return mail_trust(
            mail.sender,
            mail.reply_to,
            mail.authentication_results,
            trusted=self._receiving_server,
            signed_by=signatures.signed_by if signatures else (),
            broken=signatures.broken if signatures else (),
        )

    def _signatures(self, order: SalesOrder) -> MailSignatures | None:
        if self._verifier is None or order.source.channel != "smtp" or order.source.document is None:
            return None
        try:
            return self._verifier.signatures(self._blobs.get(order.source.document))
        except Unavailable:
            # The receiving server's word is left; a decision must not wait for DNS.
            return None
