"""A file goes up by somebody else's client over a network that is cut, to an engine that is killed; it comes whole."""

import hashlib
import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from tusclient.client import TusClient

from accreditation.actions.create_token import create_token
from accreditation.rules.cycle import Stage
from tests.journeys.running import Serving, serving
from tests.journeys.warm import Warm
from tests.opened import opened
from tests.walking import LEAD, OFFICE, walk

pytestmark = pytest.mark.xdist_group("engine")

PIECE = 400_000
SIZE = 3_000_000
KILLED_AT = 1_500_000
"""Once so many bytes went through the network, the engine is killed and started again."""


class Network:
    """Between a client and the engine: each connection is cut after so many bytes, by chance that a seed decides."""

    def __init__(self, engine: Serving, chance: random.Random) -> None:
        self.cuts = self.kills = self.passed = 0
        self._engine = engine
        self._chance = chance
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]

    def serve(self) -> None:
        """Carry one connection after the other, until nobody listens any more."""
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            with client, socket.create_connection(("127.0.0.1", self._engine.port)) as engine:
                self._carry(client, engine)

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _carry(self, client: socket.socket, engine: socket.socket) -> None:
        back = threading.Thread(target=_pump, args=(engine, client), daemon=True)
        back.start()
        left = self._chance.randrange(20_000, 2 * PIECE)
        while piece := _received(client, min(left, 65_536)):
            engine.sendall(piece)
            left -= len(piece)
            self.passed += len(piece)
            if self.passed > KILLED_AT and not self.kills:
                self.kills += 1
                self._engine.kill()
                self._engine.start()
                self._engine.wait_until_up()
                break
            if not left:
                self.cuts += 1
                break
        for end in (client, engine):
            _shut(end)
        back.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    while piece := _received(source, 65_536):
        try:
            sink.sendall(piece)
        except OSError:
            break
    _shut(sink)


def _received(end: socket.socket, most: int) -> bytes:
    try:
        return end.recv(most)
    except OSError:
        return b""


def _shut(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is closed already


@contextmanager
def network(engine: Serving, seed: int) -> Iterator[Network]:
    made = Network(engine, random.Random(seed))
    carrying = threading.Thread(target=made.serve, daemon=True)
    carrying.start()
    try:
        yield made
    finally:
        made.close()
        carrying.join()


@pytest.fixture
def secret(engine_data: Path) -> str:
    """The lead's token; in this data folder, North's cycle waits for its evidence."""
    house = opened(engine_data)
    walk(house, Stage.EVIDENCE)
    made = create_token(
        house.database, principal=OFFICE, name=LEAD.name, role=LEAD.role, team_id=LEAD.team, reviewer_id=None,
        valid_for=timedelta(days=1), at=house.now(),
    )  # fmt: skip
    house.close()
    return made


def test_a_file_that_is_cut_at_random_points_and_whose_engine_is_killed_arrives_whole(
    warm: Warm, engine_data: Path, tmp_path: Path, secret: str
) -> None:
    content = random.Random(1).randbytes(SIZE)
    file = tmp_path / "film.bin"
    file.write_bytes(content)
    headers = {"Authorization": f"Bearer {secret}"}
    with serving(warm, engine_data) as engine:
        engine.wait_until_up()
        with network(engine, seed=7) as between, file.open("rb") as stream:
            client = TusClient(f"http://127.0.0.1:{between.port}/api/uploads", headers=dict(headers))
            about = {"filename": "film.bin", "title": "A film", "cycle": "1", "criteria": "1.01"}
            # The beginning is not repeated by this client, so it goes the direct way.
            direct = TusClient(f"{engine.url}/api/uploads", headers=dict(headers))
            begun = direct.uploader(file_stream=stream, chunk_size=PIECE, metadata=about)
            at = begun.create_url().replace(engine.url, f"http://127.0.0.1:{between.port}")
            uploader = client.uploader(file_stream=stream, url=at, chunk_size=PIECE, retries=200, retry_delay=0)
            uploader.upload()
            assert (between.cuts > 3, between.kills) == (True, 1)
        with httpx.Client(base_url=engine.url, headers=headers, trust_env=False) as asking:
            (item,) = asking.get("/api/cycles/1/evidence").json()["evidence"]
            back = asking.get(f"/api/evidence/{item['id']}/content").content
        assert (item["title"], item["sha256"]) == ("A film", hashlib.sha256(content).hexdigest())
        assert back == content
        assert engine.stop()[0] == 0
