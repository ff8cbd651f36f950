"""Which fields may a request's body have? For whoever sent another one."""

from collections.abc import Iterator, Sequence
from typing import Any, get_args

from fastapi import Request
from pydantic import BaseModel


def fields_beside(request: Request, where: Sequence[str | int]) -> tuple[str, ...]:
    """The fields that the route's body has at this place (`body`, `documents`, 0, `name`), in order; none elsewhere."""
    body = getattr(request.scope.get("route"), "body_field", None)
    if body is None or not where or where[0] != "body":
        return ()
    models = list(_models(body.field_info.annotation))
    for part in where[1:-1]:
        fields = [one.model_fields[part] for one in models if isinstance(part, str) and part in one.model_fields]
        if fields:  # else it is a number in a list, or says which of several models is meant
            models = [model for one in fields for model in _models(one.annotation)]
    return tuple(dict.fromkeys(name for one in models for name in one.model_fields))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models in this annotation, as in `list[WantedSent] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    else:
        for part in get_args(annotation):
            yield from _models(part)
