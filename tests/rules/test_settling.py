"""Who may be appointed to settle, and what the office is told where nobody can be."""

from dataclasses import replace
from itertools import product

import pytest

from accreditation.errors import Fault
from accreditation.rules.settling import Sitter, faults_of_settler, hindrances, instead

LEAD = Sitter(reviewer=1, name="Lead 1", title="Lead", observes=False, handed_in=True, settles=True)
LAY = Sitter(reviewer=3, name="Lay 3", title="Lay reviewer", observes=False, handed_in=True, settles=False)
NURSE = replace(LAY, reviewer=5, name="Nurse 5", title="Nurse")
KIN = "declared a conflict of interest with this organisation"


@pytest.mark.parametrize(
    ("observes", "handed_in", "conflicts"), list(product((False, True), (False, True), ((), (KIN,))))
)
def test_whoever_rates_has_handed_in_and_is_free_may_settle_and_nobody_else(
    observes: bool, handed_in: bool, conflicts: tuple[str, ...]
) -> None:
    one = replace(LAY, observes=observes, handed_in=handed_in, conflicts=conflicts)
    said = hindrances(one)
    assert (said == ()) == (not observes and handed_in and not conflicts)
    assert len(said) == (observes or not handed_in) + len(conflicts)


def test_every_hindrance_is_a_fault_and_each_names_whom_else_to_appoint() -> None:
    team = [LEAD, replace(LAY, handed_in=False, conflicts=(KIN,)), NURSE]
    allowed = (
        "whoever rates in this review team, has handed in and has no conflict with the service: Nurse 5 (reviewer 5)"
    )
    assert faults_of_settler(team[1], team=team) == (
        Fault(where="reviewer", found="Lay 3 has not handed in a review", allowed=allowed),
        Fault(where="reviewer", found=f"Lay 3 {KIN}", allowed=allowed),
    )
    assert faults_of_settler(NURSE, team=team) == ()


def test_where_nobody_else_can_be_appointed_the_office_is_told_why_and_what_is_left() -> None:
    trainee = replace(LAY, reviewer=7, name="Trainee 7", title="Trainee", observes=True, handed_in=False)
    said = instead([LEAD, replace(LAY, conflicts=(KIN,)), trainee])
    assert said == (
        f"nobody else of this review team can settle (Lay 3 {KIN}; Trainee 7 is on this visit as its trainee, who "
        "observes and rates nothing). Wait until whoever settles can go on; or withdraw the cycle with a reason and "
        "enrol the team in another round, with another review team: all that is rated stays kept"
    )
    assert "(nobody else sits in it)" in instead([LEAD])
