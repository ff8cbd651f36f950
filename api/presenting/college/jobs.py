"""Jobs of the engine that are held for a person, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.records.jobs import Kind
from accreditation.views.college import JobShown
from accreditation.views.college_cycle import ABOUT_A_CYCLE
from api.presenting.college.cycle import moment
from api.words import Words, marked

KINDS: Mapping[Kind, str] = {
    Kind.SELF_ASSESSMENT: marked("Work out a team’s distance to the award"),
    Kind.EVIDENCE: marked("Look at a team’s evidence"), Kind.ASSIGNMENT: marked("Find review teams"),
    Kind.ANSWERS: marked("Look at the answers to invitations"), Kind.REVIEW: marked("Look at the reviews"),
    Kind.REQUESTS: marked("End requests for evidence"), Kind.RISKS: marked("Watch immediate risks"),
    Kind.ACCURACY: marked("End the check of the report"), Kind.AWARD: marked("Work out a recommendation"),
    Kind.CONDITIONS: marked("Watch the conditions of a decision"), Kind.DELETION: marked("Take deleted files away"),
    Kind.LETTERS: marked("Send a letter"), Kind.REMINDERS: marked("Send a reminder"),
    Kind.UPKEEP: marked("Daily upkeep"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job: what it is to do, why it failed, and the way to its cycle, where it is about one."""

    id: int
    words: str
    cycle: str
    failure: str
    when: str


def job(one: JobShown, words: Words) -> Job:
    """This job."""
    known = words(KINDS[Kind(one.kind)])
    return Job(
        id=one.id, words=words("%(what)s (job %(number)s)", what=known, number=one.id),
        cycle=f"/college/cycles/{one.subject}" if one.kind in ABOUT_A_CYCLE else "", failure=one.failure,
        when=words("Waits since %(moment)s, tried %(times)s times.", moment=moment(one.created_at, words),
                   times=one.attempts),
    )  # fmt: skip
