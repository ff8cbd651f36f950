"""The reason that a form of the college is sent with, which is written at length and must not be lost."""

from typing import Annotated

from fastapi import Depends, Form

from api.words import marked


def typed_reason(reason: Annotated[str, Form(max_length=200_000)] = "") -> str:
    """What stands in the field."""
    return reason


WHY = {"reason": marked("Why?")}
"""What the field is called on the page, by where its faults stand."""

Reason = Annotated[str, Depends(typed_reason)]
"""Where a handler takes it, it is its first argument."""
