from collections.abc import Mapping

import pytest

from accreditation.actions.import_audit import import_audit
from accreditation.actions.rate import rate
from accreditation.errors import Contradiction, Invalid
from accreditation.records import answers
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests.walking import AT, CYCLE, LEAD, OFFICE, begin, given, newest, nothing_kept


@pytest.fixture(autouse=True)
def _begun(house: House) -> None:
    begin(house)


def imported(house: House, published: Mapping[str, Answer], source: str = "audit 2026") -> int:
    return import_audit(house.database, principal=OFFICE, cycle_id=CYCLE, published=published, source=source, at=AT)


def standing(house: House) -> dict[str, tuple[str | None, int, str]]:
    with house.database.reading() as session:
        rows = answers.self_ratings(session, [CYCLE])[CYCLE]
    return {name: (row.level, row.version, row.source) for name, row in rows.items()}


def test_published_levels_are_kept_with_their_source(house: House) -> None:
    assert imported(house, {"2.02": Answer(level="A")}) == 1
    assert standing(house) == {"2.02": ("A", 1, "audit 2026")}
    detail = {"source": "audit 2026", "answers": {"2.02": {"version": 1, "state": "rated", "level": "A"}}}
    assert newest(house) == [("office:the office", "assessment:import", "cycle:1", detail)]


def test_a_second_run_changes_nothing(house: House) -> None:
    imported(house, {"2.02": Answer(level="A")})
    with nothing_kept(house):
        assert imported(house, {"2.02": Answer(level="A")}) == 0
        assert imported(house, {}) == 0


def test_what_was_published_anew_replaces_what_was_published_before(house: House) -> None:
    imported(house, {"2.02": Answer(level="A")})
    assert imported(house, {"2.02": Answer(level="C")}, "audit 2027") == 1
    assert standing(house) == {"2.02": ("C", 2, "audit 2027")}


def test_a_persons_answer_is_never_replaced(house: House) -> None:
    mine = given({"2.02": Answer(level="B")})
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=mine, at=AT)
    with nothing_kept(house):
        assert imported(house, {"2.02": Answer(level="A")}) == 0
    assert standing(house) == {"2.02": ("B", 1, "")}


def test_a_published_level_is_taken_as_it_stands(house: House) -> None:
    imported(house, {"2.02": Answer(level="C")})
    for answer in (Answer(level="A"), Answer(state="not_applicable", note="We say so.")):
        with nothing_kept(house), pytest.raises(Contradiction, match=r"taken as it stands: 2\.02 \(audit 2026\)"):
            rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given({"2.02": answer}, seen=1), at=AT)
    assert standing(house) == {"2.02": ("C", 1, "audit 2026")}


def test_what_the_scheme_does_not_take_is_named_all_at_once(house: House) -> None:
    published = {"2.02": Answer(level="Z"), "9.99": Answer(level="A"), "1.01": Answer(level="A")}
    with nothing_kept(house), pytest.raises(Invalid) as invalid:
        imported(house, published, "")
    assert [fault.where for fault in invalid.value.faults] == [
        "source", "criterion 2.02", "criterion 9.99", "criterion 1.01",
    ]  # fmt: skip
