"""Who may sit in a panel about a cycle, reason by reason."""

from dataclasses import replace
from datetime import date

import pytest

from accreditation.rules.conflicts import Declared, Reviewer, Visit
from accreditation.rules.panels import PanelCase, PanelKind, against, faults_of_panel
from accreditation.rules.reviewer_facts import Worked
from accreditation.scheme.process import AssignmentRules

TODAY = date(2026, 4, 1)
APPEAL, QUALITY = PanelKind.APPEAL, PanelKind.QUALITY_ASSURANCE
NORTH = 10
FREE, STAFF, WORKED, SAT, ASKED, OTHER, SAID = range(1, 8)
PEOPLE = {
    number: Reviewer(id=number, name=f"Reviewer {number}", roles=frozenset({"lay"}), organisation=None, capacity=1)
    for number in range(1, 8)
}
CASE = PanelCase(
    visit=Visit(cycle=7, team_name="North", organisation=NORTH, panel=frozenset({FREE, OTHER})),
    rules=AssignmentRules.model_validate({"employed_within": {"years": 3}}),
    people={
        **PEOPLE,
        STAFF: replace(PEOPLE[STAFF], organisation=NORTH),
        WORKED: replace(PEOPLE[WORKED], worked_at=(Worked(organisation=NORTH, until=date(2024, 1, 31)),)),
    },
    declared=(Declared(reviewer=SAID, organisation=NORTH, reason="a private matter"),),
    team=frozenset({SAT}),
    asked=frozenset({ASKED}),
    panels={APPEAL: frozenset({FREE}), QUALITY: frozenset({OTHER})},
)
WHY = {
    FREE: (),
    STAFF: ("is employed by this organisation",),
    WORKED: ("worked at this organisation within 3 years before the visit",),
    SAT: ("sits or sat in the review team of this visit",),
    ASKED: ("is asked to sit in the review team of this visit",),
    OTHER: ("sits in the quality-assurance panel",),
    SAID: ("declared a conflict of interest with this organisation",),
    99: ("does not exist",),
}


@pytest.mark.parametrize("reviewer", WHY)
def test_what_keeps_somebody_from_the_appeal_panel(reviewer: int) -> None:
    assert against(CASE, kind=APPEAL, reviewer=reviewer, at=TODAY) == WHY[reviewer]


def test_a_member_of_a_panel_is_kept_from_the_other_and_not_from_their_own() -> None:
    found = {
        (kind, who): against(CASE, kind=kind, reviewer=who, at=TODAY) for kind in PanelKind for who in (FREE, OTHER)
    }
    assert found == {
        (APPEAL, FREE): (),
        (APPEAL, OTHER): ("sits in the quality-assurance panel",),
        (QUALITY, FREE): ("sits in the appeal panel",),
        (QUALITY, OTHER): (),
    }


def test_every_fault_of_everybody_is_named_at_once_and_nothing_private() -> None:
    both = replace(CASE, asked=frozenset({STAFF}))
    allowed = (
        "reviewers of the pool who were never on this visit, sit in no other panel about it and have no conflict of "
        "interest with the service"
    )
    assert [str(fault) for fault in faults_of_panel(both, kind=APPEAL, members=[99, SAID, STAFF, FREE], at=TODAY)] == [
        f"reviewer 2: Reviewer 2 is asked to sit in the review team of this visit; {allowed}",
        f"reviewer 2: Reviewer 2 is employed by this organisation; {allowed}",
        f"reviewer 7: Reviewer 7 declared a conflict of interest with this organisation; {allowed}",
        f"reviewer 99: there is no such reviewer; {allowed}",
    ]
    assert faults_of_panel(CASE, kind=APPEAL, members=[], at=TODAY) == ()
