"""A form in which one field is longer than forms are elsewhere: what is too long is refused on its page, not before."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute

from api.edge import MOST_TYPED


class LongForm(APIRoute):
    """A route whose form may have a field of this length; the framework alone refuses one of 1 MB as a broken form."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Read the form with this limit; the framework finds it read."""
        handle = super().get_route_handler()

        async def read(request: Request) -> Response:
            if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
                await request.form(max_part_size=MOST_TYPED)  # one with files is read as it arrives
            return await handle(request)

        return read
