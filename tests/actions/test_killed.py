"""The process is killed (SIGKILL) at each commit from a proposal that stands to the seated team: all is kept, once.

A child process does what people and the engine do, and kills itself when it is about to make its n-th commit (which is
after the one before), or after the last one; then everything is begun anew, as after a restart: whoever got no answer
sends again, and the engine takes up its jobs.
"""

import os
import shutil
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from accreditation.ledger.entries import verify
from accreditation.records import jobs
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from tests.opened import opened
from tests.proposing import ASKS, all_agree, confirm_all, confirmed_by_office, proposed, to_proposal
from tests.walking import AT, TABLES, stage_of, team_of, work

ENGINE = "the engine of this machine"
LEASE = timedelta(seconds=120)
BOOKKEEPING = frozenset({"attempts", "leased_by", "leased_until"})
"""What the outbox notes of runs, not of cycles: a run that died is counted."""


def engine(house: House) -> None:
    """Take up what a dead one left, then claim and carry out whatever is due, as the dispatcher does."""
    with house.database.bookkeeping() as session:
        jobs.let_go(session, by=ENGINE)
    while True:
        with house.database.bookkeeping() as session:
            claimed = jobs.claim(session, by=ENGINE, lease=LEASE, most=50, at=AT)
        if not claimed:
            return
        work(house, *(Kind(one.kind) for one in claimed))


def people(house: House) -> None:
    """The office confirms what is proposed; the service and the reviewers answer. Sent again, it changes nothing."""
    if stage_of(house) is Stage.ASSIGNMENT:
        confirm_all(house)
        if invitations_ask(house):
            all_agree(house)


def in_order(house: House) -> None:
    """Everything from the proposal on: the office confirms it, all agree, the engine seats."""
    people(house)
    engine(house)


def engine_first(house: House) -> None:
    """The same, but the engine is up before anybody sends again."""
    engine(house)
    in_order(house)


def invitations_ask(house: House) -> bool:
    with house.database.reading() as session:
        return bool(
            session.execute(text("SELECT count(*) FROM invitation WHERE service_until IS NOT NULL")).scalar_one()
        )


def commits(house: House, *, kill_at: int = 0) -> list[int]:
    """Count the commits from here on, in the only entry; kill this process when it is about to make this one."""
    counted = [0]

    def committing(_connection: Any) -> None:
        counted[0] += 1
        if counted[0] == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(house.database.writer, "commit", committing)
    return counted


def killed(data: Path, *, number: int) -> None:
    """Let a process of its own work on this folder until it kills itself there; at the end, where it has no commit so
    far away."""
    child = os.fork()
    if child == 0:
        try:
            house = opened(data)
            commits(house, kill_at=number)
            in_order(house)
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)  # what failed here fails in the test as well: nobody killed it
    _, status = os.waitpid(child, 0)
    assert (os.WIFSIGNALED(status), os.WTERMSIG(status)) == (True, signal.SIGKILL)


def everything(house: House, *, but: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Every row of every table (but these), without what the outbox notes of runs."""
    with house.database.reading() as session:
        verify(session)
        found = {name: session.execute(text(f'SELECT * FROM "{name}"')).mappings().all() for name in TABLES}
    return {
        name: sorted(str({key: one for key, one in row.items() if key not in BOOKKEEPING}) for row in rows)
        for name, rows in found.items()
        if name not in but
    }


WAYS: dict[Callable[[House], None], frozenset[str]] = {
    in_order: frozenset(),
    engine_first: frozenset({"ledger_entry", "job"}),
}
"""What happens after the restart, and which tables may say that the engine looked once more in between."""


@pytest.mark.parametrize(("asks", "number"), [(ASKS, 11), ("", 7)], ids=["everybody is asked", "nobody is asked"])
def test_killed_at_any_commit_between_the_proposal_and_the_seat_each_is_seated_once(
    sqlite_template: Path, tmp_path: Path, asks: str, number: int
) -> None:
    begun = tmp_path / "begun"
    begun.mkdir()
    shutil.copy(sqlite_template, begun / "records.sqlite")
    house = opened(begun)
    to_proposal(house, edition=confirmed_by_office(asks))
    house.close()
    undisturbed = opened(shutil.copytree(begun, tmp_path / "undisturbed"))
    counted = commits(undisturbed)
    in_order(undisturbed)
    assert (stage_of(undisturbed), counted) == (Stage.REVIEW, [number])
    assert team_of(undisturbed) == {role: who for role, (who, _) in proposed(undisturbed).items()}
    expected = {way: everything(undisturbed, but=but) for way, but in WAYS.items()}
    undisturbed.close()
    for kill_at in range(1, number + 2):
        data = shutil.copytree(begun, tmp_path / f"killed-{kill_at}")
        killed(data, number=kill_at)
        for way, but in WAYS.items():
            restarted = opened(shutil.copytree(data, tmp_path / f"{kill_at}-{way.__name__}"))
            way(restarted)
            assert everything(restarted, but=but) == expected[way], (kill_at, way.__name__)
            restarted.close()
