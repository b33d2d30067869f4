"""The pages to sign in and out, and what stands before every other page."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from entrypoints.gateway_parts import GatewayParts, parts_of
from entrypoints.page import render_page
from entrypoints.problems import Problem
from entrypoints.sign_in import Visitor, check_form, check_origin


class MustSignIn(Problem):
    """401 for programs; a person's browser is sent to the page to sign in."""

    def __init__(self, path: str) -> None:
        super().__init__(401, "not_signed_in", "these pages are for people who signed in", "Sign in at /sign-in.")
        self.page_instead = f"/sign-in?next={quote(path, safe='')}"


def know_visitor(request: Request) -> None:
    """Find out who asks, for every page; where pages are not for everybody, unknown visitors are sent to sign in."""
    parts = parts_of(request)
    request.state.visitor = visitor = parts.sign_in.visitor(request)
    if parts.presence.pages_need_sign_in and visitor.person is None:
        raise MustSignIn(request.url.path)


def visitor_of(request: Request) -> Visitor:
    """Who asks for this page; nobody where that was not found out."""
    visitor: Visitor = getattr(request.state, "visitor", Visitor())
    return visitor


router = APIRouter(include_in_schema=False)

Parts = Annotated[GatewayParts, Depends(parts_of)]
Next = Annotated[str, Query(alias="next", max_length=500)]


@router.get("/sign-in")
def show_sign_in(request: Request, parts: Parts, after: Next = "/") -> HTMLResponse:
    return show_sign_in_page(request, parts, after)


@router.post("/sign-in")
def sign_in(
    request: Request,
    parts: Parts,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=500)] = "",
    after: Annotated[str, Form(alias="next", max_length=500)] = "/",
) -> Response:
    """On to the page that was asked for, or the form again with what was wrong."""
    check_origin(request)
    response = RedirectResponse(own_path(after), 303)
    try:
        parts.sign_in.begin(name, password, response)
    except Problem as problem:
        return show_sign_in_page(request, parts, after, problem=problem, name=name)
    return response


@router.post("/sign-out", dependencies=[Depends(know_visitor)])
def sign_out(request: Request, parts: Parts, form_key: Annotated[str, Form(max_length=100)] = "") -> Response:
    check_form(request, visitor_of(request), form_key)
    response = RedirectResponse("/", 303)
    parts.sign_in.end(request, response)
    return response


def own_path(path: str) -> str:
    """A path of this gateway to go on to; "/" for anything that could lead elsewhere."""
    is_own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_own else "/"


def show_sign_in_page(
    request: Request, parts: GatewayParts, after: str, problem: Problem | None = None, name: str = ""
) -> HTMLResponse:
    """The page to sign in on, with what went wrong before."""
    return render_page(
        request,
        "sign_in.html",
        problem.status_code if problem else 200,
        after=own_path(after),
        problem=problem,
        name=name,
        is_first=parts.sign_in.is_nobody_registered,
        provider=parts.provider.name if parts.provider else "",
    )
