"""What a round's review teams depend on, read whole in one session: two equal readings have the same answer."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from pydantic import BaseModel

from accreditation.database import Session
from accreditation.records import cycles, editions, invitations, peers, proposals, reviewers, reviews
from accreditation.records.cycles import CycleNow
from accreditation.records.engagements import AHEAD
from accreditation.records.invitations import Ending
from accreditation.records.reviewers import Assignment, Left
from accreditation.rules import conflicts
from accreditation.rules.cycle import Stage
from accreditation.rules.lasting import Fallen, Judged, judged
from accreditation.rules.matching import Ban, Question, Seated
from accreditation.rules.wishes import Wishes

WHY_NOT = {
    Ending.DECLINED: "declined this visit",
    Ending.SILENT: "did not answer in time whether to take this visit on",
    Ending.CONFLICT: "has a conflict of interest with this service",
    Ending.TAKEN_OFF: "was taken off this visit by the college office",
    Left.CONFLICT: "has a conflict of interest with this service",
    Left.STEPPED_DOWN: "left this visit",
    Left.TAKEN_OFF: "was taken off this visit by the college office",
}
"""Why somebody is not proposed for a visit again, fit to be shown to anybody."""

FELL: Mapping[str, str] = {
    **{end: why for end, why in WHY_NOT.items() if end != Left.TAKEN_OFF},
    Ending.SERVICE_CONFLICT: "is in conflict with this service, by the service's word",
}
"""Why somebody cannot keep a seat that the office fixed, for the office alone. Whom it took off it knows of itself."""

HANDED_IN = "handed in a review of this visit before, and could see the others'"
"""The same, of whoever left for no reason of WHY_NOT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundAsked:
    """Everything that a round's teams depend on: two equal ones have the same answer.

    `wishes` are what the office fixed; `over` of that whoever has said no or left since; `seen` the (cycle, reviewer)
    who handed in a review there and left.
    """

    questions: tuple[Question, ...]
    wishes: Wishes
    over: tuple[Fallen, ...] = ()
    seen: frozenset[tuple[int, int]]

    @property
    def judged(self) -> Judged:
        """The wishes that still hold, and those that fell since the proposal that stands."""
        found = judged(questions=self.questions, wishes=self.wishes, seen=self.seen)
        return replace(found, fallen=(*self.over, *found.fallen))

    @property
    def digest(self) -> str:
        """The SHA-256 (hex) of the questions, to tell them from any others."""
        told = json.dumps([asdict(one) for one in self.questions], default=_plain, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return sorted(value) if isinstance(value, frozenset | set) else str(value)


def round_asked(session: Session, round_id: int) -> RoundAsked:
    """What do this round's teams depend on now? Raises NotFound."""
    waiting = cycles.several(session, round_id=round_id, stages=[Stage.ASSIGNMENT])
    wishes, over = wishes_now(session, round_id)
    return RoundAsked(
        questions=questions_of(session, round_id),
        wishes=wishes,
        over=over,
        seen=reviews.handed_in_and_left(session, [now.id for now in waiting]),
    )


def questions_of(session: Session, round_id: int) -> tuple[Question, ...]:
    """What is to be matched: a question for each edition that waiting cycles run on, as each has its own seats.

    Most rounds have one; another comes where a cycle was carried over.
    """
    cycles.get_round(session, round_id)
    waiting = cycles.several(session, round_id=round_id, stages=[Stage.ASSIGNMENT])
    by_edition: dict[str, list[CycleNow]] = {}
    for now in waiting:
        by_edition.setdefault(now.edition_digest, []).append(now)
    return tuple(_question(session, round_id, digest, own, waiting) for digest, own in sorted(by_edition.items()))


def wishes_now(session: Session, round_id: int) -> tuple[Wishes, tuple[Fallen, ...]]:
    """What does the office wish of this round's teams, and which seats fell as somebody said no or left since?"""
    standing = proposals.newest(session, round_id)
    wishes = proposals.wishes_of(standing)
    if standing is None or not wishes.seats:
        return wishes, ()
    ids = {one.cycle for one in wishes.seats}
    over = {
        (one.cycle_id, one.reviewer_id): end.how
        for one, end in invitations.over(session, cycle_ids=ids)
        if end.how in invitations.NOT_AGAIN and end.proposal_id == standing.id
    } | {
        (one.cycle_id, one.reviewer_id): end.how
        for one, end in reviewers.left(session, cycle_ids=ids)
        if end.how in reviewers.NOT_AGAIN and end.proposal_id == standing.id
    }
    holds = tuple(one for one in wishes.seats if (one.cycle, one.reviewer) not in over)
    names = {row.id: row.name for row in reviewers.pool(session)} if over else {}
    fell = tuple(
        Fallen(wish=one, why=f"{names[one.reviewer]} {FELL[how]}")
        for one in wishes.seats
        if (how := over.get((one.cycle, one.reviewer), "")) in FELL
    )
    return replace(wishes, seats=holds), fell


def _question(
    session: Session, round_id: int, digest: str, own: Sequence[CycleNow], waiting: Sequence[CycleNow]
) -> Question:
    ids = {now.id for now in own}
    scheme = editions.scheme_of(session, digest)
    sitting = [assignment for assignment, _ in reviewers.sitting(session, round_id=round_id)]
    asked = [invitation for invitation, _ in invitations.open_ones(session, round_id=round_id)]
    elsewhere = {one.cycle_id for one in sitting} | {one.cycle_id for one in asked} | {now.id for now in waiting}
    excused = _excused(session, [one for one in sitting if one.cycle_id in ids])
    return Question(
        visits=peers.visits_asked(session, own),
        elsewhere=_elsewhere(session, cycles.several(session, ids=elsewhere - ids)),
        reviewers=peers.reviewers_asked(session, round_id=round_id),
        seats=scheme.review_team,
        rules=scheme.assignment,
        at=cycles.get_round(session, round_id).opened_at.date(),
        declared=(
            *_declared(session, own, excused),
            *peers.declared_by_services(session, own),
        ),
        already=(
            *(_seated(one) for one in sitting),
            *(_seated(one) for one in asked if one.cycle_id not in ids),
        ),
        stays=tuple(_seated(one) for one in asked if one.cycle_id in ids),
        bans=tuple(sorted(_bans(session, [*ids]))),
        before=_proposed(session, round_id, ids),
    )


def _proposed(session: Session, round_id: int, ids: Collection[int]) -> tuple[Seated, ...]:
    """Whom does the proposal that stands have in these cycles' teams?"""
    row = proposals.newest(session, round_id)
    seats = [] if row is None else proposals.seats(session, row.id or 0, cycle_ids=ids)
    return tuple(
        Seated(cycle=one.cycle_id, role=one.role, reviewer=one.reviewer_id) for one in seats if one.cycle_id in ids
    )


def _elsewhere(session: Session, several: Sequence[CycleNow]) -> tuple[conflicts.Visit, ...]:
    """These visits; those that are over or never made keep nobody from being anywhere."""
    ahead = {now.id for now in several if now.stage in AHEAD}
    visits = peers.visits_asked(session, several)
    return tuple(one if one.cycle in ahead else replace(one, days=None) for one in visits)


def _seated(one: Assignment | invitations.Invitation) -> Seated:
    return Seated(cycle=one.cycle_id, reviewer=one.reviewer_id, role=one.role)


def _excused(session: Session, sitting: Sequence[Assignment]) -> set[tuple[int, int]]:
    """(cycle, reviewer) of reviews that were handed in before the conflict was declared: these seats stand."""
    done = reviews.handed_in(session, [one.id or 0 for one in sitting])
    return {(one.cycle_id, one.reviewer_id) for one in sitting if one.id in done}


def _declared(
    session: Session, own: Sequence[CycleNow], excused: Collection[tuple[int, int]]
) -> Iterator[conflicts.Declared]:
    """What reviewers declared. A seat that stands all the same is excused, and no other visit of that organisation."""
    visits: dict[int, list[int]] = defaultdict(list)
    for now in own:
        visits[now.organisation.id or 0].append(now.id)
    for row in reviewers.declared(session):
        said = conflicts.Declared(reviewer=row.reviewer_id, organisation=row.organisation_id, reason=row.reason)
        there = visits[row.organisation_id]
        bars = [cycle for cycle in there if (cycle, row.reviewer_id) not in excused]
        if bars == there:
            yield said
        else:
            yield from (replace(said, cycle=cycle) for cycle in bars)


def _bans(session: Session, ids: Collection[int]) -> set[Ban]:
    """Who is not to be proposed for which of these visits, besides what conflicts of interest bar?"""
    found: dict[tuple[int, int], str] = {
        (one.cycle_id, one.reviewer_id): WHY_NOT[Left(end.how)]
        for one, end in reviewers.left(session, cycle_ids=ids)
        if end.how in reviewers.NOT_AGAIN
    }
    found |= {
        pair: WHY_NOT[end] for pair, end in invitations.not_again(session, cycle_ids=ids).items() if end in WHY_NOT
    }
    sits = {(one.cycle_id, one.reviewer_id) for one, _ in reviewers.sitting(session, cycle_ids=ids)}
    found |= {
        pair: HANDED_IN for pair in reviews.handed_in_and_left(session, ids) if pair not in found and pair not in sits
    }
    return {Ban(cycle=cycle, reviewer=reviewer, why=why) for (cycle, reviewer), why in found.items()}
