"""Whatever is sent, the answer is never a failure of ours, and every refusal is a problem."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accreditation.rules.cycle import Stage
from api.guard import routes_of
from tests.api.asking import PEOPLE, Client
from tests.api.test_everybody import ANSWER, BODIES
from tests.opened import opened
from tests.walking import walk

Json = None | bool | int | float | str | list[Any] | dict[str, Any]

EVIL_ONES: list[Json] = [
    None, True, 0, -1, 2**31, 2**63, -(2**63) - 1, 10**400, 1e308, -0.0, 0.1, "", " ", "x" * 6000, "\x00", "a\x00b",
    "\ud800", "\u2028", "é", "💉", "' OR 1=1 --", "../../etc/passwd", "<b>", "1.01", "met", "NaN", "1e999",
    [], {}, [[]], {"": ""}, {"\x00": 1}, {"$ref": "#"}, "Infinity", "%00", "{0}",
]  # fmt: skip

EVIL: st.SearchStrategy[Any] = st.sampled_from(EVIL_ONES) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
"""Values of every kind, and those that have broken programs before."""

IN_A_PATH = st.integers(1, 3).map(str) | st.sampled_from(
    [
        "0",
        "-1",
        "2147483648",
        "9" * 30,
        "%00",
        "%ff",
        "1.01",
        "..%2f..",
        "a%0d%0ab",
        "é",
        "%ED%A0%80",
        "%2e%2e",
        "small",
    ]
)
IN_A_QUERY = st.sampled_from(
    ["", "1", "-1", "9" * 30, "%00", "%ff", "review", "true", "%25", "x" * 300, "%F0%9F%92%89", "a&a", "="]
)
PARAMETERS = (
    "stage",
    "round",
    "after",
    "limit",
    "search",
    "subject",
    "held",
    "title",
    "file_name",
    "owner",
    "effective_on",
    "review_by",
    "place",
    "criterion",
    "edition",
    "reviewer",
    "source",
    "period",
    "sheet",
    "preview",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """One engine for all that is sent; North's cycle begins where most can be sent to it."""
    house = opened(tmp_path_factory.mktemp("anything"))
    walk(house, Stage.EVIDENCE)
    with Client(house) as asking:
        yield asking
    house.close()


def places(value: Json, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a body, the whole of it included."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    if isinstance(value, list):
        inner = list(enumerate(value))
    return [at, *(place for key, one in inner for place in places(one, (*at, key)))]


def changed(body: Any, place: tuple[Any, ...], value: Any) -> Any:
    """The body with something else in this place."""
    if not place:
        return value
    new = copy.deepcopy(body)
    holder = new
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = value
    return new


def sound(answer: Any) -> None:
    """Is it an answer, or a problem that says what is wrong, and no failure of ours?"""
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400 and answer.request.url.path.startswith("/api"):
        assert answer.headers["content-type"] == "application/problem+json"
        if answer.request.method == "HEAD":  # nothing may follow its headers
            assert answer.content == b""
            return
        assert {"type", "title", "status", "detail", "instance"} <= set(answer.json())


@pytest.mark.parametrize("who", ["public", "lead", "office"])
@given(data=st.data())
@settings(max_examples=80, suppress_health_check=list(HealthCheck))
def test_any_path_and_query_are_answered(client: Client, who: str, data: st.DataObject) -> None:
    route = data.draw(
        st.sampled_from(sorted(routes_of(client.app), key=lambda one: (one.path, sorted(one.methods or ()))))
    )
    path = route.path
    for name in route.param_convertors:
        path = path.replace(f"{{{name}}}", data.draw(IN_A_PATH))
    query = "&".join(
        f"{name}={data.draw(IN_A_QUERY)}" for name in data.draw(st.lists(st.sampled_from(PARAMETERS), max_size=3))
    )
    method = next(iter(route.methods or ()))
    sound(client.ask(method, f"{path}?{query}", by=PEOPLE[who], content=b"" if method == "GET" else b"{}"))


@pytest.mark.parametrize("who", ["lead", "reviewer", "office", "committee"])
@given(data=st.data())
@settings(max_examples=80, suppress_health_check=list(HealthCheck))
def test_any_body_is_answered(client: Client, who: str, data: st.DataObject) -> None:
    way = data.draw(st.sampled_from(sorted(BODIES)))
    body = BODIES[way] if "{criterion}" not in way else copy.deepcopy(ANSWER)
    evil = changed(body, data.draw(st.sampled_from(places(body))), data.draw(EVIL))
    method, template = way.split(" ")
    content = json.dumps(evil).encode("utf-8", "surrogatepass")
    numbers = {
        "cycle": 1,
        "condition": 1,
        "comment": 1,
        "reviewer": 1,
        "organisation": 2,
        "round": 1,
        "invitation": 1,
        "exercise": 1,
        "evidence": 1,
        "document": 1,
        "version": 1,
        "challenge": 1,
        "hold": 1,
    }
    names = {**dict.fromkeys(("finding", "request", "risk"), "0123456789ab"), "key": "first", "kind": "appeal"}
    names["source"] = "registry"
    path = template.format(**numbers, **names, criterion=data.draw(st.sampled_from(["1.01", "2.01", "2.02", "9.99"])))
    headers = {"Content-Type": "application/json"}
    sound(client.ask(method, path, by=PEOPLE[who], content=content, headers=headers))


@given(content=st.binary(max_size=200), kind=st.sampled_from(["application/json", "text/plain", "application/xml", ""]))
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_any_bytes_are_answered(client: Client, content: bytes, kind: str) -> None:
    sound(client.post("/api/teams", by=PEOPLE["office"], content=content, headers={"Content-Type": kind}))
