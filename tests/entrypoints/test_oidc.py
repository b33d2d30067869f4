"""Signing in at the company's identity provider: who gets in, as what, and which answers of the provider's are refused."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from joserfc.jwk import OctKey

from entrypoints.oidc import IdentityProvider
from entrypoints.oidc_claims import OidcConfig, role_mapping
from models.domain.errors import Misconfigured
from models.domain.people import Role
from tests.entrypoints.conftest import TOKEN
from tests.fakes.world import World
from tests.identity_provider import CLIENT_ID, CLIENT_SECRET, ISSUER, SmallProvider, rsa_key

CONFIG = OidcConfig(
    issuer=ISSUER, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, roles={"desk": Role.REVIEWER, "leads": Role.APPROVER}
)
Twist = Callable[[dict[str, Any]], object]


@pytest.fixture
def provider() -> SmallProvider:
    return SmallProvider()


@pytest.fixture
async def browser(make_app: Callable[..., FastAPI], provider: SmallProvider, world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A person's browser at a gateway that asks the provider."""
    http = httpx.Client(transport=httpx.MockTransport(provider.answer))
    app = make_app(provider=IdentityProvider(CONFIG, world.clock, http), pages_need_sign_in=True)
    headers = {"Accept": "text/html"}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://gateway.test", headers=headers
    ) as client:
        yield client
    http.close()


async def sign_in(browser: httpx.AsyncClient, provider: SmallProvider, **changes: str) -> httpx.Response:
    """To the provider and back, as a browser goes."""
    sent = await browser.get("/sign-in/provider", params={"next": "/review?owner=tax"})
    assert sent.status_code == 303
    return await browser.get("/sign-in/return", params={**provider.sign_in(sent.headers["location"]), **changes})


async def test_the_sign_in_page_leads_to_the_provider(browser: httpx.AsyncClient) -> None:
    """And asks for no password."""
    shown = (await browser.get("/sign-in?next=/review")).text
    assert "Sign in at id.example" in shown
    assert 'href="/sign-in/provider?next=/review"' in shown
    assert "password" not in shown.lower()


async def test_whom_the_provider_vouches_for_is_signed_in_under_that_name(
    browser: httpx.AsyncClient, provider: SmallProvider
) -> None:
    """With the role that the group gives, on the page that was asked for."""
    answer = await sign_in(browser, provider)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?owner=tax")
    shown = (await browser.get("/")).text
    assert "<b>ada@buyer.example</b>" in shown
    assert "reviewer" in shown


async def test_of_several_groups_the_strongest_role_counts(browser: httpx.AsyncClient, provider: SmallProvider) -> None:
    """Whatever their order."""
    provider.claims["groups"] = ["leads", "desk"]
    await sign_in(browser, provider)
    assert "approver" in (await browser.get("/")).text


async def test_what_the_token_does_not_tell_is_asked_for(browser: httpx.AsyncClient, provider: SmallProvider) -> None:
    """Some providers name groups at their UserInfo endpoint alone."""
    del provider.claims["groups"]
    provider.userinfo = {"groups": ["leads"], "email": "somebody@else.example"}
    await sign_in(browser, provider)
    shown = (await browser.get("/")).text
    assert "<b>ada@buyer.example</b>" in shown
    assert "approver" in shown


async def test_what_is_told_of_another_subject_counts_for_nothing(browser: httpx.AsyncClient, provider: SmallProvider) -> None:
    """OpenID Connect Core 1.0, 5.3.2: the subjects must be the same."""
    del provider.claims["groups"]
    provider.userinfo = {"groups": ["leads"], "sub": "subject-2"}
    assert (await sign_in(browser, provider)).status_code == 403


