"""Domestic deliveries whose tax the customer owes: goods that fraud favours, and suppliers who are established elsewhere.

Articles 194, 198, 199 and 199a of Council Directive 2006/112/EC as the states took them up; section 55A of the UK's Value
Added Tax Act 1994. The goods are named by groups that the operator gives to categories (goods_flags.csv).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from models.domain.values import Currency, Money, Value

#: Groups of goods: telephones, chips, devices, and materials.
MOBILE_PHONES, CHIPS, CONSOLES, TABLETS, LAPTOPS = "mobile_phones", "integrated_circuits", "game_consoles", "tablets", "laptops"
METALS, SCRAP, GOLD, PRECIOUS_METALS = "metals", "scrap", "investment_gold", "precious_metals"
GROUPS = frozenset({MOBILE_PHONES, CHIPS, CONSOLES, TABLETS, LAPTOPS, METALS, SCRAP, GOLD, PRECIOUS_METALS})

_DEVICES = frozenset({MOBILE_PHONES, CHIPS, CONSOLES, TABLETS, LAPTOPS})


class ReverseChargeRule(Value):
    """A state's rule for groups of goods. It holds from a net sum of these goods on the order; None is any sum."""

    country: str
    groups: frozenset[str]
    law: str
    from_sum: Money | None = None
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def _sum(amount: int, currency: str = "EUR") -> Money:
    return Money(amount=Decimal(amount), currency=Currency(currency))


RULES = (
    ReverseChargeRule(
        country="DE", groups=frozenset({MOBILE_PHONES, CHIPS}), law="§ 13b Abs. 2 Nr. 10 UStG", from_sum=_sum(5000),
        since=date(2011, 7, 1),
    ),
    ReverseChargeRule(
        country="DE", groups=frozenset({CONSOLES, TABLETS}), law="§ 13b Abs. 2 Nr. 10 UStG", from_sum=_sum(5000),
        since=date(2014, 10, 1),
    ),
    ReverseChargeRule(
        country="DE", groups=frozenset({METALS}), law="§ 13b Abs. 2 Nr. 11 UStG", from_sum=_sum(5000), since=date(2015, 1, 1)
    ),
    ReverseChargeRule(country="DE", groups=frozenset({SCRAP}), law="§ 13b Abs. 2 Nr. 7 UStG", since=date(2011, 1, 1)),
    ReverseChargeRule(country="DE", groups=frozenset({GOLD}), law="§ 13b Abs. 2 Nr. 9 UStG", since=date(2011, 1, 1)),
    ReverseChargeRule(
        country="AT", groups=frozenset({CONSOLES, TABLETS, LAPTOPS}), law="§ 2 Z 1 UStBBKV", from_sum=_sum(5000),
        since=date(2014, 1, 1),
    ),
    ReverseChargeRule(
        country="AT", groups=frozenset({SCRAP}), law="§ 19 Abs. 1d UStG 1994, Schrott-UStV", since=date(2007, 7, 1)
    ),
    ReverseChargeRule(
        country="NL", groups=_DEVICES, law="artikel 24ba Uitvoeringsbesluit omzetbelasting 1968", from_sum=_sum(10000),
        since=date(2013, 6, 1),
    ),
    ReverseChargeRule(
        country="NL", groups=frozenset({SCRAP}), law="artikel 24bb Uitvoeringsbesluit omzetbelasting 1968", since=date(2007, 1, 1)
    ),
    ReverseChargeRule(
        country="IT", groups=frozenset({MOBILE_PHONES}), law="articolo 17, sesto comma, lettera b), D.P.R. 633/1972",
        since=date(2011, 4, 1), until=date(2026, 12, 31),
    ),
    ReverseChargeRule(
        country="IT", groups=frozenset({CHIPS, CONSOLES, TABLETS, LAPTOPS}),
        law="articolo 17, sesto comma, lettera c), D.P.R. 633/1972", since=date(2016, 5, 2), until=date(2026, 12, 31),
    ),
    ReverseChargeRule(
        country="IT", groups=frozenset({SCRAP}), law="articolo 74, settimo comma, D.P.R. 633/1972", since=date(2004, 1, 1)
    ),
    ReverseChargeRule(
        country="ES", groups=frozenset({MOBILE_PHONES, CONSOLES, TABLETS, LAPTOPS}),
        law="artículo 84.Uno.2.º g) Ley 37/1992", from_sum=_sum(10000), since=date(2015, 4, 1),
    ),
    ReverseChargeRule(
        country="ES", groups=frozenset({PRECIOUS_METALS}), law="artículo 84.Uno.2.º g) Ley 37/1992", since=date(2015, 4, 1)
    ),
    ReverseChargeRule(
        country="ES", groups=frozenset({SCRAP}), law="artículo 84.Uno.2.º c) Ley 37/1992", since=date(2004, 1, 1)
    ),
    ReverseChargeRule(country="FR", groups=frozenset({SCRAP}), law="article 283, 2 sexies, CGI", since=date(2008, 1, 1)),
    ReverseChargeRule(
        country="RO", groups=_DEVICES, law="art. 331 alin. (2) lit. i) și j) Codul fiscal", from_sum=_sum(22500, "RON"),
        since=date(2016, 1, 1), until=date(2026, 12, 31),
    ),
    ReverseChargeRule(
        country="CZ", groups=_DEVICES, law="§ 92f zákona č. 235/2004 Sb., nařízení vlády č. 361/2014 Sb.",
        from_sum=_sum(100000, "CZK"), since=date(2015, 4, 1),
    ),
    ReverseChargeRule(
        country="GB", groups=frozenset({MOBILE_PHONES, CHIPS}), law="Value Added Tax Act 1994, section 55A, SI 2010/2239",
        from_sum=_sum(5000, "GBP"), since=date(2010, 11, 1),
    ),
)  # fmt: skip

#: Article 194: states that make a taxable customer identified there liable for what a supplier established elsewhere
#: delivers from stock in the country, whether or not the supplier is registered there.
ARTICLE_194 = {
    "BE": "art. 51, § 2, alinéa 1er, 5°, Code TVA",
    "ES": "artículo 84.Uno.2.º a) Ley 37/1992",
    "FR": "article 283, 1, CGI",
    "IT": "articolo 17, secondo comma, D.P.R. 633/1972",
    "NL": "artikel 12, lid 3, Wet op de omzetbelasting 1968",
}
#: The same, but only while the supplier is not registered there.
ARTICLE_194_UNREGISTERED = {"PL": "art. 17 ust. 1 pkt 5 ustawy o VAT"}


def rule_for(country: str, group: str, day: date) -> ReverseChargeRule | None:
    """The state's rule for a group of goods on the day, or None."""
    return next((rule for rule in RULES if rule.country == country and group in rule.groups and rule.holds_on(day)), None)
