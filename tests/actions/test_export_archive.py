"""Who takes an archive is in the ledger before its first byte: once for each person and archive."""

from pathlib import Path

import pytest

from accreditation.actions.export_archive import export_archive
from accreditation.errors import NotFound, Unavailable
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from tests.actions.conftest import AtStage
from tests.archiving import exported, taken
from tests.walking import AT, CYCLE, LEAD, OFFICE, newest, nothing_kept


def test_an_export_is_entered_with_the_digest_of_the_manifest(at_stage: AtStage, tmp_path: Path) -> None:
    house = at_stage(Stage.PUBLISHED)
    archive = exported(house, tmp_path / "1.zip")
    assert newest(house) == [
        (
            "office:the office", "archive:export", "cycle:1",
            {"manifest_sha256": archive.sha256, "made_for": "office", "documents": 1, "left_out": 0,
             "head": archive.manifest.head.sequence},
        )
    ]  # fmt: skip


def test_the_same_person_taking_the_same_archive_again_changes_nothing_another_person_is_entered(
    at_stage: AtStage, tmp_path: Path
) -> None:
    house = at_stage(Stage.PUBLISHED)
    exported(house, tmp_path / "1.zip")
    with nothing_kept(house):
        exported(house, tmp_path / "2.zip")
    exported(house, tmp_path / "3.zip", Principal(name="another desk", role=OFFICE.role))
    exported(house, tmp_path / "4.zip", LEAD)
    assert [(actor, detail["made_for"]) for actor, _, _, detail in newest(house, number=3)] == [
        ("office:the office", "office"),
        ("office:another desk", "office"),
        ("team_lead:lead of north", "team"),
    ]


def test_an_archive_that_was_made_for_somebody_else_is_not_given(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLISHED)
    office = taken(house)
    with nothing_kept(house), pytest.raises(NotFound):
        export_archive(house.database, house.evidence, principal=LEAD, cycle_id=CYCLE, archive=office, at=AT)


def test_a_document_that_changes_while_it_streams_ends_it_before_the_end(at_stage: AtStage, tmp_path: Path) -> None:
    house = at_stage(Stage.PUBLISHED)
    archive = taken(house)
    (lying,) = house.settings.data.glob("evidence/??/*")
    lying.unlink()
    lying.write_bytes(b"a job pla!")
    pieces = export_archive(house.database, house.evidence, principal=OFFICE, cycle_id=CYCLE, archive=archive, at=AT)
    got: list[bytes] = []
    with pytest.raises(Unavailable, match="was altered in the store while it was exported"):
        got.extend(pieces)
    assert b"PK\x05\x06" not in b"".join(got)
