"""Everything the records name is read again, in a folder and in a bucket; nothing is written."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from accreditation.actions.withdraw_evidence import withdraw_evidence
from accreditation.errors import NotPermitted, Unavailable
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission, holders
from accreditation.views.verification import Trouble, Verified, verify_evidence
from accreditation.wiring import House
from tests.buckets import KEYS, BucketServer, bucket_server
from tests.grounds import Ground, bucket_ground, folder_ground
from tests.walking import AT, CYCLE, LEAD, OFFICE, STRANGER, attach, begin, keep, nothing_kept, reviewer, walk

CONTENTS = (b"a job plan", b"a rota", b"an audit", b"a policy")


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BucketServer]:
    with pytest.MonkeyPatch.context() as patched, bucket_server(tmp_path_factory.mktemp("s3")) as server:
        for name, value in KEYS.items():
            patched.setenv(name, value)
        yield server


@pytest.fixture(params=["folder", "bucket"])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Ground:
    if request.param == "folder":
        return folder_ground(tmp_path / "apart")
    return bucket_ground(request.getfixturevalue("s3"), tmp_path)


@pytest.fixture
def filled(house: House, ground: Ground) -> House:
    """A house with four files: two attached to North's cycle, one in North's library alone, one in South's."""
    here = House(settings=house.settings, database=house.database, examine=house.examine, evidence=ground.again())
    walk(here, Stage.EVIDENCE)
    for content in CONTENTS[:2]:
        attach(here, content=content)
    keep(here, content=CONTENTS[2])
    keep(here, content=CONTENTS[3], by=STRANGER)
    return here


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def alter(file: Path, content: bytes) -> None:
    """Write other bytes where these lie, as a failing disk does."""
    file.chmod(0o600)
    file.unlink()
    file.write_bytes(content)


def verified(house: House) -> Verified:
    return verify_evidence(house.database, house.evidence, principal=OFFICE)


def faults(found: Verified) -> dict[str, tuple[Trouble, list[tuple[str, int | None, int | None]]]]:
    """Digest -> what is wrong, and the team, cycle and document of every record that names it."""
    return {
        one.sha256: (one.trouble, [(by.team, by.cycle, by.document) for by in one.named_by]) for one in found.faults
    }


def test_what_was_handed_in_is_whole_and_every_byte_of_it_is_told_as_read(filled: House) -> None:
    told: list[tuple[int, int]] = []
    with nothing_kept(filled):
        found = verify_evidence(
            filled.database, filled.evidence, principal=OFFICE, progress=lambda read, total: told.append((read, total))
        )
    size = sum(len(content) for content in CONTENTS)
    assert found == Verified(whole=True, files=4, read=4, size=size, faults=(), strays=(), stopped="")
    assert (len(told), told[-1], sorted(told)) == (4, (size, size), told)


def test_every_missing_or_altered_file_is_named_at_once_with_whose_it_is(filled: House, ground: Ground) -> None:
    plan, rota, audit, policy = map(digest_of, CONTENTS)
    alter(ground.lying(plan), b"another plan")
    ground.lying(audit).unlink()
    ground.lying(policy).unlink()
    found = verified(filled)
    assert faults(found) == {
        plan: (Trouble.ALTERED, [("North", 1, None), ("North", None, 1)]),
        audit: (Trouble.MISSING, [("North", None, 3)]),
        policy: (Trouble.MISSING, [("South", None, 4)]),
    }
    assert [one.sha256 for one in found.faults] == sorted({plan, audit, policy})
    assert (found.whole, found.files, found.read, found.strays, rota in faults(found)) == (False, 4, 4, (), False)
    assert {one.sha256: one.why for one in found.faults} == {
        plan: "The 12 bytes that lie there are not those that were handed in.",
        audit: "It is not in the store.",
        policy: "It is not in the store.",
    }
    assert all(f"{one.sha256[:2]}/{one.sha256[2:]}" in one.what_to_do for one in found.faults)


def test_the_very_same_file_uploaded_again_mends_it(filled: House, ground: Ground) -> None:
    alter(ground.lying(digest_of(CONTENTS[0])), b"another plan")
    ground.lying(digest_of(CONTENTS[1])).unlink()
    assert not verified(filled).whole
    for content in CONTENTS[:2]:
        keep(filled, content=content)
    assert verified(filled).whole


def test_a_file_that_was_taken_back_must_still_be_there(filled: House, ground: Ground) -> None:
    withdraw_evidence(filled.database, principal=LEAD, cycle_id=CYCLE, evidence_id=1, reason="The wrong file.", at=AT)
    ground.lying(digest_of(CONTENTS[0])).unlink()
    assert faults(verified(filled)) == {
        digest_of(CONTENTS[0]): (Trouble.MISSING, [("North", CYCLE, None), ("North", None, 1)])
    }


def test_what_no_record_names_is_named_and_is_no_fault(filled: House) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"never attached"

    kept = asyncio.run(filled.evidence.keep(chunks(), announced_length=None, announced_digest=None, at=AT))
    found = verified(filled)
    assert ([one.sha256 for one in found.strays], found.faults, found.whole) == ([kept.digest], (), True)


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_read(house: House, tmp_path: Path) -> None:
    ground = folder_ground(tmp_path / "apart")
    here = House(settings=house.settings, database=house.database, examine=house.examine, evidence=ground.again())
    begin(here)
    for content in CONTENTS:
        keep(here, content=content)
    first, second, *_, last = sorted(map(digest_of, CONTENTS))
    for digest in (first, second):  # a folder cannot be read as a file, whoever asks
        ground.lying(digest).unlink()
        ground.lying(digest).mkdir()
    ground.lying(last).unlink()
    found = verified(here)
    assert [(one.sha256, one.trouble) for one in found.faults] == [
        (first, Trouble.UNREADABLE), (second, Trouble.UNREADABLE), (last, Trouble.MISSING),
    ]  # fmt: skip
    assert (found.read, found.whole, found.stopped) == (4, False, "")
    assert found.faults[0].why == "The folder that keeps evidence cannot be used: Is a directory."


def test_a_bucket_that_refuses_us_ends_it_and_says_so(house: House, s3: BucketServer, tmp_path: Path) -> None:
    here = House(
        settings=house.settings, database=house.database, examine=house.examine,
        evidence=bucket_ground(s3, tmp_path).again(),
    )  # fmt: skip
    begin(here)
    keep(here)
    with s3.refusing(403):
        found = verified(here)
        with pytest.raises(Unavailable) as refused:
            here.evidence.check()
    assert (found.whole, found.files, found.read, found.faults) == (False, 1, 0, ())
    assert (found.stopped, KEYS["AWS_ACCESS_KEY_ID"] in found.stopped) == (str(refused.value), False)


def test_of_nothing_all_is_whole(house: House) -> None:
    assert verified(house) == Verified(whole=True, files=0, read=0, size=0, faults=(), strays=(), stopped="")


@pytest.mark.parametrize("asker", [LEAD, reviewer(1)])
def test_files_of_every_team_are_named_to_the_college_alone(house: House, asker: Principal) -> None:
    assert set(holders(Permission.LEDGER_READ)) == {Role.OFFICE, Role.COMMITTEE, Role.ENGINE}
    with pytest.raises(NotPermitted):
        verify_evidence(house.database, house.evidence, principal=asker)
