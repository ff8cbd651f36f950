"""A team's cycles and where it is in one, as its people see them without scripts."""

import pytest

from accreditation.actions.comment_criterion import comment_criterion
from accreditation.actions.enrol import enrol
from accreditation.actions.leave import withdraw
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.database import observe_statements
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.wiring import House
from tests.pages.browsing import Browser
from tests.pages.test_signing_in import SignedIn
from tests.walking import AT, CYCLE, LEAD, NORTH, OFFICE, SOUTH, attach, begin, rate_all, scheme, walk

LEAD_OF_NORTH = Grant(role=Role.TEAM_LEAD, team=NORTH)
MEMBER_OF_NORTH = Grant(role=Role.TEAM_MEMBER, team=NORTH)

HERE = f"/team/cycles/{CYCLE}"
OF_A_CRITERION = f"{HERE}/criteria/1.01"


def words(browser: Browser) -> str:
    """What the open page says, with one space between words."""
    return " ".join(browser.page.text.split())


def test_a_team_without_a_cycle_is_told_what_comes_next(house: House, known: SignedIn) -> None:
    begin(house)
    page = known(Grant(role=Role.TEAM_LEAD, team=SOUTH)).open("/team")
    assert page.status == 200
    assert "Your team has no cycle yet" in page.text
    assert "Ask the college office when the next round opens." in page.text


def test_a_team_sees_its_own_cycles_and_what_is_due(house: House, known: SignedIn) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    browser = known(LEAD_OF_NORTH)
    browser.open("/team")
    assert "A small scheme, spring: North, North Trust" in words(browser)
    assert "Self-assessment Late Your team answers every question. Your lead sends it." in words(browser)
    assert "From your team, by 1 July 2026" in words(browser)
    whole = known(Grant(role=Role.TEAM_MEMBER, organisation=1), email="manager@example.org")
    assert "North, North Trust" in whole.open("/team").text
    both = known(LEAD_OF_NORTH, Grant(role=Role.TEAM_LEAD, team=SOUTH), email="both@example.org")
    assert both.open("/team").text.count("North, North Trust") == 2  # one card: heard and read


def test_where_we_are_lists_what_is_left(house: House, known: SignedIn) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    browser = known(LEAD_OF_NORTH)
    browser.open(HERE)
    assert browser.page.headings == ["A small scheme, spring: North, North Trust Where we are"]
    assert "Start with the first question" in browser.page.text
    assert [f'href="/team/{one}"' in browser.page.answer.text for one in ("people", "library")] == [True, True]
    assert "0 of 3 answered, 3 left" in browser.page.text
    assert "Self-assessment Now since 1 April 2026, due by 1 July 2026 Evidence To come" in words(browser)
    rate_all(house)
    browser.open(HERE)
    assert "Go on with the next question" not in browser.page.text
    assert "3 of 3 answered, 1 needs evidence" in browser.page.text
    told = {show: browser.open(f"{HERE}?show={show}").text for show in ("left", "evidence", "mine")}
    assert "Everything is answered." in told["left"]
    assert "1.01 Named lead" in told["evidence"]
    assert "2.02 Audit level" not in told["evidence"]
    assert "Nothing is given to you." in told["mine"]


def test_a_page_costs_as_many_statements_however_much_there_is(house: House, known: SignedIn) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    browser = known(LEAD_OF_NORTH)

    def statements() -> dict[str, int]:
        browser.open("/account")  # the session is touched at most once a minute
        told = {}
        for path in ("/team", HERE, OF_A_CRITERION):
            with observe_statements(house.database) as seen:
                assert browser.ask("GET", path).status_code == 200
            told[path] = len(seen)
        return told

    rate_all(house)
    attach(house)
    few = statements()
    assert few == {"/team": 4, HERE: 17, OF_A_CRITERION: 19}
    attach(house, content=b"%PDF-1.7 another", criteria=["1.01"])
    for text in ("One.", "Two."):
        comment_criterion(house.database, principal=LEAD, cycle_id=CYCLE, criterion="1.01", text=text, at=house.now())
    digest = publish_edition(house.database, principal=OFFICE, scheme=scheme(), at=AT)
    for name in ("summer", "autumn"):
        number = open_round(house.database, principal=OFFICE, digest=digest, name=name, at=AT)
        enrol(house.database, principal=OFFICE, team_id=NORTH, round_id=number, profile={}, at=AT)
    assert statements() == few


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (Stage.REVIEW, "Finding reviewers Done on 1 April 2026 Review Now since 1 April 2026, due by"),
        (Stage.PUBLISHED, "Decision Done on 1 April 2026 Result published Done on 1 April 2026"),
        (Stage.FACTUAL_ACCURACY, "Reviewers agree Done on 1 April 2026 Check the report Now since 1 April 2026"),
        (Stage.WITHDRAWN, "Self-assessment Done on 1 April 2026 Evidence Done on 1 April 2026"),
    ],
)
def test_the_way_so_far(house: House, known: SignedIn, stage: Stage, said: str) -> None:
    walk(house, Stage.ASSIGNMENT if stage is Stage.WITHDRAWN else stage)
    if stage is Stage.WITHDRAWN:
        withdraw(house.database, principal=LEAD, cycle_id=CYCLE, reason="The ward closes.", at=AT)
    browser = known(LEAD_OF_NORTH)
    browser.open(HERE)
    assert said in words(browser)
    assert ("Review With the reviewers" in words(browser)) is (stage is Stage.REVIEW)
