"""What the engine suggests for the documents of a team: read once, by the edition's own words, kept without theirs."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from accreditation.actions.answer_clearance import answer_clearance, explain_evidence
from accreditation.actions.attach_from_library import Wanted, attach_from_library
from accreditation.actions.carry_over import carry_over_cycle
from accreditation.actions.check_evidence import AGAIN_AFTER, check_evidence
from accreditation.actions.dismiss_suggestion import dismiss_suggestion
from accreditation.actions.examining import MOST_AT_ONCE
from accreditation.actions.keep_up import begin_upkeep
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.state_profile import state_profile
from accreditation.errors import MoveNotAllowed, NotFound, NotPermitted
from accreditation.records import clearances
from accreditation.records.jobs import Kind
from accreditation.rules.clearance import State, Step
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.views.evidence import evidence_of
from accreditation.views.notices import notices_of
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.examining import AWAY, BLIND, CRASH, DEFECT, HARM, PATIENT
from tests.placing import BEDS, LUNCH, ROTA, left, looked, said, shown, worded
from tests.views.test_reuse import another
from tests.walking import (
    AT,
    CYCLE,
    LEAD,
    MEMBER,
    OFFICE,
    STRANGER,
    TABLES,
    attach,
    begin,
    due_jobs,
    everything,
    job_of,
    keep,
    newest,
    nothing_kept,
    work,
)


@pytest.fixture
def north(house: House) -> House:
    """North's cycle runs on a scheme whose criteria say enough."""
    begin(house, edition=worded())
    return house


def read(house: House) -> list[Kind]:
    return work(house, Kind.EVIDENCE)


def dismiss(house: House, document: int = 1, criterion: str = "1.01", **more: Any) -> None:
    given: dict[str, Any] = {"principal": LEAD, "at": AT, **more}
    dismiss_suggestion(house.database, cycle_id=CYCLE, document=document, criterion=criterion, **given)


def test_a_file_attached_to_one_criterion_is_suggested_for_another_and_a_second_look_keeps_nothing(
    any_house: House,
) -> None:
    begin(any_house, edition=worded())
    attach(any_house, content=ROTA, criteria=["2.01"])
    read(any_house)
    found = shown(any_house)
    assert said(found) == [(1, ["1.01"])]
    (one,) = found.documents[0].criteria
    assert (one.title, one.required, one.beware) == ("Named lead", True, "")
    assert one.because == ("consultant", "night", "thrombolysis", "decides", "rota")
    assert one.words == (
        "The document and this criterion both speak of: consultant, night, thrombolysis, decides, rota."
    )
    assert newest(any_house, number=2)[0] == (
        "engine:engine", "evidence:suggest", "cycle:1", {"version": 1, "suggested": 1},
    )  # fmt: skip
    with any_house.database.bookkeeping() as session:
        session.execute(text("UPDATE job SET done_at = NULL WHERE kind = 'evidence'"))
    before = everything(any_house)["placing_look"]
    read(any_house)
    assert (everything(any_house)["placing_look"], before) == (1, 1)


def test_what_a_document_says_is_kept_nowhere(north: House, caplog: pytest.LogCaptureFixture) -> None:
    attach(north, content=ROTA + b" Zanthoxylum is on call.", criteria=["2.01"])
    read(north)
    with north.database.reading() as session:
        kept = json.dumps(
            [[list(map(str, row)) for row in session.execute(text(f'SELECT * FROM "{name}"'))] for name in TABLES]
        )
    assert "thrombolysis" in kept
    for words in ("anthoxylum", "telephone"):
        assert words not in kept
        assert words not in str(shown(north))
        assert words not in caplog.text


def test_documents_of_the_library_are_read_for_every_open_cycle_of_the_team_once_they_may_be_opened(
    north: House,
) -> None:
    other = another(
        north, worded("A letter says which consultant decides on thrombolysis at night.", edition="2026.2"), "autumn"
    )
    keep(north, content=ROTA)
    keep(north, content=LUNCH)
    read(north)
    assert said(shown(north)) == said(shown(north, other)) == [(1, ["1.01"])]
    assert shown(north).documents[0].criteria[0].because != shown(north, other).documents[0].criteria[0].because
    assert left(shown(north))[2].startswith("it has too little in common")
    assert everything(north)["placing_look"] == 4


