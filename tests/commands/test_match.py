"""accredit match: the review teams of a round from files alone; every fault at its place, nothing half-done."""

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from accreditation.commands.round_files.told import figures_told
from accreditation.rules.matching import Figures
from tests.commands.conftest import Accredit, Said

RULES = """\
review_team:
  - {role: lead, title: Lead, minimum: 1, maximum: 1}
  - {role: lay, title: Lay reviewer, minimum: 1, maximum: 1}
assignment:
  fit: {expertise: 1, travel: 1}
"""
REVIEWERS = """\
reviewer,roles,capacity,employer,specialties,place
Physician 1,lead,1,North Trust,stroke,A
Physician 2,lead,1,South Trust,stroke,B
Physician 3,lead,1,,stroke,A
Lay 1,lay,2,,,A
"""
SERVICES = """\
team,organisation,region,place,specialties
North,North Trust,Wales,A,stroke
South,South Trust,Wales,B,stroke
"""
TRAVEL = "from,A,B\nA,0,60\nB,60,0\n"


class Round:
    """The files of a round, and the command run on them."""

    def __init__(self, accredit: Accredit, folder: Path) -> None:
        self.accredit, self.folder = accredit, folder
        self.files = {"reviewers.csv": REVIEWERS, "services.csv": SERVICES, "travel.csv": TRAVEL, "rules.yaml": RULES}

    def match(self, *more: object, changed: Mapping[str, str] | None = None) -> Said:
        """Match these files, some of them written otherwise; other files than the four are named by their options."""
        words: list[object] = []
        for name, text in {**self.files, **(changed or {})}.items():
            (self.folder / name).write_text(text)
            words += [f"--{name.partition('.')[0]}", self.folder / name]
        return self.accredit("match", *words, *more)

    def faults(self, **changed: str) -> list[str]:
        """What is refused where these files are written otherwise, without the folder's name."""
        names = {name: f"{name}.yaml" if name == "rules" else f"{name}.csv" for name in changed}
        said = self.match(changed={names[name]: text for name, text in changed.items()})
        assert (said.code, said.out) == (1, "")
        return said.err.replace(f"{self.folder}/", "").splitlines()


@pytest.fixture
def round_(accredit: Accredit, tmp_path: Path) -> Round:
    (tmp_path / "files").mkdir()
    return Round(accredit, tmp_path / "files")


def test_teams_are_told_with_why_and_with_figures(round_: Round) -> None:
    said = round_.match()
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "North (North Trust)",
        "  lay: Lay 1; holds the role lay, holds none of the specialties wanted, no visit before, 0 minutes away, "
        "no conflict with North, 2 of 2 visits this round",
        "  lead: Physician 3; holds the role lead, holds stroke, no visit before, 0 minutes away, no conflict with "
        "North, 1 of 1 visits this round",
        "South (South Trust)",
        "  lay: Lay 1; holds the role lay, holds none of the specialties wanted, no visit before, 60 minutes away, "
        "no conflict with South, 2 of 2 visits this round",
        "  lead: Physician 1; holds the role lead, holds stroke, no visit before, 60 minutes away, no conflict with "
        "South, 1 of 1 visits this round",
        "",
        "Seats filled: 4 of 4. Teams complete: 2 of 2. Proven: nothing fills more or fits better.",
        "Fit of the worst-off visit: 62.5 % of a team that fits fully; as good as any answer's.",
        "Fit in all: 68.8 %, at most 0.00 % below the best there could be.",
        "Travel, one way: 120 minutes in all, 30 on average over 4 journeys, 60 at most.",
        "Load: 3 people go, the busiest to 2 of the visits.",
    ]


def test_of_the_worst_off_visit_nothing_is_said_where_no_fit_is_asked(round_: Round) -> None:
    without = {"rules.yaml": RULES.replace("  fit: {expertise: 1, travel: 1}\n", "  same_network: barred\n")}
    assert round_.match(changed=without).out.splitlines()[-3:] == [
        "Seats filled: 4 of 4. Teams complete: 2 of 2. Proven: nothing fills more or fits better.",
        "Travel, one way: 120 minutes in all, 30 on average over 4 journeys, 60 at most.",
        "Load: 3 people go, the busiest to 2 of the visits.",
    ]
    told = json.loads(round_.match("--json", changed=without).out)["figures"]
    assert (told["worst"], told["worst_bound"]) == (None, None)


