"""What can go wrong under an upload: a process killed, a disk that is full, two at once, a store that is away."""

import asyncio
import errno
import hashlib
import os
import random
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from accreditation.errors import Unavailable
from accreditation.evidence.arriving import Arrivals
from accreditation.evidence.bucket import Bucket
from accreditation.evidence.partial import GATHERED
from accreditation.evidence.store import EvidenceStore, Kept
from tests.buckets import BucketServer, bucket_server
from tests.grounds import folder_ground
from tests.sending import AT, append, begin, sent

LOST_AT_MOST = 2 * (GATHERED + 65_536)
"""Of what a killed process had: a piece that is being written, and one that is gathered."""

ROOT = Path(__file__).parents[2]
WHOLE = random.Random(7).randbytes(6_000_000)
DIGEST = hashlib.sha256(WHOLE).hexdigest()


@contextmanager
def uploading(tmp_path: Path, *words: str) -> Iterator["Popen[bytes]"]:
    """A process that uploads to the folder's store what is written to it."""
    command = [sys.executable, "-m", "tests.uploading", str(tmp_path / "evidence"), *words]
    with Popen(command, stdin=PIPE, stdout=PIPE, cwd=ROOT) as process:
        yield process


def feed(process: "Popen[bytes]", some: bytes) -> None:
    """Write these bytes, and wait until the process has them."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(some)
    process.stdin.flush()
    had = 0
    while had < len(some):
        had += int(process.stdout.readline())


def test_killed_at_ten_bytes_an_upload_goes_on_and_nothing_else_is_ever_kept(tmp_path: Path) -> None:
    store = folder_ground(tmp_path, limit=len(WHOLE)).again()
    name = begin(store.arrivals, length=len(WHOLE))
    chance = random.Random(11)
    for _ in range(10):
        offset = store.arrivals.find(name).offset
        with uploading(tmp_path, name) as process:
            reached = offset + chance.randrange(len(WHOLE) // 10)
            feed(process, WHOLE[offset:reached])
            process.kill()
        assert process.returncode == -signal.SIGKILL
        assert list(store.digests()) == []
        arrived = (tmp_path / "evidence" / "arriving" / name).read_bytes()
        assert arrived == WHOLE[: len(arrived)]
        assert reached - LOST_AT_MOST <= len(arrived) == store.arrivals.find(name).offset <= reached
    offset = store.arrivals.find(name).offset
    with uploading(tmp_path, name) as process:
        told, _ = process.communicate(WHOLE[offset:])
    assert told.splitlines()[-1].decode() == f"kept {DIGEST}"
    assert store.verify(DIGEST)


def test_a_process_killed_in_the_middle_of_a_plain_upload_leaves_nothing_under_a_digest(tmp_path: Path) -> None:
    ground = folder_ground(tmp_path, limit=len(WHOLE))
    store = ground.again()
    with uploading(tmp_path, "keep") as process:
        feed(process, WHOLE[:700_000])
        process.kill()
    assert list(store.digests()) == []
    (left,) = ground.left()

    changed = datetime.fromtimestamp((ground.arriving / left).stat().st_mtime, UTC)
    assert store.sweep(older_than=timedelta(hours=1), at=changed + timedelta(minutes=59)) == 0
    assert store.sweep(older_than=timedelta(hours=1), at=changed + timedelta(minutes=61)) == 1
    assert ground.left() == []


def test_processes_that_upload_the_same_file_at_once_all_succeed(tmp_path: Path) -> None:
    ground = folder_ground(tmp_path, limit=len(WHOLE))
    with uploading(tmp_path, "keep") as one, uploading(tmp_path, "keep") as two:
        for process in (one, two):
            feed(process, WHOLE[:600_000])
        told = [process.communicate(WHOLE[600_000:])[0].splitlines()[-1].decode() for process in (one, two)]
    assert told == [f"kept {DIGEST}"] * 2
    assert (ground.left(), list(ground.again().digests())) == ([], [DIGEST])


def test_a_disk_that_takes_no_more_keeps_what_came_and_the_upload_goes_on_when_there_is_room(tmp_path: Path) -> None:
    """By a limit on the size of files: a write takes a part, the next one fails."""
    store = folder_ground(tmp_path, limit=len(WHOLE)).again()
    name = begin(store.arrivals, length=len(WHOLE))
    with uploading(tmp_path, name, "1000000") as process:
        told, _ = process.communicate(WHOLE)
    assert told.splitlines()[-1] == b"refused The folder that keeps evidence cannot be used: File too large."
    assert store.arrivals.find(name).offset == 1_000_000
    append(store.arrivals, name, WHOLE[1_000_000:], offset=1_000_000)
    assert asyncio.run(store.arrivals.settle(name)) == Kept(digest=DIGEST, size=len(WHOLE))


def test_a_plain_upload_that_the_disk_does_not_take_leaves_nothing(tmp_path: Path) -> None:
    ground = folder_ground(tmp_path, limit=len(WHOLE))
    with uploading(tmp_path, "keep", "1000000") as process:
        told, _ = process.communicate(WHOLE)
    assert told.splitlines()[-1] == b"refused The folder that keeps evidence cannot be used: File too large."
    assert (ground.left(), list(ground.again().digests())) == ([], [])


@pytest.mark.parametrize(
    ("number", "says"), [(errno.ENOSPC, "disk that keeps evidence is full"), (errno.EIO, "cannot be used")]
)
def test_a_disk_that_refuses_at_the_end_keeps_nothing_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str
) -> None:
    ground = folder_ground(tmp_path, limit=len(WHOLE))
    store = ground.again()

    def refuse(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)
        with pytest.raises(Unavailable, match=says):
            asyncio.run(store.keep(sent(WHOLE), announced_length=None, announced_digest=None, at=AT))
    assert (ground.left(), list(store.digests())) == ([], [])
    asyncio.run(store.keep(sent(WHOLE), announced_length=None, announced_digest=None, at=AT))
    assert store.verify(DIGEST)


class Door:
    """Stands where a store was: every connection is closed at once. `knocked` is set at the third."""

    def __init__(self, port: int) -> None:
        self.knocked = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", port))
        self._answering = threading.Thread(target=self._answer, daemon=True)
        self._answering.start()

    def _answer(self) -> None:
        for _ in range(3):
            self._listening.accept()[0].close()
        self._listening.close()
        self.knocked.set()


@pytest.fixture
def away(s3: BucketServer, tmp_path: Path) -> Iterator[BucketServer]:
    """A server of the test's own, with the credentials of the shared one."""
    with bucket_server(tmp_path) as server:
        server.bucket("evidence")
        yield server


