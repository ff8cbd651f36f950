"""A reviewer practises on a completed case by forms alone, and reads how they compare."""

from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.wiring import House
from tests.exercising import EXERCISE, TITLE, confirmed, edited, free, made
from tests.pages.browsing import Browser
from tests.pages.test_review_visit import PATIENT, sits, words
from tests.pages.test_signing_in import SignedIn
from tests.walking import walk

HOME = "/review/training"
AT = f"{HOME}/{EXERCISE}"
ONE = f"{AT}/criteria/1.01"


def test_a_case_is_rated_alone_and_compared(house: House, known: SignedIn) -> None:
    walk(house, Stage.PUBLISHED)
    made(house)
    edited(house, evidence="A job plan, signed.")
    taker = known(Grant(role=Role.REVIEWER, reviewer=free(house).reviewer))
    assert "There is nothing to practise on yet" in taker.open(HOME).text
    assert taker.open(AT).status == 404
    confirmed(house)
    sat = known(sits("lead", house), email="sat@example.org")
    assert ("There is nothing to practise on yet" in sat.open(HOME).text, sat.open(AT).status) == (True, 404)
    taker.open(HOME)
    assert f"{TITLE} To do Practise on it." in words(taker)
    taker.open(AT)
    assert "0 of 3 rated" in words(taker)
    assert f"{AT}/hand-in" not in taker.page.forms
    csrf = taker.page.forms["/sign-out"]["csrf"]
    assert taker.shown(taker.ask("POST", f"{AT}/hand-in", data={"csrf": csrf})).status == 422
    assert taker.open(f"{AT}/result").status == 404
    rates(taker)
    taker.open(AT)
    assert "Everything is rated." in words(taker)
    taker.send(f"{AT}/hand-in")
    assert taker.page.path == f"{AT}/result"
    assert "You rated 2 of 3 questions as was agreed in the real review." in words(taker)
    assert "1.01 Named lead Not the same You: Not met – I saw none." in words(taker)
    assert "Agreed: Met – The job plan was seen." in words(taker)
    taker.open(ONE)
    assert "You handed in: this rating stands." in words(taker)
    page = taker.shown(taker.ask("POST", ONE, data={
        "csrf": taker.page.forms["/sign-out"]["csrf"], "choice": "rating:met", "note": "Another.", "seen": "2",
    }))  # fmt: skip
    assert (page.status, "Another.</textarea>" in page.answer.text) == (409, True)
    assert "Handed in" in taker.open(HOME).text


def choices(browser: Browser) -> list[str]:
    """What may be chosen on the open page."""
    return [str(one["value"]) for one in browser.page.fields.values() if one.get("name") == "choice"]


def rates(taker: Browser) -> None:
    """Every question of the exercise, the first one with a slip and in two windows."""
    taker.open(ONE)
    assert "A job plan, signed." in words(taker)
    page = taker.send(ONE, choice="rating:not_met", note=PATIENT)
    assert (page.status, f"{PATIENT}</textarea>" in page.answer.text) == (422, True)
    form = dict(taker.page.forms[ONE])
    quiet = taker.ask("POST", ONE, data={**form, "choice": "rating:met", "note": "", "quietly": "yes"})
    assert (quiet.json()["seen"], quiet.json()["said"][:8]) == (1, "Saved at")
    page = taker.send(ONE, choice="rating:not_met", note="I saw none.")
    assert (page.status, "Saved now, by you in another window Met" in words(taker)) == (409, True)
    taker.send(ONE, choice="rating:not_met", note="I saw none.", then="next")
    assert taker.page.path == f"{AT}/criteria/2.01"
    taker.send(f"{AT}/criteria/2.01", choice="rating:met", then="next")
    assert choices(taker) == [
        "level:A",
        "level:B",
        "level:C",
        "too_few_cases",
        "not_applicable",
    ]  # a rating would say the same again
    taker.send(f"{AT}/criteria/2.02", choice="rating:met", then="next")
    assert taker.page.path == AT
