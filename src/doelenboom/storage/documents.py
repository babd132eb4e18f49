"""JSON that we wrote ourselves, read back as what it was: of its shape and types, or not at all."""

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


def read_as(shape: type[T], text: bytes) -> T:
    """Read a JSON text as a dataclass, or another type that says its shape.

    Raises `ValueError` in one line for a text that is damaged, too deep or of another shape.
    """
    from pydantic import ValidationError

    hashable: Any = shape  # as every type is, which mypy does not see
    try:
        found: T = _adapter(hashable).validate_json(text, strict=True, extra="forbid")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise ValueError(f"{place}: {first['msg']}" if place else first["msg"]) from error
    return found


@cache
def _adapter(shape: type) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    return TypeAdapter(shape)
