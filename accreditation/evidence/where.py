"""Where evidence is to be kept, as a setting says it: a folder, or s3://bucket/prefix."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from accreditation.errors import Fault, Invalid


@dataclass(frozen=True, slots=True)
class BucketName:
    """A bucket, and what every key in it begins with; "" where they begin with nothing."""

    bucket: str
    prefix: str

    def __str__(self) -> str:
        """As a setting says it."""
        return f"s3://{self.bucket}/{self.prefix}".removesuffix("/")


def read_where(said: str) -> Path | BucketName:
    """The folder or the bucket that ACCREDIT_EVIDENCE names. Raises Invalid, which repeats no credentials."""
    if "://" not in said:
        return Path(said)
    allowed = "a folder, or s3://bucket/prefix"
    scheme, _, rest = said.partition("://")
    if scheme != "s3":
        raise _invalid("ACCREDIT_EVIDENCE", f"it begins with {scheme[:20]}://", allowed)
    if "@" in rest:
        raise _invalid("ACCREDIT_EVIDENCE", "it holds credentials", f"{allowed}; {_CREDENTIALS}")
    bucket, _, prefix = rest.partition("/")
    if not bucket:
        raise _invalid("ACCREDIT_EVIDENCE", "it names no bucket", allowed)
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", bucket):
        raise _invalid("ACCREDIT_EVIDENCE", f"{bucket[:80]!r} is no name of a bucket", _BUCKET)
    prefix = prefix.removesuffix("/")
    if prefix and not re.fullmatch(r"(?!\.{1,2}(/|$))[\w.=-]+(/(?!\.{1,2}(/|$))[\w.=-]+)*", prefix, re.ASCII):
        raise _invalid("ACCREDIT_EVIDENCE", f"{prefix[:80]!r} cannot be what keys begin with", _PREFIX)
    return BucketName(bucket, prefix)


def check_endpoint(said: str) -> str:
    """The address of the store that ACCREDIT_EVIDENCE_ENDPOINT names; "" for Amazon's own. Raises Invalid."""
    try:
        url = urlsplit(said)
        port_is_one = url.port is None or url.port > 0
    except ValueError:
        raise _invalid("ACCREDIT_EVIDENCE_ENDPOINT", "it is no address", _ENDPOINT) from None
    if "@" in said:
        raise _invalid("ACCREDIT_EVIDENCE_ENDPOINT", "it holds credentials", f"{_ENDPOINT}; {_CREDENTIALS}")
    whole = url.scheme in {"http", "https"} and url.hostname and port_is_one and not (url.query or url.fragment)
    if said and not whole:
        raise _invalid("ACCREDIT_EVIDENCE_ENDPOINT", f"{said[:80]!r} is no address of a store", _ENDPOINT)
    return said.removesuffix("/")


_BUCKET = "3 to 63 lower-case letters, digits, dots and hyphens"
_PREFIX = "names of letters, digits and . _ = - between single slashes"
_ENDPOINT = "https://host:port of an S3-compatible store"
_CREDENTIALS = "credentials go into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"


def _invalid(where: str, found: str, allowed: str) -> Invalid:
    return Invalid([Fault(where=where, found=found, allowed=allowed)])
