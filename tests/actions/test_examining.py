"""The real examiner, in a process of its own, as the engine uses it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import get_args

from accreditation.actions.examining import examiner
from accreditation.evidence.content import Kind
from accreditation.evidence.store import EvidenceStore, open_store
from accreditation.scheme.process import EvidenceRules, FileKind
from tests.examining import NUMBER, PATIENT
from tests.sending import AT


def kept(store: EvidenceStore, content: bytes) -> str:
    async def chunks() -> AsyncIterator[bytes]:
        yield content

    return asyncio.run(store.keep(chunks(), announced_length=None, announced_digest=None, at=AT)).digest


def test_a_kept_file_is_looked_into_under_the_schemes_rules(tmp_path: Path) -> None:
    store = open_store(tmp_path, arriving=None, limit=1000)
    look_into = examiner(store, clamd=None, most_bytes=1000)
    digest = kept(store, PATIENT + b", hospital code QZ123456")
    found = look_into(digest, "plan.txt", EvidenceRules(hospital_numbers=(r"QZ\d{6}",)))
    assert (found.kind, found.refusals, found.held) == (Kind.TXT, (), None)
    assert [hit.what for hit in found.hits] == ["nhs_number", "hospital_number"]
    assert NUMBER not in repr(found)
    other = look_into(digest, "plan.txt", EvidenceRules(kinds=("pdf",)))
    assert (len(other.refusals), other.hits) == (1, ())


def test_a_scheme_may_name_every_kind_that_is_known_and_no_other() -> None:
    assert set(get_args(FileKind)) == {kind.value for kind in Kind}
