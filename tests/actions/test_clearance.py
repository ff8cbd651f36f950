"""Files are looked at, kept back, explained, released: nothing passes by silence, and no number leaves its file."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Barrier, Thread, get_ident
from typing import Any

import pytest
from sqlalchemy import text

from accreditation.actions.answer_clearance import answer_clearance, explain_evidence
from accreditation.actions.ask_evidence import ask_evidence
from accreditation.actions.attach_from_library import Wanted, replace_evidence
from accreditation.actions.carry_over import carry_over_cycle
from accreditation.actions.check_evidence import AGAIN_AFTER, DAMAGED, Checked, check_evidence
from accreditation.actions.clearing import TO_DO_WITH_KEPT
from accreditation.actions.examining import MOST_AT_ONCE
from accreditation.actions.keep_up import begin_upkeep
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.submit import submit
from accreditation.actions.withdraw_evidence import withdraw_evidence
from accreditation.errors import Contradiction, Invalid, NotFound, NotPermitted, Stale, TooLarge, Unavailable
from accreditation.evidence.content import Kind as FileKind
from accreditation.evidence.examining import Examined
from accreditation.records import clearances
from accreditation.records.evidence_items import EvidenceItem
from accreditation.records.jobs import Kind
from accreditation.rules.clearance import STATE_MEANINGS, State, Step, rules_digest
from accreditation.rules.cycle import Stage
from accreditation.rules.identifiers import Hit
from accreditation.rules.people import Principal
from accreditation.scheme.process import EvidenceRules
from accreditation.scheme.read import read_standard
from accreditation.views.clearance import MAYBE_LATER, ClearanceShown, ClosedFile, closed_files
from accreditation.views.evidence import evidence_item, evidence_of
from accreditation.views.library import LookedAt, library_of
from accreditation.views.notices import notices_of
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.building import changed
from tests.examining import AWAY, BLIND, CRASH, DEFECT, HARM, NUMBER, ODD, PATIENT, seen
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    MEMBER,
    OFFICE,
    TABLES,
    attach,
    begin,
    due_jobs,
    everything,
    job_of,
    keep,
    later,
    newest,
    nothing_kept,
    rate_all,
    reviewer,
    scheme,
    team_of,
    work,
)


def checked(house: House, *contents: bytes) -> list[EvidenceItem]:
    """Attach these files, and let the engine look at them."""
    items = [attach(house, content=content) for content in contents]
    work(house, Kind.EVIDENCE)
    return items


def shown(house: House, by: Principal = LEAD) -> list[ClearanceShown]:
    return [one.clearance for one in evidence_of(house.database, principal=by, cycle_id=CYCLE).evidence]


def states(house: House) -> list[State]:
    return [one.state for one in shown(house)]


def explain(house: House, evidence: int, *, reason: str = "They are telephone numbers.", **more: Any) -> State:
    given: dict[str, Any] = {"principal": LEAD, "at": AT, "seen_version": shown(house)[0].version, **more}
    return explain_evidence(house.database, cycle_id=CYCLE, evidence_id=evidence, reason=reason, **given)


def answer(house: House, evidence: int, step: Step, *, reason: str = "I have seen it.", **more: Any) -> State:
    given: dict[str, Any] = {"principal": OFFICE, "at": AT, "seen_version": shown(house)[0].version, **more}
    return answer_clearance(house.database, cycle_id=CYCLE, evidence_id=evidence, step=step, reason=reason, **given)


def stand(house: House, state: State, *, hits: Sequence[Hit] = ()) -> None:
    """Let North's first file stand in this state."""
    with house.database.bookkeeping() as session:
        rules = rules_digest(scheme().evidence_rules)
        clearances.append(session, version_id=1, rules=rules, state=state, hits=hits, by="engine", at=AT)


def told(house: House, by: Principal) -> list[str]:
    return [one.kind for one in notices_of(house.database, principal=by, after=0, limit=50).items]


