"""Whole files in a bucket of any S3-compatible store, each under its digest as `ab/cdef…`, as in a folder."""

import asyncio
import hashlib
import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, GenericError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from accreditation.errors import NotFound, Unavailable
from accreditation.evidence.disk import PIECE, plainly
from accreditation.evidence.place import Kept, check_digest
from accreditation.evidence.room import check_room
from accreditation.evidence.where import BucketName

if TYPE_CHECKING:
    from obstore.store import S3Config

WAITED_TO_KEEP = timedelta(seconds=90)
"""How long a whole upload waits for a bucket that is away, before its sender is asked to come again."""

WAITED_TO_READ = timedelta(seconds=10)
"""How long somebody who wants to read a file waits for a bucket that is away."""

WAITED_IN_TURN = timedelta(seconds=1)
"""How long a bucket that is away is waited for in a writer's turn, as all who write wait with it."""

PART = 8 * PIECE
"""A larger file is sent in parts of this size."""

MOST_PARTS = 10_000
"""In so many parts at most does S3 take a file (Amazon S3 user guide, "Multipart upload limits")."""

AT_ONCE = 4
"""So many files are sent at once, two parts of each: 64 MiB of memory at most, however many uploads end together."""

READ = 4 * PIECE
"""So many bytes are asked for at once. A slow reader keeps no connection waiting, and a lost one costs no more."""

_TROUBLE = (BaseError, OSError, ValueError)
"""What the library raises."""


