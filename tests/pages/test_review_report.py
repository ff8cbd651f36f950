"""What a team says is not accurate is answered on pages by whoever settles: a rating, and a finding of the report."""

from accreditation.actions.comment import comment
from accreditation.actions.record_finding import Found, record_finding
from accreditation.actions.settle import settle
from accreditation.actions.settle_finding import settle_finding
from accreditation.records import findings
from accreditation.rules.cycle import Stage
from accreditation.rules.findings import Draft, Kind
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests.building import followed
from tests.pages.teams import at
from tests.pages.test_review_visit import HERE, PATIENT, sits, words
from tests.pages.test_signing_in import SignedIn
from tests.walking import AT, CYCLE, LEAD, later, rate_and_hand_in, reviewer, stage_of, team_of, walk, work

REPORT = f"{HERE}/report"


def with_comments(house: House) -> None:
    """The report has a rating and a finding, and the team says of both that they are not accurate."""
    walk(house, Stage.REVIEW, edition=followed())
    who = reviewer(team_of(house)["lead"])
    draft = Draft(kind=Kind.KEY_ACTION, criterion="1.01", text="Write a job plan.")
    record_finding(
        house.database, principal=who, cycle_id=CYCLE, key="f1", found=Found(draft=draft, seen_version=0), at=AT
    )
    rate_and_hand_in(house, "lead")
    rate_and_hand_in(house, "lay", c1_01="not_met")
    work(house)
    answer = Answer(rating="not_met", note="No job plan names her.")
    settle(house.database, principal=who, cycle_id=CYCLE, criterion="1.01", answer=answer, at=AT)
    with house.database.reading() as session:
        (name,) = findings.unsettled(session, CYCLE)
    settle_finding(
        house.database, principal=who, cycle_id=CYCLE, finding=name, how="kept", amended=None, reason="So it is.", at=AT
    )
    work(house)
    for about in ({"criterion": "1.01", "finding": None}, {"criterion": None, "finding": name}):
        comment(house.database, principal=LEAD, cycle_id=CYCLE, reason="Page 2 names her.", at=later(1), **about)


def test_comments_on_facts_are_answered(house: House, known: SignedIn) -> None:
    with_comments(house)
    lead = known(sits("lead", house))
    lay = known(sits("lay", house), email="lay@example.org")
    then = at(house, later(2))
    for browser in (lead, lay):
        browser.app.state.house = then
    lay.open(REPORT)
    assert "The one of you who settles answers each comment." in words(lay)
    assert f"{REPORT}/comments/1" not in lay.open(f"{REPORT}/comments/1").forms
    lead.open(REPORT)
    assert "It has time until" in words(lead)
    assert "1.01 Named lead Waits for an answer The report says: Not met No job plan names her." in words(lead)
    assert "Key action, 1.01 Named lead Waits for an answer The report says: Write a job plan." in words(lead)
    at_rating, at_finding = (f"{REPORT}/comments/{number}" for number in (1, 2))
    lead.open(at_rating)
    assert lead.send(at_rating, reason="So it is.").status == 422
    page = lead.send(at_rating, how="amended", choice="rating:met", reason=PATIENT)
    assert (page.status, f"{PATIENT}</textarea>" in page.answer.text) == (422, True)
    lead.send(at_rating, how="amended", choice="rating:met", reason="Page 2 names her indeed.")
    assert (lead.page.path, "1.01 Named lead Put right The report says: Met" in words(lead)) == (REPORT, True)
    assert at_rating not in lead.open(at_rating).forms
    lead.open(at_finding)
    assert lead.send(at_finding, how="amended", kind="key_action", text=" ", reason="It is there.").status == 422
    lead.send(at_finding, how="withdrawn", reason="It is there.")
    assert "The answer: It is there." in words(lead)
    assert "Waits for an answer" not in words(lead)
    work(then, at=later(30))
    assert stage_of(house) is not Stage.FACTUAL_ACCURACY
    assert "The check of facts is over." in lead.open(REPORT).text
    assert lead.open(f"{REPORT}/comments/9").status == 404


def test_before_there_is_a_report_the_page_says_so(house: House, known: SignedIn) -> None:
    walk(house, Stage.CONSENSUS, edition=followed())
    assert "There is no report yet." in known(sits("lay", house)).open(REPORT).text


def test_a_check_is_not_promised_where_the_scheme_has_none(house: House, known: SignedIn) -> None:
    walk(house, Stage.CONSENSUS)
    lay = known(sits("lay", house))
    assert f'href="{REPORT}"' not in lay.open(HERE).answer.text
    assert "In this scheme a team does not check the report." in lay.open(REPORT).text
