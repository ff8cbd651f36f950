"""Stages and turns in the words of a college office."""

from collections.abc import Mapping
from datetime import datetime

from accreditation.records.invitations import Side
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Role
from accreditation.views.glance import CycleAtAGlance
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


ASKED: Mapping[frozenset[Side], str] = {
    frozenset({Side.REVIEWER}): marked("the reviewers"), frozenset({Side.SERVICE}): marked("the team"),
    frozenset(Side): marked("the reviewers and the team"), frozenset(): marked("the engine"),
}  # fmt: skip
"""Who has yet to answer about a review team that is confirmed -> whose turn it is."""


def turn_of(one: CycleAtAGlance, words: Words) -> tuple[str, datetime]:
    """Whose turn it is (nobody's: empty), and since when."""
    whose, since = STAGES[one.stage][1], one.since
    if one.answers is not None:
        whose, since = ASKED[one.answers.of], one.answers.since
    return words(whose) if whose else "", since


def state_of(one: CycleAtAGlance, *, role: Role, words: Words) -> tuple[str, str]:
    """How the cycle stands: a word, and the colour of its tag."""
    stage, late = one.stage, one.late
    if stage in OVER:
        return words("Finished"), "grey"
    if late:
        return words("Late"), "red"
    if stage in OURS.get(role, frozenset()) and one.answers is None:
        return words("Your turn"), "blue"
    return words("In time"), "green"
