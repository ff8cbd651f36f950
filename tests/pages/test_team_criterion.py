"""One criterion a page, as a team answers it without scripts; and how a page saves itself with them."""

from datetime import timedelta

import pytest

from accreditation.actions.enrol import enrol
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.rate import Given, rate
from accreditation.ledger.entries import entries
from accreditation.records import sign_ins
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests.no_room import no_room
from tests.pages.browsing import Browser
from tests.pages.test_signing_in import SignedIn, later
from tests.pages.test_team_cycle import HERE, LEAD_OF_NORTH, MEMBER_OF_NORTH, words
from tests.reported import imported, line
from tests.walking import AT, CYCLE, MEMBER, NORTH, OFFICE, SOUTH, scheme, walk

LEADS = f"{HERE}/criteria/1.01"
MEASURED = f"{HERE}/criteria/2.01"
LEVEL = f"{HERE}/criteria/2.02"

PATIENT = "The patient, NHS number 943 476 5919, waited."


@pytest.fixture
def browser(house: House, known: SignedIn) -> Browser:
    walk(house, Stage.SELF_ASSESSMENT)
    return known(LEAD_OF_NORTH)


def checked(browser: Browser) -> list[str]:
    """What is chosen on the open page."""
    return [str(one["value"]) for one in browser.page.fields.values() if "checked" in one]


def another_answers(house: House, *, seen: int, note: str = "Ours is better.") -> None:
    """A colleague answers by a program, having seen this version."""
    given = {"1.01": Given(answer=Answer(rating="not_met", note=note), seen_version=seen)}
    rate(house.database, principal=MEMBER, cycle_id=CYCLE, given=given, at=house.now())


def test_a_criterion_is_answered_and_says_so(browser: Browser) -> None:
    page = browser.open(LEADS)
    assert (page.status, checked(browser)) == (200, [])
    assert "1.01 Named lead" in page.headings[0]
    assert "Question 1 of 3: First" in page.text
    browser.send(LEADS, choice="rating:met", note="Since 2024.\r\nIn the job plan.")
    assert (browser.page.path, checked(browser)) == (LEADS, ["rating:met"])
    assert "Saved at " in browser.page.text
    assert "Since 2024.\nIn the job plan.</textarea>" in browser.page.answer.text
    assert "Met Since 2024. In the job plan. you, " in words(browser)
    browser.send(LEADS, choice="not_applicable", note="We have none.", then="next")
    assert browser.page.path == MEASURED
    browser.send(MEASURED, number="92.5 %")
    assert (checked(browser), browser.page.fields["number"]["value"]) == (["number"], "92.5")
    browser.open(LEVEL)
    browser.send(LEVEL, choice="level:B", then="next")
    assert browser.page.path == HERE
    assert "3 of 3 answered" in browser.page.text


def test_words_without_a_choice_are_kept_and_answer_nothing(browser: Browser) -> None:
    browser.open(LEADS)
    browser.send(LEADS, note="Ask the ward manager.")
    assert "Ask the ward manager.</textarea>" in browser.page.answer.text
    assert "0 of 3 answered" in browser.open(HERE).text


WRONG = (
    (LEADS, {"choice": "not_applicable", "note": ""}, "note", "Say in the note why this does not apply to your"),
    (LEADS, {"choice": "rating:met", "note": PATIENT}, "note",
     "The note has an NHS, CHI or Health and Care number, from which a patient may be told. Leave it out."),
    (LEADS, {"choice": "rating:best"}, "choice", "You wrote rating 'best'. What is needed: a rating"),
    (MEASURED, {"choice": "number"}, "number", "Type the number, like 82.5."),
    (MEASURED, {"number": "most"}, "number", "You wrote 'most'. What is needed: a number, like 82.5."),
    (MEASURED, {"number": "101"}, "number", "You wrote 101 %. What is needed: a number from 0 to 100."),
)  # fmt: skip
"""Where, what is typed besides a note, the field that is wrong, and what is said of it."""


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(browser: Browser) -> None:
    for at, typed, field, said in WRONG:
        browser.open(at)
        page = browser.send(at, **{"note": "We looked.", **typed})
        assert (page.status, page.title[:6], "Not saved yet." in page.text) == (422, "Error:", True), typed
        assert f"There is a problem {said}" in words(browser)
        assert (f'<a href="#{field}">' in page.answer.text, f"Error: {said}" in words(browser)) == (True, True), typed
        assert f"{typed.get('note', 'We looked.')}</textarea>" in page.answer.text
        assert checked(browser) == [one for one in [typed.get("choice", "")] if one and one != "rating:best"]
        assert page.fields.get("number", {}).get("value", "") == typed.get("number", "")
    assert "0 of 3 answered" in browser.open(HERE).text


