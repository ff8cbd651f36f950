"""Choosing who one is: on the machine itself, in records of nobody, and in no application but one made for it."""

from dataclasses import replace

import pytest

from accreditation.actions.begin_demonstration import begin_demonstration
from accreditation.commands.serve import is_demonstration
from accreditation.errors import Contradiction, Invalid
from accreditation.ledger.entries import entries
from accreditation.rules.demonstration import BOUND, Part, check_place, is_here, part_named
from accreditation.rules.people import Role
from accreditation.wiring import House
from api.app import create_app
from api.guard import routes_of
from tests.pages.browsing import Browser
from tests.pages.conftest import New, invite
from tests.walking import begin

HERE = {"site": "http://127.0.0.1:8000", "address": "127.0.0.1", "demo": True}


def ways(house: House, *, demo: bool) -> set[str]:
    return {
        f"{method} {route.path}" for route in routes_of(create_app(house, demo=demo)) for method in route.methods or ()
    }


def buttons(browser: Browser) -> list[str]:
    return [one["value"] or "" for one in browser.page.buttons if one.get("name") == "who"]


def test_no_other_application_has_the_page(house: House, new: New) -> None:
    assert ways(house, demo=True) - ways(house, demo=False) == {"GET /demonstration", "POST /demonstration"}
    browser = new(site="http://127.0.0.1:8000", address="127.0.0.1")
    assert browser.open("/demonstration").status == 404
    assert browser.ask("POST", "/demonstration", data={"who": "office"}).status_code == 404
    assert "This is a demonstration" not in browser.open("/register").text


def test_one_is_whom_one_chooses_without_a_password(house: House, new: New) -> None:
    begin_demonstration(house.database, at=house.now())
    begin_demonstration(house.database, at=house.now())
    begin(house)
    browser = new(**HERE)
    assert "This is a demonstration. Nothing here is real." in browser.open("/register").text
    browser.open("/demonstration")
    assert buttons(browser)[:6] == [
        "office",
        "committee",
        "team_lead-1",
        "team_member-1",
        "team_lead-2",
        "team_member-2",
    ]
    assert buttons(browser)[-1].startswith("reviewer-")
    for who, home, words in (
        ("team_lead-1", "/team", "Team lead, North, North Trust"), ("office", "/college", "College office")
    ):  # fmt: skip
        browser.open("/demonstration")
        assert browser.send("/demonstration", who=who).path == home
        assert words in browser.open("/account").text
    assert browser.open("/college/people").status == 200
    browser.open("/demonstration")
    browser.send("/demonstration", who="team_member-1")
    assert "Has not signed in" not in browser.open("/team/people").text  # they did, by no password
    browser.open("/demonstration")
    browser.send("/demonstration", who="team_lead-1")  # the same person as before
    with house.database.reading() as session:
        assert [one.subject for one in entries(session, action="person:begin")] == ["person:1", "person:2", "person:3"]
        assert len(entries(session, action="demonstration:begin")) == 1
    for who in ("", "engine", "team_lead", "office-1", "team_lead-0", "team_lead-x", "reviewer-1-1"):
        browser.open("/demonstration")
        assert browser.send("/demonstration", who=who).status == 422
    browser.open("/demonstration")
    assert browser.send("/demonstration", who="team_lead-999").status == 404
    assert browser.ask("POST", "/demonstration", data={"who": "office"}).status_code == 403  # no form of ours


def test_empty_records_become_a_demonstration_with_the_first_choice(house: House, new: New) -> None:
    browser = new(**HERE)
    browser.open("/demonstration")
    assert (buttons(browser), "no teams and no reviewers yet" in browser.page.text) == (["office", "committee"], True)
    assert is_demonstration(house, unless_real=False)
    browser.send("/demonstration", who="committee")
    with house.database.reading() as session:
        found = [one.action for one in entries(session)]
    assert found == ["demonstration:begin", "person:begin", "grant:give", "person:sign_in"]
    invite(house)  # whoever comes now comes to a demonstration
    assert is_demonstration(house, unless_real=False)


def test_nobody_is_somebody_real(house: House, new: New) -> None:
    browser = new(**HERE)
    browser.open("/demonstration")
    invite(house)  # the records were empty when the engine started
    sent = {**browser.page.forms["/demonstration"], "who": "office"}
    for answer in (browser.ask("POST", "/demonstration", data=sent), browser.ask("GET", "/demonstration")):
        assert answer.status_code == 409
        assert "hold a person and were not begun as a demonstration" in answer.text
    assert "This is a demonstration" not in browser.open("/register").text
    assert not is_demonstration(house, unless_real=True)
    for refused in (lambda: is_demonstration(house, unless_real=False),
                    lambda: begin_demonstration(house.database, at=house.now())):  # fmt: skip
        with pytest.raises(Contradiction, match="Name an empty folder with ACCREDIT_DATA"):
            refused()


@pytest.mark.parametrize(
    "asked",
    [
        {"address": "192.0.2.1"},
        {"site": "http://accredit.example"},  # another site's name that leads to this machine
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"headers": {"Via": "1.1 proxy"}},
    ],
)
def test_nobody_chooses_from_another_machine(house: House, new: New, asked: dict[str, object]) -> None:
    browser = new(**HERE | {name: value for name, value in asked.items() if name != "headers"})
    for method in ("GET", "POST"):
        answer = browser.ask(method, "/demonstration", headers=asked.get("headers", {}))
        assert (answer.status_code, "for the machine that it runs on" in answer.text) == (403, True)


def test_it_is_served_to_this_machine_alone(house: House) -> None:
    check_place(host="127.0.0.1", site="")
    check_place(host="::1", site="http://localhost:8000")
    with pytest.raises(Invalid) as refusal:
        check_place(host="0.0.0.0", site="https://accredit.example")
    assert [one.where for one in refusal.value.faults] == ["ACCREDIT_HOST", "ACCREDIT_SITE_URL"]
    open_to_all = replace(house, settings=house.settings.model_copy(update={"host": "0.0.0.0"}))
    assert not is_demonstration(open_to_all, unless_real=True)
    with pytest.raises(Invalid):
        is_demonstration(open_to_all, unless_real=False)
    assert all(map(is_here, ("127.0.0.1", "127.8.8.8", "::1", "[::1]", "LOCALHOST")))
    elsewhere = ("localhost.evil", "127.0.0.1.evil", "::ffff:192.0.2.1", "", "0.0.0.0", "10.0.0.1")
    assert not any(map(is_here, elsewhere))


def test_a_part_is_read_as_it_is_sent() -> None:
    parts = [Part(role=role, key=3 if bound else 0) for role, bound in BOUND.items()]
    assert [part_named(one.name) for one in parts] == parts
    assert {one.role for one in parts} == set(Role) - {Role.PUBLIC, Role.ENGINE}
