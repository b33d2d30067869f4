"""The people of the desk and their sessions, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from models.domain.errors import Rejected
from models.domain.people import Person, Role
from models.store.people import SqlPeople

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=12)


@pytest.fixture
def people(engine: Engine) -> SqlPeople:
    """Jo, who reviews."""
    people = SqlPeople(engine)
    assert people.put(Person(name="Jo", role=Role.REVIEWER), "hash-1")
    return people


def test_a_person_is_found_whatever_the_case(people: SqlPeople) -> None:
    """With the hash that the password is held against."""
    assert people.find(" jO ") == (Person(name="Jo", role=Role.REVIEWER), "hash-1")


def test_a_session_knows_the_role_that_the_person_has_now(people: SqlPeople) -> None:
    """And a person who was changed has to sign in again."""
    people.begin_session("d1", "jo", LATER, NOW)
    assert people.signed_in("d1", NOW) == Person(name="Jo", role=Role.REVIEWER)
    assert not people.put(Person(name="Jo", role=Role.APPROVER), "hash-2")
    assert people.signed_in("d1", NOW) is None


def test_a_session_ends_in_time(people: SqlPeople) -> None:
    """To the second."""
    people.begin_session("d1", "jo", LATER, NOW)
    assert people.signed_in("d1", LATER) is None


def test_who_is_removed_is_out_at_once(people: SqlPeople) -> None:
    """Also from the browsers where they are signed in."""
    people.begin_session("d1", "jo", LATER, NOW)
    people.remove("JO")
    assert (people.signed_in("d1", NOW), people.all()) == (None, [])
    with pytest.raises(Rejected, match="nobody is called"):
        people.remove("jo")


def test_a_session_by_token_is_an_operators_until_somebody_is_registered(engine: Engine) -> None:
    """Then there are names and passwords."""
    people = SqlPeople(engine)
    people.begin_session("d1", "Kim", LATER, NOW)
    assert people.signed_in("d1", NOW) == Person(name="Kim", role=Role.OPERATOR)
    people.put(Person(name="Jo", role=Role.REVIEWER), "hash")
    assert people.signed_in("d1", NOW) is None


ISSUER = "https://id.example"


def test_a_subject_keeps_the_name_it_came_with_first(people: SqlPeople) -> None:
    """Whatever it is called later: a new name would be a second pair of eyes."""
    assert people.claim_name(ISSUER, "s-1", "Ada Approver") == "Ada Approver"
    assert people.claim_name(ISSUER, "s-1", "Ada Byron") == "Ada Approver"
    assert people.known_by_providers() == [("Ada Approver", ISSUER)]


@pytest.mark.parametrize("name", ["jo", "ADA  approver"])
def test_nobody_takes_anothers_name(people: SqlPeople, name: str) -> None:
    """Neither a registered person's nor another subject's."""
    people.claim_name(ISSUER, "s-1", "Ada Approver")
    with pytest.raises(Rejected, match="already somebody else's"):
        people.claim_name(ISSUER, "s-2", name)


def test_a_session_that_a_provider_vouched_for_has_the_role_it_gave(people: SqlPeople) -> None:
    """And counts only where that provider is the one that is asked."""
    people.begin_session("d1", "Ada", LATER, NOW, issuer=ISSUER, role=Role.APPROVER)
    assert people.signed_in("d1", NOW, ISSUER) == Person(name="Ada", role=Role.APPROVER)
    assert people.signed_in("d1", NOW) is None
    assert people.signed_in("d1", NOW, "https://other.example") is None


def test_removing_a_name_frees_it_and_ends_its_sessions(people: SqlPeople) -> None:
    """As for those with a password."""
    people.claim_name(ISSUER, "s-1", "Ada")
    people.begin_session("d1", "Ada", LATER, NOW, issuer=ISSUER, role=Role.APPROVER)
    people.remove("ada")
    assert people.signed_in("d1", NOW, ISSUER) is None
    assert people.claim_name(ISSUER, "s-2", "Ada") == "Ada"
