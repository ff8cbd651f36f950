"""A team's lead lets colleagues in and takes their roles back; whoever looks after a hospital does so for its teams."""

import pytest

from accreditation.actions.end_colleague import end_colleague
from accreditation.actions.trying import count_try
from accreditation.database import observe_statements
from accreditation.errors import NotFound
from accreditation.ledger.entries import entries
from accreditation.records import people
from accreditation.rules.grants import Grant
from accreditation.rules.lockout import OF_INVITATIONS
from accreditation.rules.people import Principal, Role
from accreditation.wiring import House
from tests.pages.browsing import Browser
from tests.pages.conftest import PASSWORD, New, invite, links
from tests.pages.teams import told
from tests.pages.test_signing_in import SignedIn, is_wrong
from tests.walking import NORTH, SOUTH, begin

LEAD = Grant(role=Role.TEAM_LEAD, team=NORTH)
PEOPLE = f"/team/people/{NORTH}"


def sent(browser: Browser, path: str) -> tuple[int, str]:
    """What is said to a form that was never shown."""
    answer = browser.ask("POST", path, data={**browser.page.forms["/sign-out"], "reason": "She left."})
    return answer.status_code, answer.text.replace(path, "")


def test_a_lead_lets_colleagues_in_and_takes_their_roles_back(house: House, new: New, known: SignedIn) -> None:
    begin(house)
    lead = known(LEAD)  # person 1, with the grant 1
    invite(house, Grant(role=Role.REVIEWER, reviewer=1), email="known@example.org")
    invite(house, Grant(role=Role.TEAM_MEMBER, team=SOUTH), email="south@example.org")
    lead.open("/team/people")
    assert (lead.page.path, lead.page.headings) == (PEOPLE, ["North, North Trust People of our team"])
    assert told(lead.page)[1:3] == ["A clerk (you)", "clerk@example.org"]
    lead.open(f"{PEOPLE}/new")
    assert "Whoever has an account already is asked at their next sign-in" in lead.page.text
    lead.send(f"{PEOPLE}/new", role="office")
    assert (lead.page.status, "Choose what your colleague is to be." in lead.page.text) == (422, True)
    lead.send(f"{PEOPLE}/new", role="team_member")
    assert (lead.page.status, [is_wrong(lead.page, one) for one in ("name", "email")]) == (422, [True, True])
    lead.send(f"{PEOPLE}/new", name="A nurse", email="nurse@example.org", role="team_member")
    assert "A nurse is invited. If they are new here, ask the college office for the link" in lead.page.text
    nurse = new()
    nurse.open(links(house)[-1])
    nurse.send("/invitation", password=PASSWORD, again=PASSWORD)
    assert nurse.open(PEOPLE).status == 200
    assert "Your team’s lead lets colleagues in." in nurse.page.text
    assert "take back" not in nurse.page.text

    lead.open(f"{PEOPLE}/new")
    lead.send(f"{PEOPLE}/new", name="Anything", email="known@example.org", role="team_lead")
    assert ("known@example.org" in lead.page.text, "Reviewer" in lead.page.text) == (True, False)
    assert "Anything is invited. If they are new here, ask the college office for the link" in lead.page.text
    nobodys = sent(lead, f"{PEOPLE}/roles/99/end")
    assert nobodys[0] == 404
    for of_others in (1, 2, 3):  # the lead's own, a reviewer's, one of South
        assert lead.ask("GET", f"{PEOPLE}/roles/{of_others}/end").status_code == 404
        assert sent(lead, f"{PEOPLE}/roles/{of_others}/end") == nobodys
    end = f"{PEOPLE}/roles/4/end"
    assert "A nurse, nurse@example.org: Team member." in lead.open(end).text
    assert (lead.send(end).status, is_wrong(lead.page, "reason")) == (422, True)
    assert (lead.send(end, reason="She left.").path, "The role is taken back." in lead.page.text) == (PEOPLE, True)
    assert "nurse@example.org" not in lead.page.text
    assert [nurse.open(path).status for path in (PEOPLE, "/team/people", "/account")] == [404, 404, 200]
    with house.database.reading() as session:
        last = entries(session, action="grant:end")[-1]
    assert (last.actor, last.subject) == ("team_lead:A clerk (person 1)", "person:4")


