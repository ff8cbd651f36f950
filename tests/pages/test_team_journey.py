"""A team's whole way to its submission, by pages and forms alone: from the letter that invites its lead."""

from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from tests.pages.browsing import Browser
from tests.pages.teams import send_files
from tests.pages.test_signing_in import SignedIn
from tests.pages.test_team_cycle import HERE, LEAD_OF_NORTH, MEMBER_OF_NORTH, words
from tests.walking import begin, stage_of, work


def goes(browser: Browser, path: str) -> None:
    """Follow a link of the open page."""
    assert f'href="{path}"' in browser.page.answer.text
    browser.open(path)


def answers(browser: Browser, criterion: str, **typed: str) -> None:
    """Answer the criterion of the open page, and go on."""
    at = f"{HERE}/criteria/{criterion}"
    assert browser.page.path == at
    browser.send(at, then="next", **typed)


def test_a_team_comes_from_its_letter_to_its_submission(
    house: House, signed_in: SignedIn, known: SignedIn
) -> None:  # fmt: skip
    # Given a team that is enrolled and has stated nothing, its lead who was invited, and a nurse
    begin(house, profile={})
    lead, nurse = signed_in(LEAD_OF_NORTH), known(MEMBER_OF_NORTH, email="nurse@example.org")
    # When the lead follows the way from page to page, and says what the service is
    goes(lead, "/team")
    goes(lead, HERE)
    assert "1 question about your service is not answered." in lead.page.text
    goes(lead, f"{HERE}/profile")
    lead.send(f"{HERE}/profile", **{"fact-hasu": "no"})
    # And gives a question to the nurse, who answers it, and the lead the others
    lead.open(f"{HERE}/criteria/2.01")
    lead.send(f"{HERE}/criteria/2.01/holder", who="2")
    nurse.open(HERE)
    goes(nurse, f"{HERE}/criteria/2.01")  # first what is theirs
    answers(nurse, "2.01", number="92.5", note="Of 40 patients.")
    lead.open(f"{HERE}/criteria/1.01")
    answers(lead, "1.01", choice="rating:met")
    assert "92.5" in str(lead.page.fields["number"]["value"])
    answers(lead, "2.01", choice="number", number="92.5", note="Of 40 patients.")
    answers(lead, "2.02", choice="level:B")
    # Then nothing is left, and the lead sends it
    assert "3 of 3 answered, 1 needs evidence" in lead.page.text
    goes(lead, f"{HERE}/submission")
    lead.send(f"{HERE}/submission", checked="yes")
    assert stage_of(house) is Stage.EVIDENCE
    # When the nurse adds the file that is asked for, and it is found to be clean
    nurse.open(HERE)
    assert "Evidence Your turn Your team adds its evidence." in words(nurse)
    goes(nurse, f"{HERE}/criteria/1.01")
    goes(nurse, f"{HERE}/evidence/files?criterion=1.01")
    send_files(nurse, f"{HERE}/evidence/files", ("plan.pdf", b"a plan"), criteria="1.01", title="Job plan")
    work(house, Kind.EVIDENCE, at=house.now())
    # Then the lead sends that too, and it is the college's turn
    assert "Job plan Ready" in " ".join(lead.open(f"{HERE}/criteria/1.01").text.split())
    lead.open(f"{HERE}/submission")
    lead.send(f"{HERE}/submission", checked="yes")
    assert stage_of(house) is Stage.ASSIGNMENT
    assert "With the college The college is finding reviewers for you." in " ".join(lead.open("/team").text.split())
