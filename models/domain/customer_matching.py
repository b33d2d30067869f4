"""Whose order it is: the customer that the evidence means, and the doubts where it means several, none or an impostor.

Each kind of evidence speaks for the customers it fits, with a weight that says how often it alone is right; agreeing
kinds add up as independent witnesses do (noisy-or). One that speaks for somebody else entirely is a conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import prod
from typing import Literal

from models.domain.findings import Candidate, Finding, Owner, Severity
from models.domain.identifiers import CustomerNumber, Gln, VatId
from models.domain.learning import LearnedFact
from models.domain.mail_addresses import FREE_MAIL, domain_of, imitated, mailbox_of
from models.domain.normalisation import (
    folded,
    normalised_name,
    normalised_part_number,
    normalised_postal_code,
    shortened_similarity,
    similarity,
    street_similarity,
)
from models.domain.party import Customer, StatedParty
from models.domain.sales_order import Match
from models.domain.values import Value

#: From here on the evidence names the customer: a mail domain alone is enough, a name alone is not.
ACCEPT = 0.85
#: How alike names must be that mean one company, and how alike beside a stated place, by how well that fits.
_SAME_NAME = 0.88
_Place = Literal["house", "town", "other street"]
_NAME_ENOUGH: dict[_Place, float] = {"house": 0.7, "town": _SAME_NAME, "other street": 0.92}
#: Below this a stated name and the customer's are not the same company, however they are written.
_OTHER_NAME = 0.45


class _Witness(Value):
    """A kind of evidence, its weight, how it reads, and the customers it speaks for."""

    kind: str
    weight: float
    words: str
    numbers: tuple[CustomerNumber, ...]


def match_customer(
    stated: StatedParty,
    sender: str,
    customers: Sequence[Customer],
    *,
    partner: CustomerNumber | None = None,
    chosen: str | None = None,
    learned: LearnedFact | None = None,
) -> tuple[Match | None, tuple[Finding, ...]]:
    """The customer's number with its reasons, and every doubt about it.

    `sender` is the address that wrote (may be empty), `partner` the customer whose electronic address sent the message,
    `chosen` a reviewer's word, which ends all doubts about who it is but not about who wrote, `learned` whom the sender was
    taught to write for.
    """
    suspicion = _suspicious(stated, sender, customers)
    if chosen is not None:
        match, doubts = _chosen(chosen, customers)
    else:
        witnesses = (*_witnesses(stated, sender, customers, partner), *_learned(learned, customers))
        match, doubts = _judged(witnesses, stated, sender, customers, learned)
    if match is None and suspicion and all(doubt.code == "unknown_customer" for doubt in doubts):
        return _imitated(suspicion[0], customers), suspicion
    return match, (*doubts, *suspicion)


def _imitated(suspicion: Finding, customers: Sequence[Customer]) -> Match:
    """Whom the sender poses as: checked against that customer's books, the order shows a person everything that is odd."""
    domain = suspicion.expected or ""
    posed = next(c for c in customers if domain in {own.lower() for own in c.email_domains})
    reason = f"the sender poses as this customer, from a domain that looks like {domain}"
    return Match(value=posed.number, how="look_alike_domain", score=0.5, reasons=(reason,), agreeing=("look_alike_domain",))


def _chosen(chosen: str, customers: Sequence[Customer]) -> tuple[Match | None, tuple[Finding, ...]]:
    number = normalised_part_number(chosen)
    found = next((customer for customer in customers if normalised_part_number(customer.number) == number), None)
    if found is not None:
        return Match(value=found.number, how="reviewer", score=1.0, reasons=("chosen by a reviewer",)), ()
    message = f"A reviewer named customer {chosen!r}, but there is none with this number: correct it again."
    return None, (
        _finding("unknown_customer", message, read=chosen, candidates=_nearest(StatedParty(name=chosen), "", customers)),
    )


def _learned(fact: LearnedFact | None, customers: Sequence[Customer]) -> Iterator[_Witness]:
    """What a reviewer once said of the sender."""
    numbers = tuple(c.number for c in customers if fact is not None and c.number == fact.statement.meaning)
    if fact is not None and numbers:
        yield _Witness(kind="learned_sender", weight=0.9, words=f"what was learned ({fact.receipt()})", numbers=numbers)


