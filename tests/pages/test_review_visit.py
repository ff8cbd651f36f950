"""A reviewer's visit by forms alone: asked, rating beside the evidence, handing in, and agreeing with the others."""

import pytest

from accreditation.actions.record_finding import Found, record_finding
from accreditation.actions.review import hand_in, review
from accreditation.ledger.entries import entries
from accreditation.records.jobs import Kind
from accreditation.rules.agreement.severity import Severity
from accreditation.rules.cycle import Stage
from accreditation.rules.findings import Draft
from accreditation.rules.findings import Kind as Finding
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from api.presenting.review.figures import severity
from api.words import words_in
from tests.pages.browsing import Browser
from tests.pages.test_signing_in import SignedIn
from tests.proposing import asked, confirm_all, endings, invitation, to_proposal
from tests.walking import AT, CYCLE, LAYS, LEADS, begin, found, given, reviewer, stage_of, team_of, walk, work

HERE = f"/review/cycles/{CYCLE}"
ONE = f"{HERE}/criteria/1.01"

PATIENT = "The patient, NHS number 943 476 5919, waited."


def words(browser: Browser) -> str:
    """What the open page says, with one space between words."""
    return " ".join(browser.page.text.split())


def sits(role: str, house: House) -> Grant:
    """The grant of whoever sits in this role in North's review team."""
    return Grant(role=Role.REVIEWER, reviewer=team_of(house)[role])


@pytest.fixture
def lead(house: House, known: SignedIn) -> Browser:
    walk(house, Stage.REVIEW)
    return known(sits("lead", house))


def lay_hands_in(house: House) -> None:
    """The other reviewer rates everything, writes a finding and hands in."""
    who = reviewer(team_of(house)["lay"])
    given_now = {**found(), **given({"1.01": Answer(rating="not_met", note="No plan was to be seen.")})}
    review(house.database, principal=who, cycle_id=CYCLE, given=given_now, at=AT)
    draft = Draft(kind=Finding.KEY_ACTION, criterion="1.01", text="Write a job plan.")
    record_finding(
        house.database, principal=who, cycle_id=CYCLE, key="f1", found=Found(draft=draft, seen_version=0), at=AT
    )
    hand_in(house.database, principal=who, cycle_id=CYCLE, at=AT)


def test_who_is_asked_nothing_is_told_what_comes_next(house: House, known: SignedIn) -> None:
    begin(house)
    browser = known(Grant(role=Role.REVIEWER, reviewer=LEADS[0]))
    browser.open("/review")
    assert "Nothing waits for you" in words(browser)
    assert "The college office asks you when it has a visit for you." in words(browser)


def test_an_invitation_is_judged_and_answered(house: House, known: SignedIn) -> None:
    to_proposal(house)
    confirm_all(house, at=house.now())
    work(house, at=house.now())
    number = invitation(house, "lead")
    browser = known(Grant(role=Role.REVIEWER, reviewer=asked(house)["lead"]))
    browser.open("/review")
    assert "Answer: North, North Trust" in words(browser)
    at = f"/review/invitations/{number}"
    browser.open(at)
    assert "not set yet" in words(browser)
    page = browser.send(at)
    assert (page.status, page.title[:6]) == (422, "Error:")
    assert "There is a problem Choose whether you take the visit on." in words(browser)
    page = browser.send(at, said="conflict", reason="")
    assert (page.status, 'value="conflict" checked' in page.answer.text) == (422, True)
    assert "There is a problem Say what the conflict is, in a sentence." in words(browser)
    browser.send(at, said="accepts")
    assert (browser.page.path, "You are asked to take on" in words(browser)) == ("/review", False)
    assert "Invitation to North, North Trust: A small scheme, spring You accepted" in words(browser)
    browser.open(at)
    browser.send(at, said="conflict", reason="I worked there until May.")
    assert (
        "What you were asked before Invitation to North, North Trust: A small scheme, spring Conflict of interest"
        in words(browser)
    )
    assert endings(house) == {browser_reviewer(house, number): "conflict"}
    browser.open("/review/conflicts")
    assert "North Trust since" in words(browser)
    assert "There is nothing to answer any more." in browser.open(at).text


def browser_reviewer(house: House, number: int) -> int:
    """Who was asked by this invitation."""
    return {number: LEADS[0]}.get(number, 0) or next(iter(endings(house)))


