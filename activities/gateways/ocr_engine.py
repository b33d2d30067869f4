"""Tesseract as the OCR engine: one short-lived child process per picture, one thread each, bounded in time."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from statistics import median

import pytesseract

from activities.gateways.line_reader import NeuralLines
from models.domain.document import Letter, Word
from models.domain.errors import Misconfigured, Rejected, Unavailable

_LAYOUTS = {"block": 6, "auto": 3, "sparse": 11}
_PACKS = {"en": "eng", "de": "deu", "fr": "fra", "es": "spa", "it": "ita", "nl": "nld", "pl": "pol"}
_TALL, _TAILED = frozenset("bdfhiklt!?%&#"), frozenset("gjpqy()[]{}|@Q")
_DRAWN = frozenset("|¦_—–-=~[]{}'`\"‘’“”.,:;!\\/«»•°")


@cache
def installed_packs() -> tuple[str, ...]:
    """The language packs of ours that are installed, in the order in which they are tried; asked of the program once.

    Raises `Misconfigured` where the program is missing.
    """
    with _explained(()):
        found = set(pytesseract.get_languages())
    return tuple(pack for pack in _PACKS.values() if pack in found) or ("eng",)


@dataclass(frozen=True, slots=True)
class TesseractEngine:
    """Reads pictures with the `tesseract` program. `languages` are ISO 639-2 names of installed language packs; none are all
    that are installed of those we know. `second` gives a second opinion on single lines, where there is one.

    Raises `Misconfigured` where the program or a language pack is missing, `Rejected` where a picture takes longer than
    `timeout_seconds` or cannot be read, `Unavailable` where the child was killed from outside.
    """

    languages: tuple[str, ...] = ()
    timeout_seconds: float = 60
    second: NeuralLines | None = None

    def words(self, png: bytes, *, dpi: int, page: int, languages: tuple[str, ...], layout: str = "block") -> tuple[Word, ...]:
        """The words of an upright page, boxes in points.

        Of `languages` (ISO 639-1) those count that this engine has; an empty one means all of its own.
        """
        packs = self._packs(languages)
        config = f"--psm {_LAYOUTS[layout]} --dpi {dpi} -c preserve_interword_spaces=1"
        with _explained(packs), _picture(png) as picture:
            read = pytesseract.image_to_data(
                picture,
                lang="+".join(packs),
                config=config,
                output_type=pytesseract.Output.DICT,
                timeout=self.timeout_seconds,
            )
        return tuple(_words(read, 72 / dpi, page))

    def reads(self, language: str) -> bool:
        """Whether the pack of a language (ISO 639-1) is one of this engine's."""
        return _PACKS.get(language) in self._own()

    def lines(self, pngs: Sequence[bytes]) -> tuple[tuple[Letter, ...], ...] | None:
        """The letters of pictures of one line each by the second engine; None where there is none."""
        return self.second.lines(pngs) if self.second is not None else None

    def _own(self) -> tuple[str, ...]:
        return self.languages or installed_packs()

    def _packs(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        asked = [_PACKS.get(language, language) for language in languages]
        # Each language costs as much time again, so a reading in none of ours is made with the first one.
        own = self._own()
        return tuple(pack for pack in asked if pack in own) or own[: 1 if asked else None]


@contextmanager
def _picture(png: bytes) -> Iterator[str]:
    """The path of a file that holds the picture: as it is, since packing it anew takes as long as a third of the reading."""
    # The thread limit is read by the child alone: with more than one thread, a page takes several times the CPU.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        file.write(png)
        file.flush()
        yield file.name


@contextmanager
def _explained(packs: tuple[str, ...]) -> Iterator[None]:
    try:
        yield
    except pytesseract.TesseractNotFoundError as error:
        raise Misconfigured("the program tesseract is missing: apt-get install tesseract-ocr") from error
    except pytesseract.TesseractError as error:
        raise _meaning(error, packs) from error
    except RuntimeError as error:
        if "timeout" not in str(error).lower():
            raise
        message = "the picture takes too long to read: send the order as a PDF with text, or scan it at 300 dpi"
        raise Rejected(message, code="ocr_timeout") from error


def _meaning(error: pytesseract.TesseractError, packs: tuple[str, ...]) -> Exception:
    cause = str(error.message)
    missing = re.findall(r"(\w+)\.traineddata|Failed loading language '(\w+)'", cause)
    if missing:
        names = sorted({first or second for first, second in missing})
        return Misconfigured(
            f"tesseract lacks the language {', '.join(names)}: apt-get install "
            + " ".join(f"tesseract-ocr-{name}" for name in names)
        )
    if error.status < 0:
        return Unavailable(f"tesseract was stopped by signal {-error.status}: try again")
    return Rejected(f"tesseract cannot read the picture ({'+'.join(packs)}): {cause[:200]}", code="ocr_failed")


def _words(read: dict[str, list[str]], scale: float, page: int) -> Iterator[Word]:
    heights = _line_heights(read)
    for place, raw in enumerate(read["text"]):
        text, confidence = raw.strip(), float(read["conf"][place])
        if not text or confidence < 0 or _is_drawn(text, confidence):
            continue
        left, top = float(read["left"][place]), float(read["top"][place])
        width, height = float(read["width"][place]), float(read["height"][place])
        yield Word(
            text=text,
            page=page,
            x0=left * scale,
            top=top * scale,
            x1=(left + width) * scale,
            bottom=(top + height) * scale,
            size=heights[_line(read, place)] * scale,
            confidence=min(confidence, 100.0) / 100,
        )


def _is_drawn(text: str, confidence: float) -> bool:
    """Drawn rules come out as marks; a lone dash or stop is dropped too unless the engine was sure of it."""
    return all(letter in _DRAWN for letter in text) and (confidence < 80 or text in {"|", "_", "—", "=", "[", "]"})


def _line(read: dict[str, list[str]], place: int) -> tuple[str, ...]:
    return tuple(str(read[level][place]) for level in ("block_num", "par_num", "line_num"))


def _line_heights(read: dict[str, list[str]]) -> dict[tuple[str, ...], float]:
    """The font's height in each line in pixels: the middle of what its words' heights tell, by the letters they have."""
    heights: dict[tuple[str, ...], list[float]] = {}
    for place, raw in enumerate(read["text"]):
        if text := raw.strip():
            heights.setdefault(_line(read, place), []).append(float(read["height"][place]) / _share_of_height(text))
    return {line: median(found) for line, found in heights.items()}


def _share_of_height(text: str) -> float:
    """How much of the font's height a word's ink takes: figures and capitals less than letters with tails."""
    tall = any(letter.isupper() or letter.isdigit() or letter in _TALL for letter in text)
    if any(letter in _TAILED for letter in text):
        return 0.93 if tall else 0.72
    if any(letter in ",;/$" for letter in text):
        return 0.83
    return 0.72 if tall or not text.isalpha() else 0.52
