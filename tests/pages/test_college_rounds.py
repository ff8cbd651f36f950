"""The office runs a round by forms alone: opens it, lets teams take part, and sees where they are."""

from accreditation.actions.confirm import NOT_WAITING
from accreditation.actions.enrol_several import enrol_several
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.database import observe_statements
from accreditation.errors import Fault, Invalid
from accreditation.records.cycles import get_round
from accreditation.records.invitations import Said
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.scheme.read import read_standard
from accreditation.views.proposal_desk import ProposalDesk, proposal_desk
from accreditation.wiring import House
from api.presenting.college.confirming import confirmed_words, refused_teams
from api.presenting.college.proposals import one_proposal
from api.words import words_in
from tests.building import FILES
from tests.pages.browsing import Browser, Page
from tests.pages.contract import parsed, text_of
from tests.pages.teams import send_files, told
from tests.pages.test_signing_in import SignedIn
from tests.proposing import asked, confirm_all, number, proposed, says, service_says, south_waits, to_proposal
from tests.walking import AT, begin, work
from tests.walking import OFFICE as BY_OFFICE

OFFICE = Grant(role=Role.OFFICE)
ROUNDS = "/college/rounds"
A_LIST = b"team,organisation\nSouth,South Trust\nfar,Far Trust\n"
FAULTY = b"team,organisation\nSouth,South Trust\nEast,South Trust\n,\nNorth,\n"


def test_the_office_opens_a_round_and_lets_teams_take_part(house: House, known: SignedIn) -> None:
    begin(house)
    office = known(OFFICE)
    assert "1 team" in office.open(ROUNDS).text
    office.open(f"{ROUNDS}/new")
    refused = office.send(f"{ROUNDS}/new", name=" ")
    assert (refused.status, refused.title.split(" – ")[0]) == (422, "Error: Open a round")
    page = office.send(f"{ROUNDS}/new", name="autumn", edition="small 2026.1")
    assert (page.path, page.headings) == (f"{ROUNDS}/2", ["A small scheme, edition 2026.1 autumn"])
    assert ("No team takes part yet" in page.text, "The round is open." in page.text) == (True, True)
    office.open(f"{ROUNDS}/new")
    page = office.send(f"{ROUNDS}/new", name="autumn ", edition="small 2026.1")
    assert (page.path, "This round is open already" in page.text) == (f"{ROUNDS}/2", True)
    page = office.open(f"{ROUNDS}/2/teams?search=north tr")
    assert "North Trust, small" in told(page)
    assert "Choose at least one team" in office.send(f"{ROUNDS}/2/teams").text
    page = office.send(f"{ROUNDS}/2/teams", teams="1")
    assert "1 team takes part from now on." in page.text
    page = send_files(office, f"{ROUNDS}/2/teams/list", ("teams.csv", FAULTY))
    assert page.status == 422
    assert told(page)[-2:] == [
        "Line 3: there is no team 'East, South Trust'. What is needed: a team that is registered, by its whole "
        "name; register it on the page of teams first.",
        "Line 5: no organisation. What is needed: its name in 'organisation', or its code in 'ods_code'.",
    ]
    page = send_files(office, f"{ROUNDS}/2/teams/list", ("teams.csv", A_LIST))
    assert {"2 teams take part from now on.", "Every registered team takes part."} <= {*told(page)}
    page = office.open(f"{ROUNDS}/2?stage=self_assessment")
    assert "in force" not in page.text
    assert {"Teams in the stage Self-assessment", "Self-assessment: 3", "Team South South Trust"} <= {*told(page)}
    assert "There are no more." in office.open(f"{ROUNDS}/2?after=99").text
    office.open(f"{ROUNDS}/2/teams")
    assert "No file chosen." in send_files(office, f"{ROUNDS}/2/teams/list").text


