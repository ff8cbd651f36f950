"""The proposal of a round, for the college office: teams, why each sits there, what is empty, who answered what."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.records import cycles, editions, invitations, proposals, reviewers, teams
from accreditation.records.conflicts_since import conflicts_since
from accreditation.records.cycles import CycleNow
from accreditation.records.engagements import at_two_visits
from accreditation.records.proposals import Proposal
from accreditation.records.proposed_teams import ProposedTeam, as_proposed, proposed_teams
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.proposing import Content, grouped
from accreditation.views.filling import FiguresShown, figures_shown
from accreditation.views.looking import Shown
from accreditation.views.proposed_seats import Seating, TeamProposed


class ProposalShown(Shown):
    """The newest proposal of a round, for every cycle that waits for a review team which the office confirms."""

    round: int
    number: int
    at: datetime
    by: str
    figures: FiguresShown
    proven: bool = Field(
        description="Whether it is proven that no other teams are better; of the worst-off team where no seat is empty."
    )
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
    standing = proposed_teams(session, round_id=round_id, several=waiting)
    return _shown(session, row, content, waiting, standing, live=True)


def as_it_was(session: Session, row: Proposal) -> ProposalShown:
    """A proposal in whose place another stands: who was proposed then, and nothing of what came of it."""
    content = proposals.content_of(session, row)
    then = cycles.several(session, ids=content.cycles)
    seats, empty = grouped(content.seats), grouped(content.empty)
    standing = {now.id: as_proposed(seats.get(now.id, ()), empty.get(now.id, ())) for now in then}
    return _shown(session, row, content, then, standing, live=False)


def _shown(
    session: Session, row: Proposal, content: Content, several: Sequence[CycleNow],
    standing: Mapping[int, ProposedTeam], *, live: bool,
) -> ProposalShown:  # fmt: skip
    ids = [now.id for now in several if live]
    over = invitations.over(session, cycle_ids=ids)
    shown = Seating(
        people={one.id or 0: one for one in reviewers.pool(session)},
        employers=teams.names_of_organisations(session),
        over=over,
        answers=invitations.answers(session, [one.id or 0 for one, _ in over]),
        since=conflicts_since(session, ids),
        at_two=at_two_visits(session, ids),
        set_aside=proposals.wishes_of(row).set_aside,
    )
    return ProposalShown(
        round=row.round_id, number=row.number, at=row.at, by=row.by, figures=figures_shown(content.figures),
        proven=content.proven, blocks=content.blocks, ways_out=content.ways_out,
        teams=tuple(
            shown.team(now, standing[now.id], _titles(session, now)) for now in several
        ),
    )  # fmt: skip


def _titles(session: Session, now: CycleNow) -> dict[str, str]:
    return {seat.role: seat.title for seat in editions.scheme_of(session, now.edition_digest).review_team}
