"""Who is answered what by a team's pages: every route, for everybody, on one's own cycle, another's and none."""

import pytest

from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.wiring import House
from api.guard import routes_of
from tests.pages.browsing import Browser
from tests.pages.conftest import New
from tests.pages.test_signing_in import SignedIn
from tests.walking import NORTH, NORTHS_LEAD, SOUTH, walk

PEOPLE = {
    "lead": Grant(role=Role.TEAM_LEAD, team=NORTH), "member": Grant(role=Role.TEAM_MEMBER, team=NORTH),
    "stranger": Grant(role=Role.TEAM_LEAD, team=SOUTH), "reviewer": Grant(role=Role.REVIEWER, reviewer=NORTHS_LEAD),
    "office": Grant(role=Role.OFFICE), "committee": Grant(role=Role.COMMITTEE),
}  # fmt: skip

AT = "/team/cycles/{cycle}/criteria/{criterion}"

ON_THE_CYCLE = {
    "GET /team/cycles/{cycle}": (200, 200, 404, 404, 404, 404),
    f"GET {AT}": (200, 200, 404, 404, 404, 404),
    f"POST {AT}": (409, 409, 404, 404, 404, 404),
    f"POST {AT}/comments": (422, 422, 404, 404, 404, 404),
    f"POST {AT}/holder": (303, 303, 404, 404, 404, 404),
    f"POST {AT}/challenges": (409, 409, 404, 404, 404, 404),
    "GET /team/cycles/{cycle}/evidence": (200, 200, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/evidence/requests/{request}": (404, 404, 404, 404, 404, 404),
    "GET /team/cycles/{cycle}/evidence/files": (200, 200, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/evidence/files": (422, 422, 404, 404, 404, 404),
    "GET /team/cycles/{cycle}/evidence/reuse": (200, 200, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/evidence/reuse": (409, 409, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/evidence/reuse/one": (422, 422, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/evidence/reuse/dismissals": (422, 422, 404, 404, 404, 404),
    "GET /team/cycles/{cycle}/evidence/{evidence}": (200, 200, 404, 404, 404, 404),
    "GET /team/cycles/{cycle}/evidence/{evidence}/content": (200, 200, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/evidence/{evidence}/withdrawal": (409, 409, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/evidence/{evidence}/explanation": (422, 422, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/evidence/{evidence}/places/{criterion}": (409, 409, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/evidence/{evidence}/replacement": (422, 422, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/evidence/{evidence}/versions": (422, 422, 404, 404, 404, 404),
    "GET /team/cycles/{cycle}/profile": (200, 200, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/profile": (409, 403, 404, 404, 404, 404),
    "GET /team/cycles/{cycle}/gaps": (200, 200, 404, 404, 404, 404),
    "GET /team/cycles/{cycle}/submission": (200, 200, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/submission": (422, 403, 404, 404, 404, 404),
    "GET /team/cycles/{cycle}/accuracy": (200, 200, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/accuracy": (409, 403, 404, 404, 404, 404),
    "GET /team/cycles/{cycle}/accuracy/criteria/{criterion}": (404, 404, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/accuracy/criteria/{criterion}": (409, 409, 404, 404, 404, 404),
    "GET /team/cycles/{cycle}/accuracy/findings/{finding}": (404, 404, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/accuracy/findings/{finding}": (404, 404, 404, 404, 404, 404),
    "GET /team/cycles/{cycle}/reviewers": (200, 200, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/reviewers/{reviewer}": (422, 403, 404, 404, 404, 404),
    "GET /team/cycles/{cycle}/risks": (200, 403, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/risks/{risk}": (404, 403, 404, 404, 404, 404),
    "GET /team/cycles/{cycle}/results": (200, 200, 404, 404, 404, 404),
    "POST /team/cycles/{cycle}/results": (409, 403, 404, 404, 404, 404),
}
"""What each of these people is answered of North's cycle while it is in review, where the form is sent empty."""

OF_NOBODY = {
    "GET /team": (200, 200, 200, 404, 404, 404),
    "GET /team/people": (303, 303, 303, 404, 404, 404),
    "GET /team/people/{team}": (200, 200, 404, 404, 404, 404),
    "GET /team/people/{team}/new": (200, 403, 404, 404, 404, 404),
    "POST /team/people/{team}/new": (422, 403, 404, 404, 404, 404),
    "GET /team/people/{team}/roles/{grant}/end": (404, 403, 404, 404, 404, 404),
    "POST /team/people/{team}/roles/{grant}/end": (404, 403, 404, 404, 404, 404),
    "GET /team/library": (303, 303, 303, 404, 404, 404),
    "GET /team/library/{team}": (200, 200, 404, 404, 404, 404),
    "POST /team/library/{team}/documents": (422, 422, 404, 404, 404, 404),
    "GET /team/library/{team}/documents/{document}": (200, 200, 404, 404, 404, 404),
    "POST /team/library/{team}/documents/{document}/versions": (422, 422, 404, 404, 404, 404),
    "POST /team/library/{team}/documents/{document}/description": (404, 404, 404, 404, 404, 404),
    "GET /team/library/{team}/versions/{version}/content": (200, 200, 404, 404, 404, 404),
}
"""The same of pages that are about no cycle."""

FILES = ("/files", "/versions", "/documents")
"""How the addresses end that take a form with files."""

THINGS = {
    "criterion": "1.01", "evidence": 1, "team": 1, "document": 1, "version": 1, "request": "3f9a0c41d2b7e605",
    "reviewer": 1, "risk": "3f9a0c41d2b7e605",
    "finding": "3f9a0c41d2b7", "grant": 99,
}  # fmt: skip
"""What a page may be about."""


def ask(browser: Browser, way: str, *, cycle: int) -> tuple[int, str]:
    """The status, and what is said with the number of the cycle taken out."""
    method, path = way.format(cycle=cycle, **THINGS).split()
    data = {"csrf": browser.page.forms["/sign-out"]["csrf"]} if method == "POST" else None
    files = {"file": ("", b"")} if method == "POST" and path.endswith(FILES) else None
    answer = browser.ask(method, path, data=data, files=files, follow_redirects=False)
    return answer.status_code, answer.text.replace(f"/cycles/{cycle}", "/cycles/")


def test_the_table_has_every_route_of_the_team_s_pages(new: New) -> None:
    found = {
        f"{method} {route.path}"
        for route in routes_of(new().app)
        for method in route.methods or ()
        if route.path.startswith("/team")
    }
    assert {*ON_THE_CYCLE, *OF_NOBODY} == found


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_is_answered_as_the_table_says(house: House, known: SignedIn, who: str) -> None:
    walk(house, Stage.REVIEW)
    browser = known(PEOPLE[who])
    browser.open("/account")
    place, table = [*PEOPLE].index(who), {**ON_THE_CYCLE, **OF_NOBODY}
    assert {way: ask(browser, way, cycle=1)[0] for way in table} == {way: row[place] for way, row in table.items()}
    assert {way: ask(browser, way, cycle=999)[0] for way in ON_THE_CYCLE} == dict.fromkeys(ON_THE_CYCLE, 404)
    if who not in ("lead", "member"):
        for way in ON_THE_CYCLE:
            assert ask(browser, way, cycle=1) == ask(browser, way, cycle=999)


def test_who_is_not_signed_in_is_asked_to_whatever_there_is(house: House, new: New) -> None:
    walk(house, Stage.REVIEW)
    browser = new()
    for way in {**ON_THE_CYCLE, **OF_NOBODY}:
        method, path = way.format(cycle=1, **THINGS).split()
        answers = [browser.ask(method, one, follow_redirects=False) for one in (path, path.replace("1/", "999/"))]
        assert [one.status_code for one in answers] == [401 if method == "POST" else 303] * 2


def test_a_form_without_its_token_changes_nothing(house: House, known: SignedIn) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    browser = known(PEOPLE["lead"])
    sent = {"choice": "rating:met", "comment": "So.", "who": "1"}
    answers = {}
    for way in (way for way in ON_THE_CYCLE if way.startswith("POST")):
        method, path = way.format(cycle=1, **THINGS).split()
        files = {"file": ("a.pdf", b"a plan")} if path.endswith(FILES) else None
        for token in ("", "x"):
            answer = browser.ask(method, path, data={**sent, "csrf": token}, files=files)
            answers[path, token] = answer.status_code
    assert answers == dict.fromkeys(answers, 403)
    assert "Nobody has answered yet." in browser.open("/team/cycles/1/criteria/1.01").text
