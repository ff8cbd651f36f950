"""What was wrong with a form, in the words of the page: each fault beside its field, and all at its top."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from accreditation.actions.wording import NO_PATIENT
from accreditation.errors import Fault, Invalid, Refused
from api.presenting.team.refused_moves import plain_words
from api.words import words_in

NOTHING = frozenset({"empty", "nothing", "none", "nobody", "no day", "no file", "nothing chosen", "none chosen"})
"""What is found where a field was left as it was."""

DOING = ("answer ", "attach ", "choose ", "give ", "name ", "put ", "say ", "send ", "tick ", "type ", "write ")
"""How what is needed begins where it says what to do."""


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
                words=said.get(one.where, sentence(one)),
            )
            for one in refusal.faults
        )
    )


def sentence(fault: Fault, *, called: str = "") -> str:
    """What is said of this fault: what to do, where a field was left empty; else what is wrong, and what is needed.

    `called` is what the field is called, where it is not called as the fault says.
    """
    if fault.allowed == NO_PATIENT:
        return (
            f"{_first(called or 'this')} has {fault.found}, from which a patient may be told. Leave it out. If it is "
            "another number, write before it what it is, like “telephone”."
        )
    name = _first(called or fault.where)
    if fault.found not in NOTHING:
        return f"{name}: {fault.found}. What is needed: {fault.allowed}."
    return f"{_first(fault.allowed)}." if fault.allowed.startswith(DOING) else f"{name}: write {fault.allowed}."


def _first(text: str) -> str:
    """The same with a capital at its beginning."""
    return f"{text[:1].upper()}{text[1:]}"
