"""What each role may do, held against the same matrix written out here by hand."""

from itertools import product

import pytest

from accreditation.errors import NotFound, NotPermitted
from accreditation.rules.people import CycleStanding, Principal, Role
from accreditation.rules.permissions import Permission, holders, permit

# P public, M team member, L team lead, R reviewer, O office, C committee, E engine
MATRIX = """
scheme:read       PMLROCE
scheme:publish    ....O..
register:read     PMLROCE
team:read         .ML.OCE
team:import       ....O..
organisation:merge ....O..
round:open        ....O..
round:read        ....OCE
cycle:enrol       ....O..
cycle:read        .MLROCE
cycle:profile     ..L.O..
cycle:send_back   ....O..
cycle:remind      ....O..
cycle:withdraw    ..L.O..
cycle:carry_over  ....O..
assessment:read   .MLROCE
assessment:rate   .ML....
assessment:submit ..L....
assessment:share  .ML....
colleague:read    .ML....
colleague:end     ..L....
indicator:import  ....O..
indicator:challenge .ML....
indicator:answer  ....O..
evidence:read     .MLROCE
evidence:attach   .ML....
evidence:withdraw .ML....
evidence:explain  .ML....
evidence:release  ....O..
evidence:hold     ....O..
evidence:delete   ....O..
library:read      .ML....
library:keep      .ML....
burden:own        .ML....
burden:read       ....O..
reviewer:read     ....OCE
reviewer:register ....O..
availability:state ...R...
conflict:declare  ...RO..
visit:date        ....O..
panel:read        ....OC.
panel:name        ....O..
review:assign     ....O.E
review:appoint    ....O..
proposal:read     .ML.OCE
proposal:answer   ..L....
invitation:read   ...R...
invitation:answer ...R...
review:read       ...ROCE
review:rate       ...R...
review:hand_in    ...R...
review:settle     ...R...
review:leave      ...R...
evidence:request  ...R...
finding:record    ...R...
finding:read      ...ROCE
finding:settle    ...R...
risk:raise        ...R...
risk:read         ..LROCE
risk:answer       ..L....
notice:read       .MLRO..
accuracy:read     .MLROCE
accuracy:comment  .ML....
accuracy:answer   ...R...
accuracy:agree    ..L....
accuracy:close    ......E
agreement:read    ....OC.
agreement:own     ...RO..
calibration:read  ...RO..
calibration:make  ....O..
calibration:take  ...R...
award:recommend   ......E
award:read        .ML.OCE
award:decide      .....C.
award:publish     ....O..
award:lapse       ......E
condition:meet    ....O..
appeal:lodge      ..L....
appeal:answer     .....C.
archive:export    ..L.O..
ledger:read       ....OCE
person:invite     ..L.O..
person:read       ....O..
grant:give        ....O..
token:create      ....O..
job:read          ....O.E
job:release       ....O..
"""
LETTERS = dict(zip("PMLROCE", Role, strict=True))
ALL = {Role.OFFICE, Role.COMMITTEE, Role.ENGINE}


def written() -> dict[str, set[Role]]:
    """Permission -> the roles that hold it."""
    rows = (line.split() for line in MATRIX.strip().splitlines())
    return {name: {LETTERS[letter] for letter in marks if letter != "."} for name, marks in rows}


def principal(role: Role, *, own: bool = True) -> Principal:
    """Somebody of team 1 or reviewer 5, or else of team 2 or reviewer 6."""
    return Principal(name="x", role=role, team=1 if own else 2, reviewer=5 if own else 6)


def said(who: Principal, permission: Permission, standing: CycleStanding | None) -> str:
    try:
        permit(who, permission, standing)
    except NotFound:
        return "not found"
    except NotPermitted:
        return "not permitted"
    return "yes"


def test_every_permission_is_held_by_the_roles_of_the_matrix_and_no_other() -> None:
    assert {permission.value: set(holders(permission)) for permission in Permission} == written()


def test_every_role_is_answered_as_the_matrix_says_for_its_own_cycle_another_s_and_none() -> None:
    cycle = CycleStanding(team=1, reviewers=frozenset({5}))
    for role, permission, own in product(Role, Permission, (True, False)):
        held = "yes" if role in written()[permission.value] else "not permitted"
        knows = role in ALL or (own and role is not Role.PUBLIC)
        who = principal(role, own=own)
        assert said(who, permission, None) == held
        assert said(who, permission, cycle) == (held if knows else "not found"), (role, permission, own)


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.TEAM_MEMBER, Role.REVIEWER])
def test_who_is_bound_to_nothing_knows_no_cycle(role: Role) -> None:
    cycle = CycleStanding(team=1, reviewers=frozenset({5}))
    assert said(Principal(name="x", role=role), Permission.CYCLE_READ, cycle) == "not found"


def test_a_reviewer_knows_a_cycle_only_while_assigned_and_never_by_a_team_s_number() -> None:
    left = CycleStanding(team=5, reviewers=frozenset())
    assert said(principal(Role.REVIEWER), Permission.CYCLE_READ, left) == "not found"


def test_a_cycle_that_exists_and_one_that_does_not_read_the_same() -> None:
    with pytest.raises(NotFound) as refused:
        permit(principal(Role.TEAM_LEAD, own=False), Permission.CYCLE_READ, CycleStanding(team=1))
    assert str(refused.value) == "There is no such cycle, or it is not one of yours."


def test_a_refusal_says_who_may() -> None:
    with pytest.raises(NotPermitted) as refused:
        permit(principal(Role.TEAM_MEMBER), Permission.ASSESSMENT_SUBMIT, CycleStanding(team=1))
    assert str(refused.value) == (
        "This needs the permission 'assessment:submit', which a member of the team does not have. "
        "It is for the team's lead."
    )


def test_only_the_committee_decides_and_nobody_who_decides_publishes_or_recommends() -> None:
    trio = (Permission.AWARD_RECOMMEND, Permission.AWARD_DECIDE, Permission.AWARD_PUBLISH)
    assert [holders(permission) for permission in trio] == [(Role.ENGINE,), (Role.COMMITTEE,), (Role.OFFICE,)]
