"""Whoever observes a visit reads all of it, does nothing in it, and nothing waits for them."""

from collections.abc import Callable

import pytest

from accreditation.actions.ask_evidence import ask_evidence
from accreditation.actions.carry_over import carry_over_cycle
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.raise_risk import raise_risk
from accreditation.actions.record_finding import Found, record_finding
from accreditation.actions.review import hand_in, review
from accreditation.actions.settle import settle
from accreditation.errors import NotPermitted
from accreditation.records.reviewers import Assignment
from accreditation.rules.cycle import Stage
from accreditation.rules.findings import Draft
from accreditation.rules.people import Principal
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.views.cycles import cycle_whole
from accreditation.views.findings import findings_of
from accreditation.views.one_criterion import one_criterion
from accreditation.views.reviews import own_review, side_by_side
from accreditation.views.teams_of_review import seats_of
from accreditation.wiring import House
from tests.walking import (
    AT,
    CYCLE,
    OFFICE,
    found,
    nothing_kept,
    rate_and_hand_in,
    reviewer,
    scheme,
    stage_of,
    team_of,
    walk,
    work,
)

TRAINEE = "  - {role: trainee, title: Trainee observer, minimum: 0, maximum: 1, observes: true}\n"


def with_observer() -> Scheme:
    rules = "assignment: {experienced: {at_least: 1, after_visits: 1}}\n"
    seats = {"consensus: {settled_by": f"{TRAINEE}{rules}consensus: {{settled_by"}
    return scheme(**seats, **{'"2026.1"': '"2026.2"'})


def observed(house: House) -> Principal:
    """North's cycle in review, carried over to an edition with an observer, who is none of those who rate; says who."""
    walk(house, Stage.REVIEW)
    edition = with_observer()
    publish_edition(house.database, principal=OFFICE, scheme=edition, at=AT)
    carry_over_cycle(house.database, principal=OFFICE, cycle_id=CYCLE, digest=edition.digest, at=AT)
    number = next(one for one in (1, 2, 3, 4) if one not in team_of(house).values())
    with house.database.bookkeeping() as session:
        session.add(Assignment(cycle_id=CYCLE, reviewer_id=number, role="trainee", why="", at=AT))
    return reviewer(number)


ACTS: dict[str, Callable[[House, Principal], object]] = {
    "review": lambda house, by: review(house.database, principal=by, cycle_id=CYCLE, given=found(), at=AT),
    "hand_in": lambda house, by: hand_in(house.database, principal=by, cycle_id=CYCLE, at=AT),
    "record_finding": lambda house, by: record_finding(
        house.database, principal=by, cycle_id=CYCLE, key="a", found=Found(draft=Draft(), seen_version=0), at=AT
    ),
    "ask_evidence": lambda house, by: ask_evidence(
        house.database, principal=by, cycle_id=CYCLE, criterion="1.01", question="May we?", at=AT
    ),
    "raise_risk": lambda house, by: raise_risk(
        house.database, principal=by, cycle_id=CYCLE, criterion=None, text="A risk.", at=AT
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_an_observer_does_nothing_and_is_told_why(house: House, act: str) -> None:
    who = observed(house)
    with nothing_kept(house), pytest.raises(NotPermitted, match="as its trainee observer, who observes: reads every"):
        ACTS[act](house, who)
    allowed = cycle_whole(house.database, principal=who, cycle_id=CYCLE, at=AT).allowed
    assert [one.move.value for one in allowed] == ["declare_conflict", "step_down"]


def test_an_observer_reads_the_visit_and_no_rating_before_all_are_in(house: House) -> None:
    who = observed(house)
    own = own_review(house.database, principal=who, cycle_id=CYCLE)
    assert (own.role, own.observes, own.to_rate, len(own.criteria)) == ("trainee", True, (), 3)
    told = one_criterion(house.database, principal=who, cycle_id=CYCLE, criterion="1.01", at=AT)
    assert (told.team.answer, [one.id for one in told.evidence]) == (Answer(rating="met"), [1])
    rate_and_hand_in(house, "lead")
    assert side_by_side(house.database, principal=who, cycle_id=CYCLE).reviewers == ()
    assert findings_of(house.database, principal=who, cycle_id=CYCLE).findings == ()
    rate_and_hand_in(house, "lay", c1_01="not_met")
    work(house)
    assert stage_of(house) is Stage.CONSENSUS, "nothing waited for the observer"
    for by in (who, OFFICE):
        roles = {one.role for one in side_by_side(house.database, principal=by, cycle_id=CYCLE).reviewers}
        assert roles == {"lead", "lay"}
    seats = seats_of(house.database, principal=who, cycle_id=CYCLE).seats
    assert {one.role: one.handed_in for one in seats} == {"lead": True, "lay": True, "trainee": False}


def test_an_observer_settles_nothing(house: House) -> None:
    who = observed(house)
    rate_and_hand_in(house, "lead")
    rate_and_hand_in(house, "lay", c1_01="not_met")
    work(house)
    with nothing_kept(house), pytest.raises(NotPermitted, match="Differences are settled by the lead"):
        settle(
            house.database, principal=who, cycle_id=CYCLE, criterion="1.01", answer=Answer(rating="met", note="So."),
            at=AT,
        )  # fmt: skip


def test_a_review_goes_on_when_its_observer_leaves(house: House) -> None:
    who = observed(house)
    declare_conflict(
        house.database, principal=who, reviewer_id=who.reviewer or 0, organisation_id=1, reason="A friend.", at=AT
    )
    assert stage_of(house) is Stage.REVIEW
    assert set(team_of(house)) == {"lead", "lay"}
