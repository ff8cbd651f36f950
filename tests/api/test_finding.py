"""The route of an address is found as a router finds it that tries them all."""

from collections.abc import Sequence

from starlette.routing import BaseRoute, Match

from tests.api.asking import Client

OTHERS = (
    "",
    "/",
    "//",
    "/api",
    "/api/cycles//",
    "/api/cycles/1/",
    "/register/",
    "/static",
    "/static/a/b/c",
    "/team/x/y",
)


def asked(routes: Sequence[BaseRoute], path: str, method: str) -> list[tuple[BaseRoute, Match]]:
    """Which of these routes fit this address, and how well?"""
    scope = {"type": "http", "method": method, "path": path}
    found = [(route, route.matches(scope)[0]) for route in routes]
    return [one for one in found if one[1] is not Match.NONE]


def test_the_same_routes_fit_in_the_same_order(client: Client) -> None:
    finding, routes = client.app.state.finding, client.app.routes
    formats = [str(route.path) for route in routes if hasattr(route, "path")]
    paths = {"/".join("1" if "{" in part else part for part in path.split("/")) for path in formats} | {*OTHERS}
    assert len(paths) > 300
    for path in sorted(paths):
        for method in ("GET", "POST"):
            assert asked(finding.routes_at(path), path, method) == asked(routes, path, method), path


def test_few_are_tried(client: Client) -> None:
    finding = client.app.state.finding
    assert max(len(finding.routes_at(route.path)) for route in client.app.routes if hasattr(route, "path")) < 10


def test_a_route_that_is_added_is_found(client: Client) -> None:
    client.app.add_api_route("/api/added", lambda: "here")
    assert (client.get("/api/added").json(), client.post("/api/added").status_code) == ("here", 405)
