"""Mails altered in what must not matter, or must at most lead to a question: how their text is broken, greeted, quoted, spelt,
what stands below it, and HTML in place of text. Mails of one plain text without attachments are altered."""

from __future__ import annotations

import copy
import random
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape
from typing import Any

from benchmarks.capture.case import Case
from benchmarks.capture.mails import cases
from benchmarks.capture.variants_words import or_none, phrases

_BULLET = re.compile(r"^(\s*)(?:[-*•–·]|\d{1,2}[.)])\s+", re.MULTILINE)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


@dataclass
class Letter:
    """A mail to alter: its body, and the truth that follows."""

    body: str
    truth: dict[str, Any]
    language: str
    draw: random.Random
    message: EmailMessage
    html: bool = False

    def phrase(self, kind: str) -> str:
        """One of the phrases of a kind in the mail's language, its lines broken."""
        return self.draw.choice(phrases(kind, self.language)).replace("|", "\n")

    def content(self) -> bytes:
        """The file as it is now."""
        written = EmailMessage(policy=policy.SMTP)
        for name, value in self.message.items():
            if not name.lower().startswith(("content-", "mime-")):
                written[name] = value
        written.set_content(self.body, subtype="html" if self.html else "plain", charset="utf-8", cte="quoted-printable")
        return written.as_bytes()


@dataclass(frozen=True)
class Sent:
    """A mail to be read as it is or altered."""

    case: Case

    def altered(self, kind: str, seed: int) -> Case | None:
        """The mail altered in one way, None where it has nothing of the kind."""
        case = self.case
        message = message_from_bytes(case.content, policy=policy.default)
        if message.is_multipart() or message.get_content_type() != "text/plain":
            return None
        draw = random.Random(f"{seed} {case.name} {kind}")
        letter = Letter(message.get_content(), copy.deepcopy(case.truth), case.language, draw, message)
        before = letter.body
        KINDS[kind](letter)
        if letter.body == before:
            return None
        return replace(case, name=f"{case.name} {kind}", content=letter.content(), truth=letter.truth)


@contextmanager
def opened(seed: int) -> Iterator[list[Sent]]:
    """The orders among the mails, each template filled once."""
    yield [
        Sent(case)
        for case in cases(seed)
        if case.truth["intent"] == "order" and (not re.search(r"-[23]$", case.name)) and b"\x00" not in case.content
    ]


def _reflowed(letter: Letter) -> None:
    """Lines are broken at 60 columns, as old mail programs do."""
    lines = [textwrap.wrap(line, 60, break_long_words=False, break_on_hyphens=False) or [""] for line in letter.body.split("\n")]
    letter.body = "\n".join(part for parts in lines for part in parts)


def _other_bullets(letter: Letter) -> None:
    sign = letter.draw.choice(("•", "*", "–", ">>", "o", "->"))
    letter.body = _BULLET.sub(lambda found: found[1] + sign + " " if not found[0].strip()[0].isdigit() else found[0], letter.body)


def _indented(letter: Letter) -> None:
    letter.body = "\n".join(f"    {line}" if line.strip() else line for line in letter.body.split("\n"))


def _airy(letter: Letter) -> None:
    """A blank line after every line, as pasted text has it."""
    letter.body = letter.body.replace("\n", "\n\n")


def _upper(letter: Letter) -> None:
    letter.body = letter.body.upper()


def _lower(letter: Letter) -> None:
    letter.body = letter.body.lower()


def _unpunctuated(letter: Letter) -> None:
    """No full stop, comma or exclamation mark where a line ends, as people in a hurry write."""
    letter.body = re.sub(r"(?<=\w)[.,;!]+[ \t]*$", "", letter.body, flags=re.MULTILINE)


def _hurried(letter: Letter) -> None:
    """All in lower case and without punctuation where lines end, as phones send it."""
    _lower(letter)
    _unpunctuated(letter)


def _without_accents(letter: Letter) -> None:
    text = letter.body.translate(_UMLAUTS) if letter.language == "de" else letter.body.replace("ł", "l").replace("Ł", "L")
    letter.body = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def _as_html(letter: Letter) -> None:
    """As mail programs write what people type: a paragraph a line."""
    tag = letter.draw.choice(("p", "div"))
    lines = "".join(f"<{tag}>{escape(line) or '&nbsp;'}</{tag}>" for line in letter.body.split("\n"))
    letter.body, letter.html = f"<html><body>{lines}</body></html>", True


def _as_html_breaks(letter: Letter) -> None:
    lines = "<br>\n".join(escape(line).replace("  ", "&nbsp; ") for line in letter.body.split("\n"))
    letter.body, letter.html = f"<html><body><div style='font-family:Calibri'>{lines}</div></body></html>", True


def _disclaimer(letter: Letter) -> None:
    letter.body = f"{letter.body.rstrip()}\n\n{letter.phrase('disclaimers')}\n"


def _sent_from(letter: Letter) -> None:
    letter.body = f"{letter.body.rstrip()}\n\n{letter.phrase('phones')}\n"


def _signature(letter: Letter) -> None:
    letter.body = f"{letter.body.rstrip()}\n\n-- \n{letter.phrase('signatures')}\n"


def _greeting(letter: Letter) -> None:
    """Some words of courtesy before all else."""
    letter.body = f"{letter.phrase('greetings')}\n\n{letter.body.lstrip()}"


def _closing(letter: Letter) -> None:
    letter.body = f"{letter.body.rstrip()}\n\n{letter.phrase('closings')}\n"


def _forwarded(letter: Letter) -> None:
    """Forwarded by a colleague, who says as much and no more."""
    sender, subject = letter.message["From"] or "", letter.message["Subject"] or ""
    names = phrases("forwarding", letter.language)
    values = (sender, "18.11.2026 09:12", letter.message["To"] or "", subject)
    head = [f"{name}: {value}" for name, value in zip(names[2:], values, strict=True)]
    letter.body = "\n".join((names[1], "", letter.draw.choice(("", "_" * 32, "-" * 20)), *head, "", letter.body))
    del letter.message["Subject"]
    letter.message["Subject"] = f"{names[0]}: {subject}"


def _older_below(letter: Letter) -> None:
    """The thread goes on with an older order, quoted."""
    older = [f"> {line}" for line in letter.phrase("older").split("\n")]
    letter.body = "\n".join((letter.body.rstrip(), "", phrases("quoting", letter.language)[0], *older, ""))


def _other_units(letter: Letter) -> None:
    """Unit words that mean the same."""
    for pair in phrases("synonyms", letter.language):
        one, _, other = pair.partition("=")
        letter.body = re.sub(rf"(?<=\d )({re.escape(one)})\b", other, letter.body)
    for order in letter.truth["orders"]:
        for line in order["lines"]:
            line["description"] = or_none(line.get("description"))


KINDS: Mapping[str, Callable[[Letter], None]] = {
    "reflowed": _reflowed, "other bullets": _other_bullets, "indented": _indented, "blank lines": _airy, "upper case": _upper,
    "lower case": _lower, "no full stops": _unpunctuated, "lower case, no full stops": _hurried, "no accents": _without_accents,
    "paragraphs of HTML": _as_html, "breaks of HTML": _as_html_breaks, "disclaimer": _disclaimer, "sent from a phone": _sent_from,
    "signature": _signature, "greeting": _greeting, "closing": _closing, "forwarded": _forwarded,
    "older order below": _older_below, "other unit words": _other_units,
}  # fmt: skip
