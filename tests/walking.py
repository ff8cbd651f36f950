"""A small college at work: a round with one team's cycle, walked to any stage by the actions themselves."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import text

from accreditation.actions.agree import agree
from accreditation.actions.assign import assign_round
from accreditation.actions.attach_evidence import Upload, attach_evidence
from accreditation.actions.check_evidence import check_evidence
from accreditation.actions.close_accuracy import close_accuracy
from accreditation.actions.close_answers import close_answers
from accreditation.actions.close_requests import close_requests
from accreditation.actions.close_review import close_review
from accreditation.actions.decide import decide
from accreditation.actions.enrol import enrol
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.keep_document import Document, keep_document
from accreditation.actions.keep_up import keep_up
from accreditation.actions.lapse import lapse
from accreditation.actions.leave import withdraw
from accreditation.actions.open_round import open_round
from accreditation.actions.publish import publish
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.rate import Given, rate
from accreditation.actions.recommend import recommend
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.actions.remove_bytes import remove_bytes
from accreditation.actions.report_gap import report_gap
from accreditation.actions.review import hand_in, review
from accreditation.actions.settle import settle
from accreditation.actions.submit import submit
from accreditation.actions.watch_risks import watch_risks
from accreditation.ledger.entries import entries, head
from accreditation.records import cycles, jobs, reviewers
from accreditation.records.evidence_items import EvidenceItem
from accreditation.records.jobs import Kind
from accreditation.records.tables import APPEND_ONLY, CHANGEABLE
from accreditation.rules.cycle import Stage
from accreditation.rules.library import Described, Version
from accreditation.rules.people import Principal, Role
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from accreditation.wiring import House
from tests.building import changed, followed
from tests.remembered import once

AT = datetime(2026, 4, 1, 9, tzinfo=UTC)
"""When everything here happens."""

OFFICE = Principal(name="the office", role=Role.OFFICE)
COMMITTEE = Principal(name="the committee", role=Role.COMMITTEE)
LEAD = Principal(name="lead of north", role=Role.TEAM_LEAD, team=1)
MEMBER = Principal(name="member of north", role=Role.TEAM_MEMBER, team=1)
STRANGER = Principal(name="lead of south", role=Role.TEAM_LEAD, team=2)

CYCLE, ROUND, NORTH, SOUTH = 1, 1, 1, 2
"""The cycle of the team North (of the organisation 1) in the round; South (of 2) is not enrolled."""

LEADS, LAYS = (1, 2), (3, 4)
"""Reviewers by the role they take. All but the first lay reviewer could be replaced."""

NORTHS_LEAD, OTHER_LEAD = LEADS
"""The lead whom the lot seats in North's review team, and the one who is free."""

NO_UNIT: Mapping[str, object] = {"hasu": False}
"""North's profile: it is no hyperacute unit."""

TABLES = (*APPEND_ONLY, *CHANGEABLE)
"""The tables of the records; SQLModel's metadata also has those that other tests make for themselves."""

COUNTED = "SELECT " + ", ".join(f'(SELECT count(*) FROM "{name}")' for name in TABLES)
"""How many rows has each of them? In one question: so it is asked twice for each cell of large tables."""

ASKED = """\
evidence_requests: {within: {weeks: 1}}
immediate_risk: {reply_within: {business_days: 2}}
"""
"""What the scheme says besides: how long a team has to show more, and to answer an immediate risk."""

ANSWERS: Mapping[str, Answer] = {
    "1.01": Answer(rating="met"),
    "2.01": Answer(measured="92.5"),
    "2.02": Answer(level="B"),
}
"""What the team answers: all it is asked, as it is no hyperacute unit."""


@cache
def scheme(**changes: str) -> Scheme:
    """The small scheme, with one reviewer of each role; and with these words in its file written differently."""
    files = changed("scheme.yaml", "minimum: 0, maximum: 2", "minimum: 1, maximum: 1")
    files["scheme.yaml"] += ASKED.encode()
    for old, new in changes.items():
        files["scheme.yaml"] = files["scheme.yaml"].replace(old.encode(), new.encode())
    return read_standard(files).scheme


def reviewer(number: int) -> Principal:
    """The reviewer with this id, as somebody who acts."""
    return Principal(name=f"reviewer {number}", role=Role.REVIEWER, reviewer=number)


def given(answers: Mapping[str, Answer], *, seen: int = 0) -> dict[str, Given]:
    """These answers, by somebody who saw this version of each."""
    return {name: Given(answer=answer, seen_version=seen) for name, answer in answers.items()}


def found(**ratings: str) -> dict[str, Given]:
    """A reviewer's first ratings of every criterion: met, where nothing else is said (c1_01='not_met')."""
    said = {name.removeprefix("c").replace("_", "."): rating for name, rating in ratings.items()}
    return given({name: Answer(rating=said.get(name, "met")) for name in ANSWERS})


def begin(house: House, *, edition: Scheme | None = None, profile: Mapping[str, object] = NO_UNIT) -> None:
    """Publish the edition, register teams and reviewers, open the round and enrol North."""
    edition = edition or scheme()
    once(house, ("begin", *profile.items()), lambda: _begin(house, edition, profile), of=edition)


