"""Answers nobody gave: in time to the last moment, lapsed once however often it is looked; and trusts that merge."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from accreditation.actions.close_accuracy import MOMENT
from accreditation.actions.close_answers import close_answers
from accreditation.actions.merge_organisations import merge_organisations
from accreditation.actions.review import review
from accreditation.errors import MoveNotAllowed
from accreditation.records import answers as rated
from accreditation.records import reviewers
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from tests.actions.test_answer_seat import answers, confirmed
from tests.actions.test_two_at_once import actions, at_once
from tests.proposing import asked, confirm_all, endings, proposed, says, service_says
from tests.walking import (
    AT,
    CYCLE,
    OFFICE,
    due_jobs,
    found,
    job_of,
    nothing_kept,
    rate_and_hand_in,
    reviewer,
    stage_of,
    team_of,
    walk,
    work,
)

UNTIL = AT + timedelta(weeks=1)
"""The last moment for both sides."""

OVER = UNTIL + MOMENT
"""The first that is too late."""

FAR_TRUST, NORTH_TRUST = 3, 1
"""Far Trust employs both leads; North is North Trust's team."""


def test_the_last_moment_is_in_time_and_the_next_is_not(house: House) -> None:
    confirmed(house)
    lead, lay = asked(house)["lead"], asked(house)["lay"]
    assert says(house, "lay", at=UNTIL) is True
    work(house, at=UNTIL)
    assert (endings(house), answers(house)) == ({}, {("lay", "reviewer"): ["accepts"]}), "nobody is silent yet"
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="The time to accept this visit is over"):
        says(house, "lead", at=OVER)
    work(house, Kind.ANSWERS, at=OVER)
    assert endings(house) == {lead: "silent"}
    assert (asked(house), answers(house)[("lay", "service")]) == ({"lay": lay}, ["no_conflict"])


def test_what_lapses_lapses_once_in_one_sweep_and_in_the_next(house: House) -> None:
    confirmed(house)
    who = sorted(asked(house).values())
    (job,) = [one.id for one in due_jobs(house, at=OVER) if one.kind == Kind.ANSWERS]
    assert job is not None
    assert close_answers(house.database, job_id=job, at=OVER) is None
    assert (endings(house), asked(house)) == (dict.fromkeys(who, "silent"), {})
    with nothing_kept(house):
        assert close_answers(house.database, job_id=job, at=OVER) is None, "the same job twice in one sweep"
    work(house, at=OVER)
    given = answers(house)
    work(house, at=OVER + timedelta(days=30))
    assert answers(house) == given == {
        (role, side): [said]
        for role in ("lead", "lay") for side, said in (("reviewer", "declines"), ("service", "no_conflict"))
    }  # fmt: skip
    assert actions(house).count("review:reassign") == len(who)


def test_two_sweeps_at_once_count_silence_once(any_house: House) -> None:
    confirmed(any_house)
    who = sorted(asked(any_house).values())
    job = job_of(any_house, Kind.ANSWERS)

    def sweeps(house: House) -> Any:
        return close_answers(house.database, job_id=job, at=OVER)

    assert at_once(any_house, sweeps, sweeps) == [None, None]
    assert endings(any_house) == dict.fromkeys(who, "silent")
    assert {tuple(said) for said in answers(any_house).values()} == {("declines",), ("no_conflict",)}
    assert actions(any_house).count("review:reassign") == len(who)


def test_who_accepts_while_a_sweep_looks_sits_or_is_refused_and_never_both(any_house: House) -> None:
    confirmed(any_house)
    lead = asked(any_house)["lead"]
    says(any_house, "lay")
    job = job_of(any_house, Kind.ANSWERS)
    doings: list[Callable[[House], Any]] = [
        lambda house: close_answers(house.database, job_id=job, at=OVER),
        partial(says, role="lead", at=UNTIL),
    ]
    swept, accepted = at_once(any_house, *doings)
    work(any_house, Kind.ANSWERS, at=OVER)
    in_time = accepted is True
    assert in_time or isinstance(accepted, MoveNotAllowed | StopIteration | KeyError), "or they are asked no more"
    assert swept in (None, CYCLE)
    assert ("lead" in team_of(any_house), endings(any_house)[lead]) == (in_time, "seated" if in_time else "silent")


