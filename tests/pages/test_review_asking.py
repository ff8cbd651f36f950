"""What a reviewer tells others before handing in: a risk, a request, that they leave; and what comes back."""

from accreditation.actions.answer_request import answer_request
from accreditation.records import notices
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Role
from accreditation.views.invitations import InvitationShown
from accreditation.views.own_visits import Desk
from accreditation.views.requests import requests_of
from accreditation.views.teams import OrganisationShown
from accreditation.wiring import House
from api.presenting.review.visits import own_desk
from api.words import words_in
from tests.pages.teams import at, of_team
from tests.pages.test_review_visit import HERE, ONE, PATIENT, sits, words
from tests.pages.test_signing_in import SignedIn
from tests.walking import AT, CYCLE, LEAD, NORTH, STEPS, attach, rate_and_hand_in, stage_of, walk, work

TEAM = f"/team/cycles/{CYCLE}"


def inbox(house: House, whose: str) -> list[str]:
    """The kinds of notices in this inbox."""
    with house.database.reading() as session:
        return [one.kind for one in notices.of_inbox(session, inbox=whose, after=0, limit=100)]


def test_an_immediate_risk_is_raised_answered_and_read(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    house = at(house)
    lead = known(sits("lead", house))
    lead.open(f"{HERE}/risks?criterion=1.01")
    assert "You know of none that was raised on this visit." in words(lead)
    assert "has to answer in writing within 2 working days" in words(lead)
    page = lead.send(f"{HERE}/risks")
    assert (page.status, "Write what the risk is." in page.text) == (422, True)
    assert "Tick the box to send this now." in page.text
    page = lead.send(f"{HERE}/risks", text=PATIENT, criterion="1.01", sure="yes")
    assert (page.status, f"{PATIENT}</textarea>" in page.answer.text) == (422, True)
    assert inbox(house, notices.OFFICE) == []
    lead.send(f"{HERE}/risks", text="The drug cupboard stands open.", criterion="1.01", sure="yes")
    assert (lead.page.status, lead.page.path) == (200, f"{HERE}/risks")
    assert "1.01 Named lead Waits for an answer The drug cupboard stands open." in words(lead)
    assert inbox(house, notices.OFFICE) == inbox(house, notices.inbox(Role.TEAM_LEAD, NORTH)) == ["risk_raised"]
    lead.send(f"{HERE}/risks", text="The fire door is locked.", sure="yes")
    risks_answered_by_the_lead(house)
    lead.open(f"{HERE}/risks")
    assert "Answered The drug cupboard stands open." in words(lead)
    assert "It is locked, and checked each night by the charge nurse." in words(lead)


def risks_answered_by_the_lead(house: House) -> None:
    """The team's lead finds both on the page of the cycle, and answers, what is due first before the other; a member is
    told nothing of them.
    """
    with of_team(house, Role.TEAM_MEMBER) as member:
        assert "immediate risk" not in member.open("/team").text + member.open(TEAM).text
    with of_team(house) as browser:
        browser.open(TEAM)
        assert "2 immediate risks wait for your answer. Answer the first in writing by" in words(browser)
        browser.open("/team")
        assert "Your turn Answer the immediate risk that the reviewers raised From your team, by" in words(browser)
        browser.open(f"{TEAM}/risks")
        assert "Raised by the reviewers at" in words(browser)
        assert "Lead 1" not in browser.page.text
        action = next(one for one in browser.page.forms if "/risks/" in one)
        page = browser.send(action, reply=PATIENT)
        assert (page.status, f"{PATIENT}</textarea>" in page.answer.text) == (422, True)
        assert "Send the answer on 1.01 Named lead" in words(browser)
        browser.send(action, reply="It is locked, and checked each night by the charge nurse.")
        assert (browser.page.path, "It is locked" in words(browser)) == (f"{TEAM}/risks", True)
        page = browser.shown(browser.ask(
            "POST", action, data={"csrf": browser.page.forms["/sign-out"]["csrf"], "reply": "Another."}
        ))  # fmt: skip
        assert (page.status, "Another.</textarea>" in page.answer.text) == (409, True)
        browser.open(TEAM)
        assert "The reviewers raised an immediate risk. Answer it in writing by" in words(browser)
        browser.open(f"{TEAM}/risks")
        browser.send(next(one for one in browser.page.forms if "/risks/" in one), reply="It stands open.")
        assert "Immediate risks and our answers" in browser.open(TEAM).text


def test_a_request_is_followed_until_it_is_answered(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    lead = known(sits("lead", house))
    assert "You know of no request on this visit." in lead.open(f"{HERE}/requests").text
    lead.open(ONE)
    lead.send(f"{ONE}/requests", question="May we see the rota?")
    lead.open(f"{HERE}/requests")
    assert "1.01 Named lead Waits for the team May we see the rota?" in words(lead)
    request_reaches_the_team(house)
    moment = house.now()
    attach(house, content=b"the rota", title="Rota", at=moment)
    (asked,) = requests_of(house.database, principal=LEAD, cycle_id=CYCLE, at=moment).requests
    answer_request(
        house.database, principal=LEAD, cycle_id=CYCLE, request=asked.request or "", reply="It is there now.", at=moment
    )
    lead.open(f"{HERE}/requests")
    assert "1.01 Named lead Answered May we see the rota? The team: It is there now." in words(lead)
    assert "1 file was added since" in words(lead)


def request_reaches_the_team(house: House) -> None:
    """The team is told of the request where it looks, with the way to answer it."""
    with of_team(house, Role.TEAM_MEMBER) as member:
        answer_it = f"{TEAM}/evidence?criterion=1.01#asked"
        assert f'href="{answer_it}"' in member.open(TEAM).answer.text
        assert "1.01 Named lead: May we see the rota?" in words(member)
        assert "Met Reviewers ask" in words(member)
        only = member.open(f"{TEAM}?show=asked")
        assert ("2.01 Scan within an hour" in only.text, "Reviewers ask" in only.text) == (False, True)
        assert f'href="{answer_it}"' in member.open(f"{TEAM}/criteria/1.01").answer.text
        assert any("/evidence/requests/" in one for one in member.open(answer_it).forms)


def test_a_request_is_over_with_the_stage_it_was_asked_in(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    lead = known(sits("lead", house))
    lead.open(ONE)
    lead.send(f"{ONE}/requests", question="May we see the rota?")
    with of_team(house) as team:
        team.open("/team")
        assert "Your turn Answer what the reviewers ask for" in words(team)
        rate_and_hand_in(house, "lead", c1_01="not_met")
        rate_and_hand_in(house, "lay")
        work(house)
        team.open("/team")
        assert "With the reviewers You can still answer what they asked" in words(team)
        for page in (TEAM, f"{TEAM}/evidence"):
            assert "The reviewers have handed in: you need not answer." in team.open(page).text
        STEPS[Stage.RECOMMENDATION](house)
        assert stage_of(house) not in (Stage.REVIEW, Stage.CONSENSUS)
        team.open("/team")
        assert "Answer what the reviewers ask for" not in words(team)
        assert "Your turn" not in words(team)
        assert "May we see the rota?" not in team.open(TEAM).text
        team.open(f"{TEAM}/evidence")
        assert "The review is over: nobody waits for an answer any more." in words(team)
        team.open(f"{TEAM}/criteria/1.01")
        assert "A reviewer asked; the review is over, and nobody waits for an answer any more" in words(team)
        lead.open(f"{HERE}/requests")
        assert "Not answered before the review was over" in words(lead)
        assert not any("/evidence/requests/" in one for one in team.page.forms)


def test_a_reviewer_leaves_a_visit(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    lay = known(sits("lay", house))
    lay.open(HERE)
    lay.open(f"{HERE}/leaving")
    assert "The college looks for somebody else." in words(lay)
    page = lay.send(f"{HERE}/leaving", reason=" ")
    assert (page.status, page.title[:6]) == (422, "Error:")
    lay.send(f"{HERE}/leaving", reason="I am ill.")
    assert (lay.page.path, "You have left the visit." in words(lay)) == ("/review", True)
    assert "Nothing waits for you" in words(lay)
    assert stage_of(house) is Stage.ASSIGNMENT
    lead = known(sits("lead", house), email="lead@example.org")
    lead.open("/review")
    assert "Finding reviewers You can go on The college completes the review team. You can rate" in words(lead)
    assert "0 of 3 rated" in words(lead)
    assert lay.open(f"{HERE}/leaving").status == 404


def test_who_handed_in_cannot_leave_and_is_told_who_can_help(house: House, known: SignedIn) -> None:
    walk(house, Stage.CONSENSUS)
    lay = known(sits("lay", house))
    lay.open(f"{HERE}/leaving")
    assert "Ask the college office if it must not count." in words(lay)
    assert f"{HERE}/leaving" not in lay.page.forms
    assert "leave this visit" not in lay.open(HERE).text


def test_a_place_that_nobody_was_asked_about_is_no_invitation() -> None:
    where = OrganisationShown(id=1, name="North Trust", ods_code=None, network="", region="", place="")
    given, asked = (
        InvitationShown(
            id=1, scheme="A small scheme", round="spring", team="North", organisation=where, role="lead",
            title="Lead", asked_at=AT,
            review_lasts="6 weeks", visit=None, state="seated", reason="", answer_until=until,
        )
        for until in (None, AT)
    )  # fmt: skip
    desk = own_desk(Desk(invitations=(given, asked), visits=()), words_in("en"))
    assert [one.state for one in desk.given] == ["The college gave you this place"]
    assert [one.state for one in desk.before] == ["You took it on"]
