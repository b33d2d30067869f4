"""From the words on the paper to the question at the desk: payment and freight terms that were not agreed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from models.domain.lifecycle import OrderStatus
from models.domain.values import plain, round_half_up
from parsers.reading import read_document
from tests.activities.small_shop import SmallShop, open_shop
from tests.activities.taught import Learner, codes

_MAIL = """Guten Tag,

wir bestellen zur Bestellnummer PO-1:

100 Stück HX-M8-40

{terms}

Mit freundlichen Grüßen
Ada GmbH
"""


def _terms_of(paper: str) -> dict[str, str]:
    """What the reader makes of the terms on it."""
    reading = read_document(paper.encode(), "order.txt", ocr=None)
    (order,) = reading.reading.extraction.orders
    stated = {"payment_terms": order.payment_terms, "freight_terms": order.freight_terms, "incoterm": order.incoterm}
    return {name: value.value for name, value in stated.items() if value is not None}


def _with_customer(shop: SmallShop, **changes: str) -> SmallShop:
    """Ada's row with other terms."""
    path = shop.folder / "customers.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    names, ada = head.split(","), rows[0].split(",")
    known = dict(zip(names, ada, strict=True)) | changes
    path.write_text("\n".join([",".join(known), ",".join(known.values())]) + "\n", encoding="utf-8")
    for name in ("ship_to.csv", "customer_items.csv"):
        kept = [row for row in (shop.folder / name).read_text(encoding="utf-8").splitlines() if row[:6] in {"custom", "10010,"}]
        (shop.folder / name).write_text("\n".join(kept) + "\n", encoding="utf-8")
    shop.load()
    return shop


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ("Zahlung: 30 Tage netto, 14 Tage 3 % Skonto", "terms_differ"),
        ("Zahlungsbedingungen: 60 Tage netto", "terms_differ"),
        ("Lieferbedingung: DDP Berlin", "incoterm_shifted"),
    ],
)
def test_terms_that_cost_us_more_stop_the_order_that_a_customer_writes(tmp_path: Path, terms: str, code: str) -> None:
    """Agreed are 30 days and DAP."""
    order = open_shop(tmp_path).take(**_terms_of(_MAIL.format(terms=terms)))
    assert (order.status, [finding.code for finding in order.open_findings]) == (OrderStatus.NEEDS_REVIEW, [code])


def test_freight_that_was_not_agreed_stops_the_order_and_proposes_what_was(tmp_path: Path) -> None:
    """Agreed is that the buyer pays."""
    shop = _with_customer(open_shop(tmp_path), freight_terms="collect", incoterm="")
    order = shop.take(**_terms_of(_MAIL.format(terms="Die Lieferung erfolgt frei Haus.")))
    assert [(finding.code, finding.proposal) for finding in order.open_findings] == [
        ("freight_shifted", {"freight_terms": "collect"})
    ]


def test_freight_corrected_to_what_was_agreed_is_no_question_any_more(tmp_path: Path) -> None:
    """The proposal as it stands."""
    shop = _with_customer(open_shop(tmp_path), freight_terms="collect", incoterm="")
    shop.take(freight_terms="prepaid")
    shop.decide("correct", by="ann@us.example", freight_terms="collect")
    shop.check()
    assert shop.order().open_findings == ()


@pytest.mark.parametrize(("tolerance", "asked"), [("10", []), ("2", ["line_total_mismatch"])])
def test_a_lone_line_total_is_held_to_the_tolerance_agreed_with_the_customer(
    tmp_path: Path, tolerance: str, asked: list[str]
) -> None:
    """By every check that looks at totals: five per cent more is what this customer may expect to pay, or not."""
    learner = Learner(_with_customer(open_shop(tmp_path), price_tolerance_percent=tolerance))
    bolt = {"seller_part_number": "HX-M8-40"}
    net = learner.take(bolt).lines[0].net
    assert net is not None
    expected = round_half_up(net.amount * Decimal("1.05"))
    assert codes(learner.take({**bolt, "line_total": plain(expected)})) == asked


@pytest.mark.parametrize(
    "terms", ["Lieferung frei Haus, zahlbar in 30 Tagen netto.", "Lieferung frei Haus.", "Preise wie gehabt."]
)
def test_terms_as_agreed_ask_nothing(tmp_path: Path, terms: str) -> None:
    """DAP is free to the door."""
    order = open_shop(tmp_path).take(**_terms_of(_MAIL.format(terms=terms)))
    assert order.open_findings == ()
