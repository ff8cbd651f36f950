"""Files of a form that are not here whole yet: each with how far it is, for whoever began to send it."""

from collections.abc import Sequence
from dataclasses import dataclass

from accreditation.actions.uploading import Coming
from api.presenting.moments import day_of
from api.presenting.team.files import size_words
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NotWhole:
    """A file of which a part is here: `end` is where it is forgotten."""

    name: str
    far: str
    end: str


def not_whole(begun: Sequence[Coming], root: str, words: Words) -> tuple[NotWhole, ...]:
    """These uploads, whose addresses begin with `root`."""
    return tuple(
        NotWhole(
            name=one.purpose.file.file_name, end=f"{root}/{one.arrival.name}/end",
            far=words(
                "%(part)s of %(whole)s are here, kept until %(day)s.", part=size_words(one.arrival.offset),
                whole=size_words(one.arrival.length or 0), day=words.day(day_of(one.arrival.expires_at)),
            ),
        )
        for one in begun
    )  # fmt: skip
