import pytest

from accreditation.actions.invite_person import invite_person
from accreditation.actions.review import commitment, hand_in, review
from accreditation.actions.settle import settle
from accreditation.errors import Contradiction, Invalid, MoveNotAllowed, NotFound, NotPermitted, Stale
from accreditation.records import jobs, reviews
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Principal, Role
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.walking import (
    AT,
    CYCLE,
    NORTH,
    OFFICE,
    due_jobs,
    found,
    given,
    job_of,
    newest,
    nothing_kept,
    rate_and_hand_in,
    reviewer,
    stage_of,
    team_of,
    work,
)

SEEN = Answer(rating="met", note="The job plan was seen.")


def rated(house: House, role: str = "lead", seen: int = 0, **ratings: str) -> dict[str, int]:
    who = reviewer(team_of(house)[role])
    answers = {name: one.answer for name, one in found(**ratings).items()}
    return review(house.database, principal=who, cycle_id=CYCLE, given=given(answers, seen=seen), at=AT)


def handed_in(house: House, role: str = "lead") -> None:
    hand_in(house.database, principal=reviewer(team_of(house)[role]), cycle_id=CYCLE, at=AT)


def settled(house: House, answer: Answer = SEEN, role: str = "lead", criterion: str = "1.01") -> tuple[str, ...]:
    who = reviewer(team_of(house)[role])
    return settle(house.database, principal=who, cycle_id=CYCLE, criterion=criterion, answer=answer, at=AT)


