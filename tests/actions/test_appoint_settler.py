"""Where whoever settles cannot go on, the office appoints another of the team; what was done before stands."""

from functools import partial

import pytest

from accreditation.actions.answer_comment import answer_comment
from accreditation.actions.appoint_settler import appoint_settler
from accreditation.actions.carry_over import carry_over_cycle
from accreditation.actions.change_reviewer import ReviewerChange, change_reviewer
from accreditation.actions.comment import comment
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.leave import withdraw
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.record_finding import Found, record_finding
from accreditation.actions.review import hand_in, review
from accreditation.actions.settle import settle
from accreditation.actions.settle_finding import settle_finding
from accreditation.errors import Contradiction, Invalid, MoveNotAllowed, NotFound, NotPermitted, Stale
from accreditation.records import findings, notices, reviewers, reviews
from accreditation.records.invitations import Invitation, SeatAnswer
from accreditation.records.proposals import Proposal
from accreditation.rules.cycle import Stage
from accreditation.rules.findings import Draft, Kind
from accreditation.rules.people import Principal
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.views.cycles import cycle_whole
from accreditation.views.teams_of_review import SettlerShown, seats_of
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.actions.test_observers import observed
from tests.actions.test_two_at_once import actions, at_once
from tests.following import to_report
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    MEMBER,
    NORTHS_LEAD,
    OFFICE,
    found,
    later,
    newest,
    nothing_kept,
    rate_and_hand_in,
    reviewer,
    scheme,
    stage_of,
    team_of,
    walk,
    work,
)

REASON = "The lead is on long-term sick leave."
MET = Answer(rating="met", note="The job plan was seen.")


def appoint(house: House, number: int, *, seen: int = 0, reason: str = REASON) -> bool:
    return appoint_settler(
        house.database, principal=OFFICE, cycle_id=CYCLE, reviewer_id=number, seen_version=seen, reason=reason, at=AT
    )


def settles(house: House, number: int, answer: Answer = MET) -> tuple[str, ...]:
    return settle(house.database, principal=reviewer(number), cycle_id=CYCLE, criterion="1.01", answer=answer, at=AT)


def shown(house: House, by: Principal) -> tuple[SettlerShown, ...]:
    return seats_of(house.database, principal=by, cycle_id=CYCLE).settlers


def can(house: House, by: Principal) -> list[str]:
    return [one.move.value for one in cycle_whole(house.database, principal=by, cycle_id=CYCLE, at=AT).allowed]


def three() -> Scheme:
    """With two lay reviewers in every team."""
    lay = "{role: lay, title: Lay reviewer, minimum: 1, maximum: 1}"
    return scheme(**{lay: lay.replace("minimum: 1, maximum: 1", "minimum: 2, maximum: 2")})


def three_in_consensus(house: House) -> list[int]:
    """North's cycle in consensus with a lead and two lay reviewers; says who the lay reviewers are."""
    walk(house, Stage.REVIEW, edition=three())
    with house.database.reading() as session:
        team = [(row.role, row.reviewer_id) for row, _ in reviewers.sitting(session, cycle_ids=[CYCLE])]
    for role, number in team:
        given = found(c1_01="met" if role == "lead" else "not_met")
        review(house.database, principal=reviewer(number), cycle_id=CYCLE, given=given, at=AT)
        hand_in(house.database, principal=reviewer(number), cycle_id=CYCLE, at=AT)
    work(house)
    assert stage_of(house) is Stage.CONSENSUS
    return sorted(number for role, number in team if role == "lay")


def test_another_settles_from_now_on_and_every_rating_of_the_lead_still_counts(at_stage: AtStage) -> None:
    house = at_stage(Stage.CONSENSUS)
    lead, lay = team_of(house)["lead"], team_of(house)["lay"]
    with nothing_kept(house), pytest.raises(NotPermitted, match=r"^Differences are settled by the lead of this review"):
        settles(house, lay)
    assert appoint(house, lay, reason=f" {REASON} ") is True
    with nothing_kept(house), pytest.raises(NotPermitted) as refused:
        settles(house, lead)
    assert str(refused.value) == (
        "Differences are settled by the lay reviewer of this review team, whom the college office appointed."
    )
    assert settles(house, lay) == ()
    work(house)
    assert stage_of(house) is Stage.DECISION
    with house.database.reading() as session:
        assert len(reviews.handed_in(session, [1, 2])) == 2
        kept = reviews.settlements(session, CYCLE)["1.01"]
    assert (kept.how, kept.by, kept.answer()) == ("lead", f"reviewer {lay}", MET)


