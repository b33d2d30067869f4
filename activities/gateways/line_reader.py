"""Single lines of print read by a neural network (PP-OCRv6 by ONNX Runtime), as a second opinion on what Tesseract read.

Comes with the extra `ocr-neural`. Of the package rapidocr only the model file is used; nothing is fetched, and no thread is
started. It reads Latin letters with all their accents, figures and marks, and nothing else.
"""

from __future__ import annotations

import importlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.domain.document import Letter
from models.domain.errors import Rejected

_MODELS = "PP-OCRv*_rec_*.onnx"
_HEIGHT, _LEAST_WIDTH, _STEP = 48, 32, 32
#: Nothing that is so much longer than high is a line of print.
_MOST_WIDTH = 4800
_WHITE = 255
_MARKS = frozenset("€£°µ×²³½¼¾±§«»“”„‘’–—…™®©№¿¡ºª")


@dataclass(frozen=True, slots=True)
class NeuralLines:
    """Reads pictures of one line of print each."""

    model: Path

    def lines(self, pngs: Sequence[bytes]) -> tuple[tuple[Letter, ...], ...]:
        """The letters of each picture, from left to right; none where it holds no print.

        Raises `Rejected` for what is no picture.
        """
        return tuple(_letters(_decoded(png), _network(self.model)) for png in pngs)


def neural_lines() -> NeuralLines | None:
    """The reader, where the extra is installed with its model."""
    if find_spec("onnxruntime") is None:
        return None
    package = find_spec("rapidocr")
    folders = (package.submodule_search_locations or ()) if package is not None else ()
    models = sorted(model for folder in folders for model in (Path(folder) / "models").glob(_MODELS))
    return NeuralLines(models[0]) if models else None


@dataclass(frozen=True, slots=True)
class _Network:
    session: Any
    entry: str
    letters: tuple[str, ...]
    #: The outputs that mean "no letter", a space, or a letter that an order may hold.
    ours: NDArray[np.intp]


@cache
def _network(model: Path) -> _Network:
    runtime = importlib.import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = runtime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    stated = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    letters = ("", *stated, " ")
    ours = [place for place, letter in enumerate(letters) if not letter or _is_ours(letter)]
    return _Network(session, session.get_inputs()[0].name, letters, np.array(ours))


def _is_ours(letter: str) -> bool:
    if len(letter) != 1:
        return False
    return " " <= letter <= "~" or letter in _MARKS or unicodedata.name(letter, "").startswith("LATIN ")


def _decoded(png: bytes) -> NDArray[np.uint8]:
    picture = cv2.imdecode(np.frombuffer(png, dtype=np.uint8), cv2.IMREAD_GRAYSCALE) if png else None
    if picture is None:
        raise Rejected("a line of the page cannot be read again: its picture is damaged", code="ocr_failed")
    return np.asarray(picture, dtype=np.uint8)


def _letters(picture: NDArray[np.uint8], network: _Network) -> tuple[Letter, ...]:
    height, width = picture.shape
    wide = round(width * _HEIGHT / height)
    if not 1 <= wide <= _MOST_WIDTH:
        return ()
    way = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
    line = cv2.resize(picture, (wide, _HEIGHT), interpolation=way).astype(np.float32) / 127.5 - 1
    entry = np.zeros((1, 3, _HEIGHT, max(-(-wide // _STEP) * _STEP, _LEAST_WIDTH)), np.float32)
    entry[0, :, :, :wide] = line
    chances = network.session.run(None, {network.entry: entry})[0][0][:, network.ours]
    return tuple(_told(chances, network, entry.shape[3] / wide))


def _told(chances: NDArray[np.float32], network: _Network, stretch: float) -> Iterator[Letter]:
    """The letters of the likeliest output at each step: one that goes on over several steps stands there once."""
    best = chances.argmax(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(best)], strict=True):
        letter = network.letters[network.ours[best[start]]]
        if letter:
            sure = float(chances[start:end, best[start]].max())
            yield Letter(letter, min(max(sure, 0.0), 1.0), min((start + end) / 2 / len(best) * stretch, 1.0))