def _begin(house: House, edition: Scheme, profile: Mapping[str, object]) -> None:
    database = house.database
    digest = publish_edition(database, principal=OFFICE, scheme=edition, at=AT)
    rows = [
        TeamToImport(organisation=f"{name} Trust", team=name, service_line="small")
        for name in ("North", "South", "Far")
    ]
    import_teams(database, principal=OFFICE, rows=rows, at=AT)
    for number in LEADS:
        register_reviewer(
            database, principal=OFFICE, name=f"Lead {number}", roles=["lead"], organisation_id=3, capacity=2, at=AT
        )
    for number in LAYS:
        register_reviewer(
            database, principal=OFFICE, name=f"Lay {number}", roles=["lay"], organisation_id=None, capacity=2, at=AT
        )
    open_round(database, principal=OFFICE, digest=digest, name="spring", at=AT)
    enrol(database, principal=OFFICE, team_id=NORTH, round_id=ROUND, profile=profile, at=AT)


def attach(
    house: House, *, content: bytes = b"a job plan", cycle: int = CYCLE, by: Principal = LEAD, at: datetime = AT,
    **upload: Any,
) -> EvidenceItem:  # fmt: skip
    """Attach this file to the cycle."""

    async def chunks() -> AsyncIterator[bytes]:
        yield content

    wanted = Upload(**{"title": "Job plan", "file_name": "plan.pdf", "criteria": ["1.01"], **upload})
    return asyncio.run(
        attach_evidence(
            house.database, house.evidence, principal=by, cycle_id=cycle, upload=wanted, chunks=chunks(), at=at
        )
    )


def keep(
    house: House, *, content: bytes = b"a job plan", by: Principal = LEAD, item: int | None = None, **described: Any
) -> Version:
    """Keep this file in the team's library, as a version of this document or as a new one."""

    async def chunks() -> AsyncIterator[bytes]:
        yield content

    said = Described(**{"title": "Job plan", **described})
    wanted = Document(file_name="plan.pdf", described=said, item=item)
    return asyncio.run(
        keep_document(house.database, house.evidence, principal=by, document=wanted, chunks=chunks(), at=AT)
    )


def work(house: House, *kinds: Kind, at: datetime = AT) -> list[Kind]:
    """Carry out all due jobs (of these kinds, or all but mail) as the flows would; says which kinds, one a job."""
    carry: dict[Kind, Any] = {
        Kind.SELF_ASSESSMENT: lambda job: report_gap(house.database, job_id=job, at=at),
        Kind.EVIDENCE: lambda job: check_evidence(
            house.database, house.evidence, examine=house.examine, job_id=job, at=at
        ),
        Kind.ASSIGNMENT: lambda job: assign_round(house.database, job_id=job, at=at),
        Kind.ANSWERS: lambda job: close_answers(house.database, job_id=job, at=at),
        Kind.REVIEW: lambda job: close_review(house.database, job_id=job, at=at),
        Kind.REQUESTS: lambda job: close_requests(house.database, job_id=job, at=at),
        Kind.RISKS: lambda job: watch_risks(house.database, job_id=job, at=at),
        Kind.ACCURACY: lambda job: close_accuracy(house.database, job_id=job, at=at),
        Kind.CONDITIONS: lambda job: lapse(house.database, job_id=job, at=at),
        Kind.DELETION: lambda job: remove_bytes(house.database, house.evidence, job_id=job, at=at),
        Kind.AWARD: lambda job: recommend(house.database, job_id=job, at=at),
        Kind.UPKEEP: lambda job: keep_up(house.database, house.evidence, job_id=job, at=at),
    }
    done = []
    wanted = kinds or [kind for kind in Kind if kind not in (Kind.LETTERS, Kind.REMINDERS)]
    while due := [job for job in due_jobs(house, at=at) if Kind(job.kind) in wanted]:
        for job in due:
            carry[Kind(job.kind)](job.id)
            done.append(Kind(job.kind))
    return done


def due_jobs(house: House, *, at: datetime = AT) -> list[jobs.Job]:
    """Every job that is due."""
    with house.database.reading() as session:
        return [job for job in jobs.waiting(session, held=False) if job.due_at <= at]


def job_of(house: House, kind: Kind) -> int:
    """The id of the newest job of this kind, done or not."""
    with house.database.reading() as session:
        number = session.execute(text("SELECT max(id) FROM job WHERE kind = :kind"), {"kind": kind.value}).scalar_one()
    assert isinstance(number, int), f"there is no {kind} job"
    return number


def team_of(house: House, cycle: int = CYCLE) -> dict[str, int]:
    """Role -> the reviewer who sits in the cycle's review team now."""
    with house.database.reading() as session:
        return {row.role: row.reviewer_id for row, _ in reviewers.sitting(session, cycle_ids=[cycle])}


def rate_and_hand_in(house: House, role: str, **ratings: str) -> None:
    """The reviewer in this role rates everything and hands in."""
    who = reviewer(team_of(house)[role])
    review(house.database, principal=who, cycle_id=CYCLE, given=found(**ratings), at=AT)
    hand_in(house.database, principal=who, cycle_id=CYCLE, at=AT)


