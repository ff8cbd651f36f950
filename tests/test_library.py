from pathlib import Path

import pytest

from accreditation.errors import StandardsFaulty
from accreditation.library import load, schemes
from accreditation.scheme.model import Extends
from accreditation.scheme.one_text import apart, as_one
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


def test_a_scheme_in_one_text_is_the_same_and_its_faults_are_told_by_its_own_lines(tmp_path: Path) -> None:
    text = as_one(FILES)
    assert apart(text).files == FILES
    file = tmp_path / "small.yaml"
    file.write_text(text)
    standard = load(file)
    assert (standard.scheme, len(standard.cases)) == (small(), 2)
    line = text.split("\n").index("- case: everything met") + 1
    assert str(standard.places[0]) == f"{file}:{line}:3"
    file.write_text(text.replace("statement: Scans are quick.", "statement: [Scans]"))
    line = text.split("\n").index("  statement: Scans are quick.") + 1
    (fault,) = faults(file)
    assert fault.startswith(f"{file}:{line}:3: ")
    file.write_text(f"{text}--- # criteria/first.yaml\n--- # ../first.yaml\n")
    last = text.count("\n")
    assert faults(file) == [
        f"{file}:{last + 1}:1: criteria/first.yaml is here a second time; each file once: put the two together",
        f"{file}:{last + 2}:1: '../first.yaml' is no name of a file; a name as in criteria/safety.yaml",
    ]
    above = f"# For us alone.\n{text}--- # odd\nodd: 1\n"
    first = apart(above).faults[0]
    assert (first.line, first.found) == (2, "something stands above the first line “--- # scheme.yaml”")
    whole = as_one(apart(above).whole)  # as a folder it has every line, and the remark where it may stand
    assert sorted(whole.split("\n")) == sorted(above.split("\n"))
    assert whole.startswith("--- # scheme.yaml\n# For us alone.\n")
    odd = f"--- # odd\nodd: 1\n{text}"
    assert {*odd.split("\n")} <= {*as_one(apart(odd).whole).split("\n")}


def test_what_is_no_standards_file_is_left_alone(folder: Path) -> None:
    (folder / "README.md").write_text("For authors.")
    (folder / "drafts").mkdir()
    (folder / "drafts" / "half.yaml").write_text("not: [finished")
    (folder / "criteria" / "deeper").mkdir()
    (folder / "criteria" / "deeper" / "half.yaml").write_text("not: [finished")
    assert load(folder).scheme == small()


def test_a_folder_or_a_scheme_that_is_not_there_is_said(folder: Path) -> None:
    allowed = "name a folder that holds a scheme.yaml"
    assert faults(folder / "none") == [f"{folder}/none: there is no such folder; {allowed}"]
    assert faults(folder / "cases") == [f"{folder}/cases: no scheme.yaml is in it; {allowed}"]
    assert faults(folder / "scheme.yaml") == [f"{folder}/scheme.yaml: it is a file; {allowed}"]
    said = faults(folder.parent / "smal")
    assert said == [f"{folder.parent}/smal: there is no such folder; {allowed} (did you mean small?)"]


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
    assert faults(folder) == [f"{folder}/scheme.yaml: it is a link out of the folder; put the file itself here"]


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
    assert faults(folder) == [f"{folder}/scheme.yaml: it cannot be read: Permission denied; let this user read it"]


def test_the_schemes_below_a_folder_are_those_with_a_scheme_file(folder: Path) -> None:
    (folder.parent / "empty").mkdir()
    assert schemes(folder.parent) == (folder,)
    assert schemes(folder / "none") == ()


def on_top(folder: Path, name: str, *, of: tuple[str, str], edition: str = "1") -> Path:
    """A scheme in a folder beside this one that builds on another."""
    beside = folder.parent / name
    beside.mkdir()
    head = f'id: {name}\ntitle: {name}\nedition: "{edition}"\neffective: 2026-10-01\n'
    (beside / "scheme.yaml").write_text(f'{head}extends: {{scheme: {of[0]}, edition: "{of[1]}"}}\n')
    return beside


def test_a_scheme_that_builds_on_another_is_read_with_the_one_beside_it(folder: Path) -> None:
    on_top(folder, "special", of=("small", "2026.1"))
    top = on_top(folder, "top", of=("special", "1"))
    standard = load(top)
    assert standard.scheme.criteria == small().criteria
    assert (standard.scheme.id, standard.cases) == ("top", ())


def test_of_several_editions_beside_it_the_one_named_is_taken(folder: Path) -> None:
    newer = folder.parent / "newer"
    folder.rename(newer)
    scheme = (newer / "scheme.yaml").read_text()
    (folder / "criteria").mkdir(parents=True)
    for file in ("criteria/first.yaml", "criteria/second.yaml"):
        (folder / file).write_bytes(FILES[file])
    (folder / "scheme.yaml").write_text(scheme.replace("title: A small", "title: An older").replace("2026.1", "2025.1"))
    special = on_top(folder, "special", of=("small", "2025.1"))
    assert load(special).scheme.extends == Extends(scheme="small", edition="2025.1")
    assert faults(on_top(folder, "other", of=("small", "2024.1"))) == [
        f"{folder.parent}/other/scheme.yaml:5:11: there is no scheme 'small' of edition '2024.1' beside this one; "
        "a scheme in a folder beside this one; editions of 'small' here: 2025.1, 2026.1"
    ]


def test_a_base_that_is_not_there_is_told_where_it_is_named(folder: Path) -> None:
    assert faults(on_top(folder, "special", of=("smal", "2026.1"))) == [
        f"{folder.parent}/special/scheme.yaml:5:11: there is no scheme 'smal' of edition '2026.1' beside this one; "
        "a scheme in a folder beside this one"
    ]


def test_schemes_that_build_on_each_other_in_a_circle_are_refused(folder: Path) -> None:
    one = on_top(folder, "one", of=("two", "1"))
    on_top(folder, "two", of=("three", "1"))
    on_top(folder, "three", of=("one", "1"))
    itself = on_top(folder, "itself", of=("itself", "1"))
    assert faults(one) == [
        f"{folder.parent}/three/scheme.yaml:5:11: a circle: one -> two -> three -> one; a scheme that ends somewhere"
    ]
    assert faults(itself) == [
        f"{folder.parent}/itself/scheme.yaml:5:11: a circle: itself -> itself; a scheme that ends somewhere"
    ]


def test_a_chain_of_schemes_is_followed_five_deep(folder: Path) -> None:
    below = ("small", "2026.1")
    for number in range(6):
        top = on_top(folder, f"s{number}", of=below)
        below = (f"s{number}", "1")
        if number == 4:
            assert load(top).scheme.criteria == small().criteria
    assert faults(top) == [
        f"{folder.parent}/s0/scheme.yaml:5:11: a scheme that builds on 6 others, one on the other; at most 5"
    ]


def test_a_fault_in_a_base_is_told_in_its_own_file(folder: Path) -> None:
    special = on_top(folder, "special", of=("small", "2026.1"))
    (folder / "criteria" / "first.yaml").write_bytes(FILES["criteria/first.yaml"].replace(b"essential", b"essentail"))
    assert [told.split(": ")[0] for told in faults(special)] == [
        f"{folder}/criteria/first.yaml:4:3",
        f"{folder}/criteria/first.yaml:11:3",
    ]


def test_each_case_comes_with_its_place(folder: Path) -> None:
    assert [str(place) for place in load(folder).places] == [
        f"{folder}/cases/two.yaml:1:3",
        f"{folder}/cases/two.yaml:5:3",
    ]
