"""Who is answered what by the college's pages of cycles: every route, for everybody, on a cycle and on none."""

import pytest

from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.wiring import House
from api.guard import routes_of
from tests.pages.conftest import New
from tests.pages.test_signing_in import SignedIn
from tests.pages.test_team_doors import PEOPLE, ask
from tests.walking import ROUND, walk

EVERYBODY = {
    **PEOPLE, "office of the round": Grant(role=Role.OFFICE, round=ROUND),
    "committee of the scheme": Grant(role=Role.COMMITTEE, scheme="small"),
}  # fmt: skip
OF_THE_COLLEGE = ("office", "committee", "office of the round", "committee of the scheme")

AT = "/college/cycles/{cycle}"
OFFICES, BOTH, COMMITTEES = (200, 403, 200, 403), (200,) * 4, (403, 200, 403, 200)
EMPTY, EMPTY_DECISION, NOT_NOW = (422, 403, 422, 403), (403, 422, 403, 422), (409, 403, 409, 403)

ON_THE_CYCLE = {
    f"GET {AT}": BOTH,
    f"GET {AT}/pack": BOTH,
    f"GET {AT}/ledger": BOTH,
    f"GET {AT}/runs": (303, 403, 303, 403),
    f"POST {AT}/archive": OFFICES,
    f"GET {AT}/send-back": OFFICES,
    f"POST {AT}/send-back": NOT_NOW,
    f"GET {AT}/withdrawal": OFFICES,
    f"POST {AT}/withdrawal": EMPTY,
    f"GET {AT}/publication": OFFICES,
    f"POST {AT}/publication": NOT_NOW,
    f"GET {AT}/visit": OFFICES,
    f"POST {AT}/visit": EMPTY,
    f"GET {AT}/settler": OFFICES,
    f"POST {AT}/settler": EMPTY,
    f"GET {AT}/panel": OFFICES,
    f"POST {AT}/panel": (303, 403, 303, 403),
    f"GET {AT}/conditions": (404, 403, 404, 403),
    f"POST {AT}/conditions": (404, 403, 404, 403),
    f"GET {AT}/facts": OFFICES,
    f"POST {AT}/facts": (303, 403, 303, 403),
    f"GET {AT}/files/{{evidence}}": OFFICES,
    f"POST {AT}/files/{{evidence}}": EMPTY,
    f"GET {AT}/decision": COMMITTEES,
    f"POST {AT}/decision": EMPTY_DECISION,
    f"GET {AT}/appeal": COMMITTEES,
    f"POST {AT}/appeal": EMPTY_DECISION,
}
"""What the college is answered of North's cycle in review, where the form is sent empty; everybody else 404."""

OF_NOBODY = {
    "GET /college": BOTH,
    "GET /college/decisions": COMMITTEES,
    "GET /college/files": (200, 403, 404, 404),
    "GET /college/jobs": (200, 403, 404, 404),
    "POST /college/jobs/1/release": (404, 403, 404, 404),
}
"""The same of pages that are about no cycle."""


def test_the_table_has_every_route_of_a_cycle(new: New) -> None:
    found = {
        f"{method} {route.path}"
        for route in routes_of(new().app)
        for method in route.methods or ()
        if route.path.startswith("/college/cycles")
    }
    assert found == {*ON_THE_CYCLE}


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_is_answered_as_the_table_says(house: House, known: SignedIn, who: str) -> None:
    walk(house, Stage.REVIEW)
    browser = known(EVERYBODY[who])
    browser.open("/account")
    table, inside = {**ON_THE_CYCLE, **OF_NOBODY}, who in OF_THE_COLLEGE
    expected = {way: row[OF_THE_COLLEGE.index(who)] if inside else 404 for way, row in table.items()}
    assert {way: ask(browser, way, cycle=999)[0] for way in ON_THE_CYCLE} == dict.fromkeys(ON_THE_CYCLE, 404)
    if not inside:
        for way in ON_THE_CYCLE:
            assert ask(browser, way, cycle=1) == ask(browser, way, cycle=999)
    assert {way: ask(browser, way, cycle=1)[0] for way in table} == expected


def test_who_is_not_signed_in_is_asked_to_and_a_form_without_its_token_changes_nothing(
    house: House, new: New, known: SignedIn
) -> None:  # fmt: skip
    walk(house, Stage.REVIEW)
    nobody, office = new(), known(EVERYBODY["office"])
    for way in {**ON_THE_CYCLE, **OF_NOBODY}:
        method, path = way.format(cycle=1, evidence=1).split()
        answer = nobody.ask(method, path, follow_redirects=False)
        assert answer.status_code == (401 if method == "POST" else 303)
        if method == "POST":
            assert office.ask(method, path, data={"reason": "So.", "csrf": "x"}).status_code == 403
