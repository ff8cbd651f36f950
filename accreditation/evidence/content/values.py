"""What looking at a file says."""

from dataclasses import dataclass

from accreditation.evidence.content.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    """A document inside another: the part of the package that it is, and its kind."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a file is, and every reason why it may not come in; `notes` say what a person should know all the same.

    `kind` is None where the bytes are none of the kinds that evidence can be. `inner` are the documents inside this one
    (workbooks behind charts), whose text must be read as its own is.
    """

    kind: Kind | None
    media_type: str
    refusals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    inner: tuple[Inner, ...] = ()


class RefusedContent(Exception):
    """This file may not come in, and looking further would cost too much or say no more. The message says why."""