def test_two_people_at_once_see_both_answers_and_choose(house: House, browser: Browser) -> None:
    browser.open(LEADS)
    another_answers(house, seen=0)
    page = browser.send(LEADS, choice="rating:met", note="Mine is longer.")
    assert (page.status, checked(browser)) == (409, ["rating:met"])
    assert "Saved now, by member of north" in page.text
    assert ("Ours is better." in page.text, "Mine is longer.</textarea>" in page.answer.text) == (True, True)
    assert "Keep this one, and drop mine" in page.text
    browser.send(LEADS, choice="rating:met", note="Mine is longer.")
    assert (browser.page.status, checked(browser)) == (200, ["rating:met"])
    history = words(browser).partition("History")[2]
    assert history.index("Mine is longer.") < history.index("Ours is better.")
    another_answers(house, seen=2, note="No.")
    assert browser.send(LEADS, choice="rating:met", note="Yes.").status == 409
    assert checked(browser) == ["rating:met"]
    browser.open(LEADS)  # the link that keeps the other's
    assert checked(browser) == ["rating:not_met"]


def test_a_page_saves_itself_and_is_told_whether_that_worked(house: House, browser: Browser) -> None:
    browser.open(LEADS)

    def saves(**typed: str) -> tuple[int, dict[str, object]]:
        answer = browser.ask("POST", LEADS, data={**browser.page.forms[LEADS], "quietly": "yes", **typed})
        assert answer.headers["content-type"] == "application/json"
        return answer.status_code, answer.json()

    status, told = saves(choice="rating:met", note="One")
    assert (status, told["seen"], str(told["said"])[:9]) == (200, 1, "Saved at ")
    assert saves(seen="1", choice="rating:met", note="One")[1]["seen"] == 1
    assert saves(seen="1", choice="rating:met", note="One and two")[1]["seen"] == 2
    assert saves(seen="2", choice="not_applicable") == (
        422, {"said": "Say in the note why this does not apply to your service.", "stale": False},
    )  # fmt: skip
    another_answers(house, seen=2)
    assert saves(seen="2", choice="rating:met") == (
        409, {"said": "Another answer was saved while you wrote.", "stale": True},
    )  # fmt: skip
    browser.open(LEADS)
    history = words(browser).partition("History")[2]
    assert ("One and two" in history, "One you" in history) == (True, False)  # what was saved on the way is one step
    script = browser.page.answer.text.partition('<script src="')[2].partition('"')[0]
    assert "data-saves-itself" in browser.ask("GET", script).text


def test_a_criterion_is_given_to_a_colleague(house: House, browser: Browser, known: SignedIn) -> None:
    other = known(MEMBER_OF_NORTH, email="nurse@example.org")
    known(Grant(role=Role.TEAM_MEMBER, team=SOUTH), email="stranger@example.org")
    browser.open(LEADS)
    assert "Nobody yet." in browser.page.text
    browser.send(f"{LEADS}/holder", who="2")
    assert "Given to A clerk." in browser.page.text
    assert "Given to you" in other.open(f"{HERE}?show=mine").text
    assert "1.01 Named lead" in other.page.text
    page = browser.send(f"{LEADS}/holder", who="3")
    assert (page.status, "somebody who is not in the team" in page.text) == (422, True)
    browser.open(LEADS)
    browser.send(f"{LEADS}/holder", who="2")  # again changes nothing
    browser.send(f"{LEADS}/holder", who="")
    assert "Nobody yet." in browser.page.text
    assert done(house, "assessment:give") == [
        {"criterion": "1.01", "person": 2, "number": 1}, {"criterion": "1.01", "person": None, "number": 2}
    ]  # fmt: skip


