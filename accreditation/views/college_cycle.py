"""One cycle before the eyes of the college: where it is, every deadline, who is in it, and what can be done by whom."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from accreditation.database import Database
from accreditation.records import (
    answers,
    clearances,
    cycles,
    evidence_requests,
    invitations,
    jobs,
    people,
    reminders,
    reviewers,
    reviews,
    turns,
)
from accreditation.records.aftermath import Aftermath, aftermath
from accreditation.records.answers import Said
from accreditation.rules.clearance import State, rules_digest
from accreditation.rules.cycle import ENDED, Move, Stage, Transition
from accreditation.rules.moves import allowed
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import ROLE_TABLE, Permission
from accreditation.rules.reminding import may_be_reminded
from accreditation.views import reaching
from accreditation.views.awards import last_day_of_appeal
from accreditation.views.cycles import row_of, waits_for
from accreditation.views.glance import CycleAtAGlance, answers_awaited, put_right_by
from accreditation.views.history import StageEntered, entered
from accreditation.views.looking import Looked, Shown, VisitShown, look, visits_shown
from accreditation.views.open_moves import open_moves
from accreditation.views.reaching import Reached
from accreditation.views.risks import RiskShown, shown_risks
from accreditation.views.unreached import in_cycles


class Due(StrEnum):
    """What there is a time for, besides the stage itself and immediate risks, which say theirs themselves."""

    REQUEST = "request"
    SEAT = "seat"
    SERVICE_ANSWER = "service_answer"
    CONDITION = "condition"
    APPEAL = "appeal"
    AWARD = "award"


class Deadline(Shown):
    """Something else has a time: what, about what (a criterion, a reviewer's name), until when, and whether it is over.

    `by` is a moment, or a day of which all hours are in time.
    """

    what: Due
    about: str
    by: datetime | date
    late: bool


class SeatHeld(Shown):
    """A reviewer of the review team."""

    reviewer: int
    name: str
    title: str
    handed_in_at: datetime | None
    rated: int | None = Field(description="Of how many criteria they have rated so far; null where it is no matter.")
    reached: tuple[Reached, ...] = Field(description="Who signs in as them, where the asker reads of it.")


class Reminded(Shown):
    """Somebody was reminded by a letter, and when."""

    name: str
    at: datetime


class CollegeCycle(CycleAtAGlance):
    """The cycle."""

    checks_accuracy: bool = Field(description="Whether the team checks the report before anything is recommended.")
    stages: tuple[StageEntered, ...] = Field(description="Every stage so far, the first one first.")
    visit: VisitShown | None
    waits_for: str | None
    deadlines: tuple[Deadline, ...] = Field(description="Those that come first in front.")
    criteria: int = Field(description="How many criteria apply to this service.")
    answered: int | None = Field(description="How many of them the team has answered, while it is at that; else null.")
    seats: tuple[SeatHeld, ...]
    leads: tuple[Reached, ...] = Field(description="Who leads the team, where the asker reads who can sign in.")
    to_remind: tuple[str, ...] = Field(description="Whom whoever asks can remind now, by name.")
    reminded: tuple[Reminded, ...] = Field(description="Who was reminded of this cycle, the last first.")
    risks: tuple[RiskShown, ...]
    files_explained: int = Field(description="Files that the team explained, and the office has not answered.")
    held_jobs: int = Field(description="Jobs about this cycle that are held for a person.")
    result: str = Field(description="The title of the outcome that stands; empty where nothing is decided.")
    appeal_reason: str = Field(description="Why the team appeals; empty where it does not.")
    conditions_open: bool
    own: frozenset[Move] = Field(description="What whoever asks can do now.")
    others: tuple[Transition, ...] = Field(description="What others can do now.")
    office_states: bool = Field(description="Whether there are facts that only the college office states.")


def college_cycle(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> CollegeCycle:
    """Where is this cycle, what is due in it and from whom? Raises NotFound, NotPermitted; for the college alone."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.ROUND_READ, cycle_id=cycle_id)
        after = aftermath(session, cycle_id) if looked.now.stage in (Stage.PUBLICATION, Stage.PUBLISHED) else None
        return CollegeCycle(
            **dict(row_of(looked.now, looked.scheme, at=at)), scheme_title=looked.scheme.title,
            round_name=cycles.get_round(session, looked.now.cycle.round_id).name,
            no_way_in=in_cycles(session, principal=principal, several=[looked.now], at=at)[cycle_id],
            answers=answers_awaited(session, [looked.now]).get(cycle_id),
            checks_accuracy=looked.scheme.factual_accuracy is not None,
            stages=entered(looked, cycles.history(session, cycle_id)),
            visit=visits_shown(session, [cycle_id]).get(cycle_id), waits_for=waits_for(looked),
            deadlines=tuple(sorted(_deadlines(looked, after, at), key=_when)), seats=tuple(_seats(looked)),
            criteria=len(looked.applicable), answered=_answered(looked),
            leads=reaching.leads(session, looked.now, principal=principal),
            **_reminding(looked, at), risks=shown_risks(looked, at=at),
            files_explained=_files_explained(looked), held_jobs=_held_jobs(looked),
            result="" if after is None else looked.scheme.outcome(after.stands.outcome).title,
            appeal_open=after is not None and after.appeal_open, put_right_by=put_right_by(after),
            appeal_reason=after.appeal.reason if after is not None and after.appeal is not None else "",
            conditions_open=after is not None and any(not one.met for one in after.asked),
            own=frozenset(one.move for one in open_moves(looked, at=at)),
            others=_others(looked, at),
            office_states=any(one.asked_of == "office" for one in looked.scheme.profile.values()),
        )  # fmt: skip


ABOUT_A_CYCLE = frozenset(kind.value for kind in jobs.Kind if jobs.about(kind) == "cycle")
"""Kinds of jobs whose subject is a cycle."""


def _files_explained(looked: Looked) -> int:
    if looked.now.stage in ENDED:
        return 0
    found = clearances.closed(looked.session, [looked.cycle_id], rules_digest(looked.scheme.evidence_rules))
    return sum(one.state is State.EXPLAINED for _, one in found)


def _held_jobs(looked: Looked) -> int:
    if Permission.JOB_READ not in ROLE_TABLE[looked.principal.role]:
        return 0
    held = jobs.waiting(looked.session, held=True)
    return sum(one.subject == looked.cycle_id and one.kind in ABOUT_A_CYCLE for one in held)


def _when(one: Deadline) -> date:
    return one.by.date() if isinstance(one.by, datetime) else one.by


def _deadlines(looked: Looked, after: Aftermath | None, at: datetime) -> Iterator[Deadline]:
    for asked, ended in evidence_requests.of_cycle(looked.session, looked.cycle_id):
        if ended is None:
            yield Deadline(what=Due.REQUEST, about=asked.criterion, by=asked.due_at, late=at > asked.due_at)
    asked_now = invitations.open_ones(looked.session, cycle_ids=[looked.cycle_id])
    said = invitations.answers(looked.session, [one.id or 0 for one, _ in asked_now]) if asked_now else {}
    for one, who in asked_now:
        for side, until, what in (
            (invitations.Side.REVIEWER, one.reviewer_until, Due.SEAT),
            (invitations.Side.SERVICE, one.service_until, Due.SERVICE_ANSWER),
        ):
            if until is not None and side not in said[one.id or 0]:
                yield Deadline(what=what, about=who.name, by=until, late=at > until)
    if after is not None:
        yield from _after(looked, after, at)


def _after(looked: Looked, after: Aftermath, at: datetime) -> Iterator[Deadline]:
    for condition in after.asked:
        if not condition.met:
            late = at.date() > condition.due_on
            yield Deadline(what=Due.CONDITION, about=", ".join(condition.criteria), by=condition.due_on, late=late)
    until = last_day_of_appeal(looked)
    if until is not None and after.appeal is None and at.date() <= until:
        yield Deadline(what=Due.APPEAL, about="", by=until, late=False)
    if after.stands.valid_until is not None:
        by = after.stands.valid_until
        yield Deadline(what=Due.AWARD, about="", by=by, late=at.date() > by)


def _seats(looked: Looked) -> Iterator[SeatHeld]:
    rows = reviewers.sitting(looked.session, cycle_ids=[looked.cycle_id])
    done = reviews.handed_in(looked.session, [one.id or 0 for one, _ in rows]) if rows else {}
    waits = looked.now.stage in RATING and len(done) < len(rows)
    given = answers.review_ratings(looked.session, [one.id or 0 for one, _ in rows]) if waits else {}
    reached = reaching.reviewers(looked.session, [one.reviewer_id for one, _ in rows], principal=looked.principal)
    for one, who in rows:
        yield SeatHeld(
            reviewer=one.reviewer_id, name=who.name, title=looked.scheme.title_of(one.role),
            handed_in_at=done.get(one.id or 0),
            rated=_said(looked, given[one.id or 0]) if waits and one.id not in done else None,
            reached=reached.get(one.reviewer_id, ()),
        )  # fmt: skip


MOST_REMINDED = 6
"""So many reminders are shown."""


def _reminding(looked: Looked, at: datetime) -> dict[str, tuple[str, ...] | tuple[Reminded, ...]]:
    """Who can be reminded, and was; told to whoever may remind."""
    if Permission.CYCLE_REMIND not in ROLE_TABLE[looked.principal.role]:
        return {"to_remind": (), "reminded": ()}
    turn = turns.whose_turn(looked.session, looked.now, looked.scheme, on=at.date())
    wanted = turn.keys() - reminders.since(looked.session, turn, may_be_reminded(at)) if turn else set()
    before = reminders.of_cycle(looked.session, looked.cycle_id, limit=MOST_REMINDED)
    names = people.details_of(looked.session, {*wanted, *(one.person_id for one in before)})
    return {
        "to_remind": tuple(sorted(names[one].name for one in wanted)),
        "reminded": tuple(Reminded(name=names[one.person_id].name, at=one.at) for one in before),
    }


RATING = frozenset({Stage.ASSIGNMENT, Stage.REVIEW})
"""Stages in which somebody may rate who sits in the review team."""


def _answered(looked: Looked) -> int | None:
    if looked.now.stage not in (Stage.SELF_ASSESSMENT, Stage.EVIDENCE):
        return None
    return _said(looked, answers.self_ratings(looked.session, [looked.cycle_id])[looked.cycle_id])


def _said(looked: Looked, rows: Mapping[str, Said]) -> int:
    """Of how many criteria that apply is anything said?"""
    return sum(one.id in rows and rows[one.id].state != "not_answered" for one in looked.applicable)


def round_of(database: Database, *, principal: Principal, cycle_id: int) -> int:
    """In which round is this cycle, for whoever looks after the engine's jobs? Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.JOB_READ, cycle_id=cycle_id)
        return looked.now.cycle.round_id


def _others(looked: Looked, at: datetime) -> tuple[Transition, ...]:
    """What can others do now, each move once?"""
    who = {role for row in allowed(looked.now.stage) for role in row.by}
    who -= {looked.principal.role, Role.ENGINE, Role.TEAM_MEMBER}  # a lead can do all that a member can
    found = {
        row.move: row
        for role in sorted(who)
        for row in open_moves(replace(looked, principal=_somebody(role, looked)), at=at)
    }
    return tuple(row for row in allowed(looked.now.stage) if row.move in found)


def _somebody(role: Role, looked: Looked) -> Principal:
    team = looked.now.cycle.team_id if role is Role.TEAM_LEAD else None
    return Principal(name=role.words, role=role, team=team)
