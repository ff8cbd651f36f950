"""A file is refused at the door where its name or its first bytes show already that it can never come in."""

from collections.abc import AsyncIterator, Iterator

from accreditation.errors import Fault, Invalid
from accreditation.evidence.content.door import HEAD, refused_by_head, refused_by_name
from accreditation.evidence.content.kinds import Kind
from accreditation.scheme.process import EvidenceRules

ANOTHER = "send a file of a kind that is taken"
"""What is allowed in place of a file that can never come in; what was found says all of it."""


def kinds_of(rules: EvidenceRules) -> frozenset[Kind]:
    """Which kinds of files are taken under these rules? Where none is named, all that the engine knows."""
    return frozenset(Kind(one) for one in rules.kinds) or frozenset(Kind)


def faults_at_the_door(file_name: str) -> Iterator[Fault]:
    """What of this name shows that the file can never come in?"""
    reason = refused_by_name(file_name)
    if reason is not None:
        yield _fault(reason)


async def at_the_door(chunks: AsyncIterator[bytes], *, rules: EvidenceRules) -> AsyncIterator[bytes]:
    """The same bytes, as they come. Raises Invalid once the first of them show that the file can never come in.

    What shows only further on is found when the whole file is looked into.
    """
    head, seen = bytearray(), False
    async for chunk in chunks:
        if not seen:
            head += chunk[: HEAD - len(head)]
            seen = len(head) == HEAD
            if seen:
                _check(bytes(head), rules)
        yield chunk
    if not seen:
        _check(bytes(head), rules)


def _check(head: bytes, rules: EvidenceRules) -> None:
    reason = refused_by_head(head, kinds=kinds_of(rules))
    if reason is not None:
        raise Invalid([_fault(reason)])


def _fault(reason: str) -> Fault:
    return Fault(where="file", found=reason.removesuffix("."), allowed=ANOTHER)