def test_what_the_lead_settled_before_stands(house: House) -> None:
    walk(house, Stage.REVIEW)
    rate_and_hand_in(house, "lead")
    lay = team_of(house)["lay"]
    given = found(c1_01="not_met", c2_02="not_met")
    review(house.database, principal=reviewer(lay), cycle_id=CYCLE, given=given, at=AT)
    hand_in(house.database, principal=reviewer(lay), cycle_id=CYCLE, at=AT)
    work(house)
    assert settles(house, team_of(house)["lead"]) == ("2.02",)
    appoint(house, lay)
    with nothing_kept(house):
        assert settles(house, lay) == ("2.02",), "the same again"
        with pytest.raises(Contradiction, match="settled already"):
            settles(house, lay, Answer(rating="not_met", note="No."))


def test_the_ledger_has_the_reason_and_only_the_appointed_is_told(at_stage: AtStage) -> None:
    house = at_stage(Stage.CONSENSUS)
    lead, lay = team_of(house)["lead"], team_of(house)["lay"]
    appoint(house, lay)
    actor, action, subject, detail = newest(house)[0]
    assert (actor, action, subject) == (f"office:{OFFICE.name}", "review:appoint", f"cycle:{CYCLE}")
    assert detail == {
        "number": 1, "reviewer": lay, "seat": detail["seat"], "role": "lay", "instead_of": [lead], "reason": REASON,
    }  # fmt: skip
    with house.database.reading() as session:
        told = notices.of_inbox(session, f"reviewer:{lay}", after=0, limit=9)
        others = notices.of_inbox(session, f"reviewer:{lead}", after=0, limit=9)
    assert [one.kind for one in others] == ["consensus_waits"]
    assert [(one.kind, one.words) for one in told] == [
        (
            "settler_appointed",
            "The college office appointed you in the review of North, North Trust: from now on you settle what the "
            "reviewers differ on, and what they found.",
        )
    ]


def test_who_settles_is_told_whole_to_the_college_by_name_to_reviewers_and_by_role_to_the_team(
    at_stage: AtStage,
) -> None:
    house = at_stage(Stage.CONSENSUS)
    lead, lay = team_of(house)["lead"], team_of(house)["lay"]
    by_role = SettlerShown(
        role="lead", title="Lead", reviewer=lead, name=f"Lead {lead}", since=AT, appointed=False, reason=None
    )
    assert shown(house, OFFICE) == shown(house, reviewer(lay)) == (by_role,)
    appoint_settler(
        house.database, principal=OFFICE, cycle_id=CYCLE, reviewer_id=lay, seen_version=0, reason=REASON, at=later(3)
    )
    whole = SettlerShown(
        role="lay", title="Lay reviewer", reviewer=lay, name=f"Lay {lay}", since=later(3), appointed=True, reason=REASON
    )
    assert shown(house, OFFICE) == shown(house, COMMITTEE) == (whole,)
    assert shown(house, reviewer(lead)) == shown(house, reviewer(lay)) == (whole.model_copy(update={"reason": None}),)
    nothing = dict.fromkeys(("reviewer", "name", "since", "appointed", "reason"))
    assert shown(house, LEAD) == shown(house, MEMBER) == (whole.model_copy(update=nothing),)
    versions = [seats_of(house.database, principal=by, cycle_id=CYCLE).settler_version for by in (OFFICE, LEAD)]
    assert versions == [1, None]


def test_what_can_be_done_now_follows_who_settles(at_stage: AtStage) -> None:
    house = at_stage(Stage.CONSENSUS)
    lead, lay = reviewer(team_of(house)["lead"]), reviewer(team_of(house)["lay"])
    assert (can(house, lead), can(house, lay)) == (["settle", "raise_risk"], ["raise_risk"])
    assert "appoint_settler" in can(house, OFFICE)
    appoint(house, lay.reviewer or 0)
    assert (can(house, lead), can(house, lay)) == (["raise_risk"], ["settle", "raise_risk"])


