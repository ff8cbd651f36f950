"""accredit cycle export, accredit verify, accredit ledger verify --archive: what they say, and their exit codes."""

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from accreditation import wiring
from accreditation.archive.manifest import MANIFEST, read_manifest
from accreditation.commands.archives import FEW, UNTOLD
from accreditation.rules.cycle import Stage
from tests.archiving import consistent, contents
from tests.commands.conftest import Accredit
from tests.opened import opened
from tests.walking import nothing_kept, walk


@pytest.fixture(scope="module")
def published(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a house in which North's result is published."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copy(sqlite_template, folder / "records.sqlite")
    house = opened(folder)
    walk(house, Stage.PUBLISHED)
    house.close()
    return folder


@pytest.fixture
def file(published: Path, accredit: Accredit, data: Path, tmp_path: Path) -> Path:
    """Where an archive of that cycle is to be written; the commands work with a copy of that house."""
    shutil.copytree(published, data, dirs_exist_ok=True)
    return tmp_path / "cycle.zip"


def verified(accredit: Accredit, monkeypatch: pytest.MonkeyPatch, *words: object) -> tuple[int, list[str], str]:
    """What `accredit verify` says where there are no records and no settings that could be read."""
    monkeypatch.setenv("ACCREDIT_DATA", "/proc/no/such/folder")
    wiring.house.cache_clear()
    said = accredit("verify", *words)
    assert wiring.house.cache_info().currsize == 0
    return said.code, said.out.splitlines(), said.err


def test_an_archive_is_exported_and_verified_offline(
    accredit: Accredit, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = accredit("cycle", "export", 1, "--to", file)
    digest = said.out.splitlines()[1].rpartition(" ")[2]
    assert (said.code, said.err, said.out.splitlines()) == (0, "", [
        "Cycle 1, North, North Trust; small, edition 2026.1; as it stood on 1 April 2026, 09:00 UTC; for the college "
        f"office: 1 document, {file.stat().st_size} bytes in {file}.",
        f"SHA-256 of the manifest: {digest}",
        "Hand it on by another way than the archive: `accredit verify FILE --digest ...` then proves every byte.",
    ])  # fmt: skip
    assert [one.name for one in file.parent.glob(".*")] == []
    code, lines, err = verified(accredit, monkeypatch, file, "--digest", digest.upper())
    assert (code, err) == (0, "")
    assert lines[1] == f"SHA-256 of the manifest: {digest}, the one that you were told"
    assert (
        f"  19 files, {file.stat().st_size} bytes: each by its SHA-256 in the manifest, and nothing besides them"
        in lines
    )
    assert "  the same in the records as in the ledger: the decision as it was taken (1)" in lines
    assert lines[3] == "Everything is as it was exported."
    assert len(lines[lines.index("What this proves, and what not") :]) == 5


def test_without_the_digest_that_one_was_told_a_check_is_not_told_as_a_proof(
    accredit: Accredit, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accredit("cycle", "export", 1, "--to", file)
    code, lines, err = verified(accredit, monkeypatch, file)
    assert (code, err) == (0, "")
    assert lines[3:5] == ["Nothing in it contradicts its manifest or its ledger extract.", UNTOLD]
    assert "Everything is as it was exported." not in lines
    code, lines, _ = verified(accredit, monkeypatch, file, "--digest", "a" * 64)
    assert (code, lines[1].endswith(", NOT the one that you were told")) == (1, True)
    assert lines[3] == "What is not as it was exported: 1"


def test_a_page_that_was_not_compared_is_told_in_the_verdict_and_ends_with_1_where_no_digest_proves_it(
    accredit: Accredit, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accredit("cycle", "export", 1, "--to", file)
    members = contents(file)
    manifest = read_manifest(members[MANIFEST])
    assert manifest is not None
    page = {"index.html": b"<h1>Gold</h1>", MANIFEST: manifest.model_copy(update={"index": None}).written()}
    forged = consistent(tmp_path / "old.zip", {**members, **page})
    code, lines, _ = verified(accredit, monkeypatch, forged)
    assert (code, lines[3]) == (1, "Nothing in it contradicts its manifest or its ledger extract.")
    assert lines[4].startswith("index.html was not compared with the records: do not rely on it")
    digest = lines[1].rpartition(" ")[2]
    code, lines, _ = verified(accredit, monkeypatch, forged, "--digest", digest)
    assert (code, lines[3]) == (0, "Everything is as it was exported.")


def test_an_archive_that_was_packed_again_tells_its_files_first_and_the_packing_in_a_line(
    accredit: Accredit, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accredit("cycle", "export", 1, "--to", file)
    again = tmp_path / "again.zip"
    with ZipFile(again, "w") as parts:
        for name, content in contents(file).items():
            if not name.startswith("documents/"):
                parts.writestr(name, content)
    code, lines, _ = verified(accredit, monkeypatch, again)
    told = lines[lines.index("") + 2 : lines.index("What was checked") - 1]
    assert (code, [one.split(":")[0] for one in told]) == (1, ["  missing", *["  container"] * (FEW + 1)])
    assert told[-1].endswith(" more of that kind; another program has packed the archive again")


def test_what_is_wrong_is_named_with_exit_code_1_and_what_is_no_archive_with_2(
    accredit: Accredit, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accredit("cycle", "export", 1, "--to", file)
    members = contents(file)
    name = next(one for one in members if one.startswith("documents/"))
    wrong = consistent(tmp_path / "wrong.zip", {**members, name: b"a better plan"})
    code, lines, _ = verified(accredit, monkeypatch, wrong)
    assert code == 1
    assert lines[lines.index("What is not as it was exported: 1") + 1] == (
        "  records: records/evidence.json: the documents of the archive are not those that the records name"
    )
    for words in ((tmp_path / "none.zip",), (tmp_path,), (file, "--digest", "abc"), (file, "--head", "x"),
                  (file, "--head", f"{'9' * 5000}:{'a' * 64}")):  # fmt: skip
        code, lines, err = verified(accredit, monkeypatch, *words)
        assert (code, lines, err.startswith("It cannot be checked: ")) == (2, [], True)


def test_control_characters_in_an_archive_reach_no_terminal(
    accredit: Accredit, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accredit("cycle", "export", 1, "--to", file)
    members = contents(file)
    manifest = members["manifest.json"].replace(b'"team": "North"', b'"team": "N\\u001b[2Jorth"')
    assert manifest != members["manifest.json"]
    _, lines, err = verified(
        accredit, monkeypatch, consistent(tmp_path / "evil.zip", {**members, "manifest.json": manifest})
    )
    assert "\x1b" not in "".join(lines) + err


def test_a_file_that_is_there_is_left_alone_unless_it_is_to_be_replaced(accredit: Accredit, file: Path) -> None:
    file.write_bytes(b"mine")
    with nothing_kept(wiring.house()):
        said = accredit("cycle", "export", 1, "--to", file)
    assert (said.code, said.err, file.read_bytes()) == (
        1, f"{file} is there already. Choose another name, or --replace it.\n", b"mine",
    )  # fmt: skip
    assert accredit("cycle", "export", 1, "--to", file, "--replace").code == 0
    assert file.read_bytes().startswith(b"PK")


def test_a_place_where_no_file_can_be_is_said_before_anything_is_entered(
    accredit: Accredit, file: Path, tmp_path: Path
) -> None:
    with nothing_kept(wiring.house()):
        for to, what in (
            (tmp_path, "is a folder"),
            (tmp_path / "none" / "a.zip", "lies in a folder that is not there"),
        ):
            said = accredit("cycle", "export", 1, "--to", to, "--replace")
            assert (said.code, said.err) == (1, f"--to: {to} {what}; a file in a folder that is there\n")


def test_a_document_that_is_lost_is_said_and_ends_with_1(accredit: Accredit, file: Path, data: Path) -> None:
    (lying,) = (data / "evidence").glob("??/*")
    lying.unlink()
    said = accredit("cycle", "export", 1, "--to", file)
    assert (said.code, said.out.splitlines()[-1]) == (
        1, "Not in the archive: evidence 1, Job plan: It is not in the store, and has to come back from a backup.",
    )  # fmt: skip


def test_whoever_holds_the_ledger_confirms_an_archive(accredit: Accredit, file: Path, tmp_path: Path) -> None:
    accredit("cycle", "export", 1, "--to", file)
    said = accredit("ledger", "verify", "--archive", file)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[-2] == f"The ledger extract of {file} is this ledger's, digest by digest."
    assert "UTC by office:command line (entry " in said.out.splitlines()[-1]
    members = contents(file)
    other = consistent(tmp_path / "other.zip", {**members, "records/risks.json": b'{\n "cycle": 1\n}\n'})
    said = accredit("ledger", "verify", "--archive", other)
    assert (said.code, said.err.startswith("Nobody exported an archive with the manifest ")) == (1, True)
    sequence, digest = members["ledger/chain.txt"].decode().splitlines()[5].split()
    own = members["ledger/entries.jsonl"].splitlines(keepends=True)
    left = b"".join(one for one in own if f'"sequence":{sequence},'.encode() not in one)
    chain = members["ledger/chain.txt"].replace(digest.encode(), b"0" * 64)
    forged = consistent(tmp_path / "f.zip", {**members, "ledger/chain.txt": chain, "ledger/entries.jsonl": left})
    said = accredit("ledger", "verify", "--archive", forged)
    assert said.code == 1
