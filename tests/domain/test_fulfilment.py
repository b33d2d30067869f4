"""The walk, the cartons and the carrier."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.catalogue import Item
from models.domain.errors import Misconfigured
from models.domain.freight import choose_service
from models.domain.identifiers import Sku, Sscc
from models.domain.packing import OWN_PACKAGING, STANDARD_CARTONS, pack
from models.domain.picking import pick_walk
from models.domain.shipment import CarrierService, PackedCarton, PickTask
from models.domain.values import UnitCode
from tests.domain.made import TODAY, item


def task(line: int = 1, quantity: str = "1", bin_code: str = "A-01-1", sku: str = "HX-M8-40", part: int = 1) -> PickTask:
    return PickTask(
        sequence=line, line=line, part=part, sku=Sku(sku), description="", bin=bin_code, quantity=Decimal(quantity)
    )  # fmt: skip


def sscc(number: int) -> Sscc:
    return Sscc.numbered("4012345", number)


def sized(length: str, width: str, height: str, weight: str, **parts: Any) -> Item:
    sizes = {"length_mm": Decimal(length), "width_mm": Decimal(width), "height_mm": Decimal(height), "weight_kg": Decimal(weight)}
    return item(**{**sizes, **parts})


def packed(quantity: str, thing: Item) -> tuple[PackedCarton, ...]:
    return pack([task(quantity=quantity)], {thing.sku: thing}, sscc)


def test_the_walk_goes_up_one_aisle_and_down_the_next() -> None:
    """Figures by value: place 10 comes after place 9."""
    bins = ["B-02-1", "A-10-1", "C-01-1", "B-09-2", "A-9-1", "C-03-1"]
    walk = pick_walk([task(number, bin_code=code) for number, code in enumerate(bins, 1)])
    assert [stop.bin for stop in walk] == ["A-9-1", "A-10-1", "B-09-2", "B-02-1", "C-01-1", "C-03-1"]
    assert [stop.sequence for stop in walk] == [1, 2, 3, 4, 5, 6]


def test_an_aisle_without_picks_does_not_turn_the_walk() -> None:
    """After A comes C, from its far end."""
    walk = pick_walk([task(1, bin_code="C-01-1"), task(2, bin_code="A-01-1"), task(3, bin_code="C-08-1")])
    assert [stop.bin for stop in walk] == ["A-01-1", "C-08-1", "C-01-1"]


def test_a_small_order_gets_a_small_carton() -> None:
    """With its own weight and the carton's."""
    (carton,) = packed("100", sized("40", "13", "13", "0.02"))
    assert (carton.carton_type, carton.weight_kg, carton.goods[0].quantity) == ("XS", Decimal("2.120"), 100)


def test_weight_splits_what_volume_would_hold() -> None:
    """No carton above what it carries."""
    cartons = packed("100", sized("50", "50", "50", "1"))
    assert len(cartons) == 4
    assert all(carton.weight_kg <= Decimal("31.9") for carton in cartons)


def test_what_fits_no_carton_ships_as_it_is_one_by_one() -> None:
    """A three-metre profile, and a machine of eighty kilos."""
    profiles = packed("3", sized("3000", "40", "40", "2"))
    assert [(carton.carton_type, carton.goods[0].quantity) for carton in profiles] == [(OWN_PACKAGING, 1)] * 3
    assert profiles[0].length_mm >= 3000
    assert [carton.carton_type for carton in packed("1", sized("300", "300", "300", "80"))] == [OWN_PACKAGING]


def test_long_goods_share_a_long_carton_and_short_ones_never_get_one() -> None:
    """Thirty hoses are one parcel; what is a little too much for an M goes into an L."""
    assert [(carton.carton_type, carton.goods[0].quantity) for carton in packed("30", sized("800", "27", "27", "0.2"))] == [
        ("LONG", 30)
    ]
    assert [carton.carton_type for carton in packed("20", sized("100", "100", "100", "0.1"))] == ["L"]


def test_cable_by_the_metre_is_coiled_into_cartons() -> None:
    """A metre is longer than any carton, and still goes in."""
    cable = sized("1000", "12", "12", "0.125", base_unit=UnitCode("MTR"), conversions=())
    cartons = packed("150.5", cable)
    assert OWN_PACKAGING not in {carton.carton_type for carton in cartons}
    assert sum(carton.goods[0].quantity for carton in cartons) == Decimal("150.5")