def test_a_reviewer_states_when_they_cannot_visit_and_where_they_would_like_to(house: House, known: SignedIn) -> None:
    begin(house)
    browser = known(Grant(role=Role.REVIEWER, reviewer=LAYS[0]))
    at = "/review/availability"
    browser.open(at)
    assert "None: you can be asked for any day." in words(browser)
    page = browser.send(at, **{"first-day": "31", "first-month": "2", "first-year": "2027"})
    assert (page.status, page.fields["first"]["value"]) == (422, "31")
    assert "There is a problem First day away must be a real day, as in 27 3 2026." in words(browser)
    browser.send(at, **{"first-day": "27", "first-month": "3", "first-year": "2027", "last-day": "2", "last-month": "4",
                        "last-year": "2027"})  # fmt: skip
    assert (browser.page.path, "27 March 2027 to 2 April 2027" in words(browser)) == (at, True)
    assert browser.send(f"{at}/places", organisation="Nowhere Trust", how="prefers").status == 422
    assert "There is a problem The college has no organisation of this name. Write the whole name" in words(browser)
    browser.send(f"{at}/places")
    assert "Write the whole name of the organisation, or its ODS code;" in words(browser)
    assert "Error: Choose whether you would like to visit them." in words(browser)
    browser.send(f"{at}/places", organisation=" south  TRUST ", how="prefers")
    assert "South Trust You would like to visit them" in words(browser)
    browser.send(f"{at}/places", organisation="South Trust", how="rather_not")
    assert words(browser).count("South Trust You would") == 1
    browser.send(f"{at}/places/ended")
    browser.send(f"{at}/ended")
    assert "None: you can be asked for any day. " in words(browser)
    assert "No wishes." in words(browser)
    page = browser.open("/review/conflicts")
    assert "You have declared none." in page.text
    page = browser.send("/review/conflicts", organisation="South", reason="My sister works there.")
    assert (page.status, "My sister works there.</textarea>" in page.answer.text) == (422, True)
    browser.send("/review/conflicts", organisation="South Trust", reason="My sister works there.")
    assert "South Trust since" in words(browser)
    assert "My sister" not in browser.page.text


def test_a_criterion_is_rated_beside_what_the_team_says_and_shows(house: House, lead: Browser) -> None:
    lead.open("/review")
    assert "North, North Trust: A small scheme, spring" in words(lead)
    assert "0 of 3 rated" in words(lead)
    lead.open(HERE)
    assert "3 things are left: 1.01 Named lead: not rated yet" in words(lead)
    lead.open(ONE)
    assert "What the team says Met lead of north, 1 April 2026" in words(lead)
    assert 'src="/review/cycles/1/evidence/1/shown" title="Job plan" loading="lazy"' in lead.page.answer.text
    page = lead.send(ONE, choice="rating:not_met", note=PATIENT)
    assert (page.status, page.title[:6]) == (422, "Error:")
    assert f"{PATIENT}</textarea>" in page.answer.text
    lead.send(ONE, choice="rating:met", note="The plan was seen.", then="next")
    assert lead.page.path == f"{HERE}/criteria/2.01"
    assert "Question 1.01 is saved." in words(lead)
    assert "is saved" not in lead.open(f"{HERE}/criteria/2.01?kept=<b>").text
    assert "The number that I accept is" in words(lead)
    offered = [
        str(one["value"]) for one in lead.open(f"{HERE}/criteria/2.02").fields.values() if one["name"] == "choice"
    ]
    assert [one for one in offered if one.startswith(("rating:", "level:"))] == [f"level:{name}" for name in "ABC"]
    lead.open(HERE)
    assert "1.01 Named lead Met" in words(lead)
    assert "1 of 3 rated, 2 left" in words(lead)


def test_two_windows_do_not_overwrite_each_other(house: House, lead: Browser) -> None:
    lead.open(ONE)
    who = reviewer(team_of(house)["lead"])
    review(house.database, principal=who, cycle_id=CYCLE, given=given({"1.01": Answer(rating="met")}), at=AT)
    page = lead.send(ONE, choice="rating:not_met", note="I saw none.")
    assert (page.status, "Saved now, by you in another window Met" in words(lead)) == (409, True)
    assert "I saw none.</textarea>" in page.answer.text
    lead.send(ONE, choice="rating:not_met", note="I saw none.")
    assert (lead.page.status, lead.page.path) == (200, ONE)
    quiet = lead.ask(
        "POST", ONE,
        data={"csrf": lead.page.forms["/sign-out"]["csrf"], "choice": "rating:met", "seen": "2", "quietly": "yes"},
    )  # fmt: skip
    assert (quiet.json()["seen"], quiet.json()["said"][:8]) == (3, "Saved at")


