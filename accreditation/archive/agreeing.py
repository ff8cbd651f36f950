"""Do the records of an archive agree with each other, and do they name who did something, and when, as entries do?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from accreditation.archive.crossing import (
    ASSESSMENT,
    CYCLE,
    DECISION,
    EDITION,
    EVIDENCE,
    INDICATORS,
    RECOMMENDED,
    REPORT,
    REVIEWS,
    SETTLED,
    WORKING,
    Records,
    changed_at,
    dig,
)
from accreditation.archive.extract import Recomputed, Wrong
from accreditation.archive.saying import Record
from accreditation.ledger.chain import moment

_OF_CRITERIA = {
    ASSESSMENT: "criteria", INDICATORS: "indicators", REVIEWS: "criteria", SETTLED: "criteria", REPORT: "criteria",
}  # fmt: skip
"""The records that name criteria, and under which key."""

_BY_RULE, _BY_PEOPLE = ("agreed", "same_verdict"), ("lead", "amended")


def compare_records(records: Records, *, cycle: int, wrong: Wrong) -> None:
    """Do all records tell of this cycle, call criteria as its edition does, and say the same where two say it?"""
    for name, told in records.items():
        if name not in (CYCLE, EDITION, WORKING) and told["cycle"] != cycle:
            wrong(name, f"it is of cycle {str(told['cycle'])[:20]}, and the archive of cycle {cycle}")
    called = {
        (one["id"], one["title"], one["type"], domain["id"])
        for domain in records[EDITION]["domains"]
        for one in domain["criteria"]
    }
    for name, key in _OF_CRITERIA.items():
        told = {(one["id"], one["title"], one["type"], one["domain"]) for one in dig(records, name, key)}
        if told - called:
            wrong(name, "a criterion is not called so, or is of another kind, in the edition")
    for name in (REVIEWS, REPORT):
        different = [one for one, said in _stands(records, name).items() if said != _stands(records, SETTLED).get(one)]
        if different and SETTLED in records:
            wrong(name, f"{', '.join(map(str, different[:9]))}: not settled as {SETTLED} says")
    decided = records.get(DECISION)
    if decided and not decided["followed"] and decided["stands"]["valid_until"] != decided["valid_until"]:
        wrong(DECISION, "nothing followed it, and it does not stand for as long as was decided")


def _stands(records: Records, name: str) -> Mapping[str, Any]:
    """How each criterion is settled by this record, where it says so."""
    key = "finding" if name == REPORT else "settlement"
    return {one["id"]: one[key] for one in dig(records, name, "criteria") if name == REVIEWS or one[key] is not None}


def compare_signed(records: Records, entries: Sequence[Recomputed], *, wrong: Wrong) -> None:
    """Was what the records tell done by those whom the entries name, and then?

    Of entries that an archive does not have, as of others in a team's, nothing is asked.
    """
    attached = {one.detail.get("evidence"): one for one in entries if one.action == "evidence:attach"}
    for one in dig(records, EVIDENCE, "evidence"):
        if one["id"] in attached and not _signed(attached[one["id"]], one["attached_by"], one["attached_at"]):
            wrong(EVIDENCE, f"evidence {one['id']} was not attached by whom and when the ledger says")
    given = {
        (name, said["version"]): one
        for one in entries
        if one.action in ("assessment:rate", "assessment:import")
        for name, said in one.detail["answers"].items()
    }
    for one in dig(records, ASSESSMENT, "criteria"):
        entry = given.get((one["id"], one["version"]))
        if entry is not None and not _signed(entry, one["answered_by"], one["answered_at"]):
            wrong(ASSESSMENT, f"{one['id']} was not answered by whom and when the ledger says")
    recommended = [one for one in entries if one.action == "award:recommend"]
    if recommended and RECOMMENDED in records and _at(records[RECOMMENDED]["recommended_at"]) != recommended[-1].at:
        wrong(RECOMMENDED, "it was not recommended when the ledger says")
    for name, why in _settled(dig(records, SETTLED, "criteria"), entries):
        wrong(SETTLED, f"{name} {why}")


def _settled(told: Iterable[Record], entries: Sequence[Recomputed]) -> Iterator[tuple[str, str]]:
    """Each criterion that is settled otherwise than by whom, when, or how the ledger says."""
    closed = [one for one in entries if one.action == "review:close"]
    by_lead = {one.detail["criterion"]: one for one in entries if one.action == "review:settle"}
    amended = {
        one.detail["criterion"]: one for one in entries if one.action == "accuracy:answer" and "amended" in one.detail
    }
    since = max(changed_at(entries), closed[-1].sequence if closed else 0)
    for one in told:
        name, said = one["id"], one["settlement"]
        if said is None:
            continue
        how = said["how"]
        if how not in (*_BY_RULE, *_BY_PEOPLE):
            yield name, "is settled in a way that there is not"
        elif how in _BY_RULE and name in by_lead and by_lead[name].sequence > since:
            yield name, "was settled by a reviewer, as the ledger says"
        elif how in _BY_RULE:
            if closed and not any(_signed(entry, said["by"], said["at"]) for entry in closed):
                yield name, "was not settled by whom and when the ledger says"
        else:
            entry = {"lead": by_lead, "amended": amended}[how].get(name)
            if entry is not None and not _signed(entry, said["by"], said["at"]):
                yield name, "was not settled by whom and when the ledger says"


def _signed(entry: Recomputed, by: str | None, at: str) -> bool:
    """Is this by whom the entry names, and of its moment?"""
    return (by, _at(at)) == (entry.actor.partition(":")[2], entry.at)


def _at(told: str) -> str:
    return moment(datetime.fromisoformat(told))