def test_two_picks_of_a_line_that_meet_in_a_carton_are_one_quantity() -> None:
    """From two bins into one carton."""
    thing = sized("40", "13", "13", "0.02")
    (carton,) = pack([task(quantity="3"), task(quantity="4", part=2, bin_code="B-1")], {thing.sku: thing}, sscc)
    assert [goods.quantity for goods in carton.goods] == [7]


_edges = st.integers(1, 900).map(str)
_things = st.tuples(_edges, _edges, _edges, st.decimals("0", "40", places=2).map(str))


@given(st.lists(st.tuples(_things, st.integers(1, 60)), min_size=1, max_size=5))
def test_every_unit_is_in_exactly_one_carton_and_no_carton_is_too_full(rows: list[tuple[tuple[str, str, str, str], int]]) -> None:
    """Quantities per line, weights, volumes and SSCCs."""
    items = {Sku(f"S{n}"): sized(*size, sku=f"S{n}") for n, (size, _) in enumerate(rows, 1)}
    tasks = [task(n, str(quantity), sku=f"S{n}") for n, (_, quantity) in enumerate(rows, 1)]
    cartons = pack(tasks, items, sscc)
    for pick in tasks:
        assert sum(goods.quantity for carton in cartons for goods in carton.goods if goods.line == pick.line) == pick.quantity
    assert len({carton.sscc for carton in cartons}) == len(cartons)
    types = {carton.code: carton for carton in STANDARD_CARTONS}
    for carton in cartons:
        if carton.carton_type == OWN_PACKAGING:
            assert sum(goods.quantity for goods in carton.goods) == 1
            continue
        contents = [(items[goods.sku], goods.quantity) for goods in carton.goods]
        volume = sum(thing.length_mm * thing.width_mm * thing.height_mm * quantity for thing, quantity in contents)
        assert volume <= types[carton.carton_type].usable_mm3
        assert sum(thing.weight_kg * quantity for thing, quantity in contents) <= types[carton.carton_type].max_contents_kg


def service(code: str = "RKL", name: str = "economy", price: str = "5.90", days: int = 2, **parts: Any) -> CarrierService:
    usual: dict[str, Any] = {
        "code": code, "name": f"Carrier {code}", "service": name, "from_country": "DE", "to_zone": "Z1",
        "max_weight_kg": Decimal(30), "base_price": Decimal(price),
        "price_per_kg": Decimal("0.10"), "currency": "EUR", "transit_days": days,
    }  # fmt: skip
    return CarrierService(**{**usual, **parts})


CARTONS = packed("100", sized("50", "50", "50", "0.1"))
FRIDAY = date(2026, 11, 27)


def test_the_cheapest_service_within_the_promised_date_is_taken() -> None:
    """With its reason, and the runner-up's."""
    offers = [service(), service("PBX", "standard", "7.50", 1), service("PBX", "slow", "3.00", 9)]
    choice = choose_service(offers, CARTONS, today=TODAY, promised_on=FRIDAY)
    assert (choice.carrier, choice.arrives_on) == ("RKL", date(2026, 11, 25))
    assert "cheapest that arrives by 2026-11-27" in choice.reason
    assert "1.60 EUR dearer" in choice.runner_up


def test_where_none_is_in_time_the_soonest_is_taken_and_said() -> None:
    """Late, but least."""
    choice = choose_service([service(days=9, price="1"), service("PBX", days=4)], CARTONS, today=TODAY, promised_on=TODAY)
    assert choice.carrier == "PBX"
    assert "none arrives by 2026-11-23" in choice.reason


def test_the_customers_carrier_goes_first_while_it_is_in_time() -> None:
    """Dearer, but wanted; late, it is not taken."""
    offers = [service(), service("PBX", price="9", days=2)]
    wanted = choose_service(offers, CARTONS, today=TODAY, promised_on=FRIDAY, preference="PBX")
    assert (wanted.carrier, "customer wants" in wanted.reason) == ("PBX", True)
    late = [service(), service("PBX", days=9)]
    assert choose_service(late, CARTONS, today=TODAY, promised_on=FRIDAY, preference="PBX").carrier == "RKL"


