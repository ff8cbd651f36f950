"""Each stage's flow on a real Prefect server: twice is once, a failure is one job's own, and the office sees why."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Literal

import pytest

from accreditation.actions.ask_evidence import ask_evidence
from accreditation.actions.enrol import enrol
from accreditation.actions.keep_up import begin_upkeep
from accreditation.actions.raise_risk import raise_risk
from accreditation.actions.record_finding import Found, record_finding
from accreditation.actions.report_gap import report_gap
from accreditation.errors import Unavailable
from accreditation.records import jobs
from accreditation.records.jobs import Job, Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.findings import Draft
from accreditation.rules.findings import Kind as Finding
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from flows.host import Host
from tests.following import after, to_published, to_report
from tests.proposing import all_agree, asked, confirm_all, service_says, to_proposal
from tests.walking import (
    AT,
    CYCLE,
    OFFICE,
    ROUND,
    SOUTH,
    begin,
    due_jobs,
    everything,
    later,
    nothing_kept,
    rate_and_hand_in,
    reviewer,
    stage_of,
    team_of,
    walk,
    work,
)
from tests.wide import hand_in_as, to_review

pytestmark = pytest.mark.xdist_group("prefect")

Run = Callable[..., None]


@pytest.fixture
def run(host: Host, house: House, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the flow of this kind for these jobs, on this test's house."""
    from flows import stages

    monkeypatch.setattr(stages, "house", lambda: house)
    return lambda kind, *names: asyncio.run(host.run(stages.STAGES[kind](list(names))))


def due(house: House, kind: Kind) -> list[int]:
    return [job.id for job in due_jobs(house) if job.kind == kind and job.id is not None]


def job(house: House, number: int) -> Job:
    with house.database.reading() as session:
        return session.get_one(Job, number)


def shown(key: str) -> Any:
    """What Prefect's page shows under this key: Markdown, or the rows of a table."""
    from prefect.client.orchestration import get_client

    async def read() -> Any:
        async with get_client() as client:
            answer = await client.request("GET", "/artifacts/{key}/latest", path_params={"key": key})
            return answer.json()["data"]

    return asyncio.run(read())


SECRET = "The rota has two nights without a consultant."


def _handed_in(house: House) -> None:
    walk(house, Stage.REVIEW)
    for role in ("lead", "lay"):
        rate_and_hand_in(house, role)


def _agreed(house: House) -> None:
    to_proposal(house)
    confirm_all(house)
    all_agree(house)


def _asked_and_warned(house: House) -> None:
    """A reviewer asks for more and raises a risk, and the time for both is over."""
    walk(house, Stage.REVIEW)
    who = reviewer(team_of(house)["lay"])
    long_ago = later(-60)
    ask_evidence(house.database, principal=who, cycle_id=CYCLE, criterion="1.01", question=SECRET, at=long_ago)
    raise_risk(house.database, principal=who, cycle_id=CYCLE, criterion=None, text=SECRET, at=long_ago)


def _begun(house: House) -> None:
    begin_upkeep(house.database, at=AT)


@pytest.mark.parametrize(
    ("kind", "prepare", "reached"),
    [
        (Kind.SELF_ASSESSMENT, lambda house: walk(house, Stage.EVIDENCE), Stage.EVIDENCE),
        (Kind.EVIDENCE, lambda house: walk(house, Stage.EVIDENCE), Stage.EVIDENCE),
        (Kind.ASSIGNMENT, lambda house: walk(house, Stage.ASSIGNMENT), Stage.REVIEW),
        (Kind.ANSWERS, _agreed, Stage.REVIEW),
        (Kind.REVIEW, _handed_in, Stage.RECOMMENDATION),
        (Kind.REQUESTS, _asked_and_warned, Stage.REVIEW),
        (Kind.RISKS, _asked_and_warned, Stage.REVIEW),
        (Kind.AWARD, lambda house: walk(house, Stage.RECOMMENDATION), Stage.DECISION),
        (Kind.UPKEEP, _begun, None),
    ],
    ids=lambda value: value if isinstance(value, Kind) else "",
)
def test_a_stages_flow_run_twice_gives_the_same_records(
    run: Run, house: House, kind: Kind, prepare: Callable[[House], None], reached: Stage | None
) -> None:
    prepare(house)
    names = due(house, kind)
    assert names != []
    run(kind, *names)
    assert [job(house, name).done_at is None for name in names] == [False] * len(names)
    assert reached is None or stage_of(house) == reached
    with nothing_kept(house):
        run(kind, *names)


