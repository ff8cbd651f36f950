"""How a group of routes is made, so that each describes the same problems and the same token."""

from typing import Any

from fastapi import APIRouter, Security
from pydantic import BaseModel

from api.guard import BEARER

_REFUSALS = {
    400: "The request or the upload could not be read.",
    401: "The token is missing, not known, or has expired.",
    403: "The asker may know of it but may not do this.",
    404: "It does not exist, or the asker may not know that it does.",
    409: "The stage forbids it, another version stands than the one that was seen, or it contradicts what is kept.",
    410: "It was deleted; when and why is said.",
    413: "More bytes than are accepted.",
    422: "The input has faults; every one is named.",
    503: "The records cannot be reached at this moment.",
}

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": words,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status, words in _REFUSALS.items()
}
"""What every route may answer instead."""


class Done(BaseModel):
    """It is done."""

    done: bool = True


def routes(tag: str) -> APIRouter:
    """An empty group of routes under /api with this name."""
    return APIRouter(prefix="/api", tags=[tag], responses=PROBLEMS, dependencies=[Security(BEARER)])
