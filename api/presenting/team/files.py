"""How a file stands, in a team's words: a tag, what it means, what was found in it and what to do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accreditation.rules.clearance import State
from accreditation.views.clearance import ClearanceShown, PlaceFound
from accreditation.views.deleted import DeletedShown
from api.words import Words, capital, marked

STATES: Mapping[State, tuple[str, str, str]] = {
    State.WAITING: (
        marked("Being checked"), "blue", marked("We are checking this file. It takes some minutes. You can carry on."),
    ),
    State.CLEARED: (marked("Ready"), "green", marked("Reviewers can open this file.")),
    State.RELEASED: (
        marked("Ready"), "green", marked("The college office read your explanation. Reviewers can open this file."),
    ),
    State.REFUSED: (
        marked("Not accepted"), "red",
        marked("This kind of file is not allowed, or it may do harm. Reviewers cannot open it."),
    ),
    State.QUARANTINED: (
        marked("Kept back"), "red",
        marked("A patient may be told from this file. Nobody but your team can open it until that is put right."),
    ),
    State.HELD: (
        marked("Not checked"), "orange", marked("We could not check this file, so reviewers cannot open it."),
    ),
    State.EXPLAINED: (
        marked("Explained"), "yellow",
        marked("You have explained why no patient can be told from it. The college office will answer."),
    ),
    State.UPHELD: (
        marked("Kept back"), "red",
        marked("The college office read your explanation and keeps the file back."),
    ),
}  # fmt: skip
"""State -> its tag, the tag's colour, and what it means."""

TO_DO: Mapping[State, str] = {
    State.REFUSED: marked("Replace it with another file, or take it back."),
    State.QUARANTINED: marked(
        "Replace it with a file from which no patient can be told, take it back, or explain why none can be told from "
        "this one."
    ),
    State.HELD: marked(
        "Save it anew and replace it, take it back, or ask the college office to have it checked again."
    ),
    State.EXPLAINED: marked("Wait for the answer. You can still replace the file or take it back."),
    State.UPHELD: marked("Replace it with a file from which no patient can be told, or take it back."),
}
"""What a team does about a file; nothing where there is nothing to do."""

OPEN_STATES = frozenset({State.CLEARED, State.RELEASED, State.WAITING})
"""States of which no reason is told."""

DAMAGED = (
    marked("Damaged"), "red", marked("The file that we keep is not the one that you sent. Send it again, please."),
)  # fmt: skip

KINDS: Mapping[str, str] = {
    "pdf": "PDF", "docx": "Word", "xlsx": "Excel", "pptx": "PowerPoint", "odt": "OpenDocument text",
    "ods": "OpenDocument spreadsheet", "odp": "OpenDocument presentation", "png": "PNG", "jpeg": "JPEG",
    "webp": "WebP", "tiff": "TIFF", "txt": marked("plain text"), "csv": "CSV",
}  # fmt: skip
"""Kinds of files, as people call them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a file that may tell who a patient is; what stands there is masked."""

    what: str
    label: str
    masked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How a file stands. `open` says whether reviewers can open it."""

    state: str
    colour: str
    meaning: str
    reason: str
    found: tuple[Place, ...]
    to_do: str
    open: bool


def stand(
    one: ClearanceShown, *, whole: bool | None, deleted: DeletedShown | None, words: Words
) -> Stand:  # fmt: skip
    """How does this file stand?"""
    if deleted is not None:
        return _stand((marked("Deleted"), "grey", deleted.words), words)
    if whole is False:
        return _stand(DAMAGED, words, to_do=words("Add the same file again, or take this one back."))
    reason = one.said[-1].reason if one.said and one.state in TO_DO else ""
    if one.state is State.EXPLAINED:
        reason = words("You wrote: %(reason)s", reason=reason)
    elif one.found:
        reason = ""  # the places say it
    elif one.state is State.UPHELD:
        reason = words("The college office wrote: %(reason)s", reason=reason)
    return _stand(
        STATES[one.state], words, reason=capital(reason), found=places(one.found),
        to_do=words(TO_DO[one.state]) if one.state in TO_DO else "", is_open=one.open,
    )  # fmt: skip


def places(found: Sequence[PlaceFound]) -> tuple[Place, ...]:
    """These places, as a page shows them."""
    return tuple(Place(what=capital(one.what), label=one.label, masked=one.masked) for one in found)


def size_words(size: int) -> str:
    """So many bytes, as people say it."""
    for unit, each in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if size >= each:
            return f"{size / each:.1f} {unit}".replace(".0 ", " ")
    return f"{size} bytes"


def kinds_words(kinds: Sequence[str], words: Words) -> str:
    """These kinds of files, in a row; empty where none is named."""
    return ", ".join(words(KINDS[one]) if one in KINDS else one for one in kinds)


def _stand(
    said: tuple[str, str, str], words: Words, *, reason: str = "", found: tuple[Place, ...] = (), to_do: str = "",
    is_open: bool = False,
) -> Stand:  # fmt: skip
    state, colour, meaning = said
    return Stand(
        state=words(state), colour=colour, meaning=words(meaning), reason=reason, found=found, to_do=to_do,
        open=is_open,
    )  # fmt: skip