def test_the_price_is_per_carton_and_kilo() -> None:
    """One carton of ten kilos and its tare of 450 g: 5.90 and 1.045, rounded half up; two of them are twice that."""
    assert choose_service([service()], CARTONS, today=TODAY, promised_on=None).cost.amount == Decimal("6.95")
    assert choose_service([service()], CARTONS * 2, today=TODAY, promised_on=None).cost.amount == Decimal("13.89")


def why_not(*offers: CarrierService, **parts: Any) -> tuple[str, str]:
    """The reason for the choice, and the one against its runner-up."""
    choice = choose_service(offers, CARTONS, today=TODAY, **{"promised_on": FRIDAY, **parts})
    return choice.reason, choice.runner_up.rpartition(": ")[2]


def test_what_arrives_on_the_promised_day_is_in_time() -> None:
    """Four working days from Monday are Friday."""
    choice = choose_service([service(days=4), service("PBX", price="9", days=1)], CARTONS, today=TODAY, promised_on=FRIDAY)
    assert (choice.carrier, "cheapest that arrives by" in choice.reason) == ("RKL", True)


def test_the_carrier_that_is_wanted_is_told_only_where_there_was_a_choice() -> None:
    """Nor where another was taken, nor where none was wanted."""
    assert why_not(service(), service("PBX"), preference="RKL")[0].endswith("of the carrier that the customer wants")
    words = "the cheapest that arrives by 2026-11-27"
    assert why_not(service(), service(name="express", price="9"), preference="RKL")[0] == words
    assert why_not(service(), service("PBX", days=9), preference="PBX")[0] == words
    assert why_not(service(), promised_on=None) == ("the cheapest", "")


def test_the_runner_up_is_told_with_what_spoke_against_it() -> None:
    """Too late, dearer, no cheaper, or not the carrier that is wanted; told by its name, its price and its day."""
    assert why_not(service(), service("PBX", price="1", days=9))[1] == "too late"
    assert why_not(service(), service("PBX", price="6"))[1] == "0.10 EUR dearer"
    assert why_not(service(), service("PBX"))[1] == "costs the same"
    assert why_not(service(), service("PBX", price="1"), preference="RKL")[1] == "not the carrier that the customer wants"
    assert why_not(service(), service("PBX", price="1", days=3), preference="RKL")[1] == "later"
    both_late = why_not(service(days=2), service("PBX", price="1", days=9), promised_on=TODAY)
    assert both_late[1] == "later"
    choice = choose_service([service(), service("PBX", price="6")], CARTONS, today=TODAY, promised_on=None)
    assert choice.runner_up.startswith("Carrier PBX economy for 7.05 EUR, arriving 2026-11-25: ")


def test_of_services_alike_the_same_one_is_taken_every_time() -> None:
    """By code and name, whatever the tables' sequence; a carton of just the weight allowed is carried, and each must be."""
    alike = [service("B", "x"), service("A", "y"), service("A", "x")]
    choices = {(choice.carrier, choice.service) for offers in (alike, alike[::-1])
               for choice in [choose_service(offers, CARTONS, today=TODAY, promised_on=None)]}  # fmt: skip
    assert choices == {("A", "x")}
    (carton,) = CARTONS
    just = service(max_weight_kg=carton.weight_kg)
    assert choose_service([just], CARTONS, today=TODAY, promised_on=None).carrier == "RKL"
    heavier = carton.model_copy(update={"weight_kg": carton.weight_kg + 1})
    with pytest.raises(Misconfigured, match=f"a carton of {heavier.weight_kg} kg"):
        choose_service([just], [carton, heavier], today=TODAY, promised_on=None)


@pytest.mark.parametrize("offers", [[], [service(max_weight_kg=Decimal("0.5"))], [service(), service(currency="USD")]])
def test_rate_tables_that_answer_nothing_page_an_operator(offers: list[CarrierService]) -> None:
    """No row, none that carries it, or two currencies."""
    with pytest.raises(Misconfigured):
        choose_service(offers, CARTONS, today=TODAY, promised_on=None)