def test_whoever_settles_already_is_not_appointed_again(at_stage: AtStage) -> None:
    house = at_stage(Stage.CONSENSUS)
    lead, lay = team_of(house)["lead"], team_of(house)["lay"]
    with nothing_kept(house):
        assert appoint(house, lead) is False
    assert appoint(house, lay) is True
    with nothing_kept(house):
        assert appoint(house, lay) is False
        assert appoint(house, lay, seen=1, reason="The same in other words.") is False
    assert appoint(house, lead, seen=1, reason="Back at work.") is True
    assert [one.reviewer for one in shown(house, OFFICE)] == [lead]


def test_findings_are_settled_by_the_appointed_too(house: House) -> None:
    walk(house, Stage.REVIEW)
    lead, lay = team_of(house)["lead"], team_of(house)["lay"]
    praise = Found(draft=Draft(kind=Kind.COMMENDATION, text="Kind staff."), seen_version=0)
    record_finding(house.database, principal=reviewer(lead), cycle_id=CYCLE, key="a", found=praise, at=AT)
    for role in ("lead", "lay"):
        rate_and_hand_in(house, role)
    work(house)
    with house.database.reading() as session:
        (name,) = findings.unsettled(session, CYCLE)
    keep = partial(
        settle_finding, house.database, cycle_id=CYCLE, finding=name, how="kept", amended=None, reason="Seen.", at=AT
    )
    appoint(house, lay)
    with nothing_kept(house), pytest.raises(NotPermitted, match="whom the college office appointed"):
        keep(principal=reviewer(lead))
    assert keep(principal=reviewer(lay)) == ()
    work(house)
    assert stage_of(house) is Stage.DECISION


def test_comments_on_the_report_are_answered_by_the_appointed(house: House) -> None:
    to_report(house)
    lead, lay = team_of(house)["lead"], team_of(house)["lay"]
    said = comment(house.database, principal=LEAD, cycle_id=CYCLE, criterion="1.01", reason="Page two.", at=AT)
    reply = partial(answer_comment, house.database, cycle_id=CYCLE, comment_id=said, reason="Not so.", at=AT)
    assert appoint(house, lay) is True
    with nothing_kept(house), pytest.raises(NotPermitted, match="whom the college office appointed"):
        reply(principal=reviewer(lead))
    assert reply(principal=reviewer(lay)) == ()
    with house.database.reading() as session:
        (told,) = notices.of_inbox(session, f"reviewer:{lay}", after=0, limit=9)
    assert told.words.endswith("from now on you answer what the team says is not accurate.")


@pytest.mark.parametrize("since", ["declared", "employed"])
def test_nobody_is_appointed_who_has_a_conflict_by_now_and_the_office_is_told_what_is_left(
    at_stage: AtStage, since: str
) -> None:
    house = at_stage(Stage.CONSENSUS)
    lay = team_of(house)["lay"]
    if since == "declared":
        declare_conflict(
            house.database, principal=OFFICE, reviewer_id=lay, organisation_id=1, reason="His daughter.", at=AT
        )
        why = "declared a conflict of interest with this organisation"
    else:
        change_reviewer(house.database, principal=OFFICE, reviewer_id=lay, change=ReviewerChange(organisation=1), at=AT)
        why = "is employed by this organisation"
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        appoint(house, lay)
    assert [(one.where, one.found) for one in refused.value.faults] == [("reviewer", f"Lay {lay} {why}")]
    left = f"nobody else of this review team can settle (Lay {lay} {why}). Wait until whoever settles can go on; or wi"
    assert refused.value.faults[0].allowed.startswith(left)
    assert "daughter" not in str(refused.value)


def test_whom_the_service_named_a_conflict_with_is_not_appointed(house: House) -> None:
    free, named = three_in_consensus(house)
    with house.database.bookkeeping() as session:
        nothing = '{"seats": [], "out": []}'
        session.add(Proposal(id=1, round_id=1, number=1, question="", wishes=nothing, told="{}", by="engine", at=AT))
        session.flush()
        session.add(Invitation(id=1, cycle_id=CYCLE, reviewer_id=named, proposal_id=1, role="lay", why="", at=AT))
        session.flush()
        session.add(
            SeatAnswer(invitation_id=1, side="service", number=1, said="conflict", reason="Kin.", by="north", at=AT)
        )
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        appoint(house, named)
    (fault,) = refused.value.faults
    assert fault.found == f"Lay {named} was declared by this service to be in conflict with it"
    assert fault.allowed.endswith(f"has no conflict with the service: Lay {free} (reviewer {free})")