def test_what_was_looked_at_by_the_rules_of_another_scheme_is_read_too_and_what_they_keep_back_is_not(
    north: House,
) -> None:
    strict = worded(edition="2026.2", rules="evidence_rules: {kinds: [pdf, txt]}\n")
    other = another(north, strict, "autumn")
    keep(north, content=ROTA)
    keep(north, content=ROTA + b" " + HARM)
    read(north)
    assert everything(north)["clearance"] == 2
    for cycle in (CYCLE, other):
        assert said(shown(north, cycle)) == [(1, ["1.01"])]
        assert left(shown(north, cycle)) == {
            2: "it is refused: it is of a kind that is not allowed, or may do harm; keep another version of it"
        }


def test_a_new_document_gives_every_open_cycle_of_its_team_a_job_and_so_does_an_enrolment(north: House) -> None:
    other = another(north, worded("Something else.", edition="2026.2"), "autumn")
    keep(north, content=ROTA)
    assert [one.subject for one in due_jobs(north) if one.kind == Kind.EVIDENCE] == [CYCLE, other]
    third = another(north, worded("Something else again.", edition="2026.3"), "winter")
    assert [one.subject for one in due_jobs(north) if one.kind == Kind.EVIDENCE] == [CYCLE, other, third]


def test_only_the_newest_version_is_read_and_suggested(north: House) -> None:
    keep(north, content=ROTA)
    keep(north, content=LUNCH, item=1)
    read(north)
    assert (said(shown(north)), list(left(shown(north)))) == ([], [1])
    keep(north, content=ROTA + b" Newer.", item=1)
    read(north)
    assert [(one.document, one.version) for one in shown(north).documents] == [(1, 3)]


@pytest.mark.parametrize("state", [one for one in State if one not in (State.CLEARED, State.RELEASED)])
def test_what_may_not_be_opened_is_not_read_and_is_named_with_what_to_do(north: House, state: State) -> None:
    keep(north, content=ROTA)
    looked(north, 1, edition=worded(), state=state)
    if state is not State.WAITING:
        read(north)
        assert everything(north)["placing_look"] == 0
    assert said(shown(north)) == []
    assert left(shown(north))[1].startswith(f"it is {state.value}: ")


def test_a_file_that_is_kept_back_is_read_once_the_office_has_released_it(north: House) -> None:
    attach(north, content=PATIENT + b" " + ROTA, criteria=["2.01"])
    read(north)
    assert (said(shown(north)), everything(north)["placing_look"]) == ([], 0)
    about: dict[str, Any] = {"cycle_id": CYCLE, "evidence_id": 1, "at": AT}
    explain_evidence(north.database, principal=LEAD, reason="It is a made-up number.", seen_version=1, **about)
    answer_clearance(
        north.database, principal=OFFICE, step=Step.RELEASE, reason="So it is.", seen_version=2, **about
    )  # fmt: skip
    read(north)
    assert said(shown(north)) == [(1, ["1.01"])]
    answer_clearance(
        north.database, principal=OFFICE, step=Step.UPHOLD, reason="It is not.", seen_version=3, **about
    )  # fmt: skip
    assert said(shown(north)) == []


def test_another_edition_is_asked_in_its_own_words(north: House) -> None:
    attach(north, content=ROTA, criteria=["2.01"])
    read(north)
    other = worded("Soup is served by a named cook.", edition="2026.2")
    digest = publish_edition(north.database, principal=OFFICE, scheme=other, at=AT)
    carry_over_cycle(north.database, principal=OFFICE, cycle_id=CYCLE, digest=digest, at=AT)
    assert left(shown(north)) == {}
    assert said(shown(north)) == []
    read(north)
    assert (said(shown(north)), everything(north)["placing_look"]) == ([], 2)


def test_where_the_scanner_is_away_documents_wait_and_are_read_later(north: House) -> None:
    keep(north, content=ROTA + AWAY)
    looked(north, 1, edition=worded())
    job = job_of(north, Kind.EVIDENCE)
    check_evidence(north.database, north.evidence, examine=north.examine, job_id=job, at=AT)
    assert everything(north)["placing_look"] == 0
    assert left(shown(north)) == {1: "the engine has not read it yet, which takes minutes"}
    (again,) = due_jobs(north, at=AT + AGAIN_AFTER)[-1:]
    assert (again.kind, again.due_at) == (Kind.EVIDENCE, AT + AGAIN_AFTER)


class Killed(BaseException):
    """What a process feels that is killed."""


