"""Errors as answers: every failure of the HTTP gateway becomes one `application/problem+json` (RFC 9457) with a next step."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException as AnyHTTPException

from entrypoints.page import render_page
from models.contracts.api_v1 import FieldErrorV1, ProblemV1
from models.domain.errors import Misconfigured, Rejected, Unavailable

MEDIA_TYPE = "application/problem+json"
#: What a refusal's code means in HTTP, and what to do about it.
_REJECTIONS = {
    "not_found": (404, "The list of orders shows those that there are."),
    "decision_refused": (409, "Nothing was changed. Mend the decision and send it again."),
}
#: What a failure is called on a page.
_TITLES = {
    400: "This cannot be read", 401: "You are not signed in any more", 403: "This is not allowed", 404: "There is no such page",
    405: "There is no such page", 409: "Nothing was changed", 413: "This is too large", 422: "This cannot be read",
    429: "Too often", 500: "Something failed here", 503: "Not available now",
}  # fmt: skip
#: The last parts of the addresses that forms are sent to.
_FORMS = ("decide", "ask", "approve", "rehearse")
_log = logging.getLogger(__name__)


class Problem(HTTPException):
    """A failure with its place in the contract: `kind` is a stable word, `status` the HTTP status.

    It is one of the framework's, so that it passes unchanged through the framework's reading of bodies.
    `page_instead` is where a person's browser is sent rather than shown the failure.
    """

    page_instead = ""

    def __init__(self, status: int, kind: str, detail: str, next_step: str = "", errors: tuple[FieldErrorV1, ...] = ()) -> None:
        super().__init__(status, detail)
        self.kind = kind
        self.next_step = next_step
        self.errors = errors

    def response(self, headers: dict[str, str] | None = None) -> Response:
        body = ProblemV1(
            type=f"urn:orderwright:problem:{self.kind}",
            title=HTTPStatus(self.status_code).phrase,
            status=self.status_code,
            detail=self.detail,
            next_step=self.next_step,
            errors=self.errors,
        )
        return JSONResponse(
            body.model_dump(mode="json", exclude_defaults=True), self.status_code, headers=headers, media_type=MEDIA_TYPE
        )


def field_errors(errors: list[Any], *, skip: int = 0) -> tuple[FieldErrorV1, ...]:
    """Pydantic's errors as paths and sentences; `skip` leaves out the first parts of each path. At most 50."""
    return tuple(FieldErrorV1(field=_path(error["loc"][skip:]), message=_sentence(error["msg"])) for error in errors[:50])


def _path(parts: tuple[int | str, ...]) -> str:
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.lstrip(".")


def _sentence(message: str) -> str:
    return message.removeprefix("Value error, ")


def answer_errors(app: FastAPI) -> None:
    """Give every error of ours, of the framework and of the workflows its answer."""

    async def problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)
        return _answer(request, error, _retry(error.status_code))

    async def unavailable(request: Request, error: Exception) -> Response:
        step = "Nothing was done. Send the same request again in a few seconds; an Idempotency-Key makes that safe."
        return _answer(request, Problem(503, "unavailable", str(error), step), _retry(503))

    async def misconfigured(request: Request, error: Exception) -> Response:
        _log.error("the gateway is not set up right: %s", error)
        step = "Tell the operator of this gateway; the cause stands in its log."
        return _answer(request, Problem(503, "misconfigured", "the gateway is not set up right", step), _retry(503))

    async def rejected(request: Request, error: Exception) -> Response:
        assert isinstance(error, Rejected)
        status, step = _REJECTIONS.get(error.code, (422, "Check what the request names."))
        return _answer(request, Problem(status, error.code, str(error), step))

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        found = field_errors(list(error.errors()), skip=1)
        detail = "; ".join(f"{each.field or 'the body'}: {each.message}" for each in found[:3])
        step = "Mend the fields named in `errors`; /docs shows the form."
        return _answer(request, Problem(422, "invalid_request", detail, step, found))

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, AnyHTTPException)
        kind = HTTPStatus(error.status_code).name.lower()
        step = "/docs lists what there is."
        return _answer(request, Problem(error.status_code, kind, str(error.detail), step), dict(error.headers or {}))

    async def bug(request: Request, _error: Exception) -> Response:
        # The framework logs the traceback; the peer learns nothing of it.
        step = "Tell the operator of this gateway; the cause stands in its log."
        return _answer(request, Problem(500, "internal_error", "something failed on our side", step))

    app.add_exception_handler(Problem, problem)
    app.add_exception_handler(Unavailable, unavailable)
    app.add_exception_handler(Misconfigured, misconfigured)
    app.add_exception_handler(Rejected, rejected)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(AnyHTTPException, http)
    app.add_exception_handler(Exception, bug)


def _answer(request: Request, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The problem as JSON, or as a page where a person's browser asks."""
    response = problem.response(dict(headers or {}))
    if request.url.path.startswith("/v1/") or "text/html" not in request.headers.get("accept", ""):
        return response
    if elsewhere := problem.page_instead:
        return RedirectResponse(elsewhere, 303)
    values = {
        "title": _TITLES.get(problem.status_code, "This did not work"),
        "detail": problem.detail,
        "next_step": problem.next_step,
        "back": _page_before(request),
        "must_sign_in": problem.status_code == HTTPStatus.UNAUTHORIZED,
    }
    page = render_page(request, "problem.html", problem.status_code, **values)
    for name, value in response.headers.items():
        if not name.startswith("content-"):
            page.headers[name] = value
    return page


def _page_before(request: Request) -> str:
    """The page whose form was sent; nothing where a page itself was asked for."""
    path, _, form = request.url.path.rpartition("/")
    return quote(path, safe="/:") if request.method == "POST" and form in _FORMS else ""


def _retry(status: int) -> dict[str, str] | None:
    return {"Retry-After": "5"} if status in (429, 503) else None
