"""Services and reviewers answer; silence counts as the scheme says; a no re-solves only what it must."""

import pytest
from sqlmodel import col, select

from accreditation.actions.answer_seat import answer_for_service, answer_invitation
from accreditation.actions.invite_person import invite_person
from accreditation.errors import Invalid, MoveNotAllowed, NotFound
from accreditation.records import invitations, reviewers
from accreditation.records.invitations import Said
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Principal, Role
from accreditation.wiring import House
from tests.proposing import (
    all_agree,
    asked,
    confirm_all,
    confirmed_by_office,
    endings,
    invitation,
    proposed,
    says,
    service_says,
    to_proposal,
)
from tests.walking import (
    AT,
    CYCLE,
    LEAD,
    NORTH,
    OFFICE,
    STRANGER,
    later,
    newest,
    nothing_kept,
    reviewer,
    stage_of,
    work,
)

REASON = "They ran our unit until last spring."
OTHER = {1: 2, 2: 1, 3: 4, 4: 3}


def confirmed(house: House, *, asks: str | None = None, both: bool = False) -> None:
    """North's team (and South's) is confirmed, and everybody is asked."""
    to_proposal(house, edition=None if asks is None else confirmed_by_office(asks), both=both)
    confirm_all(house)
    work(house)


def answers(house: House) -> dict[tuple[str, str], list[str]]:
    """(role, side) -> everything that was answered, the first first."""
    with house.database.reading() as session:
        rows = session.exec(
            select(invitations.SeatAnswer, invitations.Invitation.role)
            .join(
                invitations.Invitation,
                col(invitations.Invitation.id) == invitations.SeatAnswer.invitation_id,
            )
            .order_by("invitation_id", "side", "number")
        ).all()
    found: dict[tuple[str, str], list[str]] = {}
    for row, role in rows:
        found.setdefault((role, row.side), []).append(row.said)
    return found


def test_a_services_conflict_ends_the_invitation_and_another_is_proposed_for_that_seat_alone(house: House) -> None:
    confirmed(house)
    lay, lead = asked(house)["lay"], asked(house)["lead"]
    assert service_says(house, "lay", conflict=True, reason=f" {REASON} ") is True
    assert (endings(house), asked(house)) == ({lay: "service_conflict"}, {"lead": lead})
    entry = newest(house)[0]
    assert entry[:3] == ("team_lead:lead of north", "review:answer", "cycle:1")
    assert REASON not in str(entry[3])
    assert len(entry[3]["reason_sha256"]) == 64
    work(house)
    assert proposed(house) == {"lead": (lead, "kept"), "lay": (OTHER[lay], "proposed")}
    with nothing_kept(house):
        assert answer_for_service(
            house.database, principal=LEAD, cycle_id=CYCLE, reviewer_id=lay, conflict=True, reason=REASON, at=AT
        ) is False  # fmt: skip


def test_a_reviewer_who_declines_is_not_asked_again_and_the_confirmed_others_stay(house: House) -> None:
    confirmed(house, both=True)
    before = {cycle: asked(house, cycle) for cycle in (CYCLE, 2)}
    assert says(house, "lead", Said.DECLINES) is True
    work(house)
    gone = before[CYCLE]["lead"]
    assert proposed(house)["lead"] == (OTHER[gone], "proposed")
    assert proposed(house, 2) == {role: (who, "kept") for role, who in before[2].items()}
    assert confirm_all(house) == (CYCLE,)
    assert (asked(house, 2), endings(house)) == (before[2], {gone: "declined"})


def test_a_reviewer_who_declares_a_conflict_has_it_with_the_whole_organisation(house: House) -> None:
    confirmed(house)
    who = asked(house)["lead"]
    assert says(house, "lead", Said.CONFLICT, reason=REASON) is True
    with house.database.reading() as session:
        row = reviewers.conflict_between(session, reviewer_id=who, organisation_id=1)
    assert row is not None
    assert (row.reason, row.by) == (REASON, f"reviewer {who}")
    assert endings(house) == {who: "conflict"}
    work(house)
    assert proposed(house)["lead"] == (OTHER[who], "proposed")