def test_bounds_that_hold_for_the_same_teams_are_told_so() -> None:
    figures = Figures(
        seats=8, filled=4, teams=2, complete=1, worst=0, worst_bound=None, total=2_000_000, total_bound=2_000_000,
        reviewers=4, busiest=1, free=False,
    )  # fmt: skip
    assert list(figures_told(figures, proven=False)) == [
        "Seats filled: 4 of 8. Teams complete: 1 of 2. Not proven best; every rule is kept.",
        "Fit in all: 50.0 %, at most 0.00 % below the best with the same teams complete.",
        "Load: 4 people go, the busiest to 1 of the visits.",
    ]
    short = replace(figures, seats=5, teams=1, worst=2_500_000, total_bound=8_000_000)
    assert list(figures_told(short, proven=False))[1:3] == [
        "Fit of the worst-off visit: 50.0 % of a team that fits fully; where seats stay empty it does not come before "
        "the total.",
        "Fit in all: 50.0 %, how far below the best with the same teams complete is not known.",
    ]
    full = replace(short, filled=5, worst_bound=3_000_000)
    assert list(figures_told(full, proven=False))[1] == (
        "Fit of the worst-off visit: 50.0 % of a team that fits fully; no answer's is above 60.0 %."
    )


def test_ways_out_on_a_screen_name_some_and_in_json_everybody(round_: Round) -> None:
    lays = "".join(f"Lay {number},lay,1,,,A\n" for number in range(1, 7))
    services = "".join(f"Service {number},Trust {number},Wales,A,stroke\n" for number in range(1, 13))
    changed = {
        "reviewers.csv": REVIEWERS.splitlines(keepends=True)[0] + lays,
        "services.csv": SERVICES.splitlines(keepends=True)[0] + services,
        "rules.yaml": RULES.replace("  - {role: lead, title: Lead, minimum: 1, maximum: 1}\n", ""),
    }
    said, told = round_.match(changed=changed), json.loads(round_.match("--json", changed=changed).out)
    lines, names = said.out.splitlines(), "; ".join(f"one more visit by Lay {number}" for number in range(1, 7))
    assert "  (--json names everybody)" in lines
    assert any("one more visit by Lay 4; one more by 2 others each" in line for line in lines)
    assert told["ways_out"][0] == f"the least that would help: {names} (tried: then every seat is filled)"


def test_the_order_of_lines_and_columns_means_nothing(round_: Round) -> None:
    heading, *lines = REVIEWERS.splitlines()
    turned = "\n".join([heading, *reversed(lines)])
    columns = [line.split(",")[::-1] for line in SERVICES.splitlines()]
    swapped = "\n".join(",".join(line) for line in columns)
    assert round_.match(changed={"reviewers.csv": turned, "services.csv": swapped}) == round_.match()


def test_json_and_the_file_of_teams_say_the_same(round_: Round, tmp_path: Path) -> None:
    out = tmp_path / "teams.csv"
    told = json.loads(round_.match("--json", "--out", out).out)
    assert (told["complete"], told["proven"], told["figures"]["filled"], told["notes"]) == (True, True, 4, [])
    seats = {
        (
            team["team"],
            team["organisation"],
            one["role"],
            one["reviewer"],
            str(one["fit"]),
            str(one["minutes"]),
            one["why"],
        )
        for team in told["teams"]
        for one in team["members"]
    }
    with out.open(newline="") as stream:
        heading, *rows = list(csv.reader(stream))
    assert heading == ["team", "organisation", "role", "reviewer", "fit", "minutes", "why"]
    assert {tuple(row) for row in rows} == seats
    assert len(rows) == 4


def test_what_is_empty_is_told_with_why_and_with_what_would_fill_it(round_: Round, tmp_path: Path) -> None:
    fewer = REVIEWERS.replace("Lay 1,lay,2", "Lay 1,lay,1")
    said = round_.match("--out", tmp_path / "teams.csv", changed={"reviewers.csv": fewer})
    assert said.code == 2
    lines = said.out.splitlines()
    group = "2 visits in Wales need 2 lay; 1 reviewer could go there, with 1 visit left: short by 1"
    (empty,) = [line for line in lines if "EMPTY" in line]
    assert empty.startswith(
        f"  EMPTY lay: 1 reviewer holds the role lay: 1 with no capacity left; {group}; to fill a place"
    )
    start = lines.index("What blocks the round")
    assert lines[start : start + 5] == [
        "What blocks the round",
        f"  {group}",
        "What would unblock it",
        "  the least that would help: one more visit by Lay 1 (tried: then every seat is filled)",
        "  by itself would do: recruit 1 lay (for South) (tried: then every seat is filled)",
    ]
    assert (tmp_path / "teams.csv").read_text().count(",lay,,,,") == 1


