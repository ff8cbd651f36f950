import asyncio
import hashlib
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.errors import Invalid, NotFound, TooLarge, UploadBroken
from accreditation.evidence.store import PIECE, EvidenceStore, Kept
from tests.buckets import BucketServer
from tests.grounds import Ground, bucket_ground, folder_ground
from tests.sending import AT, append, begin, sent

LETTER = b"Dear reviewers, this is our protocol."
DIGEST = hashlib.sha256(LETTER).hexdigest()


def keep(
    store: EvidenceStore,
    *chunks: bytes,
    length: int | None = None,
    digest: str | None = None,
    then: BaseException | None = None,
) -> Kept:
    return asyncio.run(store.keep(sent(*chunks, then=then), announced_length=length, announced_digest=digest, at=AT))


def test_what_arrives_is_kept_under_its_digest(store: EvidenceStore, ground: Ground) -> None:
    kept = keep(store, LETTER[:10], b"", LETTER[10:], length=len(LETTER), digest=DIGEST.upper())
    assert kept == Kept(digest=DIGEST, size=len(LETTER))
    assert (ground.left(), list(store.digests())) == ([], [DIGEST])
    assert (b"".join(store.open(DIGEST)), ground.lying(DIGEST).read_bytes()) == (LETTER, LETTER)
    assert (store.size(DIGEST), store.verify(DIGEST)) == (len(LETTER), True)


def test_the_same_bytes_are_kept_once(store: EvidenceStore, ground: Ground) -> None:
    assert keep(store, LETTER) == keep(store, LETTER)
    assert (ground.left(), list(store.digests())) == ([], [DIGEST])


def test_nobody_else_on_the_machine_reads_or_overwrites_it(folder_store: EvidenceStore) -> None:
    keep(folder_store, LETTER)
    with folder_store.local(DIGEST) as path:
        assert stat.S_IMODE(path.stat().st_mode) == 0o400


def test_a_file_larger_than_a_piece_comes_back_whole(store: EvidenceStore) -> None:
    chunks = [bytes([number]) * 300_000 for number in range(8)]
    kept = keep(store, *chunks)
    pieces = list(store.open(kept.digest))
    assert (b"".join(pieces), max(map(len, pieces))) == (b"".join(chunks), PIECE)


@settings(max_examples=30)
@given(st.lists(st.binary(max_size=60), max_size=12).filter(any))
def test_however_it_is_cut_into_chunks_the_same_is_kept(
    tmp_path_factory: pytest.TempPathFactory, chunks: list[bytes]
) -> None:
    whole = b"".join(chunks)
    store = folder_ground(tmp_path_factory.mktemp("evidence")).again()
    kept = keep(store, *chunks, length=len(whole))
    assert kept == Kept(digest=hashlib.sha256(whole).hexdigest(), size=len(whole))
    assert b"".join(store.open(kept.digest)) == whole


@pytest.mark.parametrize(
    ("chunks", "length", "digest", "then", "refusal", "says"),
    [
        ([LETTER], None, None, ConnectionResetError(), UploadBroken, "cut off before its end"),
        ([LETTER[:9]], len(LETTER), None, None, UploadBroken, "9 of the announced 37 bytes"),
        ([LETTER, b"more"], len(LETTER), None, None, UploadBroken, "More than the announced 37 bytes"),
        ([LETTER], None, "0" * 64, None, UploadBroken, "have the SHA-256 " + DIGEST),
        ([b"x" * PIECE] * 4, None, None, None, TooLarge, "3,145,728 bytes"),
        ([LETTER], 3 * PIECE + 1, None, None, TooLarge, "3,145,728 bytes"),
        ([], None, None, None, Invalid, "file: it is empty"),
        ([LETTER], 0, None, None, Invalid, "file: it is empty"),
        ([LETTER], -1, "xyz", None, Invalid, r"(?s)file: it is empty.*announced digest: it is not a SHA-256"),
    ],
)
def test_what_is_not_what_was_announced_leaves_nothing_and_a_second_try_works(
    store: EvidenceStore,
    ground: Ground,
    chunks: list[bytes],
    length: int | None,
    digest: str | None,
    then: BaseException | None,
    refusal: type[Exception],
    says: str,
) -> None:
    with pytest.raises(refusal, match=says):
        keep(store, *chunks, length=length, digest=digest, then=then)
    assert (ground.left(), list(store.digests())) == ([], [])
    assert keep(store, LETTER).digest == DIGEST


def test_a_refusal_of_the_sender_is_passed_on(store: EvidenceStore, ground: Ground) -> None:
    with pytest.raises(TooLarge, match="too many"):
        keep(store, LETTER, then=TooLarge("too many"))
    assert (ground.left(), list(store.digests())) == ([], [])


