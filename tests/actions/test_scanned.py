"""Files from upload to clearance as an engine looks at them: by its own process and a real clamd, which may be away."""

import os
import signal
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from accreditation.actions.check_evidence import AGAIN_AFTER, check_evidence
from accreditation.actions.examining import examiner
from accreditation.evidence.clamd import open_clamd
from accreditation.evidence.content import ContentLimits
from accreditation.evidence.examining import Examined, examine
from accreditation.evidence.examining.scratch import PREFIX
from accreditation.ledger.entries import verify
from accreditation.records.jobs import Kind
from accreditation.rules.clearance import State
from accreditation.rules.cycle import Stage
from accreditation.scheme.process import EvidenceRules
from accreditation.views.clearance import MAYBE_LATER, closed_files
from accreditation.views.evidence import evidence_of
from accreditation.views.notices import notices_of
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.evidence.content.making import office, packed
from tests.opened import opened
from tests.scanning import EICAR, clamd
from tests.walking import AT, CYCLE, LEAD, OFFICE, attach, due_jobs, everything, job_of, work

IN_WORD = office(
    "docx",
    {"word/document.xml": f'<w:document xmlns:w="w"><w:t>{EICAR.decode()}</w:t></w:document>'},
)


def states(house: House) -> list[State]:
    shown = evidence_of(house.database, principal=LEAD, cycle_id=CYCLE).evidence
    return [one.clearance.state for one in shown]


def test_a_virus_and_what_lies_about_its_type_are_refused_and_while_the_scanner_is_away_files_wait_and_nothing_passes(
    at_stage: AtStage, tmp_path: Path
) -> None:
    house = at_stage(Stage.EVIDENCE)
    scanner = open_clamd(f"unix://{tmp_path}/clamd.sock")
    house = replace(house, examine=examiner(house.evidence, clamd=scanner, most_bytes=10_000_000))
    attach(house, content=EICAR, file_name="notes.txt")
    attach(house, content=IN_WORD, file_name="notes.docx")
    attach(house, content=packed({"rota.txt": "Our rota."}), file_name="rota.docx")
    with clamd(tmp_path):
        work(house, Kind.EVIDENCE)
    assert states(house) == [State.REFUSED] * 3
    words = [one.words for one in notices_of(house.database, principal=LEAD, after=0, limit=9).items]
    assert [f"Evidence {number}, 'Job plan' (1.01) is refused. Found: A virus was found in it" in one for number, one in
            enumerate(words, start=1)] == [True, True, False]  # fmt: skip
    assert "archive" in words[2]

    attach(house, content=b"Our protocol.", file_name="rota.txt")
    attach(house, content=EICAR + b" again", file_name="again.txt")
    away = job_of(house, Kind.EVIDENCE)
    check_evidence(house.database, house.evidence, examine=house.examine, job_id=away, at=AT)
    assert states(house)[3:] == [State.WAITING, State.WAITING]
    listed = evidence_of(house.database, principal=LEAD, cycle_id=CYCLE).evidence[3].clearance
    assert [one.reason for one in listed.said] == [MAYBE_LATER]
    held_back = {one.evidence: one.reason for one in closed_files(
        house.database, principal=OFFICE, after=3, limit=9).items}  # fmt: skip
    assert list(held_back) == [4, 5]
    assert "does not answer" in held_back[4]
    assert [one.kind for one in notices_of(house.database, principal=OFFICE, after=0, limit=9).items] == [
        "evidence_waiting"
    ]

    with clamd(tmp_path):
        work(house, Kind.EVIDENCE, at=AT + AGAIN_AFTER)
    assert states(house)[3:] == [State.CLEARED, State.REFUSED]


READS_FOR_EVER = """
import sys, tempfile, time
from pathlib import Path
from accreditation.evidence.examining.confines import Confines, confine
confine(Confines())
Path(tempfile.gettempdir(), "page").touch()
with open(sys.argv[1], "wb", buffering=0) as begun:
    begun.write(b"begun")
    time.sleep(600)
"""
"""A reader that has begun and has written a page, and does not come to its end."""


def _looking(data: Path, begun: Path) -> None:
    """What the engine's process does: it looks at the file, and comes to no end."""
    house = opened(data)
    reads = partial(examine, limits=ContentLimits(), child=("-c", READS_FOR_EVER, str(begun)))

    def look(digest: str, name: str, _: EvidenceRules) -> Examined:
        with house.evidence.local(digest) as path:
            return reads(path, file_name=name)

    job = job_of(house, Kind.EVIDENCE)
    check_evidence(house.database, house.evidence, examine=look, job_id=job, at=AT)


def test_an_engine_that_is_killed_in_mid_check_looks_again_and_does_nothing_twice(
    at_stage: AtStage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    house = at_stage(Stage.EVIDENCE)
    attach(house, content=b"Our protocol.", file_name="rota.txt")
    job, before = job_of(house, Kind.EVIDENCE), everything(house)
    house.close()
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    child = os.fork()
    if child == 0:
        try:
            _looking(tmp_path / Stage.EVIDENCE, begun)
        finally:
            begun.open("wb").close()  # or the test would wait for a reader that never began
            os._exit(1)
    with begun.open("rb", buffering=0) as said:
        assert said.read(5) == b"begun"
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert said.read(1) == b""  # the reader has ended with the engine that started it
    again = opened(tmp_path / Stage.EVIDENCE)
    try:
        assert len(list(tmp_path.glob(f"{PREFIX}*"))) == 1
        assert everything(again) == before
        assert job in [one.id for one in due_jobs(again)]
        whole = replace(again, examine=examiner(again.evidence, clamd=None, most_bytes=10_000_000))
        work(whole, Kind.EVIDENCE)
        assert states(again) == [State.CLEARED]
        assert list(tmp_path.glob(f"{PREFIX}*")) == []
        with again.database.reading() as session:
            verify(session)
            entered = session.execute(text("SELECT action FROM ledger_entry ORDER BY sequence")).scalars().all()
        assert [entered.count(one) for one in ("evidence:clearance", "evidence:check")] == [1, 1]
    finally:
        again.close()
