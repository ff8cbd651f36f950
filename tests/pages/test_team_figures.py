"""What a team's pages cost in SQL statements: as many with many files and documents as with one."""

from accreditation.database import observe_statements
from accreditation.rules.people import Role
from accreditation.wiring import House
from tests.pages.browsing import Browser
from tests.pages.teams import of_team
from tests.walking import attach, begin, keep, rate_all, work

CYCLE, LIBRARY = "/team/cycles/1", "/team/library/1"
PAGES = (
    *(f"{CYCLE}/{end}" for end in ("evidence", "evidence/files", "evidence/1", "evidence/reuse", "gaps", "submission",
                                   "profile", "accuracy", "results")),
    LIBRARY, f"{LIBRARY}/documents/1",
)  # fmt: skip


def costs(browser: Browser) -> dict[str, int]:
    """Page -> statements, whoever asks for it included."""
    found = {}
    for path in PAGES:
        with observe_statements(browser.house.database) as seen:
            assert browser.ask("GET", path).status_code == 200
        found[path] = len(seen)
    return found


def test_a_page_costs_as_many_statements_for_many_files_as_for_one(house: House) -> None:
    begin(house)
    rate_all(house)
    attach(house)
    keep(house, content=b"The job plan of a named lead.", title="Kept")
    work(house)
    with of_team(house, Role.TEAM_MEMBER) as member:
        costs(member)  # the edition is read and proved once in a process
        few = costs(member)
        for number in range(3):
            attach(house, content=b"file %d" % number, title=f"File {number}", criteria=["1.01", "2.01"])
            keep(house, content=b"A job plan of the named lead %d." % number, title=f"Kept {number}")
        work(house)
        assert costs(member) == few
        assert max(few.values()) <= 25
