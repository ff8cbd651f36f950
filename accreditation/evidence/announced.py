"""What a sender announces of a file, its length and its digest, and whether the bytes that came are that."""

import re

from accreditation.errors import Fault, Invalid, TooLarge, UploadBroken
from accreditation.evidence.place import Kept, no_digest

EMPTY = "it is empty"
"""What is found of a file without a byte."""


def check_announced(*, length: int | None, digest: str | None, limit: int) -> str | None:
    """Raise where this cannot be true of any file kept here; the digest in lower case.

    Invalid names every fault; TooLarge says what a file may have.
    """
    faults = []
    if length is not None and length <= 0:
        faults.append(_empty())
    if digest is not None and not re.fullmatch(r"[0-9a-fA-F]{64}", digest):
        faults.append(no_digest("announced digest"))
    if faults:
        raise Invalid(faults)
    if length is not None and length > limit:
        raise too_large(limit)
    return digest and digest.lower()


def check_whole(kept: Kept, *, length: int | None, so: str) -> None:
    """Raise where not all has come (UploadBroken, which says `so`), or nothing (Invalid)."""
    if length is not None and kept.size != length:
        raise UploadBroken(f"{kept.size} of the announced {length} bytes arrived; {so}.")
    if kept.size == 0:
        raise Invalid([_empty()])


def check_same(kept: Kept, *, digest: str | None) -> None:
    """Raise UploadBroken where other bytes came than were announced."""
    if digest is not None and kept.digest != digest:
        raise UploadBroken(
            f"The bytes that arrived have the SHA-256 {kept.digest}, and {digest} was announced; nothing was kept. "
            "Send the file again."
        )


def too_large(limit: int) -> TooLarge:
    """The refusal of a file with more bytes than one may have."""
    return TooLarge(f"A file may have {limit:,} bytes; this one has more. Nothing was kept.", most=limit)


def _empty() -> Fault:
    return Fault(where="file", found=EMPTY, allowed="send a file with at least one byte")
