"""The records of an archive against what the ledger said at the time, and against each other."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from accreditation.archive.extract import Recomputed, Wrong
from accreditation.archive.manifest import Manifest, sha256_of
from accreditation.ledger.chain import moment

CYCLE, ASSESSMENT, EVIDENCE = "records/cycle.json", "records/self_assessment.json", "records/evidence.json"
EDITION, DECISION, SETTLED = "records/edition.json", "records/decision.json", "records/settlements.json"
WORKING, RECOMMENDED = "records/working.json", "records/recommendation.json"
REVIEWS, FINDINGS, REPORT = "records/reviews.json", "records/findings.json", "records/report.json"
REQUESTS, RISKS, INDICATORS = "records/requests.json", "records/risks.json", "records/indicators.json"
HISTORY = "records/history.json"
READ = frozenset(
    {
        CYCLE, ASSESSMENT, EVIDENCE, EDITION, DECISION, SETTLED, WORKING, RECOMMENDED, REVIEWS, FINDINGS, REPORT,
        REQUESTS, RISKS, INDICATORS, HISTORY,
    }
)  # fmt: skip
"""The records that are looked into; others are held by their digests alone."""

WORD_FOR_WORD = frozenset({EDITION, WORKING})
"""Records that are kept as they were written once, and are held by their own digests."""

MOST_RECORD = 16_000_000
"""The most bytes of a record that is looked into."""

Records = Mapping[str, Any]
Held = tuple[str, int]
"""What was compared with an entry of the ledger and is the same: what it is called, and how many."""


def held_by_ledger(
    manifest: Manifest, records: Records, entries: Sequence[Recomputed], *, wrong: Wrong
) -> tuple[Held, ...]:
    """Do the records say what the entries of the ledger say? Each difference is told; what agrees is counted."""
    newest: dict[str, Recomputed] = {one.action: one for one in entries}
    changed = changed_at(entries)
    return (
        ("documents as they were attached", _evidence(manifest, records, entries, wrong)),
        ("answers of the team as they were given", _answers(records, entries, wrong)),
        ("ratings of reviewers as they were handed in", _ratings(records, newest.get("review:close"), changed, wrong)),
        ("settled ratings as they were settled", _settled(records, entries, wrong)),
        ("the edition as it was published", _edition(manifest, records, newest.get("award:publish"), wrong)),
        ("the working as it was recommended", _working(manifest, records, newest.get("award:recommend"), wrong)),
        ("the decision as it was taken", _decision(records, newest.get("award:decide"), wrong)),
        ("the appeal as it was lodged", _appeal(records, newest.get("appeal:lodge"), wrong)),
    )


def _evidence(manifest: Manifest, records: Records, entries: Iterable[Recomputed], wrong: Wrong) -> int:
    attached = {one.detail.get("evidence"): one.detail for one in entries if one.action == "evidence:attach"}
    told = dig(records, EVIDENCE, "evidence")
    for one in [*told, *dig(records, EVIDENCE, "ended")]:
        entry = attached.get(one["id"])
        if entry is None:
            wrong(EVIDENCE, f"no entry of the ledger tells of evidence {one['id']}")
        elif entry.get("digest") != one["sha256"]:
            wrong(EVIDENCE, f"evidence {one['id']} is not the file that the ledger says was attached")
    packed = {number: one.sha256 for one in manifest.members for number in one.evidence}
    absent = {one.evidence: one.sha256 for one in manifest.absent}
    if packed | absent != {one["id"]: one["sha256"] for one in told} or packed.keys() & absent.keys():
        wrong(EVIDENCE, "the documents of the archive are not those that the records name")
    return sum(attached[one["id"]].get("digest") == one["sha256"] for one in told if one["id"] in attached)


def _answers(records: Records, entries: Iterable[Recomputed], wrong: Wrong) -> int:
    given: dict[tuple[str, int], Mapping[str, Any]] = {}
    for one in entries:
        if one.action in ("assessment:rate", "assessment:import"):
            given |= {(name, said["version"]): said for name, said in one.detail["answers"].items()}
    same = 0
    for criterion in dig(records, ASSESSMENT, "criteria"):
        said = given.get((criterion["id"], criterion["version"]))
        if said is not None and in_short(said) == recorded(criterion["answer"]):
            same += 1
        elif said is not None:
            wrong(ASSESSMENT, f"the answer to {criterion['id']} is not the one that the ledger says was given")
    return same


def changed_at(entries: Iterable[Recomputed]) -> int:
    """Which entry last sent the cycle back, carried it over or ended it? What was before need not stand any more."""
    return max((one.sequence for one in entries if one.action.startswith("cycle:")), default=0)


def _ratings(records: Records, closed: Recomputed | None, changed: int, wrong: Wrong) -> int:
    """The ledger names seats and the record people: what all of them said of a criterion has to be the same.

    Where the review team was freed since, nobody's ratings stand in the record.
    """
    if closed is None or REVIEWS not in records:
        return 0
    said = _by_criterion(closed)
    same = 0
    for criterion in dig(records, REVIEWS, "criteria"):
        # Taken out: a criterion that stands there twice is another the second time, and costs nothing.
        entered = sorted(in_short(one) for one in said.pop(criterion["id"], ()))
        if not criterion["ratings"] and changed > closed.sequence:
            continue
        if entered == sorted(recorded(one["answer"]) for one in criterion["ratings"]):
            same += len(entered)
        else:
            wrong(REVIEWS, f"the ratings of {criterion['id']} are not those that the ledger says were handed in")
    return same


def _settled(records: Records, entries: Sequence[Recomputed], wrong: Wrong) -> int:
    """What the lead settled against that entry, and what all agreed on against what they handed in."""
    said = {one.detail["criterion"]: one.detail for one in entries if one.action == "review:settle"}
    closed = [one for one in entries if one.action == "review:close"]
    agreed = {name: {_bare(one) for one in all_} for name, all_ in _by_criterion(closed[-1]).items()} if closed else {}
    same = 0
    for criterion in dig(records, SETTLED, "criteria"):
        name, settlement = criterion["id"], criterion["settlement"] or {"how": ""}
        if settlement["how"] == "lead" and name in said:
            held = in_short(said[name]) == recorded(settlement["answer"])
        elif settlement["how"] == "agreed" and agreed:
            held = _bare(settlement["answer"]) in agreed.get(name, ())
        else:
            continue
        same += held
        if not held:
            wrong(SETTLED, f"{name} is not settled as the ledger says it was")
    return same


def _by_criterion(closed: Recomputed) -> dict[str, list[Mapping[str, Any]]]:
    """What the reviewers handed in of each criterion, gone through once."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in closed.detail["reviews"].values():
        for name, said in one["ratings"].items():
            found.setdefault(name, []).append(said)
    return found