def test_a_way_out_that_sets_a_rule_aside_can_be_taken_by_a_lock(round_: Round) -> None:
    told = REVIEWERS.replace(",place", ",place,region").replace("Lay 1,lay,2,,,A", "Lay 1,lay,2,,,A,Wales")
    files = {"reviewers.csv": told, "rules.yaml": f"{RULES}  region: other\n"}
    for person in ("1", "2", "3"):
        line = next(one for one in told.splitlines() if one.startswith(f"Physician {person}"))
        files["reviewers.csv"] = files["reviewers.csv"].replace(line, f"{line},London")
    said = round_.match(changed=files)
    assert (said.code, "let Lay 1 visit North whatever their region" in said.out) == (2, True)
    locks = "team,reviewer,role,whatever\nNorth,Lay 1,lay,region\nSouth,Lay 1,lay,region\n"
    taken = round_.match(changed={**files, "locks.csv": locks})
    assert (taken.code, taken.err) == (0, "")
    assert "no conflict with North, seated whatever their region, " in taken.out
    refused = round_.match(changed={**files, "locks.csv": locks.replace(",region\n", ",\n")})
    assert (refused.code, "is from the region of this visit" in refused.err) == (1, True)
    nobody = round_.match(changed={**files, "locks.csv": locks.replace(",region\n", ",own_organisation\n")})
    assert (nobody.code, "one or more of same_network, repeat, region, travel" in nobody.err) == (1, True)


def test_one_file_of_reviewers_serves_schemes_with_other_roles(round_: Round) -> None:
    said = round_.match(changed={"reviewers.csv": REVIEWERS.replace(",lead,", ",lead;nurse,")})
    assert (said.code, said.err) == (
        0, "note: 3 reviewers hold the role nurse, which no team has here; it is left out\n",
    )  # fmt: skip


def test_a_place_that_lies_nowhere_is_noted_without_a_table_too(round_: Round) -> None:
    del round_.files["travel.csv"]
    told = [text.replace(",A", ',"51.1, -2.0"').replace(",B", ',"51.2, -2.0"') for text in (REVIEWERS, SERVICES)]
    told[0] = told[0].replace('stroke,"51.2, -2.0"', "stroke,Bristol")
    said = round_.match(changed={"reviewers.csv": told[0], "services.csv": told[1]})
    assert said.err == (
        "note: no travel time is known for Physician 2: their place is not told as latitude, longitude, and there is "
        "no table of minutes\n"
    )


def test_conflicts_and_locks_are_kept(round_: Round) -> None:
    conflicts = (
        "reviewer,organisation,by,reason\nPhysician 3,North Trust,service,A private matter.\n"
        "Physician 3,North Trust,service,A private matter.\n"
    )
    locks = "team,reviewer,role\nSouth,Physician 3,lead\n"
    said = round_.match(changed={"conflicts.csv": conflicts, "locks.csv": locks})
    assert (said.code, "Physician 3; holds the role lead" in said.out, "private" in said.out + said.err) == (
        0, True, False,
    )  # fmt: skip
    assert said.err.endswith("conflicts.csv:3: the same conflict stands in line 2; once is enough\n")


def test_a_preference_that_cannot_be_followed_is_noted_and_changes_nothing(round_: Round) -> None:
    liking = "".join(
        f"{line}{more}\n"
        for line, more in zip(REVIEWERS.splitlines(), [",prefers", ",North Trust", "", ",North Trust", ""], strict=True)
    )
    conflicts = "reviewer,organisation,by,reason\nPhysician 3,North Trust,reviewer,A private matter.\n"
    said = round_.match(changed={"reviewers.csv": liking, "conflicts.csv": conflicts})
    assert said.err.splitlines() == [
        "note: Physician 1 prefers to visit North Trust, which employs them, and may not",
        "note: Physician 3 prefers to visit North Trust, where a conflict is declared, and may not",
    ]


