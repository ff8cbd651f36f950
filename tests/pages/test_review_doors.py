"""What a reviewer is answered by their pages, every one, in numbers; all others, and forgers, in test_permissions."""

import httpx
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
from tests.walking import NORTHS_LEAD, walk

REVIEWER = Grant(role=Role.REVIEWER, reviewer=NORTHS_LEAD)

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
    f"GET {HERE}": 200,
    f"POST {HERE}/hand-in": 422,
    f"GET {HERE}/criteria/1.01": 200,
    f"POST {HERE}/criteria/1.01": 303,
    f"POST {HERE}/criteria/1.01/requests": 422,
    f"GET {HERE}/evidence/1": 200,
    f"GET {HERE}/evidence/1/shown": 200,
    f"GET {HERE}/risks": 200,
    f"POST {HERE}/risks": 422,
    f"GET {HERE}/requests": 200,
    f"GET {HERE}/leaving": 200,
    f"POST {HERE}/leaving": 422,
    f"GET {HERE}/workbook": 200,
    f"GET {HERE}/workbook/file": 200,
    f"POST {HERE}/workbook/files": 422,
    f"GET {HERE}/report": 200,
    f"GET {HERE}/report/comments/1": 404,
    f"POST {HERE}/report/comments/1": 404,
    f"GET {HERE}/findings": 200,
    f"GET {HERE}/findings/new": 200,
    f"GET {HERE}/findings/{NAME}": 404,
    f"POST {HERE}/findings/{NAME}": 303,
    f"GET {HERE}/certificate": 404,
    f"GET {HERE}/others": 200,
    f"GET {HERE}/others/1.01": 200,
    f"POST {HERE}/others/1.01": 409,
    f"GET {HERE}/others/findings/{NAME}": 404,
    f"POST {HERE}/others/findings/{NAME}": 404,
}
"""What its reviewer is answered of North's cycle while it is in review, where the form is sent empty."""

OF_ONESELF = {
    "GET /review": 200, "GET /review/invitations/1": 404,
    "POST /review/invitations/1": 404, "GET /review/availability": 200,
    "POST /review/availability": 422,
    "POST /review/availability/ended": 303,
    "POST /review/availability/places": 422,
    "POST /review/availability/places/ended": 303,
    "GET /review/training": 200, "GET /review/training/1": 404,
    "POST /review/training/1/hand-in": 404,
    "GET /review/training/1/result": 404,
    "GET /review/training/1/criteria/1.01": 404,
    "POST /review/training/1/criteria/1.01": 404,
    "GET /review/figures": 200,
    "GET /review/conflicts": 200, "POST /review/conflicts": 422,
}  # fmt: skip
"""The same of pages that are about no cycle; nobody is invited to anything."""


def ask(browser: Browser, way: str) -> httpx.Response:
    """What is answered, where a form is sent empty."""
    method, path = way.format(cycle=1).split()
    data = {"csrf": browser.page.forms["/sign-out"]["csrf"]} if method == "POST" else None
    files = {"file": ("", b"")} if path.endswith("/files") else None
    return browser.ask(method, path, data=data, files=files, follow_redirects=False)


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


def test_the_reviewer_is_answered_as_the_table_says(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    browser = known(REVIEWER)
    browser.open("/account")
    table = {**ON_THE_CYCLE, **OF_ONESELF}
    assert {way: ask(browser, way).status_code for way in table} == table


def test_a_file_is_opened_on_its_own_visit_alone_and_once_it_is_cleared(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    browser = known(REVIEWER)
    answer = browser.ask("GET", "/review/cycles/1/evidence/1")
    assert (answer.status_code, answer.content) == (200, b"a job plan")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert browser.ask("GET", "/review/cycles/1/evidence/99").status_code == 404


def test_a_frame_shows_a_file_in_a_sandbox(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    browser = known(REVIEWER)
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