def closed(house: House) -> list[ClosedFile]:
    return list(closed_files(house.database, principal=OFFICE, after=0, limit=100).items)


def hand_in(house: House) -> Stage:
    return submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.EVIDENCE, at=AT)


def test_each_file_is_looked_at_once_and_stands_as_it_was_found(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    attach(house)
    assert states(house) == [State.WAITING]
    checked(house, HARM, PATIENT, DEFECT, BLIND)
    assert states(house) == [State.CLEARED, State.REFUSED, State.QUARANTINED, State.HELD, State.QUARANTINED]
    assert [one.said[-1].reason for one in shown(house)] == [
        "",
        "it holds macros: save it without them",
        "an NHS, CHI or Health and Care number (page 1)",
        "looking at it took more than a minute",
        "not searched for patients' numbers, as it could not be read: page 2",
    ]
    with nothing_kept(house):
        assert work(house, Kind.EVIDENCE) == []


def test_what_may_tell_of_a_patient_is_shown_masked_and_told_to_the_team(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    checked(house, PATIENT)
    (found,) = shown(house)[0].found
    assert (found.what, found.page, found.label) == ("an NHS, CHI or Health and Care number", 1, "page 1")
    for who in (LEAD, MEMBER):
        (notice,) = notices_of(house.database, principal=who, after=0, limit=50).items
        assert notice.kind == "evidence_quarantined"
        assert found.masked in notice.words
        assert "put a file in its place from which no patient can be told" in notice.words
    assert told(house, OFFICE) == []
    (actor, action, subject, detail) = newest(house, number=2)[0]
    assert (actor, action, subject) == ("engine:engine", "evidence:clearance", "cycle:1")
    assert (detail["state"], detail["found"]) == ("quarantined", {"nhs_number": 1})


def test_a_notice_names_the_file_by_its_title_in_short(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    attach(house, content=PATIENT, title="Minutes of the meeting on " + "thrombolysis and more " * 5)
    work(house, Kind.EVIDENCE)
    (notice,) = notices_of(house.database, principal=LEAD, after=0, limit=9).items
    assert notice.words.partition(" is ")[0] == (
        "Evidence 1, 'Minutes of the meeting on thrombolysis and more…' (1.01)"
    )


def test_the_number_is_nowhere_but_in_the_file(at_stage: AtStage, caplog: pytest.LogCaptureFixture) -> None:
    house = at_stage(Stage.EVIDENCE)
    checked(house, PATIENT, PATIENT + b" " + CRASH)
    plain = NUMBER.replace(" ", "")
    with house.database.reading() as session:
        kept = json.dumps(
            [[list(map(str, row)) for row in session.execute(text(f'SELECT * FROM "{name}"'))] for name in TABLES]
        )
    ledger = str(newest(house, number=20))
    for words in (kept, ledger, caplog.text, str(shown(house)), str(closed(house))):
        assert NUMBER not in words
        assert plain not in words
    assert plain in PATIENT.decode().replace(" ", "")


def test_a_file_on_which_the_examiner_fails_is_held_and_the_others_go_on(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    checked(house, CRASH, b"a rota")
    assert states(house) == [State.HELD, State.CLEARED]
    assert shown(house)[0].said[-1].reason == "looking at it failed (RuntimeError)"
    assert told(house, OFFICE) == ["evidence_held"]
    assert [(one.evidence, one.state) for one in closed(house)] == [(1, State.HELD)]
    assert answer(house, 1, Step.LOOK_AGAIN) is State.WAITING
    work(house, Kind.EVIDENCE)
    assert states(house) == [State.HELD, State.CLEARED]


def test_a_file_of_which_nothing_can_be_kept_is_held_and_the_others_go_on(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    checked(house, ODD, b"a rota")
    assert states(house) == [State.HELD, State.CLEARED]
    assert shown(house)[0].said[-1].reason.startswith("what was found in it could not be kept (")


def test_where_the_scanner_does_not_answer_files_wait_nothing_passes_and_all_know(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    items = [attach(house, content=content) for content in (AWAY, b"a rota")]
    job = job_of(house, Kind.EVIDENCE)
    assert check_evidence(house.database, house.evidence, examine=house.examine, job_id=job, at=AT) == Checked(
        whole=2, damaged=0, states={}, again=True
    )
    assert states(house) == [State.WAITING, State.WAITING]
    assert [one.said[-1].reason for one in shown(house) if one.said] == [MAYBE_LATER]
    assert "does not answer" in shown(house, OFFICE)[0].said[-1].reason
    assert told(house, OFFICE) == ["evidence_waiting"]
    assert [one.evidence for one in closed(house)] == [item.id for item in items]
    assert [one.due_at for one in due_jobs(house, at=AT + AGAIN_AFTER) if one.kind == Kind.EVIDENCE] == [
        AT + AGAIN_AFTER
    ]
    head = everything(house)["clearance"]
    job = job_of(house, Kind.EVIDENCE)
    check_evidence(house.database, house.evidence, examine=house.examine, job_id=job, at=AT + AGAIN_AFTER)
    assert everything(house)["clearance"] == head  # the same again is not said again
    mended = replace(house, examine=lambda *_: seen())
    work(mended, Kind.EVIDENCE, at=AT + 2 * AGAIN_AFTER)
    assert states(house) == [State.CLEARED, State.CLEARED]


def test_bytes_that_cannot_be_reached_let_files_wait_too(at_stage: AtStage, monkeypatch: pytest.MonkeyPatch) -> None:
    house = at_stage(Stage.EVIDENCE)
    attach(house)

    def away(_digest: str) -> bool:
        raise Unavailable("The bucket does not answer.")

    monkeypatch.setattr(house.evidence, "verify", away)
    job = job_of(house, Kind.EVIDENCE)
    found = check_evidence(house.database, house.evidence, examine=house.examine, job_id=job, at=AT)
    assert found == Checked(whole=0, damaged=0, states={}, again=True)
    monkeypatch.undo()
    work(house, Kind.EVIDENCE, at=AT + AGAIN_AFTER)
    assert (states(house), evidence_of(house.database, principal=LEAD, cycle_id=CYCLE).evidence[0].whole) == (
        [State.CLEARED], True,
    )  # fmt: skip


class Killed(BaseException):
    """What a process feels that is killed."""


def test_a_check_that_is_killed_half_way_has_lost_one_look_and_nothing_else(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    for content in (b"first", b"second", b"third"):
        attach(house, content=content)
    second = hashlib.sha256(b"second").hexdigest()
    alive = iter([False])

    def dying(digest: str, name: str, rules: EvidenceRules) -> Examined:
        if digest == second and not next(alive, True):
            raise Killed
        return house.examine(digest, name, rules)

    job = job_of(house, Kind.EVIDENCE)
    with pytest.raises(Killed):
        check_evidence(house.database, house.evidence, examine=dying, job_id=job, at=AT)
    assert states(house) == [State.CLEARED, State.WAITING, State.WAITING]
    check_evidence(house.database, house.evidence, examine=dying, job_id=job, at=AT)
    assert states(house) == [State.CLEARED] * 3
    assert (everything(house)["clearance"], everything(house)["evidence_check"]) == (3, 3)


def test_two_checks_at_once_say_what_one_says(any_house: House) -> None:
    house = any_house
    begin(house)
    attach(house)
    attach(house, content=PATIENT)
    job = job_of(house, Kind.EVIDENCE)
    both = Barrier(2)
    met: set[int] = set()  # at the first file alone: what comes after it one of them may have done for both

    def together(digest: str, name: str, rules: EvidenceRules) -> Examined:
        if get_ident() not in met:
            met.add(get_ident())
            both.wait(timeout=30)
        return house.examine(digest, name, rules)

    def check() -> None:
        check_evidence(house.database, house.evidence, examine=together, job_id=job, at=AT)

    threads = [Thread(target=check) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states(house) == [State.CLEARED, State.QUARANTINED]
    counts = everything(house)
    assert (counts["clearance"], counts["clearance_hit"], counts["evidence_check"], counts["notice"]) == (2, 1, 2, 2)


def test_many_files_are_looked_at_in_several_goes(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    for number in range(MOST_AT_ONCE + 1):
        attach(house, content=f"file {number}".encode())
    done = work(house, Kind.EVIDENCE)
    assert done == [Kind.EVIDENCE, Kind.EVIDENCE]
    assert set(states(house)) == {State.CLEARED}


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (AWAY, "waiting"),
        (HARM, "refused"),
        (PATIENT, "quarantined"),
        (DEFECT, "held"),
    ],
)
def test_a_submission_names_every_file_that_reviewers_could_not_open(
    at_stage: AtStage, content: bytes, word: str
) -> None:
    house = at_stage(Stage.EVIDENCE)
    attach(house)
    attach(house, content=content, criteria=["2.01"])
    job = job_of(house, Kind.EVIDENCE)
    check_evidence(house.database, house.evidence, examine=house.examine, job_id=job, at=AT)
    with nothing_kept(house), pytest.raises(Invalid) as invalid:
        hand_in(house)
    (fault,) = invalid.value.faults
    assert fault.where == "evidence 2, 'Job plan' (2.01)"
    state = shown(house)[1]
    why = state.meaning if state.state is State.WAITING else state.said[-1].reason
    assert (fault.found, bool(why), bool(fault.allowed)) == (f"{word}: {why}", True, True)


def test_a_damaged_file_is_named_as_damaged(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    attach(house)
    damaged = attach(house, content=b"to be lost")
    assert house.evidence.remove(damaged.digest)
    work(house, Kind.EVIDENCE)
    with pytest.raises(Invalid, match=r"evidence 2, 'Job plan' .*damaged: .*send the file again, or take it back"):
        hand_in(house)


def test_a_file_without_the_number_in_its_place_is_cleared_and_submitted(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    checked(house, PATIENT)
    clean = keep(house, content=b"NHS number: removed", item=1)
    wanted = Wanted(version=clean.id, criteria=[])
    replace_evidence(
        house.database, principal=LEAD, cycle_id=CYCLE, evidence_id=1, wanted=wanted, reason="Blanked.", at=AT
    )
    work(house, Kind.EVIDENCE)
    assert states(house) == [State.CLEARED]
    ended = evidence_of(house.database, principal=OFFICE, cycle_id=CYCLE).ended
    assert [(one.title, one.file_name) for one in ended] == [("Evidence 1, not cleared", "")]
    assert hand_in(house) is Stage.ASSIGNMENT


def test_an_explanation_is_answered_by_the_office_with_a_reason_and_all_of_it_stands(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    checked(house, PATIENT)
    with nothing_kept(house), pytest.raises(Invalid, match="say why"):
        explain(house, 1, reason=" ")
    with nothing_kept(house), pytest.raises(Contradiction, match=r"What can be done: explain \(by"):
        answer(house, 1, Step.RELEASE)
    with nothing_kept(house), pytest.raises(Invalid, match="from which no patient can be told") as invalid:
        explain(house, 1, reason=f"It is only the NHS number {NUMBER}.")
    assert NUMBER not in str(invalid.value)
    assert explain(house, 1, principal=MEMBER) is State.EXPLAINED
    assert newest(house)[0][1] == "evidence:explain"
    assert told(house, OFFICE) == ["evidence_explained"]
    with nothing_kept(house):
        assert explain(house, 1) is State.EXPLAINED
        with pytest.raises(Invalid):
            hand_in(house)
        with pytest.raises(Stale, match="step 1 of this file, and it stands at step 2: it is explained"):
            answer(house, 1, Step.RELEASE, seen_version=1)
        with pytest.raises(Invalid, match="say why"):
            answer(house, 1, Step.RELEASE, reason="")
    assert answer(house, 1, Step.UPHOLD) is State.UPHELD
    assert answer(house, 1, Step.RELEASE) is State.RELEASED
    with nothing_kept(house):
        assert answer(house, 1, Step.RELEASE) is State.RELEASED
    detail = newest(house)[0][3]
    assert (newest(house)[0][1], detail["state"], "I have seen it." in str(detail)) == (
        "evidence:release", "released", False,
    )  # fmt: skip
    assert [one.state for one in shown(house)[0].said] == ["quarantined", "explained", "upheld", "released"]
    assert told(house, LEAD) == ["evidence_quarantined", "evidence_upheld", "evidence_released"]
    (_, upheld, _) = notices_of(house.database, principal=LEAD, after=0, limit=50).items
    assert " The college office says why: " in upheld.words
    assert hand_in(house) is Stage.ASSIGNMENT


def test_nobody_but_its_team_opens_or_reads_the_name_of_a_file_that_is_not_cleared(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    who = reviewer(team_of(house)["lead"])
    for by in (LEAD, OFFICE, COMMITTEE, who):
        assert evidence_item(house.database, principal=by, evidence_id=1).title == "Job plan"
    stand(house, State.WAITING)
    for by in (OFFICE, COMMITTEE, who):
        listed = evidence_of(house.database, principal=by, cycle_id=CYCLE).evidence[0]
        assert (listed.title, listed.file_name, listed.clearance.state) == ("Evidence 1, not cleared", "", "waiting")
        with pytest.raises(NotPermitted, match="Only the team that uploaded it can open it"):
            evidence_item(house.database, principal=by, evidence_id=1)
    assert evidence_item(house.database, principal=LEAD, evidence_id=1).title == "Job plan"


def test_what_was_found_and_said_is_for_the_team_and_the_college_alone(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    who = reviewer(team_of(house)["lead"])
    stand(house, State.QUARANTINED, hits=[Hit(what="nhs_number", page=1, page_label="page 1", masked="•••")])
    assert {by: (len(one.found), len(one.said)) for by in (LEAD, OFFICE, who) for one in shown(house, by)} == {
        LEAD: (1, 2), OFFICE: (1, 2), who: (0, 0),
    }  # fmt: skip
    assert [bool(shown(house, by)[0].to_do) for by in (LEAD, OFFICE, who)] == [True, False, False]


def test_in_review_the_team_explains_and_the_office_releases_too(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    stand(house, State.QUARANTINED)
    assert explain(house, 1) is State.EXPLAINED
    assert answer(house, 1, Step.RELEASE) is State.RELEASED
    who = reviewer(team_of(house)["lead"])
    assert evidence_item(house.database, principal=who, evidence_id=1).title == "Job plan"


def test_what_is_given_on_request_is_closed_until_it_is_cleared_and_may_be_replaced_in_time(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    who = reviewer(team_of(house)["lead"])
    ask_evidence(house.database, principal=who, cycle_id=CYCLE, criterion="1.01", question="The rota?", at=AT)
    given = attach(house, content=PATIENT, at=later(1)).id or 0
    for _ in range(2):
        with pytest.raises(NotPermitted):
            evidence_item(house.database, principal=who, evidence_id=given)
        work(house, Kind.EVIDENCE, at=later(1))
    clean = keep(house, content=b"a rota")
    wanted = Wanted(version=clean.id, criteria=[])
    newer = replace_evidence(
        house.database, principal=LEAD, cycle_id=CYCLE, evidence_id=given, wanted=wanted, reason="Blanked.", at=later(2)
    )
    work(house, Kind.EVIDENCE, at=later(2))
    assert evidence_item(house.database, principal=who, evidence_id=newer.id or 0).title == "Job plan"


def scheme_with(rules: str) -> Any:
    files = changed("scheme.yaml", "minimum: 0, maximum: 2", "minimum: 1, maximum: 1")
    files["scheme.yaml"] += f"evidence_rules: {rules}\n".encode()
    return read_standard(files).scheme


def ready(house: House, rules: str) -> None:
    """North may attach, under these rules."""
    begin(house, edition=scheme_with(rules))
    rate_all(house)
    submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.SELF_ASSESSMENT, at=AT)


def test_a_scheme_bounds_size_and_number(house: House) -> None:
    ready(house, "{most_bytes: 10, most_files: 2}")
    with nothing_kept(house):
        with pytest.raises(TooLarge, match="may have 10 bytes; this one has 11"):
            attach(house, content=b"eleven byte", announced_length=11)
        with pytest.raises(TooLarge, match="may have 10 bytes"):
            attach(house, content=b"eleven byte")
    first = attach(house)
    attach(house, content=b"a rota")
    with nothing_kept(house):
        assert attach(house).id == first.id
        with pytest.raises(Invalid, match="2 files are attached; at most 2 in a cycle of this scheme: withdraw one"):
            attach(house, content=b"a third")
    other = keep(house, content=b"a third")
    wanted = Wanted(version=other.id, criteria=[])
    replace_evidence(
        house.database, principal=LEAD, cycle_id=CYCLE, evidence_id=2, wanted=wanted, reason="Newer.", at=AT
    )


def test_a_scheme_says_which_kinds_it_takes_and_which_numbers_are_its_own(house: House) -> None:
    ready(house, "{kinds: [pdf, txt], hospital_numbers: ['RX\\d{6}']}")
    checked(house, b"hospital number RX123456", b"nothing")
    assert states(house) == [State.QUARANTINED, State.CLEARED]
    attach(house, content=b"figures")
    work(replace(house, examine=lambda *_: seen(kind=FileKind.XLSX)), Kind.EVIDENCE)
    assert shown(house)[2].said[-1].reason == "it is xlsx, and this scheme takes pdf, txt"


def test_a_scheme_may_leave_patients_to_others(house: House) -> None:
    ready(house, "{patient_identifiers: not_searched}")
    checked(house, PATIENT)
    assert states(house) == [State.CLEARED]


def test_names_from_which_a_patient_can_be_told_are_refused_at_the_door(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    named: list[dict[str, Any]] = [{"file_name": f"NHS {NUMBER}.pdf"}, {"title": f"NHS number {NUMBER}"}]
    for upload in named:
        with nothing_kept(house), pytest.raises(Invalid) as invalid:
            attach(house, content=b"unread", **upload)
        assert NUMBER not in str(invalid.value)


def test_one_look_serves_every_cycle_whose_rules_judge_alike(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    checked(house, b"a rota")
    looked: list[str] = []

    def counting(digest: str, name: str, rules: EvidenceRules) -> Examined:
        looked.append(digest)
        return house.examine(digest, name, rules)

    attach(house, content=b"a rota", criteria=["2.01"])
    work(replace(house, examine=counting), Kind.EVIDENCE)
    assert (states(house), looked) == ([State.CLEARED, State.CLEARED], [])


def looked_at(house: House) -> list[str | None]:
    """How the newest version of each document in North's library stands; None for one that nobody looked at."""
    found = library_of(house.database, principal=LEAD, after=0, limit=50, at=AT).items
    return [None if (seen := one.versions[0].looked_at) is None else seen.state.value for one in found]


def test_what_is_kept_in_the_library_alone_is_looked_at_by_the_rules_of_the_newest_cycle(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    keep(house, content=PATIENT)
    keep(house, content=b"a rota")
    assert looked_at(house) == [None, None]
    work(house, Kind.EVIDENCE)
    assert looked_at(house) == ["quarantined", "cleared"]
    (notice,) = notices_of(house.database, principal=LEAD, after=0, limit=50).items
    assert notice.words.startswith("Document 1 of your library (version 1), 'Job plan' is quarantined. Found: an NHS")
    assert notice.words.endswith(f"What to do: {TO_DO_WITH_KEPT}.")
    (document, _) = library_of(house.database, principal=MEMBER, after=0, limit=50, at=AT).items
    seen = document.versions[0].looked_at
    assert seen is not None
    assert [(one.label, NUMBER in one.masked) for one in seen.found] == [("page 1", False)]
    assert (told(house, OFFICE), closed(house)) == ([], [])
    entries = [detail for _, action, _, detail in newest(house, number=9) if action == "evidence:clearance"]
    assert [sorted(one) for one in entries] == [["step_sha256", "version"]] * 2  # the college reads the ledger
    with nothing_kept(house):
        work(house, Kind.EVIDENCE)


def test_attached_later_it_is_looked_at_again_where_the_rules_are_others_and_else_not(house: House) -> None:
    ready(house, "{hospital_numbers: ['RX\\d{6}']}")
    keep(house, content=b"See RX123456")
    work(house, Kind.EVIDENCE)
    looked: list[str] = []

    def counting(digest: str, name: str, rules: EvidenceRules) -> Examined:
        looked.append(digest)
        return house.examine(digest, name, rules)

    watched = replace(house, examine=counting)
    attach(house, content=b"See RX123456")
    work(watched, Kind.EVIDENCE)
    assert (states(house), looked) == ([State.QUARANTINED], [])
    other = scheme_with("{kinds: [txt]}").model_copy(update={"edition": "2026.9"})
    digest = publish_edition(house.database, principal=OFFICE, scheme=other, at=AT)
    carry_over_cycle(house.database, principal=OFFICE, cycle_id=CYCLE, digest=digest, at=AT)
    work(watched, Kind.EVIDENCE)
    assert (states(house), len(looked)) == ([State.CLEARED], 1)


def test_a_file_that_was_withdrawn_before_it_was_looked_at_is_looked_at_in_the_library(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    attach(house, content=PATIENT)
    withdraw_evidence(house.database, principal=LEAD, cycle_id=CYCLE, evidence_id=1, reason="Not ours.", at=AT)
    work(house, Kind.EVIDENCE)
    assert (states(house), looked_at(house)) == ([], ["quarantined"])


def test_what_was_kept_before_there_was_a_look_or_waits_for_a_scanner_gets_its_job(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    keep(house, content=AWAY)
    job = job_of(house, Kind.EVIDENCE)
    check_evidence(house.database, house.evidence, examine=house.examine, job_id=job, at=AT)
    assert (looked_at(house), told(house, OFFICE)) == ([None], ["evidence_waiting"])
    with house.database.bookkeeping() as session:
        session.execute(text("UPDATE job SET done_at = due_at WHERE kind = 'evidence'"))
    begin_upkeep(house.database, at=later(1))
    work(house, Kind.UPKEEP, at=later(1))
    work(replace(house, examine=lambda *_: seen()), Kind.EVIDENCE, at=later(1))
    assert looked_at(house) == ["cleared"]


def test_a_document_whose_bytes_are_gone_is_held(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    assert house.evidence.remove(keep(house).digest)
    work(house, Kind.EVIDENCE)
    assert looked_at(house) == ["held"]
    (document,) = library_of(house.database, principal=LEAD, after=0, limit=50, at=AT).items
    assert document.versions[0].looked_at == LookedAt(
        state=State.HELD, meaning=STATE_MEANINGS[State.HELD], reason=DAMAGED.reason, found=()
    )


@pytest.mark.parametrize("act", [explain, lambda house, one: answer(house, one, Step.RELEASE)])
def test_a_file_that_is_not_there_is_not_found(at_stage: AtStage, act: Callable[[House, int], State]) -> None:
    house = at_stage(Stage.EVIDENCE)
    checked(house, PATIENT)
    with nothing_kept(house), pytest.raises(NotFound):
        act(house, 9)


def test_evidence_that_was_attached_before_there_was_a_look_gets_its_job(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    attach(house)
    with house.database.bookkeeping() as session:
        session.execute(text("UPDATE job SET done_at = due_at WHERE kind = 'evidence'"))
    begin_upkeep(house.database, at=later(1))
    work(house, Kind.UPKEEP, at=later(1))
    work(house, Kind.EVIDENCE, at=later(1))
    assert states(house) == [State.CLEARED]
