"""The container: what another program reads in it, the same bytes always, and 64 bits where they are needed."""

import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.archive.container import Entry, ending, laid_out
from accreditation.archive.opening import opened
from tests.archiving import repacked

GIB = 2**30


@settings(max_examples=25)
@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8})?", fullmatch=True), st.binary(max_size=50), max_size=5))
def test_another_program_reads_what_was_packed(members: dict[str, bytes]) -> None:
    file = BytesIO()
    entries = laid_out((name, len(content), zlib.crc32(content)) for name, content in members.items())
    for one in entries:
        file.write(one.header + members[one.name])
    file.write(ending(entries))
    with zipfile.ZipFile(file) as found:
        assert {one.filename: found.read(one) for one in found.infolist()} == members
        assert {(one.date_time, one.compress_type, one.external_attr) for one in found.infolist()} <= {
            ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED, 0)
        }


def test_what_needs_64_bits_is_written_with_them_as_other_programs_read_it(tmp_path: Path) -> None:
    file = tmp_path / "large.zip"
    entries = laid_out([("a", 5 * GIB, 1), ("b", 3, 0), ("c", 4 * GIB, 2), ("d", 1, 0)])
    with file.open("wb") as sparse:
        for one in entries:
            sparse.seek(one.offset)
            sparse.write(one.header)
        sparse.seek(entries[-1].after)
        sparse.write(ending(entries))
    with zipfile.ZipFile(file) as found:
        assert [(one.filename, one.file_size, one.header_offset) for one in found.infolist()] == [
            (one.name, one.size, one.offset) for one in entries
        ]
    with opened(file) as ours:
        assert ([one.entry for one in ours.members], ours.faults) == (list(entries), [])


def test_seventy_thousand_members_are_listed_with_64_bits() -> None:
    entries = [Entry(name=f"{number}", size=0, crc=0, offset=0) for number in range(70_000)]
    assert b"PK\x06\x06" in ending(entries)[-98:]


@pytest.mark.parametrize("names", [["a", "A"], ["a", "a"]])
def test_two_members_of_one_name_are_refused(tmp_path: Path, names: list[str]) -> None:
    entries = laid_out((name, 0, 0) for name in names)
    file = tmp_path / "twice.zip"
    file.write_bytes(b"".join(one.header for one in entries) + ending(entries))
    with pytest.raises(Exception, match="two members called"), opened(file):
        raise AssertionError("it was opened")


def test_the_same_members_are_the_same_bytes(tmp_path: Path) -> None:
    members = {"a": b"one", "b/c": b"two"}
    assert repacked(tmp_path / "1", members).read_bytes() == repacked(tmp_path / "2", members).read_bytes()
