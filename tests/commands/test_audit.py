"""accredit audit: columns said once, a preview, and figures of any quarter brought in from CSV or Excel."""

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from accreditation.records import answers, cycles, indicators
from accreditation.scheme.model import AuditLevel
from accreditation.wiring import House
from tests.commands.conftest import Accredit
from tests.journeys.warm import ROOT
from tests.shipped import shipped
from tests.walking import ROUND, begin, nothing_kept

SSNAP = Path(__file__).parents[3] / "shared" / "data" / "ssnap" / "team_results.csv"
HEAD = ["Team", "Trust", "Quarter", "In an hour", "t_scan"]


@pytest.fixture
def kept_round(kept: House) -> House:
    begin(kept)
    return kept


def table(file: Path, *rows: Sequence[str], head: Sequence[str] = HEAD, part: str = ",") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=part).writerows([head, *rows])
    file.write_text(out.getvalue())
    return file


def mapped(accredit: Accredit) -> None:
    said = accredit(
        "audit", "map", ROUND, "registry", "--column", "team=Team", "--column", "organisation=Trust", "--column",
        "period=Quarter", "--column", "2.01=In an hour", "--column", "2.02=t_scan", "--too-few", "TFP",
        "--not-entered", "X",
    )  # fmt: skip
    assert (said.code, said.err, said.out.splitlines()[-1]) == (0, "", "Kept.")


def test_columns_are_said_once_shown_and_used_again(accredit: Accredit, kept_round: House, tmp_path: Path) -> None:
    mapped(accredit)
    assert accredit("audit", "map", ROUND, "registry").out.splitlines() == [
        "registry: how its files are read for small",
        "  team: 'Team'", "  organisation: 'Trust'", "  period: 'Quarter'",
        "  2.01 Scan within an hour: 'In an hour'", "  2.02 Audit level: 't_scan'",
        "  too few cases: 'TFP'", "  not entered: 'X'",
    ]  # fmt: skip
    assert accredit("audit", "map", ROUND, "registry", "--too-few", "TFP").out.splitlines()[-1] == (
        "These columns stood already; nothing was changed."
    )
    for quarter, value in (("2025-Q4", "80"), ("2026-Q1", "92.5")):
        file = table(tmp_path / "q.csv", ["North", "North Trust", quarter, value, "B"], part=";")
        said = accredit("audit", "import", ROUND, file, "--name", "registry", "--yes")
        assert (said.code, said.err) == (0, "")
    with kept_round.database.reading() as session:
        row = answers.self_ratings(session, [1])[1]["2.01"]
    assert (row.measured, row.source) == ("92.5", "registry 2026-Q1")


def test_a_preview_tells_what_would_change_and_keeps_nothing(
    accredit: Accredit, kept_round: House, tmp_path: Path
) -> None:
    mapped(accredit)
    file = table(
        tmp_path / "q.csv",
        ["North", "North Trust", "2026-Q1", "92.5", "TFP"],
        ["Nort", "North Trust", "2026-Q1", "1", "X"],
    )
    with nothing_kept(kept_round):
        said = accredit("audit", "import", ROUND, file, "--name", "registry")
    assert (said.code, said.err, said.out.splitlines()) == (0, "", [
        f"registry, {file}: 2 lines, of 2026-Q1",
        "2 figures of 1 team that are new:",
        "  North (North Trust) 2.01, 2026-Q1: 92.5",
        "  North (North Trust) 2.02, 2026-Q1: too few cases",
        "2 answers that would follow from them:",
        "  cycle 1, North (North Trust) 2.01: not answered, would become 92.5 (registry 2026-Q1)",
        "  cycle 1, North (North Trust) 2.02: not answered, would become too few cases (registry 2026-Q1)",
        "0 answers of teams that differ: each would be left as it is.",
        "1 lines of teams that are not known here:",
        f"  {file}:3: no team 'Nort (North Trust)' is known here; the nearest that is known: North (North Trust)",
        f"Nothing was kept. To keep it: accredit audit import {ROUND} {file} --name registry --skip-unknown --yes",
    ])  # fmt: skip
    with nothing_kept(kept_round):
        refused = accredit("audit", "import", ROUND, file, "--name", "registry", "--yes")
    assert (refused.code, refused.err.splitlines()) == (
        1,
        [f"{file}:3: no team 'Nort (North Trust)' is known here; the nearest that is known: North (North Trust)"],
    )
    done = accredit("audit", "import", ROUND, file, "--name", "registry", "--skip-unknown", "--yes")
    assert done.out.splitlines()[-1].startswith(f"  {file}:3: no team 'Nort")
    with nothing_kept(kept_round):
        again = accredit("audit", "import", ROUND, file, "--name", "registry", "--skip-unknown", "--yes")
    assert again.out.splitlines()[1:3] == [
        "0 figures of 1 team that were new.", "0 answers that follow from them.",
    ]  # fmt: skip


