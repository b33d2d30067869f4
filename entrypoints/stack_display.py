"""What the running stack shows at the terminal: progress as it happens, and one table at the end.

On a terminal the progress is drawn in place; elsewhere each change is a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.live import Live
from rich.style import Style
from rich.table import Table
from rich.text import Text

_ROOM_AROUND = 6
_WIDTH_OF_FILES = 240


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one sample is."""

    name: str
    document: str
    state: str
    is_settled: bool
    is_right: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of the final table."""

    document: str
    customer: str
    po_number: str
    lines: str
    total: str
    how: str
    why: str
    link: str
    is_right: bool


class Display:
    """Sentences, progress and the table, on one console."""

    def __init__(self, console: Console | None = None) -> None:
        found = console or Console(highlight=False)
        self._console = found if found.is_terminal else Console(file=found.file, highlight=False, width=_WIDTH_OF_FILES)
        self._live: Live | None = None
        self._last: dict[str, str] = {}

    def say(self, sentence: str) -> None:
        """A sentence of its own, above the progress."""
        self._console.print(Text(sentence))

    @contextmanager
    def following(self) -> Iterator[None]:
        """While this is open, `show` draws the progress."""
        if not self._console.is_terminal:
            yield
            return
        with Live(console=self._console, refresh_per_second=8, transient=True) as self._live:
            yield
        self._live = None

    def show(self, progress: Sequence[Progress]) -> None:
        """Draw the progress in place, or print what has changed."""
        if self._live is not None:
            self._live.update(self._drawn(progress))
            return
        for sample in progress:
            if self._last.get(sample.name) != sample.state:
                self._console.print(Text(f"{sample.document:<36} {sample.state}{_mark(sample)}"))
                self._last[sample.name] = sample.state

    def conclude(self, outcomes: Sequence[Outcome]) -> None:
        """The one table of what became of the documents."""
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for heading in ("document", "customer", "PO number"):
            table.add_column(heading, overflow="fold")
        for heading in ("lines", "total"):
            table.add_column(heading, justify="right", no_wrap=True)
        table.add_column("how it went", overflow="fold")
        table.add_column("why it stopped where it did", overflow="fold", ratio=1)
        table.add_column("link", overflow="fold", min_width=min(62, self._console.width // 4))
        for row in outcomes:
            words = (row.document, row.customer, row.po_number, row.lines, row.total, row.how, row.why)
            link = Text(row.link, style=Style(link=row.link or None))
            table.add_row(*map(Text, words), link, style="" if row.is_right else "bold red")
        self._console.print(table)

    def addresses(self, places: Sequence[tuple[str, str]]) -> None:
        """Where to look and what to try, one a line."""
        grid = Table.grid(padding=(0, 3))
        for name, address in places:
            grid.add_row(Text(name, style="bold"), Text(address, overflow="fold"))
        self._console.print(grid)

    def _drawn(self, progress: Sequence[Progress]) -> Table:
        settled = sum(sample.is_settled for sample in progress)
        table = Table(box=box.SIMPLE_HEAD, title=f"{settled} of {len(progress)} documents have come to their end", pad_edge=False)
        table.add_column("document")
        table.add_column("now")
        for sample in _fitting(progress, max(5, self._console.height - _ROOM_AROUND)):
            style = "green" if sample.is_right else "red" if sample.is_settled else "dim"
            table.add_row(Text(sample.document), Text(sample.state + _mark(sample), style=style))
        return table


def _fitting(progress: Sequence[Progress], room: int) -> Sequence[Progress]:
    """All rows where there is room, else those that still move and the first of what has settled."""
    if len(progress) <= room:
        return progress
    moving = [sample for sample in progress if not sample.is_settled]
    wrong = [sample for sample in progress if sample.is_settled and not sample.is_right]
    rest = [sample for sample in progress if sample.is_right]
    return [*wrong, *moving, *rest][:room]


def _mark(sample: Progress) -> str:
    if not sample.is_settled:
        return ""
    return "  ✓" if sample.is_right else "  ✗ not what was expected"
