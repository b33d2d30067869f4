"""Payloads as pydantic JSON. A payload that does not fit fails its workflow at once instead of retrying for ever."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
    create_payload_validation_error,
)


class _LoudJson(PydanticJSONPlainPayloadConverter):
    def from_payload(self, payload: Payload, type_hint: type | None = None) -> Any:
        try:
            return super().from_payload(payload, type_hint)
        except ValidationError as error:
            faults = [f"{'.'.join(map(str, fault['loc'])) or 'payload'}: {fault['msg']}" for fault in error.errors()]
            raise create_payload_validation_error(faults[:20]) from error


class OrderwrightPayloadConverter(CompositePayloadConverter):
    """The default converters, with pydantic for JSON."""

    def __init__(self) -> None:
        json = _LoudJson()
        super().__init__(
            *(
                converter if not isinstance(converter, JSONPlainPayloadConverter) else json
                for converter in DefaultPayloadConverter.default_encoding_payload_converters
            )
        )


DATA_CONVERTER = DataConverter(payload_converter_class=OrderwrightPayloadConverter)