def test_every_fault_is_named_by_its_line_and_nothing_is_kept(
    accredit: Accredit, kept_round: House, tmp_path: Path
) -> None:
    mapped(accredit)
    file = table(
        tmp_path / "q.csv", ["North", "North Trust", "2026-Q1", "101", "Z"], ["South", "South Trust", "46023", "1", "A"]
    )
    with nothing_kept(kept_round):
        said = accredit("audit", "import", ROUND, file, "--name", "registry", "--yes")
    assert (said.code, [one.split(";")[0] for one in said.err.splitlines()]) == (1, [
        f"{file}:2 column 'In an hour': 101 %",
        f"{file}:2 column 't_scan': 'Z'",
        f"{file}:3 column 'Quarter': '46023': Excel's count of days, which would be 2026-01-01",
        f"{file}: nothing was kept",
    ])  # fmt: skip


def test_a_workbook_is_read_as_it_is_shown(accredit: Accredit, kept_round: House, tmp_path: Path) -> None:
    made = Workbook()
    page = made.active
    assert page is not None
    for row in (["Results of the quarter"], ["Team", "Scan within an hour", "Period"], ["North", 0.925, "2026-Q1"]):
        page.append(row)
    page["B3"].number_format = "0.0%"
    made.save(tmp_path / "q.xlsx")
    told = accredit("audit", "map", ROUND, "local", "--like", tmp_path / "q.xlsx")
    assert (told.err, told.out.splitlines()[1:]) == ("", [
        "  team: 'Team'", "  period: 'Period'", "  2.01 Scan within an hour: 'Scan within an hour'",
        "  measured criteria without a column: 2.02", "Kept.",
    ])  # fmt: skip
    assert accredit("audit", "import", ROUND, tmp_path / "q.xlsx", "--name", "local", "--yes").err == ""
    with kept_round.database.reading() as session:
        assert answers.self_ratings(session, [1])[1]["2.01"].measured == "92.5"


def test_whose_file_it_is_is_asked_where_several_are_known(
    accredit: Accredit, kept_round: House, tmp_path: Path
) -> None:
    mapped(accredit)
    file = table(tmp_path / "q.csv", ["North", "North Trust", "2026-Q1", "1", "A"])
    assert accredit("audit", "import", ROUND, file).err == "--name: not given; one of these: audit, registry\n"
    assert accredit("audit", "import", ROUND, file, "--name", "x").err == "--name: 'x'; one of these: audit, registry\n"
    assert accredit("audit", "map", ROUND, "new", "--column", "9=A", "--column", "B").err.splitlines() == [
        "--column: 'B'; FIELD=COLUMN: team, organisation, ods_code, period, or a criterion's id"
    ]
    assert accredit("audit", "map", ROUND, "new", "--column", "9=A").err.splitlines() == [
        "columns: none names the team; a column for team, or for ods_code",
        "column for 9: the edition has no such criterion; a measured criterion: 2.01, 2.02",
    ]
    assert accredit("audit", "import", ROUND, tmp_path / "none.csv", "--name", "audit").err == (
        f"{tmp_path / 'none.csv'}: cannot be read: No such file or directory; name a CSV file or an Excel workbook\n"
    )


