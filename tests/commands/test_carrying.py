"""Comparing, publishing and carrying over, as a college officer types it."""

from pathlib import Path

import pytest

from accreditation.actions.publish_edition import publish_edition
from accreditation.records import cycles, editions
from accreditation.rules.cycle import Stage
from accreditation.scheme.model import Scheme
from accreditation.wiring import House
from tests.building import FILES
from tests.commands.conftest import Accredit
from tests.editions import HARDER, IN_MINUTES, OTHERS, SOFTER, next_edition
from tests.walking import ASKED, CYCLE, OFFICE, later, nothing_kept, scheme, walk


def folder(where: Path, *changes: tuple[str, str]) -> Path:
    """A folder with the small scheme as North walks through it, with these words written differently."""
    for name, content in FILES.items():
        text = content.decode().replace("minimum: 0, maximum: 2", "minimum: 1, maximum: 1")
        for old, new in changes:
            text = text.replace(old, new)
        (where / name).parent.mkdir(parents=True, exist_ok=True)
        (where / name).write_text(text)
    return where


def publish(house: House, *schemes: Scheme) -> None:
    """Publish these editions, a day after the other."""
    for day, edition in enumerate(schemes, start=1):
        publish_edition(house.database, principal=OFFICE, scheme=edition, at=later(day))


def test_two_folders_are_compared_and_the_last_line_counts(accredit: Accredit, tmp_path: Path) -> None:
    old = folder(tmp_path / "old")
    new = folder(tmp_path / "new", ("2026.1", "2026.2"), ("at_least: 90", "at_least: 99"), ('"2.02"', '"2.03"'))
    said = accredit("standards", "compare", old, new)
    assert (said.code, said.err) == (0, "")
    assert [line.strip() for line in said.out.splitlines()] == [
        "A small scheme: edition 2026.1 → edition 2026.2",
        "",
        "The edition as a whole",
        "changed             scheme: the edition",
        "was  2026.1",
        "now  2026.2",
        "",
        "Criteria",
        "withdrawn           criterion 2.02 (Audit level)",
        "was  expected, in domain 2 Second",
        "new                 criterion 2.03 (Audit level): is new; it reads like 2.02, which is withdrawn: under "
        "another id no answer is carried over",
        "now  expected, in domain 2 Second",
        "measured otherwise  criterion 2.01 (Scan within an hour): its threshold",
        "was  at_least: 90 (%)",
        "now  at_least: 99 (%)",
        "",
        "What a running cycle keeps, should the office carry it over",
        "reviewed again      2.01 Scan within an hour: it was rated by another threshold",
        "nothing to keep     2.03 Audit level: it is new in this edition",
        "nothing to keep     2.02 Audit level: it is withdrawn in this edition",
        "kept                the answers to 3 other criteria",
        "",
        "1 criterion new, 1 withdrawn, 0 reworded, 1 changed; 1 other change; a running cycle keeps its answers to 3 "
        "and answers 0 again.",
    ]


def test_a_folder_is_compared_with_the_edition_now_published(accredit: Accredit, kept: House, tmp_path: Path) -> None:
    draft = folder(tmp_path / "draft", ("years: 3", "years: 4"))
    said = accredit("standards", "compare", draft, "--published")
    assert (said.code, said.err) == (
        1, "No edition of the scheme 'small' is published yet: compare two folders instead.\n",
    )  # fmt: skip
    publish(kept, scheme(**{ASKED: ""}))
    said = accredit("standards", "compare", draft, "--published")
    assert "changed             outcome accredited: how long it is valid" in said.out
    assert accredit("standards", "compare", folder(tmp_path / "same"), "--published").out.splitlines()[1] == (
        "Nothing differs: they are the same edition."
    )


def test_a_draft_under_the_name_of_another_edition_is_told_to_take_its_own(accredit: Accredit, tmp_path: Path) -> None:
    one, other = folder(tmp_path / "one"), folder(tmp_path / "other", ("years: 3", "years: 4"))
    assert accredit("standards", "compare", one, other).out.splitlines()[1] == (
        "Both are called edition 2026.1, but their content differs. Give the draft a new edition: before publishing."
    )
    named = folder(tmp_path / "named", ("years: 3", "years: 4"), ('"2026.1"', '"2026.2"'))
    assert "Give the draft" not in accredit("standards", "compare", one, named).out


def test_one_folder_alone_and_two_with_published_are_refused(accredit: Accredit, tmp_path: Path) -> None:
    one = folder(tmp_path / "one")
    said = accredit("standards", "compare", one)
    assert (said.code, said.err) == (1, "folders: one folder alone; compare OLD NEW, or compare --published NEW\n")
    said = accredit("standards", "compare", one, one, "--published")
    assert (said.code, said.err) == (
        1,
        "folders: two folders and --published; compare OLD NEW, or compare --published NEW\n",
    )


