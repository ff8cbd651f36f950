"""What an examination says of a file."""

from dataclasses import dataclass, field

from accreditation.evidence.content import Kind
from accreditation.rules.identifiers import Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What a file is, and everything that was found in it.

    `refusals` are the reasons why it may not come in; `notes` what a person should know all the same; `hits` where it
    tells who a patient is, masked; `unread` what could not be read, and so was not searched, in words. `text` is the
    beginning of what it says, to place it: it is never kept, and in no repr. `pages` were read. `held` is the reason
    why the examination did not come to an end, in which case nothing else counts. `memory` is the most that the child
    held at once, in bytes; 0 where the machine does not tell.
    """

    kind: Kind | None
    media_type: str
    refusals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
    unread: tuple[str, ...] = ()
    text: str = field(default="", repr=False)
    pages: int = 0
    held: str | None = None
    memory: int = 0
