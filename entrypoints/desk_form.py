"""The review page's form: which answers each question takes, and what the sent form means.

A field is named after the correction that it makes (`2.sku`): `pick.2.sku` is chosen from a list, `type.2.sku` is typed
and wins over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from entrypoints.backend import Action
from entrypoints.problems import Problem
from models.contracts.decision_v1 import DecisionV1
from models.domain.corrections import answering_keys
from models.domain.findings import Candidate, Finding
from models.domain.people import Person
from models.domain.sales_order import SalesOrder, SalesOrderLine
from models.domain.values import plain

#: The corrections whose candidates a finding lists.
_CHOSEN = ("sku", "customer", "ship_to")
#: The finding whose candidates are what the documents say of its field, whichever that is.
_SAID_TWICE = "conflicting_sources"
_LABELS = {
    "po_number": "PO number", "currency": "Currency", "requested_date": "Requested date", "customer": "Customer",
    "ship_to": "Ship-to", "sku": "SKU", "quantity": "Quantity", "unit": "Unit", "price": "Price", "drop": "Leave out",
    "add": "Take in", "freight_terms": "Freight terms",
}  # fmt: skip
_HEAD = ("customer", "ship_to", "po_number", "requested_date", "currency", "freight_terms")
_LINE = ("sku", "quantity", "unit", "price", "requested_date", "drop")
_ACTIONS: tuple[Action, ...] = ("approve", "reject", "correct", "hold", "accept_part")
_MOST_FIELDS = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to pick: its value, what it stands for, and why it may be right."""

    value: str
    label: str = ""
    score: float | None = None
    reasons: tuple[str, ...] = ()
    is_proposed: bool = False
    is_the_buyers: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that can be corrected: `key` is the correction's, `now` what counts at present, `typed` what was entered."""

    key: str
    label: str
    now: str
    choices: tuple[Choice, ...] = ()
    picked: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """What a form holds: the action, the corrections by key, the reason, and the order version that it was made for."""

    action: str = ""
    picked: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    version: str = ""
    question: str = ""

    @property
    def refusal(self) -> str | None:
        """Why the form cannot mean what its button says: corrections that the button would throw away."""
        if self.action != "correct" and self.corrections:
            fields = ", ".join(sorted(self.corrections)[:5])
            return f"You entered corrections ({fields}), which only the button Correct sends. Send or clear them first."
        return None

    @property
    def corrections(self) -> dict[str, str]:
        """What is typed wins over what is picked."""
        return {**self.picked, **self.typed}

    def decision(self, person: Person) -> tuple[Action, DecisionV1]:
        """The action and what it says, in the person's name. Raises `Problem` 422 for a form that says nothing known."""
        action = next((known for known in _ACTIONS if known == self.action), None)
        if action is None:
            raise Problem(422, "no_action", f"{self.action[:40]!r} is nothing that a form can ask for", "Use the page's buttons.")
        extras = self.corrections if action == "correct" else {}
        reason = {"note": self.why} if action in ("approve", "accept_part") else {"reason": self.why}
        said = {**extras, "by": person.name, "version": self.version or None, **(reason if self.why else {})}
        return action, DecisionV1.model_validate(said)


def entered(fields: Iterable[tuple[str, str]]) -> Entered:
    """Reads the form's fields. Raises `Problem` 413 for more of them than any order's form has."""
    picked: dict[str, str] = {}
    typed: dict[str, str] = {}
    plain_fields: dict[str, str] = {}
    for number, (name, raw) in enumerate(fields):
        if number >= _MOST_FIELDS:
            raise Problem(413, "too_many_fields", f"a form has at most {_MOST_FIELDS} fields", "Correct fewer values at once.")
        kind, dot, key = name.partition(".")
        value = raw.strip()
        if dot and kind in ("pick", "type"):
            if value:
                (picked if kind == "pick" else typed)[key] = value
        else:
            plain_fields[name] = value
    return Entered(
        action=plain_fields.get("action", ""),
        picked=picked,
        typed=typed,
        why=plain_fields.get("why", ""),
        version=plain_fields.get("version", ""),
        question=plain_fields.get("question", ""),
    )


def answers_to(finding: Finding, order: SalesOrder, form: Entered) -> tuple[Answer, ...]:
    """The corrections that would settle the finding, the likeliest first; none where only a decision can."""
    proposal = finding.proposal or {}
    keys = tuple(dict.fromkeys((*proposal, *answering_keys(finding.field or ""))))
    return tuple(_answer(key, order, form, tuple(_choices(key, keys[0], finding, order.answered.get(key)))) for key in keys[:4])


def head_answers(order: SalesOrder, form: Entered) -> tuple[Answer, ...]:
    """Everything of the order's head that can be corrected."""
    return tuple(_answer(key, order, form) for key in _HEAD)


def line_answers(line: int, order: SalesOrder, form: Entered) -> tuple[Answer, ...]:
    """Everything of a line that can be corrected."""
    return tuple(_answer(f"{line}.{name}", order, form) for name in _LINE)


def _answer(key: str, order: SalesOrder, form: Entered, choices: tuple[Choice, ...] = ()) -> Answer:
    label = _LABELS.get(key.rpartition(".")[2], key)
    return Answer(key, label, _present(key, order), choices, form.picked.get(key, ""), form.typed.get(key, ""))


def _choices(key: str, first: str, finding: Finding, answered: str | None) -> Iterator[Choice]:
    """The buyer's own answer first, then the candidates, then what is proposed; each value once."""
    proposed = (finding.proposal or {}).get(key)
    is_listed = key.rpartition(".")[2] in _CHOSEN or finding.code == _SAID_TWICE
    listed = finding.candidates[:5] if key == first and is_listed else ()
    known = {candidate.value: candidate for candidate in listed}
    values = dict.fromkeys(value for value in (answered, *known, proposed) if value is not None)
    for value in values:
        candidate = known.get(value, Candidate(value=value, score=0))
        yield Choice(
            value,
            candidate.label,
            candidate.score if value in known else None,
            candidate.reasons,
            is_proposed=value == proposed,
            is_the_buyers=value == answered,
        )


def _present(key: str, order: SalesOrder) -> str:
    """What counts now for the field that the key names."""
    number, dot, name = key.partition(".")
    if not dot:
        return _present_of_head(key, order)
    line = next((line for line in order.lines if str(line.number) == number), None)
    return "" if line is None else _present_of_line(name, line)


def _present_of_head(key: str, order: SalesOrder) -> str:
    asked = order.purchase_order
    values: dict[str, object] = {
        "customer": order.customer_number,
        "ship_to": order.ship_to.one_line() if order.ship_to else None,
        "po_number": asked.po_number,
        "requested_date": order.requested_date,
        "currency": order.currency,
        "freight_terms": asked.freight_terms,
    }
    return str(values.get(key) or "")


def _present_of_line(name: str, line: SalesOrderLine) -> str:
    per = "" if line.price_basis == 1 else f"/{plain(line.price_basis)}"
    values: dict[str, object] = {
        "sku": line.sku,
        "quantity": _digits(line.ordered),
        "unit": line.unit,
        "price": None if line.unit_price is None else f"{plain(line.unit_price)}{per}",
        "requested_date": line.requested_date,
    }
    return str(values.get(name) or "")


def _digits(number: Decimal | None) -> str:
    return "" if number is None else plain(number)
