"""Who hears an appeal: a panel where the scheme asks for one, nobody of the visit, kept beside the answer for good."""

from collections.abc import Collection

import pytest

from accreditation.actions.answer_appeal import answer_appeal
from accreditation.actions.appeal import appeal
from accreditation.actions.change_reviewer import ReviewerChange, change_reviewer
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.name_panel import name_panel
from accreditation.errors import Contradiction
from accreditation.records import notices
from accreditation.records.aftermath import AppealAnswer
from accreditation.records.panels import PanelMember
from accreditation.rules.panels import PanelKind
from accreditation.rules.people import Principal
from accreditation.scheme.model import Scheme
from accreditation.views.awards import decision
from accreditation.views.cycles import cycle_whole
from accreditation.wiring import House
from tests.building import followed
from tests.following import after, day, entry, to_published
from tests.walking import COMMITTEE, CYCLE, LAYS, LEAD, OFFICE, OTHER_LEAD, newest, nothing_kept, team_of

TOLD = day("2027-01-15")
HEARD = day("2027-02-20")


def heard_by(number: int) -> Scheme:
    return followed(**{
        "decision_stands_meanwhile: true": f"decision_stands_meanwhile: true, panel: {number}"
    })  # fmt: skip


def lodged(house: House, edition: Scheme | None = None) -> int:
    """An appeal is lodged; who of the lay reviewers was not on the visit?"""
    to_published(house, edition=edition, decided=TOLD)
    appeal(house.database, principal=LEAD, cycle_id=CYCLE, reason="There was a strike.", at=TOLD)
    return sum(LAYS) - team_of(house)["lay"]


def named(house: House, members: Collection[int], kind: PanelKind = PanelKind.APPEAL) -> bool:
    return name_panel(house.database, principal=OFFICE, cycle_id=CYCLE, kind=kind, members=members, at=TOLD)


def answered(house: House, outcome: str | None = None) -> AppealAnswer:
    return answer_appeal(
        house.database, principal=COMMITTEE, cycle_id=CYCLE, outcome=outcome, reason="Heard.", at=HEARD
    )


def refused(house: House) -> str:
    with nothing_kept(house), pytest.raises(Contradiction) as refusal:
        answered(house)
    return str(refusal.value)


def offered(house: House) -> list[str]:
    whole = cycle_whole(house.database, principal=COMMITTEE, cycle_id=CYCLE, at=HEARD)
    return [one.move.value for one in whole.allowed]


def test_where_the_scheme_asks_for_a_panel_nothing_is_answered_until_it_is_named(house: House) -> None:
    spare = lodged(house, heard_by(2))
    assert offered(house) == []
    assert refused(house) == (
        "This appeal cannot be answered yet: an appeal is heard by 2 people at least, and nobody is named. The college "
        "office names the appeal panel."
    )
    named(house, [OTHER_LEAD], PanelKind.QUALITY_ASSURANCE)
    named(house, [spare])
    assert (offered(house), "and 1 is named" in refused(house)) == ([], True)
    named(house, [], PanelKind.QUALITY_ASSURANCE)
    named(house, [spare, OTHER_LEAD])
    assert offered(house) == ["answer_appeal"]
    assert answered(house).heard_by == tuple(sorted((spare, OTHER_LEAD)))


@pytest.mark.parametrize("outcome", [None, "accredited"])
def test_who_heard_it_is_kept_with_the_answer_and_read_by_name_by_the_college_alone(
    house: House, outcome: str | None
) -> None:
    spare = lodged(house)
    named(house, [spare, OTHER_LEAD])
    assert answered(house, outcome).heard_by == tuple(sorted((spare, OTHER_LEAD)))
    detail = newest(house)[0][3]
    assert (detail["heard_by"], detail["upheld"]) == (sorted((spare, OTHER_LEAD)), outcome is not None)
    names = tuple(name for _, name in sorted([(OTHER_LEAD, f"Lead {OTHER_LEAD}"), (spare, f"Lay {spare}")]))
    everybody: list[tuple[Principal, tuple[str, ...]]] = [(OFFICE, names), (COMMITTEE, names), (LEAD, ())]
    for who, told in everybody:
        shown = decision(house.database, principal=who, cycle_id=CYCLE).appeal
        assert shown is not None
        assert (shown.heard_by, shown.panel) == (2, told)
    public = entry(house, HEARD)
    assert public.appeal is not None
    assert public.appeal.model_dump() == {
        "lodged_on": TOLD.date(), "decision_stands_meanwhile": True, "answered_on": HEARD.date(),
        "upheld": outcome is not None, "heard_by": 2,
    }  # fmt: skip
    with nothing_kept(house):
        answered(house, outcome)


