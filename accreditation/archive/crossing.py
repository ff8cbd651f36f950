"""The records of an archive against what the ledger said at the time, and against each other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from accreditation.archive.extract import Recomputed
from accreditation.archive.manifest import Manifest, sha256_of

CYCLE, ASSESSMENT, EVIDENCE = "records/cycle.json", "records/self_assessment.json", "records/evidence.json"
EDITION, DECISION, SETTLED = "records/edition.json", "records/decision.json", "records/settlements.json"
WORKING = "records/working.json"
READ = (CYCLE, ASSESSMENT, EVIDENCE, DECISION, SETTLED)
"""The records that are looked into; the others are held by their digests alone."""

MOST_RECORD = 16_000_000
"""The most bytes of a record that is looked into."""

Records = Mapping[str, Any]
Wrong = Callable[[str, str], None]
Held = tuple[str, int]
"""What was compared with an entry of the ledger and is the same: what it is called, and how many."""


def held_by_ledger(
    manifest: Manifest, records: Records, entries: Sequence[Recomputed], *, wrong: Wrong
) -> tuple[Held, ...]:
    """Do the records say what the entries of the ledger say? Each difference is told; what agrees is counted."""
    newest: dict[str, Recomputed] = {one.action: one for one in entries}
    return (
        ("documents as they were attached", _evidence(manifest, records, entries, wrong)),
        ("answers of the team as they were given", _answers(records, entries, wrong)),
        ("settled ratings as they were settled", _settled(records, entries, wrong)),
        ("the edition as it was published", _edition(manifest, records, newest.get("award:publish"), wrong)),
        ("the working as it was recommended", _working(manifest, newest.get("award:recommend"), wrong)),
        ("the decision as it was taken", _decision(records, newest.get("award:decide"), wrong)),
        ("the appeal as it was lodged", _appeal(records, newest.get("appeal:lodge"), wrong)),
    )


def _evidence(manifest: Manifest, records: Records, entries: Iterable[Recomputed], wrong: Wrong) -> int:
    attached = {one.detail.get("evidence"): one.detail for one in entries if one.action == "evidence:attach"}
    told = _dig(records, EVIDENCE, "evidence")
    for one in [*told, *_dig(records, EVIDENCE, "ended")]:
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
    for criterion in _dig(records, ASSESSMENT, "criteria"):
        said = given.get((criterion["id"], criterion["version"]))
        if said is not None and _same_answer(said, criterion["answer"]):
            same += 1
        elif said is not None:
            wrong(ASSESSMENT, f"the answer to {criterion['id']} is not the one that the ledger says was given")
    return same


def _settled(records: Records, entries: Iterable[Recomputed], wrong: Wrong) -> int:
    said = {one.detail["criterion"]: one.detail for one in entries if one.action == "review:settle"}
    same = 0
    for criterion in _dig(records, SETTLED, "criteria"):
        settlement, entry = criterion["settlement"], said.get(criterion["id"])
        if settlement is None or settlement["how"] != "lead" or entry is None:
            continue
        if entry["reason"] == settlement["answer"]["note"] and _same_answer(entry, settlement["answer"]):
            same += 1
        else:
            wrong(SETTLED, f"{criterion['id']} is not settled as the ledger says it was")
    return same


def _edition(manifest: Manifest, records: Records, published: Recomputed | None, wrong: Wrong) -> int:
    digest = manifest.about.edition_sha256
    if _packed(manifest, EDITION) != digest or _dig(records, CYCLE, "edition_digest") != digest:
        wrong(EDITION, "it is not the edition by which the cycle was judged")
        return 0
    if published is not None and published.detail.get("edition") != digest:
        wrong(EDITION, "it is not the edition that the ledger says the result was published under")
        return 0
    return int(published is not None)


def _working(manifest: Manifest, recommended: Recomputed | None, wrong: Wrong) -> int:
    if recommended is None or _packed(manifest, WORKING) is None:
        return 0
    if _packed(manifest, WORKING) != recommended.detail.get("working_sha256"):
        wrong(WORKING, "it is not the working that the ledger says was recommended")
        return 0
    return 1


def _decision(records: Records, decided: Recomputed | None, wrong: Wrong) -> int:
    told = records.get(DECISION)
    if told is None or decided is None:
        return 0
    parts = ("outcome", "reason", "departs", "valid_until")
    different = [name.replace("_", " ") for name in parts if told[name] != decided.detail.get(name)]
    if different:
        wrong(DECISION, f"{', '.join(different)}: not what the ledger says was decided")
    return int(not different)


def _appeal(records: Records, lodged: Recomputed | None, wrong: Wrong) -> int:
    told = (records.get(DECISION) or {}).get("appeal")
    if told is None or lodged is None:
        return 0
    if told["reason"] != lodged.detail.get("reason"):
        wrong(DECISION, "the reason of the appeal is not what the ledger says was lodged")
        return 0
    return 1


def _same_answer(entered: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Does the ledger's short form of an answer say this answer? Of a note it keeps the digest alone."""
    same = all(entered.get(name) == told.get(name) for name in ("state", "rating", "level"))
    note = sha256_of(told["note"].encode()) if told["note"] else None
    return same and entered.get("measured") == told.get("measured") and entered.get("note_sha256") == note


def _packed(manifest: Manifest, name: str) -> str | None:
    return next((one.sha256 for one in manifest.members if one.name == name), None)


def _dig(records: Records, name: str, key: str) -> Any:
    return (records.get(name) or {}).get(key, [])
