"""People who ask the API, as any client would: each with the token of their role, over HTTP without a network."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

import httpx

from accreditation.actions.create_token import create_token
from accreditation.rules.people import Principal
from accreditation.wiring import House
from api.app import create_app
from tests.answering import Answering
from tests.pages.fetched import Fetched
from tests.walking import COMMITTEE, LEAD, MEMBER, NORTHS_LEAD, OFFICE, OTHER_LEAD, STRANGER, reviewer

PUBLIC = None
"""Whoever sends no token."""

PEOPLE: dict[str, Principal | None] = {
    "public": PUBLIC,
    "member": MEMBER,
    "lead": LEAD,
    "stranger": STRANGER,
    "reviewer": reviewer(NORTHS_LEAD),
    "other reviewer": reviewer(OTHER_LEAD),
    "office": OFFICE,
    "committee": COMMITTEE,
}
"""Who asks. The lead and the member are of North, whose cycle it is; the stranger is of South.

The reviewer sits in North's review team, as its lead; the other reviewer sits nowhere.
"""


class Client:
    """An API client in this process. `get("/api/cycles", by=OFFICE)`: the token of that principal is made and sent."""

    def __init__(self, house: House, secrets: Mapping[str, str] | None = None) -> None:
        self.house = house
        self.app = create_app(house)
        self._runner = Answering()
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.app, raise_app_exceptions=False), base_url="http://engine"
        )
        self.secrets = dict(secrets or {})
        self._pages = Fetched()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._http.aclose())
        self._runner.close()

    def token(self, principal: Principal) -> str:
        """The secret of this principal's token; made when it is asked for first."""
        if principal.name not in self.secrets:
            self.secrets[principal.name] = create_token(
                self.house.database, principal=OFFICE, name=principal.name, role=principal.role, team_id=principal.team,
                reviewer_id=principal.reviewer, valid_for=timedelta(days=1), at=self.house.now(),
            )  # fmt: skip
        return self.secrets[principal.name]

    def keep_cookie(self, name: str, value: str) -> None:
        """Let this be sent along as a browser would."""
        self._http.cookies.set(name, value, domain="engine.local")  # how a jar names a host without a dot

    def ask(self, method: str, path: str, *, by: Principal | None = PUBLIC, **more: Any) -> httpx.Response:
        """What does the API answer to this? A page is held against what every page promises."""
        headers = {} if by is None else {"Authorization": f"Bearer {self.token(by)}"}
        more["headers"] = [*httpx.Headers(headers).raw, *httpx.Headers(more.get("headers")).raw]
        answer = self._runner.run(self._http.request(method, path, **more))
        self._pages.check(answer, lambda *asked: self._runner.run(self._http.request(*asked, headers=headers)))
        return answer

    def unchecked(self, path: str) -> httpx.Response:
        """What anybody gets here, and no more: for those who measure what that costs."""
        return self._runner.run(self._http.get(path))

    def get(self, path: str, *, by: Principal | None = PUBLIC, **more: Any) -> httpx.Response:
        return self.ask("GET", path, by=by, **more)

    def post(self, path: str, *, by: Principal | None = PUBLIC, **more: Any) -> httpx.Response:
        return self.ask("POST", path, by=by, **more)

    def put(self, path: str, *, by: Principal | None = PUBLIC, **more: Any) -> httpx.Response:
        return self.ask("PUT", path, by=by, **more)

    def patch(self, path: str, *, by: Principal | None = PUBLIC, **more: Any) -> httpx.Response:
        return self.ask("PATCH", path, by=by, **more)

    def attach(
        self, *, by: Principal | None, content: bytes = b"a job plan", cycle: int = 1, **more: Any
    ) -> httpx.Response:
        """Attach this file to the cycle."""
        query = {"title": "Job plan", "file_name": "plan.pdf", "criterion": ["1.01"], **more.pop("query", {})}
        return self.post(f"/api/cycles/{cycle}/evidence", by=by, params=query, content=content, **more)


async def cut_off(*pieces: bytes) -> AsyncIterator[bytes]:
    """These pieces, and then the sender is gone."""
    for piece in pieces:
        yield piece
    raise ConnectionError("the sender is gone")
