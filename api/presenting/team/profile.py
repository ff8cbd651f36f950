"""What a service states about itself, in words, and as a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from accreditation.errors import Invalid
from accreditation.scheme.facts import FactValue
from accreditation.scheme.values import written_number
from accreditation.views.cycles import FactShown
from accreditation.views.profile import ProfileShown
from api.inputs.typed_facts import NAMED
from api.presenting.faults import Faults, Told
from api.presenting.register_list import Choice
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A question about the service. `choices` is empty for a number; `value` is what stands in its field.

    `last` says what was answered last time; empty where nothing was.
    """

    field: str
    question: str
    choices: tuple[Choice, ...]
    unit: str
    value: str
    said: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The page: what the team states, and what the college office does."""

    lead: str
    form: bool
    ours: tuple[Fact, ...]
    theirs: tuple[Fact, ...]


def profile(one: ProfileShown, typed: Mapping[str, str], words: Words) -> Profile:
    """The page; `typed` is what was typed into a form that was refused."""
    return Profile(
        lead=_lead(one, words), form=one.may_state,
        ours=tuple(fact(each, one, typed, words) for each in one.facts if each.asked_of == "team"),
        theirs=tuple(fact(each, one, {}, words) for each in one.facts if each.asked_of == "office"),
    )  # fmt: skip


def refused_facts(refusal: Invalid, one: ProfileShown, words: Words) -> Faults:
    """What was wrong, beside each question."""
    questions = {f"profile.{each.fact}": each for each in one.facts}
    return Faults(
        tuple(
            Told(
                field=f"{NAMED}{fault.where.removeprefix('profile.')}",
                words=words("%(question)s What is needed: %(allowed)s.", question=questions[fault.where].question,
                            allowed=fault.allowed),
            )
            for fault in refusal.faults
            if fault.where in questions
        )
    )  # fmt: skip


def _lead(one: ProfileShown, words: Words) -> str:
    if one.may_state:
        return words("Your answers here decide which questions your team is asked.")
    if not one.states:
        return words("Your team’s lead answers these. They decide which questions your team is asked.")
    return words("These were settled when the self-assessment was sent. Ask the college office if one is wrong.")


def fact(one: FactShown, of: ProfileShown, typed: Mapping[str, str], words: Words) -> Fact:
    """This question, with what stands in its field, and what is said of it now and was last time."""
    choices = tuple((one.choices or {}).items())
    if one.kind == "yes_no":
        choices = (("yes", words("Yes")), ("no", words("No")))
    value = _typed(one.value)
    said, last = (_said(each, choices, one.unit) for each in (value, _typed(of.last_time.get(one.fact))))
    return Fact(
        field=f"{NAMED}{one.fact}", question=one.question, choices=choices, unit=one.unit or "",
        value=typed.get(f"{NAMED}{one.fact}", value), said=said or words("Not answered yet"),
        last=words("Last time: %(said)s.", said=last) if last else "",
    )  # fmt: skip


def _typed(value: FactValue | None) -> str:
    """What is stated, as its field has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return written_number(value) if isinstance(value, Decimal) else value


def _said(value: str, choices: tuple[Choice, ...], unit: str | None) -> str:
    said = dict(choices).get(value, value)
    return f"{said} {unit}" if unit and said else said
