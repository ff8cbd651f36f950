"""Every way we say no, drawn as one tree. No HTTP numbers here: the edge chooses those.

AccreditationError
├── Refused                   the request was understood and the answer is no; nothing was changed
│   ├── NotAuthenticated      we do not know who asks
│   │   └── SignedOut         a page needs somebody who is signed in; says whether a session is over, and why
│   ├── NotFound              it does not exist, or the asker may not know that it does
│   ├── Gone                  it was deleted; says when and why
│   ├── NotPermitted          the asker may know of it but may not do this
│   ├── MoveNotAllowed        the cycle's stage forbids it; says what is allowed now, and to whom
│   ├── Stale                 another version stands than was seen; carries what stands now
│   ├── Contradiction         it cannot be true beside what is already kept (a second team of one name)
│   │   ├── OtherName         it is called otherwise than whoever asks was shown; perhaps it is not what they mean
│   │   └── InUse             somebody else does this at this moment; trying again may work
│   ├── Invalid               the input has faults, all of them named
│   ├── UploadBroken          the bytes that arrived are not the bytes that were announced
│   │   └── PieceBroken       one piece of an upload is not what its checksum says; what came before it is kept
│   ├── TooLarge              more bytes than are accepted
│   └── TooMany               more at once than are accepted; what is there is to be finished or dropped first
├── StandardsFaulty           a standards file cannot be published; every fault with file, line and column
├── LedgerBroken              the chain of the ledger does not recompute
├── Damaged                   what is kept is not what was handed in; it is not given out
├── Unrecorded                a programming fault: a transaction wrote rows without a ledger entry
└── Unavailable               the store cannot answer now; trying again may work
    └── NoRoom                the disk has no room for it now
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta


class AccreditationError(Exception):
    """The root: everything this product raises on purpose."""


class Refused(AccreditationError):
    """The request was understood and the answer is no; nothing was changed."""


class NotAuthenticated(Refused):
    """We do not know who asks."""


class SignedOut(NotAuthenticated):
    """A page needs somebody who is signed in; the message says whether a session is over, and why."""


class NotFound(Refused):
    """It does not exist, or the asker may not know that it does: both read the same."""


class Gone(Refused):
    """It was there and is deleted; the message says when and why."""


class NotPermitted(Refused):
    """The asker may know of it but may not do this; the message says who may.

    `holders` are those who may, in words, where a role is what is lacking.
    """

    def __init__(self, message: str, *, holders: Sequence[str] = ()) -> None:
        self.holders = tuple(holders)
        super().__init__(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with an input: where it stands, what was found, what is allowed instead."""

    where: str
    found: str
    allowed: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.where}: {self.found}; {self.allowed}"


class Invalid(Refused):
    """The input has faults; `faults` names every one of them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class MoveNotAllowed(Refused):
    """The cycle's stage forbids this now; `allowed` says what may be done, each with who may do it.

    `move` is what was to be done, where the message says no more than that its stage forbids it.
    """

    def __init__(self, message: str, *, stage: str, allowed: Sequence[str], move: str = "") -> None:
        self.stage = stage
        self.move = move
        self.allowed = tuple(allowed)
        super().__init__(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One place where another version stands than was seen: what stands, and what was sent, so that neither is lost."""

    where: str
    current_version: int
    current: object
    sent: object


class Stale(Refused):
    """Another version stands than the one that was seen: somebody wrote since, perhaps the same person elsewhere.

    `conflicts` are all the places, each with both versions; the first is told apart.
    """

    def __init__(
        self, message: str, *, where: str, current_version: int, current: object, conflicts: Sequence[Conflict] = ()
    ) -> None:
        self.where = where
        self.current_version = current_version
        self.current = current
        self.conflicts = tuple(conflicts)
        super().__init__(message)


class Contradiction(Refused):
    """It cannot be true beside what is already kept."""


class OtherName(Contradiction):
    """What this is about is called otherwise than whoever asks was shown: perhaps it is not what they mean."""


class InUse(Contradiction):
    """Somebody else does this at this moment; trying again may work."""


class UploadBroken(Refused):
    """The bytes that arrived are not the bytes that were announced; the message says what was kept, if anything."""


class PieceBroken(UploadBroken):
    """One piece of an upload is not what its checksum says; what came before it is kept."""


class TooLarge(Refused):
    """More bytes than are accepted; nothing was kept. `most` is how many a file may have, where it is one."""

    def __init__(self, message: str, *, most: int | None = None) -> None:
        self.most = most
        super().__init__(message)


class TooMany(Refused):
    """More at once than are accepted; the message says what is there, and what to do with it.

    `wait` is how long, where it is known after what time it may be done.
    """

    def __init__(self, message: str, *, wait: timedelta | None = None) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class FileFault:
    """One fault in a standards file. Lines and columns count from 1; line 0 is the file or folder as a whole."""

    file: str
    line: int
    column: int
    found: str
    allowed: str

    def __str__(self) -> str:
        """Say it as editors expect it: file:line:column: what was found; what is allowed."""
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{where}: {self.found}; {self.allowed}"


class StandardsFaulty(AccreditationError):
    """Standards files cannot be published. Every fault is in `faults`, in order of file and line."""

    def __init__(self, faults: Sequence[FileFault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class LedgerBroken(AccreditationError):
    """The ledger's chain does not recompute; `sequence` is the first entry that does not."""

    def __init__(self, message: str, *, sequence: int) -> None:
        self.sequence = sequence
        super().__init__(message)


class Damaged(AccreditationError):
    """The bytes that are kept are not those that were handed in."""


class Unrecorded(AccreditationError):
    """A programming fault: a transaction wrote rows without a ledger entry; it was rolled back."""


class Unavailable(AccreditationError):
    """The store cannot answer now; trying again may work. The message says what to look at."""


class NoRoom(Unavailable):
    """The disk has no room for it now; the message names no place, and is for whoever sent it."""
