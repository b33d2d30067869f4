"""The trained models that are shipped: each a file with a card that says what it is, and whose digest must fit.

A model decides what is sent to people: one that is not the one its card speaks of is refused, not used.
"""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

from models.contracts.model_card import Card, trained_file, with_card
from models.domain.errors import Misconfigured

if TYPE_CHECKING:
    import xgboost


def shipped() -> Traversable:
    """The folder of the models that come with the program."""
    return resources.files("models.ml") / "artefacts"


def load_model(name: str, features: tuple[str, ...], folder: Traversable | None = None) -> tuple[xgboost.Booster, Card]:
    """The model and its card. Raises `Misconfigured` where a part is missing, altered, or made for other features."""
    content, card = trained_file(folder or shipped(), f"{name}.ubj")
    if card.features != features:
        raise Misconfigured(f"the model {name} was trained for other features than this release measures: train it anew.")
    return booster(content), card


def booster(content: bytes) -> xgboost.Booster:
    import xgboost

    return xgboost.Booster({"nthread": 1}, model_file=bytearray(content))


def model_files(model: xgboost.Booster, name: str, **card: Any) -> dict[str, bytes]:
    """A model as the files that are shipped, by name; `card` holds the parts of `Card` but name and digest."""
    return with_card(f"{name}.ubj", bytes(model.save_raw("ubj")), **card)
