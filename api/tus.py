"""Resumable uploads by the tus protocol, version 1.0.0 (https://tus.io): what its headers say, as values."""

import base64
import binascii
import re
from datetime import datetime
from email.utils import format_datetime

from accreditation.errors import Fault, Invalid
from accreditation.evidence.arrival import CHECKSUMS, Checksum

VERSION = "1.0.0"
EXTENSIONS = ("creation", "creation-with-upload", "termination", "expiration", "checksum")
PIECE = "application/offset+octet-stream"
"""The content type of a piece."""

LARGEST = 2**63 - 1
"""No length or offset is larger than this; what is announced beyond it is no number."""

MOST_METADATA = 8_000
"""Characters of metadata that are read."""

_KEY = re.compile(r"[A-Za-z0-9_.-]{1,100}")


def number(header: str | None, *, where: str) -> int:
    """The length or offset that this header says. Raises Invalid where it says none."""
    if header is None or not re.fullmatch(r"[0-9]{1,19}", header) or int(header) > LARGEST:
        found = "nothing" if header is None else "no number of bytes"
        raise Invalid([Fault(where=f"header {where}", found=found, allowed="write the number of bytes in digits")])
    return int(header)


def metadata(header: str | None) -> dict[str, str]:
    """What `Upload-Metadata` says: key -> text. Raises Invalid naming every pair that cannot be read."""
    if header is None or not header.strip():
        return {}
    if len(header) > MOST_METADATA:
        found, allowed = f"{len(header)} characters", f"at most {MOST_METADATA}"
        raise Invalid([Fault(where="header Upload-Metadata", found=found, allowed=allowed)])
    said: dict[str, str] = {}
    faults = []
    for pair in header.split(","):
        key, _, value = pair.strip().partition(" ")
        text = _text(value)
        if text is None or not _KEY.fullmatch(key) or key in said:
            name = key if _KEY.fullmatch(key) else "a key"
            allowed = "a key once, a space, and the text in UTF-8 as base64"
            faults.append(Fault(where=f"Upload-Metadata {name}", found="it cannot be read", allowed=allowed))
        else:
            said[key] = text
    if faults:
        raise Invalid(faults)
    return said


def checksum(header: str | None) -> Checksum | None:
    """What `Upload-Checksum` says of the piece; None where it is not sent. Raises Invalid for one that is not known."""
    if header is None:
        return None
    algorithm, _, value = header.strip().partition(" ")
    digest = _bytes(value)
    if algorithm not in CHECKSUMS or not digest:
        allowed = f"{' or '.join(CHECKSUMS)}, a space, and the digest in base64"
        raise Invalid([Fault(where="header Upload-Checksum", found="it cannot be read", allowed=allowed)])
    return Checksum(algorithm=algorithm, digest=digest)


def expires(at: datetime) -> str:
    """The moment as the header `Upload-Expires` says it."""
    return format_datetime(at, usegmt=True)


def described(*, limit: int) -> dict[str, str]:
    """The headers that say what this server can do."""
    return {
        "Tus-Version": VERSION,
        "Tus-Extension": ",".join(EXTENSIONS),
        "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
        "Tus-Max-Size": str(limit),
    }


def _text(value: str) -> str | None:
    plain = _bytes(value)
    try:
        return None if plain is None else plain.decode()
    except UnicodeDecodeError:
        return None


def _bytes(value: str) -> bytes | None:
    try:
        return base64.b64decode(value.strip(), validate=True)
    except (binascii.Error, ValueError):
        return None