def test_an_upload_that_is_cancelled_leaves_nothing(store: EvidenceStore, ground: Ground) -> None:
    async def cancelled() -> None:
        waiting = asyncio.Event()

        async def forever() -> AsyncIterator[bytes]:
            yield b"x" * PIECE
            waiting.set()
            await asyncio.Event().wait()

        upload = asyncio.create_task(store.keep(forever(), announced_length=None, announced_digest=None, at=AT))
        await waiting.wait()
        assert len(ground.left()) == 1
        upload.cancel()
        with pytest.raises(asyncio.CancelledError):
            await upload

    asyncio.run(cancelled())
    assert (ground.left(), list(store.digests())) == ([], [])


def test_uploads_of_the_same_file_at_once_all_succeed(store: EvidenceStore, ground: Ground) -> None:
    async def together() -> list[Kept]:
        return await asyncio.gather(
            *(store.keep(sent(LETTER), announced_length=None, announced_digest=None, at=AT) for _ in range(8))
        )

    assert asyncio.run(together()) == [Kept(digest=DIGEST, size=len(LETTER))] * 8
    assert (ground.left(), list(store.digests())) == ([], [DIGEST])


def test_sweeping_a_folder_that_is_not_there_yet_finds_nothing(store: EvidenceStore) -> None:
    assert store.sweep(older_than=timedelta(0), at=datetime(2026, 11, 22, tzinfo=UTC)) == 0


@pytest.mark.parametrize("altered", [LETTER[:-1] + b"!", LETTER[:-1], LETTER + b"!", b""])
def test_bytes_that_changed_in_their_place_are_found_and_mended_by_the_next_upload(
    store: EvidenceStore, ground: Ground, altered: bytes
) -> None:
    keep(store, LETTER)
    ground.lying(DIGEST).chmod(0o600)
    ground.lying(DIGEST).write_bytes(altered)
    assert not store.verify(DIGEST)
    keep(store, LETTER)
    assert store.verify(DIGEST)


@settings(max_examples=20)
@given(st.binary(min_size=1, max_size=40), st.integers(0, 45), st.none() | st.integers(0, 45))
def test_a_range_is_that_part_of_the_bytes(
    tmp_path_factory: pytest.TempPathFactory, s3: BucketServer, whole: bytes, start: int, end: int | None
) -> None:
    for ground in (folder_ground(tmp_path_factory.mktemp("evidence")), bucket_ground(s3, tmp_path_factory.mktemp("s"))):
        store = ground.again()
        digest = keep(store, whole).digest
        assert b"".join(store.open(digest, start=start, end=end)) == whole[start:end]


def test_a_child_process_reads_the_bytes_from_a_path(store: EvidenceStore, ground: Ground) -> None:
    keep(store, LETTER)
    with store.local(DIGEST) as path:
        assert path.read_bytes() == LETTER
    assert ground.left() == []


def test_whoever_reads_a_path_fails_as_they_fail(store: EvidenceStore) -> None:
    keep(store, LETTER)
    with pytest.raises(OSError, match="theirs"), store.local(DIGEST):
        raise OSError("theirs")


def test_all_that_is_kept_is_told_in_order_and_verified_in_that_order(store: EvidenceStore, ground: Ground) -> None:
    kept = sorted(keep(store, bytes([number])).digest for number in range(9))
    stranger = ground.lying(kept[0]).parent / "notes.txt"
    stranger.write_text("not of ours")
    assert list(store.digests()) == kept
    assert list(store.others()) == [f"{kept[0][:2]}/notes.txt"]
    ground.lying(kept[3]).chmod(0o600)
    ground.lying(kept[3]).write_bytes(b"altered")
    asked = [*kept, "0" * 64]
    found = [(digest, digest not in {kept[3], "0" * 64}) for digest in asked]
    assert list(store.verify_all(asked)) == found
    assert next(store.verify_all(asked)) == found[0]


def test_what_is_removed_is_gone_also_where_it_arrived(store: EvidenceStore, ground: Ground) -> None:
    other = keep(store, b"another").digest
    names = [begin(store.arrivals) for _ in range(3)]
    for name, letter in zip(names, (LETTER, b"another", LETTER), strict=True):
        append(store.arrivals, name, letter, offset=0)
    for name in names[:2]:
        asyncio.run(store.arrivals.settle(name))
    assert [store.remove(DIGEST) for _ in range(2)] == [True, False]
    assert list(store.digests()) == [other]
    assert ground.left() == sorted(name + ending for name in names[1:] for ending in ("", ".json"))
    for question in (store.open, store.size):
        with pytest.raises(NotFound):
            question(DIGEST)


def test_bytes_that_are_not_kept_are_not_found_at_once(store: EvidenceStore) -> None:
    with pytest.raises(NotFound):
        store.open(DIGEST)
    with pytest.raises(NotFound), store.local(DIGEST):
        pass
    assert not store.verify(DIGEST)


@pytest.mark.parametrize(
    "digest",
    ["", "../../etc/passwd", "ab/" + "c" * 61, "A" * 64, "g" * 64, "a" * 63, "a" * 65, "a" * 64 + "\n", "٣" * 64],
)
def test_a_path_cannot_be_escaped(store: EvidenceStore, digest: str) -> None:
    for question in (store.open, store.verify, store.size, store.remove):
        with pytest.raises(Invalid, match="64 hexadecimal digits"):
            question(digest)
