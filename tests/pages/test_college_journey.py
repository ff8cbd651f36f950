"""An office and a committee, by forms alone: from a recommendation to a published award, an appeal and its answer."""

from accreditation.actions.appeal import appeal
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.records.credentials import set_password
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.wiring import House
from api.presenting.college.pack import conditions_name
from api.words import words_in
from tests.building import followed
from tests.following import day, to_report
from tests.pages.browsing import Browser, Page
from tests.pages.conftest import PASSWORD, New, invite
from tests.pages.teams import at, of_somebody, told
from tests.walking import CYCLE, LAYS, LEAD, LEADS, OFFICE, newest, stage_of, team_of, work

ROOT = f"/college/cycles/{CYCLE}"
CLERK, COMMITTEE = Grant(role=Role.OFFICE), Grant(role=Role.COMMITTEE)
HEARD_BY_ONE = {"decision_stands_meanwhile: true": "decision_stands_meanwhile: true, panel: 1"}
DECIDED, APPEALED = day("2026-05-01"), day("2026-05-11")


def said(browser: Browser, path: str) -> str:
    """Everything that this page says."""
    return " ".join(told(browser.open(path)))


def again(browser: Browser, path: str) -> str:
    """The same of a page that is looked at as every page already."""
    browser.page = Page(browser.ask("GET", path))
    return " ".join(told(browser.page))


def refused(browser: Browser, action: str, **typed: str) -> list[str]:
    """What is said beside the fields of this form of the open page, sent so."""
    page = browser.send(action, **typed)
    assert page.status in (409, 422)
    return [one.removeprefix("Error: ") for one in told(page) if one.startswith("Error:")]


def to_decision(house: House) -> None:
    """The report stands, nobody says that it is wrong, and the rules are worked out."""
    to_report(house, edition=followed(**HEARD_BY_ONE))
    work(house, at=day("2026-04-20"))
    assert stage_of(house) is Stage.DECISION


def test_from_a_recommendation_to_an_appeal_that_is_answered(house: House) -> None:
    to_decision(house)
    with (
        of_somebody(at(house, DECIDED), COMMITTEE, name="A member") as committee,
        of_somebody(at(house, DECIDED), CLERK) as office,
    ):
        _mistake(house, office, committee)
        _decide(house, committee)
        _publish(house, office)
    appeal(house.database, principal=LEAD, cycle_id=CYCLE, reason="There was a strike.", at=APPEALED)
    with of_somebody(at(house, APPEALED), CLERK) as office:
        _name_the_panel(house, office)
    with of_somebody(at(house, APPEALED), COMMITTEE, name="A member") as committee:
        _answer(house, committee)
    with of_somebody(at(house, APPEALED), CLERK) as office:
        _end(house, office)


def _mistake(house: House, office: Browser, committee: Browser) -> None:
    """The only member of the committee is given a role in the team, which it is not of: told before, and undone."""
    with house.database.bookkeeping() as session:
        set_password(session, person_id=1, hashed="as Argon2 makes it", at=DECIDED)
    people, form, given = "/college/people", "/college/people/new", "/college/grants/3/end"
    bars = (
        "A member is of the committee. Whoever has, or had, a role in a team of North Trust can never decide about it "
        "or answer its appeals."
    )
    page = office.open(f"{form}?person=1")
    typed = {name: page.fields[name]["value"] or "" for name in ("name", "email")}
    typed |= {"role": "team_member", "bound": "team", "chosen": "team:1"}
    told_first = ["Read what follows from this role, and tick that you know it."]
    assert refused(office, form, **typed) == told_first
    assert refused(office, form, **typed) == told_first
    assert f"{bars} Taking the role back later does not change that." in " ".join(told(office.page))
    assert office.send(form, **typed, sure="yes").path == people
    cannot = "Not yours to decide North Trust"
    waits = said(committee, "/college/decisions")
    own = "You cannot decide here: you have, or had, a role in this team or its organisation."
    assert (cannot in waits, own in waits) == (True, True)
    nobody = "nobody of it can or may decide there: North, North Trust"
    assert f"1 cycle waits for the committee, and {nobody}" in said(office, "/college")
    where = said(office, ROOT)
    assert "Nobody of the committee may decide this: each is of the service" in where
    assert ("Where a role was given by mistake, say so" in where, "The committee:" in where) == (True, False)
    assert ("Read what the rules recommend, in the committee’s pack" in where, "by the engine" in where) == (True, True)
    assert bars in said(office, given)
    assert f"any more. {bars}" in " ".join(told(office.send(given, reason="Not theirs.")))
    assert "Held before: Team member, North, North Trust" in again(office, people)
    assert cannot in again(committee, "/college/decisions")
    assert "It was taken back: “Not theirs.”" in again(office, given)
    assert refused(office, given) == ["Say why, in a sentence."]
    page = office.send(given, reason="Another of that name.")
    assert "It was given by mistake, so it keeps them from nothing." in " ".join(told(page))
    assert (newest(house)[0][1], "Held before" in " ".join(told(page)), office.open(given).status) == (
        "grant:undo",
        False,
        404,
    )
    assert ("Your turn" in again(committee, "/college/decisions"), nobody in again(office, "/college")) == (True, False)


