"""Handing documents and orders in over HTTP."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from entrypoints.api_documents import canonical
from entrypoints.backend import safe_name
from entrypoints.guards import RateLimit
from entrypoints.intake_door import PURCHASE_ORDER
from models.contracts.extraction_v1 import PurchaseOrderV1
from tests.entrypoints.conftest import MAX_BYTES
from tests.fakes.world import World

ORDER = {"po_number": "4711", "currency": "EUR", "lines": [{"seller_part_number": "HX-M8-40", "quantity": "1200", "unit": "C62"}]}


async def test_an_uploaded_file_is_kept_and_receipted(http: httpx.AsyncClient, world: World) -> None:
    """202, the digest of the bytes, and links to follow it by."""
    answer = await http.post("/v1/documents", files={"file": ("po.pdf", b"%PDF-1.7 order")}, data={"sender": "a@example.com"})
    digest = hashlib.sha256(b"%PDF-1.7 order").hexdigest()
    assert (answer.status_code, answer.json()["message_id"], answer.json()["sha256"]) == (202, digest, digest)
    assert answer.json()["links"]["page"] == f"http://gateway.test/messages/{digest}"
    message = world.inbox.get(digest)
    assert (message.name, message.sender, message.channel) == ("po.pdf", "a@example.com", "http")


async def test_a_raw_body_is_a_document_too(http: httpx.AsyncClient, world: World) -> None:
    """Its name comes with the request."""
    answer = await http.post("/v1/documents", params={"filename": "po.edi"}, content=b"UNB+UNOC:3")
    assert world.inbox.get(answer.json()["message_id"]).name == "po.edi"


async def test_a_raw_body_may_be_named_by_content_disposition(http: httpx.AsyncClient, world: World) -> None:
    """As RFC 6266 writes it."""
    headers = {"Content-Disposition": "attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe.csv"}
    answer = await http.post("/v1/documents", content=b"a;b", headers=headers)
    assert world.inbox.get(answer.json()["message_id"]).name == "Grüße.csv"


async def test_the_same_bytes_twice_are_one_message(http: httpx.AsyncClient, world: World) -> None:
    """Whatever they are called."""
    for name in ("po.pdf", "po (1).pdf"):
        await http.post("/v1/documents", files={"file": (name, b"%PDF-1.7 order")})
    assert len(world.inbox.messages) == 1


async def test_a_document_without_bytes_is_refused(http: httpx.AsyncClient) -> None:
    """There is nothing to keep."""
    answer = await http.post("/v1/documents", content=b"")
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:orderwright:problem:empty_document")


async def test_a_form_without_a_file_says_what_to_send(http: httpx.AsyncClient) -> None:
    """The next step names the part."""
    answer = await http.post("/v1/documents", files={"document": ("po.pdf", b"x")})
    assert answer.status_code == 422
    assert "`file`" in answer.json()["next_step"]


async def test_an_announced_size_beyond_the_limit_is_refused(http: httpx.AsyncClient, world: World) -> None:
    """413 with the limit, before a byte is read."""
    answer = await http.post("/v1/documents", content=b"x" * (MAX_BYTES + 70_000))
    assert (answer.status_code, "200,000 bytes" in answer.json()["detail"]) == (413, True)
    assert not world.inbox.messages


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "multipart/form-data; boundary=b"}])
async def test_a_stream_beyond_the_limit_is_cut_off(http: httpx.AsyncClient, world: World, headers: dict[str, str]) -> None:
    """Also where no length was announced, as a raw body and as a form."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
        while sent < 50 * MAX_BYTES:
            sent += 10_000
            yield b"x" * 10_000

    answer = await http.post("/v1/documents", content=endless(), headers=headers)
    assert answer.status_code == 413
    assert not world.inbox.messages


@pytest.mark.parametrize("path", ["/v1/documents", "/v1/orders"])
@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic YTpi", "Bearer "])
async def test_without_the_token_nothing_is_taken(http: httpx.AsyncClient, world: World, path: str, header: str) -> None:
    """401 with the challenge of RFC 9110."""
    answer = await http.post(path, content=b"x", headers={"Authorization": header})
    assert (answer.status_code, answer.headers["www-authenticate"].split()[0]) == (401, "Bearer")
    assert not world.inbox.messages


async def test_an_empty_token_opens_nothing(make_app: Callable[..., FastAPI]) -> None:
    """A gateway that was given no token trusts nobody."""
    transport = httpx.ASGITransport(app=make_app(api_token=""))
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test") as client:
        assert (await client.get("/v1/orders", headers={"Authorization": "Bearer "})).status_code == 401


async def test_nothing_is_confirmed_while_nothing_can_be_kept(http: httpx.AsyncClient, world: World) -> None:
    """503 says that the same request may be sent again."""
    world.store.is_away = True
    answer = await http.post("/v1/documents", content=b"an order")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.headers["content-type"] == "application/problem+json"


async def test_documents_are_taken_while_temporal_is_away(http: httpx.AsyncClient, world: World) -> None:
    """They are kept, and the relay starts them later."""
    world.workflows.is_away = True
    assert (await http.post("/v1/documents", content=b"an order")).status_code == 202
    assert [message.state for message in world.inbox.messages.values()] == ["received"]


async def test_an_order_as_json_becomes_a_document_of_its_own_type(http: httpx.AsyncClient, world: World) -> None:
    """It is kept in canonical form under its media type and read back without loss."""
    answer = await http.post("/v1/orders", json={"purchase_order": ORDER, "sender": "a@example.com"})
    assert answer.status_code == 202
    message = world.inbox.get(answer.json()["message_id"])
    assert (message.content.media_type, message.name, message.sender) == (PURCHASE_ORDER, "4711.json", "a@example.com")
    kept = PurchaseOrderV1.model_validate_json(world.blobs.get(message.content))
    assert kept == PurchaseOrderV1.model_validate(ORDER)