async def test_a_provider_that_wants_the_secret_in_the_form_gets_it_there(
    browser: httpx.AsyncClient, provider: SmallProvider
) -> None:
    """As its metadata says."""
    provider.metadata["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    assert (await sign_in(browser, provider)).status_code == 303


_LIES: list[tuple[Twist, str]] = [
    (lambda claims: claims.update(nonce="another"), "belongs to another attempt"),
    (lambda claims: claims.update(nonce=[claims["nonce"]]), "belongs to another attempt"),
    (lambda claims: claims.pop("nonce"), "belongs to another attempt"),
    (lambda claims: claims.update(iss="https://evil.example"), "comes from another provider"),
    (lambda claims: claims.update(aud="another-app"), "meant for another application"),
    (lambda claims: claims.update(aud=[CLIENT_ID, "another-app"]), "given to another application"),
    (lambda claims: claims.update(azp="another-app"), "given to another application"),
    (lambda claims: claims.update(exp=claims["iat"] - 100), "has expired"),
    (lambda claims: claims.pop("exp"), "has expired"),
    (lambda claims: claims.update(iat=claims["iat"] + 3600), "made in the future"),
    (lambda claims: claims.pop("sub"), "names nobody"),
]


@pytest.mark.parametrize(("lie", "sentence"), _LIES)
async def test_a_token_that_is_not_for_us_is_refused_with_a_sentence(
    browser: httpx.AsyncClient, provider: SmallProvider, world: World, lie: Twist, sentence: str
) -> None:
    """Each check of OpenID Connect Core 1.0, 3.1.3.7; nobody is signed in."""
    provider.twist = lambda claims: void(lie(claims))
    answer = await sign_in(browser, provider)
    assert answer.status_code == 401
    assert sentence in answer.text
    assert world.people.sessions == {}


async def test_a_token_that_another_key_signed_is_refused(browser: httpx.AsyncClient, provider: SmallProvider) -> None:
    """Though it names the provider's key."""
    provider.signed_by = rsa_key("another's")
    answer = await sign_in(browser, provider)
    assert answer.status_code == 401
    assert "signature is none of the provider" in answer.text


async def test_a_token_that_the_clients_own_secret_signed_is_refused(browser: httpx.AsyncClient, provider: SmallProvider) -> None:
    """Whoever reads our settings could make it."""
    provider.header = {"alg": "HS256"}
    provider.signed_by = OctKey.import_key(CLIENT_SECRET * 2)
    assert (await sign_in(browser, provider)).status_code == 401


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": "another"}, "belongs to no sign-in that this browser began"),
        ({"iss": "https://evil.example"}, "comes from another identity provider"),
        ({"code": ""}, "signed nobody in"),
        ({"code": "", "error": "access_denied", "error_description": "<b>no</b>"}, "it said: &lt;b&gt;no"),
        ({"code": "used-up"}, "no such code"),
    ],
)
async def test_an_answer_that_is_not_to_our_question_signs_nobody_in(
    browser: httpx.AsyncClient, provider: SmallProvider, world: World, changes: dict[str, str], sentence: str
) -> None:
    """The page to sign in says what was wrong with it."""
    answer = await sign_in(browser, provider, **changes)
    assert answer.status_code in (401, 503)
    assert sentence in answer.text
    assert world.people.sessions == {}


async def test_an_answer_in_another_browser_signs_nobody_in(browser: httpx.AsyncClient, provider: SmallProvider) -> None:
    """A link that an attacker made of their own sign-in."""
    sent = await browser.get("/sign-in/provider")
    browser.cookies.clear()
    answer = await browser.get("/sign-in/return", params=provider.sign_in(sent.headers["location"]))
    assert answer.status_code == 401


async def test_an_answer_counts_once(browser: httpx.AsyncClient, provider: SmallProvider) -> None:
    """The attempt's cookie is gone after it."""
    sent = await browser.get("/sign-in/provider")
    params = provider.sign_in(sent.headers["location"])
    assert (await browser.get("/sign-in/return", params=params)).status_code == 303
    assert (await browser.get("/sign-in/return", params=params)).status_code == 401


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"groups": ["staff"]}, "has to name one of desk, leads"),
        ({"groups": "desktop"}, "has no role at this desk"),
        ({"email": ""}, "no usable claim"),
        ({"email": "orderwright"}, "stands for nobody"),
        ({"email_verified": False}, "has not verified your mail address"),
    ],
)
async def test_somebody_without_a_name_or_a_role_is_told_what_is_missing(
    browser: httpx.AsyncClient, provider: SmallProvider, claims: dict[str, object], sentence: str
) -> None:
    """And whom to ask."""
    provider.claims |= claims
    answer = await sign_in(browser, provider)
    assert answer.status_code == 403
    assert sentence in answer.text.replace("&#39;", "'")


