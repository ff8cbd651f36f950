"""Cycles: a list of those that the asker may know of, and one of them whole."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.records import accuracy, answers, cycles, editions, evidence_items, reviewers
from accreditation.records.cycles import CycleNow
from accreditation.records.invitations import Side
from accreditation.records.proposed_teams import proposed_team
from accreditation.rules.cycle import STAGE_MEANINGS, Move, Stage
from accreditation.rules.deadlines import due, holidays_of, late
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.stating import unstated_by_office
from accreditation.scheme.facts import FactValue
from accreditation.scheme.model import Scheme
from accreditation.views.criteria import AnsweredCriterion, answered_criteria
from accreditation.views.looking import Looked, Page, Shown, VisitShown, look, page, visits_shown
from accreditation.views.open_moves import open_moves
from accreditation.views.teams import OrganisationShown, TeamShown, organisation_shown, team_shown


class CycleRow(Shown):
    """A cycle in a list: whose it is, the stage it is in, since when, and until when that may last."""

    id: int
    team: TeamShown
    organisation: OrganisationShown
    round: int
    scheme: str
    edition: str = Field(description="The edition's label; `edition_digest` names it exactly.")
    edition_digest: str
    stage: Stage
    since: datetime
    due: datetime | None = Field(description="When the stage must be over; null where the scheme gives it no time.")
    late: bool


class MoveShown(Shown):
    """Something the asker can do with the cycle now: the move, where it leads, and on what condition."""

    move: Move
    leads_to: Stage
    condition: str


class FactShown(Shown):
    """A fact of the service's profile; `value` is null until it is stated."""

    fact: str
    question: str
    kind: Literal["yes_no", "choice", "number"]
    choices: dict[str, str] | None = Field(description="What may be chosen, each with its words.")
    unit: str | None = Field(description="What a number is a number of.")
    asked_of: Literal["team", "office"] = Field(description="Who states it: the team, or the college office.")
    value: FactValue | None = Field(description="True or false, a choice, or a number as text with every digit.")


class CycleWhole(CycleRow):
    """A cycle with everything in it that the asker works with."""

    round_name: str
    stage_meaning: str
    waits_for: str | None = Field(description="What the cycle waits for where the engine cannot go on.")
    visit: VisitShown | None = Field(description="The days of the visit; null until the office states them.")
    profile: tuple[FactShown, ...]
    allowed: tuple[MoveShown, ...] = Field(description="What the asker can do now.")
    criteria: tuple[AnsweredCriterion, ...] = Field(
        description="Every criterion that applies, in the standard's order."
    )


def cycles_of(
    database: Database,
    *,
    principal: Principal,
    stage: Stage | None,
    round_id: int | None,
    after: int,
    limit: int,
    at: datetime,
) -> Page[CycleRow]:
    """Which cycles may this principal know of? A team its own, a reviewer those they review, the college all."""
    permit(principal, Permission.CYCLE_READ)
    with database.reading() as session:
        mine = None
        if principal.role is Role.REVIEWER:
            mine = [one.cycle_id for one, _ in reviewers.sitting(session, reviewer_id=principal.reviewer or 0)]
        found = cycles.several(
            session, after=after, limit=limit, team_id=principal.team, round_id=round_id,
            stages=None if stage is None else [stage], ids=mine,
        )  # fmt: skip
        rows = [row_of(now, editions.scheme_of(session, now.edition_digest), at=at) for now in found]
    return page(rows, [now.id for now in found], limit=limit)


