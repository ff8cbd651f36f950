"""accredit round open: what an audit published becomes answers, nothing is invented, a second run changes nothing."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from sqlalchemy import text

from accreditation import wiring
from accreditation.actions.leave import withdraw
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.rate import Given, rate
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal, Role
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import AuditLevel
from accreditation.wiring import House
from tests.commands.conftest import Accredit
from tests.journeys.running import serving
from tests.journeys.warm import ROOT, Warm
from tests.shipped import shipped
from tests.walking import AT, OFFICE, everything, nothing_kept, scheme, stage_of

STROKE = ROOT / "standards" / "stroke"
SCHEME = shipped("stroke").scheme
ASKED = {one.measure.indicator: one.id for one in SCHEME.criteria if isinstance(one.measure, AuditLevel)}
INDICATORS = list(ASKED)
QUARTER = "2023-10-01"
COLUMNS = ["quarter_start", "network", "trust", "team", *INDICATORS]


def audit(file: Path, teams: Mapping[str, Sequence[str]], *, leave_out: str = "", quarter: str = QUARTER) -> Path:
    """An audit's file: each team's published cells, the last of them repeated for the indicators that remain."""
    lines = [[name for name in COLUMNS if name != leave_out]]
    for team, cells in teams.items():
        all_cells = [*cells, *[cells[-1]] * (len(INDICATORS) - len(cells))]
        line = dict(zip(COLUMNS, [quarter, "Hills", f"{team} Trust" if team else "", team, *all_cells], strict=True))
        lines.append([line[name] for name in lines[0]])
    file.write_text("".join(",".join(line) + "\n" for line in lines))
    return file


PUBLISHED = {"North": ["A", "B", "C", "D", "E"], "South": ["", "Too few to report", "A"], "West": ["A"]}
NEW_ANSWERS = len(INDICATORS) * 3 - 1
"""All but the empty cell."""


def opened(accredit: Accredit, file: Path, *more: str, quarter: str = QUARTER) -> tuple[int, str, list[str]]:
    said = accredit("round", "open", STROKE, "--audit", file, "--quarter", quarter, *more)
    return said.code, said.out, said.err.splitlines()


@pytest.mark.xdist_group("engine")
def test_every_team_is_enrolled_once_and_nothing_is_invented(
    accredit: Accredit, warm: Warm, data: Path, tmp_path: Path, prefect_home: Path
) -> None:
    file = audit(tmp_path / "audit.csv", PUBLISHED)
    shutil.copytree(prefect_home, data / "prefect")
    code, out, err = warm.run("round", "open", STROKE, "--audit", file, "--quarter", QUARTER, data=data)
    assert (code, err) == (0, "")
    told = out.splitlines()
    assert told[0].endswith(f", {QUARTER}: 3 teams")
    assert told[-2] == (
        "3 teams: 3 in self assessment. Where people would have to answer, the cycles stop; no award is given."
    )
    assert told[-1].startswith(f"{NEW_ANSWERS} answers were new. ")
    assert told[-1].endswith(" s, 1 flow run.")

    house = wiring.house()
    before = everything(house)
    counts = {name: before[name] for name in ("cycle", "self_rating", "gap_report", "stage_change", "decision")}
    assert counts == {"cycle": 3, "self_rating": NEW_ANSWERS, "gap_report": 3, "stage_change": 3, "decision": 0}
    assert [stage_of(house, cycle) for cycle in (1, 2, 3)] == [Stage.SELF_ASSESSMENT] * 3

    again, said, faults = opened(accredit, file)
    assert (again, faults) == (0, [])
    assert (said.splitlines()[-1].split(".")[0], said.partition(" s, ")[2]) == ("0 answers were new", "0 flow runs.\n")
    assert everything(house) == before


@pytest.mark.xdist_group("engine")
def test_an_engine_that_runs_already_does_the_work(
    accredit: Accredit, warm: Warm, data: Path, tmp_path: Path, prefect_home: Path
) -> None:
    shutil.copytree(prefect_home, data / "prefect")
    with serving(warm, data) as engine:
        engine.wait_until_up()
        code, out, err = opened(accredit, audit(tmp_path / "audit.csv", PUBLISHED))
        assert (code, err, out.partition(" s, ")[2]) == (0, [], "by the engine that runs already.\n")
        assert everything(wiring.house())["gap_report"] == 3
        assert engine.stop() == (0, "")


def without_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the jobs for later: what is kept does not depend on them."""
    monkeypatch.setattr("accreditation.commands.rounds.work_until_idle", lambda _house, *, progress: 0)


