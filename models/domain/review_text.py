"""What a reviewer reads in the Temporal UI: one screen of Markdown per order, and a summary for lists.

Everything that comes from a document is escaped: it must not become markup, a link or another row. Each table cell ends
with an EM SPACE, because the UI draws tables without padding.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from models.domain.approval import approval_obstacles, open_questions
from models.domain.display_words import channel_words, source_words
from models.domain.findings import Finding, Severity
from models.domain.partial import lines_in_words, part_refusal
from models.domain.sales_order import SalesOrder

_ROWS = 12
_PROPOSALS = 5
_MOST_PROPOSED = 50
_CELL = 60
_SUMMARY_BYTES = 199
_EM_SPACE = "\u2003"
#: Breaks what a Markdown renderer would make a link of, and is not seen.
_ZERO_WIDTH_SPACE = "\u200b"

_WEIGHT = {Severity.ERROR: "**stops**", Severity.WARNING: "note", Severity.INFO: "note"}


def escaped(text: str, longest: int = _CELL) -> str:
    """Text of a document as Markdown that shows it and nothing else: one line, no markup, no link, cut to `longest` letters."""
    words = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    short = words if len(words) <= longest else f"{words[: longest - 1]}…"
    marked = re.sub(r"([\\`*_{}\[\]()<>#+\-!|~&$=^])", r"\\\1", short)
    linkless = re.sub(r"(:)(//)|(?i:(www)(\.))", lambda m: f"{m[1] or m[3]}{_ZERO_WIDTH_SPACE}{m[2] or m[4]}", marked)
    return linkless.replace("@", f"@{_ZERO_WIDTH_SPACE}")


def order_summary(order: SalesOrder) -> str:
    """The order in a line of fewer than 200 bytes: customer, PO number, lines, total, how it came."""
    who = order.customer_name or order.purchase_order.buyer.name or "unknown buyer"
    total = order.gross or order.net
    parts = [
        f"{escaped(who, 40)} PO {escaped(order.purchase_order.po_number or 'without number', 30)}",
        _lines(order),
        *([str(total)] if total else []),
        f"{escaped(source_words(order.source.source_format or 'order'), 15)} by {channel_words(order.source.channel)}",
    ]
    return within_bytes(" · ".join(parts), _SUMMARY_BYTES)


def within_bytes(text: str, most: int) -> str:
    """`text` cut to at most `most` bytes of UTF-8, never within a character."""
    encoded = text.encode("utf-8")
    if len(encoded) <= most:
        return text
    return encoded[: most - 3].decode("utf-8", errors="ignore").rstrip("\\") + "..."


def review_markdown(order: SalesOrder, links: Mapping[str, str]) -> str:
    """Current Details: the verdict in a sentence, the links, what was read and expected, and proposals to copy.

    `links` maps a label to one of our own addresses. At most twelve rows and five proposals; the rest is on the page.
    """
    questions = open_questions(order)
    notes = [finding for finding in order.findings if finding.severity is Severity.WARNING]
    shown = [*questions, *notes][:_ROWS]
    left = len(questions) + len(notes) - len(shown)
    blocks = [
        _verdict(order, questions),
        _other_part(order),
        _conversation(order),
        " · ".join(f"[{escaped(label)}]({_address(url)})" for label, url in links.items()),
        "\n".join(_table(shown)) if shown else "",
        f"… and {left} more on the order page." if left else "",
        _advice(order) if order.status.waits_for_person else "",
    ]
    return "\n\n".join(block for block in blocks if block)


def _verdict(order: SalesOrder, questions: Sequence[Finding]) -> str:
    total = order.gross or order.net
    what = _lines(order) + (f", {total}" if total else "")
    name = escaped(order.customer_name or order.purchase_order.buyer.name or "an unknown buyer", 80)
    if order.status.waits_for_person:
        count = f"{len(questions)} open {'question' if len(questions) == 1 else 'questions'}"
        return f"**{_words(order.status)}**: {count} on the order of {name} ({what})."
    why = f" {escaped(order.decisions[-1].why, 300)}" if order.decisions else ""
    return f"**{_words(order.status)}**: the order of {name} ({what}).{why}"


def _other_part(order: SalesOrder) -> str:
    """That the purchase order has other lines, and where they are."""
    if order.part is None:
        return ""
    state = "went on" if order.part.is_rest else "wait"
    return (
        f"Only {lines_in_words(order.part.lines)} of the purchase order: the others {state} as {escaped(order.part.other, 120)}."
    )


def _lines(order: SalesOrder) -> str:
    count = len(order.lines) or len(order.purchase_order.lines)
    return f"{count} {'line' if count == 1 else 'lines'}"


def _conversation(order: SalesOrder) -> str:
    """What the buyer was asked last, and said."""
    if not order.questions:
        return ""
    last = order.questions[-1]
    asked = f"{escaped(last.recipient)} was asked by {escaped(last.asked_by)}"
    if last.replies:
        return f"{asked} and answered: {escaped(last.replies[-1].text, 300)}"
    due = f"; the next reminder goes {last.due:%-d %b, %H:%M} UTC" if last.due else ""
    return f"{asked}: {escaped(last.failure, 200)}" if last.failure else f"{asked} and has not answered yet{due}."


def _words(status: str) -> str:
    """`NeedsReview` as people write it."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", status).capitalize()


