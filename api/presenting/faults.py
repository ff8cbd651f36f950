"""What was wrong with a form, in the words of the page: each fault beside its field, and all at its top."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from accreditation.errors import Invalid, Refused
from api.presenting.team.refused_moves import plain_words
from api.words import words_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One fault: the field that it is about, and what is said of it."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Faults:
    """Everything that was wrong with a form; nothing where it is shown for the first time."""

    told: tuple[Told, ...] = ()

    def __bool__(self) -> bool:
        """Is anything wrong?"""
        return bool(self.told)

    def at(self, field: str) -> str:
        """What is said beside this field; empty where nothing is wrong with it."""
        return " ".join(one.words for one in self.told if one.field == field)


def faults_of(
    refusal: Refused, fields: Mapping[str, str], *, said: Mapping[str, str] = MappingProxyType({})
) -> Faults:  # fmt: skip
    """Every fault of this refusal.

    `fields` says which field of the form a fault is about, by where it stands; what stands elsewhere is of the first.
    `said` has sentences that say it better than the fault. Forms stand in areas that are in English alone.
    """
    first = next(iter(fields.values()))
    if not isinstance(refusal, Invalid):
        return Faults((Told(field=first, words=plain_words(refusal, words_in("en"))),))
    return Faults(
        tuple(
            Told(
                field=fields.get(one.where, first),
                words=said.get(
                    one.where, f"{one.where[:1].upper()}{one.where[1:]}: {one.found}. What is needed: {one.allowed}."
                ),
            )
            for one in refusal.faults
        )
    )
