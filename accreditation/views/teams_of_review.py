"""Who sits in a review team, and why."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel, Field

from accreditation.database import Database, Session
from accreditation.records import proposals, reviewers, reviews, settlers
from accreditation.records.conflicts_since import conflicts_since
from accreditation.records.engagements import at_two_visits
from accreditation.records.reviewers import Assignment, Reviewer
from accreditation.records.settlers import Settlers
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.seats import AFTER_REVIEW

SETTLES = (Stage.CONSENSUS, Stage.FACTUAL_ACCURACY)
"""Where there is something to settle or to answer, so that a conflict of interest of whoever does is looked for."""


class Member(BaseModel):
    """One reviewer of a review team."""

    reviewer: str
    reviewer_id: int
    role: str
    why: str
    since: datetime
    handed_in: bool


def review_team(session: Session, cycle_id: int) -> list[Member]:
    """Who sits in the review team of this cycle now?"""
    rows = reviewers.sitting(session, cycle_ids=[cycle_id])
    done = _handed_in(session, rows)
    return [
        Member(
            reviewer=reviewer.name, reviewer_id=reviewer.id or 0, role=assignment.role, why=assignment.why,
            since=assignment.at, handed_in=assignment.id in done,
        )
        for assignment, reviewer in rows
    ]  # fmt: skip


def _handed_in(session: Session, rows: Sequence[tuple[Assignment, Reviewer]]) -> Mapping[int, datetime]:
    return reviews.handed_in(session, [assignment.id or 0 for assignment, _ in rows])


class Seat(Shown):
    """One reviewer of a review team. `handed_in` is null where the asker may not know.

    `warning` says that a conflict of interest came to be known after the review was handed in, or that they are at
    another visit on a day of this one.
    """

    reviewer: int
    name: str
    role: str
    title: str
    why: str
    since: datetime
    handed_in: bool | None
    warning: str = Field(default="", description="For the college alone, and empty where there is nothing to warn of.")
    set_aside: str = Field(default="", description="Which rules the office set aside and why, for the college alone.")


class SettlerShown(Shown):
    """Somebody who settles what the reviewers differ on. A clinical team is told the role alone."""

    role: str
    title: str
    reviewer: int | None
    name: str | None
    since: datetime | None
    appointed: bool | None = Field(description="Whether the college office appointed them; else they do by their role.")
    reason: str | None = Field(description="Why they were appointed, for the college alone.")


class ReviewTeam(Shown):
    """Who sits in the review team of a cycle; empty until one is found."""

    cycle: int
    seats: tuple[Seat, ...]
    settlers: tuple[SettlerShown, ...] = Field(description="Who settles now what the reviewers differ on.")
    settler_version: int | None = Field(
        description="The `seen_version` that the next appointment must carry; null to all but the college."
    )


def seats_of(database: Database, *, principal: Principal, cycle_id: int) -> ReviewTeam:
    """Who sits in this cycle's review team? Who has handed in is told to the college and to those who have."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.CYCLE_READ, cycle_id=cycle_id)
        rows = reviewers.sitting(session, cycle_ids=[cycle_id])
        done = _done(looked, rows)
        settling = settlers.who_settles(
            session, cycle_id=cycle_id, scheme=looked.scheme, sitting=rows, any_left=looked.now.stage in SETTLES
        )
        since = conflicts_since(session, [cycle_id]) if looked.by_college else {}
        at_two = at_two_visits(session, [cycle_id]) if looked.by_college else {}
        aside = _set_aside(looked) if looked.by_college else {}
    return ReviewTeam(
        cycle=cycle_id,
        seats=tuple(
            Seat(
                reviewer=one.reviewer_id, name=who.name, role=one.role, title=looked.scheme.title_of(one.role),
                why=since.get((cycle_id, one.reviewer_id), one.why), since=one.at,
                handed_in=None if done is None else one.id in done,
                warning="; ".join(
                    said[cycle_id, one.reviewer_id] for said in (since, at_two) if (cycle_id, one.reviewer_id) in said
                ),
                set_aside=aside.get((cycle_id, one.reviewer_id), ""),
            )
            for one, who in rows
        ),
        settlers=_settlers(looked, settling),
        settler_version=settling.version if looked.by_college else None,
    )  # fmt: skip


def _set_aside(looked: Looked) -> Mapping[tuple[int, int], str]:
    """(cycle, reviewer) -> which rules the office set aside for their seat, and why: for the college alone."""
    return proposals.wishes_of(proposals.newest(looked.session, looked.now.cycle.round_id)).set_aside


def _settlers(looked: Looked, settling: Settlers) -> tuple[SettlerShown, ...]:
    """Who settles, as far as the asker may know: the college with the reason, reviewers by name, others the role."""
    named = looked.by_college or looked.principal.role is Role.REVIEWER
    stands = settling.appointment
    return tuple(
        SettlerShown(
            role=seat.role,
            title=looked.scheme.title_of(seat.role),
            reviewer=seat.reviewer_id if named else None,
            name=who.name if named else None,
            since=settling.since(seat) if named else None,
            appointed=stands is not None if named else None,
            reason=stands.reason if stands is not None and looked.by_college else None,
        )
        for seat, who in settling.seats
    )


def _done(looked: Looked, rows: Sequence[tuple[Assignment, Reviewer]]) -> Mapping[int, datetime] | None:
    """Which seats are handed in? None where the asker may not know yet; then it is not read either."""
    if looked.by_college or _all_are_in(looked):
        return _handed_in(looked.session, rows)
    own = [one for one in rows if one[0].reviewer_id == looked.principal.reviewer]
    if looked.principal.role is not Role.REVIEWER or not _handed_in(looked.session, own):
        return None
    return _handed_in(looked.session, rows)


def _all_are_in(looked: Looked) -> bool:
    """Does a reviewer, or whoever observes, ask once the review is over? Then everybody has handed in."""
    return looked.principal.role is Role.REVIEWER and looked.now.stage in AFTER_REVIEW
