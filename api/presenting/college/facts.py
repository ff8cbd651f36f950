"""What only the college office states about a service, as a form."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.errors import Invalid, Refused
from accreditation.views.profile import ProfileShown
from api.inputs.typed_facts import NAMED
from api.presenting.faults import Faults, faults_of
from api.presenting.team.profile import Fact, fact, refused_facts
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The page: what the office states, and what the team stated."""

    ours: tuple[Fact, ...]
    theirs: tuple[Fact, ...]
    form: bool


def facts(one: ProfileShown, typed: Mapping[str, str], words: Words) -> Facts:
    """The page; `typed` is what was typed into a form that was refused."""
    return Facts(
        ours=tuple(fact(each, one, typed, words) for each in one.facts if each.asked_of == "office"),
        theirs=tuple(fact(each, one, {}, words) for each in one.facts if each.asked_of == "team"), form=one.may_state,
    )  # fmt: skip


def refused(refusal: Refused, one: ProfileShown, words: Words) -> Faults:
    """What was wrong, beside each question; what is about none stands at the first."""
    if isinstance(refusal, Invalid):
        return refused_facts(refusal, one, words)
    first = next((each.fact for each in one.facts if each.asked_of == "office"), "")
    return faults_of(refusal, {"": f"{NAMED}{first}"})
