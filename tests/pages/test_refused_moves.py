"""What cannot be done now is said in words for those who meet it: every move that a person can be refused."""

import re

import pytest

from accreditation.errors import MoveNotAllowed, NotPermitted, Refused
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.grants import Grant
from accreditation.rules.moves import TABLE, transition
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission, permit
from accreditation.wiring import House
from api.guard import routes_of
from api.presenting.faults import faults_of
from api.presenting.team.refused_moves import MOVES, plain_words
from api.words import words_in
from tests.pages.conftest import New
from tests.pages.contract import parsed, text_of
from tests.pages.test_signing_in import SignedIn
from tests.walking import NORTH, walk

WORDS = words_in("en")


def refused(stage: Stage, move: Move) -> MoveNotAllowed | None:
    """How nobody at all is refused this move in this stage; None where it is possible for somebody."""
    if any((row.stage, row.move) == (stage, move) for row in TABLE):
        return None
    with pytest.raises(MoveNotAllowed) as refusal:
        transition(stage=stage, move=move, roles=[*Role])
    return refusal.value


def test_every_move_of_a_person_has_its_words_and_no_other() -> None:
    assert {*MOVES} == {row.move for row in TABLE if {*row.by} != {Role.ENGINE}}


@pytest.mark.parametrize("move", MOVES)
def test_whoever_is_refused_reads_what_where_and_who_can_help(move: Move) -> None:
    told = {plain_words(one, WORDS) for stage in Stage if (one := refused(stage, move)) is not None}
    assert told
    for said in told:
        assert re.fullmatch(r"[A-Z][^_]+\. The cycle is at the stage “[A-Z][a-z -]+”\. [A-Z][^_]+\.", said), said
        assert re.search("the college office|your team’s lead", said, re.IGNORECASE), said
        assert "Allowed now" not in said


def test_what_is_for_others_says_for_whom() -> None:
    with pytest.raises(NotPermitted) as refusal:
        permit(Principal(name="a", role=Role.TEAM_MEMBER, team=1), Permission.APPEAL_LODGE)
    assert plain_words(refusal.value, WORDS) == (
        "This is for the team's lead. If it must be done, ask them or the college office."
    )
    with pytest.raises(NotPermitted) as of_the_office:
        permit(
            Principal(name="a", role=Role.COMMITTEE), Permission.JOB_READ
        )  # which the engine may, whom nobody can ask
    assert plain_words(of_the_office.value, WORDS) == "This is for the college office. If it must be done, ask them."


def test_what_is_said_in_plain_words_already_stays() -> None:
    said = "You handed in, and it stands. Ask the college office."
    refusal: Refused = MoveNotAllowed(said, stage="review", allowed=())
    assert plain_words(refusal, WORDS) == faults_of(refusal, {"a": "a"}).at("a") == said


def test_a_page_that_says_no_says_it_so(house: House, known: SignedIn) -> None:
    walk(house, Stage.CONSENSUS)
    browser = known(Grant(role=Role.TEAM_MEMBER, team=NORTH))
    browser.open("/team/cycles/1/submission")
    csrf = browser.page.forms["/sign-out"]["csrf"]
    page = browser.shown(browser.ask("POST", "/team/cycles/1/submission", data={"csrf": csrf, "checked": "yes"}))
    assert (page.status, page.headings) == (403, ["This is not for you to do"])
    assert "This is for the team's lead." in page.text
    page = browser.shown(browser.ask("POST", "/team/cycles/1/criteria/1.01/challenges", data={"csrf": csrf}))
    assert (page.status, page.headings) == (409, ["This cannot be done now"])
    assert "The cycle is at the stage “Reviewers agree”." in page.text


def test_the_address_of_a_form_leads_whoever_opens_it_to_the_page_with_the_form(new: New) -> None:
    browser, ways = new(), {"GET": set[str](), "POST": set[str]()}
    for one in routes_of(browser.app):
        for method in one.methods or ():
            ways.setdefault(method, set()).add(one.path)
    led = {}
    for path in sorted(one for one in ways["POST"] - ways["GET"] if not one.startswith("/api")):
        opened = re.sub(r"{[^}]+}", "1", path)
        page = parsed(browser.ask("GET", opened).text)
        assert text_of(page.select("h1")[0]) == "There is nothing to see at this address", opened
        led[opened] = [str(one.attrs["href"]) for one in page.select("main a") if "the form" in text_of(one)]
    assert led.pop("/sign-out") == []
    for opened, (to,) in led.items():
        assert opened.startswith(f"{to}/")
    there = {to for (to,) in led.values()}
    assert {browser.ask("GET", to, follow_redirects=False).status_code for to in there} == {303}  # to sign in first
