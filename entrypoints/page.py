"""One page of the gateway, from its template."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse


def render_page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page with what every page shows: where it is, who looks at it, and how the gateway presents itself."""
    state = request.app.state
    visitor = getattr(request.state, "visitor", None)
    page = state.pages.get_template(template)
    shown = page.render(presence=state.parts.presence, path=request.url.path, visitor=visitor, **values)
    return HTMLResponse(shown, status)