def cycle_whole(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> CycleWhole:
    """How does this cycle stand, with everything in it that the asker works with? Raises NotFound."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.CYCLE_READ, cycle_id=cycle_id)
        now, scheme = looked.now, looked.scheme
        given = answers.self_ratings(session, [cycle_id])[cycle_id]
        links = evidence_items.links(session, cycle_id)
        return CycleWhole(
            **dict(row_of(now, scheme, at=at)),
            round_name=now.round.name,
            stage_meaning=STAGE_MEANINGS[now.stage],
            waits_for=waits_for(looked),
            visit=visits_shown(session, [cycle_id]).get(cycle_id),
            profile=facts_shown(looked),
            allowed=tuple(
                MoveShown(move=row.move, leads_to=row.to, condition=row.condition) for row in open_moves(looked, at=at)
            ),
            criteria=answered_criteria(looked, given, links),
        )


def facts_shown(looked: Looked) -> tuple[FactShown, ...]:
    """Every fact that the scheme asks for, with what is stated of it."""
    return tuple(
        FactShown(
            fact=name, question=fact.question, kind=fact.kind, choices=fact.choices, unit=fact.unit,
            asked_of=fact.asked_of, value=looked.now.profile.get(name),
        )
        for name, fact in looked.scheme.profile.items()
    )  # fmt: skip


def row_of(now: CycleNow, scheme: Scheme, *, at: datetime) -> CycleRow:
    """The cycle as it stands in a list at this moment."""
    since = now.change.at
    off = holidays_of(scheme=scheme, profile=now.profile)
    return CycleRow(
        id=now.id, team=team_shown(now.team), organisation=organisation_shown(now.organisation),
        round=now.cycle.round_id, scheme=scheme.id, edition=scheme.edition, edition_digest=now.edition_digest,
        stage=now.stage, since=since,
        due=due(
            stage=now.stage, since=since, timetable=scheme.timetable, holidays=off, accuracy=scheme.factual_accuracy
        ),
        late=late(
            stage=now.stage, since=since, timetable=scheme.timetable, holidays=off, accuracy=scheme.factual_accuracy,
            at=at,
        ),
    )  # fmt: skip


def waits_for(looked: Looked) -> str | None:
    """What does the cycle wait for, where the engine cannot go on?

    What blocks a review team is told to the college; a team learns that the college knows of it.
    """
    if looked.now.stage is Stage.RECOMMENDATION:
        awaited = unstated_by_office(scheme=looked.scheme, profile=looked.now.profile)
        questions = "; ".join(f"{looked.scheme.profile[name].question} ({name})" for name in awaited)
        return f"The college office has yet to state: {questions}" if awaited else None
    if looked.now.stage is Stage.FACTUAL_ACCURACY:
        return _waits_for_accuracy(looked.session, looked)
    if looked.now.stage is not Stage.ASSIGNMENT:
        return None
    if looked.scheme.assignment.confirmed_by == "office":
        return _waits_for_office(looked.session, looked)
    block = reviewers.last_block(looked.session, looked.cycle_id)
    if block is None or block.at < looked.now.change.at:
        return None
    return block.reason if looked.by_college else "No complete review team is found yet; the college office knows why."


def _waits_for_office(session: Session, looked: Looked) -> str:
    """The college is told what the team lacks; the service only what it is asked itself, and no reviewer's answer."""
    team = proposed_team(session, looked.now)
    if looked.by_college:
        blocks = " ".join(f"{one.why[:1].upper()}{one.why[1:]}." for one in team.empty)
        lacking = "; ".join(team.lacking) or "the engine has yet to let the review begin"
        return f"{lacking[:1].upper()}{lacking[1:]}. {blocks}".strip()
    own = looked.principal.role in (Role.TEAM_LEAD, Role.TEAM_MEMBER)
    unanswered = [
        one for one, _ in team.asked if one.service_until is not None and Side.SERVICE not in team.answers[one.id or 0]
    ]
    if own and unanswered:
        return "Your service has yet to say whether it has a conflict of interest with the proposed reviewers."
    return "The review team is not complete yet; the college office knows why."


def _waits_for_accuracy(session: Session, looked: Looked) -> str:
    waiting = accuracy.open_comments(session, looked.cycle_id)
    names = ", ".join(dict.fromkeys(row.criterion or "the service as a whole" for row in waiting))
    if names:
        return f"The reviewer who settles has yet to answer what the team says about {names}."
    return "The team has yet to agree to the report, or to say what in it is not accurate."
