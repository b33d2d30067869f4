"""Payloads as pydantic JSON. A payload that does not fit fails its workflow at once instead of retrying for ever."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultFailureConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
    PayloadConverter,
    create_payload_validation_error,
)


class _LoudJson(PydanticJSONPlainPayloadConverter):
    def from_payload(self, payload: Payload, type_hint: type | None = None) -> Any:
        try:
            return super().from_payload(payload, type_hint)
        except ValidationError as error:
            faults = [f"{'.'.join(map(str, fault['loc'])) or 'payload'}: {fault['msg']}" for fault in error.errors()]
            raise create_payload_validation_error(faults[:20]) from error


#: Stands where a caller started a workflow with nothing at all: see `demand_argument`.
NO_ARGUMENT: Any = None


class OrderwrightPayloadConverter(CompositePayloadConverter):
    """The default converters, with pydantic for JSON. Whoever calls us sends one argument, and it is of the type we ask for."""

    def __init__(self) -> None:
        json = _LoudJson()
        super().__init__(
            *(
                converter if not isinstance(converter, JSONPlainPayloadConverter) else json
                for converter in DefaultPayloadConverter.default_encoding_payload_converters
            )
        )

    def from_payloads(self, payloads: Sequence[Payload], type_hints: list[type] | None = None) -> list[Any]:
        """Raises an application error, which fails a workflow or an update for good, for whatever is none of ours."""
        if len(payloads) > 1:
            raise create_payload_validation_error([f"one argument is expected, {len(payloads)} were sent"])
        try:
            values = super().from_payloads(payloads, type_hints)
        except (KeyError, RuntimeError) as error:
            raise create_payload_validation_error([str(error.__cause__ or error)]) from error
        for value, hint in zip(values, type_hints or [], strict=False):
            if isinstance(hint, type) and issubclass(hint, BaseModel) and not isinstance(value, hint):
                raise create_payload_validation_error([f"{hint.__name__} is expected, {type(value).__name__} was sent"])
        return values


def demand_argument(argument: BaseModel | None, what: str) -> None:
    """Fail the workflow that was started without its argument; `what` names the contract of it."""
    if argument is None:
        raise create_payload_validation_error([f"one argument is expected, {what}; nothing was sent"])


class WordsOnlyFailureConverter(DefaultFailureConverter):
    """Refusals are sentences for people: the stack trace beneath them would only show them our insides."""

    _FOR_PEOPLE = frozenset({"DecisionRefused", "PayloadValidationError", "Rejected"})

    def to_failure(self, exception: BaseException, payload_converter: PayloadConverter, failure: Failure) -> None:
        """As the default, without traces for what is said to people."""
        super().to_failure(exception, payload_converter, failure)
        if failure.application_failure_info.type in self._FOR_PEOPLE:
            failure.ClearField("stack_trace")
            failure.ClearField("cause")


DATA_CONVERTER = DataConverter(
    payload_converter_class=OrderwrightPayloadConverter, failure_converter_class=WordsOnlyFailureConverter
)
