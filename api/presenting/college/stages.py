"""Stages and turns in the words of a college office."""

from collections.abc import Mapping

from accreditation.rules.cycle import Stage
from accreditation.rules.people import Role
from api.presenting.team.due import OVER
from api.words import Words, marked

STAGES: Mapping[Stage, tuple[str, str]] = {
    Stage.SELF_ASSESSMENT: (marked("Self-assessment"), marked("the team")),
    Stage.EVIDENCE: (marked("Evidence"), marked("the team")),
    Stage.ASSIGNMENT: (marked("Finding reviewers"), marked("the college office")),
    Stage.REVIEW: (marked("Review"), marked("the reviewers")),
    Stage.CONSENSUS: (marked("Reviewers agree"), marked("the reviewer who settles")),
    Stage.FACTUAL_ACCURACY: (marked("Report with the team"), marked("the team")),
    Stage.RECOMMENDATION: (marked("Recommendation"), marked("the engine")),
    Stage.DECISION: (marked("Decision"), marked("the committee")),
    Stage.PUBLICATION: (marked("Publication"), marked("the college office")),
    Stage.PUBLISHED: (marked("Published"), ""),
    Stage.WITHDRAWN: (marked("Withdrawn"), ""),
}
"""Stage -> what it is called, and whose turn it is; nobody's where a cycle is over."""

OF_TEAM = frozenset(stage for stage, (_, whose) in STAGES.items() if whose == "the team")
"""Where it is the team's turn."""

OURS: Mapping[Role, frozenset[Stage]] = {
    Role.OFFICE: frozenset({Stage.ASSIGNMENT, Stage.PUBLICATION}),
    Role.COMMITTEE: frozenset({Stage.DECISION}),
}
"""Where it is the turn of whoever looks."""


def state_of(stage: Stage, *, late: bool, role: Role, words: Words) -> tuple[str, str]:
    """How the cycle stands: a word, and the colour of its tag."""
    if stage in OVER:
        return words("Finished"), "grey"
    if late:
        return words("Late"), "red"
    if stage in OURS.get(role, frozenset()):
        return words("Your turn"), "blue"
    return words("In time"), "green"
