"""A real S3 server on loopback, which can be taken away and brought back."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import localbucket  # type: ignore[import-untyped]  # one module, without types

from accreditation.evidence.where import BucketName

KEYS = {
    "AWS_ACCESS_KEY_ID": "a-name-that-is-told-to-nobody",
    "AWS_SECRET_ACCESS_KEY": "a-secret-that-is-told-to-nobody",
}
"""What the tests set in their environment, as S3 tools know it."""


class BucketServer:
    """Serves the buckets in `root`. Connections are not kept, so that a server that is away answers nobody."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = 0
        self._status: int | None = None
        self._server: ThreadingHTTPServer | None = None

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen, on the same port as before."""
        here = self

        class Handler(localbucket.S3Handler):  # type: ignore[misc]  # it has no types
            data_root = here.root
            protocol_version = "HTTP/1.0"

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

            def _dispatch(self, action: Callable[[str, str], None]) -> None:
                if here._status is None:
                    super()._dispatch(action)
                else:
                    self._read_body()
                    told = f"<Error><Code>No</Code><AWSAccessKeyId>{KEYS['AWS_ACCESS_KEY_ID']}</AWSAccessKeyId></Error>"
                    self._send(here._status, told.encode())

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        """Be away."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @contextmanager
    def refusing(self, status: int) -> Iterator[None]:
        """Answer everything with this status, and as Amazon's own does, with the key that was sent."""
        self._status = status
        try:
            yield
        finally:
            self._status = None

    def bucket(self, name: str, prefix: str = "") -> BucketName:
        """A bucket with this name; it is made where it is missing."""
        (self.root / name).mkdir(exist_ok=True)
        return BucketName(name, prefix)

    def lying(self, name: BucketName, digest: str) -> Path:
        """The file that the server has for these bytes."""
        return self.root / name.bucket / name.prefix / digest[:2] / digest[2:]


@contextmanager
def bucket_server(root: Path) -> Iterator[BucketServer]:
    """A server that is there until the context is left."""
    server = BucketServer(root)
    server.start()
    try:
        yield server
    finally:
        server.stop()