def _edition(manifest: Manifest, records: Records, published: Recomputed | None, wrong: Wrong) -> int:
    digest = manifest.about.edition_sha256
    if _packed(manifest, EDITION) != digest or dig(records, CYCLE, "edition_digest") != digest:
        wrong(EDITION, "it is not the edition by which the cycle was judged")
        return 0
    if published is not None and published.detail.get("edition") != digest:
        wrong(EDITION, "it is not the edition that the ledger says the result was published under")
        return 0
    return int(published is not None)


def _working(manifest: Manifest, records: Records, recommended: Recomputed | None, wrong: Wrong) -> int:
    if recommended is None or _packed(manifest, WORKING) is None:
        if recommended is None and _packed(manifest, WORKING) is not None:
            wrong(WORKING, "no entry of the ledger tells of a recommendation")
        return 0
    if _packed(manifest, WORKING) != recommended.detail.get("working_sha256"):
        wrong(WORKING, "it is not the working that the ledger says was recommended")
        return 0
    working = {name: told for name, told in records[WORKING].items() if name != "valid_for"}
    if not _says(working, records.get(RECOMMENDED)):
        wrong(RECOMMENDED, "it does not say what the working says")
        return 0
    return 1


def _says(less: Any, more: Any) -> bool:
    """Does the one say all that the other says? Views fill in what was not there yet when a working was written."""
    if isinstance(less, dict) and isinstance(more, dict):
        return all(name in more and _says(value, more[name]) for name, value in less.items())
    if isinstance(less, list) and isinstance(more, list):
        return len(less) == len(more) and all(map(_says, less, more))
    return bool(less == more)


def _decision(records: Records, decided: Recomputed | None, wrong: Wrong) -> int:
    told = records.get(DECISION)
    if told is None or decided is None:
        return 0
    parts = ("outcome", "reason", "departs", "valid_until")
    different = [name.replace("_", " ") for name in parts if told[name] != decided.detail.get(name)]
    by, at = decided.actor.partition(":")[2], moment(datetime.fromisoformat(told["decided_at"]))
    different += [] if told["decided_by"] == by else ["decided by"]
    different += [] if at == decided.at else ["decided at"]
    if different:
        wrong(DECISION, f"{', '.join(different)}: not what the ledger says was decided")
    outcomes = {one["outcome"]: (one["title"], one["awarded"]) for one in records[EDITION]["award"]}
    named = [told, told["stands"], *told["followed"], *([records[RECOMMENDED]] if RECOMMENDED in records else [])]
    if any(outcomes.get(one["outcome"]) != (one["title"], one["awarded"]) for one in named):
        wrong(DECISION, "an outcome is not called so, or awards something else, in the edition")
        return 0
    return int(not different)


def _appeal(records: Records, lodged: Recomputed | None, wrong: Wrong) -> int:
    told = (records.get(DECISION) or {}).get("appeal")
    if told is None or lodged is None:
        return 0
    if told["reason"] != lodged.detail.get("reason"):
        wrong(DECISION, "the reason of the appeal is not what the ledger says was lodged")
        return 0
    return 1


def _bare(answer: Mapping[str, Any]) -> str:
    """What an answer says without its note; the ledger leaves out what is empty."""
    said = {name: answer.get(name) for name in ("state", "rating", "level", "measured")}
    return json.dumps([said, answer.get("series") or []], sort_keys=True)


def in_short(entered: Mapping[str, Any]) -> tuple[str, str]:
    """An answer as the ledger has it: of its note the digest alone."""
    return _bare(entered), entered.get("note_sha256") or ""


def recorded(told: Mapping[str, Any]) -> tuple[str, str]:
    """An answer of a record in the same short form."""
    return _bare(told), sha256_of(told["note"].encode()) if told["note"] else ""


def _packed(manifest: Manifest, name: str) -> str | None:
    return next((one.sha256 for one in manifest.members if one.name == name), None)


def dig(records: Records, name: str, key: str) -> Any:
    """What a record says under this key; nothing where there is no such record."""
    return (records.get(name) or {}).get(key, [])
