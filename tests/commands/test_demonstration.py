"""The demonstration's story holds by the standard and the pure rules, and what it shows is what happened."""

import io
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from accreditation.commands.demo import _waits
from accreditation.commands.demonstration.elsewhere import OTHER, Elsewhere, elsewhere
from accreditation.commands.demonstration.folder import MARK, OWN, fresh, kept_in
from accreditation.commands.demonstration.monday import HEADING, LONG_AGO, WEEKS_AGO, YESTERDAY, _nothing_due
from accreditation.commands.demonstration.scene import Heading
from accreditation.commands.demonstration.screen import Screen, in_the_way
from accreditation.commands.demonstration.story import HOSPITALS, REVIEWERS, SCHEME, TEAMS, WAITING, TeamStory
from accreditation.commands.demonstration.words import document
from accreditation.errors import Invalid
from accreditation.evidence.content import Kind
from accreditation.rules.award import award
from accreditation.rules.cycle import Stage
from accreditation.rules.deadlines import late
from accreditation.rules.improvement import Choice, Improvement
from accreditation.rules.placing import suggest
from accreditation.rules.scoring import score
from accreditation.scheme.answer import Answer
from accreditation.views.endings import Ending
from accreditation.wiring import Clock, House
from tests.examining import seen
from tests.shipped import shipped
from tests.walking import attach, begin

STROKE = shipped(SCHEME).scheme
SEATS = {seat.role for seat in STROKE.review_team}

each_team = pytest.mark.parametrize("story", TEAMS, ids=lambda story: story.name)


@pytest.mark.parametrize("story", [*TEAMS, *WAITING], ids=lambda story: story.name)
def test_whatever_a_story_names_is_a_criterion_that_its_team_is_asked(story: TeamStory) -> None:
    asked = {one.id for one in STROKE.applicable(story.profile)}
    named = {*story.says_not_met, *story.not_applicable, *story.found_not_met, *story.differ}
    assert sorted(named - asked) == []
    assert sorted(story.profile) == sorted(STROKE.profile)


@pytest.mark.parametrize("stories", [TEAMS, WAITING], ids=["published", "waiting"])
def test_one_team_slips_on_a_criterion_that_asks_for_a_document(stories: tuple[TeamStory, ...]) -> None:
    (story,) = [one for one in stories if one.slips is not None]
    asked = {one.id for one in STROKE.applicable(story.profile) if one.requires_evidence}
    assert story.slips in asked - set(story.says_not_met)


def test_what_one_team_drops_is_suggested_for_the_criterion_that_it_is_for() -> None:
    (story,) = [one for one in TEAMS if one.drops is not None]
    (about,) = [one for one in STROKE.applicable(story.profile) if one.id == story.drops and one.requires_evidence]
    said = document(story, {"id": about.id, "title": about.title}).decode()
    assert about.id not in said
    assert [one.criterion for one in suggest(said, criteria=STROKE.criteria)] == [about.id]


@each_team
def test_no_criterion_is_told_of_in_two_ways(story: TeamStory) -> None:
    told = [*story.says_not_met, *story.not_applicable, *story.found_not_met, *story.differ]
    assert sorted(told) == sorted(set(told))


@each_team
def test_it_ends_as_the_rules_say_of_what_the_reviewers_find(story: TeamStory) -> None:
    not_met = {*story.says_not_met, *story.found_not_met}
    settled = {
        one.id: Answer(state="not_applicable", note="agreed")
        if one.id in story.not_applicable
        else Answer(rating="not_met" if one.id in not_met else "met")
        for one in STROKE.applicable(story.profile)
    }
    assert award(score(scheme=STROKE, profile=story.profile, answers=settled)).outcome == story.ends_as


def test_the_three_teams_end_in_three_ways() -> None:
    assert [story.ends_as for story in TEAMS] == ["accredited", "deferred", "accredited_with_excellence"]


def test_reviewers_take_roles_and_come_from_hospitals_that_the_story_has() -> None:
    assert {one.role for one in REVIEWERS} == SEATS
    places = [place for one in REVIEWERS for place in (one.employed_at, one.conflict_with) if place is not None]
    assert [place for place in places if place not in HOSPITALS] == []
    assert {role for story in TEAMS for role in story.differ.values()} <= SEATS


