"""The college looks at figures of a scheme, and at the ledger: sorted, searched, checked, and told in words."""

import re
from pathlib import Path

from accreditation.actions.desk import enter
from accreditation.database import observe_statements
from accreditation.ledger.entries import head
from accreditation.rules.permissions import Permission
from accreditation.views.burden import Spread
from accreditation.views.ledger_book import Entered
from accreditation.wiring import House
from api.presenting.college.figures import times
from api.presenting.college.ledger import DONE, lines
from api.words import words_in
from tests.pages.contract import parsed, text_of
from tests.pages.teams import told
from tests.pages.test_college_schemes import WHO
from tests.pages.test_signing_in import SignedIn
from tests.reviewed import college, visited
from tests.walking import AT, OFFICE, begin, rate_all

SMALL = "/college/schemes/small"
LEDGER = "/college/ledger"
SAID = [{1: "mmpnmmpn", 2: "mppnmmnn" if number % 2 else "mmpnmmpn"} for number in range(12)]
ACTIONS = Path(__file__).parents[2] / "accreditation" / "actions"


def test_where_reviewers_differ_is_told_sorted_and_taken_as_a_file(house: House, known: SignedIn) -> None:
    college(house, teams=12)
    visited(house, SAID)
    clerk = known(WHO["office of small"])
    page = clerk.open("/college/figures")
    assert f"{SMALL}/burden" in page.answer.text
    page = clerk.open(f"{SMALL}/agreement")
    assert told(page)[0] == "192 ratings by 2 reviewers in 12 visits whose review is over."
    first = page.text.index("x2 ")
    assert first < page.text.index("x1 ")
    page = clerk.open(f"{SMALL}/agreement?sort=criterion")
    assert page.text.index("x1 ") < page.text.index("x2 ")
    answer = clerk.ask("GET", f"{SMALL}/agreement.csv?sort=criterion")
    assert answer.headers["content-disposition"] == 'attachment; filename="small-agreement.csv"'
    lines = answer.text.removeprefix("\ufeff").splitlines()
    assert lines[0] == "Criterion,Pairs of reviewers that differ,Pairs of reviewers,Visits"
    assert [one.split(",")[0].split()[0] for one in lines[1:]] == ["x1", "x2", "x3", "x4", "y1", "y2", "y3", "y4"]
    page = clerk.open(f"{SMALL}/reviewers")
    said = told(page)
    assert any(
        one.startswith("Reviewer Reviewer 1 Beside the others: Milder than the others: on average 0.12 of a step")
        for one in said
    )
    said = told(clerk.open(f"{SMALL}/burden"))
    assert said[0] == "12 cycles of this scheme are handed in."
    facts = [text_of(one) for one in parsed(clerk.page.answer.text).select("main dd")]
    assert (facts[0], facts[3]) == ("8 for every team", "0 minutes for every team")
    spread = Spread(least="0.09", middle="0.34", most="75.2")
    assert times(spread, words_in("en")) == "1 minute or less for half of the teams; from 1 minute to 1 hour 16 minutes"


def test_of_too_few_nothing_is_told(house: House, known: SignedIn) -> None:
    begin(house)
    clerk = known(WHO["office"])
    for name, nothing in (
        ("burden", "This comes by itself once more teams have handed in."),
        ("agreement", "Nothing can be told of any criterion yet."),
        ("reviewers", "Nobody has rated in a visit whose review is over."),
    ):
        page = clerk.open(f"{SMALL}/{name}")
        assert nothing in page.text
        assert "<table" not in page.answer.text