def test_a_team_talks_about_a_criterion_among_itself(house: House, browser: Browser) -> None:
    browser.open(LEADS)
    browser.send(f"{LEADS}/comments", comment="Who has the rota?\nIt is old.")
    browser.send(f"{LEADS}/comments", comment="Who has the rota?\nIt is old.")
    assert words(browser).count("Who has the rota? It is old. you, ") == 1
    for typed, said in (
        ("", "Error: Write what you want to say to your team."),
        (PATIENT, "Error: This has an NHS, CHI or Health and Care number, from which a patient may be told."),
    ):
        page = browser.send(f"{LEADS}/comments", comment=typed)
        assert (page.status, said in words(browser), f"{typed}</textarea>" in page.answer.text) == (422, True, True)
    (detail,) = done(house, "assessment:comment")
    assert detail == {"comment": 1, "criterion": "1.01"}


def test_no_button_loses_what_stands_in_the_boxes_of_another(house: House, browser: Browser) -> None:
    browser.open(LEADS)
    page = browser.send(LEADS, choice="rating:met", note="In the job plan.", comment="Is it new?", then="next")
    assert (page.status, page.path, page.areas["comment"].strip()) == (200, LEADS, "Is it new?")
    assert "What you wrote to your team is not sent yet" in words(browser)
    page = browser.send(
        f"{LEADS}/comments", choice="rating:met", note="In the\r\njob plan, page 2.", comment="Is it new?"
    )
    assert page.areas["note"].split() == ["In", "the", "job", "plan,", "page", "2."]
    assert "Your answer is not saved yet" in words(browser)
    page = browser.send(f"{LEADS}/holder", choice="rating:not_met", note="No.", comment="And the rota?", who="")
    assert (page.areas["note"].strip(), page.areas["comment"].strip()) == ("No.", "And the rota?")
    assert checked(browser) == ["rating:not_met"]
    page = browser.send(f"{LEADS}/comments", choice="rating:met", note="In the job plan.", comment="And the rota?")
    assert (page.path, "not saved yet" in page.text) == (LEADS, False)
    assert len(done(house, "assessment:comment")) == 2
    assert len(done(house, "assessment:rate")) == 1


def test_a_figure_that_is_reported_is_shown_with_its_working_and_can_be_challenged(
    house: House, known: SignedIn
) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    imported(house, line({"2.02": Answer(level="C")}))
    browser = known(MEMBER_OF_NORTH)
    browser.open(LEVEL)
    for said in ("The figure that is reported of us", "ValueLevel C Period2026-01-01 Sourceaudit", "level C is below"):
        assert said in words(browser)
    assert "choice" not in browser.page.fields
    page = browser.send(f"{LEVEL}/challenges", objection=" ", comment="Whose?")
    assert (page.status, page.areas["comment"].strip()) == (422, "Whose?")
    page = browser.send(f"{LEVEL}/comments", objection="The ward was closed then.", comment="Whose?")
    assert (page.areas["objection"].strip(), page.areas["comment"].strip()) == ("The ward was closed then.", "")
    assert "What you wrote of the figure is not sent yet" in words(browser)
    browser.send(f"{LEVEL}/challenges", objection="The ward was closed then.")
    assert browser.page.path == LEVEL
    assert "The ward was closed then. the college office has not answered yet you, " in words(browser)
    assert f"{LEVEL}/challenges" not in browser.page.forms


