"""Which files of a form were not kept, and why: at the top of the page, and beside the field that is meant."""

from collections.abc import Iterator, Mapping, Sequence

from accreditation.errors import AccreditationError, Fault, Invalid
from api.presenting.faults import Faults, Told
from api.presenting.team.refused_moves import plain_words
from api.words import Words, marked

FIELDS: Mapping[str, tuple[str, str]] = {
    "criteria": ("criteria", marked("Criteria")),
    "criterion": ("criteria", marked("Criteria")),
    "place": ("place", marked("Page or section")),
    "title": ("title", marked("Title")),
    "owner": ("owner", marked("Who keeps it up to date")),
    "effective_on": ("effective_on", marked("In force from")),
    "effective": ("effective_on", marked("In force from")),
    "review_by": ("review_by", marked("To be reviewed by")),
    "review-by": ("review_by", marked("To be reviewed by")),
    "file": ("file", marked("File")),
}
"""The first word of where a fault stands -> the field of the form, and what the field is called."""


def refused_files(refused: Sequence[tuple[str, AccreditationError]], words: Words) -> Faults:
    """What was wrong with each file of a form; where there was none at all, that one is to be chosen."""
    if not refused:
        return Faults((Told(field="file", words=words("Choose a file from your computer or phone.")),))
    return Faults(tuple(one for name, error in refused for one in _told(name, error, words)))


def refused_words(refusal: AccreditationError, words: Words) -> Faults:
    """What was wrong with what a form says of a document, without a file."""
    return Faults(tuple(_told("", refusal, words, otherwise="title")))


def _told(name: str, error: AccreditationError, words: Words, *, otherwise: str = "file") -> Iterator[Told]:
    of = f"{name}: " if name else ""
    if not isinstance(error, Invalid):
        yield Told(field=otherwise, words=f"{of}{plain_words(error, words)}")
        return
    for fault in error.faults:
        field, called = _field(fault, otherwise)
        if field == "criteria" and fault.found == "none":
            yield Told(field=field, words=words("Choose at least one criterion that the file answers."))
        else:
            said = words(called) if called else fault.where
            yield Told(
                field=field,
                words=words("%(of)s%(what)s: %(found)s. What is needed: %(allowed)s.", of=of, what=said,
                            found=fault.found, allowed=fault.allowed),
            )  # fmt: skip


def _field(fault: Fault, otherwise: str) -> tuple[str, str]:
    return FIELDS.get((fault.where.split() or [""])[0], (otherwise, ""))
