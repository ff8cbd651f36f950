"""A team comes from the letter that invites its lead to its submission, in every way in which people read."""

from pathlib import Path

import pyotp
import pytest

from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from tests.journeys.browser.played import Play
from tests.journeys.browser.visiting import WAYS, Visitor, Way
from tests.pages.conftest import PASSWORD, invite
from tests.pages.test_team_cycle import HERE, LEAD_OF_NORTH
from tests.walking import begin, keep, stage_of

pytestmark = pytest.mark.xdist_group("journeys in a browser")

EMAIL = "lead@example.org"
CHECKED = "I lead this team. I have checked what we send, and it is right as far as I know."


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_team_comes_from_its_letter_to_its_submission(play: Play, way: Way, tmp_path: Path) -> None:
    # Given a team that is enrolled and has stated nothing, with a document in its library, and its lead with a letter
    begin(play.house, profile={})
    keep(play.house, title="Rota of the stroke nurses")
    lead = play.comes()
    lead.opens(invite(play.house, LEAD_OF_NORTH, email=EMAIL))
    # When the lead chooses a password, sets up an authenticator app, and signs in with both
    enters(play, lead)
    # Then they see what is asked of them
    lead.follows("A small scheme, spring: North, North Trust")
    assert "1 question about your service is not answered." in lead.reads()
    lead.follows("Answer them first")
    lead.picks("No")
    lead.presses("Save")
    lead.follows("Go on to the questions")
    # When they answer every question
    answers(lead)
    # Then they see how far it is to the award, and send it, but not without having looked
    lead.follows("Distance to the award")
    lead.follows("Check and send")
    lead.presses("Send the self-assessment")
    lead.is_told("Tick the box to say that you have checked everything. Then send it.", of=CHECKED)
    lead.picks(CHECKED)
    lead.presses("Send the self-assessment")
    assert stage_of(play.house) is Stage.EVIDENCE
    # When they add a file, and use one that the team has
    adds_evidence(play, lead, tmp_path)
    # Then that can be sent too, and it is the college's turn
    lead.follows("Check and send")
    lead.picks(CHECKED)
    lead.presses("Send the evidence")
    assert stage_of(play.house) is Stage.ASSIGNMENT
    lead.follows("Our cycles")
    assert "With the college The college is finding reviewers for you." in lead.reads()


def enters(play: Play, lead: Visitor) -> None:
    """From the page of the letter's link to the account of somebody who signed in with a code."""
    lead.fills("Password", "short")
    lead.fills("The same password again", "short")
    lead.presses("Save and sign in")
    lead.is_told(
        "This password has 5 characters. Choose a password with at least 12 characters: three or four words that have "
        "nothing to do with each other are good.",
        of="Password",
    )
    lead.fills("Password", PASSWORD)
    lead.fills("The same password again", PASSWORD)
    lead.presses("Save and sign in")
    lead.follows("Set one up on the page of your account")
    lead.fills("Your password", PASSWORD)
    lead.presses("Set up an app")
    app = pyotp.TOTP(lead.reads(".site-key").replace(" ", ""))
    lead.fills("The six digits that the app shows now", app.at(play.clock.now))
    lead.presses("Use this app")
    lead.presses("Sign out")
    play.passes()
    lead.fills("E-mail address", EMAIL)
    lead.fills("Password", PASSWORD)
    lead.fills("Code of your authenticator app", app.at(play.clock.now))
    lead.presses("Sign in")


def answers(lead: Visitor) -> None:
    """Every question of the small scheme."""
    lead.follows("Start with the first question")
    lead.picks("Met")
    if lead.way.scripts:
        lead.soon_reads("Saved at", "[data-told]")
    lead.fills("Note", "It is in the job plan.")
    lead.presses("Save")
    lead.fills("Say something to your team", "Who has the plan of this year?")
    lead.presses("Add")
    assert "Who has the plan of this year?" in lead.reads()
    lead.presses("Save and go to the next")
    assert lead.address == f"{HERE}/criteria/2.01?kept=1.01"
    lead.fills("Note", "Without 943 476 5919.")
    lead.presses("Save")
    lead.is_told(
        "The note has an NHS, CHI or Health and Care number, from which a patient may be told. Leave it out. If it is "
        "another number, write before it what it is, like “telephone”.",
        of="Note",
    )
    lead.fills("Note", "Without those who came too late.")
    lead.picks("We have measured it")
    lead.fills("Our number, in %", "92.5")
    lead.presses("Save and go to the next")
    lead.picks("Level B")
    lead.presses("Save")
    lead.follows("Where we are")
    assert "3 of 3 answered, 1 needs evidence" in lead.reads()


def adds_evidence(play: Play, lead: Visitor, tmp_path: Path) -> None:
    """A file of one's own, and a document of the library."""
    plan = tmp_path / "plan.txt"
    plan.write_text("The job plan of the lead.")
    lead.follows("Where we are")
    lead.follows("Evidence")
    lead.follows("Use a document that your team has already")
    lead.chooses("Document", "Rota of the stroke nurses")
    lead.chooses("Question that it answers", "1.01 Named lead")
    lead.presses("Attach it")
    lead.follows("Add files")
    lead.lays_open("First")
    lead.picks("1.01 Named lead")
    lead.takes("Choose the files", plan)
    lead.presses("Add the files")
    assert "1 file is added. We check it now; that takes some minutes." in lead.reads()
    play.works(Kind.EVIDENCE)
