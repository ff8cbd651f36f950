"""What was wrong with a form, in the words of the page: each fault beside its field, and all at its top."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from accreditation.actions.wording import NO_PATIENT
from accreditation.errors import Fault, Invalid, Refused
from api.presenting.team.refused_moves import plain_words
from api.words import capital, words_in

NOTHING = frozenset({"empty", "nothing", "none", "nobody", "no day", "no file", "nothing chosen", "none chosen"})
"""What is found where a field was left as it was."""

LEFT = "empty, but "
"""How what is found begins where a field must not be left as it was in this case."""

DOING = ("answer ", "attach ", "choose ", "give ", "name ", "put ", "say ", "send ", "tick ", "type ", "write ")
"""How what is needed begins where it says what to do."""

A_DAY = "a day,"
"""How what is needed begins where a day was typed that there is not."""

NO_NAME = "a name that the college does not have"
"""What is found where nobody is called so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One fault: the field that it is about, empty where the page has none, and what is said of it."""

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

    def leading_into(self, html: str) -> "Faults":
        """The same for this page: told in the order in which its fields stand there.

        What is about a field that is not there any more is said first, and leads nowhere: a form may be sent from a
        page that was opened before somebody else did what it is for.
        """
        places = {one.field: html.find(f' id="{one.field}"') for one in self.told}
        told = sorted(self.told, key=lambda one: places[one.field])
        return Faults(tuple(one if places[one.field] >= 0 else replace(one, field="") for one in told))


NONE: Mapping[str, str] = MappingProxyType({})


def faults_of(
    refusal: Refused, fields: Mapping[str, str], *, said: Mapping[str, str] = NONE, labels: Mapping[str, str] = NONE,
    titles: Mapping[str, str] = NONE,
) -> Faults:  # fmt: skip
    """Every fault of this refusal.

    `fields` says which field of the form a fault is about, by where it stands; what stands elsewhere is of the first.
    `said` has sentences that say it better than the fault; `labels` what the field is called on the page, by where the
    fault stands, and `titles` what people call what faults name by keys. Forms stand in areas in English.
    """
    first = next(iter(fields.values()))
    if not isinstance(refusal, Invalid):
        return Faults((Told(field=first, words=plain_words(refusal, words_in("en"))),))
    return Faults(
        tuple(
            Told(
                field=fields.get(one.where, first),
                words=said.get(one.where) or sentence(one, called=labels.get(one.where, ""), titles=titles),
            )
            for one in refusal.faults
        )
    )


def sentence(fault: Fault, *, called: str = "", titles: Mapping[str, str] = NONE) -> str:
    """What is said of this fault: what to do, where a field was left empty; else what is wrong, and what is needed.

    `called` is what the field is called, where it is not called as the fault says; it may be a question. `titles` is
    what people call what the fault names by keys.
    """
    asks = called.endswith("?")
    if fault.allowed == NO_PATIENT:
        place = capital("this" if asks or not called else called)
        return (
            f"{place} has {fault.found}, from which a patient may be told. Leave it out. If it is another number, "
            "write before it what it is, like “telephone”."
        )
    name, found = capital(called or fault.where), _titled(fault.found, titles)
    if fault.allowed.startswith(DOING) and found.startswith(LEFT):
        return f"{capital(fault.allowed)}: {found.removeprefix(LEFT)}."
    if fault.allowed.startswith(A_DAY):
        return f"{name} must be a real day,{fault.allowed.removeprefix(A_DAY)}."
    if fault.found == NO_NAME and fault.where == "organisation":
        return f"The college has no organisation of this name. Write {fault.allowed}."
    if fault.found not in NOTHING:
        said = f"{name} {capital(found)}" if asks else f"{name}: {found}"
        return f"{said}. What is needed: {_titled(fault.allowed, titles)}."
    if fault.allowed.startswith(DOING):
        return f"{capital(fault.allowed)}."
    return f"{name} Choose {fault.allowed}." if asks else f"{name}: write {fault.allowed}."


def _titled(text: str, titles: Mapping[str, str]) -> str:
    """The same with what is quoted by its key called by its title."""
    for key, title in titles.items():
        text = text.replace(f"'{key}'", f"“{title}”")
    return text
