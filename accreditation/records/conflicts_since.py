"""Reviews that were handed in before a conflict of interest with the service was known: they stand, and it is said."""

from collections.abc import Collection

from sqlmodel import Session

from accreditation.records import cycles, reviewers, reviews


def conflicts_since(session: Session, cycle_ids: Collection[int]) -> dict[tuple[int, int], str]:
    """(cycle, reviewer) of reviews that were handed in by whoever has a conflict by now -> that, and which kind.

    Nobody in conflict is seated, and whoever comes into one leaves a team unless they have handed in: so what is found
    here was not known before. The reason of a declaration is not read.
    """
    rows = [one for one, _ in reviewers.sitting(session, cycle_ids=cycle_ids)]
    done = reviews.handed_in(session, [one.id or 0 for one in rows])
    rows = [one for one in rows if one.id in done]
    if not rows:
        return {}
    employers = {row.id: row.organisation_id for row in reviewers.pool(session)}
    declared = {(row.reviewer_id, row.organisation_id) for row in reviewers.declared(session)}
    visited = {now.id: now.organisation.id for now in cycles.several(session, ids={one.cycle_id for one in rows})}
    found = {}
    for one in rows:
        there = visited[one.cycle_id]
        if employers[one.reviewer_id] == there:
            found[one.cycle_id, one.reviewer_id] = _words("is employed by this organisation by now")
        elif (one.reviewer_id, there) in declared:
            found[one.cycle_id, one.reviewer_id] = _words("a conflict of interest with this service is declared by now")
    return found


def _words(what: str) -> str:
    return f"handed in before the conflict was known: {what}; the review counts all the same"