def _to_evidence(house: House) -> None:
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given(ANSWERS), at=AT)
    submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.SELF_ASSESSMENT, at=AT)


def _to_assignment(house: House) -> None:
    attach(house)
    work(house, Kind.EVIDENCE)
    submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.EVIDENCE, at=AT)


def _to_consensus(house: House) -> None:
    rate_and_hand_in(house, "lead")
    rate_and_hand_in(house, "lay", c1_01="not_met")
    work(house)


def _to_recommendation(house: House) -> None:
    answer = Answer(rating="met", note="The job plan was seen.")
    who = reviewer(team_of(house)["lead"])
    settle(house.database, principal=who, cycle_id=CYCLE, criterion="1.01", answer=answer, at=AT)
    work(house, Kind.REVIEW)


def _to_withdrawn(house: House) -> None:
    withdraw(house.database, principal=LEAD, cycle_id=CYCLE, reason="The ward closes.", at=AT)


STEPS: Mapping[Stage, Any] = {
    Stage.SELF_ASSESSMENT: begin,
    Stage.EVIDENCE: _to_evidence,
    Stage.ASSIGNMENT: _to_assignment,
    Stage.REVIEW: work,
    Stage.CONSENSUS: _to_consensus,
    Stage.RECOMMENDATION: _to_recommendation,
    Stage.DECISION: work,
    Stage.PUBLICATION: lambda house: decide(
        house.database, principal=COMMITTEE, cycle_id=CYCLE, outcome="accredited", reason="", at=AT
    ),
    Stage.PUBLISHED: lambda house: publish(house.database, principal=OFFICE, cycle_id=CYCLE, at=AT),
}
"""How the cycle gets to each stage from the one before."""


def _to_factual_accuracy(house: House) -> None:
    _to_recommendation(house)
    assert stage_of(house) is Stage.FACTUAL_ACCURACY


CHECKED: Mapping[Stage, Any] = {
    stage: {
        Stage.FACTUAL_ACCURACY: _to_factual_accuracy,
        Stage.RECOMMENDATION: lambda house: agree(house.database, principal=LEAD, cycle_id=CYCLE, at=AT),
    }.get(stage)
    or STEPS[stage]
    for stage in Stage
    if stage is not Stage.WITHDRAWN
}
"""The same where the scheme asks for a check of factual accuracy."""


def walk(house: House, to: Stage, *, edition: Scheme | None = None) -> None:
    """Begin (on this edition), and bring North's cycle to this stage."""
    edition = edition or (followed() if to is Stage.FACTUAL_ACCURACY else scheme())
    once(house, ("walk", to), lambda: _walk(house, to, edition), of=edition)
    assert stage_of(house) == to


def _walk(house: House, to: Stage, edition: Scheme) -> None:
    checked = edition.factual_accuracy is not None
    for stage, step in (CHECKED if checked else STEPS).items():
        if stage is Stage.SELF_ASSESSMENT:
            begin(house, edition=edition)
        else:
            step(house)
        if stage is to:
            break
        if to is Stage.WITHDRAWN:
            _to_withdrawn(house)
            break


def stage_of(house: House, cycle: int = CYCLE) -> Stage:
    """The stage that the cycle is in."""
    with house.database.reading() as session:
        return cycles.now(session, cycle).stage


def newest(house: House, *, number: int = 1) -> list[tuple[str, str, str, Any]]:
    """The newest entries of the ledger, the oldest of them first: actor, action, subject, detail."""
    with house.database.reading() as session:
        last, _ = head(session)
        return [
            (one.actor, one.action, one.subject, one.detail)
            for one in entries(session, after=last - number, limit=number)
        ]


def everything(house: House) -> dict[str, Any]:
    """How many rows every table has, the ledger's head, and what the outbox says of each job."""
    with house.database.reading() as session:
        counts = session.connection().exec_driver_sql(COUNTED).one()
        outbox = [(job.id, job.attempts, job.held, job.done_at) for job in jobs.waiting(session)]
        return {**dict(zip(TABLES, counts, strict=True)), "head": head(session), "outbox": outbox}


@contextmanager
def nothing_kept(house: House) -> Iterator[None]:
    """Whatever happens in this block leaves no row and no entry."""
    before = everything(house)
    yield
    assert everything(house) == before


def later(days: float) -> datetime:
    """So many days after everything here began."""
    return AT + timedelta(days=days)


def rate_all(house: House, *, cycle: int = CYCLE) -> dict[str, int]:
    """The team answers everything it is asked."""
    return rate(house.database, principal=LEAD, cycle_id=cycle, given=given(ANSWERS), at=AT)


def hold(house: House, *, job: int) -> None:
    """Let this job fail until it is held for a person."""
    with house.database.bookkeeping() as session:
        row = session.get_one(jobs.Job, job)
        row.attempts = jobs.MOST_ATTEMPTS
        assert jobs.failed(session, job_id=job, reason="The disk is full.", at=AT)