def _judged(
    witnesses: Sequence[_Witness],
    stated: StatedParty,
    sender: str,
    customers: Sequence[Customer],
    learned: LearnedFact | None,
) -> tuple[Match | None, tuple[Finding, ...]]:
    ranked = _ranked(witnesses, customers)
    if not ranked or ranked[0].score < ACCEPT:
        return None, (_unknown(stated, sender, ranked or _nearest(stated, sender, customers)),)
    best, rest = ranked[0], ranked[1:]
    match = Match(
        value=best.value,
        how=max((w for w in witnesses if best.value in w.numbers), key=lambda w: w.weight).kind,
        score=best.score,
        reasons=best.reasons,
        runner_up=rest[0] if rest else None,
        agreeing=tuple(w.kind for w in witnesses if best.value in w.numbers),
    )
    if rest and best.score - rest[0].score < 0.02:
        return None, (_conflict(f"{best.label} and {rest[0].label} fit equally well", stated, ranked),)
    against = [w for w in witnesses if best.value not in w.numbers]
    if against:
        return match, (_conflict(f"{against[0].words} speaks against {best.label}", stated, ranked),)
    return match, _other_name(match, stated, customers, ranked, learned)


def _witnesses(
    stated: StatedParty, sender: str, customers: Sequence[Customer], partner: CustomerNumber | None
) -> Iterator[_Witness]:
    """Every kind of evidence that fits somebody."""
    number = normalised_part_number(stated.customer_number or "")
    gln, vat_id = Gln.parse(stated.gln), VatId.parse(stated.vat_id)
    mailboxes = {mailbox_of(address) for address in (sender, stated.email or "") if address}
    domains = {domain_of(address) for address in mailboxes} - FREE_MAIL - {""}
    fits: list[tuple[str, float, str, Callable[[Customer], bool]]] = [
        ("customer_number", 0.99, f"the customer number {number}", lambda c: normalised_part_number(c.number) == number),
        ("gln", 0.99, f"the GLN {gln}", lambda c: gln is not None and c.address.gln == gln),
        ("partner", 0.97, "the address of the electronic message", lambda c: c.number == partner),
        ("vat_id", 0.98, f"the VAT id {vat_id}", lambda c: vat_id is not None and VatId.parse(c.vat_id) == vat_id),
        ("order_email", 0.96, "the sender's address", lambda c: any(own.lower() in mailboxes for own in c.order_emails)),
        ("email_domain", 0.88, "the sender's mail domain", lambda c: any(_covers(own, domains) for own in c.email_domains)),
    ]
    for kind, weight, words, test in fits:
        if numbers := tuple(customer.number for customer in customers if test(customer)):
            yield _Witness(kind=kind, weight=weight, words=words, numbers=numbers)
    yield from _by_name(stated, customers)


def _covers(own: str, domains: set[str]) -> bool:
    known = own.lower()
    return known not in FREE_MAIL and any(domain == known or domain.endswith(f".{known}") for domain in domains)


def _by_name(stated: StatedParty, customers: Sequence[Customer]) -> Iterator[_Witness]:
    """The name with its town is a witness; the name alone is a weak one, so that two of one name are not mixed up."""
    name = normalised_name(stated.name or "")
    likeness = {c.number: shortened_similarity(name, normalised_name(c.name)) for c in customers}
    nearest = max(likeness.values(), default=0.0)
    alike = [c for c in customers if likeness[c.number] >= max(_SAME_NAME, nearest - 0.05)]
    placed = {c.number: place for c in customers if (place := _place(stated, c))}
    fitting = [c for c in customers if c.number in placed and likeness[c.number] >= _NAME_ENOUGH[placed[c.number]]]
    best = max((likeness[c.number] for c in fitting), default=0.0)
    near = [c for c in fitting if likeness[c.number] >= best - 0.05]
    # The very house settles it between two of like names, unless the other one's name fits better.
    settled = [c for c in near if placed[c.number] == "house" and likeness[c.number] == best] or near
    if settled:
        numbers = tuple(c.number for c in settled)
        yield _Witness(kind="name_and_place", weight=0.92, words=f"the name {stated.name!r} with its town", numbers=numbers)
    elif alike:
        unplaced = not (stated.postal_code or stated.city)
        exact = [c for c in alike if normalised_name(c.name) == name]
        weight = 0.86 if unplaced and len(exact) == 1 else 0.6
        numbers = tuple(c.number for c in exact or alike)
        yield _Witness(kind="name", weight=weight, words=f"the name {stated.name!r}", numbers=numbers)


def _place(stated: StatedParty, customer: Customer) -> _Place | None:
    """How well the stated place fits the customer's: the very house, the town, or the town where another street is stated."""
    known = customer.address
    street = street_similarity(stated.street, known.street) if stated.street and known.street else None
    if street is not None and street >= 0.8 and _nearly_same_town(stated, customer):
        return "house"
    if not _same_town(stated, customer):
        return None
    return "town" if street is None or street > 0.5 else "other street"


def _nearly_same_town(stated: StatedParty, customer: Customer) -> bool:
    """The town with one slip in its code or a few in its name, as long as the other does not name a different one."""
    code, known = normalised_postal_code(stated.postal_code or ""), normalised_postal_code(customer.address.postal_code)
    is_city = similarity(folded(stated.city or ""), folded(customer.address.city)) >= 0.75
    if code == known:
        return bool(code) or is_city
    return (is_city or not stated.city) and (not code or _differs_in_one_sign(code, known))