def test_on_the_monday_just_those_are_late_who_are_said_to_be() -> None:
    now = datetime(2026, 11, 30, 9, tzinfo=UTC)

    def is_late(stage: Stage, ago: timedelta) -> bool:
        return late(stage=stage, since=now - ago, timetable=STROKE.timetable, at=now)

    assert is_late(Stage.SELF_ASSESSMENT, LONG_AGO)
    assert [stage for stage in Stage if is_late(stage, WEEKS_AGO)] == [
        Stage.EVIDENCE,
        Stage.ASSIGNMENT,
        Stage.REVIEW,
        Stage.CONSENSUS,
    ]
    assert [stage for stage in Stage if is_late(stage, YESTERDAY)] == []
    risk = STROKE.immediate_risk
    assert risk is not None
    assert risk.reply_within.after(now - YESTERDAY) > now  # it has no answer yet, and there is time for one


def test_the_clock_goes_on_only_when_the_engine_has_nothing_left_to_do() -> None:
    now = datetime(2026, 11, 30, tzinfo=UTC)
    due, later = ({"due_at": at.isoformat()} for at in (now, now + timedelta(seconds=1)))
    assert _nothing_due({"jobs": []}, now)
    assert _nothing_due({"jobs": [later]}, now)
    assert not _nothing_due({"jobs": [later, due]}, now)


def test_a_house_tells_of_the_past_while_its_clock_is_set_back(house: House) -> None:
    own = replace(house, clock=Clock())
    before = own.now()
    own.clock.behind = LONG_AGO
    assert timedelta(0) <= own.now() + LONG_AGO - before < timedelta(minutes=10)


def test_a_monday_on_which_nothing_waits_is_none(house: House) -> None:
    out = io.StringIO()
    assert _waits(Console(file=out, width=500), house) is False
    assert out.getvalue() == (
        "On a Monday, of the second round: 0 late, 0 with a document that is kept back and explained, 0 with an "
        "immediate risk that is not answered, 0 with a review team to confirm, 0 for the committee to decide.\n"
    )


def test_nobody_and_no_hospital_has_a_name_of_its_own() -> None:
    told = (*TEAMS, *WAITING)
    names = [*(story.team for story in told), *(story.organisation for story in told), *(r.name for r in REVIEWERS)]
    assert [name for name in names if not name.startswith("Demonstration ")] == []


def shown(screen_tells: list[tuple[Stage | Heading | None, str, str]], endings: list[Ending]) -> list[str]:
    out = io.StringIO()
    screen = Screen(Console(file=out, width=120, highlight=False))
    for stage, who, what in screen_tells:
        screen.tell(stage, who, what)
    if endings:
        screen.end(endings)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def without_time(line: str) -> str:
    return line.partition(" s  ")[2] or line


def test_each_stage_is_introduced_once_and_every_line_says_who_did_what() -> None:
    told: list[tuple[Stage | Heading | None, str, str]] = [
        (None, "Demonstration Stroke Team One", "enrolled as [a unit]"),
        (Stage.DECISION, "Demonstration Stroke Team One", "as recommended"),
        (Stage.DECISION, "Demonstration Stroke Team Two", "as recommended"),
        (HEADING, "Demonstration Stroke Team Four", "late"),
    ]
    assert [without_time(line) for line in shown(told, [])] == [
        "",
        "Before the start: the college enrols teams and registers reviewers, who declare conflicts of interest",
        "✓ Stroke Team One: enrolled as [a unit]",
        "",
        "Decision: the committee decides",
        "✓ Stroke Team One: as recommended",
        "✓ Stroke Team Two: as recommended",
        "",
        f"Monday: {HEADING[1]}",
        "✓ Stroke Team Four: late",
    ]


