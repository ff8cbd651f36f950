"""What a team is answered by its pages, every one, in numbers; all others, and forgers, in test_permissions."""

import pytest

from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.wiring import House
from api.guard import routes_of
from tests.pages.browsing import Browser
from tests.pages.conftest import New
from tests.pages.test_signing_in import SignedIn
from tests.walking import NORTH, walk

PEOPLE = {
    "lead": Grant(role=Role.TEAM_LEAD, team=NORTH), "member": Grant(role=Role.TEAM_MEMBER, team=NORTH),
}  # fmt: skip

AT = "/team/cycles/{cycle}/criteria/{criterion}"

ON_THE_CYCLE = {
    "GET /team/cycles/{cycle}": (200, 200),
    f"GET {AT}": (200, 200),
    f"POST {AT}": (409, 409),
    f"POST {AT}/comments": (422, 422),
    f"POST {AT}/holder": (303, 303),
    f"POST {AT}/challenges": (409, 409),
    "GET /team/cycles/{cycle}/evidence": (200, 200),
    "POST /team/cycles/{cycle}/evidence/requests/{request}": (404, 404),
    "GET /team/cycles/{cycle}/evidence/files": (200, 200),
    "POST /team/cycles/{cycle}/evidence/files": (422, 422),
    "POST /team/cycles/{cycle}/evidence/files/uploads": (409, 409),
    "POST /team/cycles/{cycle}/evidence/files/uploads/{upload}": (404, 404),
    "POST /team/cycles/{cycle}/evidence/files/uploads/{upload}/end": (404, 404),
    "GET /team/cycles/{cycle}/evidence/reuse": (200, 200),
    "POST /team/cycles/{cycle}/evidence/reuse": (409, 409),
    "POST /team/cycles/{cycle}/evidence/reuse/one": (422, 422),
    "POST /team/cycles/{cycle}/evidence/reuse/dismissals": (422, 422),
    "GET /team/cycles/{cycle}/evidence/{evidence}": (200, 200),
    "GET /team/cycles/{cycle}/evidence/{evidence}/content": (200, 200),
    "POST /team/cycles/{cycle}/evidence/{evidence}/withdrawal": (409, 409),
    "POST /team/cycles/{cycle}/evidence/{evidence}/explanation": (422, 422),
    "POST /team/cycles/{cycle}/evidence/{evidence}/places/{criterion}": (409, 409),
    "POST /team/cycles/{cycle}/evidence/{evidence}/replacement": (422, 422),
    "POST /team/cycles/{cycle}/evidence/{evidence}/versions": (422, 422),
    "GET /team/cycles/{cycle}/profile": (200, 200),
    "POST /team/cycles/{cycle}/profile": (409, 403),
    "GET /team/cycles/{cycle}/gaps": (200, 200),
    "GET /team/cycles/{cycle}/submission": (200, 200),
    "POST /team/cycles/{cycle}/submission": (422, 403),
    "GET /team/cycles/{cycle}/accuracy": (200, 200),
    "POST /team/cycles/{cycle}/accuracy": (409, 403),
    "GET /team/cycles/{cycle}/accuracy/criteria/{criterion}": (404, 404),
    "POST /team/cycles/{cycle}/accuracy/criteria/{criterion}": (409, 409),
    "GET /team/cycles/{cycle}/accuracy/findings/{finding}": (404, 404),
    "POST /team/cycles/{cycle}/accuracy/findings/{finding}": (404, 404),
    "GET /team/cycles/{cycle}/reviewers": (200, 200),
    "POST /team/cycles/{cycle}/reviewers/{reviewer}": (422, 403),
    "GET /team/cycles/{cycle}/risks": (200, 403),
    "POST /team/cycles/{cycle}/risks/{risk}": (404, 403),
    "GET /team/cycles/{cycle}/results": (200, 200),
    "POST /team/cycles/{cycle}/results": (409, 403),
}
"""What the lead and a member are answered of North's cycle while it is in review, where the form is sent empty."""

OF_NOBODY = {
    "GET /team": (200, 200),
    "GET /team/people": (303, 303),
    "GET /team/people/{team}": (200, 200),
    "GET /team/people/{team}/new": (200, 403),
    "POST /team/people/{team}/new": (422, 403),
    "GET /team/people/{team}/roles/{grant}/end": (404, 403),
    "POST /team/people/{team}/roles/{grant}/end": (404, 403),
    "GET /team/library": (303, 303),
    "GET /team/library/{team}": (200, 200),
    "POST /team/library/{team}/documents": (422, 422),
    "POST /team/library/{team}/uploads": (422, 422),
    "POST /team/library/{team}/uploads/{upload}": (404, 404),
    "POST /team/library/{team}/uploads/{upload}/end": (404, 404),
    "GET /team/library/{team}/documents/{document}": (200, 200),
    "POST /team/library/{team}/documents/{document}/versions": (422, 422),
    "POST /team/library/{team}/documents/{document}/description": (404, 404),
    "GET /team/library/{team}/versions/{version}/content": (200, 200),
}
"""The same of pages that are about no cycle."""

FILES = ("/files", "/versions", "/documents", "/uploads/{upload}")
"""How the addresses end that take a form with files."""

THINGS = {
    "criterion": "1.01", "evidence": 1, "team": 1, "document": 1, "version": 1, "request": "3f9a0c41d2b7e605",
    "reviewer": 1, "risk": "3f9a0c41d2b7e605",
    "finding": "3f9a0c41d2b7", "grant": 99, "upload": "0" * 32,
}  # fmt: skip
"""What a page may be about."""


def ask(browser: Browser, way: str) -> int:
    """The status of what is answered where a form is sent empty."""
    method, path = way.format(cycle=1, **THINGS).split()
    data = {"csrf": browser.page.forms["/sign-out"]["csrf"]} if method == "POST" else None
    files = {"file": ("", b"")} if method == "POST" and way.endswith(FILES) else None
    return browser.ask(method, path, data=data, files=files, follow_redirects=False).status_code


def test_the_table_has_every_route_of_the_team_s_pages(new: New) -> None:
    found = {
        f"{method} {route.path}"
        for route in routes_of(new().app)
        for method in route.methods or ()
        if route.path.startswith("/team")
    }
    assert {*ON_THE_CYCLE, *OF_NOBODY} == found


@pytest.mark.parametrize("who", PEOPLE)
def test_the_team_is_answered_as_the_table_says(house: House, known: SignedIn, who: str) -> None:
    walk(house, Stage.REVIEW)
    browser = known(PEOPLE[who])
    browser.open("/account")
    place, table = [*PEOPLE].index(who), {**ON_THE_CYCLE, **OF_NOBODY}
    assert {way: ask(browser, way) for way in table} == {way: row[place] for way, row in table.items()}
