"""accredit standards replay: rows counted, mismatches named, nothing ever a traceback."""

from importlib import import_module
from pathlib import Path

import pytest

from accreditation.library import load
from accreditation.scheme.read import Standard
from tests.commands.conftest import Accredit, Said
from tests.shipped import STANDARDS, shipped

pytestmark = pytest.mark.xdist_group("standards that ship")

SSNAP = STANDARDS / "ssnap"
REAL = Path(__file__).parents[3] / "shared" / "data" / "ssnap" / "team_results.csv"
"""The audit's results that a published table has; not part of the project."""

DOMAINS = (
    "scanning", "stroke_unit", "thrombolysis", "specialist_assessments", "occupational_therapy", "physiotherapy",
    "speech_and_language_therapy", "mdt_working", "standards_by_discharge", "discharge_processes",
)  # fmt: skip
HEADINGS = ",".join(
    (
        "quarter_start,team,case_ascertainment,audit_compliance",
        *(f"{kind}_{domain}" for kind in "pt" for domain in DOMAINS),
        "p_ki_score,p_ssnap_score,p_ssnap_level,t_ki_score,t_ssnap_score,t_ssnap_level",
        "ki_score,ki_level,ssnap_score,ssnap_level",
    )
)
NORTH = "2020-01-01,North,A,C,B,B,C,A,A,C,E,B,B,D,B,B,C,A,A,C,E,A,B,D,70,63,C,72,64.8,C,71,B,63.9,C"
FIRST_HOURS_ELSEWHERE = (
    "2020-01-01,South,A,A,,A,TFP,,A,A,A,A,A,None entered,,C,,,C,C,C,C,C,,100,100,A,60,60,C,80,B,80,B"
)


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The standard takes a second to read and is the same for every table."""

    def read(folder: Path) -> Standard:
        return shipped("ssnap") if folder == SSNAP else load(folder)

    monkeypatch.setattr(import_module("accreditation.commands.standards.replay"), "load", read)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "results.csv"


def replayed(accredit: Accredit, table: Path, *rows: str, words: tuple[object, ...] = ()) -> Said:
    table.write_text("\n".join([HEADINGS, *rows]) + "\n")
    return accredit("standards", "replay", SSNAP, table, *words)


def test_rows_that_follow_their_rule_match_in_everything(accredit: Accredit, table: Path) -> None:
    said = replayed(accredit, table, NORTH, FIRST_HOURS_ELSEWHERE)
    lines = said.out.splitlines()
    assert (said.code, said.err, lines[1:5]) == (
        0,
        "",
        [
            "  2 rows, 2 match in everything, 0 differ",
            "Matches by output (a score matches within 0.1, as the mapping says)",
            "        2 of       2  score p_ki (p_ki_score)",
            "        2 of       2  score t_ki (t_ki_score)",
        ],
    )
    assert (len(lines), lines[-1].endswith(" rows/s")) == (14, True)


def test_every_mismatch_is_named_with_what_was_published_and_what_follows(accredit: Accredit, table: Path) -> None:
    said = replayed(accredit, table, NORTH, NORTH.replace("North", "East").replace(",70,63,C,", ",70.2,63,B,"))
    lines = said.out.splitlines()
    assert (said.code, lines[1]) == (1, "  2 rows, 1 match in everything, 1 differ")
    assert lines[lines.index("Mismatches") + 1 : -1] == [
        "  East, 2020-01-01: score p_ki published 70.2, recomputed 70.0",
        "  East, 2020-01-01: level p_ssnap published B, recomputed C",
    ]


def test_a_mismatch_is_explained_where_that_is_asked_for(accredit: Accredit, table: Path) -> None:
    said = replayed(accredit, table, NORTH.replace(",63.9,C", ",73.9,C"), words=("--explain",))
    lines = said.out.splitlines()
    assert lines[lines.index("Mismatches") + 1 : -1] == [
        "  North, 2020-01-01: score ssnap published 73.9, recomputed 63.9",
        "      Adjusted score: 63.9, level C (at least 60 and less than 70), from Adjusted score, patient-centred: 63 "
        "(level C); Adjusted score, team-centred: 64.8 (level C)",
    ]


def test_no_more_mismatches_are_shown_than_asked_for(accredit: Accredit, table: Path) -> None:
    wrong = NORTH.replace(",70,63,C,", ",75,63,A,")
    said = replayed(accredit, table, wrong, wrong, words=("--limit", 1))
    lines = said.out.splitlines()
    assert lines[lines.index("Mismatches") + 1 : -1] == [
        "  North, 2020-01-01: score p_ki published 75, recomputed 70.0", "  and 3 more",
    ]  # fmt: skip


def test_words_that_nobody_named_leave_the_mean_and_are_told(accredit: Accredit, table: Path) -> None:
    said = replayed(accredit, table, FIRST_HOURS_ELSEWHERE.replace("TFP", "see note"))
    told = "Cells that are no answer and count as not answered, as the mapping says: 'see note' in 1"
    assert (said.code, told in said.out.splitlines()) == (0, True)


def test_a_cell_that_says_nothing_known_is_told_with_its_line_and_column(accredit: Accredit, table: Path) -> None:
    rows = [NORTH, NORTH.replace(",63.9,C", ",much,C"), "", "only,two", f'{NORTH[:-1]}"C"x', NORTH, ",,,,"]
    said = replayed(accredit, table, *rows)
    lines = said.out.splitlines()
    assert (said.code, lines[1:3]) == (1, ["  5 rows, 2 match in everything, 0 differ", "  3 rows cannot be read"])
    start = lines.index("Not readable") + 1
    assert [line.split(";")[0] for line in lines[start:-1]] == [
        f"  {table}:3 column 'ssnap_score': 'much' is no score",
        f"  {table}:5 the whole row: 2 cells under 34 headings",
        f"  {table}:6 the whole row: not CSV: a cell goes on behind its closing double quote",
    ]


def test_results_that_are_empty_are_not_compared(accredit: Accredit, table: Path) -> None:
    nothing = NORTH[: NORTH.index(",70,63")] + "," * 10
    said = replayed(accredit, table, NORTH, nothing)
    assert (said.code, said.out.splitlines()[1:3]) == (
        0, ["  2 rows, 1 match in everything, 0 differ", "  1 rows have nothing to compare"],
    )  # fmt: skip
    assert replayed(accredit, table, nothing).code == 2


def test_semicolons_and_a_byte_order_mark_are_read_too(accredit: Accredit, table: Path) -> None:
    table.write_bytes(b"\xef\xbb\xbf" + f"{HEADINGS}\r\n{NORTH}\r\n".replace(",", ";").encode())
    assert accredit("standards", "replay", SSNAP, table).code == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no headings"),
        (b"PK\x03\x04 and more", "a workbook, not CSV"),
        ("team,ki".encode("utf-16"), "not UTF-8 text"),
        (b"x" * 1_000_001, "a line of more than 1000000 characters"),
        (b'"team"x,ki\n', "not CSV"),
        (HEADINGS.replace("t_scanning", "t_scaning").encode(), "no column 't_scanning' (did you mean t_scaning?)"),
        (HEADINGS.encode(), ""),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_compared_ends_with_code_2(
    accredit: Accredit, table: Path, content: bytes, said: str
) -> None:
    table.write_bytes(content)
    found = accredit("standards", "replay", SSNAP, table)
    assert (found.code, said in found.err) == (2, True)


def test_files_that_are_not_there_end_with_code_2(accredit: Accredit, table: Path, tmp_path: Path) -> None:
    assert accredit("standards", "replay", SSNAP, table).err.splitlines() == [
        f"{table}: cannot be read: No such file or directory; name a CSV file"
    ]
    table.write_text(HEADINGS)
    mapping = tmp_path / "mapping.yaml"
    found = accredit("standards", "replay", SSNAP, table, "--mapping", mapping)
    assert (found.code, found.err.splitlines()) == (
        2,
        [
            f"{mapping}: cannot be read: No such file or directory; write it beside scheme.yaml as replay.yaml, "
            "or name it with --mapping"
        ],
    )
    assert accredit("standards", "replay", tmp_path, table).code == 2


if REAL.exists():

    def test_all_but_four_of_the_published_team_results_are_recomputed(accredit: Accredit) -> None:
        said = accredit("standards", "replay", SSNAP, REAL)
        lines = said.out.splitlines()
        assert (said.code, lines[1]) == (1, "  3,349 rows, 3,345 match in everything, 4 differ")
        told = lines[lines.index("Mismatches") + 1 : -1]
        assert list(dict.fromkeys(line.split(":")[0].strip() for line in told)) == [
            "University Hospital Coventry, 2014-04-01",
            "Wexham Park Hospital, 2021-04-01",
            "Wexham Park Hospital, 2021-10-01",
            "Royal Glamorgan, 2023-10-01",
        ]