def test_nobody_takes_on_a_visit_to_a_service_in_which_they_have_a_role(house: House) -> None:
    confirmed(house)
    seat, number = asked(house)["lead"], invitation(house, "lead")
    person = invite_person(
        house.database, key=house.key(), principal=OFFICE, name="A clerk", email="clerk@example.org",
        grants=[Grant(role=Role.REVIEWER, reviewer=seat), Grant(role=Role.TEAM_MEMBER, team=NORTH)], at=AT,
    ).person  # fmt: skip
    given = next(one for one in newest(house, number=9) if one[3].get("role") == "team_member")
    assert (given[1], given[3]["left_cycles"], endings(house)) == ("grant:give", [CYCLE], {seat: "conflict"})
    clerk = Principal(name=f"A clerk (person {person})", role=Role.REVIEWER, reviewer=seat)
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="You are not asked to take this visit on any more"):
        answer_invitation(
            house.database, principal=clerk, invitation_id=number, said=Said.ACCEPTS, reason="", at=AT
        )  # fmt: skip
    work(house)
    assert proposed(house)["lead"] == (OTHER[seat], "proposed")


def test_a_conflict_without_a_reason_is_refused(house: House) -> None:
    confirmed(house)
    with nothing_kept(house):
        with pytest.raises(Invalid, match="reason: empty; say what the conflict is, in a sentence"):
            service_says(house, "lay", conflict=True, reason=" ")
        with pytest.raises(Invalid, match="reason: empty; say what the conflict is, in a sentence"):
            says(house, "lay", Said.CONFLICT)


def test_the_same_answer_again_changes_nothing_and_another_one_stands_above_it(house: House) -> None:
    confirmed(house)
    assert (says(house, "lead"), service_says(house, "lead")) == (True, True)
    with nothing_kept(house):
        assert (says(house, "lead"), service_says(house, "lead")) == (False, False)
    service_says(house, "lead", conflict=True, reason=REASON)
    assert answers(house) == {("lead", "reviewer"): ["accepts"], ("lead", "service"): ["no_conflict", "conflict"]}


def test_who_accepted_may_still_decline_until_the_review_begins(house: House) -> None:
    confirmed(house)
    says(house, "lead")
    number, who = invitation(house, "lead"), asked(house)["lead"]
    says(house, "lead", Said.DECLINES, reason="My mother is ill.")
    work(house)
    assert endings(house) == {who: "declined"}
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="You are not asked to take this visit on any more"):
        answer_invitation(
            house.database, principal=reviewer(who), invitation_id=number, said=Said.ACCEPTS, reason="", at=AT
        )


def test_an_invitation_of_others_reads_as_one_that_does_not_exist(house: House) -> None:
    confirmed(house)
    number, other = invitation(house, "lead"), reviewer(OTHER[asked(house)["lead"]])
    said = []
    for one in (number, 999):
        with nothing_kept(house), pytest.raises(NotFound) as refused:
            answer_invitation(house.database, principal=other, invitation_id=one, said=Said.ACCEPTS, reason="", at=AT)
        said.append(str(refused.value))
    assert said == ["There is no such invitation, or it is not yours."] * 2


def test_a_service_answers_about_whom_the_office_confirmed_for_it_and_nobody_else(house: House) -> None:
    to_proposal(house)
    with nothing_kept(house), pytest.raises(NotFound, match="Reviewer 1 is not proposed for this review team"):
        answer_for_service(
            house.database, principal=LEAD, cycle_id=CYCLE, reviewer_id=1, conflict=False, reason="", at=AT
        )
    confirm_all(house)
    with nothing_kept(house), pytest.raises(NotFound, match="There is no such cycle, or it is not one of yours"):
        service_says(house, "lead", by=STRANGER)


def test_where_the_scheme_does_not_ask_the_service_it_has_nothing_to_answer(house: House) -> None:
    confirmed(house, asks="reviewer_answers: {within: {weeks: 1}}")
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="does not ask the service"):
        service_says(house, "lead")


