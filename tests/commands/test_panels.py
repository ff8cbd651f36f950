"""accredit panel: named, told, left and dissolved by the office at a terminal; who may not be in it is said in full."""

from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from tests.commands.conftest import Accredit
from tests.walking import LAYS, NORTHS_LEAD, OTHER_LEAD, nothing_kept, team_of, walk


def lines(accredit: Accredit, *words: object) -> list[str]:
    """What `accredit panel` says to these words, without the day."""
    said = accredit("panel", *words)
    assert (said.code, said.err) == (0, "")
    return [line.partition(", since")[0] for line in said.out.splitlines()]


def test_a_panel_is_named_left_by_a_member_and_dissolved(accredit: Accredit, kept: House) -> None:
    walk(kept, Stage.PUBLISHED)
    spare = sum(LAYS) - team_of(kept)["lay"]
    nobody = ["Nobody sits in the appeal panel about cycle 1."]
    one = ["The appeal panel about cycle 1:", f"  Lead {OTHER_LEAD} (reviewer {OTHER_LEAD})"]
    assert lines(accredit, "show", 1, "appeal") == nobody
    assert lines(accredit, "name", 1, "appeal", f"Lead {OTHER_LEAD}", spare) == [
        *one, f"  Lay {spare} (reviewer {spare})"
    ]  # fmt: skip
    assert lines(accredit, "take-off", 1, "appeal", f"Lay {spare}") == one
    with nothing_kept(kept):
        assert lines(accredit, "name", 1, "appeal", OTHER_LEAD) == ["It was so before; nothing was changed.", *one]
        assert lines(accredit, "show", 1, "appeal") == one
    assert lines(accredit, "take-off", 1, "appeal", OTHER_LEAD) == nobody


def test_whoever_may_not_be_in_a_panel_is_told_with_why_and_nobody_is_named(accredit: Accredit, kept: House) -> None:
    walk(kept, Stage.PUBLISHED)
    with nothing_kept(kept):
        refused = accredit("panel", "name", 1, "quality_assurance", NORTHS_LEAD, OTHER_LEAD)
        assert (refused.code, refused.out) == (1, "")
        assert refused.err.startswith(
            f"reviewer {NORTHS_LEAD}: Lead {NORTHS_LEAD} sits or sat in the review team of this visit; "
        )
        unknown = accredit("panel", "name", 1, "appeal", "Leed 2", 99)
        allowed = "a name or a number that 'accredit reviewer list' shows"
        assert (unknown.code, unknown.out, unknown.err.splitlines()) == (
            1, "", [
                f"REVIEWER: there is no reviewer 'Leed 2' (did you mean Lead 2?); {allowed}",
                f"REVIEWER: there is no reviewer '99'; {allowed}",
            ],
        )  # fmt: skip
        absent = accredit("panel", "take-off", 1, "appeal", OTHER_LEAD)
        assert (absent.code, absent.out, absent.err) == (
            1, "", f"reviewer {OTHER_LEAD}: Lead {OTHER_LEAD} does not sit in the appeal panel about cycle 1; "
            "nobody: the panel has no members\n",
        )  # fmt: skip
        assert accredit("panel", "name", 7, "appeal", OTHER_LEAD).err == (
            "There is no such cycle, or it is not one of yours.\n"
        )
        assert accredit("panel", "name", 1, "jury", OTHER_LEAD).code == 2


def test_what_came_to_stand_against_a_member_is_told(accredit: Accredit, kept: House) -> None:
    walk(kept, Stage.PUBLISHED)
    lines(accredit, "name", 1, "appeal", OTHER_LEAD)
    why = ("--reason", "They bought a house together.")
    assert accredit("reviewer", "conflict", OTHER_LEAD, "North Trust", *why).code == 0
    told = lines(accredit, "show", 1, "appeal")
    assert told[:2] == ["The appeal panel about cycle 1:", f"  Lead {OTHER_LEAD} (reviewer {OTHER_LEAD})"]
    assert told[2].startswith(f"    Mind: Lead {OTHER_LEAD} ")
    assert "house" not in "".join(told)