def test_more_evidence_is_asked_for(house: House, lead: Browser) -> None:
    lead.open(ONE)
    assert lead.send(f"{ONE}/requests", question=" ").status == 422
    page = lead.send(ONE, choice="rating:met", note="In the plan.", question="The rota?", then="next")
    assert (page.status, page.path, page.areas["question"].strip()) == (200, ONE, "The rota?")
    page = lead.send(f"{ONE}/requests", choice="rating:met", note="In the plan, page 2.", question=" ")
    assert (page.status, page.areas["note"].strip()) == (422, "In the plan, page 2.")
    page = lead.send(f"{ONE}/requests", choice="rating:met", note="In the plan.", question="Please attach the rota.")
    assert (page.path, "not saved yet" in page.text) == (ONE, False)
    page = lead.send(f"{ONE}/requests", choice="rating:not_met", note="No.", question="And the plan?")
    assert (page.areas["note"].strip(), "Your rating is not saved yet" in page.text) == ("No.", True)
    lead.open(ONE)
    assert f"Asked by Lead {team_of(house)['lead']} on " in words(lead)
    assert "Please attach the rota." in lead.page.text
    assert "The team has not answered 2 requests of yours for more evidence." in lead.open(HERE).text


def test_findings_are_written_and_dropped(house: House, lead: Browser) -> None:
    lead.open(f"{HERE}/findings")
    assert "You have written no finding on this visit." in words(lead)
    lead.open(f"{HERE}/findings/new?criterion=1.01")
    action = next(one for one in lead.page.forms if "/findings/" in one)
    page = lead.send(action, kind="key_action", text=PATIENT, criterion="1.01")
    assert (page.status, f"{PATIENT}</textarea>" in page.answer.text) == (422, True)
    assert lead.page.answer.text.count("data-saves-itself") == 1
    page_itself = {**lead.page.forms[action], "quietly": "yes", "kind": "", "criterion": "1.01"}
    saved = lead.ask("POST", action, data={**page_itself, "text": "Write a"})
    assert (saved.json()["seen"], saved.json()["said"].startswith("Saved ")) == (1, True)
    refused = lead.ask("POST", action, data={**page_itself, "seen": "1", "text": PATIENT})
    assert (refused.status_code, refused.json()["stale"], refused.json()["said"] != "") == (422, False, True)
    stale = lead.ask("POST", action, data={**page_itself, "text": "Write another"})
    assert (stale.status_code, stale.json()["stale"]) == (409, True)
    lead.send(action, criterion="1.01", text="Write a job plan.", seen="1")
    assert "No kind yet, 1.01 Write a job plan. Before you hand in: say what kind it is." in words(lead)
    lead.open(HERE)
    assert "A finding lacks something: Write a job plan." in words(lead)
    lead.open(ONE)
    assert "Write a job plan." in words(lead)
    lead.open(action)
    assert lead.page.headings[0].endswith("Finding on 1.01 Named lead")
    assert lead.page.title.startswith("My finding: Finding on 1.01 Named lead: Write a job plan. – ")
    lead.send(action, kind="key_action", text="Write a job plan.")
    assert "Key action, the service as a whole" in words(lead)
    lead.open(action)
    lead.send(action, kind="key_action", text="Write a job plan.", drop="yes")
    assert "You have written no finding on this visit." in words(lead)


def test_nothing_of_the_others_is_told_before_handing_in(house: House, lead: Browser) -> None:
    pages = ("", "/criteria/1.01", "/findings", "/others", "/others/1.01")
    before = [lead.ask("GET", f"{HERE}{one}").text for one in pages] + [lead.ask("GET", "/review").text]
    lay_hands_in(house)
    with house.database.reading() as session:
        assert any(one.action == "review:hand_in" for one in entries(session, after=0, limit=1000))
    after = [lead.ask("GET", f"{HERE}{one}").text for one in pages] + [lead.ask("GET", "/review").text]
    assert before == after
    assert "You see what the others found once you have handed in" in lead.open(f"{HERE}/others").text


def test_whoever_hands_in_first_reads_that_nobody_else_has(house: House, lead: Browser) -> None:
    who = reviewer(team_of(house)["lead"])
    review(house.database, principal=who, cycle_id=CYCLE, given=found(), at=AT)
    lead.open(HERE)
    lead.send(f"{HERE}/hand-in", sure="yes")
    assert "Nobody else has handed in yet. Come back once they have. What you handed in" in words(lead)
    assert "You differ on no question" not in words(lead)


