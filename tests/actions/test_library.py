"""A document is uploaded once: kept, described, attached from the library, replaced, placed, taken back."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from accreditation.actions.ask_evidence import ask_evidence
from accreditation.actions.attach_from_library import Wanted, attach_from_library, replace_evidence
from accreditation.actions.describe_document import describe_document
from accreditation.actions.place_evidence import place_evidence
from accreditation.actions.submit import submit
from accreditation.actions.withdraw_evidence import withdraw_evidence
from accreditation.errors import Contradiction, Invalid, MoveNotAllowed, NotFound, Stale
from accreditation.records.evidence_items import EvidenceItem
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.library import Described
from accreditation.rules.people import Principal
from accreditation.scheme.read import read_standard
from accreditation.views.evidence import EvidenceList, evidence_of
from accreditation.views.library import library_of
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.building import changed
from tests.walking import (
    AT,
    CYCLE,
    LEAD,
    MEMBER,
    OFFICE,
    STRANGER,
    attach,
    begin,
    keep,
    later,
    newest,
    nothing_kept,
    rate_all,
    reviewer,
    team_of,
    work,
)

SAID = Described(title="Policy", owner="The matron", effective_on=date(2026, 1, 1), review_by=date(2027, 1, 1))


def take(house: House, version: int, criteria: Sequence[str] = ("1.01",), **more: Any) -> EvidenceItem:
    """Attach this version to these criteria of North's cycle."""
    wanted = [Wanted(version=version, criteria=criteria, places=more.pop("places", {}))]
    given: dict[str, Any] = {"principal": LEAD, "at": AT, **more}
    return attach_from_library(house.database, cycle_id=CYCLE, wanted=wanted, **given)[0]


def replace(house: House, evidence: int, version: int, **more: Any) -> EvidenceItem:
    return replace_evidence(
        house.database, principal=LEAD, cycle_id=CYCLE, evidence_id=evidence,
        wanted=Wanted(version=version, criteria=[]), reason="It is newer.", at=more.get("at", AT),
    )  # fmt: skip


def withdraw(house: House, evidence: int, **more: Any) -> None:
    given: dict[str, Any] = {"principal": LEAD, "reason": "A wrong file.", "at": AT, **more}
    withdraw_evidence(house.database, cycle_id=CYCLE, evidence_id=evidence, **given)


def place(house: House, evidence: int, words: str, criterion: str = "1.01") -> None:
    place_evidence(
        house.database, principal=LEAD, cycle_id=CYCLE, evidence_id=evidence, criterion=criterion, place=words, at=AT
    )


def describe(house: House, version: int, said: Described, *, seen: int = 1, by: Principal = LEAD, days: int = 0) -> int:
    return describe_document(
        house.database, principal=by, version_id=version, described=said, seen_version=seen, at=later(days)
    )


def seen(house: House, by: Principal = LEAD) -> EvidenceList:
    return evidence_of(house.database, principal=by, cycle_id=CYCLE)


