"""HTML printed by Chromium to PDF, kept under var/capture by the hash of what was printed, for printing is slow."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

_KEPT = Path(__file__).parents[2] / "var" / "capture"
_CHROMIUM = "/usr/bin/chromium"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


class Printer:
    """Prints pages; the browser starts with the first one that is not kept yet."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._page: Any = None

    def pdf(self, html: str, sheet: str) -> bytes:
        """The PDF of `html` on "A4" or "Letter", "A4 landscape" and so on."""
        key = hashlib.sha256(f"{sheet}\n{html}".encode()).hexdigest()
        kept = _KEPT / f"{key}.pdf"
        if not kept.exists():
            _KEPT.mkdir(parents=True, exist_ok=True)
            half = kept.with_suffix(".part")
            half.write_bytes(self._print(html, sheet))
            half.replace(kept)
        return kept.read_bytes()

    def _print(self, html: str, sheet: str) -> bytes:
        if self._page is None:
            from playwright.sync_api import sync_playwright

            playwright = self._stack.enter_context(sync_playwright())
            browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
            self._stack.callback(browser.close)
            self._page = browser.new_page()
        self._page.set_content(html)
        size, _, turned = sheet.partition(" ")
        printed: bytes = self._page.pdf(format=size, landscape=turned == "landscape", print_background=True)
        return printed


@contextmanager
def printer() -> Iterator[Printer]:
    """A printer whose browser is closed at the end."""
    with ExitStack() as stack:
        yield Printer(stack)
