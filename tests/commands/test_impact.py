"""`accredit standards impact` says what a draft would do."""

from pathlib import Path

from accreditation.actions.rate import rate
from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from tests.building import FILES
from tests.commands.conftest import Accredit
from tests.walking import ANSWERS, AT, CYCLE, LEAD, given, walk


def written(folder: Path, old: str = "", new: str = "") -> Path:
    for name, content in FILES.items():
        if not name.startswith("cases/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content.decode().replace(old, new) if old else content.decode())
    return folder


def test_it_shows_outcomes_before_and_after_and_who_loses(accredit: Accredit, kept: House, tmp_path: Path) -> None:
    walk(kept, Stage.SELF_ASSESSMENT)
    rate(kept.database, principal=LEAD, cycle_id=CYCLE, given=given(ANSWERS), at=AT)
    said = accredit("standards", "impact", written(tmp_path / "draft", '"1.01"', '"1.02"'))
    assert said.code == 0, said.err
    lines = [line.rstrip() for line in said.out.splitlines()]
    assert lines[0] == (
        "An edition 2026.1 is published already, but its content differs from this draft's. "
        "Give the draft a new edition: before publishing."
    )
    assert "  1 cycle scored again" in lines
    assert (
        "  North Trust, North (cycle 1): accredited → deferred; decided by 1.02; not told yet, accredited at best"
        in lines
    )
    assert lines[-1] == "1 lower, 0 higher, 0 as they are or not told. Nothing was written."


def test_a_draft_that_is_the_published_edition_or_has_a_name_of_its_own_is_not_told_to_take_another(
    accredit: Accredit, tmp_path: Path
) -> None:
    same = written(tmp_path / "same")
    accredit("standards", "publish", same)
    for folder in (same, written(tmp_path / "new", '"2026.1"', '"2026.2"')):
        assert "Give the draft" not in accredit("standards", "impact", folder).out


def test_it_says_so_where_no_cycle_is_there(accredit: Accredit, tmp_path: Path) -> None:
    said = accredit("standards", "impact", written(tmp_path / "draft"))
    assert said.code == 0, said.err
    assert "nothing would change" in said.out
