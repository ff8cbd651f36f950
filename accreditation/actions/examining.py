"""How a kept file is looked into under a scheme's rules: by a process of its own, and by the virus scanner."""

from collections.abc import Callable

from accreditation.evidence.clamd import Clamd
from accreditation.evidence.content import ContentLimits, Kind
from accreditation.evidence.examining import Examined, examine
from accreditation.evidence.store import EvidenceStore
from accreditation.scheme.process import EvidenceRules

Examine = Callable[[str, str, EvidenceRules], Examined]
"""Look into the file with this digest and this name, under these rules. Raises Unavailable where it cannot now."""


def examiner(store: EvidenceStore, *, clamd: Clamd | None, most_bytes: int) -> Examine:
    """Who looks into the files of this store; none of more than `most_bytes` is read."""

    def look_into(digest: str, file_name: str, rules: EvidenceRules) -> Examined:
        kinds = frozenset(Kind(one) for one in rules.kinds) or frozenset(Kind)
        with store.local(digest) as path:
            return examine(
                path, file_name=file_name, limits=ContentLimits(kinds=kinds, most_bytes=most_bytes),
                patterns=rules.hospital_numbers, clamd=clamd,
            )  # fmt: skip

    return look_into
