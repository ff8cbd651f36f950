"""accredit round propose and confirm: who is to review whom, in words for the office at a terminal."""

from accreditation import wiring
from accreditation.actions.change_reviewer import ReviewerChange, change_reviewer
from accreditation.commands.office import OFFICE
from accreditation.rules.cycle import Stage
from accreditation.views.proposals import round_proposal
from tests.commands.conftest import Accredit
from tests.proposing import ASKS, confirmed_by_office, proposed, says, to_proposal
from tests.walking import AT, nothing_kept, stage_of, walk, work


def test_the_office_proposes_reads_and_confirms(accredit: Accredit) -> None:
    house = wiring.house()
    walk(house, Stage.ASSIGNMENT, edition=confirmed_by_office(ASKS))
    said = accredit("round", "propose", "1")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    lead, lay = proposed(house)["lead"][0], proposed(house)["lay"][0]
    assert lines[0] == "Proposal 1: 2 of 2 places filled"
    assert lines[2] == "North, North Trust (cycle 1): to be confirmed"
    assert lines[3].startswith(f"  Lay reviewer: Lay {lay} (proposed; ")
    assert lines[4].startswith(f"  Lead: Lead {lead} (proposed; ")
    assert lines[4].endswith("of 2 visits this round)"), "that they are proposed is said once"
    assert lines[-1].endswith(" round confirm 1 --proposal 1")
    with nothing_kept(house):
        assert accredit("round", "propose", "1").out == said.out
    confirmed = accredit("round", "confirm", "1", "--proposal", "1")
    assert (confirmed.code, confirmed.out.splitlines()[0]) == (0, "Confirmed by this: 1.")
    assert "North, North Trust (cycle 1): confirmed" in confirmed.out
    again = accredit("round", "confirm", "1", "--proposal", "1")
    assert again.out.splitlines()[0] == "Confirmed by this: none; all were before."


def test_what_is_empty_is_told_and_not_confirmed(accredit: Accredit) -> None:
    house = wiring.house()
    to_proposal(house, edition=confirmed_by_office(**{"role: lay,": "role: nurse,"}))
    said = accredit("round", "propose", "1")
    assert "  Lay reviewer: 1 missing; no reviewer holds the role nurse" in said.out
    assert "round confirm" not in said.out
    shown = round_proposal(house.database, principal=OFFICE, round_id=1)
    assert len(shown.blocks) == 1
    assert len(shown.ways_out) == 1
    assert "recruit 1 nurse (for North) (tried: then every seat is filled)" in shown.ways_out[0]
    title, block, other, way = said.out.splitlines()[-5:-3] + said.out.splitlines()[-2:]
    assert (title, block) == ("What blocks the round", f"  {shown.blocks[0]}")
    assert (other, way) == ("What would unblock it", f"  {shown.ways_out[0]}")
    refused = accredit("round", "confirm", "1", "--proposal", "1")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("North, nurse: 1 place is empty: no reviewer holds the role nurse")
    assert "confirm the other teams alone by naming their cycles" in refused.err
    stale = accredit("round", "confirm", "1", "--proposal", "7")
    assert (stale.code, stale.err) == (
        1, "Proposal 7 is not the newest any more: look at proposal 1 and decide on that.\n",
    )  # fmt: skip


def test_what_is_answered_is_told_without_its_reason(accredit: Accredit) -> None:
    from accreditation.records.invitations import Said

    house = wiring.house()
    to_proposal(house)
    lead = proposed(house)["lead"][0]
    accredit("round", "confirm", "1", "--proposal", "1")
    says(house, "lead", Said.DECLINES, reason="My own reason.", at=house.now())
    work(house, at=house.now())
    told = accredit("round", "propose", "1").out
    assert f"  Lead {lead} is asked no more: declined" in told
    assert "My own reason." not in told


def test_where_the_engine_confirms_teams_are_seated_as_they_are_found(accredit: Accredit) -> None:
    house = wiring.house()
    walk(house, Stage.ASSIGNMENT)
    said = accredit("round", "propose", "1")
    assert said.out.splitlines() == [
        "cycle 1: a review team is found, and its review begins",
        "Nothing is proposed for round 1 yet. A team is proposed once its service has submitted, where the office "
        "confirms teams.",
    ]  # fmt: skip
    assert stage_of(house).value == "review"


def test_where_a_seat_is_empty_the_line_to_confirm_names_the_teams_that_can_be(accredit: Accredit) -> None:
    house = wiring.house()
    to_proposal(house, both=True)
    for who, capacity in ((1, 1), (2, 0)):
        change = ReviewerChange.model_validate({"capacity": capacity})
        change_reviewer(house.database, principal=OFFICE, reviewer_id=who, change=change, at=AT)
    said = accredit("round", "propose", "1").out.splitlines()[-1]
    (whole,) = [cycle for cycle in (1, 2) if len(proposed(house, cycle)) == 2]
    words, command = said.split(": ")
    assert words == "Confirm the teams without an empty seat"
    assert command.endswith(f" round confirm 1 --proposal 2 --cycle {whole}")
    done = accredit(*command[command.index("round") :].split())
    assert (done.code, done.out.splitlines()[0]) == (0, f"Confirmed by this: {whole}.")
