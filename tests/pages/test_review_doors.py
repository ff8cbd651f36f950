"""Who is answered what by a reviewer's pages: every route, for everybody, on one's own visit, another's and none."""

import pytest

from accreditation.evidence.content import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.wiring import House
from api.downloads import IN_PLACE
from api.guard import routes_of
from api.presenting.review.files import at_page
from tests.pages.browsing import Browser
from tests.pages.conftest import New
from tests.pages.test_signing_in import SignedIn
from tests.proposing import asked, confirm_all, invitation, to_proposal
from tests.walking import NORTH, NORTHS_LEAD, OTHER_LEAD, nothing_kept, walk, work

PEOPLE = {
    "reviewer": Grant(role=Role.REVIEWER, reviewer=NORTHS_LEAD),
    "other": Grant(role=Role.REVIEWER, reviewer=OTHER_LEAD),
    "lead": Grant(role=Role.TEAM_LEAD, team=NORTH), "office": Grant(role=Role.OFFICE),
    "committee": Grant(role=Role.COMMITTEE),
}  # fmt: skip

HERE = "/review/cycles/{cycle}"
NAME = "0123456789ab"

A_FILE = {"file": ("a.xlsx", b"x")}

FILE_HEADERS = {
    "content-type": "text/plain; charset=utf-8",
    "content-disposition": "inline; filename=\"plan.pdf\"; filename*=UTF-8''plan.pdf",
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'self'",
    "x-content-type-options": "nosniff", "cross-origin-resource-policy": "same-origin",
}  # fmt: skip
"""What keeps a file that a frame shows from doing anything."""

ON_THE_CYCLE = {
    f"GET {HERE}": (200, 404, 404, 404, 404),
    f"POST {HERE}/hand-in": (422, 404, 404, 404, 404),
    f"GET {HERE}/criteria/1.01": (200, 404, 404, 404, 404),
    f"POST {HERE}/criteria/1.01": (303, 404, 404, 404, 404),
    f"POST {HERE}/criteria/1.01/requests": (422, 404, 404, 404, 404),
    f"GET {HERE}/evidence/1": (200, 404, 404, 404, 404),
    f"GET {HERE}/evidence/1/shown": (200, 404, 404, 404, 404),
    f"GET {HERE}/risks": (200, 404, 404, 404, 404),
    f"POST {HERE}/risks": (422, 404, 404, 404, 404),
    f"GET {HERE}/requests": (200, 404, 404, 404, 404),
    f"GET {HERE}/leaving": (200, 404, 404, 404, 404),
    f"POST {HERE}/leaving": (422, 404, 404, 404, 404),
    f"GET {HERE}/workbook": (200, 404, 404, 404, 404),
    f"GET {HERE}/workbook/file": (200, 404, 404, 404, 404),
    f"POST {HERE}/workbook/files": (422, 404, 404, 404, 404),
    f"GET {HERE}/report": (200, 404, 404, 404, 404),
    f"GET {HERE}/report/comments/1": (404, 404, 404, 404, 404),
    f"POST {HERE}/report/comments/1": (404, 404, 404, 404, 404),
    f"GET {HERE}/findings": (200, 404, 404, 404, 404),
    f"GET {HERE}/findings/new": (200, 404, 404, 404, 404),
    f"GET {HERE}/findings/{NAME}": (404, 404, 404, 404, 404),
    f"POST {HERE}/findings/{NAME}": (303, 404, 404, 404, 404),
    f"GET {HERE}/certificate": (404, 404, 404, 404, 404),
    f"GET {HERE}/others": (200, 404, 404, 404, 404),
    f"GET {HERE}/others/1.01": (200, 404, 404, 404, 404),
    f"POST {HERE}/others/1.01": (409, 404, 404, 404, 404),
    f"GET {HERE}/others/findings/{NAME}": (404, 404, 404, 404, 404),
    f"POST {HERE}/others/findings/{NAME}": (404, 404, 404, 404, 404),
}
"""What each of these people is answered of North's cycle while it is in review, where the form is sent empty."""

OF_ONESELF = {
    "GET /review": (200, 200, 404, 404, 404), "GET /review/invitations/1": (404, 404, 404, 404, 404),
    "POST /review/invitations/1": (404, 404, 404, 404, 404), "GET /review/availability": (200, 200, 404, 404, 404),
    "POST /review/availability": (422, 422, 404, 404, 404),
    "POST /review/availability/ended": (303, 303, 404, 404, 404),
    "POST /review/availability/places": (422, 422, 404, 404, 404),
    "POST /review/availability/places/ended": (303, 303, 404, 404, 404),
    "GET /review/training": (200, 200, 404, 404, 404), "GET /review/training/1": (404, 404, 404, 404, 404),
    "POST /review/training/1/hand-in": (404, 404, 404, 404, 404),
    "GET /review/training/1/result": (404, 404, 404, 404, 404),
    "GET /review/training/1/criteria/1.01": (404, 404, 404, 404, 404),
    "POST /review/training/1/criteria/1.01": (404, 404, 404, 404, 404),
    "GET /review/figures": (200, 200, 404, 404, 404),
    "GET /review/conflicts": (200, 200, 404, 404, 404), "POST /review/conflicts": (422, 422, 404, 404, 404),
}  # fmt: skip
"""The same of pages that are about no cycle; nobody is invited to anything."""


