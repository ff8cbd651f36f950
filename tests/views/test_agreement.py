"""Agreement as the college sees it, and a reviewer's own figures as they and the office do."""

import pytest
from sqlalchemy import text

from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.database import observe_statements
from accreditation.errors import NotFound, NotPermitted
from accreditation.rules.cycle import Stage
from accreditation.rules.people import PUBLIC, Principal, Role
from accreditation.views.agreement import (
    AgreementShown,
    ReviewersAgreement,
    agreement_of_round,
    agreement_of_scheme,
    reviewers_agreement,
)
from accreditation.wiring import House
from tests.reviewed import college, visited
from tests.rules.agreement.reviewing import PLAIN, scheme
from tests.walking import AT, COMMITTEE, LEAD, OFFICE, reviewer

SAID = [{1: "mmpnmmpn", 2: "mppnmmnn" if number % 2 else "mmpnmmpn"} for number in range(12)]


def of_round(house: House, *, round_id: int = 1) -> AgreementShown:
    return agreement_of_round(house.database, principal=COMMITTEE, round_id=round_id)


def of_scheme(house: House, *, edition: str | None = None) -> AgreementShown:
    return agreement_of_scheme(house.database, principal=OFFICE, scheme="small", edition=edition)


def of_reviewers(house: House, by: Principal) -> ReviewersAgreement:
    return reviewers_agreement(house.database, principal=by, scheme="small")


def test_a_round_a_scheme_and_an_edition_are_told_with_their_domains_and_criteria(house: House) -> None:
    college(house, teams=24)
    visited(house, SAID)
    newer = scheme(edition="2027.1")
    digest = publish_edition(house.database, principal=OFFICE, scheme=newer, at=AT)
    open_round(house.database, principal=OFFICE, digest=digest, name="autumn", at=AT)
    visited(house, [{3: "mmpnmmpn", 4: "mmpnmmpn"}] * 12, edition=newer, round_id=2, first_team=13)

    spring = of_round(house)
    assert (spring.visits, spring.reviewers, spring.ratings, spring.round) == (12, 2, 192, 1)
    assert [(row.domain, row.alpha.units) for row in spring.rows] == [(None, 96), ("x", 48), ("y", 48)]
    assert [(one.criterion, one.divided.differ) for one in spring.criteria][:2] == [("x2", 6), ("y3", 6)]
    assert of_round(house, round_id=2).rows[0].alpha.value == 1.0
    assert of_scheme(house).visits == 24
    for edition, visits in ((PLAIN.digest, spring), (digest, of_round(house, round_id=2))):
        assert (of_scheme(house, edition=edition).rows, of_scheme(house, edition=edition).visits) == (
            visits.rows, visits.visits,
        )  # fmt: skip


@pytest.mark.parametrize("stage", [Stage.REVIEW, Stage.ASSIGNMENT, Stage.WITHDRAWN])
def test_only_what_is_past_review_counts(house: House, stage: Stage) -> None:
    college(house, teams=12)
    visited(house, SAID, stage=stage)
    assert (of_round(house).visits, of_reviewers(house, OFFICE).reviewers) == (0, ())


def test_who_left_the_review_team_does_not_count(house: House) -> None:
    college(house, teams=12)
    visited(house, SAID)
    with house.database.bookkeeping() as session:
        left = "INSERT INTO assignment_end (assignment_id, at) SELECT id, at FROM assignment WHERE reviewer_id = 2"
        session.execute(text(left))
    assert (of_round(house).reviewers, [one.reviewer for one in of_reviewers(house, OFFICE).reviewers]) == (1, [1])
    assert of_reviewers(house, reviewer(2)).reviewers == ()


def test_a_reviewer_sees_themself_alone_and_the_office_all(house: House) -> None:
    college(house, teams=12)
    visited(house, SAID)
    all_ = of_reviewers(house, OFFICE).reviewers
    assert [(one.reviewer, one.name) for one in all_] == [(1, "Reviewer 1"), (2, "Reviewer 2")]
    for one in all_:
        assert of_reviewers(house, reviewer(one.reviewer)).reviewers == (one,)
    assert all_[1].severity.words.startswith("Stricter than the others")
    assert (all_[1].severity.visits, all_[1].severity.ratings) == (12, 96)
    assert all_[0].consistency[0].alpha.value == 1.0
    assert of_reviewers(house, reviewer(3)).reviewers == ()
    assert of_reviewers(house, Principal(name="bound to nobody", role=Role.REVIEWER)).reviewers == ()


def test_who_may_not_see_it_is_told_so_and_what_is_not_there_is_not_found(house: House) -> None:
    college(house, teams=1)
    for by in (PUBLIC, LEAD, reviewer(1)):
        with pytest.raises(NotPermitted, match="agreement:read"):
            agreement_of_round(house.database, principal=by, round_id=1)
        with pytest.raises(NotPermitted, match="agreement:read"):
            agreement_of_scheme(house.database, principal=by, scheme="small", edition=None)
    for by in (PUBLIC, LEAD, COMMITTEE):
        with pytest.raises(NotPermitted, match="agreement:own"):
            of_reviewers(house, by)
    with pytest.raises(NotFound, match="no round 9"):
        of_round(house, round_id=9)
    with pytest.raises(NotFound, match="No scheme 'other' is published"):
        agreement_of_scheme(house.database, principal=OFFICE, scheme="other", edition=None)
    with pytest.raises(NotFound, match="no edition with the digest 000000000000"):
        of_scheme(house, edition="0" * 64)


def test_a_round_costs_the_same_statements_however_many_cycles_it_has(any_house: House) -> None:
    college(any_house, teams=33)
    visited(any_house, SAID[:3])

    def statements() -> list[int]:
        counted = []
        for ask in (lambda: of_round(any_house), lambda: of_scheme(any_house), lambda: of_reviewers(any_house, OFFICE)):
            ask()
            with observe_statements(any_house.database) as seen:
                ask()
            counted.append(len(seen))
        return counted

    few = statements()
    visited(any_house, [*SAID, *SAID, *SAID[:6]], first_team=4)
    assert statements() == few == [4, 4, 5]
