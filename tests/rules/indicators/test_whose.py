"""Whose figures a line has: by ODS code, by organisation and name, or by a name that only one team has."""

from datetime import date

import pytest

from accreditation.rules.indicators.periods import Period
from accreditation.rules.indicators.reading import Reported
from accreditation.rules.indicators.whose import KnownTeam, match_teams
from accreditation.scheme.answer import Answer

KNOWN = (
    KnownTeam(id=1, name="North", organisations=("North Trust", "Old North Trust"), codes=("RX1", "RX9")),
    KnownTeam(id=2, name="Stroke Unit", organisations=("South Trust",), codes=("RX2",)),
    KnownTeam(id=3, name="Stroke Unit", organisations=("West Trust",), codes=("RX3",)),
    KnownTeam(id=4, name="Ward 2", organisations=("West Trust",), codes=("RX3",), before=("Ward 2", "Ward B", "North")),
)


def line(team: str = "", organisation: str = "", ods_code: str = "", level: str = "A") -> Reported:
    return Reported(
        where=f"a.csv:{team}", team=team, organisation=organisation, ods_code=ods_code,
        period=Period(label="2026", begins=date(2026, 1, 1)), figures={"2.02": Answer(level=level)},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "team"),
    [
        (line("North", "North Trust"), 1),
        (line(" north ", "NORTH  trust"), 1),
        (line("North", "Old North Trust"), 1),
        (line("North"), 1),
        (line(ods_code="rx9"), 1),
        (line("Stroke Unit", ods_code="RX3"), 3),
        (line("Stroke Unit", "South\u00a0Trust"), 2),
        (line("ward b", "West Trust"), 4),
    ],
)
def test_a_line_is_of_the_team_that_it_names(said: Reported, team: int) -> None:
    found = match_teams([said], KNOWN)
    assert (list(found.reported), found.unknown, found.faults) == ([(team, "2026")], (), ())


@pytest.mark.parametrize(
    ("said", "unknown"),
    [
        (line("North", "South Trust"), "no team 'North (South Trust)' is known here; the nearest that is known: North "
                                       "(North Trust)"),
        (line("Nort", "North Trust"), "no team 'Nort (North Trust)' is known here; the nearest that is known: North "
                                      "(North Trust)"),
        (line("Quite", "Other"), "no team 'Quite (Other)' is known here; a team that is registered, under its name "
                                 "here"),
        (line(ods_code="RX7"), "no team 'RX7' is known here; a team that is registered, under its name here"),
    ],
)  # fmt: skip
def test_a_line_of_no_team_is_told_with_the_nearest(said: Reported, unknown: str) -> None:
    found = match_teams([said], KNOWN)
    assert (found.reported, [str(one) for one in found.unknown]) == ({}, [f"{said.where}: {unknown}"])


def test_a_line_that_could_be_of_several_teams_is_a_fault() -> None:
    found = match_teams([line("Stroke Unit"), line(ods_code="RX3")], KNOWN)
    assert [str(one).partition(";")[0] for one in found.faults] == [
        "a.csv:Stroke Unit: 'Stroke Unit' could be Stroke Unit (South Trust) or Stroke Unit (West Trust)",
        "a.csv:: 'RX3' could be Stroke Unit (West Trust) or Ward 2 (West Trust)",
    ]


def test_two_lines_that_say_the_same_are_one_and_others_contradict() -> None:
    same = match_teams([line("North"), line("North", "North Trust")], KNOWN)
    assert (len(same.reported), same.faults) == (1, ())
    other = match_teams([line("North"), line("North", "North Trust", level="B")], KNOWN)
    assert [one.found.partition("contradict: ")[2] for one in other.faults] == [
        "2.02 is level A there and level B here"
    ]
