"""Files are deleted by the office alone, for a cause that goes against what keeps them; a tombstone stays."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from accreditation.actions.attach_evidence import Upload, attach_kept
from accreditation.actions.attach_from_library import Wanted, attach_from_library
from accreditation.actions.delete_evidence import MOST_AT_ONCE, delete_evidence
from accreditation.actions.enrol import enrol
from accreditation.actions.hold_evidence import HoldOn, end_hold, set_hold
from accreditation.actions.keep_up import begin_upkeep
from accreditation.actions.remove_bytes import remove_bytes
from accreditation.actions.submit import submit
from accreditation.errors import Contradiction, Gone, Invalid, NotFound, Unavailable, UploadBroken
from accreditation.evidence.folder import Folder
from accreditation.evidence.store import EvidenceStore, Kept
from accreditation.records import notices, retained
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.identifiers import WORDS
from accreditation.rules.people import Role
from accreditation.rules.retention import Cause
from accreditation.scheme.model import Scheme
from accreditation.views.evidence import EvidenceShown, evidence_item, evidence_of
from accreditation.views.library import kept_version
from accreditation.views.retention import preview
from accreditation.views.reuse import offers_for_cycle
from accreditation.views.verification import verify_evidence
from accreditation.wiring import House
from tests.actions.test_two_at_once import at_once
from tests.walking import (
    AT,
    CYCLE,
    LEAD,
    NORTH,
    OFFICE,
    STRANGER,
    attach,
    begin,
    due_jobs,
    job_of,
    keep,
    newest,
    nothing_kept,
    rate_all,
    scheme,
    walk,
    work,
)

PLAN = hashlib.sha256(b"a job plan").hexdigest()
END = datetime(2031, 4, 1, 9, tzinfo=UTC)
"""When the five years are over for which the scheme keeps evidence; the award ended two years before."""


def keeping(years: int = 5) -> Scheme:
    """The small scheme, which keeps evidence for so many years."""
    return scheme(**{"immediate_risk: {": f"evidence_rules: {{keep: {{years: {years}}}}}\nimmediate_risk: {{"})


def delete(
    house: House, *versions: int, cause: Cause = Cause.PATIENT_DATA, reason: str = "It was seen.", at: datetime = AT
) -> tuple[int, ...]:
    return delete_evidence(
        house.database, principal=OFFICE, version_ids=versions or [1], cause=cause, reason=reason, at=at
    )


def due(house: House, at: datetime) -> list[int]:
    with house.database.reading() as session:
        return retained.due(session, at=at)


def shown(house: House, number: int = 0) -> EvidenceShown:
    return evidence_of(house.database, principal=LEAD, cycle_id=CYCLE).evidence[number]


@contextmanager
def nothing_entered(house: House, action: str) -> Iterator[None]:
    """What is done in this block enters no such action in the ledger."""
    before = [one for one in newest(house, number=1000) if one[1] == action]
    yield
    assert [one for one in newest(house, number=1000) if one[1] == action] == before


def lies(house: House, digest: str = PLAN) -> bool:
    return digest in set(house.evidence.digests())


def holds(house: House, on: HoldOn, reason: str = "A claim.") -> int:
    return set_hold(house.database, principal=OFFICE, on=on, reason=reason, at=AT)


def send(house: House, content: bytes = b"a job plan") -> Kept:
    """These bytes come into the store, and become nothing yet."""

    async def chunks() -> AsyncIterator[bytes]:
        yield content

    return asyncio.run(house.evidence.keep(chunks(), announced_length=None, announced_digest=None, at=AT))


def test_a_file_is_due_when_its_time_is_over_and_is_deleted_by_nobody_but_the_office(house: House) -> None:
    walk(house, Stage.PUBLISHED, edition=keeping())
    assert (due(house, END.replace(hour=8)), due(house, END)) == ([], [1])
    begin_upkeep(house.database, at=END)
    work(house, Kind.UPKEEP, at=END)
    assert (due_jobs(house, at=END), lies(house)) == ([], True)
    assert delete(house, cause=Cause.RETENTION, reason="Five years are over.", at=END) == (1,)
    assert (due(house, END), lies(house)) == ([], True)
    assert work(house, at=END) == [Kind.DELETION]
    assert lies(house) is False
    deleted, removed = newest(house, number=2)
    assert deleted[:3] == ("office:the office", "evidence:delete", "team:1")
    assert deleted[3] == {
        "version": 1, "document": 1, "digest": PLAN, "size": 10, "cause": "retention", "evidence": [1],
        "reason_sha256": hashlib.sha256(b"Five years are over.").hexdigest(),
    }  # fmt: skip
    assert removed == (
        "engine:engine", "evidence:remove", "team:1",
        {"job": removed[3]["job"], "version": 1, "digest": PLAN, "outcome": "removed"},
    )  # fmt: skip
    one = shown(house)
    assert (one.title, one.sha256, one.size, one.criteria) == ("Job plan", PLAN, 10, ("1.01",))
    assert one.deleted is not None
    assert one.deleted.words == (
        "Deleted on 1 April 2031 because the time for which its scheme keeps it was over: Five years are over."
    )
    with nothing_kept(house):
        assert delete(house, cause=Cause.REQUEST, reason="Again.", at=END) == ()


@pytest.mark.parametrize("cause", [Cause.RETENTION, Cause.REQUEST])
def test_what_a_running_cycle_has_goes_for_a_patient_s_data_alone(house: House, cause: Cause) -> None:
    begin(house)
    attach(house)
    with nothing_kept(house), pytest.raises(Contradiction) as refused:
        delete(house, cause=cause)
    assert str(refused.value).splitlines()[1:] == [
        "Version 1 of North (North Trust): cycle 1 (A small scheme) still runs."
    ]
    assert delete(house) == (1,)
    with house.database.reading() as session:
        inbox = notices.of_inbox(session, notices.inbox(Role.TEAM_LEAD, NORTH), after=0, limit=9)
    assert [one.words for one in inbox] == [
        "Evidence 1 of cycle 1: Deleted on 1 April 2026 because a patient can be told from it: It was seen."
    ]


def test_a_deleted_file_answers_nothing_is_not_looked_at_and_is_not_called_damaged(house: House) -> None:
    begin(house)
    rate_all(house)
    submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.SELF_ASSESSMENT, at=AT)
    attach(house)
    delete(house)
    assert sorted(work(house, Kind.EVIDENCE, Kind.DELETION)) == [Kind.DELETION, Kind.EVIDENCE]
    assert (shown(house).whole, shown(house).clearance.state) == (None, "waiting")
    with pytest.raises(Invalid) as refused:
        submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.EVIDENCE, at=AT)
    assert [one.where for one in refused.value.faults] == ["criterion 1.01"]
    begin_upkeep(house.database, at=AT)
    assert work(house, Kind.UPKEEP, Kind.EVIDENCE, Kind.DELETION) == [Kind.UPKEEP]


@pytest.mark.parametrize("on", [HoldOn(scheme="small"), HoldOn(cycle=CYCLE), HoldOn(team=NORTH)])
def test_a_hold_beats_every_cause_until_it_is_ended(house: House, on: HoldOn) -> None:
    begin(house)
    attach(house)
    hold = holds(house, on)
    for cause in Cause:
        with nothing_kept(house), pytest.raises(Contradiction) as refused:
            delete(house, cause=cause)
        words = {"scheme": "the scheme small", "cycle": "cycle 1", "team": "team 1"}
        (named,) = (words[key] for key in words if getattr(on, key) is not None)
        assert f"a legal hold on {named} (hold {hold}), set on 1 April 2026 by the office: A claim." in str(
            refused.value
        )
    end_hold(house.database, principal=OFFICE, hold_id=hold, reason="It is settled.", at=AT)
    assert delete(house) == (1,)


def test_a_hold_on_another_scheme_cycle_or_team_keeps_nothing_here(house: House) -> None:
    begin(house)
    keep(house, content=b"a rota", by=STRANGER)
    attach(house)
    holds(house, HoldOn(team=STRANGER.team))
    assert delete(house, 2) == (2,)
    with pytest.raises(Contradiction, match="a legal hold on team 2"):
        delete(house, 1)


def test_holds_are_set_and_ended_once_and_for_what_there_is(house: House) -> None:
    begin(house)
    hold = holds(house, HoldOn(team=NORTH))
    with nothing_kept(house):
        assert holds(house, HoldOn(team=NORTH)) == hold
        for wrong in (HoldOn(), HoldOn(team=1, cycle=1), HoldOn(scheme="other")):
            with pytest.raises(Invalid):
                holds(house, wrong)
        for nobody in (HoldOn(team=99), HoldOn(cycle=99)):
            with pytest.raises(NotFound):
                holds(house, nobody)
        with pytest.raises(Invalid):
            holds(house, HoldOn(team=NORTH), reason=" ")
    assert holds(house, HoldOn(team=NORTH), reason="Another claim.") == hold + 1
    ending = partial(end_hold, house.database, principal=OFFICE, hold_id=hold, at=AT)
    ending(reason="Over.")
    with nothing_kept(house):
        ending(reason="Over.")
        with pytest.raises(Contradiction, match="was ended on 2026-04-01 by the office already: Over"):
            ending(reason="Not so.")
        with pytest.raises(NotFound):
            end_hold(house.database, principal=OFFICE, hold_id=99, reason="Over.", at=AT)


def test_the_same_bytes_of_another_team_stay_theirs_and_neither_is_told_of_the_other(house: House) -> None:
    begin(house)
    attach(house)
    theirs = keep(house, by=STRANGER)
    told = preview(house.database, principal=OFFICE, version_ids=[1], cause=Cause.PATIENT_DATA, at=AT)
    both = preview(house.database, principal=OFFICE, version_ids=[1, theirs.id], cause=Cause.PATIENT_DATA, at=AT)
    assert [(one.bytes_go, one.shared_with) for one in told.files] == [(False, ("South (South Trust)",))]
    assert [(one.bytes_go, one.shared_with) for one in both.files] == [(True, ()), (True, ())]
    delete(house, 1)
    work(house, Kind.DELETION)
    assert (newest(house)[0][3]["outcome"], lies(house)) == ("another has them", True)
    assert kept_version(house.database, principal=STRANGER, version_id=theirs.id).digest == PLAN
    with pytest.raises(Gone, match="Deleted on 1 April 2026 because a patient can be told from it: It was seen"):
        evidence_item(house.database, principal=LEAD, evidence_id=1)
    assert keep(house, by=STRANGER).id == theirs.id
    delete(house, theirs.id, cause=Cause.REQUEST)
    work(house, Kind.DELETION)
    assert lies(house) is False


class Dying(EvidenceStore):
    """A store under which the process dies as soon as the bytes are gone."""

    def remove(self, digest: str) -> bool:
        super().remove(digest)
        raise Unavailable("the process died")


class Away(EvidenceStore):
    """A store that does not answer."""

    def size(self, digest: str) -> int:
        raise Unavailable("asked for a size")

    def remove(self, digest: str) -> bool:
        raise AssertionError("a writer's turn was taken for a store that is away")


def removals(house: House, at: datetime) -> list[int]:
    """The jobs of removing bytes that are due."""
    return [job.id or 0 for job in due_jobs(house, at=at) if job.kind == Kind.DELETION]


def test_killed_before_or_amid_the_removal_it_is_done_later_and_told_once(house: House) -> None:
    begin(house)
    attach(house)
    delete(house)
    job, store = job_of(house, Kind.DELETION), house.evidence
    folder = house.settings.data / "evidence"
    dying = Dying(Folder(folder, beside=folder / "arriving"), arriving=folder / "arriving", limit=1)
    with nothing_kept(house), pytest.raises(Unavailable):
        remove_bytes(house.database, dying, job_id=job, at=AT)
    assert lies(house) is False
    assert remove_bytes(house.database, store, job_id=job, at=AT) == "gone already"
    with nothing_kept(house):
        assert remove_bytes(house.database, store, job_id=job, at=AT) is None


@pytest.mark.parametrize("on", [HoldOn(team=NORTH), HoldOn(cycle=CYCLE), HoldOn(scheme="small")])
def test_a_hold_that_is_set_after_a_deletion_keeps_the_bytes_until_it_is_ended(house: House, on: HoldOn) -> None:
    begin(house)
    attach(house)
    delete(house)
    hold = holds(house, on)
    job = job_of(house, Kind.DELETION)
    assert remove_bytes(house.database, house.evidence, job_id=job, at=AT) == "a hold keeps them"
    assert (lies(house), removals(house, AT)) == (True, [])
    assert newest(house)[0][3] == {
        "job": job, "version": 1, "digest": PLAN, "outcome": "a hold keeps them", "holds": [hold],
    }  # fmt: skip
    later = AT + timedelta(days=400)
    begin_upkeep(house.database, at=later)
    with nothing_entered(house, "evidence:remove"):
        assert work(house, Kind.DELETION, Kind.UPKEEP, at=later) == [Kind.UPKEEP]
    end_hold(house.database, principal=OFFICE, hold_id=hold, reason="It is settled.", at=later)
    (again,) = removals(house, later)
    assert (remove_bytes(house.database, house.evidence, job_id=again, at=later), lies(house)) == ("removed", False)


def test_what_several_holds_keep_goes_with_the_last_of_them_and_the_end_of_another_one_wakes_nothing(
    house: House,
) -> None:
    begin(house)
    attach(house)
    delete(house)
    first, last, other = (
        holds(house, HoldOn(team=NORTH)),
        holds(house, HoldOn(cycle=CYCLE)),
        holds(house, HoldOn(team=2)),
    )
    work(house, Kind.DELETION)
    assert newest(house)[0][3]["holds"] == [first, last]
    ending = partial(end_hold, house.database, principal=OFFICE, reason="It is settled.", at=AT)
    ending(hold_id=other)
    assert removals(house, AT) == []
    ending(hold_id=first)
    assert (work(house, Kind.DELETION), newest(house)[0][3]["holds"]) == ([Kind.DELETION], [last])
    ending(hold_id=last)
    assert (work(house, Kind.DELETION), newest(house)[0][3]["outcome"], lies(house)) == (
        [Kind.DELETION], "removed", False,
    )  # fmt: skip


def test_a_file_that_a_hold_keeps_and_that_comes_again_is_refused_and_waits_for_the_end_of_the_hold(
    house: House,
) -> None:
    begin(house)
    attach(house)
    delete(house)
    hold = holds(house, HoldOn(team=NORTH))
    work(house, Kind.DELETION)
    with nothing_kept(house), pytest.raises(Invalid, match="this very file was deleted"):
        attach(house)
    assert removals(house, AT) == []
    end_hold(house.database, principal=OFFICE, hold_id=hold, reason="It is settled.", at=AT)
    assert (work(house, Kind.DELETION), lies(house)) == ([Kind.DELETION], False)


def test_a_store_that_is_away_is_asked_before_anybody_has_to_wait(house: House) -> None:
    begin(house)
    attach(house)
    delete(house)
    job = job_of(house, Kind.DELETION)
    folder = house.settings.data / "evidence"
    away = Away(Folder(folder, beside=folder / "arriving"), arriving=folder / "arriving", limit=1)
    with nothing_kept(house), pytest.raises(Unavailable, match="asked for a size"):
        remove_bytes(house.database, away, job_id=job, at=AT)


def test_two_who_delete_at_once_delete_once(any_house: House) -> None:
    begin(any_house)
    attach(any_house)
    said = at_once(any_house, delete, delete)
    assert sorted(said) == [(), (1,)]
    assert [one.kind for one in due_jobs(any_house)].count(Kind.DELETION) == 1


def test_the_same_file_may_come_again_after_a_request_as_a_version_without_a_past(house: House) -> None:
    begin(house)
    keep(house)
    delete(house, cause=Cause.REQUEST)
    work(house, Kind.DELETION)
    again = keep(house)
    assert (again.id, again.item, lies(house)) == (2, 2, True)
    with pytest.raises(Gone):
        kept_version(house.database, principal=LEAD, version_id=1)


def test_a_patient_s_file_is_refused_when_it_comes_again_and_what_came_is_taken_away(house: House) -> None:
    begin(house)
    attach(house)
    delete(house)
    work(house, Kind.DELETION)
    refusal = "file: this very file was deleted on 1 April 2026, as a patient can be told from it"
    for sent in (keep, attach):
        with pytest.raises(Invalid, match=refusal):
            sent(house)
        assert (lies(house), work(house, Kind.DELETION), lies(house)) == (True, [Kind.DELETION], False)
    with nothing_kept(house), pytest.raises(Invalid, match=refusal):
        attach(house, announced_digest=PLAN.upper())
    assert (lies(house), attach(house, content=b"without a patient").version_id) == (False, 2)


def test_a_file_that_a_deletion_took_away_while_it_came_is_asked_for_again(house: House) -> None:
    begin(house)
    keep(house)
    kept = send(house)
    delete(house, cause=Cause.REQUEST)
    begin_south(house)
    work(house, Kind.DELETION)  # after the bytes came and before they are anybody's
    upload = Upload(title="Plan", file_name="plan.pdf", criteria=["1.01"])
    with pytest.raises(UploadBroken, match="Send the file again"):
        attach_kept(
            house.database, house.evidence, principal=STRANGER, cycle_id=2, upload=upload, kept=kept, at=AT
        )  # fmt: skip
    assert attach(house, by=STRANGER, cycle=2).digest == PLAN


def begin_south(house: House) -> None:
    """Enrol the other team."""
    enrol(house.database, principal=OFFICE, team_id=2, round_id=1, profile={"hasu": False}, at=AT)


def test_what_is_deleted_is_neither_attached_nor_offered_again(house: House) -> None:
    begin(house)
    attach(house)
    version = keep(house, content=b"a rota")
    delete(house, version.id)
    with pytest.raises(Gone):
        attach_from_library(
            house.database, principal=LEAD, cycle_id=CYCLE, wanted=[Wanted(version=version.id, criteria=["1.01"])],
            at=AT,
        )  # fmt: skip
    delete(house, 1)
    assert offers_for_cycle(house.database, principal=LEAD, cycle_id=CYCLE, at=AT).documents == ()


def verified(house: House) -> tuple[bool, int, list[tuple[str, list[int | None]]], int]:
    found = verify_evidence(house.database, house.evidence, principal=OFFICE)
    faults = [(one.trouble.value, [by.evidence for by in one.named_by]) for one in found.faults]
    return found.whole, found.files, faults, found.deleted


def test_verifying_knows_what_is_deleted_and_upkeep_takes_away_what_came_back(house: House) -> None:
    begin(house)
    attach(house)
    assert verified(house) == (True, 1, [], 0)
    delete(house)
    assert verified(house) == (True, 0, [], 0)  # its job waits
    work(house, Kind.DELETION)
    assert verified(house) == (True, 0, [], 1)
    send(house)  # as a backup brings it back
    assert verified(house) == (False, 0, [("deleted", [1, None])], 0)
    begin_upkeep(house.database, at=AT)
    assert work(house, Kind.UPKEEP, Kind.DELETION) == [Kind.UPKEEP, Kind.DELETION]
    assert verified(house) == (True, 0, [], 1)


@pytest.mark.parametrize("versions", [[], [1, 99], range(1, MOST_AT_ONCE + 2)])
def test_all_are_deleted_or_none(house: House, versions: Sequence[int]) -> None:
    begin(house)
    attach(house)
    with nothing_kept(house), pytest.raises((Invalid, NotFound)):
        delete_evidence(
            house.database, principal=OFFICE, version_ids=versions, cause=Cause.PATIENT_DATA, reason="So.", at=AT
        )


@pytest.mark.parametrize("reason", ["", "It names NHS number 943 476 5919."])
def test_a_reason_is_given_and_names_no_patient(house: House, reason: str) -> None:
    begin(house)
    attach(house)
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        delete(house, reason=reason)
    assert "943" not in str(refused.value)


def writing_numbers_so(pattern: str) -> Scheme:
    """The small scheme, whose hospitals write a patient's number so."""
    return scheme(**{"immediate_risk: {": f"evidence_rules: {{hospital_numbers: ['{pattern}']}}\nimmediate_risk: {{"})