def test_publishing_says_which_cycles_stay_on_the_older_edition(
    accredit: Accredit, kept: House, tmp_path: Path
) -> None:
    walk(kept, Stage.REVIEW)
    newer = folder(tmp_path / "newer", ("2026.1", "2026.2"), ("years: 3", "years: 5"))
    said = accredit("standards", "publish", newer)
    assert said.code == 0
    assert said.out.splitlines()[-3:] == [
        "  published now",
        f"  1 running cycle stays on edition 2026.1 ({scheme().digest[:12]}) and will be judged by it",
        f"  to see what moving one of them would do: accredit cycle carry-over ID --to {SOFTER.digest[:12]}",
    ]


def test_carrying_over_is_told_first_and_done_with_yes(accredit: Accredit, kept: House) -> None:
    walk(kept, Stage.ASSIGNMENT)
    publish(kept, OTHERS)
    with nothing_kept(kept):
        said = accredit("cycle", "carry-over", CYCLE)
    assert (said.code, said.err) == (0, "")
    told = said.out.splitlines()
    assert told[0] == f"Cycle 1 runs on edition 2026.1 ({scheme().digest[:12]})."
    assert told[1].startswith("By the scheme's own rule edition 2026.")
    assert told[2:] == [
        "",
        f"To edition 2026.2 ({OTHERS.digest[:12]}):",
        "  2 answers are kept.",
        "  to be answered: 2.03 Audit level (it is new in this edition)",
        "  no longer asked: 2.02 Audit level (it is withdrawn in this edition; its answer stays in the records)",
        "The cycle would be in the stage 'self assessment' again, and its team finds the reason at each criterion.",
        "Nothing was changed. To do it: accredit cycle carry-over 1 --to 2026.2 --yes",
    ]
    done = accredit("cycle", "carry-over", CYCLE, "--to", "2026.2", "--yes")
    assert done.out.splitlines()[-2:] == [
        "The cycle is in the stage 'self assessment' again, and its team finds the reason at each criterion.",
        "Carried over.",
    ]
    with kept.database.reading() as session:
        assert cycles.now(session, CYCLE).edition_digest == OTHERS.digest
    with nothing_kept(kept):
        again = accredit("cycle", "carry-over", CYCLE, "--to", OTHERS.digest[:12], "--yes")
    assert again.out.splitlines()[-1] == "The cycle runs on this edition already; nothing is to be done."


def test_what_stands_in_the_way_is_said_and_nothing_is_done(accredit: Accredit, kept: House) -> None:
    walk(kept, Stage.CONSENSUS)
    publish(kept, IN_MINUTES)
    with nothing_kept(kept):
        said = accredit("cycle", "carry-over", CYCLE, "--yes")
    assert said.code == 1
    assert said.err.startswith("The reviewers have handed in under edition 2026.1, and what they found stands.")


@pytest.mark.parametrize("meant", ["2027", "abcdef", scheme().digest[:5]])
def test_an_edition_that_nobody_published_is_refused_with_those_there_are(
    accredit: Accredit, kept: House, meant: str
) -> None:
    walk(kept, Stage.EVIDENCE)
    publish(kept, HARDER, next_edition(label="2026.3"))
    said = accredit("cycle", "carry-over", CYCLE, "--to", meant)
    assert said.code == 1
    assert said.err.startswith(f"--to: no edition '{meant}' is published; one of these, or its digest: small 2026.3 (")
    assert all(label in said.err for label in ("2026.1 (", "2026.2 (", "2026.3 ("))


def test_none_is_published_where_one_label_is_taken_by_other_content(
    accredit: Accredit, kept: House, tmp_path: Path
) -> None:
    publish(kept, scheme())
    new = folder(tmp_path / "new", ("2026.1", "2026.2"))
    other = folder(tmp_path / "other", ("years: 3", "years: 5"))
    said = accredit("standards", "publish", new, other)
    assert (said.code, " ".join(said.out.split())) == (
        1,
        f"Edition '2026.1' of small is published already with other content ({scheme().digest[:12]}), and a published "
        "edition never changes. Give this one a new edition: in scheme.yaml. Nothing was published.",
    )
    with kept.database.reading() as session:
        assert [one.label for one in editions.all_of(session)] == ["2026.1"]
    twice = folder(tmp_path / "twice", ("2026.1", "2026.2"), ("years: 3", "years: 5"))
    said = accredit("standards", "publish", new, twice)
    assert (said.code, " ".join(said.out.split())) == (
        1,
        "Edition '2026.2' of small is here twice with different content. Give one of them a new edition: in "
        "scheme.yaml. Nothing was published.",
    )
