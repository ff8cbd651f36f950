"""accredit import teams: a college's list of teams, every faulty line named, nothing imported twice."""

from pathlib import Path

import pytest

from accreditation.ledger.entries import head
from accreditation.wiring import House
from tests.commands.conftest import Accredit

REAL = Path(__file__).parents[3] / "shared" / "data" / "stroke_units" / "stroke_hospitals_2022.csv"
"""The hospitals that a published list has; not part of the project."""

TWO = "team,organisation,ods_code,network\nNorth,North Trust,RAA,Hills\nSouth,South Trust,,\n"
CLOSED = "a double quote is opened and never closed"
BEHIND = "a cell goes on behind its closing double quote"
HINT = ". Where the file names it differently, say --column 'FIELD=COLUMN'"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "teams.csv"


def imported(accredit: Accredit, file: Path, text: str | bytes, *more: str) -> tuple[int, list[str], list[str]]:
    """Import this text as a file of stroke teams; says the exit code, and the lines that were said."""
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    said = accredit("import", "teams", file, "--service-line", "stroke", *more)
    return said.code, said.out.splitlines(), said.err.splitlines()


def test_a_good_file_is_imported_once(accredit: Accredit, kept: House, file: Path) -> None:
    assert imported(accredit, file, TWO) == (
        0, ["2 teams read: 2 new, 0 known already; 2 new organisations."], [],
    )  # fmt: skip
    with kept.database.reading() as session:
        before = head(session)
    assert imported(accredit, file, TWO) == (
        0, ["2 teams read: 0 new, 2 known already; 0 new organisations."], [],
    )  # fmt: skip
    with kept.database.reading() as session:
        assert head(session) == before


def test_columns_that_are_there_are_read_without_being_named(accredit: Accredit, kept: House, file: Path) -> None:
    imported(accredit, file, TWO)
    with kept.database.reading() as session:
        from sqlalchemy import text

        found = session.execute(text("SELECT ods_code, network FROM organisation ORDER BY id")).all()
    assert [tuple(row) for row in found] == [("RAA", "Hills"), (None, "")]


def test_a_column_of_another_name_can_be_told(accredit: Accredit, file: Path) -> None:
    text = "Stroke Team,Trust\nNorth,North Trust\n"
    columns = ("--column", "team=Stroke Team", "--column", "organisation=Trust")
    assert imported(accredit, file, text, *columns)[0] == 0


def test_every_missing_column_is_named_with_what_to_do(accredit: Accredit, file: Path) -> None:
    assert imported(accredit, file, "Team,trust\nNorth,North Trust\n") == (
        1, [], [
            f"{file}:1: there is no column 'team' (did you mean Team?); columns here: Team, trust{HINT}",
            f"{file}:1: there is no column 'organisation'; columns here: Team, trust{HINT}",
        ],
    )  # fmt: skip


def test_a_column_that_stands_there_twice_is_refused(accredit: Accredit, file: Path) -> None:
    said = imported(accredit, file, "team,organisation,region,region\nNorth,North Trust,Wales,England\n")
    assert said == (1, [], [f"{file}:1: the column 'region' stands there twice; leave one of them, or rename one"])


def test_a_column_option_that_cannot_be_read_is_refused(accredit: Accredit, file: Path) -> None:
    allowed = "FIELD=COLUMN with one of team, organisation, ods_code, network, region, place"
    assert imported(accredit, file, TWO, "--column", "nonsense", "--column", "town=Town") == (
        1, [], [f"--column: 'nonsense'; {allowed}", f"--column: 'town=Town'; {allowed}"],
    )  # fmt: skip


FAULTY = "team,organisation\nNorth,Hill, Dale and North Trust\nSouth,South Trust\nWest,\nEast,  East Trust\n"
COMMA = "put a cell that holds a comma in double quotes"


def test_shifted_and_empty_cells_are_named_and_nothing_is_imported(accredit: Accredit, kept: House, file: Path) -> None:
    assert imported(accredit, file, FAULTY) == (
        1, [], [
            f"{file}:2 the whole line: it has more cells than there are headings: "
            f"one of them seems to hold a comma; {COMMA}",
            f"{file}:4 column 'organisation': empty; 1 to 200 characters on one line",
            f"{file}:5 column 'organisation': '  East Trust' begins with a space: "
            f"the cell before it seems to hold a comma; {COMMA}",
            f"{file}: 3 faults; nothing was imported; mend them, or say --skip-faulty",
        ],
    )  # fmt: skip
    with kept.database.reading() as session:
        assert head(session)[0] == 0


