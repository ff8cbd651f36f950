"""Facts that change while a review runs: whoever comes into conflict leaves, or their review stands and it is said."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest

from accreditation.actions.change_reviewer import ReviewerChange, change_reviewer
from accreditation.actions.confirm import confirm
from accreditation.actions.date_visit import Dated, date_visit
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.enrol import enrol
from accreditation.actions.grant_role import end_grant
from accreditation.actions.import_teams import Imported, TeamToImport, import_teams
from accreditation.actions.invite_person import invite_person
from accreditation.actions.merge_organisations import merge_organisations
from accreditation.actions.open_round import open_round
from accreditation.actions.rate import rate
from accreditation.actions.submit import submit
from accreditation.errors import NotPermitted
from accreditation.records import notices
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Principal, Role
from accreditation.views.awards import recommendation
from accreditation.views.teams_of_review import Seat, seats_of
from accreditation.wiring import House
from tests.actions.doing import clerk_of_north
from tests.proposing import all_agree, asked, confirm_all, confirmed_by_office, service_says, to_proposal
from tests.walking import (
    ANSWERS,
    AT,
    COMMITTEE,
    CYCLE,
    LAYS,
    LEAD,
    LEADS,
    NORTH,
    NORTHS_LEAD,
    OFFICE,
    OTHER_LEAD,
    SOUTH,
    attach,
    given,
    nothing_kept,
    rate_and_hand_in,
    scheme,
    stage_of,
    team_of,
    walk,
    work,
)

STRICT = scheme(**{
    "consensus: {settled_by: lead}": "assignment: {same_network: barred, employed_within: {years: 3}}\n"
    "consensus: {settled_by: lead}"
})  # fmt: skip
NORTH_TRUST, SOUTH_TRUST, FAR_TRUST = 1, 2, 3
"""North's organisation, another, and the one that employs both leads."""


def networks(house: House, by: Principal = OFFICE, **given: str) -> Imported:
    """The trusts (north, far) are in these networks from now on."""
    rows = [
        TeamToImport(organisation=f"{name.title()} Trust", team=name.title(), service_line="stroke", network=network)
        for name, network in given.items()
    ]
    return import_teams(house.database, principal=by, rows=rows, at=AT)


def changed(house: House, **given: object) -> None:
    change = ReviewerChange.model_validate(given)
    change_reviewer(house.database, principal=OFFICE, reviewer_id=NORTHS_LEAD, change=change, at=AT)


def merged(house: House, one: int, into: int, by: Principal = OFFICE) -> None:
    merge_organisations(house.database, principal=by, organisation_id=one, into_id=into, reason="They merged.", at=AT)


def by_employer(house: House) -> None:
    changed(house, organisation=NORTH_TRUST)


def by_new_employers_network(house: House) -> None:
    networks(house, north="Wales", south="Wales")
    changed(house, organisation=SOUTH_TRUST)


def by_past_employment(house: House) -> None:
    changed(house, worked_at=[{"organisation": NORTH_TRUST, "until": "2025-01-31"}])


def by_past_employment_at_what_merged(house: House) -> None:
    changed(house, worked_at=[{"organisation": SOUTH_TRUST, "until": "2025-01-31"}])
    merged(house, SOUTH_TRUST, NORTH_TRUST)


def by_the_services_network(house: House) -> None:
    networks(house, far="Wales")
    networks(house, north="Wales")


def by_the_employers_network(house: House) -> None:
    networks(house, north="Wales")
    networks(house, far="Wales")


def by_a_merger_of_the_employer_into_the_network(house: House) -> None:
    networks(house, north="Wales", south="Wales")
    merged(house, FAR_TRUST, SOUTH_TRUST)


def by_a_merger_with_the_service(house: House) -> None:
    merged(house, NORTH_TRUST, FAR_TRUST)


def by_declaring(house: House) -> None:
    declare_conflict(house.database, principal=OFFICE, reviewer_id=NORTHS_LEAD, organisation_id=1, reason="Kin.", at=AT)


def by_a_role_given_back_in_what_merged(house: House) -> None:
    grants = [Grant(role=Role.REVIEWER, reviewer=NORTHS_LEAD), Grant(role=Role.TEAM_MEMBER, team=SOUTH)]
    invited = invite_person(
        house.database, key=house.key(), principal=OFFICE, name="A clerk", email="clerk@example.org", grants=grants,
        at=AT,
    )  # fmt: skip
    end_grant(house.database, principal=OFFICE, grant_id=invited.grants[1], reason="She moved on.", at=AT)
    merged(house, SOUTH_TRUST, NORTH_TRUST)


