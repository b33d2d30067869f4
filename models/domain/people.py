"""Who may do what at the review desk. A role can do what the ones before it can."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from models.domain.four_eyes import approval_refusal, is_nobody, people_needed
from models.domain.review_queue import WaitingOrder
from models.domain.sales_order import SalesOrder
from models.domain.values import Value

_LONGEST_NAME = 80


class Role(StrEnum):
    """What a person may do: look; correct, hold, reject and approve; also approve what needs two people; also run it all."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    OPERATOR = "operator"

    @property
    def may_review(self) -> bool:
        return self is not Role.VIEWER

    @property
    def may_be_one_of_two(self) -> bool:
        return self in (Role.APPROVER, Role.OPERATOR)


class Person(Value):
    """Somebody who signed in. `name` is what their decisions are kept under."""

    name: str
    role: Role


def checked_name(raw: str) -> str:
    """A name with single blanks. ValueError for one that is empty, too long, unprintable, or stands for nobody."""
    name = " ".join(raw.split())
    if not 0 < len(name) <= _LONGEST_NAME or any(unicodedata.category(letter)[0] == "C" for letter in name):
        raise ValueError(f"a name has 1 to {_LONGEST_NAME} printable characters")
    if is_nobody(name):
        raise ValueError(f"{name!r} stands for nobody in particular; take the person's own name")
    return name


def name_key(name: str) -> str:
    """What makes two spellings one person: case and blanks do not count."""
    return " ".join(name.split()).casefold()


def approval_refusal_of_row(person: Person, row: WaitingOrder) -> str | None:
    """Why this person may not approve an order of the queue, as far as its row tells; the order's own check comes after."""
    if not person.role.may_review:
        return f"{person.name} may look at orders but not decide them."
    if not row.may_be_approved:
        return "Approval alone does not mend it: open it and correct what is missing."
    if row.people_needed > 1 and not person.role.may_be_one_of_two:
        return f"It needs two approvers, and {person.name} is a reviewer."
    return None


def action_refusal(person: Person, action: str, order: SalesOrder) -> str | None:
    """Why this person may not take this action on the order, in a sentence that says who may; None where they may."""
    if not person.role.may_review:
        return f"{person.name} may look at orders but not decide them. Ask a reviewer, or the operator for another role."
    if action != "approve":
        return None
    if people_needed(order) > 1 and not person.role.may_be_one_of_two:
        return f"This order needs two approvers, and {person.name} is a reviewer. Ask an approver. Nothing was changed."
    return approval_refusal(order, person.name)
