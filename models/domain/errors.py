"""The errors that are drawn once. Anything else is a bug and is not caught."""

from __future__ import annotations


class OrderwrightError(Exception):
    """An error that names its place and cause in words for the person who can act on it."""


class Rejected(OrderwrightError):
    """This input will never work: answer the partner, do not retry. `code` is a finding code."""

    def __init__(self, message: str, *, code: str = "rejected") -> None:
        super().__init__(message)
        self.code = code


class Unavailable(OrderwrightError):
    """The world may recover: retry."""


class Misconfigured(OrderwrightError):
    """Only an operator can mend this: page them, do not retry."""