async def test_two_subjects_cannot_have_one_name(browser: httpx.AsyncClient, provider: SmallProvider, world: World) -> None:
    """They would be one person for the rule of four eyes."""
    world.people.claim_name(ISSUER, "subject-2", "Ada@buyer.example")
    answer = await sign_in(browser, provider)
    assert answer.status_code == 403
    assert "already somebody else" in answer.text


async def test_passwords_and_the_api_token_open_nothing_beside_a_provider(browser: httpx.AsyncClient, world: World) -> None:
    """Neither do sessions that they opened before."""
    world.people.add("jo", Role.OPERATOR, "correct horse battery")
    for name, password in (("jo", "correct horse battery"), ("kim", TOKEN)):
        answer = await browser.post("/sign-in", data={"name": name, "password": password})
        assert answer.status_code == 403
        assert f"Sign in at {ISSUER}" in answer.text


async def test_while_the_provider_is_away_the_page_says_what_still_works(
    browser: httpx.AsyncClient, provider: SmallProvider
) -> None:
    """Rather than a failure without words."""
    provider.is_away = True
    answer = await browser.get("/sign-in/provider")
    assert answer.status_code == 503
    assert "The identity provider id.example does not answer" in answer.text
    assert "command line" in answer.text


@pytest.mark.parametrize(
    "metadata",
    [{"issuer": "https://evil.example"}, {"token_endpoint": "http://id.example/token"}, {"jwks_uri": None}],
)
async def test_a_provider_that_describes_itself_wrongly_is_not_asked(
    browser: httpx.AsyncClient, provider: SmallProvider, metadata: dict[str, object]
) -> None:
    """OpenID Connect Discovery 1.0, 4.3; and nothing secret travels unencrypted."""
    provider.metadata = metadata
    assert (await browser.get("/sign-in/provider")).status_code == 503


async def test_the_attempts_cookie_is_out_of_reach_and_leads_nowhere_else(browser: httpx.AsyncClient) -> None:
    """HttpOnly, for the sign-in pages alone, and with a page of ours to go on to."""
    answer = await browser.get("/sign-in/provider", params={"next": "//evil.example"})
    assert re.fullmatch(
        r"orderwright_attempt=[\w-]{43}\.%2F; HttpOnly; Max-Age=900; Path=/sign-in; SameSite=lax", answer.headers["set-cookie"]
    )


@pytest.mark.parametrize("text", ["", "desk", "desk=chief", "=reviewer", "desk="])
def test_a_mapping_of_roles_with_a_mistake_is_refused(text: str) -> None:
    """At the start, with the setting's name and what may stand there."""
    with pytest.raises(Misconfigured, match="ORDERWRIGHT_OIDC_ROLES"):
        role_mapping(text)


def test_a_group_may_have_an_equals_sign_in_its_name() -> None:
    """As distinguished names have."""
    assert role_mapping("cn=desk=reviewer, leads=approver") == {"cn=desk": Role.REVIEWER, "leads": Role.APPROVER}


async def test_a_role_may_lie_deep_in_the_claims(make_app: Callable[..., FastAPI], provider: SmallProvider, world: World) -> None:
    """As Keycloak writes them."""
    provider.claims["realm_access"] = {"roles": ["desk"]}
    config = replace(CONFIG, role_claim="realm_access.roles")
    with httpx.Client(transport=httpx.MockTransport(provider.answer)) as http:
        app = make_app(provider=IdentityProvider(config, world.clock, http))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://gateway.test") as browser:
            assert (await sign_in(browser, provider)).status_code == 303


def void(_: object) -> None:
    """A twist answers nothing."""