def _differs_in_one_sign(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(left != right for left, right in zip(one, other, strict=True)) == 1


def _same_town(stated: StatedParty, customer: Customer) -> bool:
    if stated.postal_code:
        return normalised_postal_code(stated.postal_code) == normalised_postal_code(customer.address.postal_code)
    return bool(stated.city) and folded(stated.city or "") == folded(customer.address.city)


def _ranked(witnesses: Sequence[_Witness], customers: Sequence[Customer]) -> tuple[Candidate, ...]:
    named = {number for witness in witnesses for number in witness.numbers}
    candidates = [_candidate(customer, witnesses) for customer in customers if customer.number in named]
    return tuple(sorted(candidates, key=lambda candidate: (-candidate.score, candidate.value))[:5])


def _candidate(customer: Customer, witnesses: Sequence[_Witness]) -> Candidate:
    fitting = [witness for witness in witnesses if customer.number in witness.numbers]
    score = 1 - prod(1 - witness.weight for witness in fitting)
    reasons = tuple(f"{witness.words} fits" for witness in fitting)
    return Candidate(value=customer.number, label=customer.name, score=round(score, 4), reasons=reasons)


def _nearest(stated: StatedParty, sender: str, customers: Sequence[Customer]) -> tuple[Candidate, ...]:
    """The customers whose name or town is nearest to what is stated, for a person to choose from."""
    name = normalised_name(stated.name or domain_of(sender).rpartition(".")[0])
    scored = sorted(((similarity(name, normalised_name(c.name)) * 0.8 + 0.1 * _same_town(stated, c), c) for c in customers),
                    key=lambda pair: (-pair[0], pair[1].number))  # fmt: skip
    return tuple(
        Candidate(value=c.number, label=c.name, score=round(score, 4), reasons=("the name is similar",))
        for score, c in scored[:3]
        if score >= 0.4
    )


def _unknown(stated: StatedParty, sender: str, nearest: tuple[Candidate, ...]) -> Finding:
    read = stated.name or stated.customer_number or sender or None
    whom = f"{read!r}" if read else "The buyer"
    message = f"{whom} is none of our customers as far as the document shows: name the customer, or open an account for them."
    proposal = {"customer": nearest[0].value} if nearest and nearest[0].score >= 0.55 else None
    return _finding("unknown_customer", message, read=read, candidates=nearest, proposal=proposal)


def _conflict(cause: str, stated: StatedParty, ranked: tuple[Candidate, ...]) -> Finding:
    message = f"The document does not say clearly whose order it is: {cause}. Name the customer."
    proposal = {"customer": ranked[0].value}
    return _finding("customer_conflict", message, read=stated.name, candidates=ranked, proposal=proposal)


def _other_name(
    match: Match,
    stated: StatedParty,
    customers: Sequence[Customer],
    ranked: tuple[Candidate, ...],
    learned: LearnedFact | None,
) -> tuple[Finding, ...]:
    """A mail address alone does not stand against another company's name on the order, unless it was taught beside that name."""
    if not stated.name or set(match.agreeing) - {"email_domain", "order_email", "learned_sender"}:
        return ()
    if learned is not None and normalised_name(learned.statement.wording) == normalised_name(stated.name):
        return ()
    customer = next(customer for customer in customers if customer.number == match.value)
    if similarity(normalised_name(stated.name), normalised_name(customer.name)) >= _OTHER_NAME:
        return ()
    return (_conflict(f"only the sender's mail speaks for {customer.name}, and the order names {stated.name!r}", stated, ranked),)


def _suspicious(stated: StatedParty, sender: str, customers: Sequence[Customer]) -> tuple[Finding, ...]:
    """A sender whose mail domain only looks like a customer's."""
    domains = {domain.lower(): customer for customer in customers for domain in customer.email_domains}
    for address in (sender, stated.email or ""):
        if original := imitated(domain_of(address), domains):
            message = (
                f"The order came from {domain_of(address)}, which looks like {original} of {domains[original].name} but is not. "
                "Ask the customer by telephone, under a number that we knew before."
            )
            place = "buyer.email" if address is not sender else None
            return (
                Finding(
                    code="suspicious_sender",
                    severity=Severity.ERROR,
                    message=message,
                    field=place,
                    read=domain_of(address),
                    expected=original,
                    owner=Owner.COMPLIANCE,
                ),
            )
    return ()


def _finding(
    code: str,
    message: str,
    *,
    read: str | None,
    candidates: tuple[Candidate, ...] = (),
    proposal: dict[str, str] | None = None,
) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=message,
        field="buyer.name",
        read=read,
        candidates=candidates,
        proposal=proposal,
    )
