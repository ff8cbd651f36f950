"""Files that wait for the college office, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.rules.clearance import State, Step
from accreditation.views.office_files import ExplainedFile, FileToAnswer
from accreditation.views.own_cycles import CycleNamed
from api.presenting.college.cycle import moment
from api.presenting.college.glance import Choice, Link
from api.presenting.college.who import who_did
from api.words import Words, capital, marked

STEPS: Mapping[Step, str] = {
    Step.RELEASE: marked("Release it: no patient can be told from it, and reviewers may open it"),
    Step.UPHOLD: marked("Keep it back: a patient might be told from it"),
    Step.LOOK_AGAIN: marked("Let the engine look at it again"),
}

DONE: Mapping[Step, str] = {
    Step.RELEASE: marked("The file of %(team)s, %(organisation)s is released: reviewers can open it now."),
    Step.UPHOLD: marked("The file of %(team)s, %(organisation)s stays kept back, and the team is told why."),
    Step.LOOK_AGAIN: marked("The engine looks at the file of %(team)s, %(organisation)s again."),
}
"""What was answered -> what is said of it."""

SAID: Mapping[State, str] = {
    State.WAITING: marked("It waited to be looked at."), State.CLEARED: marked("Nothing was found."),
    State.REFUSED: marked("It was refused."), State.QUARANTINED: marked("It was kept back."),
    State.HELD: marked("It could not be looked at."), State.EXPLAINED: marked("Its team explained it."),
    State.RELEASED: marked("It was released."), State.UPHELD: marked("It stays kept back."),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A step of the file's clearance: what was done, why, by whom and when."""

    words: str
    reason: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """The page of a file. `choices` is empty where nothing is to be answered now."""

    number: int
    about: str
    places: tuple[str, ...]
    said: tuple[Said, ...]
    choices: tuple[Choice, ...]
    version: int


def explained(several: tuple[ExplainedFile, ...], words: Words) -> tuple[Link, ...]:
    """Each file that waits, with the way to it."""
    return tuple(
        Link(
            words=words("File %(number)s of %(team)s, %(organisation)s", number=one.evidence, team=one.team,
                        organisation=one.organisation),
            address=f"/college/cycles/{one.cycle}/files/{one.evidence}",
        )
        for one in several
    )  # fmt: skip


def answered_words(step: str, named: CycleNamed | None, words: Words) -> str:
    """What is said after a file of this cycle was answered so; nothing where none was."""
    done = next((said for one, said in DONE.items() if one.value == step), "")
    return words(done, team=named.team, organisation=named.organisation) if done and named is not None else ""


def file(one: FileToAnswer, words: Words) -> File:
    """The page of this file."""
    found = one.clearance.found
    return File(
        number=one.evidence, version=one.clearance.version,
        about=words("It is attached to %(criteria)s, since %(moment)s.", criteria=", ".join(one.criteria),
                    moment=moment(one.attached_at, words)),
        places=tuple(
            words("%(what)s, %(label)s: %(masked)s", what=f"{each.what[:1].upper()}{each.what[1:]}", label=each.label,
                  masked=each.masked)
            for each in found
        ),
        said=tuple(
            Said(words=words(SAID[each.state]), reason=capital(each.reason),
                 who=words("%(moment)s, by %(name)s", moment=moment(each.at, words), name=who_did(each.by, words)))
            for each in one.clearance.said
        ),
        choices=tuple((step.value, words(STEPS[step])) for step in one.steps if step in STEPS),
    )  # fmt: skip
