"""The reason that a form of the college is sent with, which is written at length and must not be lost."""

from typing import Annotated

from fastapi import Depends, Form, Request

from api.visitors import remember


def typed_reason(request: Request, reason: Annotated[str, Form(max_length=200_000)] = "") -> str:
    """What stands in the field. It is read before anybody looks who sends it: see `remember`."""
    remember(request, reason)
    return reason


Reason = Annotated[str, Depends(typed_reason)]
"""Where a handler takes it, it is its first argument."""
