"""What tests of evidence stand on: a store whose files lie in a folder, or in a bucket of a real S3 server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from accreditation.evidence.clamd import Clamd, open_clamd
from accreditation.evidence.store import EvidenceStore
from tests.buckets import KEYS, BucketServer, bucket_server
from tests.grounds import Ground, bucket_ground, folder_ground
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


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BucketServer]:
    """A real S3 server, started when the first test asks, with its credentials in the environment."""
    with pytest.MonkeyPatch.context() as patched, bucket_server(tmp_path_factory.mktemp("s3")) as server:
        for name, value in KEYS.items():
            patched.setenv(name, value)
        yield server


@pytest.fixture(params=["folder", "bucket"])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Ground:
    """A store that is empty: the test runs once on a folder, and once on a bucket."""
    if request.param == "folder":
        return folder_ground(tmp_path)
    server: BucketServer = request.getfixturevalue("s3")
    return bucket_ground(server, tmp_path)


@pytest.fixture
def store(ground: Ground) -> EvidenceStore:
    return ground.again()


@pytest.fixture
def folder_store(tmp_path: Path) -> EvidenceStore:
    """A store on a folder, where the test is of the disk under it."""
    return folder_ground(tmp_path).again()
