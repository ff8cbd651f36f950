"""The disk has only so much room: what was announced has it, what the records need is left to them."""

import asyncio
import fcntl
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from accreditation.errors import NoRoom
from accreditation.evidence.arriving import LASTS, Arrival
from accreditation.evidence.folder import Folder
from accreditation.evidence.partial import GATHERED
from accreditation.evidence.place import Kept
from accreditation.evidence.room import SPARE, TURN, one_asks
from accreditation.evidence.store import EvidenceStore
from accreditation.evidence.unfinished import RESERVES
from tests.buckets import BucketServer
from tests.grounds import Ground, bucket_ground, folder_ground
from tests.sending import AT, append, begin, sent, stalled

BLOCK = bytes(GATHERED)
"""As much as is written at once."""


class Disk:
    """A disk of which so many bytes are free for evidence, besides what the records need; files take theirs."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.asked = 0
        self.least = size
        """The least that was ever free when somebody asked."""

    def free(self, folder: Path) -> int:
        self.asked += 1
        lying = {one.stat().st_ino: one.stat().st_size for one in folder.parent.rglob("*") if one.is_file()}
        left = self.size - sum(size for number, size in lying.items() if number not in self._notes(folder))
        self.least = min(self.least, left)
        return SPARE + left

    @staticmethod
    def _notes(folder: Path) -> set[int]:
        return {one.stat().st_ino for one in folder.iterdir() if one.suffix}


def ground_on(tmp_path: Path, disk: Disk) -> Ground:
    return folder_ground(tmp_path, free=disk.free)


def keep(store: EvidenceStore, *chunks: bytes, length: int | None = None) -> Kept:
    return asyncio.run(store.keep(sent(*chunks), announced_length=length, announced_digest=None, at=AT))


def no_room(much: str, so: str) -> str:
    return (
        f"The disk that keeps evidence has no room for {much}. Tell the college office, and try again once there is "
        f"room ({so})."
    )


@contextmanager
def refused(much: str, so: str = "nothing was kept") -> Iterator[None]:
    with pytest.raises(NoRoom) as refusal:
        yield
    assert str(refusal.value) == no_room(much, so)


def test_an_upload_is_begun_where_there_is_room_for_it_and_for_all_that_others_announced(tmp_path: Path) -> None:
    ground = ground_on(tmp_path, Disk(1000))
    arrivals = ground.again().arrivals
    first = begin(arrivals, length=600)
    append(arrivals, first, bytes(500), offset=0)
    with refused("401 bytes"):
        begin(ground.again().arrivals, length=401)
    begin(arrivals, length=400)
    with refused("1 bytes"):
        begin(arrivals, length=1)
    append(arrivals, first, bytes(100), offset=500)
    arrivals.discard(first)
    begin(arrivals, length=600)


def test_a_plain_upload_leaves_room_for_what_others_announced(tmp_path: Path) -> None:
    ground = ground_on(tmp_path, Disk(1000))
    store = ground.again()
    name = begin(store.arrivals, length=600)
    for said in (401, None):
        with refused("401 bytes"):
            keep(store, bytes(401), length=said)
    assert keep(store, bytes(400), length=400).size == 400
    append(store.arrivals, name, bytes(600), offset=0)


def test_a_plain_upload_that_says_no_length_ends_where_the_records_need_the_rest_and_is_gone(tmp_path: Path) -> None:
    disk = Disk(2 * len(BLOCK) + 9)
    ground = ground_on(tmp_path, disk)
    with refused(f"{len(BLOCK):,} bytes"):
        keep(ground.again(), *[BLOCK] * 4)
    assert (ground.left(), list(ground.again().digests()), disk.least) == ([], [], 9)
    disk.size = -1
    with refused("more"):
        keep(ground.again(), BLOCK)
    assert ground.left() == []


def test_an_upload_in_pieces_keeps_what_came_and_goes_on_once_there_is_room(tmp_path: Path) -> None:
    disk = Disk(4 * len(BLOCK))
    ground = ground_on(tmp_path, disk)
    arrivals = ground.again().arrivals
    name = begin(arrivals, length=4 * len(BLOCK))
    disk.size = 2 * len(BLOCK) + 9  # the records grew meanwhile
    with refused(f"{len(BLOCK):,} bytes", so="what came before is kept"):
        append(arrivals, name, *[BLOCK] * 4, offset=0)
    assert (arrivals.find(name).offset, disk.least) == (2 * len(BLOCK), 9)
    with refused("10 bytes", so="what came before is kept"):
        append(arrivals, name, bytes(10), offset=2 * len(BLOCK))
    append(arrivals, name, offset=2 * len(BLOCK))  # what brings nothing needs no room
    disk.size = 4 * len(BLOCK)
    append(arrivals, name, *[BLOCK] * 2, offset=2 * len(BLOCK))
    assert asyncio.run(arrivals.settle(name)).size == 4 * len(BLOCK)


def test_the_disk_is_asked_with_each_piece_and_the_uploads_are_counted_once(tmp_path: Path) -> None:
    disk = Disk(10**9)
    ground = ground_on(tmp_path, disk)
    arrivals = ground.again().arrivals
    name = begin(arrivals, length=3 * len(BLOCK))
    for number in range(20):
        begin(arrivals, length=number + 1)
    asked = disk.asked
    for place in range(3):
        append(arrivals, name, BLOCK, offset=place * len(BLOCK))
    assert (asked, disk.asked) == (21, 24)


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[], AbstractContextManager[None]]:
    """While in it, every disk has nothing free but what the records need."""

    @contextmanager
    def filled() -> Iterator[None]:
        with monkeypatch.context() as patched:
            patched.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=SPARE))
            yield

    return filled


def test_a_disk_that_gives_a_file_one_name_only_has_room_for_the_second_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: Callable[[], AbstractContextManager[None]]
) -> None:
    def one_name_only(_self: Path, _target: Path) -> None:
        raise OSError("this disk knows no second names")

    monkeypatch.setattr(Path, "hardlink_to", one_name_only)
    file = tmp_path / "a"
    file.write_bytes(b"a plan")
    place = Folder(tmp_path / "evidence", beside=tmp_path / "beside")
    kept = Kept(digest="0" * 64, size=6)
    with full(), refused("6 bytes", so="it waits where it arrived"):
        asyncio.run(place.put(file, kept))
    assert [*(tmp_path / "beside").iterdir()] == []
    asyncio.run(place.put(file, kept))
    assert place.size(kept.digest) == 6


def test_a_copy_of_what_lies_in_a_bucket_needs_room_too(
    s3: BucketServer, tmp_path: Path, full: Callable[[], AbstractContextManager[None]]
) -> None:
    ground = bucket_ground(s3, tmp_path)
    store = ground.again()
    kept = keep(store, b"a plan")
    with full(), refused("6 bytes", so="it cannot be read"), store.local(kept.digest):
        pass
    assert ground.left() == []


def test_what_the_real_disk_has_no_room_for_is_not_begun(tmp_path: Path) -> None:
    ground = folder_ground(tmp_path, limit=10**18)
    with refused("1,000,000,000,000,000 bytes"):
        begin(ground.again().arrivals, length=10**15)
    assert ground.left() == []


def last_added(ground: Ground, name: str, at: datetime) -> None:
    """The bytes of this upload changed at this moment the last time."""
    os.utime(ground.arriving / name, times=(at.timestamp(), at.timestamp()))


def test_one_whose_time_is_over_counts_for_nothing_before_it_is_swept(tmp_path: Path) -> None:
    store = ground_on(tmp_path, Disk(1000)).again()
    store.arrivals.begin(length=1000, about={}, at=AT - LASTS)
    with refused("1 bytes"):
        keep(store, b"x", length=1)
    store = ground_on(tmp_path / "over", Disk(1000)).again()
    store.arrivals.begin(length=1000, about={}, at=AT - LASTS - timedelta(seconds=1))
    assert keep(store, b"x", length=1).size == 1


def test_to_what_nothing_is_added_for_an_hour_no_room_is_kept(tmp_path: Path) -> None:
    ground = ground_on(tmp_path, Disk(1000))
    store = ground.again()
    begun = AT - timedelta(days=1)
    name = store.arrivals.begin(length=1000, about={}, at=begun).name
    for added, kept in ((AT - RESERVES + timedelta(seconds=1), 1000), (AT - RESERVES, 0), (begun - RESERVES, 0)):
        last_added(ground, name, added)
        assert store.arrivals.to_come(at=AT) == kept
    assert store.arrivals.to_come(at=begun) == 1000
    assert [one.name for one in store.arrivals.unfinished(at=AT)] == [name]
    assert keep(store, bytes(900), length=900).size == 900


def test_who_goes_on_after_that_hour_asks_for_room_for_all_that_is_to_come(tmp_path: Path) -> None:
    disk = Disk(1000)
    ground = ground_on(tmp_path, disk)
    arrivals = ground.again().arrivals
    old = arrivals.begin(length=600, about={}, at=AT - timedelta(days=1)).name
    append(arrivals, old, bytes(100), offset=0)
    last_added(ground, old, AT - RESERVES)
    young = begin(arrivals, length=450)
    with refused("500 bytes", so="what came before is kept"):
        append(arrivals, old, bytes(10), offset=100)
    assert (arrivals.find(old).offset, arrivals.to_come(at=AT)) == (100, 450)
    disk.size = 1050
    append(arrivals, old, bytes(10), offset=100)
    assert arrivals.to_come(at=AT) == 490 + 450
    append(arrivals, young, bytes(450), offset=0)
    append(arrivals, old, bytes(490), offset=110)


def test_a_plain_upload_has_its_room_while_it_comes_whatever_another_process_begins(tmp_path: Path) -> None:
    ground = ground_on(tmp_path, Disk(10 * len(BLOCK)))
    length = 8 * len(BLOCK)

    async def in_the_middle() -> AsyncIterator[bytes]:
        for place in range(8):
            if place == 3:
                with refused(f"{2 * len(BLOCK) + 1:,} bytes"):
                    await asyncio.to_thread(begin, ground.again().arrivals, length=2 * len(BLOCK) + 1)
            yield BLOCK

    kept = ground.again().keep(in_the_middle(), announced_length=length, announced_digest=None, at=AT)
    assert asyncio.run(kept).size == length
    assert ground.left() == []
    begin(ground.again().arrivals, length=2 * len(BLOCK))


def test_a_plain_upload_that_is_cancelled_keeps_no_room(tmp_path: Path) -> None:
    ground = ground_on(tmp_path, Disk(1000))
    store = ground.again()

    async def cancelled() -> None:
        reached = asyncio.Event()
        keeping = store.keep(stalled(reached=reached), announced_length=900, announced_digest=None, at=AT)
        upload = asyncio.create_task(keeping)
        await reached.wait()
        assert await asyncio.to_thread(store.arrivals.to_come, at=AT) == 900
        upload.cancel()
        await asyncio.wait([upload])

    asyncio.run(cancelled())
    assert (ground.left(), store.arrivals.to_come(at=AT)) == ([], 0)


def test_of_two_processes_that_begin_at_once_the_second_waits_until_the_first_has_its_file(tmp_path: Path) -> None:
    ground = ground_on(tmp_path, Disk(1000))
    looked = list[int]()

    def between(unfinished: Sequence[Arrival]) -> None:
        looked.append(len(unfinished))
        with (ground.arriving / TURN).open("rb") as turn, pytest.raises(BlockingIOError):
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)

    ground.again().arrivals.begin(length=600, about={}, at=AT, check=between)
    with refused("600 bytes"):
        ground.again().arrivals.begin(length=600, about={}, at=AT, check=between)
    assert looked == [0]


def test_the_turn_to_ask_for_room_is_not_swept_away(tmp_path: Path) -> None:
    ground = ground_on(tmp_path, Disk(1000))
    store = ground.again()
    begin(store.arrivals, length=1)
    with one_asks(ground.arriving):
        assert store.sweep(older_than=timedelta(0), at=AT + timedelta(days=36_500)) == 1
        assert ground.left() == [TURN]
    assert ground.left() == []


def test_the_turn_goes_from_one_to_the_next_though_each_takes_its_file_away(tmp_path: Path) -> None:
    inside, most = 0, 0

    def take(_number: int) -> None:
        nonlocal inside, most
        with one_asks(tmp_path):
            inside += 1
            most = max(most, inside)
            (tmp_path / TURN).stat()
            inside -= 1

    with ThreadPoolExecutor(4) as several:
        list(several.map(take, range(200)))
    assert (inside, most, [*tmp_path.iterdir()]) == (0, 1, [])