def _decide(house: House, committee: Browser) -> None:
    assert ["North", "Waiting", "North", "Trust"][0] in said(committee, "/college/decisions")
    assert "The rules recommend: Deferred." in said(committee, "/college/decisions")
    pack = said(committee, f"{ROOT}/pack")
    for part in (
        "What the rules recommend Deferred No award", "Within 6 months: 1.01 Named lead",
        "1.01 Named lead In the way There is a lead.", "The teamMet Job plan",
        "No job plan names her.", "Lay 4, Lay reviewer",
    ):  # fmt: skip
        assert part in pack
    working = pack.partition("How that was worked out")[2].partition("Every criterion")[0]
    assert ("Not reached: " in working, "1 of the 2 conditions below holds. Needed: all 2." in working) == (True, True)
    form = f"{ROOT}/decision"
    committee.open(form)
    assert "the public register says that the result departs from the rules" in " ".join(told(committee.page))
    unsure = "Tick the box to say that this is what was decided. Then decide."
    assert refused(committee, form) == ["Choose what is decided.", unsure]
    assert refused(committee, form, outcome="deferred") == [unsure]
    assert stage_of(house) is Stage.DECISION
    assert refused(committee, form, outcome="accredited", sure="yes") == [
        "Say why the committee departs from it: the rules recommend “Deferred”."
    ]
    assert refused(committee, form, outcome="accredited", reason="It is.", criterion="1.01", sure="yes") == [
        "What must be put right: “Accredited” has none. What is needed: leave them out."
    ]
    page = committee.send(form, outcome="deferred", reason="", sure="yes")
    assert (page.path, stage_of(house)) == (f"{ROOT}/pack", Stage.PUBLICATION)
    ((actor, action, subject, detail),) = newest(house)
    assert (actor, action, subject) == ("committee:A member (person 1)", "award:decide", f"cycle:{CYCLE}")
    assert (detail["outcome"], detail["departs"]) == ("deferred", False)
    assert "What was decided Deferred" in " ".join(told(page))
    assert "(person" not in page.text
    assert '<a class="nhsuk-link" href="#criterion-1.01">' in page.answer.text
    assert "The college office publishes it next" in " ".join(told(page))
    assert "publishes it next" not in said(committee, f"{ROOT}/pack")
    assert "The committee has decided: Deferred." in said(committee, form)
    assert "Nothing waits for the committee" in said(committee, "/college/decisions")


def _publish(house: House, office: Browser) -> None:
    assert "1 decision waits to be published." in said(office, "/college")
    where = office.open(ROOT)
    assert f"{ROOT}/publication" in where.answer.text
    before = said(office, f"{ROOT}/publication")
    for part in (
        "ResultDeferred",
        "Valid untilNo award",
        "What the public reads of it",
        "It is working on it.",
        "1.01 Named lead",
    ):
        assert part in before
    assert office.send(f"{ROOT}/publication").path == ROOT
    assert "The decision is published." in office.page.text
    assert f'href="/register/{CYCLE}"' in office.page.answer.text
    assert stage_of(house) is Stage.PUBLISHED
    assert "Last day on which the team can appeal" in said(office, ROOT)


