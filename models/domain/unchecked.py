"""Values whose parts are known to be right, made without validating them again.

A reader that has just taken a value out of a message by its own checks would otherwise spend most of its time on
checking it twice: an order of 10,000 lines holds 100,000 values. Use it only where every part has its final type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

M = TypeVar("M", bound=BaseModel)

_parts = BaseModel.__dict__["__dict__"].__set__
_stated = BaseModel.__dict__["__pydantic_fields_set__"].__set__
_extra = BaseModel.__dict__["__pydantic_extra__"].__set__
_private = BaseModel.__dict__["__pydantic_private__"].__set__


def maker(form: type[M]) -> Callable[[dict[str, Any]], M]:
    """What makes values of `form` of parts that it keeps: all fields must be there, each of its final type.

    They equal, print and serialise as if they had been validated. The parts must not be changed afterwards.
    """
    new = object.__new__
    names = set(form.model_fields)  # one set for all: a copy of a frozen value takes a copy of it

    def make(parts: dict[str, Any]) -> M:
        made = new(form)
        _parts(made, parts)
        _stated(made, names)
        _extra(made, None)
        _private(made, None)
        return made

    return make


def changed(value: M, changes: Mapping[str, Any]) -> M:
    """A copy of `value` with `changes`, each of its field's final type: what `model_copy` makes, in a fifth of its time."""
    stated = value.__pydantic_fields_set__
    made = object.__new__(type(value))
    _parts(made, {**value.__dict__, **changes})
    _stated(made, stated if changes.keys() <= stated else stated | changes.keys())
    _extra(made, None)
    _private(made, None)
    return made
