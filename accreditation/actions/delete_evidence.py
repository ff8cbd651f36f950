"""The college office deletes files: a tombstone each, and a job that takes the bytes away where nobody else has them.

What reviewers judged keeps its digest, its title and its ratings, and the ledger stays whole: only the bytes go.
"""

from collections.abc import Sequence
from datetime import datetime

from accreditation.actions.desk import digest_of, enter
from accreditation.actions.wording import check_reason_of
from accreditation.database import Database, Session
from accreditation.errors import Contradiction, Fault, Invalid, NotFound
from accreditation.ledger.chain import Detail
from accreditation.records import editions, jobs, notices, retained, tombstones
from accreditation.records.retained import Retained
from accreditation.records.tombstones import Tombstone
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.retention import CAUSE_WORDS, Cause, against

MOST_AT_ONCE = 200
"""So many files are deleted in one go."""


def delete_evidence(
    database: Database, *, principal: Principal, version_ids: Sequence[int], cause: Cause, reason: str, at: datetime
) -> tuple[int, ...]:
    """Delete these versions of teams' libraries, all or none; says which were not deleted before.

    A version that is deleted already stays as it is. Raises NotPermitted, NotFound, Invalid, and Contradiction naming
    all that keeps any of them and that this cause does not overcome: a legal hold with who set it and when.
    """
    permit(principal, Permission.EVIDENCE_DELETE)
    if not version_ids or len(set(version_ids)) > MOST_AT_ONCE:
        found, allowed = f"{len(set(version_ids))} of them", f"name 1 to {MOST_AT_ONCE} versions"
        raise Invalid([Fault(where="versions", found=found, allowed=allowed)])
    with database.reading() as session:
        numbers = editions.hospital_numbers(session, retained.editions_of(session, version_ids))
    check_reason_of(reason, hospital_numbers=numbers)  # reviewers, archives and notices repeat it
    with database.writing() as session:
        found_there = retained.retained(session, version_ids, at=at)
        wanted = [_there(found_there, one) for one in dict.fromkeys(version_ids)]
        left = [one for one in wanted if one.stone is None]
        check_may_go(left, cause)
        for one in left:
            _delete(session, one, principal=principal, cause=cause, reason=reason.strip(), at=at)
        return tuple(one.version.id for one in left)


def check_may_go(files: Sequence[Retained], cause: Cause) -> None:
    """May all of these be deleted for this cause? Raises Contradiction naming everything that keeps any of them."""
    kept = [
        f"Version {one.version.id} of {one.team} ({one.organisation}): {reason.words}."
        for one in files
        for reason in against(cause, one.kept_by)
    ]
    if kept:
        raise Contradiction(
            f"Nothing was deleted. That {CAUSE_WORDS[cause]} does not go against what keeps them:\n" + "\n".join(kept)
        )


def _there(found: dict[int, Retained], version: int) -> Retained:
    if version not in found:
        raise NotFound(f"There is no version {version} of any document.")
    return found[version]


def _delete(
    session: Session, one: Retained, *, principal: Principal, cause: Cause, reason: str, at: datetime
) -> None:  # fmt: skip
    version = one.version
    stone = Tombstone(
        version_id=version.id, team_id=one.team_id, digest=version.digest, size=version.size,
        media_type=version.media_type, cause=cause.value, reason=reason, by=principal.name, at=at,
    )  # fmt: skip
    tombstones.bury(session, stone)
    jobs.enqueue(session, kind=jobs.Kind.DELETION, subject=version.id, at=at)
    detail: dict[str, Detail] = {
        "version": version.id, "document": version.item, "digest": version.digest, "size": version.size,
        "cause": cause.value, "reason_sha256": digest_of(reason), "evidence": [name for name, _ in one.evidence],
    }  # fmt: skip
    enter(session, at=at, by=principal, action="evidence:delete", subject=f"team:{one.team_id}", detail=detail)
    for evidence, cycle in one.evidence:
        for role in (Role.TEAM_LEAD, Role.TEAM_MEMBER):
            notices.tell(
                session, inbox=notices.inbox(role, one.team_id), kind="evidence_deleted", cycle_id=cycle,
                about=f"deletion:{evidence}", words=f"Evidence {evidence} of cycle {cycle}: {stone.words}", at=at,
            )  # fmt: skip
