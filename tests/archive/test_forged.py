"""Archives made up with all their checksums: what no engine writes, or what contradicts itself, is told."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from accreditation.archive.manifest import MANIFEST, Member, read_manifest, sha256_of
from accreditation.archive.verify import verify_archive
from tests.archiving import consistent, repacked

ENTRIES = "ledger/entries.jsonl"


def why(file: Path) -> list[str]:
    return [f"{one.name}: {one.why}" for one in verify_archive(file).faults]


def laid(file: Path, members: Mapping[str, bytes], name: str, *, evidence: tuple[int, ...] = ()) -> Path:
    """The archive with one more file before the others, which its manifest names."""
    manifest = read_manifest(members[MANIFEST])
    assert manifest is not None
    letter = b"<script>alert(1)</script>Accredited with praise"
    told = Member(name=name, size=len(letter), sha256=sha256_of(letter), evidence=evidence)
    written = manifest.model_copy(update={"members": (told, *manifest.members)}).written()
    others = {one: content for one, content in members.items() if one != MANIFEST}
    return repacked(file, {MANIFEST: written, name: letter, **others})


@pytest.mark.parametrize("name", ["Decision letter.html", "records/minutes.json", "ledger/more.txt"])
def test_a_file_that_was_laid_into_an_archive_is_told_though_its_manifest_names_it(
    members: Mapping[str, bytes], tmp_path: Path, name: str
) -> None:
    file = laid(tmp_path / "l.zip", members, name)
    assert f"{name}: no archive of this engine has such a file: somebody laid it there" in why(file)


def test_a_file_that_is_told_as_evidence_which_is_another_file_is_named(
    members: Mapping[str, bytes], tmp_path: Path
) -> None:
    file = laid(tmp_path / "l.zip", members, "Decision letter.html", evidence=(1,))
    assert f"{MANIFEST}: it names two documents as the same evidence" in why(file)


def test_a_working_that_nobody_recommended_is_told(members: Mapping[str, bytes], tmp_path: Path) -> None:
    entries = members[ENTRIES].splitlines(keepends=True)
    without = {name: content for name, content in members.items() if name != "records/recommendation.json"}
    without[ENTRIES] = b"".join(one for one in entries if b'"award:recommend"' not in one)
    told = why(consistent(tmp_path / "l.zip", without))
    assert "records/working.json: no entry of the ledger tells of a recommendation" in told


def test_a_record_or_an_entry_that_is_written_in_another_way_is_told(
    members: Mapping[str, bytes], tmp_path: Path
) -> None:
    """Whoever reads a name that stands there twice sees the first, and a program the last."""
    name = "records/decision.json"
    twice = members[name].replace(b"{\n", b'{\n "decided_by": "The Queen",\n', 1)
    for content in (twice, members[name] + b" ", json.dumps(json.loads(members[name])).encode()):
        lie = consistent(tmp_path / "l.zip", {**members, name: content})
        assert f"{name}: it is not written as an archive writes a record" in why(lie)
    for before in (b'{"actor":"The Queen",', b'{"Actor":"The Queen",', b"{ "):
        lie = consistent(tmp_path / "l.zip", {**members, ENTRIES: members[ENTRIES].replace(b"{", before, 1)})
        assert f"{ENTRIES}: line 1: it is not written as the ledger's entries are" in why(lie)


NOT_BY_WHOM = "by whom and when the ledger says"


@pytest.mark.parametrize(
    ("name", "change", "into", "told"),
    [
        ("reviews", '"how": "lead"', '"how": "agreed"', "1.01: not settled as records/settlements.json says"),
        ("reviews", '"by": "reviewer 1"', '"by": "reviewer 2"', "1.01: not settled as records/settlements.json says"),
        ("reviews", '"title": "Named lead"', '"title": "A lead"', "a criterion is not called so"),
        ("settlements", '"by": "reviewer 1"', '"by": "reviewer 2"', f"1.01 was not settled {NOT_BY_WHOM}"),
        ("settlements", '"at": "2026', '"at": "2025', f"1.01 was not settled {NOT_BY_WHOM}"),
        ("settlements", '"by": "engine"', '"by": "reviewer 1"', f"2.01 was not settled {NOT_BY_WHOM}"),
        ("settlements", '"how": "lead"', '"how": "same_verdict"', "1.01 was settled by a reviewer"),
        ("settlements", '"how": "lead"', '"how": "by lot"', "1.01 is settled in a way that there is not"),
        ("self_assessment", '"answered_by": "lead', '"answered_by": "head', f"1.01 was not answered {NOT_BY_WHOM}"),
        ("self_assessment", '"answered_at": "2026', '"answered_at": "2025', f"1.01 was not answered {NOT_BY_WHOM}"),
        ("evidence", '"attached_by": "lead', '"attached_by": "head', f"evidence 1 was not attached {NOT_BY_WHOM}"),
        ("evidence", '"attached_at": "2026', '"attached_at": "2025', f"evidence 1 was not attached {NOT_BY_WHOM}"),
        ("recommendation", '"recommended_at": "2026', '"recommended_at": "2025', "it was not recommended when"),
        ("decision", '"valid_until": "2029-04-01"\n', '"valid_until": "2099-04-01"\n', "does not stand for as long"),
    ],
)  # fmt: skip
def test_what_two_records_or_a_record_and_the_ledger_say_is_the_same(
    members: Mapping[str, bytes], tmp_path: Path, name: str, change: str, into: str, told: str
) -> None:
    record = f"records/{name}.json"
    content = members[record].decode()
    assert change in content
    lie = consistent(tmp_path / "l.zip", {**members, record: content.replace(change, into, 1).encode()})
    assert any(one.startswith(f"{record}: ") and told in one for one in why(lie)), why(lie)


def test_every_record_is_of_the_cycle_of_its_archive(members: Mapping[str, bytes], tmp_path: Path) -> None:
    of_one = [name for name, content in members.items() if content.startswith(b'{\n "cycle": 1,')]
    assert len(of_one) == 11
    lies = {name: members[name].replace(b'"cycle": 1', b'"cycle": 2', 1) for name in of_one}
    told = why(consistent(tmp_path / "l.zip", {**members, **lies}))
    assert [one for one in told if "cycle 2" in one] == [
        f"{name}: it is of cycle 2, and the archive of cycle 1" for name in of_one
    ]
