"""Uploads that are not finished: who sees and drops those of others, and what the ledger tells of it."""

import asyncio
import os
from datetime import timedelta
from typing import Any

import pytest

from accreditation.actions.attach_evidence import Upload
from accreditation.actions.drop_uploads import UploadOfTeam, UploadsOfTeam, drop_upload, drop_uploads, uploads_of_teams
from accreditation.actions.keep_document import Document
from accreditation.actions.resume_upload import begin_upload
from accreditation.actions.uploading import ForCycle, ForLibrary, Purpose
from accreditation.errors import NotFound, NotPermitted
from accreditation.evidence.arrival import Arrival
from accreditation.evidence.unfinished import RESERVES
from accreditation.rules.library import Described
from accreditation.rules.people import Principal
from accreditation.wiring import House
from tests.sending import sent
from tests.walking import AT, CYCLE, LEAD, MEMBER, OFFICE, STRANGER, begin, newest, nothing_kept

OF_CYCLE = ForCycle(
    cycle=CYCLE, file=Upload(title="Plan", file_name="plan.pdf", criteria=("1.01",), announced_length=900)
)
OF_LIBRARY = ForLibrary(
    team=2, file=Document(file_name="rota.pdf", described=Described(title="Rota"), announced_length=50)
)


def begun(house: House, by: Principal, purpose: Purpose) -> Arrival:
    return asyncio.run(begin_upload(house.database, house.evidence, principal=by, purpose=purpose, at=AT))


def told(house: House, **more: Any) -> list[UploadsOfTeam]:
    asked = {"principal": OFFICE, "after": 0, "limit": 100, "at": AT, **more}
    return list(uploads_of_teams(house.database, house.evidence, **asked))


def shown(one: Arrival, by: Principal, *, size: int, arrived: int = 0, has_room: bool = True) -> UploadOfTeam:
    return UploadOfTeam(
        upload=one.name, by=by.name, size=size, arrived=arrived, has_room=has_room, begun_at=AT,
        expires_at=one.expires_at,
    )  # fmt: skip


def test_the_office_sees_what_teams_did_not_finish_and_for_what_room_is_kept(house: House) -> None:
    begin(house)
    theirs, own = begun(house, STRANGER, OF_LIBRARY), begun(house, MEMBER, OF_CYCLE)
    asyncio.run(house.evidence.arrivals.append(own.name, offset=0, chunks=sent(bytes(300)), at=AT))
    north = UploadsOfTeam(
        team=1, name="North", organisation="North Trust", uploads=(shown(own, MEMBER, size=900, arrived=300),)
    )
    south = UploadsOfTeam(team=2, name="South", organisation="South Trust", uploads=(shown(theirs, STRANGER, size=50),))
    assert (told(house), told(house, limit=1), told(house, after=1)) == ([north, south], [north], [south])
    old = (AT - RESERVES).timestamp()
    os.utime(house.settings.data / "evidence" / "arriving" / theirs.name, times=(old, old))
    (later,) = told(house, after=1, at=AT + RESERVES)
    assert later.uploads == (shown(theirs, STRANGER, size=50, has_room=False),)
    assert told(house, at=AT + timedelta(days=8)) == []


def test_what_the_office_drops_is_gone_and_the_ledger_tells_whose_it_was(house: House) -> None:
    begin(house)
    one, other = begun(house, MEMBER, OF_CYCLE), begun(house, STRANGER, OF_LIBRARY)
    dropped = [
        drop_uploads(house.database, house.evidence, principal=OFFICE, uploads=[one.name, "0" * 32], at=AT)
        for _ in range(2)
    ]
    assert dropped == [[one.name], []]
    assert newest(house) == [
        (
            "office:the office", "evidence:drop_upload", "team:1",
            {"upload": one.name, "begun_by": MEMBER.name, "size": 900, "arrived": 0},
        )
    ]  # fmt: skip
    with pytest.raises(NotFound):
        house.evidence.arrivals.find(one.name)
    assert house.evidence.arrivals.find(other.name) == other


@pytest.mark.parametrize("who", [LEAD, MEMBER, STRANGER])
def test_nobody_but_the_office_sees_or_drops_those_of_all_teams(house: House, who: Principal) -> None:
    begin(house)
    one = begun(house, MEMBER, OF_CYCLE)
    with nothing_kept(house), pytest.raises(NotPermitted):
        drop_uploads(house.database, house.evidence, principal=who, uploads=[one.name], at=AT)
    with pytest.raises(NotPermitted):
        told(house, principal=who)
    assert house.evidence.arrivals.find(one.name) == one


def test_of_what_a_lead_drops_the_ledger_tells_where_somebody_else_began_it(house: House) -> None:
    begin(house)
    own, others = begun(house, LEAD, OF_CYCLE), begun(house, MEMBER, OF_CYCLE)
    with nothing_kept(house):
        drop_upload(house.database, house.evidence, principal=LEAD, name=own.name, at=AT)
    drop_upload(house.database, house.evidence, principal=LEAD, name=others.name, at=AT)
    assert [(actor, action, detail["begun_by"]) for actor, action, _, detail in newest(house)] == [
        (f"team_lead:{LEAD.name}", "evidence:drop_upload", MEMBER.name)
    ]
    assert house.evidence.arrivals.unfinished(at=AT) == ()