@pytest.mark.parametrize(
    ("kind", "prepare", "reached", "outcome"),
    [
        (Kind.ACCURACY, to_report, Stage.RECOMMENDATION, None),
        (Kind.CONDITIONS, to_published, Stage.PUBLISHED, "refused"),
    ],
    ids=lambda value: value if isinstance(value, Kind) else "",
)
def test_what_waits_for_its_time_is_done_once_it_is_over_and_only_then(
    run: Run,
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    kind: Kind,
    prepare: Callable[[House], None],
    reached: Stage,
    outcome: str | None,
) -> None:
    prepare(house)
    waiting = stage_of(house)
    for days, stage, stands in ((1, waiting, outcome and "deferred"), (400, reached, outcome)):
        monkeypatch.setattr(House, "now", lambda _, days=days: later(days))
        names = [job.id for job in due_jobs(house, at=later(400)) if job.kind == kind]
        run(kind, *names)
        assert stage_of(house) is stage
        assert outcome is None or after(house).stands.outcome == stands
        with nothing_kept(house):
            run(kind, *names)


def test_every_kind_of_job_has_its_flow_and_its_entrypoint(host: Host) -> None:
    from flows.stages import ENTRYPOINTS, STAGES

    assert set(STAGES) == {kind.value for kind in Kind}
    assert {name: f"flows/stages.py:{flow.fn.__name__}" for name, flow in STAGES.items()} == ENTRYPOINTS


