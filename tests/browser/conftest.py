"""One stack and one browser for all tests of the desks: starting them takes longer than using them. They end with the package,
because a running browser keeps an event loop that other tests could not have their own beside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from demo.delivery import sample_mails
from tests.browser.findings import company_with_every_kind, mails_of_every_kind
from tests.browser.flagged import FLAGGED
from tests.stack_at_work import ROOT, StackAtWork, stack_at_work

_CHROMIUM = "/usr/bin/chromium"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-dev-shm-usage"]


@pytest.fixture(scope="package")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StackAtWork]:
    """A stack with the flagged samples, and an order for each kind of finding."""
    folder = tmp_path_factory.mktemp("desk")
    company = str(company_with_every_kind(folder / "company"))
    with stack_at_work(folder, "--no-samples", carrier_seconds_per_day="0.5", company=company) as running:
        for sample in sample_mails(ROOT / "demo" / "inbox"):
            if sample.name in FLAGGED:
                running.mail(sample.content, sample.sender)
        for content, sender in mails_of_every_kind():
            running.mail(content, sender)
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB")
    yield context.new_page()
    context.close()
