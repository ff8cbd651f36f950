"""What the records of a college's archive tell that no entry tells, and what entries tell that no record does.

A college's archive has every entry about its cycle; of a team's, entries of others are left out, and only what a team
is always told is asked for. Where a cycle went back, went on under another edition or was ended, what happened before
need not stand in its records any more.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from accreditation.archive.crossing import (
    ASSESSMENT,
    DECISION,
    EVIDENCE,
    INDICATORS,
    RECOMMENDED,
    REPORT,
    REQUESTS,
    REVIEWS,
    RISKS,
    SETTLED,
    Records,
    changed_at,
    dig,
    in_short,
    recorded,
)
from accreditation.archive.extract import Recomputed, Wrong
from accreditation.archive.manifest import sha256_of
from accreditation.archive.saying import Record

_UNTOLD = "no entry of the ledger tells of it"
_UNRECORDED = "the ledger tells of it, and the records do not"
_FOLLOWS = frozenset({"award:lapse", "condition:meet", "appeal:answer"})
"""The actions by which an outcome follows a decision."""


def compare_all(records: Records, entries: Sequence[Recomputed], *, whole: bool, wrong: Wrong) -> None:
    """Does each record have its entry, and each entry its record? `whole`: all entries of the cycle are there."""
    _award(records, entries, whole=whole, wrong=wrong)
    if whole:
        changed = changed_at(entries)
        _answers(records, entries, changed, wrong)
        _settled(records, entries, changed, wrong)
        _evidence(records, entries, wrong)
        for one in _said(records):
            one.compare(entries, wrong)


def _award(records: Records, entries: Sequence[Recomputed], *, whole: bool, wrong: Wrong) -> None:
    told, done = records.get(DECISION), {one.action for one in entries}
    pairs = {
        "the recommendation": ("award:recommend", RECOMMENDED in records, RECOMMENDED),
        "the decision": ("award:decide", told is not None, DECISION),
        "the publication": ("award:publish", bool(told and told["published"]), DECISION),
        "the appeal": ("appeal:lodge", bool(told and told["appeal"]), DECISION),
    }
    for name, (action, recorded_, record) in pairs.items():
        if recorded_ != (action in done):
            wrong(record, f"{name}: {_UNTOLD if recorded_ else _UNRECORDED}")
    followed = [one for one in entries if one.action in _FOLLOWS]
    if whole and told and len(told["followed"]) > len(followed):
        wrong(DECISION, f"what followed the decision: {_UNTOLD}")
    answered = [one.detail for one in entries if one.action == "appeal:answer"]
    appeal = (told or {}).get("appeal") or {}
    said = [(appeal["upheld"], appeal["answer"])] if appeal.get("upheld") is not None else []
    if whole and said != [(one.get("upheld"), one.get("reason")) for one in answered]:
        wrong(DECISION, "the answer to the appeal is not what the ledger says was answered")


def _answers(records: Records, entries: Iterable[Recomputed], changed: int, wrong: Wrong) -> None:
    """Each answer by its version; one that was set aside under another edition has the entry of that alone."""
    newest: dict[str, tuple[int, int]] = {}
    aside: set[str] = set()
    for one in entries:
        if one.action in ("assessment:rate", "assessment:import"):
            newest |= {name: (said["version"], one.sequence) for name, said in one.detail["answers"].items()}
        elif one.action == "cycle:carry_over":
            aside |= set(one.detail["set_aside"])
    told = {one["id"]: one for one in dig(records, ASSESSMENT, "criteria")}
    for name, one in told.items():
        version = newest.get(name, (0, 0))[0]
        set_aside = one["answer"]["state"] == "not_answered" and name in aside
        if one["version"] < version or (one["version"] > version and not set_aside):
            wrong(ASSESSMENT, f"the answer to {name} is not the last one of which the ledger tells")
    lost = [name for name, (_, sequence) in newest.items() if name not in told and sequence > changed]
    if lost:
        wrong(ASSESSMENT, f"answers to {', '.join(lost[:9])}: {_UNRECORDED}")


def _settled(records: Records, entries: Sequence[Recomputed], changed: int, wrong: Wrong) -> None:
    by_lead = {one.detail["criterion"]: one.sequence for one in entries if one.action == "review:settle"}
    amended = {
        one.detail["criterion"]: one for one in entries if one.action == "accuracy:answer" and "amended" in one.detail
    }
    closed = [one for one in entries if one.action == "review:close"]
    standing: set[str] = set()
    for one in dig(records, SETTLED, "criteria"):
        name, settlement = one["id"], one["settlement"]
        if settlement is None:
            continue
        standing.add(name)
        how = settlement["how"]
        entered = {"lead": name in by_lead, "amended": name in amended}.get(how, bool(closed))
        if not entered:
            wrong(SETTLED, f"how {name} was settled: {_UNTOLD}")
        elif how == "amended" and in_short(amended[name].detail["amended"]) != recorded(settlement["answer"]):
            wrong(SETTLED, f"{name} is not amended as the ledger says it was")
        elif how != "amended" and name in amended:
            wrong(SETTLED, f"{name} was amended since, as the ledger says")
    lost = [name for name, sequence in by_lead.items() if name not in standing and sequence > changed]
    if lost:
        wrong(SETTLED, f"how {', '.join(lost[:9])} was settled: {_UNRECORDED}")
    if closed and closed[-1].sequence > changed:
        rated = {name for one in closed[-1].detail["reviews"].values() for name in one["ratings"]}
        if rated - {one["id"] for one in dig(records, REVIEWS, "criteria")}:
            wrong(REVIEWS, f"ratings that were handed in: {_UNRECORDED}")
    elif not closed and any(one["settlement"] for one in dig(records, REVIEWS, "criteria")):
        wrong(REVIEWS, f"ratings that were handed in: {_UNTOLD}")


def _evidence(records: Records, entries: Iterable[Recomputed], wrong: Wrong) -> None:
    ways = {"evidence:withdraw": "withdrawn", "evidence:replace": "replaced"}
    attached, over = set(), set()
    for one in entries:
        if one.action == "evidence:attach":
            attached.add(one.detail["evidence"])
        elif one.action in ways:
            over.add((one.detail["evidence"], ways[one.action]))
    ended = {(one["id"], one["how"]) for one in dig(records, EVIDENCE, "ended")}
    if ended != over:
        wrong(EVIDENCE, "the documents that were taken back are not those of which the ledger tells")
    if attached - {one["id"] for one in dig(records, EVIDENCE, "evidence")} - {number for number, _ in ended}:
        wrong(EVIDENCE, f"documents that were attached: {_UNRECORDED}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What people said, each by a name: in which record, in entries of which action, and what of those binds it.

    `every`: each of these entries has to be in the record; `each`: each of the record has to have an entry.
    """

    record: str
    action: str
    key: str
    bound: str
    told: Iterable[tuple[Any, Any]]
    every: bool = False
    each: bool = True

    def compare(self, entries: Iterable[Recomputed], wrong: Wrong) -> None:
        """Tell what is said otherwise than in its entry, or stands in one of the two alone."""
        entered = {one.detail[self.key]: one.detail.get(self.bound) for one in entries if one.action == self.action}
        told = dict(self.told)
        for name, said in told.items():
            if name not in entered and self.each:
                wrong(self.record, f"{self.key} {name}: {_UNTOLD}")
            elif name in entered and entered[name] not in (said, sha256_of(str(said).encode())):
                wrong(self.record, f"{self.key} {name}: not what the ledger says was said")
        if self.every and entered.keys() - told.keys():
            wrong(self.record, f"{self.action}: {_UNRECORDED}")


