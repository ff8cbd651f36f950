"""Every cycle's stage at a glance: where each stands, whose turn it is and since when, what is late, what waits."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.records import aftermath, cycles, editions, glance
from accreditation.records.aftermath import Aftermath
from accreditation.records.answering import answering
from accreditation.records.cycles import CycleNow, Round
from accreditation.records.glance import Sought
from accreditation.records.invitations import Side
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Reach
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.cycles import CycleRow, row_of
from accreditation.views.lateness import late_by
from accreditation.views.looking import Shown
from accreditation.views.office_desk import Desk, desk_of
from accreditation.views.unreached import NoWayIn, Who, in_cycles, nobody_decides

ON_A_PAGE = 50


class Awaited(Shown):
    """The office confirmed the review team, and the turn is of whoever is asked about it; of nobody: the engine's."""

    since: datetime
    of: frozenset[Side]


class CycleAtAGlance(CycleRow):
    """A cycle in the list."""

    scheme_title: str
    round_name: str
    appeal_open: bool = Field(description="Whether the team appeals and waits for an answer.")
    put_right_by: date | None = Field(description="By when the next condition of the result is to be met, if one is.")
    no_way_in: tuple[NoWayIn, ...] = Field(default=(), description="Whose turn it is and who cannot sign in.")
    answers: Awaited | None = Field(default=None, description="What is awaited where the whole review team is asked.")


class StageCounted(Shown):
    """So many cycles of the list are in this stage, so many of them late."""

    stage: Stage
    number: int
    late: int


class RoundNamed(Shown):
    """A round that one can choose."""

    id: int
    name: str
    scheme: str
    scheme_title: str


class Asked(Shown):
    """What the list is asked for. `words` stand in the name of a team or of its organisation."""

    words: str = ""
    scheme: str = ""
    round: int | None = None
    stage: Stage | None = None
    late: bool = False
    page: int = 1

    @property
    def asks(self) -> bool:
        """Is it asked for less than everything?"""
        return bool(self.words or self.scheme or self.round or self.stage or self.late)


class Glance(Shown):
    """A page of the list."""

    items: tuple[CycleAtAGlance, ...]
    total: int
    page: int
    pages: int
    stages: tuple[StageCounted, ...] = Field(description="Of all that is asked for but the stage and being late.")
    rounds: tuple[RoundNamed, ...] = Field(description="What can be chosen, the newest first.")
    desk: Desk | None = Field(description="What waits, where everything is asked for, on the first page.")
    any_scheme: bool = Field(description="Whether a scheme is published, on which a round could be opened.")


def at_a_glance(database: Database, *, principal: Principal, reach: Reach, asked: Asked, at: datetime) -> Glance:
    """Where does each cycle stand that is asked for, as far as this principal's role reaches? For the college alone."""
    permit(principal, Permission.ROUND_READ)
    with database.reading() as session:
        rounds = [row for row in cycles.rounds(session) if reach.has(scheme=row.scheme, round=row.id or 0)]
        sought = _sought(asked, reach)
        late = late_by(session, sought, at=at)
        counts = glance.counted(session, sought, late=late.spans, late_too=late.ids)
        chosen = [one for stage, one in counts.items() if asked.stage in (None, stage)]
        total = sum(one.late if asked.late else one.number for one in chosen)
        pages = max(1, -(-total // ON_A_PAGE))
        page = min(asked.page, pages)
        ids = glance.part(
            session, sought, stage=asked.stage, late=late.spans, late_too=late.ids, late_only=asked.late,
            offset=(page - 1) * ON_A_PAGE, limit=ON_A_PAGE,
        )  # fmt: skip
        names = {row.id or 0: row.name for row in rounds}
        whole = not asked.asks and page == 1
        nobody = nobody_decides(session, principal=principal, rounds=names, at=at) if whole else None
        return Glance(
            items=items(session, ids, rounds, at, principal, nobody), total=total, page=page, pages=pages,
            stages=tuple(
                StageCounted(stage=stage, number=counts[stage].number, late=counts[stage].late)
                for stage in Stage
                if stage in counts
            ),
            rounds=tuple(_named(session, row) for row in rounds),
            desk=None
            if nobody is None
            else desk_of(session, principal=principal, rounds=names, nobody=nobody, at=at),
            any_scheme=bool(rounds) or bool(editions.all_of(session)),
        )  # fmt: skip


def _sought(asked: Asked, reach: Reach) -> Sought:
    return Sought(
        words=asked.words, scheme=asked.scheme or None, round=asked.round,
        schemes=None if reach.whole else reach.schemes, rounds=None if reach.whole else reach.rounds,
    )  # fmt: skip


def items(
    session: Session, ids: list[int], rounds: list[Round], at: datetime, principal: Principal,
    nobody: Mapping[int, Who] | None = None,
) -> tuple[CycleAtAGlance, ...]:  # fmt: skip
    """These cycles, in this order, as far as they are of these rounds."""
    found = {now.id: now for now in cycles.several(session, ids=ids)} if ids else {}
    names = {row.id: row.name for row in rounds}
    missing = in_cycles(session, principal=principal, several=found.values(), at=at, nobody=nobody)
    after = aftermath.unfinished(session, [now.id for now in found.values() if now.stage is Stage.PUBLISHED])
    awaited = answers_awaited(session, found.values())
    return tuple(
        CycleAtAGlance(
            **dict(row_of(found[one], scheme, at=at)), scheme_title=scheme.title,
            appeal_open=one in after and after[one].appeal_open, put_right_by=put_right_by(after.get(one)),
            round_name=names[found[one].cycle.round_id], no_way_in=missing[one],
            answers=awaited.get(one),
        )
        for one in ids
        if found[one].cycle.round_id in names
        for scheme in [editions.scheme_of(session, found[one].edition_digest)]
    )  # fmt: skip


def answers_awaited(session: Session, several: Iterable[CycleNow]) -> dict[int, Awaited]:
    """In which of these cycles is the whole review team asked, so that nothing is left for the office?"""
    waiting = [now.id for now in several if now.stage is Stage.ASSIGNMENT]
    found = answering(session, waiting) if waiting else {}
    return {cycle: Awaited(since=one.since, of=one.sides) for cycle, one in found.items()}


def put_right_by(after: Aftermath | None) -> date | None:
    """By when is the next condition to be met that stands and is not, if there is one?"""
    return min((one.due_on for one in after.asked if not one.met), default=None) if after is not None else None


def _named(session: Session, row: Round) -> RoundNamed:
    title = editions.scheme_of(session, row.edition_digest).title
    return RoundNamed(id=row.id or 0, name=row.name, scheme=row.scheme, scheme_title=title)
