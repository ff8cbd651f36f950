from pathlib import Path

import pytest

from accreditation.errors import Invalid
from accreditation.evidence.where import BucketName, check_endpoint, read_where


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("var/evidence", Path("var/evidence")),
        ("/srv/s3:/odd", Path("/srv/s3:/odd")),
        ("s3://evidence", BucketName("evidence", "")),
        ("s3://evidence/", BucketName("evidence", "")),
        ("s3://our.evidence-1/trusts/2026_27/", BucketName("our.evidence-1", "trusts/2026_27")),
    ],
)
def test_a_folder_or_a_bucket(said: str, where: Path | BucketName) -> None:
    assert read_where(said) == where


def test_a_bucket_is_written_as_it_is_set() -> None:
    assert [str(BucketName("evidence", prefix)) for prefix in ("", "a/b")] == ["s3://evidence", "s3://evidence/a/b"]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("gs://evidence", "it begins with gs://; a folder, or s3://bucket/prefix"),
        ("https://host/evidence", "it begins with https://; a folder, or s3://bucket/prefix"),
        ("S3://evidence", "it begins with S3://; a folder, or s3://bucket/prefix"),
        ("s3://", "it names no bucket; a folder, or s3://bucket/prefix"),
        ("s3:///prefix", "it names no bucket; a folder, or s3://bucket/prefix"),
        ("s3://Evidence", "'Evidence' is no name of a bucket; 3 to 63 lower-case letters, digits, dots and hyphens"),
        (
            "s3://evidence/a//b",
            "'a//b' cannot be what keys begin with; names of letters, digits and . _ = - between single slashes",
        ),
        (
            "s3://evidence/a/../b",
            "'a/../b' cannot be what keys begin with; names of letters, digits and . _ = - between single slashes",
        ),
        (
            "s3://KEY:SECRET@evidence/a",
            "it holds credentials; a folder, or s3://bucket/prefix; "
            "credentials go into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
        ),
    ],
)
def test_another_address_is_refused_in_a_sentence_without_secrets(said: str, fault: str) -> None:
    with pytest.raises(Invalid) as invalid:
        read_where(said)
    assert str(invalid.value) == f"ACCREDIT_EVIDENCE: {fault}"


@pytest.mark.parametrize("said", ["", "https://s3.example.org", "http://127.0.0.1:9000/", "https://[::1]:9000"])
def test_an_endpoint_is_an_address(said: str) -> None:
    assert check_endpoint(said) == said.removesuffix("/")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("localhost:9000", "'localhost:9000' is no address of a store"),
        ("ftp://host", "'ftp://host' is no address of a store"),
        ("https://", "'https://' is no address of a store"),
        ("https://host?key=1", "'https://host?key=1' is no address of a store"),
        ("https://host:none", "it is no address"),
        ("https://KEY:SECRET@host", "it holds credentials"),
    ],
)
def test_an_endpoint_that_is_none_is_refused_without_secrets(said: str, found: str) -> None:
    with pytest.raises(Invalid) as invalid:
        check_endpoint(said)
    assert str(invalid.value).startswith(f"ACCREDIT_EVIDENCE_ENDPOINT: {found}; https://host:port")
