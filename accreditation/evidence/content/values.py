"""What looking at a file says."""

from dataclasses import dataclass

from accreditation.evidence.content.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a file is, and every reason why it may not come in; `notes` say what a person should know all the same.

    `kind` is None where the bytes are none of the kinds that evidence can be, or were not looked at to the end.
    """

    kind: Kind | None
    media_type: str
    refusals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class RefusedContent(Exception):
    """This file may not come in, and looking further would cost too much or say no more. The message says why."""
