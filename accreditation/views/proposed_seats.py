"""The seats of a proposed review team, for the college office: who, why, what was set aside, who answered what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from accreditation.records.cycles import CycleNow
from accreditation.records.invitations import Ending, Invitation, InvitationEnd, Said, SeatAnswer, Side
from accreditation.records.proposed_teams import ProposedTeam
from accreditation.records.reviewers import Reviewer
from accreditation.rules.proposed import How, ProposedSeat
from accreditation.views.filling import EmptyShown, empty_shown
from accreditation.views.looking import Shown
from accreditation.views.teams import OrganisationShown, TeamShown, organisation_shown, team_shown


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
    warning: str = Field(
        default="", description="That a conflict came to be known after they handed in; that they are elsewhere then."
    )
    set_aside: str = Field(default="", description="Which rules the office set aside for this seat, and why.")
    stands: str
    service_until: datetime | None = None
    reviewer_until: datetime | None = None
    service_answer: AnswerShown | None = None
    reviewer_answer: AnswerShown | None = None


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
    no_longer: tuple[str, ...] = Field(
        description="Who sits in the team or is asked to, and is not in the proposed team: confirming it ends that."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """What is needed to show teams: who the reviewers are, what is over, and what was set aside."""

    people: Mapping[int, Reviewer]
    employers: Mapping[int, str]
    over: Sequence[tuple[Invitation, InvitationEnd]]
    answers: Mapping[int, Mapping[Side, SeatAnswer]]
    since: Mapping[tuple[int, int], str]
    at_two: Mapping[tuple[int, int], str]
    set_aside: Mapping[tuple[int, int], str]

    def team(self, now: CycleNow, standing: ProposedTeam, titles: Mapping[str, str]) -> TeamProposed:
        """One team as it is shown."""
        return TeamProposed(
            cycle=now.id, team=team_shown(now.team), organisation=organisation_shown(now.organisation),
            confirmed=standing.confirmed, lacking=standing.lacking,
            seats=tuple(self.seat(one, standing, titles) for one in standing.seats),
            empty=tuple(empty_shown(one, titles) for one in standing.empty),
            over=tuple(self.ended(*one) for one in self.over if one[0].cycle_id == now.id and one[1].how != "seated"),
            no_longer=_no_longer(standing),
        )  # fmt: skip

    def seat(self, one: ProposedSeat, standing: ProposedTeam, titles: Mapping[str, str]) -> SeatShown:
        """One seat as it is shown, with what is answered about it."""
        asked = next(
            (row for row, _ in standing.asked if (row.reviewer_id, row.role) == (one.reviewer, one.role)), None
        )
        sits = any((row.reviewer_id, row.role) == (one.reviewer, one.role) for row, _ in standing.sitting)
        said = {} if asked is None else standing.answers[asked.id or 0]
        person, here = self.people[one.reviewer], (one.cycle, one.reviewer)
        warnings = [told[here] for told in (self.since, self.at_two) if here in told]
        return SeatShown(
            reviewer=one.reviewer, name=person.name, employer=self.employers.get(person.organisation_id or 0),
            role=one.role, title=titles.get(one.role, one.role), why=self.since.get(here, one.why),
            how=one.how, warning="; ".join(warnings), set_aside=self.set_aside.get(here, ""),
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


def _no_longer(standing: ProposedTeam) -> tuple[str, ...]:
    proposed = {(one.reviewer, one.role) for one in standing.seats}
    stand = {(one.reviewer_id, one.role): who.name for one, who in standing.sitting}
    stand |= {(one.reviewer_id, one.role): who.name for one, who in standing.asked}
    return tuple(name for seat, name in stand.items() if seat not in proposed)


def answer_shown(row: SeatAnswer | None) -> AnswerShown | None:
    """An answer as it is shown to whoever may see its reason."""
    return None if row is None else AnswerShown(said=Said(row.said), reason=row.reason, by=row.by, at=row.at)
