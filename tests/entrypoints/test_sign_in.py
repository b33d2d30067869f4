"""Signing in at the desk: who gets in, as what, for how long, and what a form of another site can do."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from fastapi import FastAPI

from models.domain.people import Role
from tests.entrypoints.conftest import TOKEN
from tests.fakes.world import World

PASSWORD = "correct horse battery"


@pytest.fixture
async def browser(make_app: Callable[..., FastAPI]) -> AsyncIterator[httpx.AsyncClient]:
    """A person's browser at a gateway that others can reach."""
    transport = httpx.ASGITransport(app=make_app(pages_need_sign_in=True))
    headers = {"Accept": "text/html"}
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test", headers=headers) as client:
        yield client


async def sign_in(browser: httpx.AsyncClient, name: str, password: str, **more: str) -> httpx.Response:
    return await browser.post("/sign-in", data={"name": name, "password": password, **more})


async def test_pages_that_others_can_reach_lead_to_the_sign_in_page(browser: httpx.AsyncClient) -> None:
    """And from there back to the page that was asked for."""
    answer = await browser.get("/review")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Freview")


async def test_a_program_learns_that_it_must_sign_in(browser: httpx.AsyncClient) -> None:
    """401 and a problem, not a page."""
    answer = await browser.get("/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:orderwright:problem:not_signed_in")


async def test_a_registered_person_signs_in_and_is_named_on_the_page(browser: httpx.AsyncClient, world: World) -> None:
    """With the role the operator gave."""
    world.people.add("jo", Role.REVIEWER, PASSWORD)
    answer = await sign_in(browser, "Jo", PASSWORD, next="/review")
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    shown = (await browser.get("/")).text
    assert "<b>jo</b>" in shown
    assert "reviewer" in shown


async def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(browser: httpx.AsyncClient, world: World) -> None:
    """HttpOnly, SameSite, and never the token itself in the store."""
    world.people.add("jo", Role.REVIEWER, PASSWORD)
    cookie = (await sign_in(browser, "jo", PASSWORD)).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    token = re.search(r"orderwright_session=([^;]+)", cookie)
    assert token
    assert token[1] not in world.people.sessions


@pytest.mark.parametrize(("name", "password"), [("jo", "wrong password"), ("nobody", PASSWORD), ("", ""), ("jo", TOKEN)])
async def test_a_wrong_name_or_password_is_refused_in_the_same_words(
    browser: httpx.AsyncClient, world: World, name: str, password: str
) -> None:
    """So that nobody learns which names there are; the API token opens nothing once somebody is registered."""
    world.people.add("jo", Role.REVIEWER, PASSWORD)
    answer = await sign_in(browser, name, password)
    assert answer.status_code == 401
    assert "This name and password do not belong together" in answer.text


async def test_until_somebody_is_registered_the_api_token_signs_in_an_operator(browser: httpx.AsyncClient, world: World) -> None:
    """A first run needs no preparation; registering somebody ends such sessions."""
    await sign_in(browser, "Kim", TOKEN)
    assert "operator" in (await browser.get("/")).text
    world.people.add("jo", Role.REVIEWER, PASSWORD)
    assert (await browser.get("/")).status_code == 303


async def test_names_that_stand_for_programs_cannot_sign_in(browser: httpx.AsyncClient) -> None:
    """Decisions under `orderwright` are the system's own."""
    answer = await sign_in(browser, "orderwright", TOKEN)
    assert answer.status_code == 401
    assert "stands for nobody" in answer.text


async def test_guessing_is_slowed_down(browser: httpx.AsyncClient, world: World) -> None:
    """After ten attempts a minute under one name even the right password waits."""
    world.people.add("jo", Role.REVIEWER, PASSWORD)
    answers = [(await sign_in(browser, "jo", "wrong password")).status_code for _ in range(11)]
    assert answers[-1] == 429


async def test_a_form_of_another_site_signs_nobody_in(browser: httpx.AsyncClient, world: World) -> None:
    """Told by Fetch Metadata or by Origin."""
    world.people.add("jo", Role.REVIEWER, PASSWORD)
    data = {"name": "jo", "password": PASSWORD}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.test"}):
        assert (await browser.post("/sign-in", data=data, headers=headers)).status_code == 403


@pytest.mark.parametrize("elsewhere", ["https://evil.test", "//evil.test", "/\\evil.test", "javascript:alert(1)"])
async def test_signing_in_leads_to_no_other_site(browser: httpx.AsyncClient, world: World, elsewhere: str) -> None:
    """Whatever the link said."""
    world.people.add("jo", Role.REVIEWER, PASSWORD)
    assert (await sign_in(browser, "jo", PASSWORD, next=elsewhere)).headers["location"] == "/"


async def test_signing_out_ends_the_session_on_both_sides(browser: httpx.AsyncClient, world: World) -> None:
    """A kept cookie is worth nothing afterwards."""
    world.people.add("jo", Role.REVIEWER, PASSWORD)
    await sign_in(browser, "jo", PASSWORD)
    form_key = re.search(r'name="form_key" value="([0-9a-f]+)"', (await browser.get("/")).text)
    assert form_key
    await browser.post("/sign-out", data={"form_key": form_key[1]})
    assert world.people.sessions == {}
    assert (await browser.get("/")).status_code == 303
