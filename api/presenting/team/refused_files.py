"""Which files of a form were not kept, and why: at the top of the page, and beside the field that is meant."""

from collections.abc import Iterator, Mapping, Sequence

from accreditation.actions.at_the_door import ANOTHER
from accreditation.errors import AccreditationError, Fault, Invalid, NoRoom, TooLarge, TooMany, Unavailable
from accreditation.evidence.announced import EMPTY
from api.presenting.faults import Faults, Told, sentence
from api.presenting.team.files import size_words
from api.presenting.team.refused_moves import plain_words
from api.words import Words, marked

FIELDS: Mapping[str, tuple[str, str]] = {
    "criteria": ("criteria", marked("Questions")),
    "criterion": ("criteria", marked("Questions")),
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
    file = name or words("The file")
    if isinstance(error, TooLarge) and error.most is not None:
        said = words(
            "%(file)s is too big: a file may have at most %(size)s. Make it smaller, as by saving its pictures "
            "smaller, or choose another file.", file=file, size=size_words(error.most),
        )  # fmt: skip
        yield Told(field=otherwise, words=said)
        return
    if isinstance(error, Unavailable) and not isinstance(error, NoRoom):
        said = words("We cannot keep files just now. Nothing is wrong with yours: send it again in a while.")
        yield Told(field=otherwise, words=of + said)
        return
    if isinstance(error, TooMany) and error.wait is None:
        said = words(
            "Too many files of yours are not sent to the end. Choose them again to send the rest, or remove some: they "
            "stand above the form."
        )
        yield Told(field=otherwise, words=said)
        return
    if not isinstance(error, Invalid):
        yield Told(field=otherwise, words=f"{of}{plain_words(error, words)}")
        return
    for fault in error.faults:
        field, called = _field(fault, otherwise)
        if field == "criteria" and fault.found == "none":
            yield Told(field=field, words=words("Choose at least one question that the file answers."))
        elif field == "file" and fault.found == EMPTY:
            yield Told(field=field, words=words("%(file)s is empty. Choose another file.", file=file))
        elif fault.allowed == ANOTHER:
            yield Told(field=field, words=f"{file}: {fault.found}.")
        else:
            yield Told(field=field, words=of + sentence(fault, called=words(called) if called else ""))


def _field(fault: Fault, otherwise: str) -> tuple[str, str]:
    return FIELDS.get((fault.where.split() or [""])[0], (otherwise, ""))
