"""What keeping and verifying evidence costs, beside what the same disk and the same digest cost without us."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from accreditation.evidence.store import EvidenceStore, open_store
from tests.benchmarks.measuring import peak_mb, print_table, resident_mb, seconds, shell
from tests.sending import AT

MB = 1_000_000
CHUNK = 65_536
"""How much a server hands on at once."""

LARGE = 1024 * 1024 * 1024
SMALL, MANY = 100 * 1024, 1000


def run() -> None:
    """Print the figures: wall time, half of it the disk's. Trust what stands beside each other in one run."""
    here = Path("var").absolute()  # on the disk that the engine keeps things on, which need not be that of /tmp
    here.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=here) as folder:
        source = Path(folder) / "source"
        with source.open("wb") as file:
            for _ in range(LARGE // (1 << 20)):
                file.write(os.urandom(1 << 20))
        store = open_store(Path(folder) / "evidence", arriving=None, limit=LARGE)
        _keeping(store, source, Path(folder))
        _many(store, Path(folder))
        _verifying(store, Path(folder))


def _keeping(store: EvidenceStore, source: Path, folder: Path) -> None:
    before = resident_mb(os.getpid())
    rows = [
        ("cat > file", seconds(lambda: shell(f"cat {source} > {folder}/copy"))),
        ("cat > file, and sync", seconds(lambda: shell(f"cat {source} > {folder}/copy2 && sync {folder}/copy2"))),
        ("sha256sum", seconds(lambda: shell(f"sha256sum {source}"))),
        ("kept by us, in one go", seconds(lambda: asyncio.run(_keep(store, source)))),
        ("kept by us, resumable", seconds(lambda: asyncio.run(_arrive(store, source)))),
    ]
    memory = f"; {peak_mb() - before:.0f} MB more memory than idle at the most"
    print_table(
        f"One file of 1 GiB, from its chunks to its digest and the disk{memory}",
        ["", "wall s", "MB/s"],
        [(name, f"{taken:.2f}", f"{LARGE / MB / taken:.0f}") for name, taken in rows],
    )


def _many(store: EvidenceStore, folder: Path) -> None:
    files = [os.urandom(SMALL) for _ in range(MANY)]

    async def all_of_them(one: Callable[[bytes], object]) -> None:
        for content in files:
            await one(content)  # type: ignore[misc]  # a coroutine

    async def kept(content: bytes) -> None:
        await store.keep(_pieces(content), announced_length=None, announced_digest=None, at=AT)

    async def arrived(content: bytes) -> None:
        name = store.arrivals.begin(length=SMALL, about={}, at=AT).name
        await store.arrivals.append(name, offset=0, chunks=_pieces(content), at=AT)
        await store.arrivals.settle(name)
        store.arrivals.discard(name)

    def written() -> None:
        for number, content in enumerate(files):
            with (folder / f"plain{number}").open("wb") as file:
                file.write(content)
                os.fsync(file.fileno())

    rows = [
        ("written and synced, no digest", seconds(written)),
        ("kept by us, in one go", seconds(lambda: asyncio.run(all_of_them(kept)))),
        ("kept by us, resumable", seconds(lambda: asyncio.run(all_of_them(arrived)))),
    ]
    print_table(
        f"{MANY:,} files of 100 KiB, one after another, each on the disk before it is told",
        ["", "files/s"],
        [(name, f"{MANY / taken:.0f}") for name, taken in rows],
    )


def _verifying(store: EvidenceStore, folder: Path) -> None:
    kept = f"find {folder}/evidence -type f -print0 | xargs -0"
    digests = list(store.digests())
    total = sum(store.size(digest) for digest in digests)
    rows = [
        ("sha256sum, one process", seconds(lambda: shell(f"{kept} sha256sum"))),
        (f"sha256sum, {os.cpu_count()} processes", seconds(lambda: shell(f"{kept} -P 0 -n 64 sha256sum"))),
        ("verified by us", seconds(lambda: _all_whole(store, digests))),
    ]
    print_table(
        f"Verifying {len(digests):,} files, {total / MB:.0f} MB, read from memory by all alike",
        ["", "wall s", "MB/s"],
        [(name, f"{taken:.2f}", f"{total / MB / taken:.0f}") for name, taken in rows],
    )


def _all_whole(store: EvidenceStore, digests: list[str]) -> None:
    found = list(store.verify_all(digests))
    if found != [(digest, True) for digest in digests]:
        raise AssertionError("the store does not verify")


async def _keep(store: EvidenceStore, source: Path) -> None:
    await store.keep(_chunks(source), announced_length=LARGE, announced_digest=None, at=AT)


async def _arrive(store: EvidenceStore, source: Path) -> None:
    name = store.arrivals.begin(length=LARGE, about={}, at=AT).name
    await store.arrivals.append(name, offset=0, chunks=_chunks(source), at=AT)
    await store.arrivals.settle(name)
    store.arrivals.discard(name)


async def _chunks(source: Path) -> AsyncIterator[bytes]:
    """As a server hands them on: in between, the others have their turn."""
    with source.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            yield chunk
            await asyncio.sleep(0)


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), CHUNK):
        yield content[start : start + CHUNK]


if __name__ == "__main__":
    run()
