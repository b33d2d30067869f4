"""The ways in which invented orders are wrong: slips of those who write them, and orders of those who mean ill."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from math import exp

from models.domain.risk_features import COLD_ORDERS
from models.ml.train.invented_buyers import COUNTRIES, Buyer, Draft, line_of, place_of


def spoiled(draw: random.Random, buyer: Buyer, buyers: Sequence[Buyer], draft: Draft) -> str:
    """Turn an order into a wrong one; the name of the way it is wrong."""
    if len(buyer.past) < COLD_ORDERS and draw.random() < 0.5:
        _bust_out(draw, buyer, draft)
        return "bust-out"
    names = ("tenfold", "units", "another's", "impostor", "takeover", "pressed", "unseen")
    kind: str = draw.choices(names, (22, 20, 10, 18, 8, 5, 5))[0]
    ways: dict[str, Callable[[], None]] = {
        "tenfold": lambda: _tenfold(draw, draft),
        "units": lambda: _confuse_units(draft),
        "another's": lambda: _take_anothers(draw, buyers, draft),
        "impostor": lambda: _impostor(draw, buyer, draft),
        "takeover": lambda: _send_elsewhere(draw, draft, share=0.85),
        "pressed": lambda: _press(draw, draft),
        "unseen": lambda: None,
    }
    ways[kind]()
    return kind


def _tenfold(draw: random.Random, draft: Draft) -> None:
    at = draw.randrange(len(draft.lines))
    goods, count, packs = draft.lines[at]
    draft.lines[at] = goods, count * 10 if draw.random() < 0.75 else max(count // 10, 1), packs


def _confuse_units(draft: Draft) -> None:
    """The number meant in pieces stands with the pack's unit, or the other way round."""
    for at, (goods, count, packs) in enumerate(draft.lines):
        if goods.pack > 1:
            draft.lines[at] = goods, count, not packs
            return


def _take_anothers(draw: random.Random, buyers: Sequence[Buyer], draft: Draft) -> None:
    """Somebody else's goods under this customer's name."""
    goods = draw.choice(buyers).goods
    draft.lines = [line_of(draw, each, 1.0) for each in draw.sample(list(goods), min(len(draft.lines) + 1, len(goods)))]


def _impostor(draw: random.Random, buyer: Buyer, draft: Draft) -> None:
    domain = buyer.senders[0].split("@")[1]
    if draw.random() < 0.6:
        draft.imitates = domain
        draft.sender = f"orders@{domain.replace('r', 'n', 1)}"
    else:
        draft.sender = f"{buyer.customer.address.name}{draw.randrange(99)}@outlook.com"
    draft.failed = ("spf", "dmarc") if draw.random() < 0.35 else ()
    draft.reply_to = "mailbox-services.example" if draw.random() < 0.35 else ""
    _send_elsewhere(draw, draft, share=0.8)


def _send_elsewhere(draw: random.Random, draft: Draft, share: float) -> None:
    """More than usual, in haste, to a place that nobody knows."""
    scale = exp(draw.uniform(0.3, 2.2))
    draft.lines = [(goods, max(round(count * scale), 1), packs) for goods, count, packs in draft.lines]
    draft.days_to_delivery = draw.randint(0, 3) if draw.random() < 0.6 else draft.days_to_delivery
    if draw.random() < share:
        country = draw.choice(COUNTRIES) if draw.random() < 0.4 else "DE"
        draft.new_place = place_of("Freight Forwarding Hub" if draw.random() < 0.3 else "Hall 7", country)


def _bust_out(draw: random.Random, buyer: Buyer, draft: Draft) -> None:
    """A new customer who orders far too much and means not to pay."""
    scale = exp(draw.uniform(1.2, 3))
    draft.lines = [(goods, max(round(count * scale), 1), packs) for goods, count, packs in draft.lines]
    draft.longer_terms = draw.random() < 0.4
    draft.days_to_delivery = draw.randint(0, 4) if draw.random() < 0.5 else draft.days_to_delivery
    if draw.random() < 0.4:
        draft.new_place = place_of("Self-Storage 12", buyer.customer.address.country)


def _press(draw: random.Random, draft: Draft) -> None:
    """Prices and terms that nobody agreed to."""
    draft.undercut = draw.uniform(2.5, 15)
    draft.longer_terms = draw.random() < 0.6
    draft.incoterm = draw.random() < 0.5
