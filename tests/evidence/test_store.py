import asyncio
import errno
import hashlib
import os
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.errors import Invalid, NotFound, TooLarge, Unavailable, UploadBroken
from accreditation.evidence.store import PIECE, EvidenceStore, Kept

LETTER = b"Dear reviewers, this is our protocol."
DIGEST = hashlib.sha256(LETTER).hexdigest()


async def sent(*chunks: bytes, then: BaseException | None = None) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk
    if then is not None:
        raise then


def keep(
    store: EvidenceStore,
    *chunks: bytes,
    length: int | None = None,
    digest: str | None = None,
    then: BaseException | None = None,
) -> Kept:
    return asyncio.run(store.keep(sent(*chunks, then=then), announced_length=length, announced_digest=digest))


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "evidence", limit=3 * PIECE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


def test_what_arrives_is_kept_under_its_digest(store: EvidenceStore, folder: Path) -> None:
    kept = keep(store, LETTER[:10], b"", LETTER[10:], length=len(LETTER), digest=DIGEST.upper())
    assert kept == Kept(digest=DIGEST, size=len(LETTER))
    assert files(folder) == [f"{DIGEST[:2]}/{DIGEST[2:]}"]
    assert (b"".join(store.open(DIGEST)), store.path(DIGEST).read_bytes()) == (LETTER, LETTER)
    assert store.verify(DIGEST)


def test_the_same_bytes_are_kept_once(store: EvidenceStore, folder: Path) -> None:
    assert keep(store, LETTER) == keep(store, LETTER)
    assert files(folder) == [f"{DIGEST[:2]}/{DIGEST[2:]}"]


def test_nobody_else_on_the_machine_reads_or_overwrites_it(store: EvidenceStore) -> None:
    keep(store, LETTER)
    assert stat.S_IMODE(store.path(DIGEST).stat().st_mode) == 0o400


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
    store = EvidenceStore(tmp_path_factory.mktemp("evidence"), limit=1000)
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
    folder: Path,
    chunks: list[bytes],
    length: int | None,
    digest: str | None,
    then: BaseException | None,
    refusal: type[Exception],
    says: str,
) -> None:
    with pytest.raises(refusal, match=says):
        keep(store, *chunks, length=length, digest=digest, then=then)
    assert files(folder) == []
    assert keep(store, LETTER).digest == DIGEST


def test_a_refusal_of_the_sender_is_passed_on(store: EvidenceStore, folder: Path) -> None:
    with pytest.raises(TooLarge, match="too many"):
        keep(store, LETTER, then=TooLarge("too many"))
    assert files(folder) == []


def test_an_upload_that_is_cancelled_leaves_nothing(store: EvidenceStore, folder: Path) -> None:
    async def cancelled() -> None:
        waiting = asyncio.Event()

        async def forever() -> AsyncIterator[bytes]:
            yield b"x" * PIECE
            waiting.set()
            await asyncio.Event().wait()

        upload = asyncio.create_task(store.keep(forever(), announced_length=None, announced_digest=None))
        await waiting.wait()
        assert len(files(folder)) == 1
        upload.cancel()
        with pytest.raises(asyncio.CancelledError):
            await upload

    asyncio.run(cancelled())
    assert files(folder) == []


def test_uploads_of_the_same_file_at_once_all_succeed(store: EvidenceStore, folder: Path) -> None:
    async def together() -> list[Kept]:
        return await asyncio.gather(
            *(store.keep(sent(LETTER), announced_length=None, announced_digest=None) for _ in range(8))
        )

    assert asyncio.run(together()) == [Kept(digest=DIGEST, size=len(LETTER))] * 8
    assert files(folder) == [f"{DIGEST[:2]}/{DIGEST[2:]}"]


@pytest.mark.parametrize(
    ("number", "says"), [(errno.ENOSPC, "disk that keeps evidence is full"), (errno.EIO, "cannot be used")]
)
def test_a_disk_that_refuses_keeps_nothing_and_says_so(
    store: EvidenceStore, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)
        with pytest.raises(Unavailable, match=says):
            keep(store, LETTER)
    assert files(folder) == []
    assert keep(store, LETTER).digest == DIGEST


def test_a_write_that_fails_in_the_middle_keeps_nothing_and_says_so(tmp_path: Path) -> None:
    """By a limit on the size of files, in a process of its own: a write takes a part, the next one fails."""
    program = (
        "import asyncio, resource, signal, sys; from pathlib import Path\n"
        "from accreditation.errors import Unavailable\n"
        "from accreditation.evidence.store import EvidenceStore\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "async def sent():\n"
        "    yield b'x' * 300_000\n"
        "try:\n"
        "    asyncio.run(EvidenceStore(Path(sys.argv[1]), limit=10**6)"
        ".keep(sent(), announced_length=None, announced_digest=None))\n"
        "except Unavailable as refusal:\n"
        "    print(refusal)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout == "The folder that keeps evidence cannot be used: File too large.\n"
    assert files(tmp_path) == []


def test_a_process_killed_in_the_middle_leaves_nothing_under_a_digest(store: EvidenceStore, folder: Path) -> None:
    program = (
        "import asyncio, sys; from pathlib import Path; from accreditation.evidence.store import EvidenceStore\n"
        "async def sent():\n"
        "    yield sys.argv[2].encode() * 100_000\n"
        "    print('half', flush=True)\n"
        "    await asyncio.Event().wait()\n"
        "asyncio.run(EvidenceStore(Path(sys.argv[1]), limit=10**8)"
        ".keep(sent(), announced_length=None, announced_digest=None))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder), LETTER.decode()], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half\n"
        process.kill()
    assert process.returncode == -signal.SIGKILL
    (left,) = files(folder)
    assert left.startswith("arriving/")
    assert keep(store, LETTER).digest == DIGEST

    changed = datetime.fromtimestamp((folder / left).stat().st_mtime, UTC)
    assert store.sweep(older_than=timedelta(hours=1), at=changed + timedelta(minutes=59)) == 0
    assert store.sweep(older_than=timedelta(hours=1), at=changed + timedelta(minutes=61)) == 1
    assert files(folder) == [f"{DIGEST[:2]}/{DIGEST[2:]}"]


def test_sweeping_a_folder_that_is_not_there_yet_finds_nothing(store: EvidenceStore) -> None:
    assert store.sweep(older_than=timedelta(0), at=datetime(2026, 11, 22, tzinfo=UTC)) == 0


def test_bytes_that_changed_on_the_disk_are_found_and_mended_by_the_next_upload(store: EvidenceStore) -> None:
    keep(store, LETTER)
    store.path(DIGEST).chmod(0o600)
    store.path(DIGEST).write_bytes(LETTER[:-1] + b"!")
    assert not store.verify(DIGEST)
    keep(store, LETTER)
    assert store.verify(DIGEST)


def test_bytes_that_are_not_kept_are_not_found_at_once(store: EvidenceStore) -> None:
    with pytest.raises(NotFound):
        store.open(DIGEST)
    assert not store.verify(DIGEST)


@pytest.mark.parametrize(
    "digest",
    ["", "../../etc/passwd", "ab/" + "c" * 61, "A" * 64, "g" * 64, "a" * 63, "a" * 65, "a" * 64 + "\n", "٣" * 64],
)
def test_a_path_cannot_be_escaped(store: EvidenceStore, digest: str) -> None:
    for question in (store.path, store.open, store.verify):
        with pytest.raises(Invalid, match="64 hexadecimal digits"):
            question(digest)