POINTS = {"A": 100, "B": 80, "C": 60, "D": 40, "E": 20}
"""What a level counts in the audit's own score, which is the mean over its ten domains."""

QUARTERS = ("2022-10-01", "2023-04-01", "2023-10-01")

ASKED = {
    one.measure.indicator: one.id for one in shipped("stroke").scheme.criteria if isinstance(one.measure, AuditLevel)
}
"""Column of the audit -> the criterion of the stroke standard that it answers."""


def national(file: Path) -> list[dict[str, str]]:
    """Lines of three quarters as the national audit published them, where its file is there; else lines like them."""
    if not SSNAP.exists():
        made = (
            ("2022-10-01", "ABCDEABCDE"),
            ("2023-04-01", ["B", "TFP", "X", *"EEEEEEE"]),
            ("2023-10-01", "CCCCCCCCCA"),
        )
        where = {"network": "Hills", "trust": "Hill Trust", "team": "Hill"}
        rows = [{"quarter_start": at, **where, **dict(zip(ASKED, cells, strict=True))} for at, cells in made]
        rows = [row | {"t_ki_score": str(score(row) or "")} for row in rows]
    else:
        with SSNAP.open(newline="") as lines:
            known = list(csv.DictReader(lines))
        rows = [row for quarter in QUARTERS for row in [one for one in known if one["quarter_start"] == quarter][:25]]
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return rows


def score(levels: Mapping[str, str]) -> int | None:
    """The audit's own score of a team, from its levels; None where one of them is none."""
    points = [POINTS.get(levels[column]) for column in ASKED]
    known = [one for one in points if one is not None]
    return round(sum(known) / len(known)) if len(known) == len(points) else None


def test_three_quarters_of_the_national_audit_fill_the_stroke_standard(
    accredit: Accredit, kept: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accreditation.commands.rounds.work_until_idle", lambda _house, *, progress: 0)
    file = tmp_path / "results.csv"
    rows = national(file)
    folder = ROOT / "standards" / "stroke"
    assert accredit("round", "open", folder, "--audit", file, "--quarter", QUARTERS[0]).code == 0
    for quarter in QUARTERS[1:]:
        assert accredit("audit", "import", ROUND, file, "--period", quarter, "--skip-unknown", "--yes").code == 0
    with nothing_kept(kept):
        assert accredit("audit", "import", ROUND, file, "--skip-unknown", "--yes").code == 0

    published = {(row["team"], row["trust"], row["quarter_start"]): row for row in rows}
    criteria = {criterion: column for column, criterion in ASKED.items()}
    with kept.database.reading() as session:
        teams = indicators.known_teams(session, "stroke")
        figures = {team.id: indicators.of_team(session, "stroke", team.id) for team in teams}
        cycle_of = {now.cycle.team_id: now.id for now in cycles.several(session, round_id=ROUND)}
        given = answers.self_ratings(session, cycle_of.values())
    compared = 0
    for team in teams:
        kept_levels: dict[str, dict[str, str]] = {}
        for one in figures[team.id]:
            line = published[team.name, team.organisations[0], one.period]
            if one.level is None:
                assert (one.state, line[criteria[one.criterion]] in POINTS) == ("too_few_cases", False)
                continue
            assert one.level == line[criteria[one.criterion]]
            kept_levels.setdefault(one.period, {})[criteria[one.criterion]] = one.level
        for period, levels in kept_levels.items():
            line = published[team.name, team.organisations[0], period]
            found = score({**dict.fromkeys(ASKED, ""), **levels})
            if found is not None and line["t_ki_score"]:
                compared += 1
                assert found == Decimal(line["t_ki_score"])
        for name, row in given[cycle_of[team.id]].items():
            newest = max((one.period, one.level) for one in figures[team.id] if one.criterion == name)
            assert (row.source, row.level) == (f"ssnap {newest[0]}", newest[1])
    assert compared >= 2, "scores were compared"
