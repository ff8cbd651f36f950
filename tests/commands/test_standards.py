"""accredit standards: every fault by file, line and column, then every worked case; and what is right is published."""

from collections.abc import Mapping
from pathlib import Path

from accreditation.records import worked_cases
from accreditation.scheme.model import Scheme
from accreditation.wiring import House
from tests.building import FILES, changed, small
from tests.commands.conftest import Accredit
from tests.walking import everything, newest, nothing_kept

GOOD = [
    "A small scheme, edition 2026.1, in force from 1 April 2026",
    "  4 criteria in 2 domains: 2 essential, 2 expected",
    "  2 of 2 worked cases give what they expect",
    f"  digest {small().digest}",
]


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    """These files in this folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_a_good_scheme_is_summed_up(accredit: Accredit, tmp_path: Path) -> None:
    said = accredit("standards", "check", written(tmp_path / "small", FILES))
    assert (said.code, said.out.splitlines(), said.err) == (0, GOOD, "")


def test_one_of_a_kind_is_said_as_one(accredit: Accredit, tmp_path: Path) -> None:
    scheme = FILES["scheme.yaml"].decode().splitlines(keepends=True)
    begin, end = scheme.index("audits:\n"), scheme.index("domains:\n")
    share = next(number for number, line in enumerate(scheme) if "- share:" in line)
    kept = [*scheme[:begin], *scheme[end:share], *scheme[share + 3 :]]
    one = "".join(line for line in kept if 'id: "2"' not in line and "  expected:" not in line)
    files = {
        "scheme.yaml": one.encode(),
        "criteria/first.yaml": b'- {id: "1.01", title: Lead, statement: There is one., type: essential, '
        b"applies_when: {hasu: true}, sources: [guide-1]}\n",
        "cases/one.yaml": b"- {case: met, profile: {}, ratings: {default: met}, expect: {outcome: accredited}}\n",
    }
    said = accredit("standards", "check", written(tmp_path / "one", files))
    assert (said.code, said.out.splitlines()[1:3]) == (
        0, ["  1 criterion in 1 domain: 1 essential", "  1 of 1 worked case gives what it expects"],
    )  # fmt: skip


def test_every_fault_is_named_by_its_place_and_nothing_is_loaded(accredit: Accredit, tmp_path: Path) -> None:
    files = changed("scheme.yaml", "about: For tests.", "abuot: For tests.") | {
        "criteria/second.yaml": FILES["criteria/second.yaml"].replace(b"guidance: Look at the data.", b"guidance: 7", 1)
    }
    folder = written(tmp_path / "small", files)
    said = accredit("standards", "check", folder)
    allowed = ", ".join(sorted(Scheme.model_fields))
    assert (said.code, said.err) == (1, "")
    assert said.out.splitlines() == [
        f"{folder}/criteria/second.yaml:5:3: '7' is not text; write text, in quotes where it looks like a number",
        f"{folder}/scheme.yaml:1:1: 'about' is missing; write about: here",
        f"{folder}/scheme.yaml:6:1: unknown key 'abuot' (did you mean about?); allowed here: {allowed}",
        f"{folder}: 3 faults; nothing is loaded until they are mended.",
    ]


def test_a_repeated_key_is_a_fault(accredit: Accredit, tmp_path: Path) -> None:
    folder = written(tmp_path / "small", changed("scheme.yaml", "language: 1", "language: 1\nlanguage: 1"))
    said = accredit("standards", "check", folder)
    assert (said.code, said.out.partition(": ")[0]) == (1, f"{folder}/scheme.yaml:6:1")
    assert said.out.splitlines()[-1] == f"{folder}: 1 fault; nothing is loaded until they are mended."


def test_a_case_that_does_not_give_what_it_expects_is_named(accredit: Accredit, tmp_path: Path) -> None:
    folder = written(tmp_path / "small", changed("cases/two.yaml", "outcome: accredited}", "outcome: deferred}"))
    said = accredit("standards", "check", folder)
    assert (said.code, said.err) == (1, "")
    assert said.out.startswith(f"{folder}/cases/two.yaml:1:3: the case 'everything met': ")
    assert said.out.splitlines()[3] == "  1 of 2 worked cases give what they expect"


def test_several_folders_are_all_checked_and_one_fault_anywhere_fails(accredit: Accredit, tmp_path: Path) -> None:
    good = written(tmp_path / "good", FILES)
    said = accredit("standards", "check", tmp_path / "missing", good)
    assert (said.code, said.err) == (1, "")
    missing = tmp_path / "missing"
    assert said.out.splitlines() == [
        f"{missing}: there is no such folder; name a folder that holds a scheme.yaml",
        f"{missing}: 1 fault; nothing is loaded until they are mended.",
        *GOOD,
    ]


def test_a_folder_without_a_scheme_and_a_file_are_said_to_be_none(accredit: Accredit, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    empty = accredit("standards", "check", tmp_path / "empty")
    file = accredit("standards", "check", tmp_path / "file")
    assert (empty.code, empty.out.splitlines()[0]) == (
        1, f"{tmp_path}/empty: no scheme.yaml is in it; name a folder that holds a scheme.yaml",
    )  # fmt: skip
    assert (file.code, file.err) == (1, "")


def test_nothing_to_check_is_a_mistake_of_use(accredit: Accredit) -> None:
    assert accredit("standards", "check").code == 2


PUBLISHED = ["A small scheme, edition 2026.1", f"  digest {small().digest}"]


def test_a_good_scheme_is_published_once(accredit: Accredit, kept: House, tmp_path: Path) -> None:
    folder = written(tmp_path / "small", FILES)
    said = accredit("standards", "publish", folder)
    assert (said.code, said.out.splitlines(), said.err) == (0, [*PUBLISHED, "  published now"], "")
    assert [entry[:3] for entry in newest(kept, number=2)] == [
        ("office:command line", "scheme:publish", f"edition:{small().digest}"),
        ("office:command line", "scheme:keep_cases", f"edition:{small().digest}"),
    ]
    with nothing_kept(kept):
        again = accredit("standards", "publish", folder)
    told = [*PUBLISHED, "  published already; nothing was changed"]
    assert (again.code, again.out.splitlines(), again.err) == (0, told, "")
    two = FILES["cases/two.yaml"].decode()
    (folder / "cases" / "two.yaml").write_text(two.replace("everything met", "all of it"))
    for said_now in ("its worked cases are kept beside it now, as they are here", "nothing was changed"):
        other = accredit("standards", "publish", folder).out.splitlines()
        assert other == [*PUBLISHED, f"  published already; {said_now}"]
    with kept.database.reading() as session:
        assert worked_cases.cases_of(session, small().digest).count("case: all of it") == 1


def test_several_editions_are_published_and_the_same_twice_is_one(
    accredit: Accredit, kept: House, tmp_path: Path
) -> None:
    one = written(tmp_path / "one", FILES)
    other = written(tmp_path / "other", changed("scheme.yaml", '"2026.1"', '"2026.2"'))
    said = accredit("standards", "publish", one, other, one)
    assert (said.code, [line for line in said.out.splitlines() if "digest" not in line]) == (
        0,
        [
            PUBLISHED[0], "  published now",
            "A small scheme, edition 2026.2", "  published now",
            PUBLISHED[0], "  published already; nothing was changed",
        ],
    )  # fmt: skip
    assert everything(kept)["edition"] == 2


def test_a_fault_anywhere_publishes_nothing_and_is_told_as_check_tells_it(
    accredit: Accredit, kept: House, tmp_path: Path
) -> None:
    good = written(tmp_path / "good", FILES)
    faulty = written(tmp_path / "faulty", changed("scheme.yaml", "about: For tests.", "abuot: For tests."))
    with nothing_kept(kept):
        said = accredit("standards", "publish", good, faulty, tmp_path / "missing")
    told = [accredit("standards", "check", folder).out for folder in (faulty, tmp_path / "missing")]
    assert (said.code, said.out, said.err) == (1, "".join(told) + "Nothing was published.\n", "")


def test_a_worked_case_that_disagrees_publishes_nothing(accredit: Accredit, kept: House, tmp_path: Path) -> None:
    folder = written(tmp_path / "small", changed("cases/two.yaml", "outcome: accredited}", "outcome: deferred}"))
    with nothing_kept(kept):
        said = accredit("standards", "publish", folder)
    assert (said.code, said.err) == (1, "")
    assert said.out.startswith(f"{folder}/cases/two.yaml:1:3: the case 'everything met': ")
    assert said.out.splitlines()[-2:] == [
        f"{folder}: 1 of 2 worked cases give what they expect.", "Nothing was published.",
    ]  # fmt: skip