class Bucket:
    """The `Place` that is a bucket. Credentials are those of the environment, under the names that S3 tools know.

    `copies` is a folder on this machine for files that must be read from a disk. A request that fails is tried again
    until its time is over: `to_keep` and `to_read` say how long.
    """

    def __init__(
        self,
        name: BucketName,
        *,
        copies: Path,
        endpoint: str = "",
        to_keep: timedelta = WAITED_TO_KEEP,
        to_read: timedelta = WAITED_TO_READ,
    ) -> None:
        self._name = name
        self._copies = copies
        self._keeping = _open(name, endpoint, patience=to_keep, answer_in=timedelta(seconds=120))
        self._reading = _open(name, endpoint, patience=to_read, answer_in=timedelta(seconds=30))
        self._in_turn = _open(
            name, endpoint, patience=min(to_read, WAITED_IN_TURN), answer_in=timedelta(seconds=2)
        )  # fmt: skip
        self._senders = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="evidence")

    def check(self) -> str:
        """Raise Unavailable where the bucket is not there, or does not let us in.

        One that is away may come back: that is said, and "" where all is well.
        """
        return self._check(self._reading)

    def _check(self, store: S3Store) -> str:
        try:
            next(iter(obstore.list(store, "00/")), None)
        except _TROUBLE as error:
            refusal = self._refusal(error, so="it cannot be asked")
            if _away(error):
                return str(refusal)
            raise refusal from None
        return ""

    async def put(self, file: Path, kept: Kept) -> None:
        """Send these bytes, unless they lie there already; it waits in a thread of its own."""
        check_digest(kept.digest)
        await asyncio.get_running_loop().run_in_executor(self._senders, partial(self._put, file, kept))

    def open(self, digest: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """What are these bytes, a mebibyte at a time? NotFound, at once, when they are not kept."""
        size = self.size(digest)
        return self._read(digest, start, size if end is None else min(end, size))

    def size(self, digest: str) -> int:
        """How many bytes lie there?"""
        with self._answered():
            return obstore.head(self._reading, _key(digest))["size"]

    def lying(self, digest: str) -> int | None:
        """How many bytes lie there? None where none do."""
        try:
            with self._answered(asked=self._in_turn):
                return obstore.head(self._in_turn, _key(digest))["size"]
        except NotFound:
            return None

    def remove(self, digest: str) -> None:
        """Take the bytes away, where there are any."""
        with suppress(NotFound), self._answered(so="nothing was removed", asked=self._in_turn):
            obstore.delete(self._in_turn, _key(digest))

    def digests(self) -> Iterator[str]:
        """Under which digests does something lie? In order, as the bucket lists them, a thousand at a time."""
        for path in self._paths():
            if _is_digest(path):
                yield path.replace("/", "", 1)

    def others(self) -> Iterator[str]:
        """What lies under its prefix besides? Keys without the prefix."""
        for path in self._paths():
            if not _is_digest(path):
                yield path

    def _paths(self) -> Iterator[str]:
        with self._answered():
            for page in obstore.list(self._reading):
                for one in page:
                    yield one["path"]

    @contextmanager
    def local(self, digest: str) -> Iterator[Path]:
        """A copy on this machine, which is gone in the end."""
        pieces = self.open(digest)
        with ExitStack() as copied:
            with plainly(so="it cannot be read"):
                self._copies.mkdir(parents=True, exist_ok=True)
                copy = copied.enter_context(tempfile.NamedTemporaryFile(dir=self._copies, suffix=".copy"))
                for piece in pieces:
                    check_room(self._copies, len(piece), so="it cannot be read")
                    copy.write(piece)
                copy.flush()
            yield Path(copy.name)

    def _put(self, file: Path, kept: Kept) -> None:
        with self._answered(so="what has arrived waits here. Ask again"):
            if kept.size <= PART:
                try:
                    obstore.put(self._keeping, _key(kept.digest), file, mode="create")
                except (AlreadyExistsError, GenericError):
                    pass  # a write-once put is not tried again where its answer was lost: it may have been done
                else:
                    return
            self._mend(file, kept)

    def _mend(self, file: Path, kept: Kept) -> None:
        """Send the file where other bytes lie under its digest, or none. A file in parts cannot be sent write-once."""
        if not self._lies_there(kept):
            part = max(PART, -(-kept.size // MOST_PARTS))
            obstore.put(self._keeping, _key(kept.digest), file, chunk_size=part, max_concurrency=2)

    def _lies_there(self, kept: Kept) -> bool:
        try:
            if obstore.head(self._keeping, _key(kept.digest))["size"] != kept.size:
                return False
        except FileNotFoundError:
            return False
        actual = hashlib.sha256()
        for piece in self._read(kept.digest, 0, kept.size):
            actual.update(piece)
        return actual.hexdigest() == kept.digest

    def _read(self, digest: str, start: int, end: int) -> Iterator[bytes]:
        for begin in range(start, end, READ):
            with self._answered(so="it cannot be read"):
                got = memoryview(
                    obstore.get_range(self._reading, _key(digest), start=begin, end=min(begin + READ, end))
                )
            for first in range(0, len(got), PIECE):
                yield bytes(got[first : first + PIECE])

    @contextmanager
    def _answered(self, *, so: str = "it cannot be asked", asked: S3Store | None = None) -> Iterator[None]:
        """Say what the bucket refuses in words of ours: its own may repeat a key, and are told to nobody."""
        try:
            yield
        except FileNotFoundError:
            if away := self._check(asked or self._reading):  # a bucket that is gone must not read as files that are
                raise Unavailable(away) from None
            raise NotFound("This file is not kept here.") from None
        except _TROUBLE as error:
            raise self._refusal(error, so=so) from None

    def _refusal(self, error: Exception, *, so: str) -> Unavailable:
        status = _status(error)
        if isinstance(error, PermissionDeniedError | UnauthenticatedError) or status in {"401", "403"}:
            return Unavailable(
                f"The bucket of {self._name} refuses our credentials; {so}. Look at AWS_ACCESS_KEY_ID, "
                "AWS_SECRET_ACCESS_KEY and what they may do there."
            )
        if isinstance(error, FileNotFoundError) or status == "404":
            return Unavailable(f"There is no bucket for {self._name}; ACCREDIT_EVIDENCE names it.")
        how = f"answers with the status {status}" if status else "does not answer"
        return Unavailable(f"The bucket of {self._name} {how}; {so}.")


def _open(name: BucketName, endpoint: str, *, patience: timedelta, answer_in: timedelta) -> S3Store:
    """The bucket, asked again for as long as `patience`; one request with its bytes may take `answer_in`."""
    config: S3Config = {"disable_bulk_delete": True}  # not every store knows bulk deletes
    if endpoint:
        config["endpoint"] = endpoint
    return S3Store(
        name.bucket,
        prefix=name.prefix or None,
        config=config,
        client_options={
            "allow_http": endpoint.startswith("http://"),
            "connect_timeout": timedelta(seconds=5),
            "timeout": answer_in,
        },
        retry_config={
            "max_retries": 1000,  # the time bounds them
            "retry_timeout": patience,
            "backoff": {"init_backoff": timedelta(milliseconds=50), "max_backoff": timedelta(seconds=2), "base": 2},
        },
    )


def _key(digest: str) -> str:
    check_digest(digest)
    return f"{digest[:2]}/{digest[2:]}"


def _is_digest(key: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{62}", key) is not None


def _status(error: Exception) -> str:
    """The status with which the store answered, if it did."""
    found = re.search(r"status code: (\d{3})", str(error))
    return found[1] if found else ""


def _away(error: Exception) -> bool:
    """Did the store not answer, or not as one that is well?"""
    answered = isinstance(error, PermissionDeniedError | UnauthenticatedError | FileNotFoundError)
    return not answered and _status(error)[:1] in {"", "5"}