@pytest.mark.parametrize(
    ("who", "where", "words"),
    [
        (
            "Physician 1",
            "North",
            ["Physician 1 may not sit in the team of North:", "  is employed by this organisation"],
        ),
        (
            "Lay 1",
            "South (South Trust)",
            [
                "Lay 1 sits in the team of South as lay: holds the role lay, holds none of the specialties wanted, no "
                "visit before, 60 minutes away, no conflict with South, 2 of 2 visits this round",
                "without them there:",
                "  3 of 4 seats would be filled instead of 4",
            ],
        ),
        (
            "Physician 3",
            "South",
            [
                "Physician 3 could sit in the team of South as lead, and others were better for the round",
                "with them there:",
                "  as many seats are filled (4 of 4)",
            ],
        ),
    ],
)
def test_why_somebody_sits_or_does_not_sit_there(round_: Round, who: str, where: str, words: list[str]) -> None:
    said = round_.match("--explain", who, where)
    assert (said.code, said.out.splitlines()[: len(words)]) == (0, words)


def test_who_or_what_is_not_there_cannot_be_explained(round_: Round) -> None:
    said = round_.match("--explain", "Physican 1", "Noth")
    assert (said.code, said.err.splitlines()) == (
        1,
        [
            "--explain: there is no reviewer 'Physican 1' (did you mean Physician 1?); a reviewer of the files, "
            "written as there",
            "--explain: there is no service 'Noth' (did you mean North?); a service of the files, written as there",
        ],
    )


def test_every_fault_of_every_file_is_told_at_once(round_: Round, tmp_path: Path) -> None:
    assert round_.faults(
        reviewers=REVIEWERS.replace("Lay 1,lay,2", "Lay 1,layman,-2") + "Lay 1,lay,NaN\n",
        services=SERVICES + "North,North Trust\n,East Trust\n",
        conflicts="reviewer,organisation,by\nLay 9,North Trst,nobody\n",
        travel="from,A,B\nA,0,-5\nB,nan,0\n",
        locks="team,reviewer,role\nNoth,Physician 1,lead\nNorth,Lay 1,nurse\n",
    ) == [
        "reviewers.csv:5 column 'roles': 'layman'; one or more of lead, lay, with ; between",
        "reviewers.csv:5 column 'capacity': '-2'; a whole number from 0 to 50",
        "reviewers.csv:6 column 'capacity': 'NaN'; a whole number from 0 to 50",
        "reviewers.csv:6: the reviewer 'Lay 1' stands in line 5 already; list each once",
        "services.csv:4: the team 'North' of 'North Trust' stands in line 2 already; list each once",
        "services.csv:5 column 'team': empty; 1 to 200 characters on one line",
        "conflicts.csv:2 column 'by': 'nobody'; who declared it: reviewer or service",
        "conflicts.csv:2 column 'reviewer': no reviewer 'Lay 9' is listed (did you mean Lay 1?); a reviewer of the "
        "reviewers' file",
        "conflicts.csv:2 column 'organisation': no service or reviewer of 'North Trst' is listed (did you mean North "
        "Trust?); an organisation of the services' or the reviewers' file",
        "travel.csv:2 column 'B': '-5'; minutes from 0 to 10000, with a point before a fraction",
        "travel.csv:3 column 'A': 'nan'; minutes from 0 to 10000, with a point before a fraction",
        "locks.csv:2 column 'team': no service 'Noth' is listed (did you mean North?); a team of the services' file",
        "locks.csv:3 column 'role': 'nurse'; one of lead, lay",
    ]


def test_a_lock_that_breaks_a_rule_is_refused(round_: Round) -> None:
    assert round_.faults(locks="team,reviewer,role\nNorth,Physician 1,lead\n") == [
        "Physician 1 as lead of North: is employed by this organisation; take this lock back, or choose somebody whom "
        "nothing bars"
    ]
    assert round_.faults(locks="team,reviewer,role\nSouth,Lay 1,lay\nSouth,Lay 1,lead\n") == [
        "locks.csv:3 column 'role': 'Lay 1' is to be lay in that team in line 2; one role in a team"
    ]


def test_a_composition_that_no_pool_can_meet_is_refused_by_line_and_column(round_: Round) -> None:
    rules = RULES.replace("assignment:\n", "assignment:\n  team_size: 5\n")
    assert round_.faults(rules=rules) == [
        "rules.yaml:5:3: 5, but the seats take 2 at most; the sum of the maximums or less"
    ]
    assert round_.faults(rules="assignment: {}\n") == [
        "rules.yaml:1:1: 'review_team' is missing; write review_team: here"
    ]