def test_silence_of_the_service_is_no_conflict_and_of_a_reviewer_is_declining_once_their_time_is_over(
    house: House,
) -> None:
    confirmed(house)
    says(house, "lay")
    silent = asked(house)["lead"]
    work(house, at=later(7))
    assert endings(house) == {}, "the last moment is in time"
    work(house, Kind.ANSWERS, at=later(7.1))
    assert endings(house) == {silent: "silent"}
    assert answers(house) == {
        ("lay", "reviewer"): ["accepts"], ("lay", "service"): ["no_conflict"],
        ("lead", "reviewer"): ["declines"], ("lead", "service"): ["no_conflict"],
    }  # fmt: skip
    work(house, at=later(7.1))
    assert proposed(house)["lead"] == (OTHER[silent], "proposed")
    confirm_all(house, at=later(8))
    says(house, "lead", at=later(9))
    work(house, at=later(16))
    assert stage_of(house) is Stage.REVIEW


def test_where_silence_waits_the_service_is_waited_for(house: House) -> None:
    confirmed(house, asks="service_answers: {within: {weeks: 1}, silence: waits}")
    work(house, at=later(30))
    assert stage_of(house) is Stage.ASSIGNMENT
    for role in asked(house):
        service_says(house, role)
    work(house, at=later(30))
    assert stage_of(house) is Stage.REVIEW


def test_accepting_is_possible_in_time_alone(house: House) -> None:
    confirmed(house)
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="The time to accept this visit is over"):
        says(house, "lead", at=later(7.1))


def test_a_service_may_find_a_conflict_after_its_time_while_the_review_has_not_begun(house: House) -> None:
    asks = "service_answers: {within: {weeks: 1}, silence: no_conflict}, reviewer_answers: {within: {weeks: 3}}"
    confirmed(house, asks=asks)
    work(house, at=later(7.1))
    who = asked(house)["lead"]
    service_says(house, "lead", conflict=True, reason=REASON)
    assert endings(house) == {who: "service_conflict"}


def test_what_a_service_said_holds_in_the_next_round_too(house: House) -> None:
    from accreditation.actions.enrol import enrol
    from accreditation.actions.leave import withdraw
    from accreditation.actions.open_round import open_round
    from accreditation.actions.questions import questions_of
    from accreditation.actions.rate import rate
    from accreditation.actions.submit import submit
    from accreditation.records import cycles
    from tests.walking import ANSWERS, NORTH, attach, given

    confirmed(house)
    lay = asked(house)["lay"]
    service_says(house, "lay", conflict=True, reason=REASON)
    withdraw(house.database, principal=OFFICE, cycle_id=CYCLE, reason="The ward moves.", at=AT)
    with house.database.reading() as session:
        digest = cycles.get_round(session, 1).edition_digest
    again = open_round(house.database, principal=OFFICE, digest=digest, name="autumn", at=AT)
    cycle = enrol(house.database, principal=OFFICE, team_id=NORTH, round_id=again, profile={"hasu": False}, at=AT)
    rate(house.database, principal=LEAD, cycle_id=cycle, given=given(ANSWERS), at=AT)
    submit(house.database, principal=LEAD, cycle_id=cycle, stage=Stage.SELF_ASSESSMENT, at=AT)
    attach(house, cycle=cycle)
    work(house, Kind.EVIDENCE)
    submit(house.database, principal=LEAD, cycle_id=cycle, stage=Stage.EVIDENCE, at=AT)
    with house.database.reading() as session:
        (question,) = questions_of(session, again)
    assert [(one.cycle, one.reviewer, one.by, one.reason) for one in question.declared] == [(cycle, lay, "service", "")]


def test_a_team_that_is_sent_back_or_withdrawn_asks_nobody_any_more(house: House) -> None:
    from accreditation.actions.leave import send_back

    confirmed(house)
    who = asked(house)
    send_back(house.database, principal=OFFICE, cycle_id=CYCLE, reason="A file is missing.", at=AT)
    assert (asked(house), set(endings(house).values())) == ({}, {"dissolved"})
    assert sorted(newest(house)[0][3]["freed_reviewers"]) == sorted(who.values())
    work(house)
    assert stage_of(house) is Stage.SELF_ASSESSMENT


def test_all_agree_and_a_second_look_finds_nothing_to_do(house: House) -> None:
    from accreditation.actions.close_answers import close_answers
    from tests.walking import job_of

    confirmed(house)
    all_agree(house)
    job = job_of(house, Kind.ANSWERS)
    assert close_answers(house.database, job_id=job, at=AT) == CYCLE
    with nothing_kept(house):
        assert close_answers(house.database, job_id=job, at=AT) is None
