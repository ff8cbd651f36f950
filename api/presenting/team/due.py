"""Whose turn it is in a cycle, what is due, from whom and by when: as its team reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from accreditation.rules.cycle import Stage
from accreditation.views.own_cycles import OwnCycle
from api.presenting.moments import day_of
from api.words import Words, marked

STAGES: Mapping[Stage, tuple[str, str]] = {
    Stage.SELF_ASSESSMENT: (marked("Self-assessment"), marked("Your team answers every question. Your lead sends it.")),
    Stage.EVIDENCE: (marked("Evidence"), marked("Your team adds its evidence. Your lead sends it.")),
    Stage.ASSIGNMENT: (marked("Finding reviewers"), marked("The college is finding reviewers for you.")),
    Stage.REVIEW: (marked("Review"), marked("The reviewers read what you sent, and visit you if the scheme says so.")),
    Stage.CONSENSUS: (marked("Reviewers agree"), marked("The reviewers agree on what they found.")),
    Stage.FACTUAL_ACCURACY: (marked("Check the report"), marked("Your team checks the facts in the report.")),
    Stage.RECOMMENDATION: (marked("Recommendation"), marked("The college works out what to recommend.")),
    Stage.DECISION: (marked("Decision"), marked("The college’s committee decides.")),
    Stage.PUBLICATION: (marked("Publication"), marked("The college publishes the result.")),
    Stage.PUBLISHED: (marked("Result published"), marked("The result is in the public register.")),
    Stage.WITHDRAWN: (marked("Withdrawn"), marked("This cycle ended without a result.")),
}  # fmt: skip
"""Stage -> what it is called, and what happens in it, in the words of a team."""

NO_MORE = marked(
    "The reviewers have handed in: you need not answer. What you add can still help where they have yet to agree."
)
"""What is said of a request once every review is handed in."""

OURS = frozenset({Stage.SELF_ASSESSMENT, Stage.EVIDENCE, Stage.FACTUAL_ACCURACY})
"""Stages in which it is the team's turn."""

OVER = frozenset({Stage.PUBLISHED, Stage.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing that is due: what it is, from whom, by when (empty where no day is known), and whether it is ours.

    `href` is where it is done; empty where no page of its own is for it.
    """

    words: str
    whose: str
    by: str
    ours: bool
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A cycle in the list of one's own."""

    cycle: int
    team: str
    organisation: str
    scheme: str
    round: str
    stage: str
    state: str
    colour: str
    due: tuple[Due, ...]


def row(one: OwnCycle, words: Words) -> Row:
    """The cycle in a list."""
    state, colour = state_of(one, words)
    return Row(
        cycle=one.id, team=one.team.name, organisation=one.organisation.name, scheme=one.scheme_title,
        round=one.round_name, stage=words(STAGES[one.stage][0]), state=state, colour=colour, due=due(one, words),
    )  # fmt: skip


def state_of(one: OwnCycle, words: Words) -> tuple[str, str]:
    """Whose turn is it: a word, and the colour of its tag."""
    if one.stage is Stage.PUBLISHED and one.put_right_until is not None:
        return words("To put right"), "yellow"
    if one.appeal_waits:
        return words("Your appeal waits"), "white"
    if one.stage in OVER:
        return words("Finished"), "grey"
    if one.stage in OURS or is_waited_for(one) or one.risks_waiting or one.conflicts_asked:
        return (words("Late"), "red") if one.late and one.stage in OURS else (words("Your turn"), "blue")
    if one.stage in (Stage.REVIEW, Stage.CONSENSUS):
        return words("With the reviewers"), "white"
    return (words("With the committee") if one.stage is Stage.DECISION else words("With the college")), "white"


def no_more(stage: Stage, words: Words) -> str:
    """What an answer to a request still does in this stage, where it does little; empty where it is waited for."""
    return words(NO_MORE) if stage is Stage.CONSENSUS else ""


def is_waited_for(one: OwnCycle) -> bool:
    """Does a request of a reviewer wait for the team? Once all handed in, an answer is welcome, and no more."""
    return one.asked_until is not None and one.stage is not Stage.CONSENSUS


def due(one: OwnCycle, words: Words) -> tuple[Due, ...]:
    """What is due in this cycle, the team's own first."""
    found, root = [], f"/team/cycles/{one.id}"
    if one.risks_waiting:
        risk = words("Answer the immediate risk that the reviewers raised")
        by = "" if one.risk_due is None else _day(one.risk_due, words)
        found.append(Due(words=risk, whose=words("your team"), by=by, ours=True, href=f"{root}/risks"))
    if one.asked_until is not None:
        waits = is_waited_for(one)
        asked = words("Answer what the reviewers ask for") if waits else words("You can still answer what they asked")
        by = _day(one.asked_until, words)
        found.append(Due(words=asked, whose=words("your team"), by=by, ours=waits, href=f"{root}/evidence#asked"))
    if one.conflicts_until is not None:
        about = words.many(
            "Say whether you have a conflict of interest with %(number)s reviewer",
            "Say whether you have a conflict of interest with %(number)s reviewers", one.conflicts_asked,
        )  # fmt: skip
        by = _day(one.conflicts_until, words)
        found.append(Due(words=about, whose=words("your team"), by=by, ours=True, href=f"{root}/reviewers"))
    if one.put_right_until is not None:
        by = words.day(one.put_right_until)
        found.append(
            Due(words=words("Put right what the decision asks for"), whose=words("your team"), by=by, ours=True)
        )
    if one.appeal_waits:
        answer = words("The committee answers your appeal")
        found.append(Due(words=answer, whose=words("the committee"), by="", ours=False))
    if one.stage not in OVER:
        by = "" if one.due is None else _day(one.due, words)
        found.append(
            Due(words=words(STAGES[one.stage][1]), whose=_whose(one.stage, words), by=by, ours=one.stage in OURS)
        )
    return tuple(found)


def _whose(stage: Stage, words: Words) -> str:
    if stage in OURS:
        return words("your team")
    if stage in (Stage.REVIEW, Stage.CONSENSUS):
        return words("the reviewers")
    return words("the committee") if stage is Stage.DECISION else words("the college office")


def _day(moment: datetime, words: Words) -> str:
    return words.day(day_of(moment))
