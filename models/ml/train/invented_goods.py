"""A seeded catalogue of any size: goods of a technical dealer as their descriptions read, for training and measuring."""

from __future__ import annotations

import random
from collections.abc import Iterator

from models.ml.goods import Goods

_KINDS = (
    "hex bolt,socket screw,flat washer,spring washer,hex nut,lock nut,threaded rod,wood screw,drywall screw,anchor bolt,"
    "cable tie,cable gland,circuit breaker,contactor,relay,push button,limit switch,proximity sensor,pressure gauge,"
    "ball valve,gate valve,check valve,pipe elbow,pipe tee,reducer,hose clamp,o-ring,shaft seal,ball bearing,"
    "roller bearing,v-belt,timing belt,chain link,sprocket,gear wheel,linear guide,grinding disc,cutting disc,drill bit,"
    "end mill,hacksaw blade,file,hammer,screwdriver,wrench,pliers,nitrile glove,safety shoe,ear plug,respirator mask,"
    "welding rod,solder wire,led lamp,floodlight,socket outlet,junction box,busbar,fuse,terminal block,heat shrink tube,"
    "duct tape,packing tape,cardboard box,pallet wrap,label roll,toner cartridge,copy paper,ball pen,marker,notebook,"
    "binder clip,trash bag,floor cleaner,hand soap,paint brush,paint roller,primer,varnish,silicone sealant,epoxy glue,"
    "plasterboard,insulation roll,roof tile,gutter,downpipe,radiator,thermostat,expansion tank,pump,filter cartridge,"
    "compressor,air hose,quick coupling,pneumatic cylinder,solenoid valve,pressure regulator,lubricator,castor,handle,"
    "hinge,padlock,door closer,drawer slide"
)
_FINISHES = "zinc plated,stainless A2,stainless A4,brass,plain steel,galvanised,nylon,aluminium,copper,PVC,rubber,polypropylene"
_COLOURS = "black,white,grey,red,blue,green,yellow,orange,brown,clear"
_MAKERS = (
    "Ferrum Nord,Kessler,Brandt,Hansa Tools,Oakline,Vektor,Alpina,Norvik,Tidewell,Prontex,Duracraft,Helios,Raptor,Zenit,Lumex"
)
_GRADES = "8.8,10.9,12.9,type A,type B,heavy duty,economy,professional,industrial,long life,with valve,without valve"
_NUMBERS = (3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 27, 30, 36)
_LENGTHS = (10, 12, 16, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90, 100, 120, 150, 160, 180, 200, 250, 300)
_LETTERS = "ABCDEFGHKLMNPRSTVX"


def invented_goods(count: int, seed: int) -> Iterator[Goods]:
    """So many goods, each with a text of its own; the first of a larger number are the same as those of a smaller one."""
    draw = random.Random(seed)  # noqa: S311 (the same goods for the same seed are the point)
    told: set[int] = set()
    while len(told) < count:
        kind = draw.choice(_KINDS.split(","))
        text = _text(draw, kind)
        # The texts of a million goods are remembered as numbers, which take less room.
        if hash(text) in told:
            continue
        told.add(hash(text))
        maker = draw.choice(_MAKERS.split(","))
        number = f"{maker[:2].upper()}{draw.randrange(10**6, 10**7)}"
        yield Goods(sku=f"S{len(told):07d}", texts=(text,), manufacturer=maker, mpn=number, category=kind)


def _text(draw: random.Random, kind: str) -> str:
    parts = [kind.capitalize() if draw.random() < 0.5 else kind.title(), _size(draw)]
    if draw.random() < 0.7:
        parts.append(draw.choice(_FINISHES.split(",")))
    if draw.random() < 0.3:
        parts.append(draw.choice(_COLOURS.split(",")))
    if draw.random() < 0.4:
        parts.append(draw.choice(_GRADES.split(",")))
    if draw.random() < 0.8:
        parts.append(f"{draw.choice(_LETTERS)}{draw.choice(_LETTERS)}{draw.randrange(10, 1000)}")
    return f"{parts[0]} {', '.join(parts[1:])}"


def _size(draw: random.Random) -> str:
    one, other, third = draw.choice(_NUMBERS), draw.choice(_LENGTHS), draw.choice(("1", "1.5", "2", "2.5", "3", "4"))
    return draw.choice(
        (f"M{one}x{other}", f"{one} x {other} mm", f"DN {other}", f"{other} mm", f"{one}x{other}x{third} mm", f"{one} mm")
    )