def _name_the_panel(house: House, office: Browser) -> None:
    assert "1 appeal waits for its answer: North, North Trust" in again(office, "/college")
    assert "Published The team appeals" in again(office, "/college")
    where = again(office, ROOT)
    assert "The team appeals: name who hears the appeal" in where
    assert "Why the team appeals There was a strike." in where
    form, spare = f"{ROOT}/panel", sum(LAYS) - team_of(house)["lay"]
    assert f"Lay {team_of(house)['lay']} sits or sat in the review team of this visit" in said(office, form)
    assert refused(office, form, member=str(team_of(house)["lay"])) != []
    office.open(form)
    assert office.send(form, member=str(spare)).path == ROOT


def _answer(house: House, committee: Browser) -> None:
    assert "Your turn North Trust. A small scheme, spring The team appealed on 11 May 2026." in again(
        committee, "/college/decisions"
    )
    form = f"{ROOT}/appeal"
    assert "There was a strike." in said(committee, form)
    unsure = "Tick the box to say that this is the committee’s answer. Then answer."
    assert refused(committee, form, outcome="dismissed", sure="yes") == ["Say why, in a sentence."]
    assert refused(committee, form, outcome="dismissed", reason="It is not.") == [unsure]
    page = committee.send(form, outcome="accredited", reason="The strike is proven.", sure="yes")
    assert (page.path, "The answer is kept." in page.text) == (f"{ROOT}/pack", True)
    assert "Upheld on 11 May 2026: The strike is proven." in " ".join(told(page))
    assert newest(house)[0][:2] == ("committee:A member (person 4)", "appeal:answer")


def _end(house: House, office: Browser) -> None:
    assert again(office, "/college").startswith("Nothing waits for you today.")
    where = again(office, ROOT)
    assert "What happened so far Published. The decision was published." in where
    assert office.ask("POST", f"{ROOT}/archive", data=office.page.forms[f"{ROOT}/archive"]).content[:2] == b"PK"
    assert newest(house)[0][1] == "archive:export"


def test_a_member_of_the_committee_comes_to_what_waits_for_it(house: House, new: New) -> None:
    member, both = new(), new()
    member.open(invite(house, COMMITTEE, email="member@example.org"))
    both.open(invite(house, COMMITTEE, CLERK, email="both@example.org"))
    for browser, email, home in (
        (member, "member@example.org", "/college/decisions"), (both, "both@example.org", "/college")
    ):  # fmt: skip
        assert browser.send("/invitation", password=PASSWORD, again=PASSWORD).path == home
        browser.send("/sign-out")
        assert browser.send("/sign-in", email=email, password=PASSWORD).path == home


def test_whoever_was_on_the_visit_reads_that_they_cannot_decide_and_cannot(house: House) -> None:
    to_decision(house)
    lead, stranger = team_of(house)["lead"], sum(LEADS) - team_of(house)["lead"]
    grants = [COMMITTEE, Grant(role=Role.REVIEWER, reviewer=lead)]
    with of_somebody(at(house, DECIDED), *grants, name="A visitor") as visitor:
        why = "sits or sat in the review team of this visit"
        assert f"You cannot decide here: you are somebody who {why}." in again(visitor, f"{ROOT}/decision")
        assert f"{ROOT}/decision" not in visitor.page.forms
        sent = {"csrf": visitor.page.forms["/sign-out"]["csrf"], "outcome": "deferred", "sure": "yes"}
        assert visitor.ask("POST", f"{ROOT}/decision", data=sent).status_code == 403
        assert "Who of the committee cannot decide here A visitor " + why in again(visitor, f"{ROOT}/pack")
    grants = [COMMITTEE, Grant(role=Role.REVIEWER, reviewer=stranger)]
    with of_somebody(at(house, DECIDED), *grants, name="A stranger") as free:
        form = f"{ROOT}/decision"
        assert "What does the committee decide?" in again(free, form)
        declare_conflict(
            house.database, principal=OFFICE, reviewer_id=stranger, organisation_id=1, reason="Kin.", at=DECIDED
        )  # fmt: skip
        refusal = free.send(form, outcome="deferred", sure="yes")
        assert (refusal.status, stage_of(house)) == (403, Stage.DECISION)
        assert "Kin." not in refusal.text
        assert "A stranger declared a conflict" in again(free, f"{ROOT}/pack")


def test_conditions_of_a_result_that_was_not_decided_are_not_the_team_s() -> None:
    assert [conditions_name("Deferred", followed=followed, words=words_in("en")) for followed in (True, False)] == [
        "Conditions that follow from the rules",
        "Conditions that would have come with “Deferred”. They do not hold: something else was decided",
    ]
