"""Who may know of a cycle, and how people say who somebody is."""

from accreditation.rules.people import ENGINE, PUBLIC, CycleStanding, Principal, Role, belongs

CYCLE = CycleStanding(team=1, reviewers=frozenset({5}))


def test_a_team_knows_its_own_cycle_a_reviewer_the_assigned_one_and_the_college_all() -> None:
    own = {role: belongs(Principal(name="x", role=role, team=1, reviewer=5), CYCLE) for role in Role}
    other = {role: belongs(Principal(name="x", role=role, team=5, reviewer=1), CYCLE) for role in Role}
    college = {Role.OFFICE, Role.COMMITTEE, Role.ENGINE}
    assert own == {role: role is not Role.PUBLIC for role in Role}
    assert other == {role: role in college for role in Role}


def test_every_role_has_words_of_its_own() -> None:
    words = [role.words for role in Role]
    assert len(set(words)) == len(words)
    assert (PUBLIC.role.words, ENGINE.role.words) == ("anybody", "the engine")