async def test_the_order_of_keys_does_not_make_another_order(http: httpx.AsyncClient, world: World) -> None:
    """Bare strings and stated values, and keys in any order, are the same order."""
    turned = dict(reversed(ORDER.items())) | {"currency": {"value": "EUR", "confidence": 1.0}}
    for purchase_order in (ORDER, turned):
        await http.post("/v1/orders", json={"purchase_order": purchase_order})
    assert len(world.inbox.messages) == 1


async def test_a_json_number_is_refused_at_its_field(http: httpx.AsyncClient) -> None:
    """A number may have lost digits on the way: the field is named, and what to send instead."""
    wrong = {"po_number": "4711", "lines": [{"quantity": 1200.10}]}
    answer = await http.post("/v1/orders", json={"purchase_order": wrong})
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["field"]) == (422, "purchase_order.lines[0].quantity")
    assert "loses digits" in error["message"]


async def test_a_misspelt_key_is_refused_and_not_lost(http: httpx.AsyncClient, world: World) -> None:
    """`quantty` would otherwise be an order without a quantity."""
    wrong = {"po_number": "4711", "lines": [{"quantty": "5"}], "buyer": {"nmae": "x"}}
    answer = await http.post("/v1/orders", json={"purchase_order": wrong})
    fields = {error["field"] for error in answer.json()["errors"]}
    assert fields == {"purchase_order.lines[0].quantty", "purchase_order.buyer.nmae"}
    assert not world.inbox.messages


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"[" * 100_000, b'{"purchase_order": 1}', b"\xff"])
async def test_what_is_no_order_gets_a_problem_and_not_a_crash(http: httpx.AsyncClient, body: bytes) -> None:
    """Truncated, deeply nested, of the wrong type, not even text."""
    answer = await http.post("/v1/orders", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_sender_cannot_smuggle_a_header(http: httpx.AsyncClient) -> None:
    """Line breaks in an address are refused."""
    answer = await http.post("/v1/documents", params={"sender": "a@example.com\r\nBcc: b@example.com"}, content=b"x")
    assert answer.json()["type"] == "urn:orderwright:problem:invalid_sender"


@pytest.mark.parametrize("path", ["/v1/documents", "/v1/orders"])
async def test_a_repeated_key_repeats_the_answer(http: httpx.AsyncClient, path: str) -> None:
    """The same key with the same body is the same request."""
    body = json.dumps({"purchase_order": ORDER}).encode()
    headers = {"Idempotency-Key": "k1", "Content-Type": "application/json"}
    answers = [(await http.post(path, content=body, headers=headers)).json() for _ in range(2)]
    assert answers[0] == answers[1]


async def test_a_key_with_another_body_is_refused(http: httpx.AsyncClient, world: World) -> None:
    """409, and nothing was taken."""
    headers = {"Idempotency-Key": "k1"}
    await http.post("/v1/documents", content=b"first", headers=headers)
    answer = await http.post("/v1/documents", content=b"second", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:orderwright:problem:idempotency_key_reused")
    assert len(world.inbox.messages) == 1


async def test_a_message_says_what_became_of_it(http: httpx.AsyncClient, world: World) -> None:
    """Its outcome and the reason, in words."""
    sent = (await http.post("/v1/documents", content=b"an invoice")).json()
    world.inbox.conclude(sent["message_id"], "not_an_order", "It is an invoice.", [], None)
    answer = (await http.get(f"/v1/messages/{sent['message_id']}")).json()
    assert (answer["state"], answer["outcome"], answer["explanation"]) == ("concluded", "not_an_order", "It is an invoice.")


async def test_an_unknown_message_is_not_found(http: httpx.AsyncClient) -> None:
    """404 as a problem."""
    assert (await http.get(f"/v1/messages/{'0' * 64}")).status_code == 404


async def test_another_host_name_is_not_answered(http: httpx.AsyncClient) -> None:
    """Against pages elsewhere that rebind their name to this machine."""
    answer = await http.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 421


def test_a_client_that_never_stops_is_slowed_down() -> None:
    """So many requests a minute and no more; another client and the next minute are not concerned."""
    now = 0.0
    limit = RateLimit(2, lambda: now)
    assert [limit.allows("a"), limit.allows("a"), limit.allows("a"), limit.allows("b")] == [True, True, False, True]
    now = 60.0
    assert limit.allows("a")


async def test_health_names_who_is_away(http: httpx.AsyncClient, world: World) -> None:
    """Store and Temporal apart."""
    assert (await http.get("/healthz")).json() == {"store": "ok", "temporal": "ok"}
    world.workflows.is_away = world.store.is_away = True
    answer = await http.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"store": "away", "temporal": "away"})


@given(st.text(max_size=400))
def test_a_safe_name_is_always_one_plain_file_name(raw: str) -> None:
    """Never a path, never empty, never with control characters."""
    name = safe_name(raw)
    assert "/" not in name
    assert "\\" not in name
    assert name not in ("", ".", "..")
    assert len(name) <= 150
    assert all(letter.isprintable() or letter == "\u3000" or letter.isspace() for letter in name)


_TEXTS = st.text(min_size=1, max_size=20).filter(lambda text: not any("\ud800" <= letter <= "\udfff" for letter in text))


@given(st.fixed_dictionaries({}, optional={"po_number": _TEXTS, "notes": _TEXTS, "currency": _TEXTS}))
def test_the_canonical_form_reads_back_as_the_same_order(stated: dict[str, Any]) -> None:
    """Nothing is lost and nothing depends on the order of keys."""
    order = PurchaseOrderV1.model_validate(stated)
    assert PurchaseOrderV1.model_validate_json(canonical(order)) == order