def test_whoever_opens_a_round_is_told_that_its_edition_is_not_in_force(house: House, known: SignedIn) -> None:
    begin(house)
    for label, day in (("2025.1", "2025-04-01"), ("2999.1", "2999-01-01")):
        text = FILES["scheme.yaml"].decode().replace("2026.1", label).replace("2026-04-01", day)
        scheme = read_standard({**FILES, "scheme.yaml": text.encode()}).scheme
        publish_edition(house.database, principal=BY_OFFICE, scheme=scheme, at=AT)
    office = known(OFFICE)
    offered = [text_of(one) for one in parsed(office.open(f"{ROUNDS}/new").answer.text).select("#edition option")]
    assert sorted(offered) == [
        "A small scheme, edition 2025.1 (no more in force since 1 April 2026)", "A small scheme, edition 2026.1",
        "A small scheme, edition 2999.1 (not in force before 1 January 2999)", "Choose an edition",
    ]  # fmt: skip
    early = (
        "Edition 2999.1 is not in force yet: it is from 1 January 2999. Teams can begin on it now. By the rules of the "
        "scheme, a team that comes to take part before that day is judged by an earlier edition. If a team shall begin "
        "now, open a round on the earlier edition for it."
    )
    assert early in office.send(f"{ROUNDS}/new", name="far", edition="small 2999.1").text
    assert early in office.open(f"{ROUNDS}/2/teams").text
    office.open(f"{ROUNDS}/new")
    late = "Edition 2025.1 is no more in force: edition 2026.1 took over on 1 April 2026. This round keeps its edition."
    assert late in office.send(f"{ROUNDS}/new", name="old", edition="small 2025.1").text


def test_whoever_is_bound_to_a_scheme_or_a_round_sees_that_of_the_rounds(house: House, known: SignedIn) -> None:
    begin(house)
    with house.database.reading() as session:
        digest = get_round(session, 1).edition_digest
    open_round(house.database, principal=BY_OFFICE, digest=digest, name="autumn", at=AT)
    bound = {  # who -> the list, which rounds of it are named, each round and the proposals of each
        "the.scheme": (Grant(role=Role.OFFICE, scheme="small"), 200, [True, True], (200, 200, 200, 200)),
        "the.round": (Grant(role=Role.COMMITTEE, round=1), 200, [True, False], (200, 404, 403, 404)),
        "another": (Grant(role=Role.OFFICE, round=2), 200, [False, True], (404, 200, 404, 200)),
        "a.team": (Grant(role=Role.TEAM_LEAD, team=1), 404, [False, False], (404, 404, 404, 404)),
    }
    for name, (grant, listed, named, answers) in bound.items():
        browser = known(grant, email=f"{name}@example.org")
        page = browser.ask("GET", ROUNDS)
        assert (page.status_code, [one in page.text for one in ("spring", "autumn")]) == (listed, named), name
        assert "Open a round" not in page.text
        ends = ("1", "2", "1/proposals", "2/proposals")
        assert tuple(browser.ask("GET", f"{ROUNDS}/{one}").status_code for one in ends) == answers, name
        assert [browser.ask("GET", f"{ROUNDS}/{one}").status_code for one in ("3", "new")] == [404, 404], name


PROPOSALS = f"{ROUNDS}/1/proposals"
WORDS = words_in("en")
NO_TIME = {"reviewer_until": None, "service_until": None}


def tags(page: Page) -> set[str]:
    """What the tags of a page say."""
    return {text_of(one) for one in parsed(page.answer.text).select(".nhsuk-tag")}


def whose_turn(office: Browser) -> set[str]:
    """Whose turn it is in the cycles of the list."""
    rows = parsed(office.ask("GET", "/college").text).select("tbody tr")
    said = [" ".join(text_of(row.select("td")[2]).split()).removeprefix("Whose turn ") for row in rows]
    return {
        who for who in ("The reviewers", "The team", "The college office") if any(one.startswith(who) for one in said)
    }


def change(office: Browser, number: int, cycle: int, reviewer: int, **typed: str) -> Page:
    """The office chooses what to do about this seat, and looks what that would change."""
    office.open(f"{PROPOSALS}/{number}/change?cycle={cycle}&reviewer={reviewer}")
    return office.send(f"{PROPOSALS}/{number}/change", **typed)


