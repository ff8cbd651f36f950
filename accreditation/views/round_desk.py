"""The college's rounds at a glance, and one with its cycles: which stages they are in, what waits for the office."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.records import cycles, directory, editions, proposals
from accreditation.records.cycles import Round
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import WHOLE, Reach
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.cycles import CycleRow, cycles_of
from accreditation.views.looking import Page, Part, Shown, part
from accreditation.views.round_edition import InTime, in_time
from accreditation.views.round_list import RoundRow
from accreditation.views.teams import TeamRow, team_row
from accreditation.views.unreached import NoWayIn, in_cycles


class RoundAtAGlance(RoundRow):
    """A round with the names of its scheme and edition, and how many of its cycles are in each stage."""

    title: str
    edition: str
    stages: dict[Stage, int]

    @property
    def cycles(self) -> int:
        """How many teams take part, or took part."""
        return sum(self.stages.values())


class RoundDesk(RoundAtAGlance):
    """A round as the office works on it. `rows` are its cycles (in one stage), a part of them."""

    in_time: InTime
    confirms: bool = Field(description="Whether the college office confirms its review teams, and not the engine.")
    proposal: int | None = Field(description="The number of the proposal that stands; null where there is none.")
    rows: Page[CycleRow]
    no_way_in: dict[int, tuple[NoWayIn, ...]] = Field(description="Cycle -> whose turn it is and who cannot sign in.")


class Candidates(Shown):
    """Teams that do not take part in a round yet, as far as the words fit."""

    round: RoundAtAGlance
    in_time: InTime
    teams: Part[TeamRow]


def rounds_at_a_glance(
    database: Database, *, principal: Principal, reach: Reach = WHOLE
) -> tuple[RoundAtAGlance, ...]:  # fmt: skip
    """Which rounds are there, as far as somebody's roles reach, the newest first?"""
    permit(principal, Permission.ROUND_READ)
    with database.reading() as session:
        counts = cycles.counts_by_round(session)
        names = editions.names(session)
        return tuple(
            _glance(row, counts.get(row.id or 0, {}), *names[row.edition_digest])
            for row in cycles.rounds(session)
            if reach.has(scheme=row.scheme, round=row.id or 0)
        )


def round_desk(
    database: Database, *, principal: Principal, round_id: int, stage: Stage | None, after: int, limit: int,
    at: datetime,
) -> RoundDesk:  # fmt: skip
    """Where do the cycles of this round stand, and what is to be done about it? Raises NotFound."""
    permit(principal, Permission.ROUND_READ)
    with database.reading() as session:
        found = glance_at(session, round_id)
        scheme = editions.scheme_of(session, found.edition_digest)
        newest = proposals.newest(session, round_id)
        since = in_time(session, found.edition_digest)
    rows = cycles_of(
        database, principal=principal, stage=stage, round_id=round_id, after=after, limit=limit, at=at
    )  # fmt: skip
    with database.reading() as session:
        listed = cycles.several(session, ids=[one.id for one in rows.items]) if rows.items else []
        missing = in_cycles(session, principal=principal, several=listed, at=at)
    return RoundDesk(
        **dict(found), in_time=since, no_way_in=missing, confirms=scheme.assignment.confirmed_by == "office",
        proposal=None if newest is None else newest.number, rows=rows,
    )  # fmt: skip


def round_named(database: Database, *, principal: Principal, round_id: int) -> RoundAtAGlance:
    """What is this round called, and where do its cycles stand? Raises NotFound."""
    permit(principal, Permission.ROUND_READ)
    with database.reading() as session:
        return glance_at(session, round_id)


def round_of_name(database: Database, *, principal: Principal, digest: str, name: str) -> int | None:
    """Which round of this edition's scheme is called so already, if one is? Raises NotFound for no such edition."""
    permit(principal, Permission.ROUND_READ)
    with database.reading() as session:
        found = cycles.round_named(session, scheme=editions.get(session, digest).scheme, name=name.strip())
    return None if found is None else found.id


def candidates(
    database: Database, *, principal: Principal, round_id: int, words: str, page: int, size: int
) -> Candidates:  # fmt: skip
    """Which teams fit these words and do not take part in this round yet? Raises NotFound."""
    permit(principal, Permission.CYCLE_ENROL)
    with database.reading() as session:
        found = glance_at(session, round_id)
        rows, total = directory.teams(session, words, skip=(page - 1) * size, limit=size, outside=round_id)
        since = in_time(session, found.edition_digest)
    return Candidates(
        round=found, in_time=since, teams=part([team_row(*row) for row in rows], page=page, size=size, total=total)
    )


def glance_at(session: Session, round_id: int) -> RoundAtAGlance:
    """The same inside the caller's session, who has seen to it that this may be shown."""
    row = cycles.get_round(session, round_id)
    return _glance(row, cycles.stage_counts(session, round_id), *editions.names(session)[row.edition_digest])


def _glance(row: Round, stages: Mapping[Stage, int], title: str, edition: str) -> RoundAtAGlance:
    return RoundAtAGlance(
        id=row.id or 0, scheme=row.scheme, name=row.name, edition_digest=row.edition_digest, opened_at=row.opened_at,
        title=title, edition=edition, stages={one: stages[one] for one in Stage if one in stages},
    )  # fmt: skip
