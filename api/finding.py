"""Finding the route of an address: among those whose parts fit, not among all of the hundreds there are.

A router tries its routes one after the other, which took longer than most of what an answer needs. What fits is tried
as ever, in the same order.
"""

from collections.abc import Iterator, Sequence

from fastapi import APIRouter
from starlette._utils import get_route_path
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send


class Place:
    """Where an address may go on: by a part with this name, by whatever part, or to its end; and what is asked then."""

    def __init__(self) -> None:
        self.named: dict[str, Place] = {}
        self.whatever: Place | None = None
        self.ends: list[int] = []

    def keep(self, parts: Sequence[str], number: int) -> None:
        """The route of this number is asked by addresses that go on like this."""
        if not parts:
            self.ends.append(number)
            return
        first, *rest = parts
        if "{" in first:
            self.whatever = self.whatever or Place()
            self.whatever.keep(rest, number)
        else:
            self.named.setdefault(first, Place()).keep(rest, number)

    def fitting(self, parts: Sequence[str]) -> Iterator[int]:
        """The numbers of the routes for addresses that go on like this."""
        if not parts:
            yield from self.ends
            return
        for next_one in (self.named.get(parts[0]), self.whatever):
            if next_one is not None:
                yield from next_one.fitting(parts[1:])


class Finding:
    """Answers with the routes of this router, and looks at those alone whose parts fit."""

    def __init__(self, router: APIRouter) -> None:
        self._router = router
        self._routes: tuple[BaseRoute, ...] = ()
        self._read()

    def _read(self) -> None:
        self._routes = tuple(self._router.routes)
        self._first = Place()
        self._always: list[int] = []
        self._narrow: dict[tuple[int, ...], APIRouter] = {}
        for number, route in enumerate(self._routes):
            path = getattr(route, "path", None)
            if path is None or ":path}" in path:  # it takes any number of parts
                self._always.append(number)
            else:
                self._first.keep(path.split("/"), number)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer this as the router would."""
        if scope["type"] != "http":
            await self._router.app(scope, receive, send)
            return
        scope["router"] = self._router
        numbers = self._fitting(get_route_path(scope))
        if numbers not in self._narrow:
            found = [self._routes[number] for number in numbers]
            self._narrow[numbers] = APIRouter(routes=found, redirect_slashes=False)
        await self._narrow[numbers].app(scope, receive, send)

    def routes_at(self, path: str) -> list[BaseRoute]:
        """The routes that addresses with this path may be asking for, in their order."""
        return [self._routes[number] for number in self._fitting(path)]

    def _fitting(self, path: str) -> tuple[int, ...]:
        if len(self._routes) != len(self._router.routes):  # one was added
            self._read()
        return tuple(sorted([*self._first.fitting(path.split("/")), *self._always]))
