"""Reviews: a reviewer's own, and all of them side by side, for those who may see them by now."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records import answers, reviews
from accreditation.records.answers import ReviewRating
from accreditation.records.reviewers import Assignment, Reviewer
from accreditation.records.reviews import Settlement
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.views.criteria import CriterionNamed, named
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.seats import AFTER_REVIEW, own_seat, seats_seen


class ReviewedCriterion(CriterionNamed):
    """A criterion with the reviewer's own rating. `version` is what the next rating must have seen."""

    answer: Answer
    version: int = Field(description="The `seen_version` that the next rating must carry; 0 where nothing is there.")


class OwnReview(Shown):
    """What the asking reviewer rated in a cycle. `handed_in_at` is null until they hand in."""

    cycle: int
    role: str
    observes: bool = Field(description="Whether the seat is one for watching: it reads, and rates nothing.")
    handed_in_at: datetime | None
    to_rate: tuple[str, ...] = Field(description="Criteria that are not rated yet; empty for a seat that observes.")
    criteria: tuple[ReviewedCriterion, ...]


class ReviewerSeen(Shown):
    """A reviewer whose ratings are shown."""

    reviewer: int
    name: str
    role: str
    handed_in_at: datetime | None


class RatingSeen(Shown):
    """One reviewer's rating of a criterion, with the reason in the answer's note, and in which role they sit."""

    reviewer: int
    name: str
    role: str
    answer: Answer


HOW: Mapping[str, str] = {
    "agreed": "All reviewers said the same.",
    "same_verdict": "The ratings differ but count the same for every rule; the lowest stands.",
    "lead": "The ratings differ; the reviewer who settles decided, with the reason in the note.",
    "amended": "Amended after the team said what is not accurate, with the reason in the note.",
}
"""The ways in which a criterion is settled, in words."""


class SettlementSeen(Shown):
    """How a criterion was settled, by whom and when; the reason is the answer's note."""

    answer: Answer
    how: str = Field(description="agreed, same_verdict, lead or amended.")
    words: str
    by: str | None = Field(description="Who settled it, by their account; null for the team.")
    at: datetime


class CriterionSideBySide(CriterionNamed):
    """A criterion with every rating that the asker may see, how it was settled, and what stood before."""

    ratings: tuple[RatingSeen, ...]
    settlement: SettlementSeen | None
    before: tuple[SettlementSeen, ...] = Field(description="Settlements that were amended, the first one first.")


class SideBySide(Shown):
    """Reviews side by side, as far as the asker may see them now."""

    cycle: int
    stage: Stage
    reviewers: tuple[ReviewerSeen, ...]
    to_settle: tuple[str, ...] = Field(description="Criteria whose ratings differ and that wait to be settled.")
    criteria: tuple[CriterionSideBySide, ...]


def own_review(database: Database, *, principal: Principal, cycle_id: int) -> OwnReview:
    """What did this reviewer rate here so far? Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.REVIEW_RATE, cycle_id=cycle_id)
        seat = own_seat(looked)
        given = answers.review_ratings(session, [seat.id or 0])[seat.id or 0]
        done = reviews.handed_in(session, [seat.id or 0])
        observes = looked.scheme.observes(seat.role)
        rated = {name for name, row in given.items() if row.state != "not_answered"}
        return OwnReview(
            cycle=cycle_id, role=seat.role, observes=observes, handed_in_at=done.get(seat.id or 0),
            to_rate=tuple(one.id for one in looked.applicable if one.id not in rated and not observes),
            criteria=tuple(
                ReviewedCriterion(
                    **dict(named(looked, criterion)),
                    answer=given[criterion.id].answer() if criterion.id in given else NOT_ANSWERED,
                    version=given[criterion.id].version if criterion.id in given else 0,
                )
                for criterion in looked.applicable
            ),
        )  # fmt: skip


def side_by_side(database: Database, *, principal: Principal, cycle_id: int) -> SideBySide:
    """Which ratings may this principal see, side by side?

    A reviewer who has not handed in sees their own alone, afterwards those that are handed in; the college
    sees them once all are. Settlements are seen by whoever sees all.
    """
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.REVIEW_READ, cycle_id=cycle_id)
        seen, done = seats_seen(looked)
        given = answers.review_ratings(session, [seat.id or 0 for seat, _ in seen])
        over = looked.now.stage in AFTER_REVIEW
        settled = reviews.versions(session, cycle_id) if over else {}
        open_ = looked.now.stage is Stage.CONSENSUS
        return SideBySide(
            cycle=cycle_id,
            stage=looked.now.stage,
            reviewers=tuple(_reviewer(seat, reviewer, done) for seat, reviewer in seen),
            to_settle=tuple(one.id for one in looked.applicable if open_ and one.id not in settled),
            criteria=_criteria(looked, seen, given, settled),
        )


def _reviewer(seat: Assignment, reviewer: Reviewer, done: Mapping[int, datetime]) -> ReviewerSeen:
    return ReviewerSeen(
        reviewer=reviewer.id or 0, name=reviewer.name, role=seat.role, handed_in_at=done.get(seat.id or 0)
    )


def _criteria(
    looked: Looked,
    seen: Sequence[tuple[Assignment, Reviewer]],
    given: Mapping[int, Mapping[str, ReviewRating]],
    settled: Mapping[str, Sequence[Settlement]],
) -> tuple[CriterionSideBySide, ...]:
    told = {name: [settlement_shown(row, looked) for row in rows] for name, rows in settled.items()}
    return tuple(
        CriterionSideBySide(
            **dict(named(looked, criterion)),
            ratings=tuple(
                _rating(seat, reviewer, given[seat.id or 0][criterion.id])
                for seat, reviewer in seen
                if criterion.id in given[seat.id or 0]
            ),
            settlement=next(reversed(told.get(criterion.id, [])), None),
            before=tuple(told.get(criterion.id, [])[:-1]),
        )
        for criterion in looked.applicable
    )


def _rating(seat: Assignment, reviewer: Reviewer, row: ReviewRating) -> RatingSeen:
    return RatingSeen(reviewer=reviewer.id or 0, name=reviewer.name, role=seat.role, answer=row.answer())


def settlement_seen(row: Settlement | None, looked: Looked) -> SettlementSeen | None:
    """The settlement as whoever looks is shown it, if there is one."""
    return None if row is None else settlement_shown(row, looked)


def settlement_shown(row: Settlement, looked: Looked) -> SettlementSeen:
    """The settlement as whoever looks is shown it: a team is not told by which reviewer."""
    by = None if looked.by_team else row.by
    return SettlementSeen(answer=row.answer(), how=row.how, words=HOW[row.how], by=by, at=row.at)
