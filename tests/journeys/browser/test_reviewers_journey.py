"""Two reviewers come from their invitations to what they agree on, in every way in which people read."""

import pytest

from accreditation.actions.rate import Given
from accreditation.actions.review import review
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.scheme.answer import Answer
from tests.journeys.browser.played import Play
from tests.journeys.browser.visiting import WAYS, Visitor, Way
from tests.proposing import asked, confirm_all, service_says, to_proposal
from tests.walking import CYCLE, found, reviewer, stage_of

pytestmark = pytest.mark.xdist_group("journeys in a browser")

VISIT = "North, North Trust: A small scheme, spring"
HERE = f"/review/cycles/{CYCLE}"
DONE = "I am done, and know that I can change nothing after this"


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_two_reviewers_come_from_their_invitations_to_what_they_agree_on(play: Play, way: Way) -> None:
    # Given two reviewers whom the office asks to visit North
    to_proposal(play.house)
    confirm_all(play.house, at=play.clock.now)
    play.works()
    seats = asked(play.house)
    lead, lay = (play.comes(Grant(role=Role.REVIEWER, reviewer=seats[role])) for role in ("lead", "lay"))
    # When both take it on, and one says where they have a conflict of interest
    takes_it_on(lead, refused=True)
    declares_a_conflict(lead)
    takes_it_on(lay)
    for role in seats:
        service_says(play.house, role)
    play.works()
    assert stage_of(play.house) is Stage.REVIEW
    # When each rates alone
    rates(lead)
    lay.opens(HERE)
    lay.follows("1.01 Named lead")
    lay.picks("Not met")
    lay.fills("Reason", "No plan was to be seen.")
    lay.presses("Save")
    given = {name: one for name, one in found().items() if name != "1.01"}
    given["2.02"] = Given(answer=Answer(level="B"), seen_version=0)
    review(play.house.database, principal=reviewer(seats["lay"]), cycle_id=CYCLE, given=given, at=play.clock.now)
    # Then nobody sees what the other found, not even once that one has handed in
    lay.follows("My review")
    lay.picks(DONE)
    lay.presses("Hand in my review")
    lead.follows("Side by side")
    assert "You see what the others found once you have handed in" in lead.reads()
    assert "No plan was to be seen." not in lead.reads()
    # When the other hands in too, both see both
    lead.follows("My review")
    lead.presses("Hand in my review")
    lead.is_told("Tick the box to say that you are done. Then hand in.", of=DONE)
    lead.picks(DONE)
    lead.presses("Hand in my review")
    assert "You differ" in lead.reads()
    assert "No plan was to be seen." in lead.reads()
    lay.follows("Side by side")
    assert "The plan was seen." in lay.reads()
    play.works()
    # And what differs is settled, with a reason
    settles(lead)
    play.works()
    assert stage_of(play.house) not in (Stage.REVIEW, Stage.CONSENSUS)


def takes_it_on(somebody: Visitor, *, refused: bool = False) -> None:
    """From their own page to the answer."""
    somebody.opens("/review")
    somebody.follows(f"Answer: {VISIT}")
    if refused:
        somebody.presses("Send your answer")
        somebody.is_told("Choose whether you take the visit on.", of="Your answer")
    somebody.picks("Yes, I take it on")
    somebody.presses("Send your answer")
    assert "You accepted" in somebody.reads()


def declares_a_conflict(somebody: Visitor) -> None:
    """With an organisation, by its name."""
    somebody.follows("Conflicts of interest")
    somebody.fills("Organisation", "South Trust")
    somebody.fills("What is the conflict?", "My sister works there.")
    somebody.presses("Declare")
    assert "South Trust since" in somebody.reads()


def rates(lead: Visitor) -> None:
    """Every criterion, beside what the team says."""
    lead.opens("/review")
    lead.follows(VISIT)
    lead.follows("Go to the next question that is left")
    assert "What the team says Met" in lead.reads()
    lead.picks("Met")
    lead.fills("Reason", "The plan was seen.")
    lead.presses("Save and go to the next")
    lead.picks("Met")
    lead.presses("Save and go to the next")
    lead.picks("Level B")
    lead.presses("Save")


def settles(lead: Visitor) -> None:
    """The one criterion on which they differ."""
    lead.follows("My review")
    lead.follows("Side by side")
    lead.follows("1.01 Named lead")
    lead.picks("Met")
    lead.presses("Settle")
    lead.is_told("Say why, in a sentence.", of="Reason")
    lead.fills("Reason", "The plan came the day after.")
    lead.presses("Settle")
    assert "You agree on every question." in lead.reads()
