"""Bytes that no record names: refused before they come where that is known, and otherwise nothing of them is left."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from accreditation.actions.attach_evidence import Upload, attach_kept
from accreditation.actions.keep_up import begin_upkeep
from accreditation.actions.strays import take_stray, take_strays
from accreditation.errors import Invalid, UploadBroken
from accreditation.evidence.store import Kept
from accreditation.records.jobs import Kind
from accreditation.wiring import House
from tests.walking import AT, CYCLE, LEAD, STRANGER, attach, begin, keep, newest, nothing_kept, scheme, work

TOMORROW = datetime.now(UTC) + timedelta(days=2)
"""The store says by the machine's clock when something came."""


def begin_with_room_for_one(house: House) -> None:
    """A cycle that may have one file, and has it."""
    begin(house, edition=scheme(**{"immediate_risk: {": "evidence_rules: {most_files: 1}\nimmediate_risk: {"}))
    attach(house)


def lying(house: House) -> int:
    return len(list(house.evidence.digests()))


def noted(house: House) -> list[str]:
    return list(house.evidence.unrecorded.before(TOMORROW))


def send(house: House, content: bytes) -> Kept:
    """These bytes come whole, and the process is killed before they are anything."""

    async def chunks() -> AsyncIterator[bytes]:
        yield content

    return asyncio.run(house.evidence.keep(chunks(), announced_length=None, announced_digest=None, at=AT))


def become(house: House, kept: Kept) -> None:
    upload = Upload(title="Plan", file_name="plan.pdf", criteria=["1.01"])
    attach_kept(
        house.database, house.evidence, principal=LEAD, cycle_id=CYCLE, upload=upload, kept=kept, at=TOMORROW
    )  # fmt: skip


def test_one_file_too_many_is_refused_before_it_comes_and_the_same_file_is_not(house: House) -> None:
    begin_with_room_for_one(house)
    for announced in ({"announced_length": 11}, {"announced_digest": "0" * 64}):
        with nothing_kept(house), pytest.raises(Invalid, match="1 files are attached; at most 1"):
            attach(house, content=b"other bytes than were announced, if they were read", **announced)
    with nothing_kept(house):
        assert [attach(house, announced_length=length).id for length in (None, 10)] == [1, 1]
    assert (lying(house), noted(house)) == (1, [])


def test_what_is_refused_once_it_came_leaves_nothing_but_what_a_record_names(house: House) -> None:
    begin_with_room_for_one(house)
    keep(house, content=b"a rota", by=STRANGER)
    for content in (b"a patient's letter", b"as long ..", b"a rota"):
        with nothing_kept(house), pytest.raises(Invalid, match="at most 1"):
            attach(house, content=content)
        assert (lying(house), noted(house)) == (2, [])


def test_upkeep_takes_away_what_a_kill_left_in_no_record_once_it_is_a_day_old(house: House) -> None:
    begin(house)
    attach(house)
    strays = [send(house, content) for content in (b"a patient's letter", b"another")]
    send(house, b"a job plan")  # killed after it was a record, too
    assert take_strays(house.database, house.evidence, before=datetime.now(UTC) - timedelta(days=1)) == 0
    become(house, strays[1])
    begin_upkeep(house.database, at=TOMORROW)
    work(house, Kind.UPKEEP, at=TOMORROW)
    assert newest(house)[0][3]["removed_strays"] == 1
    assert (lying(house), noted(house)) == (2, [])


def test_what_came_otherwise_as_where_the_records_are_older_is_left_to_people(house: House) -> None:
    begin(house)
    house.evidence.unrecorded.forget(send(house, b"of records that were lost").digest)
    assert take_strays(house.database, house.evidence, before=TOMORROW) == 0
    assert lying(house) == 1


def test_an_upload_whose_bytes_are_taken_away_before_it_is_a_record_is_asked_for_again(house: House) -> None:
    begin(house)
    kept = send(house, b"a job plan")
    assert take_stray(house.database, house.evidence, kept.digest)
    with nothing_kept(house), pytest.raises(UploadBroken) as broken:
        become(house, kept)
    assert str(broken.value) == "It did not arrive whole. Send the file again."
    assert attach(house).digest == kept.digest
    assert (lying(house), noted(house)) == (1, [])
