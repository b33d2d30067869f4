"""What a trained file is, beside it on the disk: its digest, its origin, how it did. A file that its card does not describe
is refused: what decides which orders people see must be the very thing that was measured."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.resources.abc import Traversable

from pydantic import Field

from models.domain.errors import Misconfigured
from models.domain.values import Value


class Card(Value):
    """What a trained file is: trained on what, from which seed, by which command, with which inputs, how it did on what it
    had not seen (`figures`), and what it is not good for (`limits`). From `accept` on no person is asked; `usual` holds what its
    features are where nothing is out of the way. `is_own` says that it learnt from the operator's own books."""

    name: str
    sha256: str
    trained_on: str
    command: str
    features: tuple[str, ...]
    accept: float
    seed: int | None = None
    splits: str = ""
    limits: str = ""
    figures: Mapping[str, str] = Field(default_factory=dict)
    usual: Mapping[str, float] = Field(default_factory=dict)
    is_own: bool = False


def trained_file(folder: Traversable, file: str) -> tuple[bytes, Card]:
    """The content of `file` (`name.kind`) and the card beside it (`name.card.json`).

    Raises `Misconfigured` where a part is missing or the content is not the one that the card describes.
    """
    name = file.partition(".")[0]
    try:
        card = Card.model_validate_json((folder / f"{name}.card.json").read_text("utf-8"))
        content = (folder / file).read_bytes()
    except (OSError, ValueError) as error:
        raise Misconfigured(f"the model {name} cannot be read from {folder}: {error}. Install orderwright again.") from error
    if hashlib.sha256(content).hexdigest() != card.sha256:
        raise Misconfigured(f"{folder}/{file} is not the model that its card describes. Install orderwright again.")
    return content, card


def with_card(file: str, content: bytes, **card: object) -> dict[str, bytes]:
    """A trained file and its card as they are shipped, by file name; `card` holds the parts of `Card` but name and digest."""
    name = file.partition(".")[0]
    complete = Card.model_validate({"name": name, "sha256": hashlib.sha256(content).hexdigest(), **card})
    text = json.dumps(complete.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
    return {file: content, f"{name}.card.json": text.encode()}
