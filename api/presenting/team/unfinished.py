"""Files of a form that are not here whole yet: each with how far it is, for whoever began to send it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from accreditation.actions.uploading import Coming, ForCycle
from api.presenting.moments import day_of
from api.presenting.team.files import size_words
from api.words import Words

UNTITLED: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class NotWhole:
    """A file of which a part is here: `wanted` is what it is to answer, `end` where it is forgotten.

    `onwards` is the page from which the rest is sent; empty where a program sends it. `filled` where the form says
    already what was said of it.
    """

    name: str
    far: str
    wanted: str
    onwards: str
    end: str
    filled: bool


def not_whole(
    begun: Sequence[Coming], words: Words, *, titles: Mapping[str, str] = UNTITLED, filled: Coming | None = None
) -> tuple[NotWhole, ...]:  # fmt: skip
    """These uploads; `titles` are those of criteria, where they are known. The form says already what is `filled`."""
    return tuple(_not_whole(one, words, titles, filled=one == filled) for one in begun)


def _not_whole(one: Coming, words: Words, titles: Mapping[str, str], *, filled: bool) -> NotWhole:
    purpose, wanted = one.purpose, ""
    if isinstance(purpose, ForCycle):
        form, query = f"/team/cycles/{purpose.cycle}/evidence/files", f"?criterion={purpose.file.criteria[0]}"
        several = (_answered(name, purpose.file.places, titles) for name in purpose.file.criteria)
        wanted = words("It is to answer %(questions)s.", questions="; ".join(several))
    else:
        form, query = f"/team/library/{purpose.team}", ""
    return NotWhole(
        name=purpose.file.file_name, wanted=wanted, onwards=f"{form}{query}" if one.goes_on else "",
        end=f"{form}/uploads/{one.arrival.name}/end", filled=filled,
        far=words(
            "%(part)s of %(whole)s are here, kept until %(day)s.", part=size_words(one.arrival.offset),
            whole=size_words(one.arrival.length or 0), day=words.day(day_of(one.arrival.expires_at)),
        ),
    )  # fmt: skip


def _answered(name: str, places: Mapping[str, str], titles: Mapping[str, str]) -> str:
    return ", ".join(filter(None, (f"{name} {titles.get(name, '')}".strip(), places.get(name, ""))))
