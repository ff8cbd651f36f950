from collections.abc import Iterator
from pathlib import Path

import pytest

from accreditation.evidence.clamd import Clamd, open_clamd
from tests.scanning import clamd


@pytest.fixture(scope="session")
def scanners(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Clamd, Clamd]]:
    """One clamd, by its port and by its socket."""
    folder: Path = tmp_path_factory.mktemp("clamd")
    with clamd(folder) as port:
        by_port, by_socket = open_clamd(f"tcp://127.0.0.1:{port}"), open_clamd(f"unix://{folder}/clamd.sock")
        assert by_port is not None
        assert by_socket is not None
        yield by_port, by_socket
