"""What only a bucket has: parts, credentials, a server that says no."""

import asyncio
import hashlib
import socket
from datetime import timedelta
from pathlib import Path

import pytest

from accreditation.errors import NotFound, Unavailable
from accreditation.evidence.bucket import PART, Bucket
from accreditation.evidence.store import EvidenceStore
from accreditation.evidence.where import BucketName
from tests.buckets import KEYS, BucketServer
from tests.grounds import bucket_ground
from tests.sending import AT, append, begin, sent

LETTER = b"Dear reviewers, this is our protocol."
DIGEST = hashlib.sha256(LETTER).hexdigest()
LARGE = bytes(PART + 1_000_000)


def keep(store: EvidenceStore, whole: bytes) -> str:
    return asyncio.run(store.keep(sent(whole), announced_length=None, announced_digest=None, at=AT)).digest


def test_a_large_file_goes_in_parts_and_comes_back_whole(s3: BucketServer, tmp_path: Path) -> None:
    ground = bucket_ground(s3, tmp_path, limit=2 * PART)
    store = ground.again()
    digest = keep(store, LARGE)
    assert digest == hashlib.sha256(LARGE).hexdigest()
    assert (store.size(digest), store.verify(digest)) == (len(LARGE), True)
    assert b"".join(store.open(digest, start=PART - 5, end=PART + 5)) == bytes(10)
    assert ground.lying(digest).stat().st_size == len(LARGE)


@pytest.mark.parametrize("whole", [LETTER, LARGE], ids=["small", "in parts"])
def test_what_lies_there_is_not_sent_again(s3: BucketServer, tmp_path: Path, whole: bytes) -> None:
    ground = bucket_ground(s3, tmp_path, limit=2 * PART)
    store = ground.again()
    digest = keep(store, whole)
    lying = ground.lying(digest).stat()
    assert keep(store, whole) == digest
    after = ground.lying(digest).stat()
    assert (after.st_ino, after.st_mtime_ns) == (lying.st_ino, lying.st_mtime_ns)


def test_a_file_lies_where_a_folder_would_have_it(s3: BucketServer, tmp_path: Path) -> None:
    ground = bucket_ground(s3, tmp_path)
    keep(ground.again(), LETTER)
    assert ground.lying(DIGEST).relative_to(ground.lying(DIGEST).parents[1]) == Path(DIGEST[:2], DIGEST[2:])
    assert ground.lying(DIGEST).read_bytes() == LETTER


def test_a_bucket_that_is_not_there_is_named_and_is_no_missing_file(s3: BucketServer, tmp_path: Path) -> None:
    bucket = Bucket(BucketName("nobodys", ""), copies=tmp_path, endpoint=s3.endpoint)
    store = EvidenceStore(bucket, arriving=tmp_path, limit=100)
    missing = "There is no bucket for s3://nobodys; ACCREDIT_EVIDENCE names it."
    for ask in (bucket.check, lambda: store.verify(DIGEST), lambda: store.remove(DIGEST), lambda: keep(store, LETTER)):
        with pytest.raises(Unavailable) as unavailable:
            ask()
        assert str(unavailable.value) == missing


def test_a_bucket_that_is_there_passes_the_check(s3: BucketServer, tmp_path: Path) -> None:
    bucket = Bucket(s3.bucket("evidence"), copies=tmp_path, endpoint=s3.endpoint)
    assert bucket.check() == ""
    with pytest.raises(NotFound):
        bucket.size(DIGEST)


def test_a_bucket_that_is_away_is_no_reason_not_to_start(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    bucket = Bucket(BucketName("b-1", "p"), copies=tmp_path, endpoint=f"http://127.0.0.1:{port}", to_read=timedelta(0))
    assert bucket.check() == "The bucket of s3://b-1/p does not answer; it cannot be asked."


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (403, "refuses our credentials; it cannot be asked. Look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and what"),
        (401, "refuses our credentials"),
        (400, "answers with the status 400; it cannot be asked"),
    ],
)
def test_a_refusal_is_said_in_our_words_and_tells_no_key(
    s3: BucketServer, tmp_path: Path, status: int, says: str
) -> None:
    bucket = Bucket(s3.bucket("evidence"), copies=tmp_path, endpoint=s3.endpoint)
    with s3.refusing(status), pytest.raises(Unavailable, match=says) as unavailable:
        bucket.size(DIGEST)
    with s3.refusing(status), pytest.raises(Unavailable, match=says):
        bucket.check()
    told = [str(unavailable.value), repr(unavailable.value), repr(bucket), repr(unavailable.value.__cause__)]
    assert [key for key in KEYS.values() if any(key in one for one in told)] == []
    assert unavailable.value.__suppress_context__


def test_an_upload_ended_by_a_refusal_waits_and_is_settled_later(s3: BucketServer, tmp_path: Path) -> None:
    ground = bucket_ground(s3, tmp_path)
    store = ground.again()
    name = begin(store.arrivals, length=len(LETTER))
    append(store.arrivals, name, LETTER, offset=0)
    with s3.refusing(403), pytest.raises(Unavailable, match="what has arrived waits here"):
        asyncio.run(store.arrivals.settle(name))
    assert asyncio.run(ground.again().arrivals.settle(name)).digest == DIGEST