def test_without_a_panel_it_is_said_that_none_heard_it(house: House) -> None:
    lodged(house)
    assert offered(house) == ["answer_appeal"]
    assert answered(house).heard_by == ()
    assert "heard_by" not in newest(house)[0][3]
    public = entry(house, HEARD)
    assert public.appeal is not None
    assert public.appeal.heard_by is None


def test_the_panel_that_heard_it_stands_once_it_is_answered(house: House) -> None:
    spare = lodged(house)
    named(house, [spare])
    answered(house)
    with nothing_kept(house):
        assert named(house, [spare]) is False
        for others in ([OTHER_LEAD], []):
            with pytest.raises(Contradiction, match="who heard it stands"):
                named(house, others)
    assert named(house, [OTHER_LEAD], PanelKind.QUALITY_ASSURANCE) is True


def test_a_member_who_came_into_conflict_is_to_be_replaced_first(house: House) -> None:
    spare = lodged(house)
    named(house, [spare, OTHER_LEAD])
    declare_conflict(house.database, principal=OFFICE, reviewer_id=spare, organisation_id=1, reason="Kin.", at=TOLD)
    change = ReviewerChange(organisation=1)
    change_reviewer(house.database, principal=OFFICE, reviewer_id=OTHER_LEAD, change=change, at=TOLD)
    assert refused(house) == (
        f"This appeal cannot be answered yet: Lead {OTHER_LEAD} is employed by this organisation; Lay {spare} declared "
        "a conflict of interest with this organisation. The college office names the appeal panel."
    )
    named(house, [])
    assert answered(house).heard_by == ()


def test_a_member_who_was_on_the_visit_hears_nothing(house: House) -> None:
    """No way leads to it, in either order; rows that say it all the same are refused."""
    lodged(house)
    sat = team_of(house)["lay"]
    with house.database.bookkeeping() as session:
        session.add(PanelMember(cycle_id=CYCLE, reviewer_id=sat, kind="appeal", by="somebody", at=TOLD))
    assert f"Lay {sat} sits or sat in the review team of this visit" in refused(house)
    assert after(house).answer is None


def told(house: House) -> list[str]:
    """What the office was told of people in panels."""
    with house.database.reading() as session:
        rows = notices.of_inbox(session, notices.OFFICE, after=0, limit=100)
    return [one.words for one in rows if one.kind == "panel_in_conflict"]


def test_the_office_is_told_of_whoever_comes_into_conflict_while_they_sit_in_a_panel(house: House) -> None:
    spare = lodged(house, heard_by(2))
    named(house, [spare, OTHER_LEAD])
    employed = ReviewerChange.model_validate({"organisation": 1})
    for _ in range(2):
        change_reviewer(house.database, principal=OFFICE, reviewer_id=spare, change=employed, at=TOLD)
    kin = "Kin, a private matter."
    declare_conflict(house.database, principal=OFFICE, reviewer_id=OTHER_LEAD, organisation_id=1, reason=kin, at=TOLD)
    assert told(house) == [
        f"Lay {spare} sits in the appeal panel about North, North Trust, and cannot any more: is employed by this "
        "organisation by now. Name another in their place.",
        f"Lead {OTHER_LEAD} sits in the appeal panel about North, North Trust, and cannot any more: a conflict of "
        "interest with this service is declared by now. Name another in their place.",
    ]


def test_nobody_is_told_of_a_conflict_after_the_appeal_is_answered_or_outside_the_panel(house: House) -> None:
    spare = lodged(house)
    named(house, [spare])
    answered(house)
    employed = ReviewerChange.model_validate({"organisation": 1})
    for who in (spare, OTHER_LEAD):
        change_reviewer(house.database, principal=OFFICE, reviewer_id=who, change=employed, at=HEARD)
    assert told(house) == []
