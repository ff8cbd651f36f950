"""One file on its way to the engine: from its digest to what became of it, however often the network is cut."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO

from accreditation.commands.uploading.asked import InLibrary, Known, Words, begun
from accreditation.commands.uploading.described import ANEW, describe
from accreditation.commands.uploading.ended import (
    ONCE_THERE_IS_ROOM,
    Ended,
    Outcome,
    Stopped,
    Watching,
    refused,
    unfinished,
)
from accreditation.commands.uploading.files import shown
from accreditation.commands.uploading.patience import Patience, Pause
from accreditation.commands.uploading.server import BROKEN, STALE, Answered, Far, Server
from accreditation.errors import AccreditationError, NotFound, Refused, Unavailable

PIECE = 8 * 1024 * 1024
"""Bytes of one request: they are in memory, and their digest goes with them, so that only they are sent again."""

SMALLEST = 64 * 1024
"""Where something between takes no request of that size, a quarter is tried, but nothing below this."""

HANDED = 64 * 1024
"""Bytes that are handed to the network at once: so often it is seen how far it is, and whether to stop."""

_LATER = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.INSUFFICIENT_STORAGE})
"""Answers that are not about the file: the same may be taken another time."""

_FOR_GOOD = frozenset({HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY})
"""Answers after which this upload can never end well, so that it need not lie there for a week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that is read, and what it was when its digest was made."""

    path: Path
    stream: BinaryIO
    size: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Takes files to the engine. `known` is what that has already, `most_bytes` what it takes of one file."""

    server: Server
    known: Known
    words: Words
    most_bytes: int | None
    pause: Pause
    watching: Watching

    def send(self, path: Path) -> Ended:
        """Take this file to its end. What is the matter with the file or the network is told, never raised."""
        told: dict[str, Any] = {"size": 0, "sha256": ""}
        try:
            self.watching.far(path, 0)
            told["size"] = size = path.stat().st_size
            if size == 0:
                return refused(path, "It is empty.", what_to_do="Send a file with at least one byte.", **told)
            if self.most_bytes is not None and size > self.most_bytes:
                why = f"A file may have {self.most_bytes:,} bytes; this one has {size:,}."
                return refused(path, why, what_to_do="Make it smaller, or send the part that is asked for.", **told)
            with path.open("rb") as stream:
                told["sha256"] = digest = hashlib.file_digest(stream, "sha256").hexdigest()
                found = self._bring(File(path=path, stream=stream, size=size, digest=digest))
                return found.model_copy(update=told)
        except Stopped:
            return unfinished(path, "You stopped it.", **told)
        except Unavailable as over:
            return unfinished(path, str(over), **told)
        except Answered as no:
            if no.status == HTTPStatus.INSUFFICIENT_STORAGE:
                return unfinished(path, str(no), what_to_do=ONCE_THERE_IS_ROOM, **told)
            return (unfinished if no.status in _LATER else refused)(path, str(no), **told)
        except AccreditationError as no:
            return refused(path, str(no), **told)
        except OSError as trouble:
            return refused(path, f"The file cannot be read: {trouble.strerror}.", **told)

    def _bring(self, file: File) -> Ended:
        """Send the file where its bytes are not there already."""
        there = self._attached(file) if self.words.cycle else self._in_library(file)
        if there is not None:
            return there
        became = self._upload(file)
        return Ended(file=shown(file.path), outcome=Outcome.KEPT, **became)

    def _attached(self, file: File) -> Ended | None:
        """The evidence that is these bytes already, or becomes them by what the team's library has."""
        attached = self.known.attached(file.digest, self.words)
        held = self.known.library.get(file.digest) if attached is not None else self.known.in_library(file.digest)
        if attached is not None:
            return self._described(file, Ended(file=shown(file.path), outcome=Outcome.ALREADY, evidence=attached), held)
        if held is None:
            return None
        wanted = {"version": held.version, "criteria": self.words.criteria, "places": self.words.places}
        path = f"/api/cycles/{self.words.cycle}/evidence/from-library"
        found = self._patience(file).until(lambda: self.server.send(path, {"documents": [wanted]}))
        reused = Ended(
            file=shown(file.path), outcome=Outcome.REUSED, evidence=found["evidence"][0]["id"],
            document=held.document, version=held.version, why=f"It is there as '{held.title}', version {held.number}.",
        )  # fmt: skip
        return self._described(file, reused, held)

    def _in_library(self, file: File) -> Ended | None:
        """The version in the library that is these bytes already, where that is what is meant."""
        held = self.known.in_library(file.digest)
        if held is None:
            return None
        if self.words.document is None or (self.words.document == held.document and held.newest):
            already = Ended(
                file=shown(file.path), outcome=Outcome.ALREADY, document=held.document, version=held.version
            )  # fmt: skip
            return self._described(file, already, held)
        return refused(
            file.path,
            f"These bytes are in the library already, as version {held.number} of '{held.title}' "
            f"(document {held.document}).",
            what_to_do="Attach that one, or send the file that you mean.",
        )

    def _described(self, file: File, ended: Ended, held: InLibrary | None) -> Ended:
        """This end, once what is said of the file is said of the version that it is; or that another word stands."""
        if held is None:
            return ended
        otherwise = self._patience(file).until(lambda: describe(self.server, held, self.words))
        if not otherwise:
            return ended
        said = {"outcome": Outcome.OTHERWISE, "why": f"{ended.why}\n{otherwise}.".strip(), "what_to_do": ANEW}
        return ended.model_copy(update=said)

    def _upload(self, file: File) -> dict[str, int]:
        """Send the file, and say what it became; once more from its beginning where it did not arrive as it was."""
        address = self._begun(file, self.known.unfinished)
        for _ in range(2):
            try:
                if address is None:  # where it is one that was begun before, the engine says how far it is
                    return self._pieces(self._begin(file), file, Far(offset=0, became={}))
                return self._pieces(address, file, self._far(address, file, self._patience(file)))
            except NotFound as gone:  # its time was over, or its bytes were others than announced
                self.watching.note(file.path, f"{gone} Beginning again.")
            address = None
        raise Refused("Twice it did not arrive as it was: it changes while it is sent, or is altered on the way.")

    def _begin(self, file: File) -> str:
        """Where does a new upload of this file go on? One whose answer was lost is found again."""
        patience = self._patience(file)
        said = {**self.words.of(file.path), "sha256": file.digest}
        try:
            return self.server.begin(said, length=file.size)
        except Unavailable as cut:
            patience.wait(cut)
        return patience.until(
            lambda: (
                self._begun(file, self.server.read("/api/uploads")["uploads"])
                or self.server.begin(said, length=file.size)
            )
        )

    def _begun(self, file: File, several: Sequence[Mapping[str, Any]]) -> str | None:
        """Where does this file go on, if it is one of several unfinished uploads?"""
        return begun(several, file.path, self.words, digest=file.digest, size=file.size)

    def _pieces(self, address: str, file: File, far: Far) -> dict[str, int]:
        """Send what the engine does not have yet, piece by piece, as long as something comes of it."""
        patience, piece = self._patience(file), PIECE
        while not far.became:
            if far.offset > file.size:
                raise Refused("The engine says that it has more than the file's bytes. Is the address right?")
            self.watching.far(file.path, far.offset)
            cut = Unavailable("The engine took nothing of what was sent.")
            try:
                ahead = self._piece(address, file, far.offset, piece)
            except Unavailable as why:
                cut, ahead = why, None
            except Answered as no:
                if no.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and not no.kind and piece > SMALLEST:
                    piece //= 4
                elif no.kind not in (STALE, BROKEN):
                    self._let_go(address, no)
                    raise
                cut, ahead = Unavailable(str(no)), None
            far = self._after(address, file, far, ahead, cut, patience)
        self.watching.far(file.path, file.size)
        return dict(far.became)

    def _after(
        self, address: str, file: File, before: Far, ahead: Far | None, cut: Unavailable, patience: Patience
    ) -> Far:  # fmt: skip
        """How far is it after a piece? Where that was cut, it is asked; where nothing came of it, it is waited."""
        if ahead is None:
            ahead = self._far(address, file, patience)
        if ahead.offset > before.offset or ahead.became:
            patience.renew()
        else:
            patience.wait(cut)
        return ahead

    def _far(self, address: str, file: File, patience: Patience) -> Far:
        return patience.until(lambda: self.server.far(address, length=file.size))

    def _piece(self, address: str, file: File, offset: int, size: int) -> Far:
        file.stream.seek(offset)
        piece = file.stream.read(size)
        if not piece and offset < file.size:
            raise Refused("The file became shorter while it was sent.")
        return self.server.add(
            address, self._handed(file.path, piece, offset), offset=offset, size=len(piece),
            sha256=hashlib.sha256(piece).digest(),
        )  # fmt: skip

    def _handed(self, path: Path, piece: bytes, offset: int) -> Iterator[bytes]:
        for start in range(0, len(piece), HANDED):
            self.watching.far(path, offset + start)
            yield piece[start : start + HANDED]

    def _let_go(self, address: str, refusal: Answered) -> None:
        if refusal.status in _FOR_GOOD:
            with suppress(AccreditationError):  # then it expires
                self.server.drop(address)

    def _patience(self, file: File) -> Patience:
        return Patience(pause=self.pause, tell=lambda words: self.watching.note(file.path, words))
