import asyncio
import hashlib
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.errors import (
    Contradiction,
    InUse,
    Invalid,
    NotFound,
    PieceBroken,
    Refused,
    Stale,
    TooLarge,
    TooMany,
    UploadBroken,
)
from accreditation.evidence.arriving import LASTS, Arrival, Arrivals, Checksum
from accreditation.evidence.folder import Folder
from accreditation.evidence.store import EvidenceStore, Kept
from tests.grounds import LIMIT, Ground, folder_ground
from tests.sending import AT, append, begin, sent, stalled

LETTER = b"Dear reviewers, this is our protocol."
KEPT = Kept(digest=hashlib.sha256(LETTER).hexdigest(), size=len(LETTER))


@pytest.fixture
def arrivals(store: EvidenceStore) -> Arrivals:
    return store.arrivals


def settle(arrivals: Arrivals, name: str, digest: str | None = None) -> Kept:
    return asyncio.run(arrivals.settle(name, announced_digest=digest))


def test_an_upload_is_told_as_it_was_begun(arrivals: Arrivals, ground: Ground) -> None:
    begun = arrivals.begin(length=37, about={"title": "Prötocol", "cycle": "1"}, at=AT)
    assert begun == Arrival(
        name=begun.name, length=37, offset=0, about={"title": "Prötocol", "cycle": "1"}, begun_at=AT,
        expires_at=AT + LASTS,
    )  # fmt: skip
    assert (arrivals.find(begun.name), ground.again().arrivals.find(begun.name)) == (begun, begun)


def test_in_two_pieces_it_is_kept_under_its_digest_and_settled_as_often_as_one_asks(
    arrivals: Arrivals, store: EvidenceStore, ground: Ground
) -> None:
    name = begin(arrivals, length=len(LETTER))
    assert append(arrivals, name, LETTER[:5], LETTER[5:20], offset=0).offset == 20
    assert append(arrivals, name, LETTER[20:], offset=20).offset == 37
    assert [settle(arrivals, name, KEPT.digest.upper()) for _ in range(2)] == [KEPT] * 2
    assert settle(ground.again().arrivals, name) == KEPT
    assert arrivals.find(name).offset == 37
    arrivals.discard(name)
    arrivals.discard(name)
    assert (ground.left(), list(store.digests())) == ([], [KEPT.digest])
    assert b"".join(store.open(KEPT.digest)) == LETTER


@settings(max_examples=25)
@given(st.binary(min_size=1, max_size=200), st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=5))
def test_cut_anywhere_and_begun_anew_anywhere_the_digest_is_right(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, cuts: list[tuple[int, bool]]
) -> None:
    ground = folder_ground(tmp_path_factory.mktemp("evidence"))
    arrivals = ground.again().arrivals
    name = begin(arrivals, length=len(whole))
    for cut, restart in cuts:
        offset = arrivals.find(name).offset
        with pytest.raises(UploadBroken, match="what came before is kept"):
            append(arrivals, name, whole[offset : offset + cut], offset=offset, then=ConnectionResetError())
        assert arrivals.find(name).offset == min(offset + cut, len(whole))
        arrivals = ground.again().arrivals if restart else arrivals
    offset = arrivals.find(name).offset
    append(arrivals, name, whole[offset:], offset=offset)
    assert settle(arrivals, name) == Kept(digest=hashlib.sha256(whole).hexdigest(), size=len(whole))


def test_what_another_process_added_is_hashed_too(arrivals: Arrivals, ground: Ground) -> None:
    name = begin(arrivals)
    append(arrivals, name, LETTER[:9], offset=0)
    append(ground.again().arrivals, name, LETTER[9:30], offset=9)
    append(arrivals, name, LETTER[30:], offset=30)
    assert settle(arrivals, name) == KEPT


