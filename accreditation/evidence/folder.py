"""Whole files in a folder, each under its digest as `ab/cdef…`."""

import asyncio
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from accreditation.errors import NotFound
from accreditation.evidence.disk import pieces, plainly, sync
from accreditation.evidence.place import Kept, check_digest
from accreditation.evidence.room import check_room


class Folder:
    """The `Place` that is a folder. `beside` is a folder on the same disk for files on their way under a digest.

    A crash leaves at most a file there, never a part of one under a digest.
    """

    def __init__(self, folder: Path, *, beside: Path) -> None:
        self._folder = folder
        self._beside = beside

    def path(self, digest: str) -> Path:
        """Where are the bytes of this digest, if they are kept? Invalid when it is no digest: no path escapes."""
        check_digest(digest)
        return self._folder / digest[:2] / digest[2:]

    def check(self) -> str:
        """A folder was made when it was opened: all is well."""
        return ""

    async def put(self, file: Path, kept: Kept) -> None:
        """Put these bytes under their digest by a second name, where the disk has such; otherwise by a copy."""
        await asyncio.to_thread(self._put, file, kept)

    def _put(self, file: Path, kept: Kept) -> None:
        target = self.path(kept.digest)
        with plainly():
            beside = self._beside / f"{secrets.token_hex(8)}.placing"
            self._beside.mkdir(parents=True, exist_ok=True)
            try:
                _second_name(file, beside)
                sync(beside)  # under its digest it may be removed at any moment
                target.parent.mkdir(parents=True, exist_ok=True)
                beside.replace(target)
            finally:
                beside.unlink(missing_ok=True)  # a name of the same file is left where it lay there already
            for changed in (target.parent, self._folder):
                sync(changed)

    def open(self, digest: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """What are these bytes, a mebibyte at a time? NotFound, at once, when they are not kept."""
        self.size(digest)
        return _plainly_read(self.path(digest), start, end)

    def size(self, digest: str) -> int:
        """How many bytes lie there?"""
        path = self.path(digest)
        with plainly():
            try:
                return path.stat().st_size
            except FileNotFoundError as missing:
                raise NotFound("This file is not kept here.") from missing

    def lying(self, digest: str) -> int | None:
        """How many bytes lie there? None where none do."""
        try:
            return self.size(digest)
        except NotFound:
            return None

    def remove(self, digest: str) -> None:
        """Take the bytes away, where there are any, so that a power cut does not bring them back."""
        path = self.path(digest)
        with plainly(so="nothing was removed"), suppress(FileNotFoundError):
            path.unlink()
            sync(path.parent)

    def digests(self) -> Iterator[str]:
        """Under which digests does something lie? In order, a part of the folder at a time."""
        with plainly():
            for part in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
                for file in sorted(part.glob("[0-9a-f]" * 62)):
                    yield f"{part.name}{file.name}"

    def others(self) -> Iterator[str]:
        """What lies there besides, but for what is on its way? Paths within the folder."""
        with plainly():
            for file in sorted(self._folder.rglob("*")):
                within = file.relative_to(self._folder).as_posix()
                own = re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{62}", within) or self._beside in file.parents
                if not own and (file.is_symlink() or not file.is_dir()):
                    yield within

    @contextmanager
    def local(self, digest: str) -> Iterator[Path]:
        """The kept file itself: it may be read, and nobody writes to it."""
        self.size(digest)
        yield self.path(digest)


def _second_name(file: Path, name: Path) -> None:
    try:
        name.hardlink_to(file)
    except FileNotFoundError:
        raise
    except OSError:  # another disk, or one that gives a file one name only
        check_room(name.parent, file.stat().st_size, so="it waits where it arrived")
        shutil.copyfile(file, name)
        name.chmod(0o400)
        sync(name)


def _plainly_read(path: Path, start: int, end: int | None) -> Iterator[bytes]:
    with plainly(so="it cannot be read"):
        yield from pieces(path, start=start, end=end)
