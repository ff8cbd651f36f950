from pathlib import Path

import pytest

from accreditation.errors import StandardsFaulty
from accreditation.library import load, schemes
from accreditation.scheme.source import MAX_BYTES
from tests.building import FILES, small


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small scheme on disk."""
    for name, content in FILES.items():
        file = tmp_path / "small" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return tmp_path / "small"


def faults(folder: Path) -> list[str]:
    with pytest.raises(StandardsFaulty) as faulty:
        load(folder)
    return [str(fault) for fault in faulty.value.faults]


def test_a_scheme_is_read_from_its_folder_with_its_worked_cases(folder: Path) -> None:
    standard = load(folder)
    assert (standard.scheme, len(standard.cases)) == (small(), 2)


def test_what_is_no_standards_file_is_left_alone(folder: Path) -> None:
    (folder / "README.md").write_text("For authors.")
    (folder / "drafts").mkdir()
    (folder / "drafts" / "half.yaml").write_text("not: [finished")
    (folder / "criteria" / "deeper").mkdir()
    (folder / "criteria" / "deeper" / "half.yaml").write_text("not: [finished")
    assert load(folder).scheme == small()


def test_a_folder_or_a_scheme_that_is_not_there_is_said(folder: Path) -> None:
    allowed = "name a folder that holds a scheme.yaml"
    assert faults(folder / "none") == [f"{folder}/none/scheme.yaml:1:1: there is no such folder; {allowed}"]
    assert faults(folder / "cases") == [f"{folder}/cases/scheme.yaml:1:1: there is no such file; {allowed}"]


def test_a_fault_names_the_file_as_it_lies_on_disk(folder: Path) -> None:
    (folder / "criteria" / "first.yaml").write_text("- id: '1.01'\n  wonder: yes\n")
    assert any(fault.startswith(f"{folder}/criteria/first.yaml:2:3:") for fault in faults(folder))


def test_nothing_is_read_through_a_link_that_leads_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    inside = folder / "criteria" / "first.yaml"
    inside.rename(tmp_path / "outside.yaml")
    inside.symlink_to(tmp_path / "outside.yaml")
    assert any("criteria/first.yaml" in fault for fault in faults(folder))
    inside.unlink()
    (tmp_path / "outside.yaml").rename(folder / "kept.yaml")
    (folder / "scheme.yaml").rename(tmp_path / "outside.yaml")
    (folder / "scheme.yaml").symlink_to(tmp_path / "outside.yaml")
    assert faults(folder) == [f"{folder}/scheme.yaml:1:1: it is a link out of the folder; put the file itself here"]


def test_a_link_within_the_folder_is_as_good_as_the_file(folder: Path) -> None:
    (folder / "kept").mkdir()
    (folder / "criteria" / "first.yaml").rename(folder / "kept" / "first.yaml")
    (folder / "criteria" / "first.yaml").symlink_to("../kept/first.yaml")
    assert load(folder).scheme == small()


def test_a_file_of_any_size_is_refused_without_reading_it_whole(folder: Path) -> None:
    with (folder / "criteria" / "first.yaml").open("ab") as file:
        file.truncate(50 * MAX_BYTES)
    assert any("criteria/first.yaml:1:1" in fault for fault in faults(folder))


def test_a_file_that_cannot_be_read_is_a_fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    assert faults(folder) == [f"{folder}/scheme.yaml:1:1: it cannot be read: Permission denied; let this user read it"]


def test_the_schemes_below_a_folder_are_those_with_a_scheme_file(folder: Path) -> None:
    (folder.parent / "empty").mkdir()
    assert schemes(folder.parent) == (folder,)
    assert schemes(folder / "none") == ()
