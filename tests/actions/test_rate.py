import hashlib
from collections.abc import Mapping

import pytest

from accreditation.actions.rate import Given, rate
from accreditation.errors import Fault, Invalid, NotFound, Stale
from accreditation.records import answers
from accreditation.records.jobs import Kind
from accreditation.scheme.answer import Answer
from accreditation.scheme.process import EvidenceRules
from accreditation.wiring import House
from tests.walking import (
    ANSWERS,
    AT,
    CYCLE,
    LEAD,
    MEMBER,
    begin,
    due_jobs,
    given,
    newest,
    nothing_kept,
    rate_all,
    work,
)

NOT_MET = Answer(rating="not_met", note="Nobody has taken it on.")


@pytest.fixture(autouse=True)
def _begun(house: House) -> None:
    begin(house)
    work(house)


def rated(house: House, said: dict[str, Given]) -> dict[str, int]:
    return rate(house.database, principal=MEMBER, cycle_id=CYCLE, given=said, at=AT)


def test_answers_are_kept_entered_and_given_to_the_engine(house: House) -> None:
    assert rated(house, given({"1.01": NOT_MET, "2.01": Answer(measured="92.5")})) == {"1.01": 1, "2.01": 1}
    assert newest(house) == [
        (
            "team_member:member of north",
            "assessment:rate",
            "cycle:1",
            {
                "source": "",
                "answers": {
                    "1.01": {
                        "version": 1,
                        "state": "rated",
                        "rating": "not_met",
                        "note_sha256": hashlib.sha256(b"Nobody has taken it on.").hexdigest(),
                    },
                    "2.01": {"version": 1, "state": "rated", "measured": "92.5"},
                },
            },
        )
    ]
    assert [(job.kind, job.subject) for job in due_jobs(house)] == [(Kind.SELF_ASSESSMENT, CYCLE)]


def test_the_same_answers_again_change_nothing_whatever_version_was_seen(house: House) -> None:
    rate_all(house)
    with nothing_kept(house):
        assert rated(house, given(ANSWERS, seen=0)) == {"1.01": 1, "2.01": 1, "2.02": 1}
        assert rated(house, given({"2.01": Answer(measured="92.50")}, seen=9)) == {"2.01": 1}


def test_a_new_answer_stands_beside_the_old_one(house: House) -> None:
    rate_all(house)
    assert rated(house, given({"1.01": NOT_MET}, seen=1)) == {"1.01": 2}
    with house.database.reading() as session:
        row = answers.self_ratings(session, [CYCLE])[CYCLE]["1.01"]
    assert (row.answer(), row.by, row.version) == (NOT_MET, "member of north", 2)


@pytest.mark.parametrize("seen", [0, 2, -1])
def test_a_stale_write_keeps_nothing_and_tells_both_versions(house: House, seen: int) -> None:
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given(ANSWERS), at=AT)
    fresh = given({"2.02": Answer(level="A")}, seen=1)
    with nothing_kept(house), pytest.raises(Stale) as stale:
        rated(house, {**fresh, **given({"1.01": NOT_MET}, seen=seen)})
    assert (stale.value.where, stale.value.current_version) == ("1.01", 1)
    assert stale.value.current == {
        "state": "rated",
        "rating": "met",
        "measured": None,
        "level": None,
        "series": [],
        "note": "",
    }
    happened = (
        "There is no version 2 of criterion 1.01; version 1 stands."
        if seen > 1
        else f"Criterion 1.01 was answered by lead of north after you looked (version 1, you saw {seen})."
    )
    assert str(stale.value) == (
        f"{happened} Nothing of yours was kept here: compare the two, then send again with version 1."
    )


def test_whoever_answered_in_another_window_is_told_that_it_was_them(house: House) -> None:
    rated(house, given(ANSWERS))
    with nothing_kept(house), pytest.raises(Stale) as stale:
        rated(house, given({"1.01": NOT_MET}))
    assert str(stale.value) == (
        "Criterion 1.01 was answered by you, in another window, after you looked (version 1, you saw 0). Nothing of "
        "yours was kept here: compare the two, then send again with version 1."
    )


def test_faulty_answers_are_named_all_at_once_and_nothing_is_kept(house: House) -> None:
    faulty = {
        "1.01": Answer(rating="splendid"),
        "1.10": Answer(rating="met"),
        "2.01": Answer(state="not_applicable"),
        "2.02": Answer(level="B", note="\x00"),
    }
    with nothing_kept(house), pytest.raises(Invalid) as invalid:
        rated(house, given(faulty))
    assert [str(fault) for fault in invalid.value.faults] == [
        "criterion 2.02: a character that cannot be shown; letters, signs and line breaks",
        "criterion 1.01: rating 'splendid'; a rating of the scale: met, not_met",
        "criterion 1.10: it does not apply to this service; see the profile: hasu",
        "criterion 2.01: 'not applicable' without a reason; say in the note why it does not apply to this service",
    ]


def test_a_criterion_that_the_edition_does_not_have_is_not_found(house: House) -> None:
    with nothing_kept(house), pytest.raises(NotFound, match=r"The edition has no criterion 9\.99\."):
        rated(house, given({"1.01": NOT_MET, "9.99": NOT_MET}))


def test_a_note_has_an_end(house: House) -> None:
    with nothing_kept(house), pytest.raises(Invalid, match="5001 characters; at most 5000 characters"):
        rated(house, given({"1.01": Answer(rating="met", note="x" * 5001)}))


def test_notes_are_searched_for_patients_while_others_may_write_and_of_known_criteria_alone(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []

    def search(notes: Mapping[str, Answer], *, rules: EvidenceRules) -> list[Fault]:
        if notes:
            with house.database.writing():
                searched.extend(notes)
        return []

    monkeypatch.setattr("accreditation.actions.rate.faults_of_notes", search)
    rated(house, given({"1.01": NOT_MET}))
    with pytest.raises(NotFound):
        rated(house, given({"1.01": NOT_MET, "x1": NOT_MET}))
    assert searched == ["1.01"]