def ask(browser: Browser, way: str, *, cycle: int) -> tuple[int, str]:
    """The status, and what is said with the number of the cycle taken out."""
    method, path = way.format(cycle=cycle).split()
    data = {"csrf": browser.page.forms["/sign-out"]["csrf"]} if method == "POST" else None
    files = {"file": ("", b"")} if path.endswith("/files") else None
    answer = browser.ask(method, path, data=data, files=files, follow_redirects=False)
    return answer.status_code, answer.text.replace(f"/cycles/{cycle}", "/cycles/")


def as_route(way: str) -> str:
    """The route that this way goes."""
    for found, name in (
        ("criteria/1.01", "criteria/{criterion}"), ("others/1.01", "others/{criterion}"),
        ("evidence/1", "evidence/{evidence}"),
        (f"others/findings/{NAME}", "others/findings/{finding}"), (f"findings/{NAME}", "findings/{key}"),
        ("training/1", "training/{exercise}"), ("comments/1", "comments/{comment}"),
        ("invitations/1", "invitations/{invitation}"),
    ):  # fmt: skip
        way = way.replace(found, name)
    return way


def test_the_table_has_every_route_of_the_reviewers_pages(new: New) -> None:
    found = {
        f"{method} {route.path}"
        for route in routes_of(new().app)
        for method in route.methods or ()
        if route.path.startswith("/review")
    }
    assert {as_route(way) for way in (*ON_THE_CYCLE, *OF_ONESELF)} == found


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_is_answered_as_the_table_says(house: House, known: SignedIn, who: str) -> None:
    walk(house, Stage.REVIEW)
    browser = known(PEOPLE[who])
    browser.open("/account")
    place, table = [*PEOPLE].index(who), {**ON_THE_CYCLE, **OF_ONESELF}
    assert {way: ask(browser, way, cycle=1)[0] for way in table} == {way: row[place] for way, row in table.items()}
    assert {way: ask(browser, way, cycle=999)[0] for way in ON_THE_CYCLE} == dict.fromkeys(ON_THE_CYCLE, 404)
    if who != "reviewer":
        for way in ON_THE_CYCLE:
            assert (way, ask(browser, way, cycle=1)) == (way, ask(browser, way, cycle=999))


def test_who_is_not_signed_in_is_asked_to_whatever_there_is(house: House, new: New) -> None:
    walk(house, Stage.REVIEW)
    browser = new()
    for way in {**ON_THE_CYCLE, **OF_ONESELF}:
        method, path = way.format(cycle=1).split()
        answers = [
            browser.ask(method, one, follow_redirects=False) for one in (path, path.replace("cycles/1", "cycles/999"))
        ]
        assert [one.status_code for one in answers] == [401 if method == "POST" else 303] * 2


def test_a_form_without_its_token_changes_nothing(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    browser = known(PEOPLE["reviewer"])
    forms = [way.format(cycle=1).split()[1] for way in {**ON_THE_CYCLE, **OF_ONESELF} if way.startswith("POST")]
    with nothing_kept(house):
        answers = [
            browser.ask("POST", path, data={"csrf": token}, files=A_FILE if path.endswith("/files") else None)
            for path in forms
            for token in ("", "x")
        ]
    assert {answer.status_code for answer in answers} == {403}


def test_an_invitation_of_others_reads_as_one_that_does_not_exist(house: House, known: SignedIn) -> None:
    to_proposal(house)
    confirm_all(house)
    work(house)
    lay, lead = invitation(house, "lay"), asked(house)["lead"]
    browser = known(Grant(role=Role.REVIEWER, reviewer=lead))
    browser.open("/account")
    for method in ("GET", "POST"):
        told = []
        for number in (lay, 999):
            answer = ask(browser, f"{method} /review/invitations/{number}", cycle=1)
            told.append((answer[0], answer[1].replace(f"/{number}", "/")))
        assert told[0] == told[1]
        assert told[0][0] == 404


def test_a_file_is_opened_on_its_own_visit_alone_and_once_it_is_cleared(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    browser = known(PEOPLE["reviewer"])
    answer = browser.ask("GET", "/review/cycles/1/evidence/1")
    assert (answer.status_code, answer.content) == (200, b"a job plan")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert browser.ask("GET", "/review/cycles/1/evidence/99").status_code == 404


def test_a_frame_shows_a_file_in_a_sandbox(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    browser = known(PEOPLE["reviewer"])
    answer = browser.ask("GET", "/review/cycles/1/evidence/1/shown")
    assert (answer.status_code, answer.content) == (200, b"a job plan")
    assert {name: answer.headers[name] for name in FILE_HEADERS} == FILE_HEADERS
    assert browser.ask("GET", "/review/cycles/1/evidence/99/shown").status_code == 404


def test_a_frame_shows_no_kind_of_file_that_could_do_anything() -> None:
    shown = {Kind.PDF, Kind.PNG, Kind.JPEG, Kind.GIF, Kind.WEBP, Kind.TXT}
    assert {kind.media_type for kind in shown} == IN_PLACE
    found = {kind: at_page(kind.media_type, "page 2") for kind in Kind}
    assert found == {kind: "#page=2" if kind is Kind.PDF else "" for kind in Kind}


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("page 4", "#page=4"), ("Pages 4 to 6", "#page=4"),
        ("see p. 12, at the top", "#page=12"), ("pp 7-9", "#page=7"),
        ("section 4", ""), ("page four", ""), ("", ""), ("page 0", ""), ("page 123456", ""), ("the map 3", ""),
    ],
)  # fmt: skip
def test_a_pdf_opens_at_the_page_that_the_team_names(place: str, address: str) -> None:
    assert at_page("application/pdf", place) == address