@pytest.mark.parametrize(("length", "refusal"), [(0, Invalid), (-1, Invalid), (LIMIT + 1, TooLarge)])
def test_a_length_that_cannot_be_begins_nothing(
    arrivals: Arrivals, ground: Ground, length: int, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        begin(arrivals, length=length)
    assert ground.left() == []


@pytest.mark.parametrize("offset", [0, 9, 11, 37])
def test_another_offset_is_refused_with_the_one_that_stands(arrivals: Arrivals, offset: int) -> None:
    name = begin(arrivals, length=37)
    append(arrivals, name, LETTER[:10], offset=0)
    with pytest.raises(Stale, match="stands at byte 10") as stale:
        append(arrivals, name, LETTER[10:], offset=offset)
    assert (stale.value.where, stale.value.current_version, stale.value.current) == ("offset", 10, 10)
    assert arrivals.find(name).offset == 10


RIGHT = hashlib.sha1(LETTER[10:20]).digest()  # the protocol's own


@pytest.mark.parametrize(
    ("chunks", "checksum", "refusal", "says"),
    [
        ([LETTER[10:], b"more"], None, TooLarge, "More than the announced 37 bytes"),
        ([LETTER[10:19], b"x"], Checksum(algorithm="sha1", digest=RIGHT), PieceBroken, "its sha1 checksum"),
        ([], Checksum(algorithm="sha256", digest=RIGHT), PieceBroken, "its sha256 checksum"),
    ],
)
def test_a_piece_that_is_not_what_was_said_leaves_the_upload_as_it_was(
    arrivals: Arrivals, chunks: list[bytes], checksum: Checksum | None, refusal: type[Refused], says: str
) -> None:
    name = begin(arrivals, length=37)
    append(arrivals, name, LETTER[:10], offset=0)
    with pytest.raises(refusal, match=says):
        append(arrivals, name, *chunks, offset=10, checksum=checksum)
    assert arrivals.find(name).offset == 10
    append(arrivals, name, LETTER[10:20], offset=10, checksum=Checksum(algorithm="sha1", digest=RIGHT))
    append(arrivals, name, LETTER[20:], offset=20)
    assert settle(arrivals, name) == KEPT


def test_an_upload_of_unknown_length_ends_at_the_limit(arrivals: Arrivals) -> None:
    name = begin(arrivals)
    append(arrivals, name, b"x" * LIMIT, offset=0)
    with pytest.raises(TooLarge, match="may have 3,145,728 bytes"):
        append(arrivals, name, b"x", offset=LIMIT)
    assert settle(arrivals, name).size == LIMIT


def test_what_is_settled_is_never_added_to(arrivals: Arrivals, store: EvidenceStore) -> None:
    name = begin(arrivals)
    append(arrivals, name, LETTER, offset=0)
    settle(arrivals, name)
    with pytest.raises(Contradiction, match="finished"):
        append(arrivals, name, b"more", offset=37)
    assert store.verify(KEPT.digest)


def test_what_an_upload_became_is_told_as_long_as_it_lasts_and_its_bytes_lie_in_one_place(
    arrivals: Arrivals, store: EvidenceStore, ground: Ground
) -> None:
    name = begin(arrivals)
    append(arrivals, name, LETTER, offset=0)
    settle(arrivals, name)
    assert arrivals.find(name).outcome is None
    for outcome in ("item 7", "another"):
        arrivals.conclude(name, outcome)
        for again in (arrivals, ground.again().arrivals):
            assert (again.find(name).outcome, again.find(name).offset) == ("item 7", 37)
    for ask in (lambda: settle(arrivals, name), lambda: append(arrivals, name, b"more", offset=37)):
        with pytest.raises(Contradiction, match="finished"):
            ask()
    assert ground.left() == [f"{name}.end", f"{name}.json"]
    assert store.remove(KEPT.digest)
    assert (arrivals.find(name).outcome, list(store.digests())) == ("item 7", [])
    assert arrivals.sweep(older_than=timedelta(0), at=AT + 2 * LASTS) == 1
    assert ground.left() == []


def test_what_is_not_whole_is_not_settled(arrivals: Arrivals, ground: Ground) -> None:
    name = begin(arrivals, length=37)
    with pytest.raises(UploadBroken, match="0 of the announced 37 bytes"):
        settle(arrivals, name)
    append(arrivals, name, LETTER[:36], offset=0)
    with pytest.raises(UploadBroken, match=r"36 of the announced 37 bytes arrived; what came before is kept\."):
        settle(arrivals, name)
    append(arrivals, name, LETTER[36:], offset=36)
    assert settle(arrivals, name) == KEPT
    nothing = begin(arrivals)
    with pytest.raises(Invalid, match="it is empty"):
        settle(arrivals, nothing)


def test_other_bytes_than_announced_are_discarded(arrivals: Arrivals, ground: Ground) -> None:
    name = begin(arrivals, length=37)
    append(arrivals, name, LETTER, offset=0)
    with pytest.raises(Invalid, match="announced digest"):
        settle(arrivals, name, "no digest")
    with pytest.raises(UploadBroken, match="nothing was kept"):
        settle(arrivals, name, "0" * 64)
    assert ground.left() == []


def test_a_second_writer_is_refused_while_the_first_one_writes(ground: Ground) -> None:
    async def both() -> None:
        first, second = ground.again().arrivals, ground.again().arrivals
        name = begin(first, length=37)
        reached = asyncio.Event()
        writing = asyncio.create_task(first.append(name, offset=0, chunks=stalled(LETTER[:10], reached=reached), at=AT))
        await reached.wait()
        for arrivals in (first, second):
            with pytest.raises(InUse):
                await arrivals.append(name, offset=0, chunks=sent(LETTER), at=AT)
            with pytest.raises(InUse):
                await arrivals.settle(name)
        assert second.sweep(older_than=LASTS * 9999, at=AT + 2 * LASTS) == 0
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
        assert (await second.append(name, offset=10, chunks=sent(LETTER[10:]), at=AT)).offset == 37
        assert await first.settle(name) == KEPT

    asyncio.run(both())


def test_a_connection_that_was_forgotten_lets_go(tmp_path: Path) -> None:
    arrivals = Arrivals(tmp_path, place=Folder(tmp_path, beside=tmp_path), limit=100, patience=0)
    name = begin(arrivals)
    with pytest.raises(UploadBroken, match="Nothing arrived for 0 seconds"):
        asyncio.run(arrivals.append(name, offset=0, chunks=stalled(LETTER), at=AT))
    assert arrivals.find(name).offset == 37


def test_an_upload_whose_time_is_over_is_swept_and_another_one_goes_on(
    arrivals: Arrivals, store: EvidenceStore, ground: Ground
) -> None:
    old = begin(arrivals)
    append(arrivals, old, LETTER, offset=0)
    settle(arrivals, old)
    late = AT + LASTS + timedelta(seconds=1)
    with pytest.raises(NotFound, match="its time is over"):
        asyncio.run(arrivals.append(old, offset=37, chunks=sent(), at=late))
    assert [store.sweep(older_than=timedelta(days=10_000), at=late) for _ in range(2)] == [1, 0]
    young = arrivals.begin(length=None, about={}, at=late).name
    assert store.sweep(older_than=timedelta(0), at=late) == 0
    with pytest.raises(NotFound):
        arrivals.find(old)
    assert arrivals.find(young).offset == 0
    assert store.verify(KEPT.digest)


def test_a_beginning_that_a_power_cut_left_unfinished_is_swept_as_a_leftover(
    arrivals: Arrivals, store: EvidenceStore, ground: Ground
) -> None:
    name = begin(arrivals)
    (ground.arriving / f"{name}.json").write_text('{"length"')
    with pytest.raises(NotFound):
        arrivals.find(name)
    assert store.sweep(older_than=timedelta(0), at=AT + timedelta(days=36_500)) == 2
    assert ground.left() == []


def test_the_beginning_of_an_upload_sweeps_once_an_hour(arrivals: Arrivals, ground: Ground) -> None:
    over = AT + LASTS
    old = begin(arrivals)
    kept = []
    for minutes in (-30, 29, 30):
        new = arrivals.begin(length=None, about={}, at=over + timedelta(minutes=minutes)).name
        kept.append((old in ground.left(), new in ground.left()))
    assert kept == [(True, True), (True, True), (False, True)]


@pytest.mark.parametrize("name", ["", "0" * 32, "0" * 31, "../" + "a" * 29, "A" * 32, "a" * 33, "٣" * 32])
def test_a_name_that_is_not_there_reads_as_any_other(arrivals: Arrivals, name: str) -> None:
    begin(arrivals)
    for question in (arrivals.find, lambda one: append(arrivals, one, offset=0), lambda one: settle(arrivals, one)):
        with pytest.raises(NotFound, match="There is no such upload"):
            question(name)


def test_those_that_are_not_finished_are_told_the_oldest_first_until_they_became_something_or_their_time_is_over(
    folder_store: EvidenceStore,
) -> None:
    arrivals = folder_store.arrivals
    assert arrivals.unfinished(at=AT) == ()
    young = arrivals.begin(length=9, about={}, at=AT + timedelta(hours=1))
    old, done = (arrivals.begin(length=len(LETTER), about={}, at=AT) for _ in range(2))
    dropped = begin(arrivals)
    append(arrivals, old.name, LETTER[:5], offset=0)
    append(arrivals, done.name, LETTER, offset=0)
    settle(arrivals, done.name)
    arrivals.conclude(done.name, "1")
    arrivals.discard(dropped)
    late = AT + LASTS
    told = [[(one.name, one.offset) for one in arrivals.unfinished(at=at)] for at in (late, late + timedelta(hours=1))]
    assert told == [[(old.name, 5), (young.name, 0)], [(young.name, 0)]]


def test_an_upload_is_begun_only_where_those_that_are_not_finished_leave_room(folder_store: EvidenceStore) -> None:
    first = begin(folder_store.arrivals)

    def refuse(unfinished: Sequence[Arrival]) -> None:
        raise TooMany(str([one.name for one in unfinished]))

    with pytest.raises(TooMany, match=first):
        folder_store.arrivals.begin(length=1, about={}, at=AT, check=refuse)
    assert [one.name for one in folder_store.arrivals.unfinished(at=AT)] == [first]
