"""Every cycle at a glance: what waits, what is late, and of whom; by few questions for many cycles as for one."""

from dataclasses import replace
from datetime import timedelta

from accreditation.actions.enrol import enrol
from accreditation.actions.leave import withdraw
from accreditation.actions.open_round import open_round
from accreditation.actions.rate import Given, rate
from accreditation.database import observe_statements
from accreditation.records import cycles
from accreditation.records.credentials import set_password
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Principal, Role
from accreditation.wiring import House
from tests.pages.browsing import Browser
from tests.pages.contract import parsed, text_of
from tests.pages.teams import at, of_somebody, told
from tests.pages.test_signing_in import SignedIn
from tests.walking import ANSWERS, AT, LAYS, NO_UNIT, OFFICE, ROUND, STEPS, team_of, walk

CLERK, COMMITTEE = Grant(role=Role.OFFICE), Grant(role=Role.COMMITTEE)


def test_before_there_is_anything_the_page_says_what_comes_first(known: SignedIn) -> None:
    office = known(CLERK)
    page = office.open("/college")
    assert "First publish a scheme" in " ".join(told(page))
    assert [one.attrs["href"] for one in parsed(page.answer.text).select("main a")] == [
        "/college/schemes", "/college/teams", "/college/rounds",
    ]  # fmt: skip


def listed(browser: Browser, query: str = "") -> list[list[str]]:
    """What the list says of each cycle, a list a row."""
    page = parsed(browser.ask("GET", f"/college{query}").text)
    found = []
    for row in page.select("tbody tr"):
        cells = [" ".join(text_of(one).split()) for one in row.select("th, td")]
        found.append([cell.removeprefix(f"{name} ") for cell, name in zip(cells, COLUMNS, strict=True)])
    return found


COLUMNS = ("Team", "Scheme and round", "Stage", "Whose turn", "Since", "By")


NO_LEAD = "Nobody can sign in as the team’s lead."


def college(house: House) -> None:
    """Three teams: North waits for a review team, South rates itself since later, Far was withdrawn."""
    walk(house, Stage.ASSIGNMENT)
    for team, days in ((2, 40), (3, 0)):
        enrol(house.database, principal=OFFICE, team_id=team, round_id=ROUND, profile=NO_UNIT, at=AT + timedelta(days))
    withdraw(house.database, principal=OFFICE, cycle_id=3, reason="The ward closes.", at=AT)


def test_each_cycle_says_whose_turn_it_is_since_when_and_by_when(house: House) -> None:
    college(house)
    north = ["North, North Trust, A small scheme, spring North Trust", "A small scheme spring"]
    south, far = ([one.replace("North", name) for one in north] for name in ("South", "Far"))
    with of_somebody(at(house, AT + timedelta(days=50)), CLERK) as office:
        rows = listed(office)
        assert rows == [
            [*north, "Finding reviewers Late", "The college office", "1 April 2026", "29 April 2026"],
            [
                *south,
                "Self-assessment In time",
                f"The team{NO_LEAD} Invite the lead: South, South Trust",
                "11 May 2026",
                "11 August 2026",
            ],
            [*far, "Withdrawn Finished", "Nobody’s", "1 April 2026", "–"],
        ]
        asked = {
            "?late=yes": rows[:1], "?stage=self_assessment": rows[1:2], "?search=far": rows[2:], "?round=1": rows,
            "?round=2": [], "?scheme=small": rows, "?scheme=other": [], "?search=trust&stage=withdrawn": rows[2:],
            "?stage=nowhere&round=x": rows, "?search=%25": [], "?page=9": rows,
        }  # fmt: skip
        assert {query: listed(office, query) for query in asked} == asked
        words = " ".join(told(office.open("/college?late=yes")))
        assert "Self-assessment: 1 Finding reviewers: 1, 1 late Withdrawn: 1 1 cycle" in words
        assert "No cycle is like that" in " ".join(told(office.open("/college?search=nobody")))


def test_whose_turn_it_is_and_who_cannot_come_is_told_with_the_way_to_let_them_in(house: House) -> None:
    college(house)
    pages = ("/college/cycles/2", "/college/rounds/1", "/college?search=south")
    with of_somebody(at(house, AT + timedelta(days=50)), CLERK) as office:
        waits = " ".join(told(office.open("/college")))
        assert "1 cycle is late. Show them" in waits
        assert "1 team whose turn it is has no lead who can sign in: South, South Trust" in waits
        for path in pages:
            (way,) = [
                one
                for one in parsed(office.open(path).answer.text).select("main a")
                if "Invite the lead" in text_of(one)
            ]
        page = office.open(str(way.attrs["href"]))
        assert (page.fields["chosen"]["value"], "checked" in page.fields["chosen"]) == ("team:2", True)
        page = office.send("/college/people/new", name="A lead", email="lead@example.org", role="team_lead",
                           bound="team", chosen="team:2")  # fmt: skip
        assert "A lead is invited" in page.text
        invited = "The team’s lead is invited and has not signed in yet. See who is invited"
        assert [invited in " ".join(told(office.open(one))) for one in pages] == [True] * 3
        with house.database.bookkeeping() as session:
            set_password(session, person_id=2, hashed="as Argon2 makes it", at=AT)
        south = Principal(name="A lead", role=Role.TEAM_LEAD, team=2)
        one = {"1.01": Given(answer=ANSWERS["1.01"], seen_version=0)}
        rate(house.database, principal=south, cycle_id=2, given=one, at=AT)
        assert {
            "The team’s lead: A lead, Write a reminder to lead@example.org",
            "The team has answered 1 of 3 questions so far.",
        } <= {*told(office.open(pages[0]))}
        assert "You can remind" not in office.page.text  # where no mail server is
        assert ["lead" in " ".join(told(office.open(one))) for one in pages[1:]] == [False] * 2
        assert "can sign in" not in " ".join(told(office.open("/college")))
    with of_somebody(at(replace(house, post=lambda _: None), AT + timedelta(days=50)), CLERK) as office:
        assert "You can remind A lead by a letter, once a day." in told(office.open(pages[0]))
        reminded = " ".join(told(office.send(f"{pages[0]}/reminder")))
        assert "A reminder is on its way" in reminded
        assert "A lead was reminded on 21 May 2026" in reminded
        assert f"{pages[0]}/reminder" not in office.page.forms


