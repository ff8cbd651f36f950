"""Whatever the description of the API allows to be sent, by anybody, is answered, and as the description says.

All of it is made from the description itself (schemathesis), so a new route is asked by itself. `make fuzz` asks for
many examples of each, in every stage of a cycle; here is one of each, in the middle of a review.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response

from accreditation.rules.cycle import Stage
from tests.api.asking import PEOPLE, Client
from tests.opened import opened
from tests.walking import walk

EXAMPLES = int(os.environ.get("FUZZ", "1"))
"""Of each route."""

STAGES = [Stage.REVIEW] if "FUZZ" not in os.environ else [one for one in Stage if one is not Stage.FACTUAL_ACCURACY]

AS_IT_IS = (
    "application/offset+octet-stream", "application/octet-stream",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)  # fmt: skip
"""Kinds of bodies that nobody reads or writes as text."""

for kind in AS_IT_IS:
    schemathesis.serializer(kind)(lambda _context, value: value if isinstance(value, bytes) else str(value).encode())


class Engine:
    """An engine with North's cycle in this stage, which it is put back to after each route."""

    def __init__(self, client: Client) -> None:
        self.client = client
        found = [*schemathesis.openapi.from_dict(client.app.openapi()).get_all_operations()]
        self.operations = [each.ok() for each in found if isinstance(each, Ok)]
        assert len(self.operations) == len(found), "the description has a route that cannot be read"
        for principal in PEOPLE.values():
            if principal is not None:
                client.token(principal)
        self._records = sqlite3.connect(str(client.house.database.writer.url.database))
        self._kept = sqlite3.connect(":memory:")
        self._records.backup(self._kept)

    def close(self) -> None:
        self._records.close()
        self._kept.close()

    def put_back(self) -> None:
        """Nobody did anything."""
        self._kept.backup(self._records)


@pytest.fixture(params=STAGES, ids=[one.value for one in STAGES])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    house = opened(tmp_path)
    walk(house, request.param)
    with Client(house) as client, closing(Engine(client)) as found:
        yield found
    house.close()


def sent(case: Any) -> tuple[str, str, dict[str, Any]]:
    """This example as a request: method, address, and the rest of it but for who sends it."""
    made = case.as_transport_kwargs(base_url="http://engine")
    headers = {name: one for name, one in made["headers"].items() if name.lower() != "authorization"}
    rest = {name: made[name] for name in ("params", "json", "data", "files") if made.get(name)}
    if isinstance(rest.get("data"), bytes | str):
        rest["content"] = rest.pop("data")
    return made["method"], made["url"], {**rest, "headers": headers}


def fault_of(case: Any, answer: httpx.Response) -> str | None:
    """What is wrong with this answer: that it is a failure of ours, or not as the description says."""
    if answer.status_code >= 500:
        return answer.text
    asked = httpx.Request(answer.request.method, answer.request.url)
    plain = httpx.Response(answer.status_code, headers=answer.headers, content=answer.content, request=asked)
    plain.elapsed = answer.elapsed
    try:
        case.operation.validate_response(Response.from_httpx(plain, verify=False))
    except (Failure, FailureGroup) as error:
        return str(error)
    return None


def test_whatever_the_description_allows_is_answered_as_it_says(engine: Engine) -> None:
    faults: dict[str, str] = {}
    statuses: dict[int, int] = {}
    for operation in engine.operations:

        @settings(
            max_examples=EXAMPLES, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            method, url, more = sent(case)
            for who, principal in PEOPLE.items():
                answer = engine.client.ask(method, url, by=principal, **more)
                statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
                fault = fault_of(case, answer)
                if fault is not None:
                    told = f"{who} {url} {more}: {answer.status_code} {fault}"
                    faults[f"{method} {case.operation.path}"] = told[:1000]

        ask()
        engine.put_back()
    assert not faults, "\n\n".join(f"{way}: {fault}" for way, fault in faults.items())
    assert {200, 201, 204, 401, 403, 404, 409, 422} <= {*statuses}, f"too little is reached: {statuses}"
