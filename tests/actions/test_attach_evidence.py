import hashlib
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import event

from accreditation.actions.check_evidence import Checked, check_evidence
from accreditation.actions.state_profile import state_profile
from accreditation.errors import Invalid, NotFound, UploadBroken
from accreditation.records.evidence_items import EvidenceItem
from accreditation.records.jobs import Kind
from accreditation.rules.clearance import State
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.walking import AT, CYCLE, LEAD, MEMBER, attach, begin, due_jobs, everything, job_of, newest, nothing_kept

DIGEST = hashlib.sha256(b"a job plan").hexdigest()


def test_a_file_is_kept_with_what_it_answers(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    item = attach(house, title=" Job plan ", criteria=["2.01", "1.01", "2.01"])
    assert (item.title, item.file_name, item.media_type, item.size, item.digest) == (
        "Job plan", "plan.pdf", "application/pdf", 10, DIGEST,
    )  # fmt: skip
    detail = {"evidence": 1, "version": 1, "digest": DIGEST, "size": 10, "criteria": ["2.01", "1.01"]}
    assert newest(house) == [("team_lead:lead of north", "evidence:attach", "cycle:1", detail)]
    assert [(job.kind, job.subject) for job in due_jobs(house)][-1] == (Kind.EVIDENCE, CYCLE)
    assert b"".join(house.evidence.open(DIGEST)) == b"a job plan"


def test_the_same_file_for_the_same_criteria_is_kept_once(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    first = attach(house, criteria=["1.01", "2.01"])
    with nothing_kept(house):
        assert attach(house, criteria=["2.01"], title="Another title").id == first.id
    assert attach(house, criteria=["2.02"]).id != first.id


def test_a_file_costs_the_same_however_many_are_attached_already(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    read: list[object] = []

    def count(item: object, _: object) -> None:
        read.append(item)

    event.listen(EvidenceItem, "load", count)
    costs = []
    try:
        for number in range(12):
            before = len(read)
            attach(house, content=f"plan {number}".encode())
            costs.append(len(read) - before)
    finally:
        event.remove(EvidenceItem, "load", count)
    assert costs == [costs[0]] * 12


@pytest.mark.parametrize(
    ("upload", "where"),
    [
        ({"criteria": []}, ["criteria"]),
        ({"criteria": ["9.99", "1.10"]}, ["criterion 9.99", "criterion 1.10"]),
        ({"title": " ", "file_name": "two\nlines"}, ["title", "file name"]),
        ({"title": "x" * 201, "criteria": []}, ["criteria", "title"]),
    ],
)
def test_what_is_wrong_with_an_upload_is_said_before_a_byte_is_read(
    for_all_at: AtStage, upload: dict[str, Any], where: list[str]
) -> None:
    house = for_all_at(Stage.SELF_ASSESSMENT)
    with nothing_kept(house), pytest.raises(Invalid) as invalid:
        attach(house, content=b"unread", **upload)
    assert [fault.where for fault in invalid.value.faults] == where
    assert list(house.evidence.digests()) == []


def test_two_uploads_of_one_file_at_once_are_one_file(any_house: House) -> None:
    begin(any_house)
    both = Barrier(2)

    def send(by: Principal) -> int | None:
        both.wait(timeout=30)
        return attach(any_house, by=by).id

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(send, (LEAD, MEMBER))) == [1, 1]
    kept = everything(any_house)
    assert [kept[one] for one in ("evidence_item", "library_version", "library_item")] == [1, 1, 1]
    assert list(any_house.evidence.digests()) == [DIGEST]


def test_an_upload_that_is_cut_off_keeps_nothing_and_works_again(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    with nothing_kept(house), pytest.raises(UploadBroken):
        attach(house, announced_length=11)
    assert attach(house, announced_length=10, announced_digest=DIGEST).size == 10


def test_what_changed_while_the_bytes_arrived_is_noticed(at_stage: AtStage, monkeypatch: pytest.MonkeyPatch) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    state_profile(house.database, principal=LEAD, cycle_id=CYCLE, profile={"hasu": True}, at=AT)
    keep = house.evidence.keep

    async def keep_slowly(*given: Any, **named: Any) -> Any:
        kept = await keep(*given, **named)
        state_profile(house.database, principal=LEAD, cycle_id=CYCLE, profile={"hasu": False}, at=AT)
        return kept

    monkeypatch.setattr(house.evidence, "keep", keep_slowly)
    with pytest.raises(Invalid, match=r"criterion 1\.10"):
        attach(house, criteria=["1.10"])
    assert newest(house)[0][1] == "cycle:profile"


def test_the_engine_checks_each_file_once(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    attach(house)
    damaged = attach(house, content=b"to be lost")
    assert house.evidence.remove(damaged.digest)
    job = job_of(house, Kind.EVIDENCE)

    def check(number: int) -> Checked | None:
        return check_evidence(house.database, house.evidence, examine=house.examine, job_id=number, at=AT)

    assert check(job) == Checked(whole=1, damaged=1, states={State.CLEARED: 1}, again=False)
    detail = {"job": job, "whole": 1, "damaged": [damaged.id]}
    assert newest(house) == [("engine:engine", "evidence:check", "cycle:1", detail)]
    with nothing_kept(house):
        assert check(job) is None
        for wrong in (99, 1):
            with pytest.raises(NotFound, match=f"There is no evidence job {wrong}"):
                check(wrong)
