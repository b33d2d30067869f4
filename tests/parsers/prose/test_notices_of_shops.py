"""What shops and procurement platforms send for an order: addresses in cells, counts within names, stamps of time."""

from __future__ import annotations

import pytest

from parsers.prose.places import country_shown
from tests.parsers.prose.letters import codes, mail, the_order

NAMED = "<p>[Shop] Order #HT1043 placed by Priya Nair, Feb 10 09:41 am.</p>"
COUNTED = (
    "<table><tr><td>Terracotta pot 9cm &times; 24<br>Black<br>SKU: TPC-09-BLK</td><td>&pound;1.80</td><td>&pound;43.20</td></tr>"
    "<tr><td>Jute twine 100m &times; 10<br>SKU: JUT-100</td><td>&pound;4.25</td><td>&pound;42.50</td></tr></table>"
)
FOOT = (
    "<table><tr><td>Subtotal</td><td>&pound;85.70</td></tr>"
    "<tr><td>Shipping (Standard 2-3 days)</td><td>&pound;5.50</td></tr></table>"
)


def test_a_count_within_a_name_is_the_quantity() -> None:
    """Shops write "Terracotta pot 9cm × 24" with the number of the article below."""
    lines = the_order(mail(None, html=f"<html>{NAMED}{COUNTED}</html>")).lines
    found = [(line.seller_part_number, line.quantity, line.unit_price) for line in lines]
    stated = [tuple(value and value.value for value in values) for values in found]
    assert stated == [("TPC-09-BLK", "24", "1.80"), ("JUT-100", "10", "4.25")]


def test_a_charge_may_say_in_brackets_what_it_is_for() -> None:
    """ "Shipping (Standard 2-3 days)" is freight, and no goods."""
    assert "unread_values" not in codes(mail(None, html=f"<html>{NAMED}{COUNTED}{FOOT}</html>"))


def test_the_time_at_which_a_shop_took_the_order_is_no_wanted_day() -> None:
    """ "placed ..., Nov 2 09:41 am" in a mail of that day."""
    placed = mail("Order #HT1043 placed by Priya Nair on your store, Nov 2 09:41 am.\n\n24 x TPC-09 pots\n")
    assert the_order(placed).requested_delivery_date is None


@pytest.mark.parametrize(
    ("bill_to", "ship_to"),
    [("Factuuradres", "Verzendadres"), ("Billing Address", "Shipping Address"), ("Rechnungsadresse", "Lieferadresse")],
)
def test_addresses_in_cells_below_their_labels_are_read(bill_to: str, ship_to: str) -> None:
    """One cell for each label, the address in the cell below, its lines parted by breaks."""
    cells = "<td>Marit de Boer<br>Kantoor 1<br>Delft, 2611 AB</td><td>Drukkerij De Maas<br>Kade 77<br>Rotterdam, 3011 AA</td>"
    table = f"<table><tr><th>{bill_to}</th><th>{ship_to}</th></tr><tr>{cells}</tr></table>"
    place = the_order(mail(None, html=f"<html>{NAMED}{table}{COUNTED}</html>")).ship_to
    assert place is not None
    stated = [value and value.value for value in (place.street, place.postal_code, place.city)]
    assert stated == ["Kade 77", "3011 AA", "Rotterdam"]


@pytest.mark.parametrize(("one", "other"), [("De:", "Para:"), ("From:", "To:"), ("Von:", "An:")])
def test_who_orders_from_whom_is_no_place_to_ship_to(one: str, other: str) -> None:
    """Networks set buyer and seller below "From:" and "To:"; the goods go where a third block says."""
    head = f"{one}\nPapelera, S.A.\nCtra. de Castellón km 7\n50013 Zaragoza\n"
    head = f"{head}{other}\nHallberg, S.L.\nCalle Mayor 5\n08001 Barcelona\n"
    text = f"Pedido de compra 4502993310\n\n{head}\nEnviar todos los artículos a\nPlanta 2\nRonda Norte 9\n50014 Zaragoza\n\n"
    order = the_order(mail(f"{text}24 uds HB-4410 válvulas\n"))
    assert order.ship_to is not None
    assert order.ship_to.street is not None
    assert order.ship_to.street.value == "Ronda Norte 9"


def test_a_tax_number_shows_the_country() -> None:
    """A Belgian who writes in two languages means March with 08/03."""
    assert country_shown("Regards\nTVA/VAT BE 0412.345.678") == "BE"


def test_a_day_that_may_be_two_is_the_nearer_one() -> None:
    """ "08/03/2027" in a mail of February is the eighth of March rather than the third of August."""
    order = the_order(
        mail("PO 4711-08\nDelivery date: 08/03/2027\n\n24 x HB-4410 valves\n", date="Thu, 25 Feb 2027 10:00:00 +0000")
    )
    assert order.requested_delivery_date is not None
    assert order.requested_delivery_date.value == "2027-03-08"


@pytest.mark.parametrize(
    "said", ["Werkbon W2291 erop zetten aub.", "Kommission W2291 bitte vermerken.", "Job W2291 on the paperwork."]
)
def test_what_is_to_stand_on_the_papers_is_the_number_of_the_order(said: str) -> None:
    """A reference that the buyer wants to see again."""
    number = the_order(mail(f"20x KN-15 couplings\n\n{said}\n")).po_number
    assert number is not None
    assert number.value == "W2291"