def test_who_observes_or_does_not_sit_in_the_team_is_not_appointed(house: House) -> None:
    trainee = observed(house).reviewer or 0
    rate_and_hand_in(house, "lead")
    rate_and_hand_in(house, "lay", c1_01="not_met")
    work(house)
    with nothing_kept(house), pytest.raises(Invalid, match="as its trainee observer, who observes and rates nothing"):
        appoint(house, trainee)
    with (
        nothing_kept(house),
        pytest.raises(NotFound, match=r"Reviewer 99 does not sit in this review team. Allowed: w"),
    ):
        appoint(house, 99)
    with nothing_kept(house), pytest.raises(Invalid, match="reason: empty"):
        appoint(house, team_of(house)["lay"], reason=" ")


def test_before_the_consensus_and_after_the_check_nobody_is_appointed(for_all_at: AtStage) -> None:
    for stage in (Stage.REVIEW, Stage.RECOMMENDATION, Stage.PUBLISHED):
        house = for_all_at(stage)
        with nothing_kept(house), pytest.raises(MoveNotAllowed):
            appoint(house, team_of(house)["lay"])


def test_the_appointed_goes_on_settling_when_the_cycle_is_carried_over(at_stage: AtStage) -> None:
    house = at_stage(Stage.CONSENSUS)
    lay = team_of(house)["lay"]
    appoint(house, lay)
    other = scheme(**{'"2026.1"': '"2026.2"', "years: 3": "years: 5"})
    publish_edition(house.database, principal=OFFICE, scheme=other, at=AT)
    carry_over_cycle(house.database, principal=OFFICE, cycle_id=CYCLE, digest=other.digest, at=AT)
    assert settles(house, lay) == ()


def test_with_somebody_appointed_a_cycle_goes_on_under_an_edition_whose_settling_role_the_team_lacks(
    at_stage: AtStage,
) -> None:
    house = at_stage(Stage.CONSENSUS)
    team = team_of(house)
    other = scheme(**{
        '"2026.1"': '"2026.2"', "{role: lead, title: Lead,": "{role: chair, title: Chair,",
        "settled_by: lead": "settled_by: chair",
    })  # fmt: skip
    publish_edition(house.database, principal=OFFICE, scheme=other, at=AT)

    def carried() -> None:
        carry_over_cycle(house.database, principal=OFFICE, cycle_id=CYCLE, digest=other.digest, at=AT)

    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="Appoint another of this team to settle first"):
        carried()
    appoint(house, team["lay"])
    carried()
    assert ([one.name for one in shown(house, OFFICE)], team_of(house)) == ([f"Lay {team['lay']}"], team)
    with nothing_kept(house), pytest.raises(NotPermitted):
        settles(house, team["lead"])
    assert settles(house, team["lay"]) == ()
    work(house)
    assert stage_of(house) is Stage.DECISION


def test_once_the_team_is_dissolved_nobody_settles(at_stage: AtStage) -> None:
    house = at_stage(Stage.CONSENSUS)
    appoint(house, team_of(house)["lay"])
    withdraw(house.database, principal=OFFICE, cycle_id=CYCLE, reason="The ward closes.", at=AT)
    assert shown(house, OFFICE) == ()


def test_two_offices_that_appoint_the_same_at_once_appoint_once(any_house: House) -> None:
    walk(any_house, Stage.CONSENSUS)
    lay = team_of(any_house)["lay"]
    assert sorted(at_once(any_house, partial(appoint, number=lay), partial(appoint, number=lay))) == [False, True]
    assert actions(any_house).count("review:appoint") == 1


def test_of_two_offices_that_appoint_different_people_at_once_the_second_sees_what_stands(any_house: House) -> None:
    one, other = three_in_consensus(any_house)
    said = at_once(any_house, partial(appoint, number=one), partial(appoint, number=other))
    (stale,) = (answer for answer in said if isinstance(answer, Stale))
    stands = one if said[0] is True else other
    assert (stale.where, stale.current_version, stale.current) == ("settler", 1, [stands])
    assert str(stale).startswith(f"Another appointment came first: Lay {stands} settles now (version 1; you saw 0).")
    assert [seen.reviewer for seen in shown(any_house, OFFICE)] == [stands]
    assert actions(any_house).count("review:appoint") == 1
    assert appoint(any_house, NORTHS_LEAD, seen=1) is True


