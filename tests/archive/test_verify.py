"""One byte changed anywhere, a member gone, added, swapped or renamed, a record that lies: always named."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accreditation.archive.index import FORMAT
from accreditation.archive.manifest import MANIFEST, Absent, read_manifest
from accreditation.archive.telling import other_form
from accreditation.archive.verify import Checked, verify_archive
from accreditation.errors import Invalid
from tests.archiving import consistent, repacked

PLAN = "documents/1.01 Named lead/1 Job plan.txt"


def found(file: Path) -> list[tuple[str, str]]:
    """What is wrong with this archive: kind and member."""
    return [(one.trouble, one.name) for one in verify_archive(file).faults]


def seen(file: Path) -> str:
    """What is said of this archive that is not as it was exported: its faults, or why it cannot be checked."""
    try:
        return why(file)
    except Invalid as refused:
        return str(refused)


def why(file: Path) -> str:
    return "\n".join(one.why for one in verify_archive(file).faults)


def test_an_archive_as_it_was_exported_is_whole_and_says_what_the_ledger_confirms(archive: Path) -> None:
    checked = verify_archive(archive)
    assert isinstance(checked, Checked)
    assert (checked.faults, checked.whole, checked.size) == ((), True, archive.stat().st_size)
    assert dict(checked.held) == {
        "documents as they were attached": 1,
        "answers of the team as they were given": 3,
        "ratings of reviewers as they were handed in": 6,
        "settled ratings as they were settled": 3,
        "the edition as it was published": 1,
        "the working as it was recommended": 1,
        "the decision as it was taken": 1,
        "the appeal as it was lodged": 0,
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_one_bit_changed_anywhere_is_seen(archive: Path, tmp_path: Path, where: float, bit: int) -> None:
    content = bytearray(archive.read_bytes())
    content[int(where * len(content))] ^= 1 << bit
    changed = tmp_path / "changed.zip"
    changed.write_bytes(content)
    assert seen(changed)


def test_a_bit_in_each_member_is_named_with_that_member(
    archive: Path, members: Mapping[str, bytes], tmp_path: Path
) -> None:
    whole = archive.read_bytes()
    changed = tmp_path / "changed.zip"
    for name, content in members.items():
        if name == MANIFEST:
            continue
        at = whole.index(content) + len(content) // 2
        changed.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert ("altered", name) in found(changed)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0, 1, exclude_max=True))
def test_an_archive_that_is_cut_off_is_refused(archive: Path, tmp_path: Path, cut: float) -> None:
    content = archive.read_bytes()
    short = tmp_path / "short.zip"
    short.write_bytes(content[: int(cut * len(content))])
    with pytest.raises(Invalid):
        verify_archive(short)


def test_a_member_that_is_gone_added_renamed_or_swapped_is_named(members: Mapping[str, bytes], tmp_path: Path) -> None:
    file = tmp_path / "other.zip"
    without = {name: content for name, content in members.items() if name != PLAN}
    assert found(repacked(file, without)) == [("missing", PLAN)]
    assert found(repacked(file, {**members, "documents/more.pdf": b"more"})) == [("added", "documents/more.pdf")]
    renamed = {name.replace("Job", "Other"): content for name, content in members.items()}
    assert found(repacked(file, renamed)) == [("renamed", "documents/1.01 Named lead/1 Other plan.txt")]
    one, two = "records/decision.json", "records/history.json"
    swapped = {**members, one: members[two], two: members[one]}
    assert [(kind, name) for kind, name in found(repacked(file, swapped)) if kind == "altered"] == [
        ("altered", one),
        ("altered", two),
    ]
    assert f"it has the bytes of '{two}'" in why(file)


def test_another_order_of_members_is_told(members: Mapping[str, bytes], tmp_path: Path) -> None:
    assert found(repacked(tmp_path / "o.zip", dict(reversed(list(members.items()))))) == [("container", MANIFEST)]


def test_a_manifest_that_was_altered_is_named_however_it_was(members: Mapping[str, bytes], tmp_path: Path) -> None:
    file = tmp_path / "other.zip"
    for content in (b"", b"{}", members[MANIFEST] + b" ", members[MANIFEST].replace(b'"archive": 1', b'"archive": 2'),
                    b"[" * 100_000, members[MANIFEST].replace(b"North", b"South", 1) + b"\xff"):  # fmt: skip
        with pytest.raises(Invalid, match=r"manifest\.json"):
            verify_archive(repacked(file, {**members, MANIFEST: content}))
    with pytest.raises(Invalid, match="missing"):
        verify_archive(repacked(file, {name: one for name, one in members.items() if name != MANIFEST}))
    right = verify_archive(repacked(file, members)).sha256
    other = consistent(
        file, {**members, "records/more.json": b"{}", "records/risks.json": members["records/risks.json"]}
    )
    assert found(other) == [("added", "records/more.json")]
    lies = consistent(file, told(members, "records/findings.json", '"own"', '"mine"'))
    assert found(lies) == [], "nothing in it says that a record which the page does not tell was another"
    assert [one.trouble for one in verify_archive(lies, digest=right).faults] == ["digest"]


def told(members: Mapping[str, bytes], name: str, change: str, into: str) -> dict[str, bytes]:
    """The members with this record changed, and nothing else."""
    content = members[name].decode()
    assert change in content
    return {**members, name: content.replace(change, into, 1).encode()}


@pytest.mark.parametrize(
    ("name", "change", "into", "why"),
    [
        (
            "records/decision.json",
            '"departs": false',
            '"departs": true',
            "departs: not what the ledger says was decided",
        ),
        ("records/decision.json", '"outcome": "accredited"', '"outcome": "deferred"', "outcome: not what the ledger"),
        ("records/self_assessment.json", '"measured": "92.5"', '"measured": "99.5"', "the answer to 2.01 is not"),
        ("records/settlements.json", "The job plan was seen.", "It was not seen.", "1.01 is not settled as"),
        ("records/settlements.json", '"measured": null,', '"measured": "3",', "1.01 is not settled as"),
        ("records/reviews.json", '"rating": "not_met"', '"rating": "met"', "the ratings of 1.01 are not those"),
        ("records/working.json", "outcome", "0utcome", "it is not the working"),
        ("records/edition.json", "Named lead", "Other lead", "it is not the edition"),
        ("records/evidence.json", '"id": 1', '"id": 2', "no entry of the ledger tells of evidence 2"),
        ("records/evidence.json", '"evidence": [', '"other": [', "not those that the records name"),
        ("records/decision.json", "{", "[", "it cannot be read"),
        ("records/decision.json", '"decided_by": "the', '"decided_by": "no', "decided by: not what the ledger says"),
        ("records/decision.json", '"decided_at": "2026', '"decided_at": "2025', "decided at: not what the ledger says"),
        ("records/decision.json", '"title": "Accredited"', '"title": "Best"', "an outcome is not called so"),
        ("records/decision.json", '"awarded": true', '"awarded": false', "an outcome is not called so"),
        ("records/decision.json", '"published": true', '"published": false', "the publication: the ledger tells of it"),
        ("records/recommendation.json", '"found": "2 of 2', '"found": "1 of 2', "not say what the working says"),
        ("records/settlements.json", '"how": "lead"', '"how": "amended"', "how 1.01 was settled: no entry"),
        ("records/self_assessment.json", '"version": 1', '"version": 0', "the answer to 1.01 is not the last one"),
        ("records/self_assessment.json", '"id": "2.02"', '"id": "2.03"', "answers to 2.02: the ledger tells of it"),
        (
            "records/cycle.json",
            '"name": "North Trust"',
            '"name": "South Trust"',
            "organisation: not what the records say",
        ),
        ("records/reviews.json", '"name": "Lay 4"', '"name": "Lay 5"', "it is not the page that the records make"),
        ("records/history.json", '"publish"', '"decide"', "it is not the page that the records make"),
        ("index.html", "Accredited", "Accredited with the highest praise", "it is not the page that the records make"),
        ("records/self_assessment.json", '"version"', '"v"', "they have another form"),
        ("ledger/entries.jsonl", "award:decide", "award:delete", "its digest does not recompute"),
        ("ledger/entries.jsonl", "cycle:enrol", "cycle:enrol\\u0000", "its digest does not recompute"),
        ("ledger/entries.jsonl", "{", "", "line 1: it is no entry that can be read"),
        ("ledger/chain.txt", "\n", "\nx\n", "line 2: the chain does not go on there"),
    ],
)
def test_a_record_that_lies_is_named_though_every_checksum_was_made_to_fit(
    members: Mapping[str, bytes], tmp_path: Path, name: str, change: str, into: str, why: str
) -> None:
    checked = verify_archive(consistent(tmp_path / "lie.zip", told(members, name, change, into)))
    assert any(why in one.why for one in checked.faults), checked.faults
    assert {one.trouble for one in checked.faults} <= {"records", "ledger"}


def test_a_document_in_place_of_another_is_named_though_the_manifest_was_made_to_fit(
    members: Mapping[str, bytes], tmp_path: Path
) -> None:
    checked = verify_archive(consistent(tmp_path / "lie.zip", {**members, PLAN: b"a better job plan"}))
    assert [one.why for one in checked.faults] == ["the documents of the archive are not those that the records name"]


LEFT_OUT = {
    "award:decide": "the decision: no entry", "award:recommend": "the recommendation: no entry",
    "award:publish": "the publication: no entry", "review:close": "how 2.01 was settled: no entry",
    "review:settle": "how 1.01 was settled: no entry", "assessment:rate": "the answer to 1.01 is not the last one",
}  # fmt: skip


@pytest.mark.parametrize("action", LEFT_OUT)
def test_a_record_whose_entry_was_left_out_of_a_colleges_archive_is_named(
    members: Mapping[str, bytes], tmp_path: Path, action: str
) -> None:
    name = "ledger/entries.jsonl"
    left = b"".join(one for one in members[name].splitlines(keepends=True) if f'"{action}"'.encode() not in one)
    assert LEFT_OUT[action] in why(consistent(tmp_path / "lie.zip", {**members, name: left}))


@pytest.mark.parametrize("record", ["decision", "reviews", "settlements", "self_assessment", "history"])
def test_a_record_that_was_taken_out_with_its_line_in_the_manifest_is_named(
    members: Mapping[str, bytes], tmp_path: Path, record: str
) -> None:
    without = {name: content for name, content in members.items() if name != f"records/{record}.json"}
    assert found(consistent(tmp_path / "lie.zip", without))


def remade(file: Path, content: Mapping[str, bytes], **changes: object) -> Path:
    """The archive with these parts of its manifest said otherwise."""
    manifest = read_manifest(content[MANIFEST])
    assert manifest is not None
    return repacked(file, {**content, MANIFEST: manifest.model_copy(update=changes).written()})


def test_what_the_manifest_says_of_the_cycle_is_what_the_records_say(
    members: Mapping[str, bytes], tmp_path: Path
) -> None:
    manifest = read_manifest(members[MANIFEST])
    assert manifest is not None
    at = manifest.about.as_of.replace(year=2020)
    for name, lie in (
        ("team", "Other"), ("organisation", "Other"), ("cycle", 99), ("stage", "decision"), ("made_for", "team"),
        ("as_of", at), ("scheme_title", "Gold"), ("scheme", "gold"), ("edition", "1999"),
    ):  # fmt: skip
        about = manifest.about.model_copy(update={name: lie})
        assert MANIFEST in {where for _, where in found(remade(tmp_path / "l.zip", members, about=about))}, name


def test_a_document_is_left_out_and_called_only_as_its_record_says(
    members: Mapping[str, bytes], tmp_path: Path
) -> None:
    manifest = read_manifest(members[MANIFEST])
    assert manifest is not None
    *others, document = manifest.members
    without = {name: content for name, content in members.items() if name != PLAN}
    for words in ("Deleted on 1 April 2026 because it was asked for: so.", "It is not cleared: so."):
        absent = Absent(evidence=1, title="Job plan", size=10, sha256=document.sha256, why=words)
        lie = remade(tmp_path / "l.zip", without, members=tuple(others), absent=(absent,))
        assert "evidence 1: what it is, or why it is left out, is not what the records say" in why(lie)
    for change in ({"size": 999}, {"file_name": "other.exe"}):
        changed = (*others, document.model_copy(update=change))
        assert found(remade(tmp_path / "l.zip", members, members=changed))


def test_a_page_of_another_form_is_not_compared_and_an_archive_without_a_number_can_be_read(
    members: Mapping[str, bytes], tmp_path: Path
) -> None:
    manifest = read_manifest(members[MANIFEST])
    assert manifest is not None
    assert (manifest.index, other_form(manifest)) == (FORMAT, "")
    page = {**members, "index.html": b"as another version makes it"}
    for form in (None, FORMAT + 1):
        file = consistent(
            tmp_path / "old.zip", {**page, MANIFEST: manifest.model_copy(update={"index": form}).written()}
        )
        checked = verify_archive(file)
        assert (checked.faults, checked.whole, checked.manifest.index) == ((), False, form)
        assert "another version of the engine" in checked.unread
        assert verify_archive(file, digest=checked.sha256).whole


def test_an_entry_that_is_left_out_moved_or_cut_from_the_chain_is_named(
    members: Mapping[str, bytes], tmp_path: Path
) -> None:
    entries, chain = (members[f"ledger/{name}"].splitlines(keepends=True) for name in ("entries.jsonl", "chain.txt"))
    file = tmp_path / "lie.zip"

    def faults(entries: list[bytes], chain: list[bytes]) -> str:
        changed = {**members, "ledger/entries.jsonl": b"".join(entries), "ledger/chain.txt": b"".join(chain)}
        return why(consistent(file, changed))

    attached = next(one for one in entries if b"evidence:attach" in one)
    assert "no entry of the ledger tells of evidence 1" in faults([one for one in entries if one != attached], chain)
    assert "does not come after" in faults([entries[1], entries[0], *entries[2:]], chain)
    assert "it does not end with the head" in faults(entries, chain[:-1])
    assert "the chain does not go on there" in faults(entries, [*chain[:3], *chain[4:]])
    assert "is not the one of the extract" in faults(
        entries, [*chain[:-1], chain[-1][:-2] + (b"0\n" if chain[-1][-2:-1] == b"f" else b"f\n")]
    )


def test_a_head_that_somebody_kept_is_looked_for_in_the_chain(archive: Path, members: Mapping[str, bytes]) -> None:
    sequence, digest = members["ledger/chain.txt"].decode().splitlines()[2].split()
    assert verify_archive(archive, head=(int(sequence), digest)).whole
    assert [one.trouble for one in verify_archive(archive, head=(int(sequence), "0" * 64)).faults] == ["ledger"]


def test_an_archive_packed_again_by_another_program_is_told_as_such(
    members: Mapping[str, bytes], tmp_path: Path
) -> None:
    file = tmp_path / "again.zip"
    with zipfile.ZipFile(file, "w") as other:
        for name, content in members.items():
            other.writestr(name, content)
    assert {kind for kind, _ in found(file)} == {"container"}
    with zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED) as other:
        for name, content in members.items():
            other.writestr(name, content)
    with pytest.raises(Invalid, match="packed smaller"):
        verify_archive(file)


def test_a_record_is_written_as_whoever_reads_it_expects(members: Mapping[str, bytes]) -> None:
    decision = json.loads(members["records/decision.json"])
    assert (decision["outcome"], decision["published"], decision["decided_by"]) == ("accredited", True, "the committee")