def test_a_job_that_fails_is_given_back_and_the_others_are_done(
    run: Run, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import stages

    begin(house)
    enrol(house.database, principal=OFFICE, team_id=SOUTH, round_id=ROUND, profile={}, at=AT)
    bad, good = due(house, Kind.SELF_ASSESSMENT)
    with house.database.bookkeeping() as session:
        jobs.claim(session, by="somebody", lease=timedelta(minutes=2), most=2, at=AT)

    def fail_for_one(database: Any, *, job_id: int, at: Any) -> Any:
        if job_id == bad:
            raise ZeroDivisionError("division by zero")
        return report_gap(database, job_id=job_id, at=at)

    monkeypatch.setattr(stages, "report_gap", fail_for_one)
    with pytest.raises(stages.SomeJobsFailed, match=r"1 of 2 jobs failed; what is not done is tried again: \[1\]"):
        run(Kind.SELF_ASSESSMENT, bad, good)
    assert (job(house, bad).failure, job(house, bad).leased_by) == ("ZeroDivisionError: division by zero", None)
    assert (job(house, bad).done_at, job(house, good).done_at is None) == (None, False)


def test_a_store_that_is_away_for_a_moment_is_asked_again_at_once(
    run: Run, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import stages

    begin(house)
    asked = []

    def away_at_first(database: Any, *, job_id: int, at: Any) -> Any:
        asked.append(job_id)
        if len(asked) == 1:
            raise Unavailable("Somebody else wrote at the same moment; nothing was kept. Try again.")
        return report_gap(database, job_id=job_id, at=at)

    monkeypatch.setattr(stages, "report_gap", away_at_first)
    monkeypatch.setattr(stages.gap, "retry_delay_seconds", 0)
    run(Kind.SELF_ASSESSMENT, 1)
    assert (asked, job(house, 1).done_at is None) == ([1, 1], False)


def test_a_crash_after_the_records_were_kept_leaves_the_job_done(
    run: Run, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import artifacts, stages

    walk(house, Stage.RECOMMENDATION)
    (name,) = due(house, Kind.AWARD)

    async def crash(_: object) -> None:
        raise OSError("the network is gone")

    monkeypatch.setattr(artifacts, "show_award", crash)
    with pytest.raises(stages.SomeJobsFailed):
        run(Kind.AWARD, name)
    assert stage_of(house) == Stage.DECISION
    assert (job(house, name).done_at is None, job(house, name).failure) == (False, "")
    before = everything(house)
    run(Kind.AWARD, name)
    assert everything(house) == before


def test_the_office_sees_how_far_a_team_is_from_the_award(run: Run, house: House) -> None:
    begin(house)
    run(Kind.SELF_ASSESSMENT, 1)
    gap = shown("gap-cycle-1")
    assert gap.splitlines()[0] == "## Cycle 1: by its own answers, deferred"
    assert "3 not answered." in gap
    said = "1.01 to Met; 1 of 2.01, 2.02"
    assert f"- Accredited: 2 criteria to improve: {said}" in gap.splitlines()


def test_the_office_sees_who_sits_in_a_review_team_and_why(run: Run, house: House) -> None:
    walk(house, Stage.ASSIGNMENT)
    run(Kind.ASSIGNMENT, *due(house, Kind.ASSIGNMENT))
    rows = json.loads(shown("review-team-cycle-1"))
    assert [(row["seat"], row["reviewer"].split()[0], bool(row["why"])) for row in rows] == [
        ("lay", "Lay", True),
        ("lead", "Lead", True),
    ]


def test_the_office_sees_what_is_proposed_and_never_why_somebody_said_no(run: Run, house: House) -> None:
    to_proposal(house, both=True)
    confirm_all(house)
    lay = asked(house)["lay"]
    service_says(house, "lay", conflict=True, reason="They ran our unit.")
    run(Kind.ASSIGNMENT, *due(house, Kind.ASSIGNMENT))
    rows = json.loads(shown("proposal-round-1"))
    assert [(row["team"], row["seat"], row["how"]) for row in rows] == [
        ("North", "Lay reviewer", "proposed"), ("North", "Lead", "kept"),
        ("South", "Lay reviewer", "kept"), ("South", "Lead", "kept"),
    ]  # fmt: skip
    assert "They ran our unit." not in json.dumps(rows)
    assert f"Lay {lay}" not in [row["reviewer"] for row in rows if row["team"] == "North"]


def test_the_office_sees_the_working_of_an_award(run: Run, house: House) -> None:
    walk(house, Stage.RECOMMENDATION)
    run(Kind.AWARD, *due(house, Kind.AWARD))
    told = shown("award-cycle-1")
    assert told.splitlines()[0] == "## Cycle 1: recommended is accredited"
    assert "**holds**" in told


def test_the_office_sees_scores_limits_and_numbers_that_are_no_statements(run: Run, house: House) -> None:
    to_review(house)
    for role in ("lead", "lay"):
        hand_in_as(house, role, c1_02=Answer(measured=20))
    work(house, Kind.REVIEW)
    run(Kind.AWARD, *due(house, Kind.AWARD))
    lines = shown("award-cycle-1").splitlines()
    assert lines[0] == "## Cycle 1: recommended is silver"
    assert lines[2:6] == [
        "- Points: 75.0 (level B)",
        "- Met: First: 75 (level part)",
        "- For the college: 1",
        "- limited from gold to silver: nothing is gold where scans are slow",
    ]
    assert [line for line in lines if "None" in line] == []


def listed(what: Literal["/artifacts/filter", "/logs/filter"]) -> list[Any]:
    """Everything of this kind (artifacts, logs) that Prefect's page could show."""
    from prefect.client.orchestration import get_client

    async def read() -> list[Any]:
        async with get_client() as client:
            answer = await client.request("POST", what, json={"limit": 200})
            return list(answer.json())

    return asyncio.run(read())


def test_no_artifact_and_no_log_tells_what_a_reviewer_does_before_all_have_handed_in(run: Run, house: House) -> None:
    walk(house, Stage.ASSIGNMENT)
    run(Kind.ASSIGNMENT, *due(house, Kind.ASSIGNMENT))
    before = {one["id"]: one["data"] for one in listed("/artifacts/filter")}
    who = reviewer(team_of(house)["lay"])
    found = Found(draft=Draft(kind=Finding.KEY_ACTION, text=SECRET), seen_version=0)
    record_finding(house.database, principal=who, cycle_id=CYCLE, key="a", found=found, at=AT)
    ask_evidence(house.database, principal=who, cycle_id=CYCLE, criterion="1.01", question=SECRET, at=later(-60))
    raise_risk(house.database, principal=who, cycle_id=CYCLE, criterion=None, text=SECRET, at=later(-60))
    rate_and_hand_in(house, "lay", c1_01="not_met")
    for kind in (Kind.REQUESTS, Kind.RISKS, Kind.REVIEW):
        run(kind, *due(house, kind))
    assert {one["id"]: one["data"] for one in listed("/artifacts/filter")} == before
    said = " ".join(one["message"] for one in listed("/logs/filter"))
    assert [word for word in (SECRET, "not_met") if word in said] == []
