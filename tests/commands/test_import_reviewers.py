"""accredit import reviewers: a college's list of reviewers as it is now; every fault named, nothing half-done."""

from pathlib import Path

import pytest

from accreditation.actions.publish_edition import publish_edition
from accreditation.ledger.entries import head
from accreditation.views.college import reviewer_pool
from accreditation.wiring import House
from tests.commands.conftest import Accredit
from tests.walking import AT, OFFICE, scheme

TEAMS = "team,organisation\nNorth,North Trust\nSouth,South Trust\n"
LIST = (
    "reviewer,roles,capacity,employer,specialties,visits_done,worked_at,unavailable,region,place,prefers,rather_not\n"
    "Physician 1,lead;any,2,North Trust,stroke;falls,4,South Trust until 2024-05-31,2027-01-04..2027-01-15,Wales,"
    '"51.5, -3.2",South Trust,\n'
    "Lay 1,lay,1,,,,,,,,,North Trust; South Trust\n"
)


@pytest.fixture
def file(accredit: Accredit, tmp_path: Path) -> Path:
    """Where the list is put; two teams are imported already."""
    (tmp_path / "teams.csv").write_text(TEAMS)
    assert accredit("import", "teams", tmp_path / "teams.csv", "--service-line", "stroke").code == 0
    return tmp_path / "reviewers.csv"


def imported(accredit: Accredit, file: Path, text: str, *more: str) -> tuple[int, list[str], list[str]]:
    file.write_text(text)
    said = accredit("import", "reviewers", file, *more)
    return said.code, said.out.splitlines(), said.err.splitlines()


def pool(house: House) -> list[tuple[object, ...]]:
    shown = reviewer_pool(house.database, principal=OFFICE).reviewers
    return [
        (one.name, one.roles, one.organisation, one.capacity, one.facts and one.facts.model_dump(mode="json"))
        for one in shown
    ]


def test_a_list_is_imported_once_and_what_changes_in_it_changes(accredit: Accredit, file: Path, kept: House) -> None:
    assert imported(accredit, file, LIST) == (0, ["2 reviewers read: 2 new, 0 changed, 0 as they were."], [])
    nothing = {
        "specialties": [], "visits_done": 0, "worked_at": [], "unavailable": [], "region": "", "place": "",
        "preferences": [],
    }  # fmt: skip
    assert pool(kept) == [
        (
            "Physician 1", ("any", "lead"), 1, 2,
            {
                "specialties": ["falls", "stroke"], "visits_done": 4,
                "worked_at": [{"organisation": 2, "until": "2024-05-31"}],
                "unavailable": [{"first": "2027-01-04", "last": "2027-01-15"}],
                "region": "Wales", "place": "51.5, -3.2", "preferences": [{"organisation": 2, "how": "prefers"}],
            },
        ),
        (
            "Lay 1", ("lay",), None, 1,
            nothing | {"preferences": [{"organisation": number, "how": "rather_not"} for number in (1, 2)]},
        ),
    ]  # fmt: skip
    with kept.database.reading() as session:
        before = head(session)
    assert imported(accredit, file, LIST)[1] == ["2 reviewers read: 0 new, 0 changed, 2 as they were."]
    with kept.database.reading() as session:
        assert head(session) == before
    changed = LIST.replace("Lay 1,lay,1", "Lay 1,lay,3").replace("North Trust; South Trust", "")
    assert imported(accredit, file, changed)[1] == ["2 reviewers read: 0 new, 1 changed, 1 as they were."]
    assert pool(kept)[1] == ("Lay 1", ("lay",), None, 3, nothing)