NETWORK = "is employed in the same network by now"
WORKED = "is known by now to have worked at this organisation within 3 years before the visit"
EMPLOYED = "is employed by this organisation by now"
OF_IT = "is known by now to have, or to have had, a role in this team or its organisation"
WAYS: Mapping[Callable[[House], None], str] = {
    by_employer: EMPLOYED,
    by_new_employers_network: NETWORK,
    by_past_employment: WORKED,
    by_past_employment_at_what_merged: WORKED,
    by_the_services_network: NETWORK,
    by_the_employers_network: NETWORK,
    by_a_merger_of_the_employer_into_the_network: NETWORK,
    by_a_merger_with_the_service: EMPLOYED,
    by_a_role_given_back_in_what_merged: OF_IT,
    by_declaring: "a conflict of interest with this service is declared by now",
}
"""Every way in which a fact changes -> what is said of the review that was handed in before."""


BOTH_LEADS = (
    by_the_services_network,
    by_the_employers_network,
    by_a_merger_of_the_employer_into_the_network,
    by_a_merger_with_the_service,
)
"""Those that bar the other lead too, whom the same trust employs."""


def told(house: House) -> list[tuple[str, int]]:
    with house.database.reading() as session:
        return [(one.kind, one.cycle_id) for one in notices.of_inbox(session, notices.OFFICE, after=0, limit=10)]


@pytest.mark.parametrize("way", WAYS)
def test_after_the_hand_in_the_review_stands_and_the_college_is_told_everywhere(
    house: House, way: Callable[[House], None]
) -> None:
    walk(house, Stage.CONSENSUS, edition=STRICT)
    before = {one.reviewer: one.why for one in _seats(house, OFFICE)}
    way(house)
    words = f"handed in before the conflict was known: {WAYS[way]}; the review counts all the same"
    assert (stage_of(house), team_of(house)["lead"]) == (Stage.CONSENSUS, NORTHS_LEAD)
    assert told(house) == [("conflict_after_review", CYCLE)]
    for who in (OFFICE, COMMITTEE):
        seats = {one.reviewer: (one.why, one.warning) for one in _seats(house, who)}
        assert seats == {one: (why, "") for one, why in before.items()} | {NORTHS_LEAD: (words, words)}
    assert {one.reviewer: (one.why, one.warning) for one in _seats(house, LEAD)} == {
        one: (why, "") for one, why in before.items()
    }


def _seats(house: House, who: Principal) -> Sequence[Seat]:
    return seats_of(house.database, principal=who, cycle_id=CYCLE).seats


@pytest.mark.parametrize("way", [by_past_employment, by_the_services_network])
def test_the_committee_reads_it_beside_the_recommendation(house: House, way: Callable[[House], None]) -> None:
    walk(house, Stage.DECISION, edition=STRICT)
    way(house)
    assert recommendation(house.database, principal=COMMITTEE, cycle_id=CYCLE).warnings == (
        f"Lead {NORTHS_LEAD} handed in before the conflict was known: {WAYS[way]}; the review counts all the same",
    )


@pytest.mark.parametrize("way", WAYS)
def test_before_the_hand_in_they_leave_and_what_the_others_handed_in_stays(
    house: House, way: Callable[[House], None]
) -> None:
    walk(house, Stage.REVIEW, edition=STRICT)
    lay = team_of(house)["lay"]
    rate_and_hand_in(house, "lay")
    way(house)
    assert (stage_of(house), team_of(house), told(house)) == (Stage.ASSIGNMENT, {"lay": lay}, [])
    work(house)
    if way not in BOTH_LEADS:
        assert (stage_of(house), team_of(house)) == (Stage.REVIEW, {"lay": lay, "lead": OTHER_LEAD})
        rate_and_hand_in(house, "lead")
        work(house)
        assert stage_of(house) is Stage.DECISION, "the lay reviewer was not asked again"
    else:
        assert stage_of(house) is Stage.ASSIGNMENT, "the other lead has the same employer"


def test_an_office_of_the_service_itself_moves_no_organisation_by_which_a_reviewer_would_leave(house: House) -> None:
    walk(house, Stage.REVIEW, edition=STRICT)
    networks(house, far="Wales")
    clerk, refused = clerk_of_north(house), "so you cannot make a reviewer leave its visit"
    for move in (
        lambda: networks(house, by=clerk, north="Wales"), lambda: merged(house, NORTH_TRUST, FAR_TRUST, by=clerk)
    ):  # fmt: skip
        with nothing_kept(house), pytest.raises(NotPermitted, match=refused):
            move()


