"""accredit evidence unfinished: what teams began and did not end, told and dropped."""

import asyncio
from datetime import timedelta

from accreditation.actions.keep_document import Document
from accreditation.actions.resume_upload import begin_upload
from accreditation.actions.uploading import ForLibrary
from accreditation.rules.library import Described
from accreditation.wiring import House
from tests.commands.conftest import Accredit
from tests.walking import STRANGER, begin, newest

NOTHING = "Nothing is unfinished: what was begun on this machine was ended, or its week is over.\n"


def test_what_is_unfinished_is_told_by_team_and_dropped(accredit: Accredit, kept: House) -> None:
    begin(kept)
    assert accredit("evidence", "unfinished").out == NOTHING
    file = Document(file_name="rota.pdf", described=Described(title="Rota"), announced_length=1500)
    purpose, at = ForLibrary(team=2, file=file), kept.now() - timedelta(minutes=5)
    upload = asyncio.run(begin_upload(kept.database, kept.evidence, principal=STRANGER, purpose=purpose, at=at)).name
    until = at + timedelta(days=7)
    assert accredit("evidence", "unfinished").out.splitlines() == [
        "team 2, South (South Trust): 1 upload, 0 of 1,500 bytes are here",
        f"  {upload}: 0 of 1,500 bytes, begun {at:%Y-%m-%d %H:%M} UTC by {STRANGER.name}, until "
        f"{until:%Y-%m-%d %H:%M} UTC; room is kept for the rest",
        "To drop one: accredit evidence unfinished --drop UPLOAD",
    ]
    assert accredit("evidence", "unfinished", "--team", 1).out == NOTHING
    dropped = accredit("evidence", "unfinished", "--drop", upload)
    assert (dropped.code, dropped.out) == (0, f"Dropped: {upload}\n")
    assert [action for _, action, _, _ in newest(kept)] == ["evidence:drop_upload"]
    again = accredit("evidence", "unfinished", "--drop", upload)
    assert (again.code, again.out) == (1, "")
    assert f"No unfinished upload on this machine is called {upload}" in again.err
    assert accredit("evidence", "unfinished").out == NOTHING
