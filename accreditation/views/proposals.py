"""The proposal of a round, for the college office: teams, why each sits there, what is empty, who answered what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.records import cycles, editions, invitations, proposals, reviewers, teams
from accreditation.records.conflicts_since import conflicts_since
from accreditation.records.cycles import CycleNow
from accreditation.records.invitations import Ending, Invitation, InvitationEnd, Said, SeatAnswer, Side
from accreditation.records.proposed_teams import ProposedTeam, proposed_teams
from accreditation.records.reviewers import Reviewer
from accreditation.rules.cycle import Stage
from accreditation.rules.matching import Figures, Unfilled
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.proposed import How, ProposedSeat
from accreditation.rules.proposing import Effect
from accreditation.views.looking import Shown
from accreditation.views.teams import OrganisationShown, TeamShown, organisation_shown, team_shown


class FiguresShown(Shown):
    """How good the teams are. Fits are in millionths of one person's best; a bound is what no answer can exceed."""

    seats: int
    filled: int
    worst: int = Field(description="The fit of the worst-off team: the sum over its members.")
    worst_bound: int
    total: int
    total_bound: int
    travel: int = Field(description="Minutes, one way, of all whose way is known.")


class AnswerShown(Shown):
    """What a side answered, and why; the reason is for the college and whoever gave it."""

    said: Said
    reason: str
    by: str
    at: datetime


class SeatShown(Shown):
    """Somebody in a proposed team. `stands` is what they are there: proposed, asked, or seated already."""

    reviewer: int
    name: str
    employer: str | None
    role: str
    title: str
    why: str
    how: How
    warning: str = Field(default="", description="That a conflict came to be known after they handed in, if it did.")
    stands: str
    service_until: datetime | None = None
    reviewer_until: datetime | None = None
    service_answer: AnswerShown | None = None
    reviewer_answer: AnswerShown | None = None


class EmptyShown(Shown):
    """A seat that nobody is found for: how many are missing, and what blocks and what would help."""

    role: str
    title: str
    missing: int
    why: str


class OverShown(Shown):
    """Somebody who was asked and is not any more, and how that came."""

    reviewer: int
    name: str
    role: str
    how: Ending
    at: datetime
    service_answer: AnswerShown | None
    reviewer_answer: AnswerShown | None


class TeamProposed(Shown):
    """The proposed team of one cycle. `lacking` says what is missing before its review may begin."""

    cycle: int
    team: TeamShown
    organisation: OrganisationShown
    confirmed: bool
    lacking: tuple[str, ...]
    seats: tuple[SeatShown, ...]
    empty: tuple[EmptyShown, ...]
    over: tuple[OverShown, ...]


class ProposalShown(Shown):
    """The newest proposal of a round, for every cycle that waits for a review team which the office confirms."""

    round: int
    number: int
    at: datetime
    by: str
    figures: FiguresShown
    proven: bool = Field(description="Whether it is proven that no other teams are better.")
    blocks: tuple[str, ...] = Field(description="Which seats lack whom, and why, over the whole round.")
    ways_out: tuple[str, ...] = Field(description="What would fill empty seats; each was tried by solving again.")
    teams: tuple[TeamProposed, ...]


def round_proposal(database: Database, *, principal: Principal, round_id: int) -> ProposalShown:
    """What is proposed for this round's teams, and how does each stand? Raises NotFound where nothing is proposed."""
    permit(principal, Permission.REVIEW_ASSIGN)
    with database.reading() as session:
        return proposal_shown(session, round_id)