def test_ratings_are_kept_and_the_entry_names_the_criteria_alone(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    number = team_of(house)["lead"]
    assert rated(house) == {"1.01": 1, "2.01": 1, "2.02": 1}
    (entry,) = newest(house)
    assert entry[:3] == (f"reviewer:reviewer {number}", "review:rate", "cycle:1")
    assert set(entry[3]) == {"assignment", "versions"}
    assert entry[3]["versions"] == {"1.01": 1, "2.01": 1, "2.02": 1}
    with nothing_kept(house):
        assert rated(house) == {"1.01": 1, "2.01": 1, "2.02": 1}
        with pytest.raises(Stale, match=r"Criterion 1\.01 was answered"):
            rated(house, c1_01="not_met")
    assert rated(house, seen=1, c1_01="not_met") == {"1.01": 2, "2.01": 1, "2.02": 1}


def test_a_reviewer_may_rate_what_is_measured_or_give_the_value_that_they_accept(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    who = reviewer(team_of(house)["lead"])
    wrong = given({"2.01": Answer(measured="192.5"), "1.01": Answer(state="too_few_cases")})
    with nothing_kept(house), pytest.raises(Invalid) as invalid:
        review(house.database, principal=who, cycle_id=CYCLE, given=wrong, at=AT)
    assert [fault.where for fault in invalid.value.faults] == ["criterion 2.01", "criterion 1.01"]
    right = given({"2.01": Answer(measured="92.5"), "2.02": Answer(rating="met")})
    assert review(house.database, principal=who, cycle_id=CYCLE, given=right, at=AT) == {"2.01": 1, "2.02": 1}


def test_nobody_goes_on_with_the_review_of_a_service_in_which_they_came_to_have_a_role(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    rated(house)
    seat = team_of(house)["lead"]
    again = found(c1_01="not_met")
    person = invite_person(
        house.database, key=house.key(), principal=OFFICE, name="A clerk", email="clerk@example.org",
        grants=[Grant(role=Role.TEAM_LEAD, team=NORTH), Grant(role=Role.REVIEWER, reviewer=seat)], at=AT,
    ).person  # fmt: skip
    clerk = Principal(name=f"A clerk (person {person})", role=Role.REVIEWER, reviewer=seat)
    with nothing_kept(house):
        with pytest.raises(NotFound):
            review(house.database, principal=clerk, cycle_id=CYCLE, given=again, at=AT)
        with pytest.raises(NotFound):
            hand_in(house.database, principal=clerk, cycle_id=CYCLE, at=AT)


def test_a_review_is_handed_in_whole_and_enters_the_ledger_then(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    with nothing_kept(house), pytest.raises(Invalid) as invalid:
        handed_in(house)
    assert [fault.where for fault in invalid.value.faults] == ["criterion 1.01", "criterion 2.01", "criterion 2.02"]
    rated(house, c2_01="not_met")
    handed_in(house)
    (entry,) = newest(house)
    assert entry[1] == "review:hand_in"
    ratings = {"1.01": "met", "2.01": "not_met", "2.02": "met"}
    given_in = {name: Answer(rating=rating) for name, rating in ratings.items()}
    with house.database.reading() as session:
        (nonce,) = reviews.nonces(session, [entry[3]["assignment"]]).values()
    assert entry[3]["ratings_sha256"] == commitment(given_in, nonce=nonce)
    assert "not_met" not in str(entry[3])
    assert [(job.kind, job.subject) for job in due_jobs(house)] == [(Kind.REVIEW, CYCLE)]
    with nothing_kept(house):
        handed_in(house)
        with pytest.raises(MoveNotAllowed, match="You have handed in your review") as refused:
            rated(house, seen=1)
    assert "hand in (by a reviewer of this cycle)" in refused.value.allowed


def test_the_review_goes_on_only_when_everybody_has_handed_in(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    rate_and_hand_in(house, "lead")
    work(house)
    assert stage_of(house) == Stage.REVIEW
    assert newest(house)[0][1:3] == ("review:look", "cycle:1")
    rate_and_hand_in(house, "lay")
    work(house, Kind.REVIEW)
    assert stage_of(house) == Stage.RECOMMENDATION, "nothing differs, so nothing is left to settle"


def test_what_all_agree_on_settles_itself_and_what_differs_waits_for_the_lead(at_stage: AtStage) -> None:
    house = at_stage(Stage.CONSENSUS)
    with house.database.reading() as session:
        rows = reviews.settlements(session, CYCLE)
    assert {name: (row.rating, row.how, row.by) for name, row in rows.items()} == {
        "2.01": ("met", "agreed", "engine"),
        "2.02": ("met", "agreed", "engine"),
    }
    assert settled(house) == ()
    number = team_of(house)["lead"]
    (entry,) = newest(house)
    assert entry[:3] == (f"reviewer:reviewer {number}", "review:settle", "cycle:1")
    assert {name: entry[3][name] for name in ("criterion", "rating", "left")} == {
        "criterion": "1.01", "rating": "met", "left": 0,
    }  # fmt: skip
    work(house, Kind.REVIEW)
    assert stage_of(house) == Stage.RECOMMENDATION


def test_settling_again_changes_nothing_and_a_settlement_stands(at_stage: AtStage) -> None:
    house = at_stage(Stage.CONSENSUS)
    settled(house)
    with nothing_kept(house):
        assert settled(house) == ()
        with pytest.raises(Contradiction, match=r"Criterion 1\.01 is settled already \(lead, by reviewer \d\)"):
            settled(house, Answer(rating="not_met", note="No."))
        with pytest.raises(Contradiction, match=r"Criterion 2\.01 is settled already \(agreed, by engine\)"):
            settled(house, criterion="2.01")


def test_only_who_settles_may_with_a_reason_on_the_scale(for_all_at: AtStage) -> None:
    house = for_all_at(Stage.CONSENSUS)
    with nothing_kept(house):
        with pytest.raises(NotPermitted, match="Differences are settled by the lead of this review team"):
            settled(house, role="lay")
        with pytest.raises(Invalid, match="reason: empty; say why, in a sentence"):
            settled(house, Answer(rating="met"))
        with pytest.raises(Invalid, match=r"criterion 1\.01: rating 'perhaps'"):
            settled(house, Answer(rating="perhaps", note="Who knows?"))
        with pytest.raises(NotFound, match=r"The cycle has no criterion 1\.10\."):
            settled(house, criterion="1.10")


@pytest.mark.parametrize("kind", [Kind.REVIEW, Kind.AWARD])
def test_a_twin_run_does_nothing(at_stage: AtStage, kind: Kind) -> None:
    house = at_stage(Stage.DECISION)
    job = job_of(house, kind)
    with house.database.bookkeeping() as session:
        session.get_one(jobs.Job, job).done_at = None
    assert work(house) == [kind]
    assert stage_of(house) == Stage.DECISION
    assert newest(house)[0][1] == {"review": "review:look", "award": "award:look"}[kind]
    assert work(house) == []


def test_a_difference_is_not_settled_by_leaving_it_open(at_stage: AtStage) -> None:
    house = at_stage(Stage.CONSENSUS)
    who = reviewer(team_of(house)["lead"])
    open_ = Answer(state="not_answered", note="We could not agree.")
    with nothing_kept(house), pytest.raises(Invalid, match="choose a rating: it stands"):
        settle(house.database, principal=who, cycle_id=CYCLE, criterion="1.01", answer=open_, at=AT)