def bucket_store(server: BucketServer, tmp_path: Path, *, patience: timedelta) -> EvidenceStore:
    arriving = tmp_path / "arriving"
    place = Bucket(
        server.bucket("evidence"), copies=arriving, endpoint=server.endpoint, to_keep=patience, to_read=timedelta(0)
    )
    return EvidenceStore(place, arriving=arriving, limit=10**8)


def whole(arrivals: Arrivals) -> str:
    name = begin(arrivals, length=len(WHOLE))
    append(arrivals, name, WHOLE, offset=0)
    return name


def test_a_bucket_that_is_away_for_a_while_is_tried_until_it_is_back(away: BucketServer, tmp_path: Path) -> None:
    store = bucket_store(away, tmp_path, patience=timedelta(minutes=2))
    name = whole(store.arrivals)
    away.stop()
    door = Door(away.port)

    async def settle_meanwhile() -> Kept:
        settling = asyncio.create_task(store.arrivals.settle(name))
        await asyncio.to_thread(door.knocked.wait)
        assert not settling.done()
        away.start()
        return await settling

    assert asyncio.run(settle_meanwhile()) == Kept(digest=DIGEST, size=len(WHOLE))
    assert away.lying(away.bucket("evidence"), DIGEST).read_bytes() == WHOLE


def test_a_bucket_that_stays_away_loses_no_upload_that_has_arrived(away: BucketServer, tmp_path: Path) -> None:
    store = bucket_store(away, tmp_path, patience=timedelta(0))
    name = whole(store.arrivals)
    away.stop()
    for _ in range(2):
        with pytest.raises(Unavailable) as unavailable:
            asyncio.run(store.arrivals.settle(name))
        assert str(unavailable.value) == (
            "The bucket of s3://evidence does not answer; what has arrived waits here. Ask again."
        )
    for question in (store.open, store.size, store.verify, store.remove):
        with pytest.raises(Unavailable, match="does not answer"):
            question(DIGEST)
    away.start()
    again = bucket_store(away, tmp_path, patience=timedelta(0))
    assert asyncio.run(again.arrivals.settle(name)) == Kept(digest=DIGEST, size=len(WHOLE))
    assert again.verify(DIGEST)