def test_the_table_at_the_end_has_a_line_a_team() -> None:
    ends = [
        Ending(
            cycle_id=1, team="Demonstration Stroke Team One", stage=Stage.PUBLISHED, outcome="accredited",
            title="Accredited", awarded=True, valid_until=date(2029, 11, 22), next_level=None, stands_in_the_way=(),
        ),
        Ending(
            cycle_id=2, team="Demonstration Stroke Team Two", stage=Stage.REVIEW, outcome=None, title="-",
            awarded=False, valid_until=None, next_level=None, stands_in_the_way=("1.01",),
        ),
    ]  # fmt: skip
    lines = [" ".join(line.split()) for line in shown([], ends) if line.strip() and "──" not in line]
    assert lines == [
        "How it ended",
        "team stage award valid until in the way of the next level",
        "Stroke Team One published Accredited 22 Nov 2029 nothing: it is the highest level",
        "Stroke Team Two review - - not known yet",
    ]


def test_what_is_in_the_way_is_told_by_the_criteria_that_would_do() -> None:
    choices = (Choice(needed=1, of=("1.01",)), Choice(needed=2, of=("2.01", "2.02", "2.03")))
    assert in_the_way(Improvement(outcome="accredited", title="Accredited", size=3, choices=choices, several=True)) == (
        "Accredited: 1.01; 2 of 2.01, 2.02, 2.03"
    )
    assert in_the_way(None) == "nothing: it is the highest level"
    assert in_the_way(None, awarded=False) == "no set of improvements leads to an award"


def test_the_demonstration_follows_none_of_the_real_engines_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (*OWN, "ACCREDIT_DATA"):
        monkeypatch.setenv(name, "somewhere real")
    fresh(tmp_path)
    assert OWN == ("ACCREDIT_DATABASE_URL", "ACCREDIT_EVIDENCE", "ACCREDIT_WORK_POOL", "ACCREDIT_PREFECT_API_URL")
    assert [os.environ.get(name) for name in OWN] == [None] * 4
    assert os.environ["ACCREDIT_DATA"] == str(tmp_path)


def test_the_next_demonstration_starts_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCREDIT_DATA", "")
    fresh(tmp_path)
    (tmp_path / "records.sqlite").touch()
    (tmp_path / "prefect").mkdir()
    fresh(tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == [MARK, "prefect"]


@pytest.mark.parametrize("held", ["records.sqlite", "key"])
def test_real_records_are_never_taken_for_a_demonstrations(tmp_path: Path, held: str) -> None:
    (tmp_path / held).write_bytes(b"somebody's")
    with pytest.raises(Invalid) as refused:
        fresh(tmp_path)
    assert str(refused.value) == (
        f"--data {tmp_path}: the folder holds records that are no demonstration's; "
        "name a folder that is empty or not there; nothing was touched"
    )
    assert (tmp_path / held).read_bytes() == b"somebody's"


def test_a_setting_that_names_real_records_is_left_alone_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACCREDIT_DATA", raising=False)
    plain = "What they leave is kept in var/demo."
    assert kept_in(Path("var/demo")) == plain
    monkeypatch.setenv("ACCREDIT_DATA", str(Path("var/demo").absolute()))
    assert kept_in(Path("var/demo")) == plain
    monkeypatch.setenv("ACCREDIT_DATA", "x")
    assert kept_in(Path("var/demo")) == (
        f"{plain} ACCREDIT_DATA=x is not followed, as real records may be there; to have the demonstration elsewhere, "
        "name another folder with --data."
    )


def test_in_another_scheme_what_the_team_has_is_offered_and_an_opendocument_text_is_not_taken(house: House) -> None:
    now = house.now()
    begin(house, edition=STROKE, profile=TEAMS[0].profile)
    attach(house, title="Evidence for 7.01", criteria=["7.01"], effective_on=now.date(), at=now)
    found = elsewhere(replace(house, examine=lambda *_: seen(kind=Kind.ODT)), shipped(OTHER).scheme)
    assert found == Elsewhere(
        "'Evidence for 7.01' would also answer 2.16 (7.01 of Stroke services asks more than 2.16: Both want patients "
        "asked every year and a change to show for it; this one carers, complaints and the public as well)",
        "it is odt, and this scheme takes pdf, docx, xlsx, pptx, png, jpeg, txt, csv",
    )