def test_nobody_to_review_fills_nothing_and_says_so_and_no_service_is_a_fault(round_: Round) -> None:
    said = round_.match(changed={"reviewers.csv": "reviewer,roles,capacity\n"})
    assert (said.code, said.out.count("EMPTY")) == (2, 4)
    assert said.err.endswith("reviewers.csv: no reviewer is listed, so every seat stays empty\n")
    assert "recruit 2 lay (for North and South)" in said.out
    assert round_.faults(services="team,organisation\n") == [
        "services.csv: no service is listed; a line for each service that is to be visited"
    ]


def test_somebody_lay_whom_the_service_employs_may_not_visit_it(round_: Round) -> None:
    lay = REVIEWERS.replace("Lay 1,lay,2,,", "Lay 1,lay,2,North Trust,")
    said = round_.match("--explain", "Lay 1", "North", changed={"reviewers.csv": lay})
    assert said.out.splitlines()[:2] == [
        "Lay 1 may not sit in the team of North:", "  is employed by this organisation",
    ]  # fmt: skip


def test_an_employer_that_is_nearly_a_service_is_noted(round_: Round) -> None:
    typed = REVIEWERS.replace("Physician 1,lead,1,North Trust", "Physician 1,lead,1,North Trust.")
    said = round_.match(changed={"reviewers.csv": typed})
    assert said.code == 0
    assert said.err.partition(" column ")[2] == (
        "'employer': 'North Trust.' runs no service that is listed (did you mean North Trust?); where it is that one, "
        "write it the same, or it keeps nobody from visiting it\n"
    )


def test_a_scheme_says_who_makes_a_team(accredit: Accredit, tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "standards" / "jag"
    (tmp_path / "reviewers.csv").write_text("reviewer,roles,capacity\nLay 1,lay,1\n")
    (tmp_path / "services.csv").write_text("team,organisation\nNorth,North Trust\n")
    files = ("--reviewers", tmp_path / "reviewers.csv", "--services", tmp_path / "services.csv")
    said = accredit("match", *files, "--scheme", folder)
    assert (said.code, said.out.splitlines()[0]) == (2, "North (North Trust)")
    neither = accredit("match", *files)
    assert (neither.code, neither.err) == (
        1, "--scheme and --rules: neither is given; say one: who makes a review team\n",
    )  # fmt: skip


@pytest.mark.parametrize("part", [";", "\t"])
def test_files_are_read_as_spreadsheets_of_any_country_write_them(round_: Round, part: str) -> None:
    reviewers = REVIEWERS.replace("Physician 1,lead,", '"Physician 1","lead;lay",')
    said = round_.match(changed={"reviewers.csv": reviewers})
    parted = {
        name: text.replace(",", part)
        for name, text in {"reviewers.csv": reviewers, "services.csv": SERVICES, "travel.csv": TRAVEL}.items()
    }
    assert round_.match(changed=parted) == said


def test_a_day_that_is_none_is_one_fault(round_: Round) -> None:
    services = (
        "team,organisation,first_day,last_day\n"
        "North,North Trust,8.3.2027,2027-03-09\n"
        "South,South Trust,,2027-03-09\n"
        "East,East Trust,2027-03-08,9.3.2027\n"
        "West,West Trust,2027-03-09,2027-03-08\n"
    )
    assert round_.faults(services=services) == [
        "services.csv:2 column 'first_day': '8.3.2027' is no day; a day as in 2027-01-31",
        "services.csv:3 column 'first_day': empty beside a last day; the first day of the visit too",
        "services.csv:4 column 'last_day': '9.3.2027' is no day; a day as in 2027-01-31",
        "services.csv:5 column 'last_day': 2027-03-08 is before the first day 2027-03-09; that day or a later one",
    ]


def test_a_file_that_cannot_be_read_is_told_by_its_line_and_nothing_that_only_follows_from_it(round_: Round) -> None:
    assert round_.faults(
        reviewers='reviewer,roles,capacity\nPhysician 1,lead,1\n"Lay 1,lay,2\n',
        conflicts="reviewer,organisation\nPhysician 1,North Trust\n",
        locks="team,reviewer,role\nNorth,Lay 1,lay\n",
    ) == [
        "reviewers.csv:3: not CSV: a double quote is opened and never closed; lines with a comma between cells; "
        "text in double quotes, and a double quote in it twice"
    ]