def test_a_reviewer_and_a_committee_without_an_account_are_told(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    office, number = known(CLERK), team_of(house)["lead"]
    said = " ".join(told(office.open("/college/cycles/1")))
    assert f"Lead {number} has no account yet. Invite the reviewer: Lead {number}" in said
    assert "2 reviewers who are waited for cannot sign in: North, North Trust" in " ".join(
        told(office.open("/college"))
    )
    known(Grant(role=Role.REVIEWER, reviewer=number), email="lead@example.org")
    said = " ".join(told(office.open("/college/cycles/1")))
    waited = "Has not handed in; 0 of 3 criteria rated; Write a reminder to lead@example.org"
    assert f"Lead {number}, Lead {waited}" in said
    assert f"Lead {number} is invited and has not signed in yet. See who is invited" in said
    assert "lead@example.org" in said
    assert f'href="/college/reviewers/{number}"' in office.page.answer.text
    begun = (
        "mailto:lead@example.org?subject=A%20small%20scheme%2C%20spring%3A%20North&amp;body=It%20is%20the%20turn%20of"
    )
    assert begun in office.page.answer.text
    assert "lead@example.org" in office.open(f"/college/reviewers/{number}").text
    assert "lead@example.org" not in known(COMMITTEE, email="c@example.org").open("/college/cycles/1").text
    bound = known(Grant(role=Role.OFFICE, round=ROUND), email="bound@example.org").open("/college/cycles/1")
    assert ("has not signed in yet" in bound.text, "See who is invited" in bound.text) == (True, False)
    after = list(STEPS)[list(STEPS).index(Stage.REVIEW) + 1 :]
    for stage in after[: after.index(Stage.DECISION) + 1]:
        STEPS[stage](house)
    decides = office.open("/college/cycles/1")
    assert "Nobody of the committee can sign in. Invite somebody: the committee" in " ".join(told(decides))
    written = parsed(decides.answer.text).select("a[href^='mailto:']")
    assert [(text_of(one), "body=" in str(one.attrs["href"])) for one in written] == [
        ("Write to lead@example.org", False)
    ]


def test_whoever_is_bound_to_a_scheme_or_a_round_sees_its_cycles_alone(house: House, known: SignedIn) -> None:
    college(house)
    with house.database.reading() as session:
        digest = cycles.get_round(session, ROUND).edition_digest
    other = open_round(house.database, principal=OFFICE, digest=digest, name="autumn", at=AT)
    reach = {
        "round": (Grant(role=Role.OFFICE, round=ROUND), 3), "scheme": (Grant(role=Role.COMMITTEE, scheme="small"), 3),
        "another": (Grant(role=Role.OFFICE, round=other), 0),
    }  # fmt: skip
    for name, (grant, number) in reach.items():
        assert len(listed(known(grant, email=f"{name}@example.org"))) == number
    bound = known(Grant(role=Role.OFFICE, round=other), email="bound@example.org")
    assert bound.ask("GET", "/college/cycles/1").status_code == 404


def test_the_list_costs_as_many_statements_for_many_cycles_as_for_one(house: House, known: SignedIn) -> None:
    walk(house, Stage.ASSIGNMENT)
    office = known(CLERK)

    def costs() -> dict[str, int]:
        found = {}
        for path in ("/college", "/college?late=yes", "/college/cycles/1", "/college/files", "/college/jobs"):
            with observe_statements(house.database) as seen:
                assert office.ask("GET", path).status_code == 200
            found[path] = len(seen)
        return found

    costs()  # the edition is read and proved once in a process
    few = costs()
    for team in (2, 3):
        enrol(house.database, principal=OFFICE, team_id=team, round_id=ROUND, profile=NO_UNIT, at=AT)
    assert costs() == few
    assert max(few.values()) <= 32


def test_who_of_the_committee_may_decide_is_asked_once_a_page_however_many_cycles_wait(
    house: House, known: SignedIn
) -> None:
    walk(house, Stage.ASSIGNMENT)
    office = known(CLERK)
    known(COMMITTEE, Grant(role=Role.REVIEWER, reviewer=LAYS[1]), email="c@example.org")
    with house.database.bookkeeping() as session:
        set_password(session, person_id=2, hashed="as Argon2 makes it", at=AT)

    def wait(cycle: int) -> int:
        with house.database.bookkeeping() as session:
            before = cycles.history(session, cycle)[-1]
            cycles.enter_stage(
                session, cycle_id=cycle, before=before, to=Stage.DECISION, move="", by="", reason="", at=AT
            )  # fmt: skip
        office.ask("GET", "/college")
        with observe_statements(house.database) as seen:
            assert "nobody of it can or may decide" not in office.ask("GET", "/college").text
        return len(seen)

    one = wait(1)
    for team in (2, 3):
        enrol(house.database, principal=OFFICE, team_id=team, round_id=ROUND, profile=NO_UNIT, at=AT)
    assert (wait(2), wait(3)) == (one, one)
    assert one <= 32