def proposal_shown(session: Session, round_id: int) -> ProposalShown:
    """The same inside the caller's session, who has seen to it that this may be shown."""
    cycles.get_round(session, round_id)
    row = proposals.newest(session, round_id)
    if row is None:
        raise NotFound(f"Nothing is proposed for round {round_id} yet.")
    content = proposals.content_of(session, row)
    waiting = cycles.several(session, ids=content.cycles, stages=[Stage.ASSIGNMENT])
    ids = [now.id for now in waiting]
    standing = proposed_teams(session, round_id=round_id, several=waiting)
    over = invitations.over(session, cycle_ids=ids)
    shown = _Shown(
        people={one.id or 0: one for one in reviewers.pool(session)},
        employers=teams.names_of_organisations(session),
        over=over,
        answers=invitations.answers(session, [one.id or 0 for one, _ in over]),
        since=conflicts_since(session, ids),
    )
    return ProposalShown(
        round=round_id, number=row.number, at=row.at, by=row.by, figures=figures_shown(content.figures),
        proven=content.proven, blocks=content.blocks, ways_out=content.ways_out,
        teams=tuple(
            shown.team(now, standing[now.id], _titles(session, now)) for now in waiting
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What is needed to show teams: who the reviewers are, and what is over."""

    people: Mapping[int, Reviewer]
    employers: Mapping[int, str]
    over: Sequence[tuple[Invitation, InvitationEnd]]
    answers: Mapping[int, Mapping[Side, SeatAnswer]]
    since: Mapping[tuple[int, int], str]

    def team(self, now: CycleNow, standing: ProposedTeam, titles: Mapping[str, str]) -> TeamProposed:
        """One team as it is shown."""
        return TeamProposed(
            cycle=now.id, team=team_shown(now.team), organisation=organisation_shown(now.organisation),
            confirmed=standing.confirmed, lacking=standing.lacking,
            seats=tuple(self.seat(one, standing, titles) for one in standing.seats),
            empty=tuple(empty_shown(one, titles) for one in standing.empty),
            over=tuple(self.ended(*one) for one in self.over if one[0].cycle_id == now.id and one[1].how != "seated"),
        )  # fmt: skip

    def seat(self, one: ProposedSeat, standing: ProposedTeam, titles: Mapping[str, str]) -> SeatShown:
        """One seat as it is shown, with what is answered about it."""
        asked = next(
            (row for row, _ in standing.asked if (row.reviewer_id, row.role) == (one.reviewer, one.role)), None
        )
        sits = any((row.reviewer_id, row.role) == (one.reviewer, one.role) for row, _ in standing.sitting)
        said = {} if asked is None else standing.answers[asked.id or 0]
        person, warning = self.people[one.reviewer], self.since.get((one.cycle, one.reviewer), "")
        return SeatShown(
            reviewer=one.reviewer, name=person.name, employer=self.employers.get(person.organisation_id or 0),
            role=one.role, title=titles.get(one.role, one.role), why=warning or one.why,
            how=one.how, warning=warning,
            stands="seated" if sits else "proposed" if asked is None else "asked",
            service_until=None if asked is None else asked.service_until,
            reviewer_until=None if asked is None else asked.reviewer_until,
            service_answer=answer_shown(said.get(Side.SERVICE)), reviewer_answer=answer_shown(said.get(Side.REVIEWER)),
        )  # fmt: skip

    def ended(self, one: Invitation, end: InvitationEnd) -> OverShown:
        """Somebody who is asked no more."""
        said = self.answers[one.id or 0]
        return OverShown(
            reviewer=one.reviewer_id, name=self.people[one.reviewer_id].name, role=one.role, how=Ending(end.how),
            at=end.at, service_answer=answer_shown(said.get(Side.SERVICE)),
            reviewer_answer=answer_shown(said.get(Side.REVIEWER)),
        )  # fmt: skip


def answer_shown(row: SeatAnswer | None) -> AnswerShown | None:
    """An answer as it is shown to whoever may see its reason."""
    return None if row is None else AnswerShown(said=Said(row.said), reason=row.reason, by=row.by, at=row.at)


def empty_shown(one: Unfilled, titles: Mapping[str, str]) -> EmptyShown:
    """An empty seat as it is shown."""
    return EmptyShown(role=one.role, title=titles.get(one.role, one.role), missing=one.missing, why=one.why)


def figures_shown(one: Figures) -> FiguresShown:
    """Figures as they are shown."""
    return FiguresShown(
        seats=one.seats, filled=one.filled, worst=one.worst, worst_bound=one.worst_bound, total=one.total,
        total_bound=one.total_bound, travel=one.travel,
    )  # fmt: skip


def _titles(session: Session, now: CycleNow) -> dict[str, str]:
    return {seat.role: seat.title for seat in editions.scheme_of(session, now.edition_digest).review_team}


class SeatChange(Shown):
    """Somebody who comes to a seat, or loses it."""

    cycle: int
    team: str
    reviewer: int
    name: str
    role: str
    how: How | None = Field(description="How they come to it; null where they lose it.")


class EmptySeat(EmptyShown):
    """An empty seat of a team that is named."""

    cycle: int
    team: str


class EffectShown(Shown):
    """What a change does. `hindrances` say why it cannot be; `given_up` are people confirmed before who lose a seat.

    Where there are hindrances nothing is worked out: `before`, `after` and `proven` are null.
    """

    hindrances: tuple[str, ...]
    coming: tuple[SeatChange, ...]
    leaving: tuple[SeatChange, ...]
    given_up: tuple[SeatChange, ...]
    empty_before: tuple[EmptySeat, ...]
    empty_after: tuple[EmptySeat, ...]
    before: FiguresShown | None
    after: FiguresShown | None
    proven: bool | None


def effect_shown(database: Database, *, principal: Principal, effect: Effect) -> EffectShown:
    """This effect with everybody's name."""
    permit(principal, Permission.REVIEW_ASSIGN)
    with database.reading() as session:
        people = {one.id or 0: one.name for one in reviewers.pool(session)}
        concerned = {one.cycle for one in (*effect.coming, *effect.leaving)} | {one.cycle for one in effect.given_up}
        named = {now.id: now.team.name for now in cycles.several(session, ids=concerned)}

    def change(cycle: int, reviewer: int, role: str, how: How | None) -> SeatChange:
        return SeatChange(cycle=cycle, team=named[cycle], reviewer=reviewer, name=people[reviewer], role=role, how=how)

    return EffectShown(
        hindrances=effect.hindrances,
        coming=tuple(change(one.cycle, one.reviewer, one.role, one.how) for one in effect.coming),
        leaving=tuple(change(one.cycle, one.reviewer, one.role, None) for one in effect.leaving),
        given_up=tuple(change(one.cycle, one.reviewer, one.role, None) for one in effect.given_up),
        empty_before=tuple(_empty_seat(one) for one in effect.empty_before),
        empty_after=tuple(_empty_seat(one) for one in effect.empty_after),
        before=None if effect.hindrances else figures_shown(effect.before),
        after=None if effect.hindrances else figures_shown(effect.after),
        proven=None if effect.hindrances else effect.proven,
    )  # fmt: skip


def _empty_seat(one: Unfilled) -> EmptySeat:
    return EmptySeat(
        cycle=one.cycle, team=one.team_name, role=one.role, title=one.role.replace("_", " "), missing=one.missing,
        why=one.why,
    )  # fmt: skip
