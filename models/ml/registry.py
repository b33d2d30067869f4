"""The trained models that are shipped: each a file with a card that says what it is, and whose digest must fit.

A model decides what is sent to people: one that is not the one its card speaks of is refused, not used.
"""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

from pydantic import Field

from models.domain.errors import Misconfigured
from models.domain.values import Value

if TYPE_CHECKING:
    import xgboost


class Card(Value):
    """What a model is: trained on what, by which command, with which inputs, and how it did on what it had not seen."""

    name: str
    sha256: str
    trained_on: str
    command: str
    features: tuple[str, ...]
    accept: float
    figures: dict[str, str] = Field(default_factory=dict)


def shipped() -> Traversable:
    """The folder of the models that come with the program."""
    return resources.files("models.ml") / "artefacts"


def load_model(name: str, features: tuple[str, ...], folder: Traversable | None = None) -> tuple[xgboost.Booster, Card]:
    """The model and its card. Raises `Misconfigured` where a part is missing, altered, or made for other features."""
    place = folder or shipped()
    try:
        card = Card.model_validate_json((place / f"{name}.card.json").read_text("utf-8"))
        content = (place / f"{name}.ubj").read_bytes()
    except (OSError, ValueError) as error:
        raise Misconfigured(f"the model {name} cannot be read from {place}: {error}. Install orderwright again.") from error
    if hashlib.sha256(content).hexdigest() != card.sha256:
        raise Misconfigured(f"{place}/{name}.ubj is not the model that its card describes. Install orderwright again.")
    if card.features != features:
        raise Misconfigured(f"the model {name} was trained for other features than this release measures: train it anew.")
    return booster(content), card


def booster(content: bytes) -> xgboost.Booster:
    import xgboost

    return xgboost.Booster({"nthread": 1}, model_file=bytearray(content))


def model_files(model: xgboost.Booster, **card: Any) -> dict[str, bytes]:
    """A model as the files that are shipped, by name; `card` holds the parts of `Card` but the digest."""
    content = bytes(model.save_raw("ubj"))
    complete = Card(sha256=hashlib.sha256(content).hexdigest(), **card)
    text = json.dumps(complete.model_dump(), indent=2) + "\n"
    return {f"{complete.name}.ubj": content, f"{complete.name}.card.json": text.encode()}
