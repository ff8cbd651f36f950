"""A file of indicators: what its cells say, and every cell that says what cannot be, all at once."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from accreditation.rules.indicators.mapping import Columns, faults_of_columns, guessed, of_audit
from accreditation.rules.indicators.reading import Read, read_figures
from accreditation.rules.indicators.table import Cell, Row, Table
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from tests.walking import scheme

COLUMNS = Columns(
    name="audit", team="Team", organisation="Trust", period="Quarter", values={"2.01": "In an hour", "2.02": "Level"},
    too_few=("TFP",), not_entered=("X",),
)  # fmt: skip
HEAD = ["Team", "Trust", "Quarter", "In an hour", "Level"]

Said = str | Decimal | date | Cell | None


def read(*rows: Sequence[Said], columns: Columns = COLUMNS, period: str = "") -> Read:
    cells = [tuple(one if isinstance(one, Cell) else Cell(value=one) for one in row) for row in rows]
    table = Table(
        name="a.csv", rows=tuple(Row(where=f"a.csv:{at}", number=at, cells=row) for at, row in enumerate(cells, 1))
    )
    return read_figures(table, columns=columns, scheme=scheme(), period=period)


def faults(*rows: Sequence[Said], columns: Columns = COLUMNS, period: str = "") -> list[str]:
    return [str(one) for one in read(*rows, columns=columns, period=period).faults]


def test_levels_and_values_are_read_to_the_last_digit() -> None:
    found = read(
        ["Quarterly results"], HEAD,
        ["North", "North Trust", "2026-Q1", "92.50", "A"],
        [],
        ["South", "South Trust", date(2026, 1, 1), Cell(value=Decimal("0.925"), percent=True), "tfp"],
        ["Far", "Far Trust", "2026", "88 %", "x"],
    )  # fmt: skip
    assert found.faults == ()
    assert [(one.team, one.organisation, one.period.label, dict(one.figures)) for one in found.reported] == [
        ("North", "North Trust", "2026-Q1", {"2.01": Answer(measured="92.50"), "2.02": Answer(level="A")}),
        ("South", "South Trust", "2026-01-01", {
            "2.01": Answer(measured="92.5"), "2.02": Answer(state="too_few_cases", note="published as 'tfp'")}),
        ("Far", "Far Trust", "2026", {"2.01": Answer(measured=88), "2.02": NOT_ANSWERED}),
    ]  # fmt: skip


NUMBER = "a number in %, as in 92.5, or one of 'TFP', 'X'"


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("100.1", "100.1 %; a number from 0 to 100"),
        ("-1", "-1 %; a number from 0 to 100"),
        ("92,5", f"'92,5': a comma, which could part decimals or thousands; write a point for decimals, and no commas; "
                 f"{NUMBER}"),
        ("NaN", f"'NaN': no number; {NUMBER}"),
        ("inf", f"'inf': no number; {NUMBER}"),
        ("1e2", f"'1e2': no number; {NUMBER}"),
        ("n/a", f"'n/a': no number; {NUMBER}"),
        (date(2026, 5, 1), f"'2026-05-01': a date; {NUMBER}"),
        ("1234567890123456789012", f"'1234567890123456789012': more digits than are kept; {NUMBER}"),
        (Cell(fault="the error #N/A"), "the error #N/A; the figure itself"),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_figure_is_named(cell: Said, fault: str) -> None:
    assert faults(HEAD, ["North", "North Trust", "2026-Q1", cell, "A"]) == [f"a.csv:2 column 'In an hour': {fault}"]


def test_every_fault_is_named_at_once() -> None:
    found = faults(
        HEAD,
        ["", "North Trust", "2026-Q1", "92.5", "Z"],
        ["South", "South Trust", "45200", "92.5", "A"],
        ["South", "South Trust", "", "TFP", "A"],
    )
    assert found == [
        "a.csv:2 column 'Team': empty; who the figures are of",
        "a.csv:2 column 'Level': 'Z'; A, B, C, TFP, X, (empty)",
        "a.csv:3 column 'Quarter': '45200': Excel's count of days, which would be 2023-10-01; a day (2023-10-01), a "
        "month (2023-10), a quarter (2023-Q4 or Oct-Dec 2023), a year (2023 or 2023/24)",
        "a.csv:4 column 'Quarter': empty; a day (2023-10-01), a month (2023-10), a quarter (2023-Q4 or Oct-Dec 2023), "
        "a year (2023 or 2023/24)",
    ]


def test_headings_that_lack_stand_twice_or_are_merged_are_named_at_once() -> None:
    merged = Cell(value="Level", fault="it is part of the merged cells D1:E1")
    assert faults(["Team", "Quarters", "Team", merged], ["North", "2026", "x", "A"]) == [
        "a.csv:1: the column 'Team' stands there 2 times; a heading of its own for each column",
        "a.csv:1: there is no column 'Trust'; columns here: Team, Quarters, Team, Level",
        "a.csv:1: there is no column 'Quarter' (did you mean Quarters?); columns here: Team, Quarters, Team, Level",
        "a.csv:1: there is no column 'In an hour'; columns here: Team, Quarters, Team, Level",
        "a.csv:1 column 'Level': it is part of the merged cells D1:E1; one cell a heading",
    ]
    assert faults() == ["a.csv: it is empty; a row of headings: Team, Trust, Quarter, In an hour, Level"]


def test_what_the_columns_or_the_file_have_besides_is_noted() -> None:
    few = COLUMNS.model_copy(update={"values": {"2.02": "Level"}})
    found = read([*HEAD, "Notes"], ["North", "North Trust", "2026", "92.5", "A", ""], columns=few)
    assert (found.faults, found.notes) == (
        (), ("measured criteria without a column: 2.01", "columns that are not used: In an hour, Notes"),
    )  # fmt: skip


def test_percentages_of_which_none_is_above_one_are_noted() -> None:
    rows = [["North", "North Trust", f"2026-0{month}", "0.9", "A"] for month in range(1, 6)]
    noted = "column 'In an hour': no value is above 1 %: are these shares, as 0.9 for 90 %?"
    assert (read(HEAD, *rows).notes, read(HEAD, *rows[1:]).notes) == ((noted,), ())


def test_a_period_is_picked_or_said_where_no_column_says_it() -> None:
    both = [HEAD, ["North", "North Trust", "2026-Q1", "1", "A"], ["North", "North Trust", "2025-Q4", "2", "B"]]
    assert [one.period.label for one in read(*both, period="2025-Q4").reported] == ["2025-Q4"]
    assert faults(*both, period="2024-Q4") == [
        "a.csv column 'Quarter': no line of '2024-Q4' (did you mean 2025-Q4?); periods here: 2025-Q4, 2026-Q1"
    ]
    bare = COLUMNS.model_copy(update={"period": None})
    assert [one.period.label for one in read(*both[:2], columns=bare, period="2026").reported] == ["2026"]
    assert [one.split(";")[0] for one in faults(*both, columns=bare)] == ["period: not given, and no column says it"]
    assert [one.split(";")[0] for one in faults(*both, period="autumn")] == ["period: 'autumn'"]


def test_columns_that_cannot_be_are_named_at_once() -> None:
    wrong = Columns(
        name="audit", organisation="Trust", period="Trust", values={"1.01": "Lead", "9.99": "Other", "2.01": "Lead"}
    )
    assert [str(one) for one in faults_of_columns(wrong, scheme())] == [
        "columns: none names the team; a column for team, or for ods_code",
        "column for 1.01: it is not measured by one figure; a measured criterion: 2.01, 2.02",
        "column for 9.99: the edition has no such criterion; a measured criterion: 2.01, 2.02",
        "column for period: 'Trust' is the column for organisation already; a column of its own for each",
        "column for 2.01: 'Lead' is the column for 1.01 already; a column of its own for each",
    ]
    assert faults_of_columns(COLUMNS, scheme()) == ()


def test_a_schemes_own_audit_says_its_columns_and_headings_are_guessed_by_what_they_say() -> None:
    assert of_audit(scheme(), "audit") == Columns(
        name="audit", team="team", organisation="trust", period="quarter", values={"2.02": "t_scan"},
        not_entered=("",),
    )  # fmt: skip
    assert of_audit(scheme(), "other") is None
    assert guessed(scheme(), ["Team", "scan within  an hour", "T_SCAN", "1.01"]) == {
        "2.01": "scan within  an hour", "2.02": "T_SCAN",
    }  # fmt: skip
