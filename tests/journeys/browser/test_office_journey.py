"""An office comes from a new scheme to an award, and the public finds it: in every way in which people read."""

from pathlib import Path

import httpx
import pytest

from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.actions.state_profile import state_profile
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.scheme.one_text import as_one
from accreditation.wiring import House
from tests.building import changed
from tests.journeys.browser.played import Play
from tests.journeys.browser.visiting import WAYS, Visitor, Way
from tests.proposing import ASKS, all_agree
from tests.walking import AT, CYCLE, LAYS, LEAD, LEADS, NO_UNIT, OFFICE, STEPS, rate_and_hand_in, stage_of

pytestmark = pytest.mark.xdist_group("an office in a browser")


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_an_office_comes_from_a_new_scheme_to_an_award_that_the_public_finds(
    play: Play, way: Way, tmp_path: Path
) -> None:  # fmt: skip
    office = play.comes(Grant(role=Role.OFFICE))
    # Given an office that has nothing yet, and is told what comes first
    office.opens("/college")
    assert "First publish a scheme" in office.reads()
    # When it writes a scheme, with a fault first, and publishes it
    writes(office, tmp_path)
    # And lets a team of its list take part in a round
    has_people(play.house)
    opens_a_round(office)
    # Then the team answers, and the office confirms who is proposed to visit it
    answers(play.house)
    play.works()
    confirms(office)
    # When the reviewers have agreed, the committee reads what the rules recommend, and decides
    is_reviewed(play)
    decides(play.comes(Grant(role=Role.COMMITTEE)))
    assert stage_of(play.house) is Stage.PUBLICATION
    # And the office publishes it
    office.follows("Cycles")
    office.follows("Show where: 1 decision waits to be published.")
    office.follows("North, North Trust, A small scheme, spring")
    office.follows("Publish the decision")
    office.presses("Publish")
    # Then the public finds the award, and can prove it
    finds(play, play.comes())


FINAL = "This is what the committee decided, and I know that it cannot be changed"


def text(*, faulty: bool) -> str:
    """The standard as one text: the office confirms review teams, and a fault stands in it or not."""
    files = changed("scheme.yaml", "minimum: 0, maximum: 2", "minimum: 1, maximum: 1")
    asks = f"assignment: {{confirmed_by: office, {ASKS}}}\nconsensus: {{settled_by: {'leader' if faulty else 'lead'}}}"
    scheme = files["scheme.yaml"].replace(b"consensus: {settled_by: lead}", asks.encode())
    return as_one({**files, "scheme.yaml": scheme})


def writes(office: Visitor, tmp_path: Path) -> None:
    """From the list of schemes to a published edition."""
    office.follows("Schemes")
    office.follows("Write a new scheme")
    office.presses("Begin the draft")
    office.is_told("Write the title of the scheme, on one line.", of="Title")
    office.fills("Title", "A small scheme")
    office.fills("Short name (optional)", "small")
    office.presses("Begin the draft")
    for faulty in (True, False):
        file = tmp_path / "small.yaml"
        file.write_text(text(faulty=faulty))
        office.takes("Send a file in place of the text", file)
        office.presses("Send and check")
        assert ("Wrong: there is no role in the review team 'leader' (did you mean lead?)." in office.reads()) is faulty
    office.follows("See whom it would concern")
    office.follows("The draft")
    office.follows("Go on to publish")
    office.picks("I have checked what changes and whom it concerns.")
    office.presses("Publish edition 2026.1")


def has_people(house: House) -> None:
    """The college's lists: three teams of three organisations, and reviewers for every role."""
    rows = [
        TeamToImport(organisation=f"{name} Trust", team=name, service_line="small")
        for name in ("North", "South", "Far")
    ]
    import_teams(house.database, principal=OFFICE, rows=rows, at=AT)
    for number, role in [*((one, "lead") for one in LEADS), *((one, "lay") for one in LAYS)]:
        register_reviewer(
            house.database, principal=OFFICE, name=f"Reviewer {number}", roles=[role], organisation_id=None,
            capacity=2, at=AT,
        )  # fmt: skip


def opens_a_round(office: Visitor) -> None:
    """Open one on the edition, and choose the team."""
    office.follows("Rounds")
    office.follows("Open a round")
    office.fills("Name of the round", "spring")
    office.chooses("Edition", "A small scheme, edition 2026.1")
    office.presses("Open the round")
    office.follows("Let teams take part")
    office.picks("North")
    office.presses("Let these take part")


def answers(house: House) -> None:
    """The team states what it is, answers everything, and sends it."""
    state_profile(house.database, principal=LEAD, cycle_id=CYCLE, profile=NO_UNIT, at=AT)
    for stage in (Stage.EVIDENCE, Stage.ASSIGNMENT):
        STEPS[stage](house)


def confirms(office: Visitor) -> None:
    """Read who is proposed, and confirm it."""
    office.follows("Rounds")
    office.follows("spring, A small scheme, edition 2026.1")
    office.follows("See who is proposed, and who has answered")
    office.follows("Confirm 1 team")
    office.presses("Confirm these teams")


def is_reviewed(play: Play) -> None:
    """Everybody who is asked takes it on; they rate, and agree."""
    play.works()
    all_agree(play.house)
    play.works()
    rate_and_hand_in(play.house, "lead")
    rate_and_hand_in(play.house, "lay", c1_01="not_met")
    play.works()
    STEPS[Stage.RECOMMENDATION](play.house)
    play.works()
    assert stage_of(play.house) is Stage.DECISION


def decides(committee: Visitor) -> None:
    """Read the pack and decide as the rules recommend."""
    committee.opens("/college/decisions")
    committee.follows("North, North Trust: A small scheme, spring")
    committee.follows("Decide")
    committee.picks(FINAL)
    committee.presses("Decide")
    committee.is_told("Choose what is decided.", of="What does the committee decide?")
    committee.picks("Accredited")
    committee.picks(FINAL)
    committee.presses("Decide")


def finds(play: Play, somebody: Visitor) -> None:
    """Search for it, and check what it says."""
    somebody.opens("/")
    somebody.fills("Name of a hospital, trust, board, team or town, or a postcode", "north")
    somebody.presses("Search")
    somebody.follows("North, North Trust, A small scheme")
    assert "Accredited Current" in somebody.reads()
    proof = somebody.reads(".site-proof")
    somebody.follows("This result as data, for programs")
    found = httpx.get(play.site.address + somebody.address, trust_env=False).json()
    assert found["edition_digest"] in proof
