"""Archives made to mislead or to exhaust whoever checks them: refused in words, before much is read."""

import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from accreditation.archive.container import Entry, ending, laid_out
from accreditation.archive.crossing import held_by_ledger
from accreditation.archive.extract import Recomputed
from accreditation.archive.manifest import MANIFEST, read_manifest
from accreditation.archive.verify import verify_archive
from accreditation.errors import Invalid
from tests.archiving import consistent, repacked


def refused(file: Path) -> str:
    with pytest.raises(Invalid) as refusal:
        verify_archive(file)
    return str(refusal.value)


@pytest.mark.parametrize("name", ["/etc/passwd", "../../a", "a/../b", "C:/a", "a\\b", "CON", "a\x1b[2J"])
def test_a_name_that_leads_elsewhere_is_refused_and_told_plainly(
    members: Mapping[str, bytes], tmp_path: Path, name: str
) -> None:
    words = refused(repacked(tmp_path / "evil.zip", {**members, name: b"x"}))
    assert "names that are safe on every system; unpack it nowhere" in words
    assert words.isprintable()


def many(file: Path) -> None:
    entries = laid_out((f"{number}", 0, 0) for number in range(20_001))
    file.write_bytes(b"".join(one.header for one in entries) + ending(entries))


def millions(file: Path) -> None:
    many = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 2**40, 2**40, 2**50, 0)
    many += struct.pack("<4sIQI", b"PK\x06\x07", 0, 0, 1)
    file.write_bytes(many + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0))


def bomb(file: Path) -> None:
    with zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("manifest.json", b"0" * 5_000_000)


def overlapping(file: Path) -> None:
    one, two = laid_out([("a", 40, 0), ("b", 3, 0)])
    body = one.header + bytes(40) + two.header + b"abc"
    lists = ending([one, two]).replace(struct.pack("<I", two.offset) + b"b", struct.pack("<I", 0) + b"b")
    file.write_bytes(body + lists)


def reaching(file: Path) -> None:
    (one,) = laid_out([("a", 3, 0)])
    tail = ending([one]).replace(struct.pack("<II", 3, 3), struct.pack("<II", 2**31, 2**31))
    file.write_bytes(one.header + b"abc" + tail)


def beyond(file: Path) -> None:
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, 2**63 + 5, 1)
    file.write_bytes(bytes(200) + locator + ending(laid_out([])))


def far_beyond(file: Path) -> None:
    (one,) = laid_out([("a", 3, 0)])
    whole = one.header + b"abc" + ending([one])
    (far,) = [Entry(name="a", size=3, crc=0, offset=2**63 + 9)]
    listed = far.listed
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(listed), one.after, 0)
    file.write_bytes(whole[: one.after] + listed + end)


def unlisted(file: Path) -> None:
    end = ending(laid_out([]))
    file.write_bytes(end[:8] + struct.pack("<HH", 5, 5) + end[12:])


def nothing(file: Path) -> None:
    file.write_bytes(b"")


def text(file: Path) -> None:
    file.write_bytes(b"no archive at all " * 100)


def commented(file: Path) -> None:
    file.write_bytes(ending(laid_out([]))[:-2] + b"\x03\x00abc")