def test_a_document_is_kept_once_and_entered_without_its_words(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    version = keep(house, title="Policy", owner="The matron", effective_on=date(2026, 1, 1))
    ((actor, action, subject, detail),) = newest(house)
    assert (actor, action, subject) == ("team_lead:lead of north", "library:keep", "team:1")
    assert {**detail, "said_sha256": "-"} == {
        "document": 1, "version": 1, "number": 1, "digest": version.digest, "size": 10, "said_sha256": "-",
        "effective_on": "2026-01-01",
    }  # fmt: skip
    with nothing_kept(house):
        assert keep(house, title="Another title", by=MEMBER) == version
    assert keep(house, by=STRANGER).id != version.id
    assert attach(house).version_id == version.id


def test_a_new_version_is_one_of_its_document_and_the_same_bytes_are_not_two(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    policy, rota = keep(house, title="Policy"), keep(house, content=b"rota", title="Rota")
    second = keep(house, content=b"second", item=policy.item)
    assert (second.item, second.number) == (policy.item, 2)
    with nothing_kept(house):
        assert keep(house, content=b"second", item=policy.item) == second
        for content, item in ((b"rota", policy.item), (b"a job plan", policy.item), (b"second", rota.item)):
            with pytest.raises(Contradiction, match="These bytes are in your library already: version"):
                keep(house, content=content, item=item)
        for by, item in ((STRANGER, policy.item), (LEAD, 99)):
            with pytest.raises(NotFound, match="or it is not in your library"):
                keep(house, content=b"third", item=item, by=by)


def test_what_is_said_is_appended_and_nobody_overwrites_anybody_unseen(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    version = keep(house)
    backwards = Described(title=" ", effective_on=date(2026, 1, 2), review_by=date(2026, 1, 1))
    assert describe(house, version.id, SAID) == 2
    assert [action for _, action, _, _ in newest(house)] == ["library:describe"]
    with nothing_kept(house):
        assert describe(house, version.id, SAID, seen=1) == 2
        with pytest.raises(Stale, match="described by lead of north after you looked"):
            describe(house, version.id, Described(title="Mine"), seen=1, by=MEMBER)
        with pytest.raises(NotFound):
            describe(house, version.id, SAID, by=STRANGER)
        with pytest.raises(Invalid) as invalid:
            describe(house, version.id, backwards, seen=2)
    assert [fault.where for fault in invalid.value.faults] == ["title", "review-by date"]


def test_a_version_is_attached_without_uploading_it_again(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    version = keep(house, title="Policy")
    item = take(house, version.id, ["2.01", "1.01"], places={"1.01": " p. 3 "})
    assert (item.title, item.digest, item.version_id, item.how) == ("Policy", version.digest, version.id, "library")
    assert newest(house)[0][1:3] == ("evidence:attach", "cycle:1")
    shown = seen(house).evidence[0]
    assert (shown.criteria, dict(shown.places), shown.document, shown.version) == (
        ("1.01", "2.01"), {"1.01": "p. 3"}, version.item, 1,
    )  # fmt: skip
    with nothing_kept(house):
        assert take(house, version.id, ["2.01"]).id == item.id
    more = take(house, version.id, ["1.01", "2.02"])
    assert [(one.id, one.criteria) for one in seen(house).evidence] == [
        (item.id, ("1.01", "2.01")), (more.id, ("2.02",)),
    ]  # fmt: skip
    with nothing_kept(house):
        assert take(house, version.id, ["1.01", "2.02"]).id == item.id


def test_several_are_attached_all_or_none(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    one, other, theirs = keep(house), keep(house, content=b"rota"), keep(house, by=STRANGER)
    good = Wanted(version=one.id, criteria=["1.01"])

    def together(*wanted: Wanted) -> tuple[EvidenceItem, ...]:
        return attach_from_library(house.database, principal=LEAD, cycle_id=CYCLE, wanted=wanted, at=AT)

    with nothing_kept(house):
        for wrong in (theirs.id, 99):
            with pytest.raises(NotFound, match="or it is not in your library"):
                together(good, Wanted(version=wrong, criteria=["1.01"]))
        with pytest.raises(Invalid) as invalid:
            together(good, Wanted(version=other.id, criteria=["9.99"], places={"2.01": "p. 3"}))
        with pytest.raises(Invalid, match="name at least one version"):
            together()
    assert [fault.where for fault in invalid.value.faults] == ["criterion 9.99", "place of criterion 2.01"]
    assert [item.version_id for item in together(good, Wanted(version=other.id, criteria=["2.01"]))] == [1, 2]


def test_a_newer_version_changes_nothing_by_itself_and_takes_the_place_when_the_team_says_so(
    at_stage: AtStage,
) -> None:
    house = at_stage(Stage.EVIDENCE)
    first = attach(house, criteria=["1.01", "2.01"])
    version = keep(house, content=b"newer", item=1, title="Plan of May")
    before = seen(house).evidence[0]
    assert (before.sha256, before.newer and before.newer.number) == (first.digest, 2)
    assert seen(house, OFFICE).evidence[0].newer is None
    second = replace(house, first.id or 0, version.id)
    assert [action for _, action, _, _ in newest(house, number=2)] == ["evidence:attach", "evidence:replace"]
    after = seen(house)
    assert [(one.id, one.sha256, one.criteria, one.newer) for one in after.evidence] == [
        (second.id, version.digest, ("1.01", "2.01"), None)
    ]
    assert [(one.id, one.how, one.replaced_by) for one in after.ended] == [(first.id, "replaced", second.id)]
    with nothing_kept(house):
        assert replace(house, first.id or 0, version.id).id == second.id
        with pytest.raises(Contradiction, match="was replaced by 'Plan of May' already"):
            replace(house, first.id or 0, 1)
        with pytest.raises(Contradiction, match="Withdraw that one"):
            withdraw(house, first.id or 0)
        with pytest.raises(Invalid, match="the version that is attached already"):
            replace(house, second.id or 0, version.id)


def test_evidence_is_taken_back_with_a_reason_and_its_row_stays(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    item = attach(house)
    with nothing_kept(house):
        with pytest.raises(Invalid, match="reason"):
            withdraw(house, item.id or 0, reason=" ")
        with pytest.raises(NotFound):
            withdraw(house, 99)
    withdraw(house, item.id or 0)
    ((_, action, _, detail),) = newest(house)
    assert (action, detail["evidence"], "A wrong file." in str(detail)) == ("evidence:withdraw", item.id, False)
    with nothing_kept(house):
        withdraw(house, item.id or 0)
        with pytest.raises(Contradiction, match="was withdrawn already"):
            replace(house, item.id or 0, 1)
    assert seen(house).evidence == ()
    assert [(one.id, one.how, one.reason) for one in seen(house).ended] == [(item.id, "withdrawn", "A wrong file.")]
    with nothing_kept(house), pytest.raises(Invalid, match="required evidence is not attached"):
        submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.EVIDENCE, at=AT)
    assert attach(house).id != item.id


def test_where_a_criterion_is_answered_is_said_and_said_again(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    item = attach(house, places={"1.01": "p. 3"})
    for words in ("section 2", "p. 4", ""):
        place(house, item.id or 0, words)
        assert dict(seen(house).evidence[0].places) == ({"1.01": words} if words else {})
        with nothing_kept(house):
            place(house, item.id or 0, f" {words} ")
    with nothing_kept(house):
        for words, criterion in (("p. 1", "2.01"), ("two\nlines", "1.01"), ("x" * 201, "1.01")):
            with pytest.raises(Invalid, match=f"place of criterion {criterion}"):
                place(house, item.id or 0, words, criterion)


def test_what_is_submitted_stays_as_reviewers_found_it(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    version = keep(house, content=b"newer", item=1)
    who = reviewer(team_of(house)["lead"])
    ask_evidence(house.database, principal=who, cycle_id=CYCLE, criterion="1.01", question="The newest?", at=later(1))
    before = seen(house, who)
    with nothing_kept(house):
        for act in (
            lambda: withdraw(house, 1, at=later(1)),
            lambda: replace(house, 1, version.id, at=later(1)),
            lambda: place(house, 1, "p. 9"),
        ):
            with pytest.raises(MoveNotAllowed):
                act()
    describe(house, 1, SAID, days=2)
    assert seen(house, who) == before
    given = take(house, version.id, at=later(2))
    withdraw(house, given.id or 0, at=later(3))
    assert seen(house, who) == before
    assert [one.id for one in seen(house).ended] == [given.id]


def test_evidence_that_is_too_old_on_the_day_of_submission_blocks_it_with_a_sentence(house: House) -> None:
    old = "{title: Job plan, required: true}"
    edition = read_standard(
        changed("criteria/first.yaml", old, "{title: Job plan, required: true, not_older_than: {months: 12}}")
    ).scheme
    begin(house, edition=edition)
    rate_all(house)
    submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.SELF_ASSESSMENT, at=AT)
    attach(house, effective_on=date(2025, 3, 31), review_by=date(2026, 3, 31))
    work(house, Kind.EVIDENCE)

    def hand_in() -> Stage:
        return submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.EVIDENCE, at=AT)

    def told(by: Principal) -> list[dict[str, str]]:
        found = evidence_of(house.database, principal=by, cycle_id=CYCLE, today=AT.date())
        return [dict(one.out_of_date) for one in found.evidence]

    assert [told(who) for who in (LEAD, OFFICE)] == [
        [{"1.01": "it was to be reviewed by 2026-03-31"}], [{}],
    ]  # fmt: skip
    with nothing_kept(house), pytest.raises(Invalid, match="'Job plan' must not be older than 12 months on 2026-04-01"):
        hand_in()
    describe(house, 1, Described(title="Job plan", effective_on=date(2025, 4, 1)))
    assert told(LEAD) == [{}]
    assert hand_in() is Stage.ASSIGNMENT


def test_a_library_is_read_by_its_team_alone_and_says_where_everything_is_attached(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    policy = keep(house, title="Policy", review_by=AT.date() - timedelta(days=1))
    keep(house, content=b"rota", title="Rota")
    keep(house, content=b"second", item=policy.item, title="Policy of May")
    item = take(house, policy.id)

    def shown(by: Principal, after: int = 0) -> list[tuple[str, bool, list[tuple[int, list[int]]]]]:
        found = library_of(house.database, principal=by, after=after, limit=1, at=AT).items
        return [
            (one.title, one.in_date, [(v.number, [at.evidence for at in v.attached_to]) for v in one.versions])
            for one in found
        ]

    assert shown(LEAD) == [("Policy of May", True, [(2, []), (1, [item.id])])]
    assert shown(MEMBER, after=1) == [("Rota", True, [(1, [])])]
    assert shown(STRANGER) == []