def test_every_fault_is_named_by_line_and_column_and_nothing_is_imported(
    accredit: Accredit, file: Path, kept: House
) -> None:
    text = (
        "reviewer,roles,capacity,employer,visits_done,unavailable,prefers,rather_not\n"
        "Physician 1,Lead;lay,-1,,NaN,2027-02-30,,\n"
        ",,,,-3,2027-02-02..2027-02-01,South Trust,South Trust; North Trust\n"
        "Physician 1,lead,51,,1.5,next week,,\n"
        "Lay 1,lay,1,Hill, Dale and North Trust,,,\n"
        "Lay 2,lay,1,,,,,,\n"
        ",,,,,,,\n"
    )
    day = "a day as in 2027-01-31"
    assert imported(accredit, file, text) == (
        1,
        [],
        [
            f"{file}:2 column 'roles': 'Lead'; small letters, digits and _, beginning with a letter; ; between several",
            f"{file}:2 column 'capacity': '-1'; a whole number from 0 to 50",
            f"{file}:2 column 'visits_done': 'NaN'; a whole number from 0 to 1000",
            f"{file}:2 column 'unavailable': '2027-02-30' is no day; {day}",
            f"{file}:3 column 'reviewer': empty; 1 to 200 characters on one line",
            f"{file}:3 column 'roles': empty; 1 to 200 characters on one line",
            f"{file}:3 column 'capacity': empty; a whole number from 0 to 50",
            f"{file}:3 column 'visits_done': '-3'; a whole number from 0 to 1000",
            f"{file}:3 column 'unavailable': '2027-02-02..2027-02-01' ends before it begins; the earlier day first",
            f"{file}:3 column 'rather_not': 'South Trust' is also preferred; name it in one of the two",
            f"{file}:4 column 'capacity': '51'; a whole number from 0 to 50",
            f"{file}:4 column 'visits_done': '1.5'; a whole number from 0 to 1000",
            f"{file}:4 column 'unavailable': 'next week' is no day; {day}",
            f"{file}:4: the reviewer 'Physician 1' stands in line 2 already; list each once",
            f"{file}:5 column 'visits_done': ' Dale and North Trust' begins with a space: the cell before it seems to "
            "hold a comma; put a cell that holds a comma in double quotes",
            f"{file}:6 the whole line: it has more cells than there are headings: one of them seems to hold a comma; "
            "put a cell that holds a comma in double quotes",
            f"{file}: 16 faults; nothing was imported; mend them",
        ],
    )
    assert pool(kept) == []


def test_organisations_that_are_not_known_are_named_with_what_is_near(
    accredit: Accredit, file: Path, kept: House
) -> None:
    text = (
        "reviewer,roles,capacity,employer,worked_at,prefers\n"
        "Physician 1,lead,1,Nort Trust,,\n"
        "Physician 2,lead,1,Elsewhere Hospital,South Trst until 2024-01-01,Far Trust\n"
    )
    or_else = (
        "an organisation whose teams are imported; or have employers that run no team here registered too "
        "(--new-employers)"
    )
    assert imported(accredit, file, text) == (
        1,
        [],
        [
            f"{file}:2 column 'employer': there is no organisation 'Nort Trust' (did you mean North Trust?); {or_else}",
            f"{file}:3 column 'employer': there is no organisation 'Elsewhere Hospital'; {or_else}",
            f"{file}:3 column 'worked_at': there is no organisation 'South Trst' (did you mean South Trust?); an "
            "organisation whose teams are imported",
            f"{file}:3 column 'prefers': there is no organisation 'Far Trust' (did you mean North Trust?); an "
            "organisation whose teams are imported",
        ],
    )
    assert pool(kept) == []
    employer = "reviewer,roles,capacity,employer\nPhysician 2,lead,1,Elsewhere Hospital\n"
    assert imported(accredit, file, employer, "--new-employers")[0] == 0
    assert [(row[0], row[2]) for row in pool(kept)] == [("Physician 2", 3)]
    publish_edition(kept.database, principal=OFFICE, scheme=scheme(), at=AT)  # roles are known from now on
    code, _, err = imported(accredit, file, "reviewer,roles,capacity\nLay 1,laed,1\n")
    assert (code, err[0].partition(";")[0]) == (1, f"{file}:2 column 'roles': 'laed'")
    assert len(pool(kept)) == 1


def test_a_column_that_is_missing_or_nearly_named_is_told(accredit: Accredit, file: Path) -> None:
    code, _, err = imported(accredit, file, "reviewer,roles\nLay 1,lay\n")
    assert (code, err[0].partition(";")[0]) == (1, f"{file}:1: there is no column 'capacity'")
    code, _, err = imported(accredit, file, "reviewer,roles,capacity,speciality,note\nLay 1,lay,1,falls,x\n")
    assert (code, err[0].partition(";")[0]) == (
        1, f"{file}:1: column 'speciality' is not read (did you mean specialties?)",
    )  # fmt: skip
