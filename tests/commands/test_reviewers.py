"""accredit reviewer: the pool, what is known of somebody, when they are away, by the names that people use."""

import pytest

from accreditation.rules.cycle import Stage
from accreditation.views.college import reviewer_pool
from accreditation.wiring import House
from tests.commands.conftest import Accredit
from tests.following import to_published
from tests.walking import COMMITTEE, LAYS, NORTHS_LEAD, OFFICE, OTHER_LEAD, begin, nothing_kept, team_of, walk


@pytest.fixture
def begun(kept: House) -> House:
    """The house with North, South and Far, two leads of Far and two lay reviewers."""
    begin(kept)
    return kept


def lines(accredit: Accredit, *words: object) -> list[str]:
    said = accredit("reviewer", *words)
    assert (said.code, said.err) == (0, "")
    return said.out.splitlines()


def test_the_pool_is_listed_and_somebody_is_shown_by_name_or_number(accredit: Accredit, begun: House) -> None:
    assert lines(accredit, "list") == [
        *(f"{one}  Lead {one}: lead; Far Trust; 2 visits a round" for one in (NORTHS_LEAD, OTHER_LEAD)),
        *(f"{one}  Lay {one}: lay; no employer known here; 2 visits a round" for one in LAYS),
    ]
    shown = [
        "Lead 2 (reviewer 2)", "  roles: lead", "  works for: Far Trust", "  visits in a round: 2",
    ]  # fmt: skip
    assert lines(accredit, "show", "Lead 2") == lines(accredit, "show", 2) == shown
    assert lines(accredit, "away", 2) == shown


def test_an_empty_pool_says_what_to_do(accredit: Accredit) -> None:
    assert lines(accredit, "list") == [
        "Nobody is in the pool yet. A list of reviewers is brought in with: accredit import reviewers FILE.csv"
    ]


def test_one_is_registered_once_and_changed_fact_by_fact(accredit: Accredit, begun: House) -> None:
    words = (
        "register",
        "Nurse, north",
        "--role",
        "nurse",
        "--role",
        "any",
        "--capacity",
        1,
        "--employer",
        "North Trust",
    )
    shown = ["Nurse, north (reviewer 5)", "  roles: any, nurse", "  works for: North Trust", "  visits in a round: 1"]
    assert lines(accredit, *words) == shown
    with nothing_kept(begun):
        assert lines(accredit, *words) == shown
    change = (
        "change", "Nurse, north", "--role", "nurse", "--capacity", 3, "--employer", "", "--specialty", "stroke",
        "--visits-done", 4, "--worked-at", "South Trust until 2024-05-31", "--worked-at", "Far Trust",
        "--region", "Wales", "--place", "Cardiff", "--prefers", "South Trust", "--rather-not", "Far Trust",
    )  # fmt: skip
    after = [
        "Nurse, north (reviewer 5)", "  roles: nurse", "  works for: no employer known here", "  visits in a round: 3",
        "  specialties: stroke", "  visits before: 4", "  worked at: South Trust until 31 May 2024, Far Trust",
        "  region: Wales", "  place: Cardiff", "  prefers: South Trust", "  would rather not visit: Far Trust",
    ]  # fmt: skip
    facts = "roles, employer, capacity, specialties, visits done, worked at, region, place, preferences"
    assert lines(accredit, *change) == [f"Changed of Nurse, north: {facts}.", *after]
    with nothing_kept(begun):
        assert lines(accredit, *change) == ["Nurse, north was so before; nothing was changed.", *after]
    assert lines(accredit, "change", 5, "--prefers", "", "--worked-at", "", "--specialty", "", "--region", "") == [
        "Changed of Nurse, north: specialties, worked at, region, preferences.",
        *after[:4], "  visits before: 4", "  place: Cardiff", "  would rather not visit: Far Trust",
    ]  # fmt: skip


