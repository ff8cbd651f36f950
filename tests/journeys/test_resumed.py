"""Files go up by another's client and by our command over a network that is cut, to an engine that is killed."""

import hashlib
import random
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from tusclient.client import TusClient

from accreditation.rules.cycle import Stage
from accreditation.wiring import Settings
from tests.journeys.running import Serving, brought_to, serving
from tests.journeys.warm import Warm

pytestmark = pytest.mark.xdist_group("engine")

PIECE = 400_000
SIZE = 3_000_000
LIMIT = Settings.model_fields["evidence_limit"].default
LETTERS = str.maketrans("0123456789", "ghijklmnop")
KILLED_AT = 1_500_000
"""Once so many bytes went through the network, the engine is killed and started again."""


class Network:
    """Between a client and the engine: each connection is cut after so many bytes, by chance that a seed decides."""

    def __init__(self, engine: Serving, chance: random.Random, *, killed_at: int | None) -> None:
        self.cuts = self.kills = self.passed = 0
        self._engine = engine
        self._chance = chance
        self._killed_at = killed_at
        self._counting, self._restarting = threading.Lock(), threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]

    def serve(self) -> None:
        """Carry every connection, several at once, until nobody listens any more."""
        with ThreadPoolExecutor(20) as carriers:
            while True:
                try:
                    client, _ = self._listening.accept()
                except OSError:
                    return
                carriers.submit(self._connect, client)

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _connect(self, client: socket.socket) -> None:
        with self._restarting:  # whoever comes meanwhile waits
            engine = socket.create_connection(("127.0.0.1", self._engine.port))
        with client, engine:
            self._carry(client, engine)

    def _carry(self, client: socket.socket, engine: socket.socket) -> None:
        back = threading.Thread(target=_pump, args=(engine, client), daemon=True)
        back.start()
        left = self._chance.randrange(20_000, 2 * PIECE)
        while left and (piece := _received(client, min(left, 65_536))) and _sent(engine, piece):
            left -= len(piece)
            if self._kills(len(piece)):
                self._restart()
                break
        with self._counting:
            self.cuts += not left
        for end in (client, engine):
            _shut(end)
        back.join()

    def _restart(self) -> None:
        with self._restarting:
            self._engine.kill()
            self._engine.start()
            self._engine.wait_until_up()

    def _kills(self, passed: int) -> bool:
        """Did so many bytes pass that it is time to kill the engine, once?"""
        with self._counting:
            self.passed += passed
            if self._killed_at is None or self.kills or self.passed <= self._killed_at:
                return False
            self.kills += 1
            return True


def _pump(source: socket.socket, sink: socket.socket) -> None:
    while piece := _received(source, 65_536):
        if not _sent(sink, piece):
            break
    _shut(sink)


def _received(end: socket.socket, most: int) -> bytes:
    try:
        return end.recv(most)
    except OSError:
        return b""


def _sent(end: socket.socket, piece: bytes) -> bool:
    try:
        end.sendall(piece)
    except OSError:
        return False
    return True


def _shut(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is closed already


@contextmanager
def network(engine: Serving, seed: int, *, killed_at: int | None = None) -> Iterator[Network]:
    made = Network(engine, random.Random(seed), killed_at=killed_at)
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
    return brought_to(engine_data, Stage.EVIDENCE)


def send_by_command(warm: Warm, engine: Serving, folder: Path, secret: str) -> None:
    """Three files arrive whole at once; one that is too large is told with the reason, and leaves exit code 1."""
    (folder / "token").write_text(secret)
    files = [folder / f"{name}.txt" for name in ("letter", "plan", "rota")]
    for number, file in enumerate(files):  # texts with nothing in them: the engine may have looked before it is asked
        letters = random.Random(number).randbytes(350_000).hex().translate(LETTERS)
        file.write_text("\n".join(letters[start : start + 100] for start in range(0, len(letters), 100)))
    with (folder / "scan.bin").open("wb") as scan:
        scan.truncate(too_large := LIMIT + 1)
    with network(engine, seed=8) as between:
        code, out, err = warm.run(
            "evidence", "upload", *files, scan.name, "--cycle", 1, "--criteria", "2.01", "--wait", 0,
            "--url", f"http://127.0.0.1:{between.port}", "--token-file", folder / "token", data=folder / "nowhere",
        )  # fmt: skip
        assert between.cuts > 3, err
    lines = out.splitlines()
    assert (code, [line.partition(" (")[0] for line in lines[:4]], lines[-1]) == (
        1, [*(f"kept: {file}" for file in files), f"refused: {scan.name}"],
        "3 of 4 files are kept with nothing left to do.",
    )  # fmt: skip
    assert lines[4] == f"  A file may have {LIMIT:,} bytes; this one has {too_large:,}."
    with httpx.Client(base_url=engine.url, headers={"Authorization": f"Bearer {secret}"}, trust_env=False) as asking:
        kept = {one["title"]: one["sha256"] for one in asking.get("/api/cycles/1/evidence").json()["evidence"]}
        assert asking.get("/api/uploads").json() == {"uploads": []}
    assert [kept[file.stem] for file in files] == [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]


def test_a_file_that_is_cut_at_random_points_and_whose_engine_is_killed_arrives_whole(
    warm: Warm, engine_data: Path, tmp_path: Path, secret: str
) -> None:
    content = random.Random(1).randbytes(SIZE)
    file = tmp_path / "film.bin"
    file.write_bytes(content)
    headers = {"Authorization": f"Bearer {secret}"}
    with serving(warm, engine_data) as engine:
        engine.wait_until_up()
        with network(engine, seed=7, killed_at=KILLED_AT) as between, file.open("rb") as stream:
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
        send_by_command(warm, engine, tmp_path, secret)
        assert engine.stop()[0] == 0
