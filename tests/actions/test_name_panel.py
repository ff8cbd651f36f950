"""A panel about a cycle shares nobody with its visit, whichever was there first; nothing happens twice."""

from collections.abc import Collection

import pytest

from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.name_panel import name_panel
from accreditation.errors import Invalid
from accreditation.records import cycles, peers
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.panels import PanelKind
from accreditation.rules.wishes import Lock
from accreditation.views.panels import panel_of
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.proposing import asked, change, confirm_all, proposed, to_proposal
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LAYS,
    NORTHS_LEAD,
    OFFICE,
    OTHER_LEAD,
    ROUND,
    due_jobs,
    newest,
    nothing_kept,
    stage_of,
    team_of,
    work,
)

APPEAL, QUALITY = PanelKind.APPEAL, PanelKind.QUALITY_ASSURANCE


def named(house: House, members: Collection[int], kind: PanelKind = APPEAL) -> bool:
    return name_panel(house.database, principal=OFFICE, cycle_id=CYCLE, kind=kind, members=members, at=AT)


def members(house: House, kind: PanelKind = APPEAL) -> list[tuple[int, tuple[str, ...]]]:
    shown = panel_of(house.database, principal=COMMITTEE, cycle_id=CYCLE, kind=kind, at=AT)
    return [(one.reviewer, one.against) for one in shown.members]


def refused(house: House, wanted: Collection[int], kind: PanelKind = APPEAL) -> list[str]:
    with nothing_kept(house), pytest.raises(Invalid) as refusal:
        named(house, wanted, kind)
    return [fault.found for fault in refusal.value.faults]


@pytest.mark.parametrize("stage", [Stage.SELF_ASSESSMENT, Stage.REVIEW, Stage.PUBLISHED])
def test_a_panel_is_named_replaced_and_dissolved_and_the_same_again_changes_nothing(
    at_stage: AtStage, stage: Stage
) -> None:
    house = at_stage(stage)
    spare = sum(LAYS) - team_of(house).get("lay", LAYS[0])
    assert (named(house, [OTHER_LEAD]), members(house)) == (True, [(OTHER_LEAD, ())])
    with nothing_kept(house):
        assert named(house, [OTHER_LEAD, OTHER_LEAD]) is False
    assert (named(house, [spare]), members(house)) == (True, [(spare, ())])
    assert newest(house) == [
        ("office:the office", "panel:name", "cycle:1", {"panel": "appeal", "named": [spare], "no_longer": [OTHER_LEAD]})
    ]
    assert (named(house, [OTHER_LEAD], QUALITY), members(house, QUALITY)) == (True, [(OTHER_LEAD, ())])
    with house.database.reading() as session:
        (visit,) = peers.visits_asked(session, [cycles.now(session, CYCLE)])
    assert visit.panel == {OTHER_LEAD, spare}
    assert (named(house, []), members(house)) == (True, [])
    assert named(house, [spare]) is True, "who left a panel may be named for it again"


def test_nobody_of_the_visit_and_of_the_other_panel_is_taken_and_every_fault_is_named(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLISHED)
    sat = team_of(house)
    named(house, [OTHER_LEAD], QUALITY)
    assert refused(house, [*sat.values(), OTHER_LEAD, 99]) == [
        f"Lead {NORTHS_LEAD} sits or sat in the review team of this visit",
        f"Lead {OTHER_LEAD} sits in the quality-assurance panel",
        f"Lay {sat['lay']} sits or sat in the review team of this visit",
        "there is no such reviewer",
    ]


def test_whoever_left_the_visit_was_there_too(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    declare_conflict(house.database, principal=OFFICE, reviewer_id=NORTHS_LEAD, organisation_id=1, reason="Kin.", at=AT)
    assert refused(house, [NORTHS_LEAD]) == [
        f"Lead {NORTHS_LEAD} sits or sat in the review team of this visit",
        f"Lead {NORTHS_LEAD} declared a conflict of interest with this organisation",
    ]


def test_a_conflict_that_comes_later_is_shown_beside_the_member(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLISHED)
    named(house, [OTHER_LEAD])
    declare_conflict(house.database, principal=OFFICE, reviewer_id=OTHER_LEAD, organisation_id=1, reason="Kin.", at=AT)
    assert members(house) == [(OTHER_LEAD, ("declared a conflict of interest with this organisation",))]


def test_a_member_is_never_seated_in_the_visit(at_stage: AtStage) -> None:
    house = at_stage(Stage.ASSIGNMENT)
    named(house, [NORTHS_LEAD])
    assert (Kind.ASSIGNMENT, ROUND) in {(job.kind, job.subject) for job in due_jobs(house)}
    work(house)
    assert (stage_of(house), team_of(house)["lead"]) == (Stage.REVIEW, OTHER_LEAD)


def test_a_member_is_neither_proposed_locked_nor_confirmed_and_who_is_asked_is_no_member(house: House) -> None:
    to_proposal(house)
    lead = proposed(house)["lead"][0]
    named(house, [lead], QUALITY)
    with nothing_kept(house), pytest.raises(Invalid, match="sits in a panel about this cycle"):
        confirm_all(house)
    work(house)
    other = NORTHS_LEAD + OTHER_LEAD - lead
    assert proposed(house)["lead"] == (other, "proposed")
    with nothing_kept(house), pytest.raises(Invalid, match="sits in a panel about this cycle"):
        change(house, Lock(cycle=CYCLE, reviewer=lead, role="lead"))
    confirm_all(house)
    assert asked(house)["lead"] == other
    assert refused(house, [other]) == [f"Lead {other} is asked to sit in the review team of this visit"]