def test_the_office_reads_a_proposal_changes_it_and_confirms_it(house: House, known: SignedIn) -> None:
    to_proposal(house, both=True)
    office, (first, other) = known(OFFICE), (proposed(house)["lead"][0], proposed(house, 2)["lead"][0])
    assert "2 cycles of spring have no complete review team yet. See who is proposed" in " ".join(
        told(office.open("/college"))
    )
    where = office.open("/college/cycles/1")
    assert "rate the criteria" not in where.text  # nobody is seated who could
    links = parsed(where.answer.text).select(f"main a[href='{PROPOSALS}']")
    assert [text_of(one) for one in links] == ["Look who is proposed to review it, and confirm them"]
    office.open(f"{ROUNDS}/1")
    assert "Stands now" in tags(office.send(f"{ROUNDS}/1/assignment"))
    page = office.open(f"{PROPOSALS}/1")
    assert ("Confirm 2 teams" in told(page), "To be confirmed" in tags(page)) == (True, True)
    assert "Holds the role “Lead”, no conflict with North" in page.text
    refused = change(office, 1, 1, first)
    assert (refused.status, "Choose what is to be done about this seat." in refused.text) == (422, True)
    refused = change(office, 1, 1, first, kind="keep", reason="She asked for it.")
    assert (refused.status, "a reason is given and no rule named" in refused.text.lower()) == (422, True)
    assert "Nobody would move" in change(office, 1, 1, first, kind="keep").text
    assert office.send(f"{PROPOSALS}/1/changes").path == f"{PROPOSALS}/2"
    assert "Kept here by you" in tags(office.page)
    page = change(office, 2, 1, first, kind="put", into=str(other))
    assert f"Lead {other} comes to North as Lead. Holds the role “Lead”, no conflict with North" in page.text
    again = "is not proposed for this team again, until you allow it on the proposal."
    assert f"Lead {first} {again}" in told(page)
    page = office.send(f"{PROPOSALS}/2/changes")
    assert (page.path, "Put here by you" in tags(page)) == (f"{PROPOSALS}/3", True)
    assert "Not proposed here again, after your changes" in told(page)  # who was replaced was never said to be unfit
    assert proposed(house)["lead"] == (other, "swapped")
    page = office.send(f"{PROPOSALS}/3/changes")  # whom the swap keeps out may come again
    assert (page.path, "Not proposed here again" in page.text) == (f"{PROPOSALS}/4", False)
    change(office, 4, 1, other, kind="release")
    office.send(f"{PROPOSALS}/4/changes")
    assert "Out of date" in told(office.open(f"{PROPOSALS}/4"))
    late = {
        "csrf": office.page.forms["/sign-out"]["csrf"],
        "kind": "put",
        "cycle": "1",
        "into": str(first),
        "role": "lead",
        "reason": "Nobody else can come.",
    }
    for place in ("change", "changes"):  # whoever wrote while another proposal was made loses no word
        page = office.shown(office.ask("POST", f"{PROPOSALS}/4/{place}", data=late))
        assert (page.status, page.areas["written"].strip()) == (409, "Nobody else can come.")
    stale = office.open(f"{PROPOSALS}/4/confirmation")
    assert (stale.status, "Go to the proposal that stands" in stale.text) == (409, True)
    assert "Nothing was changed or confirmed: another proposal stands now." in stale.text
    page = office.open(f"{PROPOSALS}/5/explanation?cycle=1&reviewer={proposed(house)['lay'][0]}")
    assert (page.status, len(told(page)) > 3) == (200, True)
    page = office.open(f"{PROPOSALS}/5/confirmation")
    assert "A reviewer has 1 week to answer." in page.text
    assert "none chosen" in office.send(f"{PROPOSALS}/5/confirmation").text
    page = office.send(f"{PROPOSALS}/5/confirmation", cycles="99")
    assert "A team that you chose is not in this proposal. Nothing was confirmed now." in page.text
    page = office.send(f"{PROPOSALS}/5/confirmation", cycles="1")
    assert (
        "1 team is confirmed. Every reviewer who is new is asked now. They are asked on this site, and no letter is "
        "sent: on the page of its cycle you can write to whoever does not answer."
    ) in told(page)
    assert {"Asked", "Waits for answers"} <= tags(page)
    assert set(asked(house).values()) == {who for who, _ in proposed(house).values()}
    page = office.open(f"{PROPOSALS}/5?confirmed=0")  # where whoever comes second is led
    (before,) = [one for one in told(page) if one.startswith("Nothing is new")]
    assert before.startswith(
        "Nothing is new: these teams were confirmed before. A clerk confirmed North, North Trust on "
    )
    waits = " ".join(told(office.open("/college")))
    assert "1 cycle of spring has no complete review team yet." in waits  # the other
    assert "2 reviewers of spring have not answered their invitations." in waits
    page = office.open("/college/cycles/1")
    assert any(one.startswith("It is the turn of the reviewers and the team, since") for one in told(page))
    assert "Your turn" not in tags(page)
    (link,) = parsed(page.answer.text).select(f"main a[href='{PROPOSALS}']")
    assert text_of(link) == "See who is asked to review it, and who has answered"
    unasked = where_nobody_is_asked(house, 5)
    assert confirmed_words(1, unasked, WORDS) == (
        "1 team is confirmed. In this scheme nobody is asked: the review begins by itself."
    )
    assert {one.state for one in one_proposal(unasked, WORDS, invites=True).teams[0].seats} == {"Confirmed"}
    faster = Invalid([Fault(where="cycle 1", found=NOT_WAITING, allowed="the cycles that wait are none")])
    assert refused_teams(faster, unasked, WORDS).at("cycles") == (
        "North, North Trust does not wait to be confirmed any more: something else was done since. Nothing was "
        "confirmed now."
    )
    service_says(house, "lead")
    service_says(house, "lay")
    assert whose_turn(office) == {"The reviewers", "The college office"}
    says(house, "lay", Said.DECLINES, reason="Away.")
    assert whose_turn(office) == {"The college office"}
    work(house)
    assert whose_turn(office) == {"The college office"}  # somebody else is proposed, and is to be confirmed