def test_what_a_person_answered_is_not_overwritten(
    accredit: Accredit, kept: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_the_engine(monkeypatch)
    opened(accredit, audit(tmp_path / "audit.csv", {"North": ["", "A"]}))
    lead = Principal(name="lead of north", role=Role.TEAM_LEAD, team=1)
    own = {ASKED[INDICATORS[0]]: Given(answer=Answer(level="E"), seen_version=0)}
    rate(kept.database, principal=lead, cycle_id=1, given=own, at=kept.now())
    code, out, _ = opened(accredit, audit(tmp_path / "audit.csv", {"North": ["B"]}))
    assert (code, out.splitlines()[-1].split(".")[0]) == (0, f"{len(INDICATORS) - 1} answers were new")


def test_every_cell_that_the_scheme_cannot_read_is_named_and_nothing_is_kept(
    accredit: Accredit, kept: House, tmp_path: Path
) -> None:
    file = audit(tmp_path / "audit.csv", {"North": ["a", "A"], "South": ["B", "Z", "C"], "": ["A"]})
    before = everything(kept)
    allowed = "A, B, C, D, E, Too few to report, Insufficient records, X, TFP, (empty), None entered, N/A"
    code, out, err = opened(accredit, file)
    assert (code, out) == (1, "")
    assert err == [
        f"{file}:2 column {INDICATORS[0]}: 'a'; {allowed}",
        f"{file}:3 column {INDICATORS[1]}: 'Z'; {allowed}",
        f"{file}:4 column 'trust': empty; 1 to 200 characters on one line",
        f"{file}:4 column 'team': empty; 1 to 200 characters on one line",
    ]
    assert everything(kept) == before


def test_a_team_that_is_listed_twice_is_a_fault_that_names_both_lines(
    accredit: Accredit, kept: House, tmp_path: Path
) -> None:
    file = audit(tmp_path / "audit.csv", {"North": ["A"], "South": ["B"]})
    lines = file.read_text().splitlines()
    north = lines[1].split(",")
    spaced = ",".join([*north[:3], "North ", *["E" for _ in INDICATORS]])
    elsewhere = ",".join([*north[:2], "South Trust", *north[3:]])
    earlier = ",".join(["2023-07-01", *north[1:]])
    file.write_text("\n".join([*lines, spaced, elsewhere, earlier, lines[2]]) + "\n")
    fault = "stands in line {} already; list a team once for a period; nothing was imported"
    with nothing_kept(kept):
        assert opened(accredit, file) == (
            1, "",
            [
                f"{file}:4: the team 'North' of 'North Trust' {fault.format(2)}",
                f"{file}:7: the team 'South' of 'South Trust' {fault.format(3)}",
            ],
        )  # fmt: skip


def test_a_team_that_was_withdrawn_is_left_out_and_said(
    accredit: Accredit, kept: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_the_engine(monkeypatch)
    file = audit(tmp_path / "audit.csv", {"North": ["A"], "South": ["B"]})
    opened(accredit, file)
    withdraw(kept.database, principal=OFFICE, cycle_id=1, reason="The ward closes.", at=kept.now())
    with nothing_kept(kept):
        code, out, err = opened(accredit, file)
    assert (code, err, [line for line in out.splitlines() if line.startswith("left out")]) == (
        0,
        [],
        [
            "left out: The cycle of the team 'North' (North Trust) in the round 'ssnap 2023-10-01' was withdrawn; "
            "enrol it in another round."
        ],
    )


def test_an_unknown_period_lists_those_that_the_file_has(accredit: Accredit, tmp_path: Path) -> None:
    file = audit(tmp_path / "audit.csv", {"North": ["A"]})
    assert opened(accredit, file, quarter="1999-01-01") == (
        1, "", [f"{file} column quarter_start: no line for '1999-01-01'; periods here: {QUARTER}"],
    )  # fmt: skip


def test_a_trust_whose_sites_are_listed_in_two_networks_is_taken_into_neither_and_that_is_said(
    accredit: Accredit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_the_engine(monkeypatch)
    file = audit(tmp_path / "audit.csv", PUBLISHED)
    file.write_text(file.read_text().replace("Hills,South Trust", "Dales,North Trust"))
    code, out, _ = opened(accredit, file)
    words = "North Trust is listed in 2 networks (Dales, Hills); none is taken from here"
    assert (code, [line for line in out.splitlines() if "network" in line]) == (0, [words])
    with wiring.house().database.reading() as session:
        found = session.execute(text("SELECT name, network FROM organisation ORDER BY name")).all()
    assert [tuple(row) for row in found] == [("North Trust", ""), ("West Trust", "Hills")]


def test_a_missing_column_is_named(accredit: Accredit, tmp_path: Path) -> None:
    file = audit(tmp_path / "audit.csv", {"North": ["A"]}, leave_out=INDICATORS[-1])
    code, out, err = opened(accredit, file)
    assert (code, out, len(err)) == (1, "", 1)
    assert err[0].startswith(f"{file}:1: there is no column '{INDICATORS[-1]}'")


def test_an_audit_that_the_scheme_does_not_take_is_refused(accredit: Accredit, tmp_path: Path) -> None:
    file = audit(tmp_path / "audit.csv", {"North": ["A"]})
    assert opened(accredit, file, "--audit-name", "other") == (
        1, "", ["--audit-name: 'other'; an audit of this scheme: ssnap"],
    )  # fmt: skip


def test_an_unknown_folder_and_a_missing_file_are_said_in_words(accredit: Accredit, tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    said = accredit("round", "open", missing, "--audit", missing, "--quarter", QUARTER)
    assert (said.code, said.out.splitlines()[0]) == (
        1, f"{missing}: there is no such folder; name a folder that holds a scheme.yaml",
    )  # fmt: skip
    assert opened(accredit, missing) == (
        1, "", [f"{missing}: cannot be read: No such file or directory; name a CSV file"],
    )  # fmt: skip


def test_a_round_is_opened_on_a_published_edition_by_its_scheme_and_label(accredit: Accredit, kept: House) -> None:
    publish_edition(kept.database, principal=OFFICE, scheme=scheme(), at=AT)
    digest = scheme().digest
    said = f"Round 1, 'Spring', is open on small 2026.1 ({digest[:12]}).\n"
    for words in (("small", "2026.1"), ("small 2026.1",), ("2026.1",), (digest,), (digest[:6],)):
        told = accredit("round", "open", *words, "--name", "Spring")
        assert (told.code, told.out, told.err) == (0, said, "")
    assert accredit("round", "list").out == f"1  Spring: small 2026.1, opened {kept.now():%-d %B %Y}\n"
    for meant in ("small 2026.2", "stroke 2026.1", digest[:5]):
        refused = accredit("round", "open", meant, "--name", "Autumn")
        assert (refused.code, refused.out, refused.err) == (
            1, "", f"EDITION: no edition '{meant}' is published; one of these, or its digest: small 2026.1 "
            f"({digest[:12]})\n",
        )  # fmt: skip


def test_a_round_is_opened_on_a_folder_which_is_published_first(accredit: Accredit) -> None:
    for _ in range(2):
        told = accredit("round", "open", STROKE, "--name", "Spring")
        assert (told.code, told.out.startswith("Round 1, 'Spring', is open on stroke 2026."), told.err) == (0, True, "")


def test_what_is_needed_to_open_a_round_is_named(accredit: Accredit, tmp_path: Path) -> None:
    nameless = accredit("round", "open", "stroke", "2026.4")
    assert (nameless.code, nameless.err) == (1, "--name: not given; the round's name, as in 'Spring 2027'\n")
    timeless = accredit("round", "open", STROKE, "--audit", tmp_path / "audit.csv")
    assert (timeless.code, timeless.err) == (
        1, "--quarter: not given; with --audit, the period in that file, as it is written there: 2023-10-01\n",
    )  # fmt: skip
    assert accredit("round", "list").out == (
        "No round is open yet. To open one: accredit round open EDITION --name NAME\n"
    )
    nothing = accredit("round", "open", "stroke", "2026.4", "--name", "Spring")
    assert (nothing.code, nothing.err) == (
        1, "EDITION: no edition 'stroke 2026.4' is published; one of these, or its digest: none is published yet\n",
    )  # fmt: skip