def test_the_good_lines_are_imported_where_that_is_asked_for(accredit: Accredit, file: Path) -> None:
    code, out, err = imported(accredit, file, FAULTY, "--skip-faulty")
    assert (code, [line.partition(":")[0] for line in out[:-1]], err) == (0, ["left out"] * 3, [])
    assert out[-1] == "1 team read: 1 new, 0 known already; 1 new organisation."


def test_what_is_no_csv_in_utf8_is_refused(accredit: Accredit, file: Path, tmp_path: Path) -> None:
    assert imported(accredit, file, b"team,organisation\nNorth,\xff\xfe\n") == (
        1, [], [f"{file}:2: not UTF-8 text; save it as CSV in UTF-8 (in Excel: 'CSV UTF-8')"],
    )  # fmt: skip
    assert imported(accredit, file, "")[::2] == (
        1, [f"{file}:1: there is no column '{name}'; columns here: none{HINT}" for name in ("team", "organisation")],
    )  # fmt: skip
    folder = accredit("import", "teams", tmp_path, "--service-line", "stroke")
    assert (folder.code, folder.err) == (1, f"{tmp_path}: cannot be read: Is a directory; name a CSV file\n")
    missing = accredit("import", "teams", tmp_path / "missing", "--service-line", "stroke")
    assert (missing.code, missing.err) == (
        1, f"{tmp_path}/missing: cannot be read: No such file or directory; name a CSV file\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "words", "part"),
    [
        ('team,organisation\nNorth,North Trust\n"South,South Trust\n', 3, CLOSED, "a comma"),
        ('team;organisation\n"North" x;North Trust\n', 2, BEHIND, "a semicolon"),
        ('team\t"organisation\n', 1, CLOSED, "a tab"),
    ],
)
def test_what_is_no_csv_is_told_by_the_line_where_it_begins(
    text: str, line: int, words: str, part: str, accredit: Accredit, file: Path
) -> None:
    allowed = f"lines with {part} between cells; text in double quotes, and a double quote in it twice"
    assert imported(accredit, file, text) == (1, [], [f"{file}:{line}: not CSV: {words}; {allowed}"])


@pytest.mark.parametrize("text", [TWO.replace(",", ";"), TWO.replace(",", "\t"), TWO.replace("\n", "\r")])
def test_a_list_is_read_as_spreadsheets_of_any_country_write_it(text: str, accredit: Accredit, file: Path) -> None:
    assert imported(accredit, file, text) == (
        0, ["2 teams read: 2 new, 0 known already; 2 new organisations."], [],
    )  # fmt: skip


def test_a_semicolon_too_many_is_told_as_one(accredit: Accredit, file: Path) -> None:
    code, _, err = imported(accredit, file, "team;organisation\nNorth;Hill; Dale Trust\n")
    assert (code, err[0]) == (
        1, f"{file}:2 the whole line: it has more cells than there are headings: one of them seems to hold a "
        "semicolon; put a cell that holds a semicolon in double quotes",
    )  # fmt: skip


def test_a_service_line_without_a_name_is_refused(accredit: Accredit, file: Path) -> None:
    file.write_text(TWO)
    said = accredit("import", "teams", file, "--service-line", "")
    assert (said.code, said.err.splitlines()[0]) == (
        1, f"{file}:2 --service-line: empty; 1 to 60 characters on one line",
    )  # fmt: skip


if REAL.exists():

    def test_the_published_list_of_hospitals_has_nine_faulty_lines_and_133_teams(accredit: Accredit) -> None:
        columns = ("--column", "team=Stroke Team", "--column", "organisation=Health Board / Trust")
        said = accredit("import", "teams", REAL, "--service-line", "stroke", *columns)
        assert (said.code, said.err.splitlines()[-1]) == (
            1, f"{REAL}: 9 faults; nothing was imported; mend them, or say --skip-faulty",
        )  # fmt: skip
        said = accredit("import", "teams", REAL, "--service-line", "stroke", *columns, "--skip-faulty")
        assert (said.code, said.out.splitlines()[-1]) == (
            0, "133 teams read: 133 new, 0 known already; 110 new organisations.",
        )  # fmt: skip
