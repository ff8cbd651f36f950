"""The office keeps its reviewers, teams and organisations on the site: by forms, and by lists."""

from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.wiring import House
from tests.pages.browsing import Browser, Page
from tests.pages.contract import parsed, text_of
from tests.pages.teams import send_files, told
from tests.pages.test_signing_in import SignedIn
from tests.walking import begin, newest, team_of, walk

OFFICE, COMMITTEE = Grant(role=Role.OFFICE), Grant(role=Role.COMMITTEE)
REVIEWERS, TEAMS, ORGANISATIONS = "/college/reviewers", "/college/teams", "/college/organisations"
EXERCISES = "/college/exercises"


def faults(page: Page) -> list[str]:
    """Everything that stands at the top of a form that was refused."""
    return [text_of(one) for one in parsed(page.answer.text).select(".nhsuk-error-summary li a")]


HEADING = "reviewer,roles,capacity,employer\n"


def test_the_office_registers_reviewers_and_keeps_what_is_known_of_them(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    office, seated = known(OFFICE), team_of(house)["lead"]
    assert {"4 reviewers", "1 visit goes on, up to 2 in a round"} <= {
        one.removeprefix("Work ") for one in told(office.open(REVIEWERS))
    }
    assert "2 reviewers" in told(office.open(f"{REVIEWERS}?search=far&role=lead"))
    assert "Nobody found" in office.open(f"{REVIEWERS}?search=nobody").text
    office.open(f"{REVIEWERS}/new")
    assert faults(office.send(f"{REVIEWERS}/new", employer="No Trust", capacity="x")) == [
        "Name or designation: write 1 to 200 characters on one line.", "Choose at least one role.",
        "Employer: a name that the college does not have. What is needed: the whole name of an organisation, or its "
        "ODS code; leave it empty for none.",
        "Say how many visits in a round, as a whole number from 0 to 50.",
    ]  # fmt: skip
    page = office.send(f"{REVIEWERS}/new", name="New lead", roles="lead", employer="south trust", capacity="3")
    assert (page.path, page.headings) == (f"{REVIEWERS}/5", ["New lead"])
    assert {["Employer", "South Trust"][1]} <= {one.removeprefix("Employer") for one in told(page)}
    page = office.send(f"{REVIEWERS}/5", roles="lay", capacity="1", specialties="9 lives")
    assert page.status == 422
    page = office.send(f"{REVIEWERS}/5", roles="lay", capacity="1", specialties="Stroke rehabilitation", region="Wales")
    assert {"RolesLay reviewer", "Employernone here", "Knows aboutstroke rehabilitation", "RegionWales"} <= {
        *told(page)
    }
    assert "Type the first day away." in office.send(f"{REVIEWERS}/5/absences").text
    days = {"first-day": "4", "first-month": "1", "first-year": "2027"}
    assert "4 January 2027" in told(office.send(f"{REVIEWERS}/5/absences", **days))
    assert "None: they can be asked for any day." in told(office.send(f"{REVIEWERS}/5/absences/ended"))
    assert faults(office.send(f"{REVIEWERS}/5/conflicts", organisation="North")) == [
        "Type the whole name of an organisation that is here, or its ODS code.",
        "Say why, in a sentence.",
    ]
    page = office.send(f"{REVIEWERS}/5/conflicts", organisation="North Trust", reason="Married to its lead.")
    assert any(one.startswith("North Trust: Married to its lead. (declared by A clerk") for one in told(page))
    assert "spring, Lead. Review" in office.open(f"{REVIEWERS}/{seated}").text


def test_a_list_of_reviewers_is_kept_whole_or_not_at_all_and_the_committee_reads(house: House, known: SignedIn) -> None:
    begin(house)
    office = known(OFFICE)
    office.open(f"{REVIEWERS}/new")
    faulty = f"{HEADING}New,laed,x,Nowhere\n,lay,1,\n".encode()
    page = send_files(office, f"{REVIEWERS}/new/list", ("r.csv", faulty))
    assert (page.status, "The list has 4 faults." in page.text) == (422, True)
    assert [one.partition(":")[0] for one in told(page)[-4:]] == [
        "Line 2, roles", "Line 2, capacity", "Line 2, employer", "Line 3, reviewer"
    ]  # fmt: skip
    list_ = f"{HEADING}New,lead,1,East Trust\nLead 1,lead;lay,2,Far Trust\n".encode()
    page = send_files(office, f"{REVIEWERS}/new/list", ("r.csv", list_))
    assert "there is no organisation 'East Trust'" in page.text
    assert "or tick “Register employers that have no team here, too”." in page.text
    page = send_files(office, f"{REVIEWERS}/new/list", ("r.csv", list_), employers="yes")
    assert "1 new, 1 changed, 0 as they were." in page.text
    assert {"See all reviewers", "Invite one of them, so that they can sign in"} <= {*told(page)}
    page = office.send(f"{REVIEWERS}/new", name="Lead 1 ", roles="lead", capacity="1")
    assert (page.status, f'href="{REVIEWERS}/1"' in page.answer.text) == (422, True)
    committee = known(COMMITTEE, email="committee@example.org")
    assert [committee.open(f"{REVIEWERS}/{one}").status for one in ("1", "999", "new")] == [200, 404, 403]
    assert "Days on which they cannot visit" not in committee.open(f"{REVIEWERS}/1").text
    for path, status in ((REVIEWERS, 200), (TEAMS, 200), (f"{TEAMS}/1", 200), (ORGANISATIONS, 200), (EXERCISES, 403),
                         (f"{TEAMS}/new", 403), (f"{ORGANISATIONS}/1/merger", 403)):  # fmt: skip
        assert committee.ask("GET", path).status_code == status, path
    bound = known(Grant(role=Role.OFFICE, scheme="small"), email="bound@example.org")
    of_all = (REVIEWERS, f"{REVIEWERS}/1", TEAMS, f"{TEAMS}/1", ORGANISATIONS, f"{ORGANISATIONS}/1", EXERCISES)
    assert [bound.ask("GET", one).status_code for one in of_all] == [404] * 7


def test_the_office_registers_teams_and_makes_one_organisation_part_of_another(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    office = known(OFFICE)
    assert "3 teams" in told(office.open(TEAMS))
    assert "No team found" in office.open(f"{TEAMS}?search=%25").text
    office.open(f"{TEAMS}/new")
    assert faults(office.send(f"{TEAMS}/new", team="East", ods_code="x")) == [
        "Service: write 1 to 60 characters on one line.",
        "Organisation that runs it: write 1 to 200 characters on one line.",
        "ODS code of the organisation: 'X'. What is needed: 3 to 10 capital letters and digits.",
    ]
    page = office.send(f"{TEAMS}/new", team="East", organisation="East Trust", service_line="small", ods_code="re1")
    assert (page.path, page.headings) == (f"{TEAMS}/4", ["East Trust East"])
    assert "The team is registered." in page.text
    office.open(f"{TEAMS}/new")
    page = office.send(f"{TEAMS}/new", team="EAST ", organisation="East\u00a0 Trust", service_line="small")
    assert (page.path, "This team is registered already." in page.text) == (f"{TEAMS}/4", True)
    assert "This team takes part in no round yet." in page.text
    office.open(f"{TEAMS}/new")
    page = send_files(office, f"{TEAMS}/new/list", ("t.csv", b"team,organisation\nWest,East Trust\n"))
    assert (page.status, "1 to 60 characters, as in stroke" in page.text) == (422, True)
    page = send_files(office, f"{TEAMS}/new/list", ("t.csv", b"team,organisation\nWest,\n"), service="small")
    assert told(page)[-1].startswith("Line 2, organisation: empty.")
    page = send_files(office, f"{TEAMS}/new/list", ("t.csv", b"team,organisation\nWest,East Trust\n"), service="small")
    assert "1 new team, 0 known already; 0 new organisations." in page.text
    assert {"See all teams", "Invite a team’s lead"} <= {*told(page)}
    assert "A small scheme, spring" in told(office.open(f"{TEAMS}/1"))
    _renamed(house, office)
    office.open(f"{ORGANISATIONS}/1/merger")
    assert faults(office.send(f"{ORGANISATIONS}/1/merger/preview", into="Nowhere")) == [
        "Of which organisation it becomes a part: no organisation is called so. What is needed: the whole name of one "
        "that is here, or its ODS code.",
        "Say why, in a sentence.",
    ]
    page = office.send(f"{ORGANISATIONS}/1/merger/preview", into="Far Trust", reason="They merged.")
    assert "In 1 cycle a reviewer leaves the review team, and another is looked for." in page.text
    assert "Far Trust" not in told(office.open(f"{ORGANISATIONS}/1"))
    office.open(f"{ORGANISATIONS}/1/merger")
    office.send(f"{ORGANISATIONS}/1/merger/preview", into="Far Trust", reason="They merged.")
    page = office.send(f"{ORGANISATIONS}/1/merger")
    assert (page.path, "North Trust" in told(page)) == (f"{ORGANISATIONS}/3", True)
    assert "It became part of another organisation:" in office.open(f"{ORGANISATIONS}/1").text
    assert "3 organisations" in told(office.open(ORGANISATIONS))


def _renamed(house: House, office: Browser) -> None:
    """East of East Trust is named anew with its organisation, and West, of which nothing is kept, is taken out.

    Both are still found by what they were called, and a form says which name it is about.
    """
    team, trust, gone = f"{TEAMS}/4/name", f"{ORGANISATIONS}/4/name", f"{TEAMS}/5/removal"
    office.open(team)
    assert faults(office.send(team, name=" ", service_line="small")) == [
        "Name of the team: write 1 to 200 characters on one line.", "Say why, in a sentence."
    ]  # fmt: skip
    taken = office.send(team, name="west", service_line="Small", reason="A slip.")
    assert (taken.status, faults(taken)) == (422, ["East Trust has a team “West” (small) already."])
    page = office.send(team, name="Eastern", service_line="small", reason="A slip.")
    assert (page.path, page.headings) == (f"{TEAMS}/4", ["East Trust Eastern"])
    assert newest(house)[0][1:3] == ("team:rename", "team:4")
    office.open(trust)
    assert faults(office.send(trust, name="north trust", reason="A slip.")) == [
        "There is an organisation “North Trust” already. Where both are one, make this one part of it."
    ]
    page = office.send(trust, name="Sunrise  Trust", reason="A slip.")
    assert (page.path, page.headings) == (f"{ORGANISATIONS}/4", ["Sunrise Trust"])
    for where, found in (
        (f"{TEAMS}?search=EAST+eastern+trust", "1 team"),
        (f"{ORGANISATIONS}?search=east", "1 organisation"),
    ):
        assert found in told(office.open(where))
    lines = [one.partition(" · ")[2] for one in told(office.open("/college/ledger")) if ", called " in one]
    assert lines == ["Sunrise Trust, called East Trust before", "Eastern, called East before"]
    office.open(f"{TEAMS}/new")
    page = office.send(f"{TEAMS}/new", team="East", organisation="East Trust", service_line="small")
    assert (page.path, "what was typed is a name of before" in page.text) == (f"{TEAMS}/4", True)
    office.open(f"{TEAMS}/new")
    page = send_files(office, f"{TEAMS}/new/list", ("t.csv", b"team,organisation\nWest,EAST trust\n"), service="small")
    assert "0 new teams, 1 known already; 0 new organisations." in page.text
    assert "which stand here now: West, Sunrise Trust." in page.text
    office.open(f"{TEAMS}/5/name")
    taken = office.send(f"{TEAMS}/5/name", name="east", service_line="small", reason="A slip.")
    assert faults(taken) == ["Sunrise Trust has a team “Eastern” (small), which was called “east” (small) before."]
    office.open(f"{ORGANISATIONS}/2/name")
    assert faults(office.send(f"{ORGANISATIONS}/2/name", name="East Trust", reason="A slip.")) == [
        "There is an organisation “Sunrise Trust” already, which was called “East Trust” before. Where both are one, "
        "make this one part of it."
    ]
    for form, was in ((trust, "EAST Trust"), (team, "East (small)"), (gone, "North (small)")):
        office.open(form)
        page = office.send(form, was=was, name="Other", service_line="small", reason="A slip.")
        assert (page.status, f"and not “{was}” any more" in page.text) == (409, True)
    assert "Something is kept of this team" in office.open(f"{TEAMS}/1/removal").text
    office.open(gone)
    assert faults(office.send(gone)) == ["Say why, in a sentence."]
    page = office.send(gone, reason="There is none.")
    assert (page.path, "The team is taken out." in page.text) == (TEAMS, True)
    assert (newest(house)[0][3]["was"], office.open(gone).status) == ("West", 404)


def test_the_office_makes_a_practice_exercise_reads_it_and_releases_it(house: House, known: SignedIn) -> None:
    office = known(OFFICE)
    token = office.open(EXERCISES).forms["/sign-out"]["csrf"]
    early = office.ask("POST", f"{EXERCISES}/new", data={"csrf": token, "title": "A unit", "about": "Its rota."})
    assert office.shown(early).areas["written"].split() == ["A", "unit", "Its", "rota."]
    walk(house, Stage.PUBLISHED)
    assert "There is no exercise yet" in office.open(EXERCISES).text
    office.open(f"{EXERCISES}/new")
    assert "Choose a case." in office.send(f"{EXERCISES}/new", title="A unit").text
    page = office.send(f"{EXERCISES}/new", cycle="1", title="The unit of North")
    assert (page.status, "the name" in page.text) == (422, True)
    page = office.send(f"{EXERCISES}/new", cycle="1", title="A unit with gaps")
    assert (page.path, "Draft: nobody else sees it" in told(page)) == (f"{EXERCISES}/1", True)
    assert "Tick that you have read every text." in office.send(f"{EXERCISES}/1/confirmation").text
    office.open(f"{EXERCISES}/1/criteria/1.01")
    one = f"{EXERCISES}/1/criteria/1.01"
    assert ("checked" in office.page.fields["choice"], office.page.fields["choice"]["value"]) == (True, "rating:met")
    other = {"choice": "rating:not_met", "reference": "The rota was seen."}
    assert faults(office.send(one, **other)) == ["Say why it is another answer than what was settled, in a sentence."]
    assert "The rota was seen." in office.page.areas["reference"]
    page = office.send(one, **other, reason="They had an old rota.")
    assert (page.path, "Not met. The rota was seen." in page.text) == (f"{EXERCISES}/1", True)
    assert "They had an old rota." in office.open(one).areas["reason"]
    office.open(f"{EXERCISES}/1")
    assert office.send(f"{EXERCISES}/1/confirmation", read="yes").status == 200
    assert "Open to reviewers" in told(office.page)
    assert "A unit with gapsNot done yet" in told(office.open(f"{REVIEWERS}/2"))
    office.open(f"{EXERCISES}/1")
    assert office.send(f"{EXERCISES}/1/retirement").status == 422
    assert "Taken back" in told(office.send(f"{EXERCISES}/1/retirement", reason="It tells too much."))