NO_MORE = "You settle nothing more in this review: the college office appoints another of the review team for it."


def declares(house: House, who: int) -> None:
    declare_conflict(house.database, principal=OFFICE, reviewer_id=who, organisation_id=1, reason="Kin.", at=AT)


def office_was_told(house: House, kind: str) -> list[str]:
    with house.database.reading() as session:
        return [one.words for one in notices.of_inbox(session, notices.OFFICE, after=0, limit=50) if one.kind == kind]


def test_whoever_came_into_conflict_settles_nothing_more_and_the_office_appoints_another(at_stage: AtStage) -> None:
    house = at_stage(Stage.CONSENSUS)
    lead, lay = team_of(house)["lead"], team_of(house)["lay"]
    declares(house, lead)
    with nothing_kept(house):
        with pytest.raises(NotPermitted) as refused:
            settles(house, lead)
        with pytest.raises(NotPermitted, match=r"Nobody does now: the college office appoints somebody of the team\.$"):
            settles(house, lay)
        with pytest.raises(Invalid, match=f"Lead {lead} declared a conflict of interest with this organisation"):
            appoint(house, lead)
    assert (str(refused.value), shown(house, OFFICE), can(house, reviewer(lead))) == (NO_MORE, (), ["raise_risk"])
    (told,) = office_was_told(house, "conflict_after_review")
    assert told.endswith("They settle nothing more: appoint another of the team to settle.")
    assert appoint(house, lay) is True
    assert settles(house, lay) == ()


def test_an_appointment_made_before_the_conflict_arose_holds_no_longer(at_stage: AtStage) -> None:
    house = at_stage(Stage.CONSENSUS)
    lead, lay = team_of(house)["lead"], team_of(house)["lay"]
    appoint(house, lay)
    change_reviewer(house.database, principal=OFFICE, reviewer_id=lay, change=ReviewerChange(organisation=1), at=AT)
    with nothing_kept(house), pytest.raises(NotPermitted) as refused:
        settles(house, lay)
    assert str(refused.value) == NO_MORE
    assert [(one.reviewer, one.appointed) for one in shown(house, OFFICE)] == [(lead, False)], "the role's again"
    assert settles(house, lead) == ()


def test_where_nobody_settles_when_the_consensus_begins_the_office_is_told(house: House) -> None:
    walk(house, Stage.REVIEW)
    rate_and_hand_in(house, "lead")
    declares(house, team_of(house)["lead"])
    (told,) = office_was_told(house, "conflict_after_review")
    assert told.endswith("They settle nothing more: appoint another of the team to settle once the consensus begins.")
    rate_and_hand_in(house, "lay", c1_01="not_met")
    work(house)
    assert (stage_of(house), office_was_told(house, "consensus_waits")) == (
        Stage.CONSENSUS,
        [
            "Every review of North, North Trust is handed in: 1 criterion waits to be settled, and nobody of the "
            "review team can by now: appoint one of them to settle."
        ],
    )


def test_findings_are_not_settled_by_whoever_came_into_conflict(house: House) -> None:
    walk(house, Stage.REVIEW)
    lead = team_of(house)["lead"]
    praise = Found(draft=Draft(kind=Kind.COMMENDATION, text="Kind staff."), seen_version=0)
    record_finding(house.database, principal=reviewer(lead), cycle_id=CYCLE, key="a", found=praise, at=AT)
    for role in ("lead", "lay"):
        rate_and_hand_in(house, role)
    work(house)
    declares(house, lead)
    with house.database.reading() as session:
        (name,) = findings.unsettled(session, CYCLE)
    with nothing_kept(house), pytest.raises(NotPermitted, match=NO_MORE):
        settle_finding(
            house.database, principal=reviewer(lead), cycle_id=CYCLE, finding=name, how="kept", amended=None,
            reason="Seen.", at=AT,
        )  # fmt: skip


def test_comments_are_not_answered_by_whoever_came_into_conflict(house: House) -> None:
    to_report(house)
    lead = team_of(house)["lead"]
    said = comment(house.database, principal=LEAD, cycle_id=CYCLE, criterion="1.01", reason="Page two.", at=AT)
    declares(house, lead)
    with nothing_kept(house), pytest.raises(NotPermitted, match=NO_MORE):
        answer_comment(
            house.database, principal=reviewer(lead), cycle_id=CYCLE, comment_id=said, reason="Not so.", at=AT
        )