def test_a_reason_is_searched_by_the_schemes_whose_reviewers_read_it(house: House) -> None:
    begin(house, edition=writing_numbers_so("RX[0-9]{6}"))
    attach(house)
    keep(house, content=b"a rota")
    reason = "The plan names RX123456."
    told = []
    for version in (1, 2):  # what was never attached may be for any scheme
        with nothing_kept(house), pytest.raises(Invalid) as refused:
            delete(house, version, reason=reason)
        told.append([(one.where, one.found) for one in refused.value.faults])
    for on in (HoldOn(scheme="small"), HoldOn(cycle=CYCLE), HoldOn(team=NORTH)):
        with nothing_kept(house), pytest.raises(Invalid) as refused:
            holds(house, on, reason=reason)
        told.append([(one.where, one.found) for one in refused.value.faults])
    hold = holds(house, HoldOn(team=NORTH))
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        end_hold(house.database, principal=OFFICE, hold_id=hold, reason=reason, at=AT)
    told.append([(one.where, one.found) for one in refused.value.faults])
    assert told == [[("reason", WORDS["hospital_number"])]] * 6


def test_the_preview_says_what_the_deletion_does(house: House) -> None:
    begin(house)
    attach(house)
    keep(house, content=b"a rota")
    may: dict[str, Any] = {}
    for cause in Cause:
        told = preview(house.database, principal=OFFICE, version_ids=[1, 2], cause=cause, at=AT)
        may[cause.value] = [[one.keeper.value for one in file.against] for file in told.files]
    assert may == {"retention": [["running"], ["unused"]], "request": [["running"], []], "patient_data": [[], []]}
