"""A picture of each class of failure: one document of the class with what was read from it, under what went wrong there."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

from benchmarks.capture.case import Case
from benchmarks.capture.report import by_source, classes_of, told
from benchmarks.capture.run import EXTENSIONS, RECEIVED, Result
from benchmarks.capture.sheet import font_file
from models.contracts.extraction_v1 import ExtractionV1, stated_fields
from parsers.evidence_picture import evidence_picture
from reader import read

_WIDTH, _MOST_HIGH, _LETTERS, _ROWS = 1000, 3000, 115, 80
_LINE, _MARGIN, _SIZE = 19, 12, 14
#: So many of the commonest classes of each kind, of errors and of questions alike; and so many lines about one document.
_CLASSES, _MOST_TOLD = 6, 8


@dataclass(frozen=True, slots=True)
class Example:
    """A document that stands for its class: `name` is that of the class, `about` says what went wrong."""

    name: str
    result: Result
    about: tuple[str, ...]


def draw_failures(results: Sequence[Result], cases: Iterable[Case], folder: Path) -> list[Path]:
    """Write a PNG for each class into `folder` and give their paths; `cases` are those that gave the results, with contents."""
    folder.mkdir(parents=True, exist_ok=True)
    examples = list(_examples(results))
    wanted = {(each.result.case.source, each.result.case.name) for each in examples}
    contents = {(case.source, case.name): case.content for case in cases if (case.source, case.name) in wanted}
    paths = []
    for each in examples:
        case = each.result.case
        path = folder / f"{each.name}.png"
        path.write_bytes(_picture(each, contents[case.source, case.name]))
        paths.append(path)
    return paths


def _examples(results: Sequence[Result]) -> Iterator[Example]:
    """Of each class the document in which least else went wrong."""
    for source, own in by_source(results).items():
        ranked = sorted(own, key=lambda result: (len(result.score.wrong) + len(result.score.blocking), result.case.name))
        for kind, name, _ in classes_of(own, _CLASSES):
            shown = next(result for result in ranked if (kind, name) in {each[:2] for each in classes_of([result])})
            yield Example(f"{source}-{kind}-{name.replace(' ', '-')}", shown, tuple(_about(shown)))


def _about(result: Result) -> Iterator[str]:
    yield f"{result.case.name} ({result.case.layout}, {result.case.language})"
    yield from map(told, result.score.wrong[:_MOST_TOLD])
    yield from (f"asks: {finding}" for finding in result.score.blocking[:_MOST_TOLD])


def _picture(example: Example, content: bytes) -> bytes:
    """The words about it over its pages with their boxes; over its text where it has no pages, and over what was read from which
    cell where it has no text either."""
    document = read(content, f"document{EXTENSIONS.get(example.result.case.source, '')}", RECEIVED)
    extraction = document.reading.extraction
    pages = [evidence_picture([(page, extraction)]) for page in document.pictures[:2]]
    text = document.body_text.splitlines() or _read_in_cells(extraction)
    below = [_scaled(page) for page in pages] or [_written(text[:_ROWS])]
    above = _written(example.about)
    height = min(above.height + sum(part.height for part in below), _MOST_HIGH)
    sheet = Image.new("RGB", (_WIDTH, height), "white")
    top = 0
    for part in (above, *below):
        sheet.paste(part, (0, top))
        top += part.height
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _read_in_cells(extraction: ExtractionV1) -> list[str]:
    return [f"{value.evidence[0].place()}: {path} = {value.value}" for path, value in stated_fields(extraction) if value.evidence]


def _scaled(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png)) as image:
        return image.convert("RGB").resize((_WIDTH, max(round(image.height * _WIDTH / image.width), 1)))


def _written(lines: Iterable[str]) -> Image.Image:
    rows = [row for line in lines for row in wrap(line, _LETTERS) or [""]]
    image = Image.new("RGB", (_WIDTH, _LINE * max(len(rows), 1) + 2 * _MARGIN), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(font_file("mono"), _SIZE)
    for place, row in enumerate(rows):
        pen.text((_MARGIN, _MARGIN + place * _LINE), row, fill=(20, 20, 20), font=font)
    return image
