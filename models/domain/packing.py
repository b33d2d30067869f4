"""Cartons for a shipment: the fewest that hold it by volume and weight, each as small as its contents allow.

Units are not laid out in space: a carton is full at a share of its volume that loose goods reach in practice, and a
unit goes in only where its three edges fit. What fits no carton ships as it is, each unit a handling unit of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal

from models.domain.catalogue import Item
from models.domain.identifiers import Sku, Sscc
from models.domain.shipment import PackedCarton, PackedGoods, PickTask
from models.domain.values import Exact, Value, round_half_up

#: The share of a carton's volume that mixed goods fill in practice.
FILL = Decimal("0.7")
#: The code of a unit that ships without a carton of ours.
OWN_PACKAGING = "OWN"
#: Units of goods that have no shape of their own: metre, kilogram, gram, litre.
_MEASURED = frozenset({"MTR", "KGM", "GRM", "LTR"})


class CartonType(Value):
    """A carton that we stock. Inner and outer edges in mm, longest first; tare and the most that it carries in kg."""

    code: str
    inner_mm: tuple[int, int, int]
    outer_mm: tuple[int, int, int]
    tare_kg: Exact
    max_contents_kg: Exact

    @property
    def usable_mm3(self) -> Decimal:
        return Decimal(self.inner_mm[0] * self.inner_mm[1] * self.inner_mm[2]) * FILL


def _carton(code: str, inner: tuple[int, int, int], tare: str, contents: str) -> CartonType:
    outer = (inner[0] + 10, inner[1] + 10, inner[2] + 15)
    return CartonType(code=code, inner_mm=inner, outer_mm=outer, tare_kg=Decimal(tare), max_contents_kg=Decimal(contents))


#: Single- and double-wall cartons in the common sizes, the largest half a euro pallet wide; two for bars, hoses and lamps.
STANDARD_CARTONS = (
    _carton("XS", (200, 150, 100), "0.12", "5"),
    _carton("S", (300, 200, 150), "0.22", "10"),
    _carton("M", (400, 300, 200), "0.45", "20"),
    _carton("L", (600, 400, 300), "0.95", "30"),
    _carton("XL", (780, 580, 480), "1.90", "30"),
    _carton("LONG", (1250, 200, 200), "1.30", "25"),
    _carton("BAR", (2050, 200, 200), "2.10", "25"),
)


@dataclass
class _Open:
    """A carton that is being filled."""

    type: CartonType
    goods: list[PackedGoods] = field(default_factory=list)
    units: list[_Unit] = field(default_factory=list)
    volume: Decimal = Decimal(0)
    weight: Decimal = Decimal(0)

    def room_for(self, unit: _Unit) -> Decimal:
        """How many whole units still go in."""
        if not unit.fits(self.type):
            return Decimal(0)
        by_volume = (self.type.usable_mm3 - self.volume) / unit.volume if unit.volume else None
        by_weight = (self.type.max_contents_kg - self.weight) / unit.weight if unit.weight else None
        limits = [limit for limit in (by_volume, by_weight) if limit is not None]
        return max(Decimal(0), min(limits).to_integral_value(ROUND_FLOOR)) if limits else Decimal("Infinity")

    def put(self, unit: _Unit, task: PickTask, quantity: Decimal) -> None:
        self.goods.append(PackedGoods(line=task.line, sku=task.sku, quantity=quantity))
        self.units.append(unit)
        self.volume += unit.volume * quantity
        self.weight += unit.weight * quantity


@dataclass(frozen=True)
class _Unit:
    """One base unit of an item: its edges in mm, longest first, its volume in mm³ and its weight in kg."""

    edges: tuple[Decimal, Decimal, Decimal]
    volume: Decimal
    weight: Decimal

    def fits(self, carton: CartonType) -> bool:
        return (
            all(edge <= inner for edge, inner in zip(self.edges, carton.inner_mm, strict=True))
            and self.volume <= carton.usable_mm3
            and self.weight <= carton.max_contents_kg
        )


def pack(
    tasks: Sequence[PickTask],
    items: Mapping[Sku, Item],
    sscc: Callable[[int], Sscc],
    cartons: Sequence[CartonType] = STANDARD_CARTONS,
) -> tuple[PackedCarton, ...]:
    """Every picked quantity in exactly one carton; `sscc` numbers the cartons of the shipment from 1.

    First-fit decreasing: the bulkiest units first, each into the first carton with room, and every carton then into the
    smallest type that holds what is in it.
    """
    # By their longest edge: a long carton is for what is long, not for a little too much for a short one.
    sizes = sorted(cartons, key=lambda carton: (carton.inner_mm[0], carton.usable_mm3))
    ordered = sorted(tasks, key=lambda task: (-_unit_of(items[task.sku]).volume, task.sequence))
    packed: list[_Open] = []
    for task in ordered:
        unit = _unit_of(items[task.sku])
        largest = max((carton for carton in sizes if unit.fits(carton)), key=lambda carton: carton.usable_mm3, default=None)
        _put_away(task, unit, packed, largest or _own_packaging(unit))
    small = [_shrunk(carton, sizes) for carton in packed]
    return tuple(_closed(carton, sscc(number)) for number, carton in enumerate(small, 1))


def _unit_of(item: Item) -> _Unit:
    longest, middle, shortest = sorted((item.length_mm, item.width_mm, item.height_mm), reverse=True)
    volume = longest * middle * shortest
    if item.base_unit in _MEASURED:
        # A metre of cable is coiled and a kilogram of nails poured: only room and weight count.
        longest = middle = shortest = Decimal(0)
    return _Unit(edges=(longest, middle, shortest), volume=volume, weight=item.weight_kg)


def _own_packaging(unit: _Unit) -> CartonType:
    """The unit as its own carton, so that exactly one goes in."""
    edges = tuple(int(edge.to_integral_value(ROUND_FLOOR)) + 1 for edge in unit.edges)
    return CartonType(code=OWN_PACKAGING, inner_mm=edges, outer_mm=edges, tare_kg=Decimal(0), max_contents_kg=unit.weight)


def _put_away(task: PickTask, unit: _Unit, packed: list[_Open], new: CartonType) -> None:
    left = task.quantity
    for carton in packed if new.code != OWN_PACKAGING else ():
        left -= _fill(carton, unit, task, left)
    while left > 0:
        carton = _Open(type=new)
        packed.append(carton)
        if new.code == OWN_PACKAGING:
            carton.put(unit, task, min(left, Decimal(1)))
            left -= carton.goods[0].quantity
        else:
            left -= _fill(carton, unit, task, left)


def _fill(carton: _Open, unit: _Unit, task: PickTask, left: Decimal) -> Decimal:
    """How much went in: whole units, and a remaining part of one (a metre's half) where a whole one would fit."""
    if carton.type.code == OWN_PACKAGING:
        return Decimal(0)
    part = min(left, carton.room_for(unit))
    if part > 0:
        carton.put(unit, task, part)
    return part


def _shrunk(carton: _Open, sizes: Sequence[CartonType]) -> _Open:
    """The same contents in the smallest type that holds them."""
    if carton.type.code == OWN_PACKAGING:
        return carton
    fitting = (
        size
        for size in sizes
        if carton.volume <= size.usable_mm3
        and carton.weight <= size.max_contents_kg
        and all(unit.fits(size) for unit in carton.units)
    )
    carton.type = next(fitting, carton.type)
    return carton


def _closed(carton: _Open, number: Sscc) -> PackedCarton:
    length, width, height = carton.type.outer_mm
    return PackedCarton(
        sscc=number,
        carton_type=carton.type.code,
        goods=tuple(_merged(carton.goods)),
        weight_kg=round_half_up(carton.weight + carton.type.tare_kg, 3),
        length_mm=Decimal(length),
        width_mm=Decimal(width),
        height_mm=Decimal(height),
    )


def _merged(goods: Sequence[PackedGoods]) -> list[PackedGoods]:
    """One entry per line: two bins' picks of a line that meet in a carton are one quantity."""
    by_line: dict[tuple[int, Sku], Decimal] = {}
    for part in goods:
        by_line[part.line, part.sku] = by_line.get((part.line, part.sku), Decimal(0)) + part.quantity
    return [PackedGoods(line=line, sku=sku, quantity=quantity) for (line, sku), quantity in by_line.items()]