def test_who_handed_in_and_came_into_conflict_keeps_the_seat_while_another_is_looked_for(house: House) -> None:
    walk(house, Stage.REVIEW, edition=STRICT)
    rate_and_hand_in(house, "lead")
    lay = team_of(house)["lay"]
    by_past_employment(house)
    declare_conflict(house.database, principal=OFFICE, reviewer_id=lay, organisation_id=1, reason="Kin.", at=AT)
    assert stage_of(house) is Stage.ASSIGNMENT
    work(house)
    sitting = team_of(house)
    assert (stage_of(house), sitting["lead"], sitting["lay"] != lay) == (Stage.REVIEW, NORTHS_LEAD, True)
    rate_and_hand_in(house, "lay")
    work(house)
    assert stage_of(house) is Stage.DECISION
    assert told(house) == [("conflict_after_review", CYCLE)]


def test_a_visit_that_is_brought_forward_bars_whoever_worked_there_too_shortly_before(house: House) -> None:
    walk(house, Stage.REVIEW, edition=STRICT)

    def dated(day: date) -> Dated:
        return date_visit(house.database, principal=OFFICE, cycle_id=CYCLE, first=day, last=day, at=AT)

    dated(date(2026, 6, 11))
    changed(house, worked_at=[{"organisation": NORTH_TRUST, "until": "2023-06-10"}])
    assert (stage_of(house), team_of(house)["lead"]) == (Stage.REVIEW, NORTHS_LEAD), "three years and a day before"
    assert dated(date(2026, 6, 10)) == Dated(new=True, left=True)
    assert (stage_of(house), "lead" in team_of(house)) == (Stage.ASSIGNMENT, False)
    work(house)
    assert (stage_of(house), team_of(house)["lead"]) == (Stage.REVIEW, OTHER_LEAD)


def test_what_sets_nobody_apart_by_this_schemes_rules_changes_nothing(house: House) -> None:
    walk(house, Stage.REVIEW, edition=scheme())
    by_past_employment(house)
    by_the_services_network(house)
    assert (stage_of(house), team_of(house)["lead"], told(house)) == (Stage.REVIEW, NORTHS_LEAD, [])


def test_the_same_networks_again_change_nothing(house: House) -> None:
    walk(house, Stage.CONSENSUS, edition=STRICT)
    assert networks(house, north="Wales", far="Wales").stands == (CYCLE,)
    with nothing_kept(house):
        assert networks(house, north="Wales", far="Wales").stands == ()


@pytest.mark.parametrize("handed_in", [False, True])
def test_a_service_that_names_a_conflict_in_a_later_round_has_it_in_the_review_that_runs_too(
    house: House, handed_in: bool
) -> None:
    edition = confirmed_by_office()
    to_proposal(house, edition=edition)
    confirm_all(house)
    all_agree(house)
    work(house)
    assert stage_of(house) is Stage.REVIEW
    sitting = team_of(house)
    for spare in {*LEADS, *LAYS} - {*sitting.values()}:
        none_left = ReviewerChange(capacity=0)
        change_reviewer(house.database, principal=OFFICE, reviewer_id=spare, change=none_left, at=AT)
    again = open_round(house.database, principal=OFFICE, digest=edition.digest, name="autumn", at=AT)
    cycle = enrol(house.database, principal=OFFICE, team_id=NORTH, round_id=again, profile={"hasu": False}, at=AT)
    rate(house.database, principal=LEAD, cycle_id=cycle, given=given(ANSWERS), at=AT)
    submit(house.database, principal=LEAD, cycle_id=cycle, stage=Stage.SELF_ASSESSMENT, at=AT)
    attach(house, cycle=cycle)
    work(house, Kind.EVIDENCE)
    submit(house.database, principal=LEAD, cycle_id=cycle, stage=Stage.EVIDENCE, at=AT)
    work(house)
    confirm(house.database, principal=OFFICE, round_id=again, number=1, cycle_ids=None, at=AT)
    role = "lay"
    assert asked(house, cycle) == sitting
    if handed_in:
        rate_and_hand_in(house, role)
    service_says(house, role, conflict=True, reason="A private matter.", cycle=cycle)
    if handed_in:
        words = "this service has declared a conflict of interest by now"
        assert (stage_of(house), team_of(house)) == (Stage.REVIEW, sitting)
        warned = [one.warning for one in _seats(house, OFFICE) if one.warning]
        assert warned == [f"handed in before the conflict was known: {words}; the review counts all the same"]
    else:
        assert (stage_of(house), role in team_of(house)) == (Stage.ASSIGNMENT, False)