def _table(findings: Sequence[Finding]) -> Iterator[str]:
    # The UI gives the table a narrow column, and cuts off what is too wide: why comes before the figures, and a column that
    # nothing stands in is left out.
    heads = ("", "Where", "Why", "Read", "Expected", "Sure")
    columns = [column for column in zip(heads, *map(_cells, findings), strict=True) if any(column[1:])]
    rows = ["|" + "|".join(f"{cell}{_EM_SPACE}" for cell in row) + "|" for row in zip(*columns, strict=True)]
    yield from (rows[0], "|" + "---|" * len(columns), *rows[1:])


def _cells(finding: Finding) -> tuple[str, ...]:
    return (
        _WEIGHT[finding.severity],
        _where(finding),
        escaped(finding.message, 160),
        escaped(finding.read or ""),
        escaped(finding.expected or ""),
        f"{finding.confidence:.2f}" if finding.confidence is not None else "",
    )


def _where(finding: Finding) -> str:
    """ "line 2, unit price", or the field alone where it is the whole order's."""
    field = escaped(re.sub(r"^lines\[\d+\]\.", "", finding.field or "order").replace("_", " "), 30)
    return f"line {finding.line}, {field}" if finding.line else field


def proposals(order: SalesOrder) -> dict[str, str]:
    """The corrections that would settle open questions, by key: what the buyer answered, else what the checks propose.

    At most fifty: they travel with the order's brief, and taking them leads to the next.
    """
    found: dict[str, str] = {}
    for finding in open_questions(order):
        for key, value in (finding.proposal or {}).items():
            found.setdefault(key, value)
    return dict(list({**order.answered, **found, **order.answered}.items())[:_MOST_PROPOSED])


def _advice(order: SalesOrder) -> str:
    """What to do: what each update does now, and the proposals as one-key JSON for those who want but one of them."""
    proposed = proposals(order)
    choices = [
        "- `approve` is refused until what is missing is corrected."
        if approval_obstacles(order)
        else "- `approve` (no data needed) accepts the order as it stands, with every open question.",
        '- `reject` with `{"reason": "…"}` tells the buyer why; `hold` keeps it here.',
        "- `ask` (no data needed) sends the buyer the drafted question, in their language.",
    ]
    if order.may_wait and part_refusal(order) is None:
        choices.insert(0, _part_choice(order))
    if not proposed:
        return "\n".join(choices)
    choices.insert(0, "- `take_proposals` (no data needed) corrects the order by every proposal below and checks it again.")
    examples = [f"- `{_json({key: value})}`" for key, value in list(proposed.items())[:_PROPOSALS]]
    left = len(proposed) - len(examples)
    # Markdown takes lines beneath a sentence for a part of it, and two lists in a row for one.
    more = f"… and {left} more." if left else ""
    intro = "Proposed; to take one alone, send the update `correct` with it:"
    return "\n\n".join(block for block in ("\n".join(choices), intro, "\n".join(examples), more) if block)


def _part_choice(order: SalesOrder) -> str:
    waiting = lines_in_words(order.may_wait)
    return f"- `accept_part` (no data needed) lets the other lines go on now; {waiting} waits as an order of its own."


def _json(proposal: dict[str, str]) -> str:
    """JSON on one line that cannot end the code span it stands in."""
    return json.dumps(proposal, ensure_ascii=False).replace("`", "\\u0060")


def _address(url: str) -> str:
    return re.sub(r"[\s()<>\"`\\]", lambda char: f"%{ord(char[0]):02X}", url)
