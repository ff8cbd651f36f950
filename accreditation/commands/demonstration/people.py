"""A person at a client: asks the API with a token, and asks again where the server was not there."""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import httpx

from accreditation.errors import Refused, Unavailable

PATIENCE = timedelta(seconds=120)
"""How long a person goes on asking a server that does not answer."""

LOOK_AGAIN, MOST = 0.1, 1.0
"""Seconds between two looks at something that the engine is doing: the longer it takes, the longer, up to the most."""


class Person:
    """Somebody with a token. Everything asked here may be asked twice: the engine does nothing twice."""

    def __init__(self, client: httpx.Client, *, token: str | None, patience: timedelta = PATIENCE) -> None:
        self._client = client
        self._headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        self._patience = patience

    def get(self, path: str, **query: Any) -> Any:
        """What is there?"""
        return self._ask("GET", path, params=query)

    def post(self, path: str, body: Any = None, **query: Any) -> Any:
        """Do this."""
        return self._ask("POST", path, json=body, params=query)

    def put(self, path: str, body: Any) -> Any:
        """Put this there."""
        return self._ask("PUT", path, json=body)

    def upload(self, path: str, content: bytes, **query: Any) -> Any:
        """Send this file."""
        return self._ask("POST", path, content=content, params=query)

    def wait_for(self, path: str, seen: Callable[[Mapping[str, Any]], bool]) -> Mapping[str, Any]:
        """Look until it is as expected. Raises Unavailable where that never happens."""
        end, pause = time.monotonic() + self._patience.total_seconds(), LOOK_AGAIN
        while not seen(found := self.get(path)):
            if time.monotonic() > end:
                raise Unavailable(f"{path} did not come to what was expected: {found}")
            time.sleep(pause)
            pause = min(2 * pause, MOST)
        return dict(found)

    def _ask(self, method: str, path: str, **request: Any) -> Any:
        end = time.monotonic() + self._patience.total_seconds()
        while True:
            try:
                answer = self._client.request(method, path, headers=self._headers, **request)
            except httpx.TransportError as error:
                if time.monotonic() > end:
                    raise Unavailable(f"{method} {path} is not answered: {error}") from error
                time.sleep(LOOK_AGAIN)
                continue
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE or time.monotonic() > end:
                break
            time.sleep(LOOK_AGAIN)
        if answer.is_error:
            raise Refused(f"{method} {path} was refused with {answer.status_code}: {answer.text}")
        return answer.json() if answer.content else None