def _said(records: Records) -> Iterator[_Said]:
    yield from _asked(dig(records, REQUESTS, "requests"), dig(records, RISKS, "risks"))
    yield from _disputed(
        comments=[said for kind in ("criteria", "findings") for one in dig(records, REPORT, kind)
                  for said in one["comments"]],
        challenges=[said for one in dig(records, INDICATORS, "indicators") for said in one["challenges"]],
    )  # fmt: skip


def _asked(requests: Sequence[Record], risks: Sequence[Record]) -> Iterator[_Said]:
    yield _Said(
        record=REQUESTS, action="evidence:request", key="request", bound="question_sha256", every=True,
        told=((one["request"], one["question"]) for one in requests),
    )  # fmt: skip
    yield _Said(
        record=REQUESTS, action="evidence:answer", key="request", bound="reply_sha256", every=True,
        told=((one["request"], one["reply"]) for one in requests if one["state"] == "answered"),
    )  # fmt: skip
    yield _Said(
        record=RISKS, action="risk:raise", key="risk", bound="text_sha256", every=True,
        told=((one["risk"], one["text"]) for one in risks),
    )  # fmt: skip
    yield _Said(
        record=RISKS, action="risk:answer", key="risk", bound="reply_sha256", every=True,
        told=((one["risk"], one["reply"]) for one in risks if one["reply"] is not None),
    )  # fmt: skip


def _disputed(*, comments: Sequence[Record], challenges: Sequence[Record]) -> Iterator[_Said]:
    yield _Said(
        record=REPORT, action="accuracy:comment", key="comment", bound="reason",
        told=((one["id"], one["reason"]) for one in comments),
    )  # fmt: skip
    yield _Said(
        record=REPORT, action="accuracy:answer", key="comment", bound="reason",
        told=((one["id"], one["answer"]["reason"]) for one in comments if one["answer"]),
    )  # fmt: skip
    # A figure is of a team, and may have been challenged in another cycle of it.
    yield _Said(
        record=INDICATORS, action="indicator:challenge", key="challenge", bound="note_sha256", each=False,
        told=((one["challenge"], one["note"]) for one in challenges),
    )  # fmt: skip
    yield _Said(
        record=INDICATORS, action="indicator:answer", key="challenge", bound="reason_sha256", each=False,
        told=((one["challenge"], one["reason"]) for one in challenges if one["state"] != "open"),
    )  # fmt: skip