def test_the_ledger_is_read_in_words_searched_and_checked(house: House, known: SignedIn) -> None:
    begin(house)
    rate_all(house)
    clerk = known(WHO["committee"])
    page = clerk.open(LEDGER)
    said = told(page)
    at = said.index("lead of north (Team lead) saved answers of the self-assessment")
    assert said[at + 1] == "10am on 1 April 2026 · North, North Trust (cycle 1)"
    with observe_statements(house.database) as seen:
        clerk.ask("GET", LEDGER)
    few = len(seen)
    page = clerk.open(f"{LEDGER}?person=LEAD%20of&action=assessment:rate&day-day=1&day-month=4&day-year=2026")
    rated = [one for one in told(page) if one.endswith("saved answers of the self-assessment")]
    assert rated == ["lead of north (Team lead) saved answers of the self-assessment"] * len(rated) != []
    assert "No entry fits all of this" in clerk.open(f"{LEDGER}?day-day=2&day-month=4&day-year=2026&cycle=1").text
    page = clerk.open(f"{LEDGER}?cycle=first&day-day=31&day-month=2&day-year=2026")
    assert (page.status, page.title.split()[0]) == (422, "Error:")
    page = clerk.open(f"{LEDGER}?action=token:create")
    assert "Nothing found" in page.text
    page = clerk.open("/college/cycles/1/ledger")
    assert "let the team take part" in page.text
    assert "published an edition" not in "".join(told(page)[20:])
    for number in range(60):
        with house.database.writing() as session:
            enter(session, at=AT, by=OFFICE, action="cycle:enrol", subject="cycle:1", detail={"a": [number]})
    with observe_statements(house.database) as seen:
        clerk.ask("GET", LEDGER)
    assert len(seen) <= few
    page = clerk.open(LEDGER)
    older = re.search(r'rel="next" href="([^"]*)"', page.answer.text)
    assert older is not None
    assert "saved answers of the self-assessment" in clerk.open(older[1].replace("&amp;", "&")).text
    with house.database.reading() as session:
        number, digest = head(session)
    page = clerk.open(f"{LEDGER}/check?head={number}:{digest}")
    assert "The ledger holds" in page.text
    assert "What you kept earlier is still in it" in page.text
    page = clerk.open(f"{LEDGER}/check?head={number}:{'0' * 64}")
    assert f"The ledger does not hold: Entry {number} is not the one that was seen before." in page.text
    assert clerk.open(f"{LEDGER}/check?head=7").status == 422
    assert digest in clerk.open(f"{LEDGER}/check").text


def test_the_engine_is_said_to_have_done_what_it_did_and_else_to_have_looked() -> None:
    nothing = {"begins": False, "did_not_answer": [], "requests": []}
    came: tuple[dict[str, object], ...] = ({}, {"begins": True}, {"did_not_answer": [7]}, {"requests": ["a request"]})
    said = [
        (action, one.done)
        for action in ("review:answers", "evidence:expire")
        for one in lines([_entered(action, {**nothing, **each}) for each in came], words_in("en"))
    ]
    looked, asked = (
        "looked at the answers about proposed reviewers",
        "looked whether the time of a request for evidence is over",
    )
    assert said == [
        ("review:answers", looked),
        ("review:answers", "let the review begin, as everybody who was asked agrees"),
        ("review:answers", "counted as a no that a reviewer did not answer in time"),
        ("review:answers", looked),
        *[("evidence:expire", asked)] * 3,
        ("evidence:expire", "closed a request for evidence, as its time was over"),
    ]


def _entered(action: str, detail: dict[str, object]) -> Entered:
    return Entered(
        sequence=1, at=AT, actor="engine:engine", action=action, subject="cycle:1", named="", detail=detail, digest="",
    )  # fmt: skip


def test_everything_that_can_be_done_has_its_words() -> None:
    code = "\n".join(file.read_text() for file in ACTIONS.glob("*.py"))
    entered = set(re.findall(r'"([a-z_]+:[a-z_]+)"', code))
    entered |= {Permission[name].value for name in re.findall(r"Permission\.([A-Z_]+)\.value", code)}
    assert len(entered) > 90
    assert entered - {*DONE} == set(), (
        "say it in DONE of api/presenting/college/ledger.py, as people say it of somebody"
    )