def test_a_lead_hears_neither_whether_somebody_is_known_here_nor_by_which_name(
    house: House, known: SignedIn, signed_in: SignedIn
) -> None:
    begin(house)
    boss = signed_in(Grant(role=Role.COMMITTEE), email="boss@example.org")
    lead = known(LEAD, email="lead@example.org")
    said = []
    for name in ("boss", "nobody"):
        lead.open(f"{PEOPLE}/new")
        lead.send(f"{PEOPLE}/new", name=f"Probe {name}", email=f"{name.upper()}@example.org", role="team_member")
        lines = told(lead.page)
        at = lines.index(f"Probe {name}")
        said.append([one.replace(name, "x") for one in (lines[0], *lines[at : at + 4])])
    assert said[0] == said[1]
    assert said[0][3].startswith(
        "Has not signed in since the invitation. Whoever has an account already needs no letter"
    )
    assert boss.open(PEOPLE).status == 404  # a lead's word alone makes nobody a colleague
    boss.send("/sign-out")
    boss.open("/sign-in")
    boss.send("/sign-in", email="boss@example.org", password=PASSWORD)
    assert (boss.page.path, "Whoever is in a team cannot review it" in boss.page.text) == ("/account", True)
    offer = next(path for path in boss.page.forms if path.startswith("/account/offers/"))
    assert "The role is yours." in boss.send(offer, answer="take").text
    assert (boss.open(PEOPLE).status, "Probe boss (you)" in boss.page.text) == (200, True)
    lines = told(lead.open(PEOPLE))
    assert lines[lines.index("Probe boss") + 2].startswith("Team member")


def test_of_two_leads_who_take_each_others_role_back_at_once_one_stays(house: House, known: SignedIn) -> None:
    begin(house)
    known(LEAD)
    known(LEAD, email="other@example.org")
    one, other = (Principal(name=f"A clerk (person {who})", role=Role.TEAM_LEAD, team=NORTH) for who in (1, 2))

    def end(by: Principal, grant: int) -> None:
        end_colleague(house.database, principal=by, grant_id=grant, reason="She left.", at=house.now())

    end(one, 2)
    with pytest.raises(NotFound):
        end(other, 1)  # whom the page let in before
    with house.database.reading() as session:
        assert list(people.holding(session, Role.TEAM_LEAD)) == [1]


def test_whoever_looks_after_a_hospital_does_so_for_each_of_its_teams(house: House, known: SignedIn) -> None:
    begin(house)
    manager = known(Grant(role=Role.TEAM_LEAD, organisation=1))
    lead = known(LEAD, email="lead@example.org")
    assert "for every team of North Trust" in lead.open(PEOPLE).text
    assert "take back" not in lead.page.text
    both = known(LEAD, Grant(role=Role.TEAM_MEMBER, team=SOUTH), email="both@example.org")
    assert told(both.open("/team/people")) == [
        "Whose people do you want to see?",
        "North, North Trust",
        "South, South Trust",
    ]
    manager.open(PEOPLE)
    assert "/roles/2/end" in manager.page.answer.text
    assert [manager.open(f"/team/people/{one}").status for one in (NORTH, SOUTH)] == [200, 404]
    manager.open(f"{PEOPLE}/new")
    assert manager.send(f"{PEOPLE}/new", name="A nurse", email="n@example.org", role="team_member").path == PEOPLE
    for _ in range(19):
        count_try(house.database, key=house.key(), kind="invite", account="A clerk (person 1)", address=None,
                  of_account=OF_INVITATIONS, at=house.now())  # fmt: skip
    manager.open(f"{PEOPLE}/new")
    page = manager.send(f"{PEOPLE}/new", name="One more", email="one@example.org", role="team_member")
    assert (page.status, "There were too many tries. Wait " in page.text) == (429, True)


def test_many_colleagues_cost_no_more_statements(house: House, known: SignedIn) -> None:
    begin(house)
    lead, costs = known(LEAD), []
    for number in (0, 5):
        for one in range(number):
            invite(house, Grant(role=Role.TEAM_MEMBER, team=NORTH), email=f"{one}@example.org")
        with observe_statements(house.database) as seen:
            assert lead.ask("GET", PEOPLE).status_code == 200
        costs.append(len(seen))
    assert len(set(costs)) == 1, costs