def test_handing_in_and_then_agreeing(house: House, lead: Browser) -> None:
    lay_hands_in(house)
    lead.open(HERE)
    assert f"{HERE}/hand-in" not in lead.page.forms
    who = reviewer(team_of(house)["lead"])
    review(house.database, principal=who, cycle_id=CYCLE, given=found(), at=AT)
    lead.open(HERE)
    lead.send(f"{HERE}/hand-in")
    assert (lead.page.status, lead.page.path) == (422, f"{HERE}/hand-in")
    assert "There is a problem Tick the box to say that you are done. Then hand in." in words(lead)
    lead.send(f"{HERE}/hand-in", sure="yes")
    assert lead.page.path == f"{HERE}/others"
    assert "No plan was to be seen." in words(lead)
    assert "You differ" in words(lead)
    alike = words(lead).partition("2 questions on which all who handed in say the same")[2]
    assert "Question All say 2.01 Scan within an hour Met 2.02" in alike
    assert "Your ratings and findings stand as they are." in lead.open(HERE).text
    assert "this rating stands" in lead.open(ONE).text
    work(house)
    assert stage_of(house) is Stage.CONSENSUS
    lead.open(f"{HERE}/others")
    assert "Then settle each of these, and say why. 1.01 Named lead" in words(lead)
    at = f"{HERE}/others/1.01"
    lead.open(at)
    page = lead.send(at, note="The job plan was seen.")
    assert (page.status, "Error: Choose a rating: it stands." in words(lead)) == (422, True)
    page = lead.send(at, choice="rating:met")
    assert (page.status, "Error: Say why, in a sentence." in words(lead)) == (422, True)
    page = lead.send(at, choice="rating:met", note=PATIENT)
    assert (page.status, f"{PATIENT}</textarea>" in page.answer.text) == (422, True)
    lead.send(at, choice="rating:met", note="The job plan was seen.")
    assert "You agree on every question." in words(lead)
    assert "Agreed: Met" in words(lead)
    finding = next(
        one for one in lead.page.answer.text.split('"') if one.startswith(f"{HERE}/others/findings/")
    )  # fmt: skip
    assert lead.open(finding).headings[0].endswith("Key action on 1.01 Named lead")
    assert lead.send(finding, reason="All of us saw it.").status == 422
    assert "There is a problem Choose what becomes of it." in words(lead)
    page = lead.send(finding, how="amended", kind="recommendation", text="", reason="It is written, not signed.")
    assert (page.status, "It is written, not signed.</textarea>" in page.answer.text) == (422, True)
    lead.send(finding, how="amended", kind="recommendation", text="Sign the job plan.", reason="It is written.")
    assert "Recommendation, the service as a whole" in words(lead)
    assert "Sign the job plan. Changed: It is written." in words(lead)
    work(house, Kind.REVIEW, at=house.now())
    assert stage_of(house) is not Stage.CONSENSUS


def test_who_does_not_settle_reads_and_is_told_so(house: House, known: SignedIn) -> None:
    walk(house, Stage.CONSENSUS)
    browser = known(sits("lay", house))
    browser.open(f"{HERE}/others")
    assert "The lead, Lead 1, settles what you differ on, and says why." in words(browser)
    browser.open(f"{HERE}/others/1.01")
    assert "The lead, Lead 1, settles what you differ on, and says why." in words(browser)
    assert f"{HERE}/others/1.01" not in browser.page.forms


def test_ones_own_figures_and_the_certificate(house: House, known: SignedIn) -> None:
    walk(house, Stage.CONSENSUS)
    browser = known(sits("lay", house))
    browser.open("/review/figures")
    assert "Reviews that you handed in1" in words(browser)
    assert "A small scheme How strict you are" in words(browser)
    at = f"{HERE}/certificate"
    assert f'href="{at}"' in browser.page.answer.text
    browser.open(at)
    assert "A clerk took part as Lay reviewer in the peer review of North, North Trust A small scheme, spring" in words(
        browser
    )
    assert "Review handed in on 1 April 2026." in words(browser)


def test_how_strict_one_is_is_said_first_in_a_word() -> None:
    few = Severity(words="Too few to tell.")
    stricter = Severity(steps=-0.42, lower=-0.8, upper=-0.1, words="")
    alike = Severity(steps=0.12, lower=-0.3, upper=0.54, words="")
    assert [severity(one, words_in("en")) for one in (few, stricter, alike)] == [
        "Too few to tell.",
        "Stricter than the others. On average you rate lower than they do, by 0.4 of a step of the scale. That is not "
        "exact: it could be anything from 0.8 lower to 0.1 lower.",
        "About as strict as the others. On average you rate higher than they do, by 0.1 of a step of the scale. That "
        "is not exact: it could be anything from 0.3 lower to 0.5 higher.",
    ]


def test_there_is_no_certificate_before_the_review_is_over(house: House, lead: Browser) -> None:
    who = reviewer(team_of(house)["lead"])
    review(house.database, principal=who, cycle_id=CYCLE, given=found(), at=AT)
    hand_in(house.database, principal=who, cycle_id=CYCLE, at=AT)
    assert lead.open(f"{HERE}/certificate").status == 404
    assert "None yet. There is one once you have handed in" in words_of(lead, "/review/figures")


def words_of(browser: Browser, path: str) -> str:
    """What this page says."""
    browser.open(path)
    return words(browser)
