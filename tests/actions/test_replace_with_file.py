"""A new file in the place of one that is attached: the next version of the same document, refused before it comes."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from accreditation.actions.keep_document import Document
from accreditation.actions.replace_with_file import replace_with_file
from accreditation.errors import Invalid, MoveNotAllowed, NotFound
from accreditation.records import evidence_items
from accreditation.records.evidence_items import EvidenceItem
from accreditation.rules.cycle import Stage
from accreditation.rules.library import Described
from accreditation.rules.people import Principal
from accreditation.wiring import House
from tests.walking import AT, CYCLE, LEAD, MEMBER, STRANGER, attach, begin, nothing_kept, walk


def replaced(
    house: House, content: bytes = b"a newer plan", *, by: Principal = LEAD, evidence: int = 1, read: bool = True
) -> EvidenceItem:  # fmt: skip
    """Put this file there; where it is refused nobody reads it."""

    async def chunks() -> AsyncIterator[bytes]:
        assert read, "a byte was read"
        yield content

    document = Document(file_name="plan.pdf", described=Described(title="Plan"))
    return asyncio.run(
        replace_with_file(
            house.database, house.evidence, principal=by, cycle_id=CYCLE, evidence_id=evidence, document=document,
            chunks=chunks(), reason="", at=AT,
        )
    )  # fmt: skip


def test_the_file_is_the_next_version_and_answers_what_the_older_one_did(house: House) -> None:
    begin(house)
    attach(house, criteria=["1.01", "2.01"])
    newer = replaced(house, by=MEMBER)
    with house.database.reading() as session:
        stands = [(item.id, item.title, names) for item, names, _ in evidence_items.of_cycle(session, CYCLE)]
        ((over, _, end),) = evidence_items.over(session, CYCLE)
    assert stands == [(newer.id, "Plan", ("1.01", "2.01"))]
    assert (over.id, end.how, end.successor_id) == (1, "replaced", newer.id)


def test_what_cannot_be_replaced_is_refused_before_a_byte_is_read(house: House) -> None:
    begin(house)
    attach(house)
    with nothing_kept(house):
        for by, evidence in ((STRANGER, 1), (LEAD, 9)):
            with pytest.raises(NotFound):
                replaced(house, by=by, evidence=evidence, read=False)


def test_the_same_bytes_replace_nothing(house: House) -> None:
    begin(house)
    attach(house, content=b"a plan")
    with pytest.raises(Invalid):
        replaced(house, b"a plan")


def test_what_reviewers_judge_is_not_replaced(house: House) -> None:
    walk(house, Stage.REVIEW)
    with nothing_kept(house), pytest.raises(MoveNotAllowed):
        replaced(house, read=False)
