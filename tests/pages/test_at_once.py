"""Two send the same form at the same moment, on either database: what they say is done once, and nobody loses a word.

One cycle, from the first answer to the decision, with two browsers at each step.
"""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from accreditation.actions.begin_draft import begin_draft
from accreditation.actions.rate import rate
from accreditation.actions.review import hand_in, review
from accreditation.actions.settle import settle
from accreditation.actions.submit import submit
from accreditation.ledger.entries import entries, verify
from accreditation.records import answers, editions, people, reviewer_facts
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests import walking
from tests.pages.browsing import Browser
from tests.pages.teams import at, let_in
from tests.proposing import asked, confirmed_by_office, invitation, says, service_says
from tests.walking import (
    ANSWERS,
    AT,
    CYCLE,
    LEAD,
    NORTH,
    attach,
    found,
    given,
    reviewer,
    stage_of,
    team_of,
    walk,
    work,
)

Said = dict[str, str]

TEAM, REVIEW, COLLEGE = f"/team/cycles/{CYCLE}", f"/review/cycles/{CYCLE}", f"/college/cycles/{CYCLE}"
DRAFT, AWAY = "/college/schemes/small/drafts/1", "/review/availability"
OFFICE = Grant(role=Role.OFFICE)


@dataclass(frozen=True, slots=True)
class Two:
    """Two browsers of people of this house."""

    house: House
    browsers: tuple[Browser, Browser]

    def send(self, grant: Grant, page: str, *said: Said, action: str = "") -> list[tuple[int, str]]:
        """Somebody opens this page in both, and sends its forms at the same moment; what is each told?"""
        secret = let_in(self.house, grant)
        for browser in self.browsers:
            browser.keep(secret)
            browser.open(page)
        typed = said if len(said) > 1 else said * 2
        forms = [{**one.page.forms[action or page], **what} for one, what in zip(self.browsers, typed, strict=True)]
        ready = threading.Barrier(2)

        def sends(browser: Browser, form: Said) -> tuple[int, str]:
            ready.wait()
            answer = browser.ask("POST", action or page, data=form, follow_redirects=False)
            return answer.status_code, answer.text

        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(sends, self.browsers, forms))


def statuses(told: list[tuple[int, str]]) -> list[int]:
    return sorted(status for status, _ in told)


def test_whatever_two_send_at_once_is_done_once_and_no_word_is_lost(any_house: House) -> None:
    house = at(any_house)
    walk(house, Stage.SELF_ASSESSMENT, edition=confirmed_by_office())
    with Browser(house) as one, Browser(house) as other:
        for step in (_answered, _submitted_and_confirmed, _handed_in_and_decided, _written_and_invited):
            step(Two(house, (one, other)))
    with house.database.reading() as session:
        verify(session)
        done = Counter(one.action for one in entries(session, limit=1000))
    once = ("assessment:submit", "review:confirm", "review:hand_in", "award:decide", "scheme:publish_draft")
    assert {name: done[name] for name in once} == {
        **dict.fromkeys(once, 1),
        "assessment:submit": 2,
        "review:hand_in": 2,
    }


def _answered(two: Two) -> None:
    """One answer is kept; the other is told, and has their words back beside what stands."""
    page, lead = f"{TEAM}/criteria/1.01", Grant(role=Role.TEAM_LEAD, team=NORTH)
    said = [{"choice": "rating:met", "note": "It is met."}, {"choice": "rating:not_met", "note": "It is not met."}]
    told = two.send(lead, page, *said)
    assert statuses(told) == [303, 409]
    lost = next(one for one, (status, _) in enumerate(told) if status == 409)
    assert all(one["note"] in told[lost][1] for one in said)
    with two.house.database.reading() as session:
        row = answers.self_ratings(session, [CYCLE])[CYCLE]["1.01"]
    assert (row.version, row.answer().note) == (1, said[1 - lost]["note"])
    assert statuses(two.send(lead, page, said[0])) == [303, 303]


