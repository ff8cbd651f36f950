"""A problem as programs read it (RFC 9457): its members, and the answer that carries it."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from accreditation.errors import Conflict


class FaultShown(BaseModel):
    """One thing wrong with the input: where it stands, what was found, what is allowed instead."""

    where: str
    found: str
    allowed: str


class ConflictShown(BaseModel):
    """One place where another version stands than the one that was seen: what stands there now, and what was sent."""

    where: str
    current_version: int
    current: Any
    sent: Any


class Problem(BaseModel):
    """Why the answer is no. `type` is stable: programs may rely on it."""

    type: str = Field(description="Names the kind of problem, as in /problems/stale.", examples=["/problems/stale"])
    title: str = Field(examples=["Another version stands than the one you saw"])
    status: int = Field(ge=400, le=599, examples=[409])
    detail: str
    instance: str = Field(description="The path that was asked.")
    faults: list[FaultShown] | None = Field(default=None, description="Every fault of an invalid input.")
    stage: str | None = Field(default=None, description="The stage the cycle is in, where it forbids the move.")
    allowed: list[str] | None = Field(default=None, description="What may be done in this stage, and by whom.")
    where: str | None = Field(default=None, description="What was written after you looked, where the write was stale.")
    current_version: int | None = Field(default=None, description="The version that stands now.")
    current: Any = Field(default=None, description="What stands now.")
    conflicts: list[ConflictShown] | None = Field(
        default=None, description="Every place where the write was stale, with what stands and what was sent."
    )
    id: str | None = Field(default=None, description="Names an unexpected failure in the log.")


class ProblemResponse(JSONResponse):
    """A problem on its way out; half a character in a faulty input does not stop it."""

    media_type = "application/problem+json"

    def render(self, content: Any) -> bytes:
        """The problem as JSON."""
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def conflicts_shown(conflicts: Iterable[Conflict]) -> list[ConflictShown]:
    """These conflicts as they are told."""
    return [ConflictShown(**asdict(one)) for one in conflicts]