def test_absences_stand_beside_each_other_or_in_place_of_what_stood(accredit: Accredit, begun: House) -> None:
    def away(*words: object) -> list[str]:
        return [line for line in lines(accredit, "away", 3, *words) if "away:" in line or "before" in line]

    assert away("2027-02-01") == ["  away: 2027-02-01"]
    assert away("2027-01-04..2027-01-15") == ["  away: 2027-01-04 to 2027-01-15, 2027-02-01"]
    with nothing_kept(begun):
        assert away("2027-02-01")[0] == "Lay 3 was so before; nothing was changed."
    assert away("2027-03-01", "--instead") == ["  away: 2027-03-01"]
    assert away("--instead") == []


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        (
            ("away", "Lay 3", "2027-02-30", "2027-03-05..2027-03-01", "5.3.2027"),
            [
                "DAYS: '2027-02-30'; a day as in 2027-01-31, or several as in 2027-01-04..2027-01-15",
                "DAYS: '2027-03-05..2027-03-01' ends before it begins; the earlier day first",
                "DAYS: '5.3.2027'; a day as in 2027-01-31, or several as in 2027-01-04..2027-01-15",
            ],
        ),
        (
            ("change", "Lay 3", "--role", "Nurse", "--specialty", "a b"),
            [
                "--specialty: 'a b' is not an id; small letters, digits and _ are allowed, beginning with a letter",
                "--role: 'Nurse' is not an id; small letters, digits and _ are allowed, beginning with a letter",
            ],
        ),
        (("change", "Lay 3"), ["accredit reviewer change: no option; say what is to change"]),
        (
            ("change", "Lay 3", "--employer", "Nort Trust"),
            [
                "--employer: there is no organisation 'Nort Trust' (did you mean North Trust?); an organisation whose "
                "teams are imported, written as there"
            ],
        ),
        (
            ("change", "Lay 3", "--prefers", "North Trust", "--rather-not", "North Trust"),
            ["--prefers and --rather-not: one organisation in both; name it in one"],
        ),
        (
            ("change", "Lay 3", "--worked-at", "North Trust until May"),
            ["--worked-at: 'North Trust until May'; an organisation, or as in 'North Trust until 2024-05-31'"],
        ),
        (
            ("conflict", "Lay 3", "North Trust", "--reason", ""),
            ["reason: empty; say what the conflict is, in a sentence"],
        ),
    ],
)
def test_what_cannot_be_meant_is_named_by_its_option_and_nothing_is_kept(
    words: tuple[str, ...], faults: list[str], accredit: Accredit, begun: House
) -> None:
    with nothing_kept(begun):
        said = accredit("reviewer", *words)
    assert (said.code, said.out, said.err.splitlines()) == (1, "", faults)


def test_what_becomes_of_seats_is_told(accredit: Accredit, kept: House) -> None:
    walk(kept, Stage.REVIEW)
    told = lines(accredit, "change", NORTHS_LEAD, "--employer", "North Trust")
    assert told[:2] == [
        f"Changed of Lead {NORTHS_LEAD}: employer.", "They work there now and left the review teams of cycles 1.",
    ]  # fmt: skip
    declared = ("conflict", OTHER_LEAD, "North Trust", "--reason", "They are married.")
    assert lines(accredit, *declared) == [f"The conflict between Lead {OTHER_LEAD} and North Trust is declared."]
    assert lines(accredit, *declared) == [
        f"The conflict between Lead {OTHER_LEAD} and North Trust was declared before; nothing was changed."
    ]


def test_visits_completed_here_are_told_beside_those_made_before(accredit: Accredit, kept: House) -> None:
    to_published(kept)
    sat = team_of(kept)["lead"]
    pools = [reviewer_pool(kept.database, principal=who).reviewers for who in (OFFICE, COMMITTEE)]
    assert [{one.id: one.completed_here for one in pool}[sat] for pool in pools] == [1, None]
    assert "  visits before: 1 (0 stated, 1 completed here)" in lines(accredit, "show", sat)
    lines(accredit, "change", sat, "--visits-done", 4)
    assert "  visits before: 5 (4 stated, 1 completed here)" in lines(accredit, "show", sat)
