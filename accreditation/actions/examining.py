"""How a kept file is looked into under a scheme's rules: by a process of its own, and by the virus scanner."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from accreditation.actions.at_the_door import kinds_of
from accreditation.evidence.clamd import Clamd
from accreditation.evidence.content import ContentLimits
from accreditation.evidence.examining import Examined, examine
from accreditation.evidence.store import EvidenceStore
from accreditation.scheme.process import EvidenceRules

Examine = Callable[[str, str, EvidenceRules], Examined]
"""Look into the file with this digest and this name, under these rules. Raises Unavailable where it cannot now."""

Look = Callable[[], Examined]
"""Wait for what was found in one file. Raises what looking into it raised."""

MOST_AT_ONCE = 20
"""So many files are looked at in one go; the rest wait for the next, so that other work has its turn in between."""

MOST_TOGETHER = 4
"""So many files are looked into at the same moment; each may take a gigabyte of memory and a core."""


@contextmanager
def looking(examine: Examine, files: Sequence[tuple[str, str]], rules: EvidenceRules) -> Iterator[list[Look]]:
    """Look into these files (digest, name), several at once, each in a process of its own; a look each, in order.

    Those that nobody has begun when the block ends are not looked into.
    """
    with ThreadPoolExecutor(min(MOST_TOGETHER, os.cpu_count() or 1), thread_name_prefix="evidence") as pool:
        try:
            yield [pool.submit(examine, digest, name, rules).result for digest, name in files]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def examiner(store: EvidenceStore, *, clamd: Clamd | None, most_bytes: int) -> Examine:
    """Who looks into the files of this store; none of more than `most_bytes` is read."""

    def look_into(digest: str, file_name: str, rules: EvidenceRules) -> Examined:
        with store.local(digest) as path:
            return examine(
                path, file_name=file_name, limits=ContentLimits(kinds=kinds_of(rules), most_bytes=most_bytes),
                patterns=rules.hospital_numbers, clamd=clamd,
            )  # fmt: skip

    return look_into