def _submitted_and_confirmed(two: Two) -> None:
    house, database = two.house, two.house.database
    others = given({name: answer for name, answer in ANSWERS.items() if name != "1.01"})
    rate(database, principal=LEAD, cycle_id=CYCLE, given=others, at=AT)
    lead = Grant(role=Role.TEAM_LEAD, team=NORTH)
    assert statuses(two.send(lead, f"{TEAM}/submission", {"checked": "yes"})) == [303, 303]
    attach(house)
    work(house, Kind.EVIDENCE)
    submit(database, principal=LEAD, cycle_id=CYCLE, stage=Stage.EVIDENCE, at=AT)
    work(house)
    page = "/college/rounds/1/proposals/1/confirmation"
    assert statuses(two.send(OFFICE, page, {"cycles": str(CYCLE)})) == [303, 303]
    page, who = (
        f"/review/invitations/{invitation(house, 'lead')}",
        Grant(role=Role.REVIEWER, reviewer=asked(house)["lead"]),
    )
    assert statuses(two.send(who, page, {"said": "accepts"})) == [303, 303]
    for role in asked(house):
        service_says(house, role)
    says(house, "lay")
    work(house)
    assert stage_of(house) is Stage.REVIEW


def _handed_in_and_decided(two: Two) -> None:
    """Of two decisions one stands; the other's reason is given back."""
    house, database = two.house, two.house.database
    for role, number in team_of(house).items():
        ratings = found() if role == "lead" else found(c1_01="not_met")
        review(database, principal=reviewer(number), cycle_id=CYCLE, given=ratings, at=AT)
    lead, lay = (team_of(house)[role] for role in ("lead", "lay"))
    reviews = Grant(role=Role.REVIEWER, reviewer=lead)
    assert statuses(two.send(reviews, REVIEW, {"sure": "yes"}, action=f"{REVIEW}/hand-in")) == [303, 303]
    hand_in(database, principal=reviewer(lay), cycle_id=CYCLE, at=AT)
    work(house)
    answer = Answer(rating="met", note="It was seen.")
    settle(database, principal=reviewer(lead), cycle_id=CYCLE, criterion="1.01", answer=answer, at=AT)
    work(house)
    said = [
        {"outcome": "deferred", "criterion": "1.01", "reason": "The unit moves.", "sure": "yes"},
        {"outcome": "accredited", "reason": "It is well led.", "sure": "yes"},
    ]
    told = two.send(Grant(role=Role.COMMITTEE), f"{COLLEGE}/decision", *said)
    assert statuses(told) == [303, 409]
    lost = next(one for one, (status, _) in enumerate(told) if status == 409)
    assert said[lost]["reason"] in told[lost][1]


def _written_and_invited(two: Two) -> None:
    """Of two texts one is saved, and both are told; two absences both stand; an address is one person's."""
    house, database = two.house, two.house.database
    with database.reading() as session:
        (digest,) = editions.newest_first(session)
    begin_draft(database, principal=walking.OFFICE, scheme="small", began_from=digest, at=AT)
    for browser in two.browsers:
        browser.keep(let_in(house, OFFICE))
        browser.open(DRAFT)
    text = two.browsers[0].page.areas["text"].removeprefix("\n").replace("2026.1", "2027.1")
    said = [{"text": text.replace("There is a lead.", f"There is a {kind} lead.")} for kind in ("good", "named")]
    told = two.send(OFFICE, DRAFT, *said)
    assert statuses(told) == [303, 409]
    assert all(kind in told[0][1] + told[1][1] for kind in ("There is a good lead.", "There is a named lead."))
    assert statuses(two.send(OFFICE, f"{DRAFT}/publish", {"checked": "yes"})) == [303, 409]
    away = [{"first-day": day, "first-month": "5", "first-year": "2027"} for day in ("4", "5")]
    lead = team_of(house)["lead"]
    assert statuses(two.send(Grant(role=Role.REVIEWER, reviewer=lead), AWAY, *away)) == [303, 303]
    somebody = {"name": "Somebody new", "email": "new@example.org", "role": "committee"}
    assert statuses(two.send(OFFICE, "/college/people/new", somebody)) == [303, 303]
    with database.reading() as session:
        stands = reviewer_facts.facts_of(session, [lead])[lead].unavailable
        new = people.of_account(session, "new@example.org")
        assert new is not None
        assert len(people.grants_of(session, [new.person_id])[new.person_id]) == 1
    assert {one.first.day for one in stands} == {4, 5}