def where_nobody_is_asked(house: House, number: int) -> ProposalDesk:
    """The same proposal, had the scheme asked nobody to answer."""
    desk = proposal_desk(house.database, principal=BY_OFFICE, round_id=1, number=number, at=AT)
    teams = tuple(
        one.model_copy(update={"seats": tuple(seat.model_copy(update=NO_TIME) for seat in one.seats)})
        for one in desk.proposal.teams
    )
    told = {"proposal": desk.proposal.model_copy(update={"teams": teams}), "reviewer_within": None}
    return desk.model_copy(update={**told, "service_within": None})


def test_answers_to_a_confirmed_team_are_shown_and_whoever_declined_is_replaced(house: House, known: SignedIn) -> None:
    to_proposal(house)
    confirm_all(house)
    says(house, "lay")
    office, declined = known(OFFICE), asked(house)["lead"]
    says(house, "lead", Said.DECLINES, reason="On leave.")
    work(house)
    page = office.open(f"{PROPOSALS}/{number(house)}")
    assert f"Lead {declined}: declined, 1 April 2026. On leave." in told(page)
    assert "The reviewer accepted on 1 April 2026." in told(page)
    assert proposed(house)["lead"][0] != declined
    lay = asked(house)["lay"]
    office.open(f"{PROPOSALS}/{number(house)}/change?cycle=1&reviewer={lay}")
    assert office.send(f"{PROPOSALS}/{number(house)}/departure").status == 422
    page = office.send(f"{PROPOSALS}/{number(house)}/departure", reason="Works there now.")
    assert (page.path, "lay" in asked(house)) == (PROPOSALS, False)
    assert "about to look for reviewers again" in page.text


COSTLY = (
    ROUNDS, f"{ROUNDS}/1", f"{ROUNDS}/1/teams", PROPOSALS, f"{PROPOSALS}/1", f"{PROPOSALS}/1/confirmation",
    "/college/reviewers", "/college/reviewers/1", "/college/teams", "/college/teams/1", "/college/organisations",
)  # fmt: skip


def costs(browser: Browser) -> dict[str, int]:
    """Page -> statements, whoever asks for it included."""
    found = {}
    for path in COSTLY:
        with observe_statements(browser.house.database) as seen:
            assert browser.ask("GET", path).status_code == 200, path
        found[path] = len(seen)
    return found


def test_a_page_costs_as_many_statements_for_many_as_for_few(house: House, known: SignedIn) -> None:
    to_proposal(house)
    office = known(OFFICE)
    costs(office)  # the edition is read and proved once in a process
    few = costs(office)
    south_waits(house)
    rows = [TeamToImport(organisation=f"Trust {one}", team=f"Team {one}", service_line="small") for one in range(5)]
    ids = import_teams(house.database, principal=BY_OFFICE, rows=rows, at=AT).team_ids
    enrol_several(house.database, principal=BY_OFFICE, round_id=1, team_ids=ids[:3], at=AT)
    for one in range(3):
        register_reviewer(
            house.database, principal=BY_OFFICE, name=f"More {one}", roles=["lay"], organisation_id=1, capacity=1, at=AT
        )
    assert costs(office) == few
    assert max(few.values()) <= 31