def test_a_check_that_is_killed_between_clearing_and_suggesting_suggests_when_it_is_run_again(
    north: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(north, content=ROTA)

    def dying(*_: object, **__: object) -> None:
        raise Killed

    monkeypatch.setattr("accreditation.actions.check_evidence.suggest_for", dying)
    with pytest.raises(Killed):
        read(north)
    monkeypatch.undo()
    assert (everything(north)["clearance"], everything(north)["placing_look"]) == (1, 0)
    read(north)
    assert (everything(north)["clearance"], said(shown(north))) == (1, [(1, ["1.01"])])


def test_a_document_that_cannot_be_read_is_not_tried_for_ever_and_holds_up_no_other(
    north: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for content in (ROTA + CRASH, ROTA):
        keep(north, content=content)
    looked(north, 1, 2, edition=worded())
    read(north)
    assert (said(shown(north)), everything(north)["placing_look"]) == ([(2, ["1.01"])], 2)
    assert "RuntimeError" in caplog.text
    assert "thrombolysis" not in caplog.text

    def failing(_text: str, **_: object) -> None:
        raise ValueError("the rota of thrombolysis")

    monkeypatch.setattr("accreditation.actions.suggesting.suggest", failing)
    attach(north, content=ROTA + b" Again.", criteria=["2.01"])
    read(north)
    assert (said(shown(north)), everything(north)["placing_look"]) == ([(2, ["1.01"])], 3)
    assert "thrombolysis" not in caplog.text


UNREAD = (
    "; so nobody knows yet what it may answer: keep a version that can be read and is taken here, or attach it where "
    "you know that it belongs, and see there how it stands"
)


@pytest.mark.parametrize(
    ("content", "rules", "why"),
    [
        (ROTA + CRASH, "", "reading it failed (RuntimeError)"),
        (ROTA + DEFECT, "", "it could not be read: looking at it took more than a minute"),
        (ROTA, "{kinds: [pdf]}", "this scheme does not take it: it is txt, and this scheme takes pdf"),
        (
            ROTA,
            "{most_bytes: 9}",
            "this scheme does not take it: it has 109 bytes, and a file of this scheme may have 9",
        ),
    ],
)
def test_of_a_document_that_was_never_read_the_true_reason_is_told(
    house: House, content: bytes, rules: str, why: str
) -> None:
    begin(house, edition=worded(rules=f"evidence_rules: {rules}\n" if rules else ""))
    keep(house, content=content)
    looked(house, 1, edition=worded(edition="2026.2"))
    read(house)
    assert left(shown(house)) == {1: why + UNREAD}


def told(house: House, by: Principal) -> list[str]:
    return [one.kind for one in notices_of(house.database, principal=by, after=0, limit=50).items]


def state(house: House) -> State:
    (one,) = evidence_of(house.database, principal=LEAD, cycle_id=CYCLE).evidence
    return one.clearance.state


@pytest.mark.parametrize(
    ("content", "before", "after"),
    [
        (HARM, State.CLEARED, State.REFUSED),
        (HARM, State.RELEASED, State.REFUSED),
        (PATIENT, State.CLEARED, State.QUARANTINED),
        (PATIENT, State.RELEASED, State.RELEASED),
        (BLIND, State.CLEARED, State.CLEARED),
        (DEFECT, State.CLEARED, State.CLEARED),
    ],
)
def test_what_a_newer_look_finds_closes_a_file_that_could_be_opened_and_team_and_office_are_told(
    north: House, content: bytes, before: State, after: State
) -> None:
    attach(north, content=ROTA + b" " + content, criteria=["2.01"])
    looked(north, 1, edition=worded(), state=before)
    read(north)
    closed = after is not before
    assert state(north) is after
    assert told(north, LEAD) == told(north, MEMBER) == ([f"evidence_{after.value}"] if closed else [])
    assert told(north, OFFICE) == (["evidence_closed_again"] if closed else [])
    assert everything(north)["placing_look"] == (0 if closed else 1)
    before_again = everything(north)
    read(north)
    assert everything(north) == before_again


def test_harm_closes_a_file_under_all_rules_by_which_it_was_open(north: House) -> None:
    keep(north, content=ROTA + HARM)
    for kinds, state in (("txt, pdf", State.CLEARED), ("txt, csv", State.RELEASED), ("txt", State.UPHELD)):
        looked(north, 1, edition=worded(rules=f"evidence_rules: {{kinds: [{kinds}]}}\n"), state=state)
    looked(north, 1, edition=worded(rules="evidence_rules: {kinds: [txt, docx]}\n"))
    read(north)
    with north.database.reading() as session:
        found = [one.state for one in clearances.under_all_rules(session, 1).values()]
    assert found == [State.REFUSED, State.REFUSED, State.UPHELD, State.REFUSED, State.REFUSED]
    assert told(north, OFFICE) == []  # what a team only keeps is its own business


def test_many_documents_are_read_in_several_goes(north: House) -> None:
    for number in range(MOST_AT_ONCE + 1):
        keep(north, content=ROTA + str(number).encode())
    looked(north, *range(1, MOST_AT_ONCE + 2), edition=worded())
    assert read(north) == [Kind.EVIDENCE, Kind.EVIDENCE]
    assert len(shown(north).documents) == MOST_AT_ONCE + 1


def test_upkeep_has_what_was_kept_before_read_where_its_team_still_gathers(at_stage: AtStage) -> None:
    for stage, kinds in ((Stage.SELF_ASSESSMENT, [Kind.UPKEEP, Kind.EVIDENCE]), (Stage.REVIEW, [Kind.UPKEEP])):
        house = at_stage(stage)
        keep(house, content=ROTA)
        with house.database.bookkeeping() as session:  # as it was kept before there was a look
            session.execute(text("UPDATE job SET done_at = due_at WHERE kind = 'evidence'"))
        looked(house, 1 if stage is Stage.SELF_ASSESSMENT else 2)
        begin_upkeep(house.database, at=AT)
        assert work(house, Kind.UPKEEP, Kind.EVIDENCE) == kinds


def test_what_is_confirmed_is_attached_and_the_ledger_tells_that_it_was_suggested(north: House) -> None:
    keep(north, content=ROTA)
    read(north)
    wanted = [Wanted(version=1, criteria=["1.01", "2.01"])]
    attach_from_library(north.database, principal=MEMBER, cycle_id=CYCLE, wanted=wanted, at=AT)
    (_, action, _, detail) = newest(north)[0]
    assert (action, detail["criteria"], detail["suggested"]) == ("evidence:attach", ["1.01", "2.01"], ["1.01"])
    assert (said(shown(north)), left(shown(north))) == ([], {})


def test_what_is_dismissed_does_not_come_again_and_can_still_be_attached(north: House) -> None:
    keep(north, content=ROTA)
    read(north)
    dismiss(north, principal=MEMBER)
    assert newest(north)[0][1] == "evidence:dismiss"
    assert "1.01" not in str(newest(north)[0][3])
    assert said(shown(north)) == []
    assert left(shown(north)) == {
        1: "what was suggested for it was dismissed: attach it where you know that it belongs"
    }  # fmt: skip
    with nothing_kept(north):
        dismiss(north)
    keep(north, content=ROTA + b" Newer.", item=1)
    read(north)
    assert said(shown(north)) == []
    attach_from_library(
        north.database, principal=LEAD, cycle_id=CYCLE, wanted=[Wanted(version=2, criteria=["1.01"])], at=AT
    )  # fmt: skip
    assert left(shown(north)) == {}


def test_only_the_team_dismisses_only_what_is_suggested_and_only_while_it_gathers(
    north: House, at_stage: AtStage
) -> None:
    keep(north, content=ROTA)
    keep(north, by=STRANGER)
    read(north)
    with nothing_kept(north):
        for criterion in ("2.01", "9.99"):
            with pytest.raises(NotFound, match="there is none to dismiss"):
                dismiss(north, criterion=criterion)
        for document in (2, 99):
            with pytest.raises(NotFound, match="There is no such document, or it is not in your library"):
                dismiss(north, document)
        with pytest.raises(NotFound, match="There is no such cycle"):
            dismiss(north, principal=STRANGER)
        with pytest.raises(NotPermitted):
            dismiss(north, principal=OFFICE)
    later = at_stage(Stage.REVIEW)
    with nothing_kept(later), pytest.raises(MoveNotAllowed):
        dismiss(later)
    assert said(shown(later)) == []


def test_what_speaks_of_a_criterion_that_does_not_apply_is_suggested_once_it_does(house: House) -> None:
    begin(house, edition=worded())
    keep(house, content=BEDS)
    read(house)
    assert said(shown(house)) == []
    with house.database.reading() as session:
        assert session.execute(text("SELECT criterion FROM placing_suggestion")).scalars().all() == ["1.10"]
    assert left(shown(house)) == {
        1: "the criteria that it speaks of do not apply to the service, as far as its profile is stated"
    }
    state_profile(house.database, principal=LEAD, cycle_id=CYCLE, profile={"hasu": True}, at=AT)
    assert said(shown(house)) == [(1, ["1.10"])]