def test_the_answer_of_last_time_is_shown_with_what_became_of_it(house: House, known: SignedIn) -> None:
    walk(house, Stage.PUBLISHED)
    digest = publish_edition(house.database, principal=OFFICE, scheme=scheme(), at=AT)
    again = open_round(house.database, principal=OFFICE, digest=digest, name="summer", at=AT)
    cycle = enrol(house.database, principal=OFFICE, team_id=NORTH, round_id=again, profile={}, at=AT)
    browser = known(MEMBER_OF_NORTH)
    here = f"/team/cycles/{cycle}/criteria/1.01"
    lead = known(LEAD_OF_NORTH, email="lead@example.org")
    assert "Last time: No." in lead.open(f"/team/cycles/{cycle}/profile").text
    browser.open(here)
    page = browser.send(here, note="As last year.", comment="Is it so?", then="again")
    assert (page.path, checked(browser), page.areas["note"].strip()) == (here, ["rating:met"], "As last year.")
    assert ("It is not saved yet" in page.text, page.areas["comment"].strip()) == (True, "Is it so?")
    assert 'data-unsaved="filled"' in page.answer.text, "what the page filled in is not saved before somebody saw it"
    browser.open(here)
    assert checked(browser) == []
    assert "Our answer last time Met. After the review: Met. spring, 1 April 2026" in words(browser)
    assert "Our answer last time" not in browser.open(LEADS).text


def test_what_was_sent_is_read_and_not_changed(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    browser = known(MEMBER_OF_NORTH)
    browser.open(LEADS)
    assert "The answers are sent: they are not changed now." in browser.page.text
    assert (LEADS in browser.page.forms, f"{LEADS}/comments" in browser.page.forms) == (False, True)
    page = browser.send(f"{LEADS}/comments", comment="Well done.")
    assert "Well done." in page.text
    sent = {"csrf": page.forms[f"{LEADS}/comments"]["csrf"], "choice": "rating:not_met"}
    answer = browser.ask("POST", LEADS, data={**sent, "note": "I was too late."})
    assert (answer.status_code, "I was too late.</textarea>" in answer.text) == (409, True)
    assert "What you wrote, to copy" in answer.text


def test_whoever_wrote_for_longer_than_a_session_lasts_has_their_words_back(house: House, browser: Browser) -> None:
    browser.open(LEADS)
    later(house, browser, timedelta(minutes=31))
    sent = {
        **browser.page.forms[LEADS], "choice": "rating:not_met", "number": "92.5", "note": "Half an evening <of> work.",
    }  # fmt: skip
    answer = browser.ask("POST", LEADS, data=sent)
    back = "You chose: Not met\n\n92.5\n\nHalf an evening &lt;of&gt; work.</textarea>"
    assert (answer.status_code, back in answer.text) == (401, True)
    assert "that opens the page where you were in a new tab" in answer.text
    assert f'href="/sign-in?next={LEADS}"' in answer.text
    elsewhere = browser.ask("POST", LEADS, data=sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert (elsewhere.status_code, "evening" in elsewhere.text) == (401, False)
    with house.database.bookkeeping() as session:
        sign_ins.begin(session, secret="again", person_id=1, how="password", at=browser.app.state.house.now())
    browser.keep("again")
    again = browser.shown(browser.ask("POST", LEADS, data={**sent, "choice": "number"}))
    assert (again.status, again.headings[0]) == (403, "You signed in again since this page was opened")
    assert "You chose: We have measured it" in again.text
    assert f'href="{LEADS}"' in again.answer.text


def test_on_a_full_disk_a_page_is_read_no_word_is_lost_and_all_goes_on_once_there_is_room(
    house: House, browser: Browser
) -> None:
    browser.open(LEADS)
    later(house, browser, timedelta(minutes=5))
    with no_room():
        assert browser.open(LEADS).status == 200
        assert browser.send(LEADS, choice="rating:met", note="Half an evening of work.").status == 503
        assert "Half an evening of work." in browser.page.areas["written"]
    assert done(house, "assessment:rate") == []
    browser.open(LEADS)
    assert browser.send(LEADS, choice="rating:met", note="Half an evening of work.").status == 200
    assert len(done(house, "assessment:rate")) == 1


def done(house: House, action: str) -> list[dict[str, object]]:
    with house.database.reading() as session:
        return [dict(one.detail) for one in entries(session, limit=200) if one.action == action]
