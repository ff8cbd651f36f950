"""Invitations, for whoever is asked: a reviewer to sit in a team, a service about the reviewers confirmed for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.records import cycles, editions, invitations, reviewers, teams
from accreditation.records.cycles import CycleNow
from accreditation.records.invitations import Ending, Invitation, InvitationEnd, Said, SeatAnswer, Side
from accreditation.records.reviewers import Assignment, Reviewer
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.model import Scheme
from accreditation.views.looking import Shown, VisitShown, look, visits_shown
from accreditation.views.teams import OrganisationShown, organisation_shown

State = Literal["open", "accepted", "declined", "conflict", "not_answered", "seated", "over"]

STATES: Mapping[Ending, State] = {
    Ending.SEATED: "seated",
    Ending.DECLINED: "declined",
    Ending.CONFLICT: "conflict",
    Ending.SILENT: "not_answered",
}
"""What a reviewer learns of an invitation that ended. Whatever else ended it reads 'over': why is the college's."""


class InvitationShown(Shown):
    """A visit that the reviewer is asked to take on: enough to judge a conflict of interest, no assessment."""

    id: int
    scheme: str
    round: str
    team: str
    organisation: OrganisationShown
    role: str
    title: str
    asked_at: datetime
    answer_until: datetime | None = Field(description="Until when to accept; silence is declining. Null: not asked.")
    review_lasts: str = Field(description="How long the review may take once it begins, as in '6 weeks'.")
    visit: VisitShown | None = Field(description="The days of the visit; null until the office states them.")
    state: State
    reason: str = Field(description="What the reviewer said why, for the college alone.")


class Invitations(Shown):
    """Everything that a reviewer was asked, the newest first."""

    invitations: tuple[InvitationShown, ...]


def own_invitations(database: Database, *, principal: Principal) -> Invitations:
    """Which visits is this reviewer asked to take on, and which were they?"""
    permit(principal, Permission.INVITATION_READ)
    with database.reading() as session:
        rows = invitations.of_reviewer(session, principal.reviewer or 0)
        standing = {now.id: now for now in cycles.several(session, ids={one.cycle_id for one, _ in rows})}
        answers = invitations.answers(session, [one.id or 0 for one, _ in rows])
        rounds = {row.id: row.name for row in cycles.rounds(session)}
        visits = visits_shown(session, standing)
        return Invitations(
            invitations=tuple(
                _invitation(
                    session,
                    one,
                    end,
                    standing[one.cycle_id],
                    answers[one.id or 0].get(Side.REVIEWER),
                    rounds,
                    visits.get(one.cycle_id),
                )
                for one, end in rows
            )
        )


def own_invitation(database: Database, *, principal: Principal, invitation_id: int) -> InvitationShown:
    """One of these. Raises NotFound for an invitation of others, as for one that does not exist."""
    for one in own_invitations(database, principal=principal).invitations:
        if one.id == invitation_id:
            return one
    raise NotFound("There is no such invitation, or it is not yours.")


def _invitation(
    session: Session,
    one: Invitation,
    end: InvitationEnd | None,
    now: CycleNow,
    said: SeatAnswer | None,
    rounds: Mapping[int | None, str],
    visit: VisitShown | None,
) -> InvitationShown:
    scheme = editions.scheme_of(session, now.edition_digest)
    state: State = "open" if said is None else "accepted"
    return InvitationShown(
        id=one.id or 0, scheme=scheme.title, round=rounds[now.cycle.round_id], team=now.team.name,
        organisation=organisation_shown(now.organisation), role=one.role, title=scheme.title_of(one.role),
        asked_at=one.at, answer_until=one.reviewer_until, review_lasts=str(scheme.timetable.review),
        visit=visit,
        state=state if end is None else STATES.get(Ending(end.how), "over"), reason="" if said is None else said.reason,
    )  # fmt: skip


class ReviewerProposed(Shown):
    """A reviewer of the service's review team, confirmed for it or seated in it, by designation, role and employer.

    `answer` is what the service itself said, null until it has; with its own reason.
    """

    reviewer: int
    name: str
    employer: str | None = Field(description="Who employs the reviewer; null for nobody in the field.")
    role: str
    title: str
    answer_until: datetime | None = Field(description="Until when the service is asked; null where it is not.")
    answer: Said | None
    reason: str
    seated: bool = Field(default=False, description="Whether they sit in the review team already.")


class ProposedToService(Shown):
    """The review team that the office confirmed for a cycle, as its service sees it before the review begins."""

    cycle: int
    silence: Literal["no_conflict", "waits"] | None = Field(
        description="What it means when the service says nothing in time; null where it is not asked."
    )
    reviewers: tuple[ReviewerProposed, ...]


def proposed_to_service(database: Database, *, principal: Principal, cycle_id: int) -> ProposedToService:
    """Who is to review this service, and what has it said about them?

    Whoever sits in its team, whoever is asked now, and everybody whom it said it has a conflict with; nothing of what
    the reviewers answered.
    """
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.PROPOSAL_READ, cycle_id=cycle_id)
        people = {one.id or 0: one for one in reviewers.pool(session)}
        employers = teams.names_of_organisations(session)
        asked = [one for one, _ in invitations.open_ones(session, cycle_ids=[cycle_id])]
        over = invitations.over(session, cycle_ids=[cycle_id])
        refused = [one for one, end in over if end.how == Ending.SERVICE_CONFLICT]
        was_asked = {(one.reviewer_id, one.role): one for one, end in over if end.how == Ending.SEATED}
        sitting = [one for one, _ in reviewers.sitting(session, cycle_ids=[cycle_id])]
        said = invitations.answers(session, [one.id or 0 for one in (*asked, *refused, *was_asked.values())])
    shown = [
        _proposed(one, people[one.reviewer_id], employers, looked.scheme, said[one.id or 0].get(Side.SERVICE))
        for one in sorted((*asked, *refused), key=lambda one: one.id or 0)
    ]
    for seat in sitting:
        before = was_asked.get((seat.reviewer_id, seat.role))
        answer = None if before is None else said[before.id or 0].get(Side.SERVICE)
        one = _proposed(seat, people[seat.reviewer_id], employers, looked.scheme, answer)
        shown.append(one.model_copy(update={"seated": True}))
    rules = looked.scheme.assignment.service_answers
    return ProposedToService(
        cycle=cycle_id,
        silence=None if rules is None else rules.silence,
        reviewers=tuple(sorted(shown, key=lambda one: (one.role, one.reviewer))),
    )


def _proposed(
    one: Invitation | Assignment, who: Reviewer, employers: Mapping[int, str], scheme: Scheme, said: SeatAnswer | None
) -> ReviewerProposed:
    return ReviewerProposed(
        reviewer=one.reviewer_id, name=who.name, employer=employers.get(who.organisation_id or 0), role=one.role,
        title=scheme.title_of(one.role), answer_until=one.service_until if isinstance(one, Invitation) else None,
        answer=None if said is None else Said(said.said), reason="" if said is None else said.reason,
    )  # fmt: skip
