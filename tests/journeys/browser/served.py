"""The application on a port of this machine, as people's browsers reach it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from accreditation.wiring import House
from api.app import create_app


@contextmanager
def served(house: House) -> Iterator[str]:
    """It answers at this address while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(create_app(house), lifespan="off", log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