def test_a_reviewers_time_runs_out_where_the_services_silence_waits(house: House) -> None:
    asks = "service_answers: {within: {weeks: 1}, silence: waits}, reviewer_answers: {within: {weeks: 1}}"
    confirmed(house, asks=asks)
    says(house, "lay")
    lead = asked(house)["lead"]
    work(house, Kind.ANSWERS, at=OVER)
    assert endings(house) == {lead: "silent"}
    assert answers(house) == {("lay", "reviewer"): ["accepts"], ("lead", "reviewer"): ["declines"]}
    work(house, at=OVER)
    confirm_all(house, at=OVER)
    says(house, "lead", at=OVER)
    work(house, at=OVER + timedelta(days=60))
    assert stage_of(house) is Stage.ASSIGNMENT, "the service has said nothing, and is waited for"
    for role in ("lead", "lay"):
        service_says(house, role)
    work(house, at=OVER + timedelta(days=60))
    assert stage_of(house) is Stage.REVIEW


def merged(house: House) -> tuple[int, ...]:
    done = merge_organisations(
        house.database, principal=OFFICE, organisation_id=FAR_TRUST, into_id=NORTH_TRUST, reason="They merged.", at=AT
    )
    assert done.left == (CYCLE,)
    return done.reviewers


def another_lead(house: House) -> int:
    """Somebody of no organisation who can lead is registered."""
    from accreditation.actions.register_reviewer import register_reviewer

    return register_reviewer(
        house.database, principal=OFFICE, name="Lead of nowhere", roles=["lead"], organisation_id=None, capacity=1,
        at=AT,
    )  # fmt: skip


def test_trusts_that_merge_end_the_invitations_that_may_not_be_and_no_other(house: House) -> None:
    confirmed(house)
    lead, lay = asked(house)["lead"], asked(house)["lay"]
    says(house, "lay")
    assert lead in merged(house)
    assert (endings(house), asked(house)) == ({lead: "conflict"}, {"lay": lay})
    work(house)
    new = another_lead(house)
    work(house)
    assert proposed(house) == {"lead": (new, "proposed"), "lay": (lay, "kept")}
    confirm_all(house)
    says(house, "lead")
    work(house, at=OVER)
    assert (stage_of(house), team_of(house)) == (Stage.REVIEW, {"lead": new, "lay": lay})
    assert answers(house)[("lay", "reviewer")] == ["accepts"], "who stays is not asked again"


def test_trusts_that_merge_in_mid_review_lose_no_rating_of_whoever_stays_or_leaves(house: House) -> None:
    walk(house, Stage.REVIEW)
    team = team_of(house)
    with house.database.reading() as session:
        seats = {one.role: one.id or 0 for one, _ in reviewers.sitting(session, cycle_ids=[CYCLE])}
    for number in team.values():
        review(house.database, principal=reviewer(number), cycle_id=CYCLE, given=found(c1_01="not_met"), at=AT)

    def kept() -> dict[str, dict[str, str | None]]:
        with house.database.reading() as session:
            rows = rated.review_ratings(session, list(seats.values()))
        return {role: {name: row.rating for name, row in rows[seat].items()} for role, seat in seats.items()}

    before = kept()
    merged(house)
    assert (stage_of(house), team_of(house), kept()) == (Stage.ASSIGNMENT, {"lay": team["lay"]}, before)
    new = another_lead(house)
    work(house)
    assert (stage_of(house), team_of(house)) == (Stage.REVIEW, {"lead": new, "lay": team["lay"]})
    from accreditation.actions.review import hand_in

    hand_in(house.database, principal=reviewer(team["lay"]), cycle_id=CYCLE, at=AT)
    rate_and_hand_in(house, "lead")
    work(house)
    assert (stage_of(house), kept()) == (Stage.CONSENSUS, before), "they differ in 1.01: the newcomer rated alone"