def folder(file: Path) -> None:
    file.mkdir()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (many, "a list of 20,001 members"), (millions, "a list of 1,099,511,627,776 members"),
        (bomb, "packed smaller"), (overlapping, "lies where another member does"),
        (beyond, "its end is damaged"), (far_beyond, "lies where another member does, or nowhere"),
        (reaching, "reaches beyond its place"), (unlisted, "a list of members that cannot be read"),
        (nothing, "no archive"), (text, "no archive"), (commented, "something stands behind it"), (folder, "no file"),
    ],
)  # fmt: skip
def test_what_is_no_archive_of_ours_is_refused_in_words(
    tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    make(tmp_path / "evil.zip")
    assert words in refused(tmp_path / "evil.zip")


def test_bytes_that_belong_to_no_member_are_told(members: Mapping[str, bytes], archive: Path, tmp_path: Path) -> None:
    entries = laid_out((name, len(content), 0) for name, content in members.items())
    start = entries[-1].after
    whole = archive.read_bytes()
    lists = ending(entries)[-22:]
    moved = whole[start:-22] + lists[:16] + struct.pack("<I", start + 3) + b"\0\0"
    hidden = tmp_path / "hidden.zip"
    hidden.write_bytes(whole[:start] + b"abc" + moved)
    assert [one.why for one in verify_archive(hidden).faults] == [
        "3 bytes before the list of members belong to no member"
    ]


def test_no_more_faults_are_named_than_anybody_reads(members: Mapping[str, bytes], tmp_path: Path) -> None:
    file = consistent(tmp_path / "wrong.zip", {**members, "ledger/entries.jsonl": b"{}\n" * 3000})
    assert len(verify_archive(file).faults) == 1000


LISTS = b"[" + b",".join([b"[]"] * 600_000) + b"]"
"""Two megabytes of text that would be fifty in memory."""


@pytest.mark.parametrize(
    ("name", "before", "words"),
    [
        ("records/evidence.json", "", "larger than any record is"),
        ("ledger/entries.jsonl", "", "it says more than any entry does"),
        ("ledger/entries.jsonl", '{"action":"x","detail":"', "it says more than any entry does"),
    ],
)
def test_what_would_be_large_once_it_is_read_is_not_read(
    members: Mapping[str, bytes], tmp_path: Path, name: str, before: str, words: str
) -> None:
    behind = '"}' if before else ""
    file = consistent(tmp_path / "lists.zip", {**members, name: before.encode() + LISTS + behind.encode()})
    tracemalloc.start()
    faults = verify_archive(file).faults
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert any(words in one.why for one in faults)
    assert peak < 40_000_000


def test_a_manifest_that_would_be_large_once_it_is_read_is_not_read(
    members: Mapping[str, bytes], tmp_path: Path
) -> None:
    evidence = b'"evidence": [' + b",".join([b"1"] * 600_000)
    content = members[MANIFEST].replace(b'"evidence": [', evidence, 1)
    assert "manifest.json" in refused(repacked(tmp_path / "evil.zip", {**members, MANIFEST: content}))


class Counted(dict[str, Any]):
    """What a reviewer handed in, which knows how often it was looked through."""

    looked = 0

    def items(self) -> Any:
        Counted.looked += 1
        return super().items()

    def __contains__(self, key: object) -> bool:
        Counted.looked += 1
        return super().__contains__(key)


def test_what_each_reviewer_handed_in_is_gone_through_once_however_many_criteria_a_record_names(
    members: Mapping[str, bytes],
) -> None:
    manifest = read_manifest(members[MANIFEST])
    assert manifest is not None
    reviews = {str(number): {"ratings": Counted()} for number in range(50)}
    closed = Recomputed(
        sequence=1, at="", actor="", action="review:close", detail={"reviews": reviews}, previous="", digest=""
    )
    agreed = {"id": "x", "ratings": [], "settlement": {"how": "agreed", "answer": {}}}
    records = {f"records/{name}.json": {"criteria": [agreed] * 50} for name in ("reviews", "settlements")}
    Counted.looked = 0
    held_by_ledger(manifest, records, [closed], wrong=lambda name, why: None)
    assert Counted.looked <= 2 * len(reviews)


def test_memory_does_not_grow_with_what_is_sent(members: Mapping[str, bytes], tmp_path: Path) -> None:
    """Long lines, deep nesting and large records cost what they may and no more."""
    large = {
        **members, "ledger/chain.txt": b"1" * 9_000_000, "ledger/entries.jsonl": b"[" * 9_000_000,
        "records/decision.json": b"[" * 9_000_000, "index.html": b"x" * 30_000_000,
    }  # fmt: skip
    file = consistent(tmp_path / "large.zip", large)
    del large
    tracemalloc.start()
    faults = verify_archive(file).faults
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert {(one.trouble, one.name) for one in faults} >= {
        ("ledger", "ledger/chain.txt"),
        ("ledger", "ledger/entries.jsonl"),
        ("records", "records/decision.json"),
    }
    assert peak < 25_000_000
