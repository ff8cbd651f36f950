"""Rows of reviewers and cycles as the rules of matching see them."""

from datetime import date

from accreditation.actions.change_reviewer import ReviewerChange, change_reviewer
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.publish import publish
from accreditation.records import cycles, peers, reviewers
from accreditation.rules.conflicts import Point, Reviewer
from accreditation.rules.cycle import Stage
from accreditation.rules.reviewer_facts import Away, Preference, Worked
from accreditation.wiring import House
from tests.walking import AT, CYCLE, LAYS, LEADS, OFFICE, team_of, walk


def placed(house: House, *, organisation: str, place: str, region: str, network: str) -> None:
    row = TeamToImport(
        organisation=organisation, team=organisation.removesuffix(" Trust"), service_line="small", place=place,
        region=region, network=network,
    )  # fmt: skip
    import_teams(house.database, principal=OFFICE, rows=[row], at=AT)


def test_a_reviewer_has_what_was_stated_and_else_what_is_known_of_the_employer(any_house: House) -> None:
    walk(any_house, Stage.CONSENSUS)
    placed(any_house, organisation="Far Trust", place="51.5, -3.2", region="Wales", network="Hills")
    change = ReviewerChange(
        specialties=("stroke",), worked_at=(Worked(organisation=2, until=date(2024, 5, 31)),), region="England",
        unavailable=(Away(first=date(2026, 5, 1), last=date(2026, 5, 2)),), place="BA1 3NG",
        preferences=(Preference(organisation=2, how="prefers"),),
    )  # fmt: skip
    change_reviewer(any_house.database, principal=OFFICE, reviewer_id=LAYS[0], change=change, at=AT)
    with any_house.database.reading() as session:
        found = {one.id: one for one in peers.reviewers_asked(session)}
        lead = team_of(any_house)["lead"]
        assert peers.reviewers_asked(session, [lead, LAYS[0]]) == (found[lead], found[LAYS[0]])
    assert found[lead] == Reviewer(
        id=lead, name=f"Lead {lead}", roles=frozenset({"lead"}), organisation=3, capacity=2,
        network="Hills", region="Wales", place="51.5, -3.2", point=Point(latitude=51.5, longitude=-3.2),
    )  # fmt: skip
    assert found[LAYS[0]] == Reviewer(
        id=LAYS[0], name=f"Lay {LAYS[0]}", roles=frozenset({"lay"}), organisation=None, capacity=2,
        specialties=frozenset({"stroke"}), worked_at=change.worked_at, unavailable=change.unavailable,
        preferences=change.preferences, region="England", place="BA1 3NG",
    )  # fmt: skip


def visits_done(house: House) -> dict[int, int]:
    with house.database.reading() as session:
        return {one.id: one.visits_done for one in peers.reviewers_asked(session)}


def test_visits_completed_here_count_beside_those_that_were_stated(any_house: House) -> None:
    walk(any_house, Stage.PUBLICATION)
    sat = team_of(any_house)
    change_reviewer(
        any_house.database, principal=OFFICE, reviewer_id=sat["lead"], change=ReviewerChange(visits_done=7), at=AT
    )
    nobody = dict.fromkeys((*LEADS, *LAYS), 0)
    assert visits_done(any_house) == nobody | {sat["lead"]: 7}, "not before the result is published"
    publish(any_house.database, principal=OFFICE, cycle_id=CYCLE, at=AT)
    assert visits_done(any_house) == nobody | {sat["lead"]: 8, sat["lay"]: 1}


def test_a_review_that_was_set_aside_is_no_visit_done(any_house: House) -> None:
    walk(any_house, Stage.PUBLISHED)
    with any_house.database.bookkeeping() as session:
        seat = next(one for one, _ in reviewers.sitting(session, cycle_ids=[CYCLE]) if one.role == "lead")
        session.add(reviewers.AssignmentEnd(assignment_id=seat.id or 0, how="taken_off", at=AT))
    assert visits_done(any_house)[seat.reviewer_id] == 0


def test_a_visit_lies_where_its_organisation_does(any_house: House) -> None:
    walk(any_house, Stage.ASSIGNMENT)
    placed(any_house, organisation="North Trust", place="A", region="Wales", network="Hills")
    with any_house.database.reading() as session:
        (visit,) = peers.visits_asked(session, [cycles.now(session, CYCLE)])
    assert (visit.team_name, visit.organisation, visit.network, visit.region, visit.place, visit.point) == (
        "North", 1, "Hills", "Wales", "A", None,
    )  # fmt: skip
    assert visit.last_reviewers == frozenset()


def test_who_sat_in_the_last_review_team_of_the_same_team_is_known(any_house: House) -> None:
    walk(any_house, Stage.PUBLISHED)
    sat = frozenset(team_of(any_house).values())
    with any_house.database.bookkeeping() as session:
        first = cycles.now(session, CYCLE)
        next_round = cycles.Round(scheme="small", name="next", edition_digest=first.edition_digest, opened_at=AT)
        session.add(next_round)
        session.flush()
        cycle, _ = cycles.enrol(session, team_id=first.cycle.team_id, round_=next_round, at=AT)
        number = cycle.id or 0
        cycles.state_profile(session, cycle_id=number, profile={}, by="office", at=AT)
        cycles.enter_stage(
            session, cycle_id=number, before=None, to=Stage.ASSIGNMENT, move="enrol", by="office", reason="", at=AT
        )
        (visit,) = peers.visits_asked(session, [cycles.now(session, number)])
    assert visit.last_reviewers == sat
